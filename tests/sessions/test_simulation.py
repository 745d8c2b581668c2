"""A pace simulated with the cards of the store."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Deck
from quizdock.core.errors import QuizDockError
from quizdock.core.journal import Answer, Kind
from quizdock.core.settings import DEFAULTS, DeckSettings, Settings
from quizdock.core.simulation import Simulation
from quizdock.core.sm2 import LAST_DAY
from quizdock.sessions.simulation import Pace, first_day, paced, simulate
from quizdock.store import Store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment

DAY = 739_944
TEN = "a b c d e f g h i j"
Simulate = Callable[..., Simulation]


@pytest.fixture
def alice(store: Store, deck_of: Callable[..., Deck]) -> int:
    """A learner, and a deck of ten cards."""
    store.catalogue.put(deck_of(topic=TEN), "deck.toml", b"")
    return store.learners.find_or_add("alice")


@pytest.fixture
def run(store: Store, alice: int) -> Simulate:
    """Simulates the deck for three days, with dice by which every card is known."""

    def simulated(
        learner: int | None = None, settings: Settings = DEFAULTS, *, start: int = DAY, days: int = 3, **wishes: int
    ) -> Simulation:
        scope = Scope((store.catalogue.deck("deck").id,))
        pace = Pace(start, days, retention=90, seconds=12, seed=1, **wishes)
        return simulate(store, scope, settings, pace, lambda: 0.3, learner)

    return simulated


def new_by_day(simulation: Simulation) -> list[int]:
    return [day.done.new for day in simulation.days]


def test_a_fresh_learner_meets_the_deck_by_the_settings(run: Simulate) -> None:
    found = run(settings=Settings(new_per_day=4))
    assert (found.decks, found.cards, found.new_per_day, found.from_now) == (["The deck"], 10, 4, False)
    assert new_by_day(found) == [4, 4, 2]
    assert [day.day for day in found.days] == [DAY, DAY + 1, DAY + 2]


def test_the_decks_own_limits_bound_it_unless_others_are_asked_for(run: Simulate) -> None:
    own = Settings(decks={"deck": DeckSettings(new_per_day=3)})
    assert new_by_day(run(settings=own)) == [3, 3, 3]
    assert new_by_day(run(settings=own, new=5)) == [5, 5, 0]


def test_asked_limits_replace_the_settings_and_leave_the_others() -> None:
    own = Settings(decks={"deck": DeckSettings(new_per_day=3, reviews_per_day=4)})
    changed = paced(own, Pace(DAY, 1, 90, 12, 1, reviews=9))
    assert (changed.new_per_day, changed.reviews_per_day) == (10, 9)
    assert changed.decks["deck"] == DeckSettings(new_per_day=3)


def test_what_was_learned_counts_only_for_who_begins_there(run: Simulate, store: Store, alice: int) -> None:
    _answer_first(store, alice, DAY - 1)
    assert new_by_day(run())[0] == 10
    mine = run(alice)
    assert (mine.from_now, mine.cards) == (True, 10)
    assert [(day.done.new, day.done.repeated) for day in mine.days] == [(9, 1), (0, 9), (0, 0)]


def test_suspended_cards_stay_out_for_who_begins_there(run: Simulate, store: Store, alice: int) -> None:
    store.journal.record(alice, Kind.SUSPEND, 1, Moment(0, DAY - 1))
    store.journal.record(alice, Kind.BURY, 2, Moment(0, DAY))
    assert run(alice).cards == 9
    assert run().cards == 10


def test_nothing_is_written(run: Simulate, store: Store, alice: int) -> None:
    run(alice)
    assert store.journal.has_begun(alice) is False
    assert store.database.value("SELECT count(*) FROM event") == 0


def test_a_day_that_has_begun_is_left_to_the_learner(store: Store, alice: int) -> None:
    assert first_day(store, alice, DAY) == DAY
    _answer_first(store, alice, DAY)
    assert first_day(store, alice, DAY) == DAY + 1


def test_a_deck_without_cards_is_refused(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("empty"), "empty.toml", b"")
    scope = Scope((store.catalogue.deck("empty").id,))
    with pytest.raises(QuizDockError, match="there is no card to simulate with"):
        simulate(store, scope, DEFAULTS, Pace(DAY, 1, 90, 12, 1), lambda: 0.3)


def test_days_after_the_calendar_are_refused(run: Simulate) -> None:
    assert len(run(start=LAST_DAY, days=1).days) == 1
    with pytest.raises(QuizDockError, match="2 days from 9999-12-31 on end after the calendar"):
        run(start=LAST_DAY, days=2)


def _answer_first(store: Store, learner: int, day: int) -> None:
    store.journal.answer(learner, Answer(1, 4, None, 1000, 0), Moment(0, day))
