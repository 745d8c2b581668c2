"""`quizdock where`."""

import os

import click

from quizdock.cli.home import find_home
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.sources import look_up
from quizdock.cli.workspace import learner_name
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import translate


@command("where", _("Say which folders and files are used, and why."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def where(options: Globals, as_json: bool) -> None:
    """Print the places; create nothing."""
    home = find_home(options.home, os.environ)
    settings = look_up(options, home).tolerated()
    places = {
        "home": str(home.root),
        "content": str(home.content),
        "shipped": str(home.shipped),
        "database": str(home.database),
        "settings": str(home.settings),
        "learner": learner_name(options, settings),
        "lang": os.environ.get("LANGUAGE", "en"),
    }
    if as_json:
        say_json(places)
        return
    labels = {
        "home": _("Home ({reason})").format(reason=translate(home.reason)),
        "content": _("Your decks"),
        "shipped": _("Shipped decks"),
        "database": _("Database"),
        "settings": _("Settings"),
        "learner": _("Learner"),
        "lang": _("Language"),
    }
    width = max(map(len, labels.values()))
    for name, place in places.items():
        say(f"{labels[name]:<{width}}  {place}")
