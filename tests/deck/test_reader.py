"""From bytes to a deck, or to all of a file's problems at once."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from quizdock.core.card import Card, Deck, Topic
from quizdock.core.drawing import Drawing
from quizdock.core.errors import QuizDockError
from quizdock.core.forms import Boolean, Choice, Option, Recall
from quizdock.deck.problems import DeckError
from quizdock.deck.reader import A_FEW, LARGEST, MOST_HINTS, parse_deck, read_deck

Problems = Callable[[str | bytes], list[str]]

HEADER = 'format = 1\n[deck]\nid = "d"\ntitle = "D"\nlang = "en"\n'

# Notes begin on line 6, under the header; these end on the line named.
FLASHCARD = '[[flashcard]]\nid = "f"\nfront = "F"\nback = "B"\n'  # 9
QUESTION = '[[question]]\nid = "q"\nask = "A"\n'  # 8
TABLE = '[[table]]\nid = "t"\ntitle = "T"\n'  # 8
MACHINE = (
    '[[machine]]\nid = "m"\ntitle = "T"\nstart = "A"\nstates = [\n"A",\n"B",\n]\n'
    'transitions = [\n{ from = "A", event = "go", to = "B" },\n{ from = "B", event = "back", to = "A" },\n]\n'
)  # states from 11, transitions from 15, ends on 17
ANALOGY = '[[analogy]]\nid = "a"\ntitle = "T"\n'  # 8

NO_DECK = "deck: is missing (write [deck] above its id, title and lang)"
NO_ID = "is missing (add it, or let quizdock deck check --fix write one)"
OWN_ID = "(give this one another: learners' progress hangs on ids)"
ONE_CELL = '(give one cell a column; "" is a cell that is not asked)'
EMPTY = "the file is empty (see content/README.md for a deck in five minutes)"
NOT_UTF8 = "this is not UTF-8 text (save the file as UTF-8)"


def picks(right: str, *wrong: str | Option) -> Choice:
    """A choice whose first option is right."""
    return Choice((Option(right, right=True), *(Option(text) if isinstance(text, str) else text for text in wrong)))


def test_a_file_with_everything_becomes_a_deck_whose_notes_come_in_their_order(complete: str) -> None:
    off, on = picks("OFF", "ON"), Choice((Option("OFF"), Option("ON", right=True)))
    press, breaking = picks("press", "break"), picks("break", "press")
    events = ("press", "break")
    front: dict[str, Any] = {"explain": "Explain", "hints": ("Hint",), "source": "1.1", "tags": ("x", "y")}
    like = "Pair"

    def drawing(focus: tuple[str, ...], hidden: tuple[str, ...] = ()) -> Drawing:
        return Drawing("OFF -press-> ON\n    <-break-", focus, hidden)

    def lamp(part: str, ask: str, task: Choice, drawn: Drawing, explain: str = "") -> Card:
        return Card(f"lamp#{part}", "one", f"Lamp\n{ask}", task, task, explain, drawing=drawn)

    deck = parse_deck(complete.encode(), "all.toml")
    assert (deck.id, deck.title, deck.lang) == ("all", "Everything", "en")
    assert (deck.source, deck.description) == ("The course", "One note of each kind.")
    assert deck.topics == (Topic("one", "One"), Topic("two", "Two", after=("one",)))
    assert " ".join(card.name for card in deck.cards) == (
        "lamp#OFF+press lamp#ON+break lamp#OFF>ON lamp#ON>OFF lamp#OFF!break card lamp#ON?meaning lamp#OFF>>ON "
        "card#reverse lamp#OFF~press,break table#r+c like#p>image gap#hole like#p>concept set#* set#? gap#key like#! "
        "set#a?meaning way#* set#z! way#1> set#y! way#2> many typed figure command both row last"
    )
    assert {card.name: card for card in deck.cards}.items() >= {
        card.name: card
        for card in (
            Card("card", "one", "Front", Recall("Back"), picks("Back", Option("Wrong", why="Why"), "Bad"), **front),
            lamp(
                "OFF+press",
                "In state OFF, what does “press” lead to?",
                on,
                drawing(("OFF",), ("ON",)),
                "A click.",
            ),
            Card("card#reverse", "one", "Back", Recall("Front"), **front),
            lamp("ON+break", "In state ON, what does “break” lead to?", off, drawing(("ON",), ("OFF",))),
            lamp("OFF>ON", "Which event leads from OFF to ON?", press, drawing(("OFF", "ON"), events), "A click."),
            lamp("ON>OFF", "Which event leads from ON to OFF?", breaking, drawing(("ON", "OFF"), events)),
            Card(
                "lamp#OFF!break",
                "one",
                "Lamp\nWhich event does state OFF refuse?",
                breaking,
                explain="It is dark.\nIn state OFF, these are possible: press.",
                drawing=drawing(("OFF",), events),
            ),
            Card(
                "lamp#ON?meaning",
                "one",
                "Lamp\nWhat does the state ON mean?",
                Recall("It shines"),
                drawing=drawing(("ON",)),
            ),
            Card(
                "like#p>image",
                "two",
                "Analogy “Like”: what stands for Concept?",
                Recall("Image"),
                picks("Image", "Other"),
                like,
            ),
            Card("table#r+c", "two", "Table\nRow — Column?", Recall("Cell"), picks("Cell", "Other"), "Own"),
            Card(
                "like#p>concept",
                "two",
                "Analogy “Like”: what does “Image” stand for?",
                Recall("Concept"),
                explain=like,
            ),
            Card("like#!", "two", "Analogy “Like”: where does it break?", Recall("Here")),
            Card("last", "", "Last?", Boolean(True), Boolean(True)),
        )
    }.items()


@pytest.mark.parametrize(
    "saved",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.rstrip(b"\n"),
    ],
    ids=["with a byte order mark", "with Windows line ends", "without a last line end"],
)
def test_how_an_editor_saves_a_deck_changes_nothing(complete: str, saved: Callable[[bytes], bytes]) -> None:
    data = complete.encode()
    assert parse_deck(saved(data), "all.toml") == parse_deck(data, "all.toml")


FILES: dict[str, tuple[str | bytes, list[str]]] = {
    "empty": (b"", [f"1: {EMPTY}"]),
    "only blank lines": (b" \r\n\n\t", [f"1: {EMPTY}"]),
    "only a comment": ("# a deck", [f"1: {NO_DECK}", "1: format: is missing (write format = 1, without quotes)"]),
    "no header": ("format = 1\n" + FLASHCARD, [f"1: {NO_DECK}"]),
    "a bare header": (
        "format = 1\n[deck]\n" + FLASHCARD,
        [f"2: deck.id: {NO_ID}", "2: deck.lang: is missing (add it)", "2: deck.title: is missing (add it)"],
    ),
    "an unknown key of the header": (
        HEADER + 'titel = "D"\n' + FLASHCARD,
        ["6: deck.titel: unknown key (did you mean title?)"],
    ),
    "no format": (HEADER[11:] + FLASHCARD, ["1: format: is missing (write format = 1, without quotes)"]),
    "another format": (
        HEADER.replace("1", "2") + FLASHCARD,
        ["1: format: must be 1 (write format = 1, without quotes)"],
    ),
    "a format that is true": (
        HEADER.replace("1", "true") + FLASHCARD,
        ["1: format: must be 1 (write format = 1, without quotes)"],
    ),
    "a language": (
        HEADER.replace("en", "english") + FLASHCARD,
        ["5: deck.lang: has a form that is not allowed here (a language code such as fr, en or pt-BR)"],
    ),
    "no note": (HEADER, ["1: the deck has no note (add one, for example [[flashcard]])"]),
    "truncated": (
        HEADER + FLASHCARD[:-3],
        ['9: column 9: the text is not closed on its line (end it with "; around several lines, put three: """)'],
    ),
    "a key twice": (
        HEADER + FLASHCARD + 'back = "C"',
        ["10: column 11: this key is given twice (was a heading such as [[flashcard]] forgotten before it?)"],
    ),
    "half a surrogate pair": (
        HEADER + FLASHCARD.replace('"B"', r'"\ud83d"'),
        ["9: column 15: a backslash stands alone in a text (write two, or put the text in single quotes: '…')"],
    ),
    "half a surrogate pair in bytes": (HEADER.encode() + b'x = "\xed\xa0\xbd"', [f"6: {NOT_UTF8}"]),
    "a raw escape character": (
        HEADER + FLASHCARD.replace('"B"', '"\x1b[31m"'),
        ["9: column 9: illegal character '\\x1b' (mend the line, or the one before)"],
    ),
    "an image": (b"\x89PNG\r\n\x1a\n", [f"1: {NOT_UTF8}"]),
    "Latin-1": ((HEADER + FLASHCARD.replace("B", "é")).encode("latin-1"), [f"9: {NOT_UTF8}"]),
    "UTF-16": ((HEADER + FLASHCARD).encode("utf-16"), [f"1: {NOT_UTF8}"]),
    "a byte too large": (b"#" * (LARGEST + 1), ["1: larger than 32 MB (split it into several decks)"]),
    "ten thousand brackets": ("a = " + "[" * 10_000, ["1: brackets are nested too deep"]),
    "forty brackets": (
        HEADER + FLASHCARD + "explain = " + "[" * 40 + "]" * 40,
        ["1: nested more than 32 levels deep"],
    ),
    "a dotted key of 40 KB": ("a" + ".a" * 20_000 + " = 1", ["1: brackets are nested too deep"]),
}


@pytest.mark.parametrize(("source", "expected"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_deck_says_where_and_why(
    source: str | bytes, expected: list[str], problems: Problems
) -> None:
    assert problems(source) == [f"d.toml:{problem}" for problem in expected]


def test_a_number_of_five_thousand_digits_is_a_problem_of_the_file(problems: Problems) -> None:
    (problem,) = problems(HEADER + FLASHCARD + "explain = " + "9" * 5000)
    assert problem.startswith("d.toml:")


CONTRADICTIONS = {
    "two notes with one id": (
        FLASHCARD + QUESTION.replace('"q"', '"f"') + 'type = "boolean"\nanswer = true',
        [f"11: question[1].id: the id “f” is used twice {OWN_ID}"],
    ),
    "two topics with one id, known too late": (
        '[[topic]]\nid = "basics"\ntitle = "B"\nafter = ["later", "basics"]\n'
        '[[topic]]\nid = "later"\ntitle = "L"\n[[topic]]\nid = "basics"\ntitle = "B"\n'
        + FLASHCARD
        + 'topic = "basic"\n',
        [
            f"14: topic[3].id: the id “basics” is used twice {OWN_ID}",
            "20: flashcard[1].topic: there is no topic “basic” (Did you mean basics?)",
        ],
    ),
    "an unknown topic": (
        '[[topic]]\nid = "later"\ntitle = "L"\nafter = ["beyond"]\n' + FLASHCARD + 'topic = "sooner"',
        [
            "9: topic[1].after[1]: there is no topic “beyond” (Known: later.)",
            "14: flashcard[1].topic: there is no topic “sooner” (Known: later.)",
        ],
    ),
    "a topic where there are none": (FLASHCARD + 'topic = "x"', ["10: flashcard[1].topic: there is no topic “x”"]),
    "options of a flashcard": (
        FLASHCARD + 'wrong = [\n"W",\n"  b ",\n"w"]',
        [
            "12: flashcard[1].wrong[2]: “b” is the answer and also listed wrong (remove it from one of the two)",
            "13: flashcard[1].wrong[3]: “w” is listed twice (remove one of them)",
        ],
    ),
    "a right answer listed wrong with other typography": (
        QUESTION + 'type = "choice"\nanswer = "L\'œil…"\nwrong = ["x", { text = "l’OEIL...", why = "?" }]',
        ["11: question[1].wrong[2]: “l’OEIL...” is the answer and also listed wrong (remove it from one of the two)"],
    ),
    "an answer and options of another type": (
        "".join(
            f'[[question]]\nid = "q{number}"\nask = "A"\ntype = {rest}\n'
            for number, rest in enumerate(
                (
                    '"choice"\nanswer = ["a"]\nwrong = ["x"]',
                    '"choices"\nanswer = "a"\nwrong = ["x"]',
                    '"choices"\nanswer = ["a", "A"]\nwrong = []',
                    '"boolean"\nanswer = "true"\nwrong = ["x"]',
                    '"text"\nanswer = true\nwrong = ["x"]',
                    '"choice"\nanswer = "a"\nexplain = ""',
                )
            )
        ),
        [
            '10: question[1].answer: a choice has one answer, not a list (give one text, or type = "choices")',
            '16: question[2].answer: type = "choices" has a list of answers (for example ["one", "another"])',
            "22: question[3].answer: an answer is listed twice (remove one of them)",
            '23: question[3].wrong: there are no wrong options (add wrong = ["…", "…"])',
            "28: question[4].answer: a boolean question is answered true or false (without quotes)",
            "29: question[4].wrong: a boolean question takes no wrong options (remove them)",
            '34: question[5].answer: true or false answers only a boolean question (type = "boolean")',
            '36: question[6].wrong: there are no wrong options (add wrong = ["…", "…"])',
        ],
    ),
    "more options than fit": (
        QUESTION + 'type = "choices"\nanswer = ["a", "b"]\nwrong = ' + str([str(number) for number in range(19)]),
        ["11: question[1].wrong: there are more than 20 options"],
    ),
    "rows of a table": (
        TABLE + 'columns = ["C", "D", "C"]\nrows = [\n{ id = "r", label = "R", cells = ["1", "2"] },\n'
        '{ id = "s", label = "S", cells = ["1", "2", "3"] },\n'
        '{ id = "r", label = "T", cells = ["1", "2", "3", "4"] },\n]',
        [
            "9: table[1].columns[3].title: “C” is used twice (give each one its own)",
            f"11: table[1].rows[1].cells: 2 cells for 3 columns {ONE_CELL}",
            f"13: table[1].rows[3].cells: 4 cells for 3 columns {ONE_CELL}",
            "13: table[1].rows[3].id: “r” is used twice (give each one its own)",
        ],
    ),
    "a column that would end a card's name": (
        TABLE + 'columns = ["C#"]\nrows = [{ id = "r", label = "R", cells = ["1"] }]',
        ['9: table[1].columns[1]: a title with “#” needs an id (write { id = "…", title = "…" })'],
    ),
    "states of a machine": (
        MACHINE.replace('"B",\n', '"B",\n"C",\n"B",\n').replace('to = "A"', 'to = "AA"') + 'end = ["A", "BB"]',
        [
            "14: machine[1].states[4].name: “B” is used twice (give each one its own)",
            "18: machine[1].transitions[2].to: there is no state “AA” (Did you mean A?)",
            "20: machine[1].end[2]: there is no state “BB” (Did you mean B?)",
        ],
    ),
    "a state that is never reached": (
        MACHINE.replace('"B",\n', '"B",\n"C",\n'),
        ["13: machine[1].states[3]: C cannot be reached from A (add a transition that leads there)"],
    ),
    "two targets for one event": (
        MACHINE.replace('"back", to', '"go", to').replace('from = "B"', 'from = "A"'),
        ["16: machine[1].transitions[2]: “go” leads from A twice (a state and an event have one target)"],
    ),
    "events that no state refuses": (
        MACHINE.replace('"B",\n', '"B", "END",\n').replace(
            "},\n]", '},\n{ from = "B", event = "stop", to = "END" },\n]'
        )
        + 'forbidden = [\n{ from = "A", event = "back" },\n{ from = "A", event = "go" },\n'
        '{ from = "A", event = "bac" },\n{ from = "A", event = "back" },\n'
        '{ from = "END", event = "go" },\n{ from = "EN", event = "go" },\n]',
        [
            "21: machine[1].forbidden[2].event: A accepts “go” (remove one)",
            "22: machine[1].forbidden[3].event: no transition has the event “bac” (Did you mean back?)",
            "23: machine[1].forbidden[4].event: “back” is listed twice (remove one of them)",
            "24: machine[1].forbidden[5].event: END accepts no event at all, so there is nothing to choose between"
            " (ask it with a [[question]])",
            "25: machine[1].forbidden[6].from: there is no state “EN” (Did you mean END?)",
        ],
    ),
    "a drawing that is too wide": (
        MACHINE + f'drawing = "A go B back\\n{"─" * 77}"',
        ["18: machine[1].drawing: its line 2 is 77 columns wide (76 at most)"],
    ),
    "a drawing of wide characters": (
        MACHINE + f'drawing = "{"字" * 39}\\nA go B back"',
        ["18: machine[1].drawing: its line 1 is 78 columns wide (76 at most)"],
    ),
    "a drawing that names states and events otherwise": (
        MACHINE + 'drawing = "A --go--> Bee --bck--> A-side"',
        [
            "18: machine[1].drawing: “B” is not in it (write it there exactly as above, with a space on each side)",
            "18: machine[1].drawing: “back” is not in it (write it there exactly as above, with a space on each side)",
        ],
    ),
    "a drawing that cannot tell a state from an event": (
        MACHINE.replace('"go"', '"b"') + 'drawing = "A --b--> B --back--> A"',
        [
            "18: machine[1].drawing: “b” is both a state and an event, which it could not tell apart"
            " (give one of the two another name)"
        ],
    ),
    "a drawing without any event, which is allowed": (
        MACHINE + 'drawing = "A ---> B"\ntags = [1]',
        ["19: machine[1].tags[1]: must be a text (put it in quotes)"],
    ),
    "pairs of an analogy": (
        ANALOGY + 'pairs = [\n{ id = "p", concept = "C", image = "I" },\n'
        '{ id = "p", concept = "D", image = "J", wrong = ["j"] },\n]',
        [
            "11: analogy[1].pairs[2].id: “p” is used twice (give each one its own)",
            "11: analogy[1].pairs[2].wrong[1]: “j” is the answer and also listed wrong (remove it from one of the two)",
        ],
    ),
}


@pytest.mark.parametrize(("notes", "expected"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_what_contradicts_itself_is_reported_where_it_does(
    notes: str, expected: list[str], note_problems: Problems
) -> None:
    assert note_problems(notes) == [f"d.toml:{problem}" for problem in expected]


def test_problems_of_every_sort_are_reported_together_in_the_order_of_the_file(note_problems: Problems) -> None:
    notes = FLASHCARD + QUESTION + 'type = "choice"\nanswer = "a"\n' + FLASHCARD + TABLE + 'columns = "C"\nexplan = 1\n'
    assert note_problems('topics = "x"\n' + notes + '[[topic]]\nid = "t"\n') == [
        "d.toml:6: deck.topics: unknown key (known keys: id, title, lang, source, description, exam)",
        'd.toml:11: question[1].wrong: there are no wrong options (add wrong = ["…", "…"])',
        f"d.toml:17: flashcard[2].id: the id “f” is used twice {OWN_ID}",
        "d.toml:20: table[1].rows: is missing (add it)",
        'd.toml:23: table[1].columns: must be a list (write ["…", "…"])',
        "d.toml:24: table[1].explan: unknown key (did you mean explain?)",
        "d.toml:25: topic[1].title: is missing (add it)",
    ]


@pytest.mark.parametrize(
    "notes",
    [
        FLASHCARD + '"front\\nd.toml:1: fine" = 1',
        FLASHCARD + 'topic = "x\\nd.toml:1: fine"',
        FLASHCARD + 'wrong = ["W\\nd.toml:1: fine", "W\\nd.toml:1: fine"]',
    ],
    ids=["a key", "a topic", "an option"],
)
def test_nothing_that_a_deck_says_breaks_a_problem_into_two_lines(notes: str, note_problems: Problems) -> None:
    problems = note_problems(notes)
    assert problems
    assert not [problem for problem in problems if "\n" in problem]


def test_a_cell_or_a_meaning_may_be_as_long_as_any_text_but_exams_offer_no_such_option(
    read_notes: Callable[..., Deck],
) -> None:
    long = "x" * 4000
    table = TABLE + f'columns = ["C", "D"]\nrows = [{{ id = "r", label = "R", cells = ["{long}", "short"] }}]\n'
    machine = MACHINE.replace('"A",\n', f'{{ name = "A", meaning = "{long}" }},').replace(
        '"B",\n', '{ name = "B", meaning = "M" },'
    )
    cards = {card.name: card for card in read_notes(table + machine).cards}
    assert cards["t#r+C"].study == cards["m#A?meaning"].study == Recall(long)
    assert {cards[name].exam for name in ("t#r+C", "t#r+D", "m#A?meaning", "m#B?meaning")} == {None}


def test_a_text_of_several_lines_is_no_option(read_notes: Callable[..., Deck]) -> None:
    """It could look like several options."""
    cells = '["""one\n2) two""", "short", "shorter"]'
    table = TABLE + f'columns = ["C", "D", "E"]\nrows = [{{ id = "r", label = "R", cells = {cells} }}]\n'
    exams = {card.name: card.exam for card in read_notes(table).cards}
    assert exams == {"t#r+C": None, "t#r+D": picks("short", "shorter"), "t#r+E": picks("shorter", "short")}


# Each text of a deck, by a name that it carries, with `~` for the harmful character.
HOSTILE = """
format = 1
deck = { id = "d", title = "d-title~", lang = "en", source = "d-source~", description = "d-description~" }
topic = [{ id = "t", title = "t-title~" }]

[[flashcard]]
id = "f"
topic = "t"
tags = ["f-tag~"]
front = "f-front~"
back = "f-back~"
wrong = [{ text = "f-wrong~", why = "f-why~" }]
explain = "f-explain~"
hint = "f-hint~"
source = "f-source~"

[[question]]
id = "q"
ask = "q-ask~"
type = "text"
answer = ["q-answer~"]
wrong = ["q-wrong~"]

[[table]]
id = "t"
title = "table~"
columns = ["t-column~", { id = "c", title = "t-other~" }]
rows = [{ id = "r", label = "t-row~", cells = ["t-cell~", "x"], explain = "t-explain~" }]

[[machine]]
id = "m"
title = "m-title~"
start = "m-a~"
states = ["m-a~", { name = "m-b~", meaning = "m-meaning~" }]
transitions = [
  { from = "m-a~", event = "m-go~", to = "m-b~", explain = "m-explain~" },
  { from = "m-b~", event = "m-back~", to = "m-a~" },
]
forbidden = [{ from = "m-a~", event = "m-back~", why = "m-why~" }]
drawing = "m-a~ m-go~ m-b~ m-back~ m-drawing~"

[[analogy]]
id = "a"
title = "a-title~"
pairs = [{ id = "p", concept = "a-concept~", image = "a-image~", wrong = ["a-wrong~"], explain = "a-explain~" }]
breaks = "a-breaks~"
"""
FIELDS = [word for word in HOSTILE.replace('"', " ").split() if word.endswith("~")]
HARMFUL = (
    "\x00\x07\x08\r\x1b\x7f\x85\x9b"  # controls, among them escape and its one-byte form
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # what reorders text
    "\u200b\u2060\ufeff\u2028\u2029\ufff9\ufffb\U000e0001\U000e0041"  # what nobody sees, or ends a line
)


def texts_in(value: object) -> Iterator[str]:
    """Every text in nested tuples, lists and dictionaries."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from texts_in(inner)


@pytest.mark.parametrize("character", HARMFUL, ids=lambda character: f"U+{ord(character):04X}")
def test_a_harmful_character_is_replaced_in_every_text_of_every_card(character: str) -> None:
    deck = parse_deck(HOSTILE.replace("~", f"\\U{ord(character):08x}").encode(), "d.toml")
    texts = list(texts_in(astuple(deck)))
    assert not [text for text in texts if character in text]
    assert not [name for name in FIELDS if not any(name.replace("~", "\ufffd") in text for text in texts)]


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u2028", "\x9b"])
def test_a_harmful_character_that_is_not_escaped_is_replaced_too(character: str) -> None:
    (card,) = parse_deck((HEADER + FLASHCARD.replace("B", f"B{character}")).encode(), "d.toml").cards
    assert card.study == Recall("B\ufffd")


def test_a_file_is_read_from_its_path_which_its_problems_name(tmp_path: Path, complete: str) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(complete, encoding="utf-8")
    bad.write_text(HEADER, encoding="utf-8")
    assert read_deck(good) == parse_deck(complete.encode(), "good.toml")
    with pytest.raises(DeckError) as caught:
        read_deck(bad)
    assert str(caught.value) == f"{bad}: 1 problem"
    assert str(caught.value.hint) == f"Run: quizdock deck check {bad}"
    assert [problem.file for problem in caught.value.problems] == [str(bad)]


@pytest.mark.parametrize(("name", "reason"), [("none.toml", "No such file or directory"), ("", "Is a directory")])
def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(QuizDockError) as caught:
        read_deck(tmp_path / name)
    assert str(caught.value) == f"{tmp_path / name}: {reason}"


ORDERED = """format = 1
deck = { id = "d", title = "D", lang = "en" }
[[topic]]
id = "late"
title = "Late"
after = ["early"]
[[topic]]
id = "early"
title = "Early"
[[question]]
id = "q"
topic = "early"
ask = "Q?"
type = "boolean"
answer = true
[[table]]
id = "t"
topic = "early"
title = "T"
derive = ["cell"]
columns = ["C"]
rows = [{ id = "r1", label = "1", cells = ["a"] }, { id = "r2", label = "2", cells = ["b"] }]
[[flashcard]]
id = "f"
topic = "early"
front = "F"
back = "B"
[[flashcard]]
id = "g"
topic = "late"
front = "G"
back = "B"
[[question]]
id = "p"
topic = "early"
ask = "P?"
type = "boolean"
answer = true
"""


def test_cards_come_topic_after_topic_in_the_files_order_with_siblings_spread() -> None:
    deck = parse_deck(ORDERED.encode(), "d.toml")
    assert [card.name for card in deck.cards] == ["q", "t#r1+C", "f", "t#r2+C", "p", "g"]


def test_a_heading_inside_a_text_does_not_disturb_the_order() -> None:
    source = ORDERED.replace('front = "F"', 'front = """F\n[[question]]\n"""')
    deck = parse_deck(source.encode(), "d.toml")
    assert [card.name for card in deck.cards] == ["q", "t#r1+C", "f", "t#r2+C", "p", "g"]


def test_topics_that_wait_for_each_other_are_a_circle() -> None:
    source = ORDERED.replace('title = "Early"\n', 'title = "Early"\nafter = ["late"]\n')
    with pytest.raises(DeckError) as raised:
        parse_deck(source.encode(), "d.toml")
    assert [str(problem.text) for problem in raised.value.problems] == [
        "d.toml:6: topic[1].after: “late” waits for itself, by way of the topics that it builds on (break the circle)",
        "d.toml:10: topic[2].after: “early” waits for itself, by way of the topics that it builds on"
        " (break the circle)",
    ]


@pytest.mark.parametrize("back", ["back = 'B'\n", "back = 1\n"], ids=["sound notes", "notes with wrong types"])
def test_topics_that_do_not_exist_share_one_number_of_hints(back: str) -> None:
    topics = "".join(f"[[topic]]\nid = 't{n}'\ntitle = 'T'\nafter = ['x{n}', 'y{n}', 'z{n}']\n" for n in range(5))
    notes = "".join(f"[[flashcard]]\nid = 'f{n}'\ntopic = 'u{n}'\nfront = 'F'\nback = 'B'\n" for n in range(10))
    with pytest.raises(DeckError) as raised:
        parse_deck((HEADER + topics + notes + f"[[flashcard]]\nid = 'g'\nfront = 'F'\n{back}").encode(), "d.toml")
    missing = [problem for problem in raised.value.problems if "there is no topic" in str(problem.message)]
    assert [bool(str(problem.hint)) for problem in missing] == [True] * MOST_HINTS + [False] * 5


def test_what_is_wrong_in_a_large_deck_is_found_wherever_it_stands(problems: Problems) -> None:
    notes = [f'[[flashcard]]\nid = "f{number}"\nfront = "F"\nback = "B"\n' for number in range(2 * A_FEW + 2)]
    last = len(notes) - 1
    for place in (A_FEW - 1, A_FEW, last):
        notes[place] = notes[place].replace('"B"', "1")
    notes[A_FEW + 1] = notes[A_FEW + 1].replace(f"f{A_FEW + 1}", "f0")
    notes[last - 1] += 'wrong = ["b"]\n'
    begins = [6 + 4 * place + (place == last) for place in range(len(notes))]
    assert problems(HEADER + "".join(notes)) == [
        f"d.toml:{begins[A_FEW - 1] + 3}: flashcard[{A_FEW}].back: must be a text (put it in quotes)",
        f"d.toml:{begins[A_FEW] + 3}: flashcard[{A_FEW + 1}].back: must be a text (put it in quotes)",
        f"d.toml:{begins[A_FEW + 1] + 1}: flashcard[{A_FEW + 2}].id: the id “f0” is used twice {OWN_ID}",
        f"d.toml:{begins[last - 1] + 4}: flashcard[{last}].wrong[1]: “b” is the answer and also listed wrong"
        " (remove it from one of the two)",
        f"d.toml:{begins[last] + 3}: flashcard[{last + 1}].back: must be a text (put it in quotes)",
    ]


EXHAUSTING = {
    "lists": (
        HEADER + "x = [" + "[], " * 3_000_000 + "]\n",
        "d.toml:1: more than 1500000 commas and brackets (split it",
    ),
    "tables": (
        HEADER + "x = [" + "{a=1}," * 3_000_000 + "]\n",
        "d.toml:1: more than 1500000 commas and brackets (split",
    ),
    "figures": (
        HEADER + "x = [" + "1," * 3_000_000 + "]\n",
        "d.toml:1: more than 1500000 commas and brackets (split it",
    ),
    "lines": (HEADER + "\n" * 30_000_000, "d.toml:2000000: more than 2000000 lines (split it into several decks)"),
    "answers": (
        HEADER + QUESTION + "type = 'text'\nanswer = [" + "'a', " * 200_000 + "]\n",
        "d.toml:10: question[1].answer: has too many entries (100 at most)",
    ),
    "options": (
        HEADER + QUESTION + "type = 'choice'\nanswer = 'a'\nwrong = [" + "'b', " * 200_000 + "]\n",
        "d.toml:11: question[1].wrong: has too many entries (19 at most)",
    ),
    "holes": (
        HEADER + "[[cloze]]\nid = 'c'\ntext = '" + "{{a|b|c}} " * 300 + "'\n",
        "d.toml:8: cloze[1].text: there are more than 50 holes",
    ),
    "braces": (
        HEADER + "[[cloze]]\nid = 'c'\ntext = '" + "{{" * 1900 + "'\n",
        "d.toml:8: cloze[1].text: two braces have no partner (write {{hole}})",
    ),
    "topics": (
        HEADER + "".join(f"[[topic]]\nid = 't{n}'\ntitle = 'T'\n" for n in range(2000)) + FLASHCARD,
        "d.toml:6: topic: has too many entries (1000 at most)",
    ),
    "a circle": (
        HEADER
        + "".join(f"[[topic]]\nid = 't{n}'\ntitle = 'T'\nafter = ['t{(n + 1) % 1000}']\n" for n in range(1000))
        + FLASHCARD,
        "d.toml:9: topic[1].after: “t0” waits for itself, by way of the topics that it builds on (break the circle)",
    ),
    "states": (
        HEADER
        + "[[machine]]\nid = 'm'\ntitle = 'M'\nstart = 's0'\ntransitions = [{from='s0',event='e',to='s1'}]\n"
        + "states = ["
        + ", ".join(f"'s{n}'" for n in range(5000))
        + "]\n",
        "d.toml:11: machine[1].states: has too many entries (50 at most)",
    ),
    "an exponent": (
        HEADER + QUESTION + "type = 'number'\nanswer = '1e999999999'\n",
        "d.toml:10: question[1].answer: is not a number (for example 64, 3.5 or -2, of 30 digits at most)",
    ),
    "a tolerance": (
        HEADER + QUESTION + "type = 'number'\nanswer = 1\ntolerance = '1e999999999'\n",
        "d.toml:11: question[1].tolerance: ",
    ),
}


@pytest.mark.parametrize(("text", "said"), EXHAUSTING.values(), ids=EXHAUSTING)
def test_what_would_exhaust_a_machine_is_refused_within_a_second(text: str, said: str) -> None:
    data, begun = text.encode(), process_time()
    with pytest.raises(DeckError) as raised:
        parse_deck(data, "d.toml")
    assert process_time() - begun < 1
    assert str(raised.value.problems[0].text).startswith(said)


def test_a_thousand_topics_that_build_on_each_other_are_read_within_a_second() -> None:
    later = [", ".join(f"'t{other}'" for other in range(n + 1, min(n + 51, 1000))) for n in range(1000)]
    topics = "".join(f"[[topic]]\nid = 't{n}'\ntitle = 'T'\nafter = [{each}]\n" for n, each in enumerate(later))
    begun = process_time()
    assert len(parse_deck((HEADER + topics + FLASHCARD).encode(), "d.toml").topics) == 1000
    assert process_time() - begun < 1


@pytest.mark.parametrize(
    "text",
    [
        HEADER + FLASHCARD + " " * 1_000_000 + "[[",
        HEADER + FLASHCARD + ("\n" + " " * 1000) * 1000,
        HEADER + "x = " + " " * 1_000_000,
        HEADER + 'x = "' + "\"'" * 300_000,
        HEADER + "x = 1" + ",1" * 300_000,
        HEADER + 'x = """' + "\n\\" * 300_000,
        HEADER + FLASHCARD.replace("F", " " * 3900 + "."),
        HEADER + QUESTION + "type = 'command'\nanswer = '" + "a -" * 90 + "'\n",
    ],
    ids=["headings", "indents", "blanks", "quotes", "decimals", "escapes", "spaces", "options"],
)
def test_no_text_makes_an_expression_of_the_reader_slow(text: str) -> None:
    data, begun = text.encode(), process_time()
    with suppress(DeckError):
        parse_deck(data, "d.toml")
    assert process_time() - begun < 1
