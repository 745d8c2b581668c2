"""A damaged write-ahead log: SQLite passes over what lies behind the damage, and says nothing."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quizdock.core.card import Deck
from quizdock.core.journal import Answer
from quizdock.store import open_store
from quizdock.store.journal import Moment

ANSWERS = 10
FRAME = 24 + 4096


@pytest.fixture
def crashed(path: Path, tmp_path: Path, deck_of: Callable[..., Deck]) -> Path:
    """A database as a crash leaves it: ten answers are in the log alone."""
    with closing(open_store(path, "this-machine")) as store:
        store.catalogue.put(deck_of("one", first=" ".join(f"c{n}" for n in range(ANSWERS))), "one.toml", b"")
        ada = store.learners.add("Ada")
    with closing(open_store(path, "this-machine")) as store:
        for card in range(1, ANSWERS + 1):
            store.journal.answer(ada, Answer(card, 4, None, 500, 7), Moment(card, 739_944))
        left = tmp_path / "left" / "quizdock.db"
        left.parent.mkdir()
        for end in ("", "-wal", "-shm"):
            shutil.copy(f"{path}{end}", f"{left}{end}")
    return left


def opened(path: Path) -> tuple[int, str]:
    """How many events there are, and what was warned of."""
    with closing(open_store(path, "this-machine")) as store:
        return store.journal.events(), str(store.warning or "")


def test_a_sound_log_is_read_without_a_word(crashed: Path) -> None:
    assert opened(crashed) == (ANSWERS, "")
    assert opened(crashed) == (ANSWERS, "")


@pytest.mark.parametrize("left", [0, 20, 32, 32 + 3 * FRAME, -FRAME // 2], ids=lambda left: f"{left} bytes left")
def test_a_log_that_was_cut_is_told_as_far_as_its_index_knows(crashed: Path, left: int) -> None:
    log = Path(f"{crashed}-wal")
    log.write_bytes(log.read_bytes()[:left])
    events, warning = opened(crashed)
    assert events < ANSWERS
    assert warning.startswith("The log of the last answers was damaged: ")
    assert opened(crashed) == (events, "")


def test_a_power_cut_in_the_middle_of_an_answer_loses_nothing_that_was_said_to_be_saved(crashed: Path) -> None:
    """The index of a log is not written out before the log: that of an earlier moment, or none, is found."""
    log = Path(f"{crashed}-wal")
    log.write_bytes(log.read_bytes()[: -FRAME // 2])
    Path(f"{crashed}-shm").unlink()
    assert opened(crashed) == (ANSWERS - 1, "")


@pytest.mark.parametrize("place", [0, 8, 20, 24, 32 + 8, 32 + 24 + 100], ids=lambda place: f"byte {place}")
def test_what_lies_behind_a_flipped_bit_is_told_and_set_aside(crashed: Path, place: int) -> None:
    log = Path(f"{crashed}-wal")
    data = bytearray(log.read_bytes())
    data[place] ^= 4
    log.write_bytes(data)
    events, warning = opened(crashed)
    assert events < ANSWERS
    assert warning.startswith("The log of the last answers was damaged: ")
    assert int(warning.split()[8]) >= ANSWERS - events
    kept = Path(warning.rpartition(": ")[2])
    assert kept.parent == crashed.parent / "set-aside"
    assert Path(f"{kept}-wal").read_bytes() == bytes(data)
    assert opened(crashed) == (events, ""), "it is told once"


def test_a_session_that_is_writing_is_no_damage(path: Path, crashed: Path) -> None:
    with closing(open_store(crashed, "this-machine")) as store:
        ada = store.learners.find("Ada")
        for card in range(1, ANSWERS + 1):
            store.journal.answer(ada, Answer(card, 4, None, 500, 7), Moment(card, 739_945))
            assert opened(crashed) == (ANSWERS + card, "")
