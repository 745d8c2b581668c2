"""`quizdock scores`: what exams leave behind."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

PAPER = ("exam", "small", "--plain", "--seed", "1")
ALL_RIGHT = "3\n2 3\nt\ndocker ps\n1\n"
FOUR_RIGHT = "1\n2 3\nt\ndocker ps\n1\n"
NONE_RIGHT = "1\n1\nf\nnone\n2\n"


@pytest.fixture
def three_exams(quizdock: Run, at: Callable[[str], None]) -> None:
    """Two of alice, the better one first, and one of bob that fails."""
    quizdock("learner", "add", "bob")
    quizdock(*PAPER, typed=ALL_RIGHT)
    at("2026-11-24T10:00")
    quizdock(*PAPER, "--learner", "bob", typed=NONE_RIGHT)
    at("2026-11-25T09:30")
    quizdock(*PAPER, "--pass", "90", typed=FOUR_RIGHT)


def rows(ended: CompletedProcess[str]) -> list[str]:
    """The lines that hold words, with one space between them."""
    assert (ended.returncode, ended.stderr) == (0, "")
    return [" ".join(line.split()) for line in ended.stdout.splitlines() if line.strip("─ ")]


def test_without_an_exam_it_says_how_to_take_one(quizdock: Run) -> None:
    ended = quizdock("scores")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "No exam yet. To take one: quizdock exam\n", "")


def test_without_an_exam_json_has_empty_lists(quizdock: Run) -> None:
    ended = quizdock("scores", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout) == {"learner": "alice", "attempts": [], "learners": []}


@pytest.mark.usefixtures("three_exams")
def test_the_tables_show_my_exams_and_everyones_best_and_latest(quizdock: Run) -> None:
    assert rows(quizdock("scores")) == [
        "alice",
        "No. Date Decks Points %",
        "1 2026-11-23 small 5/5 100 ✓ passed",
        "3 2026-11-25 small 4/5 80 ✗ not passed",
        "All learners",
        "Learner Exams Best Latest",
        "alice 2 100 % 80 % ✓ passed",
        "bob 1 0 % 0 % ✗ not passed",
    ]


@pytest.mark.usefixtures("three_exams")
def test_the_tables_fit_80_columns_and_into_a_pipe_go_words_without_colour(process: Run) -> None:
    ended = process("scores", TERM="xterm-256color")
    assert "\x1b" not in ended.stdout
    assert max(len(line) for line in ended.stdout.splitlines()) <= 80


@pytest.mark.usefixtures("three_exams")
def test_json_has_the_same_and_more(quizdock: Run) -> None:
    ended = quizdock("scores", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    data = json.loads(ended.stdout)
    finished = [attempt.pop("finished") for attempt in data["attempts"]]
    assert [time[:16] for time in finished] == ["2026-11-23T20:15", "2026-11-25T09:30"]
    assert data == {
        "learner": "alice",
        "attempts": [
            {
                "id": 1,
                "learner": "alice",
                "decks": "small",
                "seed": 1,
                "day": "2026-11-23",
                "points": 5.0,
                "questions": 5,
                "percent": 100.0,
                "passed": True,
            },
            {
                "id": 3,
                "learner": "alice",
                "decks": "small",
                "seed": 1,
                "day": "2026-11-25",
                "points": 4.0,
                "questions": 5,
                "percent": 80.0,
                "passed": False,
            },
        ],
        "learners": [
            {"learner": "alice", "attempts": 2, "best": 100.0, "latest": 80.0, "passed": True},
            {"learner": "bob", "attempts": 1, "best": 0.0, "latest": 0.0, "passed": False},
        ],
    }


@pytest.mark.usefixtures("three_exams")
def test_another_learner_sees_their_own(quizdock: Run) -> None:
    lines = rows(quizdock("scores", "--learner", "bob"))
    assert lines[0] == "bob"
    assert [line for line in lines if "small" in line] == ["2 2026-11-24 small 0/5 0 ✗ not passed"]


@pytest.mark.usefixtures("three_exams")
def test_a_learner_without_an_exam_still_sees_the_others(quizdock: Run) -> None:
    quizdock("learner", "add", "zoe")
    lines = rows(quizdock("scores", "--learner", "zoe"))
    assert lines[0] == "zoe"
    assert [line.split()[0] for line in lines[-2:]] == ["alice", "bob"]


def test_an_exam_over_two_decks_names_both(quizdock: Run) -> None:
    quizdock("exam", "small", "docker-conteneurs", "--plain", "-n", "1", "--seed", "5", typed="1\nt\n" * 3)
    assert json.loads(quizdock("scores", "--json").stdout)["attempts"][0]["decks"] == "docker-conteneurs, small"


def test_a_score_outlives_its_deck(quizdock: Run, home: Path) -> None:
    quizdock(*PAPER, typed=ALL_RIGHT)
    (home / "content" / "small.toml").unlink()
    assert "1 2026-11-23 small 5/5 100 ✓ passed" in rows(quizdock("scores"))


def test_the_date_is_the_learners_and_not_that_of_greenwich(process: Run) -> None:
    """A quarter past eight in the evening in New York is the next day in UTC."""
    process(*PAPER, typed=ALL_RIGHT, TZ="EST+5")
    assert "2026-11-23" in process("scores", TZ="EST+5").stdout
