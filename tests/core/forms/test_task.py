"""What every form shares."""

import pytest

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Boolean, Command, Listing, Number, Recall, Task, Text, Verdict
from quizdock.core.forms.task import as_index, as_line, seeded_order


def test_a_seed_gives_the_same_order_on_any_machine() -> None:
    assert seeded_order("7", "abcd", str) == ["b", "d", "c", "a"]
    assert seeded_order("8", "abcd", str) == ["d", "b", "c", "a"]
    assert seeded_order("7", "dcba", str) == ["b", "d", "c", "a"]


def test_the_order_depends_on_the_names_alone() -> None:
    assert seeded_order("7", [3, 0, 1, 2], lambda index: "abcd"[index]) == [1, 3, 2, 0]


def test_each_item_comes_first_for_some_seed() -> None:
    assert {seeded_order(str(seed), "abcd", str)[0] for seed in range(40)} == set("abcd")


def test_an_index_is_a_whole_number_within_the_choices() -> None:
    assert [as_index(index, 3) for index in (0, 1, 2)] == [0, 1, 2]
    for response in (-1, 3, True, 1.0, "1", None):
        with pytest.raises(ResponseError, match=r"^choose one of the 3 choices$"):
            as_index(response, 3)


def test_a_line_is_a_text_of_so_many_characters_at_most_without_spaces_at_its_ends() -> None:
    assert as_line("  a b\u00a0\n") == "a b"
    assert as_line("x" * 2000) == "x" * 2000
    with pytest.raises(ResponseError, match=r"^that is too long: 2000 characters at most$"):
        as_line("x" * 2001)
    with pytest.raises(ResponseError, match=r"^that is too long: 3 characters at most$"):
        as_line("    ", 3)
    for response in (None, True, 5, ["x"]):
        with pytest.raises(ResponseError, match=r"^answer with a text$"):
            as_line(response)


def test_forms_that_offer_nothing_have_nothing_to_arrange_and_stay_small() -> None:
    tasks: list[Task] = [Recall("x"), Boolean(True), Text(("x",)), Number("5"), Command(("ls",)), Listing((("a",),))]
    for task in tasks:
        assert (task.items, task.choices) == ((), ())
        assert task.arranged("7") is task
        assert not hasattr(task, "__dict__"), "slots alone"


def test_an_answer_is_right_when_nothing_was_missing() -> None:
    assert Verdict(1.0).right
    assert not Verdict(0.999).right
    assert not Verdict(0.0).right
