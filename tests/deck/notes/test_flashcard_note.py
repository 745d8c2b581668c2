"""`[[flashcard]]`."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Card, Deck
from quizdock.core.forms import Choice, Option, Recall
from quizdock.deck.notes.flashcard import Flashcard

ReadNotes = Callable[..., Deck]


def test_a_flashcard_asks_its_front_for_recall_and_no_exam_asks_it(read_notes: ReadNotes) -> None:
    deck = read_notes('[[flashcard]]\nid = "a"\nfront = " Front? "\nback = "Back"\n')
    assert deck.cards == (Card("a", "", "Front?", Recall("Back")),)


def test_wrong_options_let_an_exam_ask_it_as_a_choice(read_notes: ReadNotes) -> None:
    (card,) = read_notes(
        '[[flashcard]]\nid = "a"\nfront = "F"\nback = "B"\nwrong = ["W", { text = "V", why = "Y" }]\n'
    ).cards
    assert card.study == Recall("B")
    assert card.exam == Choice((Option("B", right=True), Option("W"), Option("V", why="Y")))


def test_reverse_adds_a_card_from_back_to_front_that_exams_do_not_ask(read_notes: ReadNotes) -> None:
    deck = read_notes(
        '[[flashcard]]\nid = "a"\nfront = "F"\nback = "B"\nreverse = true\nwrong = ["W"]\nexplain = "E"\n'
    )
    assert [card.name for card in deck.cards] == ["a", "a#reverse"]
    assert deck.cards[1] == Card("a#reverse", "", "B", Recall("F"), explain="E")


def test_what_every_note_takes_is_on_each_of_its_cards(read_notes: ReadNotes) -> None:
    deck = read_notes(
        """
[[topic]]
id = "t"
title = "T"
[[flashcard]]
id = "a"
topic = "t"
front = "F"
back = "B"
reverse = true
explain = "E"
hint = "H"
source = "S"
tags = ["x", " y "]
"""
    )
    for card in deck.cards:
        assert (card.topic, card.explain, card.hints, card.source) == ("t", "E", ("H",), "S")
        assert card.tags == ("x", "y")
    assert len(deck.cards) == 2


def warnings(back: str, *wrong: str) -> list[tuple[tuple[str | int, ...], str]]:
    note = {"id": "a", "front": "F", "back": back, "wrong": [{"text": text} for text in wrong]}
    return [(problem.path, str(problem.message)) for problem in Flashcard.model_validate(note).warnings()]


@pytest.mark.parametrize("back", ["one\\ntwo", "x" * 301])
def test_a_back_too_long_to_choose_is_asked_by_no_exam(read_notes: ReadNotes, back: str) -> None:
    (card,) = read_notes(f'[[flashcard]]\nid = "a"\nfront = "F"\nback = "{back}"\nwrong = ["W"]\n').cards
    assert card.exam is None


def test_a_back_too_long_to_choose_is_warned_of_only_where_there_are_wrong_options() -> None:
    too_long = [(("back",), "is too long for an option, so that exams do not ask it")]
    assert warnings("one\ntwo", "W") == warnings("x" * 301, "W") == too_long
    assert warnings("x" * 300, "w" * 150) == []
    assert warnings("one\ntwo") == []


def test_a_back_more_than_twice_as_long_as_every_wrong_option_is_warned_of() -> None:
    telling = [(("back",), "is much longer than the wrong options, which tells it")]
    assert warnings("x" * 41, "w" * 20, "w") == telling
    assert warnings("x" * 41, "w" * 21, "w") == []
    assert warnings("x" * 40, "w") == []
