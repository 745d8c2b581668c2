"""Answers and undos as events, and the schedules and figures that they make."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from quizdock.core.agenda import Candidate
from quizdock.core.card import Deck, Topic
from quizdock.core.errors import QuizDockError
from quizdock.core.journal import Answer, Kind, Standing, State, Today
from quizdock.core.sm2 import Schedule
from quizdock.store import Store, open_store, replay
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Difference, Event, Key, Moment, as_json

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


def due(store: Store, learner: int, scope: Scope, day: int) -> list[int]:
    """The numbers of the cards that are due, in order of their numbers."""
    return sorted(each.card for each in store.selection.due(learner, scope, day))


def new(store: Store, learner: int, scope: Scope, count: int, *, patient: bool = True) -> list[int]:
    """The numbers of so many new cards, in their order."""
    return [each.card for each in islice(store.selection.new(learner, scope, DAY, patient=patient), count)]


def story(store: Store, learner: int, name: str) -> list[Event]:
    """The events that made the card's state, and those that were taken back."""
    (card,) = store.cards.named(name, "one")
    return [told.event for told in store.cards.story(learner, card)]


def test_a_first_answer_meets_the_card(store: Store, ada: int) -> None:
    key, standing, kind = store.journal.answer(ada, Answer(A, 4, '"x"', 1500, -7), at(DAY))
    assert key == Key(1, 1)
    assert standing == Standing(Schedule(1, 1, 250, DAY + 1), DAY, None, 0)
    assert kind is Kind.REVIEW
    assert store.journal.standing(ada, A) == standing


def test_an_event_keeps_all_that_happened(store: Store, ada: int) -> None:
    store.journal.answer(ada, Answer(A, 3, '"x"', 1500, -7), at(DAY))
    (event,) = events(store)
    device, seq, learner, kind, when, day, card, grade, milliseconds, response, digest, of_device, of_seq, to_card = (
        event
    )
    assert (device, seq, learner, kind) == (1, 1, ada, 1)
    assert (when, day, card, grade) == (NOON, DAY, A, 3)
    assert (milliseconds, response, digest) == (1500, '"x"', -7)
    assert (of_device, of_seq, to_card) == (None, None, None)


def test_a_second_answer_on_the_same_day_is_a_drill_and_moves_nothing(store: Store, ada: int) -> None:
    _, first, _ = store.journal.answer(ada, Answer(A, 2, None, 500, 0), at(DAY))
    key, second, kind = store.journal.answer(ada, Answer(A, 5, None, 500, 0), at(DAY))
    assert kind is Kind.DRILL
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
    assert new(store, bob, ALL, 10) == [A, D, B, E, C]
    answer(A, 4, learner=bob)
    assert [(event[1], event[2], event[3]) for event in events(store)] == [(1, ada, 1), (2, bob, 1)]


def test_an_undo_is_one_more_event_and_changes_none(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 4)
    last = answer(B, 2)
    before = events(store)
    undone = store.journal.undo(ada, last, at(DAY))
    assert undone is not None
    assert undone.card == B
    after = events(store)
    assert after[:-1] == before
    assert after[-1] == (1, 3, ada, 3, NOON, DAY, B, None, None, None, None, 1, 2, None)


def test_undoing_a_first_answer_makes_the_card_new(store: Store, answer: Callable[..., Key], ada: int) -> None:
    store.journal.undo(ada, answer(A, 2), at(DAY))
    assert store.journal.standing(ada, A) is None
    assert new(store, ada, ALL, 10) == [A, D, B, E, C]
    assert store.selection.repeats(ada, ALL, DAY) == []
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
    assert store.selection.repeats(ada, ALL, DAY) == [A]
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


def test_cards_are_due_from_their_day_on(store: Store, answer: Callable[..., Key], ada: int) -> None:
    for card, day in ((C, DAY), (A, DAY + 1), (B, DAY)):
        answer(card, 4, day)
    assert due(store, ada, ALL, DAY) == []
    assert due(store, ada, ALL, DAY + 1) == [B, C]
    assert due(store, ada, ALL, DAY + 2) == [A, B, C]
    assert [store.selection.count_due(ada, ALL, DAY + days) for days in range(4)] == [0, 2, 3, 3]


def test_a_scope_bounds_what_is_due_new_and_repeated(store: Store, answer: Callable[..., Key], ada: int) -> None:
    answer(A, 1)
    answer(D, 1)
    first, second = Scope((1,)), Scope((2,))
    assert due(store, ada, first, DAY + 1) == [A]
    assert due(store, ada, second, DAY + 1) == [D]
    assert store.selection.count_due(ada, second, DAY + 1) == 1
    assert store.selection.repeats(ada, first, DAY) == [A]
    assert store.selection.repeats(ada, second, DAY) == [D]
    assert new(store, ada, first, 10) == [B, C]
    assert new(store, ada, second, 10) == [E]


def test_new_cards_take_turns_among_decks(store: Store, ada: int) -> None:
    assert new(store, ada, ALL, 2) == [A, D]
    assert new(store, ada, ALL, 10) == [A, D, B, E, C]


@pytest.mark.parametrize(("grade", "again"), [(0, True), (2, True), (3, True), (4, False), (5, False)])
def test_a_card_graded_below_four_comes_back_the_same_day_only(
    store: Store, answer: Callable[..., Key], ada: int, grade: int, again: bool
) -> None:
    answer(A, grade)
    assert store.selection.repeats(ada, ALL, DAY) == ([A] if again else [])
    assert store.selection.repeats(ada, ALL, DAY + 1) == []


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
        key, standing, kind = other.journal.answer(ada, Answer(A, 1, None, 500, 0), at(DAY))
    assert (key, kind) == (Key(1, 2), Kind.DRILL)
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
    _, after, kind = store.journal.answer(ada, Answer(A, 5, None, 500, 0, Kind.DRILL), at(DAY + 2))
    assert kind is Kind.DRILL
    assert before is not None
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


def test_a_rebuild_leaves_no_empty_day(store: Store, answer: Callable[..., Key], ada: int) -> None:
    store.journal.undo(ada, answer(A, 4), at(DAY))
    assert len(store.database.rows("SELECT * FROM daily")) == 1
    assert store.journal.rebuild() == Difference(events=2, schedules=0, wrong=0)
    assert store.database.rows("SELECT * FROM daily") == []


def test_a_rebuild_tells_now_and_then_how_far_it_is(
    store: Store, answer: Callable[..., Key], monkeypatch: pytest.MonkeyPatch
) -> None:
    for card, day in ((A, 0), (B, 0), (A, 1), (B, 1), (A, 2), (C, 2), (D, 2)):
        answer(card, 4, DAY + day)
    monkeypatch.setattr(replay, "EVENTS_BETWEEN", 3)
    told: list[int] = []
    assert store.journal.rebuild(told.append).events == 7
    assert told == [3, 6]


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
    assert new(store, ada, later, 10) == []
    assert store.selection.waits_for(ada, later) == ["Sooner"]
    answer(6, 0)
    assert new(store, ada, later, 10) == [7, 8]
    assert store.selection.waits_for(ada, later) == []


def test_who_asks_for_new_cards_of_a_topic_gets_them_at_once(
    store: Store, ada: int, patient: tuple[Scope, Scope]
) -> None:
    assert new(store, ada, patient[1], 10, patient=False) == [7, 8]


def test_a_whole_deck_never_waits_for_itself(store: Store, ada: int, patient: tuple[Scope, Scope]) -> None:
    assert new(store, ada, patient[0], 10) == [6, 7, 8]
    assert store.selection.waits_for(ada, patient[0]) == []


def test_a_topic_without_cards_keeps_nobody_waiting(
    store: Store, ada: int, patient: tuple[Scope, Scope], deck_of: Callable[..., Deck]
) -> None:
    deck = replace(
        deck_of("three", sooner="", later="g h"),
        topics=(Topic("sooner", "Sooner"), Topic("later", "Later", after=("sooner",))),
    )
    store.catalogue.put(deck, "three.toml", b"2")
    assert new(store, ada, patient[1], 10) == [7, 8]


def test_an_edited_deck_forgets_what_its_topics_built_on(
    store: Store, ada: int, patient: tuple[Scope, Scope], deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of("three", sooner="f", later="g h"), "three.toml", b"2")
    assert new(store, ada, patient[1], 10) == [7, 8]


# ── held cards ─────────────────────────────────────────────────────────────────────────────────────


def test_a_suspended_card_is_neither_due_nor_new_nor_repeated(
    store: Store, ada: int, answer: Callable[..., Key]
) -> None:
    answer(A, 1)
    for card in (A, B):
        store.journal.record(ada, Kind.SUSPEND, card, at(DAY))
    assert store.journal.state(ada, B) == State(suspended=True)
    assert due(store, ada, ALL, DAY + 1) == []
    assert store.selection.count_due(ada, ALL, DAY + 1) == 0
    assert store.selection.repeats(ada, ALL, DAY) == []
    assert new(store, ada, ALL, 9) == [D, E, C]
    store.journal.record(ada, Kind.RESUME, A, at(DAY))
    assert due(store, ada, ALL, DAY + 1) == [A]
    assert store.selection.repeats(ada, ALL, DAY) == [A]


def test_a_buried_card_is_back_on_any_other_day(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4, DAY - 1)
    store.journal.record(ada, Kind.BURY, A, at(DAY))
    assert due(store, ada, ALL, DAY) == []
    assert due(store, ada, ALL, DAY + 1) == [A]
    assert due(store, ada, ALL, DAY + 400) == [A]


def test_what_one_learner_holds_is_asked_of_others(store: Store, ada: int) -> None:
    store.journal.record(ada, Kind.SUSPEND, A, at(DAY))
    assert new(store, store.learners.add("Bob"), ALL, 1) == [A]


def test_a_suspended_card_keeps_no_topic_waiting(store: Store, ada: int, patient: tuple[Scope, Scope]) -> None:
    store.journal.record(ada, Kind.SUSPEND, 6, at(DAY))
    assert new(store, ada, patient[1], 9) == [7, 8]


def test_a_topic_counts_as_met_with_one_of_the_cards_that_ask_each_fact(
    store: Store, ada: int, deck_of: Callable[..., Deck], answer: Callable[..., Key]
) -> None:
    deck = replace(
        deck_of("three", sooner="n#1 n#2", later="g"),
        topics=(Topic("sooner", "Sooner"), Topic("later", "Later", after=("sooner",))),
    )
    store.catalogue.put(deck, "three.toml", b"")
    later = Scope((3,), tuple(store.catalogue.topics([3], "later")))
    assert new(store, ada, later, 9) == []
    answer(7, 4)
    assert new(store, ada, later, 9) == [8]


def test_a_reset_card_is_new_and_its_history_is_kept(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    store.journal.record(ada, Kind.RESET, A, at(DAY))
    assert store.journal.state(ada, A) == State()
    assert new(store, ada, ALL, 1) == [A]
    assert [event.kind for event in story(store, ada, "a")] == [Kind.REVIEW, Kind.RESET]


def test_a_candidate_says_what_its_place_depends_on(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    assert list(store.selection.due(ada, ALL, DAY + 1)) == [Candidate(A, 1, 1, "a", interval=1, due=DAY + 1)]
    assert next(store.selection.new(ada, ALL, DAY)) == Candidate(D, 2, 2, "d")
    assert store.selection.families(ada, DAY) == {(1, "a")}
    assert store.selection.families(ada, DAY + 1) == set()


def test_cards_can_be_asked_ahead_of_their_day(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    assert list(store.selection.due(ada, ALL, DAY)) == []
    assert [each.card for each in store.selection.due(ada, ALL, DAY, until=DAY + 1)] == [], "it was asked today"
    answer(A, 4, DAY + 1)
    assert due(store, ada, ALL, DAY + 3) == []
    assert [each.card for each in store.selection.due(ada, ALL, DAY + 3, until=DAY + 7)] == [A]


# ── cramming and mistakes ──────────────────────────────────────────────────────────────────────────


def test_a_crammed_answer_is_kept_and_moves_nothing(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 2)
    before = store.journal.state(ada, A)
    for card in (A, B):
        _, standing, kind = store.journal.answer(ada, Answer(card, 5, None, 300, 0, Kind.CRAM), at(DAY))
        assert (standing, kind) == (before.standing if card == A else None, Kind.CRAM)
    assert store.journal.state(ada, A) == before
    assert store.journal.state(ada, B) == State()
    assert store.journal.on_day(ada, DAY) == Today(1, 1, 2, 1100)
    assert store.journal.rebuild() == Difference(events=3, schedules=1, wrong=0)


def test_everything_can_be_crammed_but_what_is_held(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    store.journal.record(ada, Kind.SUSPEND, B, at(DAY))
    assert [each.card for each in store.selection.everything(ada, ALL, DAY)] == [A, C, D, E]


def test_mistakes_are_the_cards_whose_last_answer_was_wrong(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 2)
    answer(B, 1)
    answer(B, 3)
    answer(C, 0, DAY - 10)
    answer(D, 2)
    store.journal.undo(ada, answer(D, 5), at(DAY))
    found = store.selection.mistakes(ada, ALL, DAY, DAY - 5)
    assert [each.card for each in found] == [A, D]
    assert [each.card for each in store.selection.mistakes(ada, ALL, DAY, DAY - 10)] == [A, C, D]


# ── undo of the day ────────────────────────────────────────────────────────────────────────────────


def test_the_last_event_of_the_day_that_stands_can_be_found(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4, DAY - 1)
    assert store.journal.last(ada, DAY) is None
    first, second = answer(B, 4), store.journal.record(ada, Kind.SUSPEND, C, at(DAY))
    answer(D, 4, learner=store.learners.add("Bob"))
    last = store.journal.last(ada, DAY)
    assert last is not None
    assert (last.key, last.kind, last.card, last.grade, last.when) == (second, Kind.SUSPEND, C, None, at(DAY))
    store.journal.undo(ada, second, at(DAY))
    assert store.journal.state(ada, C) == State()
    again = store.journal.last(ada, DAY)
    assert again is not None
    assert again.key == first
    store.journal.undo(ada, first, at(DAY))
    assert store.journal.last(ada, DAY) is None


def test_what_was_taken_back_cannot_be_taken_back_again(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    event = answer(A, 4)
    assert store.journal.undo(ada, event, at(DAY)) is not None
    assert store.journal.undo(ada, event, at(DAY)) is None
    assert store.journal.undo_last(ada, at(DAY)) is None
    assert [event[3] for event in events(store)] == [1, 3]


def test_another_learners_clock_hides_no_event(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    event = answer(A, 4)
    answer(B, 4, DAY - 1, learner=store.learners.add("Bob"))
    last = store.journal.last(ada, DAY)
    assert last is not None
    assert last.key == event


def test_relinking_to_and_fro_stays_cheap(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    for turn in range(40):
        store.journal.relink(ada, *((A, B) if turn % 2 == 0 else (B, A)), at(DAY))
    assert store.journal.state(ada, A) == State(Standing(Schedule(1, 1, 250, DAY + 1), DAY, None, 0))
    assert store.journal.rebuild().wrong == 0


# ── relinking ──────────────────────────────────────────────────────────────────────────────────────


def test_a_relinked_card_hands_over_what_it_has_reached(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    answer(A, 4, DAY + 1)
    store.journal.record(ada, Kind.SUSPEND, A, at(DAY + 1))
    before = store.journal.state(ada, A)
    store.journal.relink(ada, A, B, at(DAY + 2))
    assert store.journal.state(ada, B) == before
    assert store.journal.state(ada, A) == State()
    assert [event.card for event in story(store, ada, "b")] == [A, A, A, A]
    assert store.journal.rebuild().wrong == 0


def test_a_card_goes_on_from_what_it_took_over(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    store.journal.relink(ada, A, B, at(DAY + 1))
    answer(B, 4, DAY + 1)
    assert store.journal.standing(ada, B) == Standing(Schedule(2, 6, 250, DAY + 7), DAY + 1, None, 0)
    assert store.journal.on_day(ada, DAY + 1) == Today(0, 1, 0, 500)
    assert store.journal.rebuild().wrong == 0


def test_undoing_an_answer_that_was_handed_over_reaches_the_card_that_has_it_now(
    store: Store, ada: int, answer: Callable[..., Key]
) -> None:
    answer(A, 4)
    second = answer(A, 4, DAY + 1)
    store.journal.relink(ada, A, B, at(DAY + 1))
    store.journal.relink(ada, B, C, at(DAY + 1))
    store.journal.undo(ada, second, at(DAY + 2))
    assert store.journal.standing(ada, C) == Standing(Schedule(1, 1, 250, DAY + 1), DAY, None, 0)
    assert store.journal.rebuild().wrong == 0


def test_a_relink_can_be_undone(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    before = store.journal.state(ada, A)
    event = store.journal.relink(ada, A, B, at(DAY + 1))
    answer(B, 1, DAY + 1)
    store.journal.undo(ada, event, at(DAY + 1))
    assert store.journal.state(ada, A) == before
    assert store.journal.standing(ada, B) == Standing(Schedule(0, 1, 250, DAY + 2), DAY + 1, DAY + 1, 0)
    assert store.journal.rebuild().wrong == 0


def test_a_card_cannot_take_over_from_itself(store: Store, ada: int) -> None:
    with pytest.raises(QuizDockError, match="a card cannot take over from itself"):
        store.journal.relink(ada, A, A, at(DAY))


def test_many_cards_are_relinked_together_or_not_at_all(
    store: Store, ada: int, answer: Callable[..., Key], tmp_path: Path
) -> None:
    bob, eve = store.learners.add("Bob"), store.learners.add("Eve")
    for learner in (ada, bob):
        answer(A, 4, learner=learner)
    answer(B, 4)
    store.learners.remove("Eve", tmp_path / "Eve.jsonl")
    before = events(store)
    for wrong in ({ada: [(A, D), (B, E)], eve: [(A, D)]}, {ada: [(A, D), (B, B)]}):
        with pytest.raises(QuizDockError):
            store.journal.relink_all(wrong, at(DAY + 1))
    assert events(store) == before
    assert store.journal.standing(ada, D) is None
    keys = store.journal.relink_all({ada: [(A, D), (B, E)], bob: [(A, D)]}, at(DAY + 1))
    relinked = [store.journal.event(key) for key in keys]
    assert [(event.card, event.to_card) for event in relinked] == [(A, D), (B, E), (A, D)]
    assert [store.journal.standing(learner, D) is not None for learner in (ada, bob)] == [True, True]
    assert store.journal.rebuild().wrong == 0


def test_cards_are_brought_forward_in_one_go_but_for_those_that_are_due_already(
    store: Store, deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of(one="a b c"), "deck.toml", b"")
    ada = store.learners.add("Ada")
    for card in (1, 2):
        store.journal.answer(ada, Answer(card, 4, None, 1000, 0), Moment(0, 100))
        store.journal.answer(ada, Answer(card, 4, None, 1000, 0), Moment(0, 101))
    store.journal.bring_forward(ada, [1], Moment(1, 103))
    keys = store.journal.bring_forward(ada, [1, 2, 3], Moment(2, 103))
    assert len(keys) == 2
    scope = Scope((1,))
    assert sorted(each.card for each in store.selection.due(ada, scope, 103)) == [1, 2, 3]
    assert store.journal.rebuild().wrong == 0
    store.journal.undo_last(ada, Moment(3, 103))
    assert sorted(each.card for each in store.selection.due(ada, scope, 103)) == [1, 2]


def test_a_card_named_twice_is_brought_forward_once(store: Store, ada: int) -> None:
    assert store.journal.bring_forward(ada, [A, B, A], at(DAY)) == [Key(1, 1), Key(1, 2)]
    store.journal.undo_last(ada, at(DAY))
    store.journal.undo_last(ada, at(DAY))
    assert due(store, ada, ALL, DAY) == []


def test_nothing_is_brought_forward_for_a_learner_who_was_removed(store: Store, ada: int, tmp_path: Path) -> None:
    store.learners.remove("Ada", tmp_path / "Ada.jsonl")
    with pytest.raises(QuizDockError):
        store.journal.bring_forward(ada, [A], at(DAY))


def test_a_card_brought_forward_waits_while_it_is_set_aside(store: Store, ada: int) -> None:
    store.journal.record(ada, Kind.SUSPEND, A, at(DAY))
    store.journal.record(ada, Kind.BURY, B, at(DAY))
    assert len(store.journal.bring_forward(ada, [A, B, C], at(DAY))) == 3
    assert due(store, ada, ALL, DAY) == [C]
    assert due(store, ada, ALL, DAY + 1) == [B, C]
