"""Real `quizdock study --json` and `quizdock exam --json` as processes, to be driven by tests and long runs."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from quizdock.store import open_store

Message = dict[str, Any]

NOW = "2026-11-24T12:00"
QUESTIONS = 12
STUDY = ("study", "many", "--new", "1000")
EXAM = ("exam", "many", "--seed", "7", "-n", str(QUESTIONS), "--certainty")
RESUME = ("exam", "--resume")
CERTAINTIES = ("guess", "fairly", "sure")


class Process:
    """A command of Ada's in JSON lines."""

    def __init__(self, home: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        """Start it; `environment` comes on top of this process's own."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizdock", *arguments, "--json", "--learner", "ada"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "QUIZDOCK_HOME": str(home), "QUIZDOCK_NOW": NOW, **(environment or {})},
            text=True,
        )

    def hear(self) -> Message | None:
        """The next message; None once there is none any more."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None

    def say(self, **message: object) -> None:
        """Send a message; whether anybody was left to read it, the next `hear` tells."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(message) + "\n")
            self.process.stdin.flush()

    def kill(self) -> list[Message]:
        """Kill it; returns what it had said that was not read yet."""
        self.process.kill()
        assert self.process.stdout is not None
        rest = self.process.stdout.read()
        self.end()
        return [json.loads(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]

    def end(self) -> tuple[int, str]:
        """Wait for its end; returns its exit code and what it complained of."""
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors


class Session(Process):
    """`quizdock study`: a learner who knows every card."""

    def __init__(self, home: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        """Start it with STUDY, and these arguments on top."""
        super().__init__(home, *STUDY, *arguments, environment=environment)

    def answer(self, message: Message) -> None:
        """What the learner says to a message, if it asks for anything."""
        match message["type"]:
            case "ask":
                self.say(response=None)
            case "verdict":
                self.say(grade=4)

    def to_its_end(self) -> list[str]:
        """Answer whatever is asked; returns the cards that were said to be saved."""
        said = []
        while (message := self.hear()) is not None:
            if message["type"] == "saved":
                said.append(message["card"])
            self.answer(message)
        return said

    def killed(self, after: int, pause: float) -> list[str]:
        """Answer until `after` answers were said to be saved, send one more, and kill a moment later; else the same."""
        said: list[str] = []
        while (message := self.hear()) is not None:
            self.answer(message)
            if message["type"] == "saved":
                said.append(message["card"])
            if message["type"] == "verdict" and len(said) == after:
                time.sleep(pause)  # somewhere in the middle of the writing
                break
        return said + [message["card"] for message in self.kill() if message["type"] == "saved"]


class Sitting(Process):
    """`quizdock exam`: a candidate who always answers the same to the same question."""

    def __init__(self, home: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        """Start it with these arguments: EXAM, or RESUME."""
        super().__init__(home, *arguments, environment=environment)
        self.asked: list[int] = []
        """The numbers of the questions that were asked: with each, all before it are said to be saved."""

    def answer(self, asked: Message) -> None:
        """By the question's own number."""
        self.asked.append(asked["number"])
        choice = asked["choices"].index("right" if asked["number"] % 2 else "wrong 1")
        self.say(response=choice, certainty=CERTAINTIES[asked["number"] % 3])

    def to_its_end(self) -> Message | None:
        """Answer whatever is asked; returns the result, None where there was none."""
        result = None
        while (message := self.hear()) is not None:
            match message["type"]:
                case "ask":
                    self.answer(message)
                case "result":
                    result = message
        return result

    def killed(self, after: int, pause: float) -> None:
        """Answer so many questions and one more, and kill it a moment later."""
        answered = 0
        while answered <= after and (message := self.hear()) is not None:
            if message["type"] == "ask":
                self.answer(message)
                answered += 1
        time.sleep(pause)  # somewhere in the middle of the writing
        self.asked += [message["number"] for message in self.kill() if message["type"] == "ask"]


def home_of_cards(folder: Path, cards: int = 400) -> Path:
    """A new home of Ada's with the deck `many` of flashcards; returns the folder."""
    return _home(folder, "".join(f'[[flashcard]]\nid = "c{n}"\nfront = "{n}?"\nback = "{n}"\n' for n in range(cards)))


def home_of_questions(folder: Path, questions: int = 40) -> Path:
    """A new home of Ada's with the deck `many` of questions that an exam may ask; returns the folder."""
    return _home(
        folder,
        "".join(
            f'[[question]]\nid = "q{n}"\nask = "{n}?"\ntype = "choice"\nanswer = "right"\n'
            'wrong = ["wrong 1", "wrong 2"]\n'
            for n in range(questions)
        ),
    )


def database_of(home: Path) -> Path:
    """Where a home keeps its database."""
    return home / "data" / "quizdock.db"


def _home(folder: Path, notes: str) -> Path:
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "many.toml").write_text(
        f'format = 1\ndeck = {{ id = "many", title = "Many", lang = "en" }}\n{notes}'
    )
    with closing(open_store(database_of(folder), "here")) as store:
        store.learners.add("ada")
    return folder


def unsound(home: Path) -> list[str]:
    """What is wrong with a home's database, whatever became of the processes that wrote to it; nothing if all is well.

    The file is whole, references lead somewhere, sequence numbers have no gaps, and the schedules are what the events
    make of them.
    """
    with closing(open_store(database_of(home), "here")) as store:
        return [
            *(f"integrity_check: {text}" for (text,) in store.database.rows("PRAGMA integrity_check") if text != "ok"),
            *(f"foreign_key_check: {row}" for row in store.database.rows("PRAGMA foreign_key_check")),
            *(
                f"device {device}: {count} events, the last is number {last}"
                for device, count, last in store.database.rows(
                    "SELECT device, count(*), max(seq) FROM event GROUP BY device HAVING count(*) <> max(seq)"
                )
            ),
            *(
                f"exam {attempt}: {count} events, the last is number {last}"
                for attempt, count, last in store.database.rows(
                    "SELECT attempt, count(*), max(seq) FROM attempt_event GROUP BY attempt HAVING count(*) <> max(seq)"
                )
            ),
            *(f"rebuild: {wrong} rows were wrong" for wrong in [store.journal.rebuild().wrong] if wrong),
        ]


def cards_kept(home: Path) -> list[str]:
    """The cards of the answers that are in a home's database, in the order in which they were given."""
    with closing(open_store(database_of(home), "here")) as store:
        rows = store.database.rows(
            "SELECT deck.name, card.name FROM event JOIN card ON card.id = event.card JOIN deck ON deck.id = card.deck"
            " ORDER BY seq"
        )
    return [f"{deck}/{card}" for deck, card in rows]
