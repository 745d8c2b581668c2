"""`quizdock` alone: today at a glance."""

from quizdock.cli.globals import Globals
from quizdock.cli.workspace import workspace
from quizdock.sessions.today import overview


def show(options: Globals) -> int:
    """Print the dashboard."""
    with workspace(options) as work:
        work.tell_notices()
        scope = work.scope()
        seen = overview(work.store, work.learner, scope, work.today, work.settings)
        titles = [deck.title for deck in work.store.catalogue.decks() if deck.id in scope.decks]
        from quizdock.ui.tables import Day, dashboard_view
        from quizdock.ui.tables import show as show_view

        last = (seen.last_exam.percent, seen.last_exam.passed) if seen.last_exam else None
        day = Day(
            learner=work.learner_name,
            day=work.today,
            decks=titles,
            due=seen.waiting.due,
            new=seen.waiting.new,
            reviews=seen.done.reviews,
            drills=seen.done.drills,
            seconds=seen.done.milliseconds // 1000,
            streak=seen.streak,
            last_exam=last,
        )
        show_view(dashboard_view(day))
        return 0
