"""Printing tables as CSV (RFC 4180), so that a spreadsheet takes no cell for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

import click

from quizdock.core.cleaning import clean

_FORMULAS = ("=", "+", "-", "@")


def say_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table to stdout; a text that would be a formula gets an apostrophe in front, None is empty."""
    sink = StringIO(newline="")
    writer = csv.writer(sink)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    click.echo(sink.getvalue(), nl=False)


def _harmless(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULAS) else text
