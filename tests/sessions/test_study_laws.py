"""Laws of the daily drill: limits hold however a day is cut into sessions, and an undo takes back everything."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizdock.core.card import Deck
from quizdock.core.dialogue import (
    Bury,
    Closing,
    Decision,
    Graded,
    Keep,
    Leech,
    Marked,
    Opening,
    Question,
    Quit,
    Reply,
    Response,
    Saved,
    Skip,
    Suspend,
    TakenBack,
    Undo,
)
from quizdock.core.message import Message
from quizdock.core.settings import DeckSettings, Settings
from quizdock.sessions.clock import moment
from quizdock.sessions.study import Study
from quizdock.sessions.wishes import Wishes
from quizdock.store import Store, open_store
from quizdock.store.catalogue import Scope

lawful = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
grades = st.sampled_from([0, 2, 3, 4, 4, 4, 5])


@dataclass
class Clock:
    """Noon in Paris, a number of hours later."""

    hours: int = 0
    rollover: int = 4

    def now(self) -> datetime:
        return datetime.fromisoformat("2026-11-24T12:00:00+01:00") + timedelta(hours=self.hours)

    def milliseconds(self) -> int:
        return 0


@dataclass
class Learner:
    """Does what the script says, one step a question, and leaves at its end."""

    script: list[int | Reply]
    asked: list[tuple[str, bool, bool]] = field(default_factory=list)
    grade_next: int = 0
    done: list[tuple[str, bool, bool]] = field(default_factory=list)
    """What was answered or set aside: the card, whether it was new, and whether it moved nothing."""

    def open(self, opening: Opening) -> None:
        pass

    def ask(self, question: Question) -> Reply:
        self.asked.append((question.id, question.new, question.drill))
        step = self.script.pop(0) if self.script else Quit()
        if isinstance(step, int):
            self.grade_next = step
            return Response(0)
        return step

    def grade(self, marked: Marked) -> Decision:
        return Graded(self.grade_next)

    def refuse(self, message: Message) -> None:
        raise AssertionError(message)

    def saved(self, saved: Saved) -> None:
        self.done.append(self.asked[-1])

    def leech(self, leech: Leech) -> Suspend | Keep:
        return Keep()

    def set_aside(self, card: str, command: Suspend | Bury) -> None:
        self.done.append(self.asked[-1])

    def undone(self, undone: TakenBack | None) -> None:
        pass

    def finish(self, closing: Closing) -> Undo | Quit:
        return Undo() if self.script and isinstance(self.script[0], Undo) and self.script.pop(0) else Quit()

    def close(self, closing: Closing) -> None:
        pass


@contextmanager
def home(deck_of: Callable[..., Deck]) -> Iterator[Store]:
    """A store with two decks; the cards `n#…` of a note are siblings in threes."""
    with tempfile.TemporaryDirectory() as folder, closing(open_store(Path(folder) / "q.db", "here")) as store:
        store.database.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here
        for name in ("one", "two"):
            deck = deck_of(name, early="a b c d n#1 n#2 n#3", late="e f m#1 m#2")
            cards = tuple(replace(card, fact="" if "n#" in card.name else card.name) for card in deck.cards)
            store.catalogue.put(replace(deck, cards=cards), f"{name}.toml", b"")
        store.learners.add("Ada")
        yield store


def sit(store: Store, clock: Clock, learner: Learner, wished: Settings, **more: Any) -> None:
    numbers = count()
    wishes = Wishes(1, "Ada", Scope((1, 2)), settings=wished, **more)
    Study(store, learner, clock, lambda: str(next(numbers)), wishes).run()


def state(store: Store) -> list[Any]:
    """Every schedule, hold and figure; an undo may leave an empty day behind."""
    return [
        store.database.rows(f"SELECT * FROM {table}")
        for table in ("schedule", "held", "daily WHERE new OR reviews OR drills")
    ]


sessions = st.lists(st.lists(st.one_of(grades, st.just(Skip())), max_size=12), min_size=1, max_size=5)
wishes = st.builds(
    Settings,
    new_per_day=st.integers(0, 8),
    reviews_per_day=st.integers(0, 10),
    new_order=st.sampled_from(["mixed", "first", "last"]),
    bury_siblings=st.booleans(),
    decks=st.dictionaries(
        st.sampled_from(["one", "two"]),
        st.builds(DeckSettings, st.none() | st.integers(0, 4), st.none() | st.integers(0, 4)),
    ),
)


@lawful
@given(days=st.lists(sessions, min_size=1, max_size=4), wished=wishes)
def test_daily_limits_hold_over_any_partition_of_a_day_into_sessions(
    deck_of: Callable[..., Deck], days: list[list[list[int | Reply]]], wished: Settings
) -> None:
    with home(deck_of) as store:
        for day, parts in enumerate(days):
            new: Counter[str] = Counter()
            due: Counter[str] = Counter()
            for script in parts:
                learner = Learner(list(script))
                sit(store, Clock(24 * day), learner, wished)
                for card, is_new, is_drill in learner.done:
                    if not is_drill:
                        (new if is_new else due)[card.partition("/")[0]] += 1
            assert new.total() <= wished.new_per_day
            assert due.total() <= wished.reviews_per_day
            for deck, own in wished.decks.items():
                assert own.new_per_day is None or new[deck] <= own.new_per_day
                assert own.reviews_per_day is None or due[deck] <= own.reviews_per_day
        assert store.journal.rebuild().wrong == 0


@lawful
@given(
    before=st.lists(grades, max_size=12),
    steps=st.lists(st.one_of(grades, st.just(Suspend()), st.just(Bury())), min_size=1, max_size=8),
    wished=wishes,
)
def test_as_many_undos_as_steps_lead_back_to_the_first_question_with_everything_as_it_was(
    deck_of: Callable[..., Deck], before: list[int | Reply], steps: list[int | Reply], wished: Settings
) -> None:
    with home(deck_of) as store:
        sit(store, Clock(), Learner(before), wished)
        kept, next_day = state(store), Clock(24)
        learner = Learner([*steps, *[Undo()] * len(steps)])
        sit(store, next_day, learner, wished)
        if len(learner.done) == len(steps):  # else nothing was left before the script's end
            questions = [card for card, _new, _drill in learner.asked]
            assert questions[-len(steps) :] == questions[: len(steps)][::-1]
            assert state(store) == kept


@lawful
@given(
    before=st.lists(grades, max_size=12),
    steps=st.lists(st.one_of(grades, st.just(Suspend()), st.just(Bury())), max_size=8),
    wished=wishes,
)
def test_taking_back_a_whole_day_afterwards_gives_the_same_day_again(
    deck_of: Callable[..., Deck], before: list[int | Reply], steps: list[int | Reply], wished: Settings
) -> None:
    with home(deck_of) as store:
        sit(store, Clock(), Learner(before), wished)
        kept, next_day = state(store), Clock(24)
        first, second = Learner([*steps]), Learner([*steps])
        sit(store, next_day, first, wished)
        while last := store.journal.last(1, moment(next_day).day):
            store.journal.undo(1, last.key, moment(next_day))
        assert state(store) == kept
        sit(store, next_day, second, wished)
        assert second.asked == first.asked
