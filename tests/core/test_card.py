"""Cards as the catalogue keeps them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from quizdock.core.card import Card, content_hash, decode, encode
from quizdock.core.drawing import Drawing
from quizdock.core.forms import Choice, Option, Recall, Task, Text

COLOURS = Choice((Option("red", right=True), Option("blue", why="That is the sky.")))
CARD = Card(
    name="n#p",
    topic="t",
    prompt="Which « colour »?",
    study=COLOURS,
    exam=COLOURS,
    explain="e",
    hints=("h", "i"),
    source="s",
    tags=("x", "y"),
    drawing=Drawing("d", ("f",), ("g",)),
    fact="p",
)
BODY = (
    '{"q":"Which « colour »?","a":["choice",[["red",1],["blue",0,"That is the sky."]]],"x":1,'
    '"e":"e","h":["h","i"],"s":"s","t":["x","y"],"f":"p","d":["d",["f"],["g"]]}'
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def test_the_encoding_stays_as_it_was() -> None:
    assert encode(CARD) == BODY
    assert decode("n#p", "t", BODY) == CARD


def test_absent_fields_are_left_out_of_the_encoding() -> None:
    card = Card("n", "", "front", Recall("back"))
    assert encode(card) == '{"q":"front","a":["recall","back"]}'
    assert decode("n", "", '{"q":"front","a":["recall","back"]}') == card


def test_an_exams_own_form_is_kept_beside_that_of_study() -> None:
    card = Card("n", "t", "front", Recall("red"), exam=COLOURS)
    assert encode(card) == (
        '{"q":"front","a":["recall","red"],"x":["choice",[["red",1],["blue",0,"That is the sky."]]]}'
    )
    assert decode("n", "t", encode(card)) == card


def test_a_digest_stays_as_it_was() -> None:
    assert content_hash("") == -1970711489451281740
    assert content_hash('{"q":"front","a":["recall","back"]}') == 3590921718292176691


def test_name_and_topic_are_no_part_of_the_content() -> None:
    assert encode(replace(CARD, name="other#p", topic="other")) == BODY


@pytest.mark.parametrize(
    "edited",
    [
        replace(CARD, prompt="Which colour?"),
        replace(CARD, study=Text(("red",))),
        replace(CARD, exam=None),
        replace(CARD, exam=Recall("red")),
        replace(CARD, explain="E"),
        replace(CARD, hints=()),
        replace(CARD, source="s2"),
        replace(CARD, tags=("x",)),
        replace(CARD, drawing=None),
        replace(CARD, drawing=Drawing("d", ("f",), ())),
        replace(CARD, study=Choice(COLOURS.options[::-1]), exam=Choice(COLOURS.options[::-1])),
    ],
)
def test_any_edit_of_the_content_changes_the_digest(edited: Card) -> None:
    assert content_hash(encode(edited)) != content_hash(BODY)


@pytest.mark.parametrize(("name", "note"), [("n", "n"), ("n#p", "n"), ("n#p#q", "n"), ("n#A+b>c", "n")])
def test_a_cards_note_is_its_name_up_to_the_first_sign(name: str, note: str) -> None:
    assert replace(CARD, name=name).note == note


@settings(deadline=None, derandomize=True, max_examples=150)
@given(data=st.data())
def test_decoding_gives_back_what_was_encoded(tasks: SearchStrategy[Task], data: DataObject) -> None:
    card = Card(
        name=data.draw(texts),
        topic=data.draw(texts),
        prompt=data.draw(texts),
        study=(study := data.draw(tasks)),
        exam=data.draw(st.none() | st.just(study) | tasks),
        explain=data.draw(texts),
        hints=tuple(data.draw(st.lists(texts, max_size=2))),
        source=data.draw(texts),
        tags=tuple(data.draw(st.lists(texts, max_size=2))),
        drawing=data.draw(st.none() | st.builds(Drawing, texts, st.tuples(texts), st.tuples(texts))),
        fact=data.draw(texts),
    )
    body = encode(card)
    assert decode(card.name, card.topic, body) == card
    assert decode(card.name, card.topic, body).fact == card.fact
    assert encode(decode(card.name, card.topic, body)) == body
    assert -(2**63) <= content_hash(body) < 2**63
