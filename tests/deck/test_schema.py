"""The JSON Schema: in step with the models, and pointing at the key that is wrong."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import tomli
from jsonschema import Draft202012Validator

from quizdock.deck.notes import KINDS
from quizdock.deck.notes.base import Strict
from quizdock.deck.notes.question import Kind
from quizdock.deck.schema import ANSWERS, schema, schema_text
from quizdock.deck.template import Draft, starter

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "content" / "README.md"]
START = 'format = 1\ndeck = { id = "d", title = "D", lang = "en" }\n'
MACHINE = START + '[[machine]]\nid = "m"\ntitle = "M"\nstart = "A"\n'
QUESTION = START + '[[question]]\nid = "q"\nask = "?"\n'

WRONG = {
    "no deck": ("format = 1\n", ["$"]),
    "another format": (START.replace("1", "2", 1), ["$.format"]),
    "an id with a space": (START.replace('"d"', '"d d"'), ["$.deck.id"]),
    "a language with a capital": (START.replace('"en"', '"En"'), ["$.deck.lang"]),
    "a topic in one bracket": (START + '[topic]\nid = "t"\ntitle = "T"\n', ["$.topic"]),
    "an unknown key": (START + '[[flashcard]]\nid = "f"\nfront = "?"\nback = "!"\nbakc = "!"\n', ["$.flashcard[0]"]),
    "a wrong option that is a number": (
        START + '[[flashcard]]\nid = "f"\nfront = "?"\nback = "!"\nwrong = ["a", 3]\n',
        ["$.flashcard[0].wrong[1]"],
    ),
    "a wrong option with an empty text": (
        START + '[[flashcard]]\nid = "f"\nfront = "?"\nback = "!"\nwrong = [{ text = "" }]\n',
        ["$.flashcard[0].wrong[0].text"],
    ),
    "an unknown type": (QUESTION + 'type = "choise"\nanswer = "x"\n', ["$.question[0].type"]),
    "a choice with a list": (
        QUESTION + 'type = "choice"\nanswer = ["x"]\nwrong = ["y"]\n',
        ["$.question[0].answer"],
    ),
    "a boolean in quotes": (QUESTION + 'type = "boolean"\nanswer = "true"\n', ["$.question[0].answer"]),
    "a tolerance where nothing is counted": (
        QUESTION + 'type = "text"\nanswer = "x"\ntolerance = 1\n',
        ["$.question[0].tolerance"],
    ),
    "an option with its value": (
        QUESTION + 'type = "command"\nanswer = "x"\nvalued = ["-p", " --name ", "name", "-p 80", "--name=", "--"]\n',
        [f"$.question[0].valued[{index}]" for index in (2, 3, 4, 5)],
    ),
    "a match with an answer": (
        QUESTION + 'type = "match"\nanswer = "x"\npairs = [{ item = "a", partner = "b" }, { item = "c" }]\n',
        ["$.question[0].answer", "$.question[0].pairs[1]"],
    ),
    "a cell of a wrong type": (
        START
        + '[[table]]\nid = "t"\ntitle = "T"\ncolumns = ["c"]\nrows = [{ id = "r", label = "R", cells = [true] }]\n',
        ["$.table[0].rows[0].cells[0]"],
    ),
    "a state with a sign of card ids": (
        MACHINE + 'states = ["A", "B>C"]\ntransitions = [{ from = "A", event = "e", to = "A" }]\n',
        ["$.machine[0].states[1]"],
    ),
    "an unknown derivation": (
        MACHINE + 'states = ["A", "B"]\nderive = ["nxt"]\ntransitions = [{ from = "A", event = "e", to = "B" }]\n',
        ["$.machine[0].derive[0]"],
    ),
    "a member without a term": (
        START + '[[list]]\nid = "l"\ntitle = "L"\nmembers = ["a", { meaning = "b" }]\n',
        ["$.list[0].members[1]"],
    ),
}


def places(source: str) -> list[str]:
    """Where the schema finds something wrong."""
    return sorted({error.json_path for error in Draft202012Validator(schema()).iter_errors(tomli.loads(source))})


def tables() -> dict[str, dict[str, Any]]:
    made = schema()
    return {"Document": made, **made["$defs"]}


def test_the_file_that_ships_is_what_the_command_prints() -> None:
    """To bring it up to date: quizdock deck schema > content/deck.schema.json"""
    shipped = (ROOT / "content" / "deck.schema.json").read_text(encoding="utf-8")
    assert shipped == schema_text() + "\n"


def test_it_is_a_schema_of_draft_2020_12() -> None:
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", sorted((ROOT / "content").glob("*.toml")), ids=lambda path: path.name)
def test_it_accepts_the_shipped_decks(path: Path) -> None:
    assert places(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_it_accepts_every_deck_of_the_guides(page: Path) -> None:
    shown = re.findall(r"<!-- deck -->\n```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    assert [places(source) for source in shown] == [[]] * len(shown)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_accepts_a_new_deck(lang: str) -> None:
    assert places(starter(Draft("x", "X", lang, "", "T"))) == []


def test_it_accepts_everything_that_a_deck_can_say(complete: str) -> None:
    assert places(complete) == []


def test_shorthands_of_one_text_and_of_a_number_are_accepted() -> None:
    assert places(QUESTION + 'type = "number"\nanswer = 3.5\ntolerance = 0.5\nunit = "Go"\n') == []
    assert places(QUESTION + 'type = "number"\nanswer = "3.5"\ntolerance = "5 %"\nunit = ["Go", "GB"]\n') == []
    two = 'states = ["A", "B"]\ntransitions = [{ from = "A", event = "e", to = "B" }]\n'
    assert places(MACHINE + two + 'end = "B"\n') == []
    assert places(MACHINE + two + 'end = ["B"]\n') == []


def test_a_text_may_stand_on_lines_of_its_own() -> None:
    assert places(START.replace('"D"', '"""\n  D\n"""').replace("{ id", "{id")) == []


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_deck_is_wrong_at_the_right_key(wrong: str) -> None:
    source, expected = WRONG[wrong]
    assert places(source) == expected


def test_every_kind_of_note_and_every_type_of_question_is_there() -> None:
    assert set(KINDS) <= set(schema()["properties"])
    assert list(ANSWERS) == list(get_args(Kind))


def models(base: type[Strict]) -> Iterator[type[Strict]]:
    """The model and all that are made from it."""
    yield base
    for model in base.__subclasses__():
        yield from models(model)


def test_every_key_is_described_and_no_description_is_left_over() -> None:
    made = tables()
    named = {(name, key) for name, table in made.items() for key in table["properties"]}
    bare = [(name, key) for name, key in named if "description" not in made[name]["properties"][key]]
    assert bare == []
    for model in models(Strict):
        keys = {field.alias or name for name, field in model.model_fields.items()} or {key for _, key in named}
        assert set(vars(model).get("KEYS", ())) <= keys, model


def test_no_table_takes_unknown_keys() -> None:
    assert [name for name, table in tables().items() if table["additionalProperties"] is not False] == []


def test_no_mark_of_its_making_is_left() -> None:
    assert "x-shorthand" not in json.dumps(schema())
    assert "quizdock__" not in json.dumps(schema())
