"""Warnings: what is doubtful in a deck that can be used."""

from collections.abc import Callable

import pytest

from quizdock.deck.lint import COMMANDS, warnings
from quizdock.deck.reader import parse
from quizdock.ui import exam_plain, exam_screen, interactive, plain

HEADER = 'format = 1\n[deck]\nid = "d"\ntitle = "D"\nlang = "{lang}"\n'
SAME = "(ask so that only one answer is right)"

Found = Callable[..., list[str]]


def found(notes: str, lang: str = "en") -> list[str]:
    """The English texts of the warnings about notes that begin on line 6."""
    read = parse((HEADER.format(lang=lang) + notes).encode(), "d.toml")
    return [str(each.text).removeprefix("d.toml:") for each in warnings(read, "d.toml")]


def card(id_: str, front: str, back: str = "B", more: str = 'explain = "E"') -> str:
    return f'[[flashcard]]\nid = "{id_}"\nfront = "{front}"\nback = "{back}"\n{more}\n'


def question(kind: str, ask: str, answer: str, more: str = "") -> str:
    return f'[[question]]\nid = "q"\nask = "{ask}"\ntype = "{kind}"\nanswer = {answer}\nexplain = "E"\n{more}\n'


def test_a_sound_deck_has_none() -> None:
    assert found('[[topic]]\nid = "t"\ntitle = "T"\n' + card("a", "A?", more='explain = "E"\ntopic = "t"')) == []


def test_a_note_without_explanation_is_named_once_however_many_cards_it_makes() -> None:
    hint = "(add explain: say why, do not repeat the answer)"
    assert found(card("a", "A?", more="reverse = true")) == [f"6: warning: flashcard[1]: has no explanation {hint}"]


def test_parts_that_explain_themselves_need_no_explanation_of_the_note() -> None:
    rows = '{ id = "a", label = "A", cells = ["1"], explain = "E" }'
    table = '[[table]]\nid = "t"\ntitle = "T"\ncolumns = ["C"]\nrows = [{}]\n'
    assert found(table.replace("{}", rows)) == []
    other = '{ id = "b", label = "B", cells = ["2"] }'
    assert found(table.replace("{}", f"{rows}, {other}"))[0].startswith("6: warning: table[1]: has no explanation")


def test_two_cards_that_ask_the_same_are_named() -> None:
    assert found(card("a", "What is it?", "One") + card("b", "what  is it ?", "Two")) == [
        f"11: warning: flashcard[2]: the card “b” asks the same as “a” {SAME}"
    ]


def test_the_same_words_over_other_choices_are_another_question() -> None:
    first = question("choice", "Which?", '"a"', 'wrong = ["b"]')
    assert found(first + question("choice", "Which?", '"c"', 'wrong = ["d"]').replace('"q"', '"r"')) == []
    assert len(found(first + question("choice", "Which?", '"b"', 'wrong = ["a"]').replace('"q"', '"r"'))) == 1


def test_a_back_that_is_two_fronts_answer_is_ambiguous_in_reverse() -> None:
    both = "".join(card(each, f"{each}?", "The same", 'explain = "E"\nreverse = true') for each in "ab")
    assert found(both) == [f"12: warning: flashcard[2]: the card “b#reverse” asks the same as “a#reverse” {SAME}"]


@pytest.mark.parametrize(("length", "warned"), [(240, False), (241, True)])
def test_an_answer_of_more_than_240_characters_is_long_to_recall(length: int, warned: bool) -> None:
    expected = (
        "6: warning: flashcard[1]: the card “a” has a long answer"
        " (make several cards of it, or move what explains to explain)"
    )
    assert found(card("a", "A?", "x" * length)) == ([expected] if warned else [])


def test_a_typed_answer_that_its_question_or_hint_has_is_told() -> None:
    told = "6: warning: question[1]: the answer “docker ps” stands elsewhere on its card (rephrase it)"
    assert found(question("command", "What does docker ps do?", '"docker ps"')) == [told]
    assert found(question("text", "What is it?", '["x", "docker ps"]', 'hint = "Docker PS, that is."')) == [told]
    assert found(question("text", "What are docker psalms?", '"docker ps"')) == []


def test_options_that_differ_by_an_accent_or_an_article_are_one_option() -> None:
    alike = question("choice", "Quoi ?", '"le noyau"', 'wrong = ["Noyau", "une image"]')
    assert found(alike, "fr") == ["6: warning: question[1]: “le noyau” and “Noyau” are one option (remove one of them)"]
    assert found(question("choices", "Quoi ?", '["créé", "x"]', 'wrong = ["crée"]'), "fr") == [
        "6: warning: question[1]: “créé” and “crée” are one option (remove one of them)"
    ]
    assert found(alike, "de") == []


def test_a_note_without_topic_among_topics_and_a_topic_without_notes_are_named() -> None:
    assert found('[[topic]]\nid = "t"\ntitle = "T"\n' + card("a", "A?")) == [
        '6: warning: topic[1]: no note has the topic “t” (remove it, or write topic = "t" in its notes)',
        "9: warning: flashcard[1]: has no topic (add one: exams are drawn evenly over topics)",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("An {{image}}: the Image makes containers.", ""),
        ("The {{œuvre}} is an OEUVRE.", ""),
        ("{{a|layer}} of the layer", ""),
        ("{{image}} and {{k::an image}}", ""),
        ("An {{image}}.", "It is an image"),
    ],
)
def test_what_fills_a_hole_must_not_stand_beside_it(text: str, hint: str) -> None:
    (told,) = found(f'[[cloze]]\nid = "c"\nexplain = "E"\ntext = "{text}"\nhint = "{hint}"\n')
    assert told.endswith("stands elsewhere on its card (rephrase it)")


@pytest.mark.parametrize("text", ["An {{image}}: images", "{{a}} {{b}} {{a}}", "{{image}}: imagery and reimage"])
def test_a_part_of_a_longer_word_tells_nothing(text: str) -> None:
    assert found(f'[[cloze]]\nid = "c"\nexplain = "E"\ntext = "{text}"\n') == []


def test_a_notes_own_warnings_are_located_too() -> None:
    long = "x" * 61
    assert found(f'[[cloze]]\nid = "c"\nexplain = "E"\ntext = "A {{{{{long}}}}}"\n') == [
        f"9: warning: cloze[1].text: “{long}” is long to type (mask a few words only)"
    ]


@pytest.mark.parametrize("kind", ["text", "command"])
def test_a_typed_answer_that_is_a_command_of_quizdock_is_told(kind: str) -> None:
    assert found(question(kind, "How does one leave vi?", '[":wq", ":Q"]')) == [
        "6: warning: question[1]: the answer “:Q” is a command of QuizDock where it is typed"
        " (say in the question that it is typed with two colons: ::Q)"
    ]
    assert found(question("choice", "How does one leave vi?", '":q"', 'wrong = [":w"]')) == []


def test_every_command_that_is_typed_is_known_here() -> None:
    keys = {f":{name}" for name in (*interactive.COMMANDS, *exam_screen.COMMANDS) if len(name) == 1}
    assert keys | {":e", ":?"} == COMMANDS
    assert {*plain.COMMANDS, *exam_plain.COMMANDS} <= COMMANDS
