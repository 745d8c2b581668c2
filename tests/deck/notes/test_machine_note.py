"""`[[machine]]`."""

from collections.abc import Callable
from typing import Any

import pytest

from quizdock.core.card import Card, Deck
from quizdock.core.drawing import Drawing
from quizdock.core.forms import Choice, Option, Path, Recall, Refusal
from quizdock.core.machine import Transition
from quizdock.deck.notes.machine import StateMachine

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

TRANSITIONS = (
    Transition("OPEN", "push", "SHUT"),
    Transition("SHUT", "pull", "OPEN"),
    Transition("SHUT", "turn the key", "LOCKED"),
)


def states(right: str) -> Choice:
    return Choice(tuple(Option(name, right=name == right) for name in ("OPEN", "SHUT", "LOCKED")))


def choice(right: str, *wrong: str) -> Choice:
    return Choice((Option(right, right=True), *map(Option, wrong)))


def asked_alike(name: str, prompt: str, task: Choice | Path, explain: str, drawing: Drawing) -> Card:
    return Card(name, "", prompt, task, task, explain, drawing=drawing)


def test_a_machine_asks_targets_events_refusals_meanings_paths_and_traces(read_notes: ReadNotes) -> None:
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
        asked_alike(
            "door#OPEN>>LOCKED",
            "A door\nWhich events, one after the other, lead from OPEN to LOCKED? Any way will do.",
            Path("OPEN", "LOCKED", TRANSITIONS, (Refusal("SHUT", "push", "It is shut."),)),
            "Doors.",
            Drawing(ART, ("OPEN", "LOCKED"), events),
        ),
        asked_alike(
            "door#OPEN~push,pull,push",
            "A door\nFrom OPEN: push → pull → push. Where does that end?",
            states("SHUT"),
            "Doors.",
            Drawing(ART, ("OPEN",), ("SHUT", "LOCKED")),
        ),
        asked_alike(
            "door#SHUT~pull,push,turn the key",
            "A door\nFrom SHUT: pull → push → turn the key. Where does that end?",
            states("LOCKED"),
            "Doors.",
            Drawing(ART, ("SHUT",), ("OPEN", "LOCKED")),
        ),
    )
    assert read_notes(DOOR).cards == expected


def test_a_french_machine_asks_in_french(read_notes: ReadNotes) -> None:
    cards = {card.name: card for card in read_notes(DOOR, "fr").cards}
    prompts = {name: card.prompt.removeprefix("A door\n").replace("\u00a0", "_") for name, card in cards.items()}
    assert prompts["door#OPEN+push"] == "Depuis l'état OPEN, vers quel état mène «_push_»_?"
    assert prompts["door#OPEN>SHUT"] == "Quel événement fait passer de l'état OPEN à l'état SHUT_?"
    assert prompts["door#SHUT!push"] == "Quel événement est refusé dans l'état SHUT_?"
    assert cards["door#SHUT!push"].explain == (
        "It is shut.\nDans l'état SHUT, sont possibles\u00a0: pull, turn the key."
    )
    assert prompts["door#SHUT?meaning"] == "Que signifie l'état SHUT_?"
    assert prompts["door#OPEN>>LOCKED"] == (
        "Quels événements mènent, dans l'ordre, de l'état OPEN à l'état LOCKED_? Tout chemin convient."
    )
    assert prompts["door#OPEN~push,pull,push"] == "Depuis l'état OPEN_: push → pull → push. Où arrive-t-on_?"
    (card,) = read_notes(
        with_walks(paths='{ from = "OPEN", to = "LOCKED", shortest = true }', derive="path"), "fr"
    ).cards
    assert card.prompt.replace("\u00a0", "_") == (
        "A door\nQuels événements mènent, dans l'ordre, de l'état OPEN à l'état LOCKED par le plus court chemin_?"
    )


def with_walks(paths: str = "", traces: str = "", derive: str = "") -> str:
    """The door with walks of the author's."""
    written = UNDRAWN
    for key, entries in (("paths", paths), ("traces", traces), ("derive", f'"{derive}"' if derive else "")):
        written += f"{key} = [{entries}]\n" if entries else ""
    return written


def test_two_events_between_the_same_states_make_one_card_that_never_offers_both(read_notes: ReadNotes) -> None:
    kick = '{ from = "OPEN", event = "kick", to = "SHUT" },\n  { from = "SHUT", event = "pull"'
    cards = {card.name: card for card in read_notes(UNDRAWN.replace('{ from = "SHUT", event = "pull"', kick)).cards}
    assert {"door#OPEN+push", "door#OPEN+kick", "door#OPEN>SHUT"} <= set(cards)
    assert cards["door#OPEN>SHUT"].study == choice("push", "pull", "turn the key")


def test_a_machine_without_a_drawing_shows_none(read_notes: ReadNotes) -> None:
    assert [card.drawing for card in read_notes(UNDRAWN).cards] == [None] * 12


def test_every_event_that_leads_to_the_target_is_spared_as_a_wrong_one(read_notes: ReadNotes) -> None:
    """An event that leads there from elsewhere might be argued about."""
    slam = '{ from = "LOCKED", event = "slam", to = "SHUT" },\n  { from = "SHUT", event = "pull"'
    cards = {card.name: card for card in read_notes(UNDRAWN.replace('{ from = "SHUT", event = "pull"', slam)).cards}
    assert "slam" not in cards["door#OPEN>SHUT"].study.choices


def test_the_authors_paths_and_traces_take_the_place_of_the_derived_ones(read_notes: ReadNotes) -> None:
    source = with_walks(
        paths='{ from = "SHUT", to = "OPEN", shortest = true, explain = "Back." }',
        traces='{ from = "OPEN", events = ["push", "turn the key"], explain = "In two." }',
    )
    cards = [card for card in read_notes(source).cards if "~" in card.name or ">>" in card.name]
    refused = (Refusal("SHUT", "push", "It is shut."),)
    path = Path("SHUT", "OPEN", TRANSITIONS, refused, shortest=True)
    ask = "A door\nWhich events, one after the other, lead from SHUT to OPEN by the shortest way?"
    trace = "A door\nFrom OPEN: push → turn the key. Where does that end?"
    assert cards == [
        Card("door#SHUT>>OPEN", "", ask, path, path, "Back."),
        Card("door#OPEN~push,turn the key", "", trace, states("LOCKED"), states("LOCKED"), "In two."),
    ]


def test_derive_chooses_the_cards(read_notes: ReadNotes) -> None:
    deck = read_notes(with_walks(derive="meaning"))
    assert [card.name for card in deck.cards] == ["door#SHUT?meaning", "door#LOCKED?meaning"]


def ring(count: int, **more: Any) -> dict[str, Any]:
    """States S0, S1, …, each with an event of its own to the next, and round."""
    transitions = [{"from": f"S{at}", "event": f"e{at}", "to": f"S{(at + 1) % count}"} for at in range(count)]
    named = [{"name": f"S{at}"} for at in range(count)]
    return {"id": "m", "title": "T", "states": named, "start": "S0", "transitions": transitions, **more}


def cards_of(note: dict[str, Any]) -> dict[str, Card]:
    machine = StateMachine.model_validate(note)
    assert list(machine.problems()) == []
    return {card.name.removeprefix("m#"): card for card in machine.cards("en")}


def test_a_state_may_explain_itself(read_notes: ReadNotes) -> None:
    source = DOOR.replace('meaning = "A key opens it" }', 'meaning = "A key opens it", explain = "The bolt." }')
    explains = {card.name: card.explain for card in read_notes(source).cards if card.name.endswith("?meaning")}
    assert explains["door#LOCKED?meaning"] == "The bolt."
    assert explains["door#SHUT?meaning"] != "The bolt."


def test_exams_ask_for_a_refused_event_only_among_three_or_more(read_notes: ReadNotes) -> None:
    both = "\n".join(f'{{ from = "A", event = "e{n}", to = "B" }},' for n in range(2))
    source = (
        '[[machine]]\nid = "m"\ntitle = "M"\nstates = ["A", "B"]\nstart = "A"\nderive = ["forbidden"]\n'
        f'transitions = [{both}{{ from = "B", event = "no", to = "A" }}]\n'
        'forbidden = [{ from = "A", event = "no" }, { from = "B", event = "e0" }]\n'
    )
    two, one = read_notes(source).cards
    assert (two.study.choices, two.exam) == (("no", "e0", "e1"), two.study)
    assert (one.study.choices, one.exam) == (("e0", "no"), None)


def test_a_choice_offers_the_right_state_and_the_seven_that_follow_it() -> None:
    cards = cards_of(ring(10))
    assert cards["S0+e0"].study.choices == ("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8")
    assert cards["S7+e7"].study.choices == ("S0", "S1", "S2", "S3", "S4", "S5", "S8", "S9")


def test_a_refused_event_stands_beside_the_seven_accepted_ones_that_follow_it() -> None:
    ways = [{"from": "A", "event": f"e{at}", "to": "B"} for at in range(9)]
    ways.insert(4, {"from": "B", "event": "no", "to": "A"})
    note = {"id": "m", "title": "T", "states": [{"name": "A"}, {"name": "B"}], "start": "A", "transitions": ways}
    card = cards_of({**note, "forbidden": [{"from": "A", "event": "no"}]})["A!no"]
    assert card.study == Choice((Option("no", right=True), *map(Option, ("e0", "e1", "e4", "e5", "e6", "e7", "e8"))))
    assert card.explain == "In state A, these are possible: e0, e1, e2, e3, e4, e5, e6, e7, e8."


def test_paths_lead_to_each_end_and_to_the_farthest_state_if_two_events_away() -> None:
    assert [name for name in cards_of(ring(5)) if ">>" in name] == ["S0>>S4"]
    assert [name for name in cards_of(ring(5, end=["S1", "S2"])) if ">>" in name] == ["S0>>S2", "S0>>S4"]
    assert [name for name in cards_of(ring(9, end=["S8", "S2", "S3", "S4", "S5"])) if ">>" in name] == [
        *("S0>>S8", "S0>>S2", "S0>>S3", "S0>>S4")
    ]
    assert [name for name in cards_of(ring(2)) if ">>" in name] == []


def test_traces_are_three_events_long_from_the_first_four_states() -> None:
    assert [name for name in cards_of(ring(6)) if "~" in name] == [
        *("S0~e0,e1,e2", "S1~e1,e2,e3", "S2~e2,e3,e4", "S3~e3,e4,e5")
    ]


def test_no_trace_ends_where_it_begins() -> None:
    """The drawing marks the beginning, which would show the answer."""
    assert [name for name in cards_of(ring(3)) if "~" in name] == []
    assert [name for name in cards_of(ring(2)) if "~" in name] == ["S0~e0,e1,e0", "S1~e1,e0,e1"]


def test_a_trace_goes_round_a_dead_end() -> None:
    note = ring(4)
    note["states"].append({"name": "DEAD"})
    note["transitions"].insert(0, {"from": "S1", "event": "die", "to": "DEAD"})
    assert next(name for name in cards_of({**note, "end": "DEAD"}) if "~" in name) == "S0~e0,e1,e2"


@pytest.mark.parametrize(
    ("walks", "expected"),
    [
        (
            {"paths": '{ from = "OPNE", to = "NOWHERE" }'},
            [
                "machine[1].paths[1].from: there is no state “OPNE” (Did you mean OPEN?)",
                "machine[1].paths[1].to: there is no state “NOWHERE” (Known: LOCKED, OPEN, SHUT.)",
            ],
        ),
        (
            {"paths": '{ from = "LOCKED", to = "OPEN" }'},
            ["machine[1].paths[1]: no events lead from LOCKED to OPEN (name another pair of states)"],
        ),
        (
            {"paths": '{ from = "OPEN", to = "SHUT" }, { from = "OPEN", to = "SHUT", shortest = true }'},
            ["machine[1].paths[2]: “OPEN, SHUT” is listed twice (remove one of them)"],
        ),
        (
            {"traces": '{ from = "OPNE", events = ["push"] }'},
            ["machine[1].traces[1].from: there is no state “OPNE” (Did you mean OPEN?)"],
        ),
        (
            {"traces": '{ from = "OPEN", events = ["push", "pul"] }'},
            ["machine[1].traces[1].events[2]: no transition has the event “pul” (Did you mean pull?)"],
        ),
        (
            {"traces": '{ from = "OPEN", events = ["push", "turn the key", "pull"] }'},
            ["machine[1].traces[1].events[3]: LOCKED refuses “pull” (name an event that it accepts)"],
        ),
        (
            {"traces": '{ from = "OPEN", events = ["push"] }, { from = "OPEN", events = ["push"] }'},
            ["machine[1].traces[2]: “OPEN, push” is listed twice (remove one of them)"],
        ),
        (
            {"traces": '{ from = "OPEN", events = [] }'},
            ["machine[1].traces[1].events: has too few entries (1 at least)"],
        ),
    ],
)
def test_walks_that_the_machine_cannot_go_are_reported(
    walks: dict[str, str], expected: list[str], note_problems: Callable[[str], list[str]]
) -> None:
    assert [problem.split(": ", 1)[1] for problem in note_problems(with_walks(**walks))] == expected


def test_a_dead_end_that_is_no_end_is_warned_of() -> None:
    note = ring(2)
    note["states"].append({"name": "DEAD"})
    note["transitions"].append({"from": "S1", "event": "die", "to": "DEAD"})
    (warning,) = StateMachine.model_validate(note).warnings()
    assert (warning.path, str(warning.message), str(warning.hint)) == (
        ("states", 2),
        "DEAD accepts no event, and is not named as an end",
        "add a transition, or name it in end",
    )
    assert list(StateMachine.model_validate({**note, "end": ["DEAD"]}).warnings()) == []
