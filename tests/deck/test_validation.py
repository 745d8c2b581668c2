"""What pydantic refuses in a note, in the words of a deck's author: where, what, and how to mend it.

Notes begin on line 6, under the header.
"""

import difflib
from collections.abc import Callable
from typing import Any

import pytest

Problems = Callable[[str], list[str]]

FLASHCARD = '[[flashcard]]\nid = "f"\nfront = "F"\nback = "B"\n'  # ends on line 9
QUESTION = '[[question]]\nid = "q"\nask = "A"\n'  # 8
TABLE = '[[table]]\nid = "t"\ntitle = "T"\n'  # 8
MACHINE = '[[machine]]\nid = "m"\ntitle = "T"\nstart = "A"\nstates = ["A", "B"]\n'  # 10
GO = 'transitions = [{ from = "A", event = "go", to = "B" }]\n'
ANALOGY = '[[analogy]]\nid = "a"\ntitle = "T"\n'  # 8

NO_ID = "is missing (add it, or let quizdock deck check --fix write one)"
A_TEXT = "must be a text (put it in quotes)"
A_LIST = 'must be a list (write ["…", "…"])'
ROWS = 'must be a list (write [{ id = "…", label = "…", cells = ["…", "…"] }])'
A_TABLE = 'must be a table, in braces (write {{ {key} = "…" }})'
AN_ANSWER = "must be a short text on one line, a list of them, a number, or true or false"
AN_ID = (
    "has a form that is not allowed here"
    " (letters without accents, digits, “-”, “_” and “.”, 64 at most, beginning with a letter or digit)"
)
A_NAME = "has a form that is not allowed here (one line, without # + > ? ! ~ , ;)"


def many(template: str, count: int) -> str:
    """A list of `count` templates, each with its number in place of `@`."""
    return f"[{', '.join(template.replace('@', str(number)) for number in range(count))}]\n"


UNKNOWN_KEYS = [
    ("[[flashcrd]]", "d.toml:6: flashcrd: unknown key (did you mean flashcard?)"),
    (
        "[[topic]]\nid = 't'\ntitle = 'T'\nafer = []\n" + FLASHCARD,
        "d.toml:9: topic[1].afer: unknown key (did you mean after?)",
    ),
    (FLASHCARD + "frnt = 'x'", "d.toml:10: flashcard[1].frnt: unknown key (did you mean front?)"),
    (
        FLASHCARD + "xyz = 1",
        "d.toml:10: flashcard[1].xyz: unknown key"
        " (known keys: id, topic, tags, explain, hint, source, difficulty, front, back, reverse, wrong)",
    ),
    (FLASHCARD + '"\\u0007frnt" = 1', "d.toml:10: flashcard[1].\ufffdfrnt: unknown key (did you mean front?)"),
    (
        FLASHCARD + 'wrong = [\n"x",\n{ text = "y", wy = "z" }]',
        "d.toml:12: flashcard[1].wrong[2].wy: unknown key (did you mean why?)",
    ),
    (
        TABLE + "columns = [{ title = 'C', x = 'c' }]\nrows = [{ id = 'r', label = 'R', cells = ['x'] }]",
        "d.toml:9: table[1].columns[1].x: unknown key (known keys: title, id)",
    ),
    (
        TABLE + "columns = ['C']\nrows = [{ id = 'r', label = 'R', cels = [], cells = ['x'] }]",
        "d.toml:10: table[1].rows[1].cels: unknown key (did you mean cells?)",
    ),
    (
        MACHINE.replace('"B"', '{ name = "B", meanin = "x" }') + GO,
        "d.toml:10: machine[1].states[2].meanin: unknown key (did you mean meaning?)",
    ),
    (
        MACHINE + GO.replace("to =", "form = 'A', to ="),
        "d.toml:11: machine[1].transitions[1].form: unknown key (did you mean from?)",
    ),
    (
        MACHINE + GO + 'forbidden = [{ from = "B", event = "go", wy = "x" }]',
        "d.toml:12: machine[1].forbidden[1].wy: unknown key (did you mean why?)",
    ),
    (
        ANALOGY + 'pairs = [{ id = "p", concept = "C", image = "I", imag = "J" }]',
        "d.toml:9: analogy[1].pairs[1].imag: unknown key (did you mean image?)",
    ),
]


@pytest.mark.parametrize(("notes", "problem"), UNKNOWN_KEYS, ids=[problem for _, problem in UNKNOWN_KEYS])
def test_an_unknown_key_is_named_with_the_nearest_known_one(notes: str, problem: str, note_problems: Problems) -> None:
    assert note_problems(notes) == [problem]


@pytest.mark.parametrize(
    ("notes", "table", "keys"),
    [
        ("[[topic]]\n" + FLASHCARD, "6: topic[1]", "id title"),
        ("[[flashcard]]", "6: flashcard[1]", "back front id"),
        ("[[question]]", "6: question[1]", "ask id type"),
        ("[[table]]", "6: table[1]", "columns id rows title"),
        ("[[machine]]", "6: machine[1]", "id start states title transitions"),
        ("[[analogy]]", "6: analogy[1]", "id pairs title"),
        (FLASHCARD + "wrong = ['x',\n{}]", "11: flashcard[1].wrong[2]", "text"),
        (TABLE + "columns = ['C']\nrows = [\n{}]", "11: table[1].rows[1]", "cells id label"),
        (
            TABLE + "columns = [{}]\nrows = [{ id = 'r', label = 'R', cells = ['x'] }]",
            "9: table[1].columns[1]",
            "title",
        ),
        (MACHINE + "transitions = [\n{}]", "12: machine[1].transitions[1]", "event from to"),
        (MACHINE + GO + "forbidden = [{}]", "12: machine[1].forbidden[1]", "event from"),
        (ANALOGY + "pairs = [{}]", "9: analogy[1].pairs[1]", "concept id image"),
    ],
)
def test_every_missing_key_is_named_at_the_head_of_its_table(
    notes: str, table: str, keys: str, note_problems: Problems
) -> None:
    hints = {key: NO_ID if key == "id" else "is missing (add it)" for key in keys.split()}
    assert note_problems(notes) == [f"d.toml:{table}.{key}: {hint}" for key, hint in hints.items()]


WRONG_TYPES = {
    "every key of a flashcard": (
        "[[flashcard]]\nid = 1\nfront = [2]\nback = { a = 1 }\nreverse = 'yes'\n"
        "wrong = 'x'\ntags = ['a', 1]\nexplain = 1979-05-27\ntopic = true",
        [
            f"d.toml:7: flashcard[1].id: {A_TEXT}",
            f"d.toml:8: flashcard[1].front: {A_TEXT}",
            f"d.toml:9: flashcard[1].back: {A_TEXT}",
            "d.toml:10: flashcard[1].reverse: must be true or false (without quotes)",
            f"d.toml:11: flashcard[1].wrong: {A_LIST}",
            f"d.toml:12: flashcard[1].tags[2]: {A_TEXT}",
            f"d.toml:13: flashcard[1].explain: {A_TEXT}",
            f"d.toml:14: flashcard[1].topic: {A_TEXT}",
        ],
    ),
    "every key of a question": (
        "[[question]]\nid = []\nask = 1\ntype = 'chioce'\nanswer = [1]\nwrong = [1, { text = 2, why = 3 }]",
        [
            f"d.toml:7: question[1].id: {A_TEXT}",
            f"d.toml:8: question[1].ask: {A_TEXT}",
            'd.toml:9: question[1].type: must be "choice", "choices", "boolean", "text", "number", "command", "match"'
            ' or "order" (did you mean choice?)',
            f"d.toml:10: question[1].answer: {AN_ANSWER}",
            f"d.toml:11: question[1].wrong[1]: {A_TABLE.format(key='text')}",
            f"d.toml:11: question[1].wrong[2].text: {A_TEXT}",
            f"d.toml:11: question[1].wrong[2].why: {A_TEXT}",
        ],
    ),
    "a number of eight thousand digits for a word": (
        QUESTION + "type = 0x" + "f" * 8000 + "\nanswer = 1",
        [
            'd.toml:9: question[1].type: must be "choice", "choices", "boolean", "text", "number", "command", "match"'
            ' or "order"',
        ],
    ),
    "texts for lists and lists for tables": (
        TABLE + "columns = 'C'\nrows = { id = 'r' }\n[flashcard]\nid = 'f'\n[[machine]]\nstates = [1]",
        [
            f"d.toml:9: table[1].columns: {A_LIST}",
            f"d.toml:10: table[1].rows: {ROWS}",
            "d.toml:11: flashcard: its heading takes two brackets (write [[flashcard]])",
            f"d.toml:13: machine[1].id: {NO_ID}",
            *(f"d.toml:13: machine[1].{key}: is missing (add it)" for key in ("start", "title", "transitions")),
            f"d.toml:14: machine[1].states[1]: {A_TABLE.format(key='name')}",
        ],
    ),
    "an answer of spaces": (
        QUESTION + 'type = "text"\nanswer = ["a", "  "]',
        [f"d.toml:10: question[1].answer: {AN_ANSWER}"],
    ),
    "no answer": (QUESTION + 'type = "text"\nanswer = []', [f"d.toml:10: question[1].answer: {AN_ANSWER}"]),
    "texts of spaces": (
        '[[flashcard]]\nid = "f"\nfront = "  "\nback = "\\t\\u00a0"',
        ["d.toml:8: flashcard[1].front: must not be empty", "d.toml:9: flashcard[1].back: must not be empty"],
    ),
    "signs that card ids need": (
        MACHINE.replace('"B"', '"B#"') + GO.replace('"go"', '"go > on"'),
        [f"d.toml:10: machine[1].states[2].name: {A_NAME}", f"d.toml:11: machine[1].transitions[1].event: {A_NAME}"],
    ),
}


@pytest.mark.parametrize(("notes", "expected"), WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_every_wrong_type_is_reported_in_the_order_of_the_file(
    notes: str, expected: list[str], note_problems: Problems
) -> None:
    assert note_problems(notes) == expected


@pytest.mark.parametrize("name", ["", " ", "a b", "été", "a#b", "a/b", "-a", ".", "a\\n", "x" * 65, "a\\u202e"])
def test_an_id_is_short_and_plain(name: str, note_problems: Problems) -> None:
    assert note_problems(FLASHCARD.replace('"f"', f'"{name}"')) == [f"d.toml:7: flashcard[1].id: {AN_ID}"]


@pytest.mark.parametrize("name", ["a", "7", "A.b_c-d", "x" * 64])
def test_letters_digits_and_three_signs_make_an_id(name: str, note_problems: Problems) -> None:
    assert note_problems(FLASHCARD.replace('"f"', f'"{name}"')) == []


TOO_MANY_OR_LONG = {
    "texts": (
        FLASHCARD.replace('"F"', f'"{"x" * 4001}"') + f'wrong = ["{"x" * 301}"]',
        [
            "8: flashcard[1].front: is too long (4000 characters",
            "10: flashcard[1].wrong[1].text: is too long (300 characters",
        ],
    ),
    "lists of a flashcard": (
        FLASHCARD + "wrong = " + many("'@'", 20) + "tags = " + many("'@'", 21),
        ["10: flashcard[1].wrong: has too many entries (19", "11: flashcard[1].tags: has too many entries (20"],
    ),
    "lists of a table": (
        TABLE + "columns = " + many("'@'", 21) + "rows = " + many("{ id = '@', label = '@', cells = [] }", 501),
        ["9: table[1].columns: has too many entries (20", "10: table[1].rows: has too many entries (500"],
    ),
    "lists of a machine": (
        "[[machine]]\nid = 'm'\ntitle = 'T'\nstart = '0'\nstates = "
        + many("'@'", 51)
        + "transitions = "
        + many("{ from = '0', event = '@', to = '1' }", 501)
        + "end = "
        + many("'@'", 51)
        + "forbidden = "
        + many("{ from = '1', event = '@' }", 501),
        [
            "10: machine[1].states: has too many entries (50",
            "11: machine[1].transitions: has too many entries (500",
            "12: machine[1].end: has too many entries (50",
            "13: machine[1].forbidden: has too many entries (500",
        ],
    ),
    "pairs": (
        ANALOGY + "pairs = " + many("{ id = '@', concept = 'c@', image = 'i@' }", 51),
        ["9: analogy[1].pairs: has too many entries (50"],
    ),
    "names of something else": (
        "[[topic]]\nid = 't'\ntitle = 'T'\nafter = ['t', '" + "x" * 301 + "']\n"
        "[[steps]]\nid = 's'\ntopic = '" + "x" * 301 + "'\ntitle = 'T'\nderive = ['" + "x" * 301 + "']\n"
        "steps = [{ id = '1', text = 'a' }, { id = '2', text = 'b' }, { id = '3', text = 'c' }]",
        [
            "9: topic[1].after[2]: is too long (300 characters",
            "12: steps[1].topic: is too long (300 characters",
            "14: steps[1].derive[1]: is too long (300 characters",
        ],
    ),
    "topics": (
        FLASHCARD + "".join(f"[[topic]]\nid = 't{number}'\ntitle = 'T'\n" for number in range(1001)),
        ["10: topic: has too many entries (1000"],
    ),
}


@pytest.mark.parametrize(("notes", "expected"), TOO_MANY_OR_LONG.values(), ids=TOO_MANY_OR_LONG)
def test_what_is_too_long_is_refused_with_its_limit(notes: str, expected: list[str], note_problems: Problems) -> None:
    assert note_problems(notes) == [f"d.toml:{problem} at most)" for problem in expected]


@pytest.mark.parametrize(
    ("mistake", "problem"),
    [
        ("bakk = 'B'", "bakk: unknown key (did you mean back?)"),
        ("type = 'choicy'", "type: unknown key (known keys: "),
    ],
)
def test_one_mistake_on_every_line_is_looked_up_once(
    mistake: str, problem: str, note_problems: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    look_up = difflib.get_close_matches

    def counting(name: str, *arguments: Any, **keys: Any) -> list[str]:
        looked_up.append(name)
        return look_up(name, *arguments, **keys)

    monkeypatch.setattr(difflib, "get_close_matches", counting)
    found = note_problems("".join(f"[[flashcard]]\nid = 'f{n}'\nfront = 'F'\n{mistake}\n" for n in range(200)))
    assert len([each for each in found if problem in each]) == 200
    assert len(looked_up) <= 2
