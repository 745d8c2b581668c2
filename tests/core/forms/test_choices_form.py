"""Several right options."""

import pytest

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Choices, Option, Verdict

THREE_OF_FIVE = Choices(
    (
        Option("a", right=True),
        Option("b", right=True),
        Option("c", right=True),
        Option("x", why="x is not"),
        Option("y", why="nor is y"),
    )
)
ONE_OF_TWO = Choices((Option("no"), Option("yes", right=True)))


@pytest.mark.parametrize(
    ("ticked", "credit"),
    [
        ([0, 1, 2], 1.0),
        ([2, 1, 0], 1.0),
        ([0, 1], 2 / 3),
        ([0], 1 / 3),
        ([], 0.0),
        ([0, 1, 2, 3], 2 / 3),
        ([0, 1, 2, 3, 4], 1 / 3),
        ([0, 3], 0.0),
        ([0, 1, 3], 1 / 3),
        ([0, 3, 4], 0.0),
        ([3, 4], 0.0),
        ([0, 0, 0], 1 / 3),
        ([3, 3, 0, 1], 1 / 3),
    ],
)
def test_the_credit_is_right_ticks_less_wrong_ones_over_the_right_options(ticked: list[int], credit: float) -> None:
    assert THREE_OF_FIVE.mark(ticked).credit == pytest.approx(credit, abs=1e-12)


def test_all_right_and_nothing_else_is_right() -> None:
    assert THREE_OF_FIVE.mark([0, 1, 2]) == Verdict(1.0)
    assert ONE_OF_TWO.mark([1]) == Verdict(1.0)
    assert not THREE_OF_FIVE.mark([0, 1, 2, 3]).right


def test_ticking_everything_earns_nothing_where_half_is_wrong() -> None:
    verdict = ONE_OF_TWO.mark([0, 1])
    assert verdict.credit == 0.0
    assert str(verdict.detail) == "1 of 1 right, 1 wrong"


def test_the_reason_of_each_wrong_tick_is_given_in_the_order_shown() -> None:
    assert THREE_OF_FIVE.mark([4, 0, 3]).why == "x — x is not\ny — nor is y"
    assert THREE_OF_FIVE.mark([0, 4]).why == "y — nor is y"


def test_what_was_given_is_the_ticked_texts_in_the_order_shown() -> None:
    assert THREE_OF_FIVE.given([4, 0, 4]) == ("a", "y")
    assert THREE_OF_FIVE.given([]) == ()
    assert THREE_OF_FIVE.answer == ("a", "b", "c")


@pytest.mark.parametrize("response", [None, True, 0, 1.5, "0", "", {}, {"0": 0}, (0, 1)])
def test_anything_but_a_list_is_refused(response: object) -> None:
    with pytest.raises(ResponseError, match=r"^give a list of choices$"):
        THREE_OF_FIVE.mark(response)
    with pytest.raises(ResponseError):
        THREE_OF_FIVE.given(response)


@pytest.mark.parametrize("element", [-1, 5, True, None, "0", 0.0, [0], {}])
def test_a_list_of_anything_but_indices_is_refused(element: object) -> None:
    with pytest.raises(ResponseError, match=r"^choose one of the 5 choices$"):
        THREE_OF_FIVE.mark([0, element])


def test_a_seed_gives_the_same_order_on_any_machine() -> None:
    arranged = Choices((Option("a", right=True), Option("b", right=True), Option("c"), Option("d"))).arranged("7")
    assert arranged.choices == ("b", "d", "c", "a")
    assert arranged.answer == ("b", "a")
    assert arranged.mark([0, 3]).right


def test_data_gives_the_task_back() -> None:
    data = [["a", 1], ["b", 1], ["c", 1], ["x", 0, "x is not"], ["y", 0, "nor is y"]]
    assert THREE_OF_FIVE.as_data() == data
    assert Choices.from_data(data) == THREE_OF_FIVE
