"""Which card comes next: due cards, then new ones, then the day's repeats until each is known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quizdock.core.sm2 import REPEAT_BELOW

NEW_A_DAY = 10
"""New cards a study day, unless the learner asks for another number."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is still to be asked, as card numbers. A value: an earlier one undoes whatever came after it."""

    cards: tuple[int, ...]
    repeats: tuple[int, ...] = ()
    position: int = 0

    @property
    def current(self) -> int | None:
        """The card to ask now, or None at the end."""
        if self.position < len(self.cards):
            return self.cards[self.position]
        return self.repeats[0] if self.repeats else None

    @property
    def left(self) -> int:
        """How many cards are still to be asked, the current one included."""
        return len(self.cards) - self.position + len(self.repeats)

    def answered(self, grade: int) -> "Agenda":
        """The agenda after the current card was graded: below 4 it comes back after all the others."""
        card = self.current
        after = self._without_current()
        if card is None or grade >= REPEAT_BELOW:
            return after
        return replace(after, repeats=(*after.repeats, card))

    def skipped(self) -> "Agenda":
        """The agenda with the current card put off until all the others were asked."""
        card = self.current
        after = self._without_current()
        return after if card is None else replace(after, repeats=(*after.repeats, card))

    def starting_with(self, card: int) -> "Agenda":
        """The agenda with this card before all the others, wherever it stood."""
        rest = (other for other in self.cards[self.position :] if other != card)
        return Agenda((card, *rest), tuple(other for other in self.repeats if other != card))

    def _without_current(self) -> "Agenda":
        if self.position < len(self.cards):
            return replace(self, position=self.position + 1)
        return replace(self, repeats=self.repeats[1:])


def plan(due: Iterable[int], new: Iterable[int], repeats: Iterable[int], limit: int | None = None) -> Agenda:
    """The agenda of a session; `limit` bounds the due and new cards together, never the day's repeats."""
    cards = (*due, *new)
    return Agenda(cards if limit is None else cards[:limit], tuple(repeats))


def new_left(allowance: int, introduced_today: int, extra: int | None) -> int:
    """How many new cards a session may bring: the day's allowance less what it already used.

    `extra`, the learner's wish for this session, counts from now on and replaces the allowance.
    """
    return max(0, allowance - introduced_today) if extra is None else extra
