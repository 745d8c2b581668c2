"""Drawing an exam paper."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.blueprint import Blueprint, Part
from quizdock.core.errors import QuizDockError
from quizdock.core.paper import Candidate, cells_of, draw, shortages

NAMES = [("t1", "a"), ("t1", "b"), ("t1", "c#1"), ("t1", "c#2"), ("t2", "e#x"), ("t2", "e#y"), ("t2", "f"), ("t3", "g")]
CANDIDATES = [Candidate(number, "d", topic, name) for number, (topic, name) in enumerate(NAMES)]


def names(paper: list[Candidate]) -> list[str]:
    return [candidate.name for candidate in paper]


def test_a_seed_gives_the_same_paper_on_any_machine() -> None:
    assert names(draw(CANDIDATES, {}, 99, seed=1)) == ["f", "a", "g", "e#x", "b", "e#y", "c#1", "c#2"]
    assert names(draw(CANDIDATES, {}, 99, seed=2)) == ["g", "b", "f", "a", "e#x", "c#2", "e#y", "c#1"]


def test_a_short_paper_touches_every_topic() -> None:
    assert sorted(names(draw(CANDIDATES, {}, 3, seed=1))) == ["a", "f", "g"]


@pytest.mark.parametrize("questions", [8, 9, 1000])
def test_a_paper_longer_than_what_there_is_asks_everything_once(questions: int) -> None:
    assert sorted(draw(CANDIDATES, {}, questions, seed=3)) == CANDIDATES


def test_a_paper_of_no_question_is_empty() -> None:
    assert draw(CANDIDATES, {}, 0, seed=1) == []
    assert draw([], {}, 5, seed=1) == []


def test_a_topic_of_one_note_has_its_share() -> None:
    table = [Candidate(number, "d", "t1", f"table#{number}") for number in range(20)]
    questions = [Candidate(100 + number, "d", "t2", f"q{number}") for number in range(20)]
    for seed in range(20):
        topics = [candidate.topic for candidate in draw([*table, *questions], {}, 10, seed)]
        assert (topics.count("t1"), topics.count("t2")) == (5, 5)


def test_the_cards_of_a_note_come_after_all_other_notes_of_their_topic() -> None:
    table = [Candidate(number, "d", "t1", f"n#{number}") for number in range(5)]
    others = [Candidate(10 + number, "d", "t1", f"m{number}") for number in range(3)]
    for seed in range(20):
        assert len({candidate.note for candidate in draw([*table, *others], {}, 4, seed)}) == 4


def test_topics_of_one_name_in_two_decks_are_two_topics() -> None:
    many = [Candidate(number, "d1", "t", f"n{number}") for number in range(9)]
    for seed in range(20):
        assert Candidate(10, "d2", "t", "m") in draw([*many, Candidate(10, "d2", "t", "m")], {}, 2, seed)


def test_two_cards_that_answer_each_other_are_never_on_one_paper() -> None:
    both = [Candidate(1, "d", "t", "n", siblings="n"), Candidate(2, "d", "t", "n#back", siblings="n")]
    other = Candidate(3, "d", "t", "m", siblings="m")
    for seed in range(20):
        paper = draw([*both, other], {}, 3, seed)
        assert len(paper) == 2
        assert other in paper


# ── blueprints ─────────────────────────────────────────────────────────────────────────────────────


def a_deck(**topics: str) -> list[Candidate]:
    """A card a letter: e is easy, m medium, h hard."""
    levels = {"e": "easy", "m": "medium", "h": "hard"}
    return [
        Candidate(0, "d", topic, f"{topic}{place}", f"{topic}{place}", "choice", levels[letter])
        for topic, letters in topics.items()
        for place, letter in enumerate(letters)
    ]


def test_a_paper_has_what_the_blueprint_asks_for_and_the_rest_evenly() -> None:
    pool = a_deck(states="mmmmmmhhh", images="mmmmmm", logs="mmmmmm")
    blueprint = Blueprint(10, parts=(Part(topic="states", difficulty="hard", count=2), Part(topic="images", share=30)))
    for seed in range(10):
        paper = draw(pool, {"d": blueprint}, 10, seed)
        assert len(paper) == 10
        hard = [each for each in paper if each.topic == "states" and each.difficulty == "hard"]
        assert len(hard) >= 2
        assert Counter(each.topic for each in paper)["images"] >= 3


def test_counts_grow_and_shrink_with_the_paper() -> None:
    blueprint = Blueprint(20, parts=(Part(topic="a", count=10), Part(topic="b", share=25)))
    for questions, quotas in ((20, [10, 5]), (40, [20, 10]), (4, [2, 1]), (2, [1, 1])):
        assert [cell.quota for cell in cells_of({"d": blueprint}, questions)] == quotas


def test_several_decks_have_equal_shares_of_the_paper() -> None:
    one = Blueprint(10, parts=(Part(topic="a", count=10),))
    cells = cells_of({"x": one, "y": Blueprint(parts=(Part(topic="b", share=50),))}, 20)
    assert [(cell.deck, cell.quota) for cell in cells] == [("x", 10), ("y", 5)]


def test_a_question_that_two_parts_could_have_goes_where_it_is_needed() -> None:
    """Whichever part comes first, the one hard question on states must be left for the hard ones."""
    pool = a_deck(states="mh", images="m")
    for parts in ((Part(topic="states", count=1), Part(difficulty="hard", count=1)),) * 2:
        for ordered in (parts, parts[::-1]):
            for seed in range(20):
                paper = draw(pool, {"d": Blueprint(2, parts=ordered)}, 2, seed)
                assert sorted(each.name for each in paper) == ["states0", "states1"]


def test_only_allowed_forms_are_asked() -> None:
    pool = [Candidate(0, "d", "t", f"n{place}", form=form) for place, form in enumerate(["choice", "text"] * 5)]
    paper = draw(pool, {"d": Blueprint(forms=("text",))}, 20, 1)
    assert {each.form for each in paper} == {"text"}
    assert len(paper) == 5


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (
            Part(topic="states", difficulty="hard", count=3),
            'd: the part with topic = "states", difficulty = "hard" asks for 3, but only 1 question can be asked',
        ),
        (
            Part(topic="states", count=5),
            'd: the part with topic = "states" asks for 5, but only 2 questions can be asked',
        ),
        (
            Part(forms=("text", "number"), count=1),
            'd: the part with forms = ["text", "number"] asks for 1, but only 0 questions can be asked',
        ),
    ],
)
def test_a_part_that_cannot_be_filled_is_named_with_what_is_missing(part: Part, said: str) -> None:
    pool = a_deck(states="mh", images="mmmmmm")
    with pytest.raises(QuizDockError) as caught:
        draw(pool, {"d": Blueprint(6, parts=(part,))}, 6, 1)
    assert str(caught.value) == said
    assert str(caught.value.hint) == "Add questions, change [deck.exam], or ask for fewer: -n"


def test_parts_that_need_the_same_questions_say_so() -> None:
    blueprint = Blueprint(4, parts=(Part(topic="states", count=2), Part(difficulty="hard", count=1)))
    (short,) = shortages(a_deck(states="mh"), "d", blueprint, 4)
    assert str(short.message) == (
        'the part with difficulty = "hard" asks for 1, but other parts need the 1 question there is for it'
    )


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def candidates(draw_from: st.DrawFn) -> list[Candidate]:
    row: list[Candidate] = []
    for topic, notes in enumerate(draw_from(st.lists(st.integers(0, 4), min_size=1, max_size=4))):
        for note in range(notes):
            for part in range(draw_from(st.integers(1, 3))):
                siblings = f"t{topic}n{note}#{draw_from(st.integers(0, 1))}"
                level = draw_from(st.sampled_from(["easy", "medium", "hard"]))
                form = draw_from(st.sampled_from(["choice", "text"]))
                row.append(Candidate(len(row), "d", f"t{topic}", f"t{topic}n{note}#{part}", siblings, form, level))
    return row


parts = st.builds(
    Part,
    topic=st.sampled_from(["", "t0", "t1"]),
    difficulty=st.sampled_from(["", "easy", "hard"]),
    forms=st.sampled_from([(), ("choice",)]),
    count=st.integers(1, 3),
)
blueprints = st.builds(Blueprint, questions=st.just(12), parts=st.lists(parts, max_size=4).map(tuple))
lawful = settings(deadline=None, derandomize=True, max_examples=150)
seeds = st.integers(0, 2**31)


@lawful
@given(candidates(), st.integers(0, 40), seeds)
def test_a_paper_asks_as_many_as_it_can_and_nothing_twice(pool: list[Candidate], questions: int, seed: int) -> None:
    paper = draw(pool, {}, questions, seed)
    groups = {candidate.group for candidate in pool}
    assert len(paper) == min(questions, len(groups))
    assert len({candidate.group for candidate in paper}) == len(paper)
    assert set(paper) <= set(pool)


@lawful
@given(candidates(), blueprints, seeds, st.randoms(use_true_random=False))
def test_the_same_seed_and_decks_give_the_same_paper_whatever_their_numbers_and_order(
    pool: list[Candidate], blueprint: Blueprint, seed: int, dice: Random
) -> None:
    shuffled = [candidate._replace(card=1000 - candidate.card) for candidate in pool]
    dice.shuffle(shuffled)
    assert drawn(pool, blueprint, seed) == drawn(shuffled, blueprint, seed)


@lawful
@given(candidates(), blueprints, seeds)
def test_a_blueprint_is_kept_to_the_question_or_refused(pool: list[Candidate], blueprint: Blueprint, seed: int) -> None:
    """A paper that is drawn can be dealt out to the cells; one that is refused is so whatever the seed."""
    paper = drawn(pool, blueprint, seed)
    cells = cells_of({"d": blueprint}, 12)
    if sum(cell.quota for cell in cells) > 12:
        return
    if paper is None:
        assert drawn(pool, blueprint, seed + 1) is None
        assert not can_be_dealt(pool, [cell for cell in cells for _ in range(cell.quota)])
    else:
        chosen = [next(each for each in pool if each.name == name) for name in paper]
        assert can_be_dealt(chosen, [cell for cell in cells for _ in range(cell.quota)])


def drawn(pool: list[Candidate], blueprint: Blueprint, seed: int) -> list[str] | None:
    try:
        return names(draw(pool, {"d": blueprint}, 12, seed))
    except QuizDockError:
        return None


def can_be_dealt(pool: list[Candidate], slots: list[object], taken: frozenset[object] = frozenset()) -> bool:
    """By trying everything, which is slow, and surely right."""
    if not slots:
        return True
    first, *others = slots
    groups = {each.group for each in pool if first.takes(each)} - taken  # type: ignore[attr-defined]  # a cell
    return any(can_be_dealt(pool, others, taken | {group}) for group in sorted(groups))


@lawful
@given(candidates(), st.integers(0, 40), seeds)
def test_topics_with_notes_left_have_as_many_questions_as_any_other_but_one(
    pool: list[Candidate], questions: int, seed: int
) -> None:
    notes = {candidate.note: candidate.topic for candidate in pool}
    available = Counter(notes.values())
    asked = Counter(candidate.topic for candidate in draw(pool, {}, min(questions, len(notes)), seed))
    most = max(asked.values(), default=0)
    assert all(asked[topic] >= min(available[topic], most - 1) for topic in available)
