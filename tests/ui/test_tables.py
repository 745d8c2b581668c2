"""The screens that only show, as they stand on the page."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from quizdock.ui.tables import Day, dashboard_view, show
from quizdock.ui.theme import THEME

DAY = Day("alice", 739_943, ["docker", "own"], 12, 8, 3, 1, 65, 1, (66.7, False))


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
        (DAY._replace(due=0, new=0), "Done for today. To test yourself: quizdock exam"),
        (DAY._replace(due=0), "Next: quizdock study"),
        (DAY._replace(streak=0), "Streak      0 days"),
        (DAY._replace(streak=2), "Streak      2 days"),
        (DAY._replace(last_exam=None), "Last exam   none yet"),
        (DAY._replace(last_exam=(100.0, True)), "Last exam   100 % ✓ passed"),
        (DAY._replace(reviews=1, drills=0), "Done today  1 review · 0 drills · 1:05"),
    ],
)
def test_the_dashboard_says_how_the_day_stands(day: Day, shown: str) -> None:
    assert any(shown in line for line in lines(dashboard_view(day)))


def test_a_day_without_answers_has_no_line_for_them() -> None:
    shown = "\n".join(lines(dashboard_view(DAY._replace(reviews=0, drills=0))))
    assert "Done today" not in shown


def test_wide_characters_keep_the_columns_straight() -> None:
    framed = lines(dashboard_view(DAY._replace(learner="名前", decks=["漢字" * 30])), 60)
    assert {cell_len(line) for line in framed} == {60}


@pytest.mark.parametrize("width", [24, 40, 60, 79])
def test_nothing_is_wider_than_a_narrow_terminal(width: int) -> None:
    assert max(cell_len(line) for line in lines(dashboard_view(DAY), width)) <= width


def test_names_are_printed_as_they_are_and_without_harm() -> None:
    hostile = "[red]x[/red]\x1b[31m\u202e"
    shown = "\n".join(lines(dashboard_view(DAY._replace(learner=hostile, decks=[hostile])), 100))
    assert shown.count("[red]x[/red]\ufffd[31m\ufffd") == 2
    assert "\x1b" not in shown


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
