"""What the interactive screens look like, printed to a text instead of a terminal."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from quizdock.core.dialogue import Closing, Marked, Mistake, Outcome, Question, Sitting
from quizdock.core.drawing import Drawing
from quizdock.core.forms import Boolean, Choice, Match, Option, Order, Pair, Recall, Task, Verdict
from quizdock.core.marking import Result, Score
from quizdock.deck.notes.machine import WIDEST_DRAWING
from quizdock.ui import render
from quizdock.ui.theme import THEME

Ask = Callable[..., Question]
Mark = Callable[..., Marked]

CHOICE = Choice((Option("one", why="One is too few."), Option("two", right=True)))
LAMP = Drawing(" OFF -press-> ON ", focus=("OFF",), hidden=("ON",))
LONG = "A sentence that goes on. " * 20
WIDE = "漢字" * 100
PROMPT = 2
NOTICE = 1


def a_console(width: int = 80, height: int = 40, **more: Any) -> Console:
    return Console(file=io.StringIO(), width=width, height=height, theme=THEME, highlight=False, **more)


def printed(console: Console, view: RenderableType) -> str:
    console.print(view)
    sink = console.file
    assert isinstance(sink, io.StringIO)
    return sink.getvalue()


def lines(view: RenderableType, width: int = 80) -> list[str]:
    return [line.rstrip() for line in printed(a_console(width), view).splitlines()]


def card_lines(
    question: Question, *, width: int = 80, height: int = 40, exam: bool = False, revealed: bool = False
) -> list[str]:
    """A card above a prompt of two lines and a notice, or with its drawing revealed."""
    console = a_console(width, height)
    if revealed:
        return printed(console, render.card_view(console, question, revealed=True, exam=exam)).splitlines()
    return printed(console, render.Sight(question, exam=exam).fitted(console, PROMPT)).splitlines()


def test_a_card_shows_its_place_how_far_it_is_and_what_it_asks(question: Ask) -> None:
    assert card_lines(question(CHOICE, new=True), width=40) == [
        " The deck › The topic     2 left · 0:00 ",
        " ━━━━━━━━━━━━━───────────────────────── ",
        "╭──────────────────────────────────────╮",
        "│                                      │",
        "│  Title                               │",
        "│  Ask?                                │",
        "│                                      │",
        "╰──────────────────────────────── new ─╯",
    ]


@pytest.mark.parametrize(
    ("keys", "exam", "status"),
    [({"drill": True}, False, " once more ─╯"), ({}, False, " repetition ─╯"), ({"new": True}, True, "───╯")],
)
def test_a_card_says_why_it_comes_except_in_an_exam(
    question: Ask, keys: dict[str, bool], exam: bool, status: str
) -> None:
    assert card_lines(question(CHOICE, **keys), exam=exam)[-1].endswith(status)


@pytest.mark.parametrize("text", [LONG, WIDE, "x" * 500], ids=["long", "wide", "unbroken"])
@pytest.mark.parametrize("width", [80, 40, 20])
def test_no_line_is_wider_than_the_screen(question: Ask, marked: Mark, text: str, width: int) -> None:
    task = Choice((Option(text, right=True), Option("b")))
    drawing = Drawing("─" * 76)
    answered = marked(task, text, Verdict(0.0, why=text), 1, prompt=text, explain=text, source=text, drawing=drawing)
    mistake = Mistake(answered.question, text, answered.verdict)
    console = a_console(width)
    shown = [
        *card_lines(answered.question, width=width),
        *card_lines(answered.question, width=width, height=5),
        *printed(console, render.answer_view(answered)).splitlines(),
        *lines(render.grades_view(answered, "six"), width),
        *lines(render.mistake_view(mistake, 1, 1), width),
    ]
    assert max(map(cell_len, shown)) <= width


def test_entries_and_choices_stand_side_by_side_with_long_ones_under_their_beginning(question: Ask) -> None:
    task = Match((Pair("x", "a partner that needs two lines"), Pair("yy", "b")), (Option("c\x1b"),))
    assert card_lines(question(task), width=40)[7:-2] == [
        "│   1  x    a  a partner that needs    │",
        "│              two lines               │",
        "│   2  yy   b  b                       │",
        "│           c  c\ufffd                      │",
    ]


@pytest.mark.parametrize(
    "task",
    [
        Order(tuple(f"step {number}" for number in range(12))),
        Match(tuple(Pair(f"entry {number}", f"partner {number}") for number in range(12))),
    ],
    ids=["order", "match"],
)
def test_twelve_choices_leave_room_for_typing_on_twenty_four_lines(question: Ask, task: Task) -> None:
    shown = card_lines(question(task, drawing=LAMP), height=24)
    assert any(task.choices[-1] in line for line in shown)
    assert len(shown) <= 24 - 3


@pytest.mark.parametrize("task", [Order((LONG, "x" * 300)), Match((Pair(LONG, WIDE), Pair("x" * 300, "y")))])
@pytest.mark.parametrize("width", [80, 40, 20])
def test_no_line_of_what_is_offered_is_wider_than_the_screen(question: Ask, task: Task, width: int) -> None:
    assert max(map(cell_len, card_lines(question(task), width=width))) <= width


@pytest.mark.parametrize("height", [40, 9, 5], ids=["boxed", "without its box", "on a tiny screen"])
def test_the_question_is_on_the_screen_at_any_height(question: Ask, height: int) -> None:
    assert any("Ask?" in line for line in card_lines(question(CHOICE, drawing=LAMP), height=height))


@pytest.mark.parametrize(("height", "boxed", "drawn"), [(40, True, True), (13, False, True), (11, False, False)])
def test_the_box_goes_before_the_drawing(question: Ask, height: int, boxed: bool, drawn: bool) -> None:
    shown = "\n".join(card_lines(question(CHOICE, drawing=LAMP), height=height))
    assert ("╭" in shown) is boxed
    assert ("press" in shown) is drawn


def test_the_widest_drawing_is_shown_whole_on_eighty_columns(question: Ask) -> None:
    widest = Drawing("a" + "─" * (WIDEST_DRAWING - 2) + "z")
    for height in (40, 10):
        shown = card_lines(question(Recall("x"), drawing=widest), height=height)
        assert any(widest.text in line for line in shown)


def test_a_drawing_masks_the_answer_until_it_is_revealed(question: Ask) -> None:
    asked = question(CHOICE, drawing=LAMP)
    assert "│  ▶OFF◀-press-> ··  " in card_lines(asked)[7]
    assert "│  ▶OFF◀-press-> ON  " in card_lines(asked, revealed=True)[7]


def test_a_drawing_highlights_its_focus_in_colour(question: Ask) -> None:
    console = a_console(force_terminal=True, color_system="standard")
    shown = printed(console, render.card_view(console, question(CHOICE, drawing=LAMP)))
    assert "\x1b[1;7mOFF\x1b[0m" in shown
    assert "\x1b[2m··\x1b[0m" in shown


@pytest.mark.parametrize(
    ("given", "verdict", "shown"),
    [
        (None, None, ["  Answer  two", "", "  Because.", "  Read again: 1.2"]),
        ("two", Verdict(1.0), ["  ✓ Right", "  Answer  two", "", "  Because.", "  Read again: 1.2"]),
        (
            "one",
            Verdict(0.0, why="One is too few."),
            [
                "  ✗ Wrong",
                "  Your answer  one",
                "  One is too few.",
                "  Answer  two",
                "",
                "  Because.",
                "  Read again: 1.2",
            ],
        ),
        (
            "one\x1b[2J",
            Verdict(0.5),
            [
                "  ◐ Partly right: 50 %",
                "  Your answer  one\ufffd[2J",
                "  Answer  two",
                "",
                "  Because.",
                "  Read again: 1.2",
            ],
        ),
    ],
)
def test_the_answer_comes_with_a_sign_the_reason_and_the_lesson(
    marked: Mark, given: str | None, verdict: Verdict | None, shown: list[str]
) -> None:
    answered = marked(CHOICE, given, verdict, None, explain="Because.", source="1.2")
    assert lines(render.answer_view(answered)) == shown


def test_six_grades_stand_over_their_names_and_intervals(marked: Mark) -> None:
    assert lines(render.grades_view(marked(CHOICE, "two", Verdict(1.0), 4), "six")) == [
        "",
        "        0            1            2            3          ▸4◂          5",
        "      blank        wrong       almost        hard         good        easy",
        "       1 d          1 d          1 d          6 d         1 mo       1.1 y",
    ]


def test_the_grades_of_a_drill_say_whether_it_comes_again(marked: Mark) -> None:
    shown = lines(render.grades_view(marked(Recall("x"), None, None, None, drill=True), "six"))[-1]
    assert shown.split() == ["again", "again", "again", "again", "done", "done"]


def test_the_result_of_an_exam_has_a_bar_for_each_topic(sitting: Sitting) -> None:
    topics = (("Nets", Score(1, 1)), ("Files and more", Score(0.5, 1)))
    shown = lines(render.outcome_view(Outcome(sitting, Result(Score(1.5, 2), topics, True), (), 2, 9)), 70)
    assert [line.strip("│ ") for line in shown[1:-1]] == [
        "",
        "Score: 1.5 of 2, 75 %: passed",
        "",
        "Nets                            ██████████████████    1/1  100 %",
        "Files and more                  █████████░░░░░░░░░  0.5/1   50 %",
        "",
        "Kept as No. 7. All results: quizdock scores",
        "",
    ]


def test_a_mistake_shows_what_was_given_what_is_right_and_what_to_read(question: Ask) -> None:
    asked = question(Boolean(True), explain="Because.", source="1.2")
    shown = lines(render.mistake_view(Mistake(asked, False, Verdict(0.0, why="Why.")), 1, 2), 40)
    assert shown[0] == "╭─ Mistake 1 of 2 ─────────────────────╮"
    assert [line.strip("│ ") for line in shown[2:-2]] == [
        *("Title", "Ask?", "", "Your answer  False", "Why.", "Answer  True", "", "Because.", "", "Read again  1.2")
    ]


def test_a_summary_and_an_exam_are_announced_in_a_box(sitting: Sitting) -> None:
    closing = Closing(1, 0, 9, left=0, due_tomorrow=1, new_waiting=0)
    assert "│  1 review · 0 drills · 0:09" in lines(render.closing_view(closing))[2]
    assert "│  Exam · alice · 2 questions · pass mark 70 % · seed 42" in lines(render.sitting_view(sitting))[2]


def test_what_looks_like_markup_is_printed_as_it_is(marked: Mark, sitting: Sitting) -> None:
    red = "[red]x[/red] :smile: [/] [link=http://x]y[/link]"
    answered = marked(
        Recall(red), red, Verdict(0.0, why=red), 1, prompt=red, explain=red, source=red, drawing=Drawing(red)
    )
    mistake = Mistake(answered.question, red, answered.verdict)
    result = Result(Score(0, 1), ((red, Score(0, 1)),), passed=False)
    console = a_console(force_terminal=True, color_system=None, width=100)
    for view, times in (
        (render.card_view(console, answered.question), 2),
        (render.answer_view(answered), 5),
        (render.mistake_view(mistake, 1, 1), 6),
    ):
        assert "\n".join(lines(view, 100)).count(red) == times
    shown = lines(render.outcome_view(Outcome(sitting, result, (mistake,), 1, 9)), 140)
    assert any(red in line for line in shown)
