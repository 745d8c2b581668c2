"""Whatever is wrong outside the program is one clear message: no traceback, nothing lost, the rest still usable."""

import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]
Talk = Callable[..., list[dict[str, Any]]]

START = 'format = 1\ndeck = { id = "bad", title = "Bad", lang = "en" }\n'
MACHINE = START + '[[machine]]\nid = "door"\ntitle = "A door"\nstart = "OPEN"\n'
HARM = "\x1b[2J\x1b]0;owned\x07\x9b2J\u202e"
HARMFUL = set("\x1b\x07\x9b\u202e")
NOBODY = 65534
CHECKOUT = Path(__file__).parents[2]

DAMAGED_FILES = {
    "empty": (b"", 1, "the file is empty (see content/README.md for a deck in five minutes)"),
    "blank": (b" \n\n\t\n", 1, "the file is empty (see content/README.md for a deck in five minutes)"),
    "truncated": (
        START.encode() + b'[[flashcard]]\nid = "one"\nfront = "What is',
        5,
        "column 17: the text is not closed on its line",
    ),
    "binary": (bytes(range(256)) * 40, 2, "this is not UTF-8 text (save the file as UTF-8)"),
    "nulls": (b"\x00" * 5000, 1, "column 1: "),
    "latin-1": (
        START.encode() + 'x = "caf\xe9"\n'.encode("latin-1"),
        3,
        "this is not UTF-8 text (save the file as UTF-8)",
    ),
    "utf-16": (START.encode("utf-16"), 1, "this is not UTF-8 text (save the file as UTF-8)"),
    "deep lists": (b"x = " + b"[" * 10_000 + b"]" * 10_000, 1, "brackets are nested too deep"),
    "deep tables": (b"x = " + b"{a=" * 10_000 + b"1" + b"}" * 10_000, 1, "brackets are nested too deep"),
    "deep keys": (b"x" + b".x" * 10_000 + b" = 1", 1, "brackets are nested too deep"),
    "rather deep": (b"x = " + b"[" * 40 + b"]" * 40, 1, "nested more than 32 levels deep"),
    "no deck": (b"format = 1\n", 1, "deck: is missing"),
    "no note": (START.encode(), 1, "the deck has no note (add one, for example [[flashcard]])"),
    "another format": (START.replace("1", "2").encode(), 1, "format: must be 1"),
}

WRONG_DECKS = {
    "an id used twice": (
        START + '[[flashcard]]\nid = "x"\nfront = "?"\nback = "!"\n[[question]]\nid = "x"\nask = "?"\n'
        'type = "boolean"\nanswer = true\n',
        8,
        "question[1].id: the id “x” is used twice (give this one another: learners' progress hangs on ids)",
    ),
    "an unknown state": (
        MACHINE + 'states = ["OPEN", "SHUT"]\ntransitions = [{ from = "OPEN", event = "push", to = "SHUTT" }, '
        '{ from = "OPEN", event = "pull", to = "SHUT" }]\n',
        8,
        "machine[1].transitions[1].to: there is no state “SHUTT” (Did you mean SHUT?)",
    ),
    "two targets for one event": (
        MACHINE + 'states = ["OPEN", "SHUT"]\ntransitions = [\n{ from = "OPEN", event = "push", to = "SHUT" },\n'
        '{ from = "OPEN", event = "push", to = "OPEN" },\n]\n',
        10,
        "machine[1].transitions[2]: “push” leads from OPEN twice (a state and an event have one target)",
    ),
    "an unreachable state": (
        MACHINE + 'states = [\n"OPEN",\n"SHUT",\n"LOST",\n]\n'
        'transitions = [{ from = "OPEN", event = "push", to = "SHUT" }]\n',
        10,
        "machine[1].states[3]: LOST cannot be reached from OPEN (add a transition that leads there)",
    ),
    "a row of the wrong length": (
        START + '[[table]]\nid = "t"\ntitle = "T"\ncolumns = ["a", "b"]\n'
        'rows = [\n{ id = "r", label = "R", cells = ["1", "2", "3"] },\n]\n',
        8,
        'table[1].rows[1].cells: 3 cells for 2 columns (give one cell a column; "" is a cell that is not asked)',
    ),
    "an answer that is also wrong": (
        START + '[[question]]\nid = "q"\nask = "?"\ntype = "choice"\nanswer = "Yes"\nwrong = [\n"No",\n"yes ",\n]\n',
        10,
        "question[1].wrong[2]: “yes” is the answer and also listed wrong (remove it from one of the two)",
    ),
    "an unknown topic": (
        START + '[[topic]]\nid = "images"\ntitle = "Images"\n'
        '[[flashcard]]\nid = "x"\ntopic = "imagse"\nfront = "?"\nback = "!"\n',
        8,
        "flashcard[1].topic: there is no topic “imagse” (Did you mean images?)",
    ),
}


def notice(path: Path) -> str:
    return f"{path}: 1 problem; its last good version, if any, is used. Run: quizdock deck check {path}\n"


def the_rest_is_usable(quizdock: Run) -> bool:
    """Whether the small deck can still be studied and examined; what is answered is kept."""
    studied = quizdock("study", "small", "--plain", "--limit", "1", typed="\n4\n")
    examined = quizdock("exam", "small", "--plain", "--seed", "1", typed="3\n2 3\nt\ndocker ps\n1\n\n")
    return "Saved: 4, next in 1 d\n" in studied.stdout and "Score: 5 of 5" in examined.stdout


# Deck files


@pytest.mark.parametrize(("data", "line", "reason"), DAMAGED_FILES.values(), ids=DAMAGED_FILES)
def test_a_damaged_deck_is_one_message_with_its_place_and_stops_no_other(
    quizdock: Run, home: Path, data: bytes, line: int, reason: str
) -> None:
    path = home / "content" / "bad.toml"
    path.write_bytes(data)
    checked = quizdock("deck", "check", str(path))
    assert (checked.returncode, checked.stderr) == (1, "")
    assert checked.stdout.startswith(f"{path}:{line}: {reason}")
    assert checked.stdout.count("\n") == 1
    assert quizdock("deck", "list").stderr == notice(path)
    assert the_rest_is_usable(quizdock)


@pytest.mark.parametrize(("text", "line", "reason"), WRONG_DECKS.values(), ids=WRONG_DECKS)
def test_a_deck_that_contradicts_itself_is_one_message_with_its_place_and_stops_no_other(
    quizdock: Run, home: Path, text: str, line: int, reason: str
) -> None:
    path = home / "content" / "bad.toml"
    path.write_text(text, encoding="utf-8")
    checked = quizdock("deck", "check", str(path))
    assert (checked.returncode, checked.stderr) == (1, "")
    assert checked.stdout == f"{path}:{line}: {reason}\n"
    assert quizdock("deck", "list").stderr == notice(path)
    assert the_rest_is_usable(quizdock)


def test_a_deck_of_fifty_megabytes_is_one_message_and_stops_no_other(quizdock: Run, home: Path) -> None:
    path = home / "content" / "bad.toml"
    path.touch()
    os.truncate(path, 50_000_000)
    checked = quizdock("deck", "check", str(path))
    assert (checked.returncode, checked.stderr) == (1, "")
    assert checked.stdout == f"{path}:1: larger than 32 MB (split it into several decks)\n"
    assert quizdock("deck", "list").stderr == notice(path)
    assert the_rest_is_usable(quizdock)


def test_several_broken_decks_are_each_said_and_the_good_one_goes_on(quizdock: Run, home: Path) -> None:
    for name, (data, _line, _reason) in DAMAGED_FILES.items():
        (home / "content" / f"{name}.toml").write_bytes(data)
    ended = quizdock("study", "small", "--plain", "--limit", "1", typed="\n4\n")
    assert ended.returncode == 0
    assert ended.stderr.count("\n") == len(DAMAGED_FILES)
    assert "Saved: 4, next in 1 d\n" in ended.stdout
    assert quizdock("deck", "check").returncode == 1


def test_asking_for_a_deck_that_could_never_be_read_says_both(quizdock: Run, home: Path) -> None:
    path = home / "content" / "bad.toml"
    path.write_text(START, encoding="utf-8")
    ended = quizdock("study", "bad", "--plain")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"{notice(path)}Error: there is no deck called bad\nKnown: docker-containers, docker-conteneurs, small.\n"
    )


def test_a_deck_whose_file_name_is_no_utf_8_stops_no_other(process: Run, home: Path) -> None:
    text = (home / "content" / "small.toml").read_bytes().replace(b'id = "small"', b'id = "other"')
    with open(os.fsencode(home) + b"/content/caf\xe9.toml", "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(text)
    ended = process("study", "small", "--plain", "--limit", "1", typed="\n4\n")
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr
    assert "Saved: 4, next in 1 d\n" in ended.stdout
    assert process("deck", "check").returncode == 0


# The database


def test_a_database_that_is_none_is_refused_and_left_alone(anew: Run, home: Path) -> None:
    path = home / "data" / "quizdock.db"
    path.parent.mkdir()
    path.write_bytes(b"Dear diary, today I learned nothing.\n" * 100)
    before = path.read_bytes()
    for words in ("", "due", "study small", "exam small", "scores", "deck list", "learner add bob", "rebuild"):
        ended = anew(*words.split())
        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr == (
            f"Error: {path}: this is not an SQLite database\n"
            "To get back what can be had: quizdock restore. To start anew: move that file away.\n"
        )
    assert path.read_bytes() == before
    path.rename(path.with_suffix(".old"))
    assert the_rest_is_usable(anew)


def test_a_database_from_a_newer_version_is_refused_and_left_alone(quizdock: Run, home: Path) -> None:
    path = home / "data" / "quizdock.db"
    quizdock("study", "small", "--plain", typed="\n4\n")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    for words in ("due", "study small", "rebuild"):
        ended = quizdock(*words.split())
        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr == (
            f"Error: {path}: this database was written by a newer version of QuizDock\n"
            "Update QuizDock. Nothing was changed.\n"
        )
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(anew: Run, home: Path) -> None:
    path = home / "data" / "quizdock.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    before = path.read_bytes()
    ended = anew("study", "small")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"Error: {path}: this is another program's database\nMove that file away, or choose another home with --home.\n"
    )
    assert path.read_bytes() == before


def test_a_database_that_another_program_has_locked_is_one_message_and_nothing_is_lost(
    quizdock: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quizdock("study", "small", "--plain", "--topic", "images", typed="\n4\n")
    path = home / "data" / "quizdock.db"
    told = f"Error: {path}: another program is writing to it\nTry again when the other QuizDock session has answered.\n"
    monkeypatch.setattr("quizdock.store.database.BUSY_MILLISECONDS", 10)  # nobody will let go: no need to wait
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        studied = quizdock("study", "small", "--plain", "--topic", "images", typed="t\n\n")
        assert (studied.returncode, studied.stderr) == (1, told)
        assert "Saved" not in studied.stdout
        examined = quizdock("exam", "small", "--plain")
        assert (examined.returncode, examined.stderr) == (1, told)
        assert "[1/5]" not in examined.stdout, "it does not begin"
        for words in ("learner add bob", "rebuild"):
            ended = quizdock(*words.split())
            assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", told)
        assert quizdock("due").stdout == "0 cards to repeat, 4 new ones\n", "reading goes on"
        other.execute("ROLLBACK")
    assert quizdock("due").stdout == "0 cards to repeat, 4 new ones\n"
    assert quizdock("rebuild").stdout == "1 event replayed, 1 schedule: all were already right.\n"


@pytest.fixture
def restricted(quizdock: Run) -> Iterator[Path]:
    """A folder whose permissions count: whoever runs the tests, they go on as a user without privileges."""
    for words in ("due", "learner add zoe"):  # whatever is imported on the way, such a user might not read
        assert quizdock(*words.split()).returncode == 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield folder
            folder.chmod(0o700)
            return
        os.chown(folder, NOBODY, -1)
        os.seteuid(NOBODY)
        try:
            if not os.access(CHECKOUT, os.X_OK, effective_ids=True):
                pytest.skip("this checkout is closed to the user without privileges")
            yield folder
        finally:
            os.seteuid(0)


def test_a_database_that_may_only_be_read_is_one_message(quizdock: Run, restricted: Path) -> None:
    home = ("--home", str(restricted))
    assert quizdock(*home, "learner", "list").returncode == 0
    path = restricted / "data" / "quizdock.db"
    path.chmod(0o400)
    path.parent.chmod(0o500)
    ended = quizdock(*home, "learner", "add", "bob")
    path.parent.chmod(0o700)
    assert (ended.returncode, ended.stdout) == (1, "")
    message, hint = ended.stderr.splitlines()
    assert message in (
        f"Error: {path}: the file or its folder may not be written",
        f"Error: {path}: the file cannot be opened",
    )
    assert hint.startswith("Check the ")
    path.chmod(0o600)
    assert quizdock(*home, "learner", "list").stdout == "* alice\n"


def test_a_home_in_which_nothing_may_be_created_is_one_message(quizdock: Run, restricted: Path) -> None:
    restricted.chmod(0o500)
    ended = quizdock("--home", str(restricted), "due")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"Error: {restricted}/data/quizdock.db: Permission denied\n"
        "Check the folder's permissions, or choose another home with --home.\n"
    )


# Names, times, places


@pytest.mark.parametrize("words", ["", "study", "exam", "due", "scores", "deck list", "deck check", "where", "rebuild"])
def test_a_home_that_is_a_file_is_refused(quizdock: Run, tmp_path: Path, words: str) -> None:
    file = tmp_path / "file"
    file.write_text("precious")
    ended = quizdock("--home", str(file), *words.split())
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"Error: {file}: the home must be a folder\n"
    assert file.read_text() == "precious"


def test_a_home_below_a_file_is_refused(quizdock: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious")
    ended = quizdock("--home", str(tmp_path / "file" / "home"), "due")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"Error: {tmp_path}/file/home/data/quizdock.db: Not a directory\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("study smal", "Error: there is no deck called smal\nDid you mean small?\n"),
        ("exam smal", "Error: there is no deck called smal\nDid you mean small?\n"),
        ("exam small --topic container", "Error: there is no topic called container\nDid you mean containers?\n"),
        ("study --learner alcie", "Error: there is no learner called alcie\nDid you mean alice?\n"),
        ("--learner nobody scores", "Error: there is no learner called nobody\nKnown: alice.\n"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_one(quizdock: Run, words: str, told: str) -> None:
    quizdock("due")
    ended = quizdock(*words.split())
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", told)


@pytest.mark.parametrize(
    ("before", "code"),
    [("due --learner", 1), ("study", 1), ("due --topic", 1), ("learner add", 0), ("deck check", 1)],
)
def test_arguments_that_are_no_utf_8_are_no_traceback(process: Run, before: str, code: int) -> None:
    ended = process(*before.split(), os.fsdecode(b"caf\xe9 \xed\xa0\x80"))
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr


# Bytes that would drive a terminal


def shown(ended: CompletedProcess[str]) -> str:
    return ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["study", HARM],
        ["exam", HARM],
        ["due", "small", HARM],
        ["study", "--topic", HARM],
        ["exam", "--topic", HARM],
        ["due", "small", "--topic", HARM],
        ["--learner", HARM, "study"],
        ["scores", "--learner", HARM],
        ["--learner", HARM, "where"],
        ["learner", "add", HARM],
        ["deck", "check", HARM],
        ["deck", "list", HARM],
        ["scores", HARM],
        ["--home", f"/nowhere/{HARM}", "where"],
        ["--home", f"/dev/null/{HARM}", "due"],
        [HARM],
        [f"--{HARM}"],
        ["study", "--new", HARM],
        ["--lang", HARM],
        ["learner", HARM],
    ],
    ids=lambda words: " ".join(words).replace(HARM, "HARM"),
)
def test_harmful_arguments_are_shown_harmless(quizdock: Run, words: list[str]) -> None:
    ended = quizdock(*words)
    assert shown(ended)
    assert not HARMFUL & set(shown(ended))


@pytest.mark.parametrize("variable", ["QUIZDOCK_LEARNER", "QUIZDOCK_NOW", "LOGNAME"])
@pytest.mark.parametrize("words", ["", "due", "where", "learner list", "study small", "exam small"])
def test_a_harmful_environment_is_shown_harmless(
    quizdock: Run, monkeypatch: pytest.MonkeyPatch, variable: str, words: str
) -> None:
    monkeypatch.setenv(variable, HARM)
    ended = quizdock(*words.split())
    assert shown(ended)
    assert not HARMFUL & set(shown(ended))


def test_a_harmful_learner_is_harmless_wherever_they_are_named(quizdock: Run) -> None:
    assert quizdock("learner", "add", HARM).returncode == 0
    (name,) = [
        each["learner"]
        for each in json.loads(quizdock("learner", "list", "--json").stdout)
        if each["learner"] != "alice"
    ]
    paper = ("exam", "small", "--plain", "--seed", "1")
    quizdock("--learner", name, *paper, typed="3\n2 3\nt\ndocker ps\n1\n\n")
    for words in ("", "study small", "study small --json", "exam small", "scores", "learner list", "due --json"):
        ended = quizdock("--learner", name, *words.split())
        assert ended.returncode == 0
        assert not HARMFUL & set(ended.stdout)


def test_harmful_names_of_deck_files_are_shown_harmless(quizdock: Run, home: Path) -> None:
    good, bad = home / "content" / f"a{HARM}.toml", home / "content" / f"b{HARM}.toml"
    good.write_bytes((home / "content" / "small.toml").read_bytes())
    bad.write_text("format = 1\n", encoding="utf-8")
    for words in ("deck list", "deck check", "", "study small", "exam small", "deck list --json"):
        ended = quizdock(*words.split())
        assert shown(ended)
        assert not HARMFUL & set(shown(ended)), words
    assert not HARMFUL & set(shown(quizdock("deck", "check", str(good), str(bad))))


def test_harmful_texts_of_a_deck_are_shown_harmless(quizdock: Run, home: Path) -> None:
    escaped = "".join(f"\\u{ord(character):04x}" for character in HARM)
    text = (home / "content" / "small.toml").read_text(encoding="utf-8")
    for old in ("Small deck", "Images", "What is an image?", "A read-only model", "Containers are made from it."):
        text = text.replace(old, f"{old} {escaped}")
    (home / "content" / "small.toml").write_text(text, encoding="utf-8")
    for words in ("study small", "study small --json", "exam small --seed 1", "deck list", "deck list --json", ""):
        ended = quizdock(*words.split(), typed='\n4\n{"response": null}\n1\n')
        assert (ended.returncode, ended.stderr) == (0, "")
        assert not HARMFUL & set(ended.stdout)


def test_harmful_answers_are_shown_harmless(quizdock: Run) -> None:
    ended = quizdock("exam", "small", "--plain", "--seed", "1", typed=f"3\n2 3\nt\n{HARM}\n1\n\n")
    assert "Mistake 1 of 1\n" in ended.stdout
    assert not HARMFUL & set(ended.stdout)
    said = json.dumps({"response": HARM})
    ended = quizdock(
        *("exam", "small", "--json", "--seed", "1"),
        typed=f'{{"response":2}}\n{{"skip":true}}\n{{"skip":true}}\n{said}\n{{"submit":true}}\n',
    )
    assert '"given": ' in ended.stdout
    assert not HARMFUL & set(ended.stdout)


@pytest.mark.parametrize("words", [["study", HARM], ["--learner", HARM, "due"], ["deck", "check", HARM]])
def test_a_real_terminal_gets_no_harm_either(home: Path, words: list[str]) -> None:
    """click removes some escapes on the way into a pipe, but never on the way to a terminal."""
    seen = pexpect.spawn(sys.executable, ["-m", "quizdock", "--lang", "en", *words], timeout=20)
    output = seen.read()
    assert output.strip()
    assert b"\x1b[2J" not in output
    assert b"\x1b]0" not in output
    assert b"\xc2\x9b" not in output
