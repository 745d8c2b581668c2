"""Cards that answer each other are siblings; those of one big note that ask different facts are not."""

from pathlib import Path

import pytest

from quizdock.core.card import Deck
from quizdock.deck.reader import parse_deck

HEAD = 'format = 1\ndeck = { id = "d", title = "D", lang = "en" }\n'
DECK = (
    HEAD
    + """
[[flashcard]]
id = "flash"
front = "F"
back = "B"
reverse = true

[[cloze]]
id = "cloze"
text = "{{one}} and {{two}}"

[[table]]
id = "table"
title = "T"
columns = ["A", "B"]
rows = [{ id = "r", label = "R", cells = ["x", "y"] }]
derive = ["cell", "column"]

[[analogy]]
id = "analogy"
title = "K"
pairs = [{ id = "p", concept = "c", image = "i" }, { id = "q", concept = "d", image = "j" }]
breaks = "It does."

[[list]]
id = "list"
title = "L"
members = [{ term = "m", meaning = "M" }, { term = "n", meaning = "N" }]
intruders = ["o"]

[[steps]]
id = "steps"
title = "S"
steps = [{ id = "a", text = "first" }, { id = "b", text = "second" }, { id = "c", text = "third" }]

[[machine]]
id = "door"
title = "A door"
states = ["OPEN", "SHUT"]
start = "OPEN"
transitions = [{ from = "OPEN", event = "push", to = "SHUT" }, { from = "SHUT", event = "pull", to = "OPEN" }]
derive = ["next", "event"]
"""
)


@pytest.fixture(scope="module")
def deck() -> Deck:
    return parse_deck(DECK.encode(), str(Path("d.toml")))


@pytest.mark.parametrize(
    ("card", "siblings"),
    [
        ("flash", "flash"),
        ("flash#reverse", "flash"),
        ("cloze#one", "cloze"),
        ("cloze#two", "cloze"),
        ("table#r+A", "table#r+A"),
        ("analogy#p>image", "analogy#p"),
        ("analogy#p>concept", "analogy#p"),
        ("analogy#q>image", "analogy#q"),
        ("analogy#!", "analogy#!"),
        ("list#*", "list#*"),
        ("list#?", "list#*"),
        ("list#m?meaning", "list#m?meaning"),
        ("steps#*", "steps"),
        ("steps#a>", "steps"),
        ("door#OPEN+push", "door#OPEN>SHUT"),
        ("door#OPEN>SHUT", "door#OPEN>SHUT"),
    ],
)
def test_a_card_has_for_siblings_the_cards_that_answer_it(deck: Deck, card: str, siblings: str) -> None:
    found = {each.name: each.siblings for each in deck.cards}
    assert found[card] == siblings


def test_the_column_that_a_cell_belongs_to_is_asked_apart_from_the_cell(deck: Deck) -> None:
    (column,) = (each for each in deck.cards if each.name.startswith("table#r?"))
    assert column.siblings == column.name.replace("?", "+")


def test_several_hints_are_kept_in_their_order() -> None:
    note = '[[flashcard]]\nid = "a"\nfront = "F"\nback = "B"\nhint = ["first", "second"]\n'
    assert parse_deck((HEAD + note).encode(), "d.toml").cards[0].hints == ("first", "second")
    one = note.replace('["first", "second"]', '"only"')
    assert parse_deck((HEAD + one).encode(), "d.toml").cards[0].hints == ("only",)
    none = note.replace('["first", "second"]', '""')
    assert parse_deck((HEAD + none).encode(), "d.toml").cards[0].hints == ()
