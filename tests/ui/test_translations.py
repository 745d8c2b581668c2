"""The French catalogue is whole, and a French learner meets no English."""

import gettext
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from string import Formatter
from typing import Any

import pyte
import pytest
from babel.messages import Message
from babel.messages.mofile import read_mo
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output
from rich.console import Console

from quizdock.core.card import Card
from quizdock.core.dialogue import Marked, Question
from quizdock.core.exam_dialogue import Assessed, Item, Outcome, Record, Sitting
from quizdock.core.forms import Boolean, Choice, Choices, Option, Recall, Task, Text
from quizdock.core.forms.task import Verdict
from quizdock.core.grading import Proposal
from quizdock.core.marking import Mark, Place, Rules, result
from quizdock.core.message import msg, nmsg
from quizdock.core.sitting import UNANSWERED, Answer
from quizdock.ui import render, wording
from quizdock.ui.exam_screen import InteractiveExam
from quizdock.ui.interactive import InteractiveStudy
from quizdock.ui.theme import THEME
from quizdock.ui.translations import activate, language_of, translate
from tests.ui.refresh_translations import (
    CATALOGUE,
    CLICK,
    CLICK_VERSION,
    catalogue,
    click_texts,
    own_texts,
    po_file,
    refreshed,
    translations,
    untranslated,
)

DECK = """
format = 1
deck = { id = "petit", title = "Petit", lang = "fr" }

[[flashcard]]
id = "recto"
front = "Que lit-on au dos ?"
back = "La réponse"

[[question]]
id = "saisie"
ask = "Quelle saison suit le printemps ?"
type = "text"
answer = ["l'été"]
"""
ENGLISH = re.compile(r"\b(the|and|of|your|what|for|with|which|how|only|show|exit)\b", re.IGNORECASE)
COMMANDS = [
    (),
    ("study",),
    ("exam",),
    ("exam", "review"),
    ("exam", "list"),
    ("exam", "show"),
    ("exam", "report"),
    ("exam", "delete"),
    ("exam", "regrade"),
    ("exam", "stats"),
    ("exam", "export"),
    ("exam", "import"),
    ("exam", "print"),
    ("due",),
    ("scores",),
    ("deck",),
    ("deck", "list"),
    ("deck", "check"),
    ("learner",),
    ("learner", "list"),
    ("learner", "add"),
    ("rebuild",),
    ("where",),
]
CHOICE = Choice((Option("un", right=True), Option("deux")))
CHOICES = Choices((Option("un", right=True), Option("deux")))
FORMS = [Recall("x"), CHOICE, CHOICES, Boolean(True), Text(("x",))]


@pytest.fixture
def french() -> Iterator[None]:
    activate("fr")
    yield
    activate("en")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    content.mkdir()
    (content / "petit.toml").write_text(DECK, encoding="utf-8")
    return tmp_path


def quizdock(home: Path, *arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own: options keep the language in which their module was first imported."""
    return subprocess.run(
        [sys.executable, "-m", "quizdock", "--home", str(home), *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONUTF8": "1",
            "LOGNAME": "alice",
            "QUIZDOCK_NOW": "2026-11-23T20:15",
            **environment,
        },
    )


def words(text: str) -> str:
    """The text without its lines and its no-break spaces."""
    return " ".join(text.split())


# The catalogue


def test_the_catalogue_holds_exactly_the_texts_of_the_sources() -> None:
    held = {key: entry.id for key, entry in catalogue().items() if CLICK not in entry.auto_comments}
    assert held == own_texts(), "run: python tests/ui/refresh_translations.py"


@pytest.mark.skipif(
    tuple(map(int, version("click").split(".")[:2])) > CLICK_VERSION, reason="a newer click may have other texts"
)
def test_the_catalogue_holds_every_text_of_click() -> None:
    assert click_texts().keys() - catalogue().keys() == set()


def test_every_text_is_translated_and_none_is_uncertain() -> None:
    entries = catalogue()
    assert len(entries) > 300
    assert untranslated(refreshed(entries)) == []
    assert not [key for key, entry in entries.items() if entry.fuzzy]
    assert "#~" not in CATALOGUE.read_text(encoding="utf-8")


def test_refreshing_again_changes_nothing(tmp_path: Path) -> None:
    once = po_file(refreshed(catalogue()))
    (tmp_path / "once.po").write_bytes(once)
    assert po_file(refreshed(catalogue(tmp_path / "once.po"))) == once


def test_the_compiled_catalogue_is_that_of_the_sources() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = {
            message.id if isinstance(message.id, str) else message.id[0]: translations(message)
            for message in read_mo(file)
            if message.id
        }
    assert compiled == {key: translations(entry) for key, entry in catalogue().items()}


def gaps(text: str) -> set[str]:
    """What is filled in: `{name}` with its conversion, `%(name)s`."""
    braces = {f"{name}!{conversion}" for _, name, _, conversion in Formatter().parse(text) if name is not None}
    return braces | set(re.findall(r"%\(\w+\)s", text))


def test_every_translation_has_the_gaps_of_its_text() -> None:
    def pairs(entry: Message) -> Iterator[tuple[str, str]]:
        forms = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
        yield from zip(forms, translations(entry), strict=True)

    compared = [pair for entry in catalogue().values() for pair in pairs(entry)]
    assert [pair for pair in compared if gaps(pair[0]) != gaps(pair[1])] == []


def test_the_typography_is_french() -> None:
    wrong = re.compile(r" [;:!?%»](?![\w(])|« |[\w}]: (?!true\b)|[“”’]")
    texts = [text for key, entry in catalogue().items() if key != "{file}:{line}: " for text in translations(entry)]
    assert [text for text in texts if wrong.search(text)] == []


# Which language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LC_MESSAGES": "fr_CA.UTF-8", "LANG": "en_US.UTF-8"}, "fr"),
        ({"QUIZDOCK_LANG": "fr", "LC_ALL": "en_US.UTF-8"}, "fr"),
        ({"QUIZDOCK_LANG": "FR"}, "fr"),
        ({"QUIZDOCK_LANG": "de", "LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_environment_chooses_the_language(environment: Mapping[str, str], language: str) -> None:
    assert language_of(environment) == language


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (("--lang", "fr", "where", "--json"), "fr"),
        (("where", "--json", "--lang=fr"), "fr"),
        (("where", "--json"), "en"),
    ],
)
def test_the_option_wins_over_the_environment(home: Path, arguments: tuple[str, ...], language: str) -> None:
    shown = quizdock(home, *arguments, QUIZDOCK_LANG="en", LANG="fr_FR.UTF-8")
    assert json.loads(shown.stdout)["lang"] == language


def test_a_language_that_does_not_exist_is_refused_in_that_of_the_environment(home: Path) -> None:
    refused = quizdock(home, "--lang", "de", "due", LANG="fr_FR.UTF-8")
    assert refused.returncode == 2
    assert "Erreur : Valeur non valable pour '--lang' : 'de' n'est pas l'une des valeurs 'en', 'fr'." in words(
        refused.stderr
    )


def test_a_language_can_be_changed_and_its_catalogue_is_not_sought_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sought: list[str] = []
    find = gettext.find

    def counting(domain: str, *arguments: Any, **keys: Any) -> Any:
        sought.append(domain)
        return find(domain, *arguments, **keys)

    monkeypatch.setattr(gettext, "find", counting)
    message = msg("{start}warning: ", start=nmsg("{file}: {count} problem", "{file}: {count} problems", 2, file="d"))
    said = []
    for language in ("fr", "en", "fr"):
        activate(language)
        said.append({translate(message) for _ in range(100)})
    french, english = {"d\u00a0: 2 problèmesavertissement\u00a0: "}, {"d: 2 problemswarning: "}
    assert said == [french, english, french]
    assert sought == []


# What a French learner sees


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_in_french(home: Path, command: tuple[str, ...]) -> None:
    shown = words(quizdock(home, "--lang", "fr", *command, "--help").stdout)
    assert shown.startswith(words(f"Usage : quizdock {' '.join(command)}"))
    assert "Options : " in shown
    assert "Afficher cette aide et quitter." in shown
    assert not ENGLISH.search(re.sub(r"\bshow (?=Montrer|\[OPTIONS\])", "", shown)), "but for names of commands"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("due", "--jsno"), "L'option '--jsno' n'existe pas. Vouliez-vous dire '--json' ?"),
        (("nope",), "La commande 'nope' n'existe pas."),
        (("learner", "add"), "Il manque l'argument 'NAME'."),
        (("learner", "add", " "), "Valeur non valable pour NAME : un nom compte de 1 à 60 caractères"),
        (("where", "x"), "Argument en trop (x)"),
        (("exam", "-n"), "L'option '-n' attend une valeur."),
        (("exam", "-n", "x"), "Valeur non valable pour '-n' / '--questions' : 'x' n'est pas un nombre valable."),
        (
            ("exam", "-n", "0"),
            "Valeur non valable pour '-n' / '--questions' : 0 n'est pas dans l'intervalle 1<=x<=1000.",
        ),
    ],
)
def test_wrong_usage_is_explained_in_french(home: Path, arguments: tuple[str, ...], said: str) -> None:
    refused = quizdock(home, *arguments, QUIZDOCK_LANG="fr")
    assert refused.returncode == 2
    assert words(refused.stderr).endswith(f"Erreur : {said}")


def test_wrong_usage_names_the_help(home: Path) -> None:
    said = quizdock(home, "due", "--nope", QUIZDOCK_LANG="fr").stderr.splitlines()
    assert said[:2] == ["Usage\u00a0: quizdock due [OPTIONS] [DECK]...", "Aide\u00a0: quizdock due --help"]


def test_an_unknown_deck_is_reported_in_french_with_the_nearest(home: Path) -> None:
    refused = quizdock(home, "due", "petits", QUIZDOCK_LANG="fr")
    assert (refused.returncode, refused.stderr) == (
        1,
        "Erreur\u00a0: aucun paquet ne s'appelle petits\nVouliez-vous dire petit\u00a0?\n",
    )


def test_due_counts_in_french_but_its_json_keys_stay(home: Path) -> None:
    assert quizdock(home, "due", "petit", QUIZDOCK_LANG="fr").stdout == "0 carte à revoir, 2 nouvelles\n"
    as_json = quizdock(home, "due", "petit", "--json", QUIZDOCK_LANG="fr").stdout
    assert json.loads(as_json) == {"learner": "alice", "day": "2026-11-23", "due": 0, "new": 2}


def test_a_deck_with_problems_is_explained_in_french(home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "faux.toml"
    broken.write_text(DECK.replace('back = "La réponse"\n', "").replace('"petit"', '"un petit"'), encoding="utf-8")
    checked = quizdock(home, "deck", "check", str(broken), QUIZDOCK_LANG="fr")
    assert words(checked.stdout) == (
        f"{broken}:3: deck.id : n'a pas la forme attendue (lettres sans accent, chiffres, « - », « _ » et « . », "
        "64 au plus, une lettre ou un chiffre d'abord) "
        f"{broken}:5: flashcard[1].back : manque (à ajouter) {broken} : 2 problèmes"
    )


def test_a_plain_session_is_in_french(home: Path) -> None:
    session = quizdock(home, "study", "petit", "--plain", typed="\n9\n5\nl'ete\n\n", QUIZDOCK_LANG="fr")
    again = " ; ".join(f"{grade} auj., 1 j" for grade in ("0 rien", "1 faux", "2 presque", "3 difficile"))
    grades = f"{again} ; 4 bien 1 j ; 5 facile 1 j"
    assert session.stdout.replace("\u00a0", " ").splitlines() == [
        "alice · 2026-11-23 · 0 carte à revoir, 2 nouvelles",
        "Répondez dans votre tête ou avec les touches, puis notez-vous, honnêtement : personne d'autre ne le voit.",
        "1 : je ne savais pas. 3 : avec peine. 4 : je savais. 5 : aussitôt."
        " Mieux vous la saviez, plus tard la carte revient.",
        "Ce que vous ne saviez pas revient aujourd'hui jusqu'à ce que vous le sachiez."
        " Quelques minutes par jour suffisent.",
        "À chaque question : :u reprend, :l remet à plus tard, :q quitte, :? dit le reste.",
        "",
        "[reste 2] Petit (nouvelle)",
        "Que lit-on au dos ?",
        "Entrée pour voir la réponse.",
        "Réponse : La réponse",
        f"Note ({grades}) :",
        "une note est un nombre de 0 à 5",
        f"Note ({grades}) :",
        "Enregistré : 5, à revoir dans 1 j",
        "",
        "[reste 1] Petit (nouvelle)",
        "Quelle saison suit le printemps ?",
        "Votre réponse :",
        "Juste (sans tenir compte des accents)",
        "Réponse : l'été",
        f"Note ({grades}). Entrée prend 4 (juste) :",
        "Enregistré : 4, à revoir dans 1 j",
        "Il ne reste rien. Entrée termine la séance ; u reprend la dernière réponse :",
        "",
        "2 révisions · 0 reprise · 0:00",
        "Sues : 2 sur 2, 100 %",
        "Terminé pour aujourd'hui.",
        "Demain : 2 cartes à revoir.",
    ]


@pytest.mark.usefixtures("french")
def test_intervals_are_in_days_months_and_years() -> None:
    units = [wording.interval_text(days).split()[1] for days in (6, 60, 366, 720, 730, 3650)]
    assert units == ["j", "mois", "an", "ans", "ans", "ans"]


# What fits 80 columns


class Paper(pyte.Screen):
    """A wide screen that remembers everything drawn and how far to the right."""

    def __init__(self) -> None:
        super().__init__(200, 24)
        self.drawn = ""
        self.widest = 0

    def draw(self, data: str) -> None:
        super().draw(data)
        self.drawn += data
        if data.strip():
            self.widest = max(self.widest, self.cursor.x)


@contextmanager
def prompt_on(paper: Paper, typed: str) -> Iterator[Console]:
    """A screen of 80 for what is printed, keys, and the wide paper for the prompts below it."""
    drawn = StringIO()
    output = Vt100_Output(drawn, lambda: Size(rows=24, columns=200), term="xterm-256color")
    with create_pipe_input() as keys, create_app_session(input=keys, output=output):
        keys.send_text(typed)
        yield Console(file=StringIO(), width=80, height=24, theme=THEME)
    pyte.Stream(paper).feed(drawn.getvalue())


def a_question(task: Task, drill: bool = False) -> Question:
    return Question("p/n", Card("n", "", "Quoi ?", task), task, "Petit", "", left=1, of=1, drill=drill)


def a_marked(grade: int | None, drill: bool = False) -> Marked:
    verdict = None if grade is None else Verdict(1.0)
    intervals = {0: 1, 1: 1, 2: 1, 3: 300, 4: 3600, 5: 9900}
    proposed = None if grade is None else Proposal(grade, msg("right"))
    return Marked(a_question(CHOICE, drill), "un", verdict, proposed, intervals)


@pytest.mark.parametrize("task", FORMS, ids=lambda task: type(task).__name__)
@pytest.mark.usefixtures("french")
def test_the_footer_of_every_form_fits_80_columns(task: Task) -> None:
    paper = Paper()
    with prompt_on(paper, "\x04") as screen:
        InteractiveStudy(screen).ask(a_question(task))
    assert "plus tard" in paper.drawn and "quitter" in paper.drawn
    assert paper.widest <= 80


@pytest.mark.parametrize("task", FORMS[1:], ids=lambda task: type(task).__name__)
@pytest.mark.usefixtures("french")
def test_the_footer_of_every_form_fits_80_columns_in_an_exam(task: Task) -> None:
    paper = Paper()
    with prompt_on(paper, "\x04\x04") as screen:
        InteractiveExam(screen).ask(Item(a_question(task), UNANSWERED, Rules()), lambda: None)
    assert "plus tard" in paper.drawn and "quitter" in paper.drawn
    assert paper.widest <= 80


@pytest.mark.parametrize(("grade", "last"), [(None, "noter"), (4, "prend 4")])
@pytest.mark.usefixtures("french")
def test_the_footer_under_the_grades_fits_80_columns(grade: int | None, last: str) -> None:
    paper = Paper()
    with prompt_on(paper, "5") as screen:
        InteractiveStudy(screen).grade(a_marked(grade))
    assert last in paper.drawn and "quitter" in paper.drawn
    assert paper.widest <= 80


@pytest.mark.usefixtures("french")
def test_the_footers_around_an_exam_fit_80_columns() -> None:
    paper = Paper()
    sitting = Sitting("alice", 739_578, 1, 7, ("Petit",), questions=2, asked_for=2, rules=Rules())
    wrong = Mark(Place("p", "t", "T"), 0.0)
    mistakes = (Assessed(a_question(CHOICE), Answer("deux", 0.0), "deux", Verdict(0.0), wrong, Rules()),) * 2
    done = Record(1, "alice", {"p": "Petit"}, 739_578, 0, 9, 7, Rules(), mistakes, result([wrong, wrong], Rules()))
    with prompt_on(paper, "\r\r\r\r") as screen:
        asker = InteractiveExam(screen)
        asker.introduce(sitting)
        asker.close(Outcome(sitting, done, 2, 9))
    for meaning in ("commencer", "voir les erreurs", "erreur suivante", "quitter"):
        assert meaning in paper.drawn
    assert paper.widest <= 80


@pytest.mark.parametrize(
    ("drill", "third_line"),
    [
        (False, ["auj., 1 j", "auj., 1 j", "auj., 1 j", "auj., 10 mois", "9.9 ans", "27.1 ans"]),
        (True, ["aujourd'hui", "aujourd'hui", "aujourd'hui", "aujourd'hui", "acquis", "acquis"]),
    ],
)
@pytest.mark.usefixtures("french")
def test_the_grades_fit_a_line_of_80_columns(drill: bool, third_line: list[str]) -> None:
    screen = Console(file=StringIO(), width=80, theme=THEME)
    with screen.capture() as printed:
        screen.print(render.grades_view(a_marked(4, drill), "six"))
    _gap, _why, keys, names, below = printed.get().splitlines()
    assert keys.split() == ["0", "1", "2", "3", "▸4◂", "5"]
    assert names.split() == ["rien", "faux", "presque", "difficile", "bien", "facile"]
    assert re.fullmatch(r"\s+(\S+ )?".join(["", *third_line]) + r"\s*", below)
