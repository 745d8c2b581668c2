"""What others take for the same: Anki's own backend (the package `anki`, where it is installed), tomli, bare SQLite."""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from tests.benchmarks.generate import notes
from tests.benchmarks.timing import copied

BARE_DUE = """
import sqlite3, sys
opened = sqlite3.connect(sys.argv[1])
due = "FROM schedule WHERE learner = 1 AND due <= 738000"
opened.execute(f"SELECT count(*) {due}").fetchone()
print(opened.execute(f"SELECT card {due} ORDER BY due LIMIT 1").fetchone())
"""
"""A program that opens, counts and finds the first due card with sqlite3 alone, to be timed as a whole process."""


def write_notes(file: Path, count: int, seed: int = 1) -> None:
    """The same notes as in `generate.write_deck`, separated by tabs."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{front}\t{back}\n" for front, back in notes(count, seed))


def anki_import(file: str, database: str) -> dict[str, float]:
    """Seconds for importing a file of notes into a new collection of Anki's."""
    collection = _collection(Path(database), new=True)
    started = time.perf_counter()
    _import(collection, file)
    took = time.perf_counter() - started
    found = {"seconds": took, "notes": collection.note_count()}
    collection.close()
    return found


def anki_due_collection(file: str, database: str, due: str) -> dict[str, int]:
    """A collection of Anki's of which so many cards are due today, all others later."""
    collection = _collection(Path(database), new=True)
    _import(collection, file)
    limits = collection.decks.config_dict_for_deck_id(1)
    limits["new"]["perDay"], limits["rev"]["perDay"] = 0, 9999
    collection.decks.update_config(limits)
    cards = collection.db.list("select id from cards order by id")
    today, dice = collection.sched.today, Random(1)
    rows = [
        (
            today - place % 10 if place * 7919 % len(cards) < int(due) else today + 1 + dice.randrange(365),
            dice.randrange(1, 200),
            card,
        )
        for place, card in enumerate(cards)
    ]
    collection.db.executemany("update cards set type=2, queue=2, due=?, ivl=?, factor=2500, reps=3 where id=?", rows)
    collection.close()
    return {"cards": len(cards)}


def anki_due(database: str) -> dict[str, int]:
    """Open a collection, count what is due, take the first card: for whoever times this as a whole process."""
    collection = _collection(Path(database))
    collection.sched.deck_due_tree()
    found = collection.sched.get_queued_cards(fetch_limit=1).review_count
    collection.close()
    return {"due": found}


def anki_answers(database: str, count: str) -> dict[str, float]:
    """Microseconds that Anki's next card and its answer take, in a copy."""
    with copied(Path(database)) as copy:
        return _answered(_collection(copy), int(count))


def _answered(collection: Any, count: int) -> dict[str, float]:
    from anki.cards import Card  # cannot be imported before anki.collection
    from anki.scheduler.v3 import CardAnswer

    took = []
    for _ in range(count):
        started = time.perf_counter()
        queued = collection.sched.get_queued_cards(fetch_limit=1).cards[0]
        card = Card(collection)
        card._load_from_backend_card(queued.card)
        card.start_timer()
        answer = collection.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
        collection.sched.answer_card(answer)
        took.append(time.perf_counter() - started)
    collection.close()
    return {"p50": median(took) * 1e6, "p99": quantiles(took, n=100)[98] * 1e6}


def bare_compiling(file: str, database: str) -> dict[str, float]:
    """Seconds for tomli and one INSERT, with nothing checked."""
    import tomli

    Path(database).unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE card (id INTEGER PRIMARY KEY, name TEXT UNIQUE, front TEXT, back TEXT)")
        started = time.perf_counter()
        tree = tomli.loads(Path(file).read_text(encoding="utf-8"))
        rows = ((note["id"], note["front"], note["back"]) for note in tree["flashcard"])
        connection.executemany("INSERT INTO card (name, front, back) VALUES (?, ?, ?)", rows)
        connection.commit()
        took = time.perf_counter() - started
        found = {"seconds": took, "cards": len(tree["flashcard"])}
    Path(database).unlink()
    return found


def _collection(path: Path, *, new: bool = False) -> Any:
    from anki.collection import Collection

    if new:
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()
    return Collection(str(path))


def _import(collection: Any, file: str) -> None:
    from anki.collection import ImportCsvRequest

    metadata = collection.get_csv_metadata(file, None)
    metadata.global_notetype.id = collection.models.id_for_name("Basic")
    if len(metadata.global_notetype.field_columns) < 2:
        del metadata.global_notetype.field_columns[:]
        metadata.global_notetype.field_columns.extend([1, 2])
    metadata.deck_id = 1
    collection.import_csv(ImportCsvRequest(path=file, metadata=metadata))


def main(arguments: Sequence[str]) -> None:
    """Run the function that is named, with the texts that follow."""
    measured: dict[str, Callable[..., Any]] = {
        each.__name__: each for each in (anki_import, anki_due_collection, anki_due, anki_answers, bare_compiling)
    }
    print(json.dumps(measured[arguments[0]](*arguments[1:])))


if __name__ == "__main__":
    main(sys.argv[1:])
