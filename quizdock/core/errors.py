"""The one root of everything QuizDock reports as an error."""

from collections.abc import Iterable

from quizdock.core.message import NOTHING, Message, msg
from quizdock.core.text import nearest


class QuizDockError(Exception):
    """What went wrong and, as `hint`, how to mend it. The command line prints it once and exits with 1."""

    def __init__(self, message: Message, hint: Message = NOTHING) -> None:
        """Keep both parts untranslated."""
        super().__init__(str(message))
        self.message = message
        self.hint = hint


class ResponseError(QuizDockError):
    """A response that cannot be read: the question is asked again."""


def unknown_name(message: Message, name: str, known: Iterable[str]) -> QuizDockError:
    """An error for a name that is not among `known`, with the nearest one as its hint."""
    names = sorted(known)
    near = nearest(name, names)
    if near:
        return QuizDockError(message, msg("Did you mean {near}?", near=near))
    if names:
        return QuizDockError(message, msg("Known: {names}.", names=", ".join(names[:12])))
    return QuizDockError(message)
