"""An exam's mistakes, brought into study."""

from quizdock.core.exam_dialogue import Record
from quizdock.sessions.clock import Clock, moment
from quizdock.store import Store


def bring_forward(store: Store, record: Record, clock: Clock) -> int:
    """Make the cards of the mistakes due today for whoever sat the exam; returns how many had to come forward.

    Cards that no deck has any more stay where they are, and so does everything of an attempt from another device.
    """
    learner = store.attempts.learner_of(record.attempt)
    if learner is None:
        return 0
    found = (store.catalogue.find(mistake.question.id) for mistake in record.mistakes)
    cards = [number for number in found if number is not None]
    return len(store.journal.bring_forward(learner, cards, moment(clock)))
