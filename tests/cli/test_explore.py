"""`quizdock explore`: a machine walked by hand, in lines."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

LAMP = """
[[machine]]
id = "lamp"
title = "Lamp"
start = "OFF"
end = "DARK"
states = ["OFF", { name = "ON", meaning = "It shines" }, "DARK"]
transitions = [
  { from = "OFF", event = "press", to = "ON", explain = "A click." },
  { from = "ON", event = "press", to = "OFF" },
  { from = "ON", event = "break", to = "DARK" },
]
forbidden = [{ from = "OFF", event = "break", why = "It is cold and tough." }]
"""
DOOR = """
[[machine]]
id = "door"
title = "Door"
start = "OPEN"
states = ["OPEN", "SHUT"]
transitions = [{ from = "OPEN", event = "push", to = "SHUT" }]
"""


@pytest.fixture
def lamp(home: Path) -> Path:
    """The deck `lamp` beside the fixture `home`'s; the shipped deck has a machine of its own."""
    path = home / "content" / "lamp.toml"
    path.write_text(f'format = 1\ndeck = {{ id = "lights", title = "Lights", lang = "en" }}\n{LAMP}')
    return path


def walked(ended: CompletedProcess[str]) -> str:
    """The summary, the last line."""
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.splitlines()[-1]


def test_a_walk_line_by_line(quizdock: Run, lamp: Path) -> None:
    ended = quizdock("explore", "lamp", "--plain", typed="break\nPress\n?\n1\nu\nbraek\n2\nq\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "Lamp\n"
        "Type an event. Commands: ? possible events, u undo, r start again, q leave.\n"
        "\n"
        "State: OFF (0 events so far)\n"
        " ▶OFF◀  ON   DARK \n"
        "Event:\n"
        "OFF refuses “break”.\n"
        "It is cold and tough.\n"
        "Possible here: 1 press\n"
        "Event:\n"
        "press: OFF → ON\n"
        "A click.\n"
        "\n"
        "State: ON (1 event so far)\n"
        "It shines\n"
        "  OFF  ▶ON◀  DARK \n"
        "Event:\n"
        "Possible here: 1 press · 2 break\n"
        "Event:\n"
        "press: ON → OFF\n"
        "\n"
        "State: OFF (2 events so far)\n"
        " ▶OFF◀  ON   DARK \n"
        "Event:\n"
        "Taken back: press.\n"
        "\n"
        "State: ON (1 event so far)\n"
        "It shines\n"
        "  OFF  ▶ON◀  DARK \n"
        "Event:\n"
        "There is no event “braek”.\n"
        "Did you mean break?\n"
        "Event:\n"
        "break: ON → DARK\n"
        "\n"
        "State: DARK (2 events so far)\n"
        "DARK is an end state.\n"
        "No event leads on: u undoes, r starts again.\n"
        "  OFF   ON  ▶DARK◀\n"
        "Event:\n"
        "\n"
        "2 events: OFF ─ press → ON ─ break → DARK\n"
    )


def test_the_end_of_input_leaves(quizdock: Run, lamp: Path) -> None:
    assert walked(quizdock("explore", "lights/lamp", typed="press")) == "1 event: OFF ─ press → ON"


def test_the_shipped_machine_is_walked_from_start_to_end(quizdock: Run) -> None:
    ended = quizdock("explore", typed="docker start\ndocker rm\ndocker stop\ndocker rm\n")
    assert walked(ended) == "3 events: CREATED ─ docker start → RUNNING ─ docker stop → STOPPED ─ docker rm → REMOVED"
    assert "│▶RUNNING◀├" in ended.stdout
    assert "RUNNING refuses “docker rm”.\n" in ended.stdout
    assert "▶REMOVED◀" in ended.stdout
    assert "REMOVED is an end state." in ended.stdout


def test_among_several_machines_one_must_be_named(quizdock: Run, lamp: Path) -> None:
    ended = quizdock("explore")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        "Error: there are several state machines: name one, for example"
        " quizdock explore docker-containers/cycle-de-vie\n"
        "Known: docker-containers/cycle-de-vie, lights/lamp.\n"
    )


def test_only_the_machines_of_the_decks_that_are_followed_are_on_offer(quizdock: Run, lamp: Path) -> None:
    lamp.write_text(lamp.read_text() + '[[flashcard]]\nid = "c"\nfront = "F"\nback = "B"\n')
    quizdock("study", "lights", "--plain", typed=":q\n")
    assert walked(quizdock("explore")) == "0 events: OFF"
    assert walked(quizdock("explore", "docker-conteneurs/cycle-de-vie")) == "0 events: CREATED"


def test_an_unknown_machine_is_named_with_the_nearest(quizdock: Run, lamp: Path) -> None:
    ended = quizdock("explore", "lamb")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no machine called lamb\nDid you mean lamp?\n"


def test_a_broken_deck_is_said_and_hides_no_other(quizdock: Run, lamp: Path) -> None:
    (lamp.parent / "broken.toml").write_text(f'format = 1\ndeck = {{ id = "b", title = "B" }}\n{DOOR}')
    ended = quizdock("explore", "lamp", typed="press\n")
    assert ended.returncode == 0
    assert "broken.toml: 1 problem" in ended.stderr
    assert ended.stdout.endswith("\n1 event: OFF ─ press → ON\n")


def test_what_is_typed_never_drives_the_terminal(quizdock: Run, lamp: Path) -> None:
    ended = quizdock("explore", "lamp", typed="\x1b[2J\u202e\n")
    assert "There is no event “\ufffd[2J\ufffd”.\n" in ended.stdout
    assert "\x1b" not in ended.stdout


def test_nothing_is_kept_of_a_walk(quizdock: Run, lamp: Path) -> None:
    before = quizdock("due", "--json").stdout
    quizdock("explore", "lamp", typed="press\nbreak\n")
    assert quizdock("due", "--json").stdout == before


def test_ctrl_c_ends_the_walk_with_its_path(home: Path, lamp: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "quizdock", "--lang", "en", "explore", "lamp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert program.stdin and program.stdout
    program.stdin.write("press\n")
    program.stdin.flush()
    for line in program.stdout:
        if line == "State: ON (1 event so far)\n":
            break
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=20)
    assert (program.returncode, err) == (130, "")
    assert out.endswith("\n1 event: OFF ─ press → ON\n")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("l", ["lamp", "lights/lamp"]), ("docker-conta", ["docker-containers/cycle-de-vie"]), ("x", [])],
)
def test_a_shell_completes_machines(
    process: Callable[..., CompletedProcess[str]], lamp: Path, typed: str, offered: list[str]
) -> None:
    process("due")
    ended = process(_QUIZDOCK_COMPLETE="bash_complete", COMP_WORDS=f"quizdock explore {typed}", COMP_CWORD="2")
    assert ended.stdout.split() == [f"plain,{name}" for name in offered]
