"""What SQLite passes over in silence: answers behind a damaged place of the write-ahead log.

A log is read up to the first page whose checksum is wrong. Where the machine stopped in the middle of writing, nothing
that was saved lies behind; where the disk has lost or changed something, it may. Source of the layout: "WAL-mode File
Format" in SQLite's own documentation.
"""

import struct
import time
from collections import Counter
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
    is_sound = _is_sound(data[:_HEADER])
    page = int.from_bytes(data[8:12]) if is_sound else _PAGE
    places = enumerate(range(_HEADER, len(data) - _FRAME - page + 1, _FRAME + page), 1)
    frames = [(place, *struct.unpack_from(">II8s", data, at)) for place, at in places]
    salts = data[16:24]
    if not is_sound and frames:  # the pages tell as well whose they are
        salts = Counter(of_frame for _place, _page, _after, of_frame in frames).most_common(1)[0][0]
    commits = tuple(place for place, _page, after, of_frame in frames if after and of_frame == salts)
    return Log(salts, commits) if any(salts) else None


def _is_sound(header: bytes) -> bool:
    """Whether a log's header has the checksum that it says."""
    magic = int.from_bytes(header[:4])
    if magic not in _MAGIC:
        return False
    one = two = 0
    words = struct.unpack(f"{'<' if magic == _MAGIC[0] else '>'}6I", header[:24])
    for even, odd in zip(words[::2], words[1::2], strict=True):
        one = (one + even + two) % 2**32
        two = (two + odd + one) % 2**32
    return struct.pack(">II", one, two) == header[24:32]


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
