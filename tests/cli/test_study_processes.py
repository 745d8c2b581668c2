"""`quizdock study` as a process: ended by a signal, and two sessions of one learner at once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]
REVIEW, DRILL, UNDO = 1, 2, 3


class Session:
    """`quizdock study --json` as a process, which is at a question or has ended whenever somebody looks."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizdock", "study", *arguments, "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "QUIZDOCK_LANG": "en"},
            encoding="utf-8",
        )
        self.opening = self.hear()
        self.question = self.hear()

    def hear(self) -> dict[str, Any]:
        """The next message."""
        assert self.process.stdout is not None
        message: dict[str, Any] = json.loads(self.process.stdout.readline())
        return message

    def say(self, **message: object) -> None:
        """Send one."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    @property
    def card(self) -> str | None:
        """What is asked now; None at the end."""
        return self.question.get("card")

    def answer(self, grade: int = 4) -> dict[str, Any]:
        """Answer the question, go on to the next one; what was saved."""
        self.say(response=None)
        self.hear()
        self.say(grade=grade)
        saved = self.hear()
        self.question = self.hear()
        return saved

    def end(self, number: signal.Signals) -> tuple[int, list[dict[str, Any]], str]:
        """Send a signal; the exit code, what was said thereafter, and on stderr."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, [json.loads(line) for line in out.splitlines()], err


@pytest.fixture
def session(started: Path, many: Path, quizdock: Run) -> Iterator[Callable[..., Session]]:
    """Starts sessions over the deck `many`; whatever still runs at the end is killed."""
    quizdock("deck", "follow", "many")
    begun: list[Session] = []

    def begin(*arguments: str) -> Session:
        begun.append(Session(*arguments))
        return begun[-1]

    yield begin
    for each in begun:
        with each.process:
            each.process.kill()


def answers(home: Path) -> list[tuple[str, int]]:
    """Every card that was answered and what the answer counted as, in the journal's order."""
    with closing(sqlite3.connect(home / "data" / "quizdock.db")) as connection:
        rows = connection.execute("SELECT name, kind FROM event JOIN card ON card.id = event.card ORDER BY seq")
        return rows.fetchall()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_ends_a_session_with_its_summary_and_keeps_every_answer(
    session: Callable[..., Session], quizdock: Run, home: Path, number: signal.Signals, code: int
) -> None:
    study = session()
    for _ in range(3):
        assert study.answer()["type"] == "saved"
    ended, heard, err = study.end(number)
    assert (ended, err) == (code, "")
    (done,) = heard
    assert isinstance(done.pop("seconds"), int)
    assert done == {"type": "done", "reviews": 3, "drills": 0}
    assert answers(home) == [("c01", REVIEW), ("c02", REVIEW), ("c03", REVIEW)]
    assert quizdock("due").stdout == "0 cards to repeat, 7 new ones\n"
    assert quizdock("rebuild").stdout == "3 events replayed, 3 schedules: all were already right.\n"


def test_a_signal_at_a_verdict_saves_nothing_that_was_not_graded(session: Callable[..., Session], home: Path) -> None:
    study = session()
    study.answer()
    study.say(response=None)
    assert study.hear()["type"] == "verdict"
    code, heard, err = study.end(signal.SIGTERM)
    assert (code, [message["type"] for message in heard], err) == (143, ["done"], "")
    assert answers(home) == [("c01", REVIEW)]


def test_two_sessions_at_once_review_each_card_once_and_share_the_days_limit(
    session: Callable[..., Session], quizdock: Run, home: Path
) -> None:
    one, two = session(), session()
    assert (one.opening["new"], two.opening["new"]) == (10, 10)
    for _ in range(5):
        one.answer()
    assert (one.card, two.card) == ("many/c06", "many/c01")
    assert two.answer(grade=5)["ease"] == "2.50", "the other one's answer counted, this one is a drill"
    assert two.card == "many/c06", "what the other session has settled is not asked"
    for _ in range(10):
        for each in (one, two):
            if each.card is not None:
                each.answer()
    assert (one.question["type"], two.question["type"]) == ("done", "done")
    reviews = [name for name, kind in answers(home) if kind == REVIEW]
    assert reviews == [f"c{number:02}" for number in range(1, 11)]
    assert one.question["reviews"] + two.question["reviews"] == 10
    assert one.question["drills"] + two.question["drills"] == len(answers(home)) - 10
    assert quizdock("due").stdout == "0 cards to repeat, 0 new ones\n"
    assert quizdock("rebuild").stdout.endswith("10 schedules: all were already right.\n")


def test_an_undo_in_one_session_takes_back_nothing_of_the_other(
    session: Callable[..., Session], quizdock: Run, home: Path
) -> None:
    """What is left of a card's answers counts as if it had been alone."""
    one, two = session(), session()
    one.answer(grade=4)
    two.answer(grade=5)
    one.say(undo=True)
    assert one.hear() == {"type": "undone", "card": "many/c01", "event": "review", "grade": 4}
    assert one.hear()["card"] == "many/c02", "the other session has settled the first card"
    assert [kind for _name, kind in answers(home)] == [REVIEW, DRILL, UNDO]
    shown = json.loads(quizdock("card", "list", "many", "--json").stdout)
    assert [(each["id"], each["ease"]) for each in shown if each["ease"]] == [("many/c01", "2.60")]
    assert quizdock("rebuild").stdout == "3 events replayed, 1 schedule: all were already right.\n"
