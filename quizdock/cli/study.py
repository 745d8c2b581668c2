"""`quizdock study`."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from shlex import join
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quizdock.cli.completion import complete_decks, complete_notes, complete_tags, complete_topics
from quizdock.cli.main import INTERRUPTED
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.workspace import workspace
from quizdock.ui.translations import gettext as _

if TYPE_CHECKING:
    from quizdock.core.agenda import Mode
    from quizdock.core.settings import GradeKeys
    from quizdock.sessions.study import Asker

Function = TypeVar("Function", bound=Callable[..., Any])

COUNT = click.IntRange(0, 100_000)
DAYS = click.IntRange(1, 3650)


def _narrowing(name: str, metavar: str, complete: Any, text: str) -> Callable[[Function], Function]:
    """An option that narrows the cards and may be given several times."""
    return click.option(f"--{name}", f"{name}s", multiple=True, metavar=metavar, shell_complete=complete, help=text)


@command("study", _("Drill what is due today, with new cards among it, then what was not yet known, until it is."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option("--deck", "more_decks", multiple=True, metavar="DECK", shell_complete=complete_decks, hidden=True)
@_narrowing("topic", "TOPIC", complete_topics, _("Only this topic."))
@_narrowing("tag", "TAG", complete_tags, _("Only cards with this tag."))
@_narrowing("note", "NOTE", complete_notes, _("Only the cards of this note."))
@click.option("--new", type=COUNT, metavar="N", help=_("New cards in this session, whatever the day's limit."))
@click.option("--reviews", type=COUNT, metavar="N", help=_("Due cards in this session, whatever the day's limit."))
@click.option("--limit", type=COUNT, metavar="N", help=_("At most so many cards; their repeats today come on top."))
@click.option(
    "--minutes", type=click.IntRange(1, 1440), metavar="N", help=_("Ask no other card after so many minutes.")
)
@click.option("--new-first", "new_order", flag_value="first", help=_("New cards before the due ones."))
@click.option("--new-last", "new_order", flag_value="last", help=_("New cards after the due ones."))
@click.option("--cram", is_flag=True, help=_("Any cards, at any time: no schedule moves, the drill is kept."))
@click.option("--ahead", type=DAYS, metavar="DAYS", help=_("What will be due in so many days, before a holiday."))
@click.option("--mistakes", is_flag=True, help=_("What you last got wrong, in study or in an exam, these 30 days."))
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@click.option("--json", "as_json", is_flag=True, help=_("JSON lines, for programs."))
@pass_globals
def study(
    options: Globals,
    decks: tuple[str, ...],
    more_decks: tuple[str, ...],
    topics: tuple[str, ...],
    tags: tuple[str, ...],
    notes: tuple[str, ...],
    new: int | None,
    reviews: int | None,
    limit: int | None,
    minutes: int | None,
    new_order: Any,
    cram: bool,
    ahead: int | None,
    mistakes: bool,
    plain: bool,
    as_json: bool,
) -> int:
    """Run one session."""
    from quizdock.sessions.study import Study
    from quizdock.sessions.wishes import Wishes

    mode = _mode(cram, ahead, mistakes)
    if mode != "study" and (new is not None or reviews is not None or new_order):
        raise click.UsageError(_("--new, --reviews, --new-first and --new-last belong to the day's own session"))
    named = (*decks, *more_decks)
    with workspace(options) as work:
        work.tell_notices()
        scope = work.scope(named, topics, notes, tags)
        work.follow(named)
        settings = work.settings._replace(new_order=new_order) if new_order else work.settings
        wishes = Wishes(
            work.learner,
            work.learner_name,
            scope,
            new=new,
            reviews=reviews,
            limit=limit,
            minutes=minutes,
            mode=mode,
            ahead=ahead or 0,
            settings=settings,
            command=_typed(named, {"--topic": topics, "--tag": tags, "--note": notes}, mode, ahead),
        )
        asker = _asker(plain, as_json, settings.grade_keys)
        session = Study(work.store, asker, work.clock, lambda: os.urandom(8).hex(), wishes)
        closing = session.run()
        work.back_up()
        if interactive(plain) and not as_json:
            work.tell_notices()  # once more: the screen was cleared
        return INTERRUPTED if closing.interrupted else 0


def _mode(cram: bool, ahead: int | None, mistakes: bool) -> "Mode":
    asked: dict[Mode, bool] = {"cram": cram, "ahead": ahead is not None, "mistakes": mistakes}
    modes = [mode for mode, wanted in asked.items() if wanted]
    if len(modes) > 1:
        raise click.UsageError(_("--cram, --ahead and --mistakes do not go together: choose one"))
    return modes[0] if modes else "study"


def _typed(decks: Sequence[str], narrowed: Mapping[str, Sequence[str]], mode: "Mode", ahead: int | None) -> str:
    """What to type to go on with the same cards."""
    options = [part for name, values in narrowed.items() for value in values for part in (name, value)]
    modes: dict[Mode, list[str]] = {"cram": ["--cram"], "ahead": ["--ahead", str(ahead)], "mistakes": ["--mistakes"]}
    return join(["quizdock", "study", *decks, *options, *modes.get(mode, [])])


def interactive(plain: bool) -> bool:
    """Whether to draw screens: only for a terminal on both sides, unless lines were asked for."""
    return not plain and sys.stdin.isatty() and sys.stdout.isatty()


def _asker(plain: bool, as_json: bool, grade_keys: "GradeKeys") -> "Asker":
    if as_json:
        from quizdock.ui.json_lines import StudyLines

        return StudyLines(sys.stdin, sys.stdout)
    if interactive(plain):
        from quizdock.ui.interactive import InteractiveStudy, console

        return InteractiveStudy(console(), grade_keys)
    from quizdock.ui.plain import PlainStudy

    return PlainStudy(sys.stdin, sys.stdout, grade_keys)
