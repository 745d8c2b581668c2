"""A real `quizdock exam` killed at random points and gone on with: the result is that of one that was left in peace.

`python -m tests.robustness.kills` does it hundreds of times.
"""

import random
from pathlib import Path
from typing import Any

from tests.robustness.processes import EXAM, QUESTIONS, RESUME, Sitting, home_of_questions

KILLS = 50


def test_an_exam_that_is_killed_anywhere_ends_as_one_that_is_not(tmp_path: Path) -> None:
    home = home_of_questions(tmp_path)
    dice = random.Random(11)
    whole = result_of(home, *EXAM)
    assert whole["of"] == QUESTIONS
    assert whole["score"] == QUESTIONS / 2
    equal = 0
    for _ in range(KILLS):
        Sitting(home, *EXAM).killed(dice.randrange(QUESTIONS - 1), dice.random() / 100)
        equal += result_of(home, *RESUME) == whole
    assert equal == KILLS


def result_of(home: Path, *arguments: str) -> dict[str, Any]:
    """The result of a sitting that is left in peace, without the number of its attempt."""
    sitting = Sitting(home, *arguments)
    result = sitting.to_its_end()
    assert sitting.end() == (0, "")
    assert result is not None
    return {key: value for key, value in result.items() if key != "attempt"}
