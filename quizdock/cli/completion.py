"""What a shell offers for the names of decks, topics and learners."""

import os
from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from quizdock.cli.options import Globals
from quizdock.core.errors import QuizDockError
from quizdock.store import Store

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def completing(names: Callable[[Store, click.Context], Iterable[str]]) -> Complete:
    """Offers those names that begin with what was typed; nothing where the home cannot be opened."""

    def complete(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
        from quizdock.cli.home import find_home
        from quizdock.cli.workspace import opened

        options = ctx.ensure_object(Globals)
        try:
            if not find_home(options.home, os.environ).database.exists():
                return []  # pressing a key creates nothing
            with opened(options) as base:
                return [name for name in names(base.store, ctx) if name.startswith(incomplete)]
        except (QuizDockError, OSError):
            return []

    return complete


def complete_decks_or_files(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str] | list[CompletionItem]:
    """Decks, or the shell's own files where no deck begins so."""
    return complete_decks(ctx, parameter, incomplete) or [CompletionItem(incomplete, type="file")]


def _decks(store: Store, ctx: click.Context) -> Iterable[str]:
    return (deck.name for deck in store.catalogue.decks() if deck.name not in _named(ctx))


def _topics(store: Store, ctx: click.Context) -> Iterable[str]:
    decks = store.catalogue.decks()
    chosen = [deck.id for deck in decks if deck.name in _named(ctx)]
    return sorted(store.catalogue.topic_names(chosen or [deck.id for deck in decks]))


def _named(ctx: click.Context) -> set[str]:
    """The decks already on the line: click leaves them unparsed where an option still lacks its value."""
    return {*(ctx.params.get("decks") or ()), *ctx.args}


complete_decks = completing(_decks)
complete_topics = completing(_topics)
complete_learners = completing(lambda store, _ctx: store.learners.names())
