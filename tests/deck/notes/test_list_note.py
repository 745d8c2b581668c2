"""`[[list]]`."""

from collections.abc import Callable
from typing import Any

import pytest

from quizdock.core.card import Card, Deck
from quizdock.core.forms import Choice, Choices, Listing, Option, Recall
from quizdock.deck.notes.list import TermList

ReadNotes = Callable[..., Deck]

CGROUPS = """
[[list]]
id = "l"
title = "What cgroups limit"
members = [
  { term = "CPU", meaning = "Computing time", also = ["processor"], explain = "Shares." },
  { term = "memory", meaning = "RAM and swap" },
  "disk",
]
intruders = [{ text = "host name", why = "UTS." }, "users"]
explain = "Resources."
"""


def rights(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(text, right=True) for text in texts)


def test_a_list_asks_for_all_for_members_for_meanings_and_for_intruders(read_notes: ReadNotes) -> None:
    host, users = Option("host name", why="UTS."), Option("users")
    recall = Listing((("CPU", "processor"), ("memory",), ("disk",)), (host, users), "en")
    member = Choices((*rights("CPU", "memory", "disk"), host, users))
    first = Choice((*rights("host name"), Option("CPU"), Option("memory"), Option("disk")))
    second = Choice((*rights("users"), Option("memory"), Option("disk"), Option("CPU")))
    ask = "What cgroups limit\n"
    assert read_notes(CGROUPS).cards == (
        Card("l#*", "", ask + "Name all 3, in any order.", recall, recall, "Resources."),
        Card("l#?", "", ask + "Which of these belong here?", member, member, "Resources."),
        Card(
            "l#CPU?meaning",
            "",
            ask + "What does “CPU” mean here?",
            Recall("Computing time"),
            Choice((*rights("Computing time"), Option("RAM and swap"))),
            "Shares.",
        ),
        Card(
            "l#memory?meaning",
            "",
            ask + "What does “memory” mean here?",
            Recall("RAM and swap"),
            Choice((*rights("RAM and swap"), Option("Computing time"))),
            "Resources.",
        ),
        Card("l#host name!", "", ask + "Which one does not belong here?", first, first, "UTS.\nResources."),
        Card("l#users!", "", ask + "Which one does not belong here?", second, second, "Resources."),
    )


def test_a_french_list_asks_in_french(read_notes: ReadNotes) -> None:
    cards = read_notes(CGROUPS, "fr").cards
    assert [card.prompt.removeprefix("What cgroups limit\n").replace("\u00a0", "_") for card in cards] == [
        "Citez les 3, dans n'importe quel ordre.",
        "Lesquels en font partie_?",
        "Que désigne ici «_CPU_»_?",
        "Que désigne ici «_memory_»_?",
        "Cherchez l'intrus.",
        "Cherchez l'intrus.",
    ]


def many(members: int, intruders: int = 0, derive: str = "") -> str:
    terms, strangers = [f"m{at}" for at in range(members)], [f"i{at}" for at in range(intruders)]
    chosen = f'derive = ["{derive}"]\n' if derive else ""
    return f'[[list]]\nid = "l"\ntitle = "T"\nmembers = {terms}\nintruders = {strangers}\n{chosen}'


def test_six_members_are_told_from_four_intruders_at_most(read_notes: ReadNotes) -> None:
    (card,) = read_notes(many(6, 6, "member")).cards
    assert card.study.choices == (*(f"m{number}" for number in range(6)), "i0", "i1", "i2", "i3")


def test_each_intruder_stands_among_three_members_in_turn(read_notes: ReadNotes) -> None:
    choices = [card.study.choices for card in read_notes(many(5, 6, "odd")).cards]
    assert choices[0] == ("i0", "m0", "m1", "m2")
    assert choices[3] == ("i3", "m3", "m4", "m0")
    assert choices[5] == ("i5", "m0", "m1", "m2")


def test_a_list_without_intruders_asks_for_all_and_for_meanings(read_notes: ReadNotes) -> None:
    assert [card.name for card in read_notes(many(3)).cards] == ["l#*"]


def test_two_members_are_too_few_to_hide_an_intruder(read_notes: ReadNotes) -> None:
    assert [card.name for card in read_notes(many(2, 1)).cards] == ["l#*", "l#?"]


def test_two_members_are_both_asked_for(read_notes: ReadNotes) -> None:
    assert read_notes(many(2)).cards[0].prompt.endswith("\nName both, in any order.")


def test_members_stand_on_as_few_cards_as_show_each_of_them_once(read_notes: ReadNotes) -> None:
    cards = {card.name: card.study.choices for card in read_notes(many(8, 5, "member")).cards}
    assert cards == {
        "l#?": ("m0", "m2", "m4", "m6", "i0", "i1", "i2", "i3"),
        "l#?2": ("m1", "m3", "m5", "m7", "i4", "i0", "i1", "i2"),
    }


def test_a_meaning_alone_is_asked_by_no_exam(read_notes: ReadNotes) -> None:
    source = CGROUPS.replace(', meaning = "RAM and swap"', "") + 'derive = ["meaning"]\n'
    assert [(card.name, card.exam) for card in read_notes(source).cards] == [("l#CPU?meaning", None)]


SEPARATED = "has a comma or a semicolon, which learners type between members (leave it out, or split the text)"
JOINED = "has one of # + > ? ! *, which join the parts of card ids (write it without, and the true spelling under also)"


@pytest.mark.parametrize(
    ("members", "intruders", "expected"),
    [
        ('"a", "b", "A "', "", ["members[3]: “A” is listed twice (remove one of them)"]),
        ('"a", { term = "b", also = ["A"] }', "", ["members[2].also[1]: “A” is listed twice (remove one of them)"]),
        ('"a", { term = "b", also = ["b"] }', "", ["members[2].also[1]: “b” is listed twice (remove one of them)"]),
        ('"a", { term = "b", also = ["c"] }', '"C"', ["intruders[1]: “C” is listed twice (remove one of them)"]),
        ('"a", "b"', '"x", "X"', ["intruders[2]: “X” is listed twice (remove one of them)"]),
        ('"a, b", "c"', '"d;e"', [f"members[1]: “a, b” {SEPARATED}", f"intruders[1]: “d;e” {SEPARATED}"]),
        ('"a", { term = "b", also = ["b, c"] }', "", [f"members[2].also[1]: “b, c” {SEPARATED}"]),
        (
            '"C#", "b?"',
            '"c*"',
            [f"members[1]: “C#” {JOINED}", f"members[2]: “b?” {JOINED}", f"intruders[1]: “c*” {JOINED}"],
        ),
        ('"a", { term = "C sharp", also = ["C#"] }', "", []),
        ('"a"', "", ["members: has too few entries (2 at least)"]),
        (", ".join(f'"m{at}"' for at in range(100)), "", []),
        (", ".join(f'"m{at}"' for at in range(101)), "", ["members: has too many entries (100 at most)"]),
        ('"a\\nb", "c"', "", ["members[1].term: must be one line"]),
    ],
)
def test_members_that_cannot_be_told_apart_or_typed_are_reported(
    members: str, intruders: str, expected: list[str], note_problems: Callable[[str], list[str]]
) -> None:
    notes = f'[[list]]\nid = "l"\ntitle = "T"\nmembers = [{members}]\nintruders = [{intruders}]\n'
    assert [problem.split(": ", 1)[1] for problem in note_problems(notes)] == [f"list[1].{each}" for each in expected]


def warnings(*members: str, **more: Any) -> list[str]:
    note = {"id": "l", "title": "T", "members": list(members), **more}
    return [str(problem.message) for problem in TermList.model_validate(note).warnings()]


def test_more_than_twelve_members_to_recall_are_warned_of() -> None:
    terms = [f"m{at}" for at in range(13)]
    assert warnings(*terms) == ["13 members are many to recall at once"]
    assert warnings(*terms[:12]) == []
    assert warnings(*terms, derive=["odd"], intruders=["x"]) == []


def test_a_member_of_more_than_60_characters_to_recall_is_warned_of() -> None:
    assert warnings("a" * 61, "b" * 60) == [f"“{'a' * 61}” is long to type"]
    assert warnings("a" * 61, "b", derive=["member"], intruders=["x"]) == []
