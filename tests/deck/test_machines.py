"""Machines read from a deck file, to be walked through."""

from pathlib import Path

import pytest

from quizdock.core.errors import QuizDockError
from quizdock.core.machine import Machine, Transition
from quizdock.core.walk import Diagram
from quizdock.deck.machines import machines_of
from quizdock.deck.problems import DeckError

HEADER = 'format = 1\ndeck = { id = "d", title = "D", lang = "en" }\n'
LAMP = """
[[machine]]
id = "lamp"
title = "The \u202elamp"
states = ["OFF", { name = "ON", meaning = "It shines" }]
start = "OFF"
end = "OFF"
transitions = [
  { from = "OFF", event = "press", to = "ON", explain = "A click." },
  { from = "ON", event = "break", to = "OFF" },
]
forbidden = [{ from = "OFF", event = "break", why = "It is dark." }]
drawing = '''
  OFF -press-> ON
      <-break-
'''
"""
BARE = """
[[machine]]
id = "bare"
title = "Bare"
states = ["A", "B"]
start = "A"
transitions = [{ from = "A", event = "go", to = "B" }]
"""
CARD = '[[flashcard]]\nid = "machine"\nfront = "F"\nback = "B"\n'


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return tmp_path / "deck.toml"


def test_a_machine_comes_with_its_authors_words_cleaned(deck: Path) -> None:
    deck.write_text(HEADER + CARD + LAMP + BARE, encoding="utf-8")
    press, broken = Transition("OFF", "press", "ON"), Transition("ON", "break", "OFF")
    assert machines_of(deck) == [
        Diagram(
            "lamp",
            "The \ufffdlamp",
            Machine(("OFF", "ON"), (press, broken), "OFF", ("OFF",)),
            "  OFF -press-> ON\n      <-break-",
            {"ON": "It shines"},
            {("OFF", "break"): "It is dark."},
            {press: "A click."},
        ),
        Diagram("bare", "Bare", Machine(("A", "B"), (Transition("A", "go", "B"),), "A")),
    ]


@pytest.mark.parametrize("notes", [CARD, CARD.replace("machine", "c")])
def test_a_deck_may_have_no_machine(deck: Path, notes: str) -> None:
    deck.write_text(HEADER + notes, encoding="utf-8")
    assert machines_of(deck) == []


def test_what_is_wrong_in_another_note_does_not_matter(deck: Path) -> None:
    deck.write_text(HEADER + BARE + CARD.replace("front", "frond"), encoding="utf-8")
    assert [diagram.id for diagram in machines_of(deck)] == ["bare"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('start = "A"', 'start = "C"', "there is no state “C”"),
        ('start = "A"', "start = 1", "must be a text"),
        ("[[machine]]", "[machine]", "its heading takes two brackets"),
        ('start = "A"', 'start = "A', "the text is not closed on its line"),
    ],
)
def test_a_machine_that_cannot_be_used_is_reported(deck: Path, old: str, new: str, problem: str) -> None:
    deck.write_text(HEADER + BARE.replace(old, new), encoding="utf-8")
    with pytest.raises(DeckError) as caught:
        machines_of(deck)
    assert problem in str(caught.value.problems[0].text)


def test_bytes_that_are_no_text_are_reported(deck: Path) -> None:
    deck.write_bytes((HEADER + BARE).encode() + b"\xff")
    with pytest.raises(DeckError) as caught:
        machines_of(deck)
    assert "this is not UTF-8 text" in str(caught.value.problems[0].text)


def test_a_file_that_has_gone_is_reported(deck: Path) -> None:
    with pytest.raises(QuizDockError, match=r"deck\.toml: No such file or directory"):
        machines_of(deck)
