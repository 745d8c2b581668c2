"""Who studies, and the decks they follow."""

import json
import resource
import signal
import stat
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from quizdock.core import sitting
from quizdock.core.card import Deck, encode
from quizdock.core.errors import QuizDockError
from quizdock.core.journal import Answer, Kind
from quizdock.core.marking import Place, Result, Rules, Score
from quizdock.core.paper import Asked
from quizdock.store import Store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment


def test_a_learner_is_found_by_name(store: Store) -> None:
    ada, bob = store.learners.add("Ada"), store.learners.add("Bob")
    assert ada != bob
    assert store.learners.find("Ada") == ada
    assert store.learners.find("Bob") == bob


def test_names_are_listed_in_alphabetical_order(store: Store) -> None:
    for name in ("Zoé", "ada", "Bob"):
        store.learners.add(name)
    assert store.learners.names() == ["ada", "Bob", "Zoé"]


def test_a_name_is_taken_once(store: Store) -> None:
    store.learners.add("Ada")
    with pytest.raises(QuizDockError) as caught:
        store.learners.add("Ada")
    assert str(caught.value) == "there is already a learner called Ada"
    assert store.learners.names() == ["Ada"]


def test_an_unknown_name_brings_up_the_nearest_one(store: Store) -> None:
    store.learners.add("Ada")
    store.learners.add("Grace")
    with pytest.raises(QuizDockError) as caught:
        store.learners.find("Grave")
    assert str(caught.value) == "there is no learner called Grave"
    assert str(caught.value.hint) == "Did you mean Grace?"


def test_a_name_near_no_other_brings_up_all_of_them(store: Store) -> None:
    store.learners.add("Grace")
    store.learners.add("Ada")
    with pytest.raises(QuizDockError) as caught:
        store.learners.find("Wolfgang")
    assert str(caught.value.hint) == "Known: Ada, Grace."


def test_an_unknown_name_among_nobody_has_no_hint(store: Store) -> None:
    with pytest.raises(QuizDockError) as caught:
        store.learners.find("Ada")
    assert str(caught.value) == "there is no learner called Ada"
    assert str(caught.value.hint) == ""


def test_the_default_learner_is_added_once(store: Store) -> None:
    first = store.learners.find_or_add("ada")
    assert store.learners.find_or_add("ada") == first
    assert store.learners.names() == ["ada"]


def test_a_name_is_never_read_as_sql(store: Store) -> None:
    name = "Robert'); DROP TABLE learner; --"
    number = store.learners.add(name)
    assert store.learners.find(name) == number
    assert store.learners.names() == [name]


def test_a_learner_follows_decks_from_then_on(store: Store, deck_of: Callable[..., Deck]) -> None:
    for name in ("one", "two", "three"):
        store.catalogue.put(deck_of(name, topic="a"), f"{name}.toml", b"")
    one, two, three = (store.catalogue.deck(name).id for name in ("one", "two", "three"))
    ada, bob = store.learners.add("Ada"), store.learners.add("Bob")
    store.learners.follow(ada, [three, one])
    store.learners.follow(ada, [one])
    store.learners.follow(bob, [two])
    assert store.learners.followed(ada) == sorted([one, three])
    assert store.learners.followed(bob) == [two]


def test_a_learner_follows_all_decks_that_were_named_or_none(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("one", topic="a"), "one.toml", b"")
    ada, one = store.learners.add("Ada"), store.catalogue.deck("one").id
    with pytest.raises(QuizDockError, match="FOREIGN KEY"):
        store.learners.follow(ada, [one, one + 1])
    assert store.learners.followed(ada) == []


def test_a_new_learner_follows_no_deck(store: Store) -> None:
    assert store.learners.followed(store.learners.add("Ada")) == []


def test_a_learner_follows_a_deck_no_more(store: Store, deck_of: Callable[..., Deck]) -> None:
    for name in ("one", "two"):
        store.catalogue.put(deck_of(name, topic="a"), f"{name}.toml", b"")
    one, two = (store.catalogue.deck(name).id for name in ("one", "two"))
    ada, bob = store.learners.add("Ada"), store.learners.add("Bob")
    store.learners.follow(ada, [one, two])
    store.learners.follow(bob, [one, two])
    store.learners.unfollow(ada, [one])
    store.learners.unfollow(ada, [one])
    assert store.learners.followed(ada) == [two]
    assert store.learners.followed(bob) == sorted([one, two])


def test_the_cards_that_a_learner_has_studied_are_known_even_as_orphans(
    store: Store, deck_of: Callable[..., Deck]
) -> None:
    for name in ("one", "two"):
        store.catalogue.put(deck_of(name, topic="a b c"), f"{name}.toml", b"")
    ada, bob = store.learners.add("Ada"), store.learners.add("Bob")
    new = store.selection.new(ada, Scope((store.catalogue.deck("one").id,)), 739_000)
    cards = [each.card for each in islice(new, 2)]
    for card in cards:
        store.journal.answer(ada, Answer(card, 4, None, 1000, 0), Moment(0, 739_000))
    store.catalogue.put(deck_of("one", topic="b"), "one.toml", b"")
    assert store.learners.studied(ada, "one") == {"a", "b"}
    assert store.learners.studied(ada, "two") == set()
    assert store.learners.studied(bob, "one") == set()


def test_a_learner_takes_another_name_and_keeps_their_number(store: Store) -> None:
    ada = store.learners.add("Ada")
    store.learners.add("Bob")
    store.learners.rename("Ada", "Augusta")
    assert store.learners.names() == ["Augusta", "Bob"]
    assert store.learners.find("Augusta") == ada


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Ada", "Bob", "there is already a learner called Bob"),
        ("Ada", "Ada", "there is already a learner called Ada"),
        ("Eve", "Bob", "there is no learner called Eve"),
    ],
)
def test_a_name_that_is_taken_cannot_be_had_by_renaming(store: Store, old: str, new: str, message: str) -> None:
    store.learners.add("Ada")
    store.learners.add("Bob")
    with pytest.raises(QuizDockError) as caught:
        store.learners.rename(old, new)
    assert str(caught.value) == message
    assert store.learners.names() == ["Ada", "Bob"]


# Removing


NOON = Moment(1_795_521_600_000, 739_944)  # 2026-11-24T12:00:00Z


@pytest.fixture
def eventful(store: Store, deck_of: Callable[..., Deck]) -> tuple[int, int]:
    """Ada and Bob both studied the deck `one`; Ada follows it, took a review back, relinked a card, sat an exam."""
    store.catalogue.put(deck_of("one", topic="a b c"), "one.toml", b"")
    deck = store.catalogue.deck("one").id
    ada, bob = store.learners.add("Ada"), store.learners.add("Bob")
    a, b, c = sorted(candidate.card for candidate in store.catalogue.candidates(Scope((deck,))))
    store.learners.follow(ada, [deck])
    store.journal.answer(ada, Answer(a, 4, '"docker ps"', 1500, 77), NOON)
    store.journal.answer(bob, Answer(a, 5, None, 900, 77), NOON)
    key, _standing, _kind = store.journal.answer(ada, Answer(b, 2, None, 800, 78), NOON)
    store.journal.undo(ada, key, NOON)
    store.journal.relink(ada, a, c, NOON)
    row = store.catalogue.card(a)
    paper = [Asked(Place("one", "topic", "About topic"), "a", row.hash, encode(row.card))]
    attempt = store.attempts.start(ada, paper, {"one": "The one"}, 42, Rules(), NOON)
    store.attempts.append(attempt, 0, sitting.Event(sitting.Kind.ANSWERED, NOON.at, 1, "docker", 1.0, 1200))
    submitted = sitting.Event(sitting.Kind.SUBMITTED, NOON.at)
    store.attempts.finish(attempt, 1, submitted, Result(Score(1.0, 1), (), passed=True))
    return ada, bob


def lines_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_whoever_is_removed_is_exported_whole(store: Store, eventful: tuple[int, int], tmp_path: Path) -> None:
    file = tmp_path / "removed" / "Ada.jsonl"
    assert store.learners.remove("Ada", file) == (4, 1)
    learner, first, second, undo, relink, attempt = lines_of(file)
    nothing = {"grade": None, "response": None, "milliseconds": None, "hash": None, "of": None, "to_card": None}
    event = {"type": "event", "device": "this-machine", "at": "2026-11-24T12:00:00.000+00:00", "day": "2026-11-24"}
    assert learner == {
        "type": "learner",
        "format": 3,
        "name": "Ada",
        "follows": ["one"],
        "events": 4,
        "attempts": 1,
    }
    assert first == {
        **nothing,
        **event,
        "seq": 1,
        "kind": "review",
        "card": "one/a",
        "grade": 4,
        "response": "docker ps",
        "milliseconds": 1500,
        "hash": 77,
    }
    assert second == {
        **nothing,
        **event,
        "seq": 3,
        "kind": "review",
        "card": "one/b",
        "grade": 2,
        "milliseconds": 800,
        "hash": 78,
    }
    of = {"device": "this-machine", "seq": 3}
    assert undo == {**nothing, **event, "seq": 4, "kind": "undo", "card": "one/b", "of": of}
    assert relink == {**nothing, **event, "seq": 5, "kind": "relink", "card": "one/a", "to_card": "one/c"}
    (question,) = attempt.pop("questions")
    assert attempt == {
        "type": "attempt",
        "device": "this-machine",
        "number": 1,
        "decks": {"one": "The one"},
        "seed": 42,
        "rules": {"pass": 70},
        "day": "2026-11-24",
        "started": "2026-11-24T12:00:00.000+00:00",
        "deadline": None,
        "finished": "2026-11-24T12:00:00.000+00:00",
        "points": 1.0,
        "certainty_points": None,
        "gone": False,
        "events": [
            {
                "kind": "answered",
                "at": "2026-11-24T12:00:00.000+00:00",
                "number": 1,
                "given": "docker",
                "credit": 1.0,
                "milliseconds": 1200,
            },
            {"kind": "submitted", "at": "2026-11-24T12:00:00.000+00:00", "milliseconds": 0},
        ],
    }
    assert (question["number"], question["card"], question["topic"]) == (1, "one/a", "About topic")
    assert question["topic_id"] == "topic"
    assert "what is a?" in json.dumps(question["asked"])


def test_an_export_is_for_its_owner_alone(store: Store, eventful: tuple[int, int], tmp_path: Path) -> None:
    file = tmp_path / "removed" / "Ada.jsonl"
    store.learners.remove("Ada", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_whoever_is_removed_is_nowhere_to_be_found(store: Store, eventful: tuple[int, int], tmp_path: Path) -> None:
    ada, bob = eventful
    store.learners.remove("Ada", tmp_path / "Ada.jsonl")
    assert store.learners.names() == ["Bob"]
    assert store.attempts.finished() == []
    assert store.learners.followed(ada) == []
    with pytest.raises(QuizDockError):
        store.learners.find("Ada")
    assert store.learners.find("Bob") == bob


def test_the_name_is_free_again_and_starts_with_nothing(
    store: Store, eventful: tuple[int, int], tmp_path: Path
) -> None:
    store.learners.remove("Ada", tmp_path / "1.jsonl")
    again = store.learners.add("Ada")
    assert store.learners.studied(again, "one") == set()
    assert store.learners.remove("Ada", tmp_path / "2.jsonl") == (0, 0)
    assert lines_of(tmp_path / "2.jsonl") == [
        {"type": "learner", "format": 3, "name": "Ada", "follows": [], "events": 0, "attempts": 0}
    ]
    assert store.learners.names() == ["Bob"]


def test_the_journal_stays_without_gaps_and_rebuild_finds_all_right(
    store: Store, eventful: tuple[int, int], tmp_path: Path
) -> None:
    _ada, bob = eventful
    before = store.database.rows("SELECT * FROM event")
    store.learners.remove("Ada", tmp_path / "Ada.jsonl")
    assert store.database.rows("SELECT * FROM event") == before
    assert store.journal.rebuild().wrong == 0
    card = store.database.value("SELECT id FROM card WHERE name = 'b'")
    key, _standing, kind = store.journal.answer(bob, Answer(card, 4, None, 100, 0), NOON)
    assert (key.seq, kind) == (6, Kind.REVIEW)


def test_where_the_export_cannot_be_written_nobody_is_removed(
    store: Store, eventful: tuple[int, int], tmp_path: Path
) -> None:
    ada, _bob = eventful
    file = tmp_path / "Ada.jsonl"
    file.write_text("an older export")
    with pytest.raises(QuizDockError) as caught:
        store.learners.remove("Ada", file)
    assert str(caught.value) == f"{file}: File exists"
    assert str(caught.value.hint) == "Nobody was removed."
    assert store.learners.find("Ada") == ada
    assert len(store.attempts.finished()) == 1
    assert file.read_text() == "an older export"


def test_where_the_disk_fills_up_midway_no_part_of_the_export_is_left(
    store: Store, eventful: tuple[int, int], tmp_path: Path
) -> None:
    """A limit on the size of files stands for the full disk."""
    file = tmp_path / "Ada.jsonl"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(QuizDockError) as caught:
            store.learners.remove("Ada", file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert str(caught.value).startswith(f"{file}: ")
    assert not file.exists()
    assert store.learners.names() == ["Ada", "Bob"]


def test_where_the_removal_fails_its_export_does_not_stay(
    store: Store, eventful: tuple[int, int], tmp_path: Path
) -> None:
    store.database.execute("CREATE TEMP TRIGGER no BEFORE UPDATE ON learner BEGIN SELECT raise(FAIL, 'no'); END")
    with pytest.raises(QuizDockError):
        store.learners.remove("Ada", tmp_path / "Ada.jsonl")
    assert not (tmp_path / "Ada.jsonl").exists()
    assert store.learners.names() == ["Ada", "Bob"]
    assert len(store.attempts.finished()) == 1


def test_nothing_is_saved_any_more_for_whoever_was_removed(
    store: Store, eventful: tuple[int, int], tmp_path: Path
) -> None:
    ada, _bob = eventful
    store.learners.remove("Ada", tmp_path / "Ada.jsonl")
    before = list(store.database.connection.iterdump())
    for change in (
        lambda: store.journal.answer(ada, Answer(2, 4, None, 100, 0), NOON),
        lambda: store.journal.record(ada, Kind.SUSPEND, 2, NOON),
        lambda: store.journal.relink(ada, 3, 2, NOON),
    ):
        with pytest.raises(QuizDockError) as caught:
            change()
        assert str(caught.value) == "this learner was removed meanwhile"
        assert str(caught.value.hint) == (
            "Nothing of this was saved. What came before is in the export that the removal made."
        )
    assert list(store.database.connection.iterdump()) == before
