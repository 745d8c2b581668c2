"""What SQLite passes over in silence: answers behind a damaged place of the write-ahead log.

A log is read up to the first page whose checksum is wrong. Where the machine stopped in the middle of writing, nothing
that was saved lies behind; where the disk has lost or changed something, it may. Source of the layout: "WAL-mode File
Format" in SQLite's own documentation.
"""

import struct
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_HEADER, _FRAME, _PAGE = 32, 24, 4096
_PATIENCE = 1.0
_MAGIC = (0x377F0682, 0x377F0683)


class Log(NamedTuple):
    """A log as its file tells it, before anything of it is believed."""

    salts: bytes
    commits: tuple[int, ...]
    """The places, from 1, of the pages that end a transaction of this log's own."""


def read_log(database: Path) -> Log | None:
    """The log beside a database, or None where there is none, or nothing in it that could be read."""
    try:
        data = database.with_name(f"{database.name}-wal").read_bytes()
    except OSError:
        return None
    if len(data) < _HEADER:
        return None
    magic, _format, page, _checkpoints, salts = struct.unpack_from(">IIII8s", data)
    if (
        magic not in _MAGIC or page != _PAGE
    ):  # the header itself is damaged: the first page tells as well whose log it is
        page, salts = _PAGE, data[_HEADER + 8 : _HEADER + 16]
    places = enumerate(range(_HEADER, len(data) - _FRAME - page + 1, _FRAME + page), 1)
    frames = [(place, *struct.unpack_from(">II8s", data, at)) for place, at in places]
    commits = tuple(place for place, _page, after, of_frame in frames if after and of_frame == salts)
    return Log(salts, commits) if any(salts) else None


def passed_over_for_good(database: Path, log: Log) -> int:
    """The same once it has stayed so for a while: another process may just be writing."""
    patience = time.monotonic() + _PATIENCE
    while (lost := passed_over(database, log)) and time.monotonic() < patience:
        time.sleep(0.05)
    return lost


def passed_over(database: Path, log: Log) -> int:
    """How many transactions of a log SQLite did not believe, once it has opened the database and read from it.

    The last one may be one that was being written, and never said to be saved. A log that was begun anew meanwhile, or
    has gone, was read to its end.
    """
    with suppress(OSError):
        index = database.with_name(f"{database.name}-shm").read_bytes()[:48]
        believed = struct.unpack_from("=I", index, 16)[0] if len(index) == 48 else 0
        now = read_log(database)
        if now is None or now.salts != log.salts:
            return 0
        return sum(place > believed for place in log.commits)
    return 0
