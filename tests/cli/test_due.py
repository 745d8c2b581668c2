"""`quizdock due`: how many cards wait."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


def test_a_new_learner_has_the_days_allowance_of_new_cards(quizdock: Run) -> None:
    ended = quizdock("due")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "0 cards to repeat, 10 new ones\n", "")


def test_json_says_who_and_when(quizdock: Run) -> None:
    ended = quizdock("due", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == '{"learner": "alice", "day": "2026-11-23", "due": 0, "new": 10}\n'


def test_decks_and_topics_narrow_it(quizdock: Run, many: Path) -> None:
    assert quizdock("due", "small").stdout == "0 cards to repeat, 5 new ones\n"
    assert quizdock("due", "many").stdout == "0 cards to repeat, 10 new ones\n"
    assert quizdock("due", "small", "--topic", "containers").stdout == "0 cards to repeat, 3 new ones\n"
    assert quizdock("due", "small", "many", "--topic", "images").stdout == "0 cards to repeat, 2 new ones\n"
    assert quizdock("due", "small", "small").stdout == "0 cards to repeat, 5 new ones\n"


def test_asking_about_a_deck_does_not_follow_it(quizdock: Run) -> None:
    quizdock("due", "small")
    assert quizdock("due").stdout == "0 cards to repeat, 10 new ones\n"


def test_one_is_singular(quizdock: Run) -> None:
    quizdock("study", "small", "--plain", typed="\n1\nt\n\ndocker ps\n\n1\n4\n")
    assert quizdock("due").stdout == "1 card to repeat, 1 new\n"


def test_what_is_not_known_yet_waits_today_and_is_due_tomorrow(quizdock: Run, at: Callable[[str], None]) -> None:
    quizdock("study", "small", "--plain", typed="\n2\nt\n5\n")
    assert quizdock("due").stdout == "1 card to repeat, 3 new ones\n"
    at("2026-11-24T20:15")
    assert quizdock("due").stdout == "2 cards to repeat, 3 new ones\n"


def test_a_study_day_ends_at_four_in_the_morning(quizdock: Run, at: Callable[[str], None]) -> None:
    quizdock("study", "small", "--plain", typed="\n4\n")
    at("2026-11-24T03:59")
    assert json.loads(quizdock("due", "--json").stdout) == {
        "learner": "alice",
        "day": "2026-11-23",
        "due": 0,
        "new": 4,
    }
    at("2026-11-24T04:00")
    assert json.loads(quizdock("due", "--json").stdout) == {
        "learner": "alice",
        "day": "2026-11-24",
        "due": 1,
        "new": 4,
    }


def test_the_allowance_is_shared_by_all_decks(quizdock: Run, many: Path) -> None:
    quizdock("study", "many", "--plain", "--new", "7", typed="\n4\n" * 7)
    assert quizdock("due", "many").stdout == "0 cards to repeat, 3 new ones\n"
    assert quizdock("due", "small").stdout == "0 cards to repeat, 3 new ones\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("smal", "Error: there is no deck called smal\nDid you mean small?\n"),
        ("Small", "Error: there is no deck called Small\nDid you mean small?\n"),
        (
            "wholly-else",
            "Error: there is no deck called wholly-else\nKnown: docker-containers, docker-conteneurs, small.\n",
        ),
        ("docker-conteneur", "Error: there is no deck called docker-conteneur\nDid you mean docker-conteneurs?\n"),
        ("small --topic imagse", "Error: there is no topic called imagse\nDid you mean images?\n"),
        ("small --topic xyz", "Error: there is no topic called xyz\nKnown: containers, images.\n"),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_the_nearest(quizdock: Run, words: str, told: str) -> None:
    ended = quizdock("due", *words.split())
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", told)


def test_a_broken_deck_does_not_disturb_a_shell_prompt(quizdock: Run, home: Path) -> None:
    (home / "content" / "broken.toml").write_text("not a deck", encoding="utf-8")
    ended = quizdock("due", "small")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "0 cards to repeat, 5 new ones\n", "")
