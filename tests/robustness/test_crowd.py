"""Eight processes at once on one database; `python -m tests.robustness.crowd` has each of them answer for longer."""

from pathlib import Path

from tests.robustness.crowd import crowd, prepared

ANSWERS = 50


def test_eight_processes_study_sit_exams_and_change_decks_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    came = crowd(prepared(tmp_path / "home"), ANSWERS)
    assert came.wrong == []
    assert (came.answers, came.exams) == (6 * ANSWERS - ANSWERS // 10, 2 * ANSWERS)
