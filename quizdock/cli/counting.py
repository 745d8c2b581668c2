"""How many cards wait, for `quizdock due`: whatever this imports is loaded before each shell prompt that asks it."""

from collections.abc import Sequence

from quizdock.cli.globals import Globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import workspace
from quizdock.sessions.today import waiting
from quizdock.ui.translations import ngettext


def tell(options: Globals, decks: Sequence[str] = (), topics: Sequence[str] = (), *, as_json: bool = False) -> int:
    """Count and print."""
    with workspace(options) as work:
        counts = waiting(work.store, work.learner, work.scope(decks, topics), work.today, work.settings)
        if as_json:
            from quizdock.core.days import as_date

            day = as_date(work.today).isoformat()
            say_json({"learner": work.learner_name, "day": day, **counts._asdict()})
            return 0
        to_repeat = ngettext("{n} card to repeat", "{n} cards to repeat", counts.due).format(n=counts.due)
        new = ngettext("{n} new", "{n} new ones", counts.new).format(n=counts.new)
        say(f"{to_repeat}, {new}")
        return 0
