"""`[[analogy]]`."""

from collections.abc import Callable

from quizdock.core.card import Card, Deck
from quizdock.core.forms import Choice, Option, Recall

ReadNotes = Callable[..., Deck]

ANALOGY = """
[[analogy]]
id = "kitchen"
title = "In the kitchen"
pairs = [
  { id = "image", concept = "the image", image = "the recipe" },
  { id = "box", concept = "the container", image = "the dish", explain = "It is eaten.", wrong = [
    { text = "the cook", why = "He runs it." },
  ] },
]
breaks = "A dish is gone once eaten."
explain = "Cooking."
"""


def choice(right: str, *wrong: str | Option) -> Choice:
    return Choice(
        (Option(right, right=True), *(option if isinstance(option, Option) else Option(option) for option in wrong))
    )


def test_each_pair_is_asked_in_both_directions(read_notes: ReadNotes) -> None:
    shared = "Cooking.\nWhere the analogy breaks: A dish is gone once eaten."
    own = "It is eaten.\nWhere the analogy breaks: A dish is gone once eaten."
    ask = "Analogy “In the kitchen”: "
    assert read_notes(ANALOGY).cards == (
        Card(
            "kitchen#image>image",
            "",
            ask + "what stands for the image?",
            Recall("the recipe"),
            choice("the recipe", "the dish"),
            shared,
        ),
        Card(
            "kitchen#box>image",
            "",
            ask + "what stands for the container?",
            Recall("the dish"),
            choice("the dish", Option("the cook", why="He runs it."), "the recipe"),
            own,
        ),
        Card(
            "kitchen#image>concept",
            "",
            ask + "what does “the recipe” stand for?",
            Recall("the image"),
            choice("the image", "the container"),
            shared,
        ),
        Card(
            "kitchen#box>concept",
            "",
            ask + "what does “the dish” stand for?",
            Recall("the container"),
            choice("the container", "the image"),
            own,
        ),
    )


def test_a_french_analogy_asks_in_french(read_notes: ReadNotes) -> None:
    cards = {card.name: card for card in read_notes(ANALOGY, "fr-CA").cards}
    assert cards["kitchen#box>image"].prompt == "Analogie « In the kitchen » : à quoi correspond the container ?"
    assert cards["kitchen#box>concept"].prompt == "Analogie « In the kitchen » : que représente « the dish » ?"
    assert cards["kitchen#box>concept"].explain == "It is eaten.\nLimite de l'analogie : A dish is gone once eaten."


def test_an_analogy_of_one_pair_is_asked_by_no_exam(read_notes: ReadNotes) -> None:
    deck = read_notes('[[analogy]]\nid = "a"\ntitle = "T"\npairs = [{ id = "p", concept = "C", image = "I" }]\n')
    assert [(card.name, card.exam) for card in deck.cards] == [("a#p>image", None), ("a#p>concept", None)]


def test_a_wrong_image_that_is_another_pairs_image_is_offered_once(read_notes: ReadNotes) -> None:
    cards = {card.name: card for card in read_notes(ANALOGY.replace('text = "the cook"', 'text = "The  recipe"')).cards}
    assert cards["kitchen#box>image"].exam == choice("the dish", Option("The  recipe", why="He runs it."))


def test_one_image_cannot_stand_for_two_concepts_nor_two_images_for_one(
    note_problems: Callable[[str], list[str]],
) -> None:
    for second in ('concept = "C2", image = "I"', 'concept = "C", image = "I2"'):
        notes = (
            '[[analogy]]\nid = "a"\ntitle = "T"\npairs = [\n'
            f'{{ id = "p", concept = "C", image = "I" }},\n{{ id = "q", {second} }},\n]\n'
        )
        assert [problem.split(": ")[0] for problem in note_problems(notes)] == ["d.toml:11"]
