"""`quizdock exam regrade`: marks given anew after an answer key was corrected."""

import sys
from collections.abc import Iterable

import click

from quizdock.cli.completion import complete_attempts, complete_decks
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import Workspace, workspace
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.sessions.regrading import Regrade, apply, regrades
from quizdock.store.attempts import AttemptRow
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext


@command("regrade", _("Mark finished exams anew by their decks' corrected answers; the old marks are kept beside."))
@click.argument("attempts", type=click.IntRange(1), nargs=-1, metavar="[ATTEMPT]...", shell_complete=complete_attempts)
@click.option(
    "--deck", "decks", multiple=True, metavar="DECK", shell_complete=complete_decks, help=_("Only of this deck.")
)
@click.option("--dry-run", is_flag=True, help=_("Only show what would change."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON; asks nothing."))
@pass_globals
def regrade(
    options: Globals, attempts: tuple[int, ...], decks: tuple[str, ...], dry_run: bool, yes: bool, as_json: bool
) -> None:
    """Show old and new marks side by side, then store them after asking."""
    with workspace(options) as work:
        work.tell_notices()
        found = list(regrades(work.store, _rows(work, attempts, decks), work.clock))
        changing = [each for each in found if each.events]
        if as_json:
            say_json([_as_data(each) for each in found])
        elif not found:
            say(_("Nothing to mark anew: every mark is what the decks say now."))
        else:
            for line in _lines(found):
                say(line)
        if dry_run or not changing or not _confirmed(len(changing), asks=not (yes or as_json)):
            return
        for each in changing:
            apply(work.store, each)
    if not as_json:
        say(ngettext("{n} exam marked anew.", "{n} exams marked anew.", len(changing)).format(n=len(changing)))


def _rows(work: Workspace, attempts: tuple[int, ...], decks: tuple[str, ...]) -> list[AttemptRow]:
    """The finished attempts that are meant."""
    for deck in decks:
        work.store.catalogue.deck(deck)
    if attempts:
        rows = [work.store.attempts.attempt(number) for number in dict.fromkeys(attempts)]
        for row in rows:
            if row.finished is None:
                raise QuizDockError(msg("exam No. {number} is not finished", number=row.id))
    else:
        rows = work.store.attempts.finished()
    return [row for row in rows if not decks or not row.decks.keys().isdisjoint(decks)]


def _confirmed(count: int, *, asks: bool) -> bool:
    if not asks:
        return True
    if not sys.stdin.isatty():
        raise QuizDockError(msg("nobody is there to be asked"), msg("To mark anew all the same: --yes"))
    return click.confirm(ngettext("Mark {n} exam anew?", "Mark {n} exams anew?", count).format(n=count))


def _lines(found: Iterable[Regrade]) -> Iterable[str]:
    """Each attempt with its old and new result, then each question with its old and new mark."""
    from quizdock.ui.exam_wording import passed_text
    from quizdock.ui.figures import number_text, percent_text
    from quizdock.ui.translations import translate
    from quizdock.ui.wording import (
        asking_line,
    )

    for each in found:
        before, after = each.before.result, each.after.result
        yield _("No. {n} · {learner}: {before} ({verdict}) → {after} ({new_verdict})").format(
            n=each.row.id,
            learner=each.row.learner,
            before=percent_text(before.score.percent),
            verdict=passed_text(before.passed),
            after=percent_text(after.score.percent),
            new_verdict=passed_text(after.passed),
        )
        for remark in each.remarks:
            marks = f"{number_text(remark.before)} → {number_text(remark.after)}"
            kept = _("keeps its mark: {reason}").format(reason=translate(remark.kept)) if remark.kept else marks
            yield f"  {remark.number}. {asking_line(remark.prompt)}: {kept}"


def _as_data(each: Regrade) -> dict[str, object]:
    return {
        "attempt": each.row.id,
        "learner": each.row.learner,
        "before": {"percent": each.before.result.score.percent, "passed": each.before.result.passed},
        "after": {"percent": each.after.result.score.percent, "passed": each.after.result.passed},
        "questions": [
            {
                "number": remark.number,
                "card": remark.card,
                "before": remark.before,
                "after": remark.after,
                "kept": str(remark.kept) if remark.kept else "",
            }
            for remark in each.remarks
        ],
    }
