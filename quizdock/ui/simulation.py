"""Simulations in words and in lines: a row of grades, and a pace."""

from collections.abc import Iterator, Sequence
from math import log2
from typing import TextIO

from quizdock.core.cleaning import clean
from quizdock.core.days import as_date
from quizdock.core.simulation import MATURE, NEW_KNOWN, Answered, Simulation, spans
from quizdock.core.sm2 import REPEAT_BELOW
from quizdock.ui.figures import number_text, percent_text
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext
from quizdock.ui.wording import (
    ease_in_words,
    grade_name,
    interval_text,
)

AGAIN = "↻"
"""Stands at a grade after which the card comes back on the same day."""

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_ACROSS = " ▏▎▍▌▋▊▉█"
_SPANS = (1, 7, 28, 91, 365)
"""Days that a bar or a line may stand for."""
_LINES = 14
_DOUBLING = 5
"""Columns of a bar for each doubling, where there is room for so many."""


def show_answers(row: Sequence[Answered], left_out: int, sink: TextIO) -> None:
    """Each answer in a line, then what is to be known about them."""
    sink.writelines(f"{line}\n" for line in (*answer_lines(row), *answer_notes(row, left_out)))


def show_simulation(simulation: Simulation, sink: TextIO) -> None:
    """The pace in sentences, and the reviews of a dozen spans instead of a picture."""
    lines = [
        heading(simulation),
        *(_("{what}: {text}").format(what=what, text=text) for what, text in facts(simulation)),
        *span_lines(simulation),
        *assumptions(simulation),
    ]
    sink.writelines(f"{line}\n" for line in lines)


# ── a row of grades ────────────────────────────────────────────────────────────────────────────────


def answer_lines(row: Sequence[Answered]) -> Iterator[str]:
    """Each answer in a line."""
    for each in row:
        line = _("{number}. Day {day}, {date}: {grade}. Repetitions {repetitions}, interval {interval}, ease {ease}")
        start = line.format(
            number=each.number,
            day=each.day - row[0].day,
            date=as_date(each.day),
            grade=_("{grade}, again that day").format(grade=_graded(each)) if each.again_today else _graded(each),
            repetitions=each.schedule.repetitions,
            interval=_("{n} d").format(n=each.schedule.interval),
            ease=_ease(each),
        )
        yield _("{answer}, next due {due}.").format(answer=start, due=as_date(each.schedule.due))


def answer_notes(row: Sequence[Answered], left_out: int) -> Iterator[str]:
    """What a grade below 4 means, where there is one, and whether the calendar had an end."""
    again = sum(each.again_today for each in row)
    if again:
        yield ngettext(
            "{n} answer is graded below {grade}: the card comes back that day until known; its schedule moves once.",
            "{n} answers are graded below {grade}: the card comes back that day until known; its schedule moves once.",
            again,
        ).format(n=again, grade=REPEAT_BELOW)
    if left_out:
        yield ngettext(
            "{n} answer is left out: the calendar ends before it.",
            "{n} answers are left out: the calendar ends before them.",
            left_out,
        ).format(n=left_out)


def marked_notes(row: Sequence[Answered], left_out: int) -> Iterator[str]:
    """The same under a table, with the mark that stands in its rows."""
    marked = any(each.again_today for each in row)
    for at, note in enumerate(answer_notes(row, left_out)):
        yield f"{AGAIN} {note}" if marked and at == 0 else note


def answer_cells(each: Answered, first: int) -> list[str]:
    """An answer as a row of a table."""
    schedule = each.schedule
    return [
        str(each.number),
        str(each.day - first),
        as_date(each.day).isoformat(),
        f"{_graded(each)} {AGAIN}" if each.again_today else _graded(each),
        str(schedule.repetitions),
        str(schedule.interval),
        _ease(each),
        as_date(schedule.due).isoformat(),
    ]


def answer_headers() -> list[str]:
    """What the cells are."""
    return [_("No."), _("Day"), _("Date"), _("Grade"), _("Reps"), _("Interval"), _("Ease"), _("Next due")]


def _graded(each: Answered) -> str:
    return f"{each.grade} {grade_name(each.grade)}"


def _ease(each: Answered) -> str:
    return ease_in_words(each.schedule.ease)


def interval_bars(row: Sequence[Answered], width: int, *, ascii_only: bool = False) -> list[tuple[str, str, str]]:
    """For each answer its label, its bar and the interval: bars as long as the logarithm of the days."""
    labels = [f"{each.number:>{len(str(len(row)))}}  {_graded(each)}  " for each in row]
    days = [interval_text(each.schedule.interval) for each in row]
    lengths = [1 + log2(each.schedule.interval) for each in row]
    label = max(map(len, labels))
    room = max(1, width - label - max(map(len, days)) - 1)
    unit = min(_DOUBLING, room / max(lengths))
    return [
        (text.ljust(label), bar(unit * length, ascii_only=ascii_only), interval)
        for text, length, interval in zip(labels, lengths, days, strict=True)
    ]


def bar(length: float, *, ascii_only: bool = False) -> str:
    """A bar of so many columns, at least something of one."""
    if ascii_only:
        return "#" * max(1, round(length))
    whole, eighths = divmod(max(1, round(8 * length)), 8)
    return "█" * whole + _ACROSS[eighths].strip()


# ── a pace ─────────────────────────────────────────────────────────────────────────────────────────


def heading(simulation: Simulation) -> str:
    """What was simulated."""
    cards = ngettext("{n} card", "{n} cards", simulation.cards).format(n=simulation.cards)
    days = ngettext("{n} day from {date} on", "{n} days from {date} on", len(simulation.days)).format(
        n=len(simulation.days), date=as_date(simulation.days[0].day)
    )
    return " · ".join([", ".join(map(clean, simulation.decks)), cards, days, _seed(simulation)])


def _seed(simulation: Simulation) -> str:
    return _("seed {seed}").format(seed=simulation.seed)


def facts(simulation: Simulation) -> list[tuple[str, str]]:
    """What the pace comes to, each fact with its name."""
    return [
        (_("Reviews"), _reviews(simulation)),
        (_("Time"), _time(simulation)),
        (_("Busiest day"), _busiest(simulation)),
        (_("New cards"), _new(simulation)),
        (_("Mature"), _mature(simulation)),
        (_("Backlog"), _backlog(simulation)),
    ]


def _reviews(simulation: Simulation) -> str:
    total, days = simulation.total, len(simulation.days)
    drills = ngettext("{n} drill", "{n} drills", total.drills).format(n=total.drills)
    text = ngettext(
        "{n}, {average} a day on average; {drills} come on top",
        "{n}, {average} a day on average; {drills} come on top",
        total.reviews,
    )
    return text.format(n=total.reviews, average=_rounded(total.reviews / days), drills=drills)


def _time(simulation: Simulation) -> str:
    minutes = simulation.total.milliseconds / 60_000
    return _("{average} min a day on average, {hours} h in all").format(
        average=_rounded(minutes / len(simulation.days)), hours=_rounded(minutes / 60)
    )


def _busiest(simulation: Simulation) -> str:
    day = simulation.busiest
    reviews = ngettext("{n} review", "{n} reviews", day.done.reviews).format(n=day.done.reviews)
    drills = ngettext("{n} drill", "{n} drills", day.done.drills).format(n=day.done.drills)
    minutes = _("{n} min").format(n=_rounded(day.done.milliseconds / 60_000))
    return f"{_dated(simulation, day.day)} · {reviews} · {drills} · {minutes}"


def _new(simulation: Simulation) -> str:
    unmet = simulation.days[-1].unmet
    if unmet:
        return ngettext("{n} is not met by the end", "{n} are not met by the end", unmet).format(n=unmet)
    if simulation.last_new is None:
        return _("none")
    return _("the last one is met on {day}").format(day=_dated(simulation, simulation.last_new))


def _mature(simulation: Simulation) -> str:
    mature = simulation.days[-1].mature
    percent = percent_text(100 * mature // simulation.cards)  # rounded down: 100 % is all of them
    return _("{mature} of {cards} cards at the end ({percent}), with intervals of {days} days or more").format(
        mature=mature, cards=simulation.cards, percent=percent, days=MATURE
    )


def _backlog(simulation: Simulation) -> str:
    days = simulation.days_with_backlog
    if not days:
        return _("none; the limits leave room for every due card")
    worst = simulation.longest_backlog
    return ngettext(
        "on {n} day due cards have to wait, {most} at most on {day}",
        "on {n} days due cards have to wait, {most} at most on {day}",
        days,
    ).format(n=days, most=worst.backlog, day=_dated(simulation, worst.day))


def _dated(simulation: Simulation, day: int) -> str:
    return _("{date} (day {number})").format(date=as_date(day), number=day - simulation.days[0].day + 1)


def assumptions(simulation: Simulation) -> list[str]:
    """What the figures rest on, in sentences."""
    who = _("You begin where you stand now.") if simulation.from_now else _("You begin with nothing met.")
    limits = _("At most {new} new and {reviews} due cards a day.").format(
        new=simulation.new_per_day, reviews=simulation.reviews_per_day
    )
    known = _("Of the due cards {percent} are remembered (graded 4; one in ten 5, one in ten 3).").format(
        percent=percent_text(simulation.retention)
    )
    new = _("New cards are known {percent} of the time. The others are graded 1 or 2.").format(
        percent=percent_text(100 * NEW_KNOWN)
    )
    again = _("What is graded below {grade} is drilled once that day. Each answer takes {seconds} s.").format(
        grade=REPEAT_BELOW, seconds=simulation.seconds
    )
    return [f"{who} {limits}", known, new, again]


def span_lines(simulation: Simulation) -> Iterator[str]:
    """Reviews a day, span by span, for those who see no picture."""
    first = simulation.days[0].day
    for span in spans(simulation.days, span_length(len(simulation.days), _LINES)):
        text = _("{average} reviews a day, at most {most}").format(average=_rounded(span.average), most=span.most)
        what = _("Days {first} to {last}").format(first=span.first - first + 1, last=span.last - first + 1)
        if span.first == span.last:
            text = ngettext("{n} review", "{n} reviews", span.most).format(n=span.most)
            what = _("Day {first}").format(first=span.first - first + 1)
        yield _("{what}: {text}").format(what=what, text=text)


def span_length(days: int, room: int) -> int:
    """The fewest days that a part has to have, if there is only room for so many parts."""
    return next((length for length in _SPANS if days <= length * room), -(-days // room))


def picture_title(length: int) -> str:
    """What the picture shows."""
    if length == 1:
        return _("Reviews a day")
    return ngettext(
        "Reviews a day, on average over {n} day a column", "Reviews a day, on average over {n} days a column", length
    ).format(n=length)


def columns(values: Sequence[float], height: int, width: int = 1, *, ascii_only: bool = False) -> list[str]:
    """The values as columns, from the top line to the bottom one; the greatest reaches the top.

    What is not nothing shows at least an eighth.
    """
    top = max(values) or 1
    steps = 1 if ascii_only else 8
    heights = [max(value > 0, round(value / top * height * steps)) for value in values]
    blocks = " #" if ascii_only else _EIGHTHS
    lines = range(height - 1, -1, -1)
    return ["".join(blocks[min(steps, max(0, each - line * steps))] * width for each in heights) for line in lines]


def _rounded(number: float) -> str:
    return number_text(round(number, 1))
