"""Screens that only show: the dashboard and the scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from typing import Protocol

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from quizdock.core.days import as_date
from quizdock.core.statistics import Record
from quizdock.core.text import clean
from quizdock.ui.render import WIDEST
from quizdock.ui.theme import THEME
from quizdock.ui.wording import duration_text, number_text, percent_text


@dataclass(frozen=True, slots=True)
class Day:
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


class Attempt(Protocol):
    """What a row of scores shows."""

    @property
    def id(self) -> int: ...
    @property
    def decks(self) -> str: ...
    @property
    def day(self) -> int: ...
    @property
    def points(self) -> float: ...
    @property
    def questions(self) -> int: ...
    @property
    def percent(self) -> float: ...
    @property
    def passed(self) -> bool: ...


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


def scores_view(learner: str, attempts: Sequence[Attempt], everyone: Sequence[Record]) -> RenderableType:
    """A learner's attempts, then every learner's best and latest."""
    mine = Table(box=box.SIMPLE_HEAD, title=Text(clean(learner), style="title"), title_justify="left")
    for header in (_("No."), _("Date"), _("Decks"), _("Points"), "%", ""):
        mine.add_column(header, justify="right" if header in (_("Points"), "%") else "left")
    for each in attempts:
        points = f"{number_text(each.points)}/{each.questions}"
        mine.add_row(
            str(each.id),
            as_date(each.day).isoformat(),
            Text(each.decks),
            points,
            number_text(each.percent),
            _passed(each.passed),
        )
    table = Table(box=box.SIMPLE_HEAD, title=Text(_("All learners"), style="title"), title_justify="left")
    for header in (_("Learner"), _("Exams"), _("Best"), _("Latest"), ""):
        table.add_column(header, justify="right" if header != _("Learner") else "left")
    for row in everyone:
        table.add_row(
            Text(clean(row.learner)),
            str(row.attempts),
            percent_text(row.best),
            percent_text(row.latest),
            _passed(row.passed),
        )
    return Group(mine, table)


def _done(day: Day) -> Text:
    reviews = ngettext("{n} review", "{n} reviews", day.reviews).format(n=day.reviews)
    drills = ngettext("{n} drill", "{n} drills", day.drills).format(n=day.drills)
    return Text(f"{reviews} · {drills} · {duration_text(day.seconds)}")


def _last_exam(last: tuple[float, bool] | None) -> Text:
    if last is None:
        return Text(_("none yet"), style="quiet")
    percent, passed = last
    return Text.assemble(f"{percent_text(percent)} ", _passed(passed))


def _passed(passed: bool) -> Text:
    return Text(_("✓ passed"), style="good") if passed else Text(_("✗ not passed"), style="half")


def _next_step(day: Day) -> Text:
    if day.due or day.new:
        return Text.assemble((_("Next:"), "quiet"), " ", ("quizdock study", "key"))
    return Text.assemble((_("Done for today. To test yourself:"), "quiet"), " ", ("quizdock exam", "key"))
