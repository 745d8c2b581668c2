"""`quizdock exam review`: the mistakes of an exam once more."""

import sys
from collections.abc import Sequence

import click

from quizdock.cli.exams.listing import ATTEMPT, chosen, print_result
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.study import interactive
from quizdock.cli.workspace import workspace
from quizdock.core.exam_dialogue import Assessed, Record
from quizdock.sessions.mistakes import bring_forward
from quizdock.sessions.records import record_of
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext


@command("review", _("Go through the mistakes of an exam: your answer, the right one, and why."))
@ATTEMPT
@click.option("--all", "everything", is_flag=True, help=_("All questions, not only the mistakes."))
@click.option("--study", is_flag=True, help=_("Let the cards of the mistakes come due in study today."))
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def review(options: Globals, attempt: int | None, everything: bool, study: bool, plain: bool, as_json: bool) -> None:
    """Show the questions of one attempt, the latest unless one is named."""
    with workspace(options) as work:
        record = record_of(work.store, chosen(work, attempt))
        forward = bring_forward(work.store, record, work.clock) if study else None
    questions = record.questions if everything else record.mistakes
    if as_json:
        _print_json(record, questions)
    elif interactive(plain):
        from quizdock.ui.exam_screen import go_through
        from quizdock.ui.interactive import console

        print_result(record, plain)
        go_through(console(), questions)
    else:
        print_result(record, plain)
        _print_lines(questions)
    if forward is not None:
        cards = ngettext("{n} card comes due today.", "{n} cards come due today.", forward).format(n=forward)
        say(_("{cards} To drill: quizdock study").format(cards=cards), err=as_json)


def _print_json(record: Record, questions: Sequence[Assessed]) -> None:
    from quizdock.ui.exam_lines import mistake_data

    score = record.result.score
    say_json(
        {
            "attempt": record.attempt,
            "learner": record.learner,
            "score": score.points,
            "of": score.of,
            "percent": score.percent,
            "passed": record.result.passed,
            "questions": [mistake_data(each) for each in questions],
        }
    )


def _print_lines(questions: Sequence[Assessed]) -> None:
    from quizdock.ui.exam_plain import assessed_lines

    for each in questions:
        say("")
        say(_("Question {n}").format(n=each.question.number))
        sys.stdout.writelines(f"{line}\n" for line in assessed_lines(each))
