"""`quizdock undo`: what was done last on this study day is taken back."""

import json
from collections.abc import Callable
from subprocess import CompletedProcess

Quizdock = Callable[..., CompletedProcess[str]]

NOTHING = "There is nothing of today to take back.\n"


def test_the_last_answer_is_taken_back_with_its_grade_and_question(quizdock: Quizdock) -> None:
    quizdock("study", "small", "--plain", typed="\n4\nt\n2\n:q\n")
    undone = quizdock("undo")
    assert (undone.returncode, undone.stderr) == (0, "")
    assert undone.stdout == "↶ Grade 2 taken back: Can two containers come from one image? (small/shared)\n"
    assert quizdock("undo").stdout == "↶ Grade 4 taken back: What is an image? (small/image)\n"
    again = quizdock("undo")
    assert (again.returncode, again.stdout, again.stderr) == (1, "", NOTHING)
    assert "all were already right" in quizdock("rebuild").stdout


def test_several_steps_are_taken_back_at_once_the_last_first(quizdock: Quizdock) -> None:
    quizdock("study", "small", "--plain", typed="\n4\nt\n2\n:q\n")
    undone = quizdock("undo", "-n", "5", "--json")
    assert undone.returncode == 0
    assert json.loads(undone.stdout) == [
        {"card": "small/shared", "event": "review", "grade": 2},
        {"card": "small/image", "event": "review", "grade": 4},
    ]


def test_a_card_that_was_set_aside_comes_back(quizdock: Quizdock) -> None:
    quizdock("study", "small", "--plain", typed="s\nb\n:q\n")
    assert quizdock("undo").stdout.startswith("↶ No longer put off until tomorrow: Can two containers")
    assert quizdock("undo").stdout == "↶ No longer suspended: What is an image? (small/image)\n"
    assert quizdock("due", "small").stdout == "0 cards to repeat, 5 new ones\n"


def test_what_was_done_yesterday_stays(quizdock: Quizdock, at: Callable[[str], None]) -> None:
    quizdock("study", "small", "--plain", typed="\n4\n:q\n")
    at("2026-11-24T05:00")
    assert quizdock("undo").stderr == NOTHING
    assert quizdock("due", "small").stdout == "1 card to repeat, 4 new ones\n"


def test_what_another_learner_did_stays(quizdock: Quizdock) -> None:
    quizdock("learner", "add", "Bob")
    quizdock("--learner", "Bob", "study", "small", "--plain", typed="\n4\n:q\n")
    assert quizdock("undo").returncode == 1
    assert quizdock("--learner", "Bob", "undo").returncode == 0
