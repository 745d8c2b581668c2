"""Folding texts for comparison, near names."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizdock.core.text import fold, nearest, without_accents, without_article, without_typography
from tests.core.strange_texts import LAW, texts


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Docker   Run ", "docker run"),
        ("Œuvre, cœur", "oeuvre, coeur"),
        ("Æther ex æquo", "aether ex aequo"),
        ("l’image, l‘image, lʼimage", "l'image, l'image, l'image"),
        ("« oui » “oui”", '"oui" "oui"'),
        ("10\u00a0000\u202fMo\u2009!", "10 000 mo!"),
        ("a\n\tb", "a b"),
        ("e\u0301te\u0301", "été"),
        ("–a", "-a"),
        ("10 — 12 ‑ 14", "10 - 12 - 14"),
        ("etc…", "etc..."),
        ("STRASSE straße", "strasse strasse"),
        ("", ""),
    ],
)
def test_folding_levels_typography_spaces_and_case(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_typography_is_levelled_without_touching_the_case() -> None:
    assert without_typography("  1\u202f234,5\u00a0Mo – « Ko »\n") == '1 234,5 Mo - "Ko"'


@LAW
@given(st.text(st.sampled_from("«» \t\n\u00a0\u202fa"), max_size=12))
def test_guillemets_take_the_spaces_within_them_along(text: str) -> None:
    plain = re.sub(r"«\s*|\s*»", '"', text)
    assert without_typography(text) == re.sub(r"\s+", " ", plain).strip()


def test_a_long_run_of_spaces_is_gone_through_once() -> None:
    assert fold(f"a{' ' * 1_000_000}b") == "a b"


def test_folding_keeps_accents() -> None:
    assert fold("Pêche") == "pêche"
    assert fold("pêche") != fold("peche")


@LAW
@example("ŉ")  # its case folding makes an apostrophe
@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@LAW
@given(texts)
def test_spaces_around_a_text_never_count(text: str) -> None:
    assert fold(f" \u00a0{text}\n\t") == fold(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [("éphémère", "ephemere"), ("ça, où, naïf", "ca, ou, naif"), ("plain", "plain"), ("ñ Å ü", "n A u")],
)
def test_accents_can_be_dropped(text: str, bare: str) -> None:
    assert without_accents(text) == bare


@pytest.mark.parametrize(
    ("lang", "text", "bare"),
    [
        ("fr", "le conteneur", "conteneur"),
        ("fr", "la couche", "couche"),
        ("fr", "les couches", "couches"),
        ("fr", "un conteneur", "conteneur"),
        ("fr", "une image", "image"),
        ("fr", "des images", "images"),
        ("fr", "du disque", "disque"),
        ("fr", "de la memoire", "memoire"),
        ("fr", "l'image", "image"),
        ("fr", "d'image", "image"),
        ("fr", "de l'espace", "espace"),
        ("fr", "lecture", "lecture"),
        ("fr", "une une image", "une image"),
        ("fr", "the image", "the image"),
        ("fr", "l'", "l'"),
        ("fr", "le", "le"),
        ("en", "the image", "image"),
        ("en", "a container", "container"),
        ("en", "an image", "image"),
        ("en", "another", "another"),
        ("en", "l'image", "l'image"),
        ("de", "das bild", "das bild"),
        ("", "the image", "the image"),
    ],
)
def test_one_leading_article_of_the_language_is_dropped(lang: str, text: str, bare: str) -> None:
    assert without_article(text, lang) == bare


@pytest.mark.parametrize(
    ("name", "near"),
    [("etat", "états"), ("ETATS", "états"), ("securite", "sécurité"), ("zzz", ""), ("", "")],
)
def test_the_nearest_name_is_found_whatever_its_accents_and_case(name: str, near: str) -> None:
    assert nearest(name, ["sécurité", "états", "réseau"]) == near


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("a", []) == ""
