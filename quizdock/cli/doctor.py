"""`quizdock doctor`."""

import os
from collections.abc import Sequence

import click

from quizdock.cli.home import Home, find_home
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.progress import followed
from quizdock.cli.sources import look_up
from quizdock.cli.workspace import opened
from quizdock.core.errors import QuizDockError
from quizdock.sessions.doctor import Finding, Level, examine, failure, is_well
from quizdock.store import Store
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext, translate

_MARKS = {Level.FINE: "✓", Level.NOTICE: "!", Level.WRONG: "✗"}


@command("doctor", _("Examine the home: what is wrong, and what to type next. Changes nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def doctor(options: Globals, as_json: bool) -> int:
    """Print what was found; 1 if anything is wrong."""
    home = find_home(options.home, os.environ)
    findings = [*_settings(options, home), *_examined(options, home)]
    if as_json:
        say_json({"well": is_well(findings), "places": _places(home), "findings": list(map(_as_data, findings))})
    else:
        _tell(home, findings)
    return 0 if is_well(findings) else 1


def _settings(options: Globals, home: Home) -> list[Finding]:
    problems = look_up(options, home).problems
    return [failure("settings", problem) for problem in problems]


def _examined(options: Globals, home: Home) -> list[Finding]:
    try:
        with (
            opened(options, look_up(options, home).tolerated()) as work,
            followed(_events(work.store), _("Replaying")) as progress,
        ):
            return examine(work.store, progress)
    except QuizDockError as error:  # what keeps the home from being opened is what there is to tell
        return [failure("database", error)]


def _events(store: Store) -> int:
    try:
        return store.journal.events()
    except QuizDockError:  # the checks tell
        return 0


def _places(home: Home) -> dict[str, str]:
    return {
        "home": str(home.root),
        "content": str(home.content),
        "shipped": str(home.shipped),
        "database": str(home.database),
        "settings": str(home.settings),
    }


def _tell(home: Home, findings: Sequence[Finding]) -> None:
    say(_("Home: {path}").format(path=home.root))
    for finding in findings:
        say(f"{_MARKS[finding.level]} {translate(finding.message)}")
        for detail in finding.details:
            say(f"    {translate(detail)}")
        for typed in finding.commands:
            say(f"    {typed}")
    say(_summary(findings))


def _summary(findings: Sequence[Finding]) -> str:
    notices = sum(finding.level is Level.NOTICE for finding in findings)
    if not is_well(findings):
        return _("Something is wrong. All places: quizdock where")
    if notices:
        return ngettext(
            "Nothing is wrong; one thing to look at. All places: quizdock where",
            "Nothing is wrong; {count} things to look at. All places: quizdock where",
            notices,
        ).format(count=notices)
    return _("All is well. All places: quizdock where")


def _as_data(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "level": finding.level.name.lower(),
        "message": translate(finding.message),
        "details": [translate(detail) for detail in finding.details],
        "commands": list(finding.commands),
    }
