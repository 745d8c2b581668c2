"""`[[table]]`."""

from collections.abc import Callable

from quizdock.core.card import Card, Deck
from quizdock.core.forms import Choice, Option, Recall

ReadNotes = Callable[..., Deck]

TABLE = """
[[table]]
id = "t"
title = "Compared"
columns = [{ id = "vm", title = "Machine" }, "Container"]
rows = [
  { id = "start", label = "Start", cells = ["a minute", "five seconds"] },
  { id = "size", label = "Size", cells = ["gigabytes", "megabytes"], explain = "Layers are shared." },
]
explain = "One kernel or two."
"""


def choice(right: str, *wrong: str) -> Choice:
    return Choice((Option(right, right=True), *map(Option, wrong)))


def test_a_table_asks_each_cell_and_for_each_row_the_column_of_one(read_notes: ReadNotes) -> None:
    one, two = "One kernel or two.", "Layers are shared."
    container = Choice((Option("Machine"), Option("Container", right=True)))
    machine = Choice((Option("Machine", right=True), Option("Container")))
    start_container = "Compared\nStart: which has “five seconds”?"
    size_machine = "Compared\nSize: which has “gigabytes”?"
    expected = (
        Card(
            "t#start+vm",
            "",
            "Compared\nStart — Machine?",
            Recall("a minute"),
            choice("a minute", "five seconds"),
            one,
        ),
        Card(
            "t#start+Container",
            "",
            "Compared\nStart — Container?",
            Recall("five seconds"),
            choice("five seconds", "a minute"),
            one,
        ),
        Card(
            "t#size+vm",
            "",
            "Compared\nSize — Machine?",
            Recall("gigabytes"),
            choice("gigabytes", "megabytes"),
            two,
        ),
        Card(
            "t#size+Container",
            "",
            "Compared\nSize — Container?",
            Recall("megabytes"),
            choice("megabytes", "gigabytes"),
            two,
        ),
        Card("t#start?Container", "", start_container, container, container, one),
        Card("t#size?vm", "", size_machine, machine, machine, two),
    )
    assert read_notes(TABLE).cards == expected


def test_a_french_table_asks_in_french(read_notes: ReadNotes) -> None:
    prompts = {card.name: card.prompt for card in read_notes(TABLE, "fr").cards}
    assert prompts["t#start+vm"] == "Compared\nStart — Machine ?"
    assert prompts["t#size?vm"] == "Compared\nSize : à quoi correspond « gigabytes » ?"


def test_an_empty_cell_is_not_asked_and_never_offered(read_notes: ReadNotes) -> None:
    deck = read_notes(TABLE.replace('"a minute"', '""'))
    assert [card.name for card in deck.cards] == [
        "t#start+Container",
        "t#size+vm",
        "t#size+Container",
        "t#start?Container",
        "t#size?vm",
    ]
    assert not [card for card in deck.cards if "" in card.study.choices or (card.exam and "" in card.exam.choices)]


def test_columns_may_change_places_without_losing_progress(read_notes: ReadNotes) -> None:
    def which(columns: str) -> set[str]:
        """The which-column cards of thirty rows, each cell named after its column."""
        cells = ", ".join(f'"{column}"' for column in columns)
        rows = "".join(f'{{ id = "r{at}", label = "R{at}", cells = [{cells}] }},' for at in range(30))
        notes = f'[[table]]\nid = "t"\ntitle = "T"\ncolumns = [{cells}]\nrows = [{rows}]\n'
        return {card.name for card in read_notes(notes).cards if "?" in card.name}

    assert which("ab") == which("ba")
    assert len(which("ab")) == 30
    assert len(which("ab") & which("abc")) >= 15, "a third column takes over a third of the rows"


def test_a_row_with_two_equal_cells_is_not_asked_for_its_column(read_notes: ReadNotes) -> None:
    deck = read_notes(TABLE.replace('"five seconds"', '"A Minute"'))
    assert "t#start?Container" not in {card.name for card in deck.cards}
    (card,) = (card for card in deck.cards if card.name == "t#start+vm")
    assert card.exam == choice("a minute", "gigabytes")


def test_a_table_of_one_column_asks_no_columns(read_notes: ReadNotes) -> None:
    deck = read_notes(
        '[[table]]\nid = "t"\ntitle = "T"\ncolumns = ["C"]\nrows = [{ id = "r", label = "R", cells = ["x"] }]\n'
    )
    assert deck.cards == (Card("t#r+C", "", "T\nR — C?", Recall("x")),)


def test_three_wrong_cells_at_most_are_offered_from_the_row_or_else_from_the_rows_below(read_notes: ReadNotes) -> None:
    rows = "".join(f'{{ id = "r{at}", label = "R{at}", cells = ["a{at}", ""] }},' for at in range(5))
    wide = '{ id = "w", label = "W", cells = ["1", "2"] },'
    deck = read_notes(f'[[table]]\nid = "t"\ntitle = "T"\ncolumns = ["A", "B"]\nrows = [{rows}{wide}]\n')
    exams = {card.name: card.exam for card in deck.cards}
    assert exams["t#r0+A"] == choice("a0", "a1", "a2", "a3")
    assert exams["t#r3+A"] == choice("a3", "a4", "1", "a0")
    assert exams["t#w+A"] == choice("1", "2"), "a cell of another row might be true as well"


def test_two_columns_cannot_have_one_title(note_problems: Callable[[str], list[str]]) -> None:
    notes = """[[table]]
id = "t"
title = "T"
columns = [{ id = "p", title = "X" }, { id = "q", title = "X" }]
rows = [{ id = "r", label = "R", cells = ["1", "2"] }, { id = "s", label = "S", cells = ["3", "4"] }]
"""
    assert [problem.split(": ")[:2] for problem in note_problems(notes)] == [["d.toml:9", "table[1].columns[2].title"]]
