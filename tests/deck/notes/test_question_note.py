"""`[[question]]`."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Deck
from quizdock.core.forms import Boolean, Choice, Choices, Option, Task, Text

ReadNotes = Callable[..., Deck]


@pytest.mark.parametrize(
    ("body", "task"),
    [
        (
            'type = "choice"\nanswer = "A"\nwrong = ["B", { text = "C", why = "W" }]',
            Choice((Option("A", right=True), Option("B"), Option("C", why="W"))),
        ),
        (
            'type = "choices"\nanswer = ["A", " B "]\nwrong = ["C"]',
            Choices((Option("A", right=True), Option("B", right=True), Option("C"))),
        ),
        ('type = "boolean"\nanswer = true', Boolean(True)),
        ('type = "boolean"\nanswer = false', Boolean(False)),
        ('type = "text"\nanswer = "A"', Text(("A",), (), "en")),
        (
            'type = "text"\nanswer = ["A", "B"]\nwrong = [{ text = "C", why = "W" }]',
            Text(("A", "B"), (Option("C", why="W"),), "en"),
        ),
    ],
)
def test_a_question_is_asked_in_its_form_in_study_and_exams(read_notes: ReadNotes, body: str, task: Task) -> None:
    (card,) = read_notes(f'[[question]]\nid = "q"\nask = "Ask?"\n{body}\n').cards
    assert (card.name, card.prompt) == ("q", "Ask?")
    assert card.study == task
    assert card.exam == task


@pytest.mark.parametrize(("lang", "folding"), [("fr", "fr"), ("fr-CA", "fr"), ("en-GB", "en")])
def test_a_typed_answer_is_folded_by_the_decks_language(read_notes: ReadNotes, lang: str, folding: str) -> None:
    (card,) = read_notes('[[question]]\nid = "q"\nask = "?"\ntype = "text"\nanswer = "A"\n', lang).cards
    assert card.study == Text(("A",), (), folding)


def test_english_articles_are_not_dropped_in_another_language(read_notes: ReadNotes) -> None:
    (card,) = read_notes('[[question]]\nid = "q"\nask = "?"\ntype = "text"\nanswer = "a casa"\n', "pt").cards
    verdict = card.study.mark("casa")
    assert verdict is not None
    assert not verdict.right


def test_one_text_cannot_be_right_in_two_spellings_of_a_choices_question(
    note_problems: Callable[[str], list[str]],
) -> None:
    notes = '[[question]]\nid = "q"\nask = "?"\ntype = "choices"\nanswer = ["L’un", "l\'un"]\nwrong = ["x"]\n'
    assert note_problems(notes) == [
        "d.toml:10: question[1].answer: an answer is listed twice (remove one of them)",
    ]
