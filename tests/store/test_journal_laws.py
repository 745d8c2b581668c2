"""The law of the journal: whatever happens, replaying it gives the schedules and figures that were kept."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizdock.core.card import Deck
from quizdock.core.journal import Answer
from quizdock.store import Store, open_store
from quizdock.store.journal import Key, Moment

DAY = 739_944  # 2026-11-24
CARDS, LEARNERS = 4, 2


class Answered(NamedTuple):
    """An answer, `later` days after what happened before it (a clock may be put back)."""

    learner: int
    card: int
    grade: int
    later: int


class Undone(NamedTuple):
    """An undo of the answer that is `back` places before the last one still standing."""

    back: int
    later: int


answers = st.builds(
    Answered,
    st.integers(1, LEARNERS),
    st.integers(1, CARDS),
    st.integers(0, 5),
    st.sampled_from([0, 0, 0, 1, 1, 6, 40, -1]),
)
steps = st.sampled_from([0, 0, 1])
lenient = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def studied(deck_of: Callable[..., Deck], history: list[Answered | Undone]) -> Iterator[Store]:
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
            match step:
                case Answered():
                    answer = Answer(step.card, step.grade, None, 100 + step.grade, 0)
                    standing.append((step.learner, store.journal.answer(step.learner, answer, now)[0]))
                case Undone() if standing:
                    learner, event = standing.pop(-1 - step.back % len(standing))
                    store.journal.undo(learner, event, now)
        yield store


@lenient
@given(history=st.lists(st.one_of(answers, answers, st.builds(Undone, st.just(0), steps)), max_size=30))
def test_replaying_the_journal_gives_what_was_kept(
    deck_of: Callable[..., Deck], history: list[Answered | Undone]
) -> None:
    with studied(deck_of, history) as store:
        assert store.journal.rebuild().wrong == 0


@lenient
@given(history=st.lists(st.one_of(answers, answers, st.builds(Undone, st.integers(0, 5), steps)), max_size=30))
def test_replaying_the_journal_gives_what_was_kept_whichever_answer_was_undone(
    deck_of: Callable[..., Deck], history: list[Answered | Undone]
) -> None:
    with studied(deck_of, history) as store:
        assert store.journal.rebuild().wrong == 0


@lenient
@given(history=st.lists(answers, max_size=15), last=answers)
def test_an_undo_right_after_an_answer_leaves_everything_as_it_was(
    deck_of: Callable[..., Deck], history: list[Answered | Undone], last: Answered
) -> None:
    with studied(deck_of, history) as store:
        schedules = store.database.rows("SELECT * FROM schedule")
        days = store.database.rows("SELECT * FROM daily")
        events = store.database.rows("SELECT * FROM event")
        now = Moment(10**9, DAY + 100)
        key, _, _ = store.journal.answer(last.learner, Answer(last.card, last.grade, None, 100, 0), now)
        store.journal.undo(last.learner, key, now)
        assert store.database.rows("SELECT * FROM schedule") == schedules
        assert [row for row in store.database.rows("SELECT * FROM daily") if any(row[3:])] == days
        assert store.database.rows("SELECT * FROM event")[: len(events)] == events


@lenient
@given(history=st.lists(st.one_of(answers, st.builds(Undone, st.integers(0, 5), steps)), max_size=30))
def test_events_are_numbered_from_one_without_gaps(
    deck_of: Callable[..., Deck], history: list[Answered | Undone]
) -> None:
    with studied(deck_of, history) as store:
        numbers = [seq for (seq,) in store.database.rows("SELECT seq FROM event ORDER BY seq")]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= sum(isinstance(step, Answered) for step in history)
