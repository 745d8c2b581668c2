"""Taking back what a learner did last on this study day."""

from quizdock.core.dialogue import TakenBack
from quizdock.sessions.clock import Clock, moment
from quizdock.store import Store
from quizdock.store.journal import Event


def undo_last(store: Store, learner: int, clock: Clock) -> Event | None:
    """Take back the learner's last event of today that still stands; None if there is none."""
    return store.journal.undo_last(learner, moment(clock))


def taken_back(store: Store, event: Event) -> TakenBack:
    """What to say of an event that was taken back."""
    row = store.catalogue.card(event.card)
    return TakenBack(row.id, row.card.prompt, event.kind, event.grade)
