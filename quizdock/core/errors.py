"""The one root of everything QuizDock reports as an error."""

import errno
from collections.abc import Iterable

from quizdock.core.message import NOTHING, Message, msg


class QuizDockError(Exception):
    """What went wrong and, as `hint`, how to mend it. The command line prints it once and exits with 1."""

    def __init__(self, message: Message, hint: Message = NOTHING) -> None:
        """Keep both parts untranslated."""
        super().__init__(str(message))
        self.message = message
        self.hint = hint


class ResponseError(QuizDockError):
    """A response that cannot be read: the question is asked again."""


_REASONS = {
    errno.EACCES: msg("Permission denied"),
    errno.EISDIR: msg("Is a directory"),
    errno.ENAMETOOLONG: msg("File name too long"),
    errno.ENOENT: msg("No such file or directory"),
    errno.ENOSPC: msg("No space left on device"),
    errno.ENOTDIR: msg("Not a directory"),
    errno.EPERM: msg("Operation not permitted"),
    errno.EROFS: msg("Read-only file system"),
    errno.ESPIPE: msg("It is a pipe, not a file"),
}
"""The system's commonest words, so that they can be translated."""


MOST_KNOWN = 20
"""Names that an error lists."""


def reason_of(error: OSError) -> Message:
    """Why the system refused."""
    return _REASONS.get(error.errno or 0) or msg("{reason}", reason=error.strerror or error)


def unknown_name(message: Message, name: str, known: Iterable[str]) -> QuizDockError:
    """An error for a name that is not among `known`, with the nearest one as its hint."""
    from quizdock.core.text import nearest

    names = sorted(set(known))
    near = nearest(name, names)
    if near:
        return QuizDockError(message, msg("Did you mean {near}?", near=near))
    if names:
        shown = [*names[:MOST_KNOWN], *(["…"] if len(names) > MOST_KNOWN else [])]
        return QuizDockError(message, msg("Known: {names}.", names=", ".join(shown)))
    return QuizDockError(message)
