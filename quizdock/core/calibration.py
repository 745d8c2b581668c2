"""Whether a learner is as right as they are sure."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from quizdock.core.marking import Certainty, Mark

FEWEST = 4
"""Answers of one certainty below which nothing is said about it."""
NEGLIGIBLE = 0.03
"""A mean distance from the believed shares (0–1) up to which a learner counts as well calibrated."""

BELIEVED: Mapping[Certainty, tuple[float, float]] = {
    Certainty.GUESS: (0.0, 2 / 3),
    Certainty.FAIRLY: (2 / 3, 0.8),
    Certainty.SURE: (0.8, 1.0),
}
"""The share of right answers, 0–1, at which each certainty earns most (see marking.REWARD and LOSS): p for a guess,
4p − 2 fairly, 9p − 6 sure."""


class Judgement(Enum):
    """What a share of right answers says about how sure the learner was."""

    WELL = "well calibrated"
    OVER = "over-confident"
    UNDER = "under-confident"
    TOO_FEW = "too few answers"


class Band(NamedTuple):
    """The answers of one certainty: how many, what share of them was right (0–1), and what that says."""

    certainty: Certainty
    answers: int
    right: float | None
    judgement: Judgement


class Calibration(NamedTuple):
    """The three certainties, the least sure first, and what they say together."""

    bands: tuple[Band, ...]
    judgement: Judgement


def calibration(marks: Iterable[Mark]) -> Calibration:
    """How sure the learner was against how right; what was not answered, or has no certainty, does not count."""
    answered = [mark for mark in marks if mark.credit is not None and mark.certainty is not None]
    bands = tuple(
        _band(certainty, [mark.credit or 0.0 for mark in answered if mark.certainty is certainty])
        for certainty in Certainty
    )
    return Calibration(bands, _together(bands))


def _band(certainty: Certainty, earned: list[float]) -> Band:
    if not earned:
        return Band(certainty, 0, None, Judgement.TOO_FEW)
    right = sum(earned) / len(earned)
    distance = _distance(certainty, right)
    if len(earned) < FEWEST:
        return Band(certainty, len(earned), right, Judgement.TOO_FEW)
    return Band(certainty, len(earned), right, _judged(distance, 0.0))


def _distance(certainty: Certainty, right: float) -> float:
    """How far the share lies outside of what was believed: below 0 for too sure, above for not sure enough."""
    low, high = BELIEVED[certainty]
    return min(right - low, 0.0) + max(right - high, 0.0)


def _judged(distance: float, negligible: float) -> Judgement:
    if abs(distance) <= negligible:
        return Judgement.WELL
    return Judgement.OVER if distance < 0 else Judgement.UNDER


def _together(bands: tuple[Band, ...]) -> Judgement:
    """By the mean distance over all answers: being too sure here makes up for being too unsure there."""
    answers = sum(band.answers for band in bands)
    if answers < FEWEST:
        return Judgement.TOO_FEW
    total = sum(band.answers * _distance(band.certainty, band.right) for band in bands if band.right is not None)
    return _judged(total / answers, NEGLIGIBLE)
