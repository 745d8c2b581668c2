"""What an examination finds."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from quizdock.core.card import Deck
from quizdock.core.journal import Answer
from quizdock.sessions import relinking
from quizdock.sessions.doctor import Level, examine, is_well
from quizdock.sessions.library import refresh
from quizdock.store import Store
from quizdock.store.backups import Backups
from quizdock.store.journal import Moment

FINE = [
    "The database is sound.",
    "All references lead somewhere.",
    "The schedules are what the journal makes of its 0 events.",
    "0 deck files without a problem.",
    "The cards are as they were stored.",
    "Every card that somebody has progress on is in a deck.",
    "Nobody else on this machine can read your answers.",
]


def told(store: Store) -> list[tuple[str, str]]:
    """What is not fine, with the first command to type."""
    findings = [each for each in examine(store) if each.level is not Level.FINE]
    return [(str(each.message), each.commands[0] if each.commands else "") for each in findings]


@pytest.fixture
def studied(store: Store, deck_of: Callable[..., Deck]) -> Store:
    """A store with the deck `one` of the card `a`, which was answered, and a copy."""
    store.catalogue.put(deck_of("one", first="a"), "one.toml", b"")
    store.journal.answer(store.learners.add("Ada"), Answer(1, 4, None, 500, 7), Moment(0, 739_944))
    Backups(store.database.path).named(store.database, "copy")
    return store


def test_an_empty_home_is_well(store: Store) -> None:
    findings = examine(store)
    assert [str(each.message) for each in findings] == FINE
    assert is_well(findings)


def test_schedules_that_are_not_the_journals_are_wrong(studied: Store) -> None:
    studied.database.execute("UPDATE schedule SET ease = 999")
    assert told(studied) == [("1 row is not as the journal says.", "quizdock rebuild")]
    assert not is_well(examine(studied))


def test_references_that_lead_nowhere_are_wrong(studied: Store) -> None:
    studied.database.execute("PRAGMA foreign_keys = OFF")
    studied.database.execute("INSERT INTO follow VALUES (77, 1)")
    found = next(each for each in examine(studied) if each.check == "references")
    assert found.level is Level.WRONG
    assert [str(each) for each in found.details] == ["follow: 1 row names no row of learner"]


def test_a_deck_file_with_problems_is_wrong(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "my deck.toml"
    file.write_text("format = 1", encoding="utf-8")
    refresh(store.catalogue, [tmp_path])
    assert told(store) == [(f"{file}: 1 problem", f"quizdock deck check '{file}'")]
    assert not is_well(examine(store))


def test_orphans_are_worth_knowing_and_not_wrong(studied: Store) -> None:
    studied.catalogue.withdraw("one")
    assert told(studied) == [
        (
            "1 card with progress is in no deck any more. Nothing is lost: it waits to come back, or for another id.",
            "quizdock card relink one/a",
        )
    ]
    assert is_well(examine(studied))


def test_an_orphan_is_relinked_by_what_is_to_be_typed(studied: Store, deck_of: Callable[..., Deck]) -> None:
    studied.catalogue.withdraw("one")
    studied.catalogue.put(deck_of("new deck", first="a"), "one.toml", b"new")
    assert told(studied)[0][1] == "quizdock card relink one 'new deck'"


def test_only_so_many_commands_are_listed(store: Store, deck_of: Callable[..., Deck]) -> None:
    names = [f"c{number:02}" for number in range(30)]
    store.catalogue.put(deck_of("one", first=" ".join(names)), "one.toml", b"")
    ada = store.learners.add("Ada")
    for number in range(1, 31):
        store.journal.answer(ada, Answer(number, 4, None, 500, 7), Moment(0, 739_944))
    store.catalogue.withdraw("one")
    (found,) = (each for each in examine(store) if each.check == "orphans")
    assert len(found.commands) == 21
    assert found.commands[-1] == "quizdock card list --orphans"


def test_a_check_that_cannot_go_on_takes_no_other_finding_away(studied: Store) -> None:
    studied.catalogue.withdraw("one")
    studied.database.execute("DROP TABLE deck_file")
    assert [(each.check, each.level) for each in examine(studied)] == [
        ("database", Level.FINE),
        ("references", Level.FINE),
        ("journal", Level.FINE),
        ("decks", Level.WRONG),
        ("cards", Level.FINE),
        ("orphans", Level.NOTICE),
        ("files", Level.FINE),
        ("copies", Level.FINE),
    ]


def test_what_keeps_several_checks_from_going_on_is_told_once(studied: Store) -> None:
    studied.database.execute("DROP TABLE held")
    wrong = [each for each in examine(studied) if each.level is Level.WRONG]
    assert [each.check for each in wrong] == ["journal"]


def test_events_that_cannot_have_happened_are_wrong(studied: Store) -> None:
    studied.database.execute("UPDATE event SET kind = 11")
    assert told(studied) == [("1 event of the journal cannot have happened.", "quizdock restore")]


def test_what_others_may_read_is_worth_knowing(store: Store) -> None:
    path = store.database.path
    store.learners.add("Ada")
    path.parent.chmod(0o755)  # as a checkout has it
    assert told(store) == []
    path.chmod(0o640)
    assert told(store) == [("Other users of this machine can read your answers.", f"chmod go-rwx {path}")]


def test_answers_without_a_copy_are_worth_knowing(studied: Store) -> None:
    (studied.database.path.parent / "backups" / "copy.db").unlink()
    message = "There is no copy of the database yet. One is made after the first session of each day."
    assert told(studied) == [(message, "quizdock backup")]


def test_a_full_disk_is_told_before_it_is_full(studied: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizdock.store.health.disk_usage", lambda _path: _Usage(9_999_999))
    size = -(-studied.database.path.stat().st_size // 1_000_000)
    assert told(studied) == [(f"9 MB are free on this disk. A copy of the database takes {size} MB.", "")]


class _Usage(NamedTuple):
    free: int


def test_thousands_of_orphans_are_gone_through_once(store: Store) -> None:
    """2,000 notes of two cards in a deck that is gone, beside 2,000 others whose cards ask the same parts."""
    with store.database.transaction():
        store.learners.find_or_add("Ada")
        for deck in ((1, "old", None), (2, "new", "new.toml")):
            store.database.execute("INSERT INTO deck VALUES (?, ?, '', 'en', '', '', ?, NULL, '{}')", deck)
        store.database.executemany(
            "INSERT INTO card (deck, name, position, exam, hash, body) VALUES (?, ?, ?, 0, ?, '{}')",
            [
                (deck, f"{name}-{note}#{part}", position, hash((deck, note, part)))
                for deck, name, position in ((1, "before", None), (2, "after", 1))
                for note in range(2000)
                for part in (1, 2)
            ],
        )
        store.database.execute(
            "INSERT INTO schedule SELECT 1, id, 1, 1, 250, 739945, 739944, NULL, 0 FROM card WHERE deck = 1"
        )
    statements: list[str] = []
    store.database.connection.set_trace_callback(statements.append)
    found = relinking.proposals(store)
    assert [(each.old, each.cards) for each in found[:2]] == [("old/before-0", 2), ("old/before-1", 2)]
    assert len(found) == relinking.MOST_PROPOSED
    assert len(statements) < 10
