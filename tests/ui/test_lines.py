"""What a typed line says, form by form."""

import time
from collections.abc import Callable

import pytest

from quizdock.core.dialogue import Question
from quizdock.core.errors import ResponseError
from quizdock.core.forms import (
    Boolean,
    Choice,
    Choices,
    Command,
    Listing,
    Match,
    Number,
    Option,
    Order,
    Pair,
    Path,
    Recall,
    Task,
    Text,
)
from quizdock.core.machine import Transition
from quizdock.ui import lines

Ask = Callable[..., Question]

OPTIONS = tuple(Option(text, right=text == "a") for text in "abc")
LISTING = Listing((("one",), ("two",)))
MATCH = Match((Pair("x", "ex"), Pair("y", "why"), Pair("z", "zed")), (Option("more"),))
ORDER = Order(("first", "second", "third"))
LONG_ORDER = Order(tuple(f"step {number}" for number in range(1, 12)))
PATH = Path(
    "OFF",
    "ON",
    (Transition("OFF", "docker start", "ON"), Transition("ON", "run -d", "OFF"), Transition("ON", "run -D", "ON")),
)
COUNTED = Path("A", "A", tuple(Transition("A", event, "A") for event in ("3", "2", "1", "go")))
FORMS: list[Task] = [
    *(Recall("x"), Choice(OPTIONS), Choices(OPTIONS), Boolean(True), Text(("x",)), Number("5"), Command(("ls",))),
    *(LISTING, MATCH, ORDER, PATH),
]


@pytest.mark.parametrize(
    ("task", "line", "response"),
    [
        (Recall("x"), "anything", None),
        (Choice(OPTIONS), "3", 2),
        (Choice(OPTIONS), "٢", 1),
        (Choices(OPTIONS), "3 1", [2, 0]),
        (Choices(OPTIONS), "3,1;", [2, 0]),
        (Boolean(True), "Vrai", True),
        (Boolean(True), "2", False),
        (Number("5"), "1 234,5 Mo", "1 234,5 Mo"),
        (Command(("ls",)), "ls -l ';'", "ls -l ';'"),
        (LISTING, "one, two", ["one", "two"]),
        (LISTING, " one ,, two,", ["one", "two"]),
        (LISTING, "one, or so; two", ["one", "or so", "two"]),
        (LISTING, "one two", ["one two"]),
        (MATCH, "b a d", [1, 0, 3]),
        (MATCH, "BAD", [1, 0, 3]),
        (MATCH, "b, a, d", [1, 0, 3]),
        (MATCH, "3d 1b 2a", [1, 0, 3]),
        (MATCH, "1:b 2)a 3=d", [1, 0, 3]),
        (MATCH, "a a a", [0, 0, 0]),
        (Match((Pair("x", "ex"),)), "a", [0]),
        (ORDER, "3 1 2", [2, 0, 1]),
        (ORDER, "312", [2, 0, 1]),
        (ORDER, "3,1,2", [2, 0, 1]),
        (LONG_ORDER, "11 1 2 3 4 5 6 7 8 9 10", [10, *range(10)]),
        (PATH, "1 2 1", ["docker start", "run -d", "docker start"]),
        (PATH, "121", ["docker start", "run -d", "docker start"]),
        (PATH, "2", ["run -d"]),
        (PATH, "docker start", ["docker start"]),
        (PATH, "DOCKER  start, run -D, run -d", ["docker start", "run -D", "run -d"]),
        (PATH, "docker start, 3", ["docker start", "run -D"]),
        (PATH, "docker start; run -d;", ["docker start", "run -d"]),
        (PATH, "docker start, ٢, 02", ["docker start", "run -d", "run -d"]),
        (PATH, "٢ 02", ["run -d", "run -d"]),
    ],
)
def test_a_line_is_the_response_of_the_json_protocol(question: Ask, task: Task, line: str, response: object) -> None:
    assert lines.response(question(task), line) == response


@pytest.mark.parametrize(
    ("task", "response"),
    [(Number("5"), ""), (Command(("ls",)), ""), (LISTING, []), (MATCH, []), (ORDER, []), (PATH, [])],
)
def test_an_empty_line_is_i_dont_know_and_wrong(question: Ask, task: Task, response: object) -> None:
    assert lines.response(question(task), "") == response
    verdict = task.mark(response)
    assert verdict is not None
    assert (verdict.credit, str(verdict.detail)) == (0.0, "")


NO_ORDER = "type the 3 numbers in the right order, for example 2 3 1"
NO_MATCH = "type 3 letters, one for each entry, for example d c b"


@pytest.mark.parametrize(
    ("task", "line", "message"),
    [
        (Choice(OPTIONS), "", "type a number from 1 to 3"),
        (Choice(OPTIONS), "0", "type a number from 1 to 3"),
        (Choice(OPTIONS), "²", "type a number from 1 to 3"),
        (Choice(OPTIONS), "0000000012345", "type a number from 1 to 3"),
        (Choice(OPTIONS), "000000001" + "9" * 5000, "type a number from 1 to 3"),
        (Choices(OPTIONS), "", "type numbers from 1 to 3, with spaces between them"),
        (Choices(OPTIONS), "1 4", "type numbers from 1 to 3, with spaces between them"),
        (Boolean(True), "maybe", "answer t for true or f for false"),
        (ORDER, "1 2", NO_ORDER),
        (ORDER, "1 2 2", NO_ORDER),
        (ORDER, "1 2 3 1", NO_ORDER),
        (ORDER, "0 1 2", NO_ORDER),
        (ORDER, "1 2 x", NO_ORDER),
        (ORDER, "1 2 3.", NO_ORDER),
        (MATCH, "a b", NO_MATCH),
        (MATCH, "a b c d", NO_MATCH),
        (MATCH, "a b e", NO_MATCH),
        (MATCH, "1 2 3", NO_MATCH),
        (MATCH, "1a 2b", NO_MATCH),
        (MATCH, "1a 2b 2c", NO_MATCH),
        (MATCH, "1a 2b 4c", NO_MATCH),
        (MATCH, "1a b c", NO_MATCH),
        (Match((Pair("x", "ex"), Pair("y", "why"))), "c", "type 2 letters, one for each entry, for example a b"),
        (PATH, "14", "type numbers from 1 to 3, or names with commas between them"),
        (PATH, "docker start, 3;", "there is no event “docker start, 3”; did you mean docker start?"),
        (PATH, "1 4", "type numbers from 1 to 3, or names with commas between them"),
        (PATH, "000000001" + "9" * 5000, "type numbers from 1 to 3, or names with commas between them"),
        (PATH, "docker strat", "there is no event “docker strat”; did you mean docker start?"),
        (PATH, "docker start, x", "there is no event “x”: type numbers from 1 to 3"),
        (PATH, "docker start, 4", "type numbers from 1 to 3, or names with commas between them"),
        (COUNTED, "4 1", "there is no event “4”: type names with commas between them"),
        (COUNTED, "go, 4", "there is no event “4”: type names with commas between them"),
        (COUNTED, "321", "there is no event “321”: type names with commas between them"),
        (PATH, "z" * 10_000, f"there is no event “{'z' * 60}…”: type numbers from 1 to 3"),
    ],
)
def test_a_line_that_says_nothing_is_refused_with_what_was_expected(
    question: Ask, task: Task, line: str, message: str
) -> None:
    with pytest.raises(ResponseError) as raised:
        lines.response(question(task), line)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("line", "events"), [("3", ["3"]), ("3 1", ["3", "1"]), ("3, 1", ["3", "1"]), ("go, 1, 3", ["go", "1", "3"])]
)
def test_where_events_are_called_by_numbers_a_number_is_a_name(question: Ask, line: str, events: list[str]) -> None:
    assert lines.response(question(COUNTED), line) == events


@pytest.mark.parametrize("task", FORMS, ids=lambda task: task.form)
def test_a_line_of_more_than_ten_thousand_characters_is_not_read(question: Ask, task: Task) -> None:
    with pytest.raises(ResponseError, match=r"^that is too long: 10000 characters at most$"):
        lines.response(question(task), "x" * 10_001)


@pytest.mark.parametrize("task", FORMS, ids=lambda task: task.form)
@pytest.mark.parametrize(
    "line", ["x" * 100_000, "1 " * 50_000, "a," * 50_000, "docker start," * 8_000, "9" * 100_000, "é;" * 50_000]
)
def test_a_line_of_a_hundred_thousand_characters_is_marked_or_refused_within_a_second(
    question: Ask, task: Task, line: str
) -> None:
    started = time.perf_counter()
    try:
        verdict = task.mark(lines.response(question(task), line))
        assert verdict is None or 0 <= verdict.credit <= 1
    except ResponseError as error:
        assert len(str(error)) < 200
    assert time.perf_counter() - started < 1


def test_partners_are_called_by_letters_then_by_letters_and_numbers() -> None:
    assert [lines.letter(index) for index in (0, 1, 25, 26, 27, 52)] == ["a", "b", "z", "a1", "b1", "a2"]


def test_more_partners_than_letters_are_named_with_spaces_between_them(question: Ask) -> None:
    many = Match((Pair("x", "p0"), Pair("y", "p1")), tuple(Option(f"p{number}") for number in range(2, 30)))
    assert lines.response(question(many), "a1 d1") == [26, 29]
    assert lines.response(question(many), "1a1 2d1") == [26, 29]


def test_an_example_has_the_right_length_and_shape() -> None:
    assert lines.some_order(3) == "2 3 1"
    assert lines.some_order(1) == "1"
    assert lines.some_letters(items=3, choices=4) == "d c b"
    assert lines.some_letters(items=3, choices=1) == "a a a"


@pytest.mark.parametrize("task", [ORDER, LONG_ORDER, MATCH], ids=["order", "long order", "match"])
def test_the_example_can_be_typed(question: Ask, task: Task) -> None:
    asked = question(task)
    count = len(task.choices)
    example = lines.some_letters(len(task.items), count) if task.items else lines.some_order(count)
    assert task.mark(lines.response(asked, example)) is not None


@pytest.mark.parametrize(
    ("accepted", "line", "response"),
    [
        (":q", "::q", ":q"),
        (":quit", ":quit", ":quit"),
        (":substitute", "::substitute", ":substitute"),
        ("x", "::wq", ":wq"),
        ("::1", "::1", "::1"),
        ("::1", ":::1", "::1"),
        ("::ffff", "::ffff", "::ffff"),
        (":", "::", ":"),
    ],
)
def test_two_colons_at_the_beginning_are_one_unless_both_are_meant(
    question: Ask, accepted: str, line: str, response: str
) -> None:
    assert lines.response(question(Text((accepted,))), line) == response
