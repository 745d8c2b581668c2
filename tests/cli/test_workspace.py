"""What every command starts from: which decks, whose cards, which day; and deck files that come, change and go."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from quizdock.core.card import Deck

Run = Callable[..., CompletedProcess[str]]
Talk = Callable[..., list[dict[str, Any]]]


def new_cards(quizdock: Run, *decks: str) -> int:
    """How many cards a session without any allowance would bring."""
    ended = quizdock("study", *decks, "--json", "--new", "1000")
    assert (ended.returncode, ended.stderr) == (0, "")
    number: int = json.loads(ended.stdout.splitlines()[0])["new"]
    return number


def facts(deck: Deck) -> int:
    """How many cards a day can hold of it: those that ask the same fact of a note wait for each other."""
    return len({(card.note, card.fact) for card in deck.cards})


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_naming_a_deck_in_study_follows_it(quizdock: Run, many: Path, shipped: dict[str, Deck]) -> None:
    assert new_cards(quizdock) == facts(shipped["docker-containers"]) + 5 + 25
    assert new_cards(quizdock, "small") == 5
    assert new_cards(quizdock) == 5
    assert new_cards(quizdock, "many") == 25
    assert new_cards(quizdock) == 30


def test_who_follows_a_deck_that_has_gone_is_back_at_the_beginning(
    quizdock: Run, home: Path, shipped: dict[str, Deck]
) -> None:
    assert new_cards(quizdock, "small") == 5
    (home / "content" / "small.toml").unlink()
    assert new_cards(quizdock) == facts(shipped["docker-containers"])


@pytest.mark.parametrize(("lang", "deck"), [("fr", "docker-conteneurs"), ("en", "docker-containers")])
def test_who_follows_none_starts_with_their_own_decks_and_the_shipped_ones_in_their_language(
    quizdock: Run, monkeypatch: pytest.MonkeyPatch, shipped: dict[str, Deck], lang: str, deck: str
) -> None:
    monkeypatch.setenv("LANGUAGE", lang)
    assert new_cards(quizdock) == facts(shipped[deck]) + 5


def test_siblings_wait_for_another_day_unless_the_settings_say_otherwise(
    quizdock: Run, shipped: dict[str, Deck]
) -> None:
    cards = len(shipped["docker-containers"].cards)
    assert new_cards(quizdock, "docker-containers") == facts(shipped["docker-containers"]) < cards
    quizdock("settings", "set", "bury-siblings", "no")
    assert new_cards(quizdock, "docker-containers") == cards


def test_a_deck_that_comes_is_there_at_once(quizdock: Run, home: Path, shipped: dict[str, Deck]) -> None:
    before = facts(shipped["docker-containers"]) + 5
    assert new_cards(quizdock) == before
    text = (home / "content" / "small.toml").read_text(encoding="utf-8")
    (home / "content" / "other.toml").write_text(text.replace('"small"', '"other"'), encoding="utf-8")
    assert new_cards(quizdock) == before + 5
    assert new_cards(quizdock, "other") == 5


def test_a_text_that_is_edited_is_asked_anew_worded_and_keeps_its_schedule(
    talk: Talk, home: Path, at: Callable[[str], None]
) -> None:
    talk(["study", "small", "--limit", "1"], {"response": None}, {"grade": 4})
    edit(home / "content" / "small.toml", "What is an image?", "What, then, is an image?")
    at("2026-11-24T12:00")
    _session, question, *_ = talk(["study", "small", "--new-last"])
    assert question["prompt"] == "What, then, is an image?"
    assert (question["card"], question["new"]) == ("small/image", False)


def test_a_deck_that_disappears_between_two_runs_is_named_as_missing_and_comes_back_with_its_progress(
    quizdock: Run, home: Path, at: Callable[[str], None]
) -> None:
    quizdock("study", "small", "--plain", typed="\n4\nt\n\n")
    path = home / "content" / "small.toml"
    hidden = path.rename(home / "small.hidden")
    at("2026-11-24T12:00")
    gone = quizdock("study", "small", "--plain")
    assert (gone.returncode, gone.stdout) == (1, "")
    assert gone.stderr == "Error: there is no deck called small\nKnown: docker-containers, docker-conteneurs.\n"
    assert quizdock("due").stdout == "0 cards to repeat, 10 new ones\n"
    assert "Small deck" not in quizdock().stdout
    hidden.rename(path)
    assert quizdock("due").stdout == "2 cards to repeat, 3 new ones\n"


def test_a_deck_that_breaks_goes_on_with_its_last_good_version_until_it_is_mended(quizdock: Run, home: Path) -> None:
    path = home / "content" / "small.toml"
    quizdock("study", "small", "--plain", typed="\n4\n")
    good = path.read_text(encoding="utf-8")
    edit(path, 'id = "shared"', "id = shared")
    for waiting in (4, 3):
        ended = quizdock("study", "small", "--plain", typed="t\n4\n:q\n")
        assert ended.returncode == 0
        assert ended.stderr == (
            f"{path}: 1 problem; its last good version, if any, is used. Run: quizdock deck check {path}\n"
        )
        assert ended.stdout.startswith(f"alice · 2026-11-23 · 0 cards to repeat, {waiting} new ones\n")
    path.write_text(good + "\n", encoding="utf-8")
    mended = quizdock("study", "small", "--plain")
    assert mended.stderr == ""
    assert mended.stdout.startswith("alice · 2026-11-23 · 0 cards to repeat, 2 new ones\n")


def test_a_file_that_was_only_touched_changes_nothing(quizdock: Run, home: Path) -> None:
    quizdock("study", "small", "--plain", typed="\n4\n")
    os.utime(home / "content" / "small.toml", (0, 0))
    ended = quizdock("due", "small")
    assert (ended.stdout, ended.stderr) == ("0 cards to repeat, 4 new ones\n", "")


def test_files_of_other_kinds_and_folders_are_no_decks(quizdock: Run, home: Path) -> None:
    content = home / "content"
    (content / "notes.txt").write_text("not a deck")
    (content / "small.toml.bak").write_text("not a deck")
    (content / "folder.toml").mkdir()
    (content / "nowhere.toml").symlink_to(content / "gone")
    ended = quizdock("deck", "list", "--json")
    assert ended.stderr == ""
    assert [deck["id"] for deck in json.loads(ended.stdout)] == ["docker-conteneurs", "docker-containers", "small"]


@pytest.mark.parametrize(
    "time",
    [
        "tomorrow",
        "2026-02-30",
        "2026-11-23T25:00",
        "23/11/2026",
        "2026-11-23T12:00+25:00",
        "0001-01-01T00:00",
        "99999-01-01",
        "-1",
        "٢٠٢٦",
    ],
)
def test_a_clock_that_cannot_be_read_is_refused(quizdock: Run, at: Callable[[str], None], time: str) -> None:
    at(time)
    for words in ("", "due", "study", "exam small", "scores"):
        ended = quizdock(*words.split())
        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr == f"Error: QUIZDOCK_NOW is not a time: {time}\nWrite it as 2026-11-23T20:15.\n"


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2026-11-23", "2026-11-22"),
        ("2026-11-23T04:00", "2026-11-23"),
        ("2026-11-23 20:15:30.5", "2026-11-23"),
        ("2026-11-23T20:15+00:00", "2026-11-23"),
        ("2026-11-24T02:00+05:00", "2026-11-23"),
        ("2026-11-23T20:15Z", "2026-11-23"),
        ("2028-02-29T12:00", "2028-02-29"),
        ("1970-01-01T12:00", "1970-01-01"),
        ("9999-12-30T12:00", "9999-12-30"),
    ],
)
def test_a_clock_can_be_set_to_any_iso_time(quizdock: Run, at: Callable[[str], None], time: str, day: str) -> None:
    at(time)
    assert json.loads(quizdock("due", "--json").stdout)["day"] == day


def test_a_card_learned_on_the_last_day_of_the_calendar_is_no_traceback(talk: Talk, at: Callable[[str], None]) -> None:
    at("9999-12-31T12:00")
    heard = talk(["study", "small", "--limit", "1"], {"response": None}, {"grade": 4})
    assert [message["due"] for message in heard if message["type"] == "saved"] == ["9999-12-31"]


def test_going_back_in_time_drills_and_loses_nothing(quizdock: Run, at: Callable[[str], None]) -> None:
    quizdock("study", "small", "--plain", typed="\n4\nt\n\n")
    at("2026-11-20T12:00")
    assert quizdock("due").stdout == "0 cards to repeat, 3 new ones\n"
    assert quizdock("study", "--plain", typed="docker ps\n\n").returncode == 0
    assert quizdock("rebuild").stdout == "3 events replayed, 3 schedules: all were already right.\n"
