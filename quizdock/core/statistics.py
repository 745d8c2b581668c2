"""Figures about a learner's days: streaks, true retention, what comes up, how far the cards have come.

Days are ordinals, intervals days, eases hundredths, durations milliseconds.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from quizdock.core import sm2
from quizdock.core.journal import NOTHING_DONE, Kind, Today
from quizdock.core.simulation import MATURE
from quizdock.core.sm2 import PASSING, Schedule

RETENTION_FROM = (1, 2, 7, MATURE, 90)
"""Where the bands of retention begin: the interval in days that a card had before the answer."""
INTERVALS_FROM = (1, 2, 7, MATURE, 90, 180, 365)
"""Where the bands of the intervals' distribution begin."""
EASES_FROM = tuple(range(130, 300, 20))
"""Where the bands of the eases' distribution begin: SM-2's floor first, and 250, where every card starts, is one."""
FORECAST_DAYS = 30
CALENDAR_WEEKS = 53
"""Weeks of the calendar with the current one: a year, whatever weekday today is."""
LEVELS = 4
"""Levels of the calendar's days with a review; level 0 is a day without."""


# ── days ───────────────────────────────────────────────────────────────────────────────────────────


def level_borders(counts: Iterable[int]) -> tuple[int, ...]:
    """The fewest reviews of each level from 1 on: the quartiles of the days that have any.

    Quartiles, and not shares of the greatest, so that one day of cramming does not make all others look idle.
    """
    studied = sorted(count for count in counts if count > 0)
    if not studied:
        return tuple(range(1, LEVELS + 1))
    return (1, *(studied[len(studied) * part // LEVELS] for part in range(1, LEVELS)))


def level(count: int, borders: Sequence[int]) -> int:
    """The level of a day with so many reviews: 0 for none, and never less for more of them."""
    return bisect_right(borders, count)


def monday(day: int) -> int:
    """The Monday of the day's week; day 1 was one."""
    return day - (day - 1) % 7


def averages(values: Sequence[float], length: int) -> list[float]:
    """The average of each part of `length` values; the last part may be shorter."""
    parts = [values[at : at + length] for at in range(0, len(values), length)]
    return [sum(part) / len(part) for part in parts]


# ── retention ──────────────────────────────────────────────────────────────────────────────────────


class Band(NamedTuple):
    """Values from `low` to `high`, both included; None where it is open."""

    low: int
    high: int | None


class Share(NamedTuple):
    """How many answers there were, and how many of them were remembered: graded 3 or better."""

    reviews: int = 0
    remembered: int = 0

    @property
    def percent(self) -> float | None:
        """How many of a hundred were remembered; None where there was no answer."""
        return 100 * self.remembered / self.reviews if self.reviews else None

    def plus(self, other: "Share") -> "Share":
        """Both together."""
        return Share(self.reviews + other.reviews, self.remembered + other.remembered)


class Retention(NamedTuple):
    """True retention: how many of the reviews of due cards were remembered, by the interval before the answer.

    Only the first answer of a study day to a card that had been met and was due by then counts: no drills, no
    cramming, nothing that was taken back. Answers ahead of the due day are `ahead` alone, as almost everything is
    remembered early, and first meetings are `new`: all three together are the learner's reviews.
    """

    bands: tuple[tuple[Band, Share], ...]
    ahead: int = 0
    new: int = 0

    @property
    def all(self) -> Share:
        """Over all intervals."""
        return _together(share for _band, share in self.bands)

    @property
    def young(self) -> Share:
        """Over intervals below MATURE."""
        return _together(share for band, share in self.bands if band.low < MATURE)

    @property
    def mature(self) -> Share:
        """Over intervals of MATURE or more."""
        return _together(share for band, share in self.bands if band.low >= MATURE)


def _together(shares: Iterable[Share]) -> Share:
    total = Share()
    for share in shares:
        total = total.plus(share)
    return total


_GRADES = len(sm2.GRADES)
_DRILL = int(Kind.DRILL)  # compared a million times, where comparing with the enumeration takes five times as long

Move = tuple[int, int, int, int]
"""An event that moves a schedule or hands it on: card, kind, day, and an answer's grade or a relink's other card."""


def retention(moves: Iterable[Move], since: int = 0, cards: Collection[int] | None = None) -> Retention:
    """True retention from the study day `since` on, of these cards, or of all for None.

    `moves` are all that still stand of one learner, in the journal's order: the interval before an answer is what
    the earlier ones made, by the rules of `core.journal.step`. One stage a card is held, however long it is.
    """
    stages = _Stages()
    reviewed: dict[int, tuple[_Stage, int]] = {}  # how far each met card has come, and the day of its last review
    counts = [[0, 0] for _ in RETENTION_FROM]
    ahead = new = 0
    for card, kind, day, grade in moves:
        before = reviewed.get(card)
        if kind > _DRILL:
            _moved_otherwise(stages, reviewed, card, kind, day, grade)
            continue
        counted = day >= since and (cards is None or card in cards)
        if before is None:
            reviewed[card] = stages.first[grade], day
            new += counted
            continue
        stage, last = before
        passed = day - last
        if kind == _DRILL or passed <= 0:
            continue
        interval = stage.interval
        in_time = passed >= interval
        answered = (interval if in_time else passed) * _GRADES + grade
        reviewed[card] = stage.after.get(answered) or stages.follow(stage, answered), day
        if not counted:
            continue
        if in_time:
            count = counts[stage.band]
            count[0] += 1
            count[1] += grade >= PASSING
        else:
            ahead += 1
    shares = [Share(*count) for count in counts]
    return Retention(tuple(zip(bands(RETENTION_FROM), shares, strict=True)), ahead, new)


class _Stage:
    """A schedule counted from the day of its last review, and where answers have led from it."""

    __slots__ = ("after", "band", "interval", "schedule")

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.interval = schedule.interval
        self.band = bisect_right(RETENTION_FROM, self.interval) - 1
        self.after: dict[int, _Stage] = {}
        """By the days that had passed, at most the interval, times _GRADES, and the grade."""


class _Stages:
    """The stages of all cards, each made once: a million answers lead through few, and SM-2 itself takes longer."""

    def __init__(self) -> None:
        self._known: dict[Schedule, _Stage] = {}
        self.first = [self.of(sm2.review(None, grade, 0)) for grade in sm2.GRADES]
        """Where the first answer leads, by its grade."""

    def of(self, schedule: Schedule) -> _Stage:
        """The stage of this schedule; it is due when its interval is over."""
        schedule = schedule._replace(due=schedule.interval)
        return self._known.setdefault(schedule, _Stage(schedule))

    def follow(self, stage: _Stage, answered: int) -> _Stage:
        """Where an answer leads that was not given at this stage before, see `after`."""
        passed, grade = divmod(answered, _GRADES)
        stage.after[answered] = self.of(sm2.after_answer(stage.schedule, grade, passed))
        return stage.after[answered]


def _moved_otherwise(
    stages: _Stages, reviewed: dict[int, tuple[_Stage, int]], card: int, kind: int, day: int, to_card: int
) -> None:
    """What is no answer: the card was brought forward, reset or re-linked."""
    if kind != Kind.DUE:
        _hand_on(reviewed, card, to_card if kind == Kind.RELINK else None)
    elif (before := reviewed.get(card)) is None:
        reviewed[card] = stages.first[0], day - 1
    else:
        stage, last = before
        if 0 < day - last < stage.interval:
            reviewed[card] = stages.of(stage.schedule._replace(interval=day - last)), last


def _hand_on(reviewed: dict[int, tuple[_Stage, int]], card: int, to_card: int | None) -> None:
    """A reset makes the card new; a relink too, after another has taken over, which may be becoming new by it."""
    before = reviewed.pop(card, None)
    if to_card is None:
        return
    if before is None:
        reviewed.pop(to_card, None)
    else:
        reviewed[to_card] = before


# ── distributions ──────────────────────────────────────────────────────────────────────────────────


Histogram = tuple[tuple[Band, int], ...]


def bands(lows: Sequence[int]) -> list[Band]:
    """The bands that begin at these values; the last one is open."""
    return [*(Band(low, following - 1) for low, following in pairwise(lows)), Band(lows[-1], None)]


def histogram(counts: Iterable[tuple[int, int]], lows: Sequence[int]) -> Histogram:
    """How many there are in each band, from (value, how many); what lies below the first belongs to it."""
    totals = [0] * len(lows)
    for value, count in counts:
        totals[max(0, bisect_right(lows, value) - 1)] += count
    return tuple(zip(bands(lows), totals, strict=True))


class Forecast(NamedTuple):
    """Cards that were due before today, and those that will be on each day from today on."""

    overdue: int
    days: tuple[int, ...]

    @property
    def all(self) -> int:
        """Every card that comes up by the last of the days."""
        return self.overdue + sum(self.days)


def forecast(due: Iterable[tuple[int, int]], today: int, days: int = FORECAST_DAYS) -> Forecast:
    """What comes up on so many days from today on, from (due day, how many cards); what comes later is left out."""
    counts = [0] * days
    overdue = 0
    for day, count in due:
        if day < today:
            overdue += count
        elif day < today + days:
            counts[day - today] += count
    return Forecast(overdue, tuple(counts))


def shares(counts: Sequence[int], width: int) -> list[int]:
    """So many places shared out by size: they add up to `width`, and what is not nothing has at least one.

    The largest remainders get what rounding leaves over (Hamilton's method). All are 0 where all counts are;
    with less width than parts, each of the first parts has one place.
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    places = [max(1, count * width // total) if count else 0 for count in counts]
    while sum(places) < width:
        at = max(range(len(counts)), key=lambda each: (counts[each] * width - places[each] * total, counts[each]))
        places[at] += 1
    while sum(places) > width:
        at = max(range(len(counts)), key=lambda each: (places[each], each))
        places[at] -= 1
    return places


# ── the whole ──────────────────────────────────────────────────────────────────────────────────────


class Topic(NamedTuple):
    """How far a topic's cards have come; suspended ones count as nothing else.

    `deck` and `topic` are ids. Cards without a topic have none, and their deck's title.
    """

    deck: str
    deck_title: str
    topic: str
    title: str
    new: int
    learning: int
    """Cards met whose interval is below MATURE."""
    mature: int
    suspended: int

    @property
    def stages(self) -> tuple[int, int, int, int]:
        """Mature, learning, new, suspended: from what is known to what is not."""
        return self.mature, self.learning, self.new, self.suspended

    @property
    def cards(self) -> int:
        """All of them."""
        return sum(self.stages)


def by_deck(topics: Iterable[Topic]) -> list[Topic]:
    """One line a deck instead of one a topic, in the same order."""
    totals: dict[str, Topic] = {}
    for topic in topics:
        before = totals.get(topic.deck, Topic(topic.deck, topic.deck_title, "", topic.deck_title, 0, 0, 0, 0))
        counts = (mine + more for mine, more in zip(before[4:], topic[4:], strict=True))
        totals[topic.deck] = Topic(*before[:4], *counts)
    return list(totals.values())


class Hard(NamedTuple):
    """A card that does not come easily: its id, its whole prompt, its lapses and ease."""

    id: str
    prompt: str
    lapses: int
    ease: int
    suspended: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that `quizdock stats` shows of one learner.

    What was done (`days`, `retention`, the streaks) covers every deck, those that are followed no more as well,
    unless decks were named; what is to come and how far the cards have come covers the `decks` (their titles).
    """

    day: int
    decks: tuple[str, ...]
    due: int
    """Cards to repeat that are left today, as far as its limits go; `new` ones alike."""
    new: int
    streak: int
    longest: int
    days: Mapping[int, Today]
    """The days on which anything was done, the earliest first."""
    window: int
    """How many days up to today the charts of single days show."""
    since: int | None
    """The first study day that `retention` counts; None for the very first."""
    retention: Retention
    forecast: Forecast
    intervals: Histogram
    eases: Histogram
    hardest: tuple[Hard, ...]
    topics: tuple[Topic, ...]

    @property
    def today(self) -> Today:
        """What was done today."""
        return self.days.get(self.day, NOTHING_DONE)

    @property
    def total(self) -> Today:
        """What was done in all."""
        return Today(*(sum(figures) for figures in zip(*self.days.values(), strict=True))) if self.days else Today()

    @property
    def studied(self) -> int:
        """On how many days there was a review."""
        return sum(done.reviews > 0 for done in self.days.values())

    @property
    def shown(self) -> list[tuple[int, Today]]:
        """The days of the window, the last one being today."""
        return [(day, self.days.get(day, NOTHING_DONE)) for day in range(self.day - self.window + 1, self.day + 1)]

    @property
    def borders(self) -> tuple[int, ...]:
        """The fewest reviews of each of the calendar's levels, from those of a whole year, however much is shown."""
        first = monday(self.day) - 7 * (CALENDAR_WEEKS - 1)
        return level_borders(done.reviews for day, done in self.days.items() if day >= first)
