"""`quizdock exam`: sit one."""

import sys
from fractions import Fraction
from math import isnan
from random import SystemRandom
from typing import Any

import click

from quizdock.cli.completion import complete_decks, complete_topics
from quizdock.cli.exams.listing import LATEST, chosen
from quizdock.cli.main import INTERRUPTED
from quizdock.cli.options import Command, Globals, pass_globals
from quizdock.cli.output import say
from quizdock.cli.study import interactive
from quizdock.cli.workspace import Workspace, workspace
from quizdock.core.blueprint import QUESTIONS
from quizdock.core.errors import QuizDockError
from quizdock.core.marking import PASS_PERCENT, Mode
from quizdock.core.message import msg
from quizdock.sessions import papers, records
from quizdock.sessions.exam import Asker, Exam, Learner
from quizdock.sessions.papers import Drawn, Wishes
from quizdock.store.attempts import AttemptRow
from quizdock.ui.translations import gettext as _

LARGEST_SEED = 2**31 - 1
ATTEMPT = click.IntRange(LATEST)
SEED = click.option(
    "--seed", type=click.IntRange(0, LARGEST_SEED), metavar="N", help=_("The same seed draws the same paper.")
)


TOPICS = click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="TOPIC",
    shell_complete=complete_topics,
    help=_("Only this topic."),
)


def _complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Decks, and first of all the subcommands."""
    group = ctx.parent.command if ctx.parent else None
    commands = list(group.commands) if isinstance(group, click.Group) and not ctx.params.get("decks") else []
    return [name for name in commands if name.startswith(incomplete)] + complete_decks(ctx, parameter, incomplete)


class _Sit(Command):
    """What `quizdock exam` is without a subcommand, and says so in its help."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Without its own name, which nobody types."""
        path = ctx.parent.command_path if ctx.parent else ctx.command_path
        formatter.write_usage(path, " ".join(self.collect_usage_pieces(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Then the subcommands."""
        super().format_options(ctx, formatter)
        if ctx.parent and isinstance(ctx.parent.command, click.Group):
            others = {name: each for name, each in ctx.parent.command.commands.items() if each is not self}
            with formatter.section(_("Commands")):
                formatter.write_dl([(name, each.help or "") for name, each in others.items()])


class _Percent(click.FloatRange):
    """A number from 0 to 100, which “nan” is not."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number: float = super().convert(value, param, ctx)
        if isnan(number):
            self.fail(_("{value!r} is not a valid {number_type}.").format(value=value, number_type="float"), param, ctx)
        return number


class _Penalty(click.ParamType[float]):
    """A share of a point: 0.25, 1/3."""

    name = "penalty"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            share = float(Fraction(str(value).replace(",", ".")))
        except (ValueError, ZeroDivisionError, OverflowError):
            share = -1
        if not 0 <= share <= 1:
            self.fail(_("a penalty is a part of a point, such as 0.25 or 1/3"), param, ctx)
        return share


@click.command("sit", cls=_Sit, help=_("Draw a paper by the deck's blueprint, mark it, and go through the mistakes."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=_complete)
@click.option(
    "-n",
    "--questions",
    type=click.IntRange(1, 1000),
    metavar="N",
    help=_("How many questions; else as many as the deck says, or {n}.").format(n=QUESTIONS),
)
@TOPICS
@click.option(
    "--minutes", type=click.IntRange(1, 1440), metavar="N", help=_("The time limit; else the deck's, if it says one.")
)
@click.option("--untimed", is_flag=True, help=_("No time limit, whatever the deck says."))
@click.option(
    "--pass",
    "pass_percent",
    type=_Percent(0, 100),
    metavar="PERCENT",
    help=_("The pass mark in percent; else the deck's, or {n}.").format(n=PASS_PERCENT),
)
@SEED
@click.option("--immediate", is_flag=True, help=_("Tell each mark at once; an answer is final then."))
@click.option("--practice", is_flag=True, help=_("Hints and three tries, a third off for each; it counts in no score."))
@click.option("--penalty", type=_Penalty(), metavar="P", default=0, help=_("What a wrong answer costs: 0.25, or 1/3."))
@click.option(
    "--certainty", is_flag=True, help=_("Say of each answer how sure you are: points for knowing what you know.")
)
@click.option(
    "--resume",
    type=ATTEMPT,
    is_flag=False,
    flag_value=LATEST,
    metavar="[ATTEMPT]",
    help=_("Go on with the exam that was left; its clock went on."),
)
@click.option(
    "--retry-wrong",
    type=ATTEMPT,
    is_flag=False,
    flag_value=LATEST,
    metavar="[ATTEMPT]",
    help=_("Only the mistakes of your latest exam, or of this one; it counts in no score."),
)
@click.option("--study-mistakes", is_flag=True, help=_("Let the cards of the mistakes come due in study today."))
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@click.option("--json", "as_json", is_flag=True, help=_("JSON lines, for programs."))
@pass_globals
def sit(
    options: Globals,
    /,
    decks: tuple[str, ...],
    resume: int | None,
    retry_wrong: int | None,
    study_mistakes: bool,
    plain: bool,
    as_json: bool,
    **wished: Any,
) -> int:
    """Sit one exam, or go on with one."""
    _check(decks, resume, retry_wrong, wished)
    with workspace(options) as work:
        work.tell_notices()
        paper = _left(work, resume) if resume is not None else _new(work, decks, retry_wrong, wished)
        if resume is None and not as_json:
            _tell_of_open(work)
        exam = Exam(
            work.store,
            _asker(plain, as_json),
            work.clock,
            Learner(work.learner, work.learner_name),
            paper,
            studies_mistakes=study_mistakes or work.settings.exam_mistakes,
        )
        outcome = exam.run()
        work.back_up()
        if interactive(plain) and not as_json:
            work.tell_notices()  # once more: the screen was cleared
        return INTERRUPTED if outcome is None or outcome.interrupted else 0


def _check(decks: tuple[str, ...], resume: int | None, retry_wrong: int | None, wished: dict[str, Any]) -> None:
    """Raise UsageError for options that contradict each other."""
    of_a_new_paper = [*decks, *(value for name, value in wished.items() if value or (name == "seed" and value == 0))]
    if resume is not None and (of_a_new_paper or retry_wrong is not None):
        raise click.UsageError(_("--resume goes on with the paper and the rules of that exam: name nothing else"))
    if retry_wrong is not None and (decks or wished["questions"] or wished["topics"]):
        raise click.UsageError(
            _("--retry-wrong asks the mistakes of an exam: name no deck, topic or number of questions")
        )
    if wished["immediate"] and wished["practice"]:
        raise click.UsageError(_("--immediate and --practice do not go together: choose one"))
    if wished["penalty"] and wished["certainty"]:
        raise click.UsageError(_("--penalty and --certainty both take points away for wrong answers: choose one"))
    if wished["practice"] and (wished["penalty"] or wished["certainty"]):
        raise click.UsageError(_("--practice has marks of its own: leave --penalty and --certainty out"))
    if wished["minutes"] and wished["untimed"]:
        raise click.UsageError(_("--minutes and --untimed do not go together: choose one"))


def _new(work: Workspace, decks: tuple[str, ...], retry_wrong: int | None, wished: dict[str, Any]) -> Drawn:
    wishes = _wishes(work, decks, wished)
    if retry_wrong is None:
        return papers.draw(work.store, wishes)
    return papers.retry(records.record_of(work.store, chosen(work, retry_wrong)), work.store, wishes)


def _tell_of_open(work: Workspace) -> None:
    for row in work.store.attempts.open(work.learner)[-1:]:
        say(_("Exam No. {n} was left open. To go on with it: quizdock exam --resume").format(n=row.id), err=True)


def _wishes(work: Workspace, decks: tuple[str, ...], wished: dict[str, Any]) -> Wishes:
    mode: Mode = "practice" if wished["practice"] else "immediate" if wished["immediate"] else "deferred"
    seed = wished["seed"]
    return Wishes(
        scope=work.scope(decks, wished["topics"]),
        seed=SystemRandom().randint(0, 999_999) if seed is None else seed,
        questions=wished["questions"],
        minutes=wished["minutes"],
        untimed=wished["untimed"],
        pass_percent=wished["pass_percent"],
        mode=mode,
        penalty=wished["penalty"],
        certainty=wished["certainty"],
    )


def _left(work: Workspace, number: int) -> AttemptRow:
    """The learner's open attempt that was named, or the latest. Raises QuizDockError where there is none."""
    if number == LATEST:
        waiting = work.store.attempts.open(work.learner)
        if not waiting:
            raise QuizDockError(msg("no exam was left open"), msg("To begin one: quizdock exam"))
        return waiting[-1]
    row = work.store.attempts.attempt(number)
    if row.finished is not None:
        raise QuizDockError(
            msg("exam No. {number} is finished", number=number),
            msg("To see it: quizdock exam review {number}", number=number),
        )
    if work.store.attempts.learner_of(number) != work.learner:
        raise QuizDockError(
            msg("exam No. {number} is {learner}'s", number=number, learner=row.learner),
            msg("To go on as {learner}: quizdock --learner {learner} exam --resume", learner=row.learner),
        )
    return row


def _asker(plain: bool, as_json: bool) -> Asker:
    if as_json:
        from quizdock.ui.exam_lines import ExamLines

        return ExamLines(sys.stdin, sys.stdout)
    if interactive(plain):
        from quizdock.ui.exam_screen import InteractiveExam
        from quizdock.ui.interactive import console

        return InteractiveExam(console())
    from quizdock.ui.exam_plain import PlainExam

    return PlainExam(sys.stdin, sys.stdout)
