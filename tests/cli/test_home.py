"""`quizdock` alone: today at a glance."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

ALL_RIGHT_IN_SMALL = "\n4\nt\n\ndocker ps\n\n1\n4\n1\n4\n"
WRONG_PAPER = "1\n1\nf\ndocker images\n2\n\n"


def facts(ended: CompletedProcess[str]) -> list[str]:
    """What stands in the box, without the box."""
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = [line.strip("│╭╮╰╯─ ") for line in ended.stdout.splitlines()]
    return [line for line in lines if line]


def test_a_new_learner_sees_what_there_is_and_what_to_type(quizdock: Run) -> None:
    ended = quizdock()
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "╭─ QuizDock · alice · 2026-11-23 ──────────────────────────────────────────────╮\n"
        "│                                                                              │\n"
        "│  To repeat  0                                                                │\n"
        "│  New        10                                                               │\n"
        "│  Streak     0 days                                                           │\n"
        "│  Last exam  none yet                                                         │\n"
        "│  Decks      Docker containers, Small deck                                    │\n"
        "│                                                                              │\n"
        "│  Next: quizdock study                                                        │\n"
        "│                                                                              │\n"
        "╰──────────────────────────────────────────────────────────────────────────────╯\n"
    )


def test_a_day_on_which_all_is_done_names_what_was_done_and_the_exam(quizdock: Run) -> None:
    quizdock("study", "small", "--plain", typed=ALL_RIGHT_IN_SMALL)
    seen = facts(quizdock())
    assert seen[:3] == ["QuizDock · alice · 2026-11-23", "To repeat   0", "New         0"]
    assert seen[3].startswith("Done today  5 reviews · 0 drills · 0:0")
    assert seen[4:] == [
        "Streak      1 day",
        "Last exam   none yet",
        "Decks       Small deck",
        "Done for today. To test yourself: quizdock exam",
    ]


def test_tomorrow_the_cards_are_due_and_the_streak_stands(quizdock: Run, at: Callable[[str], None]) -> None:
    quizdock("study", "small", "--plain", typed=ALL_RIGHT_IN_SMALL)
    at("2026-11-24T08:00")
    assert facts(quizdock()) == [
        "QuizDock · alice · 2026-11-24",
        "To repeat  5",
        "New        0",
        "Streak     1 day",
        "Last exam  none yet",
        "Decks      Small deck",
        "Next: quizdock study",
    ]


def test_two_days_in_a_row_are_a_streak_of_two(quizdock: Run, at: Callable[[str], None]) -> None:
    quizdock("study", "small", "--plain", typed="\n4\n")
    at("2026-11-24T08:00")
    quizdock("study", "small", "--plain", "--new-last", typed="\n4\n")
    assert "Streak      2 days" in facts(quizdock())
    at("2026-11-27T08:00")
    assert "Streak     0 days" in facts(quizdock())


def test_the_last_exam_is_shown_with_its_outcome(quizdock: Run, at: Callable[[str], None]) -> None:
    quizdock("exam", "small", "--plain", "--seed", "1", typed=WRONG_PAPER)
    assert "Last exam  0 % ✗ not passed" in facts(quizdock())
    at("2026-11-23T20:30")
    quizdock("exam", "small", "--plain", "--seed", "1", "--pass", "0", typed=WRONG_PAPER)
    assert "Last exam  0 % ✓ passed" in facts(quizdock())


def test_a_card_that_is_not_known_yet_counts_as_one_to_repeat(quizdock: Run) -> None:
    quizdock("study", "small", "--plain", typed="\n2\n")
    seen = facts(quizdock())
    assert seen[1:3] == ["To repeat   1", "New         4"]


def test_problems_of_deck_files_are_said_on_stderr(quizdock: Run, home: Path) -> None:
    broken = home / "content" / "broken.toml"
    broken.write_text("format = 1\n", encoding="utf-8")
    ended = quizdock()
    assert ended.returncode == 0
    assert ended.stderr == (
        f"{broken}: 1 problem; its last good version, if any, is used. Run: quizdock deck check {broken}\n"
    )
    assert "To repeat  0" in ended.stdout


@pytest.mark.parametrize("columns", [30, 60])
def test_it_fits_a_narrow_terminal(quizdock: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = quizdock().stdout.splitlines()
    assert {len(line) for line in lines} == {columns}
    assert "containers" in "".join(lines)


def test_into_a_pipe_go_words_without_colour(process: Run) -> None:
    ended = process(TERM="xterm-256color")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\x1b" not in ended.stdout
    assert "Next: quizdock study" in ended.stdout


def test_it_writes_nothing_outside_the_home(quizdock: Run, tmp_path: Path) -> None:
    quizdock()
    written = sorted(str(entry.relative_to(tmp_path)) for entry in tmp_path.rglob("*"))
    assert written == ["home", "home/content", "home/content/small.toml", "home/data", "home/data/quizdock.db"]
