"""Which card comes next: a session's plan, and its course as an immutable value.

Due cards come by relative overdueness, new cards in their decks' order; topics take turns, and the cards of a note
keep apart. Siblings, which answer each other, wait for another study day. Days are ordinals.
"""

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from quizdock.core.settings import NewOrder
from quizdock.core.sm2 import REPEAT_BELOW

Mode = Literal["study", "cram", "ahead", "mistakes"]
"""What a session asks: what the day holds, anything without moving a schedule, what the next days hold, mistakes."""

AHEAD = 20
"""How far down the order the plan looks for a card that suits better after the last one."""
APART = 5
"""How many cards of other notes should lie between two of the same note."""
UNBOUNDED = 1_000_000_000
"""More cards than any day has."""


class Candidate(NamedTuple):
    """A card that might be asked. A new card has neither interval (days) nor due day."""

    card: int
    deck: int
    topic: int
    siblings: str
    """What it has in common with the cards that answer each other: `note`, or `note#fact`."""
    interval: int = 0
    due: int = 0

    @property
    def is_new(self) -> bool:
        """Whether the learner has not met it."""
        return self.interval == 0

    @property
    def note(self) -> tuple[int, str]:
        """What it was derived from."""
        return self.deck, self.siblings.partition("#")[0]

    @property
    def family(self) -> tuple[int, str]:
        """Equal for siblings alone."""
        return self.deck, self.siblings

    def overdueness(self, day: int) -> float:
        """The days since it was due, in intervals: a day late is much for a card of two days, little for a year's."""
        return (day - self.due) / max(self.interval, 1)


class Room(NamedTuple):
    """How many new cards and how many due ones still fit."""

    new: int = UNBOUNDED
    due: int = UNBOUNDED

    def less(self, new: int, due: int) -> "Room":
        """What is left of it."""
        return Room(max(0, self.new - new), max(0, self.due - due))


EVERYTHING = Room()


class Rules(NamedTuple):
    """What bounds a plan: the day's room over all decks and by deck, and how cards are put in order."""

    day: int
    room: Room = EVERYTHING
    by_deck: Mapping[int, Room] = {}
    limit: int | None = None
    """Due and new cards together, in this session."""
    new_order: NewOrder = "mixed"
    bury_siblings: bool = True
    asked: Collection[tuple[int, str]] = ()
    """Families of the cards that were reviewed on this day."""


class Agenda(NamedTuple):
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
        return self.skipped() if grade < REPEAT_BELOW else self.dropped()

    def skipped(self) -> "Agenda":
        """The agenda with the current card put off until all the others were asked."""
        card = self.current
        after = self.dropped()
        return after if card is None else after._replace(repeats=(*after.repeats, card))

    def dropped(self) -> "Agenda":
        """The agenda without the current card."""
        if self.position < len(self.cards):
            return self._replace(position=self.position + 1)
        return self._replace(repeats=self.repeats[1:])

    def instead_of_the_last(self, card: int, alike: Collection[int]) -> "Agenda":
        """The agenda with this card first and without the last of those `alike`, so that no limit is exceeded.

        Where there is none, there was no room either: the agenda stays as it is.
        """
        last = next(
            (place for place in reversed(range(self.position, len(self.cards))) if self.cards[place] in alike), None
        )
        if last is None:
            return self
        return self._replace(cards=(*self.cards[:last], *self.cards[last + 1 :])).starting_with(card)

    def starting_with(self, card: int) -> "Agenda":
        """The agenda with this card before all the others, wherever it stood."""
        rest = (other for other in self.cards[self.position :] if other != card)
        return Agenda((card, *rest), tuple(other for other in self.repeats if other != card))


def plan(due: Iterable[Candidate], new: Iterable[Candidate], repeats: Iterable[int], rules: Rules) -> Agenda:
    """The agenda of a session. Limits bound due and new cards, never what comes back until it is known."""
    chosen_due, chosen_new = chosen(by_urgency(due, rules.day), new, rules)
    return Agenda(tuple(each.card for each in in_order(chosen_due, chosen_new, rules)), tuple(repeats))


def chosen(due: Iterable[Candidate], new: Iterable[Candidate], rules: Rules) -> tuple[list[Candidate], list[Candidate]]:
    """The due cards and the new ones that the day and the session have room for.

    The due ones come most urgent first (see `by_urgency`), the new ones in the order of learning; neither is read
    further than there is room. A new card waits while a sibling of it is asked or was reviewed that day. So does a due
    one, unless it has waited for an interval already: whatever its siblings do, it is never put off for longer.
    """
    most = UNBOUNDED if rules.limit is None else rules.limit
    families = set(rules.asked)
    chosen_due = _within(due, rules, families, "due", min(rules.room.due, most))
    chosen_new = _within(new, rules, families, "new", min(rules.room.new, most - len(chosen_due)))
    return chosen_due, chosen_new


def _within(
    candidates: Iterable[Candidate], rules: Rules, families: set[tuple[int, str]], kind: str, most: int
) -> list[Candidate]:
    """The first `most` that may be asked and that their decks have room for; adds their families."""
    taken: list[Candidate] = []
    by_deck: Counter[int] = Counter()
    for each in candidates if most > 0 else ():
        room: int = getattr(rules.by_deck.get(each.deck, rules.room), kind)
        if by_deck[each.deck] >= room or _must_wait(each, rules, families):
            continue
        taken.append(each)
        families.add(each.family)
        by_deck[each.deck] += 1
        if len(taken) >= most:
            break
    return taken


def _must_wait(each: Candidate, rules: Rules, families: Collection[tuple[int, str]]) -> bool:
    if not rules.bury_siblings or each.family not in families:
        return False
    return each.is_new or each.overdueness(rules.day) < 1


def in_order(due: Sequence[Candidate], new: Sequence[Candidate], rules: Rules) -> list[Candidate]:
    """All of them, the new ones where the learner wants them. Neither kind changes its own order by much."""
    spread = arranged(due)
    if rules.new_order == "first":
        return [*new, *spread]
    if rules.new_order == "last":
        return [*spread, *new]
    return list(_mixed(spread, new))


def _mixed(due: Sequence[Candidate], new: Sequence[Candidate]) -> Iterator[Candidate]:
    """The new cards evenly among the due ones; a session begins with a due one."""
    placed = [(place / len(due), 0, each) for place, each in enumerate(due)]
    placed += [((place + 0.5) / len(new), 1, each) for place, each in enumerate(new)]
    return (each for _place, _kind, each in sorted(placed, key=lambda entry: entry[:2]))


def arranged(cards: Iterable[Candidate]) -> list[Candidate]:
    """Nearly the same order, with topics taking turns and the cards of a note apart, as far as AHEAD cards allow."""
    waiting = deque(cards)
    row: list[Candidate] = []
    recent: deque[Candidate] = deque(maxlen=APART)
    while waiting:
        at = _best(waiting, recent)
        row.append(waiting[at])
        recent.append(waiting[at])
        del waiting[at]
    return row


def _best(waiting: Sequence[Candidate], recent: Sequence[Candidate]) -> int:
    """The place of the first card that differs most from the recent ones."""
    notes = {each.note for each in recent}
    topic = recent[-1].topic if recent else None
    window = range(min(AHEAD, len(waiting)))
    return min(window, key=lambda at: (waiting[at].note in notes, waiting[at].topic == topic, at))


def by_urgency(due: Iterable[Candidate], day: int) -> list[Candidate]:
    """The most overdue first, in intervals; those that are equally so in an order that is another one each day."""
    return sorted(due, key=lambda each: (-each.overdueness(day), shuffled(each.card, day)))


SHUFFLE_MODULUS = 2**31 - 1
SHUFFLE_FACTORS = 48_271, 69_621


def shuffled(card: int, day: int) -> int:
    """A number to put cards in order by, which looks drawn, and is the same all day.

    The square of a step of the generators of G. S. Fishman and L. R. Moore, 1986: whole numbers of 64 bits are enough
    for it, so that SQL can work it out as well.
    """
    drawn = (card * SHUFFLE_FACTORS[0] + day * SHUFFLE_FACTORS[1]) % SHUFFLE_MODULUS
    return drawn * drawn % SHUFFLE_MODULUS
