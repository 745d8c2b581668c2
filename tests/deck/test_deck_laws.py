"""What holds for every deck that is accepted, whatever it says."""

import json
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quizdock.core.card import Card, Deck, content_hash, encode
from quizdock.core.forms import Choice, Choices, Path, Task
from quizdock.core.machine import Machine
from quizdock.deck.problems import DeckError
from quizdock.deck.reader import parse_deck

modest = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))

words = st.text("abcdefghijklmnopqrstuvwxyzéœ ", min_size=1, max_size=12).filter(lambda text: text.strip() != "")
names = st.text("ABCDEFGH", min_size=1, max_size=4)


def toml(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def source_of(notes: list[tuple[str, dict[str, Any]]]) -> bytes:
    """A deck file of these notes."""
    lines = ["format = 1", 'deck = { id = "d", title = "D", lang = "fr" }']
    for kind, note in notes:
        lines += [f"[[{kind}]]", *(f"{key} = {toml(value)}" for key, value in note.items())]
    return "\n".join(lines).encode()


def read(notes: list[tuple[str, dict[str, Any]]]) -> Deck:
    """The deck of these notes; hypothesis looks for others where they contradict each other."""
    try:
        return parse_deck(source_of(notes), "d.toml")
    except DeckError:
        assume(False)
        raise


def distinct(strategy: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(strategy, min_size=least, max_size=most, unique_by=lambda text: text.strip().casefold())


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    columns = draw(distinct(names, 1, 4))
    labels = draw(distinct(words, 1, 5))
    rows = [
        {
            "id": f"r{number}",
            "label": label,
            "cells": draw(st.lists(words, min_size=len(columns), max_size=len(columns))),
        }
        for number, label in enumerate(labels)
    ]
    return {"title": draw(words), "columns": columns, "rows": rows, "derive": ["cell", "column", "match"]}


@st.composite
def machines(draw: st.DrawFn) -> dict[str, Any]:
    states = draw(distinct(names, 2, 5))
    events = draw(distinct(words.map(str.strip), 1, 4))
    targets = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(states), st.sampled_from(events)),
            st.sampled_from(states),
            min_size=1,
            max_size=10,
        )
    )
    transitions = [{"from": source, "event": event, "to": to} for (source, event), to in targets.items()]
    meanings = [{"name": state, "meaning": draw(words)} for state in states]
    return {"title": draw(words), "states": meanings, "start": states[0], "transitions": transitions}


@st.composite
def lists(draw: st.DrawFn) -> dict[str, Any]:
    terms = draw(distinct(words, 3, 9))
    members = [{"term": term, "meaning": draw(words)} for term in terms[:-1]]
    return {"title": draw(words), "members": members, "intruders": terms[-1:]}


@st.composite
def procedures(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(distinct(words, 3, 7))
    return {"title": draw(words), "steps": [{"id": f"s{place}", "text": text} for place, text in enumerate(texts)]}


@st.composite
def analogies(draw: st.DrawFn) -> dict[str, Any]:
    concepts, images = draw(distinct(words, 3, 3)), draw(distinct(words, 3, 3))
    pairs = [
        {"id": f"p{place}", "concept": a, "image": b} for place, (a, b) in enumerate(zip(concepts, images, strict=True))
    ]
    return {"title": draw(words), "pairs": pairs, "breaks": draw(words)}


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(distinct(words, 5, 5))
    kinds: list[dict[str, Any]] = [
        {"type": "choice", "answer": texts[0], "wrong": texts[1:]},
        {"type": "choices", "answer": texts[:2], "wrong": texts[2:]},
        {"type": "text", "answer": texts[:2], "wrong": texts[2:]},
        {"type": "command", "answer": texts[:2], "wrong": texts[2:]},
        {"type": "order", "answer": texts},
        {
            "type": "match",
            "pairs": [{"item": texts[0], "partner": texts[1]}, {"item": texts[2], "partner": texts[3]}],
            "wrong": texts[4:],
        },
        {"type": "number", "answer": draw(st.integers(-9999, 9999)), "unit": ["Go", "octets"]},
        {"type": "boolean", "answer": draw(st.booleans())},
    ]
    return {**draw(st.sampled_from(kinds)), "ask": draw(words)}


@st.composite
def clozes(draw: st.DrawFn) -> dict[str, Any]:
    first, second = draw(distinct(words.map(str.strip), 2, 2))
    return {"text": f"{draw(words)} {{{{{first}}}}} {draw(words)} {{{{{second}|{draw(words)}}}}}"}


@st.composite
def flashcards(draw: st.DrawFn) -> dict[str, Any]:
    back, *wrong = draw(distinct(words, 2, 4))
    return {"front": draw(words), "back": back, "wrong": wrong, "reverse": draw(st.booleans())}


KINDS = {
    "analogy": analogies(),
    "cloze": clozes(),
    "flashcard": flashcards(),
    "list": lists(),
    "machine": machines(),
    "question": questions(),
    "steps": procedures(),
    "table": tables(),
}
notes = st.lists(
    st.one_of([st.tuples(st.just(kind), strategy) for kind, strategy in KINDS.items()]), min_size=1, max_size=4
).map(lambda drawn: [(kind, {"id": f"n{place}", **note}) for place, (kind, note) in enumerate(drawn)])


def right_response(task: Task) -> object:
    """What a learner who knows the answer would give."""
    choices = list(task.choices)
    match task.form:
        case "choice":
            return choices.index(str(task.answer))
        case "choices" | "order":
            assert isinstance(task.answer, tuple)
            return [choices.index(str(text)) for text in task.answer]
        case "match":
            assert isinstance(task.answer, tuple)
            partners = dict(task.answer)  # type: ignore[arg-type]  # pairs
            return [choices.index(partners[item]) for item in task.items]
        case "list" | "path":
            assert isinstance(task.answer, tuple)
            return list(task.answer)
        case _:
            return task.answer


@modest
@given(notes)
def test_cards_of_any_accepted_deck_have_names_of_their_own(drawn: list[tuple[str, dict[str, Any]]]) -> None:
    cards = read(drawn).cards
    assert len({card.name for card in cards}) == len(cards)


@modest
@given(notes)
def test_the_same_file_always_gives_the_same_cards(drawn: list[tuple[str, dict[str, Any]]]) -> None:
    assert [encode(card) for card in read(drawn).cards] == [encode(card) for card in read(drawn).cards]


@modest
@given(notes, st.text("0123456789", max_size=4))
def test_every_card_gives_its_own_answer_full_credit_however_it_is_arranged(
    drawn: list[tuple[str, dict[str, Any]]], seed: str
) -> None:
    for card in read(drawn).cards:
        for task in filter(None, (card.study, card.exam)):
            verdict = task.arranged(seed).mark(right_response(task.arranged(seed)))
            assert verdict is None or verdict.credit == 1.0, card.name
        assert card.exam is None or card.exam.mark(right_response(card.exam)) is not None


@modest
@given(notes)
def test_no_wrong_option_of_an_exam_earns_full_credit(drawn: list[tuple[str, dict[str, Any]]]) -> None:
    for card in read(drawn).cards:
        if isinstance(card.exam, Choice):
            marks = [card.exam.mark(index).credit for index in range(len(card.exam.choices))]
            assert marks.count(1.0) == 1
        if isinstance(card.exam, Choices):
            assert card.exam.mark(list(range(len(card.exam.choices)))).credit < 1.0


@modest
@given(machines())
def test_every_path_that_is_shown_as_right_ends_in_its_goal(drawn: dict[str, Any]) -> None:
    for card in read([("machine", {"id": "m", **drawn})]).cards:
        if isinstance(card.study, Path):
            machine = Machine((), card.study.transitions, card.study.start)
            state: str | None = card.study.start
            for event in card.study.answer:
                assert state is not None
                state = machine.target(state, event)
            assert state == card.study.goal


def shown(card: Card) -> str:
    """All that a learner may see of a card, in JSON."""
    return encode(card)


@modest
@given(tables(), st.data())
def test_a_changed_cell_changes_only_cards_that_show_it(drawn: dict[str, Any], data: st.DataObject) -> None:
    """The new text is a number, which no other text is: a card that does not show it must be as it was."""
    before = {card.name: card for card in read([("table", {"id": "t", **drawn})]).cards}
    row = data.draw(st.integers(0, len(drawn["rows"]) - 1))
    column = data.draw(st.integers(0, len(drawn["columns"]) - 1))
    old = drawn["rows"][row]["cells"][column]
    assume(
        [cell.strip().casefold() for each in drawn["rows"] for cell in each["cells"]].count(old.strip().casefold()) == 1
    )
    drawn["rows"][row]["cells"][column] = "4711"
    after = {card.name: card for card in read([("table", {"id": "t", **drawn})]).cards}
    assert before.keys() == after.keys()
    changed = {name for name in before if content_hash(encode(before[name])) != content_hash(encode(after[name]))}
    assert changed == {name for name in after if "4711" in shown(after[name])}
    assert f"t#r{row}+{drawn['columns'][column]}" in changed
