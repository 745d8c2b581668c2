"""The command line as click has it: every command, loaded when it runs."""

import importlib
from collections.abc import Sequence
from io import StringIO
from keyword import iskeyword
from typing import TYPE_CHECKING

import click
from click.exceptions import NoSuchCommand

from quizdock.cli.main import INTERRUPTED, show_version
from quizdock.cli.options import Globals, global_options
from quizdock.cli.output import say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
from quizdock.ui.translations import gettext as _


def run_command(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code. What click refuses is printed, every other error is raised."""
    try:
        code = command_line().main(list(arguments), prog_name="quizdock", standalone_mode=False)
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        say(shown.getvalue().rstrip("\n"), err=True)
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    return code if isinstance(code, int) else 0


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
        "export": ("quizdock.cli.history", _("Write your whole history to a file.")),
        "import": ("quizdock.cli.history", _("Take in a whole history from its file.")),
        "settings": ("quizdock.cli.settings", _("Read and change settings.")),
        "backup": ("quizdock.cli.backup", _("Copy the database, or list its copies.")),
        "restore": ("quizdock.cli.restore", _("Go back to a copy, or mend a damaged database.")),
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
        found: click.Command = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        return found

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """The commands that begin so; click would import each of them for its help."""
        from click.shell_completion import CompletionItem

        commands = [(name, text) for name, (_module, text) in _commands().items() if name.startswith(incomplete)]
        options = super(click.Group, self).shell_complete(ctx, incomplete)
        return [*(CompletionItem(name, help=text) for name, text in commands), *options]

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
            show_version()
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=_("Show the version."),
    )
