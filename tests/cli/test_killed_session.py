"""A real `quizdock study` killed at random moments: what it had said was saved is there when it starts again."""

import json
import os
import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from quizdock.store import open_store

KILLS = 10


class Session:
    """`quizdock study --json` as a process."""

    def __init__(self, home: Path) -> None:
        environment = {**os.environ, "QUIZDOCK_HOME": str(home), "QUIZDOCK_NOW": "2026-11-24T12:00"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizdock", "study", "many", "--json", "--new", "1000", "--learner", "ada"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def hear(self) -> dict[str, Any] | None:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None

    def say(self, **message: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def kill(self) -> list[str]:
        """Kill it; returns the cards that it said were saved and that were not read yet."""
        with self.process:
            self.process.kill()
            assert self.process.stdout is not None
            rest = self.process.stdout.read()
        messages = [json.loads(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]
        return [message["card"] for message in messages if message["type"] == "saved"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    notes = "".join(f'[[flashcard]]\nid = "c{n}"\nfront = "{n}?"\nback = "{n}"\n' for n in range(400))
    (tmp_path / "content" / "many.toml").write_text(
        f'format = 1\ndeck = {{ id = "many", title = "Many", lang = "en" }}\n{notes}'
    )
    with closing(open_store(tmp_path / "data" / "quizdock.db", "here")) as store:
        store.learners.add("ada")
    return tmp_path


def test_no_answer_that_was_said_to_be_saved_is_lost(home: Path) -> None:
    dice = random.Random(7)
    said: list[str] = []
    for _ in range(KILLS):
        said += answered_until_killed(home, after=dice.randint(1, 12), pause=dice.random() / 200)
    with closing(open_store(home / "data" / "quizdock.db", "here")) as store:
        kept = [
            f"many/{name}"
            for (name,) in store.database.rows(
                "SELECT card.name FROM event JOIN card ON card.id = event.card ORDER BY seq"
            )
        ]
        assert store.database.value("PRAGMA integrity_check") == "ok"
        assert store.journal.rebuild().wrong == 0
    assert len(said) >= KILLS
    assert set(said) <= set(kept)
    assert len(kept) <= len(said) + KILLS, "at most one answer a kill was on disk before it was said"
    assert len(set(kept)) == len(kept), "no card was asked again: each session went on where the last one died"


def answered_until_killed(home: Path, after: int, pause: float) -> list[str]:
    """Answer until `after` answers were said to be saved, send one more, and kill a moment later."""
    session = Session(home)
    said: list[str] = []
    message = session.hear()
    while message is not None:
        match message["type"]:
            case "ask":
                session.say(response=None)
            case "verdict":
                session.say(grade=4)
                if len(said) == after:
                    time.sleep(pause)  # somewhere in the middle of the writing
                    break
            case "saved":
                said.append(message["card"])
        message = session.hear()
    return said + session.kill()
