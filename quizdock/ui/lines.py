"""What a typed line says, by the shape of input: the responses of the JSON protocol, from people's hands."""

import re
from collections.abc import Container, Sequence

from quizdock.core.cleaning import echo
from quizdock.core.dialogue import Question
from quizdock.core.errors import ResponseError
from quizdock.core.forms import Shape
from quizdock.core.forms.task import LONGEST_LINE, as_line
from quizdock.core.message import NOTHING, Message, msg
from quizdock.core.text import fold, nearest
from quizdock.core.walk import are_numbered

_TRUE = {"1", "t", "true", "v", "vrai", "y", "yes", "o", "oui"}
_FALSE = {"2", "f", "false", "faux", "n", "no", "non"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PICKED = (Shape.NONE, Shape.ONE, Shape.SOME, Shape.YES_NO)
_LIKE_A_COMMAND = re.compile(r":[^\s:]")
_EXACTLY_RIGHT = (1.0, True)
_SEPARATORS = re.compile(r"[,;\s]+")


def letter(index: int) -> str:
    """What a partner on offer is called: a, b, … z, then a1, b1, …"""
    return _LETTERS[index % 26] + (str(index // 26) if index >= 26 else "")


def response(question: Question, line: str) -> object:
    """The line in the terms of the JSON protocol. Raises ResponseError, which says what was expected.

    An empty line is "I don't know" wherever something is typed, and a colon that is doubled at its beginning is one.
    """
    line = as_line(line, LONGEST_LINE)
    if line.startswith("::") and is_typed(question):
        line = max(line[1:], line, key=lambda each: _marks(question, each))  # `::1` may be meant as it is
    return _read(question, line)


def is_typed(question: Question) -> bool:
    """Whether the learner types more than a number or a letter on offer, so that a command needs a colon."""
    return question.task.shape not in _PICKED


def command_typed(question: Question, line: str, commands: Container[str]) -> str:
    """The command that is typed where answers are typed too, such as `:q`; an empty text where it is an answer.

    `commands` are spelt with their colon. A lone `?` is `:?`. Raises ResponseError for a colon and one other letter
    that are neither a command nor right.
    """
    spelt = line.strip().lower()
    if spelt in commands:
        return spelt
    if (spelt != "?" and not _LIKE_A_COMMAND.fullmatch(spelt)) or _marks(question, line) == _EXACTLY_RIGHT:
        return ""
    if spelt == "?":
        return ":?"
    raise ResponseError(msg("there is no command {command}; :? lists them", command=echo(line.strip())))


def command_in_exam(line: str, commands: Container[str]) -> str:
    """The same in an exam, which never tells by what it takes for a command whether an answer would be right."""
    spelt = line.strip().lower()
    if spelt == "?":
        return ":?"
    if spelt in commands or not _LIKE_A_COMMAND.fullmatch(spelt):
        return spelt if spelt in commands else ""
    raise ResponseError(
        msg("there is no command {command}; :? lists them; as an answer, type one more colon", command=echo(spelt))
    )


def _marks(question: Question, line: str) -> tuple[float, bool]:
    """What an answer is worth, and whether nothing had to be forgiven for that; less than nothing if unreadable."""
    try:
        verdict = question.task.mark(_read(question, line))
    except ResponseError:
        return -1, False
    return (verdict.credit, verdict.leniency is NOTHING) if verdict else _EXACTLY_RIGHT


def _read(question: Question, line: str) -> object:
    choices = question.task.choices
    match question.task.shape:
        case Shape.NONE:
            return None
        case Shape.ONE:
            return _indices([line], len(choices), msg("type a number from 1 to {count}", count=len(choices)))[0]
        case Shape.SOME:
            return _numbers(_words(line) or [""], len(choices))
        case Shape.YES_NO:
            return _truth(line.lower())
        case Shape.LINE:
            return line
        case Shape.LIST:
            return [text.strip() for text in re.split("[,;]", line) if text.strip()]  # no member has either
        case Shape.ORDER:
            return _order(line, len(choices))
        case Shape.MATCH:
            return _partners(line.lower(), len(question.task.items), len(choices))
        case Shape.PATH:
            return _events(line, choices)


def _words(line: str) -> list[str]:
    return [word for word in _SEPARATORS.split(line) if word]


def _names(line: str) -> list[str]:
    """Separated by semicolons if there is one, since an event may have a comma, else by commas."""
    return [text.strip() for text in line.split(";" if ";" in line else ",") if text.strip()]


def _numbers(numbers: Sequence[str], count: int) -> list[int]:
    return _indices(numbers, count, msg("type numbers from 1 to {count}, with spaces between them", count=count))


def _indices(numbers: Sequence[str], count: int, expected: Message) -> list[int]:
    if not all(number.isdecimal() and len(number) < 9 and 1 <= int(number) <= count for number in numbers):
        raise ResponseError(expected)
    return [int(number) - 1 for number in numbers]


def _truth(word: str) -> bool:
    if word not in _TRUE | _FALSE:
        raise ResponseError(msg("answer t for true or f for false"))
    return word in _TRUE


def _order(line: str, count: int) -> list[int]:
    """`3 1 2`, or `312` where every number is a digit."""
    numbers = _digits_apart(_words(line), count)
    expected = sorted(numbers) in ([], sorted(map(str, range(1, count + 1))))
    if not expected:
        raise ResponseError(
            msg("type the {count} numbers in the right order, for example {some}", count=count, some=some_order(count))
        )
    return [int(number) - 1 for number in numbers]


def _digits_apart(words: list[str], count: int) -> list[str]:
    return list(words[0]) if len(words) == 1 and count < 10 and words[0].isdecimal() else words


def some_order(count: int) -> str:
    """An order of so many choices, for the sake of example."""
    return " ".join(map(str, (*range(2, count + 1), 1)))


def some_letters(items: int, choices: int) -> str:
    """One letter for each entry, for the sake of example."""
    return " ".join(letter(index % choices) for index in range(items, 0, -1))


def _partners(line: str, items: int, choices: int) -> list[int]:
    """`b a c`, or `bac`, or `1b 2a 3c`: one letter an entry."""
    known = {letter(index): index for index in range(choices)}
    words = _words(line)
    numbered = [re.fullmatch(r"(\d{1,3})[).:=-]?([a-z]\d?)", word) for word in words]
    if words and all(numbered):
        named = {int(found[1]): found[2] for found in numbered if found}
        words = [named.get(number, "") for number in range(1, items + 1)] if len(named) == items else [""]
    elif len(words) == 1 and items > 1:
        words = list(words[0])
    if words and (len(words) != items or not all(word in known for word in words)):
        raise ResponseError(
            msg(
                "type {count} letters, one for each entry, for example {some}",
                count=items,
                some=some_letters(items, choices),
            )
        )
    return [known[word] for word in words]


def _events(line: str, choices: Sequence[str]) -> list[str]:
    """Numbers of events (`1 3 2`, or `132` where every number is a digit), or numbers and names between commas.

    Where an event is called by a number, all numbers are names.
    """
    texts = _words(line)
    if not all(text.isdecimal() for text in texts):
        texts = _names(line)
    elif are_numbered(choices):
        texts = _digits_apart(texts, len(choices))
    known = {fold(choice): choice for choice in choices} | {choice: choice for choice in choices}
    return [known.get(text) or known.get(fold(text)) or _event_at(text, choices) for text in texts]


def _event_at(text: str, choices: Sequence[str]) -> str:
    """The event that the number stands for. Raises ResponseError for what is neither one's name nor its number."""
    place, count = fold(text), len(choices)
    if are_numbered(choices) and place.isdecimal():
        expected = msg("type numbers from 1 to {count}, or names with commas between them", count=count)
        return choices[_indices([place], count, expected)[0]]
    name = echo(text)
    if near := nearest(name, choices):
        raise ResponseError(msg("there is no event “{name}”; did you mean {near}?", name=name, near=near))
    if are_numbered(choices):
        raise ResponseError(msg("there is no event “{name}”: type numbers from 1 to {count}", name=name, count=count))
    raise ResponseError(msg("there is no event “{name}”: type names with commas between them", name=name))
