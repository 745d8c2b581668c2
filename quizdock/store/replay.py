"""The whole journal replayed into the schedules, held cards and daily figures, and compared with what they are.

Cards are replayed one after another in the order of their numbers, and compared some at a time, so that neither events
nor states are ever held all together. What is held are the figures of days, and the cards that re-linking ties to
others: these need the journal's own order.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from quizdock.core.journal import UNTOUCHED, Kind, Past, State, Today, add_to_day, replay, step
from quizdock.core.message import msg
from quizdock.core.tuples import maker
from quizdock.store.database import DamagedError, Database, Row

CardKey = tuple[int, int]
"""A learner and a card."""
DayKey = tuple[int, int, int]
"""A learner, a study day and a deck."""
Progress = Callable[[int], None]
"""Is told now and then how many events have been replayed."""

EVENTS_BETWEEN = 50_000
"""After how many events progress is told."""
CARDS_AT_ONCE = 10_000
"""How many cards' states are held and compared together."""
_CARD_BITS = 40  # learner and card in one number: SQLite sorts a million events by it in 0.5 s less than by two
_FIRST, _LAST = (0, 0), (2**63 - 1, 2**63 - 1)

_STANDS = "kind <> 3 AND (device, seq) NOT IN (SELECT of_device, of_seq FROM event WHERE kind = 3)"
_TIED = (
    "(SELECT card, learner FROM event WHERE to_card IS NOT NULL"
    " UNION SELECT to_card, learner FROM event WHERE to_card IS NOT NULL)"
)
HAPPENED = "learner, kind, day, card, card.deck, grade, milliseconds, to_card"
"""The columns of an event joined with its card, as `replayed` reads them."""
_KINDS = {int(kind): kind for kind in Kind}  # looking one up takes a tenth of the time of Kind(number)
_past = maker(Past)


class _Table(NamedTuple):
    """A cache by its name, and its columns: those of its key, which are so many, and all others."""

    name: str
    width: int
    key: str
    values: str


_SCHEDULE = _Table("schedule", 2, "learner, card", "repetitions, interval, ease, due, reviewed, repeat_day, lapses")
_HELD = _Table("held", 2, "learner, card", "suspended, buried")
_DAILY = _Table("daily", 3, "learner, day, deck", "new, reviews, drills, milliseconds")
_BETWEEN = "(learner, card) > (?, ?) AND (learner, card) <= (?, ?)"
_DONE = "(new OR reviews OR drills)"  # an undo may leave an empty day behind


class Replay:
    """Replays the journal of a database, all in one transaction of the caller's, and counts what it comes upon."""

    def __init__(self, database: Database, *, mend: bool, progress: Progress | None = None) -> None:
        """Read through the database, and where `mend` says so, put right what is wrong."""
        self._database = database
        self._mend = mend
        self._progress = progress
        self._events = 0
        self._days: dict[tuple[int, int], dict[int, Today]] = {}  # by learner and deck
        self._decks: dict[int, int] = {}
        self.schedules = 0
        """Cards that have a schedule."""
        self.wrong = 0
        """Rows of the caches that were not as the journal says."""

    def run(self) -> None:
        """Replay everything once. Raises DamagedError for events that cannot have happened."""
        with closing(self._alone()) as alone, possible():
            for low, high, states in _stretches(self._in_order(alone)):
                schedules = {key: (*each.schedule, *each[1:]) for key, (each, *_rest) in states.items() if each}
                held = {key: (int(each.suspended), each.buried) for key, each in states.items() if _is_held(each)}
                self.schedules += len(schedules)
                self._settle(_SCHEDULE, schedules, _BETWEEN, (*low, *high))
                self._settle(_HELD, held, _BETWEEN, (*low, *high))
        days = {(learner, day, deck): each for (learner, deck), of in self._days.items() for day, each in of.items()}
        self._settle(_DAILY, days, _DONE)
        if self._mend:
            self._database.execute(f"DELETE FROM daily WHERE NOT {_DONE}")

    def _in_order(self, alone: Iterator[tuple[CardKey, State]]) -> Iterator[tuple[CardKey, State]]:
        """All cards that anything happened to, those that are tied to others put in their places."""
        tied = self._tied()
        return merge(sorted(tied.items()), alone, key=itemgetter(0)) if tied else alone

    def _alone(self) -> Generator[tuple[CardKey, State], None, None]:
        """The cards that are tied to no other, in the order of learners and cards."""
        happened = self._database.each(
            f"SELECT learner << {_CARD_BITS} | card AS place, kind, day, grade, milliseconds FROM event WHERE {_STANDS}"
            f" AND (card, learner) NOT IN {_TIED} ORDER BY place, device, seq"
        )
        with closing(happened):  # an error in between leaves no query open
            for place, of_card in groupby(happened, key=itemgetter(0)):
                learner, card = divmod(place, 1 << _CARD_BITS)
                yield (learner, card), self._replayed(learner, card, of_card)

    def _replayed(self, learner: int, card: int, rows: Iterable[Row]) -> State:
        events = [_past((_KINDS[kind], day, grade or 0, spent or 0)) for _place, kind, day, grade, spent in rows]
        days = self._days.setdefault((learner, self._deck(card)), {})
        self._count(len(events))
        state, _days = replay(events, UNTOUCHED, days)
        return state

    def _tied(self) -> dict[CardKey, State]:
        """The cards that have taken over from others, or handed over to them."""
        states, days = replayed(
            self._database.each(
                f"SELECT {HAPPENED} FROM event JOIN card ON card.id = event.card"
                f" WHERE {_STANDS} AND (card, learner) IN {_TIED}"
                " ORDER BY device, seq"
            )
        )
        for (learner, day, deck), gained in days.items():
            add_to_day(self._days.setdefault((learner, deck), {}), day, gained)
        return states

    def _deck(self, card: int) -> int:
        """The card's deck. Those of the cards after it come along: they are asked for next."""
        if card not in self._decks:
            rows = self._database.rows(
                "SELECT id, deck FROM card WHERE id >= ? ORDER BY id LIMIT ?", [card, CARDS_AT_ONCE]
            )
            self._decks = dict(rows)
        return self._decks[card]

    def _count(self, more: int) -> None:
        before, self._events = self._events, self._events + more
        if self._progress and before // EVENTS_BETWEEN < self._events // EVENTS_BETWEEN:
            self._progress(self._events)

    def _settle(self, table: _Table, right: Mapping[Row, Row], where: str, bounds: Row = ()) -> None:
        """Compare a cache's rows, those of a condition, with what they should be."""
        found = self._database.rows(f"SELECT {table.key}, {table.values} FROM {table.name} WHERE {where}", bounds)
        cached = {row[: table.width]: row[table.width :] for row in found}
        surplus = cached.keys() - right.keys()
        lacking = [(*key, *row) for key, row in right.items() if cached.get(key) != row]
        self.wrong += len(surplus) + len(lacking)
        if self._mend:
            self._put(table, lacking)
            self._drop(table, surplus)

    def _put(self, table: _Table, rows: Sequence[Row]) -> None:
        columns = f"{table.key}, {table.values}"
        marks = ", ".join("?" for _column in columns.split(","))
        self._database.executemany(f"INSERT OR REPLACE INTO {table.name} ({columns}) VALUES ({marks})", rows)

    def _drop(self, table: _Table, keys: Iterable[Row]) -> None:
        marks = ", ".join("?" for _column in table.key.split(","))
        self._database.executemany(f"DELETE FROM {table.name} WHERE ({table.key}) = ({marks})", keys)


def _stretches(
    states: Iterator[tuple[CardKey, State]],
) -> Iterator[tuple[CardKey, CardKey, dict[CardKey, State]]]:
    """Some states at a time, and between which keys they are, the second included: together they leave none out."""
    low = _FIRST
    while some := dict(islice(states, CARDS_AT_ONCE)):
        high = next(reversed(some))
        yield low, high, some
        low = high
    yield low, _LAST, {}


def _is_held(state: State) -> bool:
    return state.suspended or state.buried is not None


@contextmanager
def possible() -> Iterator[None]:
    """Events that cannot have happened, which damage alone can have made, are a readable error."""
    try:
        yield
    except (LookupError, ValueError, TypeError, ArithmeticError) as error:
        raise DamagedError(
            msg("the journal holds what cannot have happened: the database is damaged"),
            msg("To get back what can be had: quizdock restore"),
        ) from error


def replayed(events: Iterable[Row]) -> tuple[dict[CardKey, State], dict[DayKey, Today]]:
    """The state of each learner's card, and the figures of each learner's day in each deck, that the events give.

    They are rows of learner, kind, day, card, deck, grade, milliseconds, to_card, in the journal's order. Raises
    DamagedError for events that cannot have happened.
    """
    states: dict[CardKey, State] = {}
    days: dict[DayKey, Today] = {}
    with possible():
        for learner, kind, day, card, deck, grade, milliseconds, to_card in events:
            before = states.get((learner, card), UNTOUCHED)
            if to_card is not None:
                states[learner, to_card] = before
            states[learner, card], gained = step(before, Past(_KINDS[kind], day, grade or 0, milliseconds or 0))
            add_to_day(days, (learner, day, deck), gained)
    return states, days
