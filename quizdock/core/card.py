"""Cards: one thing to ask, as the catalogue keeps it."""

import json
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from quizdock.core.blueprint import Blueprint, Difficulty
from quizdock.core.drawing import Drawing
from quizdock.core.forms import Task, task_as_data, task_from_data


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to ask: `name` is `note` or `note#part`, unique in its deck.

    `study` is how the drill asks it; `exam` how an exam asks it, or None where it cannot be marked honestly.
    """

    name: str
    topic: str
    prompt: str
    study: Task
    exam: Task | None = None
    explain: str = ""
    hints: tuple[str, ...] = ()
    source: str = ""
    tags: tuple[str, ...] = ()
    drawing: Drawing | None = None
    difficulty: Difficulty = "medium"
    fact: str = field(default="", compare=False)
    """What of its note it asks; empty for the whole note. Cards of one fact answer each other.

    It groups cards and is not seen by anybody, so that it makes no difference between two.
    """

    @property
    def siblings(self) -> str:
        """What it has in common with the cards that answer each other: `note`, or `note#fact`."""
        return f"{self.note}#{self.fact}" if self.fact else self.note

    @property
    def note(self) -> str:
        """The id of the note that the card was derived from."""
        return self.name.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of a deck; its new cards wait until the topics in `after` have been met."""

    id: str
    title: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck as the catalogue takes it: what its file says, with every card derived."""

    id: str
    title: str
    lang: str
    source: str
    description: str
    topics: tuple[Topic, ...]
    cards: tuple[Card, ...]
    exam: Blueprint = field(default_factory=Blueprint)

    @property
    def in_exams(self) -> int:
        """How many of the cards exams may ask."""
        return sum(card.exam is not None for card in self.cards)


def encode(card: Card) -> str:
    """Everything about the card but its name and topic, as compact JSON; absent fields are left out."""
    data: dict[str, Any] = {"q": card.prompt, "a": task_as_data(card.study)}
    if card.exam is not None:
        data["x"] = 1 if card.exam == card.study else task_as_data(card.exam)
    more = {"e": card.explain, "h": list(card.hints), "s": card.source, "t": list(card.tags), "f": card.fact}
    data |= {key: value for key, value in more.items() if value}
    if card.difficulty != "medium":
        data["y"] = card.difficulty
    if card.drawing is not None:
        data["d"] = card.drawing.as_data()
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def decode(name: str, topic: str, body: str) -> Card:
    """The card that `encode` wrote."""
    data = json.loads(body)
    study = task_from_data(data["a"])
    exam = data.get("x")
    return Card(
        name=name,
        topic=topic,
        prompt=data["q"],
        study=study,
        exam=study if exam == 1 else task_from_data(exam) if exam else None,
        explain=data.get("e", ""),
        hints=tuple(data.get("h", ())),
        source=data.get("s", ""),
        tags=tuple(data.get("t", ())),
        drawing=Drawing.from_data(data["d"]) if "d" in data else None,
        difficulty=data.get("y", "medium"),
        fact=data.get("f", ""),
    )


def content_hash(body: str) -> int:
    """A signed 64-bit digest of an encoded card: it tells "edited since you last saw it", never identity."""
    return int.from_bytes(blake2b(body.encode(), digest_size=8).digest(), "big", signed=True)
