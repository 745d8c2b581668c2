"""From a verdict to a proposed grade."""

from quizdock.core.forms import Verdict


def proposed_grade(verdict: Verdict | None) -> int | None:
    """The grade to propose: 4 for a right answer, 2 for one at least half right, 1 for any other.

    None where there is no verdict. A right answer is never proposed as 5: only the learner knows that it came
    without hesitation.
    """
    if verdict is None:
        return None
    if verdict.right:
        return 4
    return 2 if verdict.credit >= 0.5 else 1
