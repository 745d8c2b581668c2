"""What the figures of an item mean, in plain words.

The thresholds are conventions: those of facility and discrimination are near the ones in Moodle's documentation of its
quiz report and in Ebel's Essentials of Educational Measurement (1972).
"""

from collections.abc import Iterator
from math import sqrt

from quizdock.core.items import Option, Statistics
from quizdock.core.message import Message, msg

FEWEST = 10
"""Sittings below which nothing is said about an item: its figures are still little more than chance."""
TOO_EASY = 95
"""Facility, in percent, from which on an item tells nobody anything."""
TOO_HARD = 10
"""Facility up to which hardly anybody gets it."""
WEAK = 20
"""Discrimination, in percent, below which an item does not tell who knows the rest from who does not."""
SURE = 1.645
"""Standard errors that a difference must have to count: one in twenty would reach that by chance."""
FEWEST_CHOOSERS = 3
"""Learners who must have chosen an option before their other marks say anything."""

GOOD = msg("good")
TOO_FEW = msg("too few attempts to say anything")


def verdicts(item: Statistics, fewest: int = FEWEST) -> list[Message]:
    """Everything that is to be said about an item; that it is good, where there is nothing."""
    if item.facility is None:
        return []
    if item.n < fewest:
        return [TOO_FEW]
    return [*_about_key(item), *_about_facility(item), *_about_discrimination(item), *_about_options(item)] or [GOOD]


def accuses_key(item: Statistics, fewest: int = FEWEST) -> bool:
    """Whether the marks say that the key is wrong."""
    return item.n >= fewest and next(_about_key(item), None) is not None


def _about_key(item: Statistics) -> Iterator[Message]:
    """The better learners get it wrong: all in all, or by one wrong option."""
    clearly_below = -100 * SURE / sqrt(item.n - 1)
    if item.discrimination is not None and item.discrimination < clearly_below:
        yield msg("the better learners get this wrong: check the key")
        return
    right = [option for option in item.options if option.right]
    for option in item.options:
        if not option.right and len(right) == 1 and _is_clearly_better(option, right[0]):
            yield msg("the better learners choose “{option}”: check the key", option=option.text)


def _is_clearly_better(option: Option, other: Option) -> bool:
    """Whether those who chose the one did better in all the rest than those who chose the other (Welch's test)."""
    if min(option.chosen, other.chosen) < FEWEST_CHOOSERS or option.mean_rest is None or other.mean_rest is None:
        return False
    error = sqrt((option.rest_variance or 0.0) / option.chosen + (other.rest_variance or 0.0) / other.chosen)
    return option.mean_rest - other.mean_rest > 100 * SURE * error


def _about_facility(item: Statistics) -> Iterator[Message]:
    facility = item.facility or 0.0
    if facility >= TOO_EASY:
        yield msg("too easy")
    elif facility <= TOO_HARD:
        yield msg("too hard")
    if item.item.guess and facility < TOO_EASY and facility / 100 < _by_chance(item.item.guess, item.n):
        yield msg("guessable: hardly more are right than by chance")


def _by_chance(guess: float, n: int) -> float:
    """The share of right answers, 0-1, that chance alone still reaches now and then."""
    return guess + SURE * sqrt(guess * (1 - guess) / n)


def _about_discrimination(item: Statistics) -> Iterator[Message]:
    facility = item.facility or 0.0
    if item.discrimination is None or not TOO_HARD < facility < TOO_EASY:
        return
    if -100 * SURE / sqrt(item.n - 1) <= item.discrimination < WEAK:
        yield msg("does not tell who knows the rest")


def _about_options(item: Statistics) -> Iterator[Message]:
    for option in item.options:
        if not option.chosen and not option.right:
            yield msg("option “{option}” never chosen", option=option.text)
