"""`quizdock settings`, and what the settings do to every other command."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from quizdock.core.setting_keys import KEYS

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def file(home: Path) -> Path:
    """The home's settings file; there is none yet."""
    return home / "data" / "settings.toml"


def put(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def good(ended: CompletedProcess[str]) -> str:
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def bad(ended: CompletedProcess[str]) -> str:
    assert (ended.returncode, ended.stdout) == (1, "")
    return ended.stderr


def listed(ended: CompletedProcess[str]) -> dict[str, tuple[Any, str]]:
    return {each["key"]: (each["value"], each["source"]) for each in json.loads(ended.stdout)}


# Listing


def test_the_list_shows_every_setting_with_its_value_its_source_and_its_meaning(
    quizdock: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(file, "new-per-day = 5\n[decks.small]\nreviews-per-day = 30\n")
    monkeypatch.setenv("QUIZDOCK_BURY_SIBLINGS", "non")
    shown = good(quizdock("settings", "list"))
    assert shown.splitlines()[:8] == [
        "learner = alice                              default",
        "    Who studies when nobody is named; without it, the system's user.",
        "lang = en                                    default",
        "    The language of QuizDock; without it, the system's.",
        "new-per-day = 5                              settings file",
        "    New cards a study day, over all decks.",
        "reviews-per-day = 200                        default",
        "    Due cards a study day, over all decks.",
    ]
    assert "bury-siblings = false                        QUIZDOCK_BURY_SIBLINGS\n" in shown
    assert "decks.small.reviews-per-day = 30             settings file\n" in shown
    assert shown.endswith(
        "\nOne deck's own limits: decks.DECK.new-per-day, decks.DECK.reviews-per-day\n" + f"Settings file: {file}\n"
    )
    assert all(len(line) <= 80 for line in shown.splitlines()[:-1])


def test_settings_alone_is_the_list(quizdock: Run) -> None:
    assert good(quizdock("settings")) == good(quizdock("settings", "list"))


def test_the_list_as_json(quizdock: Run, file: Path) -> None:
    put(file, "rollover = 5\n")
    entries = json.loads(good(quizdock("settings", "list", "--json")))
    assert [each["key"] for each in entries] == [key.path for key in KEYS]
    assert entries[8] == {
        "key": "rollover",
        "value": 5,
        "source": "file",
        "meaning": "The local hour at which a study day begins.",
        "allowed": "a whole number from 0 to 23",
    }


def test_an_option_wins_over_the_environment_and_that_over_the_file(
    quizdock: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(file, 'learner = "zoe"\nlang = "fr"\nrollover = 5\n')
    monkeypatch.setenv("QUIZDOCK_ROLLOVER", "6")
    monkeypatch.setenv("QUIZDOCK_LEARNER", "bob")
    found = listed(quizdock("settings", "list", "--json"))
    assert found["learner"] == ("bob", "environment")
    assert found["lang"] == ("fr", "file")
    assert found["rollover"] == (6, "environment")
    found = listed(quizdock("settings", "list", "--json", "--learner", "ada", "--lang", "en"))
    assert found["learner"] == ("ada", "option")
    assert found["lang"] == ("en", "option")


def test_one_setting_is_printed_bare(quizdock: Run, file: Path) -> None:
    put(file, "bury-siblings = false\n[decks.small]\nnew-per-day = 3\n")
    printed = {
        "bury-siblings": "false",
        "learner": "alice",
        "new-per-day": "10",
        "decks.small.new-per-day": "3",
        "decks.small.reviews-per-day": "200",
    }
    for key, value in printed.items():
        assert good(quizdock("settings", "get", key)) == f"{value}\n"


# Setting


def test_what_is_set_is_kept_in_the_homes_file(quizdock: Run, file: Path) -> None:
    assert good(quizdock("settings", "set", "new-per-day", "5")) == "new-per-day = 5\n"
    assert good(quizdock("settings", "set", "bury-siblings", "Off")) == "bury-siblings = false\n"
    assert good(quizdock("settings", "set", "decks.small.new-per-day", "0")) == "decks.small.new-per-day = 0\n"
    assert file.read_text() == "new-per-day = 5\nbury-siblings = false\n\n[decks.small]\nnew-per-day = 0\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert good(quizdock("settings", "get", "new-per-day")) == "5\n"


def test_what_is_unset_has_its_default_again(quizdock: Run, file: Path) -> None:
    put(file, "# Mine\nnew-per-day = 5\n")
    assert good(quizdock("settings", "unset", "new-per-day")) == "Taken out: new-per-day\n"
    assert good(quizdock("settings", "get", "new-per-day")) == "10\n"
    assert file.read_text() == "# Mine\n"
    again = quizdock("settings", "unset", "new-per-day")
    assert (again.returncode, again.stderr) == (0, "new-per-day is not in the settings file.\n")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("set new_per_day 5", "there is no setting called new_per_day\nDid you mean new-per-day?"),
        ("get new_per_day", "there is no setting called new_per_day\nDid you mean new-per-day?"),
        ("unset new_per_day", "there is no setting called new_per_day\nDid you mean new-per-day?"),
        ("set new-per-day -5", "new-per-day cannot be “-5”\nIt takes a whole number from 0 to 9999."),
        ("set rollover 24", "rollover cannot be “24”\nIt takes a whole number from 0 to 23."),
        ("set grade-keys five", "grade-keys cannot be “five”\nIt takes one of: six, four."),
        ("set decks.smal.new-per-day 5", "there is no deck called smal\nDid you mean small?"),
        ("set learner alcie", "there is no learner called alcie\nDid you mean alice?"),
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_is_written(
    quizdock: Run, file: Path, words: str, error: str
) -> None:
    quizdock("learner", "list")
    assert bad(quizdock("settings", *words.split())) == f"Error: {error}\n"
    assert not file.exists()


def test_a_variable_that_wins_is_mentioned(quizdock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZDOCK_ROLLOVER", "6")
    ended = quizdock("settings", "set", "rollover", "5")
    assert ended.stdout == "rollover = 5\n"
    assert ended.stderr == "QUIZDOCK_ROLLOVER is set, and wins over the settings file.\n"


# Files and variables that are wrong


def test_a_broken_file_stops_other_commands_and_says_how_to_mend_it(quizdock: Run, file: Path) -> None:
    put(file, "rollover = 5\nnew-per-day = many\n")
    for words in ("learner list", "deck list", "rebuild"):
        assert bad(quizdock(*words.split())) == (
            f"Error: {file}:2: this is not TOML: Invalid value. "
            "A setting is written as new-per-day = 10, and a text in quotes.\n"
            "The file is kept as it is. To mend it: quizdock settings edit\n"
        )
    assert quizdock("where").returncode == 0
    assert quizdock("--version").returncode == 0


def test_a_file_with_wrong_values_is_listed_as_far_as_it_is_good_and_can_be_mended(quizdock: Run, file: Path) -> None:
    put(file, 'rollover = 5\nnew-per-day = "many"\nnope = 1\n')
    ended = quizdock("settings", "list", "--json")
    assert ended.returncode == 1
    assert listed(ended)["rollover"] == (5, "file")
    assert listed(ended)["new-per-day"] == (10, "default")
    assert ended.stderr.splitlines()[0].startswith(f"Error: {file}:2: new-per-day cannot be “many”. ")
    assert ended.stderr.splitlines()[1].startswith(f"{file}:3: there is no setting called nope.")
    mended = quizdock("settings", "set", "new-per-day", "5")
    assert (mended.returncode, mended.stdout) == (1, "new-per-day = 5\n")
    assert f"{file}:3: there is no setting called nope." in mended.stderr, "what else is wrong is still told"
    assert good(quizdock("settings", "unset", "nope")) == "Taken out: nope\n"
    assert quizdock("settings").returncode == 0


def test_a_wrong_variable_stops_other_commands_and_is_named(quizdock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZDOCK_NEW_PER_DAY", "many")
    error = "Error: QUIZDOCK_NEW_PER_DAY: new-per-day cannot be “many”\nIt takes a whole number from 0 to 9999.\n"
    assert bad(quizdock("learner", "list")) == error
    assert quizdock("settings").stderr == error
    assert quizdock("where").returncode == 0


# The editor


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Makes an editor of a shell command; the file's path is its `$1`."""

    def install(command: str) -> None:
        script = tmp_path / "an editor"
        script.write_text(f"#!/bin/sh\n{command}\n")
        script.chmod(0o755)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"'{script}'")

    return install


def test_the_editor_is_given_a_file_that_sets_nothing_and_shows_everything(
    quizdock: Run, file: Path, editor: Callable[[str], None]
) -> None:
    editor(":")
    assert good(quizdock("settings", "edit")) == f"Settings file: {file}\n"
    text = file.read_text(encoding="utf-8")
    for key in KEYS:
        assert f"\n# {key.name} = " in text
    assert all(line.startswith("#") or not line for line in text.splitlines())
    assert max(map(len, text.splitlines())) <= 80
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    bare = [line for line in text.replace("\n# ", "\n").splitlines() if " = " in line or line.startswith("[")]
    put(file, "\n".join(bare))
    assert listed(quizdock("settings", "list", "--json"))["decks.capitals.new-per-day"] == (10, "file")


def test_what_was_edited_counts(quizdock: Run, file: Path, editor: Callable[[str], None]) -> None:
    editor('sed -i "s/^# rollover = 4/rollover = 5/" "$1"')
    good(quizdock("settings", "edit"))
    assert good(quizdock("settings", "get", "rollover")) == "5\n"


def test_mistakes_are_told_with_their_lines_and_nothing_is_lost(
    quizdock: Run, file: Path, editor: Callable[[str], None]
) -> None:
    editor('printf "# Mine\\nrollover = 99\\n" > "$1"')
    assert bad(quizdock("settings", "edit")) == (
        f"Error: {file}:2: rollover cannot be “99”. It takes a whole number from 0 to 23.\n"
        "The file is kept as it is. To mend it: quizdock settings edit\n"
    )
    assert file.read_text() == "# Mine\nrollover = 99\n"


def test_without_an_editor_and_a_terminal_the_file_is_named(
    quizdock: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    assert bad(quizdock("settings", "edit")) == (
        "Error: there is no terminal for an editor\n"
        f"Set VISUAL or EDITOR, or edit {file}, or use: quizdock settings set KEY VALUE\n"
    )
    assert not file.exists()


@pytest.mark.parametrize("command", ["'", "false", "no-such-editor"])
def test_an_editor_that_fails_is_no_traceback(quizdock: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)
    assert bad(quizdock("settings", "edit")).startswith("Error: ")


# What the settings do


def test_the_learner_of_the_settings_studies(quizdock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    quizdock("learner", "add", "bob")
    good(quizdock("settings", "set", "learner", "bob"))
    assert "* bob\n" in good(quizdock("learner", "list"))
    assert json.loads(good(quizdock("where", "--json")))["learner"] == "bob"
    monkeypatch.setenv("QUIZDOCK_LEARNER", "alice")
    quizdock("learner", "add", "alice")
    assert "* alice\n" in good(quizdock("learner", "list"))


def test_a_learner_of_the_settings_who_is_not_there_is_an_error_that_says_how_to_mend_it(
    quizdock: Run, file: Path
) -> None:
    put(file, 'learner = "carol"\n')
    assert bad(quizdock("learner", "list")) == (
        "Error: there is no learner called carol, whom the settings name\n"
        "Choose another: quizdock learner use NAME. Or go back to alice: quizdock settings unset learner\n"
    )
    good(quizdock("settings", "unset", "learner"))
    assert good(quizdock("learner", "list")) == "* alice\n"


def test_the_study_day_begins_at_the_hour_that_is_set(quizdock: Run, at: Callable[[str], None]) -> None:
    at("2026-11-24T05:30")
    assert json.loads(good(quizdock("due", "--json")))["day"] == "2026-11-24"
    good(quizdock("settings", "set", "rollover", "6"))
    assert json.loads(good(quizdock("due", "--json")))["day"] == "2026-11-23"


def test_the_language_of_the_settings_is_spoken_unless_another_is_asked_for(
    process: Run, file: Path, tmp_path: Path
) -> None:
    put(file, 'lang = "fr"\n')

    def language(*options: str, **environment: str) -> str:
        ended = process("where", "--json", *options, **{"QUIZDOCK_LANG": "", "LC_ALL": "C", **environment})
        found: str = json.loads(good(ended))["lang"]
        return found

    assert language() == "fr"
    assert language("--lang", "en") == "en"
    assert language(QUIZDOCK_LANG="en") == "en"
    assert language("--home", str(tmp_path / "other")) == "en"
    assert language(f"--home={file.parents[1]}", QUIZDOCK_HOME="") == "fr"


def test_a_broken_file_leaves_the_language_to_the_locale(process: Run, file: Path) -> None:
    put(file, "lang = fr\n")
    ended = process("settings", "get", "lang", QUIZDOCK_LANG="", LC_ALL="C")
    assert (ended.returncode, ended.stdout) == (1, "en\n")
    assert ended.stderr.startswith(f"Error: {file}:1: this is not TOML")
    assert process("--version", QUIZDOCK_LANG="").returncode == 0
    assert process("--help", QUIZDOCK_LANG="").returncode == 0


# Completion


@pytest.fixture
def complete(process: Run) -> Callable[[str], list[str]]:
    """What bash is offered for the last word of a line."""

    def offered(line: str) -> list[str]:
        words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
        ended = process(_QUIZDOCK_COMPLETE="bash_complete", QUIZDOCK_LANG="", **words)
        return [entry.partition(",")[2] for entry in good(ended).splitlines() if entry]

    return offered


def test_keys_and_values_are_completed(complete: Callable[[str], list[str]], quizdock: Run, file: Path) -> None:
    quizdock("learner", "list")
    assert complete("quizdock settings s") == ["set"]
    assert complete("quizdock settings set new") == ["new-per-day", "new-order"]
    assert complete("quizdock settings get decks.small") == [
        "decks.small.new-per-day",
        "decks.small.reviews-per-day",
    ]
    assert complete("quizdock settings set new-order ") == ["mixed", "first", "last"]
    assert complete("quizdock settings set bury-siblings f") == ["false"]
    assert complete("quizdock settings set learner a") == ["alice"]
    put(file, "rollover = 5\nnope = 1\n")
    assert complete("quizdock settings unset ") == ["rollover", "nope"]


def test_completion_beside_a_broken_file_is_silent(complete: Callable[[str], list[str]], anew: Run, file: Path) -> None:
    anew("learner", "list")
    put(file, "lang = fr\n")
    assert complete("quizdock --learner a") == ["alice"]
    assert complete("quizdock settings unset ") == []
    assert complete("quizdock settings set lang ") == ["en", "fr"]
