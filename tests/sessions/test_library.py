"""Deck files and the catalogue: what changed is compiled, and nothing that was learnt is lost."""

import os
import weakref
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest

from quizdock.core.card import Deck
from quizdock.core.errors import QuizDockError
from quizdock.core.journal import Answer
from quizdock.core.message import Message, msg
from quizdock.deck import reader
from quizdock.sessions import library
from quizdock.sessions.library import refresh
from quizdock.store import Store
from quizdock.store.catalogue import DeckFile, Scope
from quizdock.store.journal import Moment

DAY = 739_944  # 2026-11-24


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    return folder


@pytest.fixture
def look(store: Store, content: Path, shipped: Path) -> Callable[[], list[str]]:
    """Looks at the home's folder, then at the shipped one; returns what is said."""
    return lambda: [str(message) for message in refresh(store.catalogue, [content, shipped])]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, as they are read."""
    names: list[str] = []
    original = reader.read_bytes

    def noting(path: Path) -> bytes:
        names.append(path.name)
        return original(path)

    monkeypatch.setattr(reader, "read_bytes", noting)
    return names


def write(path: Path, deck: str = "capitals", *cards: str) -> None:
    notes = "".join(f'[[flashcard]]\nid = "{card}"\nfront = "{card}?"\nback = "{card}!"\n' for card in cards or ("a",))
    path.write_text(f'format = 1\ndeck = {{ id = "{deck}", title = "{deck}", lang = "en" }}\n{notes}')


def cards(store: Store) -> dict[str, int]:
    return {deck.name: deck.cards for deck in store.catalogue.decks()}


def test_a_new_file_becomes_a_deck(store: Store, content: Path, look: Callable[[], list[str]]) -> None:
    write(content / "capitals.toml", "capitals", "a", "b")
    assert look() == []
    assert cards(store) == {"capitals": 2}


def test_what_takes_a_while_is_told_beforehand(
    store: Store, content: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    told: list[str] = []

    def tell(message: Message) -> None:
        assert read == []
        told.append(str(message))

    write(content / "capitals.toml", "capitals")
    write(content / "rivers.toml", "rivers")
    both = sum(path.stat().st_size for path in content.iterdir())
    monkeypatch.setattr(library, "LARGE", both + 1)
    refresh(store.catalogue, [content], tell)
    assert told == []
    read.clear()
    monkeypatch.setattr(library, "LARGE", both)
    for path in content.iterdir():
        os.utime(path, ns=(1, 1))
    refresh(store.catalogue, [content], tell)
    assert told == ["Reading 2 new or changed decks…"]
    read.clear()
    refresh(store.catalogue, [content], tell)
    assert len(told) == 1, "nothing has changed"


class Watched(Deck):
    """A deck of which can be told whether it is still there."""


def test_no_more_than_one_deck_is_in_memory(store: Store, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decks: list[weakref.ref[Deck]] = []
    original = reader.parse_deck

    def watching(data: bytes, file: str) -> Deck:
        assert all(deck() is None for deck in decks)
        deck = original(data, file)
        watched = Watched(*(getattr(deck, each.name) for each in fields(deck)))
        decks.append(weakref.ref(watched))
        return watched

    monkeypatch.setattr(reader, "parse_deck", watching)
    for name in ("a", "b", "c"):
        write(content / f"{name}.toml", name)
    refresh(store.catalogue, [content])
    assert len(decks) == 3
    assert cards(store) == {"a": 1, "b": 1, "c": 1}


def test_only_toml_files_of_the_folder_itself_are_decks(
    store: Store, content: Path, look: Callable[[], list[str]]
) -> None:
    write(content / "capitals.toml")
    write(content / "draft.toml.txt", "draft")
    (content / "folder.toml").mkdir()
    write(content / "folder.toml" / "inner.toml", "inner")
    os.mkfifo(content / "pipe.toml")
    assert look() == []
    assert cards(store) == {"capitals": 1}


def test_an_unchanged_file_is_not_read_again(content: Path, look: Callable[[], list[str]], read: list[str]) -> None:
    write(content / "capitals.toml")
    look()
    assert read == ["capitals.toml"]
    look()
    assert read == ["capitals.toml"]


def test_a_file_that_was_only_touched_is_not_compiled_again(
    store: Store, content: Path, look: Callable[[], list[str]], read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(content / "capitals.toml")
    look()
    os.utime(content / "capitals.toml", ns=(1, 1))
    monkeypatch.setattr(reader, "parse_deck", None)  # compiling would fail
    look()
    look()
    assert read == ["capitals.toml"] * 2, "read once more to compare, then known by its new time"
    assert cards(store) == {"capitals": 1}


def test_an_update_of_quizdock_compiles_every_deck_anew(
    store: Store, content: Path, look: Callable[[], list[str]], read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(content / "capitals.toml", "capitals", "a", "b")
    look()
    store.database.execute("UPDATE card SET body = '{}'")
    monkeypatch.setattr(library, "COMPILER", 99)
    monkeypatch.setattr(library, "DeckFile", partial(DeckFile, compiler=99))
    look()
    look()
    assert read == ["capitals.toml"] * 2, "once before the update, once after it"
    assert store.catalogue.card(1).card.prompt == "a?"
    assert store.database.rows("SELECT id, position FROM card") == [(1, 0), (2, 1)]


def test_an_edit_is_seen_and_keeps_the_cards_numbers(
    store: Store, content: Path, look: Callable[[], list[str]]
) -> None:
    write(content / "capitals.toml", "capitals", "a", "b")
    look()
    write(content / "capitals.toml", "capitals", "c", "b")
    look()
    assert store.database.rows("SELECT id, name, position FROM card ORDER BY id") == [
        (1, "a", None),
        (2, "b", 1),
        (3, "c", 0),
    ]


def test_a_file_that_has_gone_makes_orphans_and_its_return_brings_them_back(
    store: Store, content: Path, look: Callable[[], list[str]]
) -> None:
    write(content / "capitals.toml", "capitals", "a", "b")
    look()
    (content / "capitals.toml").rename(content / "capitals.away")
    assert look() == []
    assert cards(store) == {}
    assert store.database.rows("SELECT id, position FROM card") == [(1, None), (2, None)]
    (content / "capitals.away").rename(content / "capitals.toml")
    look()
    assert store.database.rows("SELECT id, position FROM card") == [(1, 0), (2, 1)]


def test_a_renamed_file_keeps_its_deck(store: Store, content: Path, look: Callable[[], list[str]]) -> None:
    write(content / "capitals.toml")
    look()
    (content / "capitals.toml").rename(content / "villes.toml")
    assert look() == []
    assert cards(store) == {"capitals": 1}
    assert store.catalogue.deck("capitals").file == str(content / "villes.toml")


def test_a_broken_file_is_told_and_leaves_its_last_good_version_and_the_others_in_use(
    store: Store, content: Path, look: Callable[[], list[str]]
) -> None:
    write(content / "capitals.toml", "capitals", "a", "b")
    write(content / "rivers.toml", "rivers")
    look()
    path = content / "capitals.toml"
    path.write_text(path.read_text().replace("front", "frnt").replace("back", "bck"))
    told = [
        f"{path}: 4 problems; its last good version, if any, is used. Run: quizdock deck check {path}",
    ]
    assert look() == told
    assert look() == told, "until it is mended"
    assert cards(store) == {"capitals": 2, "rivers": 1}
    write(path, "capitals", "a", "b", "c")
    assert look() == []
    assert cards(store) == {"capitals": 3, "rivers": 1}


def test_a_file_that_never_was_good_stops_no_other(store: Store, content: Path, look: Callable[[], list[str]]) -> None:
    path = content / "broken.toml"
    path.write_bytes(b"\xff\x00 = [[[")
    write(content / "rivers.toml", "rivers")
    assert look() == [f"{path}: 1 problem; its last good version, if any, is used. Run: quizdock deck check {path}"]
    assert cards(store) == {"rivers": 1}


def test_the_homes_deck_wins_over_a_shipped_one_and_that_is_said_once(
    store: Store, content: Path, shipped: Path, look: Callable[[], list[str]]
) -> None:
    write(shipped / "capitals.toml", "capitals", "a")
    look()
    write(content / "mine.toml", "capitals", "a", "b")
    ours, theirs = content / "mine.toml", shipped / "capitals.toml"
    assert look() == [f"deck capitals: {ours} is used instead of {theirs}"]
    assert look() == []
    assert cards(store) == {"capitals": 2}


def test_a_shipped_deck_comes_back_when_the_homes_own_has_gone(
    store: Store, content: Path, shipped: Path, look: Callable[[], list[str]]
) -> None:
    write(shipped / "capitals.toml", "capitals", "a")
    write(content / "mine.toml", "capitals", "a", "b")
    look()
    (content / "mine.toml").unlink()
    assert look() == []
    assert cards(store) == {"capitals": 1}


def test_of_two_files_in_one_folder_the_first_by_name_wins(
    store: Store, content: Path, look: Callable[[], list[str]]
) -> None:
    write(content / "b.toml", "capitals", "a", "b")
    write(content / "a.toml", "capitals", "a")
    told = [f"{content / 'b.toml'}: its id “capitals” is that of {content / 'a.toml'}: give one of the two another"]
    assert look() == told
    assert look() == told, "until it is mended"
    assert cards(store) == {"capitals": 1}


def test_a_home_without_a_content_folder_has_the_shipped_decks(
    store: Store, content: Path, shipped: Path, look: Callable[[], list[str]]
) -> None:
    content.rmdir()
    write(shipped / "capitals.toml")
    assert look() == []
    assert cards(store) == {"capitals": 1}


def test_progress_outlives_every_edit(store: Store, content: Path, look: Callable[[], list[str]]) -> None:
    write(content / "capitals.toml", "capitals", "a", "b")
    look()
    learner = store.learners.add("Ada")
    store.journal.answer(learner, Answer(1, 4, None, 0, 0), Moment(0, DAY))
    write(content / "capitals.toml", "capitals", "b")
    look()
    assert store.selection.count_due(learner, Scope((1,)), DAY + 1) == 0, "an orphan is not asked"
    write(content / "capitals.toml", "capitals", "b", "a")
    look()
    assert store.selection.count_due(learner, Scope((1,)), DAY + 1) == 1


def test_a_file_that_could_not_be_read_is_read_as_soon_as_it_can_be(
    store: Store, content: Path, look: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mended permissions change neither its size nor its time."""
    write(content / "capitals.toml")

    def refuse(path: Path) -> bytes:
        raise QuizDockError(msg("{path}: Permission denied", path=path))

    with monkeypatch.context() as closed:
        closed.setattr(reader, "read_bytes", refuse)
        assert look() == [f"{content / 'capitals.toml'}: Permission denied"]
        assert store.catalogue.decks() == []
    assert look() == []
    assert [deck.name for deck in store.catalogue.decks()] == ["capitals"]
