"""`[[question]]`."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Deck
from quizdock.core.forms import Boolean, Choice, Choices, Option, Task, Text, Verdict
from quizdock.deck.notes.question import Question

ReadNotes = Callable[..., Deck]
Problems = Callable[[str], list[str]]

COMMAND = '[[question]]\nid = "q"\nask = "?"\ntype = "command"\n'  # the next line is the tenth
NUMBER = '[[question]]\nid = "q"\nask = "?"\ntype = "number"\n'
MATCH = '[[question]]\nid = "q"\nask = "?"\ntype = "match"\n'
NO_OPTION = "is not the name of an option (for example -p or --name, no more)"


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
    note_problems: Problems,
) -> None:
    notes = '[[question]]\nid = "q"\nask = "?"\ntype = "choices"\nanswer = ["L’un", "l\'un"]\nwrong = ["x"]\n'
    assert note_problems(notes) == [
        "d.toml:10: question[1].answer: an answer is listed twice (remove one of them)",
    ]


# Match


def test_partners_that_only_differ_in_case_cannot_be_told_apart(note_problems: Problems) -> None:
    assert note_problems(
        MATCH
        + """pairs = [
  { item = "a", partner = "Oui" },
  { item = "b", partner = "Non" },
  { item = "c", partner = "Oui" },
  { item = "d", partner = "oui" },
]
"""
    ) == [
        "d.toml:14: question[1].pairs[4].partner: “oui” and “Oui” cannot be told apart"
        " (spell them alike if they are one, or else make them differ)"
    ]


def test_one_partner_may_belong_to_several_entries(read_notes: ReadNotes) -> None:
    pairs = 'pairs = [{ item = "a", partner = "x" }, { item = "b", partner = "y" }, { item = "c", partner = "x" }]\n'
    (card,) = read_notes(MATCH + pairs).cards
    assert card.study.choices == ("x", "y")


def test_an_entry_is_matched_once_however_it_is_spelt(note_problems: Problems) -> None:
    pairs = 'pairs = [{ item = "A", partner = "x" }, { item = "a", partner = "y" }]\n'
    assert note_problems(MATCH + pairs) == [
        "d.toml:10: question[1].pairs[2].item: “a” is used twice (give each one its own)"
    ]


# Command


def test_a_line_that_is_marked_right_cannot_be_listed_wrong(note_problems: Problems) -> None:
    assert note_problems(
        COMMAND
        + 'answer = ["docker start web", "docker run -it -p 80:80 web"]\n'
        + 'wrong = ["docker run -p80:80 -ti  \'web\'", "docker run web"]\nvalued = ["-p"]\n'
    ) == [
        "d.toml:11: question[1].wrong[1]: “docker run -p80:80 -ti  'web'” is the answer and also listed wrong"
        " (remove it from one of the two)"
    ]


def test_a_quote_that_is_not_closed_is_said_once_for_each_line(note_problems: Problems) -> None:
    unclosed = "a quote is not closed, or a \\ ends the line (write it as in a shell)"
    assert note_problems(COMMAND + 'answer = ["ls", "echo \'x"]\nwrong = ["echo \'x"]\n') == [
        f"d.toml:10: question[1].answer[2]: {unclosed}",
        f"d.toml:11: question[1].wrong[1]: {unclosed}",
    ]


def test_a_command_that_is_accepted_in_another_spelling_is_doubtful() -> None:
    answers = ["docker run -it web", "docker run -d web", "docker run -t -i web"]
    question = Question(id="q", ask="?", type="command", answer=answers)
    assert [(found.path, str(found.message)) for found in question.warnings()] == [
        (("answer",), "“docker run -t -i web” is accepted already")
    ]


def test_options_that_take_a_value_are_named_without_it(note_problems: Problems) -> None:
    valued = 'valued = ["-p", "--name", "-name", "name", "-p 80", "--name=", "--", "-", "-\'p\'"]\n'
    assert note_problems(COMMAND + 'answer = "docker run -p 80 web"\n' + valued) == [
        f"d.toml:11: question[1].valued[{number}]: {NO_OPTION}" for number in (4, 5, 6, 7, 8, 9)
    ]


# Number


@pytest.mark.parametrize("unit", ["1/s", "²", "½ tasse", "000 km", ".x"])
def test_a_unit_that_cannot_be_typed_behind_the_answer_is_refused(note_problems: Problems, unit: str) -> None:
    assert note_problems(NUMBER + f'answer = 5\nunit = ["Go", "{unit}"]\n') == [
        f"d.toml:11: question[1].unit: the answer cannot be typed with the unit “{unit}” behind it"
        " (begin it with a letter, or a sign such as %)"
    ]


@pytest.mark.parametrize("unit", ["Go", "%", "m²", "°C", "/s", "s⁻¹", "km/h", "€", "tours par minute"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_answer_is_right_as_it_is_shown(read_notes: ReadNotes, lang: str, unit: str) -> None:
    (card,) = read_notes(NUMBER + f'answer = -2.5\nunit = "{unit}"\n', lang).cards
    verdict = card.study.mark(card.study.answer)
    assert verdict == Verdict(1.0)


@pytest.mark.parametrize("kind", ["number", "text", "choice"])
@pytest.mark.parametrize("number", ["0x" + "f" * 8000, "0x" + "f" * 301, "9" * 301])
def test_a_number_too_long_to_be_an_answer_is_refused_in_our_words(
    note_problems: Problems, kind: str, number: str
) -> None:
    note = f'[[question]]\nid = "q"\nask = "?"\ntype = "{kind}"\nanswer = {number}\n'
    most = 30 if kind == "number" else 300
    assert note_problems(note) == [f"d.toml:10: question[1].answer: a number is too long ({most} digits at most)"]


def test_a_number_too_long_to_be_a_tolerance_is_refused_in_our_words(note_problems: Problems) -> None:
    assert note_problems(NUMBER + f"answer = 5\ntolerance = 0x{'f' * 8000}\n") == [
        "d.toml:11: question[1].tolerance: is neither a number of 0 or more nor a percentage"
        ' (for example 0.5, or "5 %")'
    ]


def test_a_long_number_is_an_answer_to_be_chosen(read_notes: ReadNotes) -> None:
    note = '[[question]]\nid = "q"\nask = "?"\ntype = "choice"\nwrong = ["0"]\n'
    (card,) = read_notes(f"{note}answer = {'9' * 300}\n").cards
    assert card.study.answer == "9" * 300
