"""What can be set, its default, and what each key means. Values come from options, the environment or a file."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

NewOrder = Literal["mixed", "first", "last"]
GradeKeys = Literal["six", "four"]

LANGUAGES = ("en", "fr")
"""The interface's languages."""


class DeckSettings(NamedTuple):
    """One deck's own limits a study day; None leaves the deck to the common limit."""

    new_per_day: int | None = None
    reviews_per_day: int | None = None


class Settings(NamedTuple):
    """Every setting, with the value it has where nobody said another one."""

    learner: str = ""
    """Who studies when nobody is named; empty for the system's user."""
    lang: str = ""
    """The interface's language; empty for the locale's."""
    new_per_day: int = 10
    """New cards a study day, over all decks."""
    reviews_per_day: int = 200
    """Due cards a study day, over all decks."""
    new_order: NewOrder = "mixed"
    """Where a session asks its new cards: among the due ones, before or after them."""
    bury_siblings: bool = True
    """Whether the siblings of a card that was asked wait until the next study day."""
    grade_keys: GradeKeys = "six"
    """Six keys, 0 to 5, or four: 1 again, 2 hard, 3 good, 4 easy."""
    exam_mistakes: bool = False
    """Whether the cards of an exam's mistakes come due in study at once."""
    rollover: int = 4
    """The local hour at which a study day begins."""
    leech_after: int = 8
    """Lapses from which on a card is a leech."""
    decks: Mapping[str, DeckSettings] = {}
    """What single decks have of their own, by their ids."""


DEFAULTS = Settings()
