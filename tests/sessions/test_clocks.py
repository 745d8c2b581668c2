"""Clocks that change: whatever they show, no card is lost or doubled, and no streak is broken wrongly."""

import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
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
    Suspend,
    TakenBack,
    Undo,
)
from quizdock.core.message import Message
from quizdock.core.settings import Settings
from quizdock.core.streaks import streak
from quizdock.sessions.clock import moment
from quizdock.sessions.study import Study
from quizdock.sessions.wishes import Wishes
from quizdock.store import Store, open_store
from quizdock.store.catalogue import Scope

ZONES = ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Auckland"]
SETTINGS = Settings(new_per_day=2)


@dataclass
class Clock:
    """Stands still at a moment."""

    time: datetime
    rollover: int = 4

    def now(self) -> datetime:
        return self.time

    def milliseconds(self) -> int:
        return 0


class Learner:
    """Knows every card, and leaves when nothing is left."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def open(self, opening: Opening) -> None:
        pass

    def ask(self, question: Question) -> Reply:
        self.asked.append(question.id)
        return Response(0)

    def grade(self, marked: Marked) -> Decision:
        return Graded(4)

    def refuse(self, message: Message) -> None:
        raise AssertionError(message)

    def saved(self, saved: Saved) -> None:
        pass

    def leech(self, leech: Leech) -> Suspend | Keep:
        return Keep()

    def set_aside(self, card: str, command: Suspend | Bury) -> None:
        pass

    def undone(self, undone: TakenBack | None) -> None:
        pass

    def finish(self, closing: Closing) -> Undo | Quit:
        return Quit()

    def close(self, closing: Closing) -> None:
        pass


def sit(store: Store, clock: Clock) -> list[str]:
    """The cards of one session, all of them known."""
    learner, numbers = Learner(), count()
    Study(store, learner, clock, lambda: str(next(numbers)), Wishes(1, "Ada", Scope((1,)), settings=SETTINGS)).run()
    return learner.asked


def prepared(folder: str, deck_of: Callable[..., Deck]) -> Store:
    store = open_store(Path(folder) / "q.db", "here")
    store.database.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here
    store.catalogue.put(deck_of("deck", alpha="a b c d e f g h"), "deck.toml", b"")
    store.learners.add("Ada")
    return store


moments = st.builds(
    lambda zone, day, minutes: (
        datetime.combine(date(2026, 10, 20) + timedelta(day), time(), ZoneInfo(zone)) + timedelta(minutes=minutes)
    ),
    st.sampled_from(ZONES),
    st.integers(0, 15),  # Paris leaves summer time on the 25th, New York on 1 November, Lord Howe entered it on the 4th
    st.one_of(st.integers(0, 1439), st.sampled_from([0, 119, 120, 150, 180, 239, 240, 241, 1439])),
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(when=st.lists(moments, min_size=1, max_size=8))
def test_no_card_is_lost_or_doubled_by_a_clock_that_jumps(deck_of: Callable[..., Deck], when: list[datetime]) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(prepared(folder, deck_of)) as store:
        met: set[str] = set()
        for now in when:
            asked = sit(store, Clock(now))
            assert len(asked) == len(set(asked)), "nothing is asked twice that was known"
            met |= set(asked)
        doubled = store.database.rows(
            "SELECT card, day FROM event WHERE kind = 1 GROUP BY card, day HAVING count(*) > 1"
        )
        assert doubled == []
        assert all(new <= 2 for (new,) in store.database.rows("SELECT sum(new) FROM daily GROUP BY day"))
        assert store.journal.rebuild().wrong == 0
        assert {store.catalogue.card(card).id for (card,) in store.database.rows("SELECT card FROM schedule")} == met
        much_later = Clock(datetime(2040, 1, 1, 12, tzinfo=UTC))
        assert met <= set(sit(store, much_later))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0, 30), time(2, 30), time(3, 59), time(4, 0), time(23, 59)], ids=str)
@pytest.mark.parametrize(
    "begin", [date(2026, 3, 25), date(2026, 10, 1), date(2026, 10, 22), date(2026, 10, 29)], ids=str
)
def test_whoever_studies_every_day_at_one_hour_has_an_unbroken_streak(zone: str, at: time, begin: date) -> None:
    clocks = [Clock(datetime.combine(begin + timedelta(day), at, ZoneInfo(zone))) for day in range(8)]
    days = [moment(clock).day for clock in clocks]
    assert streak(reversed(days), days[-1]) == 8
    assert days == list(range(days[0], days[0] + 8))


def test_a_journey_west_repeats_a_day_and_breaks_nothing(tmp_path: Path, deck_of: Callable[..., Deck]) -> None:
    """From Auckland to New York the calendar shows a day that was already studied, or even the one before it."""
    with closing(prepared(str(tmp_path), deck_of)) as store:
        in_auckland = datetime(2026, 11, 24, 20, tzinfo=ZoneInfo("Pacific/Auckland"))
        assert sit(store, Clock(in_auckland)) == ["deck/a", "deck/b"]
        landed = (in_auckland + timedelta(hours=16)).astimezone(ZoneInfo("America/New_York"))
        assert landed.date() == date(2026, 11, 24)
        assert sit(store, Clock(landed)) == []
        next_day = landed + timedelta(days=1)
        assert sorted(sit(store, Clock(next_day))) == ["deck/a", "deck/b", "deck/c", "deck/d"]
        assert streak(store.journal.studied_days(1), moment(Clock(next_day)).day) == 2


def test_an_answer_on_either_side_of_the_rollover_counts_for_its_own_day(
    tmp_path: Path, deck_of: Callable[..., Deck]
) -> None:
    with closing(prepared(str(tmp_path), deck_of)) as store:
        paris = ZoneInfo("Europe/Paris")
        assert len(sit(store, Clock(datetime(2026, 11, 24, 3, 59, 59, tzinfo=paris)))) == 2
        assert len(sit(store, Clock(datetime(2026, 11, 24, 4, 0, 0, tzinfo=paris)))) == 4
        assert store.database.rows("SELECT day, count(*) FROM event GROUP BY day") == [(739_943, 2), (739_944, 4)]
