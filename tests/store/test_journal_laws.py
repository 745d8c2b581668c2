"""The law of the journal: whatever happens, replaying it gives the schedules and figures that were kept."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizdock.core.agenda import by_urgency
from quizdock.core.card import Deck
from quizdock.core.journal import Answer, Kind
from quizdock.store import Store, open_store, replay
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Key, Moment

DAY = 739_944  # 2026-11-24
CARDS, LEARNERS = 4, 2


class Answered(NamedTuple):
    """An answer, `later` days after what happened before it (a clock may be put back)."""

    learner: int
    card: int
    grade: int
    later: int
    kind: Kind = Kind.REVIEW


class Recorded(NamedTuple):
    """A card suspended, resumed, buried, reset or brought forward."""

    learner: int
    card: int
    kind: Kind
    later: int


class Relinked(NamedTuple):
    """One card taking over from another."""

    learner: int
    old: int
    new: int
    later: int


class Undone(NamedTuple):
    """An undo of the event that is `back` places before the last one still standing."""

    back: int
    later: int


answers = st.builds(
    Answered,
    st.integers(1, LEARNERS),
    st.integers(1, CARDS),
    st.integers(0, 5),
    st.sampled_from([0, 0, 0, 1, 1, 6, 40, -1]),
    st.sampled_from([Kind.REVIEW, Kind.REVIEW, Kind.DRILL]),
)
steps = st.sampled_from([0, 0, 1])
recorded = st.builds(
    Recorded,
    st.integers(1, LEARNERS),
    st.integers(1, CARDS),
    st.sampled_from([Kind.SUSPEND, Kind.RESUME, Kind.BURY, Kind.RESET, Kind.DUE]),
    steps,
)
relinked = st.builds(Relinked, st.integers(1, LEARNERS), st.integers(1, CARDS), st.integers(1, CARDS), steps).filter(
    lambda link: link.old != link.new
)
crammed = answers.map(lambda answer: answer._replace(kind=Kind.CRAM))
happenings = st.one_of(answers, answers, recorded, relinked, crammed)
histories = st.lists(st.one_of(happenings, happenings, st.builds(Undone, st.integers(0, 5), steps)), max_size=40)

Step = Answered | Recorded | Relinked | Undone
lenient = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def studied(deck_of: Callable[..., Deck], history: Sequence[Step]) -> Iterator[Store]:
    """A store after the history."""
    with tempfile.TemporaryDirectory() as folder, closing(open_store(Path(folder) / "q.db", "here")) as store:
        store.database.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here
        store.catalogue.put(deck_of("one", topic="a b c"), "one.toml", b"")
        store.catalogue.put(deck_of("two", topic="d"), "two.toml", b"")
        for name in range(LEARNERS):
            store.learners.add(str(name))
        standing: list[tuple[int, Key]] = []
        now = Moment(0, DAY)
        for step in history:
            now = Moment(now.at + 1000, now.day + step.later)
            if not isinstance(step, Undone):
                standing.append((step.learner, happen(store, step, now)))
            elif standing:
                learner, event = standing.pop(-1 - step.back % len(standing))
                store.journal.undo(learner, event, now)
        yield store


def happen(store: Store, step: Answered | Recorded | Relinked, now: Moment) -> Key:
    """Append what happened."""
    match step:
        case Answered():
            answer = Answer(step.card, step.grade, None, 100 + step.grade, 0, step.kind)
            return store.journal.answer(step.learner, answer, now)[0]
        case Recorded():
            return store.journal.record(step.learner, step.kind, step.card, now)
        case Relinked():
            return store.journal.relink(step.learner, step.old, step.new, now)


def caches(store: Store) -> list[list[Any]]:
    """What is kept of states and figures; an undo may leave an empty day behind."""
    days = "SELECT * FROM daily WHERE new OR reviews OR drills"
    return [store.database.rows(sql) for sql in ("SELECT * FROM schedule", "SELECT * FROM held", days)]


@lenient
@given(history=histories)
def test_replaying_the_journal_gives_what_was_kept_whatever_was_undone(
    deck_of: Callable[..., Deck], history: list[Step]
) -> None:
    with studied(deck_of, history) as store:
        assert store.journal.rebuild().wrong == 0


@lenient
@given(history=histories)
def test_a_rebuild_makes_everything_anew_however_few_cards_it_takes_at_a_time(
    deck_of: Callable[..., Deck], monkeypatch: pytest.MonkeyPatch, history: list[Step]
) -> None:
    monkeypatch.setattr(replay, "CARDS_AT_ONCE", 2)
    with studied(deck_of, history) as store:
        before = caches(store)
        store.database.execute("UPDATE schedule SET ease = ease + 1 WHERE card = 1")
        store.database.execute("INSERT OR IGNORE INTO held VALUES (1, 4, 1, NULL)")
        spoilt = caches(store)
        wrong = sum(len(set(some) - set(others)) for some, others in zip(before, spoilt, strict=True))
        assert store.journal.rebuild().wrong == wrong + len(spoilt[1]) - len(before[1])
        assert caches(store) == before
        for table in ("schedule", "held", "daily"):
            store.database.execute(f"DELETE FROM {table}")
        assert store.journal.rebuild().wrong == sum(map(len, before))
        assert caches(store) == before


@lenient
@given(history=histories, last=happenings)
def test_an_undo_right_after_anything_leaves_everything_as_it_was(
    deck_of: Callable[..., Deck], history: list[Step], last: Answered | Recorded | Relinked
) -> None:
    with studied(deck_of, history) as store:
        before, events = caches(store), store.database.rows("SELECT * FROM event")
        now = Moment(10**9, DAY + 100)
        store.journal.undo(last.learner, happen(store, last, now), now)
        assert caches(store) == before
        assert store.database.rows("SELECT * FROM event")[: len(events)] == events


@lenient
@given(history=histories)
def test_undoing_the_last_of_the_day_again_and_again_takes_back_the_whole_day(
    deck_of: Callable[..., Deck], history: list[Step]
) -> None:
    with studied(deck_of, history) as store:
        before = caches(store)
        now = Moment(10**9, DAY + 100)
        for step in history:
            if not isinstance(step, Undone):
                happen(store, step._replace(learner=1), now)
        while last := store.journal.last(1, now.day):
            store.journal.undo(1, last.key, now)
        assert caches(store) == before


@lenient
@given(history=histories)
def test_every_buried_card_is_back_on_the_next_day(deck_of: Callable[..., Deck], history: list[Step]) -> None:
    with studied(deck_of, history) as store:
        latest = store.database.value("SELECT coalesce(max(day), 0) FROM event") + 1
        for learner in range(1, LEARNERS + 1):
            suspended = {card for card in range(1, CARDS + 1) if store.journal.state(learner, card).suspended}
            free = {each.card for each in store.selection.everything(learner, Scope((1, 2)), latest)}
            assert free == {*range(1, CARDS + 1)} - suspended


@lenient
@given(history=histories)
def test_events_are_numbered_from_one_without_gaps(deck_of: Callable[..., Deck], history: list[Step]) -> None:
    with studied(deck_of, history) as store:
        numbers = [seq for (seq,) in store.database.rows("SELECT seq FROM event ORDER BY seq")]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= sum(not isinstance(step, Undone) for step in history)


@lenient
@given(history=histories, edited=st.permutations("abcef"))
def test_new_cards_are_those_that_were_never_met_nor_held_whatever_happened(
    deck_of: Callable[..., Deck], history: list[Step], edited: list[str]
) -> None:
    with studied(deck_of, history) as store:
        latest = store.database.value("SELECT coalesce(max(day), 0) FROM event") + 1
        shuffled = deck_of("one", topic=" ".join(edited))
        for mended in (lambda: None, lambda: store.catalogue.put(shuffled, "one.toml", b""), store.journal.rebuild):
            mended()
            for learner in range(1, LEARNERS + 1):
                unmet = [
                    each.card
                    for each in store.selection.everything(learner, Scope((1, 2)), latest)
                    if store.journal.standing(learner, each.card) is None
                ]
                new = [each.card for each in store.selection.new(learner, Scope((1, 2)), latest)]
                assert sorted(new) == sorted(unmet)


@lenient
@given(history=histories, day=st.integers(DAY, DAY + 400))
def test_due_cards_come_in_the_order_of_their_urgency(
    deck_of: Callable[..., Deck], history: list[Step], day: int
) -> None:
    with studied(deck_of, history) as store:
        for learner in range(1, LEARNERS + 1):
            for scope in (Scope((1, 2)), Scope((1,)), Scope((2,))):
                due = list(store.selection.due(learner, scope, day))
                assert due == by_urgency(due, day)
