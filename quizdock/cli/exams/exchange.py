"""`quizdock exam export` and `import`: results that travel."""

from pathlib import Path

import click

from quizdock.cli.completion import complete_decks
from quizdock.cli.files import write_new
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.cli.workspace import workspace
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.core.result_file import write
from quizdock.core.text import fold
from quizdock.sessions.results import Told, collect, results_of
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext, translate


@command("export", _("Write your finished exams to a file, to be handed to a teacher."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option("--all", "everybody", is_flag=True, help=_("A file for every learner of this home."))
@click.option("--output", metavar="FILE|DIR/", help=_("Where to (a folder ends with a slash); else into this folder."))
@click.option("--force", is_flag=True, help=_("Overwrite a file that is there."))
@pass_globals
def export_results(options: Globals, decks: tuple[str, ...], everybody: bool, output: str | None, force: bool) -> None:
    """Write a JSON file a learner."""
    with workspace(options) as work:
        names = work.store.learners.names() if everybody else [work.learner_name]
        found = {name: results_of(work.store, work.store.learners.find(name), name, decks) for name in names}
    found = {name: results for name, results in found.items() if results.attempts}
    if not found:
        raise QuizDockError(msg("there is no finished exam to export"), msg("To take one: quizdock exam"))
    for name, results in found.items():
        file = _file(output, name, many=everybody)
        write_new(file, write(results), force=force)
        exams = ngettext("{n} exam", "{n} exams", len(results.attempts)).format(n=len(results.attempts))
        say(_("{file}: {exams} of {learner}").format(file=file, exams=exams, learner=name))


def _file(output: str | None, learner: str, *, many: bool) -> Path:
    """Where a learner's file goes."""
    name = "".join(sign if sign.isalnum() else "-" for sign in fold(learner)) or "learner"
    path = Path(output or ".")
    return path / f"results-{name}.json" if many or (output or ".").endswith("/") or path.is_dir() else path


@command("import", _("Collect the exams of other devices from their files, for scores and statistics."))
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE|DIR...")
@pass_globals
def import_results(options: Globals, files: tuple[Path, ...]) -> int:
    """Read files and folders; what is refused is said, and the rest is stored."""
    with workspace(options) as work:
        told = list(collect(work.store, files))
    for each in told:
        if each.outcome == "refused":
            say(_refusal(each), err=True)
    counts = {outcome: sum(each.outcome == outcome for each in told) for outcome in ("new", "updated", "known")}
    say(
        _("{new} new, {updated} updated, {known} there already").format(
            new=counts["new"], updated=counts["updated"], known=counts["known"]
        )
    )
    refused = sum(each.outcome == "refused" for each in told)
    if refused:
        say(ngettext("{n} refused", "{n} refused", refused).format(n=refused), err=True)
    return 1 if refused else 0


def _refusal(told: Told) -> str:
    reason = translate(told.reason) if told.reason else ""
    hint = f" ({translate(told.hint)})" if told.hint and translate(told.hint) else ""
    if not told.place:
        return f"{told.file}: {reason}{hint}"
    where = _("{file}, exam {n} of {learner}").format(file=told.file, n=told.place, learner=told.learner)
    return f"{where}: {reason}{hint}"
