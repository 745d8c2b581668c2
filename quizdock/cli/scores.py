"""`quizdock scores`."""

from collections.abc import Sequence

import click

from quizdock.cli.completion import complete_decks
from quizdock.cli.csv_output import say_csv
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import Workspace, workspace
from quizdock.core.days import as_date
from quizdock.core.scores import Row, by_deck, by_topic
from quizdock.sessions.scores import sat
from quizdock.ui.translations import gettext as _

_FIELDS = ("learner", "deck", "topic", "attempts", "first", "best", "latest", "passed", "day", "percents")


@command("scores", _("Show how your exams went by deck and topic, and how everybody's did."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option("--topics", "all_topics", is_flag=True, help=_("Everybody's topics too."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@click.option("--csv", "as_csv", is_flag=True, help=_("As CSV, for spreadsheets."))
@pass_globals
def scores(options: Globals, decks: tuple[str, ...], all_topics: bool, as_json: bool, as_csv: bool) -> None:
    """Print what all finished exams have left behind."""
    with workspace(options) as work:
        attempts = sat(work.store, decks)
        if not attempts:
            _check(work, decks)
        mine = f"#{work.learner}"
        left = [row.id for row in work.store.attempts.open(work.learner)]
    by_decks, by_topics = by_deck(attempts), by_topic(attempts)
    if as_json:
        say_json({"learner": work.learner_name, "rows": [_as_data(row) for row in (*by_decks, *by_topics)]})
    elif as_csv:
        rows = ([_cell(_as_data(row)[field]) for field in _FIELDS] for row in (*by_decks, *by_topics))
        say_csv(_FIELDS, rows)
    elif attempts:
        _show(work.learner_name, mine, by_decks, by_topics, all_topics)
    else:
        say(_("No exam yet. To take one: quizdock exam"))
    if left and not (as_json or as_csv):
        say(_("Exam No. {n} was left open. To go on with it: quizdock exam --resume").format(n=left[-1]), err=True)


def _check(work: Workspace, decks: Sequence[str]) -> None:
    """Raise QuizDockError for a deck that is not there: an exam on one that has gone would have been found."""
    for deck in decks:
        work.store.catalogue.deck(deck)


def _show(learner: str, mine: str, decks: Sequence[Row], topics: Sequence[Row], all_topics: bool) -> None:
    from quizdock.ui.scores import scores_view
    from quizdock.ui.tables import show

    everyone = decks if any(row.who != mine for row in decks) else ()
    own = [row for row in decks if row.who == mine]
    show(scores_view(learner, own, [row for row in topics if all_topics or row.who == mine], everyone))


def _as_data(row: Row) -> dict[str, object]:
    return {
        "learner": row.learner,
        "deck": row.deck,
        "topic": row.topic or None,
        "attempts": len(row.percents),
        "first": row.first,
        "best": row.best,
        "latest": row.latest,
        "passed": row.passed,
        "day": as_date(row.day).isoformat(),
        "percents": list(row.percents),
    }


def _cell(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, list) else value
