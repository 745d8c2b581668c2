"""Learners' whole histories, written out and taken in."""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from quizdock.core.card import Card, content_hash, encode
from quizdock.core.forms import Recall
from quizdock.core.history_file import Attempt, CardName, Event, History, Name, at_line, event_of
from quizdock.core.message import NOTHING, msg
from quizdock.store.database import Database
from quizdock.store.devices import Devices
from quizdock.store.export import Exported, event_lines, history
from quizdock.store.frontier import Frontier
from quizdock.store.learners import is_removed
from quizdock.store.replay import Replay

_HERE_ALREADY = msg("Nothing was imported: what the file holds is here already, or a part of it.")

_AS = msg("Import it under another name: --as NAME")


class Imported(NamedTuple):
    """What was taken in. Of the events, `known` were here already, of a learner who had been removed."""

    events: int
    attempts: int
    known: int
    waiting: int
    """Cards that no deck here has: they wait for one."""


class Histories:
    """What a learner did, as a whole."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self._database = database

    def export(self, learner: int) -> tuple[str, Exported]:
        """The lines of everything that the learner did, in one state, and how much they hold."""
        with self._database.snapshot():
            return history(self._database, learner)

    def take_in(self, found: History, name: str, fresh: str) -> Imported:
        """Make the history that of a new learner of this name: all of it, or nothing at all.

        Whoever was removed here gets back what stayed in the journal, if it is equal. `fresh` is the name that this
        device takes where the history began here and went on elsewhere. Raises QuizDockError for a name that is taken
        by somebody who has done anything, and for what is here already.
        """
        with self._database.transaction():
            return _Import(self._database, found, name).run(fresh)


class _Import:
    """One history on its way in."""

    def __init__(self, database: Database, found: History, name: str) -> None:
        self._database = database
        self._found = found
        self._name = name
        self._known: set[Name] = set()  # events that are here already
        self._emptied: dict[Name, int] = {}  # exams of which only the number is here
        self._cards: dict[CardName, int] = {}
        self._devices: dict[str, int] = {}

    def run(self, fresh: str) -> Imported:
        namesake = self._namesake()
        learner = self._put_learner(namesake, self._owner())
        Devices(self._database).settle(self._found.devices, fresh)
        exams = [name for _line, each in self._found.attempts for name in (each.name, each.retry_of) if name]
        numbered = Devices(self._database)
        self._devices = {
            name: numbered.number(name) for name in dict.fromkeys([*self._found.devices, *(n.device for n in exams)])
        }
        self._put_cards()
        self._put_events(learner)
        self._put_attempts(learner)
        Replay(self._database, mend=True).run()
        Frontier(self._database).renew()
        return Imported(len(self._found.events), len(self._found.attempts), len(self._known), self._waiting())

    # Who is here already

    def _namesake(self) -> int | None:
        """The learner who has the name, and has done nothing yet."""
        learner: int | None = self._database.value("SELECT id FROM learner WHERE name = ?", [self._name])
        if learner is None:
            return None
        done = "SELECT EXISTS (SELECT 1 FROM {table} WHERE learner = ?)"
        if any(self._database.value(done.format(table=table), [learner]) for table in ("event", "attempt")):
            raise at_line(1, msg("there is already a learner called {name}", name=self._name), _AS)
        return learner

    def _owner(self) -> int | None:
        """The removed learner whose history this is; None for one that was never here.

        Raises QuizDockError where a part of it is somebody else's.
        """
        owners: dict[int, int] = {}  # and the lines where they came up first
        self._find_events(owners)
        self._find_attempts(owners)
        if len(owners) > 1:
            raise at_line(
                max(owners.values()), msg("this is of another removed learner than what comes before"), NOTHING
            )
        for owner in owners:
            self._expect_equal(owner)
        return next(iter(owners), None)

    def _find_events(self, owners: dict[int, int]) -> None:
        lines = {event.name: line for line, event in self._found.events}
        for device in self._found.devices:
            rows = self._database.rows(
                "SELECT seq, learner.id, learner.name FROM event JOIN learner ON learner.id = event.learner"
                " WHERE device = (SELECT id FROM device WHERE name = ?) ORDER BY seq",
                [device],
            )
            for seq, learner, name in rows:
                event = Name(device, seq)
                if event in lines:
                    _expect_removed(lines[event], name)
                    owners.setdefault(learner, lines[event])
                    self._known.add(event)

    def _find_attempts(self, owners: dict[int, int]) -> None:
        for line, attempt in self._found.attempts:
            row = self._database.row(
                "SELECT attempt.id, learner.id, coalesce(learner.name, candidate), questions FROM attempt"
                " LEFT JOIN learner ON learner.id = attempt.learner"
                " WHERE device = (SELECT id FROM device WHERE name = ?) AND number = ?",
                attempt.name,
            )
            if row is None:
                continue
            number, learner, name, questions = row
            _expect_removed(line, name, intact=questions > 0)
            owners.setdefault(learner, line)
            self._emptied[attempt.name] = number

    def _expect_equal(self, owner: int) -> None:
        """What stayed in the journal must be what the file says."""
        kept = {event.name: event for event in map(event_of, event_lines(self._database, owner))} if self._known else {}
        for line, event in self._found.events:
            if event.name in self._known and kept[event.name] != event:
                raise at_line(line, msg("another event has this number here"), _HERE_ALREADY)

    # Putting it in

    def _put_learner(self, namesake: int | None, owner: int | None) -> int:
        """The number of the learner, who has the name from now on, and follows what the file says."""
        if namesake is not None:
            self._database.execute("DELETE FROM follow WHERE learner = ?", [namesake])
        if owner is None:
            self._database.execute("INSERT OR IGNORE INTO learner (name) VALUES (?)", [self._name])
        else:
            self._database.execute("DELETE FROM learner WHERE id = ?", [namesake])
            self._database.execute("UPDATE learner SET name = ? WHERE id = ?", [self._name, owner])
        learner: int = self._database.value("SELECT id FROM learner WHERE name = ?", [self._name])
        titles = {deck: title for _line, each in self._found.attempts for deck, title in each.decks.items()}
        events = (event for _line, event in self._found.events)
        cards = (card for event in events for card in (event.card, event.to_card) if card)
        self._put_decks(dict.fromkeys([*self._found.follows, *(card.deck for card in cards)]), titles)
        self._database.executemany(
            "INSERT OR IGNORE INTO follow (learner, deck) SELECT ?, id FROM deck WHERE name = ?",
            [(learner, deck) for deck in self._found.follows],
        )
        return learner

    def _put_decks(self, decks: Iterable[str], titles: Mapping[str, str]) -> None:
        """Decks that are not here are as if their files had gone."""
        self._database.executemany(
            "INSERT OR IGNORE INTO deck (name, title, lang, source, description) VALUES (?, ?, '', '', '')",
            [(deck, titles.get(deck, deck)) for deck in decks],
        )

    def _put_cards(self) -> None:
        """Cards that are not here are as if their decks had dropped them."""
        events = [event for _line, event in self._found.events]
        wanted: dict[str, dict[str, None]] = {}
        for card in (card for event in events for card in (event.card, event.to_card) if card):
            wanted.setdefault(card.deck, {})[card.card] = None
        for deck, names in wanted.items():
            number = self._database.value("SELECT id FROM deck WHERE name = ?", [deck])
            known = self._cards_of(number)
            orphans = (_orphan(number, deck, name) for name in names if name not in known)
            self._database.executemany(
                "INSERT INTO card (deck, name, siblings, exam, hash, body) VALUES (?, ?, ?, 0, ?, ?)", orphans
            )
            found = self._cards_of(number)
            self._cards |= {CardName(deck, name): found[name] for name in names}

    def _cards_of(self, deck: int) -> dict[str, int]:
        return dict(self._database.rows("SELECT name, id FROM card WHERE deck = ?", [deck]))

    def _put_events(self, learner: int) -> None:
        self._database.executemany(
            "INSERT INTO event (device, seq, learner, kind, at, day, card, grade, milliseconds, response, hash,"
            " of_device, of_seq, to_card) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._row(learner, event) for _line, event in self._found.events if event.name not in self._known),
        )

    def _row(self, learner: int, event: Event) -> tuple[object, ...]:
        of = (self._devices[event.of.device], event.of.number) if event.of else (None, None)
        to_card = self._cards[event.to_card] if event.to_card else None
        given = (event.grade, event.milliseconds, event.response, event.hash)
        key = (self._devices[event.name.device], event.name.number)
        return *key, learner, int(event.kind), event.at, event.day, self._cards[event.card], *given, *of, to_card

    def _put_attempts(self, learner: int) -> None:
        numbers = {each.name: self._put_attempt(learner, each) for _line, each in self._found.attempts}
        for _line, each in self._found.attempts:
            rules = dict(each.rules)
            if each.retry_of:
                rules["retry_of"] = numbers.get(each.retry_of) or self._number_of(learner, each.retry_of)
            self._database.execute("UPDATE attempt SET rules = ? WHERE id = ?", [json.dumps(rules), numbers[each.name]])

    def _put_attempt(self, learner: int, attempt: Attempt) -> int:
        """Store one exam; its rules are still to come."""
        number = self._emptied.get(attempt.name) or self._number_of(learner, attempt.name)
        self._database.execute(
            "UPDATE attempt SET seed = ?, day = ?, started = ?, deadline = ?, finished = ?, points = ?,"
            " certainty_points = ?, questions = ?, gone = ? WHERE id = ?",
            [
                *(attempt.seed, attempt.day, attempt.started, attempt.deadline, attempt.finished, attempt.points),
                *(attempt.certainty_points, len(attempt.questions), int(attempt.gone), number),
            ],
        )
        self._database.executemany(
            "INSERT INTO attempt_deck VALUES (?, ?, ?)", [(number, *deck) for deck in attempt.decks.items()]
        )
        self._database.executemany(
            "INSERT INTO attempt_question (attempt, number, deck, card, topic, title, hash, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, place, *each.card, *each[1:]) for place, each in enumerate(attempt.questions, 1)],
        )
        self._database.executemany(
            "INSERT INTO attempt_event (attempt, seq, kind, at, number, given, credit, milliseconds, certainty, hash,"
            " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, seq, int(each.kind), *each[1:]) for seq, each in enumerate(attempt.events, 1)],
        )
        return number

    def _number_of(self, learner: int, name: Name) -> int:
        """This database's number for an exam. Of one that is not here it is all there is, as if it had been deleted."""
        key = [self._devices[name.device], name.number]
        self._database.execute(
            "INSERT OR IGNORE INTO attempt (device, number, learner, seed, rules, day, started, questions, gone)"
            " VALUES (?, ?, ?, 0, '{}', 0, 0, 0, 1)",
            [*key, learner],
        )
        number: int = self._database.value("SELECT id FROM attempt WHERE device = ? AND number = ?", key)
        return number

    def _waiting(self) -> int:
        gone = {number for (number,) in self._database.rows("SELECT id FROM card WHERE position IS NULL")}
        return sum(number in gone for number in self._cards.values())


def _expect_removed(line: int, learner: str, *, intact: bool = False) -> None:
    """Raise QuizDockError for what is intact here, or is that of a learner who was not removed."""
    if intact or not is_removed(learner):
        raise at_line(line, msg("this is here already, of {learner}", learner=learner), _HERE_ALREADY)


def _orphan(deck: int, deck_name: str, name: str) -> tuple[object, ...]:
    card = Card(name, "", f"{deck_name}/{name}", Recall(""))
    body = encode(card)
    return deck, name, card.siblings, content_hash(body), body
