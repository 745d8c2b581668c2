"""Figures about a learner's days."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.journal import NOTHING_DONE, UNTOUCHED, Kind, Past, State, step
from quizdock.core.statistics import (
    EASES_FROM,
    INTERVALS_FROM,
    LEVELS,
    Forecast,
    Move,
    Retention,
    Share,
    Topic,
    averages,
    by_deck,
    forecast,
    histogram,
    level,
    level_borders,
    monday,
    retention,
    shares,
)
from quizdock.core.streaks import longest_streak, streak

lawful = settings(deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("studied", "length"),
    [
        ([], 0),
        ([100], 1),
        ([100, 99, 98], 3),
        ([99], 1),
        ([99, 98, 97], 3),
        ([98, 97], 0),
        ([100, 98, 97], 1),
        ([99, 97], 1),
        ([100, 99, 97, 96], 2),
        ([50], 0),
    ],
)
def test_a_streak_is_the_days_in_a_row_up_to_today_or_yesterday(studied: list[int], length: int) -> None:
    assert streak(studied, today=100) == length


def test_days_after_today_break_no_streak() -> None:
    """As after a clock was put back."""
    assert streak([12, 11, 10, 9], 10) == 2
    assert streak([12, 9], 10) == 1


def test_a_streak_reads_no_further_than_its_first_gap() -> None:
    days = iter([100, 99, 97, 96])
    assert streak(days, 100) == 2
    assert list(days) == [96]


# ── days ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("studied", "length"),
    [([], 0), ([100], 1), ([100, 99, 97, 96, 95, 50], 3), ([100, 99, 98, 96], 3), ([9, 7, 5], 1)],
)
def test_the_longest_streak_is_found_wherever_it_was(studied: list[int], length: int) -> None:
    assert longest_streak(studied) == length


def test_levels_begin_at_the_quartiles_of_the_days_with_a_review() -> None:
    assert level_borders([0, 4, 8, 12, 16, 0]) == (1, 8, 12, 16)
    assert [level(count, (1, 8, 12, 16)) for count in (0, 1, 7, 8, 12, 15, 16, 900)] == [0, 1, 1, 2, 3, 3, 4, 4]


def test_days_that_are_all_alike_have_the_highest_level() -> None:
    assert level_borders([20, 20, 20]) == (1, 20, 20, 20)
    assert level(20, (1, 20, 20, 20)) == 4


def test_no_days_have_levels_all_the_same() -> None:
    assert level_borders([]) == (1, 2, 3, 4)


@lawful
@given(counts=st.lists(st.integers(0, 500)), some=st.integers(0, 500), more=st.integers(0, 500))
def test_levels_never_sink_while_reviews_grow(counts: list[int], some: int, more: int) -> None:
    borders = level_borders(counts)
    assert level(some, borders) <= level(some + more, borders) <= LEVELS
    assert (level(some, borders) > 0) == (some > 0)


def test_a_week_begins_on_monday() -> None:
    assert [monday(day) for day in (739_943, 739_944, 739_949, 739_950, 1)] == [739_943, 739_943, 739_943, 739_950, 1]


def test_averages_are_of_parts_and_the_last_may_be_short() -> None:
    assert averages([1, 3, 5, 7, 10], 2) == [2, 6, 10]


# ── retention ──────────────────────────────────────────────────────────────────────────────────────

REVIEW, DRILL, RESET, RELINK = int(Kind.REVIEW), int(Kind.DRILL), int(Kind.RESET), int(Kind.RELINK)


def shares_of(found: Retention) -> list[tuple[int, int]]:
    return [(share.reviews, share.remembered) for _band, share in found.bands]


def test_retention_is_told_by_the_interval_before_the_answer() -> None:
    days = ((0, 4), (1, 4), (7, 4), (22, 3), (60, 5), (200, 1), (201, 2))  # intervals 1, 6, 15, 38, 92, 1 in between
    found = retention((1, REVIEW, 1000 + day, grade) for day, grade in days)
    assert shares_of(found) == [(2, 1), (1, 1), (1, 1), (1, 1), (1, 0)]
    assert (found.all, found.young, found.mature) == (Share(6, 4), Share(4, 3), Share(2, 1))
    assert (found.new, found.ahead) == (1, 0)
    assert [band for band, _share in found.bands] == [(1, 1), (2, 6), (7, 20), (21, 89), (90, None)]


def test_drills_and_later_answers_of_a_day_are_not_retention() -> None:
    moves = [(1, REVIEW, 10, 1), (1, DRILL, 10, 4), (1, REVIEW, 10, 4), (1, DRILL, 11, 1)]
    assert retention(moves) == retention(moves[:1])


def test_a_drill_of_a_new_card_is_its_first_meeting() -> None:
    assert retention([(1, DRILL, 10, 4), (1, REVIEW, 11, 2)]).new == 1


def test_answers_ahead_of_time_are_counted_apart() -> None:
    found = retention([(1, REVIEW, 10, 4), (1, REVIEW, 11, 4), (1, REVIEW, 13, 4)])
    assert (found.all, found.ahead) == (Share(1, 1), 1)


def test_a_reset_card_is_new_again() -> None:
    found = retention([(1, REVIEW, 10, 4), (1, RESET, 11, 0), (1, REVIEW, 12, 1)])
    assert (found.all, found.new) == (Share(), 2)


def test_a_card_that_took_over_goes_on_where_the_other_stood() -> None:
    moves = [(1, REVIEW, 10, 4), (1, REVIEW, 11, 4), (1, RELINK, 12, 2), (2, REVIEW, 17, 4)]
    found = retention([*moves, (1, REVIEW, 18, 4)])
    assert (shares_of(found)[:2], found.new) == ([(1, 1), (1, 1)], 2)


def test_taking_over_from_a_new_card_makes_a_card_new() -> None:
    moves = [(2, REVIEW, 10, 4), (1, RELINK, 11, 2), (2, REVIEW, 12, 4)]
    assert retention(moves).new == 2


def test_retention_counts_from_a_day_on_and_of_some_cards() -> None:
    moves = [(card, REVIEW, day, 4) for day in (10, 11, 17) for card in (1, 2)]
    assert retention(moves, since=12).bands[1][1] == Share(2, 2)
    assert retention(moves, since=12).all == Share(2, 2)
    assert retention(moves, cards={2}).all == Share(2, 2)
    assert retention(moves, cards={2}).new == 1


def test_a_share_of_nothing_has_no_percentage() -> None:
    assert Share(0, 0).percent is None
    assert Share(8, 7).percent == 87.5


_KINDS = (Kind.REVIEW, Kind.DRILL, Kind.RESET, Kind.RELINK, Kind.DUE)
_EVENTS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(_KINDS), st.integers(0, 40), st.integers(0, 5), st.integers(1, 3)),
    max_size=60,
)


@lawful
@given(events=_EVENTS)
def test_retention_follows_the_journals_own_rules(events: list[tuple[int, Kind, int, int, int]]) -> None:
    """Bands, answers ahead and first meetings together are the reviews that `step` counts."""
    states: dict[int, State] = {}
    done = NOTHING_DONE
    expected: Counter[tuple[str, int]] = Counter()
    moves: list[Move] = []
    day = 1000
    for card, kind, later, grade, other in events:
        day += later
        to_card = other if kind is Kind.RELINK else None
        if to_card == card:
            continue
        moves.append((card, int(kind), day, to_card or grade))
        before = states.get(card, UNTOUCHED)
        if to_card is not None:
            states[to_card] = before
        states[card], gained = step(before, Past(kind, day, grade))
        done = done.plus(gained)
        if gained.reviews and before.standing:
            expected["ahead" if day < before.standing.schedule.due else "due", grade >= 3] += 1
    found = retention(moves)
    assert (found.new, found.all.reviews + found.ahead + found.new) == (done.new, done.reviews)
    assert found.all == Share(expected["due", True] + expected["due", False], expected["due", True])


# ── distributions ──────────────────────────────────────────────────────────────────────────────────


def test_a_histogram_counts_each_value_in_its_band() -> None:
    assert histogram([(1, 2), (5, 1), (6, 4), (7, 8), (900, 1)], (1, 2, 7)) == (
        ((1, 1), 2),
        ((2, 6), 5),
        ((7, None), 9),
    )


@lawful
@given(counts=st.lists(st.tuples(st.integers(1, 10_000), st.integers(0, 1000))))
def test_a_histogram_loses_nothing(counts: list[tuple[int, int]]) -> None:
    for lows in (INTERVALS_FROM, EASES_FROM):
        assert sum(count for _band, count in histogram(counts, lows)) == sum(count for _value, count in counts)


def test_a_forecast_tells_overdue_cards_from_those_of_today() -> None:
    assert forecast([(90, 3), (99, 1), (100, 5), (102, 7), (103, 9)], 100, 3) == Forecast(4, (5, 0, 7))


@lawful
@given(due=st.dictionaries(st.integers(1, 200), st.integers(1, 50)), today=st.integers(1, 200))
def test_a_forecast_is_all_that_is_due_within_its_days(due: dict[int, int], today: int) -> None:
    expected = sum(count for day, count in due.items() if day < today + 30)
    assert forecast(due.items(), today).all == expected


@pytest.mark.parametrize(
    ("counts", "width", "places"),
    [
        ((1, 1, 1, 1), 8, [2, 2, 2, 2]),
        ((1000, 1, 0, 1), 10, [8, 1, 0, 1]),
        ((0, 0, 0, 0), 10, [0, 0, 0, 0]),
        ((2, 1, 0, 0), 10, [7, 3, 0, 0]),
        ((5, 5, 5, 5), 3, [1, 1, 1, 0]),
    ],
)
def test_a_bar_is_shared_out_by_size_and_forgets_nobody(counts: tuple[int, ...], width: int, places: list[int]) -> None:
    assert shares(counts, width) == places


@lawful
@given(counts=st.lists(st.integers(0, 10**9), min_size=1, max_size=4), width=st.integers(4, 60))
def test_a_shared_bar_is_as_wide_as_it_should_be(counts: list[int], width: int) -> None:
    places = shares(counts, width)
    assert sum(places) == (width if any(counts) else 0)
    assert [place > 0 for place in places] == [count > 0 for count in counts]


def test_topics_of_a_deck_add_up() -> None:
    topics = [Topic("a", "A", "x", "X", 1, 2, 3, 4), Topic("b", "B", "x", "X", 5, 5, 5, 5)]
    more = Topic("a", "A", "y", "Y", 10, 20, 30, 40)
    assert by_deck([topics[0], more, topics[1]]) == [
        Topic("a", "A", "", "A", 11, 22, 33, 44),
        Topic("b", "B", "", "B", 5, 5, 5, 5),
    ]
    assert (more.stages, more.cards) == ((30, 20, 10, 40), 100)
