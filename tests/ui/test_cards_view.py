"""Cards in a table, and the history of one, as they stand on the page."""

import pytest
from rich.cells import cell_len

from quizdock.core.journal import Kind, Standing, State
from quizdock.core.sm2 import Schedule
from quizdock.ui.cards import (
    CardLine,
    Past,
    count_lines,
    history_cells,
    history_headers,
    kind_word,
    list_cells,
    list_headers,
    picture_lines,
    response_text,
    shortened,
    state_lines,
    status_word,
    table_lines,
)

DAY = 739_943  # 2026-11-23
LONG = "docker-conteneurs/cycle-de-vie#RUNNING+docker pause"
LINES = [
    CardLine(LONG, "due", DAY, 38, 250, lapses=9, leech=True),
    CardLine("small/image", "new"),
    CardLine("small/tab#a", "orphan", DAY + 400, 400, 130, lapses=12),
]


def table(widest: int | None) -> list[str]:
    return table_lines(list_headers(), [list_cells(line) for line in LINES], widest, give=0)


def test_without_a_terminal_ids_are_whole() -> None:
    assert table(None) == [
        "Card                                                 State       Due         Interval  Ease  Lapses",
        "───────────────────────────────────────────────────  ──────────  ──────────  ────────  ────  ──────",
        "docker-conteneurs/cycle-de-vie#RUNNING+docker pause  due, leech  2026-11-23      1 mo  2.50       9",
        "small/image                                          new         –                  –     –       0",
        "small/tab#a                                          orphan      2027-12-28     1.1 y  1.30      12",
    ]


def test_on_a_terminal_long_ids_lose_their_middle() -> None:
    assert table(80) == [
        "Card                              State       Due         Interval  Ease  Lapses",
        "────────────────────────────────  ──────────  ──────────  ────────  ────  ──────",
        "docker-conteneur…NG+docker pause  due, leech  2026-11-23      1 mo  2.50       9",
        "small/image                       new         –                  –     –       0",
        "small/tab#a                       orphan      2027-12-28     1.1 y  1.30      12",
    ]


def test_a_very_narrow_terminal_leaves_something_of_the_id() -> None:
    assert table(20)[2].startswith("docker…pause ")


@pytest.mark.parametrize(
    ("text", "cells", "short"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abc…fg"),
        ("abcdefg", 5, "ab…fg"),
        ("漢字漢字", 7, "漢…字"),
        ("ab", 1, "…"),
    ],
)
def test_the_middle_is_what_is_left_out(text: str, cells: int, short: str) -> None:
    assert shortened(text, cells) == short
    assert cell_len(short) <= cells


def test_wide_characters_keep_the_columns_straight() -> None:
    lines = table_lines(["Card", "State"], [["漢字", "x"], ["abcd", "y"]], None, give=0)
    assert {cell_len(line[: line.index(sign)]) for line, sign in zip(lines[2:], "xy", strict=True)} == {6}


def test_a_hostile_id_is_cleaned() -> None:
    assert list_cells(CardLine("d/\x1b[31m", "new"))[0] == "d/\ufffd[31m"


HISTORY = [
    Past(DAY, Kind.REVIEW, 4, '"docker ps"', 1500, 1, 250, moved=True),
    Past(DAY, Kind.DRILL, 5, '["a","b"]', 2000, 1, 250),
    Past(DAY, Kind.REVIEW, 1, None, 900, undone=True),
    Past(DAY + 1, Kind.RELINK, interval=1, ease=250, card="small/old"),
    Past(DAY + 1, Kind.REVIEW, 3, "true", 61_000, 6, 236, moved=True),
    Past(DAY + 7, Kind.RESET),
    Past(DAY + 8, Kind.REVIEW, 5, None, 0, 400, 260, moved=True),
]


def test_a_history_says_what_was_taken_back_and_where_the_rest_came_from() -> None:
    assert table_lines(history_headers(), map(history_cells, HISTORY), None, give=-1) == [
        "Date        Event      Grade  Seconds  Interval  Ease  Response",
        "──────────  ─────────  ─────  ───────  ────────  ────  ────────────────",
        "2026-11-23  review         4      1.5       1 d  2.50  docker ps",
        "2026-11-23  drill          5        2       1 d  2.50  a, b",
        "2026-11-23  review         1      0.9                  [taken back]",
        "2026-11-24  re-linked                       1 d  2.50  [from small/old]",
        "2026-11-24  review         3       61       6 d  2.36  yes",
        "2026-11-30  reset                             –     –",
        "2026-12-01  review         5        0     1.1 y  2.60",
    ]


def test_a_history_says_that_a_card_was_brought_forward_and_to_which_interval() -> None:
    forward = Past(DAY, Kind.DUE, interval=4, ease=250)
    assert history_cells(forward) == ["2026-11-23", "brought forward", "", "", "4 d", "2.50", ""]
    assert picture_lines([forward]) == []


def test_the_picture_has_a_bar_and_a_grade_a_review() -> None:
    assert picture_lines(HISTORY) == [
        "Interval  ▁ ▃   █",
        "Grade     4 3 × 5",
        "          2026-11-23  2026-12-01",
    ]
    assert picture_lines([]) == picture_lines([HISTORY[1], HISTORY[2]]) == []
    assert picture_lines(HISTORY[:1])[2].split() == ["2026-11-23"]


def test_of_a_long_history_the_latest_reviews_are_drawn() -> None:
    shown = picture_lines([HISTORY[0]._replace(day=DAY + number) for number in range(100)])
    assert max(map(cell_len, shown)) <= 80
    assert shown[1].split()[:3] == ["Grade", "…", "4"]
    assert shown[1].count("4") == 34
    assert shown[2].split() == ["2027-01-28", "2027-03-02"]


def test_what_happened_is_counted() -> None:
    assert count_lines(HISTORY) == ["3 reviews · 1 drill · 1:04 in all · 1 event taken back"]
    assert count_lines([]) == []


def test_a_schedule_is_told_in_words() -> None:
    standing = Standing(Schedule(2, 6, 236, DAY + 6), DAY, DAY, 1)
    assert state_lines(State(standing, suspended=True, buried=DAY), DAY) == [
        "Due 2026-11-29; interval 6 d, ease 2.36; remembered 2 times in a row, 1 lapse.",
        "It comes back today.",
        "Suspended: it is not asked until it is resumed.",
        "Buried: it is not asked any more today.",
    ]
    assert state_lines(State(standing, buried=DAY), DAY + 1) == [
        "Due 2026-11-29; interval 6 d, ease 2.36; remembered 2 times in a row, 1 lapse."
    ]
    assert state_lines(State(), DAY) == ["New: not yet studied."]


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (None, ""),
        ('"a\\nb"', "a b"),
        ("false", "no"),
        ('[["a","b"],["c","d"]]', "a → b, c → d"),
        ("[]", ""),
        ("3.5", "3.5"),
        ("not json", "not json"),
        ('"\\u001b[31m"', "\ufffd[31m"),
    ],
)
def test_responses_are_shown_in_words(kept: str | None, shown: str) -> None:
    assert response_text(kept) == shown


def test_every_kind_and_every_status_has_a_word() -> None:
    assert len({kind_word(kind) for kind in Kind}) == len(Kind)
    assert status_word("waiting") == "waiting"
