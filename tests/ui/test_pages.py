"""Reports and papers as pages: self-contained, and harmless whatever a deck or a learner says."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, NamedTuple

import pytest

from quizdock.core.card import Card
from quizdock.core.dialogue import Question
from quizdock.core.drawing import Drawing
from quizdock.core.exam_dialogue import Record, Regraded
from quizdock.core.forms import Boolean, Choice, Choices, Listing, Match, Number, Option, Order, Pair, Path, Task, Text
from quizdock.core.machine import Transition
from quizdock.core.marking import Certainty, Place, Rules
from quizdock.ui.report_page import report_page
from quizdock.ui.sheets import key_markdown, key_of, keys_page, sheet_markdown, sheets_page

HARM = """<script>alert(1)</script>"><img src=x onerror=alert(1)></style><a href="javascript:x">&amp;'\x1b[2J\u202e"""
CHOICE = Choice((Option("one", why="One is too few."), Option("two", right=True)))
CHOICES = Choices((Option("a", right=True), Option("b", right=True), Option("c")))
MATCH = Match((Pair("x", "ex"), Pair("y", "why")), (Option("more"),))
ORDER = Order(("first", "second", "third"), ("third", "first", "second"))
PATH = Path("OFF", "ON", (Transition("OFF", "press", "ON"), Transition("ON", "kick", "OFF")))
FORMS: list[Task] = [CHOICE, CHOICES, Boolean(True), Text(("docker ps",)), Number("5"), MATCH, ORDER, PATH]
FORMS.append(Listing((("one",), ("two",))))
KNOWN = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "div", "section", "span", "footer"),
    *("table", "tr", "td", "th", "ol", "li", "pre", "svg", "rect"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "http-equiv", "class", "style"),
    *("viewbox", "preserveaspectratio", "role", "x", "y", "width", "height", "rx"),
}


class Seen(HTMLParser):
    """Every element and attribute of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def harmless(page: str) -> Seen:
    """A page in which there is nothing but what QuizDock itself puts there."""
    seen = Seen(page)
    assert seen.elements <= KNOWN
    assert seen.attributes.keys() <= ATTRIBUTES
    assert "http:" not in page and "https:" not in page and "url(" not in page and "@import" not in page
    assert "default-src 'none'; style-src 'unsafe-inline'" in seen.attributes["content"]
    assert "\x1b" not in page and "\u202e" not in page
    return seen


Make = Callable[..., Any]


def test_a_report_has_the_score_every_topic_and_every_question(assessed: Make, record: Callable[..., Record]) -> None:
    wrong = assessed(CHOICE, 0, prompt="First?", explain="Because.", source="1.2")
    files = Place("deck", "f", "Files")
    done = record(wrong, assessed(CHOICE, 1, prompt="Second?", place=files), assessed(Boolean(True), prompt="Third?"))
    seen = harmless(report_page(done))
    for text in (
        *("The deck", "alice", "33.3", "not passed", "The topic", "Files", "First?", "Second?", "Third?"),
        *("Wrong: 0", "One is too few.", "Because.", "Read again: 1.2", "Right: 1", "No answer: 0"),
    ):
        assert text in seen.text


def test_a_report_shows_how_right_against_how_sure_and_what_was_marked_anew(
    assessed: Make, record: Callable[..., Record]
) -> None:
    rules = Rules(certainty=True)
    sure = assessed(CHOICE, 0, certainty=Certainty.SURE, rules=rules)
    seen = harmless(report_page(record(*[sure] * 4, rules=rules, regrades=(Regraded(2, 0, 0.5, 1.0),))))
    for text in ("Certainty points: −24 of 12", "over-confident", "Question 2 was marked anew: 0.5 became 1."):
        assert text in seen.text


def test_a_drawing_is_told_with_its_answer(assessed: Make, record: Callable[..., Record]) -> None:
    assert "OFF -> ON" in Seen(report_page(record(assessed(CHOICE, 0, drawing=Drawing("OFF -> ON"))))).text


def test_nothing_in_a_report_is_markup_but_its_own(assessed: Make, record: Callable[..., Record]) -> None:
    task = Choice((Option(HARM, why=HARM), Option(f"{HARM}2", right=True)))
    place = Place("deck", "t", HARM)
    wrong = assessed(task, 0, prompt=HARM, explain=HARM, source=HARM, place=place, drawing=Drawing(HARM))
    typed = assessed(Text(("x",)), HARM, prompt=f"a\n{HARM}")
    done = record(wrong, typed, learner=HARM, decks={"deck": HARM, "other": HARM})
    seen = harmless(report_page(done))
    assert seen.text.count("<script>alert(1)</script>") >= 10, "it is all there, as text"


def a_card(task: Task, prompt: str = "Ask?", **keys: Any) -> Card:
    return Card("n", "t", prompt, task, **keys)


class Sheet(NamedTuple):
    letter: str
    seed: int
    decks: dict[str, str]
    rules: Rules
    questions: tuple[Question, ...]


@pytest.fixture
def sheet(question: Make) -> Callable[..., Sheet]:
    """Makes a variant with these questions, one a form."""

    def make(*tasks: Task, decks: dict[str, str] | None = None, **keys: Any) -> Sheet:
        asked = tuple(
            Question(
                "deck/n", Card("n", "t", study=task, **{"prompt": "Ask?", **keys}), task, "The deck", "T", 1 + left, 9
            )
            for left, task in zip(range(len(tasks), 0, -1), tasks, strict=True)
        )
        return Sheet("B", 8, decks or {"deck": "The deck"}, Rules(60, minutes=30), asked)

    return make


@pytest.mark.parametrize(
    ("task", "key"),
    [
        (CHOICE, "B (two)"),
        (CHOICES, "A (a); B (b)"),
        (Boolean(False), "False"),
        (Text(("docker ps",)), "docker ps"),
        (MATCH, "1 A, 2 B"),
        (ORDER, "3, 1, 2"),
        (PATH, "press"),
    ],
)
def test_a_key_says_what_stands_on_that_sheet(sheet: Callable[..., Sheet], task: Task, key: str) -> None:
    assert key_of(sheet(task).questions[0]) == key


def test_a_sheet_has_room_for_a_name_and_for_every_form_of_answer(sheet: Callable[..., Sheet]) -> None:
    seen = harmless(sheets_page([sheet(*FORMS, drawing=Drawing("OFF -> ON"))]))
    for text in (
        *("The deck · variant B", "9 questions · 30 minutes · pass mark 60 % · seed 8", "Name:", "Date:", "Points:"),
        *("Tick one.", "Tick all that are right.", "Write a letter behind each number.", "OFF -> ON"),
        *("Number them in the right order.", "To choose from: press, kick.", "Name them."),
    ):
        assert text in seen.text
    assert "docker ps" not in seen.text, "a sheet does not tell what is right"


def test_markdown_has_the_same(sheet: Callable[..., Sheet]) -> None:
    text = sheet_markdown(sheet(CHOICE, Text(("docker ps",))))
    assert text.splitlines()[:3] == ["# The deck · variant B", "", "2 questions · 30 minutes · pass mark 60 % · seed 8"]
    for line in ("- ☐ A. one", "- ☐ B. two", "*Tick one.*", "\\_" * 60):
        assert line in text.splitlines()
    assert "docker ps" not in text
    key = key_markdown(sheet(CHOICE, Text(("docker ps",)), explain="Be|cause."))
    assert key.splitlines()[-1].endswith("| docker ps | 1 | Be\\|cause. |")
    assert key.splitlines()[0] == "# Answers: The deck · variant B"


def test_each_variant_begins_a_page(sheet: Callable[..., Sheet]) -> None:
    page = sheets_page([sheet(CHOICE), sheet(CHOICE)])
    assert page.count('<div class="sheet">') == 2
    assert ".sheet + .sheet { break-before: page;" in page


def test_nothing_on_paper_is_markup_but_its_own(sheet: Callable[..., Sheet]) -> None:
    task = Choice((Option(HARM), Option("two", right=True)))
    hostile = sheet(
        task, Text((HARM,)), Match((Pair(HARM, "1"), Pair("y", HARM))), prompt=HARM, explain=HARM, decks={"d": HARM}
    )
    for page in (sheets_page([hostile]), keys_page([hostile])):
        harmless(page)
    for text in (sheet_markdown(hostile), key_markdown(hostile)):
        assert "<script>" not in text.replace("\\<script\\>", "")
        assert "\x1b" not in text
