"""An exam in lines."""

import io
import os
import pty
from collections.abc import Callable
from typing import Any

import pytest

from quizdock.core.dialogue import Hint, Quit, Response, Skip, TimeUp
from quizdock.core.exam_dialogue import (
    Back,
    ExamReply,
    Flag,
    GoTo,
    Item,
    Line,
    Outcome,
    Overview,
    Record,
    Review,
    Sitting,
    Submit,
)
from quizdock.core.forms import Boolean, Choice, Option, Task, Text
from quizdock.core.marking import Certainty, Rules
from quizdock.ui.exam_plain import PlainExam

CHOICE = Choice((Option("one", why="One is too few."), Option("two", right=True), Option("three")))
TEXT = Text((":w",))


class Talk:
    """An asker whose learner types these lines, and all that it prints."""

    def __init__(self, typed: str = "") -> None:
        self.sink = io.StringIO()
        self.exam = PlainExam(io.StringIO(typed), self.sink)

    @property
    def lines(self) -> list[str]:
        return self.sink.getvalue().splitlines()

    def ask(self, item: Item, left: float | None = None) -> ExamReply:
        return self.exam.ask(item, lambda: left)


Make = Callable[..., Any]


def test_the_rules_and_the_commands_come_first(sitting: Callable[..., Sitting]) -> None:
    talk = Talk()
    talk.exam.introduce(sitting())
    assert talk.lines == [
        "Exam · alice · 2 questions · pass mark 70 % · seed 42",
        "Take as long as you like.",
        "A right answer is worth 1 point, a partly right one its part; none costs nothing.",
        "You may skip, go back and change answers until you submit. Every answer is saved at once.",
        "At any question: :l goes on without an answer, :b goes back, :m flags, :r shows the paper, :q leaves.",
    ]


def test_a_question_has_its_number_the_time_left_and_its_choices(item: Make) -> None:
    talk = Talk("1\n")
    assert talk.ask(item(CHOICE, flagged=True), 754.0) == Response(0)
    assert talk.lines == [
        "",
        "[2/3 ⚑] The deck › The topic · 12:34 left",
        "Title",
        "Ask?",
        "  1) one",
        "  2) two",
        "  3) three",
        "Your choice, 1 to 3:",
    ]


@pytest.mark.parametrize("task", [CHOICE, TEXT], ids=["picked", "typed"])
def test_what_was_answered_before_is_shown_and_kept_by_an_empty_line(item: Make, task: Task) -> None:
    given = "one" if task is CHOICE else "vi"
    talk = Talk("\n")
    assert talk.ask(item(task, given=given)) == Skip()
    assert f"Your answer so far: {given} (Enter keeps it)" in talk.lines


def test_an_empty_line_says_nothing_where_something_is_typed_for_the_first_time(item: Make) -> None:
    assert Talk("\n").ask(item(TEXT)) == Response("")


@pytest.mark.parametrize("task", [CHOICE, TEXT], ids=["picked", "typed"])
@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        (":l", Skip()),
        (":b", Back()),
        (":m", Flag()),
        (":r", Review()),
        (":h", Hint()),
        (":q", Quit()),
        (":Q", Quit()),
        ("", Quit()),
    ],
)
def test_commands_have_a_colon_and_the_end_of_input_leaves(
    item: Make, task: Task, typed: str, reply: ExamReply
) -> None:
    assert Talk(f"{typed}\n" if typed else "").ask(item(task)) == reply


def test_where_something_is_chosen_a_letter_is_enough(item: Make) -> None:
    assert Talk("m\n").ask(item(CHOICE)) == Flag()
    assert Talk("m\n").ask(item(Text(("m",)))) == Response("m")


def test_an_exam_never_tells_by_its_commands_what_is_right(item: Make) -> None:
    """In study, `:w` is an answer where it is right; here it is refused either way, and `::w` is the answer."""
    for task in (Text((":w",)), Text(("vi",))):
        talk = Talk(":w\n::w\n")
        assert talk.ask(item(task)) == Response(":w")
        assert talk.lines[-2] == "there is no command :w; :? lists them; as an answer, type one more colon"


def test_help_says_the_commands(item: Make) -> None:
    talk = Talk("?\n:l\n")
    assert talk.ask(item(CHOICE)) == Skip()
    assert talk.lines[-2].startswith("At any question: :l goes on without an answer")


def test_a_hint_is_shown_alone_under_the_question(item: Make) -> None:
    talk = Talk(":h\n2\n")
    talk.ask(item(CHOICE))
    keys = {"hints": 1, "card_hints": ("Look",), "shown": 1}
    assert talk.ask(item(CHOICE, **keys)) == Response(1)
    assert talk.lines[-2:] == ["Hint 1 of 1: Look", "Your choice, 1 to 3:"]


@pytest.mark.parametrize(
    ("typed", "sure"),
    [("3\n", Certainty.SURE), ("4\n1\n", Certainty.GUESS), ("b\n", Back()), (":q\n", Quit()), ("", Quit())],
)
def test_certainty_is_a_digit_and_may_be_thought_over(item: Make, typed: str, sure: object) -> None:
    talk = Talk(typed)
    assert talk.exam.certainty(item(CHOICE), lambda: None) == sure
    assert talk.lines[0] == "How sure are you? 1 guess (+1 / 0); 2 fairly sure (+2 / −2); 3 sure (+3 / −6):"


def test_a_mark_is_told_with_the_answer_unless_another_try_is_left(assessed: Make) -> None:
    talk = Talk()
    assert talk.exam.tell(assessed(CHOICE, 0, explain="Because.", source="1.2"), lambda: None) == Skip()
    assert talk.lines == ["Wrong: 0", "One is too few.", "Answer: two", "Because.", "Read again: 1.2"]
    talk = Talk()
    talk.exam.tell(assessed(CHOICE, 0, rules=Rules(mode="practice")), lambda: None)
    assert talk.lines == ["Wrong, 1 try: 0", "One is too few.", "2 tries left; right now: 0.67"]


LINES = (Line(1, "Ask?", "one", True, False, True), Line(2, "And?", None, False, True, True))
DONE = "Enter submits; a number goes back to that question; :q leaves:"
HALF = "1 question has no answer. Type yes to submit all the same; a number goes back to that question; :q leaves:"


@pytest.mark.parametrize(
    ("lines", "typed", "reply", "last"),
    [
        (LINES[:1], "\n", Submit(), DONE),
        (LINES[:1], "1\n", GoTo(1), DONE),
        (LINES[:1], "7\n:q\n", Quit(), DONE),
        (LINES, "\nyes\n", Submit(), HALF),
        (LINES, "2\n", GoTo(2), HALF),
        (LINES, "", Quit(), HALF),
    ],
)
def test_the_paper_is_looked_over_before_it_is_submitted(
    lines: tuple[Line, ...], typed: str, reply: ExamReply, last: str
) -> None:
    talk = Talk(typed)
    assert talk.exam.review(Overview(lines, Rules()), lambda: 61.0) == reply
    assert talk.lines[:3] == ["", "Your paper · 1:01 left", "1. Ask? — one"]
    assert talk.lines[-1] == last


def test_the_end_has_the_score_the_topics_and_the_mistakes(
    assessed: Make, record: Callable[..., Record], sitting: Callable[..., Sitting]
) -> None:
    wrong = assessed(CHOICE, 0, explain="Because.", source="1.2")
    done = record(wrong, assessed(Boolean(True)), assessed(CHOICE, 1))
    talk = Talk()
    assert not talk.exam.close(Outcome(sitting(), done, 2, 9))
    assert talk.lines == [
        "",
        "Score: 1 of 3, 33.3 %: not passed",
        "  The topic: 1/3 (33.3 %)",
        "",
        "Mistake 1 of 2",
        "Title",
        "Ask?",
        "Your answer: one",
        "Wrong: 0",
        "One is too few.",
        "Right answer: two",
        "Because.",
        "Read again: 1.2",
        "",
        "Mistake 2 of 2",
        "Title",
        "Ask?",
        "Your answer: none",
        "No answer: 0",
        "Right answer: True",
        "",
        "Kept as No. 7. To see it again: quizdock exam review 7",
    ]


def test_certainty_has_its_report_at_the_end(
    assessed: Make, record: Callable[..., Record], sitting: Callable[..., Sitting]
) -> None:
    rules = Rules(certainty=True)
    done = record(*[assessed(CHOICE, 1, certainty=Certainty.SURE, rules=rules)] * 4, rules=rules)
    talk = Talk()
    talk.exam.close(Outcome(sitting(), done, 4, 9))
    assert talk.lines[3:8] == [
        "Certainty points: +12 of 12",
        "  sure: 4 answers, 100 % right (it pays from 80 % to 100 %): well calibrated",
        "  fairly sure: 0 answers",
        "  guess: 0 answers",
        "Well calibrated: you know what you know.",
    ]


def test_mistakes_that_come_into_study_by_themselves_are_announced(
    assessed: Make, record: Callable[..., Record], sitting: Callable[..., Sitting]
) -> None:
    talk = Talk()
    talk.exam.close(Outcome(sitting(), record(assessed(CHOICE, 0)), 1, 9, studies_mistakes=True))
    assert talk.lines[-1] == "The mistakes come due in study today."


@pytest.mark.parametrize(("interrupted", "first"), [(True, ["", "Interrupted."]), (False, [])])
def test_an_exam_that_was_left_has_no_score(
    sitting: Callable[..., Sitting], interrupted: bool, first: list[str]
) -> None:
    talk = Talk()
    talk.exam.close(Outcome(sitting(), None, answered=1, seconds=9, interrupted=interrupted))
    assert talk.lines == [
        *first,
        "",
        "You left exam No. 7 with 1 of 2 questions answered.",
        "Every answer is saved. To go on: quizdock exam --resume",
    ]


def test_a_terminal_that_stays_silent_until_the_deadline_ends_the_exam(item: Make) -> None:
    keyboard, terminal = pty.openpty()
    with os.fdopen(terminal, "r", encoding="utf-8") as source:
        asker = PlainExam(source, io.StringIO())
        assert asker.ask(item(CHOICE), lambda: 0.05) == TimeUp()
        os.write(keyboard, b"docker p")
        assert asker.ask(item(TEXT), lambda: 0.2) == TimeUp("docker p"), "what was typed without its end counts"
        os.write(keyboard, b"2\n")
        assert asker.ask(item(CHOICE), lambda: 20.0) == Response(1)
    os.close(keyboard)
