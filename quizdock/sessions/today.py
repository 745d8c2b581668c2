"""What today holds for a learner, without asking anything."""

from typing import NamedTuple

from quizdock.core.agenda import NEW_A_DAY, new_left
from quizdock.core.journal import Today
from quizdock.core.statistics import streak
from quizdock.store import Store
from quizdock.store.attempts import AttemptRow
from quizdock.store.catalogue import Scope


class Waiting(NamedTuple):
    """Cards to repeat today (due or not yet known), and new ones that the day still allows."""

    due: int
    new: int


class Overview(NamedTuple):
    """Everything the dashboard shows."""

    waiting: Waiting
    done: Today
    streak: int
    last_exam: AttemptRow | None


def waiting(store: Store, learner: int, scope: Scope, day: int) -> Waiting:
    """What `study` would bring."""
    due = store.journal.count_due(learner, scope, day)
    repeats = store.journal.repeats(learner, scope, day)
    allowance = new_left(NEW_A_DAY, store.journal.on_day(learner, day).new, None)
    return Waiting(due + len(repeats), len(store.journal.new(learner, scope, allowance)))


def overview(store: Store, learner: int, scope: Scope, day: int) -> Overview:
    """The learner's day at a glance."""
    exams = store.attempts.finished(learner)
    return Overview(
        waiting(store, learner, scope, day),
        store.journal.on_day(learner, day),
        streak(store.journal.studied_days(learner), day),
        exams[-1] if exams else None,
    )
