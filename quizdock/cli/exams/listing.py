"""`quizdock exam list`, `show` and `delete`."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from quizdock.cli.cards.listing import terminal_width
from quizdock.cli.completion import complete_attempts
from quizdock.cli.csv_output import say_csv
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.study import interactive
from quizdock.cli.workspace import Workspace, workspace
from quizdock.core.days import as_date
from quizdock.core.errors import QuizDockError
from quizdock.core.exam_dialogue import Record
from quizdock.core.message import msg
from quizdock.core.sitting import replay
from quizdock.sessions.clock import moment
from quizdock.sessions.records import record_of
from quizdock.store.attempts import AttemptRow
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext

if TYPE_CHECKING:
    from quizdock.ui.scores import Attempt

LATEST = 0
"""Stands for the learner's latest finished attempt."""
_FIELDS = ("number", "learner", "day", "decks", "questions", "answered", "percent", "passed", "open", "practice")


def chosen(work: Workspace, number: int | None) -> int:
    """The attempt that was named, or the learner's latest finished one. Raises QuizDockError where there is none."""
    if number:
        return work.store.attempts.attempt(number).id
    finished = work.store.attempts.finished(work.learner)
    if not finished:
        raise QuizDockError(msg("you have finished no exam yet"), msg("To take one: quizdock exam"))
    return finished[-1].id


ATTEMPT = click.argument("attempt", type=click.IntRange(1), required=False, shell_complete=complete_attempts)


@command("list", _("List your exams: finished, open, practice."))
@click.option("--all", "everybody", is_flag=True, help=_("Everybody's, and those collected from other devices."))
@click.option("--open", "only_open", is_flag=True, help=_("Only those that can be gone on with."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@click.option("--csv", "as_csv", is_flag=True, help=_("As CSV, for spreadsheets."))
@pass_globals
def list_exams(options: Globals, everybody: bool, only_open: bool, as_json: bool, as_csv: bool) -> None:
    """Print a line an attempt."""
    with workspace(options) as work:
        learner = None if everybody else work.learner
        rows = work.store.attempts.open(learner)
        rows += [] if only_open else work.store.attempts.finished(learner)
        rows.sort(key=lambda row: row.id)
        attempts = [_attempt(work, row) for row in rows]
    if as_json:
        say_json([_as_data(attempt) for attempt in attempts])
    elif as_csv:
        say_csv(_FIELDS, [[_cell(_as_data(attempt)[field]) for field in _FIELDS] for attempt in attempts])
    elif attempts:
        _show(attempts, everybody)
    else:
        say(_("No exam yet. To take one: quizdock exam"))


def _attempt(work: Workspace, row: AttemptRow) -> "Attempt":
    from quizdock.ui.scores import Attempt

    answers = replay(work.store.attempts.events(row.id)).answers
    left = None if row.deadline is None else (row.deadline - moment(work.clock).at) / 1000
    return Attempt(
        number=row.id,
        learner=row.learner,
        day=row.day,
        decks=tuple(row.decks.values()),
        questions=row.questions,
        answered=sum(answer.credit is not None for answer in answers.values()),
        percent=None if row.finished is None else row.percent,
        passed=row.passed,
        seconds_left=left,
        practice=row.rules.mode == "practice",
        retry_of=row.rules.retry_of,
    )


def _as_data(attempt: "Attempt") -> dict[str, object]:
    return {
        **attempt._asdict(),
        "day": as_date(attempt.day).isoformat(),
        "decks": list(attempt.decks),
        "open": attempt.percent is None,
    }


def _cell(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _show(attempts: Sequence["Attempt"], everybody: bool) -> None:
    from quizdock.ui.cards import table_lines
    from quizdock.ui.scores import attempt_cells, attempt_headers

    cells = [attempt_cells(attempt, everybody) for attempt in attempts]
    for line in table_lines(attempt_headers(everybody), cells, terminal_width(), give=3 if everybody else 2):
        say(line)


@command("show", _("Show the result of an exam: when, how long, by which rules, topic by topic."))
@ATTEMPT
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@pass_globals
def show(options: Globals, attempt: int | None, plain: bool) -> None:
    """Print the result of one attempt, the latest unless one is named."""
    with workspace(options) as work:
        record = record_of(work.store, chosen(work, attempt))
    print_result(record, plain)


def print_result(record: Record, plain: bool) -> None:
    """The head of an attempt and its result, drawn on a terminal and in lines elsewhere."""
    from quizdock.ui import exam_wording

    for line in exam_wording.head_lines(record):
        say(line)
    if interactive(plain):
        from quizdock.ui.exam_views import result_view
        from quizdock.ui.interactive import console

        console().print(result_view(record))
    else:
        from quizdock.ui.exam_plain import result_lines

        for line in result_lines(record):
            say(line)
    for line in exam_wording.regrade_lines(record):
        say(line)


@command("delete", _("Delete exams for good: papers, answers and results."))
@click.argument("attempts", type=click.IntRange(1), nargs=-1, required=True, shell_complete=complete_attempts)
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@pass_globals
def delete(options: Globals, attempts: tuple[int, ...], yes: bool) -> None:
    """Delete after asking."""
    with workspace(options) as work:
        rows = [work.store.attempts.attempt(number) for number in dict.fromkeys(attempts)]
        for row in rows:
            say(_described(row))
        question = ngettext(
            "Delete this exam? Its answers and its result are lost.",
            "Delete these exams? Their answers and their results are lost.",
            len(rows),
        )
        if not yes:
            if not sys.stdin.isatty():
                raise QuizDockError(msg("nobody is there to be asked"), msg("To delete all the same: --yes"))
            click.confirm(question, abort=True)
        for row in rows:
            work.store.attempts.delete(row.id)
    say(ngettext("{n} exam deleted.", "{n} exams deleted.", len(rows)).format(n=len(rows)))


def _described(row: AttemptRow) -> str:
    from quizdock.ui.figures import percent_text

    result = _("open") if row.finished is None else percent_text(row.percent)
    decks = ", ".join(row.decks.values())
    return _("No. {n} · {learner} · {day} · {decks} · {result}").format(
        n=row.id, learner=row.learner, day=as_date(row.day).isoformat(), decks=decks, result=result
    )
