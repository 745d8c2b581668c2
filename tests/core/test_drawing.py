"""Drawings that never show the answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.drawing import Drawing, Look, Piece, columns, names_in

PLAIN, FOCUS, MASKED = Look.PLAIN, Look.FOCUS, Look.MASKED
TEXT = "[ ON ] --press--> [ OFF ]"


def joined(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def test_a_drawing_with_no_names_is_one_plain_piece() -> None:
    assert Drawing(TEXT).pieces(revealed=False) == [Piece(TEXT, PLAIN)]


def test_a_name_in_focus_takes_the_spaces_beside_it_for_its_marks() -> None:
    assert Drawing(TEXT, focus=("ON",)).pieces(revealed=False) == [
        Piece("[▶", PLAIN),
        Piece("ON", FOCUS),
        Piece("◀] --press--> [ OFF ]", PLAIN),
    ]


def test_a_name_in_focus_without_spaces_beside_it_gets_no_marks() -> None:
    assert Drawing("[ON]", focus=("ON",)).pieces(revealed=False) == [
        Piece("[", PLAIN),
        Piece("ON", FOCUS),
        Piece("]", PLAIN),
    ]


def test_a_hidden_name_is_masked_until_the_answer_is_shown() -> None:
    drawing = Drawing("go STOPPED go", hidden=("STOPPED",))
    assert drawing.pieces(revealed=False) == [Piece("go ", PLAIN), Piece("  ···  ", MASKED), Piece(" go", PLAIN)]
    assert drawing.pieces(revealed=True) == [Piece("go ", PLAIN), Piece("STOPPED", PLAIN), Piece(" go", PLAIN)]


@pytest.mark.parametrize("name", ["abc", "abcd", "abcdefghij", "docker restart"])
def test_a_mask_is_three_dots_however_long_the_name(name: str) -> None:
    (piece,) = Drawing(name, hidden=(name,)).pieces(revealed=False)
    assert piece.text.strip() == "···"
    assert len(piece.text) == len(name)


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("ON", 2), ("状態", 4), ("ＯＮ", 4), ("e\u0301te\u0301", 3), ("É→▶", 3)],
)
def test_a_wide_character_takes_two_columns_and_an_accent_of_its_own_none(text: str, width: int) -> None:
    assert columns(text) == width


def test_a_mask_takes_the_columns_of_the_name_not_its_characters() -> None:
    assert Drawing("停止", hidden=("停止",)).pieces(revealed=False) == [Piece("··· ", MASKED)]
    assert Drawing("停", hidden=("停",)).pieces(revealed=False) == [Piece("··", MASKED)]
    assert Drawing("e\u0301te\u0301", hidden=("e\u0301te\u0301",)).pieces(revealed=False) == [Piece("···", MASKED)]


def test_a_name_shorter_than_the_mask_is_masked_in_its_own_width() -> None:
    assert Drawing("A -> B", hidden=("B",)).pieces(revealed=False)[-1] == Piece("·", MASKED)


def test_a_name_within_a_longer_word_or_name_is_no_name() -> None:
    drawing = Drawing("ON ONLY ON-LINE docker restart", hidden=("ON", "docker", "docker restart", "restart"))
    masked = [piece.text for piece in drawing.pieces(revealed=False) if piece.look is MASKED]
    assert len(masked) == 2
    assert "ONLY ON-LINE" in joined(drawing.pieces(revealed=False))
    assert "docker" not in joined(drawing.pieces(revealed=False))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SEA--rain-->CLOUD", {"SEA", "rain", "CLOUD"}),
        ("SEA<-- rain --CLOUD", {"SEA", "rain", "CLOUD"}),
        ("[SEA] (rain) │CLOUD│", {"SEA", "rain", "CLOUD"}),
        ("SEA-rain CLOUD", {"CLOUD"}),
        ("DEADSEA rains CLOUD9", set()),
        ("", set()),
    ],
)
def test_a_name_stands_by_itself_unless_a_letter_or_a_hyphen_joins_it_to_another(text: str, found: set[str]) -> None:
    assert names_in(text, ["SEA", "rain", "CLOUD"]) == found


def test_a_name_touched_by_an_arrow_is_masked_and_marked() -> None:
    drawing = Drawing("A--evaporate-->B  A", focus=("A",), hidden=("evaporate", "B"))
    assert joined(drawing.pieces(revealed=False)) == "A--   ···   -->·  A"


def test_a_name_in_focus_gets_both_marks_or_none() -> None:
    shown = joined(Drawing("A -> B -> A", focus=("A",)).pieces(revealed=False))
    assert shown == "A -> B -> A"


def test_every_place_of_a_hidden_name_is_masked() -> None:
    assert "ON" not in joined(Drawing("ON -> OFF\nOFF -> ON", hidden=("ON",)).pieces(revealed=False))


def test_a_name_both_in_focus_and_hidden_is_in_focus() -> None:
    assert Piece("ON", FOCUS) in Drawing(TEXT, focus=("ON",), hidden=("ON", "OFF")).pieces(revealed=False)


def test_signs_in_a_name_are_taken_literally() -> None:
    assert Drawing("a.c abc", hidden=("a.c",)).pieces(revealed=False) == [Piece("···", MASKED), Piece(" abc", PLAIN)]


def test_data_gives_the_drawing_back() -> None:
    assert Drawing.from_data(["d", ["f"], ["h", "i"]]) == Drawing("d", ("f",), ("h", "i"))
    assert Drawing("d", ("f",), ("h", "i")).as_data() == ["d", ["f"], ["h", "i"]]


names = st.lists(st.text("AB停 -", min_size=1, max_size=6), max_size=3).map(tuple)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text("AB停 -\n│", max_size=40), names, names, st.booleans())
def test_a_drawing_keeps_its_width_on_every_line(
    text: str, focus: tuple[str, ...], hidden: tuple[str, ...], revealed: bool
) -> None:
    shown = joined(Drawing(text, focus, hidden).pieces(revealed))
    assert [columns(line) for line in shown.split("\n")] == [columns(line) for line in text.split("\n")]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(st.sampled_from(["ON", "OFF", "STANDBY"]), min_size=1, max_size=6))
def test_a_hidden_name_is_nowhere_to_be_read(words: list[str]) -> None:
    shown = joined(Drawing(" -> ".join(words), focus=("STANDBY",), hidden=("ON", "OFF")).pieces(revealed=False))
    assert "ON" not in shown
    assert "OFF" not in shown
    assert shown.count("STANDBY") == words.count("STANDBY")


@pytest.mark.parametrize("text", ["A --START--> B", "A __start__> B", "A -Start- B", "A start_ B"])
def test_a_name_is_hidden_in_whatever_case_and_between_underscores(text: str) -> None:
    shown = joined(Drawing(text, ("A", "B"), ("start",)).pieces(revealed=False))
    assert "start" not in shown.casefold()
    assert names_in(text, ["start"]) == {"start"}


def test_a_name_in_another_case_is_in_focus_too() -> None:
    assert Piece("Running", FOCUS) in Drawing("Running = at work", focus=("RUNNING",)).pieces(revealed=True)
