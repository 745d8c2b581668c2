"""pydantic's findings in the words of a deck's author."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ValidationError
from pydantic_core import ErrorDetails

from quizdock.core.message import NOTHING, Message, msg
from quizdock.core.text import nearest
from quizdock.deck.notes.base import ONE_LINE
from quizdock.deck.problems import Path, Problem

_MESSAGES: dict[str, tuple[Message, Message]] = {
    "missing": (msg("is missing"), msg("add it")),
    "string_too_short": (msg("must not be empty"), NOTHING),
    "string_pattern_mismatch": (msg("must be one line"), NOTHING),
    "string_type": (msg("must be a text"), msg("put it in quotes")),
    "int_type": (msg("must be a whole number"), msg("without quotes")),
    "float_type": (msg("must be a number"), msg("without quotes")),
    "bool_type": (msg("must be true or false"), msg("without quotes")),
    "answer_type": (msg("must be a short text on one line, a list of them, a number, or true or false"), NOTHING),
}


def problems_of(error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    """Every finding as a problem; `model` is the one that was validated.

    A key that is missing because it was misspelt is one problem, not two.
    """
    details = error.errors(include_url=False)
    if any(detail["loc"] == ("deck",) and detail["type"] == "missing" for detail in details):
        details = [detail for detail in details if not _is_homeless(detail, model)]
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    misspelt = {(*path[:-1], _nearest_key(path, model)) for path in unknown}
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in misspelt:
            continue
        message, hint = _heading_words(detail) or _words(detail, model)
        yield Problem(detail["loc"], message, hint)


def _is_homeless(detail: ErrorDetails, model: type[BaseModel]) -> bool:
    """Whether this is a key of the deck's header, whose heading is missing."""
    path: Path = detail["loc"]
    return (
        len(path) == 1 and detail["type"] == "extra_forbidden" and path[0] in _model_at(("deck",), model).model_fields
    )


def _heading_words(detail: ErrorDetails) -> tuple[Message, Message] | None:
    """For a table of the file's top level that has too few brackets around its name, or too many, or is missing."""
    match detail["loc"], detail["type"]:
        case ("deck",), "missing":
            return msg("is missing"), msg("write [deck] above its id, title and lang")
        case ("deck",), "model_type":
            return msg("its heading takes one bracket"), msg("write [deck]")
        case (str(kind),), "list_type":
            return msg("its heading takes two brackets"), msg("write [[{kind}]]", kind=kind)
        case _:
            return None


def _words(detail: ErrorDetails, model: type[BaseModel]) -> tuple[Message, Message]:
    limits: dict[str, Any] = detail.get("ctx", {})
    path: Path = detail["loc"]
    match detail["type"]:
        case "missing" if path[-1] == "id":
            return msg("is missing"), msg("add it, or let quizdock deck check --fix write one")
        case "missing" if path == ("format",):
            return msg("is missing"), _FORMAT
        case "literal_error" if path == ("format",):
            return msg("must be {expected}", expected=1), _FORMAT
        case "literal_error":
            return _one_of(limits["expected"]), _near_value(detail["input"], limits["expected"])
        case "extra_forbidden":
            return msg("unknown key"), _key_hint(path, model)
        case "list_type":
            return msg("must be a list"), _write(path, model)
        case "model_type" | "model_attributes_type":
            return msg("must be a table, in braces"), _write(path, model)
        case "string_pattern_mismatch" if limits["pattern"] != ONE_LINE:
            return msg("has a form that is not allowed here"), _pattern_hint(str(path[-1]))
        case kind if kind in _MESSAGES:
            return _MESSAGES[kind]
        case kind:
            return _size_words(kind, limits) or (msg("{reason}", reason=detail["msg"]), NOTHING)


def _size_words(kind: str, limits: dict[str, Any]) -> tuple[Message, Message] | None:
    """For what is too long or too short."""
    match kind:
        case "greater_than_equal" | "less_than_equal" | "greater_than":
            return msg("is out of range"), _range_hint(limits)
        case "string_too_long":
            return msg("is too long"), msg("{most} characters at most", most=limits["max_length"])
        case "too_short":
            return msg("has too few entries"), msg("{least} at least", least=limits["min_length"])
        case "too_long":
            return msg("has too many entries"), msg("{most} at most", most=limits["max_length"])
        case _:
            return None


def _range_hint(limits: dict[str, Any]) -> Message:
    """The side of the range on which the number lies."""
    match limits:
        case {"ge": least}:
            return msg("{least} at least", least=f"{least:g}")
        case {"gt": least}:
            return msg("more than {least}", least=f"{least:g}")
        case _:
            return msg("{most} at most", most=f"{limits['le']:g}")


_TEXT = '"…"'
_FORMAT = msg("write format = 1, without quotes")


def _one_of(expected: str) -> Message:
    """What is allowed, from pydantic's English list of it."""
    *others, last = _values(expected)
    return msg("must be {others} or {last}", others=", ".join(others), last=last)


def _near_value(typed: object, expected: str) -> Message:
    near = nearest(typed, (value.strip('"') for value in _values(expected))) if isinstance(typed, str) else ""
    return msg("did you mean {near}?", near=near) if near else NOTHING


def _values(expected: str) -> list[str]:
    return re.split(", | or ", expected.replace("'", '"'))


def _write(path: Path, model: type[BaseModel]) -> Message:
    """How what stands at this path is written."""
    return msg("write {example}", example=_example(_kind_at(path, model)))


def _example(kind: Any) -> str:
    """A value of this kind with the keys that it must have."""
    if any(_is_shorthand(extra) for extra in getattr(kind, "__metadata__", ())):
        return _TEXT
    kind = _bare(kind)
    if get_origin(kind) is list:
        inner = _example(get_args(kind)[0])
        return f"[{inner}, {inner}]" if inner == _TEXT else f"[{inner}]"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {field.alias or name: field for name, field in kind.model_fields.items() if field.is_required()}
        return f"{{ {', '.join(f'{key} = {_example(field.annotation)}' for key, field in fields.items())} }}"
    return _TEXT


def _is_shorthand(extra: object) -> bool:
    """Whether this lets a plain text stand for a table."""
    function: Any = extra.func if isinstance(extra, BeforeValidator) else None
    return function is not None and isinstance(function("x"), dict)


def _pattern_hint(key: str) -> Message:
    if key == "id":
        return msg("letters without accents, digits, “-”, “_” and “.”, 64 at most, beginning with a letter or digit")
    if key == "lang":
        return msg("a language code such as fr, en or pt-BR")
    return msg("one line, without # + > ? ! ~ , ;")


def _key_hint(path: Path, model: type[BaseModel]) -> Message:
    near = _nearest_key(path, model)
    if near:
        return msg("did you mean {near}?", near=near)
    return msg("known keys: {keys}", keys=", ".join(_keys(path, model)))


def _nearest_key(path: Path, model: type[BaseModel]) -> str:
    return nearest(str(path[-1]), _keys(path, model))


def _keys(path: Path, model: type[BaseModel]) -> list[str]:
    """The keys that the table around this path may have."""
    return [field.alias or name for name, field in _model_at(path[:-1], model).model_fields.items()]


def _model_at(path: Path, model: type[BaseModel]) -> type[BaseModel]:
    """The model that describes the table at this path."""
    found: type[BaseModel] = _kind_at(path, model)
    return found


def _kind_at(path: Path, model: type[BaseModel]) -> Any:
    """The type of what stands at this path."""
    kind: Any = model
    for step in path:
        if isinstance(step, int):
            kind = _bare(get_args(kind)[0])
        else:
            fields = {field.alias or name: field for name, field in kind.model_fields.items()}
            kind = _bare(fields[step].annotation)
    return kind


def _bare(kind: Any) -> Any:
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return kind
