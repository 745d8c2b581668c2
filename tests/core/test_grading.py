"""From a verdict to a proposed grade."""

import pytest

from quizdock.core.forms import Choice, Given, Option, Recall, Text, Verdict
from quizdock.core.grading import on_a_key, proposal, proposed_grade, time_allowed


@pytest.mark.parametrize(
    ("credit", "grade"), [(1.0, 4), (0.99, 2), (0.75, 2), (0.5, 2), (0.49, 1), (0.25, 1), (0.0, 1)]
)
def test_the_credit_proposes_the_grade(credit: float, grade: int) -> None:
    assert proposed_grade(Verdict(credit)) == grade


def test_no_grade_is_proposed_where_only_the_learner_can_tell() -> None:
    assert proposed_grade(None) is None


ALLOWED = 30_000


@pytest.mark.parametrize(
    ("credit", "given", "milliseconds", "hints", "expected"),
    [
        (1.0, "x", 1000, 0, (4, "right")),
        (1.0, "x", ALLOWED, 0, (4, "right")),
        (1.0, "x", ALLOWED + 1, 0, (3, "right, but it took long")),
        (1.0, "x", 299_999, 0, (3, "right, but it took long")),
        (1.0, "x", 300_000, 0, (4, "right")),  # nobody was at the keyboard
        (1.0, "x", 1000, 1, (3, "right, with a hint")),
        (1.0, "x", 299_999, 4, (3, "right, with a hint")),
        (0.5, "x", 1000, 2, (2, "at least half right")),
        (0.25, "x", 1000, 0, (1, "wrong")),
        (0.0, "", 1000, 0, (0, "no answer")),
        (0.0, None, 1000, 0, (0, "no answer")),
        (0.0, (), 1000, 0, (0, "no answer")),
        (0.0, False, 1000, 0, (1, "wrong")),
    ],
)
def test_credit_time_and_hints_make_the_proposal(
    credit: float, given: Given, milliseconds: int, hints: int, expected: tuple[int, str]
) -> None:
    found = proposal(Verdict(credit), given, milliseconds, ALLOWED, hints)
    assert found is not None
    assert (found.grade, str(found.reason)) == expected


def test_nothing_is_proposed_where_there_is_no_verdict() -> None:
    assert proposal(None, None, 1000, ALLOWED, 0) is None


def test_the_time_allowed_grows_with_what_is_read_and_typed() -> None:
    assert time_allowed("12345", Recall("")) == 20_300
    assert time_allowed("12345", Text(("docker ps",))) == 20_300 + 9 * 400
    assert time_allowed("12345", Choice((Option("abcde", right=True), Option("fghij")))) == 20_000 + 15 * 60


@pytest.mark.parametrize(("grade", "on_four"), [(0, 1), (1, 1), (2, 1), (3, 3), (4, 4), (5, 5)])
def test_a_grade_without_a_key_of_its_own_takes_the_nearest(grade: int, on_four: int) -> None:
    assert on_a_key(grade, "six") == grade
    assert on_a_key(grade, "four") == on_four
