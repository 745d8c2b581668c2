"""Simulations as they stand on the page, and in lines."""

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from quizdock.core.journal import Today
from quizdock.core.simulation import Answered, Day, Simulation, answers
from quizdock.ui import simulation as words
from quizdock.ui.simulation_screen import answers_view, simulation_view
from quizdock.ui.theme import THEME
from quizdock.ui.translations import activate

START = 739_944
lawful = settings(deadline=None, derandomize=True)


class _Sink(io.StringIO):
    encoding = "utf-8"


class _AsciiSink(io.StringIO):
    encoding = "ascii"


def lines(view: RenderableType, width: int = 80, sink: io.StringIO | None = None) -> list[str]:
    """What is printed at this width, without the spaces at the ends of lines."""
    sink = sink or _Sink()
    Console(file=sink, width=width, theme=THEME, highlight=False).print(view)
    return [line.rstrip() for line in sink.getvalue().splitlines()]


def row(*grades: int, late: int = 0) -> list[Answered]:
    return list(answers(grades, START, late))


def year(*reviews: int, **changes: object) -> Simulation:
    """As many days as figures, each with so many reviews, a drill, and the last card met on the second day."""
    days = tuple(
        Day(START + at, Today(int(at < 2), count, 1, 12_000 * (count + 1)), 0, 0, mature=at, unmet=max(0, 1 - at))
        for at, count in enumerate(reviews)
    )
    simulation = Simulation(["Docker"], 40, 10, 200, 90, 12, 1, from_now=False, days=days)
    return replace(simulation, **changes)  # type: ignore[arg-type]  # fields by their names


# ── a row of grades ────────────────────────────────────────────────────────────────────────────────


def test_a_row_of_grades_is_a_table_and_bars() -> None:
    assert lines(answers_view(row(5, 4, 3, 0), 0), 76) == [
        "",
        " No.  Day  Date        Grade      Reps  Interval  Ease  Next due",
        " ──────────────────────────────────────────────────────────────────",
        "   1    0  2026-11-24  5 easy        1         1  2.60  2026-11-25",
        "   2    1  2026-11-25  4 good        2         6  2.60  2026-12-01",
        "   3    7  2026-12-01  3 hard ↻      3        16  2.46  2026-12-17",
        "   4   23  2026-12-17  0 blank ↻     0         1  2.46  2026-12-18",
        "",
        "↻ 2 answers are graded below 4: the card comes back that day until known;",
        "its schedule moves once.",
        "",
        "Intervals: a bar grows by the same step each time its days double",
        "1  5 easy   █████ 1 d",
        "2  4 good   █████████████████▉ 6 d",
        "3  3 hard   █████████████████████████ 16 d",
        "4  0 blank  █████ 1 d",
    ]


def test_without_a_grade_below_4_there_is_nothing_to_say_about_it() -> None:
    assert "↻" not in "\n".join(lines(answers_view(row(5, 4), 0)))


def test_answers_after_the_calendar_are_said_to_be_left_out() -> None:
    assert "1 answer is left out: the calendar ends before it." in lines(answers_view(row(4), 1))
    assert "3 answers are left out: the calendar ends before them." in lines(answers_view(row(4), 3))


def test_a_row_of_grades_in_lines() -> None:
    sink = io.StringIO()
    words.show_answers(row(4, 1), 0, sink)
    assert sink.getvalue() == (
        "1. Day 0, 2026-11-24: 4 good. Repetitions 1, interval 1 d, ease 2.50, next due 2026-11-25.\n"
        "2. Day 1, 2026-11-25: 1 wrong, again that day. Repetitions 0, interval 1 d, ease 2.50, next due 2026-11-26.\n"
        "1 answer is graded below 4: the card comes back that day until known; its schedule moves once.\n"
    )


def test_a_bar_has_eighths_of_columns_and_is_never_empty() -> None:
    assert [words.bar(length) for length in (0, 0.125, 1, 2.5)] == ["▏", "▏", "█", "██▌"]
    assert [words.bar(length, ascii_only=True) for length in (0, 1, 2.6)] == ["#", "#", "###"]


@lawful
@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(40, 100))
def test_bars_fit_the_width_and_are_as_long_as_their_intervals_say(grades: list[int], width: int) -> None:
    answered = row(*grades)
    bars = words.interval_bars(answered, width)
    assert all(cell_len(f"{label}{bar} {days}") <= width for label, bar, days in bars)
    by_interval = sorted(zip((each.schedule.interval for each in answered), bars, strict=True))
    assert all(len(before[1][1]) <= len(after[1][1]) for before, after in pairwise(by_interval))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("grades", [[3] * 30, [5] * 20, [0]])
def test_a_row_of_grades_fits_80_columns(language: str, grades: list[int]) -> None:
    activate(language)
    assert max(map(cell_len, lines(answers_view(row(*grades), 5)))) <= 80


# ── a pace ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_pace_is_a_picture_and_its_figures() -> None:
    simulation = year(8, 4, 0, 1, 2, 6, 7, 8)
    assert lines(simulation_view(simulation), 79) == [
        "Docker · 40 cards · 8 days from 2026-11-24 on · seed 1",
        "",
        "Reviews a day",
        "8 │███                  ███",
        "  │███               ██████",
        "  │███            █████████",
        "  │███            █████████",
        "4 │██████         █████████",
        "  │██████         █████████",
        "  │██████      ████████████",
        "  │██████   ███████████████",
        "   2026-11-24    2026-12-01",
        "",
        "Reviews      36, 4.5 a day on average; 8 drills come on top",
        "Time         1.1 min a day on average, 0.1 h in all",
        "Busiest day  2026-11-24 (day 1) · 8 reviews · 1 drill · 1.8 min",
        "New cards    the last one is met on 2026-11-25 (day 2)",
        "Mature       7 of 40 cards at the end (17 %), with intervals of 21 days or more",
        "Backlog      none; the limits leave room for every due card",
        "",
        "You begin with nothing met. At most 10 new and 200 due cards a day.",
        "Of the due cards 90 % are remembered (graded 4; one in ten 5, one in ten 3).",
        "New cards are known 50 % of the time. The others are graded 1 or 2.",
        "What is graded below 4 is drilled once that day. Each answer takes 12 s.",
    ]


def test_a_pace_in_lines_has_words_where_the_picture_was() -> None:
    sink = io.StringIO()
    words.show_simulation(year(8, 4, *[3] * 18), sink)
    said = sink.getvalue().splitlines()
    assert said[0] == "Docker · 40 cards · 20 days from 2026-11-24 on · seed 1"
    assert said[1] == "Reviews: 66, 3.3 a day on average; 20 drills come on top"
    assert said[7:10] == [
        "Days 1 to 7: 3.9 reviews a day, at most 8",
        "Days 8 to 14: 3 reviews a day, at most 3",
        "Days 15 to 20: 3 reviews a day, at most 3",
    ]
    assert said[10] == "You begin with nothing met. At most 10 new and 200 due cards a day."


def test_single_days_are_named_singly() -> None:
    assert list(words.span_lines(year(8, 1))) == [
        "Day 1: 8 reviews",
        "Day 2: 1 review",
    ]


@pytest.mark.parametrize(
    ("unmet", "backlog", "said"),
    [
        (1, 0, "1 is not met by the end"),
        (7, 0, "7 are not met by the end"),
        (0, 1, "on 1 day due cards have to wait, 1 at most on 2026-11-24 (day 1)"),
        (0, 5, "on 1 day due cards have to wait, 5 at most on 2026-11-24 (day 1)"),
    ],
)
def test_what_did_not_fit_is_said(unmet: int, backlog: int, said: str) -> None:
    day = Day(START, Today(1, 1, 0, 12_000), backlog, 0, 0, unmet)
    assert said in dict(words.facts(year(1, days=(day,)))).values()


def test_a_pace_without_new_cards_says_so() -> None:
    day = Day(START, Today(0, 1, 0, 12_000), 0, 0, 0, 0)
    assert dict(words.facts(year(1, days=(day,))))["New cards"] == "none"


def test_who_begins_where_they_stand_reads_so() -> None:
    assert words.assumptions(year(1, from_now=True))[0].startswith("You begin where you stand now.")


def test_columns_reach_the_top_and_show_whatever_is_not_nothing() -> None:
    assert words.columns([16, 8, 0.01, 0], 2) == ["█   ", "██▁ "]
    assert words.columns([2, 1, 0], 2, width=2, ascii_only=True) == ["##    ", "####  "]
    assert words.columns([0, 0], 2) == ["  ", "  "]


@lawful
@given(st.lists(st.floats(0, 1000), min_size=1, max_size=60), st.integers(1, 12))
def test_columns_are_a_full_grid(values: list[float], height: int) -> None:
    picture = words.columns(values, height)
    assert [len(line) for line in picture] == [len(values)] * height
    assert all((picture[-1][at] != " ") == (value > 0) for at, value in enumerate(values))


@pytest.mark.parametrize(
    ("days", "room", "length"), [(70, 70, 1), (71, 70, 7), (365, 70, 7), (3650, 70, 91), (365, 14, 28), (9999, 1, 9999)]
)
def test_a_column_stands_for_as_few_days_as_there_is_room_for(days: int, room: int, length: int) -> None:
    assert words.span_length(days, room) == length


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("count", [1, 2, 40, 71, 365, 3650])
def test_a_pace_fits_80_columns(language: str, count: int) -> None:
    activate(language)
    assert max(map(cell_len, lines(simulation_view(year(*[count] * count))))) <= 80


def test_a_terminal_that_knows_no_blocks_gets_other_signs() -> None:
    shown = lines(simulation_view(year(2, 1)), sink=_AsciiSink())
    assert shown[3:5] == ["2 |###", "  |###"]
    shown = lines(answers_view(row(4), 0), sink=_AsciiSink())
    assert shown[-1] == "1  4 good  ##### 1 d"


def test_names_of_decks_are_cleaned() -> None:
    names: Sequence[str] = ["evil\x1b[31m[bold]"]
    assert lines(simulation_view(year(1, decks=names)))[0].startswith("evil\ufffd[31m[bold] · 40 cards")
