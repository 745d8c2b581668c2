"""A real store in a temporary folder, a clock that stands still, and decks to study."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from quizdock.core.card import Card, Deck, Topic
from quizdock.core.forms import Choice, Option, Recall, Task
from quizdock.sessions.clock import Clock
from quizdock.store import Store, open_store


class StandingClock:
    """Shows 24 November 2026, noon in Paris, until it is set."""

    rollover = 4

    def __init__(self) -> None:
        self.time = datetime.fromisoformat("2026-11-24T12:00:00+01:00")
        self.count = 0

    def now(self) -> datetime:
        return self.time

    def milliseconds(self) -> int:
        return self.count


@pytest.fixture
def standing_clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def clock(standing_clock: StandingClock) -> Clock:
    """The clock, as sessions see it."""
    return standing_clock


@pytest.fixture
def at(standing_clock: StandingClock) -> Callable[[str], None]:
    """Sets the clock: `at("2026-11-25T08:00")`, local time in Paris in winter."""

    def put(time: str) -> None:
        standing_clock.time = datetime.fromisoformat(f"{time}:00+01:00")

    return put


@pytest.fixture
def wait(standing_clock: StandingClock) -> Callable[[int], None]:
    """Lets milliseconds pass."""

    def passing(milliseconds: int) -> None:
        standing_clock.time += timedelta(milliseconds=milliseconds)
        standing_clock.count += milliseconds

    return passing


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open store without decks."""
    with closing(open_store(tmp_path / "data" / "quizdock.db", "this-machine")) as opened:
        yield opened


@pytest.fixture
def deck_of() -> Callable[..., Deck]:
    """Makes decks of choices between `right` and `wrong`, topic by topic: `deck_of("id", topic="card card?")`.

    A card with `?` is recalled, and no exam may ask it.
    """
    choice = Choice((Option("right", right=True), Option("wrong", why="it is not")))

    def card(name: str, topic: str) -> Card:
        recalled = name.endswith("?")
        study: Task = Recall("right") if recalled else choice
        return Card(name.rstrip("?"), topic, f"{name.rstrip('?')}?", study, None if recalled else choice)

    def make(name: str = "deck", /, **topics: str) -> Deck:
        return Deck(
            id=name,
            title=f"The {name}",
            lang="en",
            source="",
            description="",
            topics=tuple(Topic(topic, f"About {topic}") for topic in topics),
            cards=tuple(card(each, topic) for topic, cards in topics.items() for each in cards.split()),
        )

    return make
