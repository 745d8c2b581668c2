"""Entries and their partners."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Match, Option, Pair, Verdict

LAW = settings(deadline=None, derandomize=True, max_examples=200)

PARTS = Match(
    (Pair("namespaces", "isolate"), Pair("cgroups", "limit"), Pair("layers", "share")),
    (Option("encrypt", why="TLS does."),),
)
SHARED = Match((Pair("docker ps", "containers"), Pair("docker ls", "containers"), Pair("docker images", "images")))


def test_every_entry_comes_with_every_partner_to_choose_from() -> None:
    assert PARTS.items == ("namespaces", "cgroups", "layers")
    assert PARTS.choices == ("isolate", "limit", "share", "encrypt")
    assert PARTS.answer == (Pair("namespaces", "isolate"), Pair("cgroups", "limit"), Pair("layers", "share"))


def test_a_partner_of_two_entries_is_on_offer_once() -> None:
    assert SHARED.choices == ("containers", "images")
    assert SHARED.mark([0, 0, 1]) == Verdict(1.0)
    assert Match((Pair("a", "x"),), (Option("x"), Option("y"))).choices == ("x", "y")


@pytest.mark.parametrize(
    ("indices", "credit"),
    [
        ([0, 1, 2], 1.0),
        ([0, 1, 3], 2 / 3),
        ([0, 2, 1], 1 / 3),
        ([1, 2, 0], 0.0),
        ([3, 3, 3], 0.0),
        ([0, 0, 0], 1 / 3),
        ([2, 2, 2], 1 / 3),
        ([], 0.0),
    ],
)
def test_the_credit_is_the_share_of_right_pairs(indices: list[int], credit: float) -> None:
    assert PARTS.mark(indices).credit == pytest.approx(credit, abs=1e-12)


def test_a_partner_of_none_tells_why_once_however_often_it_is_given() -> None:
    assert PARTS.mark([0, 3, 3]).why == "encrypt — TLS does."
    assert PARTS.mark([1, 0, 2]).why == ""


def test_what_was_given_is_every_entry_with_its_partner_and_nothing_for_i_dont_know() -> None:
    assert PARTS.given([3, 1, 1]) == (Pair("namespaces", "encrypt"), Pair("cgroups", "limit"), Pair("layers", "limit"))
    assert PARTS.given([]) == ()


@pytest.mark.parametrize(
    "response", [None, True, 0, 1.5, "012", "", {}, {"0": 0}, (0, 1, 2), [0], [0, 1], [0, 1, 2, 3], [0] * 100_000]
)
def test_anything_but_one_choice_for_each_entry_is_refused(response: object) -> None:
    with pytest.raises(ResponseError, match=r"^give one choice for each of the 3 entries$"):
        PARTS.mark(response)
    with pytest.raises(ResponseError):
        PARTS.given(response)


@pytest.mark.parametrize("element", [-1, 4, 10**40, True, None, "0", 0.0, [0], {}])
def test_a_list_of_anything_but_indices_is_refused(element: object) -> None:
    with pytest.raises(ResponseError, match=r"^choose one of the 4 choices$"):
        PARTS.mark([0, 1, element])
    with pytest.raises(ResponseError):
        PARTS.given([0, 1, element])


def test_a_seed_gives_the_partners_the_same_order_on_any_machine_and_leaves_the_entries() -> None:
    task = Match((Pair("1", "a"), Pair("2", "b"), Pair("3", "c")), (Option("d"),)).arranged("7")
    assert task.choices == ("b", "d", "c", "a")
    assert task.items == ("1", "2", "3")
    assert task.mark([3, 0, 2]) == Verdict(1.0)
    assert task.given([1, 0, 2]) == (Pair("1", "d"), Pair("2", "b"), Pair("3", "c"))


def test_data_gives_the_task_back() -> None:
    data = [[["a", "x"], ["b", "y"]], [["z", 0]], ["y", "z", "x"]]
    task = Match((Pair("a", "x"), Pair("b", "y")), (Option("z"),), ("y", "z", "x"))
    assert task.as_data() == data
    assert Match.from_data(data) == task


@LAW
@given(st.lists(st.integers(0, 3), min_size=3, max_size=3), st.text("abc", max_size=3))
def test_the_credit_does_not_depend_on_the_order_in_which_partners_are_shown(indices: list[int], seed: str) -> None:
    arranged = PARTS.arranged(seed)
    same = [arranged.choices.index(PARTS.choices[index]) for index in indices]
    assert arranged.mark(same) == PARTS.mark(indices)
    assert arranged.given(same) == PARTS.given(indices)
