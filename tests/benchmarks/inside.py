"""Measurements inside one process: each function is run in one of its own, and prints what it found as JSON."""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from quizdock.core.journal import Answer
from quizdock.core.settings import DEFAULTS
from quizdock.core.sm2 import review
from quizdock.sessions.library import refresh
from quizdock.store import Store, open_store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment
from tests.benchmarks.generate import today
from tests.benchmarks.timing import copied

RUNS = 7
COUNTED = ("card", "event")
_TODAY = today()
_FLOOR = """
CREATE TABLE card (id INTEGER PRIMARY KEY, deck INTEGER NOT NULL, front TEXT NOT NULL, back TEXT NOT NULL,
  due INTEGER NOT NULL, interval INTEGER NOT NULL, ease INTEGER NOT NULL, repetitions INTEGER NOT NULL);
CREATE INDEX card_due ON card(deck, due);
CREATE TABLE review (id INTEGER PRIMARY KEY, card INTEGER NOT NULL, at INTEGER NOT NULL, grade INTEGER NOT NULL,
  interval INTEGER NOT NULL, ease INTEGER NOT NULL);
CREATE INDEX review_card ON review(card);
"""


def peak() -> int:
    """Megabytes of memory that this process has used at most."""
    with Path("/proc/self/status").open() as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024


def answers(database: str, count: str) -> dict[str, float]:
    """Microseconds that the next card and its durable answer take, and what bare SQLite takes, by turns."""
    with copied(Path(database)) as path, closing(_floor(path.with_name("floor.db"), path)) as floor:
        store = open_store(path, "0" * 16)
        ours, bare = [], []
        for number, answer in enumerate(islice(_answering(store), int(count))):
            started = time.perf_counter()
            _answer_bare(floor, number)
            between = time.perf_counter()
            answer()
            ours.append(time.perf_counter() - between)
            bare.append(between - started)
        store.close()
    return {
        "p50": median(ours) * 1e6,
        "p99": quantiles(ours, n=100)[98] * 1e6,
        "floor_p50": median(bare) * 1e6,
        "floor_p99": quantiles(bare, n=100)[98] * 1e6,
    }


def only_answers(database: str, count: str) -> dict[str, int]:
    """So many answers, for whoever counts the system calls."""
    with copied(Path(database)) as path:
        store = open_store(path, "0" * 16)
        done = sum(1 for answer in islice(_answering(store), int(count)) if answer() is None)
    return {"answers": done}


def _answering(store: Store) -> Iterator[Callable[[], None]]:
    """What a session does for each due card, without the prompt."""
    learner = store.database.value("SELECT id FROM learner")
    scope = Scope(tuple(deck.id for deck in store.catalogue.decks()))
    cards = [each.card for each in store.selection.due(learner, scope, _TODAY)]
    for number, card in enumerate(cards):

        def answer(number: int = number, card: int = card) -> None:
            asked = store.selection.asked(learner, scope, card)
            assert asked is not None
            row, _state = asked
            given = Answer(card, 4, '"an answer"', 2500, row.hash)
            store.journal.answer(learner, given, Moment(1_760_000_000_000 + number, _TODAY))

        yield answer


def _floor(path: Path, source: Path) -> sqlite3.Connection:
    """Bare SQLite with as many cards, as large, as often due, as durable, and as many reviews."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {_FLOOR}")
    connection.execute("ATTACH ? AS source", [str(source)])
    connection.execute(
        "INSERT INTO card SELECT card.id, 1, json_extract(body, '$.q'), body, due, interval, ease, repetitions"
        " FROM source.card JOIN source.schedule ON schedule.card = card.id ORDER BY card.id"
    )
    connection.execute(
        "INSERT INTO review (card, at, grade, interval, ease) SELECT event.card, at, grade, interval, ease"
        " FROM source.event JOIN source.schedule ON schedule.card = event.card ORDER BY seq"
    )
    connection.execute("DETACH source")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return connection


def _answer_bare(connection: sqlite3.Connection, number: int) -> None:
    row = connection.execute(
        "SELECT id, front, back, interval, ease, repetitions FROM card"
        " WHERE deck = 1 AND due <= ? ORDER BY due LIMIT 1",
        [_TODAY],
    ).fetchone()
    card, _front, _back, interval, ease, repetitions = row
    interval = -(-interval * ease // 100)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "UPDATE card SET due = ?, interval = ?, ease = ?, repetitions = ? WHERE id = ?",
        [_TODAY + interval, interval, ease, repetitions + 1, card],
    )
    connection.execute(
        "INSERT INTO review (card, at, grade, interval, ease) VALUES (?, ?, ?, ?, ?)",
        [card, 1_760_000_000_000 + number, 4, interval, ease],
    )
    connection.execute("COMMIT")


def compiling(content: str, database: str) -> dict[str, float]:
    """Seconds for compiling a folder of new decks, and megabytes at most."""
    path = Path(database)
    path.unlink(missing_ok=True)
    store = open_store(path, "0" * 16)
    started = time.perf_counter()
    refresh(store.catalogue, [Path(content)])
    took = time.perf_counter() - started
    found = {"seconds": took, "cards": store.database.value("SELECT count(*) FROM card"), "peak": peak()}
    store.close()
    path.unlink()
    return found


def rechecking(content: str, database: str) -> dict[str, float]:
    """Seconds for looking at a folder of decks of which none has changed."""
    path = Path(database)
    path.unlink(missing_ok=True)
    store = open_store(path, "0" * 16)
    refresh(store.catalogue, [Path(content)])
    took = [_seconds(lambda: refresh(store.catalogue, [Path(content)])) for _ in range(RUNS)]
    store.close()
    path.unlink()
    return {"seconds": median(took)}


def rebuilding(database: str) -> dict[str, float]:
    """Seconds for replaying a journal, its events, and megabytes at most."""
    with copied(Path(database)) as path:
        store = open_store(path, "0" * 16)
        started = time.perf_counter()
        events = store.journal.rebuild().events
        took = time.perf_counter() - started
        store.close()
    return {"seconds": took, "events": events, "peak": peak()}


def reviewing(count: str) -> dict[str, float]:
    """SM-2's reviews a second, over a mix of grades."""
    grades = (4, 5, 3, 4, 2, 4, 4, 5, 1, 4)

    def review_all() -> None:
        schedule = None
        for number in range(int(count)):
            schedule = review(schedule, grades[number % 10], 739_000)

    return {"per_second": int(count) / median(_seconds(review_all) for _ in range(RUNS))}


def statistics(database: str) -> dict[str, float]:
    """Seconds for all that `quizdock stats` shows."""
    from quizdock.sessions.statistics import Choice, figures

    store = open_store(Path(database), "0" * 16)
    learner = store.database.value("SELECT id FROM learner")
    choice = Choice(Scope(tuple(deck.id for deck in store.catalogue.decks())))
    took = [_seconds(lambda: figures(store, learner, choice, _TODAY, DEFAULTS)) for _ in range(RUNS)]
    store.close()
    return {"seconds": median(took)}


def examining(database: str) -> dict[str, float]:
    """Seconds for the item analysis over all exams, and for everybody's scores."""
    from quizdock.core.items import analysis, first_attempts
    from quizdock.sessions.results import counted
    from quizdock.sessions.scores import sat

    store = open_store(Path(database), "0" * 16)

    def analyse() -> None:
        found = counted(store)
        analysis(found.items, first_attempts(found.sheets))

    took = {
        "stats": median(_seconds(analyse) for _ in range(RUNS)),
        "scores": median(_seconds(lambda: sat(store)) for _ in range(RUNS)),
    }
    store.close()
    return took


def sizes(database: str) -> dict[str, float]:
    """Bytes on disk of a card with its text and schedule, and of a review with its index."""
    with closing(sqlite3.connect(database)) as connection:
        pages = dict(connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        cards, events = connection.execute(
            "SELECT (SELECT count(*) FROM card), (SELECT count(*) FROM event)"
        ).fetchone()
        tables = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master"))
    of_table: dict[str, int] = {}
    for name, size in pages.items():
        of_table[tables.get(name, name)] = of_table.get(tables.get(name, name), 0) + size
    return {"card": (of_table["card"] + of_table["schedule"]) / cards, "review": of_table["event"] / events}


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main(arguments: Sequence[str]) -> None:
    """Run the function that is named, with the texts that follow."""
    measured: dict[str, Callable[..., Any]] = {
        each.__name__: each
        for each in (
            answers,
            only_answers,
            compiling,
            rechecking,
            rebuilding,
            reviewing,
            statistics,
            examining,
            sizes,
        )
    }
    print(json.dumps(measured[arguments[0]](*arguments[1:])))


if __name__ == "__main__":
    main(sys.argv[1:])
