"""One right option."""

import pytest

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Choice, Option, Verdict

TASK = Choice((Option("a", right=True), Option("b", why="b is next"), Option("c"), Option("d")))


def test_the_right_option_gets_full_credit() -> None:
    assert TASK.mark(0) == Verdict(1.0)
    assert TASK.given(0) == "a"
    assert TASK.answer == "a"


def test_a_wrong_option_gets_none_and_says_why_where_the_deck_does() -> None:
    assert TASK.mark(1) == Verdict(0.0, why="b is next")
    assert TASK.mark(3) == Verdict(0.0)
    assert TASK.given(1) == "b"


@pytest.mark.parametrize(
    "response", [-1, 4, 10**40, True, False, 0.0, float("nan"), None, "0", "a", [], [0], {}, {"0": 0}]
)
def test_anything_but_an_index_of_an_option_is_refused(response: object) -> None:
    with pytest.raises(ResponseError, match=r"^choose one of the 4 choices$"):
        TASK.mark(response)
    with pytest.raises(ResponseError):
        TASK.given(response)


def test_a_seed_gives_the_same_order_on_any_machine() -> None:
    assert TASK.arranged("7").choices == ("b", "d", "c", "a")
    assert TASK.arranged("8").choices == ("d", "b", "c", "a")


def test_the_order_written_in_the_deck_does_not_count() -> None:
    assert Choice(TASK.options[::-1]).arranged("7") == TASK.arranged("7")


def test_an_arranged_task_is_marked_by_its_own_order() -> None:
    arranged = TASK.arranged("7")
    assert [arranged.mark(index).credit for index in range(4)] == [0.0, 0.0, 0.0, 1.0]
    assert arranged.mark(0).why == "b is next"


def test_data_leaves_out_a_reason_that_is_not_there() -> None:
    assert TASK.as_data() == [["a", 1], ["b", 0, "b is next"], ["c", 0], ["d", 0]]
    assert Choice.from_data([["a", 1], ["b", 0, "b is next"], ["c", 0], ["d", 0]]) == TASK
