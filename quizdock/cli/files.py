"""Files that commands write where they were told to."""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import mkstemp

from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.message import msg


def write_new(file: Path, text: str, *, force: bool = False) -> None:
    """Write a file whole or not at all. Raises QuizDockError where one is there already, unless forced."""
    if file.exists() and not force:
        raise _there_already(file)
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(file)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise QuizDockError(msg("{path}: {reason}", path=file, reason=reason_of(error))) from error


def _there_already(file: Path) -> QuizDockError:
    return QuizDockError(msg("{path} is there already", path=file), msg("Name another file, or overwrite it: --force"))


def write_private(file: Path, text: str, *, force: bool = False) -> None:
    """Write a file for its owner alone, durably, whole or not at all.

    Raises QuizDockError where one is there already, unless forced; one that comes meanwhile is not overwritten either.
    """
    partial = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = mkstemp(prefix=".quizdock-", dir=file.parent)
        partial = Path(name)
        with open(descriptor, "w", encoding="utf-8") as sink:  # noqa: PTH123 - of a descriptor
            sink.write(text)
            sink.flush()
            os.fsync(sink.fileno())
        if force:
            partial.replace(file)
        else:
            _put_new(partial, file)
    except FileExistsError as error:
        raise _there_already(file) from error
    except OSError as error:
        raise QuizDockError(msg("{path}: {reason}", path=file, reason=reason_of(error))) from error
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)


def _put_new(partial: Path, file: Path) -> None:
    """Give a file its name. Raises FileExistsError where that is taken."""
    try:
        os.link(partial, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(file):
            raise FileExistsError(file) from None
        partial.replace(file)


def history_stem(name: str, day: date) -> str:
    """How the file of a learner's history is called, without its ending."""
    safe = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-") or "learner"
    return f"{safe}-{day.isoformat()}"
