"""`[[steps]]`."""

from collections.abc import Callable

from quizdock.core.card import Card, Deck
from quizdock.core.forms import Choice, Option, Order
from quizdock.deck.notes.steps import Steps

ReadNotes = Callable[..., Deck]


def steps(*letters: str, more: str = "") -> str:
    """A procedure of steps with these ids; the step `a` reads `A!`, and only `b` is explained."""
    explained = ', explain = "Since A."'
    rows = "".join(
        f'{{ id = "{each}", text = "{each.upper()}!"{explained if each == "b" else ""} }},\n' for each in letters
    )
    return f'[[steps]]\nid = "s"\ntitle = "T"\nexplain = "E"\nsteps = [\n{rows}]\n{more}'


def next_of(right: str, *wrong: str) -> Choice:
    return Choice((Option(right, right=True), *map(Option, wrong)))


def test_steps_are_put_in_order_and_each_is_asked_after_the_one_before_it(read_notes: ReadNotes) -> None:
    order = Order(("A!", "B!", "C!"))
    second, third = next_of("B!", "C!"), next_of("C!", "A!")
    assert read_notes(steps(*"abc")).cards == (
        Card("s#*", "", "T\nPut the steps in order.", order, order, "E"),
        Card("s#a>", "", "T\nWhat comes right after “A!”?", second, second, "Since A."),
        Card("s#b>", "", "T\nWhat comes right after “B!”?", third, third, "E"),
    )


def test_three_wrong_steps_are_offered_those_that_follow_first(read_notes: ReadNotes) -> None:
    cards = {card.name: card.study for card in read_notes(steps(*"abcdefg")).cards}
    assert cards["s#a>"] == next_of("B!", "C!", "D!", "E!")
    assert cards["s#e>"] == next_of("F!", "G!", "A!", "B!")
    assert cards["s#f>"] == next_of("G!", "A!", "B!", "C!")


def test_french_steps_are_asked_in_french(read_notes: ReadNotes) -> None:
    prompts = {card.name: card.prompt.replace("\u00a0", "_") for card in read_notes(steps(*"abc"), "fr").cards}
    assert prompts["s#*"] == "T\nRemettez les étapes dans l'ordre."
    assert prompts["s#a>"] == "T\nQu'est-ce qui vient juste après «_A!_»_?"


def test_derive_chooses_the_cards(read_notes: ReadNotes) -> None:
    assert [card.name for card in read_notes(steps(*"abc", more='derive = ["order"]\n')).cards] == ["s#*"]
    assert [card.name for card in read_notes(steps(*"abc", more='derive = ["next"]\n')).cards] == ["s#a>", "s#b>"]


def test_ids_and_texts_are_unique_and_there_are_three_to_twelve(note_problems: Callable[[str], list[str]]) -> None:
    def found(*letters: str) -> list[str]:
        return [problem.split(": ", 1)[1] for problem in note_problems(steps(*letters))]

    assert found("a", "b", "a") == [
        "steps[1].steps[3].id: “a” is used twice (give each one its own)",
        "steps[1].steps[3].text: “A!” is used twice (give each one its own)",
    ]
    assert found("a", "b", "A") == ["steps[1].steps[3].text: “A!” is used twice (give each one its own)"]
    assert found("a", "b") == ["steps[1].steps: has too few entries (3 at least)"]
    assert found(*"abcdefghijkl") == []
    assert found(*"abcdefghijklm") == ["steps[1].steps: has too many entries (12 at most)"]


def test_a_step_of_more_than_120_characters_is_warned_of() -> None:
    texts = ["x" * 120, "y" * 121, "z"]
    rows = [{"id": text[0], "text": text} for text in texts]
    note = Steps.model_validate({"id": "s", "title": "T", "steps": rows})
    assert [(problem.path, str(problem.message)) for problem in note.warnings()] == [
        (("steps", 1, "text"), "is long for a step")
    ]
