"""Whatever a file holds, reading it gives a deck or located problems; never anything else."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizdock.core.card import Deck
from quizdock.deck.problems import DeckError
from quizdock.deck.reader import parse_deck

modest = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

PIECES = [
    *("[", "]", "{", "}", "=", ",", ".", "#", "'", '"', '"""', "'''", "\\", "\n", "\r\n", " ", "\t", "\ufeff"),
    *("format = 1\n", "[deck]\n", "id", "topic", "[[flashcard]]\n", "[[table]]\n", "[[machine]]\n", "states = ["),
    *(
        "1",
        "-0",
        "0x",
        "1e9",
        "nan",
        "true",
        "1979-05-27",
        "07:32:00",
        "\\u0000",
        "\\U0010FFFF",
        "\\ud800",
        "é",
        "\x00",
    ),
]
files_of_pieces = st.lists(st.sampled_from(PIECES), max_size=40).map(lambda pieces: "".join(pieces).encode())


def reads_or_says_where(data: bytes) -> bool:
    """Whether the file is a deck; if not, it has problems, each on one of its lines."""
    try:
        assert isinstance(parse_deck(data, "d.toml"), Deck)
    except DeckError as error:
        assert error.problems
        assert all(1 <= problem.line <= data.count(b"\n") + 1 for problem in error.problems)
        assert all(str(problem.text) for problem in error.problems)
        return False
    return True


@st.composite
def damage(draw: st.DrawFn, unit: str) -> list[tuple[str, float, float, bytes]]:
    """A few accidents to bytes or to lines; places are fractions of the file."""
    place = st.floats(0, 1, exclude_max=True)
    new = st.binary(min_size=1, max_size=2) if unit == "bytes" else st.sampled_from(PIECES).map(str.encode)
    kinds = st.sampled_from(["delete", "double", "insert", "replace", "swap"])
    return draw(st.lists(st.tuples(kinds, place, place, new), min_size=1, max_size=4))


def damaged(parts: list[bytes], accidents: list[tuple[str, float, float, bytes]]) -> bytes:
    """The parts after the accidents, put together again."""
    for kind, here, there, new in accidents:
        one, other = int(here * len(parts)), int(there * len(parts))
        if kind == "swap":
            parts[one], parts[other] = parts[other], parts[one]
        else:
            parts[one : one + 1] = {
                "delete": [],
                "double": [parts[one], parts[one]],
                "insert": [new, parts[one]],
                "replace": [new],
            }[kind]
    return b"".join(parts)


@modest
@given(st.binary(max_size=200) | files_of_pieces)
def test_any_bytes_are_a_deck_or_have_problems(data: bytes) -> None:
    assert reads_or_says_where(data) is False


@modest
@given(accidents=damage("bytes"))
def test_damaged_bytes_leave_a_deck_or_problems(
    complete: str, accidents: list[tuple[str, float, float, bytes]]
) -> None:
    reads_or_says_where(damaged([bytes([byte]) for byte in complete.encode()], accidents))


@modest
@given(accidents=damage("lines"))
def test_damaged_lines_leave_a_deck_or_problems(
    complete: str, accidents: list[tuple[str, float, float, bytes]]
) -> None:
    reads_or_says_where(damaged(complete.encode().splitlines(keepends=True), accidents))


@modest
@given(st.data())
def test_damaged_values_leave_a_deck_or_problems(complete: str, data: st.DataObject) -> None:
    """Any value of the deck may be any other value of TOML."""
    values = st.sampled_from(["1", "true", "[]", "{}", "nan", '""', '"x"', "1979-05-27", "[1]", '["x"]', "{ x = 1 }"])
    lines = complete.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        index = data.draw(st.integers(0, len(lines) - 1))
        key, separator, _old = lines[index].partition(" = ")
        lines[index] = f"{key} = {data.draw(values)}" if separator else lines[index]
    reads_or_says_where("\n".join(lines).encode())


@modest
@given(st.integers(0, 10_000))
def test_a_truncated_deck_is_a_deck_or_has_problems(complete: str, length: int) -> None:
    reads_or_says_where(complete.encode()[:length])
