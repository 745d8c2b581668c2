"""The order of a session's cards."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.agenda import Agenda, new_left, plan


def asked(agenda: Agenda, grades: list[int]) -> list[int]:
    """The cards asked while these grades are given, then only fours, to the end."""
    order = []
    remaining = iter(grades)
    while agenda.current is not None:
        order.append(agenda.current)
        agenda = agenda.answered(next(remaining, 4))
    return order


def test_due_cards_come_first_then_new_ones_then_the_days_repeats() -> None:
    assert asked(plan(due=[1, 2], new=[3], repeats=[4, 5]), []) == [1, 2, 3, 4, 5]


def test_an_empty_agenda_has_no_card() -> None:
    agenda = plan([], [], [])
    assert agenda.current is None
    assert agenda.left == 0
    assert agenda.answered(1).current is None
    assert agenda.skipped().current is None


def test_a_limit_bounds_due_and_new_cards_together_but_not_repeats() -> None:
    agenda = plan([1, 2], [3, 4], [5, 6], limit=3)
    assert asked(agenda, []) == [1, 2, 3, 5, 6]
    assert plan([1, 2], [3, 4], [5], limit=0).current == 5
    assert plan([1], [], [], limit=9).left == 1


def test_a_card_graded_below_4_comes_back_after_all_the_others() -> None:
    assert asked(plan([1, 2], [3], [4]), [3, 4, 0]) == [1, 2, 3, 4, 1, 3]


def test_a_card_comes_back_until_it_is_graded_4() -> None:
    assert asked(plan([1], [], []), [0, 1, 2, 3, 4]) == [1, 1, 1, 1, 1]
    assert asked(plan([1], [], []), [5]) == [1]


def test_a_skipped_card_comes_back_after_all_the_others() -> None:
    agenda = plan([1, 2], [], [3]).skipped()
    assert agenda.left == 3
    assert asked(agenda, []) == [2, 3, 1]


def test_a_skipped_repeat_goes_behind_the_other_repeats() -> None:
    assert asked(plan([], [], [1, 2]).skipped(), []) == [2, 1]


def test_what_is_left_counts_the_current_card_and_the_repeats() -> None:
    agenda = plan([1, 2], [3], [4])
    assert agenda.left == 4
    assert agenda.answered(4).left == 3
    assert agenda.answered(3).left == 4


def test_an_earlier_agenda_undoes_what_came_after_it() -> None:
    before = plan([1, 2], [], [])
    after = before.answered(0).skipped().answered(5)
    assert after.current == 2
    assert (before.current, before.left) == (1, 2)
    assert before == plan([1, 2], [], [])


def test_new_cards_are_the_days_allowance_less_those_of_today() -> None:
    assert new_left(allowance=10, introduced_today=0, extra=None) == 10
    assert new_left(allowance=10, introduced_today=7, extra=None) == 3
    assert new_left(allowance=10, introduced_today=12, extra=None) == 0


def test_a_wish_for_this_session_replaces_the_allowance() -> None:
    assert new_left(allowance=10, introduced_today=7, extra=5) == 5
    assert new_left(allowance=10, introduced_today=0, extra=0) == 0


@st.composite
def agendas(draw: st.DrawFn) -> tuple[Agenda, list[int]]:
    """An agenda of distinct cards, with its cards in the planned order."""
    due, new, repeats = (draw(st.integers(0, 4)) for _ in range(3))
    cards = list(range(due + new + repeats))
    return plan(cards[:due], cards[due : due + new], cards[due + new :]), cards


@settings(deadline=None, derandomize=True, max_examples=100)
@given(agendas(), st.lists(st.integers(0, 5), max_size=20))
def test_every_card_is_asked_and_first_in_the_planned_order(
    planned: tuple[Agenda, list[int]], grades: list[int]
) -> None:
    agenda, cards = planned
    assert list(dict.fromkeys(asked(agenda, grades))) == cards


@settings(deadline=None, derandomize=True, max_examples=100)
@given(agendas(), st.lists(st.integers(0, 5), max_size=20))
def test_a_card_is_asked_once_more_for_every_grade_below_4(
    planned: tuple[Agenda, list[int]], grades: list[int]
) -> None:
    agenda, cards = planned
    order = asked(agenda, grades)
    failed = [card for card, grade in zip(order, grades, strict=False) if grade < 4]
    assert sorted(order) == sorted([*cards, *failed])


@settings(deadline=None, derandomize=True, max_examples=100)
@given(agendas(), st.lists(st.sampled_from([0, 3, 4, 5, None]), max_size=20))
def test_a_card_put_back_waits_for_all_that_were_left(
    planned: tuple[Agenda, list[int]], steps: list[int | None]
) -> None:
    agenda, _ = planned
    for step in steps:
        card = agenda.current
        if card is None:
            break
        left = agenda.left
        agenda = agenda.skipped() if step is None else agenda.answered(step)
        comes_back = step is None or step < 4
        assert agenda.left == (left if comes_back else left - 1)
        if comes_back:
            rest = asked(agenda, [])
            assert rest[-1] == card
            assert len(rest) == left


def test_an_agenda_can_start_with_any_card_and_asks_it_once() -> None:
    agenda = Agenda((1, 2, 3), repeats=(4, 5), position=1)
    assert agenda.starting_with(3) == Agenda((3, 2), (4, 5))
    assert agenda.starting_with(5) == Agenda((5, 2, 3), (4,))
    assert agenda.starting_with(9) == Agenda((9, 2, 3), (4, 5))
