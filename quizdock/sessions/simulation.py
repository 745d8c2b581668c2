"""A year at this pace: study simulated with the cards of real decks, without anything being written."""

from collections.abc import Sequence
from typing import NamedTuple

from quizdock.core.days import as_date
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.core.settings import Settings
from quizdock.core.simulation import Dice, Learner, Met, Progress, Simulation, met, study_days
from quizdock.core.sm2 import LAST_DAY
from quizdock.sessions.planning import rules_of_the_day
from quizdock.store import Store
from quizdock.store.catalogue import Scope

_NOBODY = -1
"""A learner who has met nothing."""
_ANY_DAY = 0
"""No card was put aside for this day: what waits for tomorrow comes back."""


class Pace(NamedTuple):
    """How somebody studies: the first study day and how many, percent remembered, seconds an answer, the dice's seed.

    `new` and `reviews` a day replace the settings', those of single decks as well; None leaves them.
    """

    start: int
    days: int
    retention: int
    seconds: int
    seed: int
    new: int | None = None
    reviews: int | None = None


def simulate(
    store: Store, scope: Scope, settings: Settings, pace: Pace, dice: Dice, learner: int | None = None
) -> Simulation:
    """The days of a fresh learner, or of one who stands where `learner` stands now.

    Raises QuizDockError for decks without cards, and for days after the calendar's end.
    """
    progress = _progress(store, scope, learner)
    cards = len(progress.unmet) + len(progress.met)
    _check(cards, pace)
    settings = paced(settings, pace)
    rules = rules_of_the_day(store, _NOBODY, pace.start, settings)
    days = study_days(progress, rules, Learner(pace.retention / 100, 1000 * pace.seconds, dice), pace.days)
    return Simulation(
        decks=_titles(store, scope),
        cards=cards,
        new_per_day=settings.new_per_day,
        reviews_per_day=settings.reviews_per_day,
        retention=pace.retention,
        seconds=pace.seconds,
        seed=pace.seed,
        from_now=learner is not None,
        days=tuple(days),
    )


def first_day(store: Store, learner: int, today: int) -> int:
    """The study day from which on a learner's days can be simulated: today, or tomorrow where today has begun."""
    return today + (store.journal.on_day(learner, today).reviews > 0)


def paced(settings: Settings, pace: Pace) -> Settings:
    """The settings with the limits that were asked for, which then bound every deck alike."""
    decks = settings.decks
    if pace.new is not None:
        settings = settings._replace(new_per_day=pace.new)
        decks = {name: own._replace(new_per_day=None) for name, own in decks.items()}
    if pace.reviews is not None:
        settings = settings._replace(reviews_per_day=pace.reviews)
        decks = {name: own._replace(reviews_per_day=None) for name, own in decks.items()}
    return settings._replace(decks=decks)


def _progress(store: Store, scope: Scope, learner: int | None) -> Progress:
    who = _NOBODY if learner is None else learner
    unmet = tuple(store.selection.new(who, scope, _ANY_DAY))
    return Progress(unmet, {} if learner is None else _met(store, scope, learner))


def _met(store: Store, scope: Scope, learner: int) -> dict[int, Met]:
    known: dict[int, Met] = {}
    for candidate in store.selection.everything(learner, scope, _ANY_DAY):
        standing = store.journal.standing(learner, candidate.card)
        if standing is not None:
            known[candidate.card] = met(candidate, standing)
    return known


def _titles(store: Store, scope: Scope) -> Sequence[str]:
    return [deck.title for deck in store.catalogue.decks() if deck.id in scope.decks]


def _check(cards: int, pace: Pace) -> None:
    if not cards:
        raise QuizDockError(
            msg("there is no card to simulate with"),
            msg("To see what is wrong with a deck: quizdock deck check DECK"),
        )
    if pace.start + pace.days - 1 > LAST_DAY:
        raise QuizDockError(
            msg("{days} days from {start} on end after the calendar", days=pace.days, start=as_date(pace.start)),
            msg("The last day is {last}.", last=as_date(LAST_DAY)),
        )
