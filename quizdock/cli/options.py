"""Options that every command takes, before or after its name."""

from collections.abc import Callable
from typing import Any

import click

from quizdock.cli.globals import Globals
from quizdock.core.settings import LANGUAGES
from quizdock.ui.translations import gettext as _

__all__ = ["Globals", "command", "pass_globals"]


def global_options() -> list[click.Option]:
    """--home, --learner, --lang: stored in the context's Globals; the environment speaks where they are silent."""
    return [
        _global("--home", envvar="QUIZDOCK_HOME", metavar="DIR", help=_("The folder with content/ and data/.")),
        _global(
            "--learner",
            envvar="QUIZDOCK_LEARNER",
            metavar="NAME",
            shell_complete=_complete_learners,
            help=_("Who is learning."),
        ),
        _global("--lang", type=click.Choice(LANGUAGES), help=_("The interface's language.")),
    ]


def _complete_learners(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from quizdock.cli.completion import complete_learners

    return complete_learners(ctx, parameter, incomplete)


def _global(name: str, **attributes: Any) -> click.Option:
    field = name.removeprefix("--")

    def store(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            setattr(ctx.ensure_object(Globals), field, value)

    return click.Option([name], expose_value=False, callback=store, **attributes)


class Command(click.Command):
    """A command that takes the global options after its name as well."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        """Add the global options, quietly."""
        super().__init__(*args, **attributes)
        self.params += _quiet_options()


class Group(click.Group):
    """A group of commands; it takes the global options as well."""

    command_class = Command

    def __init__(self, *args: Any, **attributes: Any) -> None:
        """Add the global options, quietly."""
        super().__init__(*args, **attributes)
        self.params += _quiet_options()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their whole help, which click would cut."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, each.help or "") for name, each in self.commands.items()])


def _quiet_options() -> list[click.Option]:
    """The global options, hidden and deaf to the environment: `quizdock` itself shows and hears them."""
    options = global_options()
    for option in options:
        option.hidden, option.envvar = True, None
    return options


def command(name: str, help_text: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command."""
    return click.command(name, cls=Command, help=help_text)


pass_globals = click.make_pass_decorator(Globals, ensure=True)
"""Hands a command the global options."""
