"""What tests of decks share."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Deck
from quizdock.deck.problems import DeckError
from quizdock.deck.reader import parse_deck

HEADER = 'format = 1\n[deck]\nid = "d"\ntitle = "D"\nlang = "{lang}"\n'

COMPLETE = """\
# Everything that a deck can say.
format = 1

[deck]
id = "all"
title = " Everything "
lang = "en"
source = "The course"
description = "One note of each kind."

[[topic]]
id = "one"
title = "One"

[[topic]]
id = "two"
title = "Two"
after = ["one"]

[[machine]]
id = "lamp"
topic = "one"
title = "Lamp"
states = ["OFF", { name = "ON", meaning = "It shines" }]
start = "OFF"
end = ["ON"]
transitions = [
  { from = "OFF", event = "press", to = "ON", explain = "A click." },
  { from = "ON", event = "break", to = "OFF" },
]
forbidden = [{ from = "OFF", event = "break", why = "It is dark." }]
drawing = '''
OFF -press-> ON
    <-break-
'''
paths = [{ from = "OFF", to = "ON", shortest = true, explain = "One click." }]
traces = [{ from = "OFF", events = ["press", "break"], explain = "And back." }]

[[flashcard]]
id = "card"
topic = "one"
tags = ["x", "y"]
front = "Front"
back = "Back"
reverse = true
wrong = [{ text = "Wrong", why = "Why" }, "Bad"]
explain = "Explain"
hint = "Hint"
source = "1.1"

[[table]]
id = "table"
topic = "two"
title = "Table"
columns = [{ id = "c", title = "Column" }]
rows = [{ id = "r", label = "Row", cells = [{ text = "Cell", wrong = ["Other"] }], explain = "Own" }]
derive = ["cell"]

[[analogy]]
id = "like"
topic = "two"
title = "Like"
pairs = [{ id = "p", concept = "Concept", image = "Image", wrong = ["Other"], explain = "Pair" }]
breaks = "Here"

[[cloze]]
id = "gap"
topic = "two"
text = "A {{hole|gap}} and a {{key::second one}}."
strict = true

[[list]]
id = "set"
topic = "two"
title = "Set"
members = [{ term = "a", meaning = "A", also = ["alpha"], explain = "First." }, "b", "c"]
intruders = [{ text = "z", why = "Last." }, "y"]

[[steps]]
id = "way"
topic = "two"
title = "Way"
steps = [{ id = "1", text = "One" }, { id = "2", text = "Two", explain = "Then." }, { id = "3", text = "Three" }]

[[question]]
id = "many"
ask = "Which?"
type = "choices"
answer = ["a", "b"]
wrong = ["c"]

[[question]]
id = "typed"
ask = "Which one?"
type = "text"
answer = "a"
strict = true

[[question]]
id = "figure"
ask = "How much?"
type = "number"
answer = 3.5
tolerance = "5 %"
unit = ["GB", "Go"]

[[question]]
id = "command"
ask = "How?"
type = "command"
answer = "run -n 1 x"
valued = ["-n"]

[[question]]
id = "both"
ask = "Which to which?"
type = "match"
pairs = [{ item = "a", partner = "A" }, { item = "b", partner = "B" }]
wrong = ["C"]

[[question]]
id = "row"
ask = "In which order?"
type = "order"
answer = ["a", "b"]

[[question]]
id = "last"
ask = "Last?"
type = "boolean"
answer = true
"""

ReadNotes = Callable[..., Deck]
Problems = Callable[[str | bytes], list[str]]


@pytest.fixture
def read_notes() -> ReadNotes:
    """Reads notes under a header of five lines."""

    def read(notes: str, lang: str = "en") -> Deck:
        return parse_deck((HEADER.format(lang=lang) + notes).encode(), "d.toml")

    return read


@pytest.fixture
def problems() -> Problems:
    """The English texts of all problems of a whole deck file, in the order reported; none for a good one."""

    def of(source: str | bytes) -> list[str]:
        data = source.encode() if isinstance(source, str) else source
        try:
            parse_deck(data, "d.toml")
        except DeckError as error:
            return [str(problem.text) for problem in error.problems]
        return []

    return of


@pytest.fixture
def note_problems(problems: Problems) -> Problems:
    """The same for notes under a header of five lines: the notes begin on line 6."""
    header = HEADER.format(lang="en").encode()
    return lambda notes: problems(header + (notes.encode() if isinstance(notes, str) else notes))


@pytest.fixture
def complete() -> str:
    """A good deck with every kind of note and every key of the deck language."""
    return COMPLETE
