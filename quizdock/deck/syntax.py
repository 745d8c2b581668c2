"""What a TOML parser refuses, in the words of someone who never heard of one."""

import tomli

from quizdock.core.message import Message, msg

_Words = tuple[Message, Message]

_CURLY = "“”„‟‘’«»"
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
    "Expected newline": _ENDED,
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
    if reason.startswith("Illegal character") and not rest:
        return _unclosed(line)
    if reason.startswith(("Unterminated", "Expected \"'")):
        return _UNCLOSED_LINES if rest.startswith(('"""', "'''")) else _unclosed(line)
    if reason == "Invalid value":
        return _not_a_value(line, rest)
    if reason.startswith(("Cannot overwrite", "Cannot declare")) and line.lstrip().startswith("["):
        return _HEADING
    for beginning, words in _BY_BEGINNING.items():
        if reason.startswith(beginning):
            return words
    return msg("{reason}", reason=reason[:1].lower() + reason[1:]), msg("mend the line, or the one before")


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
    return msg("this is not a value"), msg('put the text in quotes: "…"')


def _straight(curly: str) -> _Words:
    return msg("a straight quote is missing"), msg('type ", not {curly}', curly=curly)
