"""From a verdict to a proposed grade."""

import pytest

from quizdock.core.forms import Verdict
from quizdock.core.grading import proposed_grade


@pytest.mark.parametrize(
    ("credit", "grade"), [(1.0, 4), (0.99, 2), (0.75, 2), (0.5, 2), (0.49, 1), (0.25, 1), (0.0, 1)]
)
def test_the_credit_proposes_the_grade(credit: float, grade: int) -> None:
    assert proposed_grade(Verdict(credit)) == grade


def test_no_grade_is_proposed_where_only_the_learner_can_tell() -> None:
    assert proposed_grade(None) is None
