"""A learner's figures in words, one fact a line: for screen readers, and shared by the drawings."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from quizdock.core.cleaning import clean
from quizdock.core.days import as_date
from quizdock.core.journal import Today
from quizdock.core.simulation import MATURE
from quizdock.core.sm2 import LAST_DAY
from quizdock.core.statistics import CALENDAR_WEEKS, Band, Figures, Hard, Share, Topic, averages, monday
from quizdock.ui.figures import duration_text, number_text
from quizdock.ui.simulation import span_length
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext
from quizdock.ui.wording import (
    ease_in_words,
    whole_line,
)

NOTHING = "—"
"""Stands for a share of nothing."""

_LINES = 31
"""Days, or parts of the window, that are told one by one."""

Fact = tuple[str, str]


def show_plain(learner: str, figures: Figures, command: str, sink: TextIO) -> None:
    """Every figure in words, or how to begin. `command` is what to type to study these decks."""
    sink.writelines(f"{line}\n" for line in plain_lines(learner, figures, command))


def plain_lines(learner: str, figures: Figures, command: str) -> Iterator[str]:
    """One fact a line."""
    yield heading(learner, figures)
    if not figures.days:
        yield from invitation(command)
    for what, text in _all_facts(figures):
        yield _("{what}: {text}").format(what=what, text=text)


def _all_facts(figures: Figures) -> Iterator[Fact]:
    if figures.days:
        yield from facts(figures)
        yield from _calendar_facts(figures)
        yield from _day_facts(figures)
        yield from _retention_facts(figures)
        yield from _forecast_facts(figures)
        yield from _card_facts(figures)
    else:
        yield left_fact(figures)
    yield from ((_topic_name(topic), stages_text(topic)) for topic in figures.topics)


# ── what was done ──────────────────────────────────────────────────────────────────────────────────


def heading(learner: str, figures: Figures) -> str:
    """Whose figures they are, of which day."""
    return f"QuizDock · {clean(learner)} · {as_date(figures.day)}"


def decks_text(figures: Figures) -> str:
    """The titles of the decks, or how many there are where a line could not hold them."""
    if len(figures.decks) > 5:
        return ngettext("{n} deck", "{n} decks", len(figures.decks)).format(n=len(figures.decks))
    return ", ".join(map(clean, figures.decks))


def invitation(command: str) -> list[str]:
    """What somebody reads who has not answered anything yet."""
    return [
        _("There is nothing to show yet: your calendar begins with your first answer."),
        _("To begin: {command}").format(command=clean(command)),
    ]


def facts(figures: Figures) -> list[Fact]:
    """The figures that are a line."""
    return [
        (_("Today"), done_text(figures.today)),
        left_fact(figures),
        (_("Streak"), _streak_text(figures)),
        (_("In all"), _total_text(figures)),
        (_("Decks"), decks_text(figures)),
    ]


def left_fact(figures: Figures) -> Fact:
    """What is left for today."""
    due = ngettext("{n} card to repeat", "{n} cards to repeat", figures.due).format(n=figures.due)
    new = ngettext("{n} new", "{n} new ones", figures.new).format(n=figures.new)
    return _("Left today"), f"{due}, {new}"


def done_text(done: Today) -> str:
    """What was done on a day, and how long it took."""
    reviews = ngettext("{n} review", "{n} reviews", done.reviews).format(n=done.reviews)
    if done.new:
        new = ngettext("{n} of them new", "{n} of them new", done.new).format(n=done.new)
        reviews = f"{reviews}, {new}"
    drills = ngettext("{n} drill", "{n} drills", done.drills).format(n=done.drills)
    return f"{reviews} · {drills} · {duration_text(done.milliseconds // 1000)}"


def _streak_text(figures: Figures) -> str:
    days = ngettext("{n} day", "{n} days", figures.streak).format(n=figures.streak)
    longest = ngettext("{n} day at best", "{n} days at best", figures.longest).format(n=figures.longest)
    return f"{days}, {longest}"


def _total_text(figures: Figures) -> str:
    total = figures.total
    reviews = ngettext("{n} review", "{n} reviews", total.reviews).format(n=total.reviews)
    on_days = ngettext("on {n} day", "on {n} days", figures.studied).format(n=figures.studied)
    hours = _("{n} h").format(n=amount(total.milliseconds / 3_600_000))
    return f"{reviews} {on_days}, {hours}"


def amount(number: float) -> str:
    """A number with one decimal; with none where it has three digits or more, with two where it is less than one."""
    return str(round(number)) if number >= 100 else number_text(round(number, 1 if number >= 1 else 2))


# ── days ───────────────────────────────────────────────────────────────────────────────────────────


def level_names(borders: Sequence[int]) -> list[tuple[int, str]]:
    """Each level of the calendar that a day may have, and which figures it stands for."""
    named = [(0, "0")]
    for level, (low, following) in enumerate(zip(borders, (*borders[1:], None), strict=True), 1):
        if following is None:
            named.append((level, f"≥ {low}"))
        elif following > low:
            named.append((level, str(low) if following - 1 == low else f"{low}–{following - 1}"))
    return named


def month_name(month: int) -> str:
    """A month, short; January is 1."""
    names = (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
    return names[month - 1]


def weekday_name(weekday: int) -> str:
    """A day of the week, short; Monday is 0."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[weekday]


def per_column(text: str, length: int) -> str:
    """What a chart of days shows, where a column stands for several of them."""
    if length == 1:
        return text
    days = ngettext("on average over {n} day a column", "on average over {n} days a column", length).format(n=length)
    return f"{text}, {days}"


def _calendar_facts(figures: Figures) -> Iterator[Fact]:
    first = monday(figures.day) - 7 * (CALENDAR_WEEKS - 1)
    year = {day: done.reviews for day, done in figures.days.items() if day >= first and done.reviews}
    of = figures.day - first + 1
    yield (
        _("Days with a review in a year"),
        _("{n} of {days}").format(n=len(year), days=of),
    )
    if year:
        busiest = max(year, key=lambda day: year[day])
        reviews = ngettext("{n} review", "{n} reviews", year[busiest]).format(n=year[busiest])
        yield _("Busiest day"), f"{as_date(busiest)}, {reviews}"


def _day_facts(figures: Figures) -> Iterator[Fact]:
    """The days of the window on which anything was done; parts of it where it is long."""
    shown = figures.shown
    length = span_length(len(shown), _LINES)
    if length == 1:
        yield from ((str(as_date(day)), done_text(done)) for day, done in shown if done.reviews or done.drills)
        return
    reviews = averages([done.reviews for _day, done in shown], length)
    minutes = averages([done.milliseconds / 60_000 for _day, done in shown], length)
    for at, (many, long) in enumerate(zip(reviews, minutes, strict=True)):
        if many or long:
            first, last = shown[at * length][0], shown[min(len(shown), (at + 1) * length) - 1][0]
            what = _("{first} to {last}").format(first=date_text(first), last=date_text(last))
            yield what, _("{n} reviews and {minutes} min a day").format(n=amount(many), minutes=amount(long))


def date_text(day: int) -> str:
    """The date of a day, or of the calendar's nearest one."""
    return as_date(min(max(day, 1), LAST_DAY)).isoformat()


# ── retention, what comes up ───────────────────────────────────────────────────────────────────────


def retention_title(figures: Figures) -> str:
    """What the shares are, and of which time."""
    if figures.since is None:
        return _("True retention, all time")
    return _("True retention since {date}").format(date=date_text(figures.since))


def retention_notes(figures: Figures) -> Iterator[str]:
    """What counts, and how much was left out."""
    yield _("Due cards graded 3 or better at the day's first answer, by the interval until then.")
    ahead = figures.retention.ahead
    if ahead:
        yield ngettext(
            "{n} review ahead of its due day does not count.", "{n} reviews ahead of their due day do not count.", ahead
        ).format(n=ahead)


def retention_rows(figures: Figures) -> list[tuple[str, Share]]:
    """Each band's share, then those of young and mature cards, and of all."""
    retention = figures.retention
    return [
        *((days_band(band), share) for band, share in retention.bands),
        (_("young, < {days} d").format(days=MATURE), retention.young),
        (_("mature, ≥ {days} d").format(days=MATURE), retention.mature),
        (_("all"), retention.all),
    ]


def share_text(share: Share) -> str:
    """A percentage with one decimal, rounded down so that 100 is all of them; a dash for a share of nothing."""
    if not share.reviews:
        return NOTHING
    tenths = 1000 * share.remembered // share.reviews
    return _("{number} %").format(number=f"{tenths / 10:.1f}".replace(".", _(".")))


def _retention_facts(figures: Figures) -> Iterator[Fact]:
    for name, share in retention_rows(figures):
        of = ngettext("of {n} review", "of {n} reviews", share.reviews).format(n=share.reviews)
        yield f"{retention_title(figures)}, {name}", f"{share_text(share)} {of}"


def forecast_texts(figures: Figures) -> list[Fact]:
    """What is overdue, due today and due tomorrow, each with its name."""
    overdue, days = figures.forecast
    return [(_("overdue"), str(overdue)), (_("due today"), str(days[0])), (_("due tomorrow"), str(days[1]))]


def _forecast_facts(figures: Figures) -> Iterator[Fact]:
    overdue, days = figures.forecast
    yield _("Cards overdue"), str(overdue)
    for day, count in enumerate(days, figures.day):
        if count or day == figures.day:
            yield _("Cards due on {date}").format(date=date_text(day)), str(count)


# ── cards ──────────────────────────────────────────────────────────────────────────────────────────


def days_band(band: Band) -> str:
    """Intervals from when to when."""
    return _("{n} d").format(n=_range(str(band.low), None if band.high is None else str(band.high)))


def ease_band(band: Band) -> str:
    """Eases from which to which."""
    return _range(_ease(band.low), None if band.high is None else _ease(band.high))


def _range(low: str, high: str | None) -> str:
    if high is None:
        return f"≥ {low}"
    return low if low == high else f"{low}–{high}"


def _ease(ease: int) -> str:
    return ease_in_words(ease)


def _card_facts(figures: Figures) -> Iterator[Fact]:
    for band, count in figures.intervals:
        if count:
            yield _("Cards with an interval of {band}").format(band=days_band(band)), str(count)
    for band, count in figures.eases:
        if count:
            yield _("Cards with an ease of {band}").format(band=ease_band(band)), str(count)
    for hard in figures.hardest:
        yield _("Hard card {id}").format(id=clean(hard.id)), f"{lapses_text(hard)}. {whole_line(hard.prompt)}"


def lapses_text(hard: Hard) -> str:
    """How often it was forgotten, its ease, and whether it is suspended."""
    lapses = ngettext("forgotten {n} time", "forgotten {n} times", hard.lapses).format(n=hard.lapses)
    text = _("{lapses}, ease {ease}").format(lapses=lapses, ease=_ease(hard.ease))
    return _("{text}, suspended").format(text=text) if hard.suspended else text


def stage_names() -> tuple[str, str, str, str]:
    """The stages of `Topic.stages`."""
    return _("mature, ≥ {days} d").format(days=MATURE), _("learning"), _("new"), _("suspended")


def stages_text(topic: Topic) -> str:
    """How many cards have come how far."""
    texts = (
        ngettext("{n} mature", "{n} mature", topic.mature).format(n=topic.mature),
        ngettext("{n} learning", "{n} learning", topic.learning).format(n=topic.learning),
        ngettext("{n} new", "{n} new ones", topic.new).format(n=topic.new),
        ngettext("{n} suspended", "{n} suspended", topic.suspended).format(n=topic.suspended),
    )
    return ", ".join(texts)


def totals(topics: Iterable[Topic]) -> list[int]:
    """The stages of all topics together."""
    stages = [topic.stages for topic in topics]
    return [sum(each[at] for each in stages) for at in range(len(stage_names()))]


def _topic_name(topic: Topic) -> str:
    title, deck = clean(topic.title), clean(topic.deck_title)
    return f"{deck} › {title}" if topic.topic else deck
