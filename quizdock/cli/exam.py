"""`quizdock exam`: the group. Without the name of a subcommand, an exam is sat."""

import click

from quizdock.cli.exams.analysis import stats
from quizdock.cli.exams.exchange import export_results, import_results
from quizdock.cli.exams.listing import delete, list_exams, show
from quizdock.cli.exams.printing import print_papers
from quizdock.cli.exams.regrading import regrade
from quizdock.cli.exams.report import report
from quizdock.cli.exams.reviewing import review
from quizdock.cli.exams.sitting import sit
from quizdock.cli.options import Group
from quizdock.ui.translations import gettext as _

_GLOBALS = ("--home", "--learner", "--lang")


class _ExamGroup(Group):
    """Takes anything but the name of a subcommand for what `sit` is told."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `sit` where no subcommand stands."""
        place = _first_word(args)
        if args[place : place + 1] and args[place] in self.commands:
            return super().parse_args(ctx, args)
        return super().parse_args(ctx, [*args[:place], sit.name or "", *args[place:]])


def _first_word(args: list[str]) -> int:
    """The place of the first argument that is neither a global option nor its value."""
    place = 0
    while place < len(args) and args[place].partition("=")[0] in _GLOBALS:
        place += 1 if "=" in args[place] else 2
    return min(place, len(args))


@click.group("exam", cls=_ExamGroup, help=_("Take an exam and see your mistakes."))
def exam() -> None:
    """The group."""


SUBCOMMANDS = (
    sit,
    review,
    list_exams,
    show,
    report,
    delete,
    regrade,
    stats,
    export_results,
    import_results,
    print_papers,
)
for subcommand in SUBCOMMANDS:
    exam.add_command(subcommand)
