"""`quizdock stats`: the learner's figures, drawn, in words, and as data."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]
RIGHT = "\n1\nt\n\ndocker ps\n\n1\n\n1 3\n\n"
"""Every card of the deck `small`, known at once."""


@pytest.fixture
def studied(quizdock: Run, at: Callable[[str], None]) -> Run:
    """On 24 November, after the small deck was studied the day before."""
    assert quizdock("study", "small", "--plain", typed=RIGHT).returncode == 0
    at("2026-11-24T20:15")
    return quizdock


def data(run: Run, *arguments: str) -> dict[str, Any]:
    ended = run("stats", "--json", *arguments)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("\n") == 1
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_who_begins_is_told_what_to_type(quizdock: Run) -> None:
    ended = quizdock("stats", "small")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "There is nothing to show yet" in ended.stdout
    assert "To begin: quizdock study small\n" in ended.stdout
    assert "To begin: quizdock study\n" in quizdock("stats", "--plain").stdout


def test_everything_is_shown_within_eighty_columns(studied: Run) -> None:
    ended = studied("stats", "small")
    assert (ended.returncode, ended.stderr) == (0, "")
    for title in ("Reviews by day", "True retention, all time", "Cards due a day", "Hardest cards", "Images"):
        assert title in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= 80
    assert "\x1b" not in ended.stdout


def test_words_have_one_fact_a_line(studied: Run) -> None:
    shown = studied("stats", "--deck", "small", "--plain").stdout.splitlines()
    assert shown[0] == "QuizDock · alice · 2026-11-24"
    assert "Streak: 1 day, 1 day at best" in shown
    assert "Small deck › Images: 0 mature, 2 learning, 0 new ones, 0 suspended" in shown
    assert not set("░▒▓█") & set("".join(shown))


def test_json_holds_every_figure(studied: Run) -> None:
    found = data(studied, "small", "--days", "2")
    assert list(found) == [
        "learner",
        "day",
        "decks",
        "today",
        "left",
        "streak",
        "total",
        "days",
        "calendar",
        "retention",
        "forecast",
        "intervals",
        "eases",
        "hardest",
        "topics",
    ]
    assert (found["learner"], found["day"], found["decks"]) == ("alice", "2026-11-24", ["Small deck"])
    assert found["today"] == {"reviews": 0, "new": 0, "drills": 0, "seconds": 0}
    assert found["left"] == {"due": 5, "new": 0}
    assert found["streak"] == {"current": 1, "longest": 1}
    assert (found["total"]["reviews"], found["total"]["new"], found["total"]["days"]) == (5, 5, 1)
    assert [(each["day"], each["reviews"]) for each in found["days"]] == [("2026-11-23", 5), ("2026-11-24", 0)]
    assert found["calendar"] == [{"day": "2026-11-23", "reviews": 5, "level": 4}]
    assert found["retention"]["since"] == "2026-11-23"
    assert found["retention"]["all"] == {"reviews": 0, "remembered": 0, "percent": None}
    assert found["retention"]["bands"][-1] == {"from": 90, "to": None, "reviews": 0, "remembered": 0, "percent": None}
    assert found["retention"]["new"] == 5
    assert found["forecast"]["overdue"] == 0
    assert found["forecast"]["days"][0] == {"day": "2026-11-24", "due": 5}
    assert len(found["forecast"]["days"]) == 30
    assert found["intervals"][0] == {"from": 1, "to": 1, "cards": 5}
    assert found["eases"][0] == {"from": "1.30", "to": "1.49", "cards": 0}
    assert found["topics"][0] == {
        "deck": "small",
        "deck_title": "Small deck",
        "topic": "images",
        "title": "Images",
        "new": 0,
        "learning": 2,
        "mature": 0,
        "suspended": 0,
    }


def test_retention_of_all_time_has_no_first_day(studied: Run) -> None:
    found = data(studied)
    assert (found["retention"]["since"], len(found["days"])) == (None, 30)


def test_the_hardest_cards_are_as_many_as_asked_for(studied: Run) -> None:
    studied("study", "small", "--plain", typed="\n2\n" * 20)
    found = data(studied, "--hardest", "1")
    assert len(found["hardest"]) == 1
    assert set(found["hardest"][0]) == {"id", "prompt", "lapses", "ease", "suspended"}
    assert found["hardest"][0]["lapses"] == 1
    assert data(studied, "--hardest", "0")["hardest"] == []


def test_named_decks_narrow_what_was_done(studied: Run, many: Path) -> None:
    assert data(studied, "many")["total"]["reviews"] == 0
    assert data(studied, "--deck", "small", "--deck", "many")["total"]["reviews"] == 5
    assert data(studied)["total"]["reviews"] == 5


@pytest.mark.parametrize("days", ["0", "3651", "-1", "week"])
def test_days_have_their_bounds(quizdock: Run, days: str) -> None:
    ended = quizdock("stats", "--days", days)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--days" in ended.stderr


def test_an_unknown_deck_has_its_nearest_name(quizdock: Run) -> None:
    ended = quizdock("stats", "smal")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no deck called smal\nDid you mean small?\n"


def test_figures_write_nothing(studied: Run, home: Path) -> None:
    before = (home / "data" / "quizdock.db").read_bytes()
    studied("stats")
    studied("stats", "small", "--json")
    assert (home / "data" / "quizdock.db").read_bytes() == before


@pytest.mark.parametrize("day", ["0001-01-02T20:15", "9999-12-31T20:15"])
def test_the_ends_of_the_calendar_are_no_traceback(studied: Run, at: Callable[[str], None], day: str) -> None:
    at(day)
    for how in ((), ("--plain",), ("--json",)):
        assert studied("stats", "--days", "3650", *how).returncode == 0
