"""A real store in a temporary folder, and decks to put into it."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from quizdock.core.card import Card, Deck, Topic
from quizdock.core.forms import Choice, Option, Recall
from quizdock.store import Store, open_store

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database of a home is."""
    return tmp_path / "data" / "quizdock.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An open store without decks."""
    with closing(open_store(path, "this-machine")) as opened:
        yield opened


@pytest.fixture
def deck_of() -> Callable[..., Deck]:
    """Makes decks: `deck_of("id", topic="card card", other="card?")`; an exam may ask all but those with `?`."""

    def card(name: str, topic: str, answer: str) -> Card:
        bare = name.rstrip("?")
        options = (Option(answer, right=True), Option(f"wrong for {bare}"))
        return Card(bare, topic, f"what is {bare}?", Recall(answer), None if name.endswith("?") else Choice(options))

    def make(name: str = "deck", /, answer: str = "the answer", **topics: str) -> Deck:
        return Deck(
            id=name,
            title=f"The {name}",
            lang="en",
            source="",
            description="",
            topics=tuple(Topic(topic, f"About {topic}") for topic in topics),
            cards=tuple(card(each, topic, answer) for topic, cards in topics.items() for each in cards.split()),
        )

    return make


@pytest.fixture
def restricted() -> Iterator[Path]:
    """A folder whose permissions count: whoever runs the tests, they go on as a user without privileges."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(open_store(folder / "warm.db", "here")):
            pass  # whatever is imported on the way, such a user might not read
        (folder / "warm.db").unlink()
        if os.geteuid() != 0:
            yield folder
            folder.chmod(0o700)
            return
        os.chown(folder, NOBODY, -1)
        os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(0)
