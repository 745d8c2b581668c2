"""Sixty days of study: a program learns the whole shipped deck, and every schedule is worked out a second time."""

import io
import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from quizdock.cli.main import run

DECK = "docker-conteneurs"
GRADES = [0, 1, 2, 3, 3, 4, 4, 4, 5, 5]
"""What a review is graded, one entry as often as another."""
STUBBORN_GRADES = [2, 3]
"""The same for a card that is never well known: its ease sinks to the floor."""
DRILL_GRADES = [0, 1, 2, 3, 4, 4, 4, 5, 5, 5]
DAYS = [date(2026, 11, 23) + timedelta(days=number) for number in range(60)]


@dataclass
class Expected:
    """A card's schedule by SM-2's rules, in whole numbers: the interval in days, the ease in hundredths."""

    due: date
    reviewed: date
    repetitions: int = 0
    interval: int = 0
    ease: int = 250

    def review(self, grade: int, today: date) -> None:
        """First 1 day, then 6, then the interval times the ease before this answer, rounded up."""
        if grade < 3:
            self.repetitions, self.interval = 0, 1
        else:
            exact = {0: 100, 1: 600}.get(self.repetitions, self.interval * self.ease)
            self.interval = (exact + 99) // 100
            self.repetitions += 1
            self.ease = max(130, self.ease + {3: -14, 4: 0, 5: 10}[grade])
        self.reviewed = today
        self.due = today + timedelta(days=self.interval)

    def as_said(self) -> dict[str, object]:
        return {
            "repetitions": self.repetitions,
            "interval": self.interval,
            "ease": f"{self.ease / 100:.2f}",
            "due": self.due.isoformat(),
        }


@dataclass
class Program(io.TextIOBase):
    """Speaks the JSON protocol, both the input and the output of a session, and grades by the dice."""

    dice: random.Random
    today: date = DAYS[0]
    cards: dict[str, Expected] = field(default_factory=dict)
    stubborn: set[str] = field(default_factory=set)
    answers: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def write(self, text: str) -> int:
        """Hear a message, and have the answer ready where it wants one."""
        message = json.loads(text)
        self.heard.append(message)
        reply = self.reply(message)
        if reply is not None:
            self.waiting.append(json.dumps(reply) + "\n")
        return len(text)

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # a text stream reads texts
        return self.waiting.pop(0)

    def reply(self, message: dict[str, Any]) -> dict[str, object] | None:
        match message["type"]:
            case "ask":
                return {"response": self.response(message)}
            case "verdict":
                return {"grade": self.dice.choice(self.grades(self.heard[-2]))}
            case "saved":
                self.check(message)
            case "error":
                raise AssertionError(f"{self.heard[-2]} was answered by something that is refused: {message}")
        return None

    def grades(self, question: dict[str, Any]) -> list[int]:
        """What the card may be graded; one card in ten turns out to be stubborn when it is met."""
        if question["new"] and self.dice.random() < 0.1:
            self.stubborn.add(question["card"])
        if question["drill"]:
            return DRILL_GRADES
        return STUBBORN_GRADES if question["card"] in self.stubborn else GRADES

    def response(self, question: dict[str, Any]) -> object:
        """Any answer of the right kind: the grade does not depend on it."""
        count = len(question["choices"])
        match question["form"]:
            case "choice":
                return self.dice.randrange(count)
            case "choices":
                return self.dice.sample(range(count), self.dice.randrange(count + 1))
            case "boolean":
                return self.dice.random() < 0.5
            case "text" | "command":
                return "docker ps"
            case "number":
                return str(self.dice.randrange(100))
            case "list":
                return ["docker ps", "docker run"]
            case "match":
                return [self.dice.randrange(count) for _item in question["items"]]
            case "order":
                return self.dice.sample(range(count), count)
            case "path":
                return self.dice.choices(question["choices"], k=2)
            case "recall":
                return None
            case unknown:
                raise AssertionError(f"no response is known for the form {unknown}")

    def check(self, said: dict[str, Any]) -> None:
        """Hold what was said to be saved against the rules; a second answer on a day moves nothing."""
        question = next(message for message in reversed(self.heard) if message["type"] == "ask")
        known = self.cards.get(said["card"])
        card = known or Expected(due=self.today, reviewed=self.today)
        review = known is None or known.reviewed < self.today
        assert (question["card"], question["new"], question["drill"]) == (said["card"], known is None, not review)
        if review:
            assert card.due == self.today, "no day is missed, so every card is asked on its very day"
            card.review(said["grade"], self.today)
        self.cards[said["card"]] = card
        self.answers += 1
        assert {key: said[key] for key in ("repetitions", "interval", "ease", "due")} == card.as_said()


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a place: every one of some thousand answers waits for the disk otherwise."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.fixture
def cards(quizdock: Callable[..., CompletedProcess[str]]) -> int:
    """How many cards the deck has today: it is edited more often than the rules."""
    decks = json.loads(quizdock("deck", "list", "--json").stdout)
    return next(int(deck["cards"]) for deck in decks if deck["id"] == DECK)


@pytest.fixture
def program(home: Path, cards: int, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A program that speaks with the command line, in a fresh home, once the cards have been counted."""
    program = Program(random.Random(2026))
    monkeypatch.setattr("sys.stdin", program)
    return program


def study(program: Program) -> list[dict[str, Any]]:
    """One day's session, one call of the entry point; what was heard."""
    program.heard = []
    with redirect_stdout(program):
        assert run(["study", DECK, "--json", "--new", "10"]) == 0
    assert program.waiting == []
    return program.heard


def test_the_whole_deck_over_sixty_days_agrees_with_the_rules_to_the_last_schedule(
    program: Program, cards: int, at: Callable[[str], None], quizdock: Callable[..., CompletedProcess[str]]
) -> None:
    for day in DAYS:
        at(f"{day}T20:15")
        program.today = day
        due = {name for name, card in program.cards.items() if card.due == day}
        new = min(10, cards - len(program.cards))
        opening, *heard, ending = study(program)
        assert opening == {
            "type": "session",
            "learner": "alice",
            "day": day.isoformat(),
            "due": len(due),
            "new": new,
        }
        asked = [message for message in heard if message["type"] == "ask"]
        assert {each["card"] for each in asked if not each["new"] and not each["drill"]} == due
        last = {message["card"]: message["grade"] for message in heard if message["type"] == "saved"}
        assert min(last.values(), default=4) >= 4, "each card is drilled until it is known"
        assert (ending["type"], ending["reviews"]) == ("done", len(due) + new)
        assert ending["drills"] == sum(message["drill"] for message in asked)
    assert len(program.cards) == cards > 100
    assert min(card.ease for card in program.cards.values()) == 130
    assert max(card.ease for card in program.cards.values()) > 250

    assert quizdock("rebuild").stdout == (
        f"{program.answers} events replayed, {cards} schedules: all were already right.\n"
    )
