"""What the interactive screens look like, printed to a text instead of a terminal."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from quizdock.core.dialogue import Closing, Marked, Question
from quizdock.core.drawing import Drawing
from quizdock.core.forms import Choice, Match, Option, Order, Pair, Recall, Task, Verdict
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
    question: Question, *, width: int = 80, height: int = 40, progress: str = "", revealed: bool = False
) -> list[str]:
    """A card above a prompt of two lines and a notice, or with its drawing revealed."""
    console = a_console(width, height)
    if revealed:
        return printed(console, render.card_view(console, question, revealed=True, progress=progress)).splitlines()
    return printed(console, render.Sight(question, progress=progress).fitted(console, PROMPT)).splitlines()


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
    ("keys", "progress", "status"),
    [({"drill": True}, "", " once more ─╯"), ({}, "", " repetition ─╯"), ({"new": True}, "1/3", "───╯")],
)
def test_a_card_says_why_it_comes_except_in_an_exam(
    question: Ask, keys: dict[str, bool], progress: str, status: str
) -> None:
    assert card_lines(question(CHOICE, **keys), progress=progress)[-1].endswith(status)


@pytest.mark.parametrize("text", [LONG, WIDE, "x" * 500], ids=["long", "wide", "unbroken"])
@pytest.mark.parametrize("width", [80, 40, 20])
def test_no_line_is_wider_than_the_screen(question: Ask, marked: Mark, text: str, width: int) -> None:
    task = Choice((Option(text, right=True), Option("b")))
    drawing = Drawing("─" * 76)
    answered = marked(task, text, Verdict(0.0, why=text), 1, prompt=text, explain=text, source=text, drawing=drawing)
    console = a_console(width)
    shown = [
        *card_lines(answered.question, width=width),
        *card_lines(answered.question, width=width, height=5),
        *printed(console, render.answer_view(answered)).splitlines(),
        *lines(render.grades_view(answered, "six"), width),
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


@pytest.mark.parametrize(
    ("height", "boxed", "drawn"), [(40, True, True), (13, False, True), (11, False, True), (9, False, False)]
)
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


def test_six_grades_stand_over_their_names_and_intervals_with_the_reason_of_the_proposal(marked: Mark) -> None:
    assert lines(render.grades_view(marked(CHOICE, "two", Verdict(1.0), 4), "six")) == [
        "",
        "  Proposed 4 (right)",
        "        0            1            2            3          ▸4◂          5",
        "      blank        wrong       almost        hard         good        easy",
        "   today, 1 d   today, 1 d   today, 1 d   today, 6 d      1 mo       1.1 y",
    ]


def test_four_grades_have_their_own_keys_and_the_proposal_is_on_the_nearest(marked: Mark) -> None:
    assert lines(render.grades_view(marked(CHOICE, "one", Verdict(0.0), 0), "four"), 60) == [
        "",
        "  Proposed 1 (no answer)",
        "       ▸1◂            2             3             4",
        "      again          hard          good          easy",
        "    today, 1 d    today, 6 d       1 mo         1.1 y",
    ]


def test_a_recalled_card_has_no_proposal(marked: Mark) -> None:
    shown = lines(render.grades_view(marked(Recall("x"), None, None, None), "six"))
    assert "Proposed" not in "".join(shown)
    assert "▸" not in "".join(shown)


def test_grades_stand_below_each_other_on_a_narrow_screen(marked: Mark) -> None:
    assert lines(render.grades_view(marked(CHOICE, "two", Verdict(1.0), 4), "six"), 40) == [
        "",
        "  Proposed 4 (right)",
        "  0   blank  today, 1 d",
        "  1   wrong  today, 1 d",
        "  2   almost today, 1 d",
        "  3   hard   today, 6 d",
        "  ▸4◂ good   1 mo",
        "  5   easy   1.1 y",
    ]


def test_the_grades_of_a_drill_say_whether_it_comes_again(marked: Mark) -> None:
    shown = lines(render.grades_view(marked(Recall("x"), None, None, None, drill=True), "six"))[-1]
    assert shown.split() == ["today", "today", "today", "today", "done", "done"]


def fitted_lines(view: render.Sight, width: int, height: int) -> list[str]:
    console = a_console(width, height)
    return [line.rstrip() for line in printed(console, view.fitted(console, PROMPT)).splitlines()]


def test_hints_are_shown_one_below_the_other_as_far_as_they_were_asked_for(question: Ask) -> None:
    hints = ("It has two sides", "Turn it")
    for shown in range(3):
        seen = [line for line in card_lines(question(CHOICE, hints=hints, shown=shown)) if "Hint" in line]
        assert [line.strip("│ ") for line in seen] == [
            f"Hint {n} of 2: {hint}" for n, hint in enumerate(hints[:shown], 1)
        ]


def test_the_header_tells_how_long_the_rest_will_take(question: Ask) -> None:
    header = card_lines(question(CHOICE, seconds=90, seconds_left=130))[0]
    assert header.endswith(" 2 left · 1:30 · ~2 min ")


def test_a_small_screen_shows_the_question_the_answer_and_the_names_of_the_grades(marked: Mark) -> None:
    answered = marked(CHOICE, "one", Verdict(0.0), 1, explain=LONG, drawing=LAMP)
    assert fitted_lines(render.Sight(answered.question, answered), 20, 10) == [
        "  Ask?",
        "  ✗ Wrong",
        "  … (e shows everyt…",
        "  0\u00a0blank",
        "  ▸1◂\u00a0wrong",
        "  2\u00a0almost  3\u00a0hard",
        "  4\u00a0good  5\u00a0easy",
    ]


def test_a_smaller_screen_leaves_out_what_the_question_is_about(marked: Mark) -> None:
    answered = marked(Recall("An answer"), None, None, None)
    assert fitted_lines(render.Sight(answered.question, answered, "four"), 20, 7) == [
        "  Ask?",
        "  Answer  An",
        "  1\u00a0again  2\u00a0hard",
        "  3\u00a0good  4\u00a0easy",
    ]


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize("height", [10, 24])
@pytest.mark.parametrize("task", [Recall("two"), CHOICE, Order(("one", "two", "three"))], ids=lambda task: task.form)
@pytest.mark.parametrize("text", ["Ask?", LONG, WIDE], ids=["short", "long", "wide"])
def test_a_card_fits_on_every_screen_with_its_question_and_its_grades(
    marked: Mark, width: int, height: int, task: Task, text: str
) -> None:
    answered = marked(task, text, Verdict(0.0, why=text), 1, prompt=text, explain=text, drawing=LAMP)
    below = PROMPT + NOTICE
    asked = fitted_lines(render.Sight(answered.question), width, height)
    graded = fitted_lines(render.Sight(answered.question, answered), width, height)
    for shown in (asked, graded):
        assert len(shown) <= height - below
        assert max(map(cell_len, shown)) <= width
        assert any(text[:4] in line for line in shown)
    names = "".join(graded)
    assert all(name in names for name in ("blank", "wrong", "almost", "hard", "good", "easy", "▸1◂"))


def test_what_is_cut_says_how_to_see_it_all(question: Ask) -> None:
    asked = question(CHOICE, prompt=LONG)
    assert card_lines(asked, height=12)[-1].rstrip() == "  … (e shows everything)"
    whole = " ".join(line.strip("│ ") for line in lines(render.Sight(asked).everything(a_console())))
    assert LONG.strip() in whole


def test_everything_has_the_choices_that_the_prompt_offers(question: Ask, marked: Mark) -> None:
    console = a_console(40)
    shown = lines(render.Sight(question(Choice((Option(LONG, right=True), Option("b"))))).everything(console), 40)
    assert "   2  b" in shown
    assert LONG.strip() in " ".join(line.strip(" 1") for line in shown)
    answered = marked(CHOICE, "one", Verdict(0.0), 1)
    assert "   2  two" not in lines(render.Sight(answered.question, answered).everything(console), 40)


@pytest.mark.parametrize("text", ["漢字かな", "🐳 docker 🚢", "e\u0301te\u0301", "👩\u200d💻 dev"])
def test_wide_characters_keep_the_box_and_the_columns_straight(question: Ask, text: str) -> None:
    task = Match((Pair(text, "a"), Pair("yy", "b")))
    shown = card_lines(question(task, prompt=f"{text}\n{text}"), width=40)[2:]
    assert {cell_len(line) for line in shown} == {40}
    starts = {cell_len(line[: line.index(f" {name}  ")]) for line in shown for name in "ab" if f" {name}  " in line}
    assert len(starts) == 1


def test_wide_characters_keep_the_grades_straight(marked: Mark) -> None:
    answered = marked(Recall("漢字🐳"), "漢字", Verdict(0.0), 1, prompt="漢字🐳\n漢字")
    console = a_console(60)
    shown = printed(console, render.Sight(answered.question, answered).fitted(console, PROMPT)).splitlines()
    assert {cell_len(line) for line in shown if line[0] in "╭│╰"} == {60}
    assert "  Answer  漢字🐳" in [line.rstrip() for line in shown]


def test_nothing_is_said_by_a_colour_alone(marked: Mark, question: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    answered = marked(CHOICE, "one", Verdict(0.5, why="Why."), 2, drawing=LAMP, new=True, hints=("h",), shown=1)
    console = a_console(force_terminal=True, color_system="standard")
    shown = printed(console, render.Sight(answered.question, answered).fitted(console, PROMPT))
    shown += printed(console, render.leech_view(["It does not stick.", "Ask?", "Why."]))
    shown += printed(console, render.help_view([("h", "hint")]))
    codes = {code for codes in re.findall(r"\x1b\[([\d;]*)m", shown) for code in codes.split(";")}
    assert codes <= {"0", "1", "2", "7"}, "bold, dim and reverse are no colours"
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    for sign in (
        "◐ Partly right",
        "▸2◂",
        "▶OFF◀",
        "new ─╯",
        "Your answer  one",
        "Answer  two",
        "Hint 1 of 1: h",
        "today",
    ):
        assert sign in plain


def test_a_summary_is_announced_in_a_box() -> None:
    closing = Closing(1, 0, 9, left=0, due_tomorrow=1, new_waiting=0)
    assert "│  1 review · 0 drills · 0:09" in lines(render.closing_view(closing))[2]


def test_what_looks_like_markup_is_printed_as_it_is(marked: Mark) -> None:
    red = "[red]x[/red] :smile: [/] [link=http://x]y[/link]"
    answered = marked(
        Recall(red), red, Verdict(0.0, why=red), 1, prompt=red, explain=red, source=red, drawing=Drawing(red)
    )
    console = a_console(force_terminal=True, color_system=None, width=100)
    for view, times in (
        (render.card_view(console, answered.question), 2),
        (render.answer_view(answered), 5),
    ):
        assert "\n".join(lines(view, 100)).count(red) == times
