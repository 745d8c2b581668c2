"""A learner's figures drawn with blocks. Characters differ wherever colours do, so that none is needed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from quizdock.core.cleaning import clean
from quizdock.core.days import as_date
from quizdock.core.sm2 import LAST_DAY
from quizdock.core.statistics import CALENDAR_WEEKS, Figures, Share, Topic, averages, by_deck, level, monday, shares
from quizdock.ui import statistics as words
from quizdock.ui.prose import Prose
from quizdock.ui.simulation import bar, columns, span_length
from quizdock.ui.theme import THEME
from quizdock.ui.translations import gettext as _
from quizdock.ui.wording import whole_line

WIDEST = 112
"""Columns that the calendar of a whole year takes."""

_HALF_A_YEAR = 27
"""Weeks, the current one included."""
_WEEK = 2
"""Columns a week."""
_BAR = 24
_SHORT_BAR = 8
_INDENT = "  "
_GAPS = 8
"""Columns that four cells keep free beside them."""
_HISTOGRAM_BAR = 14
_NARROWEST_PAIR = 76
_WIDEST_COLUMN = 3
_HEIGHT = 6
_MOST_DECKS = 12
_MOST_TOPICS = 48

_LEVELS = "·░▒▓█"
_STAGES = "█▒·×"
_STYLED_STAGES = tuple(zip(_STAGES, ("good", "accent", "quiet", "half"), strict=True))
_ASCII = str.maketrans("·░▒▓█×│", ".:+*#x|")


def show(view: RenderableType) -> None:
    """Print to stdout, as wide as a year needs where there is room."""
    console = Console(theme=THEME, highlight=False)
    console.width = min(console.width, WIDEST)
    console.print(view)


def statistics_view(learner: str, figures: Figures, command: str) -> RenderableType:
    """Everything, from today's figures to how far the topics have come. `command` is what to type to study."""
    title = Prose(words.heading(learner, figures), style="title")
    if not figures.days:
        invitation, begin = words.invitation(command)
        waiting = _facts([words.left_fact(figures), (_("Decks"), words.decks_text(figures))])
        parts: list[RenderableType] = [Group(title, Prose(invitation), Prose(begin, style="key")), waiting]
        return _apart([*parts, _Mastery(figures.topics)])
    return _apart(
        [
            Group(title, _facts(words.facts(figures))),
            _Calendar(figures),
            _Days(figures),
            _Retention(figures),
            _Forecast(figures),
            _Histograms(figures),
            _hardest(figures),
            _Mastery(figures.topics),
        ]
    )


def _apart(parts: Iterable[RenderableType]) -> Group:
    """The parts with an empty line between them."""
    lines = [line for part in parts for line in (Text(), part)]
    return Group(*lines[1:])


def _facts(facts: Iterable[words.Fact]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="quiet")
    table.add_column(overflow="fold")
    for what, text in facts:
        table.add_row(what, Prose(text))
    return table


def _drawn(text: str, options: ConsoleOptions) -> str:
    """The blocks, or what stands for them where the terminal writes ASCII only."""
    return text.translate(_ASCII) if options.ascii_only else text


# ── the calendar ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Weeks as columns, weekdays as rows: a year where there is room, else half of one, or what there is room for."""

    figures: Figures

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        names = [words.weekday_name(weekday) for weekday in range(7)]
        margin = max(map(cell_len, names)) + 1
        first = _first_monday(self.figures.day, (options.max_width - margin) // _WEEK)
        yield Prose(_("Reviews by day"), style="title")
        months = _months(first, self.figures.day, options.max_width - margin)
        yield Text(f"{'':{margin}}{months}", style="quiet", no_wrap=True)
        for weekday, name in enumerate(names):
            line = Text(f"{name}{'':{margin - cell_len(name)}}", style="quiet", no_wrap=True)
            for day in range(first + weekday, self.figures.day + 1, 7):
                line.append_text(self._square(day, options))
            yield line
        yield self._legend(margin, options)

    def _square(self, day: int, options: ConsoleOptions) -> Text:
        done = self.figures.days.get(day)
        reached = level(done.reviews, self.figures.borders) if done else 0
        return Text(f"{_drawn(_LEVELS[reached], options)} ", style="good" if reached else "quiet")

    def _legend(self, margin: int, options: ConsoleOptions) -> Text:
        named = words.level_names(self.figures.borders)
        texts = (f"{_drawn(_LEVELS[reached], options)} {text}" for reached, text in named)
        return Text(f"{'':{margin}}{'   '.join(texts)}", style="quiet")


def _first_monday(day: int, room: int) -> int:
    """Where the calendar begins, if there is room for so many weeks."""
    weeks = CALENDAR_WEEKS if room >= CALENDAR_WEEKS else max(1, min(_HALF_A_YEAR, room))
    return monday(day) - 7 * (weeks - 1)


def _months(first: int, today: int, room: int) -> str:
    """The months over the weeks in which they begin; the first week has its month if that does not end soon."""
    line = ""
    for column, start in enumerate(range(first, today + 1, 7)):
        date = as_date(min(max(start + 6, 1), LAST_DAY))
        name = words.month_name(date.month)
        place = _WEEK * column
        begins = date.day <= 7 or (column == 0 and date.day <= 21)
        if begins and len(line) <= place and place + len(name) <= room:
            line = f"{line:<{place}}{name} "
    return line.rstrip()


# ── charts of days ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Days:
    """Reviews and minutes of the last days."""

    figures: Figures

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        shown = self.figures.shown
        for title, values in (
            (_("Reviews a day"), [float(done.reviews) for _day, done in shown]),
            (_("Minutes a day"), [done.milliseconds / 60_000 for _day, done in shown]),
        ):
            chart = _chart(values, options)
            yield Prose(words.per_column(title, chart.length), style="title")
            yield from chart.lines()
            yield chart.dates(shown[0][0], shown[-1][0])


@dataclass(frozen=True, slots=True)
class _Forecast:
    """Due cards of the coming days; those that are overdue stand below today's."""

    figures: Figures

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        overdue, days = self.figures.forecast
        chart = _chart([float(overdue + days[0]), *map(float, days[1:])], options)
        yield Prose(words.per_column(_("Cards due a day"), chart.length), style="title")
        marked = min(_HEIGHT, max(1, round(overdue / chart.top * _HEIGHT))) if overdue else 0
        yield from chart.lines(marked)
        yield chart.dates(self.figures.day, self.figures.day + len(days) - 1)
        texts = [f"{name} {text}" for name, text in words.forecast_texts(self.figures)]
        yield Text(f"{'':{chart.margin}}{_drawn('▒', options)} {' · '.join(texts)}", style="quiet")


@dataclass(frozen=True, slots=True)
class _Chart:
    """Values as columns of `width`, each the average of `length` days, right of a margin for the figures."""

    values: Sequence[float]
    length: int
    width: int
    margin: int
    ascii_only: bool

    @property
    def top(self) -> float:
        """The greatest value."""
        return max(self.values)

    def lines(self, marked: int = 0) -> Iterator[Text]:
        """From the top to the foot; so many of the lowest cells of the first column are marked."""
        labels = {0: words.amount(self.top), _HEIGHT - 1: "0"} if self.top else {_HEIGHT - 1: "0"}
        axis, mark = ("|", "+") if self.ascii_only else ("│", "▒")
        for at, line in enumerate(columns(self.values, _HEIGHT, self.width, ascii_only=self.ascii_only)):
            start = mark * self.width if at >= _HEIGHT - marked else line[: self.width]
            label = (f"{labels.get(at, ''):>{self.margin - 2}} {axis}", "quiet")
            style = "half" if at >= _HEIGHT - marked else "accent"
            yield Text.assemble(label, (start, style), (line[self.width :].rstrip(), "accent"), no_wrap=True)

    def dates(self, first: int, last: int) -> Text:
        """The first date and the last under the columns."""
        start, end = words.date_text(first), words.date_text(last)
        space = self.width * len(self.values) - len(start) - len(end)
        text = f"{start}{'':{space}}{end}" if space > 0 else start if first == last else f"{start} – {end}"
        return Text(f"{'':{self.margin}}{text}", style="quiet", no_wrap=True)


def _chart(values: Sequence[float], options: ConsoleOptions) -> _Chart:
    """As few days a column as there is room for."""
    margin = len(words.amount(max(values))) + 2
    room = max(1, options.max_width - margin)
    length = span_length(len(values), room)
    parts = averages(values, length)
    width = min(_WIDEST_COLUMN, max(1, room // len(parts)))
    return _Chart(parts, length, width, margin, options.ascii_only)


# ── tables with bars ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Filled:
    """A bar of characters, so many of each: as blocks, or in ASCII."""

    parts: Sequence[tuple[str, int, str]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        parts = ((_drawn(character, options) * length, style) for character, length, style in self.parts)
        yield Text.assemble(*parts, no_wrap=True)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        width = sum(length for _character, length, _style in self.parts)
        return Measurement(width, width)


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar of so many columns, in eighths where there are blocks; none for nothing."""

    length: float

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield Text(bar(self.length, ascii_only=options.ascii_only) if self.length else "", style="accent")


@dataclass(frozen=True, slots=True)
class _Retention:
    """A bar a band, as wide as there is room for beside the figures."""

    figures: Figures

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        rows = words.retention_rows(self.figures)
        texts = [(name, words.share_text(share), f"n = {share.reviews}") for name, share in rows]
        taken = sum(max(map(cell_len, column)) for column in zip(*texts, strict=True))
        width = max(1, min(_BAR, options.max_width - taken - _GAPS))
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(width=width)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(justify="right", no_wrap=True, style="quiet")
        for (_name, share), (name, percent, of) in zip(rows, texts, strict=True):
            table.add_row(name, _share(share, width), percent, of)
        yield Prose(words.retention_title(self.figures), style="title")
        yield table
        yield from (Prose(note, style="quiet") for note in words.retention_notes(self.figures))


def _share(share: Share, width: int) -> _Filled:
    """A bar with dots for what was not remembered; full only where all was. Nothing for a share of nothing."""
    filled = share.remembered * width // share.reviews if share.reviews else 0
    return _Filled([("█", filled, "good"), ("·", width - filled if share.reviews else 0, "quiet")])


def _bar_width(options: ConsoleOptions) -> int:
    return _BAR if options.max_width >= _NARROWEST_PAIR else _SHORT_BAR


@dataclass(frozen=True, slots=True)
class _Histograms:
    """The intervals and the eases, side by side where there is room."""

    figures: Figures

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        intervals = [(words.days_band(band), count) for band, count in self.figures.intervals]
        eases = [(words.ease_band(band), count) for band, count in self.figures.eases]
        drawn = _histogram(_("Cards by interval"), intervals), _histogram(_("Cards by ease"), eases)
        if options.max_width < _NARROWEST_PAIR:
            yield Group(drawn[0], Text(), drawn[1])
            return
        pair = Table.grid(padding=(0, 4, 0, 0))
        pair.add_row(*drawn)
        yield pair


def _histogram(title: str, rows: Sequence[tuple[str, int]]) -> RenderableType:
    most = max(count for _name, count in rows) or 1
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(width=_HISTOGRAM_BAR)
    table.add_column(justify="right", no_wrap=True)
    for name, count in rows:
        table.add_row(name, _Bar(_HISTOGRAM_BAR * count / most), str(count))
    return Group(Prose(title, style="title"), table)


def _hardest(figures: Figures) -> RenderableType:
    title = Prose(_("Hardest cards"), style="title")
    if not figures.hardest:
        return Group(title, Prose(_("None: no card was forgotten after having been known."), style="quiet"))
    lines: list[RenderableType] = [title]
    for hard in figures.hardest:
        lines.append(Text.assemble((clean(hard.id), "key"), "  ", words.lapses_text(hard), overflow="fold"))
        lines.append(Text(f"{_INDENT}{whole_line(hard.prompt)}", style="quiet", no_wrap=True, overflow="ellipsis"))
    return Group(*lines)


@dataclass(frozen=True, slots=True)
class _Mastery:
    """A stacked bar a topic; a deck where there are very many."""

    topics: Sequence[Topic]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        decks = by_deck(self.topics)
        if len(decks) > _MOST_DECKS or len(self.topics) > _MOST_TOPICS:
            yield Prose(_("Decks: how far the cards have come"), style="title")
            yield self._table(decks, _bar_width(options), headed=False)
            yield _Legend(words.totals(decks))
            yield Prose(_("Topic by topic: {command}").format(command="quizdock stats DECK"), style="quiet")
        else:
            yield Prose(_("Topics: how far the cards have come"), style="title")
            yield self._table(self.topics, _bar_width(options), headed=len(decks) > 1)
            yield _Legend(words.totals(self.topics))

    def _table(self, rows: Sequence[Topic], width: int, *, headed: bool) -> Table:
        """The rows, under their deck's title where they are `headed`."""
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
        table.add_column(width=width)
        for _stage in _STAGES:
            table.add_column(justify="right", no_wrap=True)
        table.add_row("", "", *(_Filled([(stage, 1, style)]) for stage, style in _STYLED_STAGES))
        for _deck, group in groupby(rows, key=lambda topic: topic.deck):
            for at, topic in enumerate(group):
                if headed and at == 0:
                    table.add_row(Text(clean(topic.deck_title), style="title"))
                title = f"{_INDENT if headed else ''}{clean(topic.title)}"
                table.add_row(Text(title), _stacked(topic, width), *map(str, topic.stages))
        return table


def _stacked(topic: Topic, width: int) -> _Filled:
    places = shares(topic.stages, width)
    return _Filled([(stage, place, style) for (stage, style), place in zip(_STYLED_STAGES, places, strict=True)])


@dataclass(frozen=True, slots=True)
class _Legend:
    """What the characters of the stacked bars mean, and how many cards there are of each in all."""

    totals: Sequence[int]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        stages = zip(_drawn(_STAGES, options), words.stage_names(), self.totals, strict=True)
        yield Prose("   ".join(f"{character} {count} {name}" for character, name, count in stages), style="quiet")
