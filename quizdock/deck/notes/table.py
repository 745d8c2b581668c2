"""`[[table]]`: a comparison or an overview, asked cell by cell."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Annotated

from pydantic import Field

from quizdock.core.card import Card
from quizdock.core.forms import Choice, Option, Recall
from quizdock.core.message import msg, nmsg
from quizdock.core.text import fold
from quizdock.deck.notes.base import (
    Id,
    Label,
    MaybeProse,
    Note,
    Strict,
    after,
    choice_of,
    duplicates,
    others,
    text_or_table,
)
from quizdock.deck.phrases import Phrases
from quizdock.deck.problems import Problem


class Column(Strict):
    """A column; progress hangs on its id, or on its title where it has none."""

    title: Label
    id: Id | None = None

    @property
    def name(self) -> str:
        """What card ids call it."""
        return self.id or self.title


class TableRow(Strict):
    """A row: one cell a column, in the columns' order; an empty text is a cell that is not asked."""

    id: Id
    label: Label
    cells: list[MaybeProse]
    explain: MaybeProse = ""


class Table(Note):
    """One recall card a cell, and for each row one card that asks which column a cell belongs to."""

    title: Label
    columns: Annotated[list[Annotated[Column, text_or_table("title")]], Field(min_length=1, max_length=20)]
    rows: Annotated[list[TableRow], Field(min_length=1, max_length=500)]

    def problems(self) -> Iterator[Problem]:
        """Names used twice, rows of the wrong length, signs that card ids need."""
        yield from duplicates((row.id for row in self.rows), ("rows",), "id")
        yield from duplicates((row.label for row in self.rows), ("rows",), "label", same=fold)
        yield from self._column_problems()
        for index, row in enumerate(self.rows):
            if len(row.cells) != len(self.columns):
                columns = nmsg("{count} column", "{count} columns", len(self.columns))
                yield Problem(
                    ("rows", index, "cells"),
                    nmsg("{count} cell for {columns}", "{count} cells for {columns}", len(row.cells), columns=columns),
                    msg('give one cell a column; "" is a cell that is not asked'),
                )

    def _column_problems(self) -> Iterator[Problem]:
        titles = list(duplicates((column.title for column in self.columns), ("columns",), "title", same=fold))
        yield from titles or duplicates((column.name for column in self.columns), ("columns",), "id")
        for index, column in enumerate(self.columns):
            if column.id is None and "#" in column.title:
                yield Problem(
                    ("columns", index),
                    msg("a title with “#” needs an id"),
                    msg('write {{ id = "…", title = "…" }}'),
                )

    def cards(self, phrases: Phrases) -> Iterator[Card]:
        """Every cell, then which-column cards."""
        for place, row in enumerate(self.rows):
            for at, cell in enumerate(row.cells):
                if cell:
                    yield self._cell(phrases, place, at)
        for row in self.rows:
            yield from self._which_column(phrases, row)

    def _cell(self, phrases: Phrases, place: int, at: int) -> Card:
        """Wrong options come from the cell's row, or else from its column: never both.

        A cell of another row may happen to be true here as well, beside one that is as right.
        """
        row, column = self.rows[place], self.columns[at]
        cell = row.cells[at]
        prompt = phrases.cell.format(title=self.title, row=row.label, column=column.title)
        wrong = others(cell, row.cells) or others(cell, (other.cells[at] for other in after(place, self.rows)))
        return self.card(
            f"{row.id}+{column.name}",
            prompt,
            Recall(cell),
            exam=choice_of(cell, wrong),
            explain=row.explain or self.explain,
        )

    def _which_column(self, phrases: Phrases, row: TableRow) -> Iterator[Card]:
        """One cell a row, of those that stand in one column only: the names of row and columns alone decide which.

        So an edit of other rows, or of the columns' order, changes none; a new column takes over few.
        """
        folded = [fold(cell) for cell in row.cells]
        askable = [at for at, cell in enumerate(folded) if cell and folded.count(cell) == 1]
        if len(self.columns) < 2 or not askable:
            return
        chosen = min(askable, key=lambda at: blake2b(f"{row.id}?{self.columns[at].name}".encode()).digest())
        cell, column = row.cells[chosen], self.columns[chosen]
        task = Choice(tuple(Option(each.title, right=each.name == column.name) for each in self.columns))
        prompt = phrases.which_column.format(title=self.title, row=row.label, cell=cell)
        yield self.card(f"{row.id}?{column.name}", prompt, task, exam=task, explain=row.explain or self.explain)
