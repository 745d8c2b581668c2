"""Several processes at once, and processes that are killed: what was said to be saved is saved."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quizdock.core.card import Deck
from quizdock.store import open_store

CARDS = 20
PROGRAM = """
import sys
from itertools import count
from pathlib import Path

from quizdock.core.journal import Answer
from quizdock.store import open_store
from quizdock.store.journal import Moment

path, learner, answers = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
store = open_store(path, "this-machine")
for number in range(answers) if answers else count():
    card, day = number % 20 + 1, 739_944 + number // 40
    key, _, _ = store.journal.answer(learner, Answer(card, number % 6, None, 10, 0), Moment(number, day))
    print(key.seq, flush=True)
store.close()
"""
OPENER = """
import sys
from pathlib import Path

from quizdock.store import open_store

print("ready", flush=True)
sys.stdin.readline()
store = open_store(Path(sys.argv[1]), sys.argv[2])
store.learners.add(sys.argv[2])
store.close()
"""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    """A process that has imported all it needs and waits for `go`."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.fixture
def prepared(path: Path, deck_of: Callable[..., Deck]) -> Path:
    """A database with twenty cards and four learners."""
    with closing(open_store(path, "this-machine")) as store:
        store.catalogue.put(deck_of(topic=" ".join(f"c{number}" for number in range(CARDS))), "deck.toml", b"")
        for number in range(4):
            store.learners.add(f"learner {number}")
    return path


@pytest.mark.parametrize("learners", [(1, 2, 3, 4), (1, 1, 1, 1)], ids=["four learners", "one learner"])
def test_four_processes_write_at_once_and_nothing_is_lost(prepared: Path, learners: tuple[int, ...]) -> None:
    processes = [start(PROGRAM, prepared, learner, 50) for learner in learners]
    for process in processes:
        go(process)
    outputs = [process.communicate(timeout=30) for process in processes]
    assert [(process.returncode, errors) for process, (_, errors) in zip(processes, outputs, strict=True)] == [
        (0, "")
    ] * 4
    told = [int(line) for output, _ in outputs for line in output.split()]
    with closing(open_store(prepared, "this-machine")) as store:
        kept = store.database.rows("SELECT device, seq FROM event ORDER BY seq")
        difference = store.journal.rebuild()
    assert kept == [(1, number) for number in range(1, 201)]
    assert sorted(told) == list(range(1, 201))
    assert (difference.events, difference.schedules, difference.wrong) == (200, CARDS * len(set(learners)), 0)


def test_four_processes_create_the_database_at_once(path: Path) -> None:
    names = ["one", "two", "three", "four"]
    processes = [start(OPENER, path, name) for name in names]
    for process in processes:
        go(process)
    outputs = [process.communicate(timeout=30) for process in processes]
    assert [errors for _, errors in outputs] == [""] * 4
    with closing(open_store(path, "five")) as store:
        assert store.learners.names() == sorted(names)
        ((number, name),) = store.database.rows("SELECT id, name FROM device")
    assert number == 1
    assert name in names
    assert [file.name for file in path.parent.iterdir()] == ["quizdock.db"]


@pytest.mark.parametrize("lines", [1, 7, 60])
def test_a_killed_process_loses_no_answer_that_it_said_was_saved(prepared: Path, lines: int) -> None:
    process = start(PROGRAM, prepared, 1, 0)
    assert process.stdout is not None
    go(process)
    told = [int(process.stdout.readline()) for _ in range(lines)]
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()  # `communicate` would pass over what `readline` has read ahead
    process.communicate(timeout=10)
    told += [int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    assert process.returncode == -signal.SIGKILL

    with closing(open_store(prepared, "this-machine")) as store:
        kept = [seq for (seq,) in store.database.rows("SELECT seq FROM event ORDER BY seq")]
        assert store.database.rows("PRAGMA integrity_check") == [("ok",)]
        assert store.database.rows("PRAGMA foreign_key_check") == []
        assert told == list(range(1, len(told) + 1))
        assert kept[: len(told)] == told
        assert len(kept) <= len(told) + 1
        assert store.journal.rebuild().wrong == 0


def test_a_killed_process_leaves_nothing_half_done(prepared: Path) -> None:
    """Killed inside a transaction: neither the event nor the schedule is there."""
    program = PROGRAM.replace(
        'store = open_store(path, "this-machine")',
        'store = open_store(path, "this-machine")\n'
        "store.database.execute('BEGIN IMMEDIATE')\n"
        "store.database.execute('INSERT INTO learner (name) VALUES (1)')\n"
        "print('inside', flush=True)\n"
        "sys.stdin.readline()",
    )
    process = start(program, prepared, 1, 0)
    assert process.stdout is not None
    go(process)
    assert process.stdout.readline() == "inside\n"
    process.kill()
    process.communicate(timeout=10)
    with closing(sqlite3.connect(prepared)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM learner").fetchone() == (4,)
