"""Files that commands write where they were told to."""

import os
from contextlib import suppress
from pathlib import Path

from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.message import msg


def write_new(file: Path, text: str, *, force: bool = False) -> None:
    """Write a file whole or not at all. Raises QuizDockError where one is there already, unless forced."""
    if file.exists() and not force:
        raise QuizDockError(
            msg("{path} is there already", path=file), msg("Name another file, or overwrite it: --force")
        )
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(file)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise QuizDockError(msg("{path}: {reason}", path=file, reason=reason_of(error))) from error
