"""What an edit of a deck does to its cards, and so to learners' progress."""

from typing import NamedTuple

from quizdock.core.card import Card, Deck, encode
from quizdock.core.forms import Given


class Changes(NamedTuple):
    """Ids of cards, `deck/note` or `deck/note#part`, in the order of their deck.

    `kept` and `edited` are in both decks, as they were or not; `orphaned` in the old one alone, `new` in the new one.
    `renamed` pairs an orphan with a new card of the same question and answer.
    """

    kept: tuple[str, ...]
    edited: tuple[str, ...]
    orphaned: tuple[str, ...]
    new: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]


def changes(old: Deck, new: Deck) -> Changes:
    """What becomes of the old deck's cards. Decks with different ids have no card in common."""
    before, after = _by_id(old), _by_id(new)
    kept = {name for name, card in after.items() if name in before and encode(before[name]) == encode(card)}
    common = [name for name in after if name in before]
    orphaned = [name for name in before if name not in after]
    added = [name for name in after if name not in before]
    return Changes(
        kept=tuple(name for name in common if name in kept),
        edited=tuple(name for name in common if name not in kept),
        orphaned=tuple(orphaned),
        new=tuple(added),
        renamed=tuple(_renamed({name: before[name] for name in orphaned}, {name: after[name] for name in added})),
    )


def _by_id(deck: Deck) -> dict[str, Card]:
    return {f"{deck.id}/{card.name}": card for card in deck.cards}


def _renamed(orphans: dict[str, Card], added: dict[str, Card]) -> list[tuple[str, str]]:
    """Every orphan with the first new card of the same question and answer that is not taken yet."""
    waiting: dict[tuple[str, Given], list[str]] = {}
    for name, card in added.items():
        waiting.setdefault((card.prompt, card.study.answer), []).append(name)
    pairs = []
    for name, card in orphans.items():
        same = waiting.get((card.prompt, card.study.answer))
        if same:
            pairs.append((name, same.pop(0)))
    return pairs
