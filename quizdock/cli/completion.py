"""What a shell offers for the names of decks, cards, topics and learners."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from quizdock.cli.globals import Globals
from quizdock.core.errors import QuizDockError
from quizdock.core.settings import DEFAULTS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from quizdock.store import Store

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def completing(names: Callable[["Store", click.Context], Iterable[str]]) -> Complete:
    """Offers those names that begin with what was typed; nothing where the home cannot be opened."""

    def complete(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
        from quizdock.cli.home import find_home
        from quizdock.cli.workspace import opened

        options = ctx.ensure_object(Globals)
        try:
            if not find_home(options.home, os.environ).database.exists():
                return []  # pressing a key creates nothing
            with opened(options, DEFAULTS) as base:  # a broken settings file takes no names away
                return [name for name in names(base.store, ctx) if name.startswith(incomplete)]
        except (QuizDockError, OSError):
            return []

    return complete


def complete_decks_or_files(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> "list[str] | list[CompletionItem]":
    """Decks, or the shell's own files where no deck begins so."""
    from click.shell_completion import CompletionItem

    return complete_decks(ctx, parameter, incomplete) or [CompletionItem(incomplete, type="file")]


def _decks(store: "Store", ctx: click.Context) -> Iterable[str]:
    return (deck.name for deck in store.catalogue.decks() if deck.name not in _named(ctx))


def _topics(store: "Store", ctx: click.Context) -> Iterable[str]:
    return sorted(store.catalogue.topic_names(_chosen(store, ctx)))


def _chosen(store: "Store", ctx: click.Context) -> list[int]:
    """The decks already on the line, or else all."""
    decks = store.catalogue.decks()
    return [deck.id for deck in decks if deck.name in _named(ctx)] or [deck.id for deck in decks]


def _named(ctx: click.Context) -> set[str]:
    """The decks already on the line: click leaves them unparsed where an option still lacks its value."""
    return {*(ctx.params.get("decks") or ()), *ctx.args}


complete_decks = completing(_decks)
complete_topics = completing(_topics)
complete_notes = completing(lambda store, ctx: sorted(store.catalogue.notes(_chosen(store, ctx))))
complete_tags = completing(lambda store, ctx: sorted(store.catalogue.tags(_chosen(store, ctx))))
complete_learners = completing(lambda store, _ctx: store.learners.names())
complete_attempts = completing(
    lambda store, _ctx: (str(row.id) for row in (*store.attempts.open(), *store.attempts.finished()))
)
complete_cards = completing(lambda store, _ctx: (card.id for card in store.cards.known()))
complete_full_notes = completing(
    lambda store, _ctx: dict.fromkeys(f"{card.deck}/{card.note}" for card in store.cards.known())
)


def complete_keys(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Every setting; those of single decks once `decks.` was typed."""
    from quizdock.core.setting_keys import KEYS, of_deck

    if not incomplete.startswith("decks."):
        return [key for key in (*(key.path for key in KEYS), "decks.") if key.startswith(incomplete)]
    limits = completing(
        lambda store, _ctx: (key.path for deck in store.catalogue.decks() for key in of_deck(deck.name))
    )
    return limits(ctx, _parameter, incomplete)


def complete_keys_that_are_set(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The settings that the home's file has."""
    from quizdock.cli.home import find_home
    from quizdock.store.settings_file import read_settings

    try:
        file = read_settings(find_home(ctx.ensure_object(Globals).home, os.environ).settings)
    except QuizDockError:
        return []
    keys = [*file.values, *(each.problem.key for each in file.problems)]
    return [key for key in keys if key and key.startswith(incomplete)]


def complete_values(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """What the setting on the line may be."""
    from quizdock.core.setting_keys import find_key

    try:
        key = find_key(str(ctx.params.get("key")))
    except QuizDockError:
        return []
    if key.name == "learner":
        return complete_learners(ctx, parameter, incomplete)
    return [value for value in key.kind.offered if value.startswith(incomplete)]
