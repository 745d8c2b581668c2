"""The JSON Schema of the deck language, for editors: made from the notes' models, so that it is never out of step.

Its words are English whatever the interface's language: the schema is a file that ships, and goes from hand to hand.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from quizdock.deck.notes.question import LONGEST_ANSWER, MOST_STEPS, OWN_KEYS, Kind
from quizdock.deck.reader import Document

Schema = dict[str, Any]

_REFUSED: Schema = {"not": {}}
"""For a key that has no place here. `false` would say the same, but not every validator says then which key it is."""
_SHORT: Schema = {"minLength": 1, "maxLength": LONGEST_ANSWER}
_ONE: Schema = {"type": ["string", "number"], **_SHORT}
_LISTED: Schema = {"type": "string", **_SHORT}
_OFFERED: Schema = {"wrong": {"minItems": 1}}
_ONE_OR_MORE: Schema = {
    "if": {"type": "array"},
    "then": {"items": _LISTED, "minItems": 1},
    "else": _ONE,
}

ANSWERS: dict[str, tuple[Schema, tuple[str, ...]]] = {
    "choice": ({"answer": _ONE, **_OFFERED}, ("answer", "wrong")),
    "choices": ({"answer": {"type": "array", "items": _LISTED, "minItems": 1}, **_OFFERED}, ("answer", "wrong")),
    "boolean": ({"answer": {"type": "boolean"}, "wrong": {"maxItems": 0}}, ("answer",)),
    "text": ({"answer": _ONE_OR_MORE}, ("answer",)),
    "number": ({"answer": _ONE, "wrong": {"maxItems": 0}}, ("answer",)),
    "command": ({"answer": _ONE_OR_MORE}, ("answer",)),
    "match": ({"answer": _REFUSED, "pairs": {"minItems": 2}}, ("pairs",)),
    "order": (
        {
            "answer": {"type": "array", "items": _LISTED, "minItems": 2, "maxItems": MOST_STEPS},
            "wrong": {"maxItems": 0},
        },
        ("answer",),
    ),
}
"""What each type of question adds to its keys, and the keys that it must have."""


def schema() -> Schema:
    """The schema of a deck file, JSON Schema draft 2020-12.

    Where a table or a text may stand, and for each type of question, a branch with a condition of its own says what
    is allowed: so an editor points at the very key that is wrong, not at the note around it.
    """
    made = _branched(_renamed(Document.model_json_schema(schema_generator=_Generator)))
    made["$defs"]["Question"]["allOf"] = [_branch(kind) for kind in get_args(Kind)]
    return {"$schema": _Generator.schema_dialect, "title": "QuizDock deck", **_in_order(made)}


def schema_text() -> str:
    """The schema as its file has it, without the newline at the end."""
    return json.dumps(schema(), ensure_ascii=False, indent=2)


class _Generator(GenerateJsonSchema):
    """pydantic's own, but for what it does not know: shorthands, stripped texts, and that TOML has no null."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """With what KEYS says of each key."""
        made = super().model_schema(schema)
        model = schema["cls"]
        for key, field in made["properties"].items():
            words = next((words[key] for words in _words(model) if key in words), None)
            if words:
                field.setdefault("description", words)
        return made

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """The inner schema, with what the function makes acceptable besides.

        A function is asked what it makes of a text and of a number, so that a new one need not be named here.
        """
        inner = self.generate_inner(schema["schema"])
        function: Any = schema["function"]["function"]
        match _made_of(function, "x"):
            case [_]:
                return {"if": {"type": "string"}, "then": inner["items"], "else": inner}
            case dict() as table:
                return {**inner, _SHORTHAND: next(iter(table))}
        return _or_number(inner) if isinstance(_made_of(function, 1), str) else inner

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Spaces and newlines around a text go before its pattern is looked at."""
        made = super().str_schema(schema)
        if schema.get("strip_whitespace") and "pattern" in made:
            made["pattern"] = rf"^\s*{made['pattern'].removeprefix('^').removesuffix('$')}\s*$"
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Without the null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Without a default that a deck cannot write."""
        made = super().default_schema(schema)
        return {key: value for key, value in made.items() if key != "default" or value not in (None, "", [])}

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No titles: they only repeat the keys."""
        return False


def _words(model: type[Any]) -> Iterator[Mapping[str, str]]:
    """KEYS of the model, then of those that it is made from."""
    return (vars(base).get("KEYS", {}) for base in model.__mro__)


_SHORTHAND = "x-shorthand"
"""Marks where a text may stand for a table, until `_branched`: it names the key that the text is the value of."""


def _made_of(function: Callable[[Any], Any], value: object) -> object:
    try:
        return function(value)
    except ValueError:  # it refuses such a value
        return None


def _or_number(inner: Schema) -> Schema:
    if "anyOf" in inner:
        return {**inner, "anyOf": [*inner["anyOf"], {"type": "number"}]}
    return {**inner, "type": [inner["type"], "number"]}


def _renamed(made: Schema) -> Schema:
    """Tables of one name in several notes are called after their note: `AnalogyPairEntry`."""

    def short(found: re.Match[str]) -> str:
        return f"{found[1].title()}{found[2]}"

    text = re.sub(r"quizdock__deck__notes__([a-z]+)__(\w+)", short, json.dumps(made))
    renamed: Schema = json.loads(text)
    return renamed


def _branched(node: Any) -> Any:
    """With every marked shorthand made into a branch: a table, or else the text that stands for it."""
    if isinstance(node, list):
        return [_branched(each) for each in node]
    if not isinstance(node, dict):
        return node
    if _SHORTHAND in node:
        table = node["$ref"]
        text = f"{table}/properties/{node[_SHORTHAND]}"
        return {"if": {"type": "object"}, "then": {"$ref": table}, "else": {"$ref": text}}
    return {key: _branched(value) for key, value in node.items()}


def _branch(kind: str) -> Schema:
    """What a question of this type looks like; keys of other types are refused at their place."""
    properties, required = ANSWERS[kind]
    foreign = {key: _REFUSED for key, kinds in OWN_KEYS.items() if kind not in kinds}
    return {
        "if": {"properties": {"type": {"const": kind}}, "required": ["type"]},
        "then": {"properties": {**properties, **foreign}, "required": list(required)},
    }


def _in_order(made: Schema) -> Schema:
    """With the definitions at the end, where they are not in the way."""
    definitions = made.pop("$defs")
    made.pop("title", None)
    return {**made, "$defs": definitions}
