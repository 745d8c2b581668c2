"""Where a note is written, for people who want to mend it."""

from pathlib import Path


def place_of(file: str, note: str) -> int | None:
    """The line, from 1, at which the note with this id begins in a deck's file; None where it cannot be told.

    Only the TOML must be sound: what is wrong with other notes does not matter here.
    """
    from quizdock.core.errors import QuizDockError
    from quizdock.deck.lines import line_of
    from quizdock.deck.notes import KINDS
    from quizdock.deck.reader import decoded, parsed, read_bytes

    try:
        source = decoded(read_bytes(Path(file)), file)
        tree = parsed(source, file)
    except (QuizDockError, ValueError):  # a path may hold what no path can
        return None
    for kind in KINDS:
        notes = tree.get(kind)
        for index, entry in enumerate(notes if isinstance(notes, list) else ()):
            if isinstance(entry, dict) and entry.get("id") == note:
                return line_of(source, (kind, index))
    return None
