"""The entry point: language first, then the command, then one place where every error is printed.

Here and in what this imports there is no click: loading it takes three times as long as Python's own start, and a
shell prompt that asks `quizdock due` shows itself only then.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from io import TextIOWrapper
from typing import NoReturn

from quizdock import __version__
from quizdock.cli.output import say
from quizdock.cli.signals import ended_by_signals
from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.message import msg
from quizdock.core.settings import LANGUAGES
from quizdock.ui.translations import activate, language_of, translate
from quizdock.ui.translations import gettext as _

INTERRUPTED = 130
UNFORESEEN = 70
"""The exit code of what nobody thought of; the number is that of EX_SOFTWARE in BSD's sysexits."""
_COMPLETING = "_QUIZDOCK_COMPLETE"  # what click has a shell set when it wants a line completed


def main() -> NoReturn:
    """Run the command line and exit: 0 done, 1 an error that was reported, 2 wrong usage, 70 what nobody thought of,
    130 interrupted, and 128 and its number where a signal ended it.
    """
    _mend_streams()
    activate(_wanted_language(sys.argv[1:], os.environ))
    try:
        code = run(sys.argv[1:])
    except Exception as error:
        if os.environ.get("QUIZDOCK_DEBUG"):
            raise
        code = _unforeseen(error)
    _flush()
    sys.exit(code)


def _unforeseen(error: Exception) -> int:
    """Say it where something went wrong that nobody thought of: people can do more with this than with a traceback."""
    problem = msg("this should not happen: {kind}: {text}", kind=type(error).__name__, text=error)
    hint = msg(
        "Every answer shown as saved is saved. To see whether the database is damaged: quizdock doctor. If all is well"
        " there, it is a mistake in QuizDock: please report it with what QUIZDOCK_DEBUG=1 shows."
    )
    _report(QuizDockError(problem, hint))
    return UNFORESEEN


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
        return _command(arguments)()
    except QuizDockError as error:
        _report(error)
        return 1
    except SystemExit:  # click and rich leave so after completing a line, or where the reader of our output has left
        if _COMPLETING in os.environ:
            raise
        _drop(1)
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _report(QuizDockError(msg("{where}{reason}", where=where, reason=reason_of(error))))
        return 1


def _command(arguments: Sequence[str]) -> Callable[[], int]:
    """What the arguments ask for: what is asked most often is answered without click, all else goes through it."""
    match list(arguments):
        case ["--version"]:
            return show_version
        case ["due", *rest] if rest in ([], ["--json"]):
            from quizdock.cli.counting import tell
            from quizdock.cli.globals import of_environment

            return lambda: tell(of_environment(os.environ), as_json=bool(rest))
        case [] if _COMPLETING not in os.environ:
            from quizdock.cli.dashboard import show
            from quizdock.cli.globals import of_environment

            return lambda: show(of_environment(os.environ))
        case _:
            from quizdock.cli.commands import run_command

            return lambda: run_command(arguments)


def show_version() -> int:
    """Print the version."""
    say(f"quizdock {__version__}")
    return 0


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
        if not (path.is_file() and b"lang" in path.read_bytes()):
            return ""  # without 80 ms for reading it well
        from quizdock.store.settings_file import read_settings

        return str(read_settings(path).values.get("lang", ""))
    except (QuizDockError, OSError, ValueError):  # a path may hold what no path can
        return ""
