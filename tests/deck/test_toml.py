"""Two parsers read TOML, and one gives what the other would: tomli judges, rtoml is only faster."""

from datetime import datetime
from typing import Any

import pytest
import rtoml
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.deck.toml import loads

VALUES = [
    *("0", "-0", "+1", "0x7f", "0o17", "0b1", "1_000", "01", "1__0", "9223372036854775807", "9223372036854775808"),
    *("0.1", "-0.0", "1e400", "5e-324", "1.", ".5", "inf", "-inf", "nan", "true", "True"),
    *("1979-05-27", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00.9999999+23:59", "0000-01-01", "2021-02-29"),
    *("07:32:00", "07:32", "24:00:00", "07:32:60"),
    *('""', '"a"', "'a\\'", '"\\u0007"', '"\\ud800"', '"\\e"', '"\\x41"', '"\\q"', '"\t"', '"\x7f"', "'''\n\ra'''"),
    *('"""a\r\nb"""', "'''\r\na\r\n'''", '"""a\\\r\n  b"""', '"""a\\  \n b"""', '""""a""""', '"\ufeff"', '"\x85"'),
    *("[]", "[1, [2]]", "[1,]", "[,]", "[\n1 # one\n]", "{}", "{ b = 1 }", "{ b = 1, b = 2 }", "{ b.c = 1, b.d = 2 }"),
    *("{ b = 1, }", "{\nb = 1 }", "[{ b = 1 }]", "[" * 40 + "]" * 40, '{ "$__toml_private_datetime" = "1979-05-27" }'),
]
KEYS = ["a", "b", "a.b", "a.b.c", '"a"', '""', "'é'", "é", '"a\\u0062"', "a . b", "$", '"$__toml_private_datetime"']
HEADINGS = ["[a]", "[a.b]", "[[a]]", "[[a.b]]", "[ a ]", "[a]]", "[[a]", "[]"]
ENDS = ["\r\n", "\r", " # a comment\n", " # \x01\n", "\x0b\n", "\x00", "\ufeff", " "]

values = st.sampled_from(VALUES) | st.text(max_size=4).map(lambda text: f'"{text}"')
statements = st.tuples(st.sampled_from(KEYS), values).map(" = ".join) | st.sampled_from(HEADINGS)
ends = st.sampled_from(["\n"] * 20 + ENDS)
sources = st.lists(st.tuples(statements, ends).map("".join), max_size=6).map("".join)


def alike(value: Any) -> Any:
    """The value with its type, but without what nobody asks of it: a table's order, and its time zone's class."""
    match value:
        case dict():
            return {key: alike(each) for key, each in value.items()}
        case list():
            return [alike(each) for each in value]
        case datetime():
            return value.isoformat()
        case _:
            return type(value), repr(value)


def outcome(read: Any, source: str) -> Any:
    """What was read, or the error's type and text."""
    try:
        return alike(read(source))
    except (ValueError, RecursionError) as error:
        return type(error), str(error)


@settings(max_examples=2000, deadline=None)
@given(sources)
def test_whatever_the_text_the_outcome_is_that_of_tomli(source: str) -> None:
    assert outcome(loads, source) == outcome(tomli.loads, source)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("before", ["", "a = [1]\n", "\ufeff", "\r\n"])
def test_each_value_alone_is_read_as_by_tomli(value: str, before: str) -> None:
    source = f"{before}x = {value}\n"
    assert outcome(loads, source) == outcome(tomli.loads, source)


def test_a_whole_file_is_never_a_date_whatever_its_key_is_called() -> None:
    source = r'"\u0024__toml_private_datetime" = "1979-05-27"'
    assert not isinstance(rtoml.loads(source), dict)
    assert loads(source) == {"$__toml_private_datetime": "1979-05-27"}


def test_a_deck_is_read_by_the_fast_parser(complete: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tomli, "loads", lambda source: pytest.fail("read by tomli"))
    assert loads(complete)["deck"]["id"] == loads(complete.replace("\n", "\r\n"))["deck"]["id"] == "all"
