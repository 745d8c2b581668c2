"""Reading a deck file: bytes, TOML, types, references, cards. All problems of a file are reported at once."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, count, islice, repeat
from pathlib import Path as FilePath
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar

import tomli
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    create_model,
)

from quizdock.core.card import Card, Deck, Topic
from quizdock.core.collector import paused_collector
from quizdock.core.errors import QuizDockError, reason_of, unknown_name
from quizdock.core.message import NOTHING, Message, msg
from quizdock.deck.clean import cleaned
from quizdock.deck.exam import Exam, exam_problems, shortage_problems
from quizdock.deck.files import first_bytes
from quizdock.deck.lines import lines_of
from quizdock.deck.notes import KINDS, Note
from quizdock.deck.notes.base import Id, Label, MaybeProse, Reference, Strict
from quizdock.deck.problems import DeckError, Located, Path, Problem, written
from quizdock.deck.syntax import explained
from quizdock.deck.toml import loads
from quizdock.deck.validation import problems_of

LARGEST = 32 * 1024 * 1024
"""Bytes of a deck file."""
MOST_LINES = 2_000_000
"""Lines of a deck file."""
MOST_VALUES = 1_500_000
"""Commas and brackets of a deck file: parsing a list takes a hundred times the memory of its text."""
MOST_NOTES = 100_000
"""Notes of one kind in a deck."""
A_FEW = 1000
"""Notes that are made at a time."""
MOST_HINTS = 20
"""Near names that are looked for in a deck: looking among many topics takes a while."""
MOST_CARDS = 200_000
"""Cards of a deck."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]


Model = TypeVar("Model", bound=BaseModel)


class Header(Strict):
    """`[deck]`: what the deck is called and where it comes from."""

    KEYS: ClassVar[Mapping[str, str]] = {
        "id": "The deck's id. Never change it: learners' progress hangs on it.",
        "title": "What learners see the deck called.",
        "lang": "The language of the deck's texts: en, fr, pt-BR, …",
        "source": "The course that the deck was made from.",
        "description": "What the deck is about, and for whom.",
        "exam": "What its exams are like.",
    }

    id: Id
    title: Label
    lang: Language
    source: MaybeProse = ""
    description: MaybeProse = ""
    exam: Exam = Exam()


class TopicEntry(Strict):
    """`[[topic]]`: a section of the deck."""

    KEYS: ClassVar[Mapping[str, str]] = {
        "id": "The topic's id, which notes name in `topic`.",
        "title": "What learners see the topic called.",
        "after": "Ids of topics that it builds on: its new cards wait until theirs have been met.",
    }

    id: Id
    title: Label
    after: list[Reference] = Field(default=[], max_length=50)


def _whole_number(value: object) -> int | None:
    """The value, unless Python only takes it for a whole number, as it does `true` and `1.0`."""
    return value if type(value) is int else None


def _notes_of(model: Any) -> tuple[Any, Any]:
    """The field for a file's notes of one kind."""
    return list[model], Field(default=[], max_length=MOST_NOTES, description=model.__doc__)


Document: type[BaseModel] = create_model(
    "Document",
    __base__=Strict,
    format=(
        Annotated[Literal[1], BeforeValidator(_whole_number)],
        Field(description="The version of the deck language: always 1."),
    ),
    deck=(Header, Field(description="What the deck is called and where it comes from.")),
    topic=(
        list[TopicEntry],
        Field(default=[], max_length=1000, description="Sections of the course. Exams are drawn evenly over them."),
    ),
    **{kind: _notes_of(model) for kind, model in KINDS.items()},  # type: ignore[call-overload]  # made from the registry
)
"""The whole file."""


class Entry(NamedTuple):
    """A note with its place in the file."""

    path: Path
    note: Note


class Read(NamedTuple):
    """A file that was read without a problem: its text, its notes of each kind, and the deck that they make."""

    source: str
    notes: dict[str, list[Note]]
    deck: Deck

    @property
    def entries(self) -> list[Entry]:
        """The notes with their places."""
        return [Entry(*placed) for placed in _placed(self.notes)]


def read_deck(path: FilePath) -> Deck:
    """The deck in this file. Raises DeckError with every problem, or QuizDockError if it cannot be opened."""
    return parse_deck(read_bytes(path), str(path))


def read_bytes(path: FilePath) -> bytes:
    """The file's bytes, LARGEST + 1 of them at most. Raises QuizDockError if it cannot be opened."""
    try:
        return first_bytes(path, LARGEST + 1)
    except OSError as error:
        raise QuizDockError(msg("{path}: {reason}", path=path, reason=reason_of(error))) from error


def parse_deck(data: bytes, file: str) -> Deck:
    """The deck in these bytes; `file` names it in errors. Raises DeckError with every problem."""
    return parse(data, file).deck


@paused_collector()
def parse(data: bytes, file: str) -> Read:
    """The deck in these bytes with the notes that it was made from. Raises DeckError with every problem."""
    source = decoded(data, file)
    tree = parsed(source, file)
    _consume(tree)
    try:
        document: Any = Document.model_validate(tree)
    except ValidationError as error:
        found = [*problems_of(error, Document), *_problems_of_the_rest(tree)]
        raise DeckError(file, located(file, source, found)) from error
    notes = {kind: getattr(document, kind) for kind in KINDS}
    known = _Known(document.topic)
    problems = [*_topic_problems(document.topic, known), *_note_problems(_placed(notes), known)]
    if not any(notes.values()):
        problems.append(Problem((), msg("the deck has no note"), msg("add one, for example [[flashcard]]")))
    problems += exam_problems(document.deck.exam, known.problems)
    cards = [] if problems else _cards(document, notes, source)
    problems += _card_problems(cards, notes)
    problems += [] if problems else shortage_problems(document.deck.exam.blueprint, document.deck.id, cards)
    if problems:
        raise DeckError(file, located(file, source, problems))
    deck = Deck(
        document.deck.id,
        document.deck.title,
        document.deck.lang,
        document.deck.source,
        document.deck.description,
        tuple(Topic(topic.id, topic.title, tuple(topic.after)) for topic in document.topic),
        tuple(cards),
        document.deck.exam.blueprint,
    )
    return Read(source, notes, deck)


_UNCACHED = ConfigDict(cache_strings=False)
"""Else pydantic keeps 16,384 texts for ever, which are scattered all over what a large deck took of the memory."""


def _consume(tree: dict[str, Any]) -> None:
    """Put notes in the place of the tables that they are read from, A_FEW at a time, where a kind has more of them.

    So tables and notes of a large deck never stand side by side. What is wrong stays as it is, for `Document` to say.
    """
    for kind, model in KINDS.items():
        tables = tree.get(kind)
        if isinstance(tables, list) and len(tables) > A_FEW:
            notes = TypeAdapter(list[model], config=_UNCACHED)  # type: ignore[valid-type]
            for start in range(0, len(tables), A_FEW):
                with suppress(ValidationError):
                    tables[start : start + A_FEW] = notes.validate_python(tables[start : start + A_FEW])


def decoded(data: bytes, file: str) -> str:
    """The file's text, without a byte order mark. Raises DeckError for what is too large, empty, or no UTF-8."""
    if len(data) > LARGEST:
        raise _whole(file, 1, msg("larger than {limit} MB", limit=LARGEST >> 20), _SPLIT)
    if not data or data.isspace():
        raise _whole(file, 1, msg("the file is empty"), msg("see content/README.md for a deck in five minutes"))
    if data.count(b"\n") > MOST_LINES:
        raise _whole(file, MOST_LINES, msg("more than {most} lines", most=MOST_LINES), _SPLIT)
    if sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise _whole(file, 1, msg("more than {most} commas and brackets", most=MOST_VALUES), _SPLIT)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _whole(file, line, msg("this is not UTF-8 text"), msg("save the file as UTF-8")) from error


def parsed(source: str, file: str) -> Any:
    """What the TOML says, every text cleaned. Raises DeckError for what is no TOML, with its line."""
    try:
        return cleaned(loads(source), source)
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


def located(file: str, source: str, problems: Sequence[Problem], *, doubts: bool = False) -> list[Located]:
    """The problems with their lines; `doubts` makes warnings of them."""
    lines = lines_of(source, [problem.path for problem in problems])
    return [
        Located(file, lines[problem.path], written(problem.path), problem.message, problem.hint, doubts)
        for problem in problems
    ]


def _problems_of_the_rest(tree: dict[str, Any]) -> Iterator[Problem]:
    """What else is wrong in a deck that has wrong types somewhere: its sound topics and notes, each by itself."""
    topics = [topic for _, topic in _sound(TopicEntry, tree.get("topic"))]
    all_sound = len(topics) == len(tree["topic"]) if isinstance(tree.get("topic"), list) else "topic" not in tree
    known = _Known(topics) if all_sound else None
    if known:
        yield from _topic_problems(topics, known)
    notes = (((kind, index), note) for kind, model in KINDS.items() for index, note in _sound(model, tree.get(kind)))
    yield from _note_problems(notes, known)


def _sound(model: type[Model], elements: Any) -> Iterator[tuple[int, Model]]:
    """The elements of a list that the model accepts, with their indices; none for anything but a list."""
    for index, element in enumerate(elements if isinstance(elements, list) else []):
        try:
            yield index, model.model_validate(element)
        except ValidationError:
            continue


class _Known:
    """The ids of a file's topics, and how often a near one may still be looked for."""

    def __init__(self, topics: list[TopicEntry]) -> None:
        self._ids = {topic.id for topic in topics}
        self._hints = islice(repeat(True), MOST_HINTS)

    def problems(self, name: str, path: Path) -> Iterator[Problem]:
        """That no topic is called so, with a hint while there are any left."""
        if name not in self._ids:
            message = msg("there is no topic “{name}”", name=name)
            hint = unknown_name(message, name, self._ids).hint if next(self._hints, False) else NOTHING
            yield Problem(path, message, hint)


def _placed(notes: dict[str, list[Note]]) -> Iterator[tuple[Path, Note]]:
    """The notes with their places in the file, kind after kind."""
    return chain.from_iterable(zip(zip(repeat(kind), count()), each, strict=False) for kind, each in notes.items())


def _note_problems(notes: Iterable[tuple[Path, Note]], known: _Known | None) -> Iterator[Problem]:
    """What is wrong with the notes beyond their types; `known` is None where not all topics are."""
    seen: set[str] = set()
    for path, note in notes:
        if note.id in seen:
            yield Problem((*path, "id"), msg("the id “{id}” is used twice", id=note.id), _OWN_ID)
        seen.add(note.id)
        if note.topic and known:
            yield from known.problems(note.topic, (*path, "topic"))
        for problem in note.problems():
            yield Problem((*path, *problem.path), problem.message, problem.hint)


def _topic_problems(topics: list[TopicEntry], known: _Known) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, topic in enumerate(topics):
        if topic.id in seen:
            yield Problem(("topic", index, "id"), msg("the id “{id}” is used twice", id=topic.id), _OWN_ID)
        seen.add(topic.id)
        for place, name in enumerate(topic.after):
            yield from known.problems(name, ("topic", index, "after", place))
    placed = set(_in_order_of_learning(topics))
    for index, topic in enumerate(topics):
        if index not in placed:
            message = msg("“{name}” waits for itself, by way of the topics that it builds on", name=topic.id)
            yield Problem(("topic", index, "after"), message, msg("break the circle"))


def _in_order_of_learning(topics: list[TopicEntry]) -> list[int]:
    """The topics' indices in the file's order, but each behind those that it builds on; without those in a circle."""
    known = {topic.id for topic in topics}
    waiting = dict(enumerate(topics))
    met: set[str] = set()
    placed: list[int] = []
    while (ready := _ready(waiting, known - met)) is not None:
        met.add(waiting.pop(ready).id)
        placed.append(ready)
    return placed


def _ready(waiting: dict[int, TopicEntry], unmet: set[str]) -> int | None:
    """The first of the waiting topics that builds on none of the unmet ones."""
    return next((index for index, topic in waiting.items() if unmet.isdisjoint(topic.after)), None)


_SPLIT = msg("split it into several decks")
_OWN_ID = msg("give this one another: learners' progress hangs on ids")


def _cards(document: Any, notes: dict[str, list[Note]], source: str) -> list[Card]:
    """Every card (MOST_CARDS + 1 at most): topic after topic, and in each in the order of the file.

    The cards of a note that makes several are spread from its place to the end of its topic, so that they do not
    answer each other.
    """
    lang = document.deck.lang.partition("-")[0]
    turns = {document.topic[index].id: turn for turn, index in enumerate(_in_order_of_learning(document.topic))}
    by_topic: dict[int, list[Note]] = defaultdict(list)
    for note in _as_written(notes, source):
        by_topic[turns.get(note.topic, len(turns))].append(note)
    spread = (_spread(by_topic[turn], lang) for turn in sorted(by_topic))
    return list(islice(chain.from_iterable(spread), MOST_CARDS + 1))


def _spread(notes: list[Note], lang: str) -> list[Card]:
    """The cards of a topic's notes: the card number `turn` of `many`, of the note at `place`, among those after it."""
    made = [list(islice(note.cards(lang), MOST_CARDS + 1)) for note in notes]
    if all(len(cards) == 1 for cards in made):
        return [card for (card,) in made]
    placed = [
        (place + (len(made) - place) * turn / len(cards), place, turn, card)
        for place, cards in enumerate(made)
        for turn, card in enumerate(cards)
    ]
    placed.sort()  # no two have place and turn in common: cards themselves are never compared
    return [card for *_, card in placed]


_NOTE_HEADING = re.compile(rf"\n[ \t]*+\[\[[ \t]*+({'|'.join(KINDS)})[ \t]*+\]\]")  # never on line 1: that is format's


def _as_written(notes: dict[str, list[Note]], source: str) -> list[Note]:
    """The notes in the order of the file. Kinds have a list each, so only the text tells how they stand together."""
    counts = {kind: len(each) for kind, each in notes.items() if each}
    if len(counts) == 1:
        return notes[next(iter(counts))]
    headings = _NOTE_HEADING.findall(source)
    if Counter(headings) == counts:
        queues = {kind: iter(each) for kind, each in notes.items()}
        return [next(queues[kind]) for kind in headings]
    placed = list(_placed(notes))
    lines = lines_of(source, [path for path, _ in placed])  # a heading inside a text, or notes written inline
    return [note for path, note in sorted(placed, key=lambda each: lines[each[0]])]


def _card_problems(cards: list[Card], notes: dict[str, list[Note]]) -> Iterator[Problem]:
    if len(cards) > MOST_CARDS:
        yield Problem((), msg("the deck has more than {most} cards", most=MOST_CARDS), _SPLIT)
    if len({card.name for card in cards}) == len(cards):
        return
    paths = {note.id: path for path, note in _placed(notes)}
    seen: set[str] = set()
    for card in cards:
        if card.name in seen:
            yield Problem(paths[card.note], msg("two cards have the id “{id}”", id=card.name), _OWN_ID)
        seen.add(card.name)
