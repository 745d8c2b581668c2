"""Cards: one thing to ask, as the catalogue keeps it."""

import json
from dataclasses import dataclass, field
from hashlib import blake2b

from quizdock.core.blueprint import Blueprint, Difficulty
from quizdock.core.drawing import Drawing
from quizdock.core.forms import Task, task_as_data, task_from_data


@dataclass(slots=True, unsafe_hash=True)  # nobody changes one, but freezing makes 100,000 of them in 0.16 s, not 0.03
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
    """Everything about the card but its name and topic, as compact JSON; absent fields are left out.

    It is put together here, and only values go through the encoder: one for the whole takes four times as long.
    """
    body = f'{{"q":{_json(card.prompt)},"a":{_encoded_task(card.study)}'
    if card.exam is not None:
        body += ',"x":1' if card.exam == card.study else f',"x":{_encoded_task(card.exam)}'
    if card.explain:
        body += f',"e":{_json(card.explain)}'
    if card.hints:
        body += f',"h":{_json(card.hints)}'
    if card.source:
        body += f',"s":{_json(card.source)}'
    if card.tags:
        body += f',"t":{_json(card.tags)}'
    if card.fact:
        body += f',"f":{_json(card.fact)}'
    if card.difficulty != "medium":
        body += f',"y":{_json(card.difficulty)}'
    if card.drawing is not None:
        body += f',"d":{_json(card.drawing.as_data())}'
    return f"{body}}}"


def _encoded_task(task: Task) -> str:
    form, data = task_as_data(task)
    return f'["{form}",{_json(data)}]'


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps makes an encoder for each call


_read = json.JSONDecoder().raw_decode  # json.loads takes half of its time for looking what it was given


def decode(name: str, topic: str, body: str) -> Card:
    """The card that `encode` wrote."""
    data, _end = _read(body)
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
