"""How SQLite answers what is asked before each shell prompt and at each card: by an index, never by reading a table."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from quizdock.core.card import Deck
from quizdock.core.journal import Answer, Kind
from quizdock.core.settings import DEFAULTS
from quizdock.sessions.today import waiting
from quizdock.store import Store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment

DAY = 739_000
NOW = Moment(1_760_000_000_000, DAY)
LARGE = re.compile(r"SCAN (card|schedule|event|held|daily|attempt\w*)\b")
"""What has as many rows as there are cards, answers or days."""


@contextmanager
def plans(store: Store) -> Iterator[dict[str, list[str]]]:
    """The plan of every statement that is run inside."""
    seen: list[str] = []
    found: dict[str, list[str]] = {}
    store.database.connection.set_trace_callback(seen.append)
    yield found
    store.database.connection.set_trace_callback(None)
    for sql in dict.fromkeys(seen):
        if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            found[sql] = [row[3] for row in store.database.rows(f"EXPLAIN QUERY PLAN {sql}")]


@pytest.fixture
def answered(store: Store, deck_of: Callable[..., Deck]) -> Store:
    """Two decks of which something was answered, suspended and taken back."""
    store.catalogue.put(deck_of("one", topic="a b c"), "one.toml", b"")
    store.catalogue.put(deck_of("two", topic="d"), "two.toml", b"")
    ada = store.learners.add("Ada")
    for card in (1, 2, 3):
        store.journal.answer(ada, Answer(card, 4, None, 1000, 0), NOW)
    store.journal.record(ada, Kind.SUSPEND, 2, NOW)
    store.journal.undo_last(ada, NOW)
    return store


@pytest.fixture
def ada(answered: Store) -> int:
    return answered.learners.find("Ada")


def test_what_is_due_is_counted_by_indices_alone(answered: Store, ada: int) -> None:
    with plans(answered) as found:
        waiting(answered, ada, Scope((1, 2)), DAY + 1, DEFAULTS)
    steps = [step for plan in found.values() for step in plan]
    assert [step for step in steps if LARGE.match(step)] == []
    assert "SEARCH schedule USING COVERING INDEX schedule_due (learner=? AND due<?)" in steps
    assert "SEARCH card USING INDEX card_in_order (deck=? AND position>?)" in steps
    assert len(found) <= 8


def test_the_next_card_and_its_answer_read_no_table(answered: Store, ada: int) -> None:
    with plans(answered) as found:
        asked = answered.selection.asked(ada, Scope((1, 2)), 1)
        assert asked is not None
        row, _state = asked
        answered.journal.answer(ada, Answer(1, 4, None, 1000, row.hash), Moment(NOW.at, DAY + 1))
    assert [step for plan in found.values() for step in plan if LARGE.match(step)] == []
    assert len(found) == 5, "each statement takes its time"


def test_the_first_answer_to_a_card_and_its_undo_read_no_table(answered: Store, ada: int) -> None:
    with plans(answered) as found:
        answered.journal.answer(ada, Answer(4, 4, None, 1000, 0), Moment(NOW.at, DAY + 1))
        answered.journal.undo_last(ada, Moment(NOW.at, DAY + 1))
    links = [sql for sql in found if "to_card IS NOT NULL" in sql]  # of them there are few
    assert [step for sql, plan in found.items() for step in plan if LARGE.match(step) and sql not in links] == []


def test_an_answer_is_one_transaction(answered: Store, ada: int) -> None:
    seen: list[str] = []
    answered.database.connection.set_trace_callback(seen.append)
    answered.journal.answer(ada, Answer(1, 4, None, 1000, 0), Moment(NOW.at, DAY + 1))
    answered.database.connection.set_trace_callback(None)
    assert [seen[0], seen[-1]] == ["BEGIN IMMEDIATE", "COMMIT"]
    assert len(seen) == 6
