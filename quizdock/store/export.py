"""A learner's whole history as JSON Lines: one object a line, in texts and dates that need no other file.

`core.history_file` reads them again; data/README.md lists every field.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from quizdock.core.cleaning import json_text
from quizdock.core.days import as_date
from quizdock.core.history_file import FORMAT
from quizdock.core.journal import Kind
from quizdock.core.sitting import Kind as Step
from quizdock.store.database import Database

Line = dict[str, Any]
_STEP = ("credit", "milliseconds", "certainty", "hash")


class Exported(NamedTuple):
    """How much an export holds."""

    events: int
    attempts: int


def history(database: Database, learner: int) -> tuple[str, Exported]:
    """The lines of everything that a learner did, and how many events and exam attempts they hold.

    Call it inside a transaction or a snapshot, so that it is one state of the file.
    """
    name = database.value("SELECT name FROM learner WHERE id = ?", [learner])
    events, attempts = list(event_lines(database, learner)), list(_attempts(database, learner))
    exported = Exported(len(events), len(attempts))
    header = {
        "type": "learner",
        "format": FORMAT,
        "name": name,
        "follows": _follows(database, learner),
        **exported._asdict(),
    }
    return "".join(f"{json_text(line)}\n" for line in (header, *events, *attempts)), exported


def _follows(database: Database, learner: int) -> list[str]:
    rows = database.rows(
        "SELECT deck.name FROM follow JOIN deck ON deck.id = follow.deck WHERE learner = ? ORDER BY 1", [learner]
    )
    return [name for (name,) in rows]


def event_lines(database: Database, learner: int) -> Iterator[Line]:
    """The journal's events, in its order; `of` is the event that an undo takes back."""
    rows = database.rows(
        "SELECT device.name, seq, kind, at, day, deck.name || '/' || card.name, grade, response, milliseconds,"
        " event.hash, undone.name, of_seq,"
        " (SELECT deck.name || '/' || other.name FROM card AS other JOIN deck ON deck.id = other.deck"
        " WHERE other.id = event.to_card)"
        " FROM event JOIN device ON device.id = event.device JOIN card ON card.id = event.card"
        " JOIN deck ON deck.id = card.deck LEFT JOIN device AS undone ON undone.id = of_device"
        " WHERE learner = ? ORDER BY event.device, seq",
        [learner],
    )
    for device, seq, kind, at, day, card, grade, response, milliseconds, digest, of_device, of_seq, to_card in rows:
        yield {
            "type": "event",
            "device": device,
            "seq": seq,
            "kind": Kind(kind).name.lower(),
            "at": _time(at),
            "day": as_date(day).isoformat(),
            "card": card,
            "grade": grade,
            "response": _response(response),
            "milliseconds": milliseconds,
            "hash": digest,
            "of": None if of_seq is None else {"device": of_device, "seq": of_seq},
            "to_card": to_card,
        }


def _attempts(database: Database, learner: int) -> Iterator[Line]:
    """The exam attempts, oldest first, finished or not, each with its whole paper and all that happened."""
    rows = database.rows(
        "SELECT attempt.id, device.name, number, seed, rules, day, started, deadline, finished, points,"
        " certainty_points, gone FROM attempt"
        " JOIN device ON device.id = attempt.device WHERE learner = ? AND questions > 0 ORDER BY started, attempt.id",
        [learner],
    )
    for attempt, device, number, seed, rules, day, started, deadline, finished, points, certainty_points, gone in rows:
        yield {
            "type": "attempt",
            "device": device,
            "number": number,
            "decks": dict(
                database.rows("SELECT deck, title FROM attempt_deck WHERE attempt = ? ORDER BY deck", [attempt])
            ),
            "seed": seed,
            "rules": _rules(database, rules),
            "day": as_date(day).isoformat(),
            "started": _time(started),
            "deadline": None if deadline is None else _time(deadline),
            "finished": None if finished is None else _time(finished),
            "points": points,
            "certainty_points": certainty_points,
            "gone": bool(gone),
            "questions": _questions(database, attempt),
            "events": _steps(database, attempt),
        }


def _rules(database: Database, text: str) -> Line:
    """An attempt's rules; the exam whose mistakes it asks has another number in every database, but one name."""
    rules: Line = json.loads(text)
    if rules.get("retry_of") is not None:
        row = database.row(
            "SELECT device.name, number FROM attempt JOIN device ON device.id = attempt.device WHERE attempt.id = ?",
            [rules["retry_of"]],
        )
        rules["retry_of"] = None if row is None else {"device": row[0], "number": row[1]}
    return rules


def _questions(database: Database, attempt: int) -> list[Line]:
    """The paper's questions; `asked` is the card as it was then, with its right answer."""
    rows = database.rows(
        "SELECT number, deck || '/' || card, topic, title, hash, body FROM attempt_question WHERE attempt = ?"
        " ORDER BY number",
        [attempt],
    )
    return [
        {"number": number, "card": card, "topic_id": topic, "topic": title, "hash": digest, "asked": json.loads(body)}
        for number, card, topic, title, digest, body in rows
    ]


def _steps(database: Database, attempt: int) -> list[Line]:
    """What happened in the attempt; fields that an event does not have are left out."""
    rows = database.rows(
        "SELECT kind, at, number, given, body, credit, milliseconds, certainty, hash FROM attempt_event"
        " WHERE attempt = ? ORDER BY seq",
        [attempt],
    )
    return [_step(*row) for row in rows]


def _step(kind: int, at: int, number: int | None, given: str | None, body: str | None, *more: Any) -> Line:
    fields = {
        "number": number,
        "given": _response(given),
        **dict(zip(_STEP, more, strict=True)),
        "asked": _response(body),
    }
    return {"kind": Step(kind).name.lower(), "at": _time(at)} | {
        name: value for name, value in fields.items() if value is not None
    }


def _response(response: str | None) -> object:
    return None if response is None else json.loads(response)


def _time(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
