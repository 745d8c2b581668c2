"""Whole sessions in a real pseudo-terminal, read as a person would read the screen."""

import os
import re
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import which

import pexpect
import pyte
import pytest

from quizdock.core.journal import Kind
from quizdock.store import open_store

COLUMNS, LINES = 80, 24


class Screen(pyte.Screen):
    """Answers when it is asked where the cursor is, as a terminal does."""

    def __init__(self, answer: Callable[[str], object]) -> None:
        self._answer = answer
        super().__init__(COLUMNS, LINES)

    def write_process_input(self, data: str) -> None:
        self._answer(data)


class Terminal:
    """A program on a screen of 80 by 24."""

    def __init__(self, arguments: list[str], home: Path, **environment: str) -> None:
        self.screen = Screen(self.send)
        self._stream = pyte.ByteStream(self.screen)
        self.program = pexpect.spawn(
            sys.executable,
            ["-m", "quizdock", "--home", str(home), *arguments],
            dimensions=(LINES, COLUMNS),
            timeout=20,
            env={
                **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
                "TERM": "xterm-256color",
                "LOGNAME": "ada",
                "QUIZDOCK_NOW": "2026-11-23T20:15",
                **environment,
            },
        )
        self.program.delaybeforesend = None

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, *seen: str | Callable[[str], bool]) -> str:
        """Read until the screen shows all these texts, or fulfils the conditions."""
        while not all(each in self.text if isinstance(each, str) else each(self.text) for each in seen):
            try:
                self._stream.feed(self.program.read_nonblocking(65536, timeout=20))
            except (pexpect.EOF, pexpect.TIMEOUT) as error:
                raise AssertionError(f"never seen: {seen}; the screen is:\n{self.text}") from error
        return self.text

    def send(self, keys: str) -> None:
        self.program.send(keys)

    def press(self, keys: str, *seen: str | Callable[[str], bool]) -> str:
        """Type on a screen that is wiped first, so that only what is drawn from now on counts: a whole new screen."""
        self.screen.erase_in_display(2)
        self.send(keys)
        return self.wait(*seen)

    def resize(self, columns: int, lines: int) -> None:
        self.screen.resize(lines, columns)
        self.screen.erase_in_display(2)
        self.program.setwinsize(lines, columns)

    def is_cooked(self) -> bool:
        """Whether lines can be edited and are echoed, as a shell expects."""
        flags = termios.tcgetattr(self.program.child_fd)[3]
        return bool(flags & termios.ECHO and flags & termios.ICANON)

    def end(self) -> int:
        """Read to the end; the exit code."""
        while True:
            try:
                self._stream.feed(self.program.read_nonblocking(65536, timeout=20))
            except pexpect.EOF:
                break
        return self.code()

    def hang_up(self) -> None:
        """Close the window, and wait for the program to end."""
        self.program.ptyproc.fileobj.close()
        os.waitpid(self.program.pid, 0)
        self.program.closed = self.program.ptyproc.closed = True

    def code(self) -> int:
        self.program.close()
        return int(self.program.exitstatus if self.program.exitstatus is not None else -1)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    content = tmp_path / "content"
    content.mkdir()
    (content / "small.toml").write_text(
        """
format = 1
deck = { id = "small", title = "Small", lang = "en" }

[[flashcard]]
id = "front"
front = "What is on the front?"
back = "The answer is on the back"

[[question]]
id = "choice"
ask = "Which of these is right?"
type = "choice"
answer = "the right one"
wrong = ["a wrong one"]
""",
        encoding="utf-8",
    )
    yield tmp_path


EVERY_KEY = """
format = 1
deck = { id = "keys", title = "Keys", lang = "en" }

[[flashcard]]
id = "front"
front = "What is on the front?"
back = "The answer is on the back"
hint = ["It has two sides", "Turn it"]

[[question]]
id = "choice"
ask = "Which of these is right?"
type = "choice"
answer = "the right one"
wrong = ["a wrong one"]

[[question]]
id = "ticks"
ask = "Which are vowels?"
type = "choices"
answer = ["aye", "ee"]
wrong = ["ex"]

[[question]]
id = "truth"
ask = "Is water wet?"
type = "boolean"
answer = true

[[question]]
id = "text"
ask = "Which command lists the running containers, and what is written on the line that is typed?"
type = "text"
answer = "docker ps"
hint = "It begins with d"
"""


@pytest.fixture
def keys(home: Path) -> Path:
    (home / "content" / "keys.toml").write_text(EVERY_KEY, encoding="utf-8")
    return home


def events(home: Path) -> list[tuple[str, str, int | None]]:
    """What the journal holds: the kind, the card, the grade."""
    with closing(open_store(home / "data" / "quizdock.db", "here")) as store:
        rows = store.database.rows(
            "SELECT event.kind, card.name, event.grade FROM event LEFT JOIN card ON card.id = event.card ORDER BY seq"
        )
        return [(Kind(kind).name, name, grade) for kind, name, grade in rows]


def test_every_key_of_a_session_does_what_the_footer_says(keys: Path) -> None:
    terminal = Terminal(["--lang", "en", "study", "keys"], keys)
    terminal.wait("Answer in your head", "begin")
    terminal.press(
        "\r", "What is on the front?", "show the answer", "5 left", "0 cards to repeat, 5 new ones", "q leave"
    )
    terminal.press("u", "There is nothing of today to take back.", "q leave")
    assert "Turn it" not in terminal.press("h", "Hint 1 of 2: It has two sides", "h hint", "q leave")
    assert "h hint" not in terminal.press("h", "Hint 2 of 2: Turn it", "q leave")
    terminal.press("h", "there is no other hint", "q leave")
    terminal.press(" ", "The answer is on the back", "0–5 grade", "q leave")
    terminal.press("u", "show the answer", "q leave")
    terminal.press(" ", "The answer is on the back", "q leave")
    terminal.press("4", "✓ Saved: 4, next in 1 d", "Which of these is right?", "4 left", "q leave")
    terminal.press("u", "↶ Grade 4 taken back: What is on the front?", "show the answer", "q leave")
    terminal.press("l", "Which of these is right?", "5 left", "q leave")

    terminal.press("e", "Which of these is right?", "scroll", "Enter back")
    terminal.press("q", "Which of these is right?", "q leave")
    terminal.press("?", "puts the card off", "5    easy", "Enter back")
    terminal.press("\r", "Which of these is right?", "q leave")
    terminal.press("0", "○ No answer", "Answer  the right one", "Proposed 0 (no answer)", "takes 0", "q leave")
    terminal.press("\r", "✓ Saved: 0, again today, then in 1 d", "Which are vowels?", "q leave")
    terminal.press("\r", "tick at least one")
    terminal.press("b", "Put off until tomorrow. u takes that back.", "Is water wet?", "q leave")
    terminal.press("s", "Suspended. u takes that back.", "Which command lists", "Your answer:", ":q leave")
    terminal.press(":u\r", "↶ No longer suspended: Is water wet?", "q leave")
    terminal.press("t", "✓ Right", "Proposed 4 (right)", "q leave")
    terminal.press("5", "✓ Saved: 5", "Which command lists", ":q leave")
    terminal.press(":h\r", "Hint 1 of 1: It begins with d", ":q leave")
    terminal.press(":h\r", "there is no other hint", ":q leave")

    terminal.send("dock")  # what stands already is not drawn again
    terminal.wait("› dock")
    terminal.resize(60, 20)
    shown = terminal.wait("› dock", "running containers, and what ", "Your answer:", "╯\n there is no other hint")
    assert {len(line) for line in shown.splitlines() if line[:1] in "╭│╰" and line} == {60}
    terminal.resize(80, 24)
    shown = terminal.wait(
        "› dock", "running containers, and what is written on", "Your answer:", "╯\n there is no other"
    )
    assert {len(line) for line in shown.splitlines() if line[:1] in "╭│╰" and line} == {80}
    terminal.press("er ps\r", "✓ Right", "Proposed 3 (right, with a hint)", "q leave")
    terminal.press("\r", "✓ Saved: 3, again today", "What is on the front?", "q leave")
    terminal.press(" ", "q leave")
    terminal.press("\r", "✓ Saved: 4", "Which of these is right?", "once more", "q leave")
    shown = terminal.text
    terminal.press("1" if "1  the right one" in shown else "2", "✓ Right", "today", "done", "q leave")
    terminal.press(" ", "Which command lists", "once more", ":q leave")
    terminal.press("docker ps\r", "✓ Right", "q leave")
    terminal.press("5", "4 reviews · 2 drills", "Done for today.", "undo the last answer")
    terminal.press("u", "↶ Grade 5 taken back: Which command lists", "Your answer:", ":q leave")
    terminal.press("docker ps\r", "✓ Right", "q leave")
    terminal.press("4", "4 reviews · 2 drills", "Done for today.", "undo the last answer")
    terminal.send("\r")
    assert terminal.end() == 0
    assert terminal.text.count("Done for today.") == 1
    assert events(keys) == [
        ("REVIEW", "front", 4),
        ("UNDO", "front", None),
        ("REVIEW", "choice", 0),
        ("BURY", "ticks", None),
        ("SUSPEND", "truth", None),
        ("UNDO", "truth", None),
        ("REVIEW", "truth", 5),
        ("REVIEW", "text", 3),
        ("REVIEW", "front", 4),
        ("DRILL", "choice", 4),
        ("DRILL", "text", 5),
        ("UNDO", "text", None),
        ("DRILL", "text", 4),
    ]


def test_the_whole_card_scrolls_where_the_screen_is_small(keys: Path) -> None:
    terminal = Terminal(["--lang", "en", "study", "keys", "--note", "text"], keys)
    terminal.wait("begin")
    terminal.resize(20, 8)
    terminal.wait("╰──────────────────╯", "Enter begin")
    terminal.press("\r", "Which command", "(e shows every", "Your answer:", "›")
    terminal.press(":e\r", "Which", "Enter back")
    terminal.send("\x1b[F")
    terminal.wait("line that is", "typed?", "new ─╯", "Enter back")
    terminal.send("\x1b[H")
    terminal.wait("1 left", "Which", "Enter back")
    terminal.press("\x1b", "Which command", "Your answer:", "›")
    terminal.resize(80, 24)
    terminal.wait("Which command lists the running", "Your answer:", "›")
    terminal.press("\x04", "1 card is left for today.")
    assert terminal.end() == 0


def answer_one(terminal: Terminal) -> None:
    """Through the welcome and the first card, to the second."""
    terminal.wait("begin")
    terminal.press("\r", "show the answer", "q leave")
    terminal.press(" ", "0–5 grade", "q leave")
    terminal.press("3", "✓ Saved: 3", "Which of these is right?", "q leave")


def test_ctrl_c_leaves_cleanly_with_everything_saved_and_says_so(home: Path) -> None:
    terminal = Terminal(["--lang", "en", "study", "small"], home)
    answer_one(terminal)
    shown = terminal.press("\x03", "Interrupted. Every answer shown as saved is saved.", "1 review · 0 drills")
    assert "Traceback" not in shown
    assert terminal.end() == 130
    assert events(home) == [("REVIEW", "front", 3)]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_ends_a_session_as_ctrl_c_does_and_leaves_the_terminal_as_it_was(
    home: Path, number: signal.Signals, code: int
) -> None:
    terminal = Terminal(["--lang", "en", "study", "small"], home)
    assert terminal.is_cooked()
    answer_one(terminal)
    assert not terminal.is_cooked()
    terminal.program.kill(number)
    terminal.wait("Interrupted. Every answer shown as saved is saved.")
    assert terminal.is_cooked()
    assert terminal.end() == code
    assert events(home) == [("REVIEW", "front", 3)]


@pytest.mark.parametrize(
    ("arguments", "seen"),
    [
        (["exam", "small", "--seed", "1"], "begin"),
        (["deck", "remove", "typed"], "Take"),
        (["explore", "typed/life"], "Type an event and press Enter."),
        pytest.param(
            *(["deck", "preview", "typed"], "typed/match"),
            marks=pytest.mark.skipif(which("less") is None, reason="what it tests is a pager"),
        ),
        (["deck", "new"], "Title of the deck:"),
        (["deck", "remove", "small"], "(y/n):"),
    ],
    ids=lambda each: " ".join(each[:2]) if isinstance(each, list) else "",
)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_whatever_is_open_and_leaves_the_terminal_as_it_was(
    home: Path, arguments: list[str], seen: str, number: signal.Signals, code: int
) -> None:
    if number == signal.SIGINT and "preview" in arguments:
        pytest.skip("a pager takes Ctrl-C for itself")
    (home / "content" / "typed.toml").write_text(EVERY_TYPED_FORM, encoding="utf-8")
    terminal = Terminal(["--lang", "en", *arguments], home, PAGER="less", LESS="-R")
    terminal.wait(seen, lambda _text: not terminal.is_cooked())
    for _ in range(2):  # the second one finds it closing
        terminal.program.kill(number)
    terminal.program.expect(pexpect.EOF)
    assert terminal.is_cooked()
    assert b"Traceback" not in terminal.program.before
    assert terminal.code() == code


def test_a_terminal_that_is_closed_ends_the_session_with_everything_saved(home: Path) -> None:
    terminal = Terminal(["--lang", "en", "study", "small"], home)
    answer_one(terminal)
    terminal.hang_up()
    assert events(home) == [("REVIEW", "front", 3)]


def test_an_exam_in_french_ends_with_its_result_and_the_mistakes(home: Path) -> None:
    terminal = Terminal(["--lang", "fr", "exam", "small", "--seed", "1"], home)
    terminal.wait(lambda text: "Entrée" in text)
    terminal.send("\r")
    shown = terminal.wait("Which of these is right?", "quitter")
    terminal.send("2\r" if "1  the right one" in shown else "1\r")
    terminal.wait("s rendre")
    terminal.send("s")
    terminal.wait("Résultat", "Entrée")
    terminal.send("\r")
    terminal.wait("a wrong one", "réviser les erreurs")
    terminal.send("\r")
    assert terminal.end() == 0


def test_a_screen_without_colour_carries_the_same_words(home: Path) -> None:
    terminal = Terminal(["--lang", "en"], home, NO_COLOR="1")
    terminal.wait(lambda text: "quizdock study" in text)
    assert "To repeat" in terminal.text
    assert terminal.end() == 0
    assert all(cell.fg == "default" for line in terminal.screen.buffer.values() for cell in line.values()), (
        "NO_COLOR is respected"
    )


EVERY_TYPED_FORM = """
format = 1
deck = { id = "typed", title = "Typed", lang = "en" }

[[question]]
id = "match"
ask = "Which part does what?"
type = "match"
pairs = [{ item = "namespaces", partner = "isolate" }, { item = "cgroups", partner = "limit" }]
wrong = ["encrypt"]

[[question]]
id = "order"
ask = "From the source to a running application:"
type = "order"
answer = ["write", "build", "run"]

[[list]]
id = "states"
title = "States"
members = ["created", "running", "paused"]
intruders = [{ text = "frozen", why = "One says paused." }]
derive = ["recall"]

[[machine]]
id = "life"
title = "Life"
states = ["CREATED", "RUNNING", "PAUSED"]
start = "CREATED"
transitions = [
    { from = "CREATED", event = "start", to = "RUNNING" },
    { from = "RUNNING", event = "pause", to = "PAUSED" },
    { from = "PAUSED", event = "unpause", to = "RUNNING" },
]
forbidden = [{ from = "CREATED", event = "pause", why = "Nothing runs yet." }]
paths = [{ from = "CREATED", to = "PAUSED" }]
derive = ["path"]
"""


def called(screen: str, text: str) -> str:
    """The letter or number that stands before a text on offer."""
    [name] = re.findall(rf"\b(\w)  {re.escape(text)}\b", screen)
    return str(name)


def test_a_match_an_order_a_list_and_a_path_are_typed(home: Path) -> None:
    (home / "content" / "typed.toml").write_text(EVERY_TYPED_FORM, encoding="utf-8")
    terminal = Terminal(["--lang", "en", "study", "typed"], home)

    terminal.wait("begin")
    terminal.send("\r")
    shown = terminal.wait(lambda text: "Which part does what?" in text and "I don't know" in text)
    assert "One letter for each entry, for example c b:" in shown
    terminal.send("a\r")
    shown = terminal.wait("type 2 letters, one for each entry", "› a")
    assert "› a" in shown, "what was refused may be corrected"
    terminal.send(f"\x15{called(shown, 'isolate')} {called(shown, 'encrypt')}\r")
    shown = terminal.wait(lambda text: "◐ Partly right: 50 %" in text and "0–5" in text)
    assert "cgroups → encrypt" in shown
    assert "cgroups → limit" in shown
    terminal.send("4")

    shown = terminal.wait(lambda text: "From the source" in text and "I don't know" in text)
    assert "The numbers in the right order, for example 2 3 1:" in shown
    terminal.send("".join(called(shown, step) for step in ("write", "build", "run")) + "\r")
    shown = terminal.wait(lambda text: "✓ Right" in text and "takes 4" in text)
    assert "write → build → run" in shown
    terminal.send("\r")

    terminal.wait(lambda text: "Name all 3" in text and "I don't know" in text)
    terminal.send("Running, frozen, pasued, created\r")
    shown = terminal.wait(lambda text: "◐ Partly right: 67 % (a typo was not counted)" in text and "0–5" in text)
    assert "3 of 3 named, 1 intruder." in shown
    assert "frozen — One says paused." in shown
    terminal.send("4")

    terminal.wait(lambda text: "lead from CREATED to PAUSED" in text and "I don't know" in text)
    terminal.send("pause, start\r")
    shown = terminal.wait(lambda text: "✗ Wrong" in text and "0–5" in text)
    assert "CREATED refuses “pause”." in shown
    assert "Nothing runs yet." in shown
    terminal.send("1")
    terminal.wait(lambda text: "once more" in text and "I don't know" in text)
    terminal.send("start, pause\r")
    terminal.wait(lambda text: "✓ Right" in text and "takes 4" in text)
    terminal.send("\r")
    terminal.wait("4 reviews · 1 drill", "undo the last answer")
    terminal.send("\r")
    assert terminal.end() == 0


def test_ctrl_c_leaves_a_half_typed_answer_cleanly(home: Path) -> None:
    (home / "content" / "typed.toml").write_text(EVERY_TYPED_FORM, encoding="utf-8")
    terminal = Terminal(["--lang", "fr", "study", "typed"], home, NO_COLOR="1")
    terminal.wait("commencer")
    terminal.send("\r")
    terminal.wait("Which part does what?", "je ne sais pas")
    terminal.send("a b")
    terminal.wait(lambda text: "› a b" in text)
    terminal.send("\x03")
    shown = terminal.wait(lambda text: "interrompue" in text)
    assert "Traceback" not in shown
    assert terminal.end() == 130


WRITTEN = """
format = 1
deck = { id = "written", title = "Written", lang = "en" }

[[question]]
id = "typed"
ask = "Which command lists the running containers?"
type = "text"
answer = "docker ps"
"""


def test_a_two_minute_exam_ends_by_itself_at_the_deadline_with_what_was_typed(home: Path) -> None:
    """It is left at once and gone on with when 1:55 have passed, so that the test need not wait so long."""
    (home / "content" / "written.toml").write_text(WRITTEN, encoding="utf-8")
    begun = Terminal(["--lang", "en", "exam", "written", "--minutes", "2"], home, QUIZDOCK_NOW="2026-11-23T20:15:00")
    begun.wait("You have 2 minutes", "not now")
    begun.send("\r")
    begun.wait("Which command lists", "1:59 left")
    begun.send("\x03")
    begun.wait("You left exam No. 1 with 0 of 1 question answered.", "The clock goes on")
    assert begun.end() == 130
    terminal = Terminal(["--lang", "en", "exam", "--resume"], home, QUIZDOCK_NOW="2026-11-23T20:16:55")
    terminal.wait("You go on with exam No. 1", "the clock went on while you were away", "not now")
    terminal.send("\r")
    terminal.wait("Which command lists", "left")
    terminal.send("docker ps")
    terminal.wait("docker ps", "0:01 left")
    terminal.wait("The time is up.", "Score: 1 of 1, 100 %: passed")
    assert terminal.end() == 0


def test_an_exam_that_is_left_is_asked_about_and_goes_on_where_it_was(home: Path) -> None:
    (home / "content" / "written.toml").write_text(WRITTEN, encoding="utf-8")
    terminal = Terminal(["--lang", "en", "exam", "small", "written", "--seed", "1"], home)
    terminal.wait("2 questions", "not now")
    terminal.send("\r")
    terminal.wait("Which", "leave")
    typed = "Which command" in terminal.text
    terminal.send(":q\r" if typed else "q")
    terminal.wait("Leave? Every answer is saved", "stay")
    terminal.press("\r", "Which", "leave")
    terminal.send("docker ps\r" if typed else "1\r")
    terminal.wait(lambda text: ("Which of these" if typed else "Which command") in text)
    terminal.hang_up()
    again = Terminal(["--lang", "en", "exam", "--resume"], home)
    again.wait("1 of 2 questions are answered", "not now")
    again.send("\r")
    again.wait(lambda text: ("Which of these" if typed else "Which command") in text)
    again.send("\x03")
    assert again.end() == 130
