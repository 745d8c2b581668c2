"""`quizdock card`: cards listed, shown, set aside and re-linked."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from click.testing import CliRunner

from quizdock.cli.commands import command_line

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def studied(quizdock: Run) -> Run:
    """Alice has known `image` and forgotten `shared`; the rest of `small` is new."""
    quizdock("study", "small", "--new", "2", "--json", typed="".join(f"{line}\n" for line in _SESSION))
    return quizdock


_SESSION = ['{"response": null}', '{"grade": 4}', '{"response": false}', '{"grade": 1}', '{"quit": true}']


@pytest.fixture
def rename(home: Path) -> Callable[[str, str], None]:
    """Gives a note of `small`, or the deck, another id."""

    def change(old: str, new: str) -> None:
        file = home / "content" / "small.toml"
        file.write_text(file.read_text(encoding="utf-8").replace(f'id = "{old}"', f'id = "{new}"'), encoding="utf-8")

    return change


def listed(quizdock: Run, *arguments: str) -> list[str]:
    """The ids that `card list` gives."""
    ended = quizdock("card", "list", *arguments, "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    return [each["id"] for each in json.loads(ended.stdout)]


def shown(quizdock: Run, card: str) -> dict[str, Any]:
    """What `card show --json` gives."""
    data: dict[str, Any] = json.loads(quizdock("card", "show", card, "--json").stdout)
    return data


# List


def test_cards_are_a_table(studied: Run) -> None:
    ended = studied("card", "list", "small", "--topic", "images")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [
        "Card          State    Due         Interval  Ease  Lapses",
        "────────────  ───────  ──────────  ────────  ────  ──────",
        "small/image   waiting  2026-11-24       1 d  2.50       0",
        "small/shared  due      2026-11-24       1 d  2.50       0",
    ]


def test_the_filters_narrow(studied: Run) -> None:
    assert listed(studied, "small", "--due") == ["small/shared"]
    assert listed(studied, "--deck", "small", "--new", "--limit", "2") == ["small/list", "small/kernel"]
    assert listed(studied, "small", "--due", "--new") == [
        "small/shared",
        "small/list",
        "small/kernel",
        "small/isolated",
    ]
    assert listed(studied, "small", "--search", "KERNEL") == ["small/kernel"]
    assert listed(studied, "small", "--note", "list") == ["small/list"]
    assert listed(studied, "small", "--sort", "id", "--reverse", "--limit", "2") == ["small/shared", "small/list"]
    assert listed(studied, "small", "--leech") == []


def test_the_settings_say_what_a_leech_is(studied: Run, at: Callable[[str], None]) -> None:
    studied("settings", "set", "leech-after", "1")
    at("2026-11-24T08:00")
    studied("study", "small", "--limit", "1", "--json", typed="".join(f"{line}\n" for line in _SESSION[:1]))
    at("2026-11-25T08:00")
    typed = '{"response": null}\n{"grade": 1}\n{"quit": true}\n'
    studied("study", "small", "--note", "image", "--json", typed=typed)
    assert listed(studied, "small", "--leech") == ["small/image"]


def test_where_no_card_matches_there_is_a_word_of_what_to_do(quizdock: Run) -> None:
    ended = quizdock("card", "list", "small", "--suspended")
    assert (ended.returncode, ended.stdout) == (0, "No card matches. All of them: quizdock card list\n")
    assert quizdock("card", "list", "small", "--suspended", "--json").stdout == "[]\n"


def test_json_has_every_figure(studied: Run) -> None:
    (image,) = json.loads(studied("card", "list", "small", "--note", "image", "--json").stdout)
    assert image == {
        "id": "small/image",
        "deck": "small",
        "note": "image",
        "topic": "images",
        "tags": [],
        "prompt": "What is an image?",
        "state": "waiting",
        "due": "2026-11-24",
        "interval": 1,
        "ease": "2.50",
        "repetitions": 1,
        "lapses": 0,
        "leech": False,
        "suspended": False,
        "buried": False,
        "orphan": False,
    }


def test_csv_is_read_by_other_programs(studied: Run, home: Path) -> None:
    hostile = 'front = "=1+1, \\"x\\"\\n@"\nback = "b"\n'
    with (home / "content" / "small.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[flashcard]]\nid = "formula"\ntopic = "images"\n{hostile}')
    text = studied("card", "list", "small", "--topic", "images", "--csv").stdout
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header == ["id", "state", "due", "interval", "ease", "repetitions", "lapses", "leech", "topic", "prompt"]
    assert rows[0] == [
        "small/image",
        "waiting",
        "2026-11-24",
        "1",
        "2.50",
        "1",
        "0",
        "False",
        "images",
        "What is an image?",
    ]
    assert rows[2][0] == "small/formula"
    assert rows[2][-1] == '\'=1+1, "x"\n@'


def test_an_unknown_deck_is_refused(quizdock: Run) -> None:
    ended = quizdock("card", "list", "smal")
    assert ended.returncode == 1
    assert ended.stderr == "Error: there is no deck called smal\nDid you mean small?\n"


# Show and history


def test_a_card_is_shown_with_text_place_schedule_and_picture(studied: Run, home: Path) -> None:
    ended = studied("card", "show", "image")
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert lines[:3] == ["", "[1/1] small/image › Images", "What is an image?"]
    assert lines[lines.index("", 1) + 1 :] == [
        f"Written in {home}/content/small.toml:12",
        "Due 2026-11-24; interval 1 d, ease 2.50; remembered 1 time in a row, 0 lapses.",
        "1 review · 0 drills · 0:00 in all",
        "Interval  ▁",
        "Grade     4",
        "          2026-11-23",
    ]


def test_a_shown_card_is_data(studied: Run, home: Path) -> None:
    data = shown(studied, "small/shared")
    assert (data["file"], data["line"]) == (f"{home}/content/small.toml", 21)
    assert (data["answer"], data["due"], data["history"][0]["grade"]) == (True, "2026-11-24", 1)


def test_a_history_has_what_was_taken_back(quizdock: Run) -> None:
    assert quizdock("card", "history", "image").stdout == "Nothing has happened to small/image yet.\n"
    said = ['{"response": null}', '{"grade": 1}', '{"undo": true}', '{"response": null}', '{"grade": 4}']
    quizdock("study", "small", "--note", "image", "--json", typed="".join(f"{line}\n" for line in said))
    first, second = json.loads(quizdock("card", "history", "image", "--json").stdout)
    assert (first["grade"], first["undone"], first["interval"]) == (1, True, None)
    assert (second["grade"], second["undone"], second["interval"], second["ease"]) == (4, False, 1, "2.50")
    assert second["at"].startswith("2026-11-23T20:15:")
    shown_lines = quizdock("card", "history", "image").stdout.splitlines()
    assert shown_lines[2].startswith("2026-11-23  review      1")
    assert shown_lines[2].endswith("[taken back]")
    rows = list(csv.reader(io.StringIO(quizdock("card", "history", "image", "--csv").stdout, newline="")))
    assert [row[2:4] for row in rows] == [["kind", "grade"], ["review", "1"], ["review", "4"]]


# Setting aside


def test_cards_are_suspended_and_resumed(quizdock: Run) -> None:
    ended = quizdock("card", "suspend", "image", "small/list")
    assert ended.stdout.splitlines() == [
        "Suspended: small/image",
        "Suspended: small/list",
        "To take them back: quizdock undo -n 2",
    ]
    assert listed(quizdock, "small", "--suspended") == ["small/image", "small/list"]
    assert quizdock("card", "suspend", "image").stdout == "Suspended already: small/image\n"
    assert quizdock("card", "resume", "image", "kernel").stdout.splitlines() == [
        "Resumed: small/image",
        "Not set aside: small/kernel",
        "To take it back: quizdock undo",
    ]
    assert listed(quizdock, "small", "--suspended") == ["small/list"]


def test_a_buried_card_is_back_on_the_next_study_day(quizdock: Run, at: Callable[[str], None]) -> None:
    assert quizdock("card", "bury", "image").stdout.splitlines()[0] == "Put off until tomorrow: small/image"
    assert quizdock("card", "bury", "image").stdout == "Not asked today anyway: small/image\n"
    assert listed(quizdock, "small", "--buried") == ["small/image"]
    at("2026-11-24T08:00")
    assert listed(quizdock, "small", "--buried") == []


def test_a_note_stands_for_its_cards(quizdock: Run, home: Path) -> None:
    with (home / "content" / "small.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[cloze]]\nid = "gap"\ntext = "An {{image}} makes a {{container}}."\n')
    refused = quizdock("card", "suspend", "small/gap")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[0] == "Error: small/gap is a note with 2 cards"
    assert "--note small/gap" in refused.stderr
    assert quizdock("card", "suspend", "--note", "small/gap").stdout.count("Suspended: ") == 2


def test_nothing_is_done_where_one_name_is_unknown(quizdock: Run) -> None:
    ended = quizdock("card", "suspend", "image", "imagge")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no card called imagge\nDid you mean image?\n"
    assert listed(quizdock, "small", "--suspended") == []


def test_without_a_name_the_usage_is_told(quizdock: Run) -> None:
    assert quizdock("card", "bury").returncode == 2


def test_a_reset_is_asked_about(studied: Run) -> None:
    refused = studied("card", "reset", "image", typed="n\n")
    assert refused.stdout == "Make small/image new again? Its schedule is lost, its history is kept. (y/n):\n"
    assert refused.stderr == "Nothing was changed. To reset without a question: --yes\n"
    assert studied("card", "reset", "image", typed="").returncode == 1
    assert shown(studied, "image")["due"] == "2026-11-24"
    assert studied("card", "reset", "image", typed="y\n").stdout.splitlines()[-2:] == [
        "New again: small/image",
        "To take it back: quizdock undo",
    ]
    assert shown(studied, "image")["due"] is None
    assert studied("card", "reset", "image", "list").stdout == "New already: small/image\nNew already: small/list\n"


# Re-linking


def test_a_renamed_note_gets_its_progress_back(studied: Run, rename: Callable[[str, str], None]) -> None:
    rename("image", "picture")
    assert listed(studied, "--orphans") == ["small/image"]
    assert studied("card", "relink", "image").stdout.splitlines() == [
        "small/image may be now:",
        "  quizdock card relink small/image small/picture  (the same content)",
    ]
    refused = studied("card", "relink", "image", "small/nothing")
    assert refused.returncode == 1
    assert (
        refused.stderr.splitlines()[1] == "It may be one of these: small/picture" or "small/picture" in refused.stderr
    )
    assert studied("card", "relink", "image", "picture").stdout.splitlines() == [
        "small/picture takes over from small/image",
        "The progress of 1 learner has moved.",
        "To take it back: quizdock undo",
    ]
    assert (shown(studied, "picture")["due"], listed(studied, "--orphans")) == ("2026-11-24", [])
    assert [each["card"] for each in shown(studied, "picture")["history"]] == ["small/image", "small/image"]


def test_a_renamed_deck_gets_its_progress_back(studied: Run, rename: Callable[[str, str], None]) -> None:
    rename("small", "tiny")
    assert listed(studied, "--orphans") == ["small/image", "small/shared"]
    ended = studied("card", "relink", "small", "tiny")
    assert ended.stdout.splitlines()[-1] == "To take them back: quizdock undo -n 2"
    assert shown(studied, "tiny/image")["due"] == "2026-11-24"


def test_progress_is_not_given_up_by_accident(studied: Run) -> None:
    refused = studied("card", "relink", "image", "shared")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: small/shared has progress of its own, of 1 learner\nWith --force ")
    assert studied("card", "relink", "image", "shared", "--force").returncode == 0
    assert shown(studied, "shared")["history"][0]["card"] == "small/image"


def test_what_nobody_studied_is_not_relinked(quizdock: Run) -> None:
    ended = quizdock("card", "relink", "image", "list")
    assert ended.stderr == "Error: nobody has progress on image\nThere is nothing to re-link.\n"


# Completion


def test_card_ids_are_completed(quizdock: Run) -> None:
    quizdock("due")
    environment = {
        "_QUIZDOCK_COMPLETE": "bash_complete",
        "COMP_WORDS": "quizdock card show small/i",
        "COMP_CWORD": "3",
    }
    ended = CliRunner().invoke(command_line(), [], prog_name="quizdock", env=environment)
    assert ended.output.splitlines() == ["plain,small/image", "plain,small/isolated"]
