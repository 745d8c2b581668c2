"""The state machines of a deck file, as values to walk through."""

from pathlib import Path

from pydantic import TypeAdapter

from quizdock.core.errors import QuizDockError
from quizdock.core.machine import Transition
from quizdock.core.walk import Diagram
from quizdock.deck.clean import cleaned
from quizdock.deck.notes.machine import StateMachine
from quizdock.deck.reader import LARGEST, parse_deck, read_bytes
from quizdock.deck.toml import loads

_LIST = TypeAdapter(list[StateMachine])


def machines_of(path: Path) -> list[Diagram]:
    """The machines in this deck file, in its order; what is wrong in notes of other kinds does not matter here.

    Raises DeckError with every problem where a machine cannot be used, or QuizDockError if the file cannot be opened.
    """
    data = read_bytes(path)
    if b"machine" not in data:  # most decks have none, and large ones take seconds to parse
        return []
    try:
        notes = _notes(data)
    except (ValueError, RecursionError, QuizDockError):  # not TOML, not UTF-8, not of the right types
        notes = None
    if notes is None:
        parse_deck(data, str(path))  # says what is wrong, and everything else that is
        return []
    return [_diagram(note) for note in notes]


def _notes(data: bytes) -> list[StateMachine] | None:
    """The notes; None where one has a problem. Raises ValueError, RecursionError or QuizDockError for bad data."""
    if len(data) > LARGEST:
        return None
    source = data.decode("utf-8-sig")
    tree = cleaned(loads(source), source)
    notes = _LIST.validate_python(tree.get("machine", []))
    return None if any(list(note.problems()) for note in notes) else notes


def _diagram(note: StateMachine) -> Diagram:
    return Diagram(
        note.id,
        note.title,
        note.machine,
        note.drawing.strip("\n") if note.drawing.strip() else "",
        {state.name: state.meaning for state in note.states if state.meaning},
        {(entry.source, entry.event): entry.why for entry in note.forbidden if entry.why},
        {Transition(each.source, each.event, each.to): each.explain for each in note.transitions if each.explain},
    )
