"""The lines of keys, elements and tables in TOML texts."""

from collections.abc import Iterable, Iterator

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizdock.deck.lines import Path, line_of, lines, lines_of

DECK = """\
# A deck
title = "Verbs"
[table]
name = "être"

[[table.rows]]
person = "je"
cells = ["suis", "étais"]

[[table.rows]]
person = "tu"
cells = [
  "es",  # present
  "étais",
]
"""


def test_a_key_is_on_its_own_line() -> None:
    assert line_of(DECK, ("title",)) == 2
    assert line_of(DECK, ("table", "name")) == 4


def test_a_table_is_on_the_line_of_its_header() -> None:
    assert line_of(DECK, ("table",)) == 3


def test_each_table_of_an_array_is_on_the_line_of_its_own_header() -> None:
    assert line_of(DECK, ("table", "rows", 0)) == 6
    assert line_of(DECK, ("table", "rows", 1)) == 10


def test_an_array_of_tables_is_on_the_line_of_its_first_header() -> None:
    assert line_of(DECK, ("table", "rows")) == 6


def test_each_element_of_an_array_is_on_its_own_line() -> None:
    assert line_of(DECK, ("table", "rows", 0, "cells", 1)) == 8
    assert line_of(DECK, ("table", "rows", 1, "cells")) == 12
    assert line_of(DECK, ("table", "rows", 1, "cells", 0)) == 13
    assert line_of(DECK, ("table", "rows", 1, "cells", 1)) == 14


def test_a_missing_key_points_at_its_table() -> None:
    assert line_of(DECK, ("table", "answer")) == 3
    assert line_of(DECK, ("table", "rows", 1, "answer", "text")) == 10


def test_a_missing_key_of_an_inline_table_points_at_that_table() -> None:
    source = "[row]\ncells = [\n  { form = 1 },\n  { note = 2 },\n]\n"
    assert line_of(source, ("row", "cells", 1, "form")) == 4


@pytest.mark.parametrize("index", [2, -1, "0"])
def test_a_missing_element_points_at_its_array(index: int | str) -> None:
    assert line_of(DECK, ("table", "rows", 1, "cells", index)) == 12


def test_a_name_below_a_plain_value_points_at_that_value() -> None:
    assert line_of(DECK, ("table", "rows", 1, "cells", 1, "form")) == 14


def test_the_empty_path_and_a_path_with_no_written_prefix_are_line_one() -> None:
    assert line_of("\n\na = 1\n", ()) == 1
    assert line_of("\n\na = 1\n", ("b",)) == 1
    assert line_of("", ("b", 0)) == 1


def test_several_paths_are_found_in_one_pass_each_with_its_own_line() -> None:
    paths: list[Path] = [("table", "name"), ("table", "rows", 1, "answer"), ("table", "name"), ("absent",), ()]
    assert lines_of(DECK, paths) == {
        ("table", "name"): 4,
        ("table", "rows", 1, "answer"): 10,
        ("absent",): 1,
        (): 1,
    }
    assert lines_of(DECK, []) == {}


def test_every_path_of_a_text_is_found_in_one_pass() -> None:
    assert lines("a.b = [1,\n2]\n[[c]]\nd = {e = {}}\n") == {
        (): 1,
        ("a",): 1,
        ("a", "b"): 1,
        ("a", "b", 0): 1,
        ("a", "b", 1): 2,
        ("c",): 3,
        ("c", 0): 3,
        ("c", 0, "d"): 4,
        ("c", 0, "d", "e"): 4,
    }


def test_nested_arrays_of_tables_belong_to_the_last_element() -> None:
    source = "[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]\n[[a.b.c]]\n[a.b.d]\n"
    assert lines(source) == {
        (): 1,
        ("a",): 1,
        ("a", 0): 1,
        ("a", 0, "b"): 2,
        ("a", 0, "b", 0): 2,
        ("a", 0, "b", 1): 3,
        ("a", 1): 4,
        ("a", 1, "b"): 5,
        ("a", 1, "b", 0): 5,
        ("a", 1, "b", 0, "c"): 6,
        ("a", 1, "b", 0, "c", 0): 6,
        ("a", 1, "b", 0, "d"): 7,
    }


def test_a_table_with_no_header_is_where_it_is_first_named() -> None:
    source = "[a.b]\n[a.c]\n[d]\ne.f = 1\ne.g = 2\n"
    assert line_of(source, ("a",)) == 1
    assert line_of(source, ("d", "e")) == 4
    assert line_of(source, ("d", "e", "g")) == 5


def test_a_header_after_the_headers_of_its_subtables_is_still_the_line_of_the_table() -> None:
    source = "[a.b]\n[[a.c]]\n[a]\nd = 1\n"
    assert line_of(source, ("a",)) == 3
    assert line_of(source, ("a", "b")) == 1
    assert line_of(source, ("a", "d")) == 4


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("bare-key_1", "bare-key_1"),
        ("1234", "1234"),
        ('""', ""),
        ("''", ""),
        ('"a.b = [c] # {d}"', "a.b = [c] # {d}"),
        (r"'C:\new'", r"C:\new"),
        ("""'say "hi"'""", 'say "hi"'),
        (r'"\b\t\n\f\r\e\"\\"', '\b\t\n\f\r\x1b"\\'),
        (r'"\x41BC \u00e9A \U0001F600B"', "ABC éA 😀B"),
        (r'"\\u0041"', r"\u0041"),
    ],
)
def test_a_key_is_known_by_its_name_however_it_is_quoted(written: str, name: str) -> None:
    source = f"\n{written} = 1\n[t . {written}]\n\n x . {written}\t. y=[{{\n{written}=2}}]"
    assert tomli.loads(source)[name] == 1
    assert line_of(source, (name,)) == 2
    assert line_of(source, ("t", name)) == 3
    assert line_of(source, ("t", name, "x", name, "y")) == 5
    assert line_of(source, ("t", name, "x", name, "y", 0, name)) == 6


VALUES = [
    *("true", "0x1F", "-1_000", "+1.5e-3", "-inf", "nan", "07:32:00", "1979-05-27"),
    *("1979-05-27T07:32:00.5-07:00", "1979-05-27 07:32:00", "1979-05-27 07:32"),
    *('""', r'"\\"', r'"\""', '"], } = # [x]"', "''", r"'\'", "'], } = # \"'"),
    *(
        '"""a"""',
        '"""\n"""',
        '""""a""""',
        '"""""a"b""c"""""',
        '"""\\"""\\\\"""',
        '"""a \\  \n\n  b\n[c]\nd = 1\n"""',
    ),
    *("'''a'''", "'''\n'''", "''''a''''", "'''''a'b''c'''''", "'''\\'''", "'''\n[c]\nd = [1, {\n'''"),
    *("[]", "[\n]", "[[], [[1], ], ]", "{}", "{\n}", "{ a = [ { } ], b.c = 1 }", "{ # }\n a = 1, # ]\n }"),
]


@pytest.mark.parametrize("value", VALUES)
def test_what_follows_a_value_is_on_its_own_line(value: str) -> None:
    source = f"a = {value} # ] }} '\nb = [{value},\n{value} # ''' \n, {{ c = {value}, d = {value}}}, 5]\n[e]\n"
    tomli.loads(source)
    height = value.count("\n")
    assert line_of(source, ("b",)) == height + 2
    assert line_of(source, ("b", 1)) == 2 * height + 3
    assert line_of(source, ("b", 2)) == 3 * height + 4
    assert line_of(source, ("b", 2, "d")) == 4 * height + 4
    assert line_of(source, ("b", 3)) == 5 * height + 4
    assert line_of(source, ("e",)) == 5 * height + 5


def test_a_bracket_at_the_start_of_a_line_inside_an_array_is_no_header() -> None:
    source = 'a = [\n["b"],\n[["c"]],\n]\nd = 1\n'
    assert line_of(source, ("a", 1, 0, 0)) == 3
    assert line_of(source, ("d",)) == 5


def test_only_line_feeds_end_lines() -> None:
    source = 'a = "\u2028\x85"\r\n# \u2029\r\nb = """\r\n\\\r\n"""\r\n[c]\r\nd = 1'
    tomli.loads(source)
    assert line_of(source, ("b",)) == 3
    assert line_of(source, ("c",)) == 6
    assert line_of(source, ("c", "d")) == 7


def test_a_byte_order_mark_changes_nothing() -> None:
    assert lines("\ufeff" + DECK) == lines(DECK)


def test_depth_does_not_exhaust_the_stack() -> None:
    source = "a = " + "[\n" * 5000 + "{ b = 1 }" + "]" * 5000
    assert line_of(source, ("a", *[0] * 5000, "b")) == 5001


@pytest.mark.parametrize(
    "piece",
    ['\\"', "\\\\", '""\n', "''\n", "x", "\\\n"],
)
def test_a_long_string_is_read_in_one_run(piece: str) -> None:
    quotes = "'''" if "'" in piece else '"""'
    source = f"a = [{quotes}{piece * 300_000}{quotes},\n2]"
    assert line_of(source, ("a", 1)) == source.count("\n") + 1


# Each name as a key, and one way to write it.
NAMES = {
    "a": "a",
    "b-1": "b-1",
    "0": "0",
    "": '""',
    "c.d": "'c.d'",
    'é"=[#': r'"\u00e9\"=[#"',
    "\t": r'"\t"',
    "e": '"e"',
    "f": "'f'",
}
BLANKS = ["", "", " ", "\t", "\n", "\r\n", " # ] } ''' \"\n", "\n\n  "]
LINE_ENDS = ["\n", "\r\n", " # [x]\n", "\n\n", "\n  \n\t# y = 1\n"]
PLAIN_VALUES = [value for value in VALUES if value[0] not in "[{"]


class Writer:
    """Writes a random document, and notes the line of each path as it comes to it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.source = ""
        self.where: dict[Path, int] = {(): 1}

    @property
    def line(self) -> int:
        return self.source.count("\n") + 1

    def one_of(self, choices: list[str]) -> str:
        return self.draw(st.sampled_from(choices))

    def yes(self) -> bool:
        return self.draw(st.booleans())

    def names(self, least: int, most: int) -> list[str]:
        return self.draw(st.lists(st.sampled_from(list(NAMES)), min_size=least, max_size=most, unique=True))

    def put(self, text: str) -> None:
        self.source += text

    def put_key(self, path: Path) -> None:
        self.put(self.one_of([".", " . ", ".\t"]).join(NAMES[name] for name in path if isinstance(name, str)))

    def put_header(self, path: Path, left: str, right: str) -> None:
        for length in range(1, len(path) + 1):
            self.where.setdefault(path[:length], self.line)
        self.put(left + self.one_of(["", " "]))
        self.put_key(path)
        self.put(self.one_of(["", " "]) + right + self.one_of(LINE_ENDS))

    def put_pair(self, table: Path, key: Path, depth: int) -> None:
        for length in range(1, len(key) + 1):
            self.where.setdefault(table + key[:length], self.line)
        self.put_key(key)
        self.put(self.one_of(["=", " = ", "\t= "]))
        self.put_value(table + key, depth)

    def keys(self, names: list[str]) -> Iterator[Path]:
        """The keys of a table: a name alone, or the dotted keys that make a table of it."""
        for name in names:
            inner = self.names(0, 2)
            yield from ((name, last) for last in inner) if inner else ((name,),)

    def put_value(self, path: Path, depth: int) -> None:
        kind = self.one_of(["plain", "array", "inline table"]) if depth else "plain"
        if kind == "array":
            self.put_array(path, depth - 1)
        elif kind == "inline table":
            self.put_inline_table(path, depth - 1)
        else:
            self.put(self.one_of(PLAIN_VALUES))

    def put_array(self, path: Path, depth: int) -> None:
        self.put("[" + self.one_of(BLANKS))
        left = self.draw(st.integers(0, 3))
        for index in range(left):
            self.where[(*path, index)] = self.line
            self.put_value((*path, index), depth)
            self.put_comma(is_last=index == left - 1)
        self.put("]")

    def put_inline_table(self, path: Path, depth: int) -> None:
        self.put("{" + self.one_of(BLANKS))
        keys = list(self.keys(self.names(0, 2)))
        for key in keys:
            self.put_pair(path, key, depth)
            self.put_comma(is_last=key == keys[-1])
        self.put("}")

    def put_comma(self, *, is_last: bool) -> None:
        self.put(self.one_of(BLANKS))
        if not is_last or self.yes():
            self.put("," + self.one_of(BLANKS))

    def put_pairs(self, table: Path, names: list[str]) -> None:
        for key in self.keys(names):
            self.put(self.one_of(["", "  "]))
            self.put_pair(table, key, depth=3)
            self.put(self.one_of(LINE_ENDS))

    def put_body(self, path: Path, depth: int) -> None:
        """The pairs of the table at `path`, then its subtables of any kind."""
        names = self.names(0, 4)
        pairs = self.draw(st.integers(0, len(names))) if depth else len(names)
        self.put_pairs(path, names[:pairs])
        for name in names[pairs:]:
            kind = self.one_of(["table", "array of tables", "late table"])
            if kind == "table":
                self.put_table((*path, name), depth - 1)
            elif kind == "array of tables":
                self.put_array_of_tables((*path, name), depth - 1)
            else:
                self.put_late_table((*path, name), depth - 1)

    def put_table(self, path: Path, depth: int) -> None:
        self.put_header(path, "[", "]")
        self.put_body(path, depth)

    def put_array_of_tables(self, path: Path, depth: int) -> None:
        for index in range(self.draw(st.integers(1, 3))):
            self.put_header((*path, index), "[[", "]]")
            self.put_body((*path, index), depth)

    def put_late_table(self, path: Path, depth: int) -> None:
        """Subtables first; the header of the table itself comes after them, or not at all."""
        names = self.names(1, 3)
        self.put_table((*path, names[0]), depth)
        if self.yes():
            self.where[path] = self.line
            self.put_header(path, "[", "]")
            self.put_pairs(path, names[1:])


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[Path, int]]:
    """A valid TOML text, and the line of each of its paths."""
    writer = Writer(draw)
    writer.put(draw(st.sampled_from(["", "\n", "# deck\r\n"])))
    writer.put_body((), depth=3)
    return writer.source, writer.where


def paths_in(value: object, path: Path = ()) -> Iterator[Path]:
    """The paths of a parsed document: its own, and those of all that it holds."""
    yield path
    inside: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for name, inner in inside:
        yield from paths_in(inner, (*path, name))


SLOW_TO_DRAW = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])


@SLOW_TO_DRAW
@given(documents())
def test_every_path_is_where_the_writer_put_it(document: tuple[str, dict[Path, int]]) -> None:
    source, where = document
    assert lines(source) == where


@SLOW_TO_DRAW
@given(documents())
def test_the_paths_are_exactly_those_that_tomli_reads(document: tuple[str, dict[Path, int]]) -> None:
    source, _ = document
    assert set(lines(source)) == set(paths_in(tomli.loads(source)))


@SLOW_TO_DRAW
@given(documents())
def test_the_line_of_a_path_is_also_that_of_anything_missing_below_it(document: tuple[str, dict[Path, int]]) -> None:
    source, where = document
    assert lines_of(source, where) == where
    missing: dict[Path, int] = {(*path, "missing", 0): line for path, line in where.items()}
    assert lines_of(source, missing) == missing
