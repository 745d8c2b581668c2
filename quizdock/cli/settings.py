"""`quizdock settings`."""

import json
import os
import sys
import textwrap

import click

from quizdock.cli.completion import complete_keys, complete_keys_that_are_set, complete_values
from quizdock.cli.home import find_home
from quizdock.cli.options import Globals, Group, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.sources import look_up, write_setting
from quizdock.cli.workspace import opened, system_user
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.core.setting_keys import (
    DECK_KEYS,
    KEYS,
    Chosen,
    Key,
    Source,
    Value,
    find_key,
    written,
)
from quizdock.core.settings import DEFAULTS
from quizdock.store.settings_file import create_from_template, read_settings, unset_value
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import translate

_WIDTH = 78


@click.group("settings", cls=Group, invoke_without_command=True, help=_("Read and change settings."))
@click.pass_context
def settings(ctx: click.Context) -> None:
    """The group; alone it lists."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_settings)


@settings.command("list", help=_("List every setting, its value, and where that comes from."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def list_settings(options: Globals, as_json: bool) -> None:
    """Print what can be printed, then what is wrong."""
    home = find_home(options.home, os.environ)
    sources = look_up(options, home)
    chosen = [(find_key(path), found) for path, found in sources.chosen.items()]
    if as_json:
        say_json([_as_json(key, found) for key, found in chosen])
    else:
        for key, found in chosen:
            _show(key, found)
        say("")
        say(_("One deck's own limits: {keys}").format(keys=", ".join(f"decks.DECK.{key.name}" for key in DECK_KEYS)))
        say(_("Settings file: {path}").format(path=home.settings))
    sources.settings()


@settings.command("get", help=_("Print one setting's value."))
@click.argument("key", metavar="KEY", shell_complete=complete_keys)
@pass_globals
def get(options: Globals, key: str) -> None:
    """Print it bare, for scripts."""
    found = find_key(key)
    sources = look_up(options, find_home(options.home, os.environ))
    common = sources.chosen[found.name]
    say(_effective(found, sources.chosen.get(found.path, common)))
    sources.settings()


@settings.command("set", context_settings={"ignore_unknown_options": True}, help=_("Write a setting into the file."))
@click.argument("key", metavar="KEY", shell_complete=complete_keys)
@click.argument("value", metavar="VALUE", shell_complete=complete_values)
@pass_globals
def set_(options: Globals, key: str, value: str) -> None:
    """Check the value, and write it."""
    found = find_key(key)
    typed = found.typed(value)
    _expect_known(options, found, typed)
    write_setting(options, found, typed)
    say(f"{found.path} = {_toml(typed)}")
    read_settings(find_home(options.home, os.environ).settings).expect_good()


@settings.command("unset", help=_("Take a setting out of the file."))
@click.argument("key", metavar="KEY", shell_complete=complete_keys_that_are_set)
@pass_globals
def unset(options: Globals, key: str) -> None:
    """Remove a key, even one that is none."""
    home = find_home(options.home, os.environ)
    if not unset_value(home.settings, key):
        find_key(key)
        say(_("{key} is not in the settings file.").format(key=key), err=True)
        return
    say(_("Taken out: {key}").format(key=key))
    read_settings(home.settings).expect_good()


@settings.command("edit", help=_("Open the settings file in your editor, then check it."))
@pass_globals
def edit(options: Globals) -> None:
    """Edit the file itself, so that nothing of it is ever lost; it is made if it is not there."""
    path = find_home(options.home, os.environ).settings
    if not (os.environ.get("VISUAL") or os.environ.get("EDITOR") or sys.stdin.isatty()):
        raise QuizDockError(
            msg("there is no terminal for an editor"),
            msg("Set VISUAL or EDITOR, or edit {path}, or use: quizdock settings set KEY VALUE", path=path),
        )
    create_from_template(path, _template())
    try:
        click.edit(filename=str(path))
    except ValueError as error:  # quotes that do not end
        raise QuizDockError(
            msg("the editor's command cannot be read: {reason}", reason=error), msg("Look at VISUAL and EDITOR.")
        ) from error
    read_settings(path).expect_good()
    say(_("Settings file: {path}").format(path=path))


def _expect_known(options: Globals, key: Key, value: Value) -> None:
    """Refuse decks and learners that are not there, with the nearest name."""
    if not key.deck and (key.name != "learner" or value == system_user()):
        return
    with opened(options, DEFAULTS) as base:
        if key.deck:
            base.store.catalogue.deck(key.deck)
        else:
            base.store.learners.find(str(value))


def _show(key: Key, found: Chosen) -> None:
    line = f"{key.path} = {_effective(key, found)}"
    say(f"{line:<43}  {_origin(key, found.source)}")
    say(textwrap.fill(translate(key.meaning), _WIDTH, initial_indent="    ", subsequent_indent="    "))


def _origin(key: Key, source: Source) -> str:
    match source:
        case "option":
            return f"--{key.name}"
        case "environment":
            return key.variable
        case "file":
            return _("settings file")
        case "default":
            return _("default")


def _effective(key: Key, found: Chosen) -> str:
    """The value as it is shown: what is not set comes from the system."""
    return written(found.value) or {"learner": system_user(), "lang": os.environ.get("LANGUAGE", "en")}[key.name]


def _as_json(key: Key, found: Chosen) -> dict[str, object]:
    return {
        "key": key.path,
        "value": found.value if found.value != "" else _effective(key, found),
        "source": found.source,
        "meaning": translate(key.meaning),
        "allowed": translate(key.kind.allowed),
    }


def _toml(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _template() -> str:
    """A settings file that sets nothing, and shows everything."""
    lines = [
        *_comment(_("The settings of QuizDock. Take away the # before a setting to make it count.")),
        *_comment(_("Options and QUIZDOCK_ variables win over this file.")),
    ]
    for key in KEYS:
        example = _effective(key, Chosen(key.default, "default")) if key.default == "" else key.default
        lines += ["", *_explained(key), f"# {key.name} = {_toml(example)}"]
    lines += ["", *_comment(_("One deck's own limits, under its id:")), "# [decks.capitals]"]
    for key in DECK_KEYS:
        lines.append(f"# {key.name} = {key.default}")
    return "\n".join(lines) + "\n"


def _explained(key: Key) -> list[str]:
    return _comment(f"{translate(key.meaning)} ({translate(key.kind.allowed)})")


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH - 2)]
