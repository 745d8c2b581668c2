"""Words that several parts of the interface share."""

import pytest

from quizdock.core.dialogue import Closing, Opening, Outcome, Sitting
from quizdock.core.forms import Given, Ordered, Pair, Verdict
from quizdock.core.marking import Result, Score
from quizdock.core.message import msg
from quizdock.ui import wording


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "1 d"),
        (30, "30 d"),
        (31, "1 mo"),
        (45, "1 mo"),
        (46, "2 mo"),
        (364, "12 mo"),
        (365, "1 y"),
        (511, "1.4 y"),
        (3652, "10 y"),
        (3_652_059, "9998.8 y"),
    ],
)
def test_an_interval_is_told_in_days_then_months_then_years(days: int, text: str) -> None:
    assert wording.interval_text(days) == text


def test_every_grade_has_a_name_of_its_own() -> None:
    assert [wording.grade_name(grade) for grade in range(6)] == ["blank", "wrong", "almost", "hard", "good", "easy"]


@pytest.mark.parametrize(
    ("due", "new", "text"),
    [
        (0, 0, "alice · 2026-11-23 · 0 cards to repeat, 0 new ones"),
        (1, 1, "alice · 2026-11-23 · 1 card to repeat, 1 new"),
        (12, 2, "alice · 2026-11-23 · 12 cards to repeat, 2 new ones"),
    ],
)
def test_an_opening_counts_in_the_singular_and_the_plural(due: int, new: int, text: str) -> None:
    assert wording.opening_text(Opening("alice", 739_943, due, new)) == text


@pytest.mark.parametrize(
    ("closing", "lines"),
    [
        (
            Closing(reviews=1, drills=0, seconds=59, left=0, due_tomorrow=1, new_waiting=5),
            ["1 review · 0 drills · 0:59", "Done for today.", "Tomorrow: 1 card due."],
        ),
        (
            Closing(reviews=2, drills=1, seconds=600, left=1, due_tomorrow=0, new_waiting=0),
            [
                "2 reviews · 1 drill · 10:00",
                "1 card is left for today. To go on: quizdock study",
                "Tomorrow: 0 cards due.",
            ],
        ),
        (
            Closing(reviews=0, drills=0, seconds=3661, left=0, due_tomorrow=2, new_waiting=5),
            [
                "0 reviews · 0 drills · 61:01",
                "Done for today.",
                "More new cards: quizdock study --new 5",
                "Tomorrow: 2 cards due.",
            ],
        ),
        (
            Closing(reviews=0, drills=2, seconds=0, left=2, due_tomorrow=2, new_waiting=0, interrupted=True),
            [
                "Interrupted. Every answer shown as saved is saved.",
                "0 reviews · 2 drills · 0:00",
                "2 cards are left for today. To go on: quizdock study",
                "Tomorrow: 2 cards due.",
            ],
        ),
    ],
)
def test_a_closing_says_what_was_done_and_what_comes_next(closing: Closing, lines: list[str]) -> None:
    assert wording.closing_lines(closing) == lines


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (None, "none"),
        ("", "none"),
        ((), "none"),
        (True, "True"),
        (False, "False"),
        ("docker ps", "docker ps"),
        (("one", "two"), "one, two"),
        ("a\x1b[31m\u202e", "a\ufffd[31m\ufffd"),
        (("a\x07", "b"), "a\ufffd, b"),
        (Ordered(("a\x07", "b", "c")), "a\ufffd → b → c"),
        (Ordered(), "none"),
        ((Pair("a\x07", "b"), Pair("c", "d\x1b")), "\na\ufffd → b\nc → d\ufffd"),
    ],
)
def test_a_response_is_told_as_a_text_without_harm(given: Given, text: str) -> None:
    assert wording.given_text(given) == text


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (Verdict(1.0), "Right"),
        (Verdict(1.0, msg("accents were not counted")), "Right (accents were not counted)"),
        (Verdict(2 / 3), "Partly right: 67 %"),
        (Verdict(2 / 3, msg("accents were not counted")), "Partly right: 67 % (accents were not counted)"),
        (Verdict(0.0, why="No."), "Wrong"),
    ],
)
def test_a_verdict_tells_how_much_was_right_and_what_was_forgiven(verdict: Verdict, text: str) -> None:
    assert wording.verdict_text(verdict) == text


def test_an_exam_is_told_with_its_length_its_pass_mark_and_its_seed(sitting: Sitting) -> None:
    assert wording.sitting_text(sitting) == "Exam · alice · 2 questions · pass mark 70 % · seed 42"
    short = Sitting("alice", 739_943, attempt=1, seed=0, questions=1, asked_for=20, pass_percent=66.5)
    assert wording.sitting_text(short) == "Exam · alice · 1 question · pass mark 66.5 % · seed 0"
    assert wording.shortage_text(sitting) == ""
    assert wording.shortage_text(short) == "(20 were asked for; there are no more.)"


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (Result(Score(2, 2), (), passed=True), "Score: 2 of 2, 100 %: passed"),
        (Result(Score(0.5, 2), (), passed=False), "Score: 0.5 of 2, 25 %: not passed"),
        (None, "The exam was left after 1 of 2 questions. The answers are kept; it has no score."),
    ],
)
def test_an_outcome_is_a_score_or_an_exam_that_was_left(sitting: Sitting, result: Result | None, text: str) -> None:
    assert wording.outcome_text(Outcome(sitting, result, (), answered=1, seconds=9)) == text
