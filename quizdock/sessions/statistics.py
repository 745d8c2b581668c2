"""A learner's figures, gathered: all that `quizdock stats` shows, as values."""

from typing import NamedTuple

from quizdock.core.collector import paused_collector
from quizdock.core.settings import Settings
from quizdock.core.statistics import (
    EASES_FROM,
    INTERVALS_FROM,
    Figures,
    forecast,
    histogram,
    retention,
)
from quizdock.core.streaks import longest_streak, streak
from quizdock.sessions.today import waiting
from quizdock.store import Store
from quizdock.store.catalogue import Scope

DAYS = 30
"""How many days the charts of single days show unless said."""
HARDEST = 5


class Choice(NamedTuple):
    """What figures are wanted of: the decks, whether these were named, and the last how many days.

    Unless decks were named, what was done counts in whatever deck it was: a deck that is followed no more, or whose
    file has gone, takes no day out of the calendar. Without a number of days retention is over all time.
    """

    scope: Scope
    named: bool = False
    days: int | None = None
    hardest: int = HARDEST


def figures(store: Store, learner: int, choice: Choice, day: int, settings: Settings) -> Figures:
    """The learner's figures on this study day, all read from one state of the database."""
    with store.database.snapshot(), paused_collector():
        return _figures(store, learner, choice, day, settings)


def _figures(store: Store, learner: int, choice: Choice, day: int, settings: Settings) -> Figures:
    history, scope = store.history, choice.scope
    decks = scope.decks if choice.named else None
    days = history.days(learner, decks)
    studied = [each for each, done in reversed(days.items()) if done.reviews]
    since = None if choice.days is None else day - choice.days + 1
    schedules = history.schedules(learner, scope)
    left = waiting(store, learner, scope, day, settings)
    return Figures(
        day=day,
        decks=tuple(deck.title for deck in store.catalogue.decks() if deck.id in scope.decks),
        due=left.due,
        new=left.new,
        streak=streak(studied, day),
        longest=longest_streak(studied),
        days=days,
        window=choice.days or DAYS,
        since=since,
        retention=retention(history.moves(learner), since or 0, None if decks is None else history.cards(decks)),
        forecast=forecast(history.due(learner, scope), day),
        intervals=histogram(((interval, count) for interval, _ease, count in schedules), INTERVALS_FROM),
        eases=histogram(((ease, count) for _interval, ease, count in schedules), EASES_FROM),
        hardest=tuple(history.hardest(learner, scope, choice.hardest)),
        topics=tuple(history.topics(learner, scope)),
    )
