"""`derive`: which kinds of cards a note makes."""

from collections.abc import Callable
from typing import Any

import pytest

from quizdock.deck.notes import KINDS
from quizdock.deck.notes.base import Deriving

ANALOGY = '[[analogy]]\nid = "a"\ntitle = "T"\npairs = [{ id = "p", concept = "C", image = "I" }]\n'


def derivations(kind: str) -> tuple[str, ...]:
    model = KINDS[kind]
    return model.DERIVATIONS if issubclass(model, Deriving) else ()


def test_each_kind_of_note_names_its_derivations() -> None:
    assert {kind: derivations(kind) for kind in KINDS} == {
        "flashcard": (),
        "cloze": (),
        "question": (),
        "analogy": ("image", "concept", "match", "breaks"),
        "table": ("cell", "column", "match"),
        "machine": ("next", "event", "forbidden", "meaning", "path", "trace"),
        "list": ("recall", "member", "meaning", "odd"),
        "steps": ("order", "next"),
    }


def test_all_are_made_unless_the_note_is_a_table() -> None:
    defaults = {kind: model.model_fields["derive"].default for kind, model in KINDS.items() if derivations(kind)}
    assert defaults == {
        "analogy": ["image", "concept", "match", "breaks"],
        "table": ["cell"],
        "machine": ["next", "event", "forbidden", "meaning", "path", "trace"],
        "list": ["recall", "member", "meaning", "odd"],
        "steps": ["order", "next"],
    }


@pytest.mark.parametrize(
    ("derive", "expected"),
    [
        ("[]", ["derive: has too few entries (1 at least)"]),
        ('"image"', ['derive: must be a list (write ["…", "…"])']),
        ('["imaeg"]', ["derive[1]: there is no derivation “imaeg” (Did you mean image?)"]),
        (
            '["image", "xyz"]',
            ["derive[2]: there is no derivation “xyz” (Known: breaks, concept, image, match.)"],
        ),
        ('["image", "image"]', ["derive[2]: “image” is listed twice (remove one of them)"]),
        ('["image", 1]', ["derive[2]: must be a text (put it in quotes)"]),
    ],
)
def test_what_derive_cannot_be_is_reported_where_it_stands(
    derive: str, expected: list[str], note_problems: Callable[[str], list[str]]
) -> None:
    problems = note_problems(f"{ANALOGY}derive = {derive}\n")
    assert problems == [f"d.toml:10: analogy[1].{problem}" for problem in expected]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not derivations(kind)])
def test_a_note_that_makes_one_kind_of_card_knows_no_derive(
    kind: str, note_problems: Callable[[str], list[str]]
) -> None:
    problems = note_problems(f'[[{kind}]]\nderive = ["x"]\n')
    assert any(problem.startswith(f"d.toml:7: {kind}[1].derive: unknown key") for problem in problems)


def warnings(**derive: list[str]) -> list[tuple[tuple[str | int, ...], str]]:
    note: dict[str, Any] = {"id": "a", "title": "T", "pairs": [{"id": "p", "concept": "C", "image": "I"}], **derive}
    return [(problem.path, str(problem.message)) for problem in KINDS["analogy"].model_validate(note).warnings()]


def test_a_derivation_that_was_asked_for_but_makes_no_card_is_warned_of() -> None:
    assert warnings(derive=["image", "match", "breaks"]) == [
        (("derive", 1), "“match” makes no card here"),
        (("derive", 2), "“breaks” makes no card here"),
    ]
    assert warnings() == []


def test_a_note_without_any_card_is_warned_of() -> None:
    row = {"id": "r", "label": "R", "cells": [""]}
    table = KINDS["table"].model_validate({"id": "t", "title": "T", "columns": ["C"], "rows": [row]})
    assert [(problem.path, str(problem.message)) for problem in table.warnings()] == [((), "makes no card")]


def test_the_schema_lists_the_derivations() -> None:
    schema = KINDS["steps"].model_json_schema()
    assert schema["properties"]["derive"]["items"] == {"type": "string", "maxLength": 300, "enum": ["order", "next"]}
