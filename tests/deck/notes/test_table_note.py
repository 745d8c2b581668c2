"""`[[table]]`."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.card import Card, Deck, encode
from quizdock.core.forms import Choice, Match, Option, Pair, Recall
from quizdock.deck.notes.base import after, exam_choice, others
from quizdock.deck.notes.table import Table

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
WITH_COLUMNS = TABLE + 'derive = ["cell", "column"]\n'


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
        Card("t#start?Container", "", start_container, container, explain=one),
        Card("t#size?vm", "", size_machine, machine, explain=two),
    )
    assert read_notes(WITH_COLUMNS).cards == expected


def test_a_table_asks_its_cells_alone_unless_more_is_derived(read_notes: ReadNotes) -> None:
    cells = ["t#start+vm", "t#start+Container", "t#size+vm", "t#size+Container"]
    assert [card.name for card in read_notes(TABLE).cards] == cells
    assert [card.name for card in read_notes(TABLE + 'derive = ["column"]\n').cards] == [
        *("t#start?Container", "t#size?vm")
    ]


def test_a_column_that_is_a_question_asks_once(read_notes: ReadNotes) -> None:
    source = people(*"abc").replace('"match"', '"cell"').replace('columns = ["C"]', 'columns = ["Open ?"]')
    assert read_notes(source).cards[0].prompt == "T\nA — Open?"


def test_a_french_table_asks_in_french(read_notes: ReadNotes) -> None:
    cards = read_notes(people(*"abc").replace('"match"', '"cell", "column", "match"'), "fr").cards
    prompts = {card.name: card.prompt.replace("\u00a0", "_") for card in cards}
    assert prompts["t#a+C"] == "T\nA — C_?"
    assert prompts["t#C*"] == "T\nC_: associez chaque élément à ce qui lui correspond."
    prompts = {card.name: card.prompt.replace("\u00a0", "_") for card in read_notes(WITH_COLUMNS, "fr").cards}
    assert prompts["t#size?vm"] == "Compared\nSize_: à quoi correspond «_gigabytes_»_?"


def people(*rows: str) -> str:
    """A table of one column, to be matched: the row `a` is labelled `A` and has the cell `a-1`; `-` has none."""
    written = "".join(
        f'{{ id = "{row if row != "-" else f"r{at}"}", label = "{row.upper()}{at if row == "-" else ""}",'
        f' cells = ["{f"{row}-1" if row != "-" else ""}"] }},\n'
        for at, row in enumerate(rows)
    )
    return f'[[table]]\nid = "t"\ntitle = "T"\ncolumns = ["C"]\nrows = [\n{written}]\nderive = ["match"]\n'


def test_an_empty_cell_is_not_asked_and_never_offered(read_notes: ReadNotes) -> None:
    deck = read_notes(WITH_COLUMNS.replace('"a minute"', '""'))
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
        notes = f'[[table]]\nid = "t"\ntitle = "T"\ncolumns = [{cells}]\nrows = [{rows}]\nderive = ["column"]\n'
        return {card.name for card in read_notes(notes).cards if "?" in card.name}

    assert which("ab") == which("ba")
    assert len(which("ab")) == 30
    assert len(which("ab") & which("abc")) >= 15, "a third column takes over a third of the rows"


def test_a_row_with_two_equal_cells_is_not_asked_for_its_column(read_notes: ReadNotes) -> None:
    deck = read_notes(WITH_COLUMNS.replace('"five seconds"', '"A Minute"'))
    assert "t#start?Container" not in {card.name for card in deck.cards}
    (card,) = (card for card in deck.cards if card.name == "t#start+vm")
    assert card.exam == choice("a minute", "gigabytes")


def test_a_table_of_one_column_asks_no_columns(read_notes: ReadNotes) -> None:
    deck = read_notes(
        '[[table]]\nid = "t"\ntitle = "T"\ncolumns = ["C"]\nrows = [{ id = "r", label = "R", cells = ["x"] }]\n'
        'derive = ["cell", "column"]\n'
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


def wide(*cells: str) -> str:
    """A table of one row with as many columns as cells."""
    columns = ", ".join(f'"{letter}"' for letter in "ABCDEFG"[: len(cells)])
    row = f'{{ id = "r", label = "R", cells = [{", ".join(cells)}] }}'
    return f'[[table]]\nid = "t"\ntitle = "T"\ncolumns = [{columns}]\nrows = [{row}]\n'


def test_a_cells_own_wrong_options_come_first_and_three_are_enough(read_notes: ReadNotes) -> None:
    source = wide('{ text = "1", wrong = ["own", { text = "4", why = "Y" }] }', '"2"', '"3"', '"4"')
    exams = {card.name: card.exam for card in read_notes(source).cards}
    assert exams["t#r+A"] == Choice((Option("1", right=True), Option("own"), Option("4", why="Y"), Option("2")))
    assert exams["t#r+B"] == choice("2", "1", "3", "4"), "another cell's wrong options are its own"


def test_more_than_three_wrong_options_of_a_cells_own_are_all_offered(read_notes: ReadNotes) -> None:
    source = wide('{ text = "1", wrong = ["a", "b", "c", "d"] }', '"2"')
    exams = {card.name: card.exam for card in read_notes(source).cards}
    assert exams["t#r+A"] == choice("1", "a", "b", "c", "d")


def test_a_cell_may_be_written_as_a_table(read_notes: ReadNotes) -> None:
    assert read_notes(wide('{ text = "1" }', '"2"')).cards == read_notes(wide('"1"', '"2"')).cards


def test_exams_ask_for_the_column_from_three_columns_on(read_notes: ReadNotes) -> None:
    def columns_asked(*cells: str) -> list[bool]:
        cards = read_notes(wide(*cells) + 'derive = ["column"]\n').cards
        return [card.exam == card.study for card in cards]

    assert columns_asked('"1"', '"2"') == [False]
    assert columns_asked('"1"', '"2"', '"3"') == [True]


def test_rows_are_matched_with_the_cells_of_a_column(read_notes: ReadNotes) -> None:
    task = Match((Pair("A", "a-1"), Pair("B", "b-1"), Pair("C", "c-1")))
    assert read_notes(people("a", "b", "-", "c")).cards == (
        Card("t#C*", "", "T\nC: match each entry with what belongs to it.", task, task),
    )


@pytest.mark.parametrize(
    ("rows", "matched"),
    [
        ("abcdef", {"t#C*": "ABCDEF"}),
        ("abcdefg", {"t#C*": "ABCD", "t#C*2": "EFG"}),
        ("abcdefgh", {"t#C*": "ABCDE", "t#C*2": "FGH"}),
        ("abcdefghi", {"t#C*": "ABCDEF", "t#C*2": "GHI"}),
        ("abcdefghijklmnopqrs", {"t#C*": "ABCDEF", "t#C*2": "GHIJKL", "t#C*3": "MNOP", "t#C*4": "QRS"}),
    ],
)
def test_a_match_has_three_to_six_rows(read_notes: ReadNotes, rows: str, matched: dict[str, str]) -> None:
    assert {card.name: "".join(card.study.items) for card in read_notes(people(*rows)).cards} == matched


def test_equal_cells_are_one_partner_and_two_different_ones_are_too_few(read_notes: ReadNotes) -> None:
    source = people(*"abcd").replace("d-1", "A-1")
    (card,) = read_notes(source).cards
    assert card.study == Match((Pair("A", "a-1"), Pair("B", "b-1"), Pair("C", "c-1"), Pair("D", "a-1")))
    deck = read_notes(people(*"abc").replace("c-1", "A-1").replace('"match"', '"match", "cell"'))
    assert [card.name for card in deck.cards] == ["t#a+C", "t#b+C", "t#c+C"]


def test_an_edited_cell_changes_the_cards_that_show_it_and_no_other(read_notes: ReadNotes) -> None:
    def bodies(source: str) -> dict[str, str]:
        return {card.name: encode(card) for card in read_notes(source + 'derive = ["cell", "column", "match"]\n').cards}

    before, after = bodies(TABLE), bodies(TABLE.replace("five seconds", "ten seconds"))
    assert {name for name in before if before[name] != after[name]} == {
        *("t#start+vm", "t#start+Container", "t#start?Container")
    }


def test_wrong_options_of_a_cell_that_is_not_asked_or_that_are_right_are_reported(
    note_problems: Callable[[str], list[str]],
) -> None:
    notes = wide('{ text = "", wrong = ["x"] }', '{ text = "2", wrong = ["x", "2 "] }')
    assert [problem.split(": ", 1)[1] for problem in note_problems(notes)] == [
        "table[1].rows[1].cells[1]: a cell that is not asked has wrong options (remove them)",
        "table[1].rows[1].cells[2].wrong[2]: “2” is the answer and also listed wrong (remove it from one of the two)",
    ]


def test_a_cell_that_is_told_by_its_length_is_warned_of() -> None:
    row = {"id": "r", "label": "R", "cells": [{"text": "x" * 41, "wrong": ["short"]}]}
    note = Table.model_validate({"id": "t", "title": "T", "columns": ["C"], "rows": [row]})
    assert [problem.path for problem in note.warnings()] == [("rows", 0, "cells", 0)]


def table_of(rows: list[list[object]]) -> Table:
    entries = [{"id": f"r{number}", "label": f"R{number}", "cells": cells} for number, cells in enumerate(rows)]
    columns = [f"C{number}" for number in range(len(rows[0]))]
    return Table.model_validate({"id": "t", "title": "T", "columns": columns, "rows": entries})


cells = st.sampled_from(["", "a", "A", "b", "c", "d", "e", "«f»"])
own = st.builds(
    lambda text, wrong: {"text": text, "wrong": wrong}, cells, st.lists(st.sampled_from("abxyz"), max_size=4)
)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    st.integers(1, 3).flatmap(lambda width: st.lists(st.lists(cells | own, min_size=width, max_size=width), min_size=1))
)
def test_wrong_options_are_those_of_the_row_or_else_of_the_rows_behind_it(rows: list[list[object]]) -> None:
    table = table_of(rows)
    expected = []
    for place, row in enumerate(table.rows):
        for at, cell in enumerate(row.cells):
            column = [other.texts[at] for other in after(place, table.rows)]
            pool = row.texts if others(cell.text, row.texts) else column
            if cell.text:
                expected.append(exam_choice(cell.text, others(cell.text, pool, cell.wrong)))
    assert [card.exam for card in table.cards("en")] == expected


def test_the_largest_table_of_cells_that_are_one_when_folded_is_searched_once() -> None:
    spellings = ["".join(letters) + "x" * 250 for letters in product("xX", repeat=14)][: 500 * 20]
    rows: list[list[object]] = [[*spellings[start : start + 20]] for start in range(0, 500 * 20, 20)]
    assert {card.exam for card in table_of(rows).cards("en")} == {None}
