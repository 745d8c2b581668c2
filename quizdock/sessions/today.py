"""What today holds for a learner, without asking anything."""

from typing import TYPE_CHECKING, NamedTuple

from quizdock.core.settings import Settings
from quizdock.sessions.planning import planned, rules_of_the_day
from quizdock.store import Store
from quizdock.store.catalogue import Scope

if TYPE_CHECKING:
    from quizdock.core.journal import Today
    from quizdock.store.attempts import AttemptRow


class Waiting(NamedTuple):
    """Cards to repeat today (due or not yet known), and new ones, as far as the day's limits have room for them."""

    due: int
    new: int


class Overview(NamedTuple):
    """Everything the dashboard shows."""

    waiting: Waiting
    done: "Today"
    streak: int
    last_exam: "AttemptRow | None"


def waiting(store: Store, learner: int, scope: Scope, day: int, settings: Settings) -> Waiting:
    """What `study` would bring."""
    plan = planned(store, learner, scope, rules_of_the_day(store, learner, day, settings))
    return Waiting(len(plan.due) + len(plan.repeats), len(plan.new))


def overview(store: Store, learner: int, scope: Scope, day: int, settings: Settings) -> Overview:
    """The learner's day at a glance."""
    from quizdock.core.streaks import streak

    return Overview(
        waiting(store, learner, scope, day, settings),
        store.journal.on_day(learner, day),
        streak(store.journal.studied_days(learner), day),
        store.attempts.latest(learner),
    )
