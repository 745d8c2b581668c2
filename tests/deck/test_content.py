"""The decks that ship: the chapter on Docker containers, in French and in English."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import tomli

from quizdock.core.card import Card, Deck
from quizdock.core.forms import FORMS, Boolean, Command, Text
from quizdock.core.text import fold
from quizdock.deck.lint import warnings
from quizdock.deck.notes import KINDS
from quizdock.deck.reader import parse, read_deck

CONTENT = Path(__file__).parents[2] / "content"
SHIPPED = {"docker-conteneurs": "fr", "docker-containers": "en"}

TOPICS = {
    "fr": [
        *("definition", "relation", "caracteristiques", "etats", "anatomie", "ressources", "identite", "limites"),
        *("logs", "metadonnees", "image-conteneur", "cas-usage", "securite", "quand", "suite"),
    ],
    "en": [
        *("definition", "relation", "characteristics", "states", "anatomy", "resources", "identity", "limits"),
        *("logs", "metadata", "image-container", "use-cases", "security", "when", "next"),
    ],
}
AFTER = [[], [0], [1], [1], [2], [4], [1], [5], [3, 5], [6], [3, 4], [2], [7], [11, 12], [10, 13]]
"""The topics that each one builds on, by their places."""


@pytest.fixture(scope="module", params=SHIPPED)
def name(request: pytest.FixtureRequest) -> str:
    """A shipped deck's id."""
    return str(request.param)


@pytest.fixture(scope="module")
def deck(name: str) -> Deck:
    return read_deck(CONTENT / f"{name}.toml")


@pytest.fixture(scope="module")
def french() -> dict[str, Card]:
    """The cards of the French deck by their names."""
    return {card.name: card for card in read_deck(CONTENT / "docker-conteneurs.toml").cards}


@pytest.fixture(scope="module")
def written(name: str) -> dict[str, Any]:
    """The file as TOML."""
    return tomli.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def notes(written: dict[str, Any]) -> list[dict[str, Any]]:
    return [note for kind in KINDS for note in written[kind]]


def test_it_makes_at_least_250_cards_in_its_language(name: str, deck: Deck) -> None:
    assert (deck.id, deck.lang) == (name, SHIPPED[name])
    assert len(deck.cards) >= 250


def test_it_uses_every_kind_of_note_and_every_form_of_answer(deck: Deck, written: dict[str, Any]) -> None:
    assert [kind for kind in KINDS if not written.get(kind)] == []
    assert {card.study.form for card in deck.cards} == set(FORMS)


def test_both_languages_ask_the_same_notes_in_the_same_topics() -> None:
    """Topics are called in each language's own words; a note's id is the same in both."""
    asked = []
    for name in SHIPPED:
        deck = read_deck(CONTENT / f"{name}.toml")
        places = {topic.id: place for place, topic in enumerate(deck.topics)}
        asked.append(Counter((places[card.topic], card.note) for card in deck.cards))
        assert [[places[name] for name in topic.after] for topic in deck.topics] == AFTER
    assert asked[0] == asked[1]


def test_a_check_warns_of_nothing(name: str) -> None:
    path = CONTENT / f"{name}.toml"
    assert [str(each.text) for each in warnings(parse(path.read_bytes(), path.name), path.name)] == []


@pytest.mark.parametrize("key", ["topic", "explain", "source"])
def test_every_note_has_its_topic_its_explanation_and_its_source(notes: list[dict[str, Any]], key: str) -> None:
    assert [note["id"] for note in notes if not note.get(key, "").strip()] == []


def test_ids_of_notes_and_cards_are_unique(deck: Deck, notes: list[dict[str, Any]]) -> None:
    assert [name for name, count in Counter(note["id"] for note in notes).items() if count > 1] == []
    assert [name for name, count in Counter(card.name for card in deck.cards).items() if count > 1] == []


def test_no_topic_is_empty_and_their_order_is_the_chapters(deck: Deck) -> None:
    assert [topic.id for topic in deck.topics] == TOPICS[deck.lang]
    assert {topic.id for topic in deck.topics} == {card.topic for card in deck.cards}


def test_exams_can_draw_widely(deck: Deck) -> None:
    examined = Counter(card.topic for card in deck.cards if card.exam is not None)
    assert sum(examined.values()) >= 20
    assert len([topic for topic, count in examined.items() if count >= 4]) >= 4


def test_every_choice_is_explained_where_it_is_wrong(notes: list[dict[str, Any]]) -> None:
    """A bare wrong option teaches nothing; the images of an analogy explain themselves by their pair."""
    options = [(note["id"], option) for note in notes for option in note.get("wrong", [])]
    assert options
    assert [name for name, option in options if not option.get("why")] == []


def test_no_drawing_is_too_high_for_a_small_terminal_or_lacks_a_name_of_its_machine(written: dict[str, Any]) -> None:
    for machine in written["machine"]:
        drawn = machine["drawing"].strip("\n")
        assert max(map(len, drawn.splitlines())) <= 74  # what a box leaves of 80
        assert len(drawn.splitlines()) <= 10
        assert [state["name"] for state in machine["states"] if state["name"] not in drawn] == []
        assert [each["event"] for each in machine["transitions"] if each["event"] not in drawn] == []


def test_no_drawing_shows_the_answer_that_its_card_asks_for(deck: Deck) -> None:
    drawn = [card for card in deck.cards if card.drawing is not None and card.study.choices]
    assert len(drawn) > 20
    for card in drawn:
        assert card.drawing is not None
        shown = "".join(piece.text for piece in card.drawing.pieces(revealed=False))
        assert str(card.study.answer) not in shown, card.name


def test_the_life_cycle_is_the_chapters(written: dict[str, Any]) -> None:
    (machine,) = written["machine"]
    passages = {(each["from"], each["event"]): each["to"] for each in machine["transitions"]}
    assert {state["name"] for state in machine["states"]} == {
        *("CREATED", "RUNNING", "PAUSED", "STOPPED", "EXITED", "REMOVED")
    }
    assert (machine["start"], machine["end"]) == ("CREATED", ["REMOVED"])
    assert passages[("CREATED", "docker start")] == "RUNNING"
    assert passages[("RUNNING", "docker pause")] == "PAUSED"
    assert passages[("PAUSED", "docker unpause")] == "RUNNING"
    assert passages[("RUNNING", "docker stop")] == "STOPPED"
    assert passages[("RUNNING", "crash")] == "EXITED"
    assert passages[("STOPPED", "docker restart")] == passages[("EXITED", "docker restart")] == "RUNNING"
    assert {target for (state, _event), target in passages.items() if state == "PAUSED"} == {"RUNNING"}


def test_it_says_that_docker_itself_shows_a_stopped_container_as_exited(french: dict[str, Card]) -> None:
    assert "Exited" in french["cycle-de-vie#RUNNING+docker stop"].explain
    assert french["etat-ps"].study.answer == "Exited"


@pytest.mark.parametrize(
    ("card", "answer"),
    [
        ("def-origine", "une image"),
        ("rel-run", "docker run"),
        ("eph-adjectif", "éphémère"),
        ("vm#demarrage+conteneur", "moins de 5 secondes"),
        ("vm#taille+vm", "plusieurs Go"),
        ("vm#systeme+conteneur", "le noyau de l'hôte, partagé"),
        ("vm#isolation+conteneur", "forte, par namespaces et cgroups"),
        ("cycle-de-vie#PAUSED+docker unpause", "RUNNING"),
        ("anat-couche", "Une couche en lecture et écriture"),
        ("proc-fin", "Il s'arrête"),
        ("net-adresse", "Une adresse IP privée"),
        ("id-complet", "64\u00a0caractères"),
        ("id-court", "12\u00a0caractères"),
        ("log-commande", "docker logs web"),
        ("comparaison#liste+image", "docker images"),
        ("comparaison#liste+conteneur", "docker ps"),
        ("ns-pid", "PID"),
        ("ns-uts", "UTS"),
        ("sec-noyau", "le noyau"),
        ("suite-hub", "Docker Hub"),
        ("iso-propre#*", ("système de fichiers", "processus", "interface réseau", "ressources")),
        ("eph-persister#*", ("volumes", "bind mounts")),
        ("leg-phrase#ms", "millisecondes"),
        ("por-clouds#*", ("AWS", "Azure", "Google Cloud")),
        ("etat-six#*", ("CREATED", "RUNNING", "PAUSED", "STOPPED", "EXITED", "REMOVED")),
        ("etat-pause-ressource", "Le processeur"),
        ("anat-modifs#*", ("création", "modification", "suppression")),
        ("proc-philosophie#unique", "responsabilité unique"),
        ("net-defauts#*", ("adresse IP privée", "accès à Internet", "isolement des autres conteneurs")),
        ("fs-composants#*", ("couches de l'image", "couche en lecture et écriture", "volumes montés")),
        ("fs-app", "/app"),
        ("lim-reglages#plafond+memoire", "la quantité maximale de RAM"),
        ("log-flux#*", ("stdout", "stderr")),
        ("meta-suivi#*", ("état actuel", "statistiques d'utilisation", "historique des états")),
        ("comparaison#actions+image", "build, pull, push"),
        ("cas-prod-chaine#resiliente", "résiliente"),
        ("ns#*", ("PID", "Network", "Mount", "UTS", "IPC", "User")),
        ("cg-quoi#*", ("CPU", "mémoire", "I/O disque", "réseau")),
        ("res-adjectifs#*", ("isolés", "légers", "éphémères", "portables")),
    ],
)
def test_a_fact_of_the_chapter_is_the_answer(french: dict[str, Card], card: str, answer: str | tuple[str, ...]) -> None:
    assert french[card].study.answer == answer


@pytest.mark.parametrize(
    ("card", "truth"),
    [
        ("def-image-inerte", False),
        ("iso-hote", False),
        ("eph-arret", True),
        ("etat-pause-reprise", True),
        ("etat-arret-memoire", False),
        ("etat-exited-logs", True),
        ("anat-image-intacte", False),
        ("anat-partage", True),
        ("net-internet", True),
        ("sec-vm", False),
    ],
)
def test_what_the_chapter_holds_true_is_true(french: dict[str, Card], card: str, truth: bool) -> None:
    assert french[card].study == Boolean(truth)


def test_a_learner_who_types_a_known_wrong_answer_learns_why(deck: Deck) -> None:
    typed = [card.study for card in deck.cards if isinstance(card.study, Text | Command) and card.study.wrong]
    assert len(typed) >= 8
    for task in typed:
        assert not {fold(option.text) for option in task.wrong} & {fold(text) for text in task.accepted}
        for option in task.wrong:
            verdict = task.mark(option.text)
            assert (verdict.credit, verdict.why) == (0.0, option.why)
