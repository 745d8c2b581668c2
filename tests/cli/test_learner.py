"""`quizdock learner`, and who is learning."""

import json
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


def names(quizdock: Run) -> list[str]:
    return [each["learner"] for each in json.loads(quizdock("learner", "list", "--json").stdout)]


def test_whoever_starts_is_a_learner_named_after_the_systems_user(quizdock: Run) -> None:
    ended = quizdock("learner", "list")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "* alice\n", "")


def test_an_added_learner_is_told_how_to_study(quizdock: Run) -> None:
    ended = quizdock("learner", "add", "bob")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "Added: bob. To study as bob: quizdock --learner bob study\n"


@pytest.mark.parametrize("name", ["bob", "Zoé de la Tour", "O'Brien", 'Bob "the" Builder', "$HOME", "a;b"])
def test_the_command_that_is_told_can_be_pasted_into_a_shell(quizdock: Run, name: str) -> None:
    told = quizdock("learner", "add", name).stdout.partition(": quizdock ")[2]
    words = subprocess.run(
        ["/bin/sh", "-c", f"printf '%s\\n' {told}"], capture_output=True, encoding="utf-8", check=False
    )
    assert words.stdout.splitlines() == ["--learner", name, "study"]


def test_spaces_in_a_name_are_tidied(quizdock: Run) -> None:
    ended = quizdock("learner", "add", "  Zoé \t de  la Tour ")
    assert ended.stdout.startswith("Added: Zoé de la Tour. To study as Zoé de la Tour: ")
    assert quizdock("--learner", "Zoé de la Tour", "due").returncode == 0


def test_the_list_is_in_alphabetical_order_and_marks_who_is_learning(quizdock: Run) -> None:
    for name in ("zoe", "bob"):
        quizdock("learner", "add", name)
    assert quizdock("learner", "list").stdout == "* alice\n  bob\n  zoe\n"
    assert quizdock("--learner", "bob", "learner", "list").stdout == "  alice\n* bob\n  zoe\n"


def test_the_list_as_json(quizdock: Run) -> None:
    quizdock("learner", "add", "zoé")
    ended = quizdock("learner", "list", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == '[{"learner": "alice", "current": true}, {"learner": "zoé", "current": false}]\n'


def test_a_name_that_is_taken_is_refused(quizdock: Run) -> None:
    quizdock("learner", "add", "bob")
    ended = quizdock("learner", "add", " bob ")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is already a learner called bob\n"
    assert names(quizdock) == ["alice", "bob"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_has_one_to_sixty_characters(quizdock: Run, name: str) -> None:
    ended = quizdock("learner", "add", name)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.endswith("Error: Invalid value for NAME: a name has 1 to 60 characters\n")
    assert names(quizdock) == ["alice"]


def test_a_name_of_sixty_characters_is_taken(quizdock: Run) -> None:
    assert quizdock("learner", "add", "x" * 60).returncode == 0
    assert names(quizdock) == ["alice", "x" * 60]


def test_an_unknown_learner_is_refused_with_the_nearest_name(quizdock: Run) -> None:
    quizdock("learner", "add", "bernadette")
    ended = quizdock("--learner", "Bernadete", "study")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no learner called Bernadete\nDid you mean bernadette?\n"


def test_an_unknown_learner_far_from_all_is_refused_with_those_that_are_known(quizdock: Run) -> None:
    quizdock("due")
    quizdock("learner", "add", "bob")
    ended = quizdock("--learner", "Wilhelmine", "scores")
    assert ended.stderr == "Error: there is no learner called Wilhelmine\nKnown: alice, bob.\n"
    assert names(quizdock) == ["alice", "bob"]


def test_the_learner_of_the_environment_can_be_added(quizdock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise who sets QUIZDOCK_LEARNER first could never be added."""
    monkeypatch.setenv("QUIZDOCK_LEARNER", "bob")
    ended = quizdock("learner", "add", "bob")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert quizdock("due").returncode == 0


def test_each_learner_has_their_own_progress_and_follows_their_own_decks(
    quizdock: Run, at: Callable[[str], None]
) -> None:
    quizdock("learner", "add", "bob")
    quizdock("study", "small", "--plain", typed="\n5\nt\n\n")
    assert quizdock("due", "small").stdout == "0 cards to repeat, 3 new ones\n"
    assert quizdock("due", "small", "--learner", "bob").stdout == "0 cards to repeat, 5 new ones\n"
    assert quizdock("due", "--learner", "bob").stdout == "0 cards to repeat, 10 new ones\n", "bob follows none"
    at("2026-11-24T08:00")
    assert quizdock("due").stdout == "2 cards to repeat, 3 new ones\n"
    assert quizdock("due", "--learner", "bob", "small").stdout == "0 cards to repeat, 5 new ones\n"


def test_a_user_whom_the_system_has_no_name_for_is_called_learner(
    quizdock: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container that runs as a number without an entry."""

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert quizdock("learner", "list").stdout == "* learner\n"


def test_a_name_is_the_same_however_its_accents_are_typed(quizdock: Run) -> None:
    quizdock("learner", "add", "Zoe\u0301")
    assert quizdock("--learner", "Zo\u00e9", "due").returncode == 0
    assert quizdock("--learner", "Zoe\u0301", "due").returncode == 0


# Choosing


def test_whoever_is_chosen_studies_from_then_on(quizdock: Run, home: Path) -> None:
    quizdock("learner", "add", "bob")
    ended = quizdock("learner", "use", "bob")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "From now on bob studies, unless --learner names another.\n"
    assert (home / "data" / "settings.toml").read_text() == 'learner = "bob"\n'
    assert quizdock("learner", "list").stdout == "* bob\n"
    assert "* alice\n" in quizdock("learner", "list", "--learner", "alice").stdout


def test_the_systems_user_can_be_chosen_before_they_have_studied(quizdock: Run) -> None:
    assert quizdock("learner", "use", "alice").returncode == 0
    assert quizdock("learner", "list").stdout == "* alice\n"


def test_only_who_is_there_can_be_chosen(quizdock: Run, home: Path) -> None:
    quizdock("learner", "add", "bernadette")
    ended = quizdock("learner", "use", "Bernadete")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no learner called Bernadete\nDid you mean bernadette?\n"
    assert not (home / "data" / "settings.toml").exists()


def test_a_variable_that_names_another_is_mentioned(quizdock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    quizdock("learner", "add", "bob")
    monkeypatch.setenv("QUIZDOCK_LEARNER", "alice")
    assert quizdock("learner", "use", "bob").stderr == "QUIZDOCK_LEARNER is set, and wins over the settings file.\n"


# Renaming


def test_another_name_keeps_the_progress(quizdock: Run) -> None:
    quizdock("study", "small", "--plain", typed="\n4\nt\n\n")
    ended = quizdock("learner", "rename", "alice", "Alice L.")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "alice is called Alice L. from now on.\nTo study as Alice L.: quizdock learner use 'Alice L.'\n"
    )
    quizdock("learner", "use", "Alice L.")
    assert quizdock("due", "small").stdout == "0 cards to repeat, 3 new ones\n"
    assert names(quizdock) == ["Alice L."]


def test_the_setting_follows_the_name(quizdock: Run, home: Path) -> None:
    quizdock("learner", "add", "bob")
    quizdock("learner", "use", "bob")
    assert quizdock("learner", "rename", "bob", "Bob").stdout == "bob is called Bob from now on.\n"
    assert (home / "data" / "settings.toml").read_text() == 'learner = "Bob"\n'
    assert quizdock("learner", "list").stdout == "* Bob\n"


@pytest.mark.parametrize(
    ("new", "code", "error"),
    [
        ("alice", 1, "Error: there is already a learner called alice\n"),
        ("bob", 1, "Error: there is already a learner called bob\n"),
        (" ", 2, "Error: Invalid value for NEW: a name has 1 to 60 characters\n"),
        ("x" * 61, 2, "Error: Invalid value for NEW: a name has 1 to 60 characters\n"),
    ],
)
def test_not_every_name_can_be_had(quizdock: Run, new: str, code: int, error: str) -> None:
    quizdock("learner", "list")
    quizdock("learner", "add", "bob")
    ended = quizdock("learner", "rename", "bob", new)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert ended.stderr.endswith(error)
    assert names(quizdock) == ["alice", "bob"]


# Removing


def test_whoever_is_removed_is_exported_first_and_the_numbers_are_told(quizdock: Run, home: Path) -> None:
    quizdock("learner", "add", "bob")
    quizdock("--learner", "bob", "study", "small", "--plain", typed="\n4\nt\n\n")
    quizdock("--learner", "bob", "exam", "small", "-n", "1", "--plain", "--seed", "1", typed="1\n\n")
    ended = quizdock("learner", "remove", "bob", "--yes")
    file = home / "data" / "removed-learners" / "bob-2026-11-23.jsonl"
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        f"Exported: 2 events, 1 exam, to {file}\n"
        "Removed: bob, 1 exam.\n"
        "The journal is never edited: 2 events stay in it, under no name.\n"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["type"] for line in lines] == ["learner", "event", "event", "attempt"]
    assert names(quizdock) == ["alice"]
    assert json.loads(quizdock("scores", "--json").stdout)["rows"] == []
    assert quizdock("rebuild").stdout == "2 events replayed, 2 schedules: all were already right.\n"


def test_the_name_of_someone_removed_can_be_used_again(quizdock: Run, home: Path) -> None:
    for _time in range(2):
        assert quizdock("learner", "add", "bob").returncode == 0
        assert quizdock("learner", "remove", "bob", "--yes").returncode == 0
    assert sorted(file.name for file in (home / "data" / "removed-learners").iterdir()) == [
        "bob-2026-11-23-2.jsonl",
        "bob-2026-11-23.jsonl",
    ]


@pytest.mark.parametrize(("name", "file"), [("../../Zoé / x", "Zoé---x"), ("...", "learner"), ("山田", "山田")])
def test_a_name_is_made_safe_for_a_file(quizdock: Run, home: Path, name: str, file: str) -> None:
    quizdock("learner", "add", name)
    assert quizdock("learner", "remove", name, "--yes").returncode == 0
    assert [each.name for each in (home / "data" / "removed-learners").iterdir()] == [f"{file}-2026-11-23.jsonl"]


def test_nobody_is_removed_without_a_yes(quizdock: Run, home: Path) -> None:
    quizdock("learner", "add", "bob")
    ended = quizdock("learner", "remove", "bob", typed="y\n")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: nobody was removed\nTo remove without a question: --yes\n"
    assert names(quizdock) == ["alice", "bob"]
    assert not (home / "data" / "removed-learners").exists()


def test_the_setting_that_names_someone_removed_is_taken_out(quizdock: Run) -> None:
    quizdock("learner", "add", "bob")
    quizdock("learner", "use", "bob")
    ended = quizdock("learner", "remove", "bob", "--yes")
    assert ended.stdout.endswith("The setting learner, which named bob, was taken out.\n")
    assert quizdock("learner", "list").stdout == "* alice\n"


def test_only_who_is_there_can_be_removed(quizdock: Run) -> None:
    quizdock("learner", "add", "bernadette")
    ended = quizdock("learner", "remove", "Bernadete", "--yes")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no learner called Bernadete\nDid you mean bernadette?\n"
