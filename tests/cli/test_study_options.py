"""What the options of `quizdock study` and the settings make of a session."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]
Talk = Callable[..., list[dict[str, Any]]]
At = Callable[[str], None]

SKIP_EIGHT = '{"skip": true}\n' * 8


def cards(heard: list[dict[str, Any]]) -> list[str]:
    """Every card that was asked, drills too."""
    return [message["card"] for message in heard if message["type"] == "ask"]


def asked(quizdock: Run, *arguments: str) -> list[str]:
    """The cards of a session, in their order, of which none is answered."""
    skips = '{"skip": true}\n' * 60
    ended = quizdock("study", *arguments, "--json", typed=skips)
    assert (ended.returncode, ended.stderr) == (0, "")
    return list(dict.fromkeys(cards([json.loads(line) for line in ended.stdout.splitlines()])))


def opening(ended: CompletedProcess[str]) -> str:
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.splitlines()[0]


def learn_all(quizdock: Run) -> None:
    """Meet the five cards of the small deck, and know them all."""
    grade = {"grade": 4}
    answers = [{"response": None}, {"response": True}, {"response": "docker ps"}, {"response": 0}, {"response": [0]}]
    lines = [line for answer in answers for line in (answer, grade)]
    ended = quizdock("study", "small", "--json", typed="".join(f"{json.dumps(line)}\n" for line in lines))
    assert json.loads(ended.stdout.splitlines()[-1])["reviews"] == 5


def schedules(quizdock: Run) -> dict[str, tuple[str | None, int | None]]:
    """When each card of the small deck is due, and its interval."""
    listed = json.loads(quizdock("card", "list", "small", "--json").stdout)
    return {each["id"]: (each["due"], each["interval"]) for each in listed}


@pytest.fixture
def tagged(home: Path) -> Path:
    """The small deck with a tag on two cards, and another on one of them."""
    path = home / "content" / "small.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('id = "kernel"\n', 'id = "kernel"\ntags = ["linux", "unix"]\n')
    path.write_text(text.replace('id = "shared"\n', 'id = "shared"\ntags = ["linux"]\n'), encoding="utf-8")
    return path


# Which cards


def test_a_tag_narrows_the_session_and_several_widen_it_again(quizdock: Run, tagged: Path) -> None:
    assert asked(quizdock, "small", "--tag", "linux") == ["small/shared", "small/kernel"]
    assert asked(quizdock, "small", "--tag", "unix") == ["small/kernel"]
    assert asked(quizdock, "small", "--tag", "unix", "--tag", "linux") == ["small/shared", "small/kernel"]


def test_a_note_narrows_the_session_and_several_widen_it_again(quizdock: Run) -> None:
    assert asked(quizdock, "small", "--note", "kernel") == ["small/kernel"]
    assert asked(quizdock, "small", "--note", "kernel", "--note", "image") == ["small/image", "small/kernel"]


def test_several_topics_widen_the_session(quizdock: Run) -> None:
    both = asked(quizdock, "small", "--topic", "containers", "--topic", "images")
    assert both == ["small/image", "small/shared", "small/list", "small/kernel", "small/isolated"]
    assert asked(quizdock, "small", "--topic", "containers") == both[2:]


def test_topic_tag_and_note_narrow_together(quizdock: Run, tagged: Path) -> None:
    assert asked(quizdock, "small", "--topic", "images", "--tag", "linux") == ["small/shared"]
    assert asked(quizdock, "small", "--tag", "linux", "--note", "kernel", "--note", "list") == ["small/kernel"]
    assert asked(quizdock, "small", "--topic", "images", "--note", "kernel") == []


@pytest.mark.parametrize(
    ("option", "name", "message"),
    [
        ("--topic", "imges", "there is no topic called imges\nDid you mean images?\n"),
        ("--tag", "linus", "no card has the tag linus\nDid you mean linux?\n"),
        ("--note", "kernal", "there is no note called kernal\nDid you mean kernel?\n"),
    ],
)
def test_an_unknown_name_comes_with_the_nearest_and_follows_no_deck(
    quizdock: Run, tagged: Path, option: str, name: str, message: str
) -> None:
    ended = quizdock("study", "small", option, name, "--plain")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"Error: {message}"
    assert quizdock("due").stdout == "0 cards to repeat, 10 new ones\n"


def test_what_was_typed_is_what_goes_on(quizdock: Run, tagged: Path) -> None:
    options = ("--topic", "images", "--topic", "containers", "--tag", "linux", "--note", "kernel")
    ended = quizdock("study", "small", *options, "--plain")
    assert f"To go on: quizdock study small {' '.join(options)}\n" in ended.stdout


def test_what_a_shell_would_read_otherwise_is_quoted(quizdock: Run, tagged: Path) -> None:
    tagged.write_text(tagged.read_text(encoding="utf-8").replace('"unix"', '"it\'s; here"'), encoding="utf-8")
    ended = quizdock("study", "small", "--tag", "it's; here", "--plain")
    assert "To go on: quizdock study small --tag 'it'\"'\"'s; here'\n" in ended.stdout


# How long


def test_after_the_minutes_no_other_card_is_asked(quizdock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock runs on by half a minute whenever it is read."""
    ticks = iter(range(0, 10**9, 30_000))
    monkeypatch.setattr("quizdock.cli.clock.SystemClock.milliseconds", lambda _clock: next(ticks))
    ended = quizdock("study", "small", "--minutes", "2", "--plain", typed="\n4\nt\n4\ndocker ps\n4\n")
    assert ended.returncode == 0
    assert ended.stdout.count("Saved: 4") == 1
    assert "\nThe time is up.\n1 review · 0 drills · " in ended.stdout
    assert "4 cards are left for today.\nTo go on: quizdock study small\n" in ended.stdout


def test_an_hour_is_enough_for_five_cards(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--minutes", "60", "--plain", typed="\n4\nt\n4\ndocker ps\n4\n1\n4\n1\n4\n")
    assert ended.stdout.count("Saved: 4") == 5
    assert "The time is up." not in ended.stdout


# Where new cards come


@pytest.fixture
def half_known(quizdock: Run, many: Path, at: At) -> Run:
    """On the next day four cards of the deck `many` are due, and four new ones may come."""
    quizdock("study", "many", "--plain", "--new", "4", typed="\n4\n" * 4)
    quizdock("settings", "set", "new-per-day", "4")
    at("2026-11-24T20:15")
    return quizdock


def test_new_cards_come_first_last_or_among_the_due_ones(half_known: Run) -> None:
    def new(*options: str) -> str:
        heard = [
            json.loads(line) for line in half_known("study", "--json", *options, typed=SKIP_EIGHT).stdout.splitlines()
        ]
        return "".join("n" if message["new"] else "d" for message in heard if message["type"] == "ask")[:8]

    assert new("--new-first") == "nnnndddd"
    assert new("--new-last") == "ddddnnnn"
    assert new() == "dndndndn"
    half_known("settings", "set", "new-order", "first")
    assert new() == "nnnndddd"
    assert new("--new-last") == "ddddnnnn"


# Outside of the schedule


def test_cramming_asks_every_card_keeps_the_drill_and_moves_nothing(talk: Talk, quizdock: Run) -> None:
    talk(["study", "small", "--note", "image"], {"response": None}, {"grade": 4})
    before = schedules(quizdock)
    skips = [{"skip": True}] * 5
    heard = talk(["study", "small", "--cram"], *skips, {"quit": True})
    assert heard[0] == {"type": "session", "learner": "alice", "day": "2026-11-23", "due": 1, "new": 4, "mode": "cram"}
    assert sorted(cards(heard)[:5]) == sorted(before)
    assert all(message["drill"] for message in heard if message["type"] == "ask")

    heard = talk(["study", "small", "--cram", "--note", "shared"], *({"response": True}, {"accept": True}))
    saved = next(message for message in heard if message["type"] == "saved")
    nothing = {"repetitions": None, "interval": None, "ease": None, "due": None}
    assert saved == {"type": "saved", "card": "small/shared", "grade": 4, **nothing}
    assert heard[-1] == {"type": "done", "reviews": 0, "drills": 1}

    heard = talk(["study", "small", "--cram", "--note", "image"], *({"response": None}, {"grade": 4}))
    assert heard[-1] == {"type": "done", "reviews": 0, "drills": 1}
    assert schedules(quizdock) == before
    assert quizdock("due", "small").stdout == "0 cards to repeat, 4 new ones\n"
    assert quizdock("rebuild").stdout == "3 events replayed, 1 schedule: all were already right.\n"


def test_cramming_in_lines_says_that_no_schedule_moves_and_how_to_go_on(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--topic", "images", "--cram", "--plain", typed=":q\n")
    assert opening(ended) == "alice · 2026-11-23 · 2 cards · cramming: no schedule moves"
    assert "2 cards are left.\nTo go on: quizdock study small --topic images --cram\n" in ended.stdout
    done = quizdock("study", "small", "--note", "image", "--cram", "--plain", typed="\n4\n")
    assert "\nNoted: 4, no schedule moved\n" in done.stdout
    assert "\nThat was all.\n" in done.stdout


def test_ahead_asks_what_the_next_days_bring_and_counts_the_days_that_have_passed(
    talk: Talk, quizdock: Run, at: At
) -> None:
    learn_all(quizdock)
    at("2026-11-24T12:00")
    talk(["study", "small", "--note", "image"], {"response": None}, {"grade": 4})
    assert schedules(quizdock)["small/image"] == ("2026-11-30", 6)
    assert sorted(asked(quizdock, "small", "--ahead", "1")) == [
        *("small/isolated", "small/kernel", "small/list", "small/shared")
    ]
    at("2026-11-27T12:00")
    assert "small/image" not in asked(quizdock, "small", "--ahead", "2")
    heard = talk(["study", "small", "--ahead", "3", "--note", "image"], {"response": None}, {"grade": 4})
    assert heard[0]["mode"] == "ahead"
    (saved,) = [message for message in heard if message["type"] == "saved"]
    assert (saved["interval"], saved["due"]) == (8, "2026-12-05"), "three of six days, times 2.50, rounded up"
    assert heard[-1] == {"type": "done", "reviews": 1, "drills": 0}


def test_there_is_nothing_ahead_of_who_has_begun_nothing(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--ahead", "30", "--plain")
    assert opening(ended) == "alice · 2026-11-23 · 0 cards · ahead of time"
    assert "Nothing else is due by then.\n" in ended.stdout


def test_mistakes_are_what_was_last_got_wrong_in_study(talk: Talk, quizdock: Run, at: At) -> None:
    said = [{"response": None}, {"grade": 1}, {"response": True}, {"grade": 4}, {"response": "x"}, {"accept": True}]
    talk(["study", "small", "--limit", "3"], *said)
    assert sorted(asked(quizdock, "small", "--mistakes")) == ["small/image", "small/list"]
    at("2026-12-23T12:00")
    assert sorted(asked(quizdock, "small", "--mistakes")) == ["small/image", "small/list"]
    at("2026-12-24T12:00")
    assert asked(quizdock, "small", "--mistakes") == [], "thirty-one days ago"


def test_a_mistake_that_was_mended_is_none_any_more(talk: Talk, quizdock: Run, at: At) -> None:
    talk(["study", "small", "--limit", "1"], {"response": None}, {"grade": 1})
    at("2026-11-23T20:20")
    heard = talk(["study", "small", "--mistakes"], {"response": None}, {"grade": 4})
    assert heard[0]["mode"] == "mistakes"
    assert heard[-1] == {"type": "done", "reviews": 0, "drills": 1}
    assert asked(quizdock, "small", "--mistakes") == []


def test_mistakes_of_an_exam_are_drilled_and_stay_new(talk: Talk, quizdock: Run, at: At) -> None:
    """The paper with this seed: kernel, isolated, shared, list, image; the third and the fourth are wrong here."""
    quizdock("exam", "small", "--plain", "-n", "5", "--seed", "1", typed="3\n2 3\nf\ndocker images\n1\n\n")
    at("2026-11-23T20:20")
    assert sorted(asked(quizdock, "small", "--mistakes")) == ["small/list", "small/shared"]
    heard = talk(["study", "small", "--mistakes", "--note", "list"], {"response": "docker ps"}, {"accept": True})
    assert heard[-1] == {"type": "done", "reviews": 0, "drills": 1}
    assert asked(quizdock, "small", "--mistakes") == ["small/shared"]
    assert quizdock("due", "small").stdout == "0 cards to repeat, 5 new ones\n"


def test_an_exam_that_was_left_makes_no_mistakes(quizdock: Run) -> None:
    quizdock("exam", "small", "--plain", "-n", "5", "--seed", "1", typed="1\n1\n:q\n")
    assert asked(quizdock, "small", "--mistakes") == []


@pytest.mark.parametrize(
    "options", ["--cram --ahead 3", "--ahead 3 --mistakes", "--mistakes --cram", "--cram --ahead 3 --mistakes"]
)
def test_only_one_way_out_of_the_schedule_at_a_time(quizdock: Run, home: Path, options: str) -> None:
    ended = quizdock("study", "small", *options.split(), "--plain")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.endswith("Error: --cram, --ahead and --mistakes do not go together: choose one\n")


# Settings


def test_the_settings_limit_new_cards_a_day(quizdock: Run, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quizdock("settings", "set", "new-per-day", "2")
    assert asked(quizdock, "many") == ["many/c01", "many/c02"]
    monkeypatch.setenv("QUIZDOCK_NEW_PER_DAY", "3")
    assert asked(quizdock, "many") == ["many/c01", "many/c02", "many/c03"]
    assert asked(quizdock, "many", "--new", "1") == ["many/c01"]
    monkeypatch.setenv("QUIZDOCK_NEW_PER_DAY", "")
    assert len(asked(quizdock, "many")) == 2


def test_a_variable_that_is_no_number_is_refused(quizdock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZDOCK_NEW_PER_DAY", "many")
    ended = quizdock("study", "small", "--plain")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "QUIZDOCK_NEW_PER_DAY" in ended.stderr


def test_a_deck_may_have_its_own_limits(quizdock: Run, many: Path, at: At) -> None:
    quizdock("settings", "set", "decks.small.new-per-day", "1")
    first = asked(quizdock, "small", "many", "--new-first")
    assert [card for card in first if card.startswith("small/")] == ["small/image"]
    assert len(first) == 10, "the others' share is not cut"
    quizdock("study", "small", "--plain", typed="\n4\n")
    assert asked(quizdock, "small") == [], "its limit is that of the day, not of a session"
    assert asked(quizdock, "small", "--new", "2") == ["small/shared", "small/list"]
    at("2026-11-24T20:15")
    assert asked(quizdock, "small", "--new-last") == ["small/image", "small/shared"]


def test_reviews_are_limited_too_and_the_rest_is_told(quizdock: Run, many: Path, at: At) -> None:
    quizdock("study", "many", "--plain", typed="\n4\n" * 10)
    quizdock("settings", "set", "reviews-per-day", "4")
    at("2026-11-24T20:15")
    ended = quizdock("study", "many", "--plain", "--new", "0", typed="\n4\n" * 4)
    assert opening(ended) == "alice · 2026-11-24 · 4 cards to repeat, 0 new ones"
    more = quizdock("study", "many", "--plain", "--new", "0")
    assert opening(more) == "alice · 2026-11-24 · 0 cards to repeat, 0 new ones"
    quizdock("settings", "set", "new-per-day", "0")
    done = quizdock("study", "many", "--plain")
    assert "Done for today.\nThe day's limit holds 6 more cards back.\n" in done.stdout


def test_four_keys_grade_again_hard_good_and_easy(quizdock: Run) -> None:
    quizdock("settings", "set", "grade-keys", "four")
    ended = quizdock("study", "small", "--topic", "images", "--plain", typed="\n0\n5\n4\nf\n\nt\n\n")
    prompt = "Grade (1 again today, 1 d; 2 hard today, 1 d; 3 good 1 d; 4 easy 1 d)"
    assert f"{prompt}:\na grade is a number from 1 to 4\n{prompt}:\na grade is a number from 1 to 4\n" in ended.stdout
    assert f"{prompt}. Enter takes 1 (wrong):\n" in ended.stdout
    assert "Grade (1 again today; 2 hard today; 3 good done; 4 easy done). Enter takes 3 (right):\n" in ended.stdout
    listed = json.loads(quizdock("card", "list", "small", "--json").stdout)
    assert {each["id"]: each["ease"] for each in listed if each["due"]} == {
        "small/image": "2.60",
        "small/shared": "2.50",
    }


def test_the_study_day_begins_at_the_hour_that_is_set(quizdock: Run, at: At) -> None:
    at("2026-11-24T05:00")
    assert opening(quizdock("study", "small", "--plain")).startswith("alice · 2026-11-24 · ")
    quizdock("settings", "set", "rollover", "6")
    assert opening(quizdock("study", "small", "--plain")).startswith("alice · 2026-11-23 · ")
    at("2026-11-24T06:00")
    assert opening(quizdock("study", "small", "--plain")).startswith("alice · 2026-11-24 · ")


def test_a_wrong_settings_file_says_where_before_anything_is_asked(quizdock: Run, home: Path) -> None:
    (home / "data" / "settings.toml").write_text('new-per-day = "ten"\n', encoding="utf-8")
    ended = quizdock("study", "small", "--plain")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert re.search(r"settings\.toml.*new-per-day", ended.stderr, re.DOTALL)


@pytest.mark.parametrize("option", [("--new", "3"), ("--reviews", "3"), ("--new-first",), ("--new-last",)])
@pytest.mark.parametrize("mode", [("--cram",), ("--ahead", "3"), ("--mistakes",)])
def test_what_bounds_the_day_goes_with_no_other_session(
    quizdock: Run, mode: tuple[str, ...], option: tuple[str, ...]
) -> None:
    ended = quizdock("study", "small", *mode, *option)
    assert ended.returncode == 2
    assert "--new, --reviews, --new-first and --new-last belong to the day's own session" in ended.stderr


def test_what_a_limit_holds_back_is_said_with_what_to_type(quizdock: Run, at: Callable[[str], None]) -> None:
    quizdock("study", "small", "--plain", typed="\n4\nt\n4\ndocker ps\n4\n:q\n")
    at("2026-11-24T20:15")
    quizdock("settings", "set", "reviews-per-day", "1")
    quizdock("settings", "set", "new-per-day", "0")
    first = quizdock("study", "small", "--plain", typed="\n4\nt\n4\ndocker ps\n4\n")
    assert first.stdout.count("Saved: ") == 1
    assert "The day's limit holds 2 more cards back.\n" in first.stdout
    assert "To see them all the same: quizdock study small --reviews 2\n" in first.stdout
    assert quizdock("due", "small").stdout == "0 cards to repeat, 0 new ones\n"
    assert quizdock("study", "small", "--reviews", "1", "--json").stdout.count('"type": "ask"') == 1
