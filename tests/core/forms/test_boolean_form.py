"""True or false."""

import pytest

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Boolean, Verdict


@pytest.mark.parametrize("answer", [True, False])
def test_the_same_truth_is_right_and_the_other_wrong(answer: bool) -> None:
    assert Boolean(answer).mark(answer) == Verdict(1.0)
    assert Boolean(answer).mark(not answer) == Verdict(0.0)


def test_what_was_given_is_true_or_false() -> None:
    assert Boolean(True).given(False) is False
    assert Boolean(False).answer is False
    assert Boolean(True).choices == ()


@pytest.mark.parametrize("response", [None, 0, 1, 1.0, "true", "", [], [True], {}])
def test_anything_but_true_or_false_is_refused(response: object) -> None:
    with pytest.raises(ResponseError, match=r"^answer true or false$"):
        Boolean(True).mark(response)
    with pytest.raises(ResponseError):
        Boolean(True).given(response)


def test_data_is_the_truth() -> None:
    assert Boolean(True).as_data() is True
    assert Boolean.from_data(False) == Boolean(False)
