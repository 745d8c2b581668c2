"""Answers and undos as events, and the schedules and figures that they make."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizdock.core.card import Deck, Topic
from quizdock.core.journal import Answer, Standing, Today
from quizdock.core.sm2 import Schedule
from quizdock.store import Store, open_store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Difference, Key, Moment, as_json

DAY = 739_944  # 2026-11-24
NOON = 1_795_521_600_000  # 2026-11-24T12:00:00Z
A, B, C, D, E = range(1, 6)
ALL = Scope((1, 2))


def at(day: int) -> Moment:
    return Moment(NOON + (day - DAY) * 86_400_000, day)


@pytest.fixture
def ada(store: Store, deck_of: Callable[..., Deck]) -> int:
    """A learner, before two decks: the cards A, B and C, then D and E."""
    store.catalogue.put(deck_of("one", first="a b c"), "one.toml", b"")
    store.catalogue.put(deck_of("two", second="d e"), "two.toml", b"")
    return store.learners.add("Ada")


@pytest.fixture
def answer(store: Store, ada: int) -> Callable[..., Key]:
    """Answers a card: `answer(A, 4, DAY)`; half a second a time."""

    def give(card: int, grade: int, day: int = DAY, learner: int = ada, milliseconds: int = 500) -> Key:
        key, _, _ = store.journal.answer(learner, Answer(card, grade, None, milliseconds, 7), at(day))
        return key

    return give


def events(store: Store) -> list[tuple[Any, ...]]:
    return store.database.rows("SELECT * FROM event ORDER BY device, seq")


def test_a_first_answer_meets_the_card(store: Store, ada: int) -> None:
    key, standing, drill = store.journal.answer(ada, Answer(A, 4, '"x"', 1500, -7), at(DAY))
    assert key == Key(1, 1)
    assert standing == Standing(Schedule(1, 1, 250, DAY + 1), DAY, None, 0)
    assert not drill
    assert store.journal.standing(ada, A) == standing


def test_an_event_keeps_all_that_happened(store: Store, ada: int) -> None:
    store.journal.answer(ada, Answer(A, 3, '"x"', 1500, -7), at(DAY))
    (event,) = events(store)
    device, seq, learner, kind, when, day, card, grade, milliseconds, response, digest, of_device, of_seq = event
    assert (device, seq, learner, kind) == (1, 1, ada, 1)
    assert (when, day, card, grade) == (NOON, DAY, A, 3)
    assert (milliseconds, response, digest) == (1500, '"x"', -7)
    assert (of_device, of_seq) == (None, None)


def test_a_second_answer_on_the_same_day_is_a_drill_and_moves_nothing(store: Store, ada: int) -> None:
    _, first, _ = store.journal.answer(ada, Answer(A, 2, None, 500, 0), at(DAY))
    key, second, drill = store.journal.answer(ada, Answer(A, 5, None, 500, 0), at(DAY))
    assert drill
    assert first == Standing(Schedule(0, 1, 250, DAY + 1), DAY, DAY, 0)
    assert second == Standing(Schedule(0, 1, 250, DAY + 1), DAY, None, 0)
    assert [event[3] for event in events(store)] == [1, 2]
    assert key == Key(1, 2)


def test_a_schedule_grows_from_answer_to_answer(store: Store, answer: Callable[..., Key], ada: int) -> None:
    seen = []
    for grade, day in ((4, DAY), (5, DAY + 1), (3, DAY + 7), (4, DAY + 23)):
        answer(A, grade, day)
        seen.append(store.journal.standing(ada, A))
    assert seen == [
        Standing(Schedule(1, 1, 250, DAY + 1), DAY, None, 0),
        Standing(Schedule(2, 6, 260, DAY + 7), DAY + 1, None, 0),
        Standing(Schedule(3, 16, 246, DAY + 23), DAY + 7, DAY + 7, 0),
        Standing(Schedule(4, 40, 246, DAY + 63), DAY + 23, None, 0),
    ]


def test_a_late_answer_counts_from_its_own_day(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 4, DAY)
    answer(A, 4, DAY + 31)
    standing = store.journal.standing(ada, A)
    assert standing == Standing(Schedule(2, 6, 250, DAY + 37), DAY + 31, None, 0)


def test_forgetting_a_card_that_was_remembered_is_a_lapse(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 1, DAY)
    answer(A, 4, DAY + 1)
    answer(A, 0, DAY + 2)
    assert store.journal.standing(ada, A) == Standing(Schedule(0, 1, 250, DAY + 3), DAY + 2, DAY + 2, 1)


def test_a_learner_moves_no_other_learners_cards(store: Store, answer: Callable[..., Key], ada: int) -> None:
    bob = store.learners.add("Bob")
    answer(A, 4)
    assert store.journal.standing(bob, A) is None
    assert store.journal.new(bob, ALL, 10) == [A, D, B, E, C]
    answer(A, 4, learner=bob)
    assert [(event[1], event[2], event[3]) for event in events(store)] == [(1, ada, 1), (2, bob, 1)]


def test_an_undo_is_one_more_event_and_changes_none(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 4)
    last = answer(B, 2)
    before = events(store)
    assert store.journal.undo(ada, last, at(DAY)) == B
    after = events(store)
    assert after[:-1] == before
    assert after[-1] == (1, 3, ada, 3, NOON, DAY, B, None, None, None, None, 1, 2)


def test_undoing_a_first_answer_makes_the_card_new(store: Store, answer: Callable[..., Key], ada: int) -> None:
    store.journal.undo(ada, answer(A, 2), at(DAY))
    assert store.journal.standing(ada, A) is None
    assert store.journal.new(ada, ALL, 10) == [A, D, B, E, C]
    assert store.journal.repeats(ada, ALL, DAY) == []
    assert store.journal.on_day(ada, DAY) == Today(0, 0, 0, 0)
    assert store.journal.rebuild().wrong == 0


def test_undoing_a_later_answer_gives_the_standing_before(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 4, DAY)
    before = store.journal.standing(ada, A)
    last = answer(A, 1, DAY + 1)
    store.journal.undo(ada, last, at(DAY + 1))
    assert store.journal.standing(ada, A) == before
    assert store.journal.on_day(ada, DAY) == Today(1, 1, 0, 500)
    assert store.journal.on_day(ada, DAY + 1) == Today(0, 0, 0, 0)


def test_undoing_a_drill_brings_the_card_back_that_day(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 1)
    store.journal.undo(ada, answer(A, 4), at(DAY))
    assert store.journal.repeats(ada, ALL, DAY) == [A]
    assert store.journal.on_day(ada, DAY) == Today(1, 1, 0, 500)


def test_an_answer_after_an_undo_counts_anew(store: Store, answer: Callable[..., Key], ada: int) -> None:
    store.journal.undo(ada, answer(A, 0), at(DAY))
    answer(A, 5)
    assert [(event[1], event[3]) for event in events(store)] == [(1, 1), (2, 3), (3, 1)]
    assert store.journal.standing(ada, A) == Standing(Schedule(1, 1, 260, DAY + 1), DAY, None, 0)
    assert store.journal.on_day(ada, DAY) == Today(1, 1, 0, 500)


def test_undoing_a_first_answer_after_a_later_one_moves_the_day_on_which_the_card_was_met(
    store: Store, answer: Callable[..., Key], ada: int
) -> None:
    """As a session does that was left open overnight while another went on."""
    first = answer(A, 4, DAY)
    answer(A, 4, DAY + 1)
    store.journal.undo(ada, first, at(DAY + 1))
    assert store.journal.standing(ada, A) == Standing(Schedule(1, 1, 250, DAY + 2), DAY + 1, None, 0)
    assert store.journal.rebuild().wrong == 0
    assert store.journal.on_day(ada, DAY) == Today(0, 0, 0, 0)
    assert store.journal.on_day(ada, DAY + 1) == Today(1, 1, 0, 500)


def test_sequence_numbers_have_no_gaps_after_a_failed_answer(
    store: Store, answer: Callable[..., Key], ada: int
) -> None:
    answer(A, 4)
    with pytest.raises(ValueError, match="a grade is a whole number from 0 to 5, not 6"):
        answer(B, 6)
    answer(B, 4)
    assert [event[1] for event in events(store)] == [1, 2]
    assert store.journal.standing(ada, B) == Standing(Schedule(1, 1, 250, DAY + 1), DAY, None, 0)


def test_due_cards_come_longest_overdue_first_then_in_the_decks_order(
    store: Store, answer: Callable[..., Key], ada: int
) -> None:
    for card, day in ((C, DAY), (A, DAY + 1), (B, DAY)):
        answer(card, 4, day)
    assert store.journal.due(ada, ALL, DAY) == []
    assert store.journal.due(ada, ALL, DAY + 1) == [B, C]
    assert store.journal.due(ada, ALL, DAY + 2) == [B, C, A]
    assert [store.journal.count_due(ada, ALL, DAY + days) for days in range(4)] == [0, 2, 3, 3]


def test_a_scope_bounds_what_is_due_new_and_repeated(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 1)
    answer(D, 1)
    first, second = Scope((1,)), Scope((2,))
    assert store.journal.due(ada, first, DAY + 1) == [A]
    assert store.journal.due(ada, second, DAY + 1) == [D]
    assert store.journal.count_due(ada, second, DAY + 1) == 1
    assert store.journal.repeats(ada, first, DAY) == [A]
    assert store.journal.repeats(ada, second, DAY) == [D]
    assert store.journal.new(ada, first, 10) == [B, C]
    assert store.journal.new(ada, second, 10) == [E]


def test_new_cards_stop_at_the_limit(store: Store, ada: int) -> None:
    assert store.journal.new(ada, ALL, 2) == [A, D]
    assert store.journal.new(ada, ALL, 0) == []


@pytest.mark.parametrize(("grade", "again"), [(0, True), (2, True), (3, True), (4, False), (5, False)])
def test_a_card_graded_below_four_comes_back_the_same_day_only(
    store: Store, answer: Callable[..., Key], ada: int, grade: int, again: bool
) -> None:
    answer(A, grade)
    assert store.journal.repeats(ada, ALL, DAY) == ([A] if again else [])
    assert store.journal.repeats(ada, ALL, DAY + 1) == []


def test_a_days_figures_add_up_over_decks(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 1, DAY, milliseconds=1000)
    answer(A, 4, DAY, milliseconds=200)
    answer(D, 4, DAY, milliseconds=30)
    answer(A, 4, DAY + 1, milliseconds=4)
    assert store.journal.on_day(ada, DAY) == Today(new=2, reviews=2, drills=1, milliseconds=1230)
    assert store.journal.on_day(ada, DAY + 1) == Today(new=0, reviews=1, drills=0, milliseconds=4)
    assert store.journal.on_day(ada, DAY + 2) == Today(0, 0, 0, 0)
    assert store.database.rows(
        "SELECT day, deck, new, reviews, drills, milliseconds FROM daily ORDER BY day, deck"
    ) == [
        (DAY, 1, 1, 1, 1, 1200),
        (DAY, 2, 1, 1, 0, 30),
        (DAY + 1, 1, 0, 1, 0, 4),
    ]


def test_studied_days_come_latest_first_and_each_once(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 4, DAY)
    answer(D, 4, DAY)
    answer(B, 4, DAY + 3)
    store.journal.undo(ada, answer(C, 4, DAY + 5), at(DAY + 5))
    assert list(store.journal.studied_days(ada)) == [DAY + 3, DAY]


def test_an_answer_is_on_disk_when_it_is_said_to_be(
    store: Store, answer: Callable[..., Key], ada: int, path: Path
) -> None:
    answer(A, 4)
    with closing(open_store(path, "elsewhere")) as other:
        assert other.journal.standing(ada, A) == Standing(Schedule(1, 1, 250, DAY + 1), DAY, None, 0)


def test_an_answer_after_another_sessions_review_is_a_drill(
    store: Store, answer: Callable[..., Key], ada: int, path: Path
) -> None:
    answer(A, 4)
    with closing(open_store(path, "elsewhere")) as other:
        key, standing, drill = other.journal.answer(ada, Answer(A, 1, None, 500, 0), at(DAY))
    assert (key, drill) == (Key(1, 2), True)
    assert standing == Standing(Schedule(1, 1, 250, DAY + 1), DAY, DAY, 0)


def test_an_answer_on_an_earlier_day_is_a_drill(store: Store, answer: Callable[..., Key], ada: int) -> None:
    """As after a journey west, or a clock that was put right."""
    answer(A, 4, DAY)
    answer(A, 5, DAY - 1)
    assert store.journal.standing(ada, A) == Standing(Schedule(1, 1, 250, DAY + 1), DAY, None, 0)
    assert [event[3] for event in events(store)] == [1, 2]
    assert store.journal.rebuild().wrong == 0


def test_a_repeat_that_was_asked_before_the_day_changed_stays_a_drill(store: Store, ada: int) -> None:
    store.journal.answer(ada, Answer(A, 4, None, 500, 0), at(DAY))
    _, before, _ = store.journal.answer(ada, Answer(A, 3, None, 500, 0), at(DAY + 1))
    _, after, drill = store.journal.answer(ada, Answer(A, 5, None, 500, 0, drill=True), at(DAY + 2))
    assert drill
    assert after == before._replace(repeat_day=None)
    assert store.journal.rebuild().wrong == 0


def test_a_rebuild_finds_nothing_wrong(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 1)
    answer(A, 4)
    store.journal.undo(ada, answer(B, 4), at(DAY))
    answer(D, 5, DAY + 1)
    before = events(store)
    assert store.journal.rebuild() == Difference(events=5, schedules=2, wrong=0)
    assert events(store) == before


def test_a_rebuild_mends_caches_that_were_lost(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 1)
    answer(D, 5, DAY + 1)
    schedules = store.database.rows("SELECT * FROM schedule")
    days = store.database.rows("SELECT * FROM daily")
    store.database.execute("DELETE FROM schedule")
    store.database.execute("DELETE FROM daily")
    assert store.journal.rebuild() == Difference(events=2, schedules=2, wrong=4)
    assert store.database.rows("SELECT * FROM schedule") == schedules
    assert store.database.rows("SELECT * FROM daily") == days
    assert store.journal.rebuild().wrong == 0


def test_a_rebuild_mends_rows_that_were_changed_or_made_up(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 4)
    store.database.execute("UPDATE schedule SET ease = 130")
    store.database.execute("INSERT INTO schedule VALUES (?, ?, 1, 1, 250, ?, ?, NULL, 0)", [ada, B, DAY, DAY])
    assert store.journal.rebuild() == Difference(events=1, schedules=1, wrong=2)
    assert store.journal.standing(ada, A) == Standing(Schedule(1, 1, 250, DAY + 1), DAY, None, 0)
    assert store.journal.standing(ada, B) is None


def test_the_rebuild_of_an_empty_journal_is_empty(store: Store) -> None:
    assert store.journal.rebuild() == Difference(events=0, schedules=0, wrong=0)


@pytest.mark.parametrize(
    ("response", "text"),
    [(None, None), (0, "0"), (False, "false"), ("café", '"café"'), ([1, 2], "[1,2]"), ("", '""')],
)
def test_a_response_is_kept_as_compact_json(response: object, text: str | None) -> None:
    assert as_json(response) == text


@pytest.fixture
def patient(store: Store, ada: int, deck_of: Callable[..., Deck]) -> tuple[Scope, Scope]:
    """The third deck as a whole, cards 6 to 8, and its topic `later` (7 and 8) alone, which builds on `sooner` (6)."""
    deck = replace(
        deck_of("three", sooner="f", later="g h"),
        topics=(Topic("sooner", "Sooner"), Topic("later", "Later", after=("sooner",))),
    )
    store.catalogue.put(deck, "three.toml", b"")
    return Scope((3,)), Scope((3,), tuple(store.catalogue.topics([3], "later")))


def test_new_cards_of_a_topic_wait_until_those_that_it_builds_on_have_been_met(
    store: Store, ada: int, patient: tuple[Scope, Scope], answer: Callable[..., Key]
) -> None:
    _, later = patient
    assert store.journal.new(ada, later, 10) == []
    assert store.journal.waits_for(ada, later) == ["Sooner"]
    answer(6, 0)
    assert store.journal.new(ada, later, 10) == [7, 8]
    assert store.journal.waits_for(ada, later) == []


def test_who_asks_for_new_cards_of_a_topic_gets_them_at_once(
    store: Store, ada: int, patient: tuple[Scope, Scope]
) -> None:
    assert store.journal.new(ada, patient[1], 10, patient=False) == [7, 8]


def test_a_whole_deck_never_waits_for_itself(store: Store, ada: int, patient: tuple[Scope, Scope]) -> None:
    assert store.journal.new(ada, patient[0], 10) == [6, 7, 8]
    assert store.journal.waits_for(ada, patient[0]) == []


def test_a_topic_without_cards_keeps_nobody_waiting(
    store: Store, ada: int, patient: tuple[Scope, Scope], deck_of: Callable[..., Deck]
) -> None:
    deck = replace(
        deck_of("three", sooner="", later="g h"),
        topics=(Topic("sooner", "Sooner"), Topic("later", "Later", after=("sooner",))),
    )
    store.catalogue.put(deck, "three.toml", b"2")
    assert store.journal.new(ada, patient[1], 10) == [7, 8]


def test_an_edited_deck_forgets_what_its_topics_built_on(
    store: Store, ada: int, patient: tuple[Scope, Scope], deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of("three", sooner="f", later="g h"), "three.toml", b"2")
    assert store.journal.new(ada, patient[1], 10) == [7, 8]
