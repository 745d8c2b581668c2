"""Damages databases and logs at random: `python tests/robustness/damage.py --damages 1000 [--seed N]`.

Each damaged home must be told to be so, or hold every event, and what they come to, as it was. What can be
had of it is then restored: a sound database in which nothing is missing that the latest copy had, and in which what is
lost was said in numbers, or lies behind the last event that could be read. What does not hold is printed and ends the
run with exit code 1. The same seed makes the same damages.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from quizdock.core.card import Card, Deck, Topic
from quizdock.core.errors import QuizDockError
from quizdock.core.forms import Recall
from quizdock.core.journal import Answer, Kind
from quizdock.core.settings import DEFAULTS
from quizdock.sessions.doctor import examine, is_well
from quizdock.sessions.restoring import rescued
from quizdock.sessions.statistics import Choice, figures
from quizdock.sessions.today import overview
from quizdock.store import Store, open_store
from quizdock.store.backups import Backups
from quizdock.store.catalogue import Scope
from quizdock.store.database import DamagedError
from quizdock.store.journal import Moment
from quizdock.store.rescue import put_in_place

CARDS = 120
SAVED, IN_COPY = 600, 400
"""Answers of the database, and of them those that its copy has."""
DAY = 739_944
_TRUTH = (
    "SELECT device.name, seq FROM event JOIN device ON device.id = device ORDER BY device, seq",
    "SELECT learner.name, card.name, repetitions, interval, ease, due, reviewed, repeat_day, lapses FROM schedule"
    " JOIN learner ON learner.id = learner JOIN card ON card.id = card ORDER BY learner, card",
    "SELECT learner.name, card.name, suspended, buried FROM held JOIN learner ON learner.id = learner"
    " JOIN card ON card.id = card ORDER BY learner, card",
    "SELECT learner.name, day, deck.name, new, reviews, drills, milliseconds FROM daily"
    " JOIN learner ON learner.id = learner JOIN deck ON deck.id = deck ORDER BY learner, day",
)
"""Which events there are, and all that they come to."""
Damage = Callable[[bytearray, random.Random], None]


class Home(NamedTuple):
    """A home as a crash leaves it: a database with a copy, and a log with the last answers."""

    database: Path
    truth: list[list[tuple[Any, ...]]]
    in_copy: int
    """Events that its copy has."""


def made(folder: Path) -> Home:
    """A home in which two learners have answered, taken back and set aside."""
    database = folder / "data" / "quizdock.db"
    cards = tuple(
        Card(f"c{number}", "t", f"What is {number}?", Recall(f"It is {number}."), None) for number in range(CARDS)
    )
    with closing(open_store(database, "0" * 16)) as store:
        store.catalogue.put(Deck("deck", "Deck", "en", "", "", (Topic("t", "T"),), cards), "deck.toml", b"")
        learners = [store.learners.add(name) for name in ("Ada", "Bob")]
        for number in range(IN_COPY):
            _answer(store, learners, number)
        Backups(database).named(store.database, "copy")
        in_copy = store.journal.events()
    with closing(open_store(database, "0" * 16)) as store:
        store.database.execute("PRAGMA wal_autocheckpoint = 300")
        for number in range(IN_COPY, SAVED):
            _answer(store, learners, number)
        truth = _truth(store)
        left = folder / "left"
        left.mkdir()
        for end in ("", "-wal", "-shm"):
            shutil.copy(f"{database}{end}", left / f"quizdock.db{end}")
    for file in left.iterdir():
        file.replace(database.parent / file.name)
    return Home(database, truth, in_copy)


def _truth(store: Store) -> list[list[tuple[Any, ...]]]:
    return [store.database.rows(query) for query in _TRUTH]


def _answer(store: Store, learners: list[int], number: int) -> None:
    learner, card, when = learners[number % 2], number * 7 % CARDS + 1, Moment(number * 1000, DAY + number // 40)
    if number % 23 == 5:
        store.journal.undo_last(learner, when)
    elif number % 37 == 6:
        store.journal.record(learner, Kind.SUSPEND if number % 2 else Kind.BURY, card, when)
    else:
        store.journal.answer(learner, Answer(card, number % 6, '"typed"', 1500, 7), when)


def cut(data: bytearray, dice: random.Random) -> None:
    """Whatever comes after some place is gone."""
    del data[dice.randrange(len(data)) :]


def emptied(data: bytearray, _dice: random.Random) -> None:
    """Everything is gone."""
    data.clear()


def flipped(data: bytearray, dice: random.Random) -> None:
    """A few bits are not what they were."""
    for _ in range(dice.choice((1, 1, 1, 2, 5, 20))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def overwritten(data: bytearray, dice: random.Random) -> None:
    """A stretch, or a whole page, holds something else."""
    length = dice.choice((1, 16, 512, 4096, 4 * 4096))
    at = dice.randrange(len(data)) // 512 * 512
    data[at : at + length] = dice.choice((b"\0" * length, b"\xff" * length, dice.randbytes(length)))[: len(data) - at]


def swapped(data: bytearray, dice: random.Random) -> None:
    """A page stands in the place of another."""
    pages = len(data) // 4096
    one, two = (dice.randrange(pages) * 4096 for _ in range(2))
    data[one : one + 4096] = data[two : two + 4096]


DAMAGES: tuple[Damage, ...] = (cut, emptied, flipped, flipped, flipped, overwritten, overwritten, swapped)


def damaged(home: Home, dice: random.Random) -> str:
    """Damage the database or its log; says how."""
    end = dice.choice(("", "", "-wal"))
    damage = dice.choice(DAMAGES)
    file = Path(f"{home.database}{end}")
    data = bytearray(file.read_bytes())
    damage(data, dice)
    file.write_bytes(data)
    return f"{damage.__name__}{end}"


def outcome(home: Home) -> str:
    """What is seen of it: `refused` at the start, `told` by a warning or the doctor, `harmless`, or else `unseen`."""
    try:
        with closing(open_store(home.database, "1" * 16)) as store:
            _use(store)
            if store.warning is not None or not is_well(examine(store)):
                return "told"
            return "harmless" if _truth(store) == home.truth else "unseen"
    except DamagedError:
        return "refused"
    except QuizDockError:  # a version or an application that is not ours: the file is left as it is
        return "refused"


def _use(store: Store) -> None:
    """What people do with it who have not asked the doctor. Whatever cannot go on is told at the very top."""
    scope = Scope((1,))
    for use in (
        lambda: overview(store, 1, scope, DAY + 20, DEFAULTS),
        lambda: figures(store, 1, Choice(scope), DAY + 20, DEFAULTS),
        lambda: [store.selection.asked(1, scope, card) for card in range(1, CARDS, 7)],
        store.learners.names,
    ):
        with suppress(Exception):
            use()


def restored(home: Home) -> str:
    """What is wrong with what was brought back; nothing where all is right."""
    with rescued(home.database, Backups(home.database)) as rescue:
        found = rescue.found
        put_in_place(home.database, rescue.file, "before")
    with closing(open_store(home.database, "1" * 16)) as store:
        if not is_well(examine(store)):
            return f"not well: {[str(each.message) for each in examine(store)]}"
        events = store.journal.events()
        last = store.database.value("SELECT max(seq) FROM event WHERE device = 1")
        if events != found.events or events < home.in_copy or events + found.lost < last:
            return f"{events} events, said to be {found}"
    return ""


def run(count: int, seed: int) -> tuple[Counter[str], str]:
    """So many damages: how each ended, and the first that should not have."""
    dice, ended = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        whole = made(Path(folder) / "whole")
        for number in range(count):
            copy = Path(folder) / f"{number}"
            shutil.copytree(whole.database.parent, copy / "data")
            home = Home(copy / "data" / "quizdock.db", whole.truth, whole.in_copy)
            how = damaged(home, dice)
            try:
                seen = outcome(home)
                wrong = "" if seen == "harmless" else "lost unseen" if seen == "unseen" else restored(home)
            except Exception as error:  # whatever it is, it is a finding
                wrong = "".join(traceback.format_exception(error))
            if wrong:
                return ended, f"damage {number} of seed {seed} ({how}): {wrong}"
            ended[seen] += 1
            shutil.rmtree(copy)
    return ended, ""


def main() -> int:
    """Damage as often as was asked for; 0 if nothing was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--damages", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    wished = options.parse_args()
    begun = time.monotonic()
    ended, wrong = run(wished.damages, wished.seed)
    if wrong:
        sys.stdout.write(f"{wrong}\n")
        return 1
    sys.stdout.write(f"{ended.total()} damages: {dict(ended)}, 0 unseen; {time.monotonic() - begun:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
