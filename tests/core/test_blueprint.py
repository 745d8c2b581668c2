"""What a deck says of its exam."""

import json

from hypothesis import given
from hypothesis import strategies as st

from quizdock.core.blueprint import Blueprint, Part, apportioned

PARTS = (Part("states", "hard", ("choice",), 3, None), Part(difficulty="easy", share=25))


def test_a_blueprint_survives_its_way_to_the_catalogue_and_back() -> None:
    for blueprint in (Blueprint(), Blueprint(20, 30, 62.5, ("choice", "text"), PARTS)):
        assert Blueprint.from_data(json.loads(json.dumps(blueprint.as_data()))) == blueprint
    assert Blueprint().as_data() == {}


def test_parts_about_other_topics_are_left_out_of_an_exam_on_one() -> None:
    assert Blueprint(parts=PARTS).within({"states"}).parts == PARTS
    assert Blueprint(parts=PARTS).within({"logs"}).parts == PARTS[1:]


def test_a_part_takes_what_it_does_not_exclude() -> None:
    hard, easy = PARTS
    assert hard.takes("states", "hard", "choice")
    assert not hard.takes("states", "hard", "text")
    assert not hard.takes("states", "easy", "choice")
    assert easy.takes("anything", "easy", "match")


def test_the_largest_remainders_get_what_rounding_leaves() -> None:
    assert apportioned([0.5, 0.5], 3) == [2, 1]
    assert apportioned([0.34, 0.33, 0.33], 10) == [4, 3, 3]
    assert apportioned([0.25, 0.25], 10) == [3, 2]
    assert apportioned([0.1], 2) == [0]
    assert apportioned([], 10) == []


@given(st.lists(st.integers(0, 30), max_size=6), st.integers(0, 60))
def test_quotas_come_to_the_share_of_all_parts_and_none_is_off_by_one(weights: list[int], questions: int) -> None:
    total = sum(weights) or 1
    shares = [weight / total for weight in weights]
    quotas = apportioned(shares, questions)
    assert sum(quotas) == round(sum(shares) * questions)
    assert all(abs(quota - share * questions) < 1 for quota, share in zip(quotas, shares, strict=True))
