"""Whether a value made from a stranger's data is what its type says, all the way down: nobody else has checked."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

MOST_PARTS = 1000
"""Values that stand in a row: in no deck are there more, and a long text may pass for a row of letters."""


def is_sound(value: Any) -> bool:
    """Whether every field of a dataclass or named tuple, and of those inside, is of the type that it is declared as.

    No tuple may be longer than MOST_PARTS.
    """
    return all(_fits(getattr(value, name), kind) for name, kind in _fields(value.__class__).items())


@cache
def _fields(kind: Any) -> Mapping[str, Any]:
    names = {field.name for field in fields(kind)} if is_dataclass(kind) else getattr(kind, "_fields", ())
    return {name: each for name, each in get_type_hints(kind).items() if name in names}


def _fits(value: Any, kind: Any) -> bool:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return isinstance(value, str) and value in inner
    if origin in (Union, UnionType):
        return any(_fits(value, each) for each in inner)
    if origin is tuple:
        return isinstance(value, tuple) and len(value) <= MOST_PARTS and all(_fits(each, inner[0]) for each in value)
    if kind in (str, bool, NoneType):
        return type(value) is kind
    is_one = isinstance(value, kind) if not getattr(kind, "_is_protocol", False) else is_dataclass(value)
    return is_one and is_sound(value)
