"""Reading a deck file: bytes, TOML, types, references, cards. All problems of a file are reported at once."""

from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import tomli
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, ValidationError, create_model

from quizdock.core.card import Card, Deck, Topic
from quizdock.core.errors import QuizDockError, reason_of, unknown_name
from quizdock.core.message import NOTHING, Message, msg
from quizdock.deck.clean import clean_tree
from quizdock.deck.lines import lines_of
from quizdock.deck.notes import KINDS, Note
from quizdock.deck.notes.base import Id, Label, MaybeProse, Strict
from quizdock.deck.phrases import phrases_for
from quizdock.deck.problems import DeckError, Located, Path, Problem, written
from quizdock.deck.syntax import explained
from quizdock.deck.validation import problems_of

LARGEST = 32 * 1024 * 1024
"""Bytes of a deck file."""
MOST_NOTES = 100_000
"""Notes of one kind in a deck."""
MOST_HINTS = 20
"""Near names that are looked for in a deck: looking among many topics takes a while."""
MOST_CARDS = 200_000
"""Cards of a deck."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]


Model = TypeVar("Model", bound=BaseModel)


class Header(Strict):
    """`[deck]`: what the deck is called and where it comes from."""

    id: Id
    title: Label
    lang: Language
    source: MaybeProse = ""
    description: MaybeProse = ""


class TopicEntry(Strict):
    """`[[topic]]`: a section of the deck."""

    id: Id
    title: Label
    after: list[str] = Field(default=[], max_length=50)


def _whole_number(value: object) -> int | None:
    """The value, unless Python only takes it for a whole number, as it does `true` and `1.0`."""
    return value if type(value) is int else None


Document: type[BaseModel] = create_model(
    "Document",
    __base__=Strict,
    format=Annotated[Literal[1], BeforeValidator(_whole_number)],
    deck=Header,
    topic=(list[TopicEntry], Field(default=[], max_length=1000)),
    **{kind: (list[model], Field(default=[], max_length=MOST_NOTES)) for kind, model in KINDS.items()},  # type: ignore[valid-type, call-overload]  # made from the registry
)
"""The whole file."""


class _Entry(NamedTuple):
    """A note with its place in the file."""

    path: Path
    note: Note


def read_deck(path: FilePath) -> Deck:
    """The deck in this file. Raises DeckError with every problem, or QuizDockError if it cannot be opened."""
    return parse_deck(read_bytes(path), str(path))


def read_bytes(path: FilePath) -> bytes:
    """The file's bytes, LARGEST + 1 of them at most. Raises QuizDockError if it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise QuizDockError(msg("{path}: {reason}", path=path, reason=reason_of(error))) from error


def parse_deck(data: bytes, file: str) -> Deck:
    """The deck in these bytes; `file` names it in errors. Raises DeckError with every problem."""
    source = _decoded(data, file)
    tree = _parsed(source, file)
    try:
        document: Any = Document.model_validate(tree)
    except ValidationError as error:
        raise _located(file, source, [*problems_of(error, Document), *_problems_of_the_rest(tree)]) from error
    entries = [_Entry((kind, index), note) for kind in KINDS for index, note in enumerate(getattr(document, kind))]
    problems = [*_topic_problems(document.topic), *_note_problems(entries, [topic.id for topic in document.topic])]
    if not entries:
        problems.append(Problem((), msg("the deck has no note"), msg("add one, for example [[flashcard]]")))
    cards = [] if problems else _cards(document, entries)
    problems += _card_problems(cards)
    if problems:
        raise _located(file, source, problems)
    return Deck(
        document.deck.id,
        document.deck.title,
        document.deck.lang,
        document.deck.source,
        document.deck.description,
        tuple(Topic(topic.id, topic.title, tuple(topic.after)) for topic in document.topic),
        tuple(cards),
    )


def _decoded(data: bytes, file: str) -> str:
    if len(data) > LARGEST:
        raise _whole(file, 1, msg("larger than {limit} MB", limit=LARGEST >> 20), _SPLIT)
    if not data.strip():
        raise _whole(file, 1, msg("the file is empty"), msg("see content/README.md for a deck in five minutes"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _whole(file, line, msg("this is not UTF-8 text"), msg("save the file as UTF-8")) from error


def _parsed(source: str, file: str) -> Any:
    try:
        return clean_tree(tomli.loads(source))
    except tomli.TOMLDecodeError as error:
        raise _whole(file, *explained(error)) from error
    except ValueError as error:  # the standard library reads no number of more than 4300 digits
        raise _whole(file, 1, msg("a number is too long"), NOTHING) from error
    except RecursionError as error:
        raise _whole(file, 1, msg("brackets are nested too deep"), NOTHING) from error
    except QuizDockError as error:
        raise _whole(file, 1, error.message, NOTHING) from error


def _whole(file: str, line: int, message: Message, hint: Message) -> DeckError:
    return DeckError(file, [Located(file, line, "", message, hint)])


def _located(file: str, source: str, problems: Iterable[Problem]) -> DeckError:
    problems = list(problems)
    lines = lines_of(source, [problem.path for problem in problems])
    return DeckError(
        file,
        [
            Located(file, lines[problem.path], written(problem.path), problem.message, problem.hint)
            for problem in problems
        ],
    )


def _problems_of_the_rest(tree: dict[str, Any]) -> Iterator[Problem]:
    """What else is wrong in a deck that has wrong types somewhere: its sound topics and notes, each by itself."""
    topics = [topic for _, topic in _sound(TopicEntry, tree.get("topic"))]
    all_sound = len(topics) == len(tree["topic"]) if isinstance(tree.get("topic"), list) else "topic" not in tree
    if all_sound:
        yield from _topic_problems(topics)
    entries = [
        _Entry((kind, index), note) for kind, model in KINDS.items() for index, note in _sound(model, tree.get(kind))
    ]
    yield from _note_problems(entries, [topic.id for topic in topics] if all_sound else None)


def _sound(model: type[Model], elements: Any) -> Iterator[tuple[int, Model]]:
    """The elements of a list that the model accepts, with their indices; none for anything but a list."""
    for index, element in enumerate(elements if isinstance(elements, list) else []):
        try:
            yield index, model.model_validate(element)
        except ValidationError:
            continue


def _note_problems(entries: list[_Entry], topics: list[str] | None) -> Iterator[Problem]:
    """What is wrong with the notes beyond their types; `topics` is None where not all of them are known."""
    yield from _note_id_problems(entries)
    known = set(topics or ())
    hints = islice(repeat(True), MOST_HINTS)
    for path, note in entries:
        if note.topic and topics is not None and note.topic not in known:
            message = msg("there is no topic “{name}”", name=note.topic)
            hint = unknown_name(message, note.topic, topics).hint if next(hints, False) else NOTHING
            yield Problem((*path, "topic"), message, hint)
        for problem in note.problems():
            yield Problem((*path, *problem.path), problem.message, problem.hint)


def _topic_problems(topics: list[TopicEntry]) -> Iterator[Problem]:
    earlier: list[str] = []
    known = [topic.id for topic in topics]
    for index, topic in enumerate(topics):
        if topic.id in earlier:
            yield Problem(("topic", index, "id"), msg("the id “{id}” is used twice", id=topic.id), _OWN_ID)
        earlier.append(topic.id)
        for place, name in enumerate(topic.after):
            path = ("topic", index, "after", place)
            if name not in known:
                error = unknown_name(msg("there is no topic “{name}”", name=name), name, known)
                yield Problem(path, error.message, error.hint)
            elif name not in earlier[:-1]:
                yield Problem(
                    path,
                    msg("“{name}” does not come earlier in the file", name=name),
                    msg("put it before this topic"),
                )


def _note_id_problems(entries: list[_Entry]) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, note in entries:
        if note.id in seen:
            yield Problem((*path, "id"), msg("the id “{id}” is used twice", id=note.id), _OWN_ID)
        seen.add(note.id)


_SPLIT = msg("split it into several decks")
_OWN_ID = msg("give this one another: learners' progress hangs on ids")


def _cards(document: Any, entries: list[_Entry]) -> list[Card]:
    """Every card (MOST_CARDS + 1 at most), topic after topic; within one, the notes take turns.

    So siblings are not neighbours.
    """
    phrases = phrases_for(document.deck.lang)
    places = {topic.id: place for place, topic in enumerate(document.topic)}
    placed = (
        ((places.get(note.topic, len(places)), turn, place), card)
        for place, (_, note) in enumerate(entries)
        for turn, card in enumerate(note.cards(phrases))
    )
    return [card for _, card in sorted(islice(placed, MOST_CARDS + 1), key=lambda entry: entry[0])]


def _card_problems(cards: list[Card]) -> Iterator[Problem]:
    if len(cards) > MOST_CARDS:
        yield Problem((), msg("the deck has more than {most} cards", most=MOST_CARDS), _SPLIT)
    seen: set[str] = set()
    for card in cards:
        if card.name in seen:
            yield Problem((), msg("two cards have the id “{id}”", id=card.name), _OWN_ID)
        seen.add(card.name)
