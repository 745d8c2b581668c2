"""The entry point: language first, then the command, then one place where every error is printed."""

import importlib
import os
import re
import sys
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from io import StringIO, TextIOWrapper
from typing import NoReturn

import click
from click.exceptions import NoSuchCommand

from quizdock import __version__
from quizdock.cli.options import Globals, global_options
from quizdock.cli.output import say
from quizdock.cli.signals import ended_by_signals
from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.message import msg
from quizdock.core.settings import LANGUAGES
from quizdock.ui.translations import activate, language_of, translate

INTERRUPTED = 130
_LANG = re.compile(rb"^\s*[\"']?lang\b", re.MULTILINE)


def main() -> NoReturn:
    """Run the command line and exit: 0 done, 1 an error that was reported, 2 wrong usage, 130 interrupted,
    and 128 and its number where a signal ended it.
    """
    _mend_streams()
    activate(_wanted_language(sys.argv[1:], os.environ))
    code = run(sys.argv[1:])
    _flush()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code, with every error already printed to stderr."""
    with ended_by_signals() as signals:
        try:
            code = _code_of(arguments)
        except KeyboardInterrupt:
            code = INTERRUPTED
        except OSError:  # stderr cannot be written to either: nobody is left to be told
            code = 1
    return 128 + signals[0] if signals else code


def _code_of(arguments: Sequence[str]) -> int:
    """Run the command; every error is printed."""
    try:
        code = command_line().main(list(arguments), prog_name="quizdock", standalone_mode=False)
    except QuizDockError as error:
        _report(error)
        return 1
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        say(shown.getvalue().rstrip("\n"), err=True)
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except SystemExit:  # click and rich leave so after completing a line, or where the reader of our output has left
        if "_QUIZDOCK_COMPLETE" in os.environ:
            raise
        _drop(1)
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _report(QuizDockError(msg("{where}{reason}", where=where, reason=reason_of(error))))
        return 1
    return code if isinstance(code, int) else 0


def _mend_streams() -> None:
    """Put what is never an error in the place of streams that are closed, or that cannot write every character."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - open until the end
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _flush() -> None:
    """Print what is left, unless the terminal or the reader has gone, which changes nothing about what was done."""
    for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
        try:
            stream.flush()
        except OSError:
            _drop(number)


def _drop(number: int) -> None:
    """What is still to be flushed to this stream goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def _report(error: QuizDockError) -> None:
    say(_("Error: {message}").format(message=translate(error.message)), err=True)
    hint = translate(error.hint)
    if hint:
        say(hint, err=True)


def _wanted_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of `--lang`, wherever it stands, so that help and usage errors speak it too.

    Else that of QUIZDOCK_LANG, else of the home's settings, else of the locale.
    """
    said = _value_of("--lang", arguments)
    if said in LANGUAGES:
        return said
    if environment.get("QUIZDOCK_LANG") or "--version" in arguments:
        return language_of(environment)
    return _language_of_settings(_value_of("--home", arguments), environment) or language_of(environment)


def _value_of(name: str, arguments: Sequence[str]) -> str:
    """What an option says where click has not yet looked: the last time it stands there counts."""
    said = ""
    for index, argument in enumerate(arguments):
        option, separator, value = argument.partition("=")
        if option == name:
            said = value if separator else "".join(arguments[index + 1 : index + 2])
    return said


def _language_of_settings(home: str, environment: Mapping[str, str]) -> str:
    """The language that the home's settings name; empty where they name none, or cannot be read.

    Whatever is wrong there is said by the command, not here.
    """
    from quizdock.cli.home import find_home

    try:
        path = find_home(home or environment.get("QUIZDOCK_HOME"), environment).settings
        if not (path.is_file() and _LANG.search(path.read_bytes())):
            return ""  # without 80 ms for reading it well
        from quizdock.store.settings_file import read_settings

        return str(read_settings(path).values.get("lang", ""))
    except (QuizDockError, OSError, ValueError):  # a path may hold what no path can
        return ""


def _commands() -> dict[str, tuple[str, str]]:
    """Every command: the module that holds it under its name, and its help in a line."""
    return {
        "study": ("quizdock.cli.study", _("Drill what is due today, then new cards.")),
        "undo": ("quizdock.cli.undo", _("Take back your last answer of today.")),
        "exam": ("quizdock.cli.exam", _("Take an exam and see your mistakes.")),
        "due": ("quizdock.cli.due", _("Say how many cards wait, fast.")),
        "scores": ("quizdock.cli.scores", _("Show exam results.")),
        "stats": ("quizdock.cli.stats", _("Show your figures: retention, forecast, hardest cards.")),
        "explore": ("quizdock.cli.explore", _("Walk a state machine by hand.")),
        "simulate": ("quizdock.cli.simulate", _("Show what SM-2 makes of a row of grades, or of a year.")),
        "deck": ("quizdock.cli.deck", _("List and check decks.")),
        "card": ("quizdock.cli.card", _("Find cards, set them aside, see what happened to them.")),
        "learner": ("quizdock.cli.learner", _("Add, choose and remove learners.")),
        "settings": ("quizdock.cli.settings", _("Read and change settings.")),
        "rebuild": ("quizdock.cli.rebuild", _("Replay the journal into the schedules.")),
        "doctor": ("quizdock.cli.doctor", _("Say what is wrong, and what to type next.")),
        "where": ("quizdock.cli.where", _("Say which folders and files are used.")),
    }


class _LazyGroup(click.Group):
    """Imports a command's module only when it runs; listing the commands imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _commands():
            return None
        module = importlib.import_module(_commands()[cmd_name][0])
        found: click.Command = getattr(module, cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(error.command_name, possibilities=self.list_commands(ctx), ctx=ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, text) for name, (_module, text) in _commands().items()])


def command_line() -> click.Command:
    """The whole command line, in the language that is active now."""

    @click.pass_context
    def dashboard(ctx: click.Context) -> None:
        if ctx.invoked_subcommand is None:
            from quizdock.cli.dashboard import show

            show(ctx.ensure_object(Globals))

    return _LazyGroup(
        "quizdock",
        callback=dashboard,
        invoke_without_command=True,
        params=[*global_options(), _version_option()],
        help=_("Quizzes and spaced repetition in the terminal. Without a command: what today holds."),
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _version_option() -> click.Option:
    def show(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
        if wanted and not ctx.resilient_parsing:
            say(f"quizdock {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=_("Show the version."),
    )
