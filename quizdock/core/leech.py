"""Leeches: cards that are forgotten again and again."""

AGAIN_AFTER = 4
"""Lapses after which the learner is told once more."""


def tells(lapses: int, threshold: int) -> bool:
    """Whether this lapse is one to tell: the `threshold`th, and every fourth from there."""
    return lapses >= threshold and (lapses - threshold) % AGAIN_AFTER == 0
