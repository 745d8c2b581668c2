"""What is wrong with a deck file, and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizdock.core.errors import QuizDockError
from quizdock.core.message import NOTHING, Message, msg, nmsg

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the key path from the root of the file, what is wrong, and how to mend it."""

    path: Path
    message: Message
    hint: Message = NOTHING


@dataclass(frozen=True, slots=True)
class Located:
    """A problem with its place in the file: `line` from 1, `where` as a written key path (empty for the file)."""

    file: str
    line: int
    where: str
    message: Message
    hint: Message
    is_warning: bool = False

    @property
    def text(self) -> Message:
        """`file:line: key path: what is wrong (how to mend it)`, a warning with that word behind the line."""
        start = msg("{file}:{line}: ", file=self.file, line=self.line)
        if self.is_warning:
            start = msg("{start}warning: ", start=start)
        where = msg("{where}: ", where=self.where) if self.where else NOTHING
        hint = msg(" ({hint})", hint=self.hint) if self.hint is not NOTHING else NOTHING
        return msg("{start}{where}{message}{hint}", start=start, where=where, message=self.message, hint=hint)


class DeckError(QuizDockError):
    """A deck file that cannot be used, with all of its problems at once."""

    def __init__(self, file: str, problems: Sequence[Located]) -> None:
        """Keep the problems, in the order of the file."""
        super().__init__(
            nmsg("{file}: {count} problem", "{file}: {count} problems", len(problems), file=file),
            msg("Run: quizdock deck check {file}", file=file),
        )
        self.problems = tuple(in_order(problems))


def in_order(problems: Iterable[Located]) -> list[Located]:
    """The problems in the order of the file."""
    return sorted(problems, key=lambda problem: (problem.line, problem.where))


def written(path: Path) -> str:
    """A key path as people write it, counting from 1: `table[2].rows[1].cells`."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text
