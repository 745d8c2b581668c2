"""What answers make of a card."""

from collections.abc import Iterable
from itertools import accumulate, islice

from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.journal import Kind, Past, Standing, State, Today, fold, moves_schedule, replay, step
from quizdock.core.sm2 import Schedule

answers = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 3), st.booleans()),
    max_size=12,
)


def standing_after(answers: Iterable[tuple[int, int, bool]]) -> Standing | None:
    """The standing that (grade, day, drill) answers give."""
    return replay(Past(_kind(drill), day, grade) for grade, day, drill in answers)[0].standing


def _kind(drill: bool) -> Kind:
    return Kind.DRILL if drill else Kind.REVIEW


def dated(steps: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Answers as (grade, day, drill), from steps that say how many days passed before each."""
    day, row = 100, []
    for grade, passed, drill in steps:
        day += passed
        row.append((grade, day, drill))
    return row


def test_the_first_answer_to_a_new_card_is_a_review() -> None:
    assert moves_schedule(None, 100)
    assert fold(None, 4, 100) == Standing(Schedule(1, 1, 250, 101), reviewed=100, repeat_day=None, lapses=0)


def test_the_first_answer_to_a_new_card_is_a_review_even_if_marked_as_a_drill() -> None:
    assert fold(None, 5, 100, Kind.DRILL) == Standing(Schedule(1, 1, 260, 101), 100, None, 0)


def test_a_second_answer_on_the_same_day_moves_no_schedule() -> None:
    standing = fold(None, 2, 100)
    assert not moves_schedule(standing, 100)
    assert fold(standing, 5, 100) == Standing(Schedule(0, 1, 250, 101), 100, None, 0)


def test_a_card_graded_below_4_comes_back_that_day_until_it_is_graded_4() -> None:
    standing = fold(None, 3, 100)
    assert standing.repeat_day == 100
    standing = fold(standing, 0, 100)
    assert standing.repeat_day == 100
    standing = fold(standing, 3, 100)
    assert standing.repeat_day == 100
    standing = fold(standing, 4, 100)
    assert standing == Standing(Schedule(1, 1, 236, 101), 100, None, 0)


def test_a_failed_drill_brings_a_card_back_that_day_and_moves_no_schedule() -> None:
    standing = fold(fold(None, 4, 100), 1, 100)
    assert standing == Standing(Schedule(1, 1, 250, 101), 100, 100, 0)


def test_the_first_answer_of_a_later_day_is_a_review() -> None:
    standing = fold(None, 4, 100)
    assert moves_schedule(standing, 101)
    assert fold(standing, 4, 107) == Standing(Schedule(2, 6, 250, 113), 107, None, 0)


def test_a_repeat_of_an_earlier_day_is_settled_by_the_next_review() -> None:
    standing = fold(None, 1, 100)
    assert standing.repeat_day == 100
    assert fold(standing, 4, 101).repeat_day is None
    assert fold(standing, 3, 101).repeat_day == 101


def test_an_answer_marked_as_a_drill_moves_no_schedule_on_a_later_day() -> None:
    standing = fold(None, 4, 100)
    assert fold(standing, 0, 105, Kind.DRILL) == Standing(Schedule(1, 1, 250, 101), 100, 105, 0)


def test_an_answer_dated_before_the_last_review_moves_no_schedule() -> None:
    standing = fold(None, 4, 100)
    assert not moves_schedule(standing, 99)
    assert fold(standing, 0, 99) == Standing(Schedule(1, 1, 250, 101), 100, 99, 0)


def test_only_what_was_remembered_can_lapse() -> None:
    standing = standing_after([(1, 100, False), (2, 101, False), (0, 102, False)])
    assert standing == Standing(Schedule(0, 1, 250, 103), 102, 102, 0)


def test_every_forgetting_of_a_remembered_card_is_a_lapse() -> None:
    standing = standing_after([(4, 100, False), (2, 101, False), (1, 101, False), (4, 102, False), (0, 108, False)])
    assert standing == Standing(Schedule(0, 1, 250, 109), 108, 108, 2)


def test_a_failed_drill_is_no_lapse() -> None:
    standing = standing_after([(4, 100, False), (0, 100, False)])
    assert standing is not None
    assert standing.lapses == 0


def test_a_card_without_answers_has_no_standing() -> None:
    assert standing_after([]) is None


def test_undoing_an_answer_is_replaying_without_it() -> None:
    history = [(5, 100, False), (4, 101, False)]
    undone = standing_after(history)
    assert undone == Standing(Schedule(2, 6, 260, 107), 101, None, 0)
    again = standing_after([*history, (2, 107, False)])
    assert again == Standing(Schedule(0, 1, 260, 108), 107, 107, 1)
    assert standing_after([*history, (2, 107, False)][:-1]) == undone


def test_undoing_a_days_first_answer_makes_its_next_one_the_review() -> None:
    assert standing_after([(1, 100, False), (5, 100, False)]) == Standing(Schedule(0, 1, 250, 101), 100, None, 0)
    assert standing_after([(5, 100, False)]) == Standing(Schedule(1, 1, 260, 101), 100, None, 0)


def test_a_days_figures_count_cards_met_reviews_drills_and_time() -> None:
    history = [
        Past(Kind.REVIEW, 100, 1, 500),
        Past(Kind.DRILL, 100, 4, 30),
        Past(Kind.REVIEW, 101, 5, 7),
        Past(Kind.REVIEW, 100, 5, 2),
    ]
    assert replay(history)[1] == {100: Today(1, 1, 2, 532), 101: Today(0, 1, 0, 7)}


def test_without_its_first_answer_a_card_was_met_on_the_day_of_its_second() -> None:
    history = [Past(Kind.REVIEW, 100, 4, 500), Past(Kind.REVIEW, 101, 4, 30)]
    assert replay(history)[1] == {100: Today(1, 1, 0, 500), 101: Today(0, 1, 0, 30)}
    assert replay(history[1:])[1] == {101: Today(1, 1, 0, 30)}


@settings(deadline=None, derandomize=True, max_examples=100)
@given(answers, answers)
def test_replaying_a_history_continues_what_was_folded_so_far(
    before: list[tuple[int, int, bool]], after: list[tuple[int, int, bool]]
) -> None:
    row = dated([*before, *after])
    standing = standing_after(row[: len(before)])
    for grade, day, drill in row[len(before) :]:
        standing = fold(standing, grade, day, _kind(drill))
    assert standing == standing_after(row)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(answers)
def test_a_schedule_depends_on_the_first_answer_of_each_day_alone(steps: list[tuple[int, int, bool]]) -> None:
    row = [(grade, day, False) for grade, day, _ in dated(steps)]
    firsts = {day: (grade, day, False) for grade, day, _ in reversed(row)}
    whole, thinned = standing_after(row), standing_after(firsts[day] for day in sorted(firsts))
    assert (whole and (whole.schedule, whole.reviewed, whole.lapses)) == (
        thinned and (thinned.schedule, thinned.reviewed, thinned.lapses)
    )


@settings(deadline=None, derandomize=True, max_examples=100)
@given(answers.filter(bool))
def test_a_card_comes_back_on_the_day_of_its_last_answer_if_that_was_graded_below_4(
    steps: list[tuple[int, int, bool]],
) -> None:
    row = dated(steps)
    grade, day, _ = row[-1]
    standing = standing_after(row)
    assert standing is not None
    assert standing.repeat_day == (day if grade < 4 else None)
    assert moves_schedule(standing, day + 1)


# ── what is not an answer ──────────────────────────────────────────────────────────────────────────


def state_after(*events: Past) -> State:
    return replay(events)[0]


KNOWN = Past(Kind.REVIEW, 100, 4)
STANDING = Standing(Schedule(1, 1, 250, 101), 100, None, 0)


def test_a_suspended_card_is_held_until_it_is_resumed() -> None:
    suspended = state_after(KNOWN, Past(Kind.SUSPEND, 101))
    assert suspended == State(STANDING, suspended=True)
    assert suspended.is_held(101)
    assert suspended.is_held(999)
    assert step(suspended, Past(Kind.RESUME, 102))[0] == State(STANDING)


def test_a_buried_card_is_held_on_that_day_alone() -> None:
    buried = state_after(KNOWN, Past(Kind.BURY, 101))
    assert buried == State(STANDING, buried=101)
    assert buried.is_held(101)
    assert not buried.is_held(102)
    assert not buried.is_held(100), "a clock that is put back brings it back as well"


def test_a_buried_card_can_be_resumed_on_the_same_day() -> None:
    assert state_after(Past(Kind.BURY, 100), Past(Kind.RESUME, 100)) == State()


def test_a_reset_card_is_new_again_but_stays_suspended() -> None:
    assert state_after(KNOWN, Past(Kind.SUSPEND, 100), Past(Kind.RESET, 101)) == State(suspended=True)
    again = state_after(KNOWN, Past(Kind.RESET, 101), Past(Kind.REVIEW, 101, 5))
    assert again.standing == Standing(Schedule(1, 1, 260, 102), 101, None, 0)


def test_a_relinked_card_has_handed_everything_over() -> None:
    assert state_after(KNOWN, Past(Kind.SUSPEND, 100), Past(Kind.RELINK, 101)) == State()


def test_cramming_moves_and_settles_nothing() -> None:
    failed = state_after(Past(Kind.REVIEW, 100, 2))
    for grade in (0, 5):
        assert step(failed, Past(Kind.CRAM, 100, grade, 70)) == (failed, Today(drills=1, milliseconds=70))
    assert step(State(), Past(Kind.CRAM, 100, 5, 70))[0] == State()
    assert not moves_schedule(None, 100, Kind.CRAM)


def test_what_is_no_answer_adds_nothing_to_a_days_figures() -> None:
    kinds = (Kind.SUSPEND, Kind.RESUME, Kind.BURY, Kind.RESET, Kind.RELINK, Kind.UNDO, Kind.DUE)
    assert replay(Past(kind, 100) for kind in kinds)[1] == {}


def test_a_days_repeated_cards_are_its_reviews_without_the_new_ones() -> None:
    assert Today(new=3, reviews=10, drills=5).repeated == 7


def test_a_card_brought_forward_is_due_that_day_with_the_interval_that_has_passed() -> None:
    known = Standing(Schedule(3, 15, 250, 115), 100, None, 1)
    assert step(State(known), Past(Kind.DUE, 104))[0] == State(Standing(Schedule(3, 4, 250, 104), 100, None, 1))


def test_an_answer_to_a_card_brought_forward_proves_no_more_than_the_days_that_have_passed() -> None:
    forward = state_after(Past(Kind.REVIEW, 100, 4), Past(Kind.REVIEW, 101, 4), Past(Kind.DUE, 103))
    assert step(forward, Past(Kind.REVIEW, 103, 4))[0].standing == Standing(Schedule(3, 5, 250, 108), 103, None, 0)


def test_a_card_that_is_due_already_is_not_brought_forward() -> None:
    due = State(Standing(Schedule(3, 15, 250, 115), 100, None, 0))
    assert step(due, Past(Kind.DUE, 115))[0] == due
    assert step(due, Past(Kind.DUE, 300))[0] == due


def test_a_card_that_was_reviewed_that_day_comes_back_as_a_drill() -> None:
    reviewed = state_after(Past(Kind.REVIEW, 100, 4))
    assert step(reviewed, Past(Kind.DUE, 100))[0] == State(Standing(Schedule(1, 1, 250, 101), 100, 100, 0))


def test_a_new_card_brought_forward_counts_as_met_and_forgotten_the_day_before() -> None:
    assert step(State(), Past(Kind.DUE, 100))[0] == State(Standing(Schedule(0, 1, 250, 100), 99, None, 0))


def test_a_card_set_aside_stays_so_when_it_is_brought_forward() -> None:
    aside = state_after(KNOWN, Past(Kind.SUSPEND, 100), Past(Kind.DUE, 100))
    assert aside.suspended
    assert state_after(KNOWN, Past(Kind.BURY, 100), Past(Kind.DUE, 100)).is_held(100)


def happened(steps: list[tuple[Kind, int, int]]) -> list[Past]:
    """Events, from steps that say what they are, how many days later (a clock may be put back), and the grade."""
    days = accumulate((later for _kind, later, _grade in steps), initial=1000)
    return [Past(kind, day, grade) for day, (kind, _later, grade) in zip(islice(days, 1, None), steps, strict=True)]


happenings = st.lists(
    st.tuples(
        st.sampled_from([*[Kind.REVIEW] * 6, *[Kind.DUE] * 3, *Kind]),
        st.sampled_from([0, 1, 1, 2, 6, 20, -1]),
        st.sampled_from([0, 2, 3, 4, 4, 5, 5]),
    ),
    min_size=4,
    max_size=20,
).map(happened)
"""Mostly answers that make intervals long, so that there is something to be brought forward."""


@given(events=happenings)
def test_whatever_happens_a_card_is_due_its_interval_after_its_last_review(events: list[Past]) -> None:
    standing = replay(events)[0].standing
    if standing is not None:
        assert standing.schedule.interval > 0
        assert standing.schedule.due == standing.reviewed + standing.schedule.interval


@given(events=happenings, day=st.integers(1000, 1040))
def test_a_card_brought_forward_is_asked_that_day_and_bringing_it_forward_again_changes_nothing(
    events: list[Past], day: int
) -> None:
    forward, gained = step(replay(events)[0], Past(Kind.DUE, day))
    assert forward.standing is not None
    is_due = forward.standing.schedule.due <= day
    assert is_due or forward.standing.repeat_day == day
    assert (step(forward, Past(Kind.DUE, day)), gained) == ((forward, Today()), Today())
