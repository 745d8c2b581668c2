"""What SM-2 makes of a row of grades, and simulated days: their figures, and that no card starves in them."""

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.agenda import UNBOUNDED, Candidate, Room, Rules
from quizdock.core.journal import Standing, Today
from quizdock.core.simulation import (
    Answered,
    Day,
    Learner,
    Progress,
    Simulation,
    Span,
    answers,
    grade_of,
    met,
    spans,
    study_days,
    study_one_day,
)
from quizdock.core.sm2 import LAST_DAY, Schedule

START = 739_944
RULES = Rules(START, Room(new=10, due=200))
lawful = settings(deadline=None, derandomize=True, max_examples=25)
lawful_slowly = settings(deadline=None, derandomize=True, max_examples=25)


def learner(retention: float = 1, seed: int = 1) -> Learner:
    return Learner(retention, 12_000, Random(seed).random)


def always(number: float, retention: float = 0.9) -> Learner:
    """A learner whose dice always show this number."""
    return Learner(retention, 12_000, lambda: number)


def new(*families: str) -> Progress:
    """Nothing met, and a card for each of the names: equal names make siblings."""
    return Progress([Candidate(card, 1, 1, name) for card, name in enumerate(families, 1)], {})


def standing(interval: int, due: int, repetitions: int = 3) -> Standing:
    return Standing(Schedule(repetitions, interval, 250, due), due - interval, None, 0)


def known(card: int, interval: int, due: int, siblings: str = "") -> Progress:
    return Progress([], {card: met(Candidate(card, 1, 1, siblings or f"n{card}"), standing(interval, due))})


# ── a row of grades ────────────────────────────────────────────────────────────────────────────────


def test_each_answer_is_given_on_the_day_that_the_last_one_made_due() -> None:
    assert list(answers([5, 4, 3, 0, 4], START)) == [
        Answered(1, START, 5, Schedule(1, 1, 260, START + 1)),
        Answered(2, START + 1, 4, Schedule(2, 6, 260, START + 7)),
        Answered(3, START + 7, 3, Schedule(3, 16, 246, START + 23)),
        Answered(4, START + 23, 0, Schedule(0, 1, 246, START + 24)),
        Answered(5, START + 24, 4, Schedule(1, 1, 246, START + 25)),
    ]


def test_late_answers_come_that_many_days_after_they_are_due_and_the_next_count_from_there() -> None:
    assert [(each.day - START, each.schedule.due - START) for each in answers([4, 4, 4], START, late=10)] == [
        (0, 1),
        (11, 17),
        (27, 42),
    ]


def test_grades_below_4_come_back_on_the_same_day() -> None:
    assert [each.again_today for each in answers([0, 1, 2, 3, 4, 5], START)] == [True, True, True, True, False, False]


def test_no_grades_are_no_answers() -> None:
    assert list(answers([], START)) == []


def test_answers_end_with_the_calendar() -> None:
    assert [each.day for each in answers([4, 4, 4], LAST_DAY - 1)] == [LAST_DAY - 1]
    assert [each.day for each in answers([4, 4, 4], LAST_DAY)] == [LAST_DAY]
    in_9000 = date(9000, 1, 1).toordinal()
    assert [each.day for each in answers([4, 4], in_9000, late=1_000_000)] == [in_9000]


def test_a_grade_outside_of_0_to_5_raises() -> None:
    with pytest.raises(ValueError, match="from 0 to 5, not 6"):
        list(answers([5, 6], START))


# ── a learner made of dice ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "grade"),
    [(0.0, 5), (0.079, 5), (0.081, 4), (0.719, 4), (0.721, 3), (0.799, 3), (0.801, 2), (0.899, 2), (0.901, 1), (1, 1)],
)
def test_a_number_stands_for_a_grade_in_the_documented_proportions(number: float, grade: int) -> None:
    assert grade_of(number, known=0.8) == grade


@pytest.mark.parametrize("number", [0.0, 0.5, 0.999999])
def test_who_retains_everything_forgets_nothing_and_who_retains_nothing_forgets_everything(number: float) -> None:
    assert grade_of(number, known=1) >= 3
    assert grade_of(number, known=0) < 3


@lawful
@given(st.floats(0, 1, exclude_max=True), st.floats(0, 1), st.floats(0, 1))
def test_who_retains_more_is_never_graded_worse_by_the_same_number(number: float, one: float, other: float) -> None:
    assert grade_of(number, min(one, other)) <= grade_of(number, max(one, other))


def test_a_new_card_is_known_half_of_the_time_and_a_due_one_as_it_is_retained() -> None:
    half = always(0.6, retention=0.9)
    assert half.grade(None, START) == 2
    assert half.grade(standing(6, START), START) == 4


def test_the_second_try_of_a_day_succeeds() -> None:
    assert always(0.999).grade(standing(1, START + 1), START) == 4


# ── one study day ──────────────────────────────────────────────────────────────────────────────────


def test_a_new_card_that_is_known_is_answered_once() -> None:
    after, day = study_one_day(new("a"), RULES, always(0.3))
    assert day == Day(START, Today(new=1, reviews=1, drills=0, milliseconds=12_000), 0, 0, mature=0, unmet=0)
    assert list(after.unmet) == []
    assert after.met[1].standing == Standing(Schedule(1, 1, 250, START + 1), START, None, 0)
    assert after.met[1].candidate == Candidate(1, 1, 1, "a", interval=1, due=START + 1)


def test_a_forgotten_card_is_drilled_once_more() -> None:
    after, day = study_one_day(known(1, 15, START), RULES, always(0.99))
    assert day.done == Today(new=0, reviews=1, drills=1, milliseconds=24_000)
    assert after.met[1].standing == Standing(Schedule(0, 1, 250, START + 1), START, None, lapses=1)


def test_a_card_that_is_not_due_is_left_alone() -> None:
    before = known(1, 15, START + 1)
    after, day = study_one_day(before, RULES, always(0.3))
    assert (after, day) == (before, Day(START, Today(), 0, 0, mature=0, unmet=0))


def test_a_card_is_mature_from_21_days_on() -> None:
    assert study_one_day(known(1, 20, START + 1), RULES, learner())[1].mature == 0
    assert study_one_day(known(1, 21, START + 1), RULES, learner())[1].mature == 1
    assert study_one_day(known(1, 9, START), RULES, always(0.3))[1].mature == 1  # nine days times 2.50 are 23


def test_the_limits_bound_new_and_due_cards_and_what_is_left_is_the_backlog() -> None:
    late = {card: met(Candidate(card, 1, 1, f"n{card}"), standing(10, START)) for card in range(10, 15)}
    before = Progress(new("a", "b", "c").unmet, late)
    after, day = study_one_day(before, Rules(START, Room(new=2, due=3)), always(0.3))
    assert day == Day(START, Today(2, 5, 0, 60_000), backlog=2, buried=0, mature=3, unmet=1)
    assert [each.siblings for each in after.unmet] == ["c"]


def test_due_siblings_wait_without_being_a_backlog() -> None:
    pair = {card: met(Candidate(card, 1, 1, "note"), standing(10, START)) for card in (1, 2)}
    _, day = study_one_day(Progress([], pair), RULES, learner())
    assert (day.done.reviews, day.backlog, day.buried) == (1, 0, 1)
    _, day = study_one_day(Progress([], pair), RULES._replace(bury_siblings=False), learner())
    assert (day.done.reviews, day.backlog, day.buried) == (2, 0, 0)


def test_what_went_before_is_not_changed() -> None:
    before = new("a", "b")
    study_one_day(before, RULES, learner())
    assert before == new("a", "b")


def test_days_follow_each_other() -> None:
    days = list(study_days(new("a"), RULES, always(0.3), 9))
    assert [each.day - START for each in days] == list(range(9))
    assert [each.done.reviews for each in days] == [1, 1, 0, 0, 0, 0, 0, 1, 0]


# ── laws of a year ─────────────────────────────────────────────────────────────────────────────────

retentions = st.integers(0, 100).map(lambda percent: percent / 100)
seeds = st.integers(0, 2**31)


@st.composite
def decks(draw: st.DrawFn, most_siblings: int = 8) -> Progress:
    """Decks of notes with many cards, some of which are siblings by note and some by fact, over two decks."""
    row: list[Candidate] = []
    for note in range(draw(st.integers(1, 8))):
        cards, facts = draw(st.integers(1, most_siblings)), draw(st.integers(1, 3))
        deck, topic = draw(st.integers(1, 2)), draw(st.integers(1, 3))
        names = [f"n{note}#f{at % facts}" if facts > 1 else f"n{note}" for at in range(cards)]
        row += [Candidate(len(row) + at, deck, topic, name) for at, name in enumerate(names, 1)]
    return Progress(tuple(row), {})


def overdue(progress: Progress, day: int) -> Sequence[tuple[int, int]]:
    """The days that each due card is late, and its interval."""
    cards = (each.candidate for each in progress.met.values())
    return [(day - each.due, each.interval) for each in cards if each.due <= day]


@lawful_slowly
@given(decks(), retentions, seeds, st.integers(1, 10))
def test_where_there_is_room_no_card_is_ever_late_by_more_than_its_interval(
    progress: Progress, retention: float, seed: int, new_per_day: int
) -> None:
    """So an interval never lasts more than twice as long as it should, however many siblings take their turns."""
    dice = learner(retention, seed)
    for day in range(START, START + 365):
        assert all(late <= interval for late, interval in overdue(progress, day))
        progress, figures = study_one_day(progress, Rules(day, Room(new_per_day, UNBOUNDED)), dice)
        assert figures.backlog == 0
        assert all(late < interval for late, interval in overdue(progress, day))


@lawful_slowly
@given(decks(), retentions, seeds, st.integers(0, 6), st.integers(0, 6))
def test_no_day_exceeds_its_limits_and_no_card_is_lost(
    progress: Progress, retention: float, seed: int, new_per_day: int, reviews: int
) -> None:
    cards = len(progress.unmet)
    introduced = 0
    for day in study_days(progress, Rules(START, Room(new_per_day, reviews)), learner(retention, seed), 120):
        introduced += day.done.new
        assert day.done.new <= new_per_day
        assert day.done.repeated <= reviews
        assert day.done.drills <= day.done.reviews
        assert day.done.milliseconds == 12_000 * (day.done.reviews + day.done.drills)
        assert introduced + day.unmet == cards
        assert day.mature <= introduced


@lawful_slowly
@given(decks(most_siblings=6), st.integers(80, 100).map(lambda percent: percent / 100), seeds)
def test_who_remembers_four_of_five_meets_every_card_within_a_year(
    progress: Progress, retention: float, seed: int
) -> None:
    *_, last = study_days(progress, RULES, learner(retention, seed), 365)
    assert last.unmet == 0


@lawful_slowly
@given(decks(), retentions, seeds)
def test_the_same_dice_make_the_same_days(progress: Progress, retention: float, seed: int) -> None:
    twice = [list(study_days(progress, RULES, learner(retention, seed), 30)) for _ in range(2)]
    assert twice[0] == twice[1]


# ── figures ────────────────────────────────────────────────────────────────────────────────────────


def a_day(day: int, new: int, reviews: int, backlog: int = 0, unmet: int = 0) -> Day:
    return Day(day, Today(new, reviews, 1, 1000), backlog, 0, 0, unmet)


def simulated(*days: Day) -> Simulation:
    return Simulation(["d"], 9, 10, 200, 90, 12, 1, from_now=False, days=days)


def test_a_span_has_its_average_and_its_most_and_the_last_one_may_be_shorter() -> None:
    days = [a_day(10, 0, 4), a_day(11, 0, 1), a_day(12, 0, 7)]
    assert spans(days, 2) == [Span(10, 11, 2.5, 4), Span(12, 12, 7.0, 7)]
    assert spans(days, 9) == [Span(10, 12, 4.0, 7)]


def test_a_simulation_says_what_its_days_come_to() -> None:
    found = simulated(a_day(1, 2, 5, backlog=3, unmet=1), a_day(2, 1, 8, backlog=4), a_day(3, 0, 8))
    assert found.total == Today(3, 21, 3, 3000)
    assert found.last_new == 2
    assert found.busiest.day == 2
    assert found.longest_backlog.day == 2
    assert found.days_with_backlog == 2


def test_the_last_new_card_has_no_day_while_some_are_not_met_or_where_none_was_new() -> None:
    assert simulated(a_day(1, 2, 5, unmet=1)).last_new is None
    assert simulated(a_day(1, 0, 5)).last_new is None
