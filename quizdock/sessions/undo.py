"""What is said of an event that was taken back."""

from quizdock.core.dialogue import TakenBack
from quizdock.store import Store
from quizdock.store.journal import Event


def taken_back(store: Store, event: Event) -> TakenBack:
    """The card, what had happened to it, and the grade of an answer."""
    row = store.catalogue.card(event.card)
    return TakenBack(row.id, row.card.prompt, event.kind, event.grade)
