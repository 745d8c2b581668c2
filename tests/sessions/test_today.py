"""What today holds, without asking anything."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Deck
from quizdock.core.journal import Answer, Today
from quizdock.core.marking import Result, Rules, Score
from quizdock.core.settings import DEFAULTS
from quizdock.core.sitting import Event, Kind
from quizdock.sessions.today import Overview, Waiting, overview, waiting
from quizdock.store import Store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment

DAY = 739_944  # 2026-11-24
ALL = Scope((1, 2))


@pytest.fixture
def ada(store: Store, deck_of: Callable[..., Deck]) -> int:
    """A learner, before decks of twelve cards and of one."""
    store.catalogue.put(deck_of("one", alpha="a b c d e f g h i j k l"), "one.toml", b"")
    store.catalogue.put(deck_of("two", beta="m"), "two.toml", b"")
    return store.learners.add("Ada")


@pytest.fixture
def answer(store: Store, ada: int) -> Callable[..., None]:
    """Answers a card, by its number: `answer(1, 4, DAY)`."""

    def give(card: int, grade: int, day: int) -> None:
        store.journal.answer(ada, Answer(card, grade, None, 1000, 0), Moment(0, day))

    return give


def test_a_new_learner_has_ten_new_cards_waiting(store: Store, ada: int) -> None:
    assert overview(store, ada, ALL, DAY, DEFAULTS) == Overview(Waiting(due=0, new=10), Today(0, 0, 0, 0), 0, None)


def test_a_learner_without_decks_has_nothing_waiting(store: Store) -> None:
    assert waiting(store, store.learners.add("Ada"), Scope(()), DAY, DEFAULTS) == Waiting(due=0, new=0)


def test_cards_due_and_cards_to_repeat_wait_together(store: Store, ada: int, answer: Callable[..., None]) -> None:
    answer(1, 4, DAY - 1)
    answer(2, 4, DAY - 1)
    answer(3, 1, DAY)
    assert waiting(store, ada, ALL, DAY, DEFAULTS) == Waiting(due=3, new=9)


def test_a_due_card_that_was_answered_badly_waits_once(store: Store, ada: int, answer: Callable[..., None]) -> None:
    answer(1, 4, DAY - 1)
    answer(1, 1, DAY)
    assert waiting(store, ada, ALL, DAY, DEFAULTS).due == 1


def test_the_days_new_cards_are_used_up_over_all_decks(store: Store, ada: int, answer: Callable[..., None]) -> None:
    for card in range(1, 10):
        answer(card, 4, DAY)
    assert waiting(store, ada, ALL, DAY, DEFAULTS).new == 1
    assert waiting(store, ada, Scope((2,)), DAY, DEFAULTS) == Waiting(due=0, new=1)
    answer(10, 4, DAY)
    assert waiting(store, ada, Scope((2,)), DAY, DEFAULTS) == Waiting(due=0, new=0)
    assert waiting(store, ada, ALL, DAY + 1, DEFAULTS) == Waiting(due=10, new=3)


def test_the_overview_counts_the_day_and_the_days_in_a_row(store: Store, ada: int, answer: Callable[..., None]) -> None:
    for day in (DAY - 4, DAY - 2, DAY - 1):
        answer(1, 4, day)
    assert overview(store, ada, ALL, DAY, DEFAULTS).streak == 2
    answer(2, 2, DAY)
    answer(2, 4, DAY)
    seen = overview(store, ada, ALL, DAY, DEFAULTS)
    assert seen.streak == 3
    assert seen.done == Today(new=1, reviews=1, drills=1, milliseconds=2000)
    assert overview(store, ada, ALL, DAY + 2, DEFAULTS).streak == 0


def test_the_overview_shows_the_last_finished_exam(store: Store, ada: int) -> None:
    bob = store.learners.add("Bob")
    nothing = Result(Score(0.0, 0), (), passed=False)
    first, second, third, other = (
        store.attempts.start(who, [], {}, 1, Rules(), Moment(1, DAY)) for who in (ada, ada, ada, bob)
    )
    for attempt, at in ((second, 10), (first, 20), (other, 30)):
        store.attempts.finish(attempt, 0, Event(Kind.SUBMITTED, at), nothing)
    last = overview(store, ada, ALL, DAY, DEFAULTS).last_exam
    assert last is not None
    assert last.id == first
    assert third != first
