"""Timing whole processes from outside: side by side, in turn, so that the machine's moods touch all alike."""

import fcntl
import json
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

PYTHON = sys.executable
QUIZDOCK = str(Path(sys.executable).with_name("quizdock"))
NOTHING = (PYTHON, "-c", "pass")
"""What every cold figure is a multiple of: Python's own start."""
ROOT = Path(__file__).parents[2]
_PATIENCE = 120
_SCREEN = struct.pack("HHHH", 24, 80, 0, 0)

Timed = Callable[[], float]


def environment(home: Path | None = None, **more: str) -> dict[str, str]:
    """The environment of a learner whose home this is, in English, with nothing that slows Python down."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QUIZDOCK", "_QUIZ"))}
    homes = {"QUIZDOCK_HOME": str(home)} if home else {}
    return {**kept, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", **homes, **more}


def process(command: Sequence[str], environ: Mapping[str, str]) -> Timed:
    """Seconds from the start of a command to its end."""

    def timed() -> float:
        started = time.perf_counter()
        subprocess.run(command, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - started

    return timed


def until_shown(command: Sequence[str], environ: Mapping[str, str], text: bytes) -> Timed:
    """Seconds from the start of a command on a pseudo-terminal until it has written the text; then it is ended."""

    def timed() -> float:
        started = time.perf_counter()
        child, terminal = pty.fork()
        if child == 0:
            os.execvpe(command[0], list(command), environ)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, _SCREEN)
        seen = b""
        while text not in seen:
            ready, _, _ = select.select([terminal], [], [], _PATIENCE)
            if not ready:
                raise TimeoutError(f"{command} shows only {seen[-500:]!r}")
            seen += os.read(terminal, 65_536)
        took = time.perf_counter() - started
        _end(child, terminal)
        return took

    return timed


def _end(child: int, terminal: int) -> None:
    os.kill(child, signal.SIGTERM)
    try:
        while os.read(terminal, 65_536):
            pass
    except OSError:  # the terminal has lost its other side
        pass
    os.close(terminal)
    os.waitpid(child, 0)


def side_by_side(timed: Sequence[Timed], runs: int) -> list[float]:
    """The median of each over so many rounds, in each of which all have one turn; a first round is not counted."""
    rounds = [[each() for each in timed] for _ in range(runs + 1)][1:]
    return [median(column) for column in zip(*rounds, strict=True)]


def inside(module: str, *arguments: object) -> Any:
    """What a measurement in a process of its own printed as JSON: see `inside.py` and `peers.py`."""
    command = [PYTHON, "-m", f"tests.benchmarks.{module}", *map(str, arguments)]
    ended = subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, check=True)
    return json.loads(ended.stdout)


@contextmanager
def copied(database: Path) -> Iterator[Path]:
    """A copy on the same disk, written out, which is gone afterwards."""
    folder = database.parent / "work"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    copy = folder / f"copy{database.suffix}"
    shutil.copy(database, copy)
    os.sync()
    yield copy
    shutil.rmtree(folder)
