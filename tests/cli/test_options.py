"""The options that every command takes, what the environment says instead, and shell completion."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quizdock.core.card import Deck

Run = Callable[..., CompletedProcess[str]]

CHECKOUT = Path(__file__).parents[2]
COMMANDS = [
    "study --json",
    "exam --json",
    "due",
    "scores",
    "stats",
    "simulate 4 4",
    "deck list",
    "deck check",
    "card list",
    "learner list",
    "settings list",
    "rebuild",
    "doctor",
    "where",
]


def facts(deck: Deck) -> int:
    """How many cards a day can hold of it: those that ask the same fact of a note wait for each other."""
    return len({(card.note, card.fact) for card in deck.cards})


def place(ended: CompletedProcess[str], name: str) -> str:
    assert (ended.returncode, ended.stderr) == (0, "")
    found: str = json.loads(ended.stdout)[name]
    return found


def test_the_option_home_wins_over_the_environment_and_that_over_the_checkout(
    quizdock: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place(quizdock("--home", str(tmp_path / "x"), "where", "--json"), "home") == str(tmp_path / "x")
    assert place(quizdock("where", "--json", "--home", str(tmp_path / "x")), "home") == str(tmp_path / "x")
    assert place(quizdock("where", "--json"), "home") == str(home)
    monkeypatch.delenv("QUIZDOCK_HOME")
    assert place(quizdock("where", "--json"), "home") == str(CHECKOUT)


def test_the_option_learner_wins_over_the_environment_and_that_over_the_systems_user(
    quizdock: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("bob", "zoe"):
        quizdock("learner", "add", name)
    monkeypatch.setenv("QUIZDOCK_LEARNER", "bob")
    assert place(quizdock("--learner", "zoe", "due", "--json"), "learner") == "zoe"
    assert place(quizdock("due", "--json", "--learner", "zoe"), "learner") == "zoe"
    assert place(quizdock("due", "--json"), "learner") == "bob"
    monkeypatch.delenv("QUIZDOCK_LEARNER")
    assert place(quizdock("due", "--json"), "learner") == "alice"


def test_what_stands_after_the_command_wins(quizdock: Run, tmp_path: Path) -> None:
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    assert place(quizdock("--home", one, "where", "--json", "--home", two), "home") == two


def test_an_empty_variable_says_nothing(quizdock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUIZDOCK_HOME", "QUIZDOCK_LEARNER", "QUIZDOCK_NOW"):
        monkeypatch.setenv(name, "")
    assert place(quizdock("where", "--json"), "home") == str(CHECKOUT)
    assert place(quizdock("where", "--json"), "learner") == "alice"


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_takes_the_options_before_and_after_its_name(quizdock: Run, tmp_path: Path, words: str) -> None:
    options = ("--home", str(tmp_path / "elsewhere"), "--lang", "en")
    before = quizdock(*options, *words.split())
    after = quizdock(*words.split(), *options)
    assert (before.returncode, before.stderr) == (0, "")
    assert (after.returncode, after.stderr) == (0, "")


def test_the_language_is_that_of_the_option_then_of_the_variable_then_of_the_locale(process: Run) -> None:
    def language(*options: str, **environment: str) -> str:
        return place(process("where", "--json", *options, **environment), "lang")

    assert language("--lang", "en", QUIZDOCK_LANG="fr", LC_ALL="fr_FR.UTF-8") == "en"
    assert language("--lang=fr", QUIZDOCK_LANG="en") == "fr"
    assert language(QUIZDOCK_LANG="fr", LC_ALL="C") == "fr"
    assert language(QUIZDOCK_LANG="", LC_ALL="fr_CA.UTF-8", LANG="C") == "fr"
    assert language(QUIZDOCK_LANG="", LC_ALL="", LC_MESSAGES="", LANG="fr_FR") == "fr"
    assert language(QUIZDOCK_LANG="", LC_ALL="de_DE.UTF-8", LANG="fr_FR") == "en"


def test_the_language_decides_which_shipped_decks_come_first(process: Run, shipped: dict[str, Deck]) -> None:
    """Beside one's own, of course."""
    assert json.loads(process("due", "--json", "--lang", "fr").stdout)["new"] == 10
    french = process("study", "--json", "--new", "1000", "--lang", "fr")
    english = process("study", "--json", "--new", "1000", "--lang", "en")
    assert json.loads(french.stdout.splitlines()[0])["new"] == facts(shipped["docker-conteneurs"]) + 5
    assert json.loads(english.stdout.splitlines()[0])["new"] == facts(shipped["docker-containers"]) + 5


# Completion


@pytest.fixture
def complete(process: Run) -> Callable[[str], list[str]]:
    """What bash is offered for the last word of a line: `complete("quizdock st")`."""

    def offered(line: str) -> list[str]:
        words = line.split(" ")
        ended = process(
            _QUIZDOCK_COMPLETE="bash_complete",
            COMP_WORDS=line,
            COMP_CWORD=str(len(words) - 1),
        )
        assert (ended.returncode, ended.stderr) == (0, "")
        return [entry.partition(",")[2] for entry in ended.stdout.splitlines() if entry]

    return offered


def test_commands_are_completed(complete: Callable[[str], list[str]]) -> None:
    assert complete("quizdock ") == [
        *(
            "study",
            "undo",
            "exam",
            "due",
            "scores",
            "stats",
            "explore",
            "simulate",
            "deck",
            "card",
            "learner",
            "export",
            "import",
            "settings",
        ),
        *("backup", "restore", "rebuild", "doctor", "where"),
    ]
    assert complete("quizdock st") == ["study", "stats"]
    assert sorted(complete("quizdock deck ")) == [
        *("add", "check", "diff", "follow", "ids", "list", "new", "preview", "remove", "schema", "unfollow")
    ]
    assert complete("quizdock learner a") == ["add"]


def test_options_are_completed(complete: Callable[[str], list[str]]) -> None:
    assert complete("quizdock study --t") == ["--topic", "--tag"]
    assert complete("quizdock --le") == ["--learner"]
    assert complete("quizdock --lang f") == ["fr"]


def test_deck_ids_are_completed(complete: Callable[[str], list[str]], quizdock: Run) -> None:
    quizdock("due")
    assert sorted(complete("quizdock study ")) == ["docker-containers", "docker-conteneurs", "small"]
    assert complete("quizdock exam sm") == ["small"]
    assert complete("quizdock due small docker-conte") == ["docker-conteneurs"]


def test_topics_are_completed(complete: Callable[[str], list[str]], quizdock: Run) -> None:
    quizdock("study", "small")
    assert complete("quizdock study small --topic i") == ["images"]
    assert complete("quizdock study small --topic images --topic c") == ["containers"]
    assert sorted(complete("quizdock exam small --topic ")) == ["containers", "images"]


def test_notes_and_tags_are_completed(complete: Callable[[str], list[str]], quizdock: Run, home: Path) -> None:
    deck = home / "content" / "small.toml"
    tagged = deck.read_text(encoding="utf-8").replace('id = "kernel"\n', 'id = "kernel"\ntags = ["linux", "unix"]\n')
    deck.write_text(tagged, encoding="utf-8")
    quizdock("study", "small")
    assert sorted(complete("quizdock study small --note i")) == ["image", "isolated"]
    assert complete("quizdock study small --tag l") == ["linux"]


def test_learners_are_completed(complete: Callable[[str], list[str]], quizdock: Run) -> None:
    quizdock("due")
    for name in ("bob", "bernard"):
        quizdock("learner", "add", name)
    assert sorted(complete("quizdock --learner b")) == ["bernard", "bob"]
    assert sorted(complete("quizdock study --learner ")) == ["alice", "bernard", "bob"]


def test_completion_in_a_home_without_a_database_is_silent_and_creates_none(
    complete: Callable[[str], list[str]], home: Path
) -> None:
    complete("quizdock --learner b")
    complete("quizdock study sm")
    assert [entry.name for entry in home.iterdir()] == ["content"]


def test_completion_beside_a_broken_database_is_silent(complete: Callable[[str], list[str]], home: Path) -> None:
    (home / "data").mkdir()
    (home / "data" / "quizdock.db").write_text("no database")
    assert complete("quizdock --learner b") == []
    assert complete("quizdock study sm") in ([], ["small"])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_a_script(process: Run, shell: str) -> None:
    ended = process(_QUIZDOCK_COMPLETE=f"{shell}_source")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "_QUIZDOCK_COMPLETE" in ended.stdout
