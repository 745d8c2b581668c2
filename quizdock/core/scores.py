"""What exams leave behind: how a learner did in a deck, in a topic, from the first attempt to the latest."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from quizdock.core.marking import Mark, Rules, result

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
    return _rows((each, (mark.place.deck, "", ""), mark) for each in sat for mark in each.marks)


def by_topic(sat: Iterable[Sat]) -> list[Row]:
    """A row for each learner and topic."""
    return _rows(
        (each, (mark.place.deck, mark.place.topic, mark.place.title), mark) for each in sat for mark in each.marks
    )


def _rows(marked: Iterable[tuple[Sat, tuple[str, str, str], Mark]]) -> list[Row]:
    rows: dict[tuple[str, str, str], Row] = {}
    groups: dict[int, tuple[Sat, dict[tuple[str, str, str], list[Mark]]]] = {}
    for sat, key, mark in marked:
        groups.setdefault(id(sat), (sat, {}))[1].setdefault(key, []).append(mark)
    for sat, group in groups.values():
        for (deck, topic, title), marks in group.items():
            _add(rows, sat, deck, topic, title, marks)
    return sorted(rows.values(), key=lambda row: (row.learner, row.who, row.title))


def _add(rows: dict[tuple[str, str, str], Row], sat: Sat, deck: str, topic: str, title: str, marks: list[Mark]) -> None:
    found = result(marks, sat.rules)
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
