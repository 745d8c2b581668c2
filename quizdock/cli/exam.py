"""`quizdock exam`."""

import sys
from gettext import gettext as _
from math import isnan
from random import SystemRandom
from typing import Any

import click

from quizdock.cli.completion import complete_decks, complete_topics
from quizdock.cli.main import INTERRUPTED
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.study import interactive
from quizdock.cli.workspace import workspace
from quizdock.core.marking import PASS_PERCENT
from quizdock.sessions.exam import QUESTIONS, Asker, Exam, Wishes

LARGEST_SEED = 2**31 - 1


class _Percent(click.FloatRange):
    """A number from 0 to 100, which “nan” is not."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number: float = super().convert(value, param, ctx)
        if isnan(number):
            self.fail(_("{value!r} is not a valid {number_type}.").format(value=value, number_type="float"), param, ctx)
        return number


@command("exam", _("Draw a paper evenly over the topics, mark it, and go through the mistakes."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option(
    "-n",
    "--questions",
    type=click.IntRange(1, 1000),
    metavar="N",
    default=QUESTIONS,
    show_default=True,
    help=_("How many questions."),
)
@click.option(
    "--seed", type=click.IntRange(0, LARGEST_SEED), metavar="N", help=_("The same seed draws the same paper.")
)
@click.option(
    "--pass",
    "pass_percent",
    type=_Percent(0, 100),
    metavar="PERCENT",
    default=PASS_PERCENT,
    show_default=True,
    help=_("The pass mark in percent."),
)
@click.option("--topic", metavar="TOPIC", shell_complete=complete_topics, help=_("Only this topic."))
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@click.option("--json", "as_json", is_flag=True, help=_("JSON lines, for programs."))
@pass_globals
def exam(
    options: Globals,
    decks: tuple[str, ...],
    questions: int,
    seed: int | None,
    pass_percent: float,
    topic: str | None,
    plain: bool,
    as_json: bool,
) -> int:
    """Sit one exam."""
    with workspace(options) as work:
        work.tell_notices()
        chosen = SystemRandom().randint(0, 999_999) if seed is None else seed
        scope = work.scope(decks, (topic,) if topic else ())
        wishes = Wishes(work.learner, work.learner_name, scope, questions, chosen, pass_percent)
        outcome = Exam(work.store, _asker(plain, as_json), work.clock, wishes).run()
        if interactive(plain) and not as_json:
            work.tell_notices()  # once more: the screen was cleared
        return INTERRUPTED if outcome.interrupted else 0


def _asker(plain: bool, as_json: bool) -> Asker:
    if as_json:
        from quizdock.ui.json_lines import ExamLines

        return ExamLines(sys.stdin, sys.stdout)
    if interactive(plain):
        from quizdock.ui.interactive import InteractiveExam, console

        return InteractiveExam(console())
    from quizdock.ui.plain import PlainExam

    return PlainExam(sys.stdin, sys.stdout)
