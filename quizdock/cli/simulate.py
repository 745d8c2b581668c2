"""`quizdock simulate`."""

import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

import click
from click.core import ParameterSource

from quizdock.cli.clock import clock_of
from quizdock.cli.completion import complete_decks
from quizdock.cli.home import find_home
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say_json
from quizdock.cli.sources import look_up
from quizdock.cli.workspace import workspace
from quizdock.core.cleaning import echo
from quizdock.core.days import as_date, study_day
from quizdock.core.simulation import MATURE, Answered, Day, Simulation, answers
from quizdock.core.sm2 import GRADES, ease_text
from quizdock.ui.translations import gettext as _
from quizdock.ui.wording import grade_name

MOST_GRADES = 1000
LARGEST_SEED = 2**31 - 1
_OF_GRADES = {"late"}
_OF_DECKS = {"days", "retention", "new", "reviews", "seconds", "seed", "from_now"}
_SEPARATORS = re.compile(r"[,;\s]+")


class _Date(click.ParamType[int]):
    """A date as `2026-11-23`; its value is the day's ordinal."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        try:
            return date.fromisoformat(value).toordinal()
        except ValueError:
            self.fail(_("{value!r} is not a date. Write it as 2026-11-23.").format(value=echo(value)), param, ctx)


def _grades(ctx: click.Context, _parameter: click.Parameter, words: Sequence[str]) -> list[int]:
    """The grades in these words. A word that stands alone is read digit by digit."""
    for word in words:
        if word.startswith("-") and not word[1:2].isdigit():
            raise click.NoSuchOption(word.partition("=")[0], possibilities=_options(ctx), ctx=ctx)
    apart = [each for word in words for each in _SEPARATORS.split(word) if each]
    apart = list(apart[0]) if len(apart) == 1 and apart[0].isdecimal() else apart
    if len(apart) > MOST_GRADES:
        raise click.UsageError(_("At most {most} grades, please.").format(most=MOST_GRADES), ctx)
    known = {str(grade): grade for grade in GRADES}
    for place, each in enumerate(apart, 1):
        if each not in known:
            raise click.UsageError(_no_grade(each, place, len(apart)), ctx)
    return [known[each] for each in apart]


def _no_grade(word: str, place: int, of: int) -> str:
    """Where it stands, and what is allowed."""
    where = _("Grade {place} of {of} is “{word}”, which is none.").format(place=place, of=of, word=echo(word))
    allowed = ", ".join(f"{grade} {grade_name(grade)}" for grade in GRADES)
    return f"{where} " + _("Grades are {allowed}; write them as 5 4 3 or as 543.").format(allowed=allowed)


def _options(ctx: click.Context) -> list[str]:
    return [name for parameter in ctx.command.params for name in parameter.opts if name.startswith("--")]


@command("simulate", _("Show what SM-2 makes of a row of grades, or of a year with a deck at this pace."))
@click.argument("grades", nargs=-1, metavar="[GRADE]...", callback=_grades)
@click.option(
    "--late",
    type=click.IntRange(0, 100_000),
    metavar="N",
    default=0,
    help=_("Each answer so many days after it was due."),
)
@click.option("--start", type=_Date(), metavar="DATE", help=_("The first day; today unless said."))
@click.option(
    "--deck", "decks", multiple=True, metavar="DECK", shell_complete=complete_decks, help=_("Study this deck.")
)
@click.option(
    "--days", type=click.IntRange(1, 3650), metavar="N", default=365, show_default=True, help=_("How many days.")
)
@click.option(
    "--retention",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    default=90,
    show_default=True,
    help=_("How many of the due cards are remembered."),
)
@click.option(
    "--new", type=click.IntRange(0, 100_000), metavar="N", help=_("New cards a day, instead of the settings'.")
)
@click.option(
    "--reviews", type=click.IntRange(0, 100_000), metavar="N", help=_("Due cards a day, instead of the settings'.")
)
@click.option(
    "--seconds",
    type=click.IntRange(0, 3600),
    metavar="N",
    default=12,
    show_default=True,
    help=_("How long an answer takes."),
)
@click.option(
    "--seed",
    type=click.IntRange(0, LARGEST_SEED),
    metavar="N",
    default=1,
    show_default=True,
    help=_("The same seed throws the same dice."),
)
@click.option("--from-now", is_flag=True, help=_("Begin where you stand now, not with nothing met."))
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
@click.pass_context
def simulate(
    ctx: click.Context,
    options: Globals,
    /,
    grades: list[int],
    late: int,
    start: int | None,
    decks: tuple[str, ...],
    plain: bool,
    as_json: bool,
    **pace: Any,
) -> None:
    """Simulate, and write nothing."""
    _expect_one_way(ctx, grades, decks)
    if grades:
        row = list(answers(grades, _today(options) if start is None else start, late))
        _show_answers(row, len(grades) - len(row), late, plain, as_json)
    else:
        _show_simulation(_simulated(options, decks, start, **pace), plain, as_json)


simulate.context_settings["ignore_unknown_options"] = True  # -1 is no option, but a wrong grade, which we say


def _expect_one_way(ctx: click.Context, grades: Sequence[int], decks: Sequence[str]) -> None:
    """Refuse both ways at once, none, and options of the other one."""
    if bool(grades) == bool(decks):
        raise click.UsageError(_("Say grades, as in 5 4 3, or a deck, as in --deck DECK."), ctx)
    strange = _OF_DECKS if grades else _OF_GRADES
    for name in ctx.params:
        if name in strange and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            option = f"--{name.replace('_', '-')}"
            text = _("{option} belongs to --deck DECK.") if grades else _("{option} belongs to a row of grades.")
            raise click.UsageError(text.format(option=option), ctx)
    if ctx.params["from_now"] and ctx.params["start"] is not None:
        raise click.UsageError(_("--from-now begins today: leave --start out."), ctx)


def _today(options: Globals) -> int:
    settings = look_up(options, find_home(options.home, os.environ)).settings()
    return study_day(clock_of(os.environ).now(), settings.rollover)


def _simulated(
    options: Globals, decks: Sequence[str], start: int | None, from_now: bool, seed: int, **figures: int
) -> Simulation:
    from quizdock.sessions.simulation import Pace, first_day
    from quizdock.sessions.simulation import simulate as run

    with workspace(options) as work:
        work.tell_notices()
        learner = work.learner if from_now else None
        begin = first_day(work.store, work.learner, work.today) if from_now else work.today if start is None else start
        pace = Pace(start=begin, seed=seed, **figures)
        return run(work.store, work.scope(decks), work.settings, pace, Random(seed).random, learner)


def _show_answers(row: Sequence[Answered], left_out: int, late: int, plain: bool, as_json: bool) -> None:
    if as_json:
        first = as_date(row[0].day).isoformat()
        say_json(
            {"start": first, "late": late, "left_out": left_out, "answers": [_answer(each, row[0]) for each in row]}
        )
    elif plain:
        from quizdock.ui.simulation import show_answers

        show_answers(row, left_out, sys.stdout)
    else:
        from quizdock.ui.simulation_screen import answers_view
        from quizdock.ui.tables import show

        show(answers_view(row, left_out))


def _show_simulation(simulation: Simulation, plain: bool, as_json: bool) -> None:
    if as_json:
        say_json(_as_json(simulation))
    elif plain:
        from quizdock.ui.simulation import show_simulation

        show_simulation(simulation, sys.stdout)
    else:
        from quizdock.ui.simulation_screen import simulation_view
        from quizdock.ui.tables import show

        show(simulation_view(simulation))


def _answer(each: Answered, first: Answered) -> dict[str, object]:
    """`day` counts from the first answer's."""
    return {
        "number": each.number,
        "day": each.day - first.day,
        "date": as_date(each.day).isoformat(),
        "grade": each.grade,
        "again_today": each.again_today,
        "repetitions": each.schedule.repetitions,
        "interval": each.schedule.interval,
        "ease": ease_text(each.schedule.ease),
        "due": as_date(each.schedule.due).isoformat(),
    }


def _as_json(simulation: Simulation) -> dict[str, object]:
    total, last_new = simulation.total, simulation.last_new
    return {
        "decks": list(simulation.decks),
        "cards": simulation.cards,
        "start": as_date(simulation.days[0].day).isoformat(),
        "days": len(simulation.days),
        "retention": simulation.retention,
        "new_per_day": simulation.new_per_day,
        "reviews_per_day": simulation.reviews_per_day,
        "seconds": simulation.seconds,
        "seed": simulation.seed,
        "from_now": simulation.from_now,
        "new": total.new,
        "reviews": total.reviews,
        "drills": total.drills,
        "minutes": round(total.milliseconds / 60_000, 1),
        "last_new": None if last_new is None else as_date(last_new).isoformat(),
        "unmet": simulation.days[-1].unmet,
        "mature": simulation.days[-1].mature,
        "mature_from": MATURE,
        "busiest": as_date(simulation.busiest.day).isoformat(),
        "days_with_backlog": simulation.days_with_backlog,
        "series": [_day(each) for each in simulation.days],
    }


def _day(each: Day) -> dict[str, object]:
    return {
        "day": as_date(each.day).isoformat(),
        "new": each.done.new,
        "reviews": each.done.reviews,
        "drills": each.done.drills,
        "minutes": round(each.done.milliseconds / 60_000, 1),
        "backlog": each.backlog,
        "buried": each.buried,
        "mature": each.mature,
        "unmet": each.unmet,
    }
