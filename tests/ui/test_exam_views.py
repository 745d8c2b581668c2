"""What exams look like."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from quizdock.core.calibration import calibration
from quizdock.core.exam_dialogue import Line, Overview, Record, Sitting
from quizdock.core.forms import Boolean, Choice, Option
from quizdock.core.marking import Certainty, Mark, Place, Rules
from quizdock.ui import exam_views as views
from quizdock.ui.theme import THEME

CHOICE = Choice((Option("one", why="One is too few."), Option("two", right=True)))
Make = Callable[..., Any]


def lines(view: RenderableType, width: int = 80) -> list[str]:
    sink = io.StringIO()
    Console(file=sink, width=width, theme=THEME, highlight=False).print(view)
    return [line.rstrip() for line in sink.getvalue().splitlines()]


def inside(view: RenderableType, width: int = 70) -> list[str]:
    """The lines within a box."""
    return [line.strip("│ ") for line in lines(view, width)[2:-2]]


def test_a_result_has_a_bar_for_each_topic(assessed: Make, record: Callable[..., Record]) -> None:
    files = Place("deck", "f", "Files and more")
    done = record(assessed(CHOICE, 1), assessed(CHOICE, 0, place=files), assessed(CHOICE, 1, place=files))
    assert inside(views.result_view(done)) == [
        "Score: 2 of 3, 66.7 %: not passed",
        "",
        "The topic                        ███████████████████  1/1  100 %",
        "Files and more                   ██████████░░░░░░░░░  1/2   50 %",
        "",
        "Kept as No. 7. To see it again: quizdock exam review 7",
    ]


def test_a_result_says_that_the_time_was_up(assessed: Make, record: Callable[..., Record]) -> None:
    assert inside(views.result_view(record(assessed(CHOICE), out_of_time=True)))[0] == "The time is up."


def test_calibration_has_a_picture_of_how_right_against_how_sure() -> None:
    place = Place("d", "t", "T")
    marks = [Mark(place, float(n < 5), Certainty.SURE) for n in range(10)] + [Mark(place, 1.0, Certainty.GUESS)] * 4
    assert lines(views.calibration_view(calibration(marks))) == [
        "sure         ··········●·····▒▒▒▒       50 %  10 answers  over-confident",
        "fairly sure  ·············▒▒▒····             0 answers   too few answers to say",
        "guess        ▒▒▒▒▒▒▒▒▒▒▒▒▒······●      100 %  4 answers   under-confident",
        "Over-confident: you are right less often than you are sure. Doubt more.",
    ]


def test_a_mistake_shows_what_was_given_what_is_right_and_what_to_read(assessed: Make) -> None:
    mistake = assessed(CHOICE, 0, explain="Because.", source="1.2")
    shown = lines(views.mistake_view(mistake, 1, 2), 40)
    assert shown[0] == "╭─ Mistake 1 of 2 ─────────────────────╮"
    assert [line.strip("│ ") for line in shown[2:-2]] == [
        *("Title", "Ask?", "", "✗ Wrong: 0", "Your answer  one", "One is too few.", "Answer  two"),
        *("", "Because.", "Read again: 1.2"),
    ]


@pytest.mark.parametrize(("response", "sign"), [(1, "✓ Right: 1"), (0, "✗ Wrong: 0"), (None, "○ No answer: 0")])
def test_a_mark_has_a_sign_as_well_as_a_colour(assessed: Make, response: object, sign: str) -> None:
    assert lines(views.mark_view(assessed(CHOICE, response)))[0].strip() == sign


def test_the_paper_is_a_list_with_signs() -> None:
    asked = (
        Line(1, "Title\nAsk?", "x" * 60, True, False, True),
        Line(2, "And?", None, False, False, True),
        Line(3, "Or?", True, True, True, True),
    )
    assert views.paper_lines(asked) == [f"✓ Ask? — {'x' * 44}…", "· And? — no answer", "⚑ Or? — True"]
    assert lines(views.overview_view(Overview(asked, Rules()))) == [" Your paper", " 1 question has no answer."]


@pytest.mark.parametrize("width", [80, 60, 40, 24])
def test_no_line_is_wider_than_the_screen(
    assessed: Make, record: Callable[..., Record], sitting: Callable[..., Sitting], width: int
) -> None:
    rules = Rules(certainty=True, minutes=30)
    long = assessed(
        CHOICE, 0, prompt="漢字" * 60, explain="x" * 300, source="y " * 100, certainty=Certainty.SURE, rules=rules
    )
    done = record(*[long] * 4, rules=rules, decks={"deck": "D" * 50, "e": "E"})
    for view in (
        views.sitting_view(sitting(rules=rules, decks=("漢字" * 30,), seconds_left=1800.0)),
        views.result_view(done),
        views.mistake_view(long, 1, 1),
        views.question_view(long, 1),
        views.given_view("x" * 200),
    ):
        assert max(map(cell_len, lines(view, width))) <= width


def test_what_looks_like_markup_is_printed_as_it_is(assessed: Make, record: Callable[..., Record]) -> None:
    red = "[red]x[/red] [/] [link=http://x]y[/link]"
    task = Choice((Option(red, why=red), Option("two", right=True)))
    wrong = assessed(task, 0, prompt=red, explain=red, source=red, place=Place("deck", "t", red))
    assert "\n".join(lines(views.mistake_view(wrong, 1, 1), 140)).count(red) == 5
    assert any(red in line for line in lines(views.result_view(record(wrong)), 200))


def test_a_question_that_is_right_is_shown_without_a_mistake(assessed: Make) -> None:
    shown = inside(views.question_view(assessed(Boolean(True), True), 3), 40)
    assert shown == ["Title", "Ask?", "", "✓ Right: 1", "Answer  True"]
