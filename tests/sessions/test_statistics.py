"""A learner's figures, gathered from a real store."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Deck
from quizdock.core.journal import Answer, Kind, Today
from quizdock.core.settings import Settings
from quizdock.core.statistics import Figures, Forecast, Share
from quizdock.sessions.statistics import Choice, figures
from quizdock.store import Store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment

DAY = 739_944  # 2026-11-24
ONE, TWO = Scope((1,)), Scope((2,))


@pytest.fixture
def ada(store: Store, deck_of: Callable[..., Deck]) -> int:
    """A learner who met a, b and c three days ago, repeated a and b since, and met d of the deck `two` today."""
    store.catalogue.put(deck_of("one", first="a b", second="c e"), "one.toml", b"")
    store.catalogue.put(deck_of("two", third="d"), "two.toml", b"")
    learner = store.learners.add("Ada")
    answers = ((1, 4, -3), (2, 4, -3), (3, 4, -3), (1, 4, -2), (2, 1, -2), (2, 4, -2), (2, 3, -1), (5, 4, 0))
    for card, grade, later in answers:
        store.journal.answer(learner, Answer(card, grade, None, 1500, 7), Moment(DAY + later, DAY + later))
    return learner


@pytest.fixture
def of(store: Store, ada: int) -> Callable[..., Figures]:
    def gather(choice: Choice, day: int = DAY) -> Figures:
        return figures(store, ada, choice, day, Settings())

    return gather


def test_what_was_done_is_of_all_decks_and_what_comes_up_of_those_that_are_followed(of: Callable[..., Figures]) -> None:
    found = of(Choice(ONE))
    assert found.today == Today(1, 1, 0, 1500)
    assert found.total == Today(4, 7, 1, 12_000)
    assert (found.streak, found.longest, found.studied) == (4, 4, 4)
    assert found.decks == ("The one",)
    assert [topic.topic for topic in found.topics] == ["first", "second"]
    assert found.forecast == Forecast(1, (1, 0, 0, 0, 1, *[0] * 25))
    assert (found.due, found.new) == (2, 1)


def test_named_decks_narrow_everything(of: Callable[..., Figures]) -> None:
    found = of(Choice(TWO, named=True))
    assert list(found.days) == [DAY]
    assert (found.streak, found.longest) == (1, 1)
    assert found.retention.all == Share()
    assert found.retention.new == 1
    assert of(Choice(ONE, named=True)).streak == 3


def test_retention_is_of_all_time_unless_days_are_said(of: Callable[..., Figures]) -> None:
    assert (of(Choice(ONE)).since, of(Choice(ONE)).window, of(Choice(ONE)).retention.all) == (None, 30, Share(3, 2))
    recent = of(Choice(ONE, days=2))
    assert (recent.since, recent.window, recent.retention.all) == (DAY - 1, 2, Share(1, 1))
    assert recent.shown == [(DAY - 1, Today(0, 1, 0, 1500)), (DAY, Today(1, 1, 0, 1500))]


def test_bands_answers_ahead_and_first_meetings_are_all_the_reviews(store: Store, ada: int) -> None:
    store.journal.answer(ada, Answer(1, 4, None, 0, 7), Moment(DAY, DAY))
    found = figures(store, ada, Choice(ONE), DAY, Settings())
    retention = found.retention
    assert (retention.all.reviews, retention.ahead, retention.new) == (3, 1, 4)
    assert found.total.reviews == 8


def test_the_forecast_is_every_scheduled_card_that_is_not_suspended(store: Store, ada: int) -> None:
    store.journal.record(ada, Kind.SUSPEND, 1, Moment(DAY, DAY))
    found = figures(store, ada, Choice(Scope((1, 2))), DAY, Settings())
    assert found.forecast.all == 3
    assert sum(count for _band, count in found.intervals) == 3
    assert sum(topic.learning + topic.mature for topic in found.topics) == 3
    assert sum(topic.cards for topic in found.topics) == 5


def test_a_deck_that_is_gone_takes_no_day_out_of_the_calendar(store: Store, of: Callable[..., Figures]) -> None:
    store.catalogue.withdraw("two")
    assert of(Choice(ONE)).streak == 4


def test_who_has_done_nothing_has_figures_of_nothing(store: Store, ada: int) -> None:
    found = figures(store, store.learners.add("Bob"), Choice(ONE), DAY, Settings())
    assert (found.days, found.streak, found.longest, found.studied, found.hardest) == ({}, 0, 0, 0, ())
    assert (found.today, found.total, found.retention.all) == (Today(), Today(), Share())
    assert (found.due, found.new) == (0, 4)
