"""Deck files that come into the home, and go out of it."""

from pathlib import Path

import pytest

from quizdock.core.errors import QuizDockError
from quizdock.deck.problems import DeckError
from quizdock.sessions.library import refresh
from quizdock.sessions.shelf import add, deck_file, own_file, remove, write_new
from quizdock.store import Store

TINY = """\
format = 1
deck = { id = "tiny", title = "Tiny", lang = "en" }

[[flashcard]]
id = "one"
front = "?"
back = "!"
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Where the home keeps its decks; it is not there yet."""
    return tmp_path / "home" / "content"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A deck file that lies elsewhere."""
    path = tmp_path / "tiny.toml"
    path.write_text(TINY, encoding="utf-8")
    return path


def refused(store: Store, shelf: Path, file: Path) -> QuizDockError:
    with pytest.raises(QuizDockError) as caught:
        add(store.catalogue, shelf, file)
    return caught.value


def test_a_deck_is_copied_as_it_is(store: Store, shelf: Path, tiny: Path) -> None:
    added = add(store.catalogue, shelf, tiny)
    assert (added.deck.id, added.file, added.new) == ("tiny", shelf / "tiny.toml", True)
    assert [path.name for path in shelf.iterdir()] == ["tiny.toml"]
    assert (shelf / "tiny.toml").read_bytes() == tiny.read_bytes()
    assert not (shelf / "tiny.toml").is_symlink()


def test_a_link_leads_to_the_file_wherever_one_stands(
    store: Store, shelf: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny.parent)
    added = add(store.catalogue, shelf, Path("tiny.toml"), link=True)
    assert added.file.is_symlink()
    assert added.file.resolve() == tiny.resolve()
    refresh(store.catalogue, [shelf])
    assert store.catalogue.deck("tiny").cards == 1


def test_adding_twice_changes_nothing(store: Store, shelf: Path, tiny: Path) -> None:
    add(store.catalogue, shelf, tiny)
    assert add(store.catalogue, shelf, tiny).new is False
    assert add(store.catalogue, shelf, shelf / "tiny.toml").new is False
    assert [path.name for path in shelf.iterdir()] == ["tiny.toml"]


def test_another_file_of_that_name_is_never_overwritten(store: Store, shelf: Path, tiny: Path) -> None:
    shelf.mkdir(parents=True)
    (shelf / "tiny.toml").write_text("precious")
    error = refused(store, shelf, tiny)
    assert str(error) == f"{shelf}/tiny.toml is there already, and is not this deck's"
    assert str(error.hint) == ("Give yours another name, or take that one out: quizdock deck remove tiny.toml")
    assert (shelf / "tiny.toml").read_text() == "precious"


def test_a_dead_link_of_that_name_is_never_overwritten(store: Store, shelf: Path, tiny: Path) -> None:
    shelf.mkdir(parents=True)
    (shelf / "tiny.toml").symlink_to(shelf / "gone")
    assert "is there already" in str(refused(store, shelf, tiny))


def test_an_id_that_another_file_of_the_home_has_is_refused(store: Store, shelf: Path, tiny: Path) -> None:
    add(store.catalogue, shelf, tiny)
    refresh(store.catalogue, [shelf])
    other = tiny.rename(tiny.with_name("other.toml"))
    error = refused(store, shelf, other)
    assert str(error) == f"{shelf}/tiny.toml already has the id “tiny”"
    assert str(error.hint) == (
        f"A new version of that deck: quizdock deck add --replace {other}. Another deck: give it an id of its own."
    )
    assert not (shelf / "other.toml").exists()


@pytest.mark.parametrize("name", ["tiny.toml", "other.toml"])
def test_a_new_version_takes_the_place_of_the_older_one_which_is_kept(
    store: Store, shelf: Path, tiny: Path, tmp_path: Path, name: str
) -> None:
    add(store.catalogue, shelf, tiny)
    refresh(store.catalogue, [shelf])
    new = tiny.rename(tiny.with_name(name))
    new.write_text(TINY.replace("Tiny", "Newer"), encoding="utf-8")
    added = add(store.catalogue, shelf, new, replaced=tmp_path / "removed")
    assert (added.file, added.new) == (shelf / name, True)
    assert [path.name for path in shelf.iterdir()] == [name]
    assert (shelf / name).read_text(encoding="utf-8") == new.read_text(encoding="utf-8")
    assert (tmp_path / "removed" / "tiny.toml").read_text(encoding="utf-8") == TINY


def test_a_new_version_whose_name_another_file_has_changes_nothing(
    store: Store, shelf: Path, tiny: Path, tmp_path: Path
) -> None:
    add(store.catalogue, shelf, tiny)
    (shelf / "other.toml").write_text("precious")
    refresh(store.catalogue, [shelf])
    new = tiny.rename(tiny.with_name("other.toml"))
    with pytest.raises(QuizDockError, match="is there already"):
        add(store.catalogue, shelf, new, replaced=tmp_path / "removed")
    assert (shelf / "other.toml").read_text() == "precious"
    assert (shelf / "tiny.toml").read_text(encoding="utf-8") == TINY
    assert not (tmp_path / "removed").exists()


def test_a_link_that_is_replaced_leaves_its_file_where_it_is(
    store: Store, shelf: Path, tiny: Path, tmp_path: Path
) -> None:
    add(store.catalogue, shelf, tiny, link=True)
    refresh(store.catalogue, [shelf])
    new = tmp_path / "new" / "tiny.toml"
    new.parent.mkdir()
    new.write_text(TINY.replace("Tiny", "Newer"), encoding="utf-8")
    add(store.catalogue, shelf, new, link=True, replaced=tmp_path / "removed")
    assert (shelf / "tiny.toml").resolve() == new
    assert tiny.read_text(encoding="utf-8") == TINY
    assert not (tmp_path / "removed").exists()


def test_the_id_of_a_shipped_deck_is_free(store: Store, shelf: Path, tiny: Path, tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    add(store.catalogue, shipped, tiny)
    refresh(store.catalogue, [shelf, shipped])
    assert add(store.catalogue, shelf, tiny).new is True


def test_a_deck_with_problems_is_refused_with_all_of_them(store: Store, shelf: Path, tiny: Path) -> None:
    tiny.write_text(TINY.replace("front", "fornt").replace("back", "bakc"), encoding="utf-8")
    error = refused(store, shelf, tiny)
    assert isinstance(error, DeckError)
    assert [problem.where for problem in error.problems] == ["flashcard[1].fornt", "flashcard[1].bakc"]
    assert not shelf.exists()


def test_a_name_that_is_never_looked_at_is_refused(store: Store, shelf: Path, tiny: Path) -> None:
    text = tiny.rename(tiny.with_suffix(".txt"))
    assert str(refused(store, shelf, text)) == f"{text}: the name of a deck file ends with .toml"


def test_a_removed_deck_is_moved_and_can_come_back(store: Store, shelf: Path, tiny: Path, tmp_path: Path) -> None:
    removed = tmp_path / "data" / "removed-decks"
    for kept in ("tiny.toml", "tiny-2.toml", "tiny-3.toml"):
        add(store.catalogue, shelf, tiny)
        refresh(store.catalogue, [shelf])
        assert remove(store.catalogue, shelf, "tiny", removed) == (shelf / "tiny.toml", removed / kept)
        refresh(store.catalogue, [shelf])
        assert list(shelf.iterdir()) == []
        assert (removed / kept).read_text(encoding="utf-8") == TINY


def test_of_a_link_only_the_link_is_removed(store: Store, shelf: Path, tiny: Path, tmp_path: Path) -> None:
    add(store.catalogue, shelf, tiny, link=True)
    refresh(store.catalogue, [shelf])
    removed = remove(store.catalogue, shelf, "tiny", tmp_path / "removed")
    assert removed.kept == tiny.resolve()
    assert (list(shelf.iterdir()), tiny.exists(), (tmp_path / "removed").exists()) == ([], True, False)


def test_a_shipped_deck_is_not_removed(store: Store, shelf: Path, tiny: Path, tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    add(store.catalogue, shipped, tiny)
    refresh(store.catalogue, [shelf, shipped])
    with pytest.raises(QuizDockError) as caught:
        own_file(store.catalogue, shelf, "tiny")
    assert str(caught.value) == "tiny is shipped with QuizDock, and cannot be removed"
    with pytest.raises(QuizDockError):
        remove(store.catalogue, shelf, "tiny", tmp_path / "removed")
    assert (shipped / "tiny.toml").exists()


def test_a_file_that_is_no_deck_and_a_dead_link_go_out_by_their_names(
    store: Store, shelf: Path, tiny: Path, tmp_path: Path
) -> None:
    removed = tmp_path / "removed"
    shelf.mkdir(parents=True)
    (shelf / "broken.toml").write_text("x = [")
    (shelf / "gone.toml").symlink_to(tmp_path / "gone")
    refresh(store.catalogue, [shelf])
    assert remove(store.catalogue, shelf, "broken", removed).kept.read_text() == "x = ["
    assert remove(store.catalogue, shelf, "gone.toml", removed).file == shelf / "gone.toml"
    assert list(shelf.iterdir()) == []
    with pytest.raises(QuizDockError, match="no deck called"):
        remove(store.catalogue, shelf, "../tiny", removed)


def test_a_decks_id_goes_before_another_files_name(store: Store, shelf: Path, tiny: Path, tmp_path: Path) -> None:
    shelf.mkdir(parents=True)
    (shelf / "a.toml").write_text(TINY, encoding="utf-8")
    (shelf / "tiny.toml").write_text(TINY.replace('"tiny"', '"other"'), encoding="utf-8")
    refresh(store.catalogue, [shelf])
    assert own_file(store.catalogue, shelf, "tiny") == shelf / "a.toml"
    assert own_file(store.catalogue, shelf, "other") == shelf / "tiny.toml"


def test_a_version_that_leads_to_the_older_one_cannot_replace_it(
    store: Store, shelf: Path, tiny: Path, tmp_path: Path
) -> None:
    add(store.catalogue, shelf, tiny)
    refresh(store.catalogue, [shelf])
    link = tmp_path / "other.toml"
    link.symlink_to(shelf / "tiny.toml")
    with pytest.raises(QuizDockError, match="is in the home already"):
        add(store.catalogue, shelf, link, link=True, replaced=tmp_path / "removed")
    assert (shelf / "tiny.toml").read_text(encoding="utf-8") == TINY


def test_all_files_of_the_deck_make_room_for_its_new_version(
    store: Store, shelf: Path, tiny: Path, tmp_path: Path
) -> None:
    shelf.mkdir(parents=True)
    for name in ("a.toml", "b.toml"):
        (shelf / name).write_text(TINY, encoding="utf-8")
    refresh(store.catalogue, [shelf])
    add(store.catalogue, shelf, tiny, replaced=tmp_path / "removed")
    assert [path.name for path in shelf.iterdir()] == ["tiny.toml"]
    assert sorted(path.name for path in (tmp_path / "removed").iterdir()) == ["a.toml", "b.toml"]


def test_a_link_replaces_an_equal_copy(store: Store, shelf: Path, tiny: Path, tmp_path: Path) -> None:
    add(store.catalogue, shelf, tiny)
    refresh(store.catalogue, [shelf])
    assert add(store.catalogue, shelf, tiny, link=True, replaced=tmp_path / "removed").new
    assert (shelf / "tiny.toml").is_symlink()


def test_where_there_are_no_hard_links_nothing_is_written_over_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.toml"

    def refuse(_self: Path, _target: Path) -> None:
        path.write_bytes(b"theirs")  # comes in between
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with pytest.raises(QuizDockError, match="is there already"):
        write_new(path, b"ours")
    assert path.read_bytes() == b"theirs"


def test_a_deck_is_named_by_its_file_or_by_its_id(
    store: Store, shelf: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store.catalogue, shelf, tiny)
    refresh(store.catalogue, [shelf])
    monkeypatch.chdir(tiny.parent)
    assert deck_file(store.catalogue, tiny.parent, "tiny") == shelf / "tiny.toml"
    assert deck_file(store.catalogue, shelf.parent, "tiny.toml") == Path("tiny.toml")
    assert deck_file(store.catalogue, shelf.parent, "no/such") == Path("no/such")
    assert deck_file(store.catalogue, shelf.parent, "content/tiny.toml") == shelf / "tiny.toml"
    with pytest.raises(QuizDockError) as caught:
        deck_file(store.catalogue, shelf.parent, "tinny")
    assert (str(caught.value), str(caught.value.hint)) == ("there is no deck called tinny", "Did you mean tiny?")


def test_a_file_that_never_could_be_read_is_named_by_its_name_too(store: Store, shelf: Path, tiny: Path) -> None:
    add(store.catalogue, shelf, tiny)
    (shelf / "broken.toml").write_text("no TOML", encoding="utf-8")
    (shelf / "other.toml").write_text(TINY.replace('"tiny"', '"broke"'), encoding="utf-8")
    refresh(store.catalogue, [shelf])
    assert deck_file(store.catalogue, shelf.parent, "broken") == shelf / "broken.toml"
    assert deck_file(store.catalogue, shelf.parent, "broke") == shelf / "other.toml"
    (shelf / "broke.toml").write_text("no TOML", encoding="utf-8")
    assert deck_file(store.catalogue, shelf.parent, "broke") == shelf / "other.toml", "a deck's id goes first"


def test_what_is_there_is_never_written_over_and_nothing_half_written_is_left(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.toml"
    write_new(path, b"first")
    with pytest.raises(QuizDockError) as caught:
        write_new(path, b"second")
    assert str(caught.value) == f"{path} is there already, and stays as it is"
    assert path.read_bytes() == b"first"
    assert [entry.name for entry in path.parent.iterdir()] == ["x.toml"]
