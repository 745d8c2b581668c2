"""A real `quizdock exam` killed at random points and gone on with: the result is that of one that was left in peace.

`python -m tests.robustness.kills` does it hundreds of times.
"""

import random
from pathlib import Path

from tests.robustness.kills import result_of
from tests.robustness.processes import EXAM, QUESTIONS, RESUME, Sitting, home_of_questions

KILLS = 50


def test_an_exam_that_is_killed_anywhere_ends_as_one_that_is_not(tmp_path: Path) -> None:
    home = home_of_questions(tmp_path)
    dice = random.Random(11)
    whole = result_of(Sitting(home, *EXAM))
    assert whole["of"] == QUESTIONS
    assert whole["score"] == QUESTIONS / 2
    equal = 0
    for _ in range(KILLS):
        Sitting(home, *EXAM).killed(dice.randrange(QUESTIONS - 1), dice.random() / 100)
        equal += result_of(Sitting(home, *RESUME)) == whole
    assert equal == KILLS
