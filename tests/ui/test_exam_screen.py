"""An exam on a screen, driven through prompt_toolkit's own pipe input."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from quizdock.core.dialogue import Hint, Quit, Response, Skip, TimeUp
from quizdock.core.exam_dialogue import (
    Back,
    ExamReply,
    Flag,
    GoTo,
    Line,
    Outcome,
    Overview,
    Record,
    Review,
    Sitting,
    Submit,
)
from quizdock.core.forms import Boolean, Choice, Choices, Match, Option, Order, Ordered, Pair, Path, Task, Text
from quizdock.core.machine import Transition
from quizdock.core.marking import Certainty, Rules
from quizdock.ui.exam_screen import InteractiveExam, as_typed, go_through
from quizdock.ui.theme import THEME

UP, DOWN, LEFT, RIGHT = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
CHOICE = Choice((Option("one", why="One is too few."), Option("two", right=True), Option("three")))
CHOICES = Choices((Option("a", right=True), Option("b", right=True), Option("c")))
MATCH = Match((Pair("x", "ex"), Pair("y", "why")), (Option("more"),))
ORDER = Order(("first", "second", "third"))
PATH = Path("OFF", "ON", (Transition("OFF", "press", "ON"), Transition("ON", "kick", "OFF")))
TEXT = Text(("docker ps",))
Make = Callable[..., Any]


@contextmanager
def keyboard(keys: str) -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        yield pipe


class Screen:
    """An asker and what it printed."""

    def __init__(self) -> None:
        self.sink = io.StringIO()
        self.exam = InteractiveExam(Console(file=self.sink, width=80, height=24, theme=THEME, highlight=False))

    @property
    def text(self) -> str:
        return self.sink.getvalue()


def no_end() -> None:
    return None


def runs_out(*seconds: float) -> Callable[[], float]:
    """So much time left at each look, and none after the last."""
    left = list(seconds)
    return lambda: left.pop(0) if left else 0.0


def reply(item: Any, keys: str, seconds_left: Callable[[], float | None] = no_end) -> ExamReply:
    with keyboard(keys):
        return Screen().exam.ask(item, seconds_left)


@pytest.mark.parametrize(
    ("task", "keys", "said"),
    [
        (CHOICE, "2\r", Response(1)),
        (CHOICE, "231\r", Response(0)),
        (CHOICE, f"{DOWN}\r", Response(0)),
        (CHOICE, f"{DOWN}{DOWN}\r", Response(1)),
        (CHOICE, f"{UP}\r", Response(2)),
        (CHOICE, "jjjj\r", Response(0)),
        (Boolean(True), "1\r", Response(True)),
        (Boolean(True), "2\r", Response(False)),
        (Boolean(True), "t\r", Response(True)),
        (Boolean(True), "f\r", Response(False)),
        (CHOICES, "13\r", Response([0, 2])),
        (TEXT, "docker ps\r", Response("docker ps")),
        (TEXT, "\r", Response("")),
        (TEXT, "::q\r", Response(":q")),
        (MATCH, "b a\r", Response([1, 0])),
        (ORDER, "2 1 3\r", Response([1, 0, 2])),
        (PATH, "press\r", Response(["press"])),
    ],
)
def test_enter_confirms_what_was_chosen_or_typed(item: Make, task: Task, keys: str, said: ExamReply) -> None:
    assert reply(item(task), keys) == said


@pytest.mark.parametrize("task", [CHOICE, Boolean(True)], ids=["choice", "boolean"])
def test_enter_pressed_twice_answers_nothing(item: Make, task: Task) -> None:
    assert reply(item(task), "\r\r\rl") == Skip()


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("l", Skip()),
        (RIGHT, Skip()),
        ("b", Back()),
        (LEFT, Back()),
        ("m", Flag()),
        ("r", Review()),
        ("h", Hint()),
        ("qq", Quit()),
        ("q\rl", Skip()),
        ("\x04\x04", Quit()),
        ("e\rl", Skip()),
        ("?\rl", Skip()),
    ],
)
def test_keys_act_at_once_and_leaving_is_asked_about(item: Make, keys: str, said: ExamReply) -> None:
    assert reply(item(CHOICE), keys) == said


@pytest.mark.parametrize(
    ("task", "keys", "said"),
    [
        (CHOICE, "2e\r\r", Response(1)),
        (Boolean(True), "2?\r\r", Response(False)),
        (CHOICES, "13q\r\r", Response([0, 2])),
    ],
)
def test_looking_at_something_else_loses_no_choice(item: Make, task: Task, keys: str, said: ExamReply) -> None:
    assert reply(item(task), keys) == said


@pytest.mark.parametrize(("typed", "said"), [(":l", Skip()), (":b", Back()), (":m", Flag()), (":r", Review())])
def test_where_something_is_typed_keys_have_a_colon(item: Make, typed: str, said: ExamReply) -> None:
    assert reply(item(TEXT), f"{typed}\r") == said


def test_an_unknown_command_is_refused_whether_or_not_it_would_be_right(item: Make) -> None:
    for task in (Text((":w",)), Text(("vi",))):
        screen = Screen()
        with keyboard(":w\r\x15:l\r"):
            assert screen.exam.ask(item(task), no_end) == Skip()
        assert "there is no command :w" in screen.text


@pytest.mark.parametrize(
    ("task", "given", "keys", "said"),
    [
        (CHOICE, "two", "\r", Response(1)),
        (Boolean(True), False, "\r", Response(False)),
        (CHOICES, ("a", "c"), "\r", Response([0, 2])),
        (CHOICES, ("a", "c"), "32\r", Response([0, 1])),
        (TEXT, "docker p", "s\r", Response("docker ps")),
        (ORDER, Ordered(("second", "first", "third")), "\r", Response([1, 0, 2])),
        (MATCH, (Pair("x", "why"), Pair("y", "ex")), "\r", Response([1, 0])),
        (PATH, Ordered(("press", "kick")), "\r", Response(["press", "kick"])),
    ],
)
def test_what_was_answered_before_is_there_to_be_kept_or_changed(
    item: Make, task: Task, given: Any, keys: str, said: ExamReply
) -> None:
    assert reply(item(task, given=given), keys) == said


def test_in_practice_a_wrong_try_does_not_stand_in_the_way_of_the_next(item: Make) -> None:
    assert reply(item(TEXT, given="docker p", rules=Rules(mode="practice")), "docker ps\r") == Response("docker ps")
    assert reply(item(CHOICE, given="one", rules=Rules(mode="practice")), "\rl") == Skip()


def test_nothing_stands_there_where_nothing_was_answered(item: Make) -> None:
    assert as_typed(item(TEXT)) == ""


@pytest.mark.parametrize(
    ("task", "keys", "value"),
    [
        (CHOICE, "", None),
        (CHOICE, "2", 1),
        (Boolean(True), "2", False),
        (CHOICES, "13", [0, 2]),
        (CHOICES, "", None),
        (TEXT, "docker", "docker"),
        (TEXT, "", None),
        (ORDER, "2 1 3", [1, 0, 2]),
        (ORDER, "2 1", None),
    ],
)
def test_the_open_prompt_ends_at_the_deadline_with_what_stood_there(
    item: Make, task: Task, keys: str, value: object
) -> None:
    assert reply(item(task), keys, runs_out(*[0.3] * 12)) == TimeUp(value)


def test_after_the_deadline_no_prompt_opens(item: Make) -> None:
    assert reply(item(CHOICE), "2\r", runs_out()) == TimeUp()


def test_the_whole_deal_is_shown_and_a_key_begins(sitting: Callable[..., Sitting]) -> None:
    screen = Screen()
    with keyboard("\r"):
        screen.exam.introduce(sitting(rules=Rules(minutes=10, certainty=True)))
    for text in ("2 questions · 10 minutes", "The deck", "sure: right +3, wrong −6"):
        assert text in screen.text
    with keyboard("\x03"), pytest.raises(KeyboardInterrupt):
        Screen().exam.introduce(sitting())


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("1", Certainty.GUESS),
        ("2", Certainty.FAIRLY),
        ("3", Certainty.SURE),
        ("b", Back()),
        ("\x7f", Back()),
        ("q", Quit()),
    ],
)
def test_a_key_says_how_sure(item: Make, keys: str, said: object) -> None:
    screen = Screen()
    with keyboard(keys):
        assert screen.exam.certainty(item(CHOICE, given="two"), no_end) == said
    assert "Your answer  two" in screen.text
    assert "How sure are you?" in screen.text


def test_the_deadline_ends_the_question_how_sure(item: Make) -> None:
    with keyboard(""):
        assert Screen().exam.certainty(item(CHOICE, given="two"), runs_out(0.2, 0.2, 0.2, 0.2)) == TimeUp()


def test_a_mark_is_shown_with_the_answer_and_a_key_goes_on(assessed: Make) -> None:
    screen = Screen()
    with keyboard("e\r\r"):
        assert screen.exam.tell(assessed(CHOICE, 0, source="1.2"), no_end) == Skip()
    for text in ("✗ Wrong: 0", "Your answer  one", "One is too few.", "Answer  two", "1.2"):
        assert text in screen.text
    with keyboard("q"):
        assert Screen().exam.tell(assessed(CHOICE, 0), no_end) == Quit()


def test_a_try_that_is_not_the_last_is_told_under_the_question(assessed: Make, item: Make) -> None:
    screen = Screen()
    assert screen.exam.tell(assessed(CHOICE, 0, rules=Rules(mode="practice")), no_end) == Skip()
    with keyboard("l"):
        screen.exam.ask(item(CHOICE), no_end)
    assert "Wrong, 1 try: 0 · 2 tries left; right now: 0.67" in screen.text
    assert "Answer" not in screen.text


LINES = tuple(Line(number, f"Question {number}?", "x", True, number == 2, True) for number in range(1, 13))
HALF = (*LINES, Line(13, "And?", None, False, False, True))


@pytest.mark.parametrize(
    ("lines", "keys", "said"),
    [
        (LINES, "s", Submit()),
        (LINES, "\r", GoTo(1)),
        (LINES, f"{DOWN}\r", GoTo(2)),
        (LINES, "12\r", GoTo(12)),
        (LINES, "99\r", GoTo(9)),
        (LINES, "b", Back()),
        (LINES, "qq", Quit()),
        (HALF, "ss", Submit()),
        (HALF, "s\r13\r", GoTo(13)),
    ],
)
def test_the_paper_is_looked_over_and_submitted(lines: tuple[Line, ...], keys: str, said: ExamReply) -> None:
    with keyboard(keys):
        assert Screen().exam.review(Overview(lines, Rules()), no_end) == said


def test_the_deadline_ends_the_looking_over() -> None:
    with keyboard(""):
        assert Screen().exam.review(Overview(LINES, Rules()), runs_out(0.2, 0.2, 0.2, 0.2)) == TimeUp()


@pytest.fixture
def done(assessed: Make, record: Callable[..., Record]) -> Record:
    return record(assessed(CHOICE, 0, source="1.2"), assessed(CHOICE), assessed(CHOICE, 1))


@pytest.mark.parametrize(
    ("keys", "studies"), [("\r\r\r", False), ("s", True), ("\rs", True), ("\r\rs", True), ("q", False), ("\x03", False)]
)
def test_the_end_goes_through_the_mistakes_and_asks_whether_they_come_into_study(
    sitting: Callable[..., Sitting], done: Record, keys: str, studies: bool
) -> None:
    screen = Screen()
    with keyboard(keys):
        assert screen.exam.close(Outcome(sitting(), done, 2, 9)) is studies
    assert "Score: 1 of 3, 33.3 %: not passed" in screen.text


def test_mistakes_that_come_by_themselves_are_not_asked_about(sitting: Callable[..., Sitting], done: Record) -> None:
    screen = Screen()
    with keyboard("\r\r"):
        assert not screen.exam.close(Outcome(sitting(), done, 2, 9, studies_mistakes=True))
    assert "The mistakes come due in study today." in screen.text
    assert "Mistake 2 of 2" in screen.text


def test_an_exam_that_was_left_says_how_to_go_on(sitting: Callable[..., Sitting]) -> None:
    screen = Screen()
    assert not screen.exam.close(Outcome(sitting(), None, 1, 9))
    assert "quizdock exam --resume" in screen.text


def test_a_flawless_paper_has_nothing_to_go_through(
    sitting: Callable[..., Sitting], assessed: Make, record: Callable[..., Record]
) -> None:
    assert not Screen().exam.close(Outcome(sitting(), record(assessed(CHOICE, 1)), 1, 9))


def test_questions_are_gone_through_one_by_one(done: Record) -> None:
    sink = io.StringIO()
    with keyboard("\r\rq"):
        go_through(Console(file=sink, width=80, theme=THEME, highlight=False), done.questions)
    assert sink.getvalue().count("Question 2") == 2
