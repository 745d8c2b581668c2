"""What the documentation shows is what QuizDock does."""

import io
import json
import re
import shlex
from pathlib import Path

import click
import pytest

from quizdock.cli.commands import command_line
from quizdock.cli.main import run
from quizdock.deck.reader import parse_deck
from quizdock.ui.translations import activate

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "content" / "README.md"]


def decks_shown(page: Path) -> list[str]:
    return re.findall(r"<!-- deck -->\n```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def commands_shown(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    return set(re.findall(r"`(quizdock[^`\n]*)`", text)) | set(re.findall(r"^\$ (quizdock.*)$", text, re.MULTILINE))


def parse(command: click.Command, words: list[str], parent: click.Context | None = None) -> None:
    """Parse the words as the command line would, without running anything."""
    context = command.make_context("quizdock", list(words), parent, resilient_parsing=False)
    if isinstance(command, click.Group) and (rest := [*context._protected_args, *context.args]):
        _name, inner, after = command.resolve_command(context, rest)
        assert inner is not None
        parse(inner, after, context)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_command_that_is_shown_exists_with_its_options(page: Path) -> None:
    shown = commands_shown(page)
    assert shown
    for command in shown - {"quizdock.db"}:
        words = shlex.split(command.partition(" > ")[0])[1:]
        if words[-2:] == ["learner", "add"]:
            words.append("NAME")
        parse(command_line(), words)


def test_the_guide_names_exactly_the_cards_that_its_examples_make() -> None:
    text = (ROOT / "content" / "README.md").read_text(encoding="utf-8")
    for section in text.split("\n### ")[1:]:
        example = re.search(r"```toml\n(.*?)```", section, re.DOTALL)
        named = re.search(r"^Cards: (.*?)(?:\.|: which)(?:\n|$| )", section, re.DOTALL | re.MULTILINE)
        assert example and named
        deck = parse_deck(example[1].encode(), "guide.toml")
        assert sorted(card.name for card in deck.cards) == sorted(re.findall(r"`([^`]+)`", named[1]))


def test_the_readme_transcript_is_what_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    transcript = re.search(r"```console\n\$ quizdock (.*?)\n(.*?)```", readme, re.DOTALL)
    assert transcript
    monkeypatch.setenv("QUIZDOCK_HOME", str(tmp_path))
    monkeypatch.setenv("QUIZDOCK_NOW", "2026-11-23T12:00")
    monkeypatch.setenv("LOGNAME", "alice")
    monkeypatch.setattr("sys.stdin", io.StringIO("stdout, stdin\n2\n"))
    activate("en")
    assert run(shlex.split(transcript[1])) == 0
    printed, shown = capsys.readouterr().out.splitlines(), transcript[2].splitlines()
    assert len(shown) > 8
    for line, prompt_and_typed in zip(printed, shown, strict=False):
        assert prompt_and_typed in (line, f"{line} stdout, stdin", f"{line} 2")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_deck_that_is_shown_is_accepted(page: Path) -> None:
    shown = decks_shown(page)
    assert shown
    for source in shown:
        assert parse_deck(source.encode(), str(page)).cards


def test_the_readme_counts_the_shipped_cards_truly() -> None:
    deck = ROOT / "content" / "docker-conteneurs.toml"
    cards = len(parse_deck(deck.read_bytes(), str(deck)).cards)
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md"):
        assert f"{cards} cards" in page.read_text(encoding="utf-8")


def test_no_tracked_text_names_a_folder_of_one_machine() -> None:
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "data" / "README.md"]:
        assert not re.search(r"/(home|root|work)/", page.read_text(encoding="utf-8"))


def tables_shown(page: Path) -> dict[str, set[str]]:
    """The fields of each kind of object, by its name: the tables whose first column is headed by one."""
    tables = re.findall(
        r"^\| `(\w+)` \| type .*\n\|[- |]+\n((?:\|.*\n)+)", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {name: set(re.findall(r"^\| `(\w+)`", rows, re.MULTILINE)) for name, rows in tables}


def test_every_field_of_an_exported_history_is_documented_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUIZDOCK_HOME", str(tmp_path))
    activate("en")
    for typed, arguments in (
        ("\n4\n", ["study", "--plain", "--limit", "1"]),
        ("", ["undo"]),
        ("1\n3\n\n\n", ["exam", "--plain", "--questions", "1", "--seed", "1", "--certainty"]),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert run(arguments) == 0
    capsys.readouterr()
    assert run(["export", "-"]) == 0
    shown = tables_shown(ROOT / "data" / "README.md")
    kinds = set()
    for line in map(json.loads, capsys.readouterr().out.splitlines()):
        kinds.add(line["type"])
        assert line.keys() == shown[line["type"]]
        if line["type"] == "attempt":
            assert all(question.keys() == shown["questions"] for question in line["questions"])
            happened = {key for event in line["events"] for key in event}
            assert shown["events"] - {"hash", "asked"} <= happened | {"certainty"} <= shown["events"]
    assert kinds == {"learner", "event", "attempt"}


def test_every_example_of_a_field_is_json() -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8").partition("## A history as a file")[2]
    examples = re.findall(r"\| `([^`]+)` \|$", text, re.MULTILINE)
    assert len(examples) > 30
    for example in examples:
        json.loads(example)
