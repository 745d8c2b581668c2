"""No byte of a deck, a name or an argument drives the terminal, and nothing of them is markup, whoever shows it."""

import json
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]

EVIL = "\x1b]0;EVIL\x07\x1b[95;45mEVIL\x9b31m\u202e"
"""Would name the window, colour what follows, and reverse it."""
NEVER = [b"\x1b]", b"\x07", b"\x1b[95", "\x9b".encode(), "\u202e".encode(), "\u2066".encode()]
"""Bytes that no screen of QuizDock needs."""
MARKUP = "[bold]b[/bold] [link=http://evil]l[/link] :warning: {x} %s"
STATE = "\x1b[95m\x9b2J\u202e[bold]b[/bold]"
"""The same for names of states and events and for members of lists, which take no `;`."""

# Each text carries a name; `~` stands for the harmful characters and the markup, `^` for those of a state.
HOSTILE = """
format = 1
deck = { id = "evil", title = "d-title~", lang = "en", source = "d-source~", description = "d-description~" }
topic = [{ id = "t", title = "t-title~" }, { id = "u", title = "u-title~", after = ["t"] }]

[[flashcard]]
id = "f"
topic = "t"
tags = ["f-tag~"]
front = "f-front~"
back = "f-back~"
wrong = [{ text = "f-wrong~", why = "f-why~" }]
explain = "f-explain~"
hint = "f-hint~"
source = "f-source~"

[[cloze]]
id = "c"
topic = "t"
text = "c-text~ {{c-hole}} c-rest"
explain = "c-explain~"

[[question]]
id = "q-choice"
topic = "t"
ask = "qc-ask~"
type = "choice"
answer = "qc-answer~"
wrong = [{ text = "qc-wrong~", why = "qc-why~" }]

[[question]]
id = "q-text"
topic = "t"
ask = "q-ask~"
type = "text"
answer = ["q-answer~"]
wrong = [{ text = "q-wrong~", why = "q-why~" }]

[[question]]
id = "q-match"
topic = "t"
ask = "qm-ask~"
type = "match"
pairs = [{ item = "qm-item~", partner = "qm-partner~" }, { item = "x", partner = "y" }]

[[question]]
id = "q-number"
topic = "t"
ask = "qn-ask~"
type = "number"
answer = 5
unit = "qn-unit~"

[[list]]
id = "l"
topic = "t"
title = "l-title~"
members = ["l-member^", "x", "y"]
intruders = [{ text = "l-intruder^", why = "l-why~" }]

[[steps]]
id = "s"
topic = "t"
title = "s-title~"
steps = [{ id = "one", text = "s-first~" }, { id = "two", text = "s-second" }, { id = "three", text = "s-third" }]

[[table]]
id = "t"
title = "table~"
columns = ["t-column~", { id = "c", title = "t-other~" }]
rows = [{ id = "r", label = "t-row~", cells = ["t-cell~", "x"], explain = "t-explain~" }]

[[machine]]
id = "m"
title = "m-title~"
start = "m-a^"
states = ["m-a^", { name = "m-b^", meaning = "m-meaning~" }]
transitions = [
  { from = "m-a^", event = "m-go^", to = "m-b^", explain = "m-explain~" },
  { from = "m-b^", event = "m-back^", to = "m-a^" },
]
forbidden = [{ from = "m-a^", event = "m-back^", why = "m-why~" }]
drawing = "\\n m-a^ \\n m-go^ \\n m-b^ \\n m-back^ \\n"

[[analogy]]
id = "a"
title = "a-title~"
pairs = [{ id = "p", concept = "a-concept~", image = "a-image~", wrong = ["a-wrong~"], explain = "a-explain~" }]
breaks = "a-breaks~"
"""
PRINTED = [
    *("deck list", "deck list --json", "deck check evil", "deck preview evil --plain", "due evil", "", "scores evil"),
    *("card list evil", "card list evil --json", "card list evil --csv", "card show evil/f", "card show evil/m#m-go"),
    *("stats", "stats --json", "scores", "scores --json", "exam list", "exam print evil --seed 1 --with-answers"),
    *("study evil --topic nobody~", "due evil --topic ~", "card show evil/~", "settings set learner ~", "where"),
    *("settings get ~", "settings set ~ 1", "exam review 9~", "deck check ~.toml", "explore evil/~", "undo -n ~"),
    *("exam review 1", "exam review 1 --json", "explore evil/m --plain", "simulate evil --days 3", "progress export"),
]


HANDED_IN = '{"response": 0}\n' * 3 + json.dumps({"response": EVIL}) + '\n{"response": [0]}\n{"submit": true}\n'
"""What a program says that answers some questions of an exam, and hands it in."""


def escaped(text: str) -> str:
    """The text as a TOML string has it."""
    return "".join(
        letter if letter.isprintable() and letter not in '"\\' else f"\\u{ord(letter):04x}" for letter in text
    )


def written(deck: str) -> str:
    """The deck's TOML with the harm in the places of its signs."""
    return deck.replace("~", escaped(EVIL + MARKUP)).replace("^", escaped(STATE))


@pytest.fixture
def evil(home: Path) -> Path:
    """The home with the hostile deck; its only other one is the small one."""
    path = home / "content" / "evil.toml"
    path.write_text(written(HOSTILE), encoding="utf-8")
    return path


@pytest.fixture
def learner(monkeypatch: pytest.MonkeyPatch) -> str:
    """A learner with a hostile name, whom the environment names."""
    monkeypatch.setenv("LOGNAME", f"ada{EVIL}[bold]b[/bold]")
    return "ada"


def is_harmless(text: str | bytes) -> bool:
    """Whether nothing of the deck's can drive a terminal."""
    data = text if isinstance(text, bytes) else text.encode()
    return not [each for each in NEVER if each in data]


def in_a_terminal(*arguments: str) -> bytes:
    """What a command writes to a real terminal of 120 columns."""
    seen = pexpect.spawn(
        sys.executable, ["-m", "quizdock", "--lang", "en", *arguments], timeout=20, dimensions=(200, 120)
    )
    output: bytes = seen.read()
    seen.close()
    return output


def test_the_hostile_deck_is_one_that_can_be_used(quizdock: Run, evil: Path) -> None:
    assert tomllib.loads(evil.read_text(encoding="utf-8"))["deck"]["title"] == f"d-title{EVIL}{MARKUP}"
    checked = quizdock("deck", "check", "evil")
    assert checked.returncode == 0, checked.stdout


def test_what_is_printed_is_harmless(quizdock: Run, evil: Path, learner: str) -> None:
    assert quizdock("exam", "evil", "--json", "--seed", "1", typed=HANDED_IN).returncode == 0
    for words in PRINTED:
        ended = quizdock(*(word.replace("~", EVIL + "[bold]b[/bold]") for word in words.split()))
        assert ended.stdout + ended.stderr, words
        assert "Traceback" not in ended.stderr, words
        assert is_harmless(ended.stdout + ended.stderr), words


def test_every_text_of_every_card_is_previewed_as_it_is_written(quizdock: Run, evil: Path) -> None:
    shown = quizdock("deck", "preview", "evil", "--plain").stdout
    unseen = {"d-title", "d-source", "d-description", "u-title", "f-tag", "f-hint"}  # shown by other commands
    named = {word for word in re.findall(r"\b([a-z]+-[a-z]+|table)[~^]", HOSTILE) if word not in unseen}
    assert [name for name in sorted(named) if name not in shown] == []
    assert shown.count("[bold]b[/bold] [link=http://evil]l[/link] :warning: {x} %s") > 20


@pytest.mark.parametrize("words", ["study evil --json", "exam evil --json --seed 1"])
def test_programs_hear_no_harm_either(quizdock: Run, evil: Path, learner: str, words: str) -> None:
    said: list[Any] = [{"response": EVIL}, {"hint": True}, {"dont_know": True}, {"grade": 5}, EVIL, {"skip": True}]
    ended = quizdock(*words.split(), typed="".join(f"{json.dumps(each)}\n" for each in said * 30))
    assert ended.returncode == 0
    assert is_harmless(ended.stdout)
    assert len([json.loads(line) for line in ended.stdout.splitlines()]) > 60


@pytest.mark.parametrize("words", ["study evil --plain", "exam evil --plain --seed 1"])
def test_plain_sessions_show_no_harm(quizdock: Run, evil: Path, learner: str, words: str) -> None:
    ended = quizdock(*words.split(), typed=f":h\n{EVIL}\n:0\n\n4\n1\n2\n" * 30)
    assert ended.returncode == 0
    assert is_harmless(ended.stdout + ended.stderr)
    assert len(set(re.findall(r"\b[a-z]{1,2}-[a-z]+", ended.stdout))) > 12


def test_the_report_escapes_whatever_would_be_html(quizdock: Run, evil: Path, learner: str, tmp_path: Path) -> None:
    tags = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;\\\"'"
    evil.write_text(
        written(HOSTILE).replace("-ask", f"-ask{tags}").replace("-title", f"-title{tags}"), encoding="utf-8"
    )
    assert quizdock("exam", "evil", "--json", "--seed", "1", typed=HANDED_IN).returncode == 0
    page = tmp_path / "page.html"
    assert quizdock("exam", "report", "1", "--html", str(page)).returncode == 0
    text = page.read_text(encoding="utf-8")
    assert is_harmless(text)
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&amp;amp;" in text


@pytest.mark.parametrize("words", ["", "deck check evil", "card show evil/f", "stats", "study ~", "~"])
def test_a_real_terminal_gets_no_escape_of_a_stranger(evil: Path, learner: str, words: str) -> None:
    output = in_a_terminal(*(word.replace("~", EVIL) for word in words.split()))
    assert output.strip()
    assert b"Traceback" not in output
    assert is_harmless(output)


@pytest.mark.parametrize("words", ["study evil --limit 20", "exam evil --seed 1", "explore evil/m"])
def test_a_screen_gets_no_escape_of_a_stranger(evil: Path, learner: str, words: str) -> None:
    """Whatever is asked, some of these keys answer it, and the next one comes."""
    screen = pexpect.spawn(
        sys.executable, ["-m", "quizdock", "--lang", "en", *words.split()], timeout=20, dimensions=(50, 120)
    )
    screen.delaybeforesend = None
    output = b""
    for keys in ["", "\r", *[" ", "0", ":0\r", "4", "1\r", "\r"] * 8, "\x03", "\x03"]:
        screen.send(keys)
        try:
            while True:
                output += screen.read_nonblocking(65536, timeout=0.06)
        except (pexpect.TIMEOUT, pexpect.EOF):
            if not screen.isalive():
                break
    screen.close(force=True)
    assert b"Traceback" not in output
    assert is_harmless(output.replace(b"\x07", b""))  # the bell, where a key means nothing
    assert "\ufffd".encode() in output
    assert len(set(re.findall(rb"\b[a-z]{1,2}-[a-z]+", output))) > 2


@pytest.mark.parametrize("text", [f'x = "{escaped(EVIL)}"\n', f"# {EVIL}\n", f'[deck]\n"{escaped(EVIL)}" = 1\n', EVIL])
def test_a_bad_deck_with_a_bad_name_is_refused_harmlessly(quizdock: Run, home: Path, text: str) -> None:
    path = home / "content" / f"bad{EVIL}[bold]b[/bold].toml".replace("/", "")
    path.write_text(f"format = 1\n{text}", encoding="utf-8")
    for words in (["deck", "check", str(path)], ["deck", "check"], ["deck", "list"], ["deck", "add", str(path)]):
        ended = quizdock(*words)
        assert is_harmless(ended.stdout + ended.stderr)
        assert "[bold]b" in ended.stdout + ended.stderr
    assert is_harmless(in_a_terminal("deck", "check", str(path)))
