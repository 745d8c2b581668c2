"""`quizdock stats`."""

import sys
from collections.abc import Sequence

import click

from quizdock.cli.completion import complete_decks
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say_json
from quizdock.cli.workspace import workspace
from quizdock.core.days import as_date
from quizdock.core.journal import Today
from quizdock.core.sm2 import LAST_DAY, ease_text
from quizdock.core.statistics import Figures, Histogram, Retention, Share, Topic, level
from quizdock.ui.translations import gettext as _


@command(
    "stats",
    _(
        "Show your figures. What you have done is counted over all decks, what comes up over those you follow; "
        "name decks to see only these."
    ),
)
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option(
    "--deck", "more_decks", multiple=True, metavar="DECK", shell_complete=complete_decks, help=_("Only this deck.")
)
@click.option(
    "--days",
    type=click.IntRange(1, 3650),
    metavar="N",
    help=_("Charts and retention of the last N days. Without it: charts of 30 days, retention of all time."),
)
@click.option(
    "--hardest",
    type=click.IntRange(0, 1000),
    metavar="N",
    default=5,
    show_default=True,
    help=_("How many of the hardest cards."),
)
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def stats(
    options: Globals,
    decks: tuple[str, ...],
    more_decks: tuple[str, ...],
    days: int | None,
    hardest: int,
    plain: bool,
    as_json: bool,
) -> None:
    """Gather and print."""
    from quizdock.sessions.statistics import Choice, figures

    named = (*decks, *more_decks)
    with workspace(options) as work:
        work.tell_notices()
        choice = Choice(work.scope(named), bool(named), days, hardest)
        found = figures(work.store, work.learner, choice, work.today, work.settings)
        learner = work.learner_name
    if as_json:
        say_json({"learner": learner, **_as_json(found)})
    elif plain:
        from quizdock.ui.statistics import show_plain

        show_plain(learner, found, _to_study(named), sys.stdout)
    else:
        from quizdock.ui.statistics_screen import show, statistics_view

        show(statistics_view(learner, found, _to_study(named)))


def _to_study(decks: Sequence[str]) -> str:
    return " ".join(["quizdock study", *decks])


def _as_json(figures: Figures) -> dict[str, object]:
    """Dates are ISO, durations seconds, intervals days, and a figure that there is none of is null.

    `left` is what today's limits still hold; `days` the window of the charts, without gaps; `calendar` every day
    with a review, with its level 1–4 by the quartiles of the last year; `retention.since` null for all time.
    Bands have `from` and `to`, both included, `to` null for the last.
    """
    return {
        "day": _date(figures.day),
        "decks": list(figures.decks),
        "today": _done(figures.today),
        "left": {"due": figures.due, "new": figures.new},
        "streak": {"current": figures.streak, "longest": figures.longest},
        "total": {**_done(figures.total), "days": figures.studied},
        "days": [{"day": _date(day), **_done(done)} for day, done in figures.shown],
        "calendar": [
            {"day": _date(day), "reviews": done.reviews, "level": level(done.reviews, figures.borders)}
            for day, done in figures.days.items()
            if done.reviews
        ],
        "retention": _retention(figures.retention, figures.since),
        "forecast": {
            "overdue": figures.forecast.overdue,
            "days": [
                {"day": _date(day), "due": count}
                for day, count in enumerate(figures.forecast.days, figures.day)
                if day <= LAST_DAY
            ],
        },
        "intervals": _histogram(figures.intervals),
        "eases": [
            {"from": ease_text(band.low), "to": None if band.high is None else ease_text(band.high), "cards": count}
            for band, count in figures.eases
        ],
        "hardest": [{**hard._asdict(), "ease": ease_text(hard.ease)} for hard in figures.hardest],
        "topics": [_topic(topic) for topic in figures.topics],
    }


def _date(day: int) -> str:
    return as_date(max(day, 1)).isoformat()


def _done(done: Today) -> dict[str, int]:
    return {
        "reviews": done.reviews,
        "new": done.new,
        "drills": done.drills,
        "seconds": done.milliseconds // 1000,
    }


def _retention(retention: Retention, since: int | None) -> dict[str, object]:
    return {
        "since": None if since is None else _date(since),
        "all": _share(retention.all),
        "young": _share(retention.young),
        "mature": _share(retention.mature),
        "bands": [{"from": band.low, "to": band.high, **_share(share)} for band, share in retention.bands],
        "ahead": retention.ahead,
        "new": retention.new,
    }


def _share(share: Share) -> dict[str, object]:
    percent = None if share.percent is None else round(share.percent, 1)
    return {"reviews": share.reviews, "remembered": share.remembered, "percent": percent}


def _histogram(histogram: Histogram) -> list[dict[str, object]]:
    return [{"from": band.low, "to": band.high, "cards": count} for band, count in histogram]


def _topic(topic: Topic) -> dict[str, object]:
    return topic._asdict()
