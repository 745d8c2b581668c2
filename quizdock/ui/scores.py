"""Scores and lists of attempts, as tables."""

from collections.abc import Sequence
from typing import NamedTuple

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from quizdock.core.cleaning import clean
from quizdock.core.days import as_date
from quizdock.core.scores import Row
from quizdock.ui.exam_wording import countdown_text, passed_text
from quizdock.ui.figures import percent_text
from quizdock.ui.tables import passed_view
from quizdock.ui.translations import gettext as _


class Attempt(NamedTuple):
    """An attempt as a list shows it; `percent` is None while it is open, `seconds_left` where it has no deadline."""

    number: int
    learner: str
    day: int
    decks: Sequence[str]
    questions: int
    answered: int
    percent: float | None
    passed: bool
    seconds_left: float | None
    practice: bool
    retry_of: int | None


def scores_view(learner: str, decks: Sequence[Row], topics: Sequence[Row], everyone: Sequence[Row]) -> RenderableType:
    """A learner's decks, then their topics, then all learners."""
    parts: list[RenderableType] = []
    if decks:
        parts.append(_table(clean(learner), [_("Deck")], [([row.title], row) for row in decks]))
    if topics:
        parts.append(_table(_("Topics"), [_("Topic")], [([row.topic_title], row) for row in topics]))
    if everyone:
        rows = [([row.learner, row.title], row) for row in everyone]
        parts.append(_table(_("All learners"), [_("Learner"), _("Deck")], rows))
    return Group(*parts)


def _table(title: str, names: Sequence[str], rows: Sequence[tuple[Sequence[str], Row]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=Text(title, style="title"), title_justify="left")
    for name in names:
        table.add_column(name, overflow="fold")
    for header in (_("Exams"), _("First"), _("Best"), _("Latest")):
        table.add_column(header, justify="right", no_wrap=True)
    table.add_column(_("Trend"), no_wrap=True)
    table.add_column("", no_wrap=True)
    for words, row in rows:
        figures = (str(len(row.percents)), *map(percent_text, (row.first, row.best, row.latest)))
        table.add_row(*(Text(clean(word)) for word in words), *figures, Text(row.trend), passed_view(row.passed))
    return table


def attempt_headers(learners: bool) -> list[str]:
    """The headers of the list of attempts."""
    return [_("No."), _("Date"), *([_("Learner")] if learners else []), _("Decks"), _("Questions"), "%", _("State")]


def attempt_cells(attempt: Attempt, learners: bool) -> list[str]:
    """A row of it."""
    return [
        str(attempt.number),
        as_date(attempt.day).isoformat(),
        *([clean(attempt.learner)] if learners else []),
        ", ".join(map(clean, attempt.decks)),
        str(attempt.questions),
        "" if attempt.percent is None else percent_text(attempt.percent).rstrip("% \u00a0"),
        state_text(attempt),
    ]


def state_text(attempt: Attempt) -> str:
    """What has become of an attempt."""
    if attempt.percent is None:
        return _open_text(attempt)
    words = [passed_text(attempt.passed)]
    if attempt.practice:
        words = [_("practice")]
    if attempt.retry_of is not None:
        words = [_("retry of No. {n}").format(n=attempt.retry_of)]
    return ", ".join(words)


def _open_text(attempt: Attempt) -> str:
    answered = _("open, {answered} of {of} answered").format(answered=attempt.answered, of=attempt.questions)
    if attempt.seconds_left is None:
        return answered
    if attempt.seconds_left <= 0:
        return _("open, its time is up")
    return f"{answered}, {countdown_text(attempt.seconds_left)}"
