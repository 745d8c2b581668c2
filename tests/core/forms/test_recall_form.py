"""Recall."""

import pytest

from quizdock.core.forms import Recall

TASK = Recall("a read-only model")


@pytest.mark.parametrize("response", [None, "", "a read-only model", 3, True, [], {}, 1.5])
def test_only_the_learner_can_tell(response: object) -> None:
    assert TASK.mark(response) is None
    assert TASK.given(response) is None


def test_there_is_nothing_to_choose_or_arrange() -> None:
    assert TASK.choices == ()
    assert TASK.answer == "a read-only model"
    assert TASK.arranged("1") == TASK


def test_data_is_the_answer() -> None:
    assert TASK.as_data() == "a read-only model"
    assert Recall.from_data("a read-only model") == TASK
