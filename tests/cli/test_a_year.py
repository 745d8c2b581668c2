"""A learner who remembers nine times out of ten studies the French deck every day of a year, through two askers.

What every day asks is held against the limits, and what it leaves against a query of its own.
"""

import io
import json
import random
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TextIO, cast

import pytest

from quizdock.sessions.study import Asker, Study
from quizdock.sessions.wishes import Wishes
from quizdock.store import Store, open_store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Difference
from quizdock.ui.json_lines import StudyLines
from quizdock.ui.plain import PlainStudy
from quizdock.ui.translations import activate

DECK = "docker-conteneurs"
DAYS = 365
START = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)
DILIGENT = 0.9
"""How much of what is asked comes to mind."""
FORGETFUL = 0.6
SOME_DAYS = [day for day in range(60) if day % 7 in (0, 1, 4)]
"""When a learner with little time studies."""
NEW_PER_DAY, REVIEWS_PER_DAY = 10, 200
CARDS = 333
LEARNED = 45
"""Days after which nearly every card has been met: ten a day, and siblings one after the other."""
SETTLED = 120
"""Days after which the wave of the first weeks has run out."""


class Figures(NamedTuple):
    """What a day brought, and what it left.

    The due cards that are left, for how many of their intervals they had waited, and the cards not yet met that might
    have been, as no sibling of theirs was asked.
    """

    new: int
    reviews: int
    drills: int
    left: int
    latest: float
    free: int


@dataclass
class Year:
    """What all those days made of a learner."""

    days: list[Figures]
    schedules: list[tuple[Any, ...]]
    rebuilt: Difference


class Learner(io.TextIOBase, ABC):
    """Hears what an asker says and answers; says "I don't know" to what is not remembered."""

    def __init__(self, memory: float) -> None:
        super().__init__()
        self.memory = memory
        self.dice = random.Random(365)
        self.waiting: list[str] = []
        self.knows = True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # a text stream reads texts
        return self.waiting.pop(0)

    def writelines(self, lines: Any, /) -> None:
        for line in lines:
            self.write(line)

    def remembers(self) -> bool:
        """Whether the answer to the next question comes to mind."""
        self.knows = self.dice.random() < self.memory
        return self.knows

    def grade(self) -> int:
        """What the learner thinks of the answer just given: good, or easy one time out of four."""
        return 0 if not self.knows else 5 if self.dice.random() < 0.25 else 4

    @abstractmethod
    def asker(self) -> Asker:
        """The asker that speaks with this learner."""


class Program(Learner):
    """Speaks in JSON lines."""

    def asker(self) -> Asker:
        return StudyLines(cast(TextIO, self), cast(TextIO, self))

    def write(self, text: str) -> int:
        message = json.loads(text)
        match message["type"]:
            case "ask":
                self.say(response=_response(message)) if self.remembers() else self.say(dont_know=True)
            case "verdict":
                self.say(grade=self.grade())
            case "error":
                raise AssertionError(message)
        return len(text)

    def say(self, **message: object) -> None:
        self.waiting.append(json.dumps(message) + "\n")


def _response(question: dict[str, Any]) -> object:
    """Any answer of the right kind: this learner grades by what came to mind."""
    count = len(question["choices"])
    match question["form"]:
        case "choice" | "number":
            return 0 if count else "0"
        case "choices":
            return [0]
        case "boolean":
            return True
        case "list":
            return ["docker ps"]
        case "match":
            return [0] * len(question["items"])
        case "order":
            return list(range(count))
        case "path":
            return question["choices"][:1]
        case "recall":
            return None
        case _:
            return "docker ps"


PROMPTS = {
    "Press Enter to see the answer.": "",
    "Your choice, 1 to ": "1",
    "Your choices, for example ": "1",
    "True or false ": "t",
    "Your answers, with commas between them:": "docker ps",
    "Your answer:": "7",
    "The events in order, ": "1",
}
"""What the plain asker's prompts begin with, and what is typed there."""
EXAMPLE = re.compile(r"(?:The numbers in the right order|One letter for each entry), for example (.*):\n")


class Reader(Learner):
    """Reads plain lines, as a person with a screen reader does, and types."""

    def asker(self) -> Asker:
        return PlainStudy(cast(TextIO, self), cast(TextIO, self))

    def write(self, text: str) -> int:
        if text.startswith("Grade ("):
            self.type(str(self.grade()))
        elif text.startswith("Nothing is left."):
            self.type("")
        elif (typed := self.answer_to(text)) is not None:
            self.type(typed if self.remembers() else ":0")
        return len(text)

    def answer_to(self, line: str) -> str | None:
        """What to type after this line; None where nothing is asked."""
        if example := EXAMPLE.match(line):
            return example[1]
        return next((typed for prompt, typed in PROMPTS.items() if line.startswith(prompt)), None)

    def type(self, text: str) -> None:
        self.waiting.append(f"{text}\n")


@dataclass
class Evening:
    """A clock that shows a quarter past eight, every day again; an answer takes no time."""

    time: datetime
    rollover: int = 4

    def now(self) -> datetime:
        return self.time

    def milliseconds(self) -> int:
        return 0


def lived(store: Store, learner: Learner, evenings: Iterable[int]) -> Year:
    """Study the deck on these days, counted from the first, with the settings that nobody has changed."""
    activate("en")
    store.database.execute("PRAGMA synchronous = OFF")  # these answers need not survive a power cut
    alice = store.learners.add("alice")
    wishes = Wishes(alice, "alice", Scope((store.catalogue.deck(DECK).id,)))
    days: list[Figures] = []
    for number in evenings:
        clock = Evening(START + timedelta(days=number))
        Study(store, learner.asker(), clock, lambda: "seed", wishes).run()
        assert learner.waiting == [], "all that was said was heard"
        days.append(figures(store, clock.time.toordinal()))
    schedules = store.database.rows(
        "SELECT card.name, repetitions, interval, ease, due FROM schedule JOIN card ON id = card"
    )
    return Year(days, sorted(schedules), store.journal.rebuild())


def figures(store: Store, day: int) -> Figures:
    """What the events of the day were, from the journal alone, and how late the cards are that it left."""
    first = "NOT EXISTS (SELECT 1 FROM event AS earlier WHERE earlier.card = event.card AND earlier.seq < event.seq)"
    reviews, drills, new = (
        store.database.value(f"SELECT count(*) FROM event WHERE day = ? AND {condition}", [day])
        for condition in ("kind = 1", "kind = 2", f"kind = 1 AND {first}")
    )
    left, latest = store.database.rows(
        "SELECT count(*), coalesce(max((?1 - due) * 1.0 / interval), 0) FROM schedule WHERE due <= ?1", [day]
    )[0]
    free = store.database.value(
        "SELECT count(*) FROM card WHERE deck = (SELECT id FROM deck WHERE name = ?) AND id NOT IN"
        " (SELECT card FROM event) AND siblings NOT IN"
        " (SELECT siblings FROM card JOIN event ON event.card = card.id WHERE day = ?)",
        [DECK, day],
    )
    return Figures(new, reviews - new, drills, left, latest, free)


@pytest.fixture(scope="module")
def years(compiled: bytes, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Year]:
    """The year of the learner that speaks with this asker, lived once."""
    so_far: dict[str, Year] = {}

    def year(asker: str) -> Year:
        if asker not in so_far:
            path = tmp_path_factory.mktemp(asker) / "quizdock.db"
            path.write_bytes(compiled)
            learner = {"json": Program, "plain": Reader}[asker](DILIGENT)
            with closing(open_store(path, "device")) as store:
                so_far[asker] = lived(store, learner, range(DAYS))
        return so_far[asker]

    return year


@pytest.fixture(params=["json", "plain"])
def year(request: pytest.FixtureRequest, years: Callable[[str], Year]) -> Year:
    return years(request.param)


def test_the_limits_hold_every_day(year: Year) -> None:
    assert len(year.days) == DAYS
    assert max(day.new for day in year.days) == NEW_PER_DAY
    assert max(day.reviews for day in year.days) <= REVIEWS_PER_DAY


def test_every_card_is_met_and_new_ones_come_ten_a_day_while_there_are_any(year: Year) -> None:
    new = [day.new for day in year.days]
    assert new[:30] == [NEW_PER_DAY] * 30
    assert all(day.new == NEW_PER_DAY or day.free == 0 for day in year.days), "new cards wait for siblings alone"
    assert sum(new) == len(year.schedules) == CARDS


def test_no_card_starves(year: Year) -> None:
    """The limit of reviews is never reached, so what a day leaves waits for a sibling, for less than an interval.

    Two intervals would be too many.
    """
    assert max(day.reviews for day in year.days) < REVIEWS_PER_DAY
    assert max(day.latest for day in year.days) < 1
    assert max(day.left for day in year.days) > 0, "some did wait"


def test_the_reviews_of_a_day_rise_while_cards_are_new_and_then_ebb(year: Year) -> None:
    reviews = [day.reviews for day in year.days]
    assert 30 <= max(reviews) <= 60
    assert reviews.index(max(reviews)) < LEARNED
    assert max(reviews[LEARNED:SETTLED]) <= 30
    assert max(reviews[SETTLED:]) <= 20
    assert 2 <= sum(reviews[SETTLED:]) / len(reviews[SETTLED:]) <= 6
    assert 2500 <= sum(reviews) <= 3500
    assert sum(day.drills for day in year.days) < sum(reviews) * 0.2, "one in ten is forgotten, rarely twice in a day"


def test_the_journal_says_the_same_as_the_schedules(year: Year) -> None:
    answers = sum(day.new + day.reviews + day.drills for day in year.days)
    assert year.rebuilt == Difference(events=answers, schedules=CARDS, wrong=0)


def test_both_askers_make_the_same_of_the_same_answers(years: Callable[[str], Year]) -> None:
    assert years("json").days == years("plain").days
    assert years("json").schedules == years("plain").schedules


def test_nothing_starves_either_where_much_is_forgotten_and_days_are_missed(compiled: bytes, tmp_path: Path) -> None:
    (tmp_path / "quizdock.db").write_bytes(compiled)
    with closing(open_store(tmp_path / "quizdock.db", "device")) as store:
        year = lived(store, Program(FORGETFUL), SOME_DAYS)
    assert max(day.new for day in year.days) == NEW_PER_DAY
    assert max(day.reviews for day in year.days) < REVIEWS_PER_DAY
    assert 0 < max(day.latest for day in year.days) < 1, "some waited for several days, none for an interval"
    assert year.rebuilt.wrong == 0
