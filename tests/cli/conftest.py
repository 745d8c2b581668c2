"""A home with one small deck, and the command line: called in this process, or started as one of its own."""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from quizdock.cli.main import run
from quizdock.core.card import Deck
from quizdock.deck.reader import read_deck
from quizdock.sessions.library import refresh
from quizdock.store import open_store
from quizdock.ui.translations import activate

CONTENT = Path(__file__).parents[2] / "content"
SMALL = """\
format = 1
deck = { id = "small", title = "Small deck", lang = "en" }

[[topic]]
id = "images"
title = "Images"

[[topic]]
id = "containers"
title = "Containers"

[[flashcard]]
id = "image"
topic = "images"
front = "What is an image?"
back = "A read-only model"
wrong = ["A running process", { text = "A virtual disk", why = "A disk is written to." }]
explain = "Containers are made from it."
source = "Section 1.1"

[[question]]
id = "shared"
topic = "images"
ask = "Can two containers come from one image?"
type = "boolean"
answer = true

[[question]]
id = "list"
topic = "containers"
ask = "Which command lists the running containers?"
type = "text"
answer = ["docker ps", "docker container ls"]
wrong = [{ text = "docker images", why = "That lists images." }]
source = "Section 2.1"

[[question]]
id = "kernel"
topic = "containers"
ask = "Whose kernel does a container use?"
type = "choice"
answer = "The host's"
wrong = [{ text = "Its own", why = "A container brings no kernel." }, "The image's"]
explain = "That is why it starts so fast."
source = "Section 2.2"

[[question]]
id = "isolated"
topic = "containers"
ask = "What do namespaces isolate?"
type = "choices"
answer = ["Processes", "The network"]
wrong = ["The kernel"]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Alice's home at a quarter past eight, 23 November 2026, with the deck `small` of five cards in two topics."""
    home = tmp_path / "home"
    (home / "content").mkdir(parents=True)
    (home / "content" / "small.toml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv("QUIZDOCK_HOME", str(home))
    monkeypatch.setenv("QUIZDOCK_NOW", "2026-11-23T20:15")
    monkeypatch.setenv("LOGNAME", "alice")
    with monkeypatch.context() as zone:
        zone.setenv("TZ", "UTC")
        time.tzset()
        activate("en")
        yield home
    time.tzset()


@pytest.fixture(scope="session")
def shipped() -> dict[str, Deck]:
    """The decks that ship, by their ids."""
    decks = [read_deck(path) for path in sorted(CONTENT.glob("*.toml"))]
    return {deck.id: deck for deck in decks}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Moves the clock: `at("2026-11-24T08:00")`."""

    def put(time_: str) -> None:
        monkeypatch.setenv("QUIZDOCK_NOW", time_)

    return put


@pytest.fixture
def many(home: Path) -> Path:
    """A second deck, `many`, of 25 flashcards `c01` to `c25`."""
    cards = [f'[[flashcard]]\nid = "c{n:02}"\nfront = "Front {n}"\nback = "Back {n}"\n' for n in range(1, 26)]
    path = home / "content" / "many.toml"
    path.write_text('format = 1\ndeck = { id = "many", title = "Many cards", lang = "en" }\n' + "\n".join(cards))
    return path


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database without learners in which the shipped decks are compiled, as they are from the second start on."""
    path = tmp_path_factory.mktemp("compiled") / "quizdock.db"
    store = open_store(path, "device")
    refresh(store.catalogue, [CONTENT])
    store.close()
    return path.read_bytes()


@pytest.fixture
def started(home: Path, compiled: bytes) -> Path:
    """The home with that database, for tests to which the very first start does not matter."""
    (home / "data").mkdir(mode=0o700)
    (home / "data" / "quizdock.db").touch(mode=0o600)
    (home / "data" / "quizdock.db").write_bytes(compiled)
    return home


@pytest.fixture
def quizdock(started: Path, anew: Callable[..., CompletedProcess[str]]) -> Callable[..., CompletedProcess[str]]:
    """Calls the command line in this process: `quizdock("study", "--plain", typed="…")`."""
    return anew


@pytest.fixture
def anew(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., CompletedProcess[str]]:
    """The same in a home where QuizDock has never been started."""

    def call(*arguments: str, typed: str = "") -> CompletedProcess[str]:
        capsys.readouterr()
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = run(arguments)
        out, err = capsys.readouterr()
        return CompletedProcess(arguments, code, out, err)

    return call


@pytest.fixture
def talk(quizdock: Callable[..., CompletedProcess[str]]) -> Callable[..., list[dict[str, Any]]]:
    """Holds a conversation in JSON lines: `talk(["study", "small"], {"response": None}, "no JSON")`.

    A text is sent as it is. Durations are checked to be whole numbers and left out of what was heard.
    """

    def hold(arguments: list[str], *said: object) -> list[dict[str, Any]]:
        lines = [each if isinstance(each, str) else json.dumps(each) for each in said]
        ended = quizdock(*arguments, "--json", typed="".join(f"{line}\n" for line in lines))
        assert (ended.returncode, ended.stderr) == (0, "")
        heard: list[dict[str, Any]] = [json.loads(line) for line in ended.stdout.splitlines()]
        for message in heard:
            assert isinstance(message.pop("seconds", 0), int)
        return heard

    return hold


@pytest.fixture
def process(home: Path) -> Callable[..., CompletedProcess[str]]:
    """Runs the command line as a process: `process("due", typed="", QUIZDOCK_NOW="…")`."""

    def start(*arguments: str, typed: str = "", **environment: str) -> CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "quizdock", *arguments],
            input=typed,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "QUIZDOCK_LANG": "en", **environment},
            timeout=20,
            check=False,
        )

    return start
