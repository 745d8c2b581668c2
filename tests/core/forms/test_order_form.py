"""Steps to be put right."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Order, Ordered, Verdict

LAW = settings(deadline=None, derandomize=True, max_examples=200)

STEPS = Order(("write", "build", "push", "pull", "run"))


@pytest.mark.parametrize(
    ("indices", "credit"),
    [
        ([0, 1, 2, 3, 4], 1.0),
        ([1, 0, 2, 3, 4], 0.8),
        ([4, 0, 1, 2, 3], 0.8),
        ([1, 2, 3, 4, 0], 0.8),
        ([1, 0, 3, 2, 4], 0.6),
        ([3, 4, 0, 1, 2], 0.6),
        ([1, 3, 0, 2, 4], 0.6),
        ([4, 3, 0, 2, 1], 0.4),
        ([4, 3, 2, 1, 0], 0.2),
        ([], 0.0),
    ],
)
def test_the_credit_is_the_longest_row_in_the_right_order_over_the_steps(indices: list[int], credit: float) -> None:
    assert STEPS.mark(indices) == Verdict(credit)


def test_what_was_given_is_the_steps_in_the_order_given_and_nothing_for_i_dont_know() -> None:
    assert STEPS.given([4, 0, 1, 2, 3]) == Ordered(("run", "write", "build", "push", "pull"))
    assert STEPS.given([]) == Ordered()
    assert STEPS.answer == Ordered(("write", "build", "push", "pull", "run"))


@pytest.mark.parametrize("response", [None, True, 0, 1.5, "01234", "", {}, {"0": 0}, (0, 1, 2, 3, 4)])
def test_anything_but_a_list_is_refused(response: object) -> None:
    with pytest.raises(ResponseError, match=r"^give a list of choices$"):
        STEPS.mark(response)
    with pytest.raises(ResponseError):
        STEPS.given(response)


@pytest.mark.parametrize("element", [-1, 5, 10**40, True, None, "0", 0.0, [0], {}])
def test_a_list_of_anything_but_indices_is_refused(element: object) -> None:
    with pytest.raises(ResponseError, match=r"^choose one of the 5 choices$"):
        STEPS.mark([0, 1, 2, 3, element])


@pytest.mark.parametrize("response", [[0], [0, 1, 2, 3], [0, 1, 2, 3, 3], [0, 1, 2, 3, 4, 0], [0] * 100_000])
def test_each_step_is_to_be_named_once(response: list[int]) -> None:
    with pytest.raises(ResponseError, match=r"^name each of the 5 steps once$"):
        STEPS.mark(response)
    with pytest.raises(ResponseError):
        STEPS.given(response)


def test_a_seed_gives_the_same_order_on_any_machine() -> None:
    arranged = Order(("a", "b", "c", "d")).arranged("7")
    assert arranged.choices == ("b", "d", "c", "a")
    assert arranged.mark([3, 0, 2, 1]) == Verdict(1.0)
    assert arranged.answer == Ordered("abcd")


def test_the_steps_are_never_shown_in_the_right_order() -> None:
    assert Order(("b", "d", "c", "a")).arranged("7").choices == ("d", "c", "a", "b")
    assert all(Order(tuple("abc")).arranged(str(seed)).choices != tuple("abc") for seed in range(100))


def test_two_steps_are_shown_in_either_order_since_the_other_would_tell_the_answer() -> None:
    assert {Order(("a", "b")).arranged(str(seed)).choices for seed in range(20)} == {("a", "b"), ("b", "a")}


def test_data_gives_the_task_back() -> None:
    data = [["a", "b", "c"], ["c", "a", "b"]]
    assert Order(("a", "b", "c"), ("c", "a", "b")).as_data() == data
    assert Order.from_data(data) == Order(("a", "b", "c"), ("c", "a", "b"))


orders = st.integers(1, 6).flatmap(lambda count: st.permutations(range(count)))


@LAW
@given(orders, st.text("abc", max_size=3))
def test_the_credit_does_not_depend_on_the_order_in_which_steps_are_shown(places: list[int], seed: str) -> None:
    task = Order(tuple("uvwxyz"[: len(places)]))
    arranged = task.arranged(seed)
    same = [arranged.choices.index(task.choices[place]) for place in places]
    assert arranged.mark(same) == task.mark(places)
    assert arranged.given(same) == task.given(places)


@LAW
@given(orders)
def test_only_the_right_order_is_right_and_the_longest_row_is_found(places: list[int]) -> None:
    """Every row of steps is tried, as patience sorting does not."""
    task = Order(tuple("uvwxyz"[: len(places)]))
    rows = (row for length in range(1, len(places) + 1) for row in combinations(places, length))
    longest = max(len(row) for row in rows if list(row) == sorted(row))
    assert task.mark(places).credit == longest / len(places)
    assert task.mark(places).right == (places == sorted(places))
