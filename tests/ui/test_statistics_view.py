"""A learner's figures as they stand on the page, and in words."""

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from quizdock.core.journal import Today
from quizdock.core.statistics import (
    EASES_FROM,
    INTERVALS_FROM,
    RETENTION_FROM,
    Figures,
    Forecast,
    Hard,
    Retention,
    Share,
    Topic,
    bands,
    histogram,
)
from quizdock.ui.statistics import level_names, plain_lines, show_plain
from quizdock.ui.statistics_screen import statistics_view
from quizdock.ui.theme import THEME

DAY = 739_944  # Tuesday, 2026-11-24


class _Sink(io.StringIO):
    encoding = "utf-8"


class _AsciiSink(io.StringIO):
    encoding = "ascii"


def of(**changes: Any) -> Figures:
    """Three days of study in two topics of a deck."""
    shares = (Share(20, 17), Share(10, 10), Share(3, 2), Share(), Share(1, 0))
    figures = Figures(
        day=DAY,
        decks=("Docker",),
        due=4,
        new=6,
        streak=2,
        longest=12,
        days={
            DAY - 8: Today(5, 5, 0, 60_000),
            DAY - 1: Today(0, 12, 3, 240_000),
            DAY: Today(3, 12, 2, 200_000),
        },
        window=30,
        since=None,
        retention=Retention(tuple(zip(bands(RETENTION_FROM), shares, strict=True)), ahead=1, new=8),
        forecast=Forecast(3, (4, 0, 2, *[0] * 26, 1)),
        intervals=histogram([(1, 4), (6, 8), (40, 1)], INTERVALS_FROM),
        eases=histogram([(250, 10), (232, 2), (130, 1)], EASES_FROM),
        hardest=(Hard("docker/list", "Commands\nWhich one lists them?", 3, 196, suspended=True),),
        topics=(
            Topic("docker", "Docker", "a", "Images", 12, 6, 6, 0),
            Topic("docker", "Docker", "b", "Containers", 0, 0, 1, 1),
        ),
    )
    return replace(figures, **changes)


def lines(figures: Figures, width: int = 80, sink: io.StringIO | None = None, **console: Any) -> list[str]:
    """What is printed at this width, without the spaces at the ends of lines."""
    sink = sink or _Sink()
    view = statistics_view("alice", figures, "quizdock study")
    Console(file=sink, width=width, theme=THEME, highlight=False, **console).print(view)
    return [line.rstrip() for line in sink.getvalue().splitlines()]


def part(shown: list[str], title: str, length: int) -> list[str]:
    """So many lines from that with this title on."""
    start = shown.index(title)
    return shown[start : start + length]


# ── the parts ──────────────────────────────────────────────────────────────────────────────────────


def test_the_first_lines_are_today_the_streak_and_all() -> None:
    assert lines(of())[:7] == [
        "QuizDock · alice · 2026-11-24",
        "Today       12 reviews, 3 of them new · 2 drills · 3:20",
        "Left today  4 cards to repeat, 6 new ones",
        "Streak      2 days, 12 days at best",
        "In all      29 reviews on 3 days, 0.14 h",
        "Decks       Docker",
        "",
    ]


def test_half_a_year_is_a_calendar_with_months_weekdays_and_a_legend() -> None:
    assert part(lines(of()), "Reviews by day", 10) == [
        "Reviews by day",
        "      Jun     Jul     Aug       Sep     Oct     Nov",
        "Mon · · · · · · · · · · · · · · · · · · · · · · · · · ▒ █",
        "Tue · · · · · · · · · · · · · · · · · · · · · · · · · · █",
        "Wed · · · · · · · · · · · · · · · · · · · · · · · · · ·",
        "Thu · · · · · · · · · · · · · · · · · · · · · · · · · ·",
        "Fri · · · · · · · · · · · · · · · · · · · · · · · · · ·",
        "Sat · · · · · · · · · · · · · · · · · · · · · · · · · ·",
        "Sun · · · · · · · · · · · · · · · · · · · · · · · · · ·",
        "    · 0   ░ 1–4   ▒ 5–11   █ ≥ 12",
    ]


def test_a_wide_terminal_has_room_for_a_year() -> None:
    shown = part(lines(of(), 112), "Reviews by day", 3)
    assert shown[1].split() == ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    assert len(shown[2].split()) == 1 + 53


def test_each_level_has_its_own_character() -> None:
    days = {DAY - at: Today(0, reviews, 0, 0) for at, reviews in enumerate((1, 2, 3, 4))}
    shown = "\n".join(part(lines(of(days=days)), "Reviews by day", 10))
    assert [shown.count(character) for character in "░▒▓█"] == [2, 2, 2, 2]
    assert "· 0   ░ 1   ▒ 2   ▓ 3   █ ≥ 4" in shown


def test_levels_that_no_day_can_have_are_not_named() -> None:
    assert level_names((1, 8, 8, 12)) == [(0, "0"), (1, "1–7"), (3, "8–11"), (4, "≥ 12")]
    assert level_names((1, 1, 1, 1)) == [(0, "0"), (4, "≥ 1")]


def test_reviews_and_minutes_are_columns() -> None:
    shown = part(lines(of(window=9)), "Reviews a day", 16)
    assert shown[:3] == ["Reviews a day", "12 │                     ██████", "   │                     ██████"]
    assert shown[6:8] == [" 0 │███                  ██████", "    2026-11-16       2026-11-24"]
    assert shown[8:10] == ["Minutes a day", "4 │                     ███"]
    assert shown[14] == "0 │███                  ██████"


def test_a_long_window_has_columns_of_several_days() -> None:
    shown = lines(of(window=365))
    assert "Reviews a day, on average over 7 days a column" in shown
    assert "   2025-11-25" in "\n".join(shown)


def test_retention_has_a_bar_and_its_n_a_band_and_a_dash_for_nothing() -> None:
    assert part(lines(of()), "True retention, all time", 11) == [
        "True retention, all time",
        "1 d             ████████████████████····   85.0 %  n = 20",
        "2–6 d           ████████████████████████  100.0 %  n = 10",
        "7–20 d          ████████████████········   66.6 %   n = 3",
        "21–89 d                                         —   n = 0",
        "≥ 90 d          ························    0.0 %   n = 1",
        "young, < 21 d   █████████████████████···   87.8 %  n = 33",
        "mature, ≥ 21 d  ························    0.0 %   n = 1",
        "all             ████████████████████····   85.2 %  n = 34",
        "Due cards graded 3 or better at the day's first answer, by the interval until",
        "then.",
    ]
    assert "1 review ahead of its due day does not count." in lines(of())
    assert "True retention since 2026-11-01" in lines(of(since=739_921))


def test_overdue_cards_are_marked_in_todays_column() -> None:
    shown = part(lines(of()), "Cards due a day", 9)
    assert shown[1:7] == [
        "7 │██",
        "  │██",
        "  │██",
        "  │▒▒",
        "  │▒▒  ▆▆",
        "0 │▒▒  ██                                                    ▇▇",
    ]
    assert shown[7] == "   2026-11-24                                        2026-12-23"
    assert shown[8] == "   ▒ overdue 3 · due today 4 · due tomorrow 0"
    assert "▒▒  " not in "\n".join(part(lines(of(forecast=Forecast(0, (1,) * 30))), "Cards due a day", 7))


def test_distributions_stand_side_by_side_where_there_is_room() -> None:
    assert part(lines(of()), "Cards by interval             Cards by ease", 3) == [
        "Cards by interval             Cards by ease",
        "1 d       ███████        4    1.30–1.49 █▍              1",
        "2–6 d     ██████████████ 8    1.50–1.69                 0",
    ]
    narrow = lines(of(), 60)
    assert "Cards by interval" in narrow
    assert "Cards by ease" in narrow


def test_the_hardest_cards_have_their_ids_and_what_they_ask() -> None:
    assert part(lines(of()), "Hardest cards", 3) == [
        "Hardest cards",
        "docker/list  forgotten 3 times, ease 1.96, suspended",
        "  Commands — Which one lists them?",
    ]
    assert "None: no card was forgotten after having been known." in lines(of(hardest=()))


def test_topics_are_stacked_bars_with_their_counts() -> None:
    assert part(lines(of()), "Topics: how far the cards have come", 5) == [
        "Topics: how far the cards have come",
        "                                                                     █  ▒   ·  ×",
        "Images                                     ██████▒▒▒▒▒▒············  6  6  12  0",
        "Containers                                 ████████████××××××××××××  1  0   0  1",
        "█ 7 mature, ≥ 21 d   ▒ 6 learning   · 12 new   × 1 suspended",
    ]


def test_topics_of_several_decks_stand_under_the_decks_titles() -> None:
    topics = (*of().topics, Topic("zoo", "Zoo", "", "Zoo", 1, 0, 0, 0))
    shown = part(lines(of(topics=topics)), "Topics: how far the cards have come", 7)
    assert [line[:12].rstrip() for line in shown[2:]] == ["Docker", "  Images", "  Containers", "Zoo", "  Zoo"]


def test_a_hundred_decks_have_a_line_each() -> None:
    topics = tuple(Topic(f"d{n}", f"Deck {n}", t, t, 1, 1, 1, 1) for n in range(100) for t in "ab")
    shown = lines(of(topics=topics, decks=tuple(f"Deck {n}" for n in range(100))))
    start = shown.index("Decks: how far the cards have come")
    assert len(shown[start:]) == 104
    assert shown[start + 101].startswith("Deck 99    ")
    assert shown[-1] == "Topic by topic: quizdock stats DECK"
    assert "Decks       100 decks" in shown


# ── whatever the figures and the terminal ──────────────────────────────────────────────────────────

HUGE = 10**9
EXTREMES = {
    "huge numbers": of(
        days={DAY - 400: Today(HUGE, HUGE, HUGE, 10**13), DAY: Today(1, 2, 3, 4)},
        forecast=Forecast(HUGE, (HUGE,) * 30),
        intervals=histogram([(1, HUGE)], INTERVALS_FROM),
        eases=histogram([(HUGE, HUGE)], EASES_FROM),
        topics=(Topic("d", "D", "a", "A", HUGE, HUGE, HUGE, HUGE),),
    ),
    "wide titles": of(
        topics=(
            Topic("d", "日本語の単語と文法" * 8, "a", "動詞の活用" * 20, 1, 2, 3, 4),
            Topic("e", "E", "b", "B", 1, 1, 1, 1),
        ),
        hardest=(Hard("d/" + "長い" * 60, "問い" * 80, 1, 250, suspended=False),),
        decks=("日本語の単語と文法" * 8,),
    ),
    "one day": of(days={DAY: Today(1, 1, 0, 0)}, window=1),
    "ten years": of(window=3650),
    "the first day of the calendar": of(day=1, days={1: Today(1, 1, 0, 0)}),
    "the last day of the calendar": of(day=3_652_059, days={3_652_059: Today(1, 1, 0, 0)}),
    "no cards": of(topics=(), hardest=(), forecast=Forecast(0, (0,) * 30)),
    "nothing": of(days={}, topics=()),
}


@pytest.mark.parametrize("width", [112, 80, 40])
@pytest.mark.parametrize("figures", EXTREMES.values(), ids=EXTREMES.keys())
def test_no_line_is_wider_than_the_terminal(figures: Figures, width: int) -> None:
    assert max(map(cell_len, lines(figures, width))) <= width


def test_columns_stay_aligned_beside_wide_titles() -> None:
    shown = part(lines(EXTREMES["wide titles"]), "Topics: how far the cards have come", 6)
    rows = [line for line in shown[1:] if line and line[-1] in "×41"]
    assert {cell_len(line) for line in rows} == {80}
    assert "…" in rows[1]


def test_colour_carries_nothing_that_the_characters_do_not() -> None:
    coloured = lines(of(), force_terminal=True, color_system="truecolor")
    assert any("\x1b[" in line for line in coloured)
    assert lines(of(), no_color=True) == lines(of())


def test_ascii_terminals_get_other_characters_for_every_block() -> None:
    shown = lines(of(), sink=_AsciiSink())
    assert "    . 0   : 1–4   + 5–11   # ≥ 12" in shown
    assert "Images                                     ######++++++............  6  6  12  0" in shown
    assert not set("·░▒▓█×│") & set("".join(shown[7:]).replace(" · due", ""))


def test_a_strangers_text_drives_no_terminal() -> None:
    bad = "\x1b[31m\u202e[bold]"
    figures = of(
        decks=(bad,),
        topics=(Topic(bad, bad, bad, bad, 1, 0, 0, 0),),
        hardest=(Hard(bad, bad, 1, 250, suspended=False),),
    )
    for text in ("\n".join(lines(figures)), "\n".join(plain_lines(bad, figures, bad))):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "[bold]" in text


def test_who_has_done_nothing_is_invited() -> None:
    shown = lines(of(days={}))
    assert shown[:6] == [
        "QuizDock · alice · 2026-11-24",
        "There is nothing to show yet: your calendar begins with your first answer.",
        "To begin: quizdock study",
        "",
        "Left today  4 cards to repeat, 6 new ones",
        "Decks       Docker",
    ]
    assert "Reviews by day" not in shown


# ── in words ───────────────────────────────────────────────────────────────────────────────────────


def test_in_words_every_fact_is_a_line() -> None:
    sink = io.StringIO()
    show_plain("alice", of(), "quizdock study", sink)
    assert sink.getvalue().splitlines() == [
        "QuizDock · alice · 2026-11-24",
        "Today: 12 reviews, 3 of them new · 2 drills · 3:20",
        "Left today: 4 cards to repeat, 6 new ones",
        "Streak: 2 days, 12 days at best",
        "In all: 29 reviews on 3 days, 0.14 h",
        "Decks: Docker",
        "Days with a review in a year: 3 of 366",
        "Busiest day: 2026-11-23, 12 reviews",
        "2026-11-16: 5 reviews, 5 of them new · 0 drills · 1:00",
        "2026-11-23: 12 reviews · 3 drills · 4:00",
        "2026-11-24: 12 reviews, 3 of them new · 2 drills · 3:20",
        "True retention, all time, 1 d: 85.0 % of 20 reviews",
        "True retention, all time, 2–6 d: 100.0 % of 10 reviews",
        "True retention, all time, 7–20 d: 66.6 % of 3 reviews",
        "True retention, all time, 21–89 d: — of 0 reviews",
        "True retention, all time, ≥ 90 d: 0.0 % of 1 review",
        "True retention, all time, young, < 21 d: 87.8 % of 33 reviews",
        "True retention, all time, mature, ≥ 21 d: 0.0 % of 1 review",
        "True retention, all time, all: 85.2 % of 34 reviews",
        "Cards overdue: 3",
        "Cards due on 2026-11-24: 4",
        "Cards due on 2026-11-26: 2",
        "Cards due on 2026-12-23: 1",
        "Cards with an interval of 1 d: 4",
        "Cards with an interval of 2–6 d: 8",
        "Cards with an interval of 21–89 d: 1",
        "Cards with an ease of 1.30–1.49: 1",
        "Cards with an ease of 2.30–2.49: 2",
        "Cards with an ease of 2.50–2.69: 10",
        "Hard card docker/list: forgotten 3 times, ease 1.96, suspended. Commands — Which one lists them?",
        "Docker › Images: 6 mature, 6 learning, 12 new ones, 0 suspended",
        "Docker › Containers: 1 mature, 0 learning, 0 new ones, 1 suspended",
    ]


def test_in_words_a_long_window_is_told_in_parts() -> None:
    shown = list(plain_lines("alice", of(window=60), "quizdock study"))
    assert "2026-11-21 to 2026-11-24: 6 reviews and 1.8 min a day" in shown
    assert "2026-11-14 to 2026-11-20: 0.71 reviews and 0.14 min a day" in shown


@pytest.mark.parametrize("figures", EXTREMES.values(), ids=EXTREMES.keys())
def test_in_words_every_extreme_has_its_lines(figures: Figures) -> None:
    assert all("\n" not in line for line in plain_lines("alice", figures, "quizdock study"))


def test_in_words_who_has_done_nothing_is_invited() -> None:
    assert list(plain_lines("alice", of(days={}, topics=()), "quizdock study x")) == [
        "QuizDock · alice · 2026-11-24",
        "There is nothing to show yet: your calendar begins with your first answer.",
        "To begin: quizdock study x",
        "Left today: 4 cards to repeat, 6 new ones",
    ]
