"""Typed answers and the leniency they get."""

import pytest

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Option, Text, Verdict
from quizdock.core.message import msg, nmsg

ACCENTS = msg("accents were not counted")
ARTICLE = msg("the article was not counted")
TYPO = nmsg("a typo was not counted", "{count} typos were not counted", 1)

FRENCH = Text(("l'éphémérité", "le caractère éphémère"), lang="fr")
COMMAND = Text(
    ("docker ps", "docker container ls"), (Option("docker images", why="That lists images."), Option("docker ls")), "en"
)


@pytest.mark.parametrize(
    "typed", ["docker ps", "docker container ls", "  DOCKER   PS ", "docker\u00a0ps", "Docker ps\n"]
)
def test_case_and_spaces_never_count(typed: str) -> None:
    assert COMMAND.mark(typed) == Verdict(1.0)


@pytest.mark.parametrize("typed", ["l'éphémérité", "L’ÉPHÉMÉRITÉ", "l'e\u0301phe\u0301me\u0301rite\u0301"])
def test_typography_never_counts(typed: str) -> None:
    assert FRENCH.mark(typed) == Verdict(1.0)


@pytest.mark.parametrize("typed", ["un cœur", "UN COEUR", "un coeur"])
def test_a_ligature_is_its_two_letters(typed: str) -> None:
    assert Text(("un cœur",), lang="fr").mark(typed) == Verdict(1.0)


@pytest.mark.parametrize("typed", ["l'ephemerite", "L’ephémerité", "le caractere ephemere"])
def test_missing_accents_are_forgiven_and_said_so(typed: str) -> None:
    assert FRENCH.mark(typed) == Verdict(1.0, ACCENTS)


def test_superfluous_accents_are_forgiven_too() -> None:
    assert Text(("image",), lang="fr").mark("imàge") == Verdict(1.0, ACCENTS)


@pytest.mark.parametrize("typed", ["éphémérité", "une éphémérité", "caractère éphémère"])
def test_a_missing_or_other_article_is_forgiven_and_said_so(typed: str) -> None:
    assert FRENCH.mark(typed) == Verdict(1.0, ARTICLE)


@pytest.mark.parametrize("typed", ["ephemerite", "un caractere ephemere"])
def test_both_leniencies_together_are_said(typed: str) -> None:
    assert FRENCH.mark(typed) == Verdict(1.0, msg("neither accents nor the article were counted"))


def test_articles_are_those_of_the_decks_language() -> None:
    assert Text(("image",), lang="en").mark("the image") == Verdict(1.0, ARTICLE)
    assert Text(("image",), lang="fr").mark("the image") == Verdict(0.0)
    assert Text(("image",), lang="").mark("the image") == Verdict(0.0)
    assert Text(("image",), lang="en").mark("l'image") == Verdict(0.0)


@pytest.mark.parametrize("typed", ["docker", "docker p", "docker ps -a", "ps", "dockerps", "", "   "])
def test_anything_else_is_wrong(typed: str) -> None:
    assert COMMAND.mark(typed) == Verdict(0.0)


def test_a_listed_wrong_answer_is_wrong_and_says_why() -> None:
    assert COMMAND.mark("Docker  IMAGES") == Verdict(0.0, why="That lists images.")
    assert COMMAND.mark("docker ls") == Verdict(0.0)


def test_a_listed_wrong_answer_is_never_forgiven_its_accents() -> None:
    task = Text(("pêcheur",), (Option("pécheur", why="He sins."),), "fr")
    assert task.mark("pécheur") == Verdict(0.0, why="He sins.")
    assert task.mark("pêcheur") == Verdict(1.0)


def test_a_listed_wrong_answer_is_never_forgiven_its_article() -> None:
    task = Text(("la tour",), (Option("le tour", why="That turns."),), "fr")
    assert task.mark("Le tour") == Verdict(0.0, why="That turns.")
    assert task.mark("une tour") == Verdict(0.0)  # it may be either


def test_a_response_that_is_a_listed_wrong_answer_but_for_what_is_forgiven_says_why() -> None:
    task = Text(("le conteneur",), (Option("l'éphémère", why="That is what it is like."), Option("le moteur")), "fr")
    for typed in ("ephemere", "l'éphémère", "éphemrèe"):
        assert task.mark(typed) == Verdict(0.0, why="That is what it is like.")
    assert task.mark("moteur") == Verdict(0.0)
    assert Text(task.accepted, task.wrong, "fr", strict=True).mark("ephemere") == Verdict(0.0)


def test_a_typo_in_a_long_word_is_forgiven_and_said_so_unless_strict() -> None:
    assert FRENCH.mark("l'éphéméritté") == Verdict(1.0, TYPO)
    assert Text(FRENCH.accepted, lang="fr", strict=True).mark("l'éphéméritté") == Verdict(0.0)


def test_a_typo_of_a_right_answer_and_of_a_wrong_one_is_wrong() -> None:
    task = Text(("démarrer",), (Option("démarrez"),), "fr")
    assert task.mark("démarre") == Verdict(0.0)
    assert task.mark("démmarrer") == Verdict(1.0, TYPO)


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("docker ps", "docker sp"),
        ("docker run -d", "dokcer run -d"),
        ("--detach", "--detahc"),
        ("65 octets", "65 octest"),
    ],
)
def test_short_words_options_and_figures_have_no_typos_forgiven(right: str, typed: str) -> None:
    assert Text((right,), lang="en").mark(typed) == Verdict(0.0)


def test_an_article_alone_is_not_an_answer() -> None:
    assert Text(("une image",), lang="fr").mark("une") == Verdict(0.0)
    assert Text(("le",), lang="fr").mark("le") == Verdict(1.0)


def test_what_was_given_is_the_typed_text_without_its_ends() -> None:
    assert COMMAND.given("  Docker PS \n") == "Docker PS"
    assert COMMAND.answer == "docker ps"
    assert COMMAND.choices == ()
    assert COMMAND.arranged("1") == COMMAND


@pytest.mark.parametrize("response", [None, True, 0, 1.5, [], ["docker ps"], {}])
def test_anything_but_a_text_is_refused(response: object) -> None:
    with pytest.raises(ResponseError, match=r"^answer with a text$"):
        COMMAND.mark(response)
    with pytest.raises(ResponseError):
        COMMAND.given(response)


def test_a_text_of_more_than_2000_characters_is_refused() -> None:
    assert COMMAND.mark("x" * 2000) == Verdict(0.0)
    with pytest.raises(ResponseError, match=r"^that is too long: 2000 characters at most$"):
        COMMAND.mark("x" * 2001)


def test_data_gives_the_task_back() -> None:
    data = [
        ["docker ps", "docker container ls"],
        [["docker images", 0, "That lists images."], ["docker ls", 0]],
        "en",
        0,
    ]
    assert COMMAND.as_data() == data
    assert Text.from_data(data) == COMMAND
