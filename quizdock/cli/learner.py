"""`quizdock learner`."""

import os
from itertools import count
from pathlib import Path
from shlex import quote

import click

from quizdock.cli.amounts import counted_events, counted_exams
from quizdock.cli.completion import complete_learners
from quizdock.cli.files import history_stem
from quizdock.cli.options import Globals, Group, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.sources import write_setting
from quizdock.cli.workspace import Opened, opened, system_user, workspace
from quizdock.core.cleaning import tidy_name
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.core.setting_keys import LONGEST_NAME, find_key
from quizdock.core.settings import DEFAULTS
from quizdock.store.export import Exported
from quizdock.ui.translations import gettext as _


@click.group("learner", cls=Group, help=_("Add, choose, rename and remove learners."))
def learner() -> None:
    """The group."""


@learner.command("list", help=_("List the learners."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def list_learners(options: Globals, as_json: bool) -> None:
    """Print every name; a mark at the current one."""
    with workspace(options) as work:
        names = work.store.learners.names()
    if as_json:
        say_json([{"learner": name, "current": name == work.learner_name} for name in names])
        return
    for name in names:
        say(f"{'*' if name == work.learner_name else ' '} {name}")


@learner.command("add", help=_("Add a learner; then use --learner NAME or QUIZDOCK_LEARNER."))
@click.argument("name")
@pass_globals
def add(options: Globals, name: str) -> None:
    """Add one name."""
    tidy = new_name(name, "NAME")
    with opened(options) as work:
        work.store.learners.add(tidy)
    say(_("Added: {name}. To study as {name}: quizdock --learner {quoted} study").format(name=tidy, quoted=quote(tidy)))


@learner.command("use", help=_("Choose who studies from now on, when nobody is named."))
@click.argument("name", shell_complete=complete_learners)
@pass_globals
def use(options: Globals, name: str) -> None:
    """Write the setting `learner`."""
    tidy = tidy_name(name)
    with opened(options, DEFAULTS) as work:
        if tidy != system_user():
            work.store.learners.find(tidy)
    write_setting(options, find_key("learner"), tidy)
    say(_("From now on {name} studies, unless --learner names another.").format(name=tidy))


@learner.command("rename", help=_("Give a learner another name. Progress is kept."))
@click.argument("old", shell_complete=complete_learners)
@click.argument("new")
@pass_globals
def rename(options: Globals, old: str, new: str) -> None:
    """Rename, and let the settings follow."""
    before, after = tidy_name(old), new_name(new, "NEW")
    with opened(options) as work:
        work.store.learners.rename(before, after)
    say(_("{old} is called {new} from now on.").format(old=before, new=after))
    if _setting(work) == before:
        write_setting(options, find_key("learner"), after)
    elif before == system_user() and not _setting(work):
        say(_("To study as {name}: quizdock learner use {quoted}").format(name=after, quoted=quote(after)))


@learner.command("remove", help=_("Remove a learner, after an export of the whole history."))
@click.argument("name", shell_complete=complete_learners)
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@pass_globals
def remove(options: Globals, name: str, yes: bool) -> None:
    """Ask, export, remove, and say what was done."""
    tidy = tidy_name(name)
    with opened(options) as work:
        work.store.learners.find(tidy)
        if not yes and not _agreed(_("Remove {name}? The whole history is exported first.").format(name=tidy)):
            raise QuizDockError(msg("nobody was removed"), msg("To remove without a question: --yes"))
        file = _free_file(work, tidy)
        exported = work.store.learners.remove(tidy, file)
    _tell(tidy, file, exported)
    if _setting(work) == tidy:
        from quizdock.store.settings_file import unset_value

        unset_value(work.home.settings, "learner")
        say(_("The setting learner, which named {name}, was taken out.").format(name=tidy))


def new_name(name: str, hint: str) -> str:
    """The name as it is kept. Raises BadParameter, which names the argument, for one that nobody can have."""
    tidy = tidy_name(name)
    if not 0 < len(tidy) <= LONGEST_NAME:
        raise click.BadParameter(_("a name has 1 to {most} characters").format(most=LONGEST_NAME), param_hint=hint)
    return tidy


def _setting(work: Opened) -> object:
    """The learner that the settings file names, whatever the environment says."""
    from quizdock.store.settings_file import read_settings

    return read_settings(work.home.settings).values.get("learner")


def _agreed(question: str) -> bool:
    from quizdock.cli.study import interactive

    if not interactive(plain=False):
        return False
    from quizdock.ui.form import agreed
    from quizdock.ui.form_screen import InteractiveForm

    return agreed(InteractiveForm(), question)


def _free_file(work: Opened, name: str) -> Path:
    """A file for the history, named after the learner and the day."""
    stem = history_stem(name, work.clock.now().date())
    names = (f"{stem}.jsonl" if number == 1 else f"{stem}-{number}.jsonl" for number in count(1))
    files = (work.home.removed_learners / name for name in names)
    return next(file for file in files if not os.path.lexists(file))


def _tell(name: str, file: Path, exported: Exported) -> None:
    events, exams = counted_events(exported.events), counted_exams(exported.attempts)
    say(_("Exported: {events}, {exams}, to {file}").format(events=events, exams=exams, file=file))
    say(_("Removed: {name}, {exams}.").format(name=name, exams=exams))
    if exported.events:
        say(_("The journal is never edited: {events} stay in it, under no name.").format(events=events))
