"""The interactive askers, driven through prompt_toolkit's own pipe input."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.utils import get_cwidth
from rich.console import Console

from quizdock.core.card import Card
from quizdock.core.dialogue import (
    Bury,
    Closing,
    Decision,
    DontKnow,
    Graded,
    Hint,
    Keep,
    Leech,
    Marked,
    Opening,
    Question,
    Quit,
    Reply,
    Response,
    Saved,
    Skip,
    Suspend,
    TakenBack,
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
from quizdock.core.grading import Proposal
from quizdock.core.journal import Kind
from quizdock.core.machine import Transition
from quizdock.core.message import msg
from quizdock.core.settings import GradeKeys
from quizdock.core.sm2 import Schedule
from quizdock.ui import prompts
from quizdock.ui.interactive import InteractiveStudy
from quizdock.ui.theme import THEME
from quizdock.ui.translations import activate

UP, DOWN = "\x1b[A", "\x1b[B"
PAGE_UP, PAGE_DOWN = "\x1b[5~", "\x1b[6~"
HOME, END = "\x1b[H", "\x1b[F"
BACKSPACE = "\x7f"
CHOICE = Choice((Option("one", right=True), Option("two", why="two is too many"), Option("three")))
CHOICES = Choices((Option("a", right=True), Option("b", right=True), Option("c")))

LISTING = Listing((("one",), ("two",)))
MATCH = Match((Pair("x", "ex"), Pair("y", "why")), (Option("more"),))
ORDER = Order(("first", "second", "third"))
PATH = Path("OFF", "ON", (Transition("OFF", "press", "ON"), Transition("ON", "kick", "OFF")))
PICKED: list[Task] = [Recall("x"), CHOICE, CHOICES, Boolean(True)]
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


def a_question(task: Task, drawing: Drawing | None = None, **more: Any) -> Question:
    card = Card(
        *("note", "topic", "About this\nWhich one?", task),
        explain="Because.",
        source="1.2",
        drawing=drawing,
        hints=("It has two sides", "Turn it"),
    )
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
        (CHOICE, "2", Response(1)),
        (CHOICE, "\r", Response(0)),
        (CHOICE, DOWN + DOWN + "\r", Response(2)),
        (CHOICES, " " + DOWN + DOWN + " \r", Response([0, 2])),
        (CHOICES, "31\r", Response([0, 2])),
        (CHOICES, "1312\r", Response([1, 2])),
        (CHOICES, "\r2\r", Response([1])),
        (CHOICES, "22\r3\r", Response([2])),
        (Boolean(True), "1", Response(True)),
        (Boolean(True), "2", Response(False)),
        (Boolean(True), "t", Response(True)),
        (Boolean(True), "f", Response(False)),
        (Boolean(True), DOWN + "\r", Response(False)),
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


COMMANDS: list[tuple[str, Reply]] = [
    ("u", Undo()),
    ("l", Skip()),
    ("b", Bury()),
    ("s", Suspend()),
    ("h", Hint()),
    ("0", DontKnow()),
    ("q", Quit()),
]


@pytest.mark.parametrize("task", PICKED, ids=lambda task: task.form)
@pytest.mark.parametrize(("key", "reply"), [*COMMANDS, ("\x04", Quit())])
def test_a_command_is_one_key_where_nothing_is_typed(task: Task, key: str, reply: Reply) -> None:
    assert reply_to(task, key) == reply


@pytest.mark.parametrize("task", TYPED, ids=lambda task: task.form)
@pytest.mark.parametrize(("letter", "reply"), COMMANDS)
def test_a_command_has_a_colon_where_something_is_typed(task: Task, letter: str, reply: Reply) -> None:
    assert reply_to(task, f":{letter}\r") == reply
    assert reply_to(task, f" :{letter.upper()} \r") == reply


@pytest.mark.parametrize("task", TYPED, ids=lambda task: task.form)
@pytest.mark.parametrize("typed", ["\x04", "ab\x04"])
def test_ctrl_d_leaves_where_something_is_typed(task: Task, typed: str) -> None:
    assert reply_to(task, typed) == Quit()


@pytest.mark.parametrize(("typed", "reply"), [("v", True), ("f", False), ("1", True), ("tv", True)])
def test_in_french_the_first_letters_of_vrai_and_faux_answer(typed: str, reply: bool) -> None:
    activate("fr")
    assert reply_to(Boolean(True), typed) == Response(reply)


@pytest.mark.parametrize("task", [CHOICE, Text(("x",))], ids=lambda task: task.form)
@pytest.mark.parametrize("leave", ["\r", "q", "e", "?", "\x04"])
@pytest.mark.parametrize("look", ["e", "?"])
def test_a_page_shows_everything_or_the_keys_and_the_same_question_comes_again(
    task: Task, leave: str, look: str
) -> None:
    screen, output = a_screen()
    typed = isinstance(task, Text)
    with keyboard() as keys:
        keys.send_text((f":{look}\r" if typed else look) + leave + (":l\r" if typed else "l"))
        assert InteractiveStudy(screen).ask(a_question(task)) == Skip()
    assert output.getvalue().count("Which one?") == 2


def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is shown on pages, each left at once."""
    shown: list[str] = []
    monkeypatch.setattr(prompts, "page", lambda text, _footer: shown.append(text()))
    return shown


def test_the_page_of_a_question_has_its_choices_and_that_of_a_verdict_its_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = pages(monkeypatch)
    screen, _output = a_screen()
    with keyboard() as keys:
        keys.send_text("e2e4")
        study = InteractiveStudy(screen)
        assert study.ask(a_question(CHOICE)) == Response(1)
        assert study.grade(a_marked(1, Verdict(0.0))) == Graded(4)
    asked, answered = shown
    assert "Which one?" in asked and "2  two" in asked and "Because." not in asked
    assert "Which one?" in answered and "Answer  one" in answered and "Because." in answered


def test_the_page_of_help_has_every_key_with_the_grades(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = pages(monkeypatch)
    screen, _output = a_screen()
    with keyboard() as keys:
        keys.send_text("?l")
        InteractiveStudy(screen, "four").ask(a_question(CHOICE))
    [text] = shown
    names = [line.split("  ")[1] for line in text.partition("“today")[0].splitlines() if line[2:3].strip()]
    assert names == ["h", "0", "u", "l", "b", "s", "e", "q", ":u", "::q", "1", "2", "3", "4"]
    assert "1    again" in text and "4    easy" in text


@pytest.mark.parametrize(
    ("typed", "top"),
    [
        ("\r", 0),
        (DOWN + DOWN + "\r", 2),
        ("jjjk\r", 2),
        ("jj" + UP + UP + UP + "\r", 0),
        (" \r", 22),
        (PAGE_DOWN + "\r", 22),
        (PAGE_DOWN + PAGE_DOWN + PAGE_UP + "\r", 22),
        (END + "\r", 77),
        (END + "j " + PAGE_DOWN + "\r", 77),
        (END + HOME + "\r", 0),
    ],
)
def test_a_page_scrolls_within_its_text(typed: str, top: int) -> None:
    page = prompts._Page(lambda: "\n".join(f"line {number}" for number in range(100)) + "\n", [("Enter", "back")])
    with keyboard() as keys:
        keys.send_text(typed)
        page.application().run()
    assert page._top == top


def test_a_page_that_fits_does_not_scroll() -> None:
    page = prompts._Page(lambda: "one\ntwo", [("Enter", "back")])
    with keyboard() as keys:
        keys.send_text("j " + END + "q")
        page.application().run()
    assert page._top == 0


def test_ctrl_c_interrupts_a_page() -> None:
    with keyboard() as keys, pytest.raises(KeyboardInterrupt):
        keys.send_text("\x03")
        prompts.page(lambda: "text", [("Enter", "back")])


def test_enter_that_came_before_the_prompt_is_enter() -> None:
    """The terminal makes a line feed of it while it still edits lines."""
    with keyboard() as keys:
        keys.send_text("\n")
        assert prompts.key({"enter": "entered"}, [("Enter", "")]) == "entered"
        keys.send_text("\n")
        assert prompts.one_of("Which?", ["one", "two"], {}, [("Enter", "")]) == 0


def test_an_interruption_that_no_prompt_heard_ends_the_next_one_and_no_other() -> None:
    assert not prompts.interrupt(), "none is open"
    with keyboard() as keys:
        with pytest.raises(KeyboardInterrupt):
            prompts.key({"a": "a"}, [("a", "")])
        keys.send_text("a")
        assert prompts.key({"a": "a"}, [("a", "")]) == "a"


@pytest.mark.parametrize("task", [*PICKED, *TYPED], ids=lambda task: task.form)
def test_input_that_ends_interrupts(task: Task) -> None:
    screen, _output = a_screen()
    with keyboard() as keys, pytest.raises(KeyboardInterrupt):
        keys.close()
        InteractiveStudy(screen).ask(a_question(task))


def test_hints_are_shown_one_by_one_and_offered_while_there_are_more() -> None:
    for shown, hints in ((0, []), (1, ["It has two sides"]), (2, ["It has two sides", "Turn it"])):
        screen, output = a_screen()
        with keyboard() as keys:
            keys.send_text("h")
            assert InteractiveStudy(screen).ask(a_question(Recall("x"), hints=shown)) == Hint()
        assert [line.strip("│ \n") for line in output.getvalue().splitlines() if "Hint" in line] == [
            f"Hint {number} of 2: {hint}" for number, hint in enumerate(hints, 1)
        ]


def test_a_refused_line_is_offered_again_to_be_corrected() -> None:
    screen, _output = a_screen()
    asker = InteractiveStudy(screen)
    with keyboard() as keys:
        keys.send_text("1 2\r" + " 3\r")
        assert asker.ask(a_question(ORDER)) == Response([0, 1, 2])


def test_an_answer_that_is_spelt_like_a_command_is_typed_with_two_colons() -> None:
    screen, _output = a_screen()
    with keyboard() as keys:
        keys.send_text("::q\r")
        assert InteractiveStudy(screen).ask(a_question(Text((":q",)))) == Response(":q")


def test_a_command_that_there_is_not_is_refused_and_may_be_corrected() -> None:
    screen, output = a_screen()
    with keyboard() as keys:
        keys.send_text(":x\r" + BACKSPACE + "w\r")
        assert InteractiveStudy(screen).ask(a_question(Text((":w",)))) == Response(":w")
    assert "there is no command :x; :? lists them" in output.getvalue()


def test_a_line_that_the_session_refuses_is_offered_again_too() -> None:
    screen, output = a_screen()
    asker = InteractiveStudy(screen)
    with keyboard() as keys:
        keys.send_text("1,500\r")
        assert asker.ask(a_question(Number("5"))) == Response("1,500")
        asker.refuse(msg("may mean two numbers"))
        keys.send_text(BACKSPACE * 4 + "500\r")
        assert asker.ask(a_question(Number("5"))) == Response("1500")
    assert "may mean two numbers" in output.getvalue()


def test_what_was_typed_for_one_card_is_not_offered_for_the_next() -> None:
    screen, _output = a_screen()
    asker = InteractiveStudy(screen)
    with keyboard() as keys:
        keys.send_text("wrong\r")
        asker.ask(a_question(Text(("x",))))
        asker.saved(Saved("deck/note", 4, Schedule(2, 6, 250, 6), drill=False, again_today=False))
        keys.send_text("next\r")
        assert asker.ask(a_question(Text(("x",)))) == Response("next")


@pytest.mark.parametrize(
    ("task", "typed", "refusal"),
    [
        (MATCH, "a\rb\r", "type 2 letters, one for each entry, for example c b"),
        (ORDER, "1 2\r 3\r", "type the 3 numbers in the right order, for example 2 3 1"),
        (PATH, "knock\r" + 5 * BACKSPACE + "kick\r", "there is no event “knock”; did you mean kick?"),
    ],
)
def test_a_line_that_says_nothing_is_refused_under_the_card_which_is_drawn_anew(
    task: Task, typed: str, refusal: str
) -> None:
    screen, output = a_screen()
    with keyboard() as keys:
        keys.send_text(typed)
        assert isinstance(InteractiveStudy(screen).ask(a_question(task)), Response)
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
    proposed = None if grade is None else Proposal(grade, msg("right"))
    return Marked(a_question(CHOICE), "two", verdict, proposed, {0: 1, 1: 1, 2: 1, 3: 6, 4: 40, 5: 400})


def decision_on(marked: Marked, typed: str, grade_keys: GradeKeys = "six") -> Decision:
    screen, _output = a_screen()
    with keyboard() as keys:
        keys.send_text(typed)
        return InteractiveStudy(screen, grade_keys).grade(marked)


@pytest.mark.parametrize("key", "012345")
def test_one_key_grades(key: str) -> None:
    assert decision_on(a_marked(None, None), key) == Graded(int(key))


@pytest.mark.parametrize(("key", "grade"), [("1", 1), ("2", 3), ("3", 4), ("4", 5), ("053", 4)])
def test_four_keys_grade_where_there_are_four(key: str, grade: int) -> None:
    assert decision_on(a_marked(None, None), key, "four") == Graded(grade)


@pytest.mark.parametrize("key", ["\r", " "])
@pytest.mark.parametrize(
    ("proposed", "grade_keys", "grade"),
    [
        (None, "six", 4),
        (None, "four", 4),
        (4, "six", 4),
        (3, "six", 3),
        (0, "six", 0),
        (0, "four", 1),
        (2, "four", 1),
        (3, "four", 3),
    ],
)
def test_enter_and_space_take_the_proposed_grade_and_mean_good_without_one(
    key: str, proposed: int | None, grade_keys: GradeKeys, grade: int
) -> None:
    verdict = None if proposed is None else Verdict(1.0)
    assert decision_on(a_marked(proposed, verdict), key, grade_keys) == Graded(grade)


@pytest.mark.parametrize("grade_keys", ["six", "four"])
@pytest.mark.parametrize(
    ("key", "decision"),
    [
        ("u", Undo()),
        ("l", Skip()),
        ("b", Bury()),
        ("s", Suspend()),
        ("q", Quit()),
        ("\x04", Quit()),
        ("hq", Quit()),
        ("e\rl", Skip()),
        ("?ql", Skip()),
    ],
)
def test_a_command_is_one_key_at_a_verdict(key: str, decision: Decision, grade_keys: GradeKeys) -> None:
    assert decision_on(a_marked(None, None), key, grade_keys) == decision


def test_ctrl_c_interrupts_a_verdict() -> None:
    with pytest.raises(KeyboardInterrupt):
        decision_on(a_marked(4, Verdict(1.0)), "\x03")


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
    for height, seen in ((40, True), (14, False)):
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


@pytest.mark.parametrize(
    ("tell", "said"),
    [
        (lambda study: study.open(Opening("alice", 739_943, 3, 2)), "alice · 2026-11-23 · 3 cards to repeat, 2 new"),
        (lambda study: study.undone(TakenBack("d/n", "Ask?", Kind.REVIEW, 5)), "↶ Grade 5 taken back: Ask?"),
        (lambda study: study.undone(None), "There is nothing of today to take back."),
        (lambda study: study.set_aside("d/n", Bury()), "Put off until tomorrow. u takes that back."),
        (lambda study: study.set_aside("d/n", Suspend()), "Suspended. u takes that back."),
        (lambda study: study.refuse(msg("this card has no hint")), "this card has no hint"),
        (lambda study: study.saved(Saved("d/n", 4, None, True, False)), "✓ Noted: 4, no schedule moved"),
    ],
)
def test_what_happens_is_said_once_under_the_next_card(tell: Callable[[InteractiveStudy], None], said: str) -> None:
    screen, output = a_screen()
    asker = InteractiveStudy(screen)
    tell(asker)
    with keyboard() as keys:
        keys.send_text("l")
        asker.ask(a_question(Recall("x")))
        keys.send_text("l")
        asker.ask(a_question(Recall("x")))
    assert output.getvalue().count(said) == 1


@pytest.mark.parametrize("key", ["\r", " "])
def test_who_is_here_for_the_first_time_is_told_how_it_works_until_a_key(key: str) -> None:
    screen, output = a_screen()
    asker = InteractiveStudy(screen, "four")
    with keyboard() as keys:
        keys.send_text("x" + key)
        asker.open(Opening("alice", 739_943, 0, 2, first=True))
    assert "1: I did not know. 2: with trouble. 3: I knew. 4: at once." in output.getvalue()


@pytest.mark.parametrize(
    "opening", [Opening("alice", 739_943, 0, 0, first=True), Opening("alice", 739_943, 1, 2, first=False)]
)
def test_nobody_else_is_held_up(opening: Opening) -> None:
    screen, output = a_screen()
    InteractiveStudy(screen).open(opening)
    assert output.getvalue() == ""


LEECH = Leech("deck/note", "About\nAsk?", 8, "/decks/deck.toml", 12)


@pytest.mark.parametrize(
    ("typed", "decision"),
    [("s", Suspend()), ("\r", Keep()), (" ", Keep()), ("k", Keep()), ("\x04", Keep()), ("xs", Suspend())],
)
def test_a_leech_is_suspended_by_a_key_or_kept(typed: str, decision: Suspend | Keep) -> None:
    screen, output = a_screen()
    with keyboard() as keys:
        keys.send_text(typed)
        assert InteractiveStudy(screen).leech(LEECH) == decision
    for text in ("This card does not stick: forgotten 8 times.", "Ask?", "It is written in /decks/deck.toml:12"):
        assert text in output.getvalue()


CLOSING = Closing(5, 1, 65, 2, 4, 10)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("\r", Quit()), (" ", Quit()), ("q", Quit()), ("\x04", Quit()), ("u", Undo()), ("xu", Undo())],
)
def test_the_end_shows_the_summary_and_the_last_answer_may_be_taken_back(typed: str, said: Undo | Quit) -> None:
    screen, output = a_screen()
    with keyboard() as keys:
        keys.send_text(typed)
        assert InteractiveStudy(screen).finish(CLOSING) == said
    assert "5 reviews · 1 drill · 1:05" in output.getvalue()


def test_ctrl_c_interrupts_at_the_end_and_at_a_leech() -> None:
    screen, _output = a_screen()
    for ask in (lambda: InteractiveStudy(screen).finish(CLOSING), lambda: InteractiveStudy(screen).leech(LEECH)):
        with keyboard() as keys, pytest.raises(KeyboardInterrupt):
            keys.send_text("\x03")
            ask()


def test_a_session_that_was_interrupted_closes_with_what_is_saved_and_what_is_left() -> None:
    screen, output = a_screen()
    InteractiveStudy(screen).close(Closing(5, 1, 65, 2, 4, 10, interrupted=True))
    for text in (
        "Interrupted. Every answer shown as saved is saved.",
        "5 reviews · 1 drill · 1:05",
        "2 cards are left",
    ):
        assert text in output.getvalue()


FOOTER = [
    ("Space", "show the answer"),
    *[("h", "hint"), ("u", "undo"), ("l", "later"), ("b", "bury"), ("s", "suspend"), ("e", "everything")],
    *[("?", "help"), ("q", "leave")],
]


@pytest.mark.parametrize(
    ("columns", "lines", "shown"),
    [
        (
            80,
            24,
            ["Space show the answer  h hint  u undo  l later  b bury  s suspend", "e everything  ? help  q leave"],
        ),
        (
            60,
            24,
            ["Space show the answer  h hint  u undo  l later  b bury", "s suspend  e everything  ? help  q leave"],
        ),
        (
            40,
            24,
            ["Space show the answer  h hint", "u undo  l later  b bury  s suspend", "e everything  ? help  q leave"],
        ),
        (
            *(20, 24),
            ["Space show the …", "h hint  u undo", "l later  b bury", "s suspend", "e everything", "? help  q leave"],
        ),
        (20, 10, ["Space show the …", "? help  q leave"]),
        (40, 8, ["Space show the answer  h hint", "u undo  l later  ? help  q leave"]),
        (5, 4, ["Space ", "? "]),
    ],
)
def test_a_footer_fills_the_lines_it_may_have_and_keeps_help_and_leaving(
    monkeypatch: pytest.MonkeyPatch, columns: int, lines: int, shown: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", str(lines))
    rows = prompts.footer_rows(FOOTER)
    assert ["  ".join(f"{name} {meaning}" for name, meaning in row) for row in rows] == shown


@pytest.mark.parametrize("columns", [20, 40, 60, 80])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("task", [*PICKED, *TYPED], ids=lambda task: task.form)
def test_no_footer_is_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: int, language: str, task: Task
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    activate(language)
    seen: list[str] = []
    window = prompts._grown

    def spied(fragments: Callable[[], Any]) -> Any:
        seen.extend("".join(text for _style, text in fragments()).splitlines())
        return window(fragments)

    monkeypatch.setattr(prompts, "_grown", spied)
    screen, _output = a_screen()
    with keyboard() as keys:
        keys.send_text("\x04")
        InteractiveStudy(screen).ask(a_question(task))
        keys.send_text("1")
        InteractiveStudy(screen).grade(a_marked(4, Verdict(1.0)))
    assert seen
    assert max(map(get_cwidth, seen)) <= columns


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("short", 40, "1  short"),
        ("a choice that needs two lines", 24, "1  a choice that\n      needs two lines"),
        ("漢字漢字漢字", 16, "1  漢字漢字\n      漢字"),
        ("x" * 12, 16, f"1  {'x' * 9}\n      xxx"),
    ],
)
def test_a_choice_is_folded_under_its_beginning(text: str, columns: int, shown: str) -> None:
    assert prompts._choice_text("1  ", text, columns, before=3) == shown


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
