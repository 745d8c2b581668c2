"""Data that strangers wrote, checked value by value: types, ranges, lengths; every text is cleaned."""

import json
from collections.abc import Mapping
from typing import Any

from quizdock.core.card import Card, decode
from quizdock.core.cleaning import clean
from quizdock.core.forms import response_for
from quizdock.core.message import Message, msg
from quizdock.core.soundness import is_sound

LONGEST = 300
"""Characters of a name or a title."""


class RefusedError(Exception):
    """Why something is not believed."""

    def __init__(self, reason: Message) -> None:
        """Keep the reason untranslated."""
        super().__init__(str(reason))
        self.reason = reason


def wrong(key: str) -> RefusedError:
    """The error for a value that cannot be so."""
    return RefusedError(msg("“{key}” is not what it should be", key=key))


def table(value: object, key: str) -> dict[str, Any]:
    """The value, an object. Raises RefusedError for anything else, as all of these do."""
    if not isinstance(value, dict):
        raise wrong(key)
    return value


def listed(entry: Mapping[str, Any], key: str, most: int) -> list[Any]:
    """The list under the key, of so many entries at most."""
    value = entry.get(key)
    if not isinstance(value, list):
        raise wrong(key)
    if len(value) > most:
        raise RefusedError(msg("“{key}” has too many entries", key=key))
    return value


def text(entry: Mapping[str, Any], key: str, least: int = 1, most: int = LONGEST) -> str:
    """The text under the key, on one line, of `least` to `most` characters."""
    value = entry.get(key)
    if not isinstance(value, str) or not least <= len(value) <= most:
        raise wrong(key)
    return clean(value).replace("\n", " ")


def whole(entry: Mapping[str, Any], key: str, least: int, most: int) -> int:
    """The whole number under the key; true and false are none."""
    value = entry.get(key)
    if type(value) is not int or not least <= value <= most:
        raise wrong(key)
    return value


def number(entry: Mapping[str, Any], key: str, least: float, most: float) -> float:
    """The number under the key."""
    value = entry.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise wrong(key)
    return float(value)


def cleaned(tree: Any) -> Any:
    """The same data with every text cleaned."""
    if isinstance(tree, str):
        return clean(tree)
    if isinstance(tree, list):
        return [cleaned(each) for each in tree]
    if isinstance(tree, dict):
        return {clean(key): cleaned(value) for key, value in tree.items()}
    return tree


def asked(entry: Mapping[str, Any]) -> str:
    """The body of the card under `asked`, as `core.card.encode` writes one; nothing of it is believed yet."""
    return json.dumps(cleaned(entry.get("asked")), ensure_ascii=False, separators=(",", ":"))


def sound_card(name: str, topic: str, body: str, place: int) -> Card:
    """The card in a body, the question at this place of a paper.

    Raises RefusedError for what is none, and for one whose own answer cannot be marked.
    """
    try:
        card = decode(name, topic, body)
        if not is_sound(card):
            raise TypeError
        task = card.exam or card.study
        task.mark(response_for(task, plain(task.answer)))
    except Exception as error:  # whatever a stranger's data can make go wrong
        raise unreadable(place) from error
    return card


def unreadable(place: int) -> RefusedError:
    """The error for a question that is none."""
    return RefusedError(msg("question {number} cannot be read", number=place))


def plain(given: object) -> Any:
    """What was given, as JSON has it."""
    return json.loads(json.dumps(given))
