"""`quizdock deck schema`."""

from quizdock.cli.options import command
from quizdock.cli.output import say
from quizdock.ui.translations import gettext as _


@command("schema", _("Print the JSON Schema of deck files, for editors."))
def print_schema() -> None:
    """Print the schema; `quizdock deck schema > content/deck.schema.json` writes the file that ships."""
    from quizdock.deck.schema import schema_text

    say(schema_text())
