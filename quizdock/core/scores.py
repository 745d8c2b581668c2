"""What exams leave behind: how a learner did in a deck, in a topic, from the first attempt to the latest."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from quizdock.core.marking import Mark, Place, Rules, result

LONGEST_TREND = 12
"""Attempts that a trend shows, the latest of them."""
_BLOCKS = "▁▂▃▄▅▆▇█"


class Sat(NamedTuple):
    """One finished attempt: who sat it (an identity, and a name), on which study day, and its marks."""

    who: str
    learner: str
    day: int
    rules: Rules
    decks: Mapping[str, str]
    """Titles by ids."""
    marks: tuple[Mark, ...]


class Row(NamedTuple):
    """How a learner did in a deck or in one of its topics (else empty), over all attempts that had questions of it.

    Percentages are 0-100, in the order of time.
    """

    who: str
    learner: str
    deck: str
    title: str
    topic: str
    topic_title: str
    percents: tuple[float, ...]
    passed: bool
    """Whether the latest reached its pass mark."""
    day: int
    """The study day of the latest."""

    @property
    def first(self) -> float:
        """The first percentage."""
        return self.percents[0]

    @property
    def best(self) -> float:
        """The highest."""
        return max(self.percents)

    @property
    def latest(self) -> float:
        """The last."""
        return self.percents[-1]

    @property
    def trend(self) -> str:
        """A block for each of the latest attempts, as high as its percentage; empty for a single one."""
        return sparkline(self.percents[-LONGEST_TREND:]) if len(self.percents) > 1 else ""


def sparkline(percents: Iterable[float]) -> str:
    """A block for each percentage, 0-100."""
    return "".join(_BLOCKS[min(int(percent * len(_BLOCKS) / 100), len(_BLOCKS) - 1)] for percent in percents)


def by_deck(sat: Iterable[Sat]) -> list[Row]:
    """A row for each learner and deck; an attempt over several decks counts for each by that deck's questions."""
    return _rows(sat, lambda place: Place(place.deck, "", ""))


def by_topic(sat: Iterable[Sat]) -> list[Row]:
    """A row for each learner and topic."""
    return _rows(sat, lambda place: place)


def _rows(sat: Iterable[Sat], group_of: Callable[[Place], Place]) -> list[Row]:
    rows: dict[tuple[str, str, str], Row] = {}
    for each in sat:
        groups: dict[Place, list[Mark]] = {}
        for mark in each.marks:
            groups.setdefault(group_of(mark.place), []).append(mark)
        for place, marks in groups.items():
            _add(rows, each, place, marks)
    return sorted(rows.values(), key=lambda row: (row.learner, row.who, row.title))


def _add(rows: dict[tuple[str, str, str], Row], sat: Sat, place: Place, marks: list[Mark]) -> None:
    found = result(marks, sat.rules)
    deck, topic, title = place
    key = (sat.who, deck, topic)
    before = rows[key].percents if key in rows else ()
    rows[key] = Row(
        sat.who,
        sat.learner,
        deck,
        sat.decks.get(deck, deck),
        topic,
        title,
        (*before, found.score.percent),
        found.passed,
        sat.day,
    )
