"""Screens that only show: the dashboard."""

from collections.abc import Sequence
from typing import NamedTuple

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from quizdock.core.cleaning import clean
from quizdock.core.days import as_date
from quizdock.ui.figures import duration_text, percent_text
from quizdock.ui.theme import THEME, WIDEST
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext


class Day(NamedTuple):
    """What the dashboard shows; `last_exam` is its percentage and whether it was passed."""

    learner: str
    day: int
    decks: Sequence[str]
    due: int
    new: int
    reviews: int
    drills: int
    seconds: int
    streak: int
    last_exam: tuple[float, bool] | None


def show(view: RenderableType) -> None:
    """Print to stdout, with colour and boxes as the terminal allows."""
    console = Console(theme=THEME, highlight=False)
    console.width = min(console.width, WIDEST)
    console.print(view)


def dashboard_view(day: Day) -> RenderableType:
    """Today at a glance, and what to type next."""
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="quiet")
    facts.add_column(overflow="fold")
    facts.add_row(_("To repeat"), Text(str(day.due), style="title"))
    facts.add_row(_("New"), Text(str(day.new), style="title"))
    if day.reviews or day.drills:
        facts.add_row(_("Done today"), _done(day))
    facts.add_row(_("Streak"), ngettext("{n} day", "{n} days", day.streak).format(n=day.streak))
    facts.add_row(_("Last exam"), _last_exam(day.last_exam))
    facts.add_row(_("Decks"), Text(", ".join(map(clean, day.decks))))
    return Panel(
        Group(facts, Text(), _next_step(day)),
        box=box.ROUNDED,
        padding=(1, 2),
        border_style="accent",
        title=Text(f"QuizDock · {clean(day.learner)} · {as_date(day.day).isoformat()}"),
        title_align="left",
    )


def _done(day: Day) -> Text:
    reviews = ngettext("{n} review", "{n} reviews", day.reviews).format(n=day.reviews)
    drills = ngettext("{n} drill", "{n} drills", day.drills).format(n=day.drills)
    return Text(f"{reviews} · {drills} · {duration_text(day.seconds)}")


def _last_exam(last: tuple[float, bool] | None) -> Text:
    if last is None:
        return Text(_("none yet"), style="quiet")
    percent, passed = last
    return Text.assemble(f"{percent_text(percent)} ", passed_view(passed))


def passed_view(passed: bool) -> Text:
    """Whether an exam was passed, with a sign as well as a colour."""
    return Text(_("✓ passed"), style="good") if passed else Text(_("✗ not passed"), style="half")


def _next_step(day: Day) -> Text:
    if day.due or day.new:
        return Text.assemble((_("Next:"), "quiet"), " ", ("quizdock study", "key"))
    return Text.assemble((_("Done for today. To test yourself:"), "quiet"), " ", ("quizdock exam", "key"))
