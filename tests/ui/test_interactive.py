"""The interactive askers, driven through prompt_toolkit's own pipe input."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from quizdock.core.card import Card
from quizdock.core.dialogue import (
    Closing,
    Graded,
    Marked,
    Mistake,
    Opening,
    Outcome,
    Question,
    Quit,
    Reply,
    Response,
    Saved,
    Sitting,
    Skip,
    Undo,
)
from quizdock.core.drawing import Drawing
from quizdock.core.forms import (
    Boolean,
    Choice,
    Choices,
    Command,
    Listing,
    Match,
    Number,
    Option,
    Order,
    Pair,
    Path,
    Recall,
    Task,
    Text,
    Verdict,
)
from quizdock.core.machine import Transition
from quizdock.core.marking import Result, Score
from quizdock.core.message import msg
from quizdock.core.sm2 import Schedule
from quizdock.ui.interactive import InteractiveExam, InteractiveStudy
from quizdock.ui.theme import THEME
from quizdock.ui.translations import activate

ESCAPE = "\x1b"
DOWN = "\x1b[B"
CHOICE = Choice((Option("one", right=True), Option("two", why="two is too many"), Option("three")))
CHOICES = Choices((Option("a", right=True), Option("b", right=True), Option("c")))

LISTING = Listing((("one",), ("two",)))
MATCH = Match((Pair("x", "ex"), Pair("y", "why")), (Option("more"),))
ORDER = Order(("first", "second", "third"))
PATH = Path("OFF", "ON", (Transition("OFF", "press", "ON"), Transition("ON", "kick", "OFF")))
TYPED: list[Task] = [Text(("docker ps",)), Number("5"), Command(("ls",)), LISTING, MATCH, ORDER, PATH]


@pytest.fixture(autouse=True)
def english() -> None:
    activate("en")


@contextmanager
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


def a_screen(height: int = 24) -> tuple[Console, io.StringIO]:
    output = io.StringIO()
    return Console(file=output, width=80, height=height, theme=THEME, highlight=False), output


def a_question(task: Task, drawing: Drawing | None = None, **more: bool) -> Question:
    card = Card("note", "topic", "About this\nWhich one?", task, explain="Because.", source="1.2", drawing=drawing)
    return Question("deck/note", card, task, "Deck", "Topic", left=2, of=3, **more)


def reply_to(task: Task, typed: str) -> Reply:
    screen, _output = a_screen()
    with keyboard() as keys:
        keys.send_text(typed)
        return InteractiveStudy(screen).ask(a_question(task))


@pytest.mark.parametrize(
    ("task", "typed", "reply"),
    [
        (Recall("x"), " ", Response(None)),
        (Recall("x"), "\r", Response(None)),
        (Recall("x"), "u", Undo()),
        (Recall("x"), "l", Skip()),
        (Recall("x"), "q", Quit()),
        (Recall("x"), "\x04", Quit()),
        (CHOICE, "2", Response(1)),
        (CHOICE, "\r", Response(0)),
        (CHOICE, DOWN + DOWN + "\r", Response(2)),
        (CHOICE, "u", Undo()),
        (CHOICE, "q", Quit()),
        (CHOICES, " " + DOWN + DOWN + " \r", Response([0, 2])),
        (CHOICES, "31\r", Response([0, 2])),
        (CHOICES, "1312\r", Response([1, 2])),
        (CHOICES, "\r2\r", Response([1])),
        (CHOICES, "22\r3\r", Response([2])),
        (CHOICES, "l", Skip()),
        (Boolean(True), "1", Response(True)),
        (Boolean(True), "2", Response(False)),
        (Boolean(True), "u", Undo()),
        (Text(("docker ps",)), "docker ps\r", Response("docker ps")),
        (Text(("docker ps",)), "\r", Response("")),
        (Text(("docker ps",)), ":u\r", Undo()),
        (Text(("docker ps",)), "q\r", Response("q")),
        (Text(("docker ps",)), "\x04", Quit()),
        (Number("5"), " 1 234,5 Mo \r", Response("1 234,5 Mo")),
        (Command(("ls",)), "ls -l 'a  b'\r", Response("ls -l 'a  b'")),
        (LISTING, "one, two\r", Response(["one", "two"])),
        (MATCH, "c a\r", Response([2, 0])),
        (MATCH, "ca\r", Response([2, 0])),
        (ORDER, "312\r", Response([2, 0, 1])),
        (PATH, "1 2 1\r", Response(["press", "kick", "press"])),
        (PATH, "press, KICK\r", Response(["press", "kick"])),
    ],
)
def test_a_key_or_a_line_is_the_reply_to_each_form(task: Task, typed: str, reply: Reply) -> None:
    assert reply_to(task, typed) == reply


@pytest.mark.parametrize(
    ("task", "nothing"),
    [(Number("5"), ""), (Command(("ls",)), ""), (LISTING, []), (MATCH, []), (ORDER, []), (PATH, [])],
)
def test_enter_alone_is_i_dont_know_where_something_is_typed(task: Task, nothing: object) -> None:
    assert reply_to(task, "\r") == Response(nothing)


@pytest.mark.parametrize("task", TYPED, ids=lambda task: task.form)
@pytest.mark.parametrize(
    ("typed", "reply"), [(":u\r", Undo()), (" :L \r", Skip()), (":q\r", Quit()), ("\x04", Quit()), ("ab\x04", Quit())]
)
def test_a_command_has_a_colon_where_something_is_typed(task: Task, typed: str, reply: Reply) -> None:
    assert reply_to(task, typed) == reply


@pytest.mark.parametrize(
    ("task", "typed", "refusal"),
    [
        (MATCH, "a\rab\r", "type 2 letters, one for each entry, for example c b"),
        (ORDER, "1 2\r123\r", "type the 3 numbers in the right order, for example 2 3 1"),
        (PATH, "knock\rkick\r", "there is no event “knock”; did you mean kick?"),
    ],
)
@pytest.mark.parametrize("asker", [InteractiveStudy, InteractiveExam])
def test_a_line_that_says_nothing_is_refused_under_the_card_which_is_drawn_anew(
    asker: type[InteractiveStudy | InteractiveExam], task: Task, typed: str, refusal: str
) -> None:
    screen, output = a_screen()
    with keyboard() as keys:
        keys.send_text(typed)
        assert isinstance(asker(screen).ask(a_question(task)), Response)
    shown = output.getvalue()
    assert shown.count("Which one?") == 2
    assert shown.count(refusal) == 1
    assert shown.index("Which one?") < shown.index(refusal) > shown.rindex("Which one?")


@pytest.mark.parametrize(
    ("task", "texts"),
    [
        (Number("5"), ["Your answer:"]),
        (Command(("ls",)), ["Your answer:"]),
        (LISTING, ["Your answers, with commas between them:"]),
        (MATCH, [" 1  x   a  ex", " 2  y   b  why", "c  more", "One letter for each entry, for example c b:"]),
        (ORDER, [" 1  first", " 3  third", "The numbers in the right order, for example 2 3 1:"]),
        (PATH, [" 1  press", " 2  kick", "The events in order, by number or by name, with commas between them:"]),
    ],
)
def test_a_typed_form_shows_what_is_named_and_how_to_type_it(task: Task, texts: list[str]) -> None:
    screen, output = a_screen()
    with keyboard() as keys:
        keys.send_text("\r")
        InteractiveStudy(screen).ask(a_question(task))
    for text in texts:
        assert text in output.getvalue()


@pytest.mark.parametrize("task", [Recall("x"), CHOICE, CHOICES, Boolean(True), *TYPED])
def test_ctrl_c_interrupts_every_form(task: Task) -> None:
    with pytest.raises(KeyboardInterrupt):
        reply_to(task, "\x03")


def a_marked(grade: int | None, verdict: Verdict | None) -> Marked:
    return Marked(a_question(CHOICE), "two", verdict, grade, {0: 1, 1: 1, 2: 1, 3: 6, 4: 40, 5: 400})


@pytest.mark.parametrize("key", "012345")
def test_one_key_grades(key: str) -> None:
    screen, _output = a_screen()
    with keyboard() as keys:
        keys.send_text(key)
        assert InteractiveStudy(screen).grade(a_marked(None, None)) == Graded(int(key))


def test_enter_takes_the_proposed_grade_and_does_nothing_without_one() -> None:
    screen, _output = a_screen()
    with keyboard() as keys:
        keys.send_text("\r")
        assert InteractiveStudy(screen).grade(a_marked(4, Verdict(1.0))) == Graded(4)
    with keyboard() as keys:
        keys.send_text("\r5")
        assert InteractiveStudy(screen).grade(a_marked(None, None)) == Graded(5)


def test_a_wrong_answer_shows_what_was_given_what_is_right_and_why() -> None:
    screen, output = a_screen()
    with keyboard() as keys:
        keys.send_text("1")
        InteractiveStudy(screen).grade(a_marked(1, Verdict(0.0, why="two is too many")))
    shown = output.getvalue()
    for text in ("✗ Wrong", "Your answer  two", "Answer  one", "two is too many", "Because.", "1.2"):
        assert text in shown
    for interval in ("1 d", "6 d", "1 mo", "1.1 y"):
        assert interval in shown


def test_the_drawing_is_left_out_before_the_question_would_leave_the_screen() -> None:
    drawing = Drawing("\n".join(f"line {number}" for number in range(12)))
    for height, seen in ((40, True), (12, False)):
        screen, output = a_screen(height)
        with keyboard() as keys:
            keys.send_text("1")
            InteractiveStudy(screen).ask(a_question(CHOICE, drawing))
        assert ("line 11" in output.getvalue()) is seen
        assert "Which one?" in output.getvalue()


def test_what_was_saved_is_said_under_the_next_card() -> None:
    screen, output = a_screen()
    asker = InteractiveStudy(screen)
    asker.saved(Saved("deck/note", 4, Schedule(2, 6, 250, 6), drill=False, again_today=False))
    with keyboard() as keys:
        keys.send_text(" ")
        asker.ask(a_question(Recall("x")))
    assert "✓ Saved: 4, next in 6 d" in output.getvalue()


def test_the_session_opens_with_what_is_due_and_closes_with_what_was_done() -> None:
    screen, output = a_screen()
    asker = InteractiveStudy(screen)
    asker.open(Opening("alice", 739_578, 3, 2))
    asker.undone(None)
    asker.refuse(msg("not so"))
    asker.close(Closing(5, 1, 65, 2, 4, 10, interrupted=True))
    shown = output.getvalue()
    for text in (
        "Interrupted. Every answer shown as saved is saved.",
        "5 reviews · 1 drill · 1:05",
        "2 cards are left",
    ):
        assert text in shown


SITTING = Sitting("alice", 739_578, attempt=1, seed=7, questions=1, asked_for=2, pass_percent=70)


def test_an_exam_shows_its_rules_its_result_and_its_mistakes() -> None:
    screen, output = a_screen()
    asker = InteractiveExam(screen)
    mistake = Mistake(a_question(CHOICE), "two", Verdict(0.0, why="two is too many"))
    result = Result(Score(0, 1), (("Topic", Score(0, 1)),), passed=False)
    with keyboard() as keys:
        keys.send_text("\r2\r")
        asker.open(SITTING)
        assert asker.ask(a_question(CHOICE)) == Response(1)
        asker.close(Outcome(SITTING, result, (mistake,), 1, 9))
    shown = output.getvalue()
    for text in ("seed 7", "pass mark 70 %", "Score: 0 of 1, 0 %: not passed", "Mistake 1 of 1", "Read again  1.2"):
        assert text in shown


def test_an_exam_that_was_left_says_so_and_shows_no_mistakes() -> None:
    screen, output = a_screen()
    InteractiveExam(screen).close(Outcome(SITTING, None, (), 0, 9, interrupted=True))
    assert "The exam was left after 0 of 1" in output.getvalue()


def test_text_of_a_deck_is_never_markup() -> None:
    card = Card("note", "", "[bold red]x[/]", Recall("[link=http://x]y[/link]"), explain="[/nonsense]")
    question = Question("deck/note", card, card.study, "[b]Deck", "[i]Topic", left=1, of=1)
    screen, output = a_screen()
    with keyboard() as keys:
        keys.send_text(" 3")
        asker = InteractiveStudy(screen)
        asker.ask(question)
        asker.grade(Marked(question, None, None, None, dict.fromkeys(range(6), 1)))
    for text in ("[bold red]x[/]", "[link=http://x]y[/link]", "[/nonsense]", "[b]Deck › [i]Topic"):
        assert text in output.getvalue()
