"""`quizdock scores`: what exams leave behind."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

PAPER = ("exam", "small", "--plain", "--seed", "1")
ALL_RIGHT = "3\n2 3\nt\ndocker ps\n1\n\n"
FOUR_RIGHT = "1\n2 3\nt\ndocker ps\n1\n\n"
NONE_RIGHT = "1\n1\nf\nnone\n2\n\n"


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
    assert json.loads(quizdock("scores", "--json").stdout) == {"learner": "alice", "rows": []}


@pytest.mark.usefixtures("three_exams")
def test_the_tables_show_decks_topics_and_everyone(quizdock: Run) -> None:
    assert rows(quizdock("scores")) == [
        "alice",
        "Deck Exams First Best Latest Trend",
        "Small deck 2 100 % 100 % 80 % █▇ ✗ not passed",
        "Topics",
        "Topic Exams First Best Latest Trend",
        "Images 2 100 % 100 % 50 % █▅ ✗ not passed",
        "Containers 2 100 % 100 % 100 % ██ ✓ passed",
        "All learners",
        "Learner Deck Exams First Best Latest Trend",
        "alice Small deck 2 100 % 100 % 80 % █▇ ✗ not passed",
        "bob Small deck 1 0 % 0 % 0 % ✗ not passed",
    ]


@pytest.mark.usefixtures("three_exams")
def test_everybodys_topics_are_shown_on_request(quizdock: Run) -> None:
    assert sum("Images" in line for line in rows(quizdock("scores", "--topics"))) == 2


@pytest.mark.usefixtures("three_exams")
def test_the_tables_fit_80_columns_and_into_a_pipe_go_words_without_colour(process: Run) -> None:
    ended = process("scores", TERM="xterm-256color")
    assert "\x1b" not in ended.stdout
    assert max(len(line) for line in ended.stdout.splitlines()) <= 80


@pytest.mark.usefixtures("three_exams")
def test_json_and_csv_have_a_row_for_each_learner_deck_and_topic(quizdock: Run) -> None:
    data = json.loads(quizdock("scores", "--json").stdout)
    assert data["learner"] == "alice"
    assert data["rows"][0] == {
        "learner": "alice",
        "deck": "small",
        "topic": None,
        "attempts": 2,
        "first": 100.0,
        "best": 100.0,
        "latest": 80.0,
        "passed": False,
        "day": "2026-11-25",
        "percents": [100.0, 80.0],
    }
    assert [(row["learner"], row["topic"]) for row in data["rows"]] == [
        *(("alice", None), ("bob", None)),
        *(("alice", "images"), ("alice", "containers"), ("bob", "images"), ("bob", "containers")),
    ]
    header, first, *_others = csv.reader(StringIO(quizdock("scores", "--csv").stdout))
    assert header[:3] == ["learner", "deck", "topic"]
    assert first == ["alice", "small", "", "2", "100.0", "100.0", "80.0", "False", "2026-11-25", "100.0 80.0"]


@pytest.mark.usefixtures("three_exams")
def test_a_learner_without_an_exam_still_sees_the_others(quizdock: Run) -> None:
    quizdock("learner", "add", "zoe")
    lines = rows(quizdock("scores", "--learner", "zoe"))
    assert lines[0] == "All learners"
    assert [line.split()[0] for line in lines[-2:]] == ["alice", "bob"]


def test_an_exam_over_two_decks_counts_for_each_by_its_own_questions(quizdock: Run) -> None:
    said = '{"response": 0}\n{"response": true}\n{"submit": true}\n'
    quizdock("exam", "small", "docker-containers", "--json", "-n", "40", "--seed", "5", typed=said)
    found = json.loads(quizdock("scores", "--json").stdout)["rows"]
    assert {row["deck"] for row in found if row["topic"] is None} == {"small", "docker-containers"}
    only = json.loads(quizdock("scores", "small", "--json").stdout)["rows"]
    assert {row["deck"] for row in only} == {"small"}


def test_practice_and_retries_count_in_no_score(quizdock: Run) -> None:
    quizdock(*PAPER, typed=NONE_RIGHT)
    quizdock("exam", "--retry-wrong", "--plain", typed="1\n" * 30)
    quizdock("exam", "small", "--practice", "--json", typed='{"submit": true}\n')
    (row, *_topics) = json.loads(quizdock("scores", "--json").stdout)["rows"]
    assert row["attempts"] == 1


def test_a_score_outlives_its_deck(quizdock: Run, home: Path) -> None:
    quizdock(*PAPER, typed=ALL_RIGHT)
    (home / "content" / "small.toml").unlink()
    assert "Small deck 1 100 % 100 % 100 % ✓ passed" in rows(quizdock("scores"))
    assert "Small deck 1 100 % 100 % 100 % ✓ passed" in rows(quizdock("scores", "small"))


def test_a_deck_that_never_was_is_an_error_with_the_nearest_name(quizdock: Run) -> None:
    ended = quizdock("scores", "smal")
    assert (ended.returncode, ended.stderr) == (1, "Error: there is no deck called smal\nDid you mean small?\n")


def test_an_exam_that_was_left_is_named_below(quizdock: Run) -> None:
    quizdock(*PAPER, typed="1\n")
    assert quizdock("scores").stderr == "Exam No. 1 was left open. To go on with it: quizdock exam --resume\n"


def test_the_date_is_the_learners_and_not_that_of_greenwich(process: Run) -> None:
    """A quarter past eight in the evening in New York is the next day in UTC."""
    process(*PAPER, typed=ALL_RIGHT, TZ="EST+5")
    assert '"day": "2026-11-23"' in process("scores", "--json", TZ="EST+5").stdout
