"""`quizdock deck preview`: every card as the learner will see it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]

DOOR = """\
format = 1
deck = { id = "doors", title = "Doors", lang = "en" }

[[machine]]
id = "door"
title = "A door"
states = ["OPEN", "SHUT"]
start = "OPEN"
transitions = [{ from = "OPEN", event = "push", to = "SHUT" }, { from = "SHUT", event = "pull", to = "OPEN" }]
derive = ["next"]
drawing = "| OPEN | push> | SHUT | <pull |"

[[question]]
id = "word"
ask = "What holds a door?"
type = "text"
answer = ["hinge", "a hinge"]
wrong = [{ text = "nail", why = "A nail does not turn." }]
"""


@pytest.fixture
def doors(tmp_path: Path) -> Path:
    """A deck that is not in the home."""
    path = tmp_path / "doors.toml"
    path.write_text(DOOR, encoding="utf-8")
    return path


def test_a_card_with_its_answer_and_the_way_exams_ask_it(quizdock: Run) -> None:
    ended = quizdock("deck", "preview", "small", "--note", "image")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "\n"
        "[1/1] small/image › Images\n"
        "What is an image?\n"
        "Press Enter to see the answer.\n"
        "Answer: A read-only model\n"
        "Containers are made from it.\n"
        "Read again: Section 1.1\n"
        "In exams:\n"
        "  1) A running process\n"
        "  2) A read-only model\n"
        "  3) A virtual disk\n"
        "Answer: A read-only model\n"
        "Not “A virtual disk”: A disk is written to.\n"
    )


def test_a_card_that_exams_ask_the_same_way_is_shown_once_with_its_reasons(quizdock: Run) -> None:
    ended = quizdock("deck", "preview", "small", "--note", "kernel")
    assert {line[5:] for line in ended.stdout.splitlines()[3:6]} == {"The host's", "Its own", "The image's"}
    assert ended.stdout.count("The host's") == 2  # on offer, and as the answer
    assert "Not “Its own”: A container brings no kernel.\n" in ended.stdout
    assert "exams" not in ended.stdout


def test_a_deck_outside_of_the_home_is_shown_and_opens_no_database(anew: Run, home: Path, doors: Path) -> None:
    ended = anew("deck", "preview", str(doors))
    assert ended.returncode == 0
    headings = [line for line in ended.stdout.splitlines() if line.startswith("[")]
    assert headings == ["[1/3] doors/door#OPEN+push", "[2/3] doors/door#SHUT+pull", "[3/3] doors/word"]
    assert [entry.name for entry in home.iterdir()] == ["content"]


def test_lines_show_a_drawing_as_it_is_asked_and_as_it_is_answered(quizdock: Run, doors: Path) -> None:
    shown = quizdock("deck", "preview", str(doors), "--note", "door").stdout
    asked, _, answered = shown.partition("[2/2]")[0].partition("Your choice, 1 to 2:\n")
    assert asked.splitlines()[:4] == [
        "",
        "[1/2] doors/door#OPEN+push",
        "A door",
        "In state OPEN, what does “push” lead to?",
    ]
    assert "|" not in asked
    assert answered == "|▶OPEN◀| push> | ···  | <pull |\n|▶OPEN◀| push> | SHUT | <pull |\nAnswer: SHUT\n\n"


def test_every_spelling_and_every_reason_is_shown(quizdock: Run, doors: Path) -> None:
    shown = quizdock("deck", "preview", str(doors), "--note", "word").stdout
    assert shown == (
        "\n"
        "[1/1] doors/word\n"
        "What holds a door?\n"
        "Your answer:\n"
        "Answer: hinge\n"
        "Also accepted: a hinge\n"
        "Not “nail”: A nail does not turn.\n"
    )


def test_every_spelling_of_a_list_is_shown(quizdock: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text(
        """\
format = 1
deck = { id = "list", title = "List", lang = "en" }

[[list]]
id = "doors"
title = "Doors"
members = [{ term = "hinge", also = ["hinges", "a hinge"] }, "lock", { term = "key", also = ["latchkey"] }]
derive = ["recall"]
""",
        encoding="utf-8",
    )
    shown = quizdock("deck", "preview", str(path)).stdout
    assert shown.endswith(
        "Answer: hinge, lock, key\nAlso accepted for “hinge”: hinges, a hinge\nAlso accepted for “key”: latchkey\n"
    )


def test_a_card_that_exams_do_not_ask_says_so(quizdock: Run, many: Path) -> None:
    assert quizdock("deck", "preview", "many", "--note", "c07").stdout.endswith("Exams do not ask it.\n")


def test_two_previews_are_alike(quizdock: Run) -> None:
    assert quizdock("deck", "preview", "small").stdout == quizdock("deck", "preview", "small").stdout


def test_without_a_deck_those_that_are_followed_are_shown(quizdock: Run, many: Path) -> None:
    quizdock("deck", "follow", "many")
    shown = quizdock("deck", "preview").stdout
    assert ("many/c01" in shown, "small/image" in shown) == (True, False)


def test_a_note_is_looked_for_in_every_deck_that_is_followed(quizdock: Run, many: Path) -> None:
    quizdock("deck", "follow", "many", "small")
    ended = quizdock("deck", "preview", "--note", "kernel")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "small/kernel" in ended.stdout


def test_unknown_names_come_with_the_nearest(quizdock: Run) -> None:
    ended = quizdock("deck", "preview", "smal")
    assert (ended.returncode, ended.stderr) == (1, "Error: there is no deck called smal\nDid you mean small?\n")
    ended = quizdock("deck", "preview", "small", "--note", "imag")
    assert (ended.returncode, ended.stderr) == (1, "Error: small has no note “imag”\nDid you mean image?\n")


def test_a_deck_with_problems_is_not_shown(quizdock: Run, doors: Path) -> None:
    doors.write_text(DOOR.replace("title", "titel"), encoding="utf-8")
    ended = quizdock("deck", "preview", str(doors))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"Error: {doors}: 2 problems\nRun: quizdock deck check {doors}\n"


def test_a_file_that_is_not_there_is_said(quizdock: Run) -> None:
    ended = quizdock("deck", "preview", "no/such.toml")
    assert (ended.returncode, ended.stderr) == (1, "Error: no/such.toml: No such file or directory\n")


def test_every_shipped_card_can_be_shown(quizdock: Run) -> None:
    ended = quizdock("deck", "preview", "docker-conteneurs")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_on_a_terminal_cards_are_drawn_and_nothing_is_asked(home: Path, doors: Path) -> None:
    shown, status = pexpect.run(
        f"{sys.executable} -m quizdock --lang en deck preview {doors}",
        withexitstatus=True,
        encoding="utf-8",
        timeout=20,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "80", "LINES": "40"},
    )
    assert status == 0
    assert "╭" in shown
    assert "▶OPEN◀| push> | ···  |" in shown
    assert "▶OPEN◀| push> | SHUT |" in shown
    assert "Not “nail”: A nail does not turn." in shown


def test_on_a_terminal_many_cards_go_through_the_pager(home: Path, doors: Path) -> None:
    shown, status = pexpect.run(
        f"{sys.executable} -m quizdock --lang en deck preview {doors}",
        withexitstatus=True,
        encoding="utf-8",
        timeout=20,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24", "PAGER": "tail -n 1 -q -"},
    )
    assert status == 0
    assert "╭" not in shown, "what is above the last line was the pager's to show"


def test_a_shell_completes_decks_or_else_files(process: Callable[..., CompletedProcess[str]], home: Path) -> None:
    process("due")

    def offered(typed: str) -> list[str]:
        words = f"quizdock deck preview {typed}"
        return process(_QUIZDOCK_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD="3").stdout.split()

    assert offered("sm") == ["plain,small"]
    assert offered("./x") == ["file,./x"]
