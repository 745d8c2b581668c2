"""`[[analogy]]`."""

from collections.abc import Callable

from quizdock.core.card import Card, Deck
from quizdock.core.forms import Choice, Match, Option, Pair, Recall
from quizdock.deck.notes.analogy import Analogy

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


def test_each_pair_is_asked_in_both_directions_and_then_where_the_analogy_breaks(read_notes: ReadNotes) -> None:
    shared, own = "Cooking.", "It is eaten."
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
        Card("kitchen#!", "", ask + "where does it break?", Recall("A dish is gone once eaten."), explain="Cooking."),
    )


def test_a_french_analogy_asks_in_french(read_notes: ReadNotes) -> None:
    third = ANALOGY.replace("]\nbreaks", '  { id = "run", concept = "docker run", image = "to cook" },\n]\nbreaks')
    cards = {card.name: card for card in read_notes(third, "fr-CA").cards}
    start = "Analogie «\u00a0In the kitchen\u00a0»"
    assert cards["kitchen#box>image"].prompt == start + "\u00a0: the container, c'est comme…\u00a0?"
    assert cards["kitchen#box>concept"].prompt == start + "\u00a0: que représente «\u00a0the dish\u00a0»\u00a0?"
    assert cards["kitchen#*"].prompt == start + "\nAssociez chaque image à ce qu'elle représente."
    assert cards["kitchen#!"].prompt == start + "\u00a0: où cesse-t-elle d'être vraie\u00a0?"


def analogy(*pairs: str) -> str:
    """An analogy of pairs with ids, concepts and images made of one letter each."""
    rows = "".join(f'{{ id = "{each}", concept = "{each}-C", image = "{each}-I" }},\n' for each in pairs)
    return f'[[analogy]]\nid = "a"\ntitle = "T"\npairs = [\n{rows}]\n'


def test_three_pairs_are_also_matched(read_notes: ReadNotes) -> None:
    card = read_notes(analogy(*"xyz")).cards[-1]
    task = Match((Pair("x-I", "x-C"), Pair("y-I", "y-C"), Pair("z-I", "z-C")))
    assert card == Card("a#*", "", "Analogy “T”\nMatch each image with what it stands for.", task, task)


def test_more_than_six_pairs_are_matched_on_several_cards_of_three_to_six(read_notes: ReadNotes) -> None:
    def entries(pairs: str) -> dict[str, str]:
        cards = read_notes(analogy(*pairs) + 'derive = ["match"]\n').cards
        return {card.name: "".join(item[0] for item in card.study.items) for card in cards}

    assert entries("abcdef") == {"a#*": "abcdef"}
    assert entries("abcdefg") == {"a#*": "abcd", "a#*2": "efg"}
    assert entries("abcdefghi") == {"a#*": "abcdef", "a#*2": "ghi"}
    assert entries("abcdefghijklmn") == {"a#*": "abcdef", "a#*2": "ghijk", "a#*3": "lmn"}


def test_derive_chooses_the_cards(read_notes: ReadNotes) -> None:
    deck = read_notes(ANALOGY + 'derive = ["breaks", "concept"]\n')
    assert [card.name for card in deck.cards] == ["kitchen#image>concept", "kitchen#box>concept", "kitchen#!"]


def test_where_the_analogy_breaks_is_told_with_the_answers_unless_it_is_asked(read_notes: ReadNotes) -> None:
    def explains(lang: str, derive: str) -> list[str]:
        return [card.explain for card in read_notes(f"{ANALOGY}derive = {derive}\n", lang).cards]

    assert explains("en", '["image", "breaks"]')[1:] == ["It is eaten.", "Cooking."]
    assert explains("en", '["image"]')[1] == "It is eaten.\nWhere the analogy breaks: A dish is gone once eaten."
    assert explains("fr", '["image"]')[1] == "It is eaten.\nLimite de l'analogie\u00a0: A dish is gone once eaten."


def test_wrong_images_are_the_pairs_own_and_then_those_of_the_pairs_that_follow(read_notes: ReadNotes) -> None:
    source = analogy(*"vwxyz").replace('image = "y-I"', 'image = "y-I", wrong = ["own"]')
    cards = {card.name: card for card in read_notes(source).cards}
    assert cards["a#v>image"].exam == choice("v-I", "w-I", "x-I", "y-I")
    assert cards["a#y>image"].exam == choice("y-I", "own", "z-I", "v-I")
    assert cards["a#y>concept"].exam == choice("y-C", "z-C", "v-C", "w-C")


def test_more_than_three_wrong_images_of_the_authors_are_all_offered(read_notes: ReadNotes) -> None:
    source = analogy(*"vwxyz").replace('image = "y-I"', 'image = "y-I", wrong = ["1", "2", "3", "4"]')
    cards = {card.name: card for card in read_notes(source).cards}
    assert cards["a#y>image"].exam == choice("y-I", "1", "2", "3", "4")


def test_an_image_that_is_told_by_its_length_is_warned_of() -> None:
    pair = {"id": "p", "concept": "C", "image": "x" * 41, "wrong": ["short"]}
    note = Analogy.model_validate({"id": "a", "title": "T", "pairs": [pair]})
    assert [problem.path for problem in note.warnings()] == [("pairs", 0, "image")]


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
