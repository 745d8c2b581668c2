"""Sixty days of study: a program learns the whole shipped deck.

Every schedule, and what each day is to ask, are worked out a second time here, from the rules alone.
"""

import io
import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from quizdock.cli.main import run
from quizdock.core.card import Deck

DECK = "docker-conteneurs"
GRADES = [0, 1, 2, 3, 3, 4, 4, 4, 5, 5]
"""What a review is graded, one entry as often as another."""
STUBBORN_GRADES = [2, 3]
"""The same for a card that is never well known: its ease sinks to the floor."""
DRILL_GRADES = [0, 1, 2, 3, 4, 4, 4, 5, 5, 5]
DAYS = [date(2026, 11, 23) + timedelta(days=number) for number in range(60)]
NEW_PER_DAY = 10
REVIEWS_PER_DAY = 200
BUSY_DAYS = range(25, 32)
"""Days on which the learner has time for FEW reviews, fewer than are due."""
FEW = 12


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

    def lateness(self, today: date) -> Fraction:
        """For how many of its intervals the card has waited since its due day."""
        return Fraction((today - self.due).days, self.interval)

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
            assert card.due <= self.today, "a card is never asked before its due day"
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


@dataclass(frozen=True)
class Facts:
    """What the deck says of its cards: their order, and which of them answer each other."""

    order: Sequence[str]
    fact: dict[str, tuple[str, str]]
    topic: dict[str, str]
    after: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, deck: Deck) -> "Facts":
        names = {f"{deck.id}/{card.name}": card for card in deck.cards}
        return cls(
            order=list(names),
            fact={name: (card.note, card.fact) for name, card in names.items()},
            topic={name: card.topic for name, card in names.items()},
            after={topic.id: topic.after for topic in deck.topics},
        )

    def distinct(self, cards: Iterable[str]) -> set[tuple[str, str]]:
        return {self.fact[card] for card in cards}

    def of_topics(self, topics: Iterable[str]) -> set[tuple[str, str]]:
        """All that is to be known of these topics."""
        return self.distinct(card for card in self.order if self.topic[card] in topics)


def hold_against_the_rules(asked: Sequence[str], due: dict[str, Fraction], facts: Facts, room: int) -> None:
    """The due cards of a day: the latest first, one of a fact, and every one that has waited for an interval.

    `due` is how late each due card was in the morning. Which of several equally late cards comes is left open.
    """
    eligible: list[Fraction] = []
    for fact in facts.distinct(due):
        late = sorted((late for card, late in due.items() if facts.fact[card] == fact), reverse=True)
        eligible += [each for each in late if each >= 1] or late[:1]
    assert sorted((due[card] for card in asked), reverse=True) == sorted(eligible, reverse=True)[:room]
    for fact, number in Counter(facts.fact[card] for card in asked).items():
        assert number == 1 or all(due[card] >= 1 for card in asked if facts.fact[card] == fact)


def next_new(known: set[str], asked: Iterable[str], facts: Facts) -> list[str]:
    """The next cards of the deck that answer nothing of what is asked on this day, one of a fact."""
    taken = facts.distinct(asked)
    chosen: list[str] = []
    for card in facts.order:
        if card not in known and facts.fact[card] not in taken and len(chosen) < NEW_PER_DAY:
            chosen.append(card)
            taken.add(facts.fact[card])
    return chosen


def evenly(first_asked: Sequence[dict[str, Any]]) -> bool:
    """Whether new cards are spread over the day: each stretch from its beginning has its share of them, within one."""
    new = [message["new"] for message in first_asked]
    return all(abs(sum(new[:count]) - Fraction(count * sum(new), len(new))) <= 1 for count in range(1, len(new) + 1))


@pytest.fixture
def facts(shipped: dict[str, Deck]) -> Facts:
    return Facts.of(shipped[DECK])


@pytest.fixture
def program(home: Path, quizdock: Callable[..., CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch) -> Program:
    """A program that speaks with the command line, in a fresh home where the shipped decks are compiled."""
    program = Program(random.Random(2027))
    monkeypatch.setattr("sys.stdin", program)
    return program


def study(program: Program) -> list[dict[str, Any]]:
    """One day's session, one call of the entry point; what was heard."""
    program.heard = []
    with redirect_stdout(program):
        assert run(["study", DECK, "--json"]) == 0
    assert program.waiting == []
    return program.heard


def test_the_whole_deck_over_sixty_days_agrees_with_the_rules_to_the_last_schedule(
    program: Program,
    facts: Facts,
    at: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    quizdock: Callable[..., CompletedProcess[str]],
) -> None:
    waited = 0
    for number, day in enumerate(DAYS):
        busy = number in BUSY_DAYS
        monkeypatch.setenv("QUIZDOCK_REVIEWS_PER_DAY", str(FEW if busy else REVIEWS_PER_DAY))
        at(f"{day}T20:15")
        program.today = day
        known = set(program.cards)
        due = {name: card.lateness(day) for name, card in program.cards.items() if card.due <= day}
        opening, *heard, ending = study(program)

        once = [message for message in heard if message["type"] == "ask" and not message["drill"]]
        asked = [message["card"] for message in once if not message["new"]]
        new = [message["card"] for message in once if message["new"]]
        hold_against_the_rules(asked, due, facts, FEW if busy else REVIEWS_PER_DAY)
        assert len(asked) == FEW or not busy, "the learner was really busy"
        assert max((late for card, late in due.items() if card not in asked), default=0) < 1 or busy
        waited += len(due) - len(asked)
        assert new == next_new(known, asked, facts)
        for position, card in enumerate(new):
            met = facts.distinct(known.union(new[:position]))
            assert facts.of_topics(facts.after[facts.topic[card]]) <= met, "a topic comes after those it builds on"
        assert evenly(once)

        assert opening == {
            "type": "session",
            "learner": "alice",
            "day": day.isoformat(),
            "due": len(asked),
            "new": len(new),
        }
        last = {message["card"]: message["grade"] for message in heard if message["type"] == "saved"}
        assert min(last.values(), default=4) >= 4, "each card is drilled until it is known"
        assert (ending["type"], ending["reviews"]) == ("done", len(once))
        assert ending["drills"] == sum(message.get("drill", False) for message in heard)
    assert waited > 100, "limits and siblings made cards wait"
    assert set(program.cards) == set(facts.order)
    assert len(facts.order) > 100
    assert min(card.ease for card in program.cards.values()) == 130
    assert max(card.ease for card in program.cards.values()) > 250

    assert quizdock("rebuild").stdout == (
        f"{program.answers} events replayed, {len(facts.order)} schedules: all were already right.\n"
    )
