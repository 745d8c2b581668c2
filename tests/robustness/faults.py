"""Fails every write, sync and truncation of the database, one a process: `python -m tests.robustness.faults`.

    --every N      only each Nth of them (1: all)
    --first N      of the very first start, which has hundreds, only each Nth (20)

A small library (faults.c) that is loaded before the system's own makes the Nth call fail: as on a full disk (ENOSPC) or
a broken one (EIO), once or from then on; after half of it was written; or half is written and that is said, which is no
error. So it goes with two answers in a process that does nothing else, with a real `quizdock study`, a real `quizdock
exam`, and the very first start. Then the database's file, its folder, and both may only be read.

Each time: the process says what is wrong and ends, without a traceback; the database opens, is whole, and has every
answer that was said to be saved; events, schedules and sequence numbers agree. Whatever else happens is printed and
ends the run with exit code 1. Needs gcc, and Linux.
"""

import argparse
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path
from typing import NamedTuple

from quizdock.core.sitting import replay
from quizdock.store import open_store
from tests.robustness.processes import (
    EXAM,
    Session,
    Sitting,
    cards_kept,
    database_of,
    home_of_cards,
    home_of_questions,
    unsound,
)

SOURCE = Path(__file__).with_name("faults.c")
ERRORS = ("ENOSPC", "EIO")
FAILURES = tuple(product(ERRORS, ("once", "always", "torn")))
"""What a call can be made to fail with."""
LOCKED = ("file", "folder", "both")
"""What may only be read."""
SHORT = ("EIO", "short")
"""What is no failure: half of it is written, and that is said."""
ANSWERS = """
import sys
from pathlib import Path

from quizdock.core.errors import QuizDockError
from quizdock.core.journal import Answer
from quizdock.store import open_store
from quizdock.store.journal import Moment

refused = 0
try:
    store = open_store(Path(sys.argv[1]), "here")
    for card in 1, 2:
        try:
            store.journal.answer(1, Answer(card, 4, None, 10, 0), Moment(card, 739_944))
            print(store.catalogue.card(card).id, flush=True)
        except QuizDockError as error:
            print(error, file=sys.stderr)
            refused = 1
    store.close()
except QuizDockError as error:
    print(error, file=sys.stderr)
    refused = 1
sys.exit(refused)
"""

Environment = Mapping[str, str]


class Ended(NamedTuple):
    """How a process ended: its exit code, what it complained of, and which answers it said were saved."""

    code: int
    errors: str
    said: Sequence[str]
    wrong: Sequence[str] = ()
    """What it found wrong with the database that no other process would."""


Play = Callable[[Path, Environment], Ended]


class Scene(NamedTuple):
    """Something that people do, in a home that has been made ready for it."""

    name: str
    home: Path
    play: Play


class Fault(NamedTuple):
    """Which call is to fail, from 1, with which error, and how."""

    at: int
    error: str
    how: str


def built(folder: Path) -> Path:
    """The library, compiled into the folder."""
    library = folder / "faults.so"
    subprocess.run(["gcc", "-O1", "-shared", "-fPIC", "-o", library, SOURCE], check=True)
    return library


def scenes(folder: Path) -> list[Scene]:
    """What is to fail, each with a home of its own in the folder."""
    cards, questions = home_of_cards(folder / "cards", 20), home_of_questions(folder / "questions", 20)
    answer_two(cards, {})  # both have been started once: all decks are compiled
    sit(questions, {})
    fresh = folder / "fresh"
    shutil.copytree(cards / "content", fresh / "content")
    study(cards, {})
    return [
        Scene("two answers", cards, answer_two),
        Scene("study", cards, study),
        Scene("exam", questions, sit),
        Scene("first start", fresh, start),
    ]


def answer_two(home: Path, environment: Environment) -> Ended:
    """Two answers in a process that does nothing else."""
    process = subprocess.run(
        [sys.executable, "-c", ANSWERS, database_of(home)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Ended(process.returncode, process.stderr, process.stdout.split())


def study(home: Path, environment: Environment) -> Ended:
    """Two answers in a session."""
    session = Session(home, "--limit", "2", environment=environment)
    said = session.to_its_end()
    return Ended(*session.end(), said)


def sit(home: Path, environment: Environment) -> Ended:
    """An exam from its first question to its result."""
    sitting = Sitting(home, *EXAM[:-1], environment=environment)
    result = sitting.to_its_end()
    code, errors = sitting.end()
    return Ended(code, errors, [], lost_in_exam(home, max(sitting.asked, default=0), told=result is not None))


def start(home: Path, environment: Environment) -> Ended:
    """The first command in a home that has no database."""
    environment = {**os.environ, **environment, "QUIZDOCK_HOME": str(home)}
    process = subprocess.run(
        [sys.executable, "-m", "quizdock", "learner", "add", "ada"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    wrong = []
    if process.returncode == 0:
        with closing(open_store(database_of(home), "here")) as store:
            wrong = [] if store.learners.names() == ["ada"] else ["the learner who was added is not there"]
    return Ended(process.returncode, process.stderr, [], wrong)


def lost_in_exam(home: Path, heard: int, *, told: bool) -> list[str]:
    """What is missing of an exam of which question number `heard` was asked, and the result told, or not."""
    with closing(open_store(database_of(home), "here")) as store:
        numbers = [number for (number,) in store.database.rows("SELECT id FROM attempt ORDER BY id")]
        if not numbers:
            return ["there is no exam"] if heard else []
        row, state = store.attempts.attempt(numbers[-1]), replay(store.attempts.events(numbers[-1]))
    answered = [number for number in range(1, row.questions + 1) if state.answer(number).credit is not None]
    wrong = []
    if answered != list(range(1, len(answered) + 1)) or len(answered) < heard - 1:
        wrong.append(f"question {heard} was asked, and {answered} are answered")
    if told and (row.finished is None or row.points is None):
        wrong.append("the result was told, and is not there")
    if (row.finished is None) != (state.closed is None):
        wrong.append("the exam is finished in one table and not in another")
    return wrong


@contextmanager
def copy_of(home: Path) -> Iterator[Path]:
    """The home in a folder that may be spoilt."""
    with tempfile.TemporaryDirectory(prefix="quizdock-") as folder:
        yield Path(shutil.copytree(home, Path(folder) / "home"))


def calls(scene: Scene, library: Path) -> list[str]:
    """The calls that can fail in a scene, in order; it is played once in peace for that."""
    with copy_of(scene.home) as home:
        log = home / "calls"
        ended = scene.play(home, {"LD_PRELOAD": str(library), "FAULT_LOG": str(log)})
        assert (ended.code, ended.errors, *ended.wrong) == (0, ""), ended
        return log.read_text().splitlines()


def findings(scene: Scene, library: Path, fault: Fault) -> tuple[int, list[str]]:
    """Play a scene with a fault: the process's exit code, and everything that should not be so."""
    with copy_of(scene.home) as home:
        before = len(cards_kept(home)) if database_of(home).exists() else 0
        ended = scene.play(
            home,
            {
                "LD_PRELOAD": str(library),
                "FAULT_AT": str(fault.at),
                "FAULT_ERRNO": str(getattr(errno, fault.error)),
                "FAULT_HOW": fault.how,
            },
        )
        return ended.code, [*misbehaved(ended, fault.how == "short"), *lost(home, before, ended.said), *ended.wrong]


def misbehaved(ended: Ended, must_go_well: bool = False) -> list[str]:
    """What a process did that none may do: it ends with 0, or with 1 and a word, and never with a traceback."""
    wrong = []
    if "Traceback" in ended.errors or ended.code not in (0, 1):
        wrong.append(f"it ended with {ended.code}: {ended.errors}")
    if ended.code == 1 and not ended.errors:
        wrong.append("it ended with 1 and did not say why")
    if must_go_well and (ended.code, ended.errors) != (0, ""):
        wrong.append(f"nothing failed, and it ended with {ended.code}: {ended.errors}")
    return wrong


def lost(home: Path, before: int, said: Sequence[str]) -> list[str]:
    """What is wrong with the database, and which answers were said to be saved and are not there.

    An answer may have been on disk before it was said to be so: one at most, at the place where it went wrong.
    """
    wrong = unsound(home)
    kept = cards_kept(home)[before:]
    if missing := [card for card in said if card not in kept]:
        wrong.append(f"said to be saved and not there: {missing}")
    if len(kept) > len(said) + 1:
        wrong.append(f"{len(said)} answers were said to be saved, and {len(kept)} are there")
    return wrong


def faults(count: int, every: int, kinds: Sequence[tuple[str, str]]) -> list[Fault]:
    """Each Nth of so many calls with each of these."""
    return [Fault(at, *kind) for at in range(1, count + 1, every) for kind in kinds]


def read_only(scene: Scene, library: Path, what: str) -> list[str]:
    """Play a scene where the database's file, its folder, or both may only be read; everything that should not be so.

    The system's own permissions would not count for root.
    """
    with copy_of(scene.home) as home:
        before = len(cards_kept(home)) if database_of(home).exists() else 0
        ended = scene.play(home, {"LD_PRELOAD": str(library), "FAULT_READ_ONLY": what})
        wrong = [] if ended.code == 1 and not ended.said else [f"it ended with {ended.code} and said {ended.said}"]
        return [*wrong, *misbehaved(ended), *lost(home, before, ended.said), *ended.wrong]


def play_all(scene: Scene, library: Path, tried: Sequence[Fault]) -> Iterator[tuple[Fault, int, list[str]]]:
    """What became of a scene with each fault, several at a time: the process's exit code, and what should not be so."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        yield from (
            (fault, *ended)
            for fault, ended in zip(
                tried, threads.map(lambda fault: findings(scene, library, fault), tried), strict=True
            )
        )


def main() -> int:
    """Fail one call after another; 0 if nothing was found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--first", type=int, default=20)
    wished = options.parse_args()
    if not shutil.which("gcc"):
        sys.stdout.write("gcc is not here, which compiles what makes calls fail\n")
        return 1
    ended: Counter[int] = Counter()
    counts = []
    with tempfile.TemporaryDirectory(prefix="quizdock-") as folder:
        library, stage = built(Path(folder)), scenes(Path(folder))
        for scene in stage:
            made = calls(scene, library)
            counts.append(f"{len(made)} calls of {scene.name}")
            every = max(wished.every, wished.first if scene.name == "first start" else 1)
            for fault, code, wrong in play_all(scene, library, faults(len(made), every, (*FAILURES, SHORT))):
                ended[code] += 1
                if wrong:
                    told = "\n".join(wrong)
                    sys.stdout.write(f"{scene.name}, {fault} ({made[fault.at - 1]}):\n{told}\n")
                    return 1
        for scene, what in product(stage, LOCKED):
            if wrong := read_only(scene, library, what):
                told = "\n".join(wrong)
                sys.stdout.write(f"{scene.name}, read-only: {what}\n{told}\n")
                return 1
    sys.stdout.write(
        f"{ended.total()} faults at {', '.join(counts)}: {ended[0]} processes went on to their end, {ended[1]} said"
        f" what was wrong; {len(stage) * len(LOCKED)} could only read; 0 answers lost, 0 databases damaged\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
