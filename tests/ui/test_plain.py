"""The plain askers: lines out, lines in."""

import io
from collections.abc import Callable
from typing import Any

import pytest

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
    Given,
    Listing,
    Match,
    Number,
    Option,
    Order,
    Ordered,
    Pair,
    Path,
    Recall,
    Task,
    Text,
    Verdict,
)
from quizdock.core.journal import Kind
from quizdock.core.machine import Transition
from quizdock.core.message import msg
from quizdock.core.settings import GradeKeys
from quizdock.core.sm2 import Schedule
from quizdock.ui.plain import PlainStudy

Ask = Callable[..., Question]
Mark = Callable[..., Marked]

CHOICE = Choice((Option("one"), Option("two", right=True), Option("three")))
CHOICES = Choices((Option("a", right=True), Option("b", right=True), Option("c")))
LISTING = Listing((("one",), ("two",)))
MATCH = Match((Pair("x", "ex"), Pair("y", "why")), (Option("more"),))
ORDER = Order(("first", "second", "third"))
PATH = Path("OFF", "ON", (Transition("OFF", "press", "ON"), Transition("ON", "kick", "OFF")))
VI = Command((":q", ":quit"))
PICKED: list[Task] = [Recall("x"), CHOICE, CHOICES, Boolean(True)]
TYPED: list[Task] = [Text(("docker ps",)), Number("5"), Command(("ls",)), LISTING, MATCH, ORDER, PATH]
FORMS = [*PICKED, *TYPED]
GRADES = (
    "Grade (0 blank today, 1 d; 1 wrong today, 1 d; 2 almost today, 1 d; 3 hard today, 6 d; 4 good 1 mo; 5 easy 1.1 y)"
)
FOUR = "Grade (1 again today, 1 d; 2 hard today, 6 d; 3 good 1 mo; 4 easy 1.1 y)"

ORDER_PROMPT = "The numbers in the right order, for example 2 3 1:"
MATCH_PROMPT = "One letter for each entry, for example c b:"
PATH_PROMPT = "The events in order, by number or by name, with commas between them:"


class Talk:
    """An asker whose learner types these lines, and all that it prints."""

    def __init__(self, typed: str = "", grade_keys: GradeKeys = "six") -> None:
        self.sink = io.StringIO()
        self.study = PlainStudy(io.StringIO(typed), self.sink, grade_keys)

    @property
    def lines(self) -> list[str]:
        return self.sink.getvalue().splitlines()


@pytest.mark.parametrize(
    ("task", "typed", "reply"),
    [
        (Recall("x"), "", Response(None)),
        (Recall("x"), "anything", Response(None)),
        (CHOICE, "1", Response(0)),
        (CHOICE, "  3 ", Response(2)),
        (CHOICE, "3", Response(2)),
        (CHOICES, "1 3", Response([0, 2])),
        (CHOICES, "3,1", Response([2, 0])),
        (Boolean(True), "t", Response(True)),
        (Boolean(False), "1", Response(True)),
        (Boolean(True), "2", Response(False)),
        (Boolean(True), "Vrai", Response(True)),
        (Boolean(True), "oui", Response(True)),
        (Boolean(True), "F", Response(False)),
        (Boolean(True), "non", Response(False)),
        (Text(("x",)), " docker  ps ", Response("docker  ps")),
        (Text(("x",)), "", Response("")),
        (Text(("x",)), "q", Response("q")),
        (Text(("?",)), "?", Response("?")),
        (Number("5"), " 1 234,5 Mo ", Response("1 234,5 Mo")),
        (Number("5"), "", Response("")),
        (Command(("ls",)), "ls  -l 'a b'", Response("ls  -l 'a b'")),
        (LISTING, "one, two", Response(["one", "two"])),
        (LISTING, "one; two, or three", Response(["one", "two", "or three"])),
        (LISTING, "", Response([])),
        (MATCH, "c a", Response([2, 0])),
        (MATCH, "2a 1c", Response([2, 0])),
        (MATCH, "", Response([])),
        (ORDER, "312", Response([2, 0, 1])),
        (ORDER, "3 1 2", Response([2, 0, 1])),
        (ORDER, "", Response([])),
        (PATH, "1 2 1", Response(["press", "kick", "press"])),
        (PATH, "Press, kick", Response(["press", "kick"])),
        (PATH, "", Response([])),
    ],
)
def test_a_line_is_the_response_to_each_form(question: Ask, task: Task, typed: str, reply: Reply) -> None:
    assert Talk(typed + "\n").study.ask(question(task)) == reply


COMMANDS: list[tuple[str, Reply]] = [
    ("u", Undo()),
    ("l", Skip()),
    ("b", Bury()),
    ("s", Suspend()),
    ("h", Hint()),
    ("0", DontKnow()),
    ("q", Quit()),
]


@pytest.mark.parametrize("task", FORMS, ids=lambda task: task.form)
@pytest.mark.parametrize(("letter", "reply"), COMMANDS)
def test_a_command_is_heard_at_every_question(question: Ask, task: Task, letter: str, reply: Reply) -> None:
    assert Talk(f":{letter}\n").study.ask(question(task)) == reply
    assert Talk(f" :{letter.upper()} \n").study.ask(question(task)) == reply


@pytest.mark.parametrize("task", PICKED, ids=lambda task: task.form)
@pytest.mark.parametrize(("letter", "reply"), COMMANDS)
def test_a_command_needs_no_colon_where_no_text_is_typed(question: Ask, task: Task, letter: str, reply: Reply) -> None:
    assert Talk(f"{letter}\n").study.ask(question(task)) == reply
    assert Talk(f"{letter.upper()}\n").study.ask(question(task)) == reply


@pytest.mark.parametrize("task", TYPED, ids=lambda task: task.form)
def test_a_letter_is_an_answer_or_a_refusal_where_something_is_typed(question: Ask, task: Task) -> None:
    assert Talk("u\n:l\n").study.ask(question(task)) in (Response("u"), Response(["u"]), Skip())


HELP = [
    ":h shows a hint, :0 the answer when you do not know it; :u takes the last answer back.",
    ":l puts the card off to the end, :b until tomorrow; :s asks it no more; :q leaves. All is saved.",
    "Where nothing is typed, the letters alone will do.",
]


COLONS = "An answer that begins with a colon is typed with two: ::q answers “:q”."


@pytest.mark.parametrize("typed", [":?", "?"])
@pytest.mark.parametrize(
    ("task", "prompt", "more"),
    [(ORDER, ORDER_PROMPT, [COLONS]), (Recall("x"), "Press Enter to see the answer.", [])],
)
def test_help_says_every_command_and_the_prompt_comes_again(
    question: Ask, task: Task, prompt: str, more: list[str], typed: str
) -> None:
    talk = Talk(f"{typed}\n:q\n")
    assert talk.study.ask(question(task)) == Quit()
    assert talk.lines[-5 - len(more) :] == [prompt, *HELP, *more, prompt]


@pytest.mark.parametrize("task", [VI, Text((":q",))], ids=lambda task: task.form)
def test_an_answer_that_is_spelt_like_a_command_is_typed_with_two_colons(question: Ask, task: Task) -> None:
    assert Talk("::q\n").study.ask(question(task)) == Response(":q")


def test_a_command_that_there_is_not_is_refused_and_not_marked(question: Ask) -> None:
    talk = Talk(":x\n:w\n")
    assert talk.study.ask(question(Text((":w",)))) == Response(":w"), "what is right needs no second colon"
    assert talk.lines[-2:] == ["there is no command :x; :? lists them", "Your answer:"]


def test_help_at_a_grade_says_every_command_and_the_prompt_comes_again(marked: Mark) -> None:
    talk = Talk("?\n4\n")
    assert talk.study.grade(marked(CHOICE, None, None, None)) == Graded(4)
    assert talk.lines[-5:] == [f"{GRADES}:", *HELP, f"{GRADES}:"]


def test_a_hint_is_told_by_its_number_without_the_question_once_more(question: Ask) -> None:
    talk = Talk(":0\n")
    hints = ("It has two sides", "Turn it\nover")
    assert talk.study.ask(question(Recall("x"), hints=hints, shown=2)) == DontKnow()
    assert talk.lines == ["Hint 2 of 2: Turn it", "over", "Press Enter to see the answer."]


@pytest.mark.parametrize(
    ("task", "typed", "refusal", "prompt"),
    [
        (ORDER, "1 2", "type the 3 numbers in the right order, for example 2 3 1", ORDER_PROMPT),
        (MATCH, "q q", "type 2 letters, one for each entry, for example c b", MATCH_PROMPT),
        (PATH, "knock", "there is no event “knock”; did you mean kick?", PATH_PROMPT),
        (PATH, "\x1b[2J", "there is no event “\ufffd[2J”: type numbers from 1 to 2", PATH_PROMPT),
        (CHOICE, "two", "type a number from 1 to 3", "Your choice, 1 to 3:"),
        (CHOICE, "", "type a number from 1 to 3", "Your choice, 1 to 3:"),
        (CHOICE, "00", "type a number from 1 to 3", "Your choice, 1 to 3:"),
        (CHOICE, "4", "type a number from 1 to 3", "Your choice, 1 to 3:"),
        (CHOICES, "", "type numbers from 1 to 3, with spaces between them", "Your choices, for example 1 3:"),
        (CHOICES, "1 4", "type numbers from 1 to 3, with spaces between them", "Your choices, for example 1 3:"),
        (CHOICE, "1.5", "type a number from 1 to 3", "Your choice, 1 to 3:"),
        (CHOICE, "9" * 5000, "type a number from 1 to 3", "Your choice, 1 to 3:"),
        (CHOICES, "1 b", "type numbers from 1 to 3, with spaces between them", "Your choices, for example 1 3:"),
        (Boolean(True), "perhaps", "answer t for true or f for false", "True or false (t/f, or 1/2):"),
        (Boolean(True), "", "answer t for true or f for false", "True or false (t/f, or 1/2):"),
        (Boolean(True), ":x", "answer t for true or f for false", "True or false (t/f, or 1/2):"),
    ],
)
def test_what_is_no_answer_is_refused_and_the_prompt_comes_again(
    question: Ask, task: Task, typed: str, refusal: str, prompt: str
) -> None:
    talk = Talk(f"{typed}\n{typed}\n:l\n")
    assert talk.study.ask(question(task)) == Skip()
    assert talk.lines[-5:] == [prompt, refusal, prompt, refusal, prompt]


@pytest.mark.parametrize("task", FORMS, ids=lambda task: task.form)
def test_the_end_of_input_leaves_at_every_prompt(question: Ask, marked: Mark, task: Task) -> None:
    assert Talk().study.ask(question(task)) == Quit()
    assert Talk().study.grade(marked(task, None, None, None)) == Quit()
    assert Talk().study.grade(marked(task, None, Verdict(1.0), 4)) == Quit()


def test_a_last_line_needs_no_line_end(question: Ask) -> None:
    assert Talk("2").study.ask(question(CHOICE)) == Response(1)


@pytest.mark.parametrize(
    ("keys", "status"), [({"new": True}, "new"), ({"drill": True}, "once more"), ({}, "repetition")]
)
def test_a_question_shows_its_place_its_prompt_and_its_choices(
    question: Ask, keys: dict[str, bool], status: str
) -> None:
    talk = Talk()
    talk.study.ask(question(CHOICE, **keys))
    assert talk.lines == [
        "",
        f"[2 left] The deck › The topic ({status})",
        "Title",
        "Ask?",
        "  1) one",
        "  2) two",
        "  3) three",
        "Your choice, 1 to 3:",
    ]


@pytest.mark.parametrize(
    ("task", "shown"),
    [
        (Number("5"), ["Your answer:"]),
        (Command(("ls",)), ["Your answer:"]),
        (LISTING, ["Your answers, with commas between them:"]),
        (MATCH, ["  1) x", "  2) y", "  a) ex", "  b) why", "  c) more", MATCH_PROMPT]),
        (ORDER, ["  1) first", "  2) second", "  3) third", ORDER_PROMPT]),
        (PATH, ["  1) press", "  2) kick", PATH_PROMPT]),
    ],
)
def test_each_typed_form_shows_what_is_named_and_how_to_type_it(question: Ask, task: Task, shown: list[str]) -> None:
    talk = Talk()
    talk.study.ask(question(task))
    assert talk.lines[4:] == shown


@pytest.mark.parametrize(
    ("task", "given", "verdict", "lines"),
    [
        (
            Number("5", units=("Mo",)),
            "5 Ko",
            Verdict(0.0, detail=msg("the unit is {right}, not “{unit}”", right="Mo", unit="Ko")),
            ["Wrong", "The unit is Mo, not “Ko”.", "Answer: 5\u00a0Mo"],
        ),
        (
            LISTING,
            ("one", "nought"),
            Verdict(0.0, why="nought: none.", detail=msg("{named} of {count} named", named=1, count=2)),
            ["Wrong", "1 of 2 named.", "nought: none.", "Answer: one, two"],
        ),
        (
            MATCH,
            (Pair("x", "ex"), Pair("y", "more")),
            Verdict(0.5),
            ["Partly right: 50 %", "Answer: ", "x → ex", "y → why"],
        ),
        (ORDER, Ordered(), Verdict(0.0), ["No answer", "Answer: first → second → third"]),
        (
            PATH,
            Ordered(("kick",)),
            Verdict(0.0, why="It is off.", detail=msg("{state} refuses “{event}”", state="OFF", event="kick")),
            ["Wrong", "OFF refuses “kick”.", "It is off.", "Answer: press"],
        ),
    ],
)
def test_a_verdict_tells_what_was_missing_before_the_answer(
    marked: Mark, task: Task, given: Given, verdict: Verdict, lines: list[str]
) -> None:
    talk = Talk()
    talk.study.grade(marked(task, given, verdict, 1))
    assert talk.lines == [*lines, f"{GRADES}. Enter takes 1 (wrong):"]


def test_a_drawing_is_left_out_since_the_question_says_it_in_words(question: Ask) -> None:
    talk = Talk()
    talk.study.ask(question(Recall("x"), drawing=Drawing(" A -go-> BEE", ("A",), ("BEE",))))
    assert talk.lines[2:] == ["Title", "Ask?", "Press Enter to see the answer."]


def test_on_a_terminal_the_answer_is_typed_behind_the_prompt(question: Ask) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    sink = io.StringIO()
    PlainStudy(Terminal("x\n"), sink).ask(question(Text(("x",))))
    assert sink.getvalue().endswith("\nAsk?\nYour answer: ")


@pytest.mark.parametrize(
    ("proposed", "typed", "decision"),
    [
        (None, "0", Graded(0)),
        (None, " 5 ", Graded(5)),
        (4, "", Graded(4)),
        (4, "1", Graded(1)),
        (None, "u", Undo()),
        (None, ":l", Skip()),
        (None, "b", Bury()),
        (None, ":S", Suspend()),
        (None, "q", Quit()),
    ],
)
def test_a_line_is_the_grade(marked: Mark, proposed: int | None, typed: str, decision: Decision) -> None:
    assert Talk(typed + "\n").study.grade(marked(CHOICE, "two", None, proposed)) == decision


@pytest.mark.parametrize(
    ("proposed", "typed", "decision"),
    [
        *((None, str(key), Graded(grade)) for key, grade in ((1, 1), (2, 3), (3, 4), (4, 5))),
        (4, "", Graded(4)),
        (3, "", Graded(3)),
        (2, "", Graded(1)),
        (0, "", Graded(1)),
    ],
)
def test_four_keys_grade_and_enter_takes_the_nearest_of_them(
    marked: Mark, proposed: int | None, typed: str, decision: Decision
) -> None:
    assert Talk(typed + "\n", "four").study.grade(marked(CHOICE, "two", Verdict(1.0), proposed)) == decision


def test_four_keys_are_told_with_their_own_names_and_limits(marked: Mark) -> None:
    talk = Talk("5\n0\n4\n", "four")
    assert talk.study.grade(marked(CHOICE, "one", Verdict(0.0), 0)) == Graded(5)
    prompt, refusal = f"{FOUR}. Enter takes 1 (no answer):", "a grade is a number from 1 to 4"
    assert talk.lines == ["Wrong", "Answer: two", prompt, refusal, prompt, refusal, prompt]


def test_the_grades_of_a_drill_say_whether_it_comes_again(marked: Mark) -> None:
    talk = Talk()
    talk.study.grade(marked(Recall("x"), None, None, None, drill=True))
    drill = "0 blank today; 1 wrong today; 2 almost today; 3 hard today; 4 good done; 5 easy done"
    assert talk.lines[-1] == f"Grade ({drill}):"


@pytest.mark.parametrize("typed", ["6", "-1", "good", "", "4.0", "44", "٤"])
def test_what_is_no_grade_is_refused_and_asked_again(marked: Mark, typed: str) -> None:
    talk = Talk(f"{typed}\n3\n")
    assert talk.study.grade(marked(Recall("x"), None, None, None)) == Graded(3)
    assert talk.lines[-3:] == [f"{GRADES}:", "a grade is a number from 0 to 5", f"{GRADES}:"]


@pytest.mark.parametrize(
    ("given", "verdict", "grade", "lines"),
    [
        (None, None, None, ["Answer: two", "Because.", "So.", f"{GRADES}:"]),
        ("two", Verdict(1.0), 4, ["Right", "Answer: two", "Because.", "So.", f"{GRADES}. Enter takes 4 (right):"]),
        (
            "one",
            Verdict(0.0, why="One is too few."),
            1,
            ["Wrong", "One is too few.", "Answer: two", "Because.", "So.", f"{GRADES}. Enter takes 1 (wrong):"],
        ),
    ],
)
def test_the_answer_comes_with_its_verdict_and_its_reasons(
    marked: Mark, given: str | None, verdict: Verdict | None, grade: int | None, lines: list[str]
) -> None:
    talk = Talk()
    talk.study.grade(marked(CHOICE, given, verdict, grade, explain="Because.\nSo."))
    assert talk.lines == lines


COMMANDS_TOLD = "At any question: :u undoes, :l puts off, :q leaves, :? says what else."


def saved(interval: int, *, again_today: bool) -> Saved:
    return Saved("deck/note", 3, Schedule(1, interval, 236, 0), drill=False, again_today=again_today)


@pytest.mark.parametrize(
    ("tell", "lines"),
    [
        (lambda study: study.saved(saved(6, again_today=False)), ["Saved: 3, next in 6 d"]),
        (lambda study: study.saved(saved(1, again_today=True)), ["Saved: 3, again today, then in 1 d"]),
        (
            lambda study: study.saved(Saved("deck/note", 4, None, drill=True, again_today=False)),
            ["Noted: 4, no schedule moved"],
        ),
        (
            lambda study: study.undone(TakenBack("deck/note", "Title\nAsk?", Kind.REVIEW, 3)),
            ["Grade 3 taken back: Ask?"],
        ),
        (
            lambda study: study.undone(TakenBack("deck/note", "Ask?", Kind.SUSPEND, None)),
            ["No longer suspended: Ask?"],
        ),
        (lambda study: study.undone(None), ["There is nothing of today to take back."]),
        (
            lambda study: study.set_aside("deck/note", Suspend()),
            ["Suspended: deck/note. To ask it again: quizdock card resume deck/note"],
        ),
        (lambda study: study.set_aside("deck/note", Bury()), ["Put off until tomorrow: deck/note"]),
        (
            lambda study: study.refuse(msg("choose one of the {count} choices", count=3)),
            ["choose one of the 3 choices"],
        ),
        (
            lambda study: study.open(Opening("alice", 739_943, 0, 1)),
            [
                "alice · 2026-11-23 · 0 cards to repeat, 1 new",
                COMMANDS_TOLD,
            ],
        ),
        (
            lambda study: study.open(Opening("alice", 739_943, 0, 3, first=True)),
            [
                "alice · 2026-11-23 · 0 cards to repeat, 3 new ones",
                "Answer in your head or with the keys; then grade yourself, honestly: nobody else sees it.",
                "1: I did not know. 3: with trouble. 4: I knew. 5: at once."
                " The better you knew it, the later it comes back.",
                "What you did not know comes back today until you do. A few minutes every day are enough.",
                COMMANDS_TOLD,
            ],
        ),
        (
            lambda study: study.open(Opening("alice", 739_943, 0, 0, first=True)),
            ["alice · 2026-11-23 · 0 cards to repeat, 0 new ones"],
        ),
        (
            lambda study: study.open(Opening("alice", 739_943, 2, 1, mode="cram")),
            ["alice · 2026-11-23 · 3 cards · cramming: no schedule moves", COMMANDS_TOLD],
        ),
        (
            lambda study: study.open(Opening("alice", 739_943, 0, 0)),
            ["alice · 2026-11-23 · 0 cards to repeat, 0 new ones"],
        ),
        (
            lambda study: study.close(Closing(1, 0, 9, left=0, due_tomorrow=1, new_waiting=0)),
            ["", "1 review · 0 drills · 0:09", "Done for today.", "Tomorrow: 1 card due."],
        ),
    ],
)
def test_a_session_says_what_happens(tell: Callable[[PlainStudy], Any], lines: list[str]) -> None:
    talk = Talk()
    tell(talk.study)
    assert talk.lines == lines


def test_the_welcome_names_the_four_keys_where_there_are_four() -> None:
    talk = Talk(grade_keys="four")
    talk.study.open(Opening("alice", 739_943, 0, 3, first=True))
    assert talk.lines[2].startswith("1: I did not know. 2: with trouble. 3: I knew. 4: at once.")


LEECH = Leech("deck/note", "Title\nAsk?", 8, "/decks/deck.toml", 12)


@pytest.mark.parametrize(
    ("typed", "decision"),
    [("\n", Keep()), ("s\n", Suspend()), (":S\n", Suspend()), ("k\n", Keep()), ("", Keep())],
)
def test_a_leech_is_kept_unless_it_is_suspended(typed: str, decision: Keep | Suspend) -> None:
    assert Talk(typed).study.leech(LEECH) == decision


def test_a_leech_is_told_with_its_lapses_its_question_and_its_place() -> None:
    talk = Talk()
    talk.study.leech(LEECH)
    assert talk.lines == [
        "This card does not stick: forgotten 8 times.",
        "Ask?",
        "It may ask too much at once, or be too much like another. A better card costs less than one more repetition.",
        "It is written in /decks/deck.toml:12",
        "Enter keeps it; s suspends it:",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("\n", Quit()), ("u\n", Undo()), (":u\n", Undo()), (" U \n", Undo()), ("q\n", Quit()), ("", Quit())],
)
def test_the_end_asks_whether_the_last_answer_is_taken_back(typed: str, said: Undo | Quit) -> None:
    talk = Talk(typed)
    assert talk.study.finish(Closing(1, 0, 9, left=0, due_tomorrow=1, new_waiting=0)) == said
    assert talk.lines == ["Nothing is left. Enter ends the session; u takes the last answer back:"]
