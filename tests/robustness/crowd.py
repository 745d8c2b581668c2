"""Eight processes write to one database at once: `python -m tests.robustness.crowd`.

    --answers N   of each process (2000)

Four study, two of them as one learner; one takes back every tenth answer of its own; two sit exams; one changes deck
files and compiles them, and answers a card of theirs each time. All must end without a word of complaint, and
everything that was said to be saved must be there once, as it was given; sequence numbers have no gaps, the schedules
are what the events make of them, and nothing is passed over when new cards are looked for. Whatever else happens is
printed and ends the run with exit code 1.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from quizdock.core.card import encode
from quizdock.core.journal import Answer
from quizdock.core.marking import Place, Result, Rules, Score
from quizdock.core.paper import Asked
from quizdock.core.sitting import Event, Kind
from quizdock.sessions.library import refresh
from quizdock.store import Store, open_store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import HERE, Key, Moment
from tests.robustness.processes import database_of, unsound

ROOT = Path(__file__).parents[2]
CARDS = 200
DECKS = 3
"""Deck files that change."""
QUESTIONS = 20
DAY = 739_944  # 2026-11-24
ROLES = (
    ("study", "ada"),
    ("study", "ben"),
    ("study", "cleo"),
    ("study", "cleo"),
    ("undo", "cleo"),
    ("exam", "ada"),
    ("exam", "dora"),
    ("decks", "ada"),
)
"""What each process does, and for whom."""

Said = list[int]
"""What a process said was saved: of an event in the journal its number, card and process's own count; of one in an exam
the exam's number, the event's, and the question's."""


class Came(NamedTuple):
    """What a crowd came to."""

    answers: int
    exams: int
    slowest: float
    """Seconds that one of them took to be saved."""
    wrong: list[str]


def prepared(home: Path) -> Path:
    """A new home with a deck of questions, decks that will change, and the learners; returns the folder."""
    (home / "content").mkdir(parents=True)
    write_deck(home, "steady", range(CARDS))
    for number in range(DECKS):
        write_deck(home, f"changing{number}", range(10))
    with closing(open_store(database_of(home), "here")) as store:
        refresh(store.catalogue, [home / "content"])
        for _, name in ROLES:
            store.learners.find_or_add(name)
    return home


def write_deck(home: Path, name: str, questions: range) -> None:
    """Put a deck file in the place of the one that was there, at once."""
    notes = "".join(
        f'[[question]]\nid = "q{n}"\nask = "{n}?"\ntype = "choice"\nanswer = "right"\nwrong = ["wrong"]\n'
        for n in questions
    )
    path = home / "content" / f"{name}.new"
    path.write_text(f'format = 1\ndeck = {{ id = "{name}", title = "{questions}", lang = "en" }}\n{notes}')
    path.replace(path.with_suffix(".toml"))


def work(home: Path, process: int, answers: int) -> None:
    """Be one of the processes: print what was saved, line by line, and in the end the seconds that the slowest took."""
    role, name = ROLES[process]
    with closing(open_store(database_of(home), "here")) as store:
        learner = store.learners.find(name)
        doing: Iterator[Said] = _DO[role](store, home, learner, process, answers)
        slowest, begun = 0.0, time.perf_counter()
        for said in doing:
            slowest = max(slowest, time.perf_counter() - begun)
            sys.stdout.write(f"{json.dumps(said)}\n")
            sys.stdout.flush()
            begun = time.perf_counter()
    sys.stdout.write(f"{slowest}\n")


def _study(store: Store, _home: Path, learner: int, process: int, answers: int) -> Iterator[Said]:
    cards = _cards(store, "steady")
    for count in range(answers):
        yield _answer(store, learner, cards[count * 7 % len(cards)], process, count)


def _undo(store: Store, _home: Path, learner: int, process: int, answers: int) -> Iterator[Said]:
    """Every tenth event takes back the one before."""
    cards = _cards(store, "steady")
    said: Said = []
    for count in range(answers):
        if count % 10 == 9:
            event = store.journal.event(Key(HERE, said[0]))
            undone = store.journal.undo(learner, event.key, Moment(count, DAY + count // 100))
            assert undone == event, f"{undone} was taken back instead of {event}"
        else:
            said = _answer(store, learner, cards[count * 11 % len(cards)], process, count)
            yield said


def _exam(store: Store, _home: Path, learner: int, process: int, answers: int) -> Iterator[Said]:
    rows = [store.catalogue.card(card) for card in _cards(store, "steady")[:QUESTIONS]]
    paper = [Asked(Place("steady", "", "Steady"), f"q{n}", row.hash, encode(row.card)) for n, row in enumerate(rows)]
    attempt = last = 0
    for count in range(answers):
        number = count % QUESTIONS + 1
        if number == 1:
            attempt = store.attempts.start(learner, paper, {"steady": "Steady"}, count, Rules(), Moment(count, DAY))
            last = store.attempts.append(attempt, 0, Event(Kind.OPENED, count))
        last = store.attempts.append(attempt, last, Event(Kind.ANSWERED, count, number, "right", 1.0, process))
        yield [attempt, last, number]
        if number == QUESTIONS:
            result = Result(Score(float(QUESTIONS), QUESTIONS), (), passed=True)
            store.attempts.finish(attempt, last, Event(Kind.SUBMITTED, count), result)


def _decks(store: Store, home: Path, learner: int, process: int, answers: int) -> Iterator[Said]:
    """A deck file changes, is compiled, and one of its cards is answered: some go, some come back, all move."""
    for count in range(answers):
        name = f"changing{count % DECKS}"
        write_deck(home, name, range(count % 7, count % 7 + 5 + count % 11))
        told = refresh(store.catalogue, [home / "content"])
        assert told == [], told
        cards = _cards(store, name)
        yield _answer(store, learner, cards[count % len(cards)], process, count)


def _answer(store: Store, learner: int, card: int, process: int, count: int) -> Said:
    answer = Answer(card, count % 6, None, process, 0)
    key, _, _ = store.journal.answer(learner, answer, Moment(count, DAY + count // 100))
    return [key.seq, card, count]


def _cards(store: Store, deck: str) -> list[int]:
    found = store.catalogue.candidates(Scope((store.catalogue.deck(deck).id,)))
    return sorted(candidate.card for candidate in found)


_DO: dict[str, Callable[[Store, Path, int, int, int], Iterator[Said]]] = {
    "study": _study,
    "undo": _undo,
    "exam": _exam,
    "decks": _decks,
}


def crowd(home: Path, answers: int) -> Came:
    """Let all of them loose on a prepared home; each gives so many answers."""
    program = (
        "import sys; from pathlib import Path; from tests.robustness.crowd import work;"
        " work(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))"
    )
    with ThreadPoolExecutor(len(ROLES)) as threads:
        ended = list(
            threads.map(
                lambda process: subprocess.run(
                    [sys.executable, "-c", program, home, str(process), str(answers)],
                    cwd=ROOT,
                    capture_output=True,
                    text=True,
                    check=False,
                ),
                range(len(ROLES)),
            )
        )
    said: dict[int, list[Said]] = {}
    slowest, wrong = 0.0, list[str]()
    for process, each in enumerate(ended):
        if each.returncode or each.stderr:
            wrong.append(f"{' of '.join(ROLES[process])} ended with {each.returncode}: {each.stderr}")
            continue
        *lines, last = each.stdout.splitlines()
        said[process] = [json.loads(line) for line in lines]
        slowest = max(slowest, float(last))
    if not wrong:
        wrong = [*lost(home, said, answers), *passed_over(home)]
    exams = sum(len(each) for process, each in said.items() if ROLES[process][0] == "exam")
    return Came(sum(map(len, said.values())) - exams, exams, slowest, wrong)


def lost(home: Path, said: Mapping[int, list[Said]], answers: int) -> list[str]:
    """What was said to be saved and is not there as it was given, what is there twice, and what nobody gave."""
    with closing(open_store(database_of(home), "here")) as store:
        # The process stands in the place of the milliseconds, its own count in that of the time.
        kept = store.database.rows("SELECT milliseconds, seq, card, at FROM event WHERE kind <> 3 ORDER BY seq")
        undone = store.database.value("SELECT count(*) FROM event WHERE kind = 3")
        twice = store.database.rows("SELECT of_seq FROM event WHERE kind = 3 GROUP BY of_seq HAVING count(*) > 1")
        sat = store.database.rows(
            "SELECT milliseconds, attempt, seq, number FROM attempt_event WHERE kind = 2 ORDER BY attempt, seq"
        )
        numbers = [n for (n,) in store.database.rows("SELECT number FROM attempt ORDER BY number")]
    wrong = []
    for name, there, given in (
        ("answers", kept, _given(said, is_exam=False)),
        ("exams' answers", sat, _given(said, is_exam=True)),
    ):
        missing, unknown = Counter(given) - Counter(there), Counter(there) - Counter(given)
        if missing or unknown:
            wrong.append(f"{name} that were said to be saved and are not there: {missing}; that nobody gave: {unknown}")
    if undone != answers // 10 or twice:
        wrong.append(f"{answers // 10} answers were taken back, and {undone} times it is said so, twice of {twice}")
    if numbers != list(range(1, len(numbers) + 1)):
        wrong.append(f"the exams have the numbers {numbers}")
    return wrong


def passed_over(home: Path) -> list[str]:
    """What is unsound, and the learners' places in decks that lie behind a card which could be new."""
    with closing(open_store(database_of(home), "here")) as store:
        places = "SELECT learner, deck, position FROM frontier"
        before = store.database.rows(places)
        wrong = unsound(home)  # which makes everything anew
        right = {(learner, deck): position for learner, deck, position in store.database.rows(places)}
    return [
        *wrong,
        *(
            f"learner {learner} is at {position} in deck {deck}, and the card at {right[learner, deck]} may be new"
            for learner, deck, position in before
            if position > right[learner, deck]
        ),
    ]


def _given(said: Mapping[int, list[Said]], *, is_exam: bool) -> list[tuple[int, ...]]:
    return [
        (process, *each)
        for process, lines in said.items()
        if (ROLES[process][0] == "exam") == is_exam
        for each in lines
    ]


def main() -> int:
    """Let the crowd loose once; 0 if nothing was lost."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--answers", type=int, default=2000)
    wished = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="quizdock-") as folder:
        begun = time.monotonic()
        came = crowd(prepared(Path(folder) / "home"), wished.answers)
        took = time.monotonic() - begun
    if came.wrong:
        told = "\n".join(came.wrong)
        sys.stdout.write(f"{told}\n")
        return 1
    sys.stdout.write(
        f"{len(ROLES)} processes at once, {came.answers} answers of study and {came.exams} of exams in {took:.0f} s:"
        f" 0 lost, 0 doubled, 0 errors; the slowest took {came.slowest:.2f} s\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
