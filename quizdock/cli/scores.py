"""`quizdock scores`."""

import json
from collections.abc import Sequence
from gettext import gettext as _

import click

from quizdock.cli.options import Settings, command, pass_settings
from quizdock.cli.workspace import workspace
from quizdock.store.attempts import AttemptRow


@command("scores", _("Show your exams, and every learner's best and latest."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_settings
def scores(settings: Settings, as_json: bool) -> None:
    """Print the attempts and the table of learners."""
    with workspace(settings) as work:
        attempts = work.store.attempts.finished()
    mine = [attempt for attempt in attempts if attempt.learner == work.learner_name]
    everyone = _by_learner(attempts)
    if as_json:
        data = {
            "learner": work.learner_name,
            "attempts": [each._asdict() for each in mine],
            "learners": everyone,
        }
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    if not attempts:
        click.echo(_("No exam yet. To take one: quizdock exam"))
        return
    from quizdock.ui.tables import scores_view, show

    show(scores_view(work.learner_name, mine, everyone))


def _by_learner(attempts: Sequence[AttemptRow]) -> list[dict[str, object]]:
    """Each learner's number of attempts, first, best and latest percentage, in alphabetical order."""
    learners = sorted({attempt.learner for attempt in attempts})
    return [_summary(name, [each for each in attempts if each.learner == name]) for name in learners]


def _summary(name: str, attempts: Sequence[AttemptRow]) -> dict[str, object]:
    percents = [attempt.percent for attempt in attempts]
    return {
        "learner": name,
        "attempts": len(attempts),
        "best": max(percents),
        "latest": percents[-1],
        "passed": any(attempt.passed for attempt in attempts),
    }
