"""What the events of a sitting make of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdock.core.marking import Certainty
from quizdock.core.sitting import START, UNANSWERED, Answer, Event, Kind, replay, step, worth


def answered(number: int, credit: float, given_text: object = "x", **more: object) -> Event:
    return Event(Kind.ANSWERED, 1, number, given_text, credit, **more)  # type: ignore[arg-type]  # a test's few fields


def test_an_answer_is_kept_and_the_latest_counts() -> None:
    state = replay([answered(2, 0.0, "a", milliseconds=5), answered(2, 1.0, "b", milliseconds=7)])
    assert state.answer(2) == Answer("b", 1.0, None, tries=2, milliseconds=12, earned=2 / 3)
    assert state.answer(1) == UNANSWERED
    assert state.closed is None


def test_a_flag_comes_and_goes_and_leaves_the_answer_alone() -> None:
    flagged = replay([answered(1, 1.0), Event(Kind.FLAGGED, 2, 1)])
    assert flagged.answer(1).flagged
    assert flagged.answer(1).credit == 1.0
    assert not step(flagged, Event(Kind.UNFLAGGED, 3, 1)).answer(1).flagged


def test_the_first_end_counts() -> None:
    state = replay([Event(Kind.OPENED, 1), Event(Kind.TIMED_OUT, 5), Event(Kind.SUBMITTED, 6)])
    assert (state.closed, state.at) == (Kind.TIMED_OUT, 6)


def test_time_does_not_run_backwards_with_the_clock() -> None:
    assert replay([Event(Kind.OPENED, 9), Event(Kind.FLAGGED, 4, 1)]).at == 9


def test_a_mark_given_anew_keeps_answer_and_certainty() -> None:
    state = replay([answered(1, 0.0, "x", certainty=Certainty.SURE), Event(Kind.REGRADED, 9, 1, "x", 1.0)])
    assert (state.answer(1).given, state.answer(1).credit, state.answer(1).certainty) == ("x", 1.0, Certainty.SURE)


@pytest.mark.parametrize(
    ("events", "earned"),
    [
        ([answered(1, 1.0)], 1.0),
        ([answered(1, 0.0), answered(1, 1.0)], 2 / 3),
        ([answered(1, 0.0), answered(1, 0.0), answered(1, 1.0)], 1 / 3),
        ([Event(Kind.HINTED, 0, 1), answered(1, 1.0)], 2 / 3),
        ([Event(Kind.HINTED, 0, 1), answered(1, 0.5)], 1 / 3),
        ([answered(1, 0.5), answered(1, 0.0)], 0.5),
        ([Event(Kind.HINTED, 0, 1)] * 4 + [answered(1, 1.0)], 0.0),
    ],
)
def test_in_practice_each_try_and_each_hint_costs_a_third(events: list[Event], earned: float) -> None:
    assert replay(events).answer(1).earned == pytest.approx(earned)


def test_a_question_is_settled_when_right_or_when_nothing_can_be_earned_any_more() -> None:
    assert not UNANSWERED.is_settled
    assert replay([answered(1, 1.0)]).answer(1).is_settled
    assert not replay([answered(1, 0.5), answered(1, 0.0)]).answer(1).is_settled
    assert replay([answered(1, 0.0)] * 3).answer(1).is_settled
    assert not replay([Event(Kind.HINTED, 0, 1)] * 3).answer(1).is_settled, "one answer is still to come"
    assert worth(replay([Event(Kind.HINTED, 0, 1)]).answer(1)) == pytest.approx(2 / 3)


events = st.lists(
    st.builds(
        Event,
        st.sampled_from(Kind),
        st.integers(0, 100),
        st.integers(1, 3),
        st.sampled_from(["a", True, ["x"]]),
        st.sampled_from([0.0, 0.5, 1.0]),
    ),
    max_size=20,
)


@given(events, st.integers(0, 20))
def test_going_on_from_any_point_gives_what_no_interruption_would(history: list[Event], cut: int) -> None:
    state = replay(history[:cut])
    for event in history[cut:]:
        state = step(state, event)
    assert state == replay(history)


@given(events)
def test_what_practice_earns_lies_between_nothing_and_one(history: list[Event]) -> None:
    state = replay(history)
    assert all(0 <= answer.earned <= 1 for answer in state.answers.values())
    assert START.answers == {}
