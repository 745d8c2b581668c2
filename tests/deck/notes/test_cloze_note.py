"""`[[cloze]]`."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.card import Card, Deck
from quizdock.core.forms import Text
from quizdock.deck.notes.cloze import Cloze

ReadNotes = Callable[..., Deck]


def cloze(text: str, more: str = "") -> str:
    return f"[[cloze]]\nid = \"c\"\ntext = '''{text}'''\n{more}"


def prompts(deck: Deck) -> dict[str, str]:
    return {card.name: card.prompt for card in deck.cards}


def test_each_hole_is_asked_while_the_others_are_filled(read_notes: ReadNotes) -> None:
    deck = read_notes(cloze("The {{read-only|readonly}} layers and a {{rw::writable}} one.", 'explain = "E"\n'), "fr")
    first, second = Text(("read-only", "readonly"), lang="fr"), Text(("writable",), lang="fr")
    assert deck.cards == (
        Card("c#read-only", "", "The […] layers and a writable one.", first, first, "E"),
        Card("c#rw", "", "The read-only layers and a […] one.", second, second, "E"),
    )


def test_strict_reaches_the_answer(read_notes: ReadNotes) -> None:
    (card,) = read_notes(cloze("a {{b}}", "strict = true\n")).cards
    assert card.study == card.exam == Text(("b",), lang="en", strict=True)


def test_the_same_hole_twice_is_one_card_with_both_masked(read_notes: ReadNotes) -> None:
    assert prompts(read_notes(cloze("{{a}}, {{b}}, {{a}}"))) == {"c#a": "[…], b, […]", "c#b": "a, […], a"}


def test_spaces_within_the_braces_do_not_count(read_notes: ReadNotes) -> None:
    deck = read_notes(cloze("x {{ k :: a | b }} y"))
    assert prompts(deck) == {"c#k": "x […] y"}
    assert deck.cards[0].study == Text(("a", "b"), lang="en")


def test_a_hole_may_end_in_a_brace_of_its_own(read_notes: ReadNotes) -> None:
    deck = read_notes(cloze("echo {{${HOME}}} and {{{x}}}"))
    assert prompts(deck) == {"c#${HOME}": "echo […] and {x}", "c#{x}": "echo ${HOME} and […]"}


def test_text_and_holes_may_run_over_lines(read_notes: ReadNotes) -> None:
    assert prompts(read_notes(cloze("one\n{{two}}\nthree"))) == {"c#two": "one\n[…]\nthree"}


NO_HOLE = "there is no hole (put double braces around what is to be typed: {{so}})"
UNBALANCED = "two braces have no partner (write {{hole}})"
EMPTY = "a hole is empty (put the answer between the braces)"
TOO_LONG = "a hole is too long (one line, 100 characters at most)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("none", [NO_HOLE]),
        ("{single}", [NO_HOLE]),
        ("{{open", [UNBALANCED]),
        ("close}}", [UNBALANCED]),
        ("{{a}} {{b", [UNBALANCED]),
        ("{{a {{b}} c}}", [UNBALANCED]),
        ("{{a {{b}}", [UNBALANCED]),
        ("{{}}", [EMPTY]),
        ("{{ }} {{a}}", [EMPTY]),
        ("{{a|}}", [EMPTY]),
        ("{{k::}}", [EMPTY]),
        ("{{::a}}", [EMPTY]),
        ("{{" + "a" * 100 + "}}", []),
        ("{{" + "a" * 101 + "}}", [TOO_LONG]),
        ("{{a|" + "b" * 101 + "}}", [TOO_LONG]),
        ("{{a\nb}}", [TOO_LONG]),
        ("{{k::a}} {{k::b}}", ["two different holes are called “k” (give them keys of their own)"]),
        ("{{a}} {{a|b}}", ["two different holes are called “a” (give them keys of their own)"]),
        ("{{k::a}} {{k::a}}", []),
        (" ".join(f"{{{{h{at}}}}}" for at in range(50)), []),
        (" ".join(f"{{{{h{at}}}}}" for at in range(51)), ["there are more than 50 holes"]),
    ],
)
def test_holes_that_cannot_be_asked_are_reported(
    text: str, expected: list[str], note_problems: Callable[[str], list[str]]
) -> None:
    assert note_problems(cloze(text)) == [f"d.toml:8: cloze[1].text: {problem}" for problem in expected]


def warnings(text: str, hint: str = "") -> list[str]:
    found = list(Cloze.model_validate({"id": "c", "text": text, "hint": hint}).warnings())
    assert all(problem.path == ("text",) for problem in found)
    return [str(problem.message) for problem in found]


def test_an_answer_of_more_than_60_characters_is_warned_of() -> None:
    assert warnings("{{" + "a" * 60 + "}}") == []
    assert warnings("{{k::" + "a" * 61 + "}}") == [f"“{'a' * 61}” is long to type"]


@settings(deadline=None, derandomize=True, max_examples=1000)
@given(st.text("{}a", max_size=14))
def test_a_hole_ends_at_the_first_two_braces_before_no_third(text: str) -> None:
    hole = re.compile(r"\{\{(.*?)\}\}(?!\})")
    found, rest = hole.findall(text), hole.sub("", text)
    cloze = Cloze.model_construct(id="c", text=text)
    unpaired = "{{" in rest or "}}" in rest or any("{{" in inner for inner in found)
    assert unpaired == any("no partner" in str(problem.message) for problem in cloze.problems())
    if not unpaired:
        assert [each.part for each in cloze.holes] == found


def test_braces_without_end_are_gone_through_once() -> None:
    assert Cloze.model_construct(id="c", text="{{" * 500_000).holes == []
    assert Cloze.model_construct(id="c", text="{{a " * 250_000).holes == []
