"""`quizdock learner`, and who is learning."""

import json
import subprocess
from collections.abc import Callable
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
