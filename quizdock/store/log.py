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
    is_cut: bool
    """Whether its index knows of pages that are neither in the log any more nor in the database yet."""


class _Index(NamedTuple):
    """What the index beside a log says: whose log it is, its pages, and how many of them the database has already."""

    salts: bytes
    pages: int
    written: int


def read_log(database: Path) -> Log | None:
    """The log beside a database, or None where there is none, or nothing in it that could be read."""
    index, data = _index(database), b""
    with suppress(OSError):
        data = database.with_name(f"{database.name}-wal").read_bytes()
    if len(data) < _HEADER:
        lost = index is not None and index.pages > index.written
        return Log(b"", (), is_cut=True) if lost else None
    is_sound = _is_sound(data[:_HEADER])
    page = int.from_bytes(data[8:12]) if is_sound else _PAGE
    places = enumerate(range(_HEADER, len(data) - _FRAME - page + 1, _FRAME + page), 1)
    frames = [(place, *struct.unpack_from(">II8s", data, at)) for place, at in places]
    salts = data[16:24]
    if not is_sound and frames:  # the pages tell as well whose they are
        salts = Counter(of_frame for _place, _page, _after, of_frame in frames).most_common(1)[0][0]
    commits = tuple(place for place, _page, after, of_frame in frames if after and of_frame == salts)
    knows_more = index is not None and index.salts == salts and index.pages > max(len(frames), index.written)
    return Log(salts, commits, is_cut=knows_more)


def _index(database: Path) -> _Index | None:
    try:
        data = database.with_name(f"{database.name}-shm").read_bytes()[:100]
    except OSError:
        return None
    if len(data) < 100:
        return None
    (pages,), (written,) = struct.unpack_from("=I", data, 16), struct.unpack_from("=I", data, 96)
    return _Index(data[32:40], pages, written)


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


def lost(database: Path, log: Log) -> int:
    """How many transactions of a log SQLite did not believe, once it has opened the database and read from it.

    Of a log that was cut at least one is lost; how many there were nothing tells. The last one that is not believed may
    be one that was being written, and never said to be saved. A log that was begun anew meanwhile, or has gone, was
    read to its end.
    """
    patience = time.monotonic() + _PATIENCE
    while (passed := _passed_over(database, log)) and time.monotonic() < patience:  # another process may be writing
        time.sleep(0.05)
    return passed + log.is_cut


def _passed_over(database: Path, log: Log) -> int:
    index = _index(database)
    passed = 0 if index is None else sum(place > index.pages for place in log.commits)
    if not passed:  # as nearly always: then a log of megabytes need not be read twice
        return 0
    now = read_log(database)
    return passed if now is not None and now.salts == log.salts else 0
