"""Which cards a session asks, and in which order."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.agenda import Agenda, Candidate, Room, Rules, arranged, by_urgency, chosen, in_order, plan

DAY = 1000
RULES = Rules(DAY)
lawful = settings(deadline=None, derandomize=True, max_examples=150)


def due(card: int, interval: int = 1, late: int = 0, *, topic: int = 1, siblings: str = "", deck: int = 1) -> Candidate:
    return Candidate(card, deck, topic, siblings or f"n{card}", interval, DAY - late)


def new(card: int, *, topic: int = 1, siblings: str = "", deck: int = 1) -> Candidate:
    return Candidate(card, deck, topic, siblings or f"n{card}")


def cards(candidates: Iterable[Candidate]) -> list[int]:
    return [each.card for each in candidates]


def asked(agenda: Agenda, grades: list[int]) -> list[int]:
    """The cards asked while these grades are given, then only fours, to the end."""
    order = []
    remaining = iter(grades)
    while agenda.current is not None:
        order.append(agenda.current)
        agenda = agenda.answered(next(remaining, 4))
    return order


# ── the course of a session ────────────────────────────────────────────────────────────────────────


def test_an_empty_agenda_has_no_card() -> None:
    agenda = plan([], [], [], RULES)
    assert agenda.current is None
    assert agenda.left == 0
    assert agenda.answered(1).current is None
    assert agenda.skipped().current is None


def test_a_card_graded_below_4_comes_back_after_all_the_others() -> None:
    assert asked(Agenda((1, 2, 3), (4,)), [3, 4, 0]) == [1, 2, 3, 4, 1, 3]


def test_a_card_comes_back_until_it_is_graded_4() -> None:
    assert asked(Agenda((1,)), [0, 1, 2, 3, 4]) == [1, 1, 1, 1, 1]
    assert asked(Agenda((1,)), [5]) == [1]


def test_a_skipped_card_comes_back_after_all_the_others() -> None:
    agenda = Agenda((1, 2), (3,)).skipped()
    assert agenda.left == 3
    assert asked(agenda, []) == [2, 3, 1]


def test_a_skipped_repeat_goes_behind_the_other_repeats() -> None:
    assert asked(Agenda((), (1, 2)).skipped(), []) == [2, 1]


def test_a_dropped_card_does_not_come_back() -> None:
    assert asked(Agenda((1, 2), (3,)).dropped(), []) == [2, 3]
    assert asked(Agenda((), (3, 4)).dropped(), []) == [4]


def test_what_is_left_counts_the_current_card_and_the_repeats() -> None:
    agenda = Agenda((1, 2, 3), (4,))
    assert agenda.left == 4
    assert agenda.answered(4).left == 3
    assert agenda.answered(3).left == 4


def test_an_earlier_agenda_undoes_what_came_after_it() -> None:
    before = Agenda((1, 2))
    after = before.answered(0).skipped().answered(5)
    assert after.current == 2
    assert (before.current, before.left) == (1, 2)
    assert before == Agenda((1, 2))


def test_an_agenda_can_start_with_any_card_and_asks_it_once() -> None:
    agenda = Agenda((1, 2, 3), repeats=(4, 5), position=1)
    assert agenda.starting_with(3) == Agenda((3, 2), (4, 5))
    assert agenda.starting_with(5) == Agenda((5, 2, 3), (4,))
    assert agenda.starting_with(9) == Agenda((9, 2, 3), (4, 5))


def test_a_card_can_take_the_place_of_the_last_one_of_its_kind() -> None:
    agenda = Agenda((1, 2, 3, 4), repeats=(5,), position=1)
    assert agenda.instead_of_the_last(9, {2, 3}) == Agenda((9, 2, 4), (5,))
    assert agenda.instead_of_the_last(9, {1}) == agenda, "it was asked already"
    assert agenda.instead_of_the_last(9, ()) == agenda


# ── what is chosen ─────────────────────────────────────────────────────────────────────────────────


def test_due_cards_come_by_the_days_they_are_late_in_intervals() -> None:
    late = [due(1, interval=300, late=30), due(2, interval=2, late=1), due(3, interval=6, late=12)]
    assert cards(chosen(by_urgency(late, DAY), [], RULES)[0]) == [3, 2, 1]


def test_cards_that_are_equally_late_have_another_order_each_day_and_the_same_all_day() -> None:
    row = [due(card) for card in range(20)]
    first = cards(chosen(by_urgency(row, DAY), [], RULES)[0])
    tomorrow = [each._replace(due=DAY + 1) for each in row]
    assert cards(chosen(by_urgency(reversed(row), DAY), [], RULES)[0]) == first
    assert cards(chosen(by_urgency(tomorrow, DAY + 1), [], RULES._replace(day=DAY + 1))[0]) != first
    assert first != sorted(first)


def test_the_days_room_bounds_due_and_new_cards_each() -> None:
    rules = RULES._replace(room=Room(new=2, due=1))
    found = chosen([due(1, late=1), due(2)], map(new, [3, 4, 5]), rules)
    assert tuple(map(cards, found)) == ([1], [3, 4])


def test_a_decks_own_room_bounds_its_cards_alone() -> None:
    rules = RULES._replace(by_deck={2: Room(new=1, due=0)})
    found = chosen([due(1), due(2, deck=2)], [new(3, deck=2), new(4, deck=2), new(5)], rules)
    assert tuple(map(cards, found)) == ([1], [3, 5])


def test_a_limit_bounds_due_and_new_cards_together_but_not_what_comes_back() -> None:
    row = [due(1, late=2), due(2, late=1)]
    assert asked(plan(row, map(new, [3, 4]), [5, 6], RULES._replace(limit=3, new_order="last")), []) == [1, 2, 3, 5, 6]
    assert plan(row, [new(3)], [5], RULES._replace(limit=0)).current == 5
    assert plan(row, [], [], RULES._replace(limit=9)).left == 2


def test_no_more_new_cards_are_looked_at_than_are_taken() -> None:
    endless = map(new, iter(range(10**9)))
    assert cards(chosen([], endless, RULES._replace(room=Room(new=3)))[1]) == [0, 1, 2]
    assert next(endless).card == 3


def test_of_siblings_the_most_urgent_is_asked_and_the_others_wait() -> None:
    pair = [due(1, interval=10, late=2, siblings="n#a"), due(2, interval=10, late=5, siblings="n#a")]
    others = [new(3, siblings="n#a"), new(4, siblings="n#b"), new(5, siblings="n#b")]
    assert tuple(map(cards, chosen(by_urgency(pair, DAY), others, RULES))) == ([2], [4])


def test_siblings_of_what_was_asked_today_wait() -> None:
    rules = RULES._replace(asked={(1, "n#a")})
    found = chosen([due(1, siblings="n#a", interval=2, late=1)], [new(2, siblings="n#a"), new(3)], rules)
    assert tuple(map(cards, found)) == ([], [3])


def test_equal_names_in_two_decks_are_no_siblings() -> None:
    assert cards(chosen([due(1, siblings="n"), due(2, siblings="n", deck=2)], [], RULES)[0]) != []
    assert len(chosen([due(1, siblings="n"), due(2, siblings="n", deck=2)], [], RULES)[0]) == 2


def test_a_due_card_does_not_wait_for_longer_than_its_interval() -> None:
    rules = RULES._replace(asked={(1, "n#a")})
    late = [due(1, interval=5, late=4, siblings="n#a"), due(2, interval=5, late=5, siblings="n#a")]
    assert cards(chosen(late, [], rules)[0]) == [2]


def test_siblings_need_not_wait() -> None:
    rules = RULES._replace(bury_siblings=False, asked={(1, "n")})
    found = chosen([due(1, siblings="n"), due(2, siblings="n")], [new(3, siblings="n")], rules)
    assert (sorted(cards(found[0])), cards(found[1])) == ([1, 2], [3])


# ── in which order ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("mixed", [1, 2, 11, 3, 4, 5, 12, 6]),
        ("first", [11, 12, 1, 2, 3, 4, 5, 6]),
        ("last", [1, 2, 3, 4, 5, 6, 11, 12]),
    ],
)
def test_new_cards_come_among_the_due_ones_or_before_or_after_them(order: str, expected: list[int]) -> None:
    rules = Rules(DAY, new_order=order)  # type: ignore[arg-type]  # the parameter is one of its three
    assert cards(in_order([due(n) for n in range(1, 7)], [new(11), new(12)], rules)) == expected


def test_a_session_begins_with_a_due_card_where_new_ones_are_mixed_in() -> None:
    assert cards(in_order([due(1)], [new(2)], RULES)) == [1, 2]
    assert cards(in_order([due(1)], [new(2), new(3), new(4)], RULES)) == [1, 2, 3, 4]
    assert cards(in_order([], [new(2), new(3)], RULES)) == [2, 3]


def test_topics_take_turns() -> None:
    row = [due(1), due(2), due(3), due(4, topic=2), due(5, topic=2), due(6, topic=3)]
    assert cards(arranged(row)) == [1, 4, 2, 5, 3, 6]


def test_the_cards_of_a_note_keep_apart() -> None:
    row = [due(1, siblings="n#a"), due(2, siblings="n#b"), due(3), due(4), due(5), due(6), due(7), due(8)]
    assert cards(arranged(row)) == [1, 3, 4, 5, 6, 7, 2, 8]


def test_new_cards_keep_the_order_of_their_decks() -> None:
    row = [new(1), new(2), new(3, topic=2)]
    assert cards(in_order([], row, RULES)) == [1, 2, 3]


candidates = st.lists(
    st.builds(
        Candidate,
        card=st.integers(0, 1000),
        deck=st.integers(1, 3),
        topic=st.integers(1, 4),
        siblings=st.sampled_from(["a", "a#1", "a#2", "b", "c#x", "d"]),
        interval=st.integers(1, 50),
        due=st.integers(DAY - 60, DAY),
    ),
    max_size=40,
    unique_by=lambda each: each.card,
)
new_candidates = candidates.map(lambda row: [each._replace(card=each.card + 2000, interval=0, due=0) for each in row])
rules = st.builds(
    Rules,
    day=st.just(DAY),
    room=st.builds(Room, st.integers(0, 20), st.integers(0, 20)),
    by_deck=st.dictionaries(st.integers(1, 3), st.builds(Room, st.integers(0, 5), st.integers(0, 5))),
    limit=st.none() | st.integers(0, 30),
    new_order=st.sampled_from(["mixed", "first", "last"]),
    bury_siblings=st.booleans(),
)


@lawful
@given(candidates, new_candidates, rules)
def test_no_limit_is_exceeded_and_no_card_comes_twice(
    late: list[Candidate], unmet: list[Candidate], given_rules: Rules
) -> None:
    agenda = plan(late, unmet, [], given_rules)
    found_due = [each for each in late if each.card in agenda.cards]
    found_new = [each for each in unmet if each.card in agenda.cards]
    assert len(found_due) <= given_rules.room.due
    assert len(found_new) <= given_rules.room.new
    assert given_rules.limit is None or agenda.left <= given_rules.limit
    for deck, room in given_rules.by_deck.items():
        assert sum(each.deck == deck for each in found_due) <= room.due
        assert sum(each.deck == deck for each in found_new) <= room.new
    assert len(set(agenda.cards)) == len(agenda.cards) == len(found_due) + len(found_new)


@lawful
@given(candidates, new_candidates, rules)
def test_siblings_are_asked_on_one_day_only_where_one_could_wait_no_longer(
    late: list[Candidate], unmet: list[Candidate], given_rules: Rules
) -> None:
    found_due, found_new = chosen(late, unmet, given_rules)
    if not given_rules.bury_siblings:
        return
    families: set[tuple[int, str]] = set()
    for each in [*found_due, *found_new]:
        assert each.family not in families or (each.interval and each.overdueness(DAY) >= 1)
        families.add(each.family)


@lawful
@given(candidates)
def test_arranging_loses_no_card(row: list[Candidate]) -> None:
    assert sorted(arranged(row)) == sorted(row)


@st.composite
def agendas(draw: st.DrawFn) -> tuple[Agenda, list[int]]:
    """An agenda of distinct cards, with its cards in the planned order."""
    planned, repeats = draw(st.integers(0, 8)), draw(st.integers(0, 4))
    row = list(range(planned + repeats))
    return Agenda(tuple(row[:planned]), tuple(row[planned:])), row


@lawful
@given(agendas(), st.lists(st.integers(0, 5), max_size=20))
def test_every_card_is_asked_and_first_in_the_planned_order(
    planned: tuple[Agenda, list[int]], grades: list[int]
) -> None:
    agenda, row = planned
    assert list(dict.fromkeys(asked(agenda, grades))) == row


@lawful
@given(agendas(), st.lists(st.integers(0, 5), max_size=20))
def test_a_card_is_asked_once_more_for_every_grade_below_4(
    planned: tuple[Agenda, list[int]], grades: list[int]
) -> None:
    agenda, row = planned
    order = asked(agenda, grades)
    failed = [card for card, grade in zip(order, grades, strict=False) if grade < 4]
    assert sorted(order) == sorted([*row, *failed])


@lawful
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
