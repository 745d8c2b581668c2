"""Decks, collections and journals of any size, made from a seed: the same seed gives the same bytes."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

from quizdock.core.days import study_day
from quizdock.core.marking import Mark, Rules, result
from quizdock.core.result_file import Attempt
from quizdock.core.sitting import Event, Kind
from quizdock.sessions.library import refresh
from quizdock.sessions.papers import asked
from quizdock.store import Store, open_store
from quizdock.store.frontier import Frontier

LARGEST_DECK = 100_000
"""Cards of one generated deck: larger collections have several."""
DUE = 5000
"""Cards of a collection that are due today."""
UNMET = 100
"""Cards at the end of each deck that the learner has not met."""
_DAYS = 365
_HOUR = 3_600_000
_EPOCH = date(1970, 1, 1).toordinal()

_WORDS = """
    anchor autumn barrel beacon branch bridge bronze candle canyon carpet castle cobalt comet copper
    cotton delta desert falcon feather fossil garden glacier granite hammer harbour hazel island ivory
    jacket jasmine kettle ladder lagoon lantern marble meadow mirror needle nickel orchard oyster paddle
    pebble pepper pocket quarry raven ribbon river saddle silver summit temple thunder tunnel valley
    velvet walnut willow window winter
""".split()  # noqa: SIM905 - a list of so many quotes reads worse


class Collection(NamedTuple):
    """A home of so many cards: a flashcard a note, in decks of LARGEST_DECK at most."""

    home: Path
    cards: int

    @property
    def content(self) -> Path:
        """The folder of its decks."""
        return self.home / "content"

    @property
    def database(self) -> Path:
        """Its database."""
        return self.home / "data" / "quizdock.db"


def today() -> int:
    """The study day that it is here and now."""
    return study_day(datetime.now())


def note(number: int, dice: Random) -> tuple[str, str]:
    """A front of about 46 characters and a back of about 33."""
    one, two, three, four, five, six = dice.choices(_WORDS, k=6)
    return f"What is the {one} {two} of the {three}? #{number}", f"the {four} {five} near {six} ({number})"


def notes(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """So many fronts and backs."""
    dice = Random(seed)
    return (note(number, dice) for number in range(count))


def write_deck(file: Path, name: str, count: int, seed: int = 1) -> None:
    """A deck of so many flashcards."""
    with file.open("w", encoding="utf-8") as out:
        out.write(f'format = 1\n[deck]\nid = "{name}"\ntitle = "{name}"\nlang = "en"\n')
        for number, (front, back) in enumerate(notes(count, seed)):
            out.write(f'\n[[flashcard]]\nid = "n{number}"\nfront = "{front}"\nback = "{back}"\n')


def write_decks(folder: Path, cards: int, seed: int = 1) -> None:
    """Decks with so many cards in all."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, first in enumerate(range(0, cards, LARGEST_DECK)):
        count = min(LARGEST_DECK, cards - first)
        write_deck(folder / f"bench-{number:02}.toml", f"bench-{number:02}", count, seed + number)


def collection(folder: Path, cards: int, seed: int = 1) -> Collection:
    """A home whose learner has met all but the last UNMET cards of each deck; DUE of the cards are due today.

    Each has one event in the journal. The schedules are drawn, not replayed: intervals up to 200 days. What was made
    today already is used as it is.
    """
    made = Collection(folder / f"{cards}-on-{today()}", cards)
    if not made.database.exists():
        with _new(made, seed) as store:
            _meet(store, cards, seed)
    return made


def journal(folder: Path, cards: int, reviews: int, seed: int = 1) -> Collection:
    """A home of so many cards with so many reviews over ten years in its journal, nothing of it replayed yet."""
    made = Collection(folder / f"{cards}-{reviews}", cards)
    if not made.database.exists():
        with _new(made, seed) as store:
            _review(store, reviews, seed)
    return made


@contextmanager
def _new(made: Collection, seed: int) -> Iterator[Store]:
    """The store of a home with new decks of flashcards."""
    write_decks(made.content, made.cards, seed)
    with _opened(made) as store:
        yield store


@contextmanager
def _opened(made: Collection) -> Iterator[Store]:
    """The store of a home whose decks are written; the database gets its name when it is whole."""
    half = made.database.with_suffix(".half")
    half.unlink(missing_ok=True)
    store = open_store(half, "0" * 16)
    refresh(store.catalogue, [made.content])
    yield store
    store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    half.rename(made.database)


def _meet(store: Store, cards: int, seed: int) -> None:
    dice, day = Random(seed), today()
    learner = store.learners.find_or_add(getpass.getuser())
    known = store.database.rows(
        "SELECT card.id, card.deck, hash FROM card JOIN (SELECT deck, count(*) AS cards FROM card GROUP BY deck) size"
        " ON size.deck = card.deck WHERE position < cards - ? ORDER BY card.id",
        [UNMET],
    )
    schedules, events = [], []
    for place, (card, deck, digest) in enumerate(known):
        scattered = place * 7919 % len(known)
        due = day - place % 10 if scattered < min(DUE, cards // 2) else day + 1 + dice.randrange(_DAYS)
        interval = dice.randrange(1, 200) + max(0, due - day)
        schedules.append((learner, card, 3, interval, 250, due, due - interval, None, 0))
        events.append((due - interval, learner, card, deck, 4, dice.randrange(800, 9000), digest))
    events.sort()
    with store.database.transaction():
        store.database.executemany("INSERT INTO schedule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", schedules)
        _append(store, events)
        Frontier(store.database).renew()


def _review(store: Store, reviews: int, seed: int) -> None:
    dice, day = Random(seed), today()
    learner = store.learners.find_or_add(getpass.getuser())
    known = store.database.rows("SELECT id, deck, hash FROM card ORDER BY id")
    days = 10 * _DAYS
    events = []
    for number in range(reviews):
        card, deck, digest = known[number * 7919 % len(known)]
        grade = dice.choice((5, 4, 4, 4, 3, 2))
        then = day - days + number * days // reviews
        events.append((then, learner, card, deck, grade, dice.randrange(800, 9000), digest))
    with store.database.transaction():
        _append(store, events)


def _append(store: Store, events: list[tuple[int, int, int, int, int, int, int]]) -> None:
    """Reviews (day, learner, card, deck, grade, milliseconds, hash) into the journal and the daily figures."""
    store.database.executemany(
        "INSERT INTO event (device, seq, learner, kind, at, day, card, grade, milliseconds, hash)"
        " VALUES (1, ?, ?, 1, ?, ?, ?, ?, ?, ?)",
        (
            (seq, learner, (day - _EPOCH) * 24 * _HOUR + seq, day, card, grade, spent, digest)
            for seq, (day, learner, card, _deck, grade, spent, digest) in enumerate(events, 1)
        ),
    )
    store.database.execute(
        "INSERT INTO daily SELECT learner, day, deck, count(*), count(*), 0, sum(milliseconds)"
        " FROM event JOIN card ON card.id = event.card GROUP BY learner, day, deck"
    )


def exams(folder: Path, attempts: int, questions: int = 20, pool: int = 500, seed: int = 1) -> Collection:
    """A home in which so many candidates of another device have sat an exam each, drawn from a pool of questions.

    Of four options each question has one right one, which a candidate of ability 0-1 chooses that often.
    """
    made = Collection(folder / f"exams-{attempts}-{questions}", pool)
    if not made.database.exists():
        made.content.mkdir(parents=True, exist_ok=True)
        _write_questions(made.content / "exam.toml", pool, seed)
        with _opened(made) as store:
            _sit(store, attempts, questions, Random(seed))
    return made


def _write_questions(file: Path, count: int, seed: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.write('format = 1\n[deck]\nid = "exam"\ntitle = "exam"\nlang = "en"\n')
        for number, (front, back) in enumerate(notes(count, seed)):
            wrong = [f"{back}, {other}" for other in ("never", "seldom", "often")]
            out.write(f'\n[[flashcard]]\nid = "n{number}"\nfront = "{front}"\nback = "{back}"\nwrong = {wrong}\n')


def _sit(store: Store, attempts: int, questions: int, dice: Random) -> None:
    store.database.execute("PRAGMA synchronous = OFF")  # nobody waits for these exams
    pool = [store.catalogue.card(number) for (number,) in store.database.rows("SELECT id FROM card ORDER BY id")]
    day = today()
    for number in range(1, attempts + 1):
        start = (day - _EPOCH) * 24 * _HOUR + number * _HOUR // 60
        paper = tuple(asked(row, number) for row in dice.sample(pool, questions))
        ability, events, marks = dice.random(), [Event(Kind.OPENED, start)], []
        for place, question in enumerate(paper, 1):
            task = question.decoded.study
            right = str(task.answer)
            given = right if dice.random() < ability else dice.choice(task.choices)
            credit = float(given == right)
            events.append(
                Event(Kind.ANSWERED, start + place * 20_000, place, given, credit, dice.randrange(5000, 20_000))
            )
            marks.append(Mark(question.place, credit))
        end = start + _HOUR // 2
        events.append(Event(Kind.SUBMITTED, end))
        sat = Attempt(
            number,
            {"exam": "exam"},
            number,
            Rules(),
            day,
            start,
            None,
            end,
            paper,
            tuple(events),
            result(marks, Rules()),
        )
        store.collected.put("1" * 16, f"candidate {number}", sat)
