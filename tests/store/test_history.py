"""What a learner has done and how far the cards have come, counted from a real database."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Deck
from quizdock.core.journal import Answer, Kind, Today
from quizdock.core.sm2 import Schedule
from quizdock.core.statistics import Hard, Share, Topic, retention
from quizdock.store import Store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Key, Moment

DAY = 739_944  # 2026-11-24
A, B, C, D = range(1, 5)
ONE, BOTH = Scope((1,)), Scope((1, 2))


def at(day: int) -> Moment:
    return Moment(1_795_521_600_000 + (day - DAY) * 86_400_000, day)


@pytest.fixture
def ada(store: Store, deck_of: Callable[..., Deck]) -> int:
    """A learner, before the decks `one` (a and b, c) and `two` (d)."""
    store.catalogue.put(deck_of("one", first="a b", second="c"), "one.toml", b"")
    store.catalogue.put(deck_of("two", third="d"), "two.toml", b"")
    return store.learners.add("Ada")


@pytest.fixture
def answer(store: Store, ada: int) -> Callable[..., Key]:
    def give(card: int, grade: int, day: int = DAY, kind: Kind = Kind.REVIEW, learner: int = ada) -> Key:
        return store.journal.answer(learner, Answer(card, grade, None, 500, 7, kind), at(day))[0]

    return give


def test_days_are_added_up_over_decks(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4, DAY)
    answer(A, 3, DAY - 0)
    answer(D, 4, DAY)
    answer(B, 4, DAY - 3)
    answer(C, 4, DAY, learner=store.learners.add("Bob"))
    assert store.history.days(ada) == {DAY - 3: Today(1, 1, 0, 500), DAY: Today(2, 2, 1, 1500)}
    assert list(store.history.days(ada)) == [DAY - 3, DAY]
    assert store.history.days(ada, (2,)) == {DAY: Today(1, 1, 0, 500)}


def test_a_day_whose_answers_were_all_taken_back_is_none(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    store.journal.undo(ada, answer(A, 4), at(DAY))
    assert store.history.days(ada) == {}
    assert list(store.history.moves(ada)) == []


def test_moves_are_what_stands_and_may_move_a_schedule(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 3)
    answer(A, 5)
    answer(B, 5, kind=Kind.CRAM)
    store.journal.record(ada, Kind.SUSPEND, A, at(DAY))
    store.journal.record(ada, Kind.RESET, A, at(DAY))
    store.journal.undo(ada, answer(B, 4), at(DAY))
    store.journal.relink(ada, A, D, at(DAY))
    answer(C, 4, learner=store.learners.add("Bob"))
    assert list(store.history.moves(ada)) == [
        (A, 1, DAY, 3),
        (A, 2, DAY, 5),
        (A, 7, DAY, 0),
        (A, 8, DAY, D),
    ]


def test_retention_is_of_reviews_alone(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4, DAY)
    answer(A, 1, DAY + 1)
    answer(A, 4, DAY + 1)
    answer(A, 4, DAY + 2, kind=Kind.CRAM)
    answer(A, 4, DAY + 2)
    store.journal.undo(ada, answer(A, 0, DAY + 3), at(DAY + 3))
    answer(A, 5, DAY + 3)
    found = retention(store.history.moves(ada))
    assert (found.all, found.new) == (Share(3, 2), 1)
    assert [share.reviews for _band, share in found.bands] == [3, 0, 0, 0, 0]


def test_the_replay_reaches_the_intervals_that_the_schedules_have(
    store: Store, ada: int, answer: Callable[..., Key]
) -> None:
    for day in (0, 1, 7, 23):
        answer(A, 4, DAY + day)
    standing = store.journal.standing(ada, A)
    assert standing is not None
    assert standing.schedule == Schedule(4, 38, 250, DAY + 61)
    answer(A, 4, DAY + 61)
    assert [share.reviews for _band, share in retention(store.history.moves(ada)).bands] == [1, 1, 1, 1, 0]


def test_a_deck_has_cards_even_after_it_derives_them_no_more(
    store: Store, ada: int, deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of("one", first="a"), "one.toml", b"new")
    assert store.history.cards((1,)) == {A, B, C}
    assert store.history.cards((1, 2)) == {A, B, C, D}
    assert store.history.cards(()) == frozenset()


def test_due_cards_are_counted_by_day_without_suspended_ones(
    store: Store, ada: int, answer: Callable[..., Key]
) -> None:
    for card in (A, B, C, D):
        answer(card, 4)
    answer(B, 4, DAY + 1)
    store.journal.record(ada, Kind.SUSPEND, C, at(DAY))
    store.journal.record(ada, Kind.BURY, A, at(DAY))
    assert store.history.due(ada, ONE) == [(DAY + 1, 1), (DAY + 7, 1)]
    assert store.history.due(ada, BOTH) == [(DAY + 1, 2), (DAY + 7, 1)]
    assert store.history.schedules(ada, BOTH) == [(1, 250, 2), (6, 250, 1)]


def test_the_hardest_cards_lapsed_most_and_have_the_lowest_ease(
    store: Store, ada: int, answer: Callable[..., Key]
) -> None:
    for card, first, then in ((A, 4, 4), (B, 3, 2), (C, 4, 0), (D, 3, 3)):
        answer(card, first, DAY)
        answer(card, then, DAY + 1)
    store.journal.record(ada, Kind.SUSPEND, C, at(DAY))
    assert store.history.hardest(ada, BOTH, 5) == [
        Hard("one/b", "what is b?", 1, 236, suspended=False),
        Hard("one/c", "what is c?", 1, 250, suspended=True),
        Hard("two/d", "what is d?", 0, 222, suspended=False),
    ]
    assert [hard.id for hard in store.history.hardest(ada, BOTH, 1)] == ["one/b"]
    assert store.history.hardest(ada, BOTH, 0) == []


def test_topics_tell_how_far_their_cards_have_come(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    for day in (0, 1, 7, 23):
        answer(A, 4, DAY + day)
    answer(D, 4)
    store.journal.record(ada, Kind.SUSPEND, C, at(DAY))
    store.journal.record(ada, Kind.BURY, B, at(DAY))
    answer(B, 4, learner=store.learners.add("Bob"))
    assert store.history.topics(ada, BOTH) == [
        Topic("one", "The one", "first", "About first", new=1, learning=0, mature=1, suspended=0),
        Topic("one", "The one", "second", "About second", new=0, learning=0, mature=0, suspended=1),
        Topic("two", "The two", "third", "About third", new=0, learning=1, mature=0, suspended=0),
    ]


def test_cards_without_a_topic_stand_under_their_decks_title(
    store: Store, ada: int, deck_of: Callable[..., Deck]
) -> None:
    bare = deck_of("bare", gone="x")
    store.catalogue.put(Deck(bare.id, bare.title, "en", "", "", (), bare.cards), "bare.toml", b"")
    number = store.catalogue.deck("bare").id
    assert store.history.topics(ada, Scope((number,))) == [Topic("bare", "The bare", "", "The bare", 1, 0, 0, 0)]
