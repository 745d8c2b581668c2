"""`[[machine]]`."""

from collections.abc import Callable

from quizdock.core.card import Card, Deck
from quizdock.core.drawing import Drawing
from quizdock.core.forms import Choice, Option, Recall

ReadNotes = Callable[..., Deck]

DOOR = """
[[machine]]
id = "door"
title = "A door"
states = ["OPEN", { name = "SHUT", meaning = "Anyone can open it" }, { name = "LOCKED", meaning = "A key opens it" }]
start = "OPEN"
end = "LOCKED"
transitions = [
  { from = "OPEN", event = "push", to = "SHUT" },
  { from = "SHUT", event = "pull", to = "OPEN" },
  { from = "SHUT", event = "turn the key", to = "LOCKED", explain = "The bolt slides out." },
]
forbidden = [{ from = "SHUT", event = "push", why = "It is shut." }]
drawing = '''
OPEN -push-> SHUT -turn the key-> LOCKED   SHUT -pull-> OPEN
'''
explain = "Doors."
"""
UNDRAWN = DOOR[: DOOR.index("drawing")]
ART = "OPEN -push-> SHUT -turn the key-> LOCKED   SHUT -pull-> OPEN"


def states(right: str) -> Choice:
    return Choice(tuple(Option(name, right=name == right) for name in ("OPEN", "SHUT", "LOCKED")))


def choice(right: str, *wrong: str) -> Choice:
    return Choice((Option(right, right=True), *map(Option, wrong)))


def asked_alike(name: str, prompt: str, task: Choice, explain: str, drawing: Drawing) -> Card:
    return Card(name, "", prompt, task, task, explain, drawing=drawing)


def test_a_machine_asks_targets_events_refusals_and_meanings(read_notes: ReadNotes) -> None:
    events = ("push", "pull", "turn the key")
    expected = (
        asked_alike(
            "door#OPEN+push",
            "A door\nIn state OPEN, what does “push” lead to?",
            states("SHUT"),
            "Doors.",
            Drawing(ART, ("OPEN",), ("SHUT", "LOCKED")),
        ),
        asked_alike(
            "door#SHUT+pull",
            "A door\nIn state SHUT, what does “pull” lead to?",
            states("OPEN"),
            "Doors.",
            Drawing(ART, ("SHUT",), ("OPEN", "LOCKED")),
        ),
        asked_alike(
            "door#SHUT+turn the key",
            "A door\nIn state SHUT, what does “turn the key” lead to?",
            states("LOCKED"),
            "The bolt slides out.",
            Drawing(ART, ("SHUT",), ("OPEN", "LOCKED")),
        ),
        asked_alike(
            "door#OPEN>SHUT",
            "A door\nWhich event leads from OPEN to SHUT?",
            choice("push", "pull", "turn the key"),
            "Doors.",
            Drawing(ART, ("OPEN", "SHUT"), events),
        ),
        asked_alike(
            "door#SHUT>OPEN",
            "A door\nWhich event leads from SHUT to OPEN?",
            choice("pull", "turn the key", "push"),
            "Doors.",
            Drawing(ART, ("SHUT", "OPEN"), events),
        ),
        asked_alike(
            "door#SHUT>LOCKED",
            "A door\nWhich event leads from SHUT to LOCKED?",
            choice("turn the key", "pull", "push"),
            "The bolt slides out.",
            Drawing(ART, ("SHUT", "LOCKED"), events),
        ),
        asked_alike(
            "door#SHUT!push",
            "A door\nWhich event does state SHUT refuse?",
            choice("push", "pull", "turn the key"),
            "It is shut.\nIn state SHUT, these are possible: pull, turn the key.",
            Drawing(ART, ("SHUT",), events),
        ),
        Card(
            "door#SHUT?meaning",
            "",
            "A door\nWhat does the state SHUT mean?",
            Recall("Anyone can open it"),
            choice("Anyone can open it", "A key opens it"),
            "Doors.",
            drawing=Drawing(ART, ("SHUT",), ()),
        ),
        Card(
            "door#LOCKED?meaning",
            "",
            "A door\nWhat does the state LOCKED mean?",
            Recall("A key opens it"),
            choice("A key opens it", "Anyone can open it"),
            "Doors.",
            drawing=Drawing(ART, ("LOCKED",), ()),
        ),
    )
    assert read_notes(DOOR).cards == expected


def test_a_french_machine_asks_in_french(read_notes: ReadNotes) -> None:
    cards = {card.name: card for card in read_notes(DOOR, "fr").cards}
    assert cards["door#OPEN+push"].prompt == "A door\nDans l'état OPEN, à quel état mène « push » ?"
    assert cards["door#OPEN>SHUT"].prompt == "A door\nQuel événement fait passer de OPEN à SHUT ?"
    assert cards["door#SHUT!push"].prompt == "A door\nQuel événement est refusé dans l'état SHUT ?"
    assert cards["door#SHUT!push"].explain == "It is shut.\nDans l'état SHUT, sont possibles : pull, turn the key."
    assert cards["door#SHUT?meaning"].prompt == "A door\nQue signifie l'état SHUT ?"


def test_two_events_between_the_same_states_make_one_card_that_never_offers_both(read_notes: ReadNotes) -> None:
    kick = '{ from = "OPEN", event = "kick", to = "SHUT" },\n  { from = "SHUT", event = "pull"'
    cards = {card.name: card for card in read_notes(UNDRAWN.replace('{ from = "SHUT", event = "pull"', kick)).cards}
    assert {"door#OPEN+push", "door#OPEN+kick", "door#OPEN>SHUT"} <= set(cards)
    assert cards["door#OPEN>SHUT"].study == choice("push", "pull", "turn the key")


def test_a_machine_without_a_drawing_shows_none(read_notes: ReadNotes) -> None:
    assert [card.drawing for card in read_notes(UNDRAWN).cards] == [None] * 9


def test_every_event_that_leads_to_the_target_is_spared_as_a_wrong_one(read_notes: ReadNotes) -> None:
    """An event that leads there from elsewhere might be argued about."""
    slam = '{ from = "LOCKED", event = "slam", to = "SHUT" },\n  { from = "SHUT", event = "pull"'
    cards = {card.name: card for card in read_notes(UNDRAWN.replace('{ from = "SHUT", event = "pull"', slam)).cards}
    assert "slam" not in cards["door#OPEN>SHUT"].study.choices
