"""The first file of a deck: good in both languages, whatever the deck is called."""

import pytest
import tomli

from quizdock.core.message import NOTHING
from quizdock.deck.reader import parse_deck
from quizdock.deck.template import Draft, header_problem, starter, suggested_id, toml_text


@pytest.mark.parametrize("lang", ["en", "fr", "fr-CA", "de"])
def test_a_new_deck_has_no_problem(lang: str) -> None:
    deck = parse_deck(starter(Draft("x", "X", lang, "A book", "Part one")).encode(), "x.toml")
    assert (deck.id, deck.title, deck.lang, deck.source) == ("x", "X", lang, "A book")
    assert [(topic.id, topic.title) for topic in deck.topics] == [("part-one", "Part one")]
    assert len(deck.cards) == 13
    assert {card.topic for card in deck.cards} == {"part-one"}
    assert all(card.explain for card in deck.cards)


def test_it_speaks_french_in_a_french_deck_and_english_in_all_others() -> None:
    first = {lang: starter(Draft("x", "X", lang, "", "T")).splitlines()[3] for lang in ("fr", "en", "de")}
    assert first == {
        "fr": "# Ce qui suit un # est un commentaire : QuizDock ne le lit pas.",
        "en": "# What stands behind a # is a comment: QuizDock does not read it.",
        "de": "# What stands behind a # is a comment: QuizDock does not read it.",
    }


@pytest.mark.parametrize(
    "title",
    [
        'The "best" deck',
        "C:\\new\\table",
        "$id ${title} {0}",
        "']]\n[deck]",
        "a # b",
        "L’été — 日本",
        "\x7f\x1b[2J\x00",
    ],
)
def test_any_title_stays_a_text(title: str) -> None:
    written = tomli.loads(starter(Draft("x", title, "en", title, title)))
    assert written["deck"]["title"] == written["topic"][0]["title"] == tomli.loads(f"x = {toml_text(title)}")["x"]
    assert written["deck"]["id"] == "x"
    assert set(written) == {"format", "deck", "topic", "flashcard", "question", "cloze", "table", "steps"}


def test_a_text_is_written_as_toml_reads_it() -> None:
    assert toml_text('say "hello" \\ é') == '"say \\"hello\\" \\\\ é"'


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Capitals of Europe", "capitals-of-europe"),
        ("Les états d’un conteneur", "les-etats-d-un-conteneur"),
        ("  C++ & Œuvres!  ", "c-oeuvres"),
        ("日本", ""),
        ("x" * 70, "x" * 64),
    ],
)
def test_an_id_is_made_of_a_title(title: str, expected: str) -> None:
    assert suggested_id(title) == expected


def test_a_heading_is_checked_as_the_reader_does() -> None:
    assert header_problem("id", "docker-2.0_x") is NOTHING
    assert str(header_problem("id", "été")).startswith("has a form that is not allowed here (letters without accents")
    assert str(header_problem("title", "")) == "must not be empty"
    assert str(header_problem("lang", "french!")) == (
        "has a form that is not allowed here (a language code such as fr, en or pt-BR)"
    )
    assert header_problem("source", "") is NOTHING
