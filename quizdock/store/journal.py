"""The journal of answers, and the schedules and daily figures that it makes.

Every change is one immediate transaction: the event is appended, the caches follow, and only when this module
returns may anybody say "saved". `rebuild` makes the caches anew from the journal alone.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from quizdock.core.journal import Answer, Past, Standing, Today, replay, step
from quizdock.core.sm2 import Schedule
from quizdock.store.catalogue import Scope
from quizdock.store.database import Database, Row

REVIEW, DRILL, UNDO = 1, 2, 3
_HERE = 1  # the number of this database's own device

# Conditions on a card, and on the cards of the topics that its topic builds on; the learner is the first parameter.
_UNMET = "NOT EXISTS (SELECT 1 FROM schedule WHERE schedule.learner = ?1 AND schedule.card = card.id)"
_UNMET_EARLIER = (
    "FROM topic_after JOIN card AS earlier ON earlier.topic = topic_after.earlier"
    " WHERE topic_after.topic = card.topic AND earlier.position IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM schedule WHERE schedule.learner = ?1 AND schedule.card = earlier.id)"
)


class Moment(NamedTuple):
    """When something happened: milliseconds since 1970 (UTC), and the study day it counts for."""

    at: int
    day: int


class Key(NamedTuple):
    """What names an event everywhere: its device and that device's sequence number."""

    device: int
    seq: int


class Difference(NamedTuple):
    """What `rebuild` found: events replayed, and rows of the caches that were not as the journal says."""

    events: int
    schedules: int
    wrong: int


class Journal:
    """Appends what learners do, and answers what they have to do."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self._database = database

    def answer(self, learner: int, answer: Answer, when: Moment) -> tuple[Key, Standing, bool]:
        """Append a graded answer; returns its key, the card's standing, and whether it was a drill.

        What counts is the standing at the moment of writing: if another session reviewed the card meanwhile,
        this answer is a drill.
        """
        with self._database.transaction():
            before = self.standing(learner, answer.card)
            after, gained = step(before, Past(answer.grade, when.day, answer.drill, answer.milliseconds))
            drill = gained.drills > 0
            key = self._append(learner, DRILL if drill else REVIEW, when, answer)
            self._put_standing(learner, answer.card, after)
            self._add_to_day(learner, answer.card, when.day, gained)
        return key, after, drill

    def undo(self, learner: int, event: Key, when: Moment) -> int:
        """Take back an answer by a compensating event; returns the card's number.

        The card's standing and its days' figures are replayed from the answers that remain: without its first
        answer, a card was met on the day of its second.
        """
        with self._database.transaction():
            card: int = self._database.value("SELECT card FROM event WHERE device = ? AND seq = ?", event)
            answers = self._answers(learner, card)
            _, before = replay(answers.values())
            standing, after = replay(answer for key, answer in answers.items() if key != event)
            self._append(learner, UNDO, when, Answer(card, 0, None, 0, 0), event)
            self._put_standing(learner, card, standing)
            for day, figures in before.items():
                self._add_to_day(learner, card, day, after.get(day, Today()).plus(figures, -1))
        return card

    def standing(self, learner: int, card: int) -> Standing | None:
        """Where the learner's card stands; None for a new one."""
        row = self._database.row(
            "SELECT repetitions, interval, ease, due, reviewed, repeat_day, lapses FROM schedule"
            " WHERE learner = ? AND card = ?",
            [learner, card],
        )
        return Standing(Schedule(*row[:4]), *row[4:]) if row else None

    def due(self, learner: int, scope: Scope, day: int) -> list[int]:
        """The cards due on that study day or before, the longest overdue first."""
        rows = self._database.rows(
            "SELECT card.id FROM schedule JOIN card ON card.id = schedule.card"
            f" WHERE learner = ? AND due <= ? AND {scope.where()} ORDER BY due, card.position",
            [learner, day],
        )
        return [card for (card,) in rows]

    def repeats(self, learner: int, scope: Scope, day: int) -> list[int]:
        """The cards that still come back on that study day, in the deck's order."""
        rows = self._database.rows(
            "SELECT card.id FROM schedule JOIN card ON card.id = schedule.card"
            f" WHERE learner = ? AND repeat_day = ? AND {scope.where()} ORDER BY card.deck, card.position",
            [learner, day],
        )
        return [card for (card,) in rows]

    def new(self, learner: int, scope: Scope, limit: int, *, patient: bool = True) -> list[int]:
        """At most `limit` cards that the learner has not met, in the decks' order: a topic after those it builds on.

        Where `patient`, a topic's cards wait while one that it builds on has unmet cards outside of the scope.
        """
        waiting = f" AND NOT EXISTS (SELECT 1 {_UNMET_EARLIER} AND NOT ({scope.where('earlier')}))" if patient else ""
        rows = self._database.rows(
            f"SELECT card.id FROM card WHERE {scope.where()} AND {_UNMET}{waiting}"
            " ORDER BY card.position, card.deck LIMIT ?2",
            [learner, limit],
        )
        return [card for (card,) in rows]

    def waits_for(self, learner: int, scope: Scope) -> list[str]:
        """The titles of the topics whose unmet cards keep new cards of the scope waiting, in the decks' order."""
        rows = self._database.rows(
            "SELECT title FROM topic WHERE EXISTS"
            " (SELECT 1 FROM card JOIN topic_after ON topic_after.topic = card.topic"
            f" WHERE topic_after.earlier = topic.id AND {scope.where()} AND {_UNMET}"
            f" AND EXISTS (SELECT 1 {_UNMET_EARLIER} AND NOT ({scope.where('earlier')}) AND earlier.topic = topic.id))"
            " ORDER BY deck, position",
            [learner],
        )
        return [title for (title,) in rows]

    def count_due(self, learner: int, scope: Scope, day: int) -> int:
        """How many cards are due on that study day or before."""
        count: int = self._database.value(
            "SELECT count(*) FROM schedule JOIN card ON card.id = schedule.card"
            f" WHERE learner = ? AND due <= ? AND {scope.where()}",
            [learner, day],
        )
        return count

    def on_day(self, learner: int, day: int) -> Today:
        """What the learner did on a study day, over all decks."""
        row = self._database.row(
            "SELECT coalesce(sum(new), 0), coalesce(sum(reviews), 0), coalesce(sum(drills), 0),"
            " coalesce(sum(milliseconds), 0) FROM daily WHERE learner = ? AND day = ?",
            [learner, day],
        )
        return Today(*(row or (0, 0, 0, 0)))

    def studied_days(self, learner: int) -> Iterator[int]:
        """The study days with a review, latest first."""
        rows = self._database.execute(
            "SELECT DISTINCT day FROM daily WHERE learner = ? AND reviews > 0 ORDER BY day DESC", [learner]
        )
        return (day for (day,) in rows)

    def rebuild(self) -> Difference:
        """Replay the journal into the schedules and daily figures; returns how many rows were not as they should be."""
        with self._database.transaction():
            standings, days = self._replayed()
            before = self._cached()
            after = _rows(standings, days)
            self._database.execute("DELETE FROM schedule")
            self._database.execute("DELETE FROM daily")
            for (learner, card), standing in standings.items():
                self._put_standing(learner, card, standing)
            self._database.executemany(
                "INSERT INTO daily (learner, day, deck, new, reviews, drills, milliseconds)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(*key, *done) for key, done in days.items()],
            )
            events = self._database.value("SELECT count(*) FROM event")
        wrong = sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())
        return Difference(events, len(standings), wrong)

    def _append(self, learner: int, kind: int, when: Moment, answer: Answer, of: Key | None = None) -> Key:
        seq = self._database.value("SELECT coalesce(max(seq), 0) + 1 FROM event WHERE device = ?", [_HERE])
        undo = kind == UNDO
        self._database.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                _HERE,
                seq,
                learner,
                kind,
                *when,
                answer.card,
                None if undo else answer.grade,
                None if undo else answer.milliseconds,
                answer.response,
                None if undo else answer.hash,
                *(of or (None, None)),
            ],
        )
        return Key(_HERE, seq)

    def _answers(self, learner: int, card: int) -> dict[Key, Past]:
        """The card's answers that stand, in their order."""
        rows = self._database.rows(
            "SELECT device, seq, grade, day, kind, milliseconds FROM event"
            " WHERE card = ? AND learner = ? AND kind IN (1, 2)"
            " AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.card = event.card AND undo.kind = 3"
            " AND undo.of_device = event.device AND undo.of_seq = event.seq) ORDER BY device, seq",
            [card, learner],
        )
        return {
            Key(device, seq): Past(grade, day, kind == DRILL, milliseconds)
            for device, seq, grade, day, kind, milliseconds in rows
        }

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

    def _add_to_day(self, learner: int, card: int, day: int, gained: Today) -> None:
        self._database.execute(
            "INSERT INTO daily SELECT ?, ?, deck, ?, ?, ?, ? FROM card WHERE id = ?"
            " ON CONFLICT (learner, day, deck) DO UPDATE SET new = new + excluded.new,"
            " reviews = reviews + excluded.reviews, drills = drills + excluded.drills,"
            " milliseconds = milliseconds + excluded.milliseconds",
            [learner, day, *gained, card],
        )

    def _replayed(self) -> tuple[dict[tuple[int, int], Standing], dict[tuple[int, int, int], Today]]:
        undone = {Key(*row) for row in self._database.rows("SELECT of_device, of_seq FROM event WHERE kind = 3")}
        standings: dict[tuple[int, int], Standing] = {}
        days: dict[tuple[int, int, int], Today] = {}
        for device, seq, learner, kind, day, card, deck, grade, milliseconds in self._database.execute(
            "SELECT device, seq, learner, kind, day, card, card.deck, grade, milliseconds"
            " FROM event JOIN card ON card.id = event.card WHERE kind IN (1, 2) ORDER BY device, seq"
        ):
            if Key(device, seq) in undone:
                continue
            answer = Past(grade, day, kind == DRILL, milliseconds)
            standings[learner, card], gained = step(standings.get((learner, card)), answer)
            days[learner, day, deck] = days.get((learner, day, deck), Today()).plus(gained)
        return standings, days

    def _cached(self) -> dict[Row, Row]:
        schedules = self._database.rows(
            "SELECT learner, card, repetitions, interval, ease, due, reviewed, repeat_day, lapses FROM schedule"
        )
        days = self._database.rows(
            "SELECT learner, day, deck, new, reviews, drills, milliseconds FROM daily"
            " WHERE new OR reviews OR drills"  # an undo may leave an empty day behind
        )
        return {row[:2]: row[2:] for row in schedules} | {row[:3]: row[3:] for row in days}


def _rows(standings: dict[tuple[int, int], Standing], days: dict[tuple[int, int, int], Today]) -> dict[Row, Row]:
    """The rows of both caches by their keys: a learner and a card, or a learner, a day and a deck."""
    schedules: dict[Row, Row] = {key: (*standing.schedule, *standing[1:]) for key, standing in standings.items()}
    return schedules | {key: tuple(done) for key, done in days.items()}


def as_json(response: object) -> str | None:
    """A response as the journal keeps it."""
    return None if response is None else json.dumps(response, ensure_ascii=False, separators=(",", ":"))
