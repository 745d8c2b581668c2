"""`python -m tests.benchmarks`: measure everything, print the table. See README.md here."""

import argparse
import compileall
import importlib.util
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.figures import Figure, as_json, as_markdown, number
from tests.benchmarks.generate import (
    DUE,
    LARGEST_DECK,
    Collection,
    collection,
    exams,
    journal,
    write_deck,
    write_decks,
)
from tests.benchmarks.peers import BARE_DUE, write_notes
from tests.benchmarks.timing import (
    NOTHING,
    PYTHON,
    QUIZDOCK,
    ROOT,
    environment,
    inside,
    process,
    side_by_side,
    until_shown,
)

SMALL, MEDIUM, LARGE = 10_000, 100_000, 1_000_000
ANSWERS = 2000
REVIEWS = 1_000_000
ATTEMPTS, QUESTIONS = 5000, 20
FILES = 1000
EDITED = 1000


class Bench(NamedTuple):
    """Where things are kept, how often is measured, and whether Anki is there to be measured too."""

    folder: Path
    runs: int
    largest: int
    anki: bool

    def collection(self, cards: int) -> Collection:
        """A collection of this size, or of the largest that was asked for."""
        return collection(self.folder / "collections", min(cards, self.largest))

    def anki_collection(self, cards: int) -> Path:
        """Anki's of the same size."""
        cards = min(cards, self.largest)
        path = self.folder / "anki" / f"{cards}.anki2"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            notes = path.with_suffix(".tsv")
            write_notes(notes, cards)
            inside("peers", "anki_due_collection", notes, path, min(DUE, cards // 2))
        return path


def starting(bench: Bench) -> Iterator[Figure]:
    """Whole processes, cold but for the disk's cache, as multiples of Python's own start."""
    sizes = [bench.collection(cards) for cards in (SMALL, MEDIUM, LARGE)]
    homes = [environment(each.home) for each in sizes]
    plain = environment()
    commands = {
        "python": process(NOTHING, plain),
        "bare": process([PYTHON, "-c", BARE_DUE, str(sizes[-1].database)], plain),
        "due": process([QUIZDOCK, "due"], homes[0]),
        "due 100k": process([QUIZDOCK, "due"], homes[1]),
        "due 1M": process([QUIZDOCK, "due"], homes[2]),
        "version": process([QUIZDOCK, "--version"], homes[0]),
        "commands": process([QUIZDOCK], _completing(homes[0], "quizdock st")),
        "decks": process([QUIZDOCK], _completing(homes[0], "quizdock study b")),
        "dashboard": process([QUIZDOCK], homes[0]),
        "dashboard 1M": process([QUIZDOCK], homes[2]),
        "study": until_shown([QUIZDOCK, "study"], homes[2], b"What is the"),
    }
    if bench.anki:
        due = [PYTHON, "-m", "tests.benchmarks.peers", "anki_due"]
        commands["anki"] = process([*due, str(bench.anki_collection(SMALL))], plain)
        commands["anki 1M"] = process([*due, str(bench.anki_collection(LARGE))], plain)
    medians = dict(zip(commands, side_by_side(list(commands.values()), bench.runs), strict=True))
    times = {name: taken / medians["python"] for name, taken in medians.items()}
    unit = "× python"
    floor = f"1 = {medians['python'] * 1000:.1f} ms"
    peer = f"Anki {times['anki']:.0f} ×, 1M {times['anki 1M']:.0f} ×" if bench.anki else ""
    yield Figure("`due`, 10k cards", times["due"], unit, most=5, floor=floor, peer=peer)
    yield Figure("`due`, 100k cards", times["due 100k"], unit, most=5, floor=floor)
    yield Figure("`due`, 1M cards", times["due 1M"], unit, most=5, floor=f"sqlite3 alone {times['bare']:.1f} ×")
    yield Figure("`due`, 1M against 10k cards", times["due 1M"] / times["due"], "×", most=1.15)
    yield Figure("`--version`", times["version"], unit, most=4.5, floor=floor)
    yield Figure("completion of a command", times["commands"], unit, most=4.5, floor=floor)
    yield Figure("completion of a deck", times["decks"], unit, most=4.5, floor=floor)
    yield Figure("dashboard, 10k cards", times["dashboard"], unit, most=9, floor=floor)
    yield Figure("dashboard, 1M cards", times["dashboard 1M"], unit, most=9, floor=floor)
    yield Figure("`study` to its first question, 1M cards", times["study"], unit, most=18, floor=floor)


def _completing(environ: dict[str, str], line: str) -> dict[str, str]:
    words = line.split()
    return {**environ, "_QUIZDOCK_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}


def answering(bench: Bench) -> Iterator[Figure]:
    """The next card and its durable answer, in a session of a collection of a million."""
    database = bench.collection(LARGE).database
    found = inside("inside", "answers", database, ANSWERS)
    floor = f"{found['floor_p50']:.0f} µs"
    anki = inside("peers", "anki_answers", bench.anki_collection(LARGE), ANSWERS) if bench.anki else None
    peer = f"Anki {anki['p50']:.0f} µs" if anki else ""
    name = "next card and durable answer"
    yield Figure(f"{name}, median", found["p50"] / found["floor_p50"], "× floor", most=1.3, floor=floor, peer=peer)
    yield Figure(f"{name}, median", found["p50"], "µs", most=anki and anki["p50"], floor=floor, peer=peer)
    peer = f"Anki {anki['p99']:.0f} µs" if anki else ""
    floor = f"{found['floor_p99']:.0f} µs"
    yield Figure(f"{name}, 99th percentile", found["p99"], "µs", most=anki and anki["p99"], floor=floor, peer=peer)
    if shutil.which("strace"):
        few, many = (_syncs(bench, database, count) for count in (100, 300))
        yield Figure("syncs an answer", (many - few) / 200, "", most=1, least=1)


def _syncs(bench: Bench, database: Path, count: int) -> int:
    """How often a process that gives so many answers has the disk written out, apart from checkpoints.

    Each of these takes two more of the log, before the database itself and after it, however many answers it is for.
    """
    log = bench.folder / "strace.log"
    measured = [PYTHON, "-m", "tests.benchmarks.inside", "only_answers", str(database), str(count)]
    trace = ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", str(log)]
    process([*trace, *measured], environment())()
    seen = log.read_text()
    return seen.count("-wal>") - 2 * seen.count("copy.db>")


def compiling(bench: Bench) -> Iterator[Figure]:
    """New decks, unchanged decks, an edited deck."""
    one, many = bench.folder / "decks", bench.folder / "many"
    database = bench.folder / "compiled.db"
    cards = min(LARGEST_DECK, bench.largest)
    write_decks(one / str(cards), cards)
    found = [inside("inside", "compiling", one / str(cards), database) for _ in range(3)]
    rate = max(cards / each["seconds"] for each in found)
    bare = inside("peers", "bare_compiling", one / str(cards) / "bench-00.toml", database)
    floor = f"tomli and INSERT {number(bare['cards'] / bare['seconds'])}/s"
    least = None
    if bench.anki:
        notes = bench.folder / "notes.tsv"
        write_notes(notes, cards)
        imported = [inside("peers", "anki_import", notes, bench.folder / "import.anki2") for _ in range(3)]
        least = max(cards / each["seconds"] for each in imported)
    peer = f"Anki {number(least)}/s" if least else ""
    yield Figure(f"new deck of {cards:,} flashcards", rate, "cards/s", least=least or 60_000, floor=floor, peer=peer)
    yield Figure("its memory at most", max(each["peak"] for each in found), "MB", most=250)
    if bench.largest > cards:
        write_decks(one / str(bench.largest), bench.largest)
        large = inside("inside", "compiling", one / str(bench.largest), database)
        yield Figure(
            f"{bench.largest:,} cards in new decks, a card against one of {cards:,}",
            large["seconds"] / bench.largest * rate,
            "×",
            most=1.3,
        )
        yield Figure("its memory at most", large["peak"], "MB")
    many.mkdir(exist_ok=True)
    for place in range(FILES):
        write_deck(many / f"{place:04}.toml", f"deck-{place}", 1)
    seconds = inside("inside", "rechecking", many, database)["seconds"]
    yield Figure(f"look at {FILES:,} unchanged deck files", seconds * 1000, "ms", most=5)
    yield from _editing(bench)


def _editing(bench: Bench) -> Iterator[Figure]:
    """`due` as a whole process after one deck was edited."""
    home = bench.folder / "edited"
    file = home / "content" / "deck.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    due = process([QUIZDOCK, "due"], environment(home))

    def edited() -> float:
        edited.times += 1  # type: ignore[attr-defined]  # a function that counts
        write_deck(file, "deck", EDITED, seed=edited.times)  # type: ignore[attr-defined]
        return due()

    edited.times = 0  # type: ignore[attr-defined]
    edited()
    unchanged, changed = side_by_side([due, edited], bench.runs)
    floor = f"unchanged {unchanged * 1000:.0f} ms"
    yield Figure(f"`due` with an edited deck of {EDITED:,} cards", changed * 1000, "ms", most=150, floor=floor)


def storing(bench: Bench) -> Iterator[Figure]:
    """Bytes on disk."""
    found = inside("inside", "sizes", bench.collection(MEDIUM).database)
    yield Figure("a card with its text and schedule", found["card"], "bytes", most=300, peer="Anki 341")
    yield Figure("a review with its index", found["review"], "bytes", most=70, peer="Anki 70")


def computing(bench: Bench) -> Iterator[Figure]:
    """What is worked out from long journals."""
    yield Figure("SM-2", inside("inside", "reviewing", 200_000)["per_second"], "reviews/s", least=1_000_000)
    reviews = min(REVIEWS, 10 * bench.largest)
    database = journal(bench.folder / "journals", min(MEDIUM, bench.largest), reviews).database
    found = inside("inside", "rebuilding", database)
    yield Figure(f"`rebuild` of {reviews:,} events", found["events"] / found["seconds"], "events/s", least=150_000)
    yield Figure("its memory at most", found["peak"], "MB", most=250)
    yield Figure(f"`stats` of {reviews:,} reviews", inside("inside", "statistics", database)["seconds"], "s", most=1)
    attempts = min(ATTEMPTS, bench.largest // QUESTIONS)
    sat = inside("inside", "examining", exams(bench.folder / "exams", attempts, QUESTIONS).database)
    yield Figure(f"`exam stats` of {attempts * QUESTIONS:,} answers", sat["stats"], "s", most=1)
    yield Figure(f"`scores` of {attempts:,} exams", sat["scores"], "s", most=1)


GROUPS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "starting": starting,
    "answering": answering,
    "compiling": compiling,
    "storing": storing,
    "computing": computing,
}


def main() -> int:
    """Measure, print, write; returns 1 if any figure misses its target."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    asked.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}; all unless said")
    asked.add_argument("--folder", type=Path, default=ROOT / "build" / "benchmarks", help="where things are kept")
    asked.add_argument("--runs", type=int, default=11, help="of each process; the median counts")
    asked.add_argument("--largest", type=int, default=LARGE, help="cards of the largest collection")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    said = asked.parse_args()
    anki = importlib.util.find_spec("anki") is not None
    if not anki:
        print("Anki is not measured: install the extra `benchmarks` for that.", file=sys.stderr)
    compileall.compile_dir(ROOT / "quizdock", quiet=1)  # as an installation does
    said.folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(said.folder, said.runs, said.largest, anki)
    figures = [figure for name in said.groups or GROUPS for figure in GROUPS[name](bench)]
    print(as_markdown(figures), file=sys.stdout)
    if said.json:
        circumstances = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version, "runs": said.runs}
        said.json.write_text(as_json(figures, circumstances) + "\n", encoding="utf-8")
    return 0 if all(figure.met for figure in figures) else 1


sys.exit(main())
