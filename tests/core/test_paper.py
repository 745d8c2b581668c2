"""Drawing an exam paper."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.paper import Candidate, draw

NAMES = [("t1", "a"), ("t1", "b"), ("t1", "c#1"), ("t1", "c#2"), ("t2", "e#x"), ("t2", "e#y"), ("t2", "f"), ("t3", "g")]
CANDIDATES = [Candidate(number, "d", topic, name) for number, (topic, name) in enumerate(NAMES)]


def names(paper: list[Candidate]) -> list[str]:
    return [candidate.name for candidate in paper]


def test_a_seed_gives_the_same_paper_on_any_machine() -> None:
    assert names(draw(CANDIDATES, 99, seed=1)) == ["f", "a", "g", "e#x", "b", "e#y", "c#1", "c#2"]
    assert names(draw(CANDIDATES, 99, seed=2)) == ["g", "b", "f", "a", "e#x", "c#2", "e#y", "c#1"]


def test_a_shorter_paper_is_the_beginning_of_a_longer_one() -> None:
    assert names(draw(CANDIDATES, 3, seed=1)) == ["f", "a", "g"]
    assert names(draw(CANDIDATES, 5, seed=1)) == ["f", "a", "g", "e#x", "b"]


@pytest.mark.parametrize("questions", [8, 9, 1000])
def test_a_paper_longer_than_what_there_is_asks_everything_once(questions: int) -> None:
    assert sorted(draw(CANDIDATES, questions, seed=3)) == CANDIDATES


def test_a_paper_of_no_question_is_empty() -> None:
    assert draw(CANDIDATES, 0, seed=1) == []
    assert draw([], 5, seed=1) == []


def test_card_numbers_and_the_order_of_the_catalogue_do_not_count() -> None:
    renumbered = [candidate._replace(card=100 - candidate.card) for candidate in reversed(CANDIDATES)]
    assert names(draw(renumbered, 99, seed=1)) == ["f", "a", "g", "e#x", "b", "e#y", "c#1", "c#2"]


def test_a_topic_of_one_note_has_its_share() -> None:
    table = [Candidate(number, "d", "t1", f"table#{number}") for number in range(20)]
    questions = [Candidate(100 + number, "d", "t2", f"q{number}") for number in range(20)]
    for seed in range(20):
        topics = [candidate.topic for candidate in draw([*table, *questions], 10, seed)]
        assert (topics.count("t1"), topics.count("t2")) == (5, 5)


def test_the_siblings_of_a_card_come_after_all_other_notes_of_their_topic() -> None:
    siblings = [Candidate(number, "d", "t1", f"n#{number}") for number in range(5)]
    alone = Candidate(9, "d", "t2", "alone")
    for seed in range(20):
        paper = draw([*siblings, alone], 3, seed)
        assert alone in paper[:2]


def test_notes_of_one_name_in_two_decks_are_no_siblings() -> None:
    twins = [Candidate(1, "d1", "t", "n#1"), Candidate(2, "d2", "t", "n#2"), Candidate(3, "d2", "t", "n#3")]
    for seed in range(20):
        assert {candidate.deck for candidate in draw(twins, 2, seed)} == {"d1", "d2"}


def test_topics_of_one_name_in_two_decks_are_two_topics() -> None:
    many = [Candidate(number, "d1", "t", f"n{number}") for number in range(9)]
    for seed in range(20):
        assert Candidate(10, "d2", "t", "m") in draw([*many, Candidate(10, "d2", "t", "m")], 2, seed)


@st.composite
def candidates(draw_from: st.DrawFn) -> list[Candidate]:
    row: list[Candidate] = []
    for topic, notes in enumerate(draw_from(st.lists(st.integers(0, 4), min_size=1, max_size=4))):
        for note in range(notes):
            row += [
                Candidate(len(row) + part, "d", f"t{topic}", f"t{topic}n{note}#{part}")
                for part in range(draw_from(st.integers(1, 3)))
            ]
    return row


@settings(deadline=None, derandomize=True, max_examples=100)
@given(candidates(), st.integers(0, 40), st.integers(0, 2**31))
def test_a_paper_asks_no_card_twice_and_as_many_as_it_can(pool: list[Candidate], questions: int, seed: int) -> None:
    paper = draw(pool, questions, seed)
    assert len(paper) == min(questions, len(pool))
    assert len(set(paper)) == len(paper)
    assert set(paper) <= set(pool)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(candidates(), st.integers(0, 40), st.integers(0, 2**31))
def test_topics_with_notes_left_have_as_many_questions_as_any_other_but_one(
    pool: list[Candidate], questions: int, seed: int
) -> None:
    notes = {candidate.note: candidate.topic for candidate in pool}
    available = Counter(notes.values())
    asked = Counter(candidate.topic for candidate in draw(pool, min(questions, len(notes)), seed))
    most = max(asked.values(), default=0)
    assert all(asked[topic] >= min(available[topic], most - 1) for topic in available)
