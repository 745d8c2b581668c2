"""`quizdock deck diff`: what an edit does to learners' progress."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def edited(home: Path, tmp_path: Path) -> Path:
    """The deck `small` with one text edited, one note less, one id changed and one note more."""
    text = (home / "content" / "small.toml").read_text(encoding="utf-8")
    text = text.replace("A read-only model", "A read-only template").replace('id = "kernel"', 'id = "kernels"')
    head, _, _ = text.partition('[[question]]\nid = "isolated"')
    path = tmp_path / "edited.toml"
    path.write_text(head + '[[flashcard]]\nid = "more"\nfront = "?"\nback = "!"\n', encoding="utf-8")
    return path


def test_each_change_is_said_with_its_consequence(quizdock: Run, edited: Path) -> None:
    ended = quizdock("deck", "diff", "small", str(edited))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "2 cards are kept as they are, with their schedules.\n"
        "1 card is edited, and keeps its schedule:\n"
        "  small/image\n"
        "2 cards are orphaned: no longer asked. Their history is kept, and comes back if their ids do:\n"
        "  small/kernel\n"
        "  small/isolated\n"
        "0 of them are studied by you.\n"
        "2 cards are new:\n"
        "  small/kernels\n"
        "  small/more\n"
        "Renamed, it seems. Give them their old ids back, and no progress is lost:\n"
        "  small/kernels → small/kernel\n"
    )


def test_orphans_that_the_learner_studies_are_counted_and_so_are_those_that_come_back(
    quizdock: Run, home: Path, edited: Path
) -> None:
    quizdock("study", "small", "--plain", "--topic", "containers", "--new", "3", typed="docker ps\n\n:q\n")
    quizdock("study", "small", "--json", typed='{"quit": true}\n')
    studied = json.loads(quizdock("deck", "diff", "small", str(edited), "--json").stdout)["studied"]
    assert studied == ["small/list"]
    gone = edited.with_name("gone.toml")
    gone.write_text((home / "content" / "small.toml").read_text().replace('id = "list"', 'id = "lists"'))
    assert "1 of them is studied by you.\n" in quizdock("deck", "diff", "small", str(gone)).stdout
    back = quizdock("deck", "diff", str(gone), "small").stdout
    assert "1 of them was studied before: its history comes back.\n" in back


def test_an_edit_of_comments_changes_nothing(quizdock: Run, home: Path, tmp_path: Path) -> None:
    small = home / "content" / "small.toml"
    (tmp_path / "new.toml").write_text("# A comment.\n" + small.read_text(encoding="utf-8"), encoding="utf-8")
    ended = quizdock("deck", "diff", str(small), str(tmp_path / "new.toml"))
    assert (ended.returncode, ended.stdout) == (0, "5 cards are kept as they are, with their schedules.\n")


def test_another_deck_id_is_warned_of(quizdock: Run, home: Path, tmp_path: Path) -> None:
    text = (home / "content" / "small.toml").read_text(encoding="utf-8")
    (tmp_path / "new.toml").write_text(text.replace('id = "small"', 'id = "tiny"'), encoding="utf-8")
    shown = quizdock("deck", "diff", "small", str(tmp_path / "new.toml")).stdout
    assert shown.startswith(
        "The deck's id changes from small to tiny: learners start again with every card.\n"
        "0 cards are kept as they are, with their schedules.\n"
        "5 cards are orphaned"
    )


def test_the_changes_as_json(quizdock: Run, edited: Path) -> None:
    assert json.loads(quizdock("deck", "diff", "small", str(edited), "--json").stdout) == {
        "old": "small",
        "new": "small",
        "cards": {
            "kept": ["small/shared", "small/list"],
            "edited": ["small/image"],
            "orphaned": ["small/kernel", "small/isolated"],
            "new": ["small/kernels", "small/more"],
        },
        "renamed": [{"old": "small/kernel", "new": "small/kernels"}],
        "studied": [],
    }


def test_a_file_with_problems_cannot_be_compared(quizdock: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("format = 1\n")
    ended = quizdock("deck", "diff", "small", str(tmp_path / "bad.toml"))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"Error: {tmp_path}/bad.toml: 1 problem\n")
