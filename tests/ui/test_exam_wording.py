"""What exams say, in words."""

from collections.abc import Callable

import pytest

from quizdock.core.calibration import calibration
from quizdock.core.exam_dialogue import Assessed, Line, Outcome, Overview, Record, Regraded, Sitting
from quizdock.core.forms import Choice, Choices, Option, Text
from quizdock.core.marking import Certainty, Mark, Place, Rules
from quizdock.core.message import msg
from quizdock.core.sitting import Answer
from quizdock.ui import exam_wording as said

GUESS, FAIRLY, SURE = Certainty
CHOICE = Choice((Option("one", why="One is too few."), Option("two", right=True)))
CHOICES = Choices((Option("a", right=True), Option("b", right=True), Option("c", right=True), Option("d")))

Sit = Callable[..., Sitting]
Assess = Callable[..., Assessed]


def test_an_exam_is_told_with_its_length_its_time_its_pass_mark_and_its_seed(sitting: Sit) -> None:
    assert said.sitting_text(sitting()) == "Exam · alice · 2 questions · pass mark 70 % · seed 42"
    short = sitting(rules=Rules(66.5, minutes=1), questions=1)
    assert said.sitting_text(short) == "Exam · alice · 1 question · 1 minute · pass mark 66.5 % · seed 42"


def test_the_whole_deal_is_told_before_the_time_begins(sitting: Sit) -> None:
    assert said.rules_lines(sitting(asked_for=20, rules=Rules(minutes=30, penalty=0.25), seconds_left=1800.0)) == [
        "(20 were asked for; there are no more.)",
        "You have 30 minutes, and they go on if you leave. What stands there at the end counts.",
        "A right answer is worth 1 point, a partly right one its part; none costs nothing.",
        "An answer with nothing right costs 0.25; the whole paper is never worth less than 0.",
        "You may skip, go back and change answers until you submit. Every answer is saved at once.",
    ]
    assert said.rules_lines(sitting(rules=Rules(mode="practice"))) == [
        "Take as long as you like.",
        "Practice: 3 tries a question; each wrong one and each hint costs a third.",
        "It counts in no score.",
    ]
    assert "Each mark is told at once, and an answer is final. Every answer is saved at once." in said.rules_lines(
        sitting(rules=Rules(mode="immediate"))
    )
    assert "These are the mistakes of exam No. 3; it counts in no score." in said.marking_lines(Rules(retry_of=3))


def test_certainty_is_told_with_what_is_won_and_lost_and_when_it_pays() -> None:
    assert said.marking_lines(Rules(certainty=True))[1:] == [
        "After each answer you say how sure you are. Besides, that earns certainty points:",
        "  sure: right +3, wrong −6; pays from 80 % to 100 % right",
        "  fairly sure: right +2, wrong −2; pays from 67 % to 80 % right",
        "  guess: right +1, wrong 0; pays from 0 % to 67 % right",
        "They show how well you know what you know, and do not decide whether you pass.",
    ]


def test_an_exam_that_goes_on_says_where_and_what_has_changed(sitting: Sit) -> None:
    changes = (msg("2 questions were edited since"),)
    gone_on = sitting(resumed=True, answered=1, seconds_left=61.0, rules=Rules(minutes=10), changes=changes)
    assert said.rules_lines(gone_on)[:3] == [
        "You go on with exam No. 7: 1 of 2 questions are answered.",
        "2 questions were edited since: the paper stays as it was drawn.",
        "1:01 left; the clock went on while you were away.",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(754.9, "12:34 left"), (5, "0:05 left"), (0, "0:00 left"), (-3, "0:00 left"), (3661, "1:01:01 left")],
)
def test_the_time_left_is_short(seconds: float, text: str) -> None:
    assert said.countdown_text(seconds) == text


@pytest.mark.parametrize(
    ("rules", "response", "more", "text"),
    [
        (Rules(), 1, {}, "right: 1"),
        (Rules(), 0, {}, "wrong: 0"),
        (Rules(), None, {}, "no answer: 0"),
        (Rules(penalty=0.25), 0, {}, "wrong: −0.25"),
        (Rules(certainty=True), 1, {"certainty": SURE}, "right: 1 · sure: +3"),
        (Rules(certainty=True), 0, {"certainty": FAIRLY}, "wrong: 0 · fairly sure: −2"),
        (Rules(certainty=True), 0, {"certainty": GUESS}, "wrong: 0 · guess: 0"),
        (Rules(certainty=True), None, {}, "no answer: 0"),
        (Rules(mode="practice"), 1, {"tries": 2, "earned": 2 / 3}, "right, 2 tries: 0.67"),
        (Rules(mode="practice"), 1, {"hints": 1, "earned": 2 / 3}, "right, 1 try, 1 hint: 0.67"),
    ],
)
def test_each_mark_is_explained(
    assessed: Assess, rules: Rules, response: object, more: dict[str, object], text: str
) -> None:
    assert said.mark_text(assessed(CHOICE, response, rules=rules, **more)) == text


def test_a_partly_right_answer_says_how_its_mark_came_about(assessed: Assess) -> None:
    assert said.mark_line(assessed(CHOICES, [0, 1, 3])) == "2 of 3 right, 1 wrong: 0.33"


def test_what_was_forgiven_is_said(assessed: Assess) -> None:
    assert said.mark_text(assessed(Text(("café",)), "cafe")) == "right (accents were not counted): 1"


def test_the_decks_reasons_are_for_mistakes_alone(assessed: Assess) -> None:
    assert said.reasons(assessed(CHOICE, 0)) == ["One is too few."]
    assert said.reasons(assessed(CHOICE, 1)) == []
    assert said.reasons(assessed(CHOICE)) == []


def test_what_another_try_is_worth_is_said() -> None:
    assert said.tries_text(Answer(tries=1)) == "2 tries left; right now: 0.67"
    assert said.tries_text(Answer(tries=1, hints=1)) == "1 try left; right now: 0.33"


def test_the_paper_is_looked_over_a_line_a_question() -> None:
    lines = (
        Line(1, "Title\nAsk?", "one\x1b", True, True, True),
        Line(2, "And?", None, False, False, True),
    )
    assert [said.overview_line(line) for line in lines] == ["1 ⚑. Ask? — one\ufffd", "2. And? — no answer"]
    assert said.unfinished_text(Overview(lines, Rules())) == "1 question has no answer."
    assert said.unfinished_text(Overview(lines[:1], Rules())) == ""


def test_a_result_is_a_score_and_the_certainty_points_beside_it(
    assessed: Assess, record: Callable[..., Record]
) -> None:
    done = record(assessed(CHOICE, 1), assessed(CHOICE, 0))
    assert said.outcome_text(done) == "Score: 1 of 2, 50 %: not passed"
    assert said.certainty_text(done) == ""
    assert said.kept_text(done) == "Kept as No. 7. To see it again: quizdock exam review 7"
    sure = record(assessed(CHOICE, 0, certainty=SURE), rules=Rules(certainty=True))
    assert said.certainty_text(sure) == "Certainty points: −6 of 3"


def test_an_exam_that_was_left_says_what_is_kept_and_how_to_go_on(sitting: Sit) -> None:
    left = Outcome(sitting(seconds_left=754.0), None, answered=1, seconds=9)
    assert said.left_lines(left) == [
        "You left exam No. 7 with 1 of 2 questions answered.",
        "Every answer is saved. To go on: quizdock exam --resume",
        "The clock goes on: 12:34 left.",
    ]
    assert len(said.left_lines(Outcome(sitting(), None, 1, 9))) == 2


def test_calibration_is_told_band_by_band_and_as_a_whole() -> None:
    place = Place("d", "t", "T")
    found = calibration([Mark(place, 0.0, SURE)] * 2 + [Mark(place, 1.0, SURE)] * 2)
    assert [said.band_text(band) for band in reversed(found.bands)] == [
        "sure: 4 answers, 50 % right (it pays from 80 % to 100 %): over-confident",
        "fairly sure: 0 answers",
        "guess: 0 answers",
    ]
    assert said.advice_text(found) == "Over-confident: you are right less often than you are sure. Doubt more."


def test_a_topic_is_called_with_its_deck_where_there_are_several() -> None:
    place = Place("d", "t", "Basics")
    assert said.topic_title({"d": "Docker"}, place) == "Basics"
    assert said.topic_title({"d": "Docker", "e": "Else"}, place) == "Docker › Basics"
    assert said.topic_title({"d": "Docker", "e": "Else"}, Place("d", "", "Docker")) == "Docker"


def test_an_attempt_is_headed_by_whose_it_was_and_its_rules(assessed: Assess, record: Callable[..., Record]) -> None:
    strict = Rules(60, minutes=10, mode="immediate", penalty=1 / 3)
    regrades = (Regraded(1, 0, 0.0, 1.0),)
    done = record(assessed(CHOICE, 1), rules=strict, regrades=regrades)
    assert said.head_lines(done) == [
        "Exam No. 7 · alice · 2026-11-23 · The deck",
        "took 1:05 · of 10 minutes · pass mark 60 % · penalty 0.33 · marks told at once · seed 42",
    ]
    assert said.regrade_lines(done) == ["Question 1 was marked anew: 0 became 1."]
