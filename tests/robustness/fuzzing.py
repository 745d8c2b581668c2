"""What the long runs share: they make inputs from a seed, watch time and memory, and end with the first finding.

A finding is any exception but those that the exercise itself expects, more than SLOWEST seconds for one input, or more
than MOST_GROWN megabytes of new memory. It is printed whole and the run exits with 1; else the run prints one line.
"""

import argparse
import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import NamedTuple, TypeVar

SLOWEST = 1.0
"""Seconds of work that one input may take."""
HANGS = 20.0
"""Seconds after which an input is interrupted."""
MOST_GROWN = 200
"""Megabytes that one input may add to the memory of the process."""

Input = TypeVar("Input")
Make = Callable[[random.Random], Input]
"""Makes an input."""
Exercise = Callable[[Input], str]
"""Says in a word what became of an input; raises whatever must never be raised."""


class Figures(NamedTuple):
    """One run: what became of its inputs, the slowest in seconds, the peak of memory in megabytes, the finding."""

    ended: Counter[str]
    slowest: float
    peak: int
    finding: str = ""

    def __str__(self) -> str:
        """One line."""
        told = ", ".join(f"{count} {name}" for name, count in sorted(self.ended.items()))
        return (
            f"{self.ended.total()} inputs ({told}), {1 if self.finding else 0} findings,"
            f" slowest {self.slowest * 1000:.0f} ms, peak {self.peak} MB"
        )


def run(make: Make[Input], exercise: Exercise[Input], seed: int, *, seconds: float = 1e9, inputs: int = 0) -> Figures:
    """Exercise inputs until the time is up, so many were tried (0: no limit), or something is found."""
    dice, ended, slowest, begun = random.Random(seed), Counter[str](), 0.0, time.monotonic()
    while time.monotonic() < begun + seconds and (not inputs or ended.total() < inputs):
        made = make(dice)
        before, start = peak_megabytes(), time.process_time()
        try:
            with interrupted_after(HANGS):
                ended[exercise(made)] += 1
        except Exception as error:
            return Figures(ended, slowest, peak_megabytes(), f"{made!r}\n{type(error).__name__}: {error}")
        took, grown = time.process_time() - start, peak_megabytes() - before
        slowest = max(slowest, took)
        if took > SLOWEST:
            return Figures(ended, slowest, peak_megabytes(), f"{made!r}\ntook {took:.2f} s")
        if grown > MOST_GROWN:
            return Figures(ended, slowest, peak_megabytes(), f"{made!r}\ntook {grown} MB")
    return Figures(ended, slowest, peak_megabytes())


def peak_megabytes() -> int:
    """The most memory that this process has had so far."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the middle of what hangs."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"still not done after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def main(description: str | None, make: Make[Input], exercise: Exercise[Input]) -> int:
    """The command line of a long run: every process has a seed of its own; 0 if nothing was found."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, help="how long; 5 if --inputs is not said either")
    options.add_argument("--inputs", type=int, default=0, help="how many, in all")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    wished = options.parse_args()
    minutes = wished.minutes or (1e6 if wished.inputs else 5)
    seeds = [wished.seed * 1000 + number for number in range(wished.processes)]
    job = partial(run, make, exercise, seconds=minutes * 60, inputs=-(-wished.inputs // wished.processes))
    ended, slowest, peak, finding = Counter[str](), 0.0, 0, ""
    with multiprocessing.get_context("fork").Pool(wished.processes) as pool:
        for figures in pool.imap_unordered(job, seeds):
            ended += figures.ended
            slowest, peak, finding = max(slowest, figures.slowest), max(peak, figures.peak), figures.finding
            if finding:
                sys.stdout.write(f"{finding}\n")
                break
    sys.stdout.write(f"{Figures(ended, slowest, peak, finding)}\n")
    return 1 if finding else 0
