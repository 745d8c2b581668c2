"""Kills real sessions and exams at random points, hundreds of times: `python -m tests.robustness.kills`.

    --study N   kills of `quizdock study` (300)
    --exam N    kills of `quizdock exam` (300)
    --seed N    for the points at which they come (1)

A session is killed while it starts, or after a random number of answers and a moment later: each answer that it said
was saved must be in the database, none twice, and at most one more. An exam is killed so again and again, and gone on
with each time, until it is left in peace: it must go on at the question that was asked, or after it, and end with the
result of one that was never killed. After each kill the database must be whole, and its schedules must be what the
events make of them. Whatever else happens is printed and ends the run with exit code 1.
"""

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import NamedTuple

from tests.robustness.processes import (
    EXAM,
    QUESTIONS,
    RESUME,
    Message,
    Process,
    Session,
    Sitting,
    cards_kept,
    home_of_cards,
    home_of_questions,
    unsound,
)

A_HOME = 25
"""Kills in one home, whose cards suffice for them."""
START = 0.6
"""Seconds that a start takes at most: somewhere in them the early kills come."""


class Killed(NamedTuple):
    """What kills came to: how many there were, how many answers were said to be saved, and what should not be so."""

    kills: int
    said: int
    wrong: list[str]


def kill_sessions(folder: Path, kills: int, dice: random.Random) -> Killed:
    """Kill sessions in a new home so often, each of them going on where the last one died."""
    home, said = home_of_cards(folder), list[str]()
    for number in range(1, kills + 1):
        session = Session(home)
        with killed_early(session, dice) as early:
            said += session.killed(0 if early else dice.randint(0, 12), START if early else dice.random() / 200)
        kept, wrong = cards_kept(home), unsound(home)
        if lost := set(said) - set(kept):
            wrong.append(f"said to be saved and not there: {sorted(lost)}")
        if len(set(kept)) < len(kept):
            wrong.append(f"a card was asked again after its answer was saved: {kept}")
        if len(kept) > len(said) + number:
            wrong.append(f"{len(said)} answers were said to be saved in {number} sessions, and {len(kept)} are there")
        if wrong:
            return Killed(number, len(said), wrong)
    return Killed(kills, len(said), [])


def kill_exams(folder: Path, kills: int, dice: random.Random) -> Killed:
    """Kill exams in a new home so often, each of them several times, until it is left in peace."""
    home = home_of_questions(folder)
    whole = result_of(Sitting(home, *EXAM))
    done = said = 0
    while done < kills:
        asked, wrong = 1, list[str]()
        arguments: tuple[str, ...] = EXAM
        while done < kills and asked < QUESTIONS - 3 and not wrong:  # as many as are answered at once are left
            sitting = Sitting(home, *arguments)
            with killed_early(sitting, dice, never=arguments == EXAM) as early:
                sitting.killed(0 if early else dice.randint(0, 2), START if early else dice.random() / 100)
            done += 1
            wrong = [*unsound(home), *went_back(sitting, asked)]
            asked, arguments = max([asked, *sitting.asked]), RESUME
        sitting = Sitting(home, *RESUME)
        result = result_of(sitting)
        wrong += went_back(sitting, asked)
        if result != whole:
            wrong.append(f"the exam that was killed ended with {result}, the one that was left in peace with {whole}")
        if wrong:
            return Killed(done, said, wrong)
        said += QUESTIONS
    return Killed(done, said, [])


@contextmanager
def killed_early(process: Process, dice: random.Random, *, never: bool = False) -> Iterator[bool]:
    """One of four processes is killed while it starts, wherever that is; gives whether it will be."""
    if never or dice.random() < 0.75:
        yield False
        return
    timer = Timer(dice.random() * START, process.process.kill)
    timer.start()
    yield True
    timer.cancel()


def went_back(sitting: Sitting, asked: int) -> list[str]:
    """Whether an exam began before the question that had been asked last, which said that all before were saved."""
    first = next(iter(sitting.asked), asked)
    return [f"question {asked} had been asked, and the exam went on at question {first}"] if first < asked else []


def result_of(sitting: Sitting) -> Message:
    """The result of a sitting that is left in peace, without the number of its attempt."""
    result = sitting.to_its_end()
    assert sitting.end() == (0, "")
    assert result is not None
    return {key: value for key, value in result.items() if key != "attempt"}


def main() -> int:
    """Kill as many as were wished for; 0 if nothing was lost."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--study", type=int, default=300)
    options.add_argument("--exam", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    wished = options.parse_args()
    came = {kill_sessions: Counter[str](), kill_exams: Counter[str]()}
    rounds = [
        (play, min(A_HOME, wanted - begun))
        for play, wanted in ((kill_sessions, wished.study), (kill_exams, wished.exam))
        for begun in range(0, wanted, A_HOME)
    ]
    with tempfile.TemporaryDirectory(prefix="quizdock-") as folder, ThreadPoolExecutor(os.cpu_count()) as threads:
        running = [
            (play, threads.submit(play, Path(folder) / str(number), kills, random.Random(f"{wished.seed} {number}")))
            for number, (play, kills) in enumerate(rounds)
        ]
        for play, each in running:
            killed = each.result()
            came[play].update(kills=killed.kills, said=killed.said)
            if killed.wrong:
                threads.shutdown(cancel_futures=True)
                told = "\n".join(killed.wrong)
                sys.stdout.write(f"{play.__name__}, after {killed.kills} kills:\n{told}\n")
                return 1
    study, exam = came.values()
    sys.stdout.write(
        f"{study['kills']} kills of study with {study['said']} answers said to be saved,"
        f" {exam['kills']} kills of exam with {exam['said']} answers: 0 lost, 0 databases damaged\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
