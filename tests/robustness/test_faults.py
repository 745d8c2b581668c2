"""A disk that fails in the middle of an answer: it is said, and nothing is lost.

`python -m tests.robustness.faults` tries every call.
"""

import errno
import shutil
from pathlib import Path

import pytest

from tests.robustness.faults import (
    FAILURES,
    LOCKED,
    SHORT,
    Fault,
    Scene,
    built,
    calls,
    copy_of,
    findings,
    play_all,
    read_only,
    scenes,
)
from tests.robustness.processes import database_of

pytestmark = pytest.mark.skipif(not shutil.which("gcc"), reason="gcc is not here, which compiles what makes calls fail")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def library(folder: Path) -> Path:
    return built(folder)


@pytest.fixture(scope="module")
def stage(folder: Path) -> dict[str, Scene]:
    """What people do, by its name."""
    return {scene.name: scene for scene in scenes(folder)}


@pytest.mark.parametrize(("name", "every"), [("two answers", 3), ("study", 10), ("exam", 20), ("first start", 130)])
def test_a_call_that_fails_is_said_and_loses_no_answer(
    stage: dict[str, Scene], library: Path, name: str, every: int
) -> None:
    places = range(1, len(calls(stage[name], library)) + 1, every)
    tried = [Fault(at, *FAILURES[turn % len(FAILURES)]) for turn, at in enumerate(places)]
    assert len(tried) >= 5
    assert [(fault, wrong) for fault, _code, wrong in play_all(stage[name], library, tried) if wrong] == []


def test_a_write_that_stops_half_way_and_says_so_is_gone_on_with(stage: dict[str, Scene], library: Path) -> None:
    for at in (2, 12):
        assert findings(stage["two answers"], library, Fault(at, *SHORT)) == (0, [])


@pytest.mark.parametrize("what", LOCKED)
def test_what_may_only_be_read_is_said_and_loses_nothing(stage: dict[str, Scene], library: Path, what: str) -> None:
    assert read_only(stage["study"], library, what) == []


def test_a_broken_disk_is_said_so_that_people_understand_it(stage: dict[str, Scene], library: Path) -> None:
    with copy_of(stage["study"].home) as home:
        broken = {"LD_PRELOAD": str(library), "FAULT_AT": "1", "FAULT_ERRNO": str(errno.EIO), "FAULT_HOW": "always"}
        ended = stage["study"].play(home, broken)
        assert (ended.code, ended.errors) == (
            1,
            f"Error: {database_of(home)}: the disk cannot be read or written as it should be\n"
            "Check that it is still connected, and sound. Then try again: the answers shown as saved are safe.\n",
        )
