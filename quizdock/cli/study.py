"""`quizdock study`."""

import sys
from gettext import gettext as _
from random import SystemRandom

import click

from quizdock.cli.completion import complete_decks, complete_topics
from quizdock.cli.main import INTERRUPTED
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.workspace import workspace
from quizdock.sessions.study import Asker, Study, Wishes

COUNT = click.IntRange(0, 100_000)


@command("study", _("Drill what is due today, then new cards, then what was not yet known, until it is."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option("--new", type=COUNT, metavar="N", help=_("New cards in this session (10 a day unless said)."))
@click.option("--limit", type=COUNT, metavar="N", help=_("At most so many cards; their repeats today come on top."))
@click.option("--topic", metavar="TOPIC", shell_complete=complete_topics, help=_("Only this topic."))
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@click.option("--json", "as_json", is_flag=True, help=_("JSON lines, for programs."))
@pass_globals
def study(
    options: Globals,
    decks: tuple[str, ...],
    new: int | None,
    limit: int | None,
    topic: str | None,
    plain: bool,
    as_json: bool,
) -> int:
    """Run one session."""
    with workspace(options) as work:
        work.tell_notices()
        scope = work.scope(decks, topic)
        work.follow(decks)
        wishes = Wishes(work.learner, work.learner_name, scope, new, limit)
        dice = SystemRandom()
        session = Study(work.store, _asker(plain, as_json), work.clock, lambda: str(dice.getrandbits(64)), wishes)
        closing = session.run()
        if interactive(plain) and not as_json:
            work.tell_notices()  # once more: the screen was cleared
        return INTERRUPTED if closing.interrupted else 0


def interactive(plain: bool) -> bool:
    """Whether to draw screens: only for a terminal on both sides, unless lines were asked for."""
    return not plain and sys.stdin.isatty() and sys.stdout.isatty()


def _asker(plain: bool, as_json: bool) -> Asker:
    if as_json:
        from quizdock.ui.json_lines import StudyLines

        return StudyLines(sys.stdin, sys.stdout)
    if interactive(plain):
        from quizdock.ui.interactive import InteractiveStudy, console

        return InteractiveStudy(console())
    from quizdock.ui.plain import PlainStudy

    return PlainStudy(sys.stdin, sys.stdout)
