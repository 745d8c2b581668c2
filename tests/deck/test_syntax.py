"""What is no TOML is explained to someone who never heard of it: where, what, and how to mend it."""

import pytest

from quizdock.deck.problems import DeckError
from quizdock.deck.reader import parse_deck

A_TEXT = 'for example title = "A title"'
NOT_CLOSED = 'the text is not closed on its line (end it with "; around several lines, put three: """)'
LINES_NOT_CLOSED = "a text of several lines is not closed (end it with the three quotes that began it)"
NO_VALUE = f"the value is missing ({A_TEXT})"
LIST = 'a list is not closed, or a comma is missing (for example ["one", "another"])'
TABLE = 'a { is not closed, or a comma is missing (for example { id = "one", label = "One" })'
AFTER_THE_END = 'something follows what should be the end of the line (a " inside a text is written \\")'
SLASH = "a backslash stands alone in a text (write two, or put the text in single quotes: '…')"
TWICE = "this key is given twice (was a heading such as [[flashcard]] forgotten before it?)"
HEADING = "this heading does not go with those before it (every note has two brackets: [[flashcard]])"
NO_HEADING = "the heading is not closed (for example [deck], or [[flashcard]])"
NEITHER = f"this is neither a key nor a heading ({A_TEXT}, or [[flashcard]])"


@pytest.mark.parametrize(
    ("source", "line", "column", "words"),
    [
        ('a = "x', 1, 7, NOT_CLOSED),
        ('a = "x\nb = 1', 1, 7, NOT_CLOSED),
        ("a = 'x\n", 1, 5, NOT_CLOSED),
        ('a = "x”\nb = 1', 1, 8, 'a straight quote is missing (type ", not ”)'),
        ("a = “x”", 1, 5, 'a straight quote is missing (type ", not “)'),
        ('a = ["b", « c »]', 1, 11, 'a straight quote is missing (type ", not «)'),
        ('a = """x\ny\n', 1, 5, LINES_NOT_CLOSED),
        ("b = '''x'''\na = '''x\n\n", 2, 5, LINES_NOT_CLOSED),
        ("a = ", 1, 5, NO_VALUE),
        ("a =\nb = 1", 1, 4, NO_VALUE),
        ("a = maybe", 1, 5, 'this is not a value (put the text in quotes: "…")'),
        ("a = vrai", 1, 5, 'vrai is not a value (write true or false, or put the text in quotes: "…")'),
        ("a = 3,5", 1, 6, "decimals stand behind a point, not a comma (for example 3.5)"),
        ("a = 4 000", 1, 7, "the digits of a number stand together (for example 4000)"),
        ("a = 5%", 1, 6, 'a percentage is a text (put it in quotes: "5 %")'),
        ("a = 5 %", 1, 7, 'a percentage is a text (put it in quotes: "5 %")'),
        ("a = 07", 1, 6, 'a number does not begin with 0 (leave it out, or put a text in quotes: "07")'),
        ("a\u00a0= 1", 1, 2, "an invisible no-break space stands here (type an ordinary space)"),
        ("a =\u202f1", 1, 4, "an invisible no-break space stands here (type an ordinary space)"),
        ("réponse = 1", 1, 2, "the name of a key has no accents (the names are English: see content/README.md)"),
        ("a = True", 1, 5, "True is not a value (write true, in small letters)"),
        ("a = [1,\n\n\n", 4, 1, LIST),
        ('a = ["b" "c"]', 1, 10, LIST),
        ("a = { b = 1 c = 2 }", 1, 13, TABLE),
        ("a = { b = 1", 1, 12, TABLE),
        ('a = "b "c" d"', 1, 9, AFTER_THE_END),
        ('a = "C:\\Users"', 1, 10, SLASH),
        ('a = "\\d"', 1, 8, SLASH),
        ("a 1", 1, 3, f"after the name of a key, = is missing ({A_TEXT})"),
        ("a = 1\na = 2", 2, 6, TWICE),
        ("a = { b = 1, b = 2 }", 1, 19, TWICE),
        ("[f]\n[f]", 2, 3, HEADING),
        ("[f]\n[[f]]", 2, 4, HEADING),
        ("[[f]]\n[f]", 2, 3, HEADING),
        ("[deck", 1, 6, NO_HEADING),
        ("[[f]", 1, 4, NO_HEADING),
        ("= 2", 1, 1, NEITHER),
        ("« a = 2", 1, 1, NEITHER),
        ("# \x01", 1, 3, "found invalid character '\\x01' (mend the line, or the one before)"),
    ],
)
def test_what_is_no_toml_is_explained(source: str, line: int, column: int, words: str) -> None:
    with pytest.raises(DeckError) as caught:
        parse_deck(source.encode(), "d.toml")
    assert [str(problem.text) for problem in caught.value.problems] == [f"d.toml:{line}: column {column}: {words}"]
