"""Scores and lists of attempts, as they stand on the page."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from quizdock.core.scores import Row
from quizdock.ui.scores import Attempt, attempt_cells, attempt_headers, scores_view, state_text
from quizdock.ui.theme import THEME

DOCKER = Row("#1", "alice", "docker", "Docker", "", "", (50.0, 100.0, 75.0), True, 739_943)
STATES = DOCKER._replace(topic="s", topic_title="States", percents=(0.0,), passed=False)
BOB = DOCKER._replace(who="#2", learner="bob", percents=(33.3,), passed=False)
ATTEMPT = Attempt(7, "alice", 739_943, ("Docker", "Own"), 20, 20, 72.5, True, None, False, None)


def lines(view: RenderableType, width: int = 80) -> list[str]:
    sink = io.StringIO()
    Console(file=sink, width=width, theme=THEME, highlight=False).print(view)
    return [line.rstrip() for line in sink.getvalue().splitlines()]


def test_scores_are_tables_of_decks_topics_and_learners() -> None:
    assert lines(scores_view("alice", [DOCKER], [STATES], [DOCKER, BOB])) == [
        "alice",
        "",
        "  Deck     Exams   First    Best   Latest   Trend",
        " ────────────────────────────────────────────────────────────",
        "  Docker       3    50 %   100 %     75 %   ▅█▇     ✓ passed",
        "",
        "Topics",
        "",
        "  Topic    Exams   First   Best   Latest   Trend",
        " ───────────────────────────────────────────────────────────────",
        "  States       1     0 %    0 %      0 %           ✗ not passed",
        "",
        "All learners",
        "",
        "  Learner   Deck     Exams    First     Best   Latest   Trend",
        " ────────────────────────────────────────────────────────────────────────────",
        "  alice     Docker       3     50 %    100 %     75 %   ▅█▇     ✓ passed",
        "  bob       Docker       1   33.3 %   33.3 %   33.3 %           ✗ not passed",
        "",
    ]


def test_nothing_is_wider_than_a_narrow_terminal_and_names_do_no_harm() -> None:
    hostile = DOCKER._replace(title="[red]漢字[/red]\x1b[31m" * 5)
    for width in (40, 60, 80):
        assert max(map(cell_len, lines(scores_view("x\x1b", [hostile], [], [hostile]), width))) <= width
    shown = "\n".join(lines(scores_view("x\x1b", [hostile], [], []), 200))
    assert "[red]漢字[/red]\ufffd[31m" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("attempt", "text"),
    [
        (ATTEMPT, "passed"),
        (ATTEMPT._replace(passed=False), "not passed"),
        (ATTEMPT._replace(practice=True), "practice"),
        (ATTEMPT._replace(retry_of=3), "retry of No. 3"),
        (ATTEMPT._replace(percent=None, answered=5), "open, 5 of 20 answered"),
        (ATTEMPT._replace(percent=None, answered=5, seconds_left=61.0), "open, 5 of 20 answered, 1:01 left"),
        (ATTEMPT._replace(percent=None, seconds_left=-1.0), "open, its time is up"),
    ],
)
def test_the_state_of_an_attempt_is_told_in_words(attempt: Attempt, text: str) -> None:
    assert state_text(attempt) == text


def test_a_list_has_a_line_an_attempt() -> None:
    assert attempt_headers(learners=False) == ["No.", "Date", "Decks", "Questions", "%", "State"]
    assert attempt_cells(ATTEMPT, learners=True) == [
        *("7", "2026-11-23", "alice", "Docker, Own", "20", "72.5", "passed")
    ]
