"""Several short texts in any order."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Listing, Option, Verdict
from quizdock.core.message import msg, nmsg

LAW = settings(deadline=None, derandomize=True, max_examples=200)

STATES = Listing(
    (("créé", "created"), ("en cours", "running"), ("en pause", "paused"), ("l'arrêt", "stopped")),
    (Option("supprimé", why="It is gone by then."), Option("gelé"), Option("zombie", why="That is a process.")),
    "fr",
)
ALL = ["créé", "en cours", "en pause", "l'arrêt"]


@pytest.mark.parametrize(
    "texts",
    [
        ALL,
        ALL[::-1],
        ["created", "Running", " EN  PAUSE ", "l’arrêt"],
        [*ALL, "", "  "],
        [*ALL, *ALL, "created", "STOPPED"],
    ],
)
def test_every_member_in_any_order_and_spelling_is_right_and_what_is_named_twice_counts_once(texts: list[str]) -> None:
    assert STATES.mark(texts) == Verdict(1.0)


@pytest.mark.parametrize(
    ("texts", "credit", "detail"),
    [
        (ALL[:1], 0.25, "1 of 4 named"),
        (ALL[:3], 0.75, "3 of 4 named"),
        ([*ALL, "gelé"], 0.75, "4 of 4 named, 1 intruder"),
        ([*ALL, "gelé", "perdu"], 0.5, "4 of 4 named, 2 intruders"),
        ([*ALL, "gelé", "Gelé", "perdu", "PERDU", "gele"], 0.5, "4 of 4 named, 2 intruders"),
        (["créé", "gelé"], 0.0, "1 of 4 named, 1 intruder"),
        (["créé", "gelé", "perdu", "x"], 0.0, "1 of 4 named, 3 intruders"),
        (["x"], 0.0, "0 of 4 named, 1 intruder"),
    ],
)
def test_the_credit_is_members_less_intruders_over_the_members(texts: list[str], credit: float, detail: str) -> None:
    verdict = STATES.mark(texts)
    assert (verdict.credit, str(verdict.detail)) == (credit, detail)


@pytest.mark.parametrize("texts", [[], [""], ["  ", "\n"]])
def test_i_dont_know_is_wrong_without_more_words(texts: list[str]) -> None:
    assert STATES.mark(texts) == Verdict(0.0)
    assert STATES.given(texts) == ()


def test_the_reason_of_each_intruder_of_the_deck_is_given_in_the_decks_order() -> None:
    assert STATES.mark(["zombie", "gelé", "perdu", "Supprimé"]).why == (
        "supprimé — It is gone by then.\nzombie — That is a process."
    )
    assert STATES.mark(["supprime", "zombei"]).why == "supprimé — It is gone by then.\nzombie — That is a process."
    assert STATES.mark(ALL).why == ""


@pytest.mark.parametrize(
    ("texts", "leniency"),
    [
        (["cree", *ALL[1:]], "accents were not counted"),
        (["cree", "en puase", *ALL[1:]], "accents were not counted; a typo was not counted"),
        (
            ["créé", "en cours", "en puase", "arret"],
            "a typo was not counted; neither accents nor the article were counted",
        ),
        (["cree", "l'arret"], "accents were not counted"),
    ],
)
def test_every_leniency_that_was_applied_is_told_once(texts: list[str], leniency: str) -> None:
    assert str(STATES.mark(texts).leniency) == leniency


def test_the_first_text_that_names_a_member_tells_what_was_forgiven() -> None:
    assert STATES.mark(["créé", "cree", *ALL[1:]]) == Verdict(1.0)
    assert STATES.mark(["cree", "créé", *ALL[1:]]) == Verdict(1.0, msg("accents were not counted"))


def test_a_typo_is_that_of_the_nearest_member() -> None:
    task = Listing((("conteneurs",), ("conteneur",)))
    assert task.mark(["conteneurs", "contenuer"]) == Verdict(
        1.0, nmsg("a typo was not counted", "{count} typos were not counted", 1)
    )


def test_an_intruder_is_never_forgiven() -> None:
    task = Listing((("montre",), ("cadran",)), (Option("monter", why="No thing."),))
    assert task.mark(["montre", "cadran"]) == Verdict(1.0)
    assert task.mark(["monter", "cadran"]).credit == 0.0
    assert task.mark(["monter", "cadran"]).why == "monter — No thing."


def test_nothing_is_forgiven_where_strict() -> None:
    strict = Listing((("créé",), ("arrêté",)), lang="fr", strict=True)
    assert strict.mark(["Créé", "ARRÊTÉ"]) == Verdict(1.0)
    assert strict.mark(["cree", "arrêté"]).credit == 0.0


def test_what_was_given_is_the_texts_without_their_ends() -> None:
    assert STATES.given([" créé ", "", "x\n"]) == ("créé", "x")
    assert STATES.given([]) == ()
    assert STATES.answer == ("créé", "en cours", "en pause", "l'arrêt")
    assert STATES.choices == ()
    assert STATES.arranged("1") == STATES


@pytest.mark.parametrize("response", [None, True, 0, 1.5, "créé", "", {}, ("créé",), [1], ["créé", None], [["créé"]]])
def test_anything_but_a_list_of_texts_is_refused(response: object) -> None:
    with pytest.raises(ResponseError, match=r"^answer with a list of texts$"):
        STATES.mark(response)
    with pytest.raises(ResponseError):
        STATES.given(response)


def test_more_than_200_texts_and_texts_of_more_than_200_characters_are_refused() -> None:
    assert STATES.mark(["x" * 200] * 200).credit == 0.0
    with pytest.raises(ResponseError, match=r"^those are too many: 200 texts at most$"):
        STATES.mark(["x"] * 201)
    with pytest.raises(ResponseError, match=r"^that is too long: 200 characters at most$"):
        STATES.mark(["créé", "x" * 201])


@pytest.mark.parametrize(
    "texts",
    [["x" * 100_000], ["x"] * 50_000, [f"en puase {'x' * number}" for number in range(190)], ["en puase"] * 200],
    ids=["one long text", "many texts", "all different", "all the same"],
)
def test_whatever_is_listed_is_marked_or_refused_within_a_second(texts: list[str]) -> None:
    many = Listing(tuple((f"membre {letter * 6}", f"membres {letter * 6}") for letter in "abcdefghijkl"), lang="fr")
    started = time.perf_counter()
    for task in (STATES, many):
        try:
            task.mark(texts)
        except ResponseError as error:
            assert str(error)
    assert time.perf_counter() - started < 1


def test_data_gives_the_task_back() -> None:
    task = Listing((("créé", "created"), ("arrêté",)), (Option("gelé", why="No."),), "fr", strict=True)
    data = [[["créé", "created"], ["arrêté"]], [["gelé", 0, "No."]], "fr", 1]
    assert task.as_data() == data
    assert Listing.from_data(data) == task


names = st.lists(st.sampled_from([*ALL, "created", "cree", "gelé", "zombie", "perdu", "en puase", ""]), max_size=8)


@LAW
@given(names)
def test_neither_the_order_nor_repetition_changes_the_credit(texts: list[str]) -> None:
    verdict = STATES.mark(texts)
    assert STATES.mark(texts[::-1]).credit == verdict.credit
    assert STATES.mark(texts + texts).credit == verdict.credit


@LAW
@given(names)
def test_an_intruder_more_never_raises_the_credit(texts: list[str]) -> None:
    assert STATES.mark([*texts, "intrus"]).credit <= STATES.mark(texts).credit
