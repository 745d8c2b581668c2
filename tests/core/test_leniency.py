"""What is forgiven in a typed text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.leniency import Accepted, Standard, all_of, edit_distance, typos
from quizdock.core.message import NOTHING, Message, msg, nmsg

ACCENTS = msg("accents were not counted")
ARTICLE = msg("the article was not counted")
BOTH = msg("neither accents nor the article were counted")
LAW = settings(deadline=None, derandomize=True, max_examples=200)


def uncounted(typos: int) -> Message:
    return nmsg("a typo was not counted", "{count} typos were not counted", typos)


def forgiven(typed: str, *accepted: str, wrong: tuple[str, ...] = (), lang: str = "fr", strict: bool = False) -> object:
    """What was forgiven in words, None where the text is not accepted."""
    found = Standard(accepted, wrong, lang, strict).accept(typed)
    return None if found is None else str(found.leniency)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("UN  CŒUR", "un coeur"),
        ("l’image", "l'image"),
        ("« oui »", '"oui"'),
        ("lecture–écriture", "lecture-écriture"),
        ("10\u00a0000 octets", "10 000 octets"),
        ("e\u0301te\u0301", "été"),
        ("Un conteneur.", "un conteneur"),
        ("Vraiment\u202f?", "vraiment ?"),
    ],
)
def test_case_spaces_and_typography_never_matter_and_are_not_told(typed: str, right: str) -> None:
    assert forgiven(typed, right) == ""
    assert forgiven(typed, right, strict=True) == ""


@pytest.mark.parametrize(
    ("typed", "right", "told"),
    [
        ("ephemere", "éphémère", "accents were not counted"),
        ("conteneur", "le conteneur", "the article was not counted"),
        ("une image", "l'image", "the article was not counted"),
        ("d'une image", "image", "the article was not counted"),
        ("ephemere", "l'éphémère", "neither accents nor the article were counted"),
        ("contenuer", "conteneur", "a typo was not counted"),
        ("contenuer isolée", "conteneur isolé", "2 typos were not counted"),
        ("contenuer isole", "conteneur isolé", "accents were not counted; a typo was not counted"),
        ("contenuer isoler", "conteneur isolé", "accents were not counted; 2 typos were not counted"),
        ("éphemrèe", "éphémère", "accents were not counted; a typo was not counted"),
        ("contenuer", "le conteneur", "the article was not counted; a typo was not counted"),
        ("ephemree", "l'éphémère", "neither accents nor the article were counted; a typo was not counted"),
    ],
)
def test_what_was_forgiven_is_told_and_nothing_of_it_where_strict(typed: str, right: str, told: str) -> None:
    assert forgiven(typed, right) == told
    assert forgiven(typed, right, strict=True) is None


@pytest.mark.parametrize("typed", ["", " ", "le", "x", "le conteneur vide", "conteneurs vides"])
def test_anything_else_is_not_accepted(typed: str) -> None:
    assert forgiven(typed, "conteneur") is None


def test_the_place_is_that_of_the_text_that_was_meant() -> None:
    standard = Standard(["démarrer", "arrêter", "arreter"], lang="fr")
    assert standard.accept("Arrêter") == Accepted(1, NOTHING)
    assert standard.accept("ARRETER") == Accepted(2, NOTHING)
    assert standard.accept("demarrer") == Accepted(0, ACCENTS)


def test_of_two_accepted_texts_the_one_with_fewer_typos_was_meant() -> None:
    standard = Standard(["conteneurs", "conteneur"], lang="fr")
    assert standard.accept("contenuer") == Accepted(1, uncounted(1))
    assert standard.accept("contenuers") == Accepted(0, uncounted(1))


@pytest.mark.parametrize(
    ("typed", "right", "wrong"),
    [
        ("pécheur", "pêcheur", "pécheur"),
        ("pecheur", "pêcheur", "pécheur"),
        ("une tour", "la tour", "le tour"),
        ("montre", "monter", "montre"),
        ("démarré", "démarrer", "démarrez"),
        ("demarre", "démarrer", "démarrez"),
    ],
)
def test_nothing_is_forgiven_that_is_as_near_to_a_wrong_text(typed: str, right: str, wrong: str) -> None:
    assert forgiven(typed, right, wrong=(wrong,)) is None
    assert forgiven(typed, right) is not None


def test_a_typo_is_forgiven_that_is_nearer_to_the_right_text_than_to_a_wrong_one() -> None:
    assert typos("contenuers", "conteneur") == 2
    assert forgiven("contenuers", "conteneurs", wrong=("conteneur",)) == "a typo was not counted"


@pytest.mark.parametrize(
    ("typed", "right", "count"),
    [
        ("imge", "image", 1),
        ("imagge", "image", 1),
        ("imafe", "image", 1),
        ("iamge", "image", 1),
        ("contenneurs", "conteneur", 2),
        ("l'imafe", "l'image", 1),
        ("en lectrue seule", "en lecture seule", 1),
        ("en lectrue selue", "en lecture seule", 2),
        ("mémiore-cache", "mémoire-cache", 1),
    ],
)
def test_typos_are_put_in_left_out_replaced_and_swapped_letters(typed: str, right: str, count: int) -> None:
    assert typos(typed, right) == count


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("prot", "port"),
        ("image", "image"),
        ("jmage", "image"),
        ("mage", "image"),
        ("imgea", "image"),
        ("imagiers", "image"),
        ("conteeunr", "contenant"),
        ("imgae imgae imgae", "image image image"),
        ("un imgae", "une image"),
        ("une imgae", "image"),
        ("image5", "image"),
        ("lecture-seule", "lecture seule"),
        ("lectrue-seule", "lecture seule"),
        ("x" * 51 + "y", "x" * 51 + "z"),
    ],
)
def test_short_words_first_letters_and_more_than_two_typos_are_not_forgiven(typed: str, right: str) -> None:
    assert typos(typed, right) is None


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("--detahc", "--detach"),
        ("-detahc", "-detach"),
        ("docker run --detahc", "docker run --detach"),
        ("dokcer run --detach", "docker run --detach"),
        ("dokcer run -d", "docker run -d"),
        ("docker run detahc", "docker run --detach"),
        ("conteneru 2", "conteneur 2"),
        ("contener2", "conteneur2"),
        ("65 megaotcets", "65 megaoctets"),
        ("docker-compose.ylm", "docker-compose.yml"),
        ("/var/lib/dokcer", "/var/lib/docker"),
        ("$varaible", "$variable"),
        ("user@exmaple", "user@example"),
    ],
)
def test_commands_options_and_figures_have_no_typos_forgiven(typed: str, right: str) -> None:
    assert typos(typed, right) is None


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "acb", 1), ("ca", "abc", 3), ("kitten", "sitting", 3)],
)
def test_the_distance_is_that_of_optimal_string_alignment(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other) == distance


words = st.text("abcé", max_size=8)


@LAW
@given(words, words)
def test_the_distance_is_the_same_both_ways_and_nought_for_the_same_word_only(one: str, other: str) -> None:
    assert edit_distance(one, other) == edit_distance(other, one)
    assert (edit_distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= edit_distance(one, other) <= max(len(one), len(other))


def by_definition(one: str, other: str) -> int:
    """Optimal string alignment as it is written down: the whole matrix, row by row."""
    rows = [[i + j if 0 in (i, j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            changed = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed)
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@settings(LAW, max_examples=1000)
@given(words, words, st.integers(0, 4))
def test_the_distance_is_as_defined_and_beyond_the_most_only_known_to_be_more(one: str, other: str, most: int) -> None:
    distance = by_definition(one, other)
    assert edit_distance(one, other) == distance
    assert min(edit_distance(one, other, most), most + 1) == min(distance, most + 1)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("x" * 30_000, "y" * 30_000, 3),
        ("x" * 100_000 + "a", "x" * 100_000 + "b", 1),
        ("a" + "x" * 100_000, "b" + "x" * 100_000, 1),
    ],
    ids=["nothing alike", "the beginning", "the end"],
)
def test_of_long_words_only_what_can_be_near_is_compared(one: str, other: str, told: int) -> None:
    assert min(edit_distance(one, other, 2), 3) == told


phrases = st.lists(st.sampled_from(["le", "la", "image", "imgae", "conteneur", "été", "ete", "-d", "2"]), max_size=3)


@LAW
@given(phrases.map(" ".join), phrases.map(" ".join), phrases.map(" ".join))
def test_a_listed_wrong_text_is_never_accepted_and_a_right_one_always(typed: str, right: str, wrong: str) -> None:
    found = Standard([right], [wrong], "fr").accept(typed)
    if typed == right:
        assert found == Accepted(0, NOTHING)
    elif typed == wrong:
        assert found is None


def test_everything_forgiven_is_told_once() -> None:
    assert all_of([]) == NOTHING
    assert all_of([NOTHING, ACCENTS, NOTHING]) == ACCENTS
    assert str(all_of([ACCENTS, ARTICLE, ACCENTS, BOTH])) == (
        "accents were not counted; the article was not counted; neither accents nor the article were counted"
    )
