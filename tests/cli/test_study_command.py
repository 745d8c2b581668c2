"""`quizdock study`: the daily drill in lines of text and in lines of JSON, over several runs and days."""

import json
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]
Talk = Callable[..., list[dict[str, Any]]]

NEW_GRADES = "0 blank today, 1 d; 1 wrong today, 1 d; 2 almost today, 1 d; 3 hard today, 1 d; 4 good 1 d; 5 easy 1 d"
DRILL_GRADES = "0 blank today; 1 wrong today; 2 almost today; 3 hard today; 4 good done; 5 easy done"
COMMANDS = "At any question: :u undoes, :l puts off, :q leaves, :? says what else.\n"
LAST_CHANCE = "Nothing is left. Enter ends the session; u takes the last answer back:\n"
NO_REPLY = 'expected {"response": …}, or {"undo"|"skip"|"suspend"|"bury"|"hint"|"dont_know"|"quit": true}'
RECALLED = ({"response": None}, {"grade": 4})


def opening(ended: CompletedProcess[str]) -> str:
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.splitlines()[0]


def closing_lines(ended: CompletedProcess[str]) -> list[str]:
    """What is said after the last question, with the time that the session took left out."""
    assert (ended.returncode, ended.stderr) == (0, "")
    return re.sub(r" · \d+:\d\d\n", "\n", ended.stdout).rpartition("\n\n")[2].splitlines()


def prompts(ended: CompletedProcess[str]) -> list[str]:
    """The first line of every question, with what kind of question it is."""
    found = re.findall(r"^\[\d+ left\] .*\((new|repetition|once more)\)\n(.*)\n", ended.stdout, re.MULTILINE)
    return [f"{prompt} ({kind})" for kind, prompt in found]


def cards(heard: list[dict[str, Any]]) -> list[str]:
    return [message["card"] for message in heard if message["type"] == "ask"]


def saved(heard: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [message for message in heard if message["type"] == "saved"]


def with_hints(home: Path) -> None:
    """Give the question about listing two hints."""
    deck = home / "content" / "small.toml"
    old = deck.read_text(encoding="utf-8")
    deck.write_text(
        old.replace('type = "text"\n', 'type = "text"\nhint = ["It lists", "Like in Unix"]\n'), encoding="utf-8"
    )


# Lines of text


def test_a_short_session_line_by_line(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--plain", "--topic", "images", typed="\n5\nf\n\ny\n4\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert re.sub(r"\d+:\d\d\n", "0:00\n", ended.stdout) == (
        "alice · 2026-11-23 · 0 cards to repeat, 2 new ones\n"
        "Answer in your head or with the keys; then grade yourself, honestly: nobody else sees it.\n"
        "1: I did not know. 3: with trouble. 4: I knew. 5: at once. The better you knew it, the later it comes back.\n"
        "What you did not know comes back today until you do. A few minutes every day are enough.\n"
        f"{COMMANDS}"
        "\n"
        "[2 left] Small deck › Images (new)\n"
        "What is an image?\n"
        "Press Enter to see the answer.\n"
        "Answer: A read-only model\n"
        "Containers are made from it.\n"
        "Read again: Section 1.1\n"
        f"Grade ({NEW_GRADES}):\n"
        "Saved: 5, next in 1 d\n"
        "\n"
        "[1 left] Small deck › Images (new)\n"
        "Can two containers come from one image?\n"
        "True or false (t/f, or 1/2):\n"
        "Wrong\n"
        "Answer: True\n"
        f"Grade ({NEW_GRADES}). Enter takes 1 (wrong):\n"
        "Saved: 1, again today, then in 1 d\n"
        "\n"
        "[1 left] Small deck › Images (once more)\n"
        "Can two containers come from one image?\n"
        "True or false (t/f, or 1/2):\n"
        "Right\n"
        "Answer: True\n"
        f"Grade ({DRILL_GRADES}). Enter takes 4 (right):\n"
        "Saved: 4, next in 1 d\n"
        f"{LAST_CHANCE}"
        "\n"
        "2 reviews · 1 drill · 0:00\n"
        "1 of 2 remembered, 50 %\n"
        "Done for today.\n"
        "Tomorrow: 2 cards due.\n"
    )


def test_without_a_terminal_lines_are_written_even_unasked(quizdock: Run) -> None:
    plain = quizdock("study", "small", "--plain").stdout
    assert quizdock("study", "small").stdout == plain
    assert plain.startswith("alice · 2026-11-23 · 0 cards to repeat, 5 new ones\n")


def test_answers_can_be_piped_into_the_process(process: Run) -> None:
    ended = process("study", "small", "--topic", "images", typed="\r\n4\r\nt\r\n\r\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Saved: 4, next in 1 d\n" in ended.stdout
    assert "Done for today.\nTomorrow: 2 cards due.\n" in ended.stdout


def test_a_choice_is_marked_by_the_number_shown(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--plain", "--topic", "containers", typed="docker ps\n\n2\n\n")
    shown = re.findall(r"^  ([123])\) (.*)$", ended.stdout, re.MULTILINE)[:3]
    assert sorted(text for _, text in shown) == ["Its own", "The host's", "The image's"]
    chosen = dict(shown)["2"]
    verdicts = {
        "The host's": "Right\nAnswer: The host's\nThat is why it starts so fast.\n",
        "Its own": "Wrong\nA container brings no kernel.\nAnswer: The host's\nThat is why it starts so fast.\n",
        "The image's": "Wrong\nAnswer: The host's\nThat is why it starts so fast.\n",
    }
    assert f"Your choice, 1 to 3:\n{verdicts[chosen]}" in ended.stdout


def test_some_of_several_choices_are_partly_right(quizdock: Run) -> None:
    typed = "docker ps\n\n:l\n"
    shown = quizdock("study", "small", "--plain", "--topic", "containers", typed=f"{typed}1\n")
    half = "Partly right: 50 %" if "1) The kernel" not in shown.stdout.rpartition("isolate?")[2] else "Wrong"
    assert f"Your choices, for example 1 3:\n{half}\n" in shown.stdout


def test_a_wrong_text_is_told_why_and_a_forgiven_one_what_was_forgiven(quizdock: Run) -> None:
    typed = "Docker  IMAGES\n2\n:l\n:l\nthe docker ps\n:q\n"
    ended = quizdock("study", "small", "--plain", "--topic", "containers", typed=typed)
    assert "Your answer:\nWrong\nThat lists images.\nAnswer: docker ps\n" in ended.stdout
    assert "Your answer:\nRight (the article was not counted)\nAnswer: docker ps\n" in ended.stdout


@pytest.mark.parametrize("grade", ["6", "-1", "x", "", "4.5", "four"])
def test_what_is_no_grade_is_asked_for_again(quizdock: Run, grade: str) -> None:
    ended = quizdock("study", "small", "--plain", "--limit", "1", typed=f"\n{grade}\n5\n")
    assert f"Grade ({NEW_GRADES}):\na grade is a number from 0 to 5\nGrade ({NEW_GRADES}):\nSaved: 5" in ended.stdout


def test_an_undo_takes_back_and_asks_again(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--plain", "--topic", "images", typed=":u\n\n1\nu\n\n5\nu\n\n4\nt\n\n")
    assert re.findall(r"^(?:There|Grade \d|Saved).*", ended.stdout, re.MULTILINE) == [
        "There is nothing of today to take back.",
        "Saved: 1, again today, then in 1 d",
        "Grade 1 taken back: What is an image?",
        "Saved: 5, next in 1 d",
        "Grade 5 taken back: What is an image?",
        "Saved: 4, next in 1 d",
        "Saved: 4, next in 1 d",
    ]
    assert closing_lines(ended)[0] == "2 reviews · 0 drills"


def test_an_undo_at_a_verdict_asks_the_same_card_again_and_takes_nothing_back(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--plain", "--topic", "images", typed="\n4\nf\nu\nt\n\n")
    assert prompts(ended) == [
        "What is an image? (new)",
        "Can two containers come from one image? (new)",
        "Can two containers come from one image? (new)",
    ]
    assert re.findall(r"^(?:Wrong|Right|Saved.*|.*taken back.*)$", ended.stdout, re.MULTILINE) == [
        "Saved: 4, next in 1 d",
        "Wrong",
        "Right",
        "Saved: 4, next in 1 d",
    ]


def test_at_the_end_the_last_answer_can_still_be_taken_back(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--plain", "--topic", "images", typed="\n4\nt\n4\nu\nf\n0\nt\n\n\n")
    assert prompts(ended)[1:] == [
        "Can two containers come from one image? (new)",
        "Can two containers come from one image? (new)",
        "Can two containers come from one image? (once more)",
    ]
    assert "Grade 4 taken back: Can two containers come from one image?\n" in ended.stdout
    assert ended.stdout.count(LAST_CHANCE) == 2
    assert closing_lines(ended)[:2] == ["2 reviews · 1 drill", "1 of 2 remembered, 50 %"]


def test_an_undo_reaches_what_an_earlier_session_of_the_day_did_but_no_earlier_day(
    quizdock: Run, at: Callable[[str], None]
) -> None:
    quizdock("study", "small", "--plain", typed="\n4\nt\n\n")
    second = quizdock("study", "small", "--plain", typed=":u\nu\nu\nq\n")
    assert re.findall(r"^.*(?:taken back|take back).*$", second.stdout, re.MULTILINE) == [
        "Grade 4 taken back: Can two containers come from one image?",
        "Grade 4 taken back: What is an image?",
        "There is nothing of today to take back.",
    ]
    assert quizdock("due", "small").stdout == "0 cards to repeat, 5 new ones\n"
    quizdock("study", "small", "--plain", typed="\n4\nt\n\n")
    at("2026-11-24T20:15")
    assert "There is nothing of today to take back.\n" in quizdock("study", "small", "--plain", typed=":u\n").stdout


def test_who_does_not_know_sees_the_answer_and_is_proposed_a_blank(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--plain", "--topic", "containers", "--limit", "1", typed=":0\n\n:q\n")
    assert (
        f"Your answer:\nNo answer\nAnswer: docker ps\nRead again: Section 2.1\nGrade ({NEW_GRADES}). Enter takes"
        in (ended.stdout)
    )
    assert "Enter takes 0 (no answer):\nSaved: 0, again today, then in 1 d\n" in ended.stdout


def test_a_question_mark_lists_the_commands_and_asks_again(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--plain", "--topic", "containers", "--limit", "1", typed=":?\ndocker ps\n?\n")
    told = (
        ":h shows a hint, :0 the answer when you do not know it; :u takes the last answer back.\n"
        ":l puts the card off to the end, :b until tomorrow; :s asks it no more; :q leaves. All is saved.\n"
        "Where nothing is typed, the letters alone will do.\n"
    )
    colons = "An answer that begins with a colon is typed with two: ::q answers “:q”.\n"
    assert f"Your answer:\n{told}{colons}Your answer:\nRight\n" in ended.stdout
    assert f"Enter takes 4 (right):\n{told}Grade ({NEW_GRADES})" in ended.stdout


def test_a_card_can_be_suspended_and_another_put_off_until_tomorrow(quizdock: Run, at: Callable[[str], None]) -> None:
    ended = quizdock("study", "small", "--plain", "--topic", "images", typed="s\n:b\n\n")
    assert "Suspended: small/image. To ask it again: quizdock card resume small/image\n" in ended.stdout
    assert "Put off until tomorrow: small/shared\n" in ended.stdout
    assert closing_lines(ended)[:2] == ["0 reviews · 0 drills", "Done for today."]
    at("2026-11-24T20:15")
    assert prompts(quizdock("study", "small", "--plain", "--topic", "images")) == [
        "Can two containers come from one image? (new)"
    ]


def test_hints_are_shown_one_by_one_and_lower_the_grade_that_is_proposed(quizdock: Run, home: Path) -> None:
    with_hints(home)
    typed = ":h\n:h\n:h\ndocker ps\n\n:q\n"
    ended = quizdock("study", "small", "--plain", "--topic", "containers", "--limit", "1", typed=typed)
    assert (
        "Your answer:\nHint 1 of 2: It lists\nYour answer:\nHint 2 of 2: Like in Unix\nYour answer:\n"
        "there is no other hint\n"
    ) in ended.stdout
    assert "Enter takes 3 (right, with a hint):\nSaved: 3, again today, then in 1 d\n" in ended.stdout


def test_a_card_that_is_put_off_comes_after_all_the_others(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--plain", "--topic", "images", typed="l\nt\n\n\n4\n")
    assert prompts(ended) == [
        "What is an image? (new)",
        "Can two containers come from one image? (new)",
        "What is an image? (new)",
    ]


# End of input, and going on


@pytest.mark.parametrize(
    ("typed", "reviews"),
    [
        ("", 0),
        ("\n", 0),
        ("\n4", 1),
        ("\n4\n", 1),
        ("\n4\nt\n", 1),
        ("\n4\nt\n\n", 2),
        ("\n4\nt\n\ndocker ps\n:q\n", 2),
    ],
)
def test_the_end_of_input_in_the_middle_of_a_question_keeps_what_was_answered(
    quizdock: Run, typed: str, reviews: int
) -> None:
    ended = quizdock("study", "small", "--plain", typed=typed)
    remembered = [f"{reviews} of {reviews} remembered, 100 %"] if reviews else []
    assert closing_lines(ended) == [
        f"{reviews} review{'' if reviews == 1 else 's'} · 0 drills",
        *remembered,
        f"{5 - reviews} cards are left for today.",
        "To go on: quizdock study small",
        f"Tomorrow: {reviews} card{'' if reviews == 1 else 's'} due.",
    ]
    assert quizdock("due", "small").stdout == f"0 cards to repeat, {5 - reviews} new ones\n"


def test_a_second_session_goes_on_where_the_first_ended_and_asks_no_card_twice(quizdock: Run) -> None:
    first = quizdock("study", "small", "--plain", typed="\n4\nt\n\n")
    second = quizdock("study", "--plain", typed="docker ps\n\n1\n4\n1\n4\n")
    third = quizdock("study", "--plain")
    assert prompts(first) == [
        "What is an image? (new)",
        "Can two containers come from one image? (new)",
        "Which command lists the running containers? (new)",
    ]
    assert opening(second) == "alice · 2026-11-23 · 0 cards to repeat, 3 new ones"
    assert prompts(second) == [
        "Which command lists the running containers? (new)",
        "Whose kernel does a container use? (new)",
        "What do namespaces isolate? (new)",
    ]
    assert opening(third) == "alice · 2026-11-23 · 0 cards to repeat, 0 new ones"
    assert prompts(third) == []
    assert closing_lines(third) == ["0 reviews · 0 drills", "Done for today.", "Tomorrow: 5 cards due."]


def test_a_card_that_was_not_known_is_drilled_by_the_next_session_of_the_day(quizdock: Run) -> None:
    quizdock("study", "small", "--plain", "--topic", "images", typed="\n3\nt\n\n")
    second = quizdock("study", "--plain", "--new", "0", typed="\n4\n")
    assert opening(second) == "alice · 2026-11-23 · 1 card to repeat, 0 new ones"
    assert prompts(second) == ["What is an image? (once more)"]
    assert closing_lines(second)[0] == "0 reviews · 1 drill"
    assert prompts(quizdock("study", "--plain", "--new", "0")) == []


def test_the_same_day_drills_until_each_is_known_and_moves_nothing(talk: Talk) -> None:
    grades = [0, 3, 1, 2, 5]
    said = [line for grade in grades for line in ({"response": None}, {"grade": grade})]
    heard = talk(["study", "small", "--limit", "1"], *said)
    assert cards(heard) == ["small/image"] * 5
    assert [message["drill"] for message in heard if message["type"] == "ask"] == [False, True, True, True, True]
    assert [
        {key: each[key] for key in ("grade", "repetitions", "interval", "ease", "due")} for each in saved(heard)
    ] == [{"grade": grade, "repetitions": 0, "interval": 1, "ease": "2.50", "due": "2026-11-24"} for grade in grades]
    assert heard[-1] == {"type": "done", "reviews": 1, "drills": 4}


# The days after


def test_tomorrow_the_cards_of_today_are_due_and_the_day_after_none(quizdock: Run, at: Callable[[str], None]) -> None:
    quizdock("study", "small", "--plain", "--topic", "images", typed="\n4\nt\n\n")
    at("2026-11-24T20:15")
    ended = quizdock("study", "--plain", "--new", "0", typed="\n4\nt\n5\n")
    assert opening(ended) == "alice · 2026-11-24 · 2 cards to repeat, 0 new ones"
    assert prompts(ended) == ["What is an image? (repetition)", "Can two containers come from one image? (repetition)"]
    assert "Saved: 5, next in 6 d\n" in ended.stdout
    assert "Saved: 4, next in 6 d\n" in ended.stdout
    assert closing_lines(ended) == [
        "2 reviews · 0 drills",
        "2 of 2 remembered, 100 %",
        "3 cards are left for today.",
        "To go on: quizdock study",
        "Tomorrow: 0 cards due.",
        "Streak: 2 days.",
    ]
    at("2026-11-25T20:15")
    assert prompts(quizdock("study", "--plain", "--new", "0")) == []
    at("2026-11-30T04:00")
    assert opening(quizdock("study", "--plain", "--new", "0")) == "alice · 2026-11-30 · 2 cards to repeat, 0 new ones"


def test_the_intervals_of_a_card_that_is_always_good(talk: Talk, at: Callable[[str], None]) -> None:
    """1, 6, then times 2.50, rounded up."""
    told = []
    for day in ("2026-11-23", "2026-11-24", "2026-11-30", "2026-12-15", "2027-01-22"):
        at(f"{day}T12:00")
        (line,) = saved(talk(["study", "small", "--limit", "1"], *RECALLED))
        told.append((line["card"], line["repetitions"], line["interval"], line["ease"], line["due"]))
    assert told == [
        ("small/image", 1, 1, "2.50", "2026-11-24"),
        ("small/image", 2, 6, "2.50", "2026-11-30"),
        ("small/image", 3, 15, "2.50", "2026-12-15"),
        ("small/image", 4, 38, "2.50", "2027-01-22"),
        ("small/image", 5, 95, "2.50", "2027-04-27"),
    ]


def test_a_card_that_was_left_for_weeks_is_due_from_the_day_of_its_answer(
    talk: Talk, at: Callable[[str], None]
) -> None:
    talk(["study", "small", "--limit", "1"], *RECALLED)
    at("2027-01-01T12:00")
    (line,) = saved(talk(["study", "small", "--limit", "1"], *RECALLED))
    assert (line["interval"], line["due"]) == (6, "2027-01-07")


# How many cards


def test_ten_new_cards_a_day_are_counted_over_all_sessions(
    quizdock: Run, many: Path, at: Callable[[str], None]
) -> None:
    first = quizdock("study", "many", "--plain", typed="\n4\n" * 4)
    second = quizdock("study", "many", "--plain", typed="\n4\n" * 10)
    third = quizdock("study", "many", "--plain")
    assert opening(first) == "alice · 2026-11-23 · 0 cards to repeat, 10 new ones"
    assert opening(second) == "alice · 2026-11-23 · 0 cards to repeat, 6 new ones"
    assert prompts(second) == [f"Front {number} (new)" for number in range(5, 11)]
    assert prompts(third) == []
    assert closing_lines(third)[2] == "More new cards: quizdock study many --new 5"
    at("2026-11-24T20:15")
    assert opening(quizdock("study", "many", "--plain")) == "alice · 2026-11-24 · 10 cards to repeat, 10 new ones"


def test_the_option_new_counts_for_its_session_alone(quizdock: Run, many: Path) -> None:
    quizdock("study", "many", "--plain", typed="\n4\n" * 10)
    more = quizdock("study", "many", "--plain", "--new", "3", typed="\n4\n" * 3)
    assert opening(more) == "alice · 2026-11-23 · 0 cards to repeat, 3 new ones"
    assert prompts(more) == ["Front 11 (new)", "Front 12 (new)", "Front 13 (new)"]
    assert prompts(quizdock("study", "many", "--plain")) == []
    assert len(prompts(quizdock("study", "many", "--plain", "--new", "100", typed="\n4\n" * 12))) == 12


def test_no_new_cards_are_brought_where_none_are_wanted(quizdock: Run, many: Path) -> None:
    assert opening(quizdock("study", "many", "--plain", "--new", "0")) == (
        "alice · 2026-11-23 · 0 cards to repeat, 0 new ones"
    )


def test_a_limit_bounds_due_and_new_cards_together(quizdock: Run, many: Path, at: Callable[[str], None]) -> None:
    quizdock("study", "many", "--plain", "--new", "2", typed="\n4\n" * 2)
    at("2026-11-24T20:15")
    ended = quizdock("study", "many", "--plain", "--limit", "3", typed="\n4\n" * 3)
    assert opening(ended) == "alice · 2026-11-24 · 2 cards to repeat, 1 new"
    assert prompts(ended) == ["Front 1 (repetition)", "Front 2 (repetition)", "Front 3 (new)"]


def test_the_days_repeats_come_on_top_of_a_limit(quizdock: Run, many: Path) -> None:
    ended = quizdock("study", "many", "--plain", "--limit", "2", typed="\n0\n\n4\n\n2\n\n4\n")
    assert prompts(ended) == ["Front 1 (new)", "Front 2 (new)", "Front 1 (once more)", "Front 1 (once more)"]
    assert closing_lines(ended)[0] == "2 reviews · 2 drills"


def test_a_session_that_stops_at_its_limit_does_not_say_that_the_day_is_done(quizdock: Run, many: Path) -> None:
    ended = quizdock("study", "many", "--plain", "--limit", "2", typed="\n4\n\n4\n")
    assert quizdock("due").stdout == "0 cards to repeat, 8 new ones\n"
    assert "Done for today." not in ended.stdout


def test_a_topic_narrows_the_session(talk: Talk) -> None:
    heard = talk(["study", "small", "--topic", "images"], *RECALLED, {"response": True}, {"accept": True})
    assert cards(heard) == ["small/image", "small/shared"]


def test_several_decks_take_turns(quizdock: Run, many: Path) -> None:
    ended = quizdock("study", "small", "many", "--plain", "--new", "4", typed="\n4\n\n4\nt\n4\n\n4\n")
    assert sorted(prompts(ended)) == [
        "Can two containers come from one image? (new)",
        "Front 1 (new)",
        "Front 2 (new)",
        "What is an image? (new)",
    ]


def test_a_deck_that_is_not_there_asks_nothing_and_follows_none(quizdock: Run) -> None:
    ended = quizdock("study", "small", "smaal", "--plain", typed="\n4\n")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no deck called smaal\nDid you mean small?\n"
    assert quizdock("due").stdout == "0 cards to repeat, 10 new ones\n"


def test_a_topic_that_is_not_there_follows_no_deck(quizdock: Run) -> None:
    ended = quizdock("study", "small", "--topic", "image", "--plain", typed="\n4\n")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Error: there is no topic called image\nDid you mean images?\n"
    assert quizdock("due").stdout == "0 cards to repeat, 10 new ones\n"


# Ctrl-C


def test_ctrl_c_in_the_middle_of_a_question_keeps_everything_and_exits_with_130(quizdock: Run, home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "quizdock", "--lang", "en", "study", "small", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n4\n")
    process.stdin.flush()
    for line in process.stdout:
        if line == "True or false (t/f, or 1/2):\n":
            break
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, "")
    assert out.startswith("\nInterrupted. Every answer shown as saved is saved.\n1 review · 0 drills · ")
    assert quizdock("rebuild").stdout == "1 event replayed, 1 schedule: all were already right.\n"
    assert quizdock("due").stdout == "0 cards to repeat, 4 new ones\n"


# Lines of JSON


def test_the_exact_conversation_of_a_session(talk: Talk) -> None:
    heard = talk(
        ["study", "small", "--topic", "images"],
        {"response": None},
        {"grade": 5},
        {"response": False},
        {"accept": True},
        {"response": True},
        {"accept": True},
    )
    boolean = {
        "type": "ask",
        "card": "small/shared",
        "form": "boolean",
        "prompt": "Can two containers come from one image?",
        "choices": [],
        "new": True,
        "drill": False,
        "left": 1,
    }
    intervals = {"0": 1, "1": 1, "2": 1, "3": 1, "4": 1, "5": 1}
    schedule = {"repetitions": 1, "interval": 1, "ease": "2.60", "due": "2026-11-24"}
    failed = {"repetitions": 0, "interval": 1, "ease": "2.50", "due": "2026-11-24"}
    bare = {"type": "verdict", "leniency": "", "detail": "", "why": "", "source": "", "intervals": intervals}
    verdict = {**bare, "answer": True, "explanation": ""}
    assert heard == [
        {"type": "session", "learner": "alice", "day": "2026-11-23", "due": 0, "new": 2},
        {
            "type": "ask",
            "card": "small/image",
            "form": "recall",
            "prompt": "What is an image?",
            "choices": [],
            "new": True,
            "drill": False,
            "left": 2,
        },
        {
            **bare,
            "credit": None,
            "answer": "A read-only model",
            "explanation": "Containers are made from it.",
            "source": "Section 1.1",
            "grade": None,
            "reason": "",
        },
        {"type": "saved", "card": "small/image", "grade": 5, **schedule},
        boolean,
        {**verdict, "credit": 0.0, "grade": 1, "reason": "wrong"},
        {"type": "saved", "card": "small/shared", "grade": 1, **failed},
        {**boolean, "new": False, "drill": True},
        {**verdict, "credit": 1.0, "grade": 4, "reason": "right"},
        {"type": "saved", "card": "small/shared", "grade": 4, **failed},
        {"type": "done", "reviews": 2, "drills": 1},
    ]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("", "this line is not a JSON object"),
        ("{", "this line is not a JSON object"),
        ("null", "this line is not a JSON object"),
        ("[1]", "this line is not a JSON object"),
        ('"quit"', "this line is not a JSON object"),
        ("\x00", "this line is not a JSON object"),
        ('{"response": true} {"grade": 4}', "this line is not a JSON object"),
        ('{"response": ' + "[" * 100_000 + "]" * 100_000 + "}", "this line is not a JSON object"),
        ('{"response": ' + "9" * 5000 + "}", "this line is not a JSON object"),
        ('{"response": "half a pair \\ud83d"}', "this line is not a JSON object"),
        ('{"response": {"\\udc00": 1}}', "this line is not a JSON object"),
        ('{"response": "' + "x" * 1_000_000 + '"}', "this line is not a JSON object"),
        ({}, NO_REPLY),
        ({"answer": True}, NO_REPLY),
        ({"grade": 4}, NO_REPLY),
        ({"quit": False}, NO_REPLY),
        ({"quit": 1}, NO_REPLY),
        ({"skip": "true"}, NO_REPLY),
        ({"response": None}, "answer true or false"),
        ({"response": 1}, "answer true or false"),
        ({"response": "true"}, "answer true or false"),
        ({"response": [True]}, "answer true or false"),
        ({"response": {"true": True}}, "answer true or false"),
        ('{"response": NaN}', "answer true or false"),
        ('{"response": -Infinity}', "answer true or false"),
        ('{"response": 1e999}', "answer true or false"),
        ('{"response": ' + "9" * 4000 + "}", "answer true or false"),
        ('{"response": ' + "[" * 500 + "]" * 500 + "}", "answer true or false"),
        ({"undo": True}, "there is nothing of today to take back"),
        ({"hint": True}, "this card has no hint"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_line_that_is_not_understood_gets_an_error_and_the_question_again(
    talk: Talk, said: object, refusal: str
) -> None:
    *_, question, error, again, verdict, _done = talk(
        ["study", "small", "--topic", "images"], {"skip": True}, said, {"response": True}
    )
    assert question["card"] == "small/shared"
    assert error == {"type": "error", "message": refusal}
    assert again == question
    assert verdict["type"] == "verdict"


@pytest.mark.parametrize(
    ("card", "response", "refusal"),
    [
        ("kernel", 3, "choose one of the 3 choices"),
        ("kernel", -1, "choose one of the 3 choices"),
        ("kernel", 10**30, "choose one of the 3 choices"),
        ("kernel", True, "choose one of the 3 choices"),
        ("kernel", 1.0, "choose one of the 3 choices"),
        ("kernel", "The host's", "choose one of the 3 choices"),
        ("kernel", [0], "choose one of the 3 choices"),
        ("kernel", None, "choose one of the 3 choices"),
        ("isolated", 0, "give a list of choices"),
        ("isolated", None, "give a list of choices"),
        ("isolated", "Processes", "give a list of choices"),
        ("isolated", {"0": True}, "give a list of choices"),
        ("isolated", [0, 3], "choose one of the 3 choices"),
        ("isolated", [0, [1]], "choose one of the 3 choices"),
        ("isolated", [False], "choose one of the 3 choices"),
        ("list", 1, "answer with a text"),
        ("list", None, "answer with a text"),
        ("list", ["docker ps"], "answer with a text"),
        ("list", "x" * 2001, "that is too long: 2000 characters at most"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_response_of_the_wrong_type_or_range_is_refused(
    talk: Talk, card: str, response: object, refusal: str
) -> None:
    skips = [{"skip": True}] * ["list", "kernel", "isolated"].index(card)
    *_, question, error, again, _done = talk(
        ["study", "small", "--topic", "containers"], *skips, {"response": response}
    )
    assert question["card"] == f"small/{card}"
    assert error == {"type": "error", "message": refusal}
    assert again == question


@pytest.mark.parametrize(
    "said",
    [
        {"grade": 6},
        {"grade": -1},
        {"grade": 4.0},
        {"grade": "4"},
        {"grade": True},
        {"grade": None},
        {"grade": [4]},
        '{"grade": ' + "9" * 4000 + "}",
        '{"grade": NaN}',
        {"accept": True},
        {"accept": False},
        {"response": None},
        {},
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_grade_gets_an_error_and_the_verdict_again(talk: Talk, said: object) -> None:
    _session, _ask, verdict, error, again, line, *_ = talk(
        ["study", "small", "--limit", "1"], {"response": None}, said, {"grade": 4}
    )
    assert error == {
        "type": "error",
        "message": 'expected {"grade": 0 to 5}, or {"accept": true} where a grade is proposed',
    }
    assert again == verdict
    assert line["type"] == "saved"


def test_keys_that_mean_nothing_are_passed_over(talk: Talk) -> None:
    heard = talk(
        ["study", "small", "--limit", "1"],
        {"response": None, "took": 3.5, "quit": False},
        {"grade": 5, "comment": "easy"},
    )
    assert [message["type"] for message in heard] == ["session", "ask", "verdict", "saved", "done"]


def test_an_undo_is_told_and_asks_the_card_again_as_it_was(talk: Talk) -> None:
    heard = talk(
        ["study", "small", "--topic", "images"],
        *({"response": None}, {"grade": 1}),
        {"undo": True},
        {"undo": True},
        *({"response": None}, {"undo": True}),
        *({"response": None}, {"grade": 5}),
        {"quit": True},
    )
    assert [message["type"] for message in heard] == [
        *("session", "ask", "verdict", "saved"),
        *("ask", "undone"),
        *("ask", "error"),
        *("ask", "verdict"),
        *("ask", "verdict", "saved"),
        *("ask", "done"),
    ]
    assert cards(heard) == ["small/image", "small/shared", *["small/image"] * 3, "small/shared"]
    assert heard[5] == {"type": "undone", "card": "small/image", "event": "review", "grade": 1}
    assert heard[7] == {"type": "error", "message": "there is nothing of today to take back"}
    assert [heard[6], heard[8], heard[10]] == [heard[1]] * 3
    assert heard[-1] == {"type": "done", "reviews": 1, "drills": 0}


def test_what_was_set_aside_is_told_and_can_be_taken_back(talk: Talk) -> None:
    heard = talk(
        ["study", "small", "--topic", "images"],
        {"suspend": True},
        {"bury": True},  # nothing is left, and a program is not asked for more
    )
    assert heard[2] == {"type": "suspended", "card": "small/image"}
    assert heard[4] == {"type": "buried", "card": "small/shared"}
    assert heard[-1] == {"type": "done", "reviews": 0, "drills": 0}
    heard = talk(["study", "small", "--topic", "containers"], {"undo": True}, {"undo": True}, {"quit": True})
    assert [message for message in heard if message["type"] == "undone"] == [
        {"type": "undone", "card": "small/shared", "event": "bury", "grade": None},
        {"type": "undone", "card": "small/image", "event": "suspend", "grade": None},
    ]


def test_at_a_verdict_a_card_can_be_set_aside_or_put_off_too(talk: Talk) -> None:
    heard = talk(
        ["study", "small", "--topic", "containers"],
        *({"response": "docker ps"}, {"suspend": True}),
        *({"response": 0}, {"bury": True}),
        *({"response": []}, {"skip": True}),
        {"quit": True},
    )
    assert [message["type"] for message in heard] == [
        *("session", "ask", "verdict", "suspended", "ask", "verdict", "buried", "ask", "verdict", "ask", "done")
    ]
    assert cards(heard) == ["small/list", "small/kernel", "small/isolated", "small/isolated"]
    assert heard[-1] == {"type": "done", "reviews": 0, "drills": 0}


def test_who_does_not_know_is_told_the_answer_and_a_grade_of_zero(talk: Talk) -> None:
    heard = talk(
        ["study", "small", "--limit", "2"],
        *({"dont_know": True}, {"accept": True}),
        *({"dont_know": True}, {"accept": True}, {"quit": True}),
    )
    verdicts = [message for message in heard if message["type"] == "verdict"]
    told = [(each["answer"], each["credit"], each["grade"], each["reason"]) for each in verdicts]
    assert told == [
        ("A read-only model", None, 0, "no answer"),
        (True, 0.0, 0, "no answer"),
    ]
    assert [(each["card"], each["grade"]) for each in saved(heard)] == [("small/image", 0), ("small/shared", 0)]


def test_hints_are_listed_as_far_as_they_were_asked_for(talk: Talk, home: Path) -> None:
    with_hints(home)
    heard = talk(
        ["study", "small", "--topic", "containers", "--limit", "1"],
        *[{"hint": True}] * 3,
        *({"response": "docker ps"}, {"accept": True}),
        {"quit": True},
    )
    shown = [message.get("hints", message["type"]) for message in heard[1:6]]
    assert shown == ["ask", ["It lists"], ["It lists", "Like in Unix"], "error", ["It lists", "Like in Unix"]]
    assert heard[4]["message"] == "there is no other hint"
    assert (heard[6]["grade"], heard[6]["reason"]) == (3, "right, with a hint")


def test_a_card_that_is_forgotten_again_and_again_is_told_to_be_a_leech(
    talk: Talk, quizdock: Run, home: Path, at: Callable[[str], None]
) -> None:
    quizdock("settings", "set", "leech-after", "2")
    told = []
    for day in range(10, 17):
        at(f"2026-12-{day}T12:00")
        remembered = day % 2 == 0
        again = [] if remembered else [{"response": None}, {"grade": 4}]
        heard = talk(["study", "small", "--limit", "1"], {"response": None}, {"grade": 4 if remembered else 1}, *again)
        told += [(day, message) for message in heard if message["type"] == "leech"]
    file = str(home / "content" / "small.toml")
    assert told == [(13, {"type": "leech", "card": "small/image", "lapses": 2, "file": file, "line": 12})]


def test_a_skip_comes_back_and_a_quit_ends(talk: Talk) -> None:
    heard = talk(
        ["study", "small", "--topic", "images"], {"skip": True}, {"skip": True}, {"skip": True}, {"quit": True}
    )
    assert cards(heard) == ["small/image", "small/shared", "small/image", "small/shared"]
    assert [message["left"] for message in heard if message["type"] == "ask"] == [2, 2, 2, 2]
    assert heard[-1] == {"type": "done", "reviews": 0, "drills": 0}


def test_a_quit_at_the_grade_saves_nothing(talk: Talk, quizdock: Run) -> None:
    heard = talk(["study", "small", "--limit", "1"], {"response": None}, {"quit": True})
    assert [message["type"] for message in heard] == ["session", "ask", "verdict", "done"]
    assert quizdock("rebuild").stdout.startswith("0 events replayed")


def test_after_a_quit_nothing_more_is_read(talk: Talk) -> None:
    heard = talk(["study", "small"], {"quit": True}, "nonsense", {"response": None})
    assert [message["type"] for message in heard] == ["session", "ask", "done"]


def test_problems_of_deck_files_never_reach_the_conversation(quizdock: Run, home: Path) -> None:
    (home / "content" / "broken.toml").write_text("format = 1\n", encoding="utf-8")
    ended = quizdock("study", "small", "--json")
    assert [json.loads(line)["type"] for line in ended.stdout.splitlines()] == ["session", "ask", "done"]
    assert "broken.toml: 1 problem" in ended.stderr


def test_lines_that_are_not_utf_8_are_not_understood(home: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "quizdock", "study", "small", "--json", "--limit", "1"],
        input=b'\xff\xfe\n{"response": null}\n{"grade": 5}\n',
        capture_output=True,
        check=True,
    )
    types = [json.loads(line)["type"] for line in ended.stdout.splitlines()]
    assert types == ["session", "ask", "error", "ask", "verdict", "saved", "done"]


def test_what_was_said_to_be_saved_is_in_the_journal(talk: Talk, home: Path) -> None:
    talk(["study", "small", "--topic", "images"], *RECALLED, {"response": False}, {"grade": 2}, {"quit": True})
    with closing(sqlite3.connect(home / "data" / "quizdock.db")) as connection:
        rows = connection.execute(
            "SELECT seq, kind, day, name, grade, response FROM event JOIN card ON card.id = event.card ORDER BY seq"
        ).fetchall()
    assert rows == [(1, 1, 739_943, "image", 4, None), (2, 1, 739_943, "shared", 2, "false")]
