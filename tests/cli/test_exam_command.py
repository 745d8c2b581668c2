"""`quizdock exam`: from the drawn paper to the mistakes."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]
Talk = Callable[..., list[dict[str, Any]]]

PAPER = ("exam", "small", "--plain", "-n", "5", "--seed", "1")
ALL_RIGHT = "3\n2 3\nt\ndocker ps\n1\n\n"
"""The answers to the five questions that seed 1 draws, and Enter to submit them."""
ANYTHING = "1\nt\nx\n" * 60
"""Answers of which one or the other is understood at any question; at the end the first one is asked again."""


def asked(ended: CompletedProcess[str]) -> list[str]:
    """Every question with its choices, in the order shown."""
    return re.findall(
        r"^\[\d+/\d+\] .*\n((?:.*\n)+?)(?:Your|True|One letter|The numbers|The events)", ended.stdout, re.MULTILINE
    )


def score(ended: CompletedProcess[str]) -> str:
    return next(line for line in ended.stdout.splitlines() if line.startswith("Score:"))


def test_a_paper_from_the_first_question_to_the_last_mistake(quizdock: Run) -> None:
    ended = quizdock(*PAPER, typed="1\n2\nt\nDocker Images\n1\n\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "Exam · alice · 5 questions · pass mark 70 % · seed 1\n"
        "Take as long as you like.\n"
        "A right answer is worth 1 point, a partly right one its part; none costs nothing.\n"
        "You may skip, go back and change answers until you submit. Every answer is saved at once.\n"
        "At any question: :l goes on without an answer, :b goes back, :m flags, :r shows the paper, :q leaves.\n"
        "\n"
        "[1/5] Small deck › Images\n"
        "What is an image?\n"
        "  1) A virtual disk\n"
        "  2) A running process\n"
        "  3) A read-only model\n"
        "Your choice, 1 to 3:\n"
        "\n"
        "[2/5] Small deck › Containers\n"
        "What do namespaces isolate?\n"
        "  1) The kernel\n"
        "  2) Processes\n"
        "  3) The network\n"
        "Your choices, for example 1 3:\n"
        "\n"
        "[3/5] Small deck › Images\n"
        "Can two containers come from one image?\n"
        "True or false (t/f, or 1/2):\n"
        "\n"
        "[4/5] Small deck › Containers\n"
        "Which command lists the running containers?\n"
        "Your answer:\n"
        "\n"
        "[5/5] Small deck › Containers\n"
        "Whose kernel does a container use?\n"
        "  1) The host's\n"
        "  2) Its own\n"
        "  3) The image's\n"
        "Your choice, 1 to 3:\n"
        "\n"
        "Your paper\n"
        "1. What is an image? — A virtual disk\n"
        "2. What do namespaces isolate? — Processes\n"
        "3. Can two containers come from one image? — True\n"
        "4. Which command lists the running containers? — Docker Images\n"
        "5. Whose kernel does a container use? — The host's\n"
        "Enter submits; a number goes back to that question; :q leaves:\n"
        "\n"
        "Score: 2.5 of 5, 50 %: not passed\n"
        "  Images: 1/2 (50 %)\n"
        "  Containers: 1.5/3 (50 %)\n"
        "\n"
        "Mistake 1 of 3\n"
        "What is an image?\n"
        "Your answer: A virtual disk\n"
        "Wrong: 0\n"
        "A disk is written to.\n"
        "Right answer: A read-only model\n"
        "Containers are made from it.\n"
        "Read again: Section 1.1\n"
        "\n"
        "Mistake 2 of 3\n"
        "What do namespaces isolate?\n"
        "Your answer: Processes\n"
        "1 of 2 right, 0 wrong: 0.5\n"
        "Right answer: Processes, The network\n"
        "\n"
        "Mistake 3 of 3\n"
        "Which command lists the running containers?\n"
        "Your answer: Docker Images\n"
        "Wrong: 0\n"
        "That lists images.\n"
        "Right answer: docker ps\n"
        "Read again: Section 2.1\n"
        "\n"
        "Kept as No. 1. To see it again: quizdock exam review 1\n"
    )


def test_all_right_is_a_hundred_percent_without_mistakes(quizdock: Run) -> None:
    ended = quizdock(*PAPER, typed=ALL_RIGHT)
    assert ended.stdout.endswith(
        "\nScore: 5 of 5, 100 %: passed\n"
        "  Images: 2/2 (100 %)\n"
        "  Containers: 3/3 (100 %)\n"
        "\n"
        "Kept as No. 1. To see it again: quizdock exam review 1\n"
    )


def test_a_failed_exam_is_no_error(quizdock: Run) -> None:
    ended = quizdock(*PAPER, typed="1\n1\nf\nnone\n2\n\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert score(ended) == "Score: 0 of 5, 0 %: not passed"


@pytest.mark.parametrize(
    ("mark", "verdict"),
    [("80", "passed"), ("80.0", "passed"), ("80.1", "not passed"), ("0", "passed"), ("100", "not passed")],
)
def test_the_pass_mark_can_be_chosen_and_reaching_it_is_enough(quizdock: Run, mark: str, verdict: str) -> None:
    ended = quizdock(*PAPER, "--pass", mark, typed=ALL_RIGHT.replace("3\n", "1\n", 1))
    assert f"pass mark {float(mark):g} %" in ended.stdout
    assert score(ended) == f"Score: 4 of 5, 80 %: {verdict}"


def test_a_pass_mark_of_zero_is_reached_by_nothing_at_all(quizdock: Run) -> None:
    ended = quizdock(*PAPER, "--pass", "0", typed="1\n1\nf\nnone\n2\n\n")
    assert score(ended) == "Score: 0 of 5, 0 %: passed"


def test_the_same_seed_asks_the_same_paper_for_everyone_on_any_day(quizdock: Run, at: Callable[[str], None]) -> None:
    quizdock("learner", "add", "bob")
    first = quizdock("exam", "docker-conteneurs", "--plain", "--seed", "7", typed=ANYTHING)
    at("2027-02-03T09:00")
    again = quizdock("exam", "docker-conteneurs", "--plain", "--seed", "7", "--learner", "bob", typed=ANYTHING)
    other = quizdock("exam", "docker-conteneurs", "--plain", "--seed", "8", typed=ANYTHING)
    assert len(set(asked(first))) == 20
    assert asked(again) == asked(first)
    assert asked(other) != asked(first)


def test_a_seed_that_was_drawn_is_told_and_draws_the_same_paper_again(quizdock: Run) -> None:
    drawn = quizdock("exam", "docker-conteneurs", "--plain", "-n", "6", typed=ANYTHING)
    seed = re.search(r"seed (\d+)\n", drawn.stdout)
    assert seed
    again = quizdock("exam", "docker-conteneurs", "--plain", "-n", "6", "--seed", seed[1], typed=ANYTHING)
    assert asked(again) == asked(drawn)


def test_without_a_number_twenty_questions_are_asked(quizdock: Run) -> None:
    ended = quizdock("exam", "docker-conteneurs", "--plain", "--seed", "1", typed="")
    assert ended.stdout.startswith("Exam · alice · 20 questions · 30 minutes · pass mark 70 % · seed 1\n")


def test_too_few_questions_are_said(quizdock: Run) -> None:
    ended = quizdock("exam", "small", "--plain", "--seed", "1", typed="")
    assert ended.stdout.splitlines()[:2] == [
        "Exam · alice · 5 questions · pass mark 70 % · seed 1",
        "(20 were asked for; there are no more.)",
    ]


def test_a_topic_narrows_the_paper(quizdock: Run) -> None:
    ended = quizdock("exam", "small", "--plain", "--topic", "images", "--seed", "1", typed="3\nt\n\n")
    assert len(asked(ended)) == 2
    assert "Containers" not in ended.stdout
    assert "\n  Images: " in ended.stdout


def test_a_deck_whose_cards_cannot_be_marked_has_no_exam(quizdock: Run, many: Path) -> None:
    ended = quizdock("exam", "many", "--plain")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        "Error: no card here can be marked automatically, so there is nothing to examine\n"
        "Give flashcards wrong = [...] options, or add questions.\n"
    )


def test_a_question_that_is_put_off_can_be_gone_back_to_before_the_end(quizdock: Run) -> None:
    ended = quizdock(*PAPER, typed="l\n2 3\nt\n:l\n1\n1\n3\ndocker ps\n\n")
    assert re.findall(r"^\[(\d)/5\]", ended.stdout, re.MULTILINE) == ["1", "2", "3", "4", "5", "1", "4"]
    assert score(ended) == "Score: 5 of 5, 100 %: passed"


def test_an_answer_that_cannot_be_read_is_asked_for_again(quizdock: Run) -> None:
    ended = quizdock(*PAPER, typed="x\n4\n3\n1 9\ntwo\n\n2, 3\nmaybe\nyes\ndocker ps\n0\n1\n\n")
    assert ended.stdout.count("type a number from 1 to 3\n") == 3
    assert ended.stdout.count("type numbers from 1 to 3, with spaces between them\n") == 3
    assert ended.stdout.count("answer t for true or f for false\n") == 1
    assert score(ended) == "Score: 5 of 5, 100 %: passed"


def test_answers_can_be_changed_until_they_are_submitted(quizdock: Run) -> None:
    ended = quizdock(*PAPER, typed="1\nb\n3\n2 3\nt\ndocker ps\n2\n5\n1\n\n")
    assert "Your answer so far: A virtual disk (Enter keeps it)\n" in ended.stdout
    assert score(ended) == "Score: 5 of 5, 100 %: passed"


@pytest.mark.parametrize("leaving", ["q\n", ":q\n", ":Q\n", ""])
def test_leaving_in_the_middle_gives_no_score_and_exits_cleanly(quizdock: Run, leaving: str) -> None:
    ended = quizdock(*PAPER, typed=f"3\n2 3\n{leaving}")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.endswith(
        "\nYou left exam No. 1 with 2 of 5 questions answered.\n"
        "Every answer is saved. To go on: quizdock exam --resume\n"
    )
    assert quizdock("scores").stdout == "No exam yet. To take one: quizdock exam\n"
    gone_on = quizdock("exam", "--resume", "--plain", typed="t\ndocker ps\n1\n\n")
    assert score(gone_on) == "Score: 5 of 5, 100 %: passed"


def test_an_exam_moves_no_schedule_and_uses_no_allowance(quizdock: Run) -> None:
    before = quizdock("due", "--json").stdout
    quizdock(*PAPER, typed=ALL_RIGHT)
    assert quizdock("due", "--json").stdout == before
    assert quizdock("rebuild").stdout == "0 events replayed, 0 schedules: all were already right.\n"


def test_an_exam_follows_no_deck(quizdock: Run) -> None:
    quizdock(*PAPER, typed=ALL_RIGHT)
    assert quizdock("due").stdout == "0 cards to repeat, 10 new ones\n"


def test_ctrl_c_keeps_the_answers_and_exits_with_130(home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "quizdock", "--lang", "en", *PAPER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("3\n")
    process.stdin.flush()
    for line in process.stdout:
        if line == "Your choices, for example 1 3:\n":
            break
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, "")
    assert out == (
        "\nInterrupted.\n\nYou left exam No. 1 with 1 of 5 questions answered.\n"
        "Every answer is saved. To go on: quizdock exam --resume\n"
    )


def test_the_exact_conversation_of_an_exam(talk: Talk) -> None:
    heard = talk(
        ["exam", "small", "-n", "2", "--seed", "1", "--pass", "60"],
        {"response": 0},
        {"response": [1, 2]},
    )
    first = {
        "type": "ask",
        "card": "small/image",
        "form": "choice",
        "prompt": "What is an image?",
        "choices": ["A virtual disk", "A running process", "A read-only model"],
        "number": 1,
        "of": 2,
        "answered": 0,
        "seconds_left": None,
    }
    assert heard == [
        {
            "type": "exam",
            "learner": "alice",
            "day": "2026-11-23",
            "attempt": 1,
            "seed": 1,
            "questions": 2,
            "pass": 60.0,
            "resumed": False,
            "answered": 0,
            "seconds_left": None,
            "changes": [],
        },
        first,
        {
            "type": "ask",
            "card": "small/isolated",
            "form": "choices",
            "prompt": "What do namespaces isolate?",
            "choices": ["The kernel", "Processes", "The network"],
            "number": 2,
            "of": 2,
            "answered": 1,
            "seconds_left": None,
        },
        {
            "type": "result",
            "attempt": 1,
            "score": 1.0,
            "of": 2,
            "percent": 50.0,
            "passed": False,
            "answered": 2,
            "out_of_time": False,
            "topics": [
                {"deck": "small", "topic": "Images", "score": 0.0, "of": 1, "percent": 0.0},
                {"deck": "small", "topic": "Containers", "score": 1.0, "of": 1, "percent": 100.0},
            ],
            "mistakes": [
                {
                    "number": 1,
                    "prompt": "What is an image?",
                    "card": "small/image",
                    "given": "A virtual disk",
                    "credit": 0.0,
                    "points": 0.0,
                    "leniency": "",
                    "answer": "A read-only model",
                    "detail": "",
                    "why": "A disk is written to.",
                    "explanation": "Containers are made from it.",
                    "source": "Section 1.1",
                }
            ],
        },
    ]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("nonsense", "this line is not a JSON object"),
        ([0], "this line is not a JSON object"),
        ('{"response": "\\ud83d"}', "this line is not a JSON object"),
        (
            {"grade": 4},
            'expected {"response": …}, or {"skip"|"back"|"flag"|"hint"|"review"|"submit"|"quit": true}',
        ),
        ({"response": 3}, "choose one of the 3 choices"),
        ({"response": -1}, "choose one of the 3 choices"),
        ({"response": True}, "choose one of the 3 choices"),
        ({"response": None}, "choose one of the 3 choices"),
        ({"response": "A read-only model"}, "choose one of the 3 choices"),
        ({"goto": 9}, "there is no question 9"),
        ({"back": True}, "there is no question before this one"),
    ],
)
def test_an_exams_line_that_is_not_understood_gets_an_error_and_the_question_again(
    talk: Talk, said: object, refusal: str
) -> None:
    _exam, question, error, again, next_question, _result = talk(
        ["exam", "small", "--seed", "1"], said, {"response": 0}
    )
    assert error == {"type": "error", "message": refusal}
    assert again == question
    assert next_question["number"] == 2


def test_an_exam_that_a_program_leaves_has_a_result_without_a_score(talk: Talk) -> None:
    *_, result = talk(["exam", "small", "--seed", "1"], {"response": 0}, {"skip": True}, {"quit": True})
    assert result == {
        "type": "result",
        "attempt": 1,
        "score": None,
        "of": 5,
        "percent": None,
        "passed": None,
        "answered": 1,
        "out_of_time": False,
        "topics": [],
        "mistakes": [],
    }
