"""`quizdock deck new`: a first file, from questions or options."""

import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest
import tomli

Run = Callable[..., CompletedProcess[str]]


def heading(path: Path) -> dict[str, str]:
    written: dict[str, str] = tomli.loads(path.read_text(encoding="utf-8"))["deck"]
    return written


def test_options_alone_write_a_deck_that_can_be_studied(quizdock: Run, home: Path) -> None:
    options = ("--id", "geo", "--title", 'The "best" \\ deck', "--lang", "de", "--source", "Atlas")
    ended = quizdock("deck", "new", *options)
    path = home / "content" / "geo.toml"
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        f"Written: {path}\n"
        "Open it in your editor and put your course in the place of the examples. Then:\n"
        f"  quizdock deck check {path}\n"
        "  quizdock study geo\n"
    )
    assert heading(path) == {"id": "geo", "title": 'The "best" \\ deck', "lang": "de", "source": "Atlas"}
    assert quizdock("deck", "check", str(path)).stdout == f"{path}: no problem; 13 cards, 13 for exams\n"
    assert quizdock("study", "geo", "--plain", typed=":q\n").returncode == 0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--title", "Les états"), {"id": "les-etats", "title": "Les états", "lang": "en", "source": ""}),
        (("--id", "les-etats"), {"id": "les-etats", "title": "Les etats", "lang": "en", "source": ""}),
    ],
)
def test_one_of_title_and_id_is_enough(
    quizdock: Run, home: Path, options: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert quizdock("deck", "new", *options).returncode == 0
    assert heading(home / "content" / "les-etats.toml") == expected


def test_questions_are_asked_line_by_line_and_offer_defaults(quizdock: Run, home: Path) -> None:
    ended = quizdock("deck", "new", typed="Géo de base\n\nfr\nManuel\nLe monde\n")
    path = home / "content" / "geo-de-base.toml"
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith(
        "Title of the deck:\n"
        "Id (it never changes) [geo-de-base]:\n"
        "Language of its texts (en, fr, …) [en]:\n"
        "Source: which course is it made from? (may stay empty):\n"
        "Title of its first topic [Premier thème]:\n"
        f"Written: {path}\n"
    )
    assert heading(path) == {"id": "geo-de-base", "title": "Géo de base", "lang": "fr", "source": "Manuel"}
    assert 'title = "Le monde"' in path.read_text(encoding="utf-8")
    assert "# Une carte recto verso" in path.read_text(encoding="utf-8")


def test_a_bad_answer_is_explained_and_asked_for_again(quizdock: Run, home: Path) -> None:
    ended = quizdock("deck", "new", typed="\nTitle\nnot an id\nsmall\ngood\nfrançais\n\n\n\n")
    assert ended.returncode == 0
    lines = ended.stdout.splitlines()
    assert lines[1] == "must not be empty"
    assert lines[4].startswith("has a form that is not allowed here (letters without accents")
    assert lines[6] == f"{home}/content/small.toml already has the id “small”"
    assert lines[9] == "has a form that is not allowed here (a language code such as fr, en or pt-BR)"
    assert heading(home / "content" / "good.toml")["lang"] == "en"


def test_the_end_of_input_writes_nothing(quizdock: Run, home: Path) -> None:
    ended = quizdock("deck", "new", typed="Title\n")
    assert ended.returncode == 1
    assert ended.stderr == (
        "Error: the input ended before every question was answered; nothing was written\n"
        "Without questions: quizdock deck new --id ID --title TITLE\n"
    )
    assert [path.name for path in (home / "content").iterdir()] == ["small.toml"]


def test_a_file_elsewhere_is_made_with_its_folder_and_can_be_added(
    quizdock: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = quizdock("deck", "new", "my decks/geo.toml", "--title", "Geography")
    assert ended.stdout.endswith("  quizdock deck check 'my decks/geo.toml'\n  quizdock deck add 'my decks/geo.toml'\n")
    assert heading(tmp_path / "my decks" / "geo.toml")["id"] == "geo"
    assert quizdock("deck", "add", "my decks/geo.toml").returncode == 0


def test_a_file_that_is_there_is_never_overwritten(quizdock: Run, home: Path) -> None:
    small = home / "content" / "small.toml"
    before = small.read_bytes()
    ended = quizdock("deck", "new", str(small), "--id", "other")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"Error: {small} is there already, and stays as it is\nChoose another name or id.\n"
    assert small.read_bytes() == before


def test_an_id_that_is_taken_is_refused(quizdock: Run, home: Path) -> None:
    ended = quizdock("deck", "new", "--id", "small")
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Error: {home}/content/small.toml already has the id “small”\n")
    assert quizdock("deck", "new", "--id", "docker-conteneurs").returncode == 1


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--id", "é", "letters without accents"),
        ("--id", "../x", "letters without accents"),
        ("--lang", "French!", "a language code such as fr"),
        ("--title", " ", "must not be empty"),
        ("--title", "x" * 301, "is too long"),
    ],
)
def test_a_bad_option_is_a_usage_error(quizdock: Run, home: Path, option: str, value: str, said: str) -> None:
    ended = quizdock("deck", "new", option, value)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"Invalid value for {option}: " in ended.stderr
    assert said in ended.stderr
    assert [path.name for path in (home / "content").iterdir()] == ["small.toml"]


def test_a_title_without_letters_needs_an_id(quizdock: Run) -> None:
    ended = quizdock("deck", "new", "--title", "日本")
    assert (ended.returncode, ended.stderr) == (1, "Error: no id can be made of this title\nSay one: --id ID\n")


def test_a_file_has_the_name_of_a_deck(quizdock: Run) -> None:
    ended = quizdock("deck", "new", "x.txt", "--id", "x")
    assert (ended.returncode, ended.stderr.splitlines()[0]) == (
        1,
        "Error: x.txt: the name of a deck file ends with .toml",
    )


def test_the_language_of_a_french_deck_is_spoken_at_once(process: Run, home: Path) -> None:
    ended = process("deck", "new", "--id", "fr", "--lang", "fr", QUIZDOCK_LANG="en")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert heading(home / "content" / "fr.toml")["lang"] == "fr"


def test_on_a_terminal_each_line_can_be_edited_and_says_at_once_what_is_wrong(home: Path) -> None:
    program = pexpect.spawn(
        sys.executable,
        ["-m", "quizdock", "--lang", "en", "deck", "new"],
        encoding="utf-8",
        dimensions=(30, 100),
        timeout=20,
    )
    clear = "\x15"  # of what was wrong, which stands there to be mended
    for shown, typed in (
        ("Title of the deck", "Capitals\r"),
        ("never changes.* \\[capitals\\]:", "no id\r"),
        ("letters without accents", f"{clear}caps\r"),
        ("Language", "fr\r"),
        ("Source", "\r"),
        ("first topic", "\r"),
        ("quizdock study caps", ""),
    ):
        program.expect(shown)
        program.send(typed)
    program.expect(pexpect.EOF)
    program.close()
    assert program.exitstatus == 0
    assert heading(home / "content" / "caps.toml") == {"id": "caps", "title": "Capitals", "lang": "fr", "source": ""}
