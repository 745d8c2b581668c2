"""Numbers, as people write them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Number, Verdict
from quizdock.core.message import msg

LAW = settings(deadline=None, derandomize=True, max_examples=200)
UNCOUNTED = msg("the unit was not counted")

FRENCH = Number("1234.5", lang="fr")
ENGLISH = Number("1234.5", lang="en")
MINUS_ONE = Number("-1", lang="fr")
MEGABYTES = Number("16", units=("Mo", "MB"), lang="fr")


@pytest.mark.parametrize("task", [FRENCH, ENGLISH], ids=["fr", "en"])
@pytest.mark.parametrize(
    "typed",
    [
        *("1234,5", "1234.5", "+1234.5", " 1234,50 ", "01234,5", "1234,5."),
        *("1 234,5", "1\u00a0234,5", "1\u202f234,5", "1\u2009234.5", "1'234.5", "1’234,5"),
        *("1.234,5", "1,234.5", "1,2345e3", "12345E-1", "１２３４.５", "١٢٣٤,٥"),
    ],
)
def test_a_decimal_comma_or_point_and_signs_between_thousands_are_read(task: Number, typed: str) -> None:
    assert task.mark(typed) == Verdict(1.0)


@pytest.mark.parametrize("typed", ["-1", "\u22121", "–1", "- 1", "-1,0", "-1.", "-01", "-0,1e1"])
def test_any_minus_is_a_minus(typed: str) -> None:
    assert MINUS_ONE.mark(typed) == Verdict(1.0)


@pytest.mark.parametrize("typed", ["1", "+1", "0", "-1,5", "-10"])
def test_another_number_is_wrong(typed: str) -> None:
    assert MINUS_ONE.mark(typed) == Verdict(0.0)


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("1234567", "1.234.567"),
        ("1234567", "1,234,567"),
        ("1234567.25", "1 234 567,25"),
        ("1234.567", "1.234,567"),
        ("0.5", ".5"),
        ("0.5", ",5"),
        ("0.125", "0,125"),
        ("0.125", "0.125"),
        ("1234.567", "1234,567"),
        ("5", "5,"),
        ("6e23", "6e23"),
    ],
)
def test_a_number_that_can_be_read_in_one_way_only_is_read(value: str, typed: str) -> None:
    for lang in ("fr", "en", ""):
        assert Number(value, lang=lang).mark(typed) == Verdict(1.0)


@pytest.mark.parametrize(
    ("lang", "typed", "message"),
    [
        ("fr", "1,234", "“1,234” may mean two numbers: write 1234 or 1,2340"),
        ("en", "1,234", "“1,234” may mean two numbers: write 1234 or 1.2340"),
        ("", "12,345", "“12,345” may mean two numbers: write 12345 or 12.3450"),
        ("fr", "1.234", "“1.234” may mean two numbers: write 1234 or 1,2340"),
        ("de", "\u2212123.456 Mo", "“-123.456” may mean two numbers: write -123456 or -123,4560"),
    ],
)
def test_a_number_that_may_be_read_in_two_ways_is_asked_again(lang: str, typed: str, message: str) -> None:
    with pytest.raises(ResponseError) as raised:
        Number("1234", lang=lang).mark(typed)
    assert str(raised.value) == message


def test_what_an_ambiguous_number_is_told_to_be_written_as_is_read_so() -> None:
    assert Number("1234", lang="fr").mark("1234").right
    assert Number("1.234", lang="fr").mark("1,2340").right
    assert Number("1.234", lang="en").mark("1.2340").right


def test_a_point_before_three_digits_is_plain_where_decimals_follow_a_point() -> None:
    assert Number("1.234", lang="en").mark("1.234") == Verdict(1.0)
    assert Number("1234", lang="en").mark("1.234") == Verdict(0.0)


@pytest.mark.parametrize(
    "typed",
    [
        *("many", "-", "+", ".", ",", "--1", "+-1", "(1)", "~1", "= 1", "Mo 16", "NaN", "inf", "½", "²", "1½", "3/4"),
        *("1 2345", "12 34", "1.23.4", "1,2,3", "1.234,567.8", "1_234", "12-15", "5 1/2", "1..5", "1 234 5"),
    ],
)
def test_what_is_no_number_is_asked_again(typed: str) -> None:
    with pytest.raises(ResponseError, match=r"^answer with a number$"):
        FRENCH.mark(typed)


@pytest.mark.parametrize("typed", ["9" * 31, "0," + "0" * 30, "1e31", "1e-31", "1e999999999", "1e" + "9" * 1900])
def test_more_than_thirty_digits_are_refused_at_once(typed: str) -> None:
    started = time.perf_counter()
    with pytest.raises(ResponseError, match=r"^that is too long: 30 digits at most$"):
        FRENCH.mark(typed)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize("length", [2001, 100_000])
def test_a_text_of_more_than_2000_characters_is_refused(length: int) -> None:
    with pytest.raises(ResponseError, match=r"^that is too long: 2000 characters at most$"):
        FRENCH.mark("1" * length)


@pytest.mark.parametrize("typed", ["", "  ", "\u00a0"])
def test_nothing_is_wrong(typed: str) -> None:
    assert FRENCH.mark(typed) == Verdict(0.0)


@pytest.mark.parametrize("typed", ["16 Mo", "16Mo", "16 mo", "16\u202fMB", "16,0 mb", "16 Mo."])
def test_every_unit_of_the_deck_is_accepted(typed: str) -> None:
    assert MEGABYTES.mark(typed) == Verdict(1.0)


def test_a_missing_unit_is_forgiven_and_said_so() -> None:
    assert MEGABYTES.mark("16") == Verdict(1.0, UNCOUNTED)
    assert MEGABYTES.mark("17") == Verdict(0.0)


@pytest.mark.parametrize(
    ("task", "typed", "detail"),
    [
        (MEGABYTES, "16 Ko", "the unit is Mo, not “Ko”"),
        (MEGABYTES, "16 M o", "the unit is Mo, not “M o”"),
        (MEGABYTES, "16 %", "the unit is Mo, not “%”"),
        (FRENCH, "1234,5 Mo", "no unit was asked for, and “Mo” is one"),
    ],
)
def test_another_unit_is_wrong_and_says_so(task: Number, typed: str, detail: str) -> None:
    verdict = task.mark(typed)
    assert (verdict.credit, str(verdict.detail)) == (0.0, detail)


@pytest.mark.parametrize("typed", ["5 %", "5%", "5,0\u202f%"])
def test_a_percent_sign_is_a_unit(typed: str) -> None:
    assert Number("5", units=("%",), lang="fr").mark(typed) == Verdict(1.0)
    assert Number("5", lang="fr").mark(typed).credit == 0.0


@pytest.mark.parametrize(
    ("tolerance", "relative", "right", "wrong"),
    [
        ("0", False, ["200"], ["200.01", "199.99", "-200"]),
        ("0.5", False, ["199.5", "200.5", "200,25"], ["199.49", "200.51"]),
        ("0.05", True, ["190", "210", "200"], ["189.99", "210.01", "-200"]),
    ],
)
def test_the_tolerance_is_absolute_or_a_share_of_the_value(
    tolerance: str, relative: bool, right: list[str], wrong: list[str]
) -> None:
    task = Number("200", tolerance, relative)
    assert [task.mark(typed).credit for typed in right] == [1.0] * len(right)
    assert [task.mark(typed).credit for typed in wrong] == [0.0] * len(wrong)


def test_the_edge_of_a_tolerance_is_exact() -> None:
    """In binary floating point, 0.3 - 0.2 > 0.1; in decimals of 28 digits, the second would be rounded."""
    assert Number("0.3", "0.1").mark("0.2").right
    assert not Number("0", "99999999999999999999999999999").mark("99999999999999999999999999999.1").right


def test_a_share_of_a_negative_value_or_of_nought_is_a_distance_too() -> None:
    assert Number("-200", "0.05", True).mark("-190").right
    assert Number("0", "0.05", True).mark("-0").right
    assert not Number("0", "0.05", True).mark("0.01").right


def test_the_answer_is_written_as_the_decks_language_writes_it() -> None:
    assert FRENCH.answer == "1234,5"
    assert ENGLISH.answer == "1234.5"
    assert Number("2.5", units=("Mo", "MB"), lang="fr").answer == "2,5\u00a0Mo"
    assert FRENCH.given(" 1 234,5 \n") == "1 234,5"
    assert FRENCH.choices == ()
    assert FRENCH.arranged("1") == FRENCH


@pytest.mark.parametrize("response", [None, True, 5, 1.5, [], ["5"], {}])
def test_anything_but_a_text_is_refused(response: object) -> None:
    with pytest.raises(ResponseError, match=r"^answer with a text$"):
        FRENCH.mark(response)
    with pytest.raises(ResponseError):
        FRENCH.given(response)


def test_data_gives_the_task_back() -> None:
    task = Number("16", "0.05", True, ("Mo", "MB"), "fr")
    assert task.as_data() == ["16", "0.05", 1, ["Mo", "MB"], "fr"]
    assert Number.from_data(["16", "0.05", 1, ["Mo", "MB"], "fr"]) == task


@LAW
@given(st.integers(-(10**9), 10**9), st.sampled_from(["fr", "en", ""]))
def test_a_whole_number_is_right_with_or_without_spaces_between_its_thousands(number: int, lang: str) -> None:
    task = Number(str(number), lang=lang)
    assert task.mark(str(number)).right
    assert task.mark(f"{number:,}".replace(",", " ")).right
    assert not task.mark(str(number + 1)).right


@LAW
@given(st.text("0123456789.,'- eE+%½Mo\u00a0−", max_size=12))
def test_any_row_of_signs_is_marked_or_asked_again(typed: str) -> None:
    for task in (FRENCH, ENGLISH, MEGABYTES):
        try:
            assert task.mark(typed).credit in (0.0, 1.0)
        except ResponseError as error:
            assert str(error)


@pytest.mark.parametrize(("value", "shown"), [("1.234", "1,2340"), ("-12.345", "-12,3450"), ("1234.567", "1234,567")])
def test_the_answer_shown_can_be_read_in_one_way_only(value: str, shown: str) -> None:
    task = Number(value, lang="fr")
    assert task.answer == shown
    assert task.mark(shown) == Verdict(1.0)
    assert Number(value).answer == value
