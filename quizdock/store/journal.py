"""The journal of what learners do, and the schedules and daily figures that it makes.

Every change is one immediate transaction: the event is appended, the caches follow, and only when this module
returns may anybody say "saved". `rebuild` makes the caches anew from the journal alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from quizdock.core.errors import QuizDockError
from quizdock.core.journal import (
    NOTHING_DONE,
    UNTOUCHED,
    Answer,
    Kind,
    Past,
    Standing,
    State,
    Today,
    brought_forward,
    step,
)
from quizdock.core.message import msg
from quizdock.core.sm2 import Schedule
from quizdock.store.database import Database, Row
from quizdock.store.frontier import Frontier
from quizdock.store.learners import NAMED, removed_meanwhile

if TYPE_CHECKING:
    from quizdock.store.replay import Progress, Replay

HERE = 1
"""The number of this database's own device."""

STANDING = "repetitions, interval, ease, due, reviewed, repeat_day, lapses"
"""The columns of a standing, as `standing_of` reads them."""
STANDS = (
    "NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.card = event.card AND undo.kind = 3"
    " AND undo.of_device = event.device AND undo.of_seq = event.seq)"
)
STATE = f"suspended, buried, {STANDING}"
"""The columns of a state, as `state_of` reads them."""
JOIN_STATE = (
    "LEFT JOIN held ON held.learner = ?1 AND held.card = ?2"
    " LEFT JOIN schedule ON schedule.learner = ?1 AND schedule.card = ?2"
)
_EVENT = "SELECT device, seq, kind, at, day, card, grade, milliseconds, response, to_card FROM event"


class Moment(NamedTuple):
    """When something happened: milliseconds since 1970 (UTC), and the study day it counts for."""

    at: int
    day: int


class Key(NamedTuple):
    """What names an event everywhere: its device and that device's sequence number."""

    device: int
    seq: int


class Event(NamedTuple):
    """One event as the journal keeps it; what its kind does not have is None."""

    key: Key
    kind: Kind
    when: Moment
    card: int
    grade: int | None
    milliseconds: int | None
    response: str | None
    to_card: int | None

    @property
    def past(self) -> Past:
        """What it does to its card."""
        return Past(self.kind, self.when.day, self.grade or 0, self.milliseconds or 0)


class Difference(NamedTuple):
    """What `rebuild` found: events replayed, and rows of the caches that were not as the journal says."""

    events: int
    schedules: int
    wrong: int


class Journal:
    """Appends what learners do, and tells what that made of cards and days."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self._database = database
        self._frontier = Frontier(database)

    def answer(self, learner: int, answer: Answer, when: Moment) -> tuple[Key, Standing | None, Kind]:
        """Append a graded answer; returns its key, the card's standing, and what it counted as.

        What counts is the standing at the moment of writing: if another session reviewed the card meanwhile,
        this answer is a drill. Raises QuizDockError for a learner who was removed.
        """
        with self._database.transaction():
            key, deck, before = self._place(learner, answer.card)
            after, gained = step(State(before), Past(answer.kind, when.day, answer.grade, answer.milliseconds))
            kind = Kind.REVIEW if gained.reviews else max(answer.kind, Kind.DRILL)
            self._write(key, learner, kind, when, answer.card, answer)
            self._move(learner, answer.card, before, after.standing)
            self._add((learner, when.day, deck), gained)
            if gained.new:
                self._frontier.advance(learner, deck)
        return key, after.standing, kind

    def record(self, learner: int, kind: Kind, card: int, when: Moment) -> Key:
        """Append that a card was suspended, resumed, buried or reset. Raises QuizDockError for a removed learner."""
        with self._database.transaction():
            key = self._append(learner, kind, when, card)
            self._put_states(learner, [card])
        return key

    def bring_forward(self, learner: int, cards: Sequence[int], when: Moment) -> list[Key]:
        """Append that these cards are due on this day, for those that are not so already: all of them or none.

        Raises QuizDockError for a learner who was removed.
        """
        with self._database.transaction():
            each_once = dict.fromkeys(cards)
            waiting = [card for card in each_once if not _is_due(self.standing(learner, card), when.day)]
            keys = [self._append(learner, Kind.DUE, when, card) for card in waiting]
            self._put_states(learner, waiting)
        return keys

    def relink(self, learner: int, old: int, new: int, when: Moment) -> Key:
        """Append that one card takes over what another has reached, which is as good as untouched from then on.

        Raises QuizDockError where both are the same card, and for a learner who was removed.
        """
        (key,) = self.relink_all({learner: [(old, new)]}, when)
        return key

    def relink_all(self, pairs: Mapping[int, Sequence[tuple[int, int]]], when: Moment) -> list[Key]:
        """The same for many pairs (old card, new card) of each learner: all of them or none."""
        with self._database.transaction():
            return [key for learner in pairs for key in self._relink(learner, pairs[learner], when)]

    def _relink(self, learner: int, pairs: Sequence[tuple[int, int]], when: Moment) -> list[Key]:
        if any(old == new for old, new in pairs):
            raise QuizDockError(msg("a card cannot take over from itself"))
        keys = [self._append(learner, Kind.RELINK, when, old, to_card=new) for old, new in pairs]
        self._put_states(learner, [card for pair in pairs for card in pair])
        return keys

    def undo(self, learner: int, event: Key, when: Moment) -> Event | None:
        """Take back an event by a compensating one; returns what was taken back, None if somebody already did.

        The states and figures of all cards that it touched are replayed from the events that remain: without its
        first answer, a card was met on the day of its second.
        """
        with self._database.transaction():
            return self._take_back(learner, self.event(event), when) if self.stands(event) else None

    def undo_last(self, learner: int, when: Moment) -> Event | None:
        """Take back the learner's last event of this study day that still stands; None if there is none."""
        with self._database.transaction():
            last = self.last(learner, when.day)
            return self._take_back(learner, last, when) if last else None

    def _take_back(self, learner: int, undone: Event, when: Moment) -> Event:
        cards = self._connected(learner, [undone.card])
        _states, before = self._replayed_cards(learner, cards)
        self._append(learner, Kind.UNDO, when, undone.card, of=undone.key)
        states, after = self._replayed_cards(learner, cards)
        for card in cards:
            self._put_state(learner, card, states.get((learner, card), UNTOUCHED))
        for key in before.keys() | after.keys():
            self._add(key, after.get(key, NOTHING_DONE).plus(before.get(key, NOTHING_DONE), -1))
        return undone

    def event(self, key: Key) -> Event:
        """The event with this key."""
        (row,) = self._database.rows(f"{_EVENT} WHERE device = ? AND seq = ?", key)
        return event_of(row)

    def stands(self, key: Key) -> bool:
        """Whether the event has not been taken back."""
        return bool(self._database.value(f"SELECT {STANDS} FROM event WHERE device = ? AND seq = ?", key))

    def last(self, learner: int, day: int) -> Event | None:
        """The learner's last event of this study day that still stands, if it was written here."""
        row = self._database.row(
            f"{_EVENT} WHERE device = ?1 AND learner = ?2 AND day = ?3 AND kind <> 3 AND {STANDS}"
            " AND seq > coalesce((SELECT seq FROM event WHERE device = ?1 AND learner = ?2 AND day < ?3"
            " ORDER BY seq DESC LIMIT 1), 0)"  # max(seq) would read the whole journal
            " ORDER BY seq DESC LIMIT 1",
            [HERE, learner, day],
        )
        return event_of(row) if row else None

    def state(self, learner: int, card: int) -> State:
        """All that the learner's events have made of the card."""
        row = self._database.row(f"SELECT {STATE} FROM card {JOIN_STATE} WHERE card.id = ?2", [learner, card])
        assert row is not None, f"card {card} is never deleted"
        return state_of(row)

    def standing(self, learner: int, card: int) -> Standing | None:
        """Where the learner's card stands; None for a new one."""
        row = self._database.row(
            f"SELECT {STANDING} FROM schedule WHERE learner = ? AND card = ?",
            [learner, card],
        )
        return standing_of(row) if row else None

    def on_day(self, learner: int, day: int) -> Today:
        """What the learner did on a study day, over all decks."""
        row = self._database.row(
            "SELECT coalesce(sum(new), 0), coalesce(sum(reviews), 0), coalesce(sum(drills), 0),"
            " coalesce(sum(milliseconds), 0) FROM daily WHERE learner = ? AND day = ?",
            [learner, day],
        )
        return Today(*(row or (0, 0, 0, 0)))

    def by_deck(self, learner: int, day: int) -> dict[int, Today]:
        """The same, deck by deck."""
        rows = self._database.rows(
            "SELECT deck, new, reviews, drills, milliseconds FROM daily WHERE learner = ? AND day = ?", [learner, day]
        )
        return {deck: Today(*done) for deck, *done in rows}

    def studied_days(self, learner: int) -> Iterator[int]:
        """The study days with a review, latest first."""
        rows = self._database.each(
            "SELECT DISTINCT day FROM daily WHERE learner = ? AND reviews > 0 ORDER BY day DESC", [learner]
        )
        return (day for (day,) in rows)

    def decks_begun(self, learner: int) -> set[int]:
        """The numbers of the decks of which the learner has answered a card."""
        return {deck for (deck,) in self._database.rows("SELECT DISTINCT deck FROM daily WHERE learner = ?", [learner])}

    def has_begun(self, learner: int) -> bool:
        """Whether the learner has ever answered anything."""
        return self._database.row("SELECT 1 FROM daily WHERE learner = ? LIMIT 1", [learner]) is not None

    def events(self) -> int:
        """How many events there are."""
        count: int = self._database.value("SELECT count(*) FROM event")
        return count

    def rebuild(self, progress: "Progress | None" = None) -> Difference:
        """Replay the journal into the schedules and daily figures; returns how many rows were not as they should be."""
        from quizdock.store.replay import Replay

        with self._database.transaction():
            difference = self._replayed(Replay(self._database, mend=True, progress=progress))
            self._frontier.renew()
        return difference

    def compare(self, progress: "Progress | None" = None) -> Difference:
        """What `rebuild` would find, with nothing written."""
        from quizdock.store.replay import Replay

        with self._database.snapshot():
            return self._replayed(Replay(self._database, mend=False, progress=progress))

    def _replayed(self, replay: "Replay") -> Difference:
        replay.run()
        return Difference(self.events(), replay.schedules, replay.wrong)

    def _append(
        self,
        learner: int,
        kind: Kind,
        when: Moment,
        card: int,
        answer: Answer | None = None,
        *,
        of: Key | None = None,
        to_card: int | None = None,
    ) -> Key:
        key, _deck, _standing = self._place(learner, card)
        self._write(key, learner, kind, when, card, answer, of=of, to_card=to_card)
        return key

    def _place(self, learner: int, card: int) -> tuple[Key, int, Standing | None]:
        """The next event's key, the card's deck, and where the learner's card stands, in one query.

        Raises QuizDockError for a learner who was removed.
        """
        row = self._database.row(
            f"SELECT (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE device = {HERE}), deck, {STANDING}"
            " FROM learner CROSS JOIN card LEFT JOIN schedule ON schedule.learner = ?1 AND schedule.card = ?2"
            f" WHERE learner.id = ?1 AND card.id = ?2 AND {NAMED}",
            [learner, card],
        )
        if row is None:
            raise removed_meanwhile()
        return Key(HERE, row[0]), row[1], _standing(row[2:])

    def _write(
        self,
        key: Key,
        learner: int,
        kind: Kind,
        when: Moment,
        card: int,
        answer: Answer | None = None,
        *,
        of: Key | None = None,
        to_card: int | None = None,
    ) -> None:
        given = (answer.grade, answer.milliseconds, answer.response, answer.hash) if answer else (None,) * 4
        self._database.execute(
            "INSERT INTO event (device, seq, learner, kind, at, day, card, grade, milliseconds, response, hash,"
            " of_device, of_seq, to_card) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*key, learner, int(kind), *when, card, *given, *(of or (None, None)), to_card],
        )

    def _put_states(self, learner: int, cards: Iterable[int]) -> None:
        """Bring what is kept of these cards to what their events make of them."""
        connected = self._connected(learner, cards)
        states, _figures = self._replayed_cards(learner, connected)
        for card in connected:
            self._put_state(learner, card, states.get((learner, card), UNTOUCHED))

    def _replayed_cards(
        self, learner: int, cards: Iterable[int]
    ) -> tuple[dict[tuple[int, int], State], dict[tuple[int, int, int], Today]]:
        """What `rebuild` would make of these cards alone; none of them has taken over from another than these."""
        from quizdock.store.replay import HAPPENED, replayed

        some = ", ".join(map(str, cards))
        return replayed(
            self._database.rows(
                f"SELECT {HAPPENED} FROM event JOIN card ON card.id = event.card WHERE kind <> 3"
                f" AND event.card IN ({some}) AND learner = ? AND {STANDS} ORDER BY device, seq",
                [learner],
            )
        )

    def _connected(self, learner: int, cards: Iterable[int]) -> set[int]:
        """The cards, and those that have taken over from them or handed over to them, directly or not."""
        links = self._database.rows(
            "SELECT card, to_card FROM event WHERE to_card IS NOT NULL AND learner = ?", [learner]
        )
        found = set(cards)
        while more := {each for link in links if found & set(link) for each in link} - found:
            found |= more
        return found

    def _put_state(self, learner: int, card: int, state: State) -> None:
        self._put_standing(learner, card, state.standing)
        if state.standing is None and not state.suspended:
            self._frontier.lower(learner, card)
        if state._replace(standing=None) == UNTOUCHED:
            self._database.execute("DELETE FROM held WHERE learner = ? AND card = ?", [learner, card])
            return
        self._database.execute(
            "INSERT OR REPLACE INTO held (learner, card, suspended, buried) VALUES (?, ?, ?, ?)",
            [learner, card, int(state.suspended), state.buried],
        )

    def _move(self, learner: int, card: int, before: Standing | None, after: Standing | None) -> None:
        """Put a standing in the place of another: to replace a row as a whole takes half as long again."""
        if before is None or after is None:
            self._put_standing(learner, card, after)
        elif after != before:
            self._database.execute(
                "UPDATE schedule SET repetitions = ?, interval = ?, ease = ?, due = ?, reviewed = ?, repeat_day = ?,"
                " lapses = ? WHERE learner = ? AND card = ?",
                [*after.schedule, *after[1:], learner, card],
            )

    def _put_standing(self, learner: int, card: int, standing: Standing | None) -> None:
        if standing is None:
            self._database.execute("DELETE FROM schedule WHERE learner = ? AND card = ?", [learner, card])
            return
        self._database.execute(
            "INSERT OR REPLACE INTO schedule"
            " (learner, card, repetitions, interval, ease, due, reviewed, repeat_day, lapses)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [learner, card, *standing.schedule, *standing[1:]],
        )

    def _add(self, key: tuple[int, int, int], gained: Today) -> None:
        """Add to the figures of a learner's day in a deck."""
        self._database.execute(
            "INSERT INTO daily VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (learner, day, deck) DO UPDATE SET new = new + excluded.new,"
            " reviews = reviews + excluded.reviews, drills = drills + excluded.drills,"
            " milliseconds = milliseconds + excluded.milliseconds",
            [*key, *gained],
        )


def _is_due(standing: Standing | None, day: int) -> bool:
    """Whether bringing the card forward to this day would change nothing."""
    return standing is not None and brought_forward(standing, day) == standing


def standing_of(row: Sequence[Any]) -> Standing:
    """The standing in a row of the columns STANDING."""
    return Standing(Schedule(*row[:4]), *row[4:])


def _standing(row: Sequence[Any]) -> Standing | None:
    """The same where the columns may be those of a card that nobody has met."""
    return None if row[0] is None else standing_of(row)


def state_of(row: Row) -> State:
    """The state in a row of the columns STATE."""
    return State(_standing(row[2:]), bool(row[0]), row[1])


def event_of(row: Row) -> Event:
    """The event in a row of the table's columns, `device` to `to_card`."""
    device, seq, kind, at, day, card, *rest = row
    return Event(Key(device, seq), Kind(kind), Moment(at, day), card, *rest)


def as_json(response: object) -> str | None:
    """A response as the journal keeps it."""
    import json

    return None if response is None else json.dumps(response, ensure_ascii=False, separators=(",", ":"))
