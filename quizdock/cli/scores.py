"""`quizdock scores`."""

from gettext import gettext as _

import click

from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import workspace
from quizdock.core.days import as_date
from quizdock.core.statistics import records


@command("scores", _("Show your exams, and every learner's best and latest."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def scores(options: Globals, as_json: bool) -> None:
    """Print the attempts and the table of learners."""
    with workspace(options) as work:
        attempts = work.store.attempts.finished()
    mine = [attempt for attempt in attempts if attempt.learner == work.learner_name]
    everyone = records((each.learner, each.percent, each.passed) for each in attempts)
    if as_json:
        data = {
            "learner": work.learner_name,
            "attempts": [{**each._asdict(), "day": as_date(each.day).isoformat()} for each in mine],
            "learners": [each._asdict() for each in everyone],
        }
        say_json(data)
        return
    if not attempts:
        say(_("No exam yet. To take one: quizdock exam"))
        return
    from quizdock.ui.tables import scores_view, show

    show(scores_view(work.learner_name, mine, everyone))
