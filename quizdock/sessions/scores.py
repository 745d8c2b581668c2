"""The finished attempts that say how much learners know, for scores and for item analysis."""

from collections.abc import Collection

from quizdock.core.scores import Sat
from quizdock.store import Store


def sat(store: Store, decks: Collection[str] = ()) -> list[Sat]:
    """Every finished attempt of everybody, oldest first, without practice and retries; of these decks, if named."""
    marks = store.attempts.marks()
    found = []
    for row in store.attempts.finished():
        if not row.rules.is_evidence:
            continue
        wanted = tuple(mark for mark in marks.get(row.id, ()) if not decks or mark.place.deck in decks)
        if wanted:
            found.append(Sat(row.who, row.learner, row.day, row.rules, row.decks, wanted))
    return found
