"""Opening files that strangers name."""

import os
from errno import ESPIPE
from pathlib import Path
from typing import BinaryIO


def opened(path: Path) -> BinaryIO:
    """The file, open for reading. Raises OSError if it cannot be opened.

    A named pipe is refused, which would wait for ever for somebody to write; the shell's own, as in `<(command)` or
    `/dev/stdin`, has no name of its own and is read.
    """
    if path.is_fifo() and os.path.lexists(os.path.realpath(path)):
        raise OSError(ESPIPE, os.strerror(ESPIPE))
    return path.open("rb")


def first_bytes(path: Path, most: int) -> bytes:
    """The first bytes of what is `opened`, `most` of them at most."""
    with opened(path) as file:
        return file.read(most)
