"""SM-2 as the 1990 text has it."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.sm2 import Schedule, after_answer, ease_text, preview, review, review_ahead

DAY = date(2026, 11, 23).toordinal()
VECTORS = json.loads((Path(__file__).parent / "data" / "sm2-vectors.json").read_text(encoding="utf-8"))["vectors"]

grades = st.integers(0, 5)
days = st.integers(1, date(2100, 1, 1).toordinal())


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """A schedule that some row of grades leads to, each answer on its due day or later."""
    day = draw(days)
    schedule = review(None, draw(grades), day)
    for grade, late in draw(st.lists(st.tuples(grades, st.integers(0, 400)), max_size=8)):
        schedule = review(schedule, grade, schedule.due + late)
    return schedule


def test_there_are_254_golden_sequences() -> None:
    assert len(VECTORS) == 254


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: "".join(map(str, vector["grades"])))
def test_a_row_of_grades_gives_the_golden_steps(vector: dict[str, list[list[int | str]]]) -> None:
    schedule, day = None, DAY
    for grade, (repetitions, interval, ease) in zip(vector["grades"], vector["steps"], strict=True):
        schedule = review(schedule, int(str(grade)), day)
        assert [schedule.repetitions, schedule.interval, ease_text(schedule.ease)] == [repetitions, interval, ease]
        assert schedule.due == min(day + schedule.interval, 3_652_059)  # 9999-12-31
        day = schedule.due


def test_a_new_card_is_due_tomorrow_whatever_the_grade() -> None:
    assert {grade: review(None, grade, DAY) for grade in range(6)} == {
        0: Schedule(0, 1, 250, DAY + 1),
        1: Schedule(0, 1, 250, DAY + 1),
        2: Schedule(0, 1, 250, DAY + 1),
        3: Schedule(1, 1, 236, DAY + 1),
        4: Schedule(1, 1, 250, DAY + 1),
        5: Schedule(1, 1, 260, DAY + 1),
    }


def test_an_answer_a_month_late_is_due_a_whole_interval_after_the_answer() -> None:
    schedule = Schedule(repetitions=2, interval=6, ease=250, due=DAY)
    assert review(schedule, 4, DAY + 30) == Schedule(3, 15, 250, DAY + 45)


def test_a_late_second_answer_is_due_six_days_after_the_answer() -> None:
    assert review(Schedule(1, 1, 250, DAY), 5, DAY + 100) == Schedule(2, 6, 260, DAY + 106)


def test_a_late_lapse_is_due_the_day_after_the_answer() -> None:
    assert review(Schedule(5, 90, 210, DAY), 2, DAY + 7) == Schedule(0, 1, 210, DAY + 8)


def test_the_interval_uses_the_ease_from_before_the_answer() -> None:
    assert review(Schedule(2, 10, 200, DAY), 5, DAY) == Schedule(3, 20, 210, DAY + 20)
    assert review(Schedule(2, 10, 200, DAY), 3, DAY) == Schedule(3, 20, 186, DAY + 20)


def test_the_ease_never_falls_below_130() -> None:
    assert review(Schedule(3, 10, 140, DAY), 3, DAY).ease == 130
    assert review(Schedule(3, 10, 130, DAY), 3, DAY).ease == 130


def test_the_ease_has_no_ceiling() -> None:
    assert review(Schedule(3, 10, 990, DAY), 5, DAY) == Schedule(4, 99, 1000, DAY + 99)


@pytest.mark.parametrize(
    ("interval", "ease", "following"),
    [
        (6, 250, 15),
        (6, 251, 16),
        (7, 130, 10),
        (10, 130, 13),
        # float products are 55.00000000000001 and 109.00000000000001 here
        (25, 220, 55),
        (50, 218, 109),
        (3_000_000, 131, 3_930_000),
    ],
)
def test_the_interval_is_rounded_up_in_whole_numbers(interval: int, ease: int, following: int) -> None:
    assert review(Schedule(2, interval, ease, DAY), 4, DAY).interval == following


def test_the_interval_of_a_figure_beyond_floats_is_exact() -> None:
    assert review(Schedule(2, 10**20 + 1, 250, DAY), 4, DAY).interval == 250000000000000000003


def test_the_due_day_stops_at_the_last_day_of_the_calendar() -> None:
    assert date.fromordinal(review(Schedule(9, 3_000_000, 300, DAY), 4, DAY).due) == date(9999, 12, 31)
    assert date.fromordinal(review(None, 0, date(9999, 12, 31).toordinal()).due) == date(9999, 12, 31)


@pytest.mark.parametrize("grade", [-1, 6, 100, 2.5])
def test_a_grade_outside_0_to_5_is_refused(grade: int) -> None:
    with pytest.raises(ValueError, match=rf"^a grade is a whole number from 0 to 5, not {grade}$"):
        review(None, grade, DAY)
    with pytest.raises(ValueError, match="from 0 to 5"):
        review(Schedule(2, 6, 250, DAY), grade, DAY)


def test_an_ease_is_written_with_two_decimals() -> None:
    assert [ease_text(ease) for ease in (130, 205, 250, 1000)] == ["1.30", "2.05", "2.50", "10.00"]


@settings(deadline=None, derandomize=True, max_examples=100)
@given(schedules() | st.none(), st.integers(0, 500))
def test_a_preview_is_what_each_grade_gives(schedule: Schedule | None, late: int) -> None:
    day = schedule.due + late if schedule else DAY
    assert preview(schedule, day) == {grade: review(schedule, grade, day) for grade in (0, 1, 2, 3, 4, 5)}


@settings(deadline=None, derandomize=True, max_examples=100)
@given(schedules(), st.integers(0, 2), st.integers(-50, 500))
def test_a_lapse_starts_over_and_keeps_the_ease(schedule: Schedule, grade: int, late: int) -> None:
    day = schedule.due + late
    assert review(schedule, grade, day) == Schedule(0, 1, schedule.ease, day + 1)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(schedules(), st.integers(3, 5), st.integers(-50, 500))
def test_a_remembered_card_never_comes_sooner_than_its_last_interval(schedule: Schedule, grade: int, late: int) -> None:
    following = review(schedule, grade, schedule.due + late)
    assert following.repetitions == schedule.repetitions + 1
    assert following.interval >= schedule.interval
    if schedule.repetitions > 0:
        assert following.interval > schedule.interval


@settings(deadline=None, derandomize=True, max_examples=100)
@given(schedules() | st.none(), days)
def test_a_higher_grade_never_gives_a_shorter_interval_or_a_lower_ease(schedule: Schedule | None, day: int) -> None:
    outcomes = [preview(schedule, day)[grade] for grade in range(6)]
    assert [each.interval for each in outcomes] == sorted(each.interval for each in outcomes)
    remembered = [each.ease for each in outcomes[3:]]
    assert remembered == sorted(remembered)
    assert all(each.interval >= 1 and each.ease >= 130 for each in outcomes)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(schedules(), grades, days, days)
def test_only_the_due_day_depends_on_the_day_of_the_answer(
    schedule: Schedule, grade: int, one: int, another: int
) -> None:
    first, second = review(schedule, grade, one), review(schedule, grade, another)
    assert first[:3] == second[:3]


# ── before the due day ─────────────────────────────────────────────────────────────────────────────


def test_a_card_remembered_ahead_of_its_day_grows_by_the_days_that_passed() -> None:
    schedule = Schedule(3, 20, 250, due=120)  # answered on day 100
    assert review_ahead(schedule, 4, 112) == Schedule(3, 30, 250, due=142)  # 12 days × 2.5
    assert review_ahead(schedule, 5, 119) == Schedule(3, 48, 250, due=167)  # 19 days × 2.5, rounded up
    assert after_answer(schedule, 4, 120) == Schedule(4, 50, 250, due=170)


def test_an_interval_is_never_shorter_for_having_answered_ahead() -> None:
    assert review_ahead(Schedule(3, 20, 250, due=120), 3, 101) == Schedule(3, 20, 250, due=121)


def test_a_card_answered_every_day_ahead_of_its_day_is_not_put_off_for_years() -> None:
    schedule = Schedule(2, 6, 250, due=106)
    for day in range(101, 131):
        schedule = review_ahead(schedule, 5, day)
    assert schedule == Schedule(2, 6, 250, due=136)


def test_a_card_forgotten_ahead_of_its_day_starts_again() -> None:
    assert review_ahead(Schedule(3, 20, 250, due=120), 2, 112) == Schedule(0, 1, 250, due=113)
