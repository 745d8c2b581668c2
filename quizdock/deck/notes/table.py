"""`[[table]]`: a comparison or an overview, asked cell by cell."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Annotated, NamedTuple

from pydantic import Field

from quizdock.core.card import Card
from quizdock.core.forms import Choice, Option, Pair, Recall
from quizdock.core.message import msg, nmsg
from quizdock.core.text import fold
from quizdock.deck.notes.base import (
    MOST_DERIVED_WRONG,
    NONE_LISTED,
    Derive,
    Deriving,
    Id,
    Label,
    MaybeProse,
    Strict,
    WrongOptions,
    duplicates,
    exam_choice,
    examined,
    in_language,
    is_option,
    matches,
    option_problems,
    others,
    text_or_table,
    too_telling,
)
from quizdock.deck.problems import Problem


class _Phrases(NamedTuple):
    """What its cards ask, in one language."""

    cell: str
    which_column: str
    rows: str


_PHRASES = {
    "en": _Phrases(
        cell="{title}\n{row} — {column}?",
        which_column="{title}\n{row}: which has “{cell}”?",
        rows="{title}\n{column}: match each entry with what belongs to it.",
    ),
    "fr": _Phrases(
        cell="{title}\n{row} — {column} ?",
        which_column="{title}\n{row} : à quoi correspond « {cell} » ?",
        rows="{title}\n{column} : associez chaque élément à ce qui lui correspond.",
    ),
}


class Column(Strict):
    """A column; progress hangs on its id, or on its title where it has none."""

    KEYS = {
        "title": "What learners see the column called.",
    }

    title: Label
    id: Id | None = None

    @property
    def name(self) -> str:
        """What card ids call it."""
        return self.id or self.title


class Cell(Strict):
    """A cell; `wrong` lists what a learner may take for it."""

    KEYS = {
        "text": "What the cell says.",
    }

    text: MaybeProse
    wrong: WrongOptions = NONE_LISTED


class TableRow(Strict):
    """A row: one cell a column, in the columns' order; an empty text is a cell that is not asked."""

    KEYS = {
        "label": "What learners see the row called.",
        "cells": "One cell a column; an empty text is not asked.",
    }

    id: Id
    label: Label
    cells: list[Annotated[Cell, text_or_table("text")]]
    explain: MaybeProse = ""

    @property
    def texts(self) -> list[str]:
        """What the cells say."""
        return [cell.text for cell in self.cells]


class Table(Deriving):
    """A comparison or an overview: a card a cell; on demand, which column a cell belongs to, and rows to match."""

    KEYS = {
        "columns": "Titles of columns, or { id = …, title = … } so that a title can be edited.",
        "rows": "The rows, each with an id.",
    }

    DERIVATIONS = ("cell", "column", "match")

    title: Label
    columns: Annotated[list[Annotated[Column, text_or_table("title")]], Field(min_length=1, max_length=20)]
    rows: Annotated[list[TableRow], Field(min_length=1, max_length=500)]
    derive: Derive = ["cell"]

    def problems(self) -> Iterator[Problem]:
        """Names used twice, rows of the wrong length, signs that card ids need."""
        yield from super().problems()
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
            for at, cell in enumerate(row.cells):
                yield from option_problems([cell.text], cell.wrong, ("rows", index, "cells", at, "wrong"))
                if cell.wrong and not cell.text:
                    yield Problem(
                        ("rows", index, "cells", at),
                        msg("a cell that is not asked has wrong options"),
                        msg("remove them"),
                    )

    def warnings(self) -> Iterator[Problem]:
        """Cells that give themselves away among their wrong options."""
        yield from super().warnings()
        for index, row in enumerate(self.rows):
            for at, cell in enumerate(row.cells):
                yield from too_telling(cell.text, cell.wrong, ("rows", index, "cells", at))

    def fact(self, part: str) -> str:
        """What a cell says and which column says so answer each other."""
        return part.replace("?", "+", 1)

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

    def cards(self, lang: str) -> Iterator[Card]:
        """Every cell, then which-column cards, then rows to be matched."""
        phrases = in_language(_PHRASES, lang)
        yield from self._cells(phrases) if "cell" in self.derive else ()
        for row in self.rows if "column" in self.derive else []:
            yield from self._which_column(phrases, row)
        for at, column in enumerate(self.columns if "match" in self.derive else []):
            yield from self._matches(phrases, column, at)

    def _cells(self, phrases: _Phrases) -> Iterator[Card]:
        columns = [_behind([row.cells[at].text for row in self.rows]) for at in range(len(self.columns))]
        for place, row in enumerate(self.rows):
            for at, text in enumerate(row.texts):
                if text:
                    yield self._cell(phrases, row, at, columns[at][place])

    def _cell(self, phrases: _Phrases, row: TableRow, at: int, behind: Sequence[str]) -> Card:
        """Wrong options are the cell's own, then come from its row, or else from its column: never both.

        A cell of another row may happen to be true here as well, beside one that is as right. `behind` is what its
        column has to offer.
        """
        column, cell = self.columns[at], row.cells[at].text
        prompt = phrases.cell.format(title=self.title, row=row.label, column=column.title.rstrip("?").rstrip())
        pool = row.texts if others(cell, row.texts) else behind
        wrong = others(cell, pool, row.cells[at].wrong)
        return self.card(
            f"{row.id}+{column.name}",
            prompt,
            Recall(cell),
            exam=exam_choice(cell, wrong),
            explain=row.explain or self.explain,
        )

    def _which_column(self, phrases: _Phrases, row: TableRow) -> Iterator[Card]:
        """One cell a row, of those that stand in one column only: the names of row and columns alone decide which.

        So an edit of other rows, or of the columns' order, changes none; a new column takes over few.
        """
        folded = [fold(text) for text in row.texts]
        askable = [at for at, cell in enumerate(folded) if cell and folded.count(cell) == 1]
        if len(self.columns) < 2 or not askable:
            return
        chosen = min(askable, key=lambda at: blake2b(f"{row.id}?{self.columns[at].name}".encode()).digest())
        cell, column = row.texts[chosen], self.columns[chosen]
        task = Choice(tuple(Option(each.title, right=each.name == column.name) for each in self.columns))
        prompt = phrases.which_column.format(title=self.title, row=row.label, cell=cell)
        explain = row.explain or self.explain
        yield self.card(f"{row.id}?{column.name}", prompt, task, exam=examined(task), explain=explain)

    def _matches(self, phrases: _Phrases, column: Column, at: int) -> Iterator[Card]:
        """Rows and their cells of one column, a few at a time; without cells too long to choose from."""
        pairs = [Pair(row.label, row.texts[at]) for row in self.rows if row.texts[at] and is_option(row.texts[at])]
        prompt = phrases.rows.format(title=self.title, column=column.title)
        for part, task in matches(pairs):
            yield self.card(f"{column.name}{part}", prompt, task, exam=task)


def _behind(texts: Sequence[str]) -> list[list[str]]:
    """For each place the first different texts from the one behind it round to its own: all that `others` can take.

    Of four different ones it passes over the right one and over the author's own, whose number it takes less.
    Gathered from the end on, in two rounds, so that a column of equal cells is not searched for each of them.
    """
    folded = [fold(text) for text in texts]
    found: list[list[str]] = [[] for _ in texts]
    different: dict[str, str] = {}
    for place in [*reversed(range(len(texts)))] * 2:
        found[place] = list(different.values())
        if texts[place]:
            different.pop(folded[place], None)
            first = {folded[place]: texts[place], **different}
            different = dict(islice(first.items(), MOST_DERIVED_WRONG + 1))
    return found
