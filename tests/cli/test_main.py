"""The entry point: help, usage errors, exit codes, and streams that are closed or full."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import quizdock as package
from quizdock.cli.main import run
from quizdock.cli.signals import ended_by_signals

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def quizdock(anew: Run) -> Run:
    """In a home where QuizDock has never been started."""
    return anew


COMMANDS = [
    *("study", "undo", "exam", "due", "scores", "stats", "explore", "simulate", "deck", "card", "learner"),
    *("export", "import", "settings"),
    *("backup", "restore", "rebuild", "doctor", "where"),
]
WRITERS = ["", "--help", "deck list", "study small --plain", "study small --json"]


def a_shell_runs(words: str, redirection: str) -> CompletedProcess[str]:
    """The command line as a process whose streams a shell has redirected."""
    program = f'exec "$0" -m quizdock {words} {redirection}'
    return subprocess.run(
        ["/bin/sh", "-c", program, sys.executable],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "QUIZDOCK_LANG": "en"},
        timeout=30,
        check=False,
    )


def test_the_version_is_printed(quizdock: Run) -> None:
    ended = quizdock("--version")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"quizdock {package.__version__}\n", "")


def test_help_lists_every_command(quizdock: Run) -> None:
    ended = quizdock("--help")
    assert (ended.returncode, ended.stderr) == (0, "")
    listed = ended.stdout.partition("Commands:\n")[2]
    assert [line.split()[0] for line in listed.splitlines()] == COMMANDS
    assert "  --home DIR      The folder with content/ and data/.\n" in ended.stdout
    assert quizdock("-h").stdout == ended.stdout


@pytest.mark.parametrize(
    ("words", "usage"),
    [
        ("study", "Usage: quizdock study [OPTIONS] [DECK]..."),
        ("undo", "Usage: quizdock undo [OPTIONS]"),
        ("exam", "Usage: quizdock exam [OPTIONS] [DECK]..."),
        ("due", "Usage: quizdock due [OPTIONS] [DECK]..."),
        ("scores", "Usage: quizdock scores [OPTIONS] [DECK]..."),
        ("stats", "Usage: quizdock stats [OPTIONS] [DECK]..."),
        ("explore", "Usage: quizdock explore [OPTIONS] [MACHINE]"),
        ("simulate", "Usage: quizdock simulate [OPTIONS] [GRADE]..."),
        ("deck", "Usage: quizdock deck [OPTIONS] COMMAND [ARGS]..."),
        ("deck list", "Usage: quizdock deck list [OPTIONS]"),
        ("deck check", "Usage: quizdock deck check [OPTIONS] [FILE|DECK]..."),
        ("card", "Usage: quizdock card [OPTIONS] COMMAND [ARGS]..."),
        ("card list", "Usage: quizdock card list [OPTIONS] [DECK]..."),
        ("card show", "Usage: quizdock card show [OPTIONS] CARD"),
        ("card history", "Usage: quizdock card history [OPTIONS] CARD"),
        ("card suspend", "Usage: quizdock card suspend [OPTIONS] [CARD]..."),
        ("card relink", "Usage: quizdock card relink [OPTIONS] OLD [NEW]"),
        ("learner", "Usage: quizdock learner [OPTIONS] COMMAND [ARGS]..."),
        ("learner list", "Usage: quizdock learner list [OPTIONS]"),
        ("learner add", "Usage: quizdock learner add [OPTIONS] NAME"),
        ("learner remove", "Usage: quizdock learner remove [OPTIONS] NAME"),
        ("export", "Usage: quizdock export [OPTIONS] [FILE]"),
        ("import", "Usage: quizdock import [OPTIONS] FILE"),
        ("settings", "Usage: quizdock settings [OPTIONS] [COMMAND] [ARGS]..."),
        ("settings set", "Usage: quizdock settings set [OPTIONS] KEY VALUE"),
        ("backup", "Usage: quizdock backup [OPTIONS] [FILE]"),
        ("restore", "Usage: quizdock restore [OPTIONS] [COPY]"),
        ("rebuild", "Usage: quizdock rebuild [OPTIONS]"),
        ("doctor", "Usage: quizdock doctor [OPTIONS]"),
        ("where", "Usage: quizdock where [OPTIONS]"),
    ],
)
def test_every_command_has_help(quizdock: Run, home: Path, words: str, usage: str) -> None:
    for option in ("--help", "-h"):
        ended = quizdock(*words.split(), option)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.splitlines()[0] == usage
    assert not (home / "data").exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("stduy", "Error: No such command 'stduy'."),
        ("--nope", "Error: No such option '--nope'."),
        ("study --nope", "Error: No such option '--nope'."),
        ("study --new x", "Error: Invalid value for '--new': 'x' is not a valid integer range."),
        ("study --new -1", "Error: Invalid value for '--new': -1 is not in the range 0<=x<=100000."),
        ("study --limit 100001", "Error: Invalid value for '--limit': 100001 is not in the range 0<=x<=100000."),
        ("study --topic", "Error: Option '--topic' requires an argument."),
        ("study --minutes 0", "Error: Invalid value for '--minutes': 0 is not in the range 1<=x<=1440."),
        ("study --ahead 0", "Error: Invalid value for '--ahead': 0 is not in the range 1<=x<=3650."),
        ("study --ahead", "Error: Option '--ahead' requires an argument."),
        ("study --cram --mistakes", "Error: --cram, --ahead and --mistakes do not go together: choose one"),
        ("study --ahead 3 --cram", "Error: --cram, --ahead and --mistakes do not go together: choose one"),
        ("study --mistakes --ahead 3", "Error: --cram, --ahead and --mistakes do not go together: choose one"),
        ("study --mistakes --ahead 3 --cram", "Error: --cram, --ahead and --mistakes do not go together: choose one"),
        ("exam -n 0", "Error: Invalid value for '-n' / '--questions': 0 is not in the range 1<=x<=1000."),
        ("exam --seed -1", "Error: Invalid value for '--seed': -1 is not in the range 0<=x<=2147483647."),
        ("exam --pass 100.5", "Error: Invalid value for '--pass': 100.5 is not in the range 0<=x<=100."),
        ("exam --pass nan", "Error: Invalid value for '--pass'"),
        ("where now", "Error: Got unexpected extra argument (now)"),
        ("deck lsit", "Error: No such command 'lsit'."),
        ("learner add", "Error: Missing argument 'NAME'."),
        ("--lang de where", "Error: Invalid value for '--lang': 'de' is not one of 'en', 'fr'."),
        ("where --lang de", "Error: Invalid value for '--lang': 'de' is not one of 'en', 'fr'."),
    ],
)
def test_wrong_usage_is_explained_on_stderr_and_exits_with_2(
    quizdock: Run, home: Path, words: str, reason: str
) -> None:
    ended = quizdock(*words.split())
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.splitlines()[-1].startswith(reason)
    assert not (home / "data").exists()


@pytest.mark.parametrize("group", ["deck", "card", "learner"])
def test_a_group_without_a_command_shows_its_help_on_stderr_and_exits_with_2(quizdock: Run, group: str) -> None:
    ended = quizdock(group)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"Usage: quizdock {group} [OPTIONS] COMMAND [ARGS]...\n")
    assert "  list" in ended.stderr


def test_an_error_is_one_line_and_a_hint_on_stderr_and_exits_with_1(quizdock: Run) -> None:
    ended = quizdock("study", "smal")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no deck called smal\nDid you mean small?\n"


def test_the_module_and_the_installed_program_are_the_same(process: Run, home: Path) -> None:
    installed = Path(sys.executable).with_name("quizdock")
    by_name = subprocess.run([installed, "where", "--json"], capture_output=True, encoding="utf-8", check=True)
    by_module = process("where", "--json")
    assert json.loads(by_name.stdout)["home"] == str(home)
    assert by_module.stdout == by_name.stdout


def test_the_process_exits_with_the_same_codes(process: Run) -> None:
    assert process("due").returncode == 0
    assert process("due", "smal").returncode == 1
    assert process("due", "--nope").returncode == 2


@pytest.mark.parametrize("words", WRITERS)
def test_a_reader_that_left_early_is_no_error(home: Path, words: str) -> None:
    """As in `quizdock deck list | true`, whatever the pipe's timing."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "quizdock", *words.split()],
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=30,
            check=False,
        )
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("words", ["study small", "study small --plain", "study small --json", "exam small"])
def test_a_closed_stdin_is_the_end_of_input(home: Path, words: str) -> None:
    ended = a_shell_runs(words, "<&-")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "done" in ended.stdout or "left" in ended.stdout


@pytest.mark.parametrize("words", ["", "due", "study small --plain", "study small --json", "exam small"])
def test_a_closed_stdout_is_no_traceback(home: Path, words: str) -> None:
    assert "Traceback" not in a_shell_runs(words, ">&-").stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("words", ["", "due", "study small --plain", "study small --json"])
def test_a_full_disk_under_stdout_is_one_message(home: Path, words: str) -> None:
    ended = a_shell_runs(words, ">/dev/full")
    assert (ended.returncode, ended.stderr) == (1, "Error: No space left on device\n")


def test_an_error_that_nobody_is_left_to_read_is_no_traceback(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("sys.stdout", Gone())
    monkeypatch.setattr("sys.stderr", Gone())
    assert [run(words.split()) for words in ("due", "deck check nosuch", "due --nosuch")] == [1, 1, 1]


def test_ctrl_c_interrupts_as_often_as_it_is_pressed_and_is_no_ending_signal() -> None:
    with ended_by_signals() as came:
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt) as interrupted:
                signal.raise_signal(signal.SIGINT)
            assert interrupted.type is KeyboardInterrupt
        assert came == []
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("before", [signal.SIG_IGN, signal.SIG_DFL])
def test_signals_are_handled_while_a_command_runs_unless_they_were_ignored(before: signal.Handlers) -> None:
    """What was started by nohup goes on when its terminal is closed."""
    found = signal.signal(signal.SIGHUP, before)
    try:
        with ended_by_signals() as came:
            during = signal.getsignal(signal.SIGHUP)
        assert (came, signal.getsignal(signal.SIGHUP)) == ([], before)
    finally:
        signal.signal(signal.SIGHUP, found)
    assert (during is signal.SIG_IGN) == (before is signal.SIG_IGN)


@pytest.mark.parametrize("shows_all", [False, True])
def test_what_nobody_thought_of_is_no_traceback_unless_that_is_wanted(home: Path, shows_all: bool) -> None:
    (home / "data").mkdir()
    code = (
        "import sys; import quizdock.cli.main as main\n"
        "def broken(arguments): raise TypeError('\\x1b[2J')\n"
        "main._command, sys.argv = broken, ['quizdock']\n"
        "main.main()"
    )
    environment = {**os.environ, "LANGUAGE": "en", "QUIZDOCK_DEBUG": "1" if shows_all else ""}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert ("Traceback" in ended.stderr) == shows_all
    if not shows_all:
        assert ended.returncode == 70
        assert ended.stderr.startswith(
            "Error: this should not happen: TypeError: \ufffd[2J\nEvery answer shown as saved"
        )
