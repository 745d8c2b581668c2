"""Words that several parts of the interface share."""

from collections.abc import Callable

import pytest

from quizdock.core.agenda import Mode
from quizdock.core.card import Card
from quizdock.core.dialogue import Closing, Leech, Marked, Opening, Question, Saved, TakenBack
from quizdock.core.forms import Given, Ordered, Pair, Recall, Verdict
from quizdock.core.journal import Kind
from quizdock.core.message import msg
from quizdock.core.settings import GradeKeys
from quizdock.core.sm2 import Schedule
from quizdock.ui import wording


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "1 d"),
        (30, "30 d"),
        (31, "1 mo"),
        (45, "1 mo"),
        (46, "2 mo"),
        (364, "12 mo"),
        (365, "1 y"),
        (511, "1.4 y"),
        (3652, "10 y"),
        (3_652_059, "9998.8 y"),
    ],
)
def test_an_interval_is_told_in_days_then_months_then_years(days: int, text: str) -> None:
    assert wording.interval_text(days) == text


def test_every_grade_has_a_name_of_its_own() -> None:
    assert [wording.grade_name(grade) for grade in range(6)] == ["blank", "wrong", "almost", "hard", "good", "easy"]


@pytest.mark.parametrize(
    ("due", "new", "text"),
    [
        (0, 0, "alice · 2026-11-23 · 0 cards to repeat, 0 new ones"),
        (1, 1, "alice · 2026-11-23 · 1 card to repeat, 1 new"),
        (12, 2, "alice · 2026-11-23 · 12 cards to repeat, 2 new ones"),
    ],
)
def test_an_opening_counts_in_the_singular_and_the_plural(due: int, new: int, text: str) -> None:
    assert wording.opening_text(Opening("alice", 739_943, due, new)) == text


@pytest.mark.parametrize(
    ("closing", "lines"),
    [
        (
            Closing(reviews=1, drills=0, seconds=59, left=0, due_tomorrow=1, new_waiting=5, grades={3: 1}),
            ["1 review · 0 drills · 0:59", "1 of 1 remembered, 100 %", "Done for today.", "Tomorrow: 1 card due."],
        ),
        (
            Closing(2, 1, 600, left=1, due_tomorrow=0, new_waiting=0, grades={4: 1, 3: 1, 2: 1}, streak=1),
            [
                "2 reviews · 1 drill · 10:00",
                "2 of 3 remembered, 67 %",
                "1 card is left for today.",
                "To go on: quizdock study",
                "Tomorrow: 0 cards due.",
            ],
        ),
        (
            Closing(1, 0, 5, left=0, due_tomorrow=1, new_waiting=3, grades={1: 1}, beyond=2, streak=3),
            [
                "1 review · 0 drills · 0:05",
                "0 of 1 remembered, 0 %",
                "Done for today.",
                "The day's limit holds 2 more cards back.",
                "To see them all the same: quizdock study --reviews 2",
                "Tomorrow: 1 card due.",
                "Streak: 3 days.",
            ],
        ),
        (
            Closing(3, 0, 60, left=2, due_tomorrow=1, new_waiting=0, grades={5: 3}, time_is_up=True),
            [
                "The time is up.",
                "3 reviews · 0 drills · 1:00",
                "3 of 3 remembered, 100 %",
                "2 cards are left for today.",
                "To go on: quizdock study",
                "Tomorrow: 1 card due.",
            ],
        ),
        (
            Closing(0, 3, 60, left=0, due_tomorrow=1, new_waiting=9, grades={0: 3}, mode="cram"),
            ["0 reviews · 3 drills · 1:00", "0 of 3 remembered, 0 %", "That was all.", "Tomorrow: 1 card due."],
        ),
        (
            Closing(0, 0, 0, left=0, due_tomorrow=1, new_waiting=9, mode="mistakes"),
            ["0 reviews · 0 drills · 0:00", "No recent mistake is left.", "Tomorrow: 1 card due."],
        ),
        (
            Closing(0, 0, 0, 0, 0, 5, waits_for=("Images", "Nets\x1b"), command="quizdock study d --topic x"),
            [
                "0 reviews · 0 drills · 0:00",
                "Done for today.",
                "New cards here wait until these topics have been met: Images, Nets\ufffd.",
                "To meet them all the same, say how many: --new 5",
                "More new cards: quizdock study d --topic x --new 5",
                "Tomorrow: 0 cards due.",
            ],
        ),
        (
            Closing(reviews=0, drills=0, seconds=3661, left=0, due_tomorrow=2, new_waiting=5),
            [
                "0 reviews · 0 drills · 61:01",
                "Done for today.",
                "More new cards: quizdock study --new 5",
                "Tomorrow: 2 cards due.",
            ],
        ),
        (
            Closing(reviews=0, drills=2, seconds=0, left=2, due_tomorrow=2, new_waiting=0, interrupted=True),
            [
                "Interrupted. Every answer shown as saved is saved.",
                "0 reviews · 2 drills · 0:00",
                "2 cards are left for today.",
                "To go on: quizdock study",
                "Tomorrow: 2 cards due.",
            ],
        ),
    ],
)
def test_a_closing_says_what_was_done_and_what_comes_next(closing: Closing, lines: list[str]) -> None:
    assert wording.closing_lines(closing) == lines


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        ("cram", "alice · 2026-11-23 · 3 cards · cramming: no schedule moves"),
        ("ahead", "alice · 2026-11-23 · 3 cards · ahead of time"),
        ("mistakes", "alice · 2026-11-23 · 3 cards · mistakes of the last days"),
    ],
)
def test_an_opening_says_what_kind_of_session_it_is(mode: Mode, text: str) -> None:
    assert wording.opening_text(Opening("alice", 739_943, 2, 1, mode)) == text


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        ("six", ["0 blank", "1 wrong", "2 almost", "3 hard", "4 good", "5 easy"]),
        ("four", ["1 again", "2 hard", "3 good", "4 easy"]),
    ],
)
def test_every_key_has_a_name(keys: GradeKeys, names: list[str]) -> None:
    assert [f"{key} {name}" for key, _grade, name in wording.key_names(keys)] == names


@pytest.mark.parametrize(
    ("saved", "keys", "text"),
    [
        (Saved("d/n", 3, Schedule(1, 6, 236, 0), False, True), "six", "✓ Saved: 3, again today, then in 6 d"),
        (Saved("d/n", 4, Schedule(1, 40, 236, 0), False, False), "six", "✓ Saved: 4, next in 1 mo"),
        (Saved("d/n", 4, Schedule(1, 40, 236, 0), False, False), "four", "✓ Saved: 3, next in 1 mo"),
        (Saved("d/n", 5, None, True, False), "six", "✓ Noted: 5, no schedule moved"),
        (Saved("d/n", 5, None, True, False), "four", "✓ Noted: 4, no schedule moved"),
    ],
)
def test_what_was_saved_is_called_by_the_key_that_was_pressed(saved: Saved, keys: GradeKeys, text: str) -> None:
    assert wording.saved_text(saved, keys) == text


@pytest.mark.parametrize(
    ("kind", "grade", "text"),
    [
        (Kind.REVIEW, 4, "↶ Grade 4 taken back: Ask?"),
        (Kind.DRILL, 0, "↶ Grade 0 taken back: Ask?"),
        (Kind.CRAM, 5, "↶ Grade 5 taken back: Ask?"),
        (Kind.SUSPEND, None, "↶ No longer suspended: Ask?"),
        (Kind.RESUME, None, "↶ Suspended again: Ask?"),
        (Kind.BURY, None, "↶ No longer put off until tomorrow: Ask?"),
        (Kind.RESET, None, "↶ Progress is back: Ask?"),
        (Kind.RELINK, None, "↶ Progress is back at: Ask?"),
        (Kind.DUE, None, "↶ No longer brought forward: Ask?"),
    ],
)
def test_an_undo_says_what_it_took_back(kind: Kind, grade: int | None, text: str) -> None:
    assert wording.undone_text(TakenBack("d/n", "Title\nAsk?", kind, grade)) == text


def test_an_undone_grade_is_called_by_its_key() -> None:
    assert wording.undone_text(TakenBack("d/n", "Ask?", Kind.REVIEW, 5), "four") == "↶ Grade 4 taken back: Ask?"


def test_what_was_asked_is_told_without_harm() -> None:
    assert wording.asking_line("Title\nAsk\x1b[2J?") == "Ask\ufffd[2J?"
    assert wording.asking_line("") == ""
    assert wording.whole_line("Title\nAsk\x1b[2J?") == "Title — Ask\ufffd[2J?"


@pytest.mark.parametrize(
    ("file", "line", "place"),
    [
        ("/d.toml", 7, ["It is written in /d.toml:7"]),
        ("/d\x1b.toml", None, ["It is written in /d\ufffd.toml"]),
        (None, None, []),
    ],
)
def test_a_leech_is_told_with_its_place_if_it_is_known(file: str | None, line: int | None, place: list[str]) -> None:
    told = wording.leech_lines(Leech("d/n", "Ask?", 8, file, line))
    assert told[:2] == ["This card does not stick: forgotten 8 times.", "Ask?"]
    assert told[3:] == place


@pytest.mark.parametrize(
    ("seconds", "left", "text"),
    [(0, None, "0:00"), (61, 20, "1:01 · ~1 min"), (61, 209, "1:01 · ~3 min")],
)
def test_the_pace_is_told_once_there_is_one(seconds: int, left: int | None, text: str) -> None:
    card = Card("n", "t", "Ask?", Recall("x"))
    question = Question("d/n", card, card.study, "D", "T", left=2, of=3, seconds=seconds, seconds_left=left)
    assert wording.pace_text(question) == text


@pytest.mark.parametrize(
    ("drill", "texts"),
    [
        (False, ["today, 1 d", "today, 1 d", "today, 1 d", "today, 6 d", "1 mo", "1.1 y"]),
        (True, ["today", "today", "today", "today", "done", "done"]),
    ],
)
def test_a_key_says_when_the_card_comes_back(marked: Callable[..., Marked], drill: bool, texts: list[str]) -> None:
    answered = marked(Recall("x"), None, None, None, drill=drill)
    assert [wording.key_text(answered, grade) for grade in range(6)] == texts


def test_a_proposal_is_told_by_its_key_and_its_reason(marked: Callable[..., Marked]) -> None:
    answered = marked(Recall("x"), None, Verdict(1.0), 3)
    assert wording.proposal_text(answered, "six") == "3 (right, with a hint)"
    assert wording.proposal_text(answered, "four") == "2 (right, with a hint)"
    assert wording.proposal_text(marked(Recall("x"), None, None, None), "six") == ""


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (None, "none"),
        ("", "none"),
        ((), "none"),
        (True, "True"),
        (False, "False"),
        ("docker ps", "docker ps"),
        (("one", "two"), "one, two"),
        ("a\x1b[31m\u202e", "a\ufffd[31m\ufffd"),
        (("a\x07", "b"), "a\ufffd, b"),
        (Ordered(("a\x07", "b", "c")), "a\ufffd → b → c"),
        (Ordered(), "none"),
        ((Pair("a\x07", "b"), Pair("c", "d\x1b")), "\na\ufffd → b\nc → d\ufffd"),
    ],
)
def test_a_response_is_told_as_a_text_without_harm(given: Given, text: str) -> None:
    assert wording.given_text(given) == text


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (Verdict(1.0), "Right"),
        (Verdict(1.0, msg("accents were not counted")), "Right (accents were not counted)"),
        (Verdict(2 / 3), "Partly right: 67 %"),
        (Verdict(2 / 3, msg("accents were not counted")), "Partly right: 67 % (accents were not counted)"),
        (Verdict(0.0, why="No."), "Wrong"),
    ],
)
def test_a_verdict_tells_how_much_was_right_and_what_was_forgiven(verdict: Verdict, text: str) -> None:
    assert wording.verdict_text(verdict) == text
