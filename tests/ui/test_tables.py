"""The screens that only show, as they stand on the page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from quizdock.core.statistics import Record
from quizdock.ui.tables import Day, dashboard_view, scores_view, show
from quizdock.ui.theme import THEME

DAY = Day("alice", 739_943, ["docker", "own"], 12, 8, 3, 1, 65, 1, (66.7, False))


@dataclass(frozen=True)
class Sat:
    """An attempt as the store gives it."""

    id: int
    decks: str
    points: float
    percent: float
    passed: bool
    day: int = 739_943
    questions: int = 20


ATTEMPTS = [Sat(1, "docker", 12.5, 62.5, passed=False), Sat(12, "docker, own", 20.0, 100.0, passed=True)]
EVERYONE = [
    Record("alice", attempts=2, best=100.0, latest=62.5, passed=True),
    Record("bob", attempts=12, best=5.0, latest=5.0, passed=False),
]


def lines(view: RenderableType, width: int = 80) -> list[str]:
    """What is printed at this width, without the spaces at the ends of lines."""
    sink = io.StringIO()
    Console(file=sink, width=width, theme=THEME, highlight=False).print(view)
    return [line.rstrip() for line in sink.getvalue().splitlines()]


def test_the_dashboard_shows_the_day_and_what_to_type_next() -> None:
    assert lines(dashboard_view(DAY), 52) == [
        "╭─ QuizDock · alice · 2026-11-23 ──────────────────╮",
        "│                                                  │",
        "│  To repeat   12                                  │",
        "│  New         8                                   │",
        "│  Done today  3 reviews · 1 drill · 1:05          │",
        "│  Streak      1 day                               │",
        "│  Last exam   66.7 % ✗ not passed                 │",
        "│  Decks       docker, own                         │",
        "│                                                  │",
        "│  Next: quizdock study                            │",
        "│                                                  │",
        "╰──────────────────────────────────────────────────╯",
    ]


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (replace(DAY, due=0, new=0), "Done for today. To test yourself: quizdock exam"),
        (replace(DAY, due=0), "Next: quizdock study"),
        (replace(DAY, streak=0), "Streak      0 days"),
        (replace(DAY, streak=2), "Streak      2 days"),
        (replace(DAY, last_exam=None), "Last exam   none yet"),
        (replace(DAY, last_exam=(100.0, True)), "Last exam   100 % ✓ passed"),
        (replace(DAY, reviews=1, drills=0), "Done today  1 review · 0 drills · 1:05"),
    ],
)
def test_the_dashboard_says_how_the_day_stands(day: Day, shown: str) -> None:
    assert any(shown in line for line in lines(dashboard_view(day)))


def test_a_day_without_answers_has_no_line_for_them() -> None:
    shown = "\n".join(lines(dashboard_view(replace(DAY, reviews=0, drills=0))))
    assert "Done today" not in shown


def test_scores_are_two_tables_with_figures_to_the_right() -> None:
    assert lines(scores_view("alice", ATTEMPTS, EVERYONE)) == [
        "alice",
        "",
        "  No.   Date         Decks          Points      %",
        " ────────────────────────────────────────────────────────────────",
        "  1     2026-11-23   docker        12.5/20   62.5   ✗ not passed",
        "  12    2026-11-23   docker, own     20/20    100   ✓ passed",
        "",
        "All learners",
        "",
        "  Learner   Exams    Best   Latest",
        " ─────────────────────────────────────────────────",
        "  alice         2   100 %   62.5 %       ✓ passed",
        "  bob          12     5 %      5 %   ✗ not passed",
        "",
    ]


def columns(shown: Sequence[str], sign: str) -> set[int]:
    """The cells before this sign, in the lines that have it."""
    return {cell_len(line[: line.index(sign)]) for line in shown if sign in line}


def test_wide_characters_keep_the_columns_straight() -> None:
    everyone = [EVERYONE[0]._replace(learner="名前"), EVERYONE[1]]
    shown = lines(scores_view("名前", [replace(ATTEMPTS[0], decks="漢字"), ATTEMPTS[1]], everyone))
    assert len(columns(shown[3:6], "/20")) == 1
    assert len(columns(shown[10:], " %  ")) == 1
    framed = lines(dashboard_view(replace(DAY, learner="名前", decks=["漢字" * 30])), 60)
    assert {cell_len(line) for line in framed} == {60}


@pytest.mark.parametrize("width", [24, 40, 60, 79])
def test_nothing_is_wider_than_a_narrow_terminal(width: int) -> None:
    attempts = [replace(each, decks="漢字" * 20) for each in ATTEMPTS]
    for view in (dashboard_view(DAY), scores_view("alice", attempts, EVERYONE)):
        assert max(cell_len(line) for line in lines(view, width)) <= width


def test_names_are_printed_as_they_are_and_without_harm() -> None:
    hostile = "[red]x[/red]\x1b[31m\u202e"
    views = [
        dashboard_view(replace(DAY, learner=hostile, decks=[hostile])),
        scores_view(hostile, [replace(ATTEMPTS[0], decks="[red]d[/red]")], [EVERYONE[0]._replace(learner=hostile)]),
    ]
    for view in views:
        shown = "\n".join(lines(view, 100))
        assert shown.count("[red]x[/red]\ufffd[31m\ufffd") == 2
        assert "\x1b" not in shown
    assert any("[red]d[/red]" in line for line in lines(views[1], 100))


def test_colours_are_for_terminals(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    show(dashboard_view(DAY))
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    show(dashboard_view(DAY))
    assert "\x1b[" in capsys.readouterr().out


def test_a_wide_terminal_is_not_filled(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    show(dashboard_view(DAY))
    assert max(map(len, capsys.readouterr().out.splitlines())) == 100
