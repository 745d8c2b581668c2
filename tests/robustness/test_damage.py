"""The short form of `damage.py`: a few damages of every kind."""

import random
from contextlib import closing
from pathlib import Path

import pytest

from quizdock.store import open_store
from quizdock.store.rescue import salvage
from tests.robustness.damage import DAMAGES, Damage, Home, made, outcome, restored, run


def test_random_damages_are_told_or_harmless_and_mended() -> None:
    ended, wrong = run(12, seed=2026)
    assert wrong == ""
    assert ended.total() == 12


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return made(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("damage", dict.fromkeys(DAMAGES), ids=lambda damage: damage.__name__)
def test_each_kind_of_damage_to_the_database_is_told_or_harmless(home: Home, tmp_path: Path, damage: Damage) -> None:
    data = bytearray(home.database.read_bytes())
    damage(data, random.Random(7))
    copy = home._replace(database=tmp_path / "data" / "quizdock.db")
    copy.database.parent.mkdir()
    copy.database.write_bytes(data)
    (copy.database.parent / "backups").symlink_to(home.database.parent / "backups")
    seen = outcome(copy._replace(truth=[]))
    assert seen != "harmless", "the log is not there"
    assert seen == "unseen" or restored(copy) == ""


def test_the_events_of_devices_that_came_before_are_salvaged_too(home: Home, tmp_path: Path) -> None:
    copy = tmp_path / "quizdock.db"
    copy.write_bytes((home.database.parent / "backups" / "copy.db").read_bytes())
    with closing(open_store(copy, "x")) as store:
        store.database.execute("PRAGMA foreign_keys = OFF")
        store.database.execute("INSERT INTO device (id, name) VALUES (-3, 'earlier')")
        store.database.execute("UPDATE event SET device = -3 WHERE seq <= 100")
    with closing(open_store(tmp_path / "new.db", "y")) as store:
        store.database.execute("DELETE FROM device")
        assert salvage(copy, store.database)[:2] == (home.in_copy, 0)


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_what_stands_around_a_page_that_cannot_be_read_is_salvaged_without_a_copy(
    home: Home, tmp_path: Path, place: str
) -> None:
    copy = tmp_path / "quizdock.db"
    copy.write_bytes((home.database.parent / "backups" / "copy.db").read_bytes())
    with closing(open_store(copy, "x")) as store:
        pages = store.database.rows(
            "SELECT pageno FROM dbstat WHERE name = 'event' AND pagetype = 'leaf' ORDER BY path"
        )
    (page,) = {"first": pages[0], "middle": pages[len(pages) // 2], "last": pages[-1]}[place]
    data = bytearray(copy.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    copy.write_bytes(data)
    with closing(open_store(tmp_path / "new.db", "y")) as store:
        store.database.execute("DELETE FROM device")
        found = salvage(copy, store.database)
    assert home.in_copy * 0.6 < found.events < home.in_copy
    assert found.events + found.lost <= home.in_copy
    assert place == "last" or found.events + found.lost == home.in_copy
