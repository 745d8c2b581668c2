"""What a TOML parser refuses, in the words of someone who never heard of one."""

import re

import tomli

from quizdock.core.message import Message, msg

_Words = tuple[Message, Message]

_CURLY = "“”„‟‘’«»"
_NO_BREAK_SPACES = ("\u00a0", "\u202f")
_TRUTHS = {"yes", "no", "vrai", "faux", "oui", "non"}
_HEADING: _Words = (
    msg("this heading does not go with those before it"),
    msg("every note has two brackets: [[flashcard]]"),
)
_TWICE: _Words = msg("this key is given twice"), msg("was a heading such as [[flashcard]] forgotten before it?")
_LIST: _Words = msg("a list is not closed, or a comma is missing"), msg('for example ["one", "another"]')
_TABLE: _Words = (
    msg("a {{ is not closed, or a comma is missing"),
    msg('for example {{ id = "one", label = "One" }}'),
)
_SLASH: _Words = msg("a backslash stands alone in a text"), msg("write two, or put the text in single quotes: '…'")
_ENDED: _Words = msg("something follows what should be the end of the line"), msg('a " inside a text is written \\"')
_UNCLOSED: _Words = (
    msg("the text is not closed on its line"),
    msg('end it with "; around several lines, put three: """'),
)
_UNCLOSED_LINES: _Words = (
    msg("a text of several lines is not closed"),
    msg("end it with the three quotes that began it"),
)
_COMMA: _Words = msg("decimals stand behind a point, not a comma"), msg("for example 3.5")
_APART: _Words = msg("the digits of a number stand together"), msg("for example 4000")
_ZERO: _Words = msg("a number does not begin with 0"), msg('leave it out, or put a text in quotes: "07"')
_PERCENT: _Words = msg("a percentage is a text"), msg('put it in quotes: "5 %"')
_INVISIBLE: _Words = msg("an invisible no-break space stands here"), msg("type an ordinary space")
_ACCENT: _Words = msg("the name of a key has no accents"), msg("the names are English: see content/README.md")
_EQUALS: _Words = msg("after the name of a key, = is missing"), msg('for example title = "A title"')
_BRACKET: _Words = msg("the heading is not closed"), msg("for example [deck], or [[flashcard]]")
_NEITHER: _Words = msg("this is neither a key nor a heading"), msg('for example title = "A title", or [[flashcard]]')
_MISSING: _Words = msg("the value is missing"), msg('for example title = "A title"')

_BY_BEGINNING = {
    "Cannot overwrite": _TWICE,
    "Duplicate inline": _TWICE,
    "Escaped character": _SLASH,
    "Expected '='": _EQUALS,
    "Expected ']": _BRACKET,
    "Invalid hex": _SLASH,
    "Invalid initial": _NEITHER,
    "Invalid statement": _NEITHER,
    "Unclosed array": _LIST,
    "Unclosed inline": _TABLE,
    "Unescaped": _SLASH,
}
"""What tomli says, by its first words."""


def explained(error: tomli.TOMLDecodeError) -> tuple[int, Message, Message]:
    """The line, what is wrong, and how to mend it; the parser's own words where its finding is a rare one."""
    place = _beginning(error)
    line = error.doc.split("\n")[place.lineno - 1]
    message, hint = _words(error.msg, line, line[place.colno - 1 :])
    return place.lineno, msg("column {column}: {message}", column=place.colno, message=message), hint


def _beginning(error: tomli.TOMLDecodeError) -> tomli.TOMLDecodeError:
    """The error where what is not closed began, if the parser only found the end of the file."""
    source = error.doc.rstrip()
    quotes = {"Unterminated string": ('"""', "'''"), 'Expected "\'"': ("'",), "Expected \"'''\"": ("'''",)}
    begun = max((source.rfind(quote) for quote in quotes.get(error.msg, ())), default=-1)
    return tomli.TOMLDecodeError(error.msg, error.doc, begun) if begun >= 0 and error.pos >= len(source) else error


def _words(reason: str, line: str, rest: str) -> _Words:
    if rest[:1] in _NO_BREAK_SPACES:
        return _INVISIBLE
    if reason.startswith("Illegal character") and not rest:
        return _unclosed(line)
    if reason.startswith(("Unterminated", "Expected \"'")):
        return _UNCLOSED_LINES if rest.startswith(('"""', "'''")) else _unclosed(line)
    if reason == "Invalid value":
        return _not_a_value(line, rest)
    if reason.startswith(("Cannot overwrite", "Cannot declare")) and line.lstrip().startswith("["):
        return _HEADING
    if reason.startswith("Expected newline"):
        return _behind_the_value(line[: len(line) - len(rest)], rest)
    if reason.startswith("Expected '='") and rest[:1].isalpha() and not rest.isascii():
        return _ACCENT
    for beginning, words in _BY_BEGINNING.items():
        if reason.startswith(beginning):
            return words
    return msg("{reason}", reason=reason[:1].lower() + reason[1:]), msg("mend the line, or the one before")


def _behind_the_value(before: str, rest: str) -> _Words:
    """What follows a value that was whole already: often the rest of a number as people write it."""
    if before.rstrip()[-1:].isdecimal():
        if re.match(r",\d", rest):
            return _COMMA
        if rest.startswith("%"):
            return _PERCENT
        if rest[0].isdecimal():
            return _ZERO if before.endswith("0") else _APART
    return _ENDED


def _unclosed(line: str) -> _Words:
    curly = next((character for character in line if character in _CURLY), "")
    return _straight(curly) if curly else _UNCLOSED


def _not_a_value(line: str, rest: str) -> _Words:
    word = next(iter(rest.split()), "").rstrip(",]}")
    if not word:
        return _MISSING if line.rstrip().endswith("=") or rest else _LIST
    if word[0] in _CURLY:
        return _straight(word[0])
    if word.lower() in ("true", "false"):
        return msg("{word} is not a value", word=word), msg("write {right}, in small letters", right=word.lower())
    if word.lower() in _TRUTHS:
        return msg("{word} is not a value", word=word), msg('write true or false, or put the text in quotes: "…"')
    return msg("this is not a value"), msg('put the text in quotes: "…"')


def _straight(curly: str) -> _Words:
    return msg("a straight quote is missing"), msg('type ", not {curly}', curly=curly)
