"""Telling people at a terminal how far something is that takes more than a second."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

LONG = 100_000
"""Events that take about half a second to replay."""


@contextmanager
def followed(events: int, label: str) -> Iterator[Callable[[int], None]]:
    """A bar on stderr; yields what is to be told how many of the events are done. Nobody sees it in a pipe."""
    hidden = events < LONG or not sys.stderr.isatty()
    with click.progressbar(length=events, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield lambda done: bar.update(done - bar.pos)
