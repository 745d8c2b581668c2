"""`quizdock deck follow`, `quizdock deck unfollow`, and what `quizdock deck list` says of them."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


def followed(quizdock: Run) -> list[str]:
    return [deck["id"] for deck in json.loads(quizdock("deck", "follow", "--json").stdout)]


def test_what_is_followed_is_what_study_covers(quizdock: Run, many: Path) -> None:
    ended = quizdock("deck", "follow", "many")
    assert (ended.returncode, ended.stderr, ended.stdout) == (0, "", "You follow 1 deck:\n  many  Many cards\n")
    assert json.loads(quizdock("due", "--json").stdout)["new"] == 10
    assert "[10 left] Many cards" in quizdock("study", "--plain", typed=":q\n").stdout
    ended = quizdock("deck", "follow", "small", "many")
    assert ended.stdout == "You follow 2 decks:\n  many   Many cards\n  small  Small deck\n"


def test_following_as_json(quizdock: Run, many: Path) -> None:
    assert json.loads(quizdock("deck", "follow", "many", "--json").stdout) == [
        {"id": "many", "title": "Many cards", "lang": "en", "cards": 25}
    ]
    assert json.loads(quizdock("deck", "unfollow", "many", "--json").stdout) == []


def test_a_deck_that_is_followed_no_more_is_left_out(quizdock: Run, many: Path) -> None:
    quizdock("deck", "follow", "many", "small")
    ended = quizdock("deck", "unfollow", "small")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "You follow 1 deck:\n  many  Many cards\n"
    assert followed(quizdock) == ["many"]


def test_who_follows_none_is_told_what_study_covers(quizdock: Run, many: Path) -> None:
    told = "You follow no deck, so that study covers: docker-containers, many, small\n"
    assert quizdock("deck", "follow").stdout == told
    quizdock("deck", "follow", "many")
    assert quizdock("deck", "unfollow", "many").stdout == told


def test_a_deck_that_was_not_followed_is_said(quizdock: Run) -> None:
    ended = quizdock("deck", "unfollow", "small")
    assert (ended.returncode, ended.stderr) == (0, "You did not follow small.\n")


@pytest.mark.parametrize("command", ["follow", "unfollow"])
def test_an_unknown_deck_changes_nothing(quizdock: Run, many: Path, command: str) -> None:
    quizdock("deck", "follow", "many")
    ended = quizdock("deck", command, "many", "smal")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no deck called smal\nDid you mean small?\n"
    assert followed(quizdock) == ["many"]


def test_each_learner_follows_their_own(quizdock: Run, many: Path) -> None:
    quizdock("learner", "add", "bob")
    quizdock("deck", "follow", "many")
    quizdock("--learner", "bob", "deck", "follow", "small")
    assert followed(quizdock) == ["many"]


def test_the_list_of_decks_marks_them(quizdock: Run, many: Path) -> None:
    quizdock("deck", "follow", "small")
    assert [line[-20:] for line in quizdock("deck", "list").stdout.splitlines()][2:] == [
        "  25 cards  Many cards"[-20:],
        "Small deck (followed)"[-20:],
    ]
    listed = json.loads(quizdock("deck", "list", "--json").stdout)
    assert {deck["id"]: deck["followed"] for deck in listed} == {
        "docker-containers": False,
        "docker-conteneurs": False,
        "many": False,
        "small": True,
    }
