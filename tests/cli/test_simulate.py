"""`quizdock simulate`: a row of grades, and a deck at a pace."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from quizdock.cli.main import run

Run = Callable[..., CompletedProcess[str]]


def data(ended: CompletedProcess[str]) -> Any:
    assert (ended.returncode, ended.stderr) == (0, "")
    return json.loads(ended.stdout)


def error(ended: CompletedProcess[str]) -> str:
    """The last line of a usage error."""
    assert (ended.returncode, ended.stdout) == (2, "")
    return ended.stderr.splitlines()[-1]


# ── a row of grades ────────────────────────────────────────────────────────────────────────────────


def test_a_row_of_grades_as_json(anew: Run) -> None:
    assert data(anew("simulate", "5", "3", "--json")) == {
        "start": "2026-11-23",
        "late": 0,
        "left_out": 0,
        "answers": [
            {
                "number": 1,
                "day": 0,
                "date": "2026-11-23",
                "grade": 5,
                "again_today": False,
                "repetitions": 1,
                "interval": 1,
                "ease": "2.60",
                "due": "2026-11-24",
            },
            {
                "number": 2,
                "day": 1,
                "date": "2026-11-24",
                "grade": 3,
                "again_today": True,
                "repetitions": 2,
                "interval": 6,
                "ease": "2.46",
                "due": "2026-11-30",
            },
        ],
    }


@pytest.mark.parametrize(
    "words",
    [["5", "4", "3", "0", "4"], ["54304"], ["5,4,3,0,4"], ["5, 4; 3 0 4"], ["5,4", "3", "0,4,"]],
)
def test_grades_may_be_written_in_several_ways(anew: Run, words: list[str]) -> None:
    assert [each["grade"] for each in data(anew("simulate", *words, "--json"))["answers"]] == [5, 4, 3, 0, 4]


def test_answers_may_come_late_and_start_on_any_day(anew: Run) -> None:
    found = data(anew("simulate", "44", "--late", "3", "--start", "2028-02-28", "--json"))
    assert (found["start"], found["late"]) == ("2028-02-28", 3)
    assert [(each["day"], each["date"]) for each in found["answers"]] == [(0, "2028-02-28"), (4, "2028-03-03")]


def test_the_first_day_is_the_study_day_which_begins_at_four(anew: Run, at: Callable[[str], None]) -> None:
    at("2026-11-24T03:59")
    assert data(anew("simulate", "4", "--json"))["start"] == "2026-11-23"


def test_answers_after_the_calendar_are_counted(anew: Run) -> None:
    found = data(anew("simulate", "444", "--start", "9999-12-31", "--json"))
    assert (len(found["answers"]), found["left_out"]) == (1, 2)


def test_on_a_page_there_is_a_table_with_bars_and_in_plain_words_there_are_lines(anew: Run) -> None:
    page = anew("simulate", "53")
    assert (page.returncode, page.stderr) == (0, "")
    assert "   2    1  2026-11-24  3 hard ↻     2         6  2.46  2026-11-30" in page.stdout
    assert "1  5 easy  █████ 1 d\n" in page.stdout
    plain = anew("simulate", "5", "--plain").stdout
    assert plain == "1. Day 0, 2026-11-23: 5 easy. Repetitions 1, interval 1 d, ease 2.60, next due 2026-11-24.\n"


def test_a_row_of_grades_opens_no_database(anew: Run, home: Path) -> None:
    anew("simulate", "5")
    assert not (home / "data").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["5", "10", "3"], "Grade 2 of 3 is “10”, which is none."),
        (["57"], "Grade 2 of 2 is “7”, which is none."),
        (["5", "-1"], "Grade 2 of 2 is “-1”, which is none."),
        (["5,good"], "Grade 2 of 2 is “good”, which is none."),
        (["easy"], "Grade 1 of 1 is “easy”, which is none."),
        (["4.5"], "Grade 1 of 1 is “4.5”, which is none."),
        (["5", "٣"], "Grade 2 of 2 is “٣”, which is none."),
        (["5", "\x1b[31m"], "Grade 2 of 2 is “\ufffd[31m”, which is none."),
    ],
)
def test_what_is_no_grade_is_named_with_its_place_and_what_is_allowed(anew: Run, words: list[str], said: str) -> None:
    allowed = "Grades are 0 blank, 1 wrong, 2 almost, 3 hard, 4 good, 5 easy; write them as 5 4 3 or as 543."
    assert error(anew("simulate", *words)) == f"Error: {said} {allowed}"


def test_there_is_an_end_to_grades(anew: Run) -> None:
    assert anew("simulate", "0" * 1000, "--json").returncode == 0
    assert error(anew("simulate", "0" * 1001)) == "Error: At most 1000 grades, please."


# ── what does not go together ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say grades, as in 5 4 3, or a deck, as in --deck DECK."),
        ([" "], "Say grades, as in 5 4 3, or a deck, as in --deck DECK."),
        (["5", "--deck", "small"], "Say grades, as in 5 4 3, or a deck, as in --deck DECK."),
        (["5", "--seed", "2"], "--seed belongs to --deck DECK."),
        (["5", "--from-now"], "--from-now belongs to --deck DECK."),
        (["--deck", "small", "--late", "2"], "--late belongs to a row of grades."),
        (["--deck", "small", "--from-now", "--start", "2026-01-01"], "--from-now begins today: leave --start out."),
        (["5", "--retnetion", "9"], "No such option '--retnetion'. Did you mean '--retention'?"),
        (["5", "-x"], "No such option '-x'."),
        (["5", "--start", "soon"], "Invalid value for '--start': 'soon' is not a date. Write it as 2026-11-23."),
        (
            ["5", "--start", "2026-02-29"],
            "Invalid value for '--start': '2026-02-29' is not a date. Write it as 2026-11-23.",
        ),
    ],
)
def test_wrong_usage_says_what_is_wrong(anew: Run, words: list[str], said: str) -> None:
    assert error(anew("simulate", *words)) == f"Error: {said}"


# ── a deck at a pace ───────────────────────────────────────────────────────────────────────────────


def test_a_deck_at_a_pace_as_json(quizdock: Run) -> None:
    found = data(quizdock("simulate", "--deck", "small", "--days", "3", "--new", "3", "--retention", "100", "--json"))
    series = found.pop("series")
    assert found == {
        "decks": ["Small deck"],
        "cards": 5,
        "start": "2026-11-23",
        "days": 3,
        "retention": 100,
        "new_per_day": 3,
        "reviews_per_day": 200,
        "seconds": 12,
        "seed": 1,
        "from_now": False,
        "new": 5,
        "reviews": 12,
        "drills": 4,
        "minutes": 3.2,
        "last_new": "2026-11-24",
        "unmet": 0,
        "mature": 0,
        "mature_from": 21,
        "busiest": "2026-11-24",
        "days_with_backlog": 0,
    }
    assert [(each["day"], each["new"], each["reviews"]) for each in series] == [
        ("2026-11-23", 3, 3),
        ("2026-11-24", 2, 5),
        ("2026-11-25", 0, 4),
    ]
    assert list(series[0]) == ["day", "new", "reviews", "drills", "minutes", "backlog", "buried", "mature", "unmet"]


def test_the_same_seed_gives_the_same_page_and_another_one_another(quizdock: Run) -> None:
    year = ("simulate", "--deck", "docker-containers")
    pages = [quizdock(*year, *seed).stdout for seed in ((), ("--seed", "1"), ("--seed", "2"))]
    assert pages[0] == pages[1] != pages[2]
    assert "333 cards · 365 days from 2026-11-23 on · seed 1\n" in pages[0]
    assert "Reviews a day, on average over 7 days a column\n" in pages[0]


def test_a_year_of_a_shipped_deck_is_over_in_time(quizdock: Run) -> None:
    """Whoever remembers nine of ten cards has met all of them after six weeks, and nearly all mature in the end."""
    found = data(quizdock("simulate", "--deck", "docker-containers", "--json"))
    assert (found["cards"], found["new"], len(found["series"])) == (333, 333, 365)
    assert "2026-12-26" < found["last_new"] < "2027-01-15"
    assert found["mature"] > 300


def test_limits_that_bite_make_a_backlog(quizdock: Run) -> None:
    words = ("simulate", "--deck", "small", "--reviews", "1", "--days", "9")
    assert data(quizdock(*words, "--json"))["days_with_backlog"] > 0
    assert "Backlog: on " in quizdock(*words, "--plain").stdout


def test_one_may_begin_where_one_stands(quizdock: Run) -> None:
    quizdock("study", "small", "--new", "2", "--plain", typed="3\n4\nt\n4\n")
    found = data(quizdock("simulate", "--deck", "small", "--from-now", "--days", "1", "--json"))
    assert (found["start"], found["from_now"], found["cards"]) == ("2026-11-24", True, 5)
    assert (found["series"][0]["new"], found["series"][0]["reviews"]) == (3, 5)


def test_an_unknown_deck_is_refused_with_the_nearest_name(quizdock: Run) -> None:
    ended = quizdock("simulate", "--deck", "smal")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no deck called smal\nDid you mean small?\n"


def test_a_year_after_the_calendar_is_refused(quizdock: Run) -> None:
    ended = quizdock("simulate", "--deck", "small", "--start", "9999-12-01")
    assert ended.returncode == 1
    assert ended.stderr == "Error: 365 days from 9999-12-01 on end after the calendar\nThe last day is 9999-12-31.\n"


def test_the_names_of_decks_are_completed(
    started: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], quizdock: Run
) -> None:
    quizdock("due")
    monkeypatch.setenv("_QUIZDOCK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "quizdock simulate --deck sm")
    monkeypatch.setenv("COMP_CWORD", "3")
    with pytest.raises(SystemExit):
        run([])
    assert capsys.readouterr().out == "plain,small\n"
