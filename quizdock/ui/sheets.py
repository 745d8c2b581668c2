"""Exam papers to be printed, and their answer keys: Markdown for whoever edits them, HTML for the printer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from quizdock.core.cleaning import clean
from quizdock.core.dialogue import Question
from quizdock.core.forms import Pair, Shape
from quizdock.core.marking import Rules
from quizdock.ui import wording
from quizdock.ui.figures import percent_text
from quizdock.ui.lines import letter
from quizdock.ui.pages import element, page, paragraph, text
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|~$!"})
_LINES = {Shape.LINE: 1, Shape.LIST: 3, Shape.PATH: 2}


class Sheet(Protocol):
    """One variant of a paper; `decks` are titles by ids."""

    @property
    def letter(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def decks(self) -> Mapping[str, str]: ...
    @property
    def rules(self) -> Rules: ...
    @property
    def questions(self) -> tuple[Question, ...]: ...


def title_of(sheet: Sheet) -> str:
    """The decks and the variant."""
    decks = ", ".join(map(clean, sheet.decks.values()))
    return _("{decks} · variant {letter}").format(decks=decks, letter=sheet.letter)


def rules_of(sheet: Sheet) -> str:
    """How many questions, how long, what to reach, and how to make the same sheet once more."""
    n = len(sheet.questions)
    parts = [ngettext("{n} question", "{n} questions", n).format(n=n)]
    if sheet.rules.minutes:
        parts.append(ngettext("{n} minute", "{n} minutes", sheet.rules.minutes).format(n=sheet.rules.minutes))
    parts.append(_("pass mark {percent}").format(percent=percent_text(sheet.rules.pass_percent)))
    parts.append(_("seed {seed}").format(seed=sheet.seed))
    return " · ".join(parts)


def how_to_answer(question: Question) -> str:
    """What to do with a pen; empty where the lines say it."""
    match question.task.shape:
        case Shape.ONE:
            return _("Tick one.")
        case Shape.SOME:
            return _("Tick all that are right.")
        case Shape.YES_NO:
            return _("Tick one.")
        case Shape.ORDER:
            return _("Number them in the right order.")
        case Shape.MATCH:
            return _("Write a letter behind each number.")
        case Shape.PATH:
            return _("Write the events in order. To choose from: {events}.").format(
                events=", ".join(map(clean, question.task.choices))
            )
        case Shape.LIST:
            return _("Name them.")
        case _:
            return ""


def options_of(question: Question) -> list[str]:
    """What is to be ticked or numbered."""
    match question.task.shape:
        case Shape.YES_NO:
            return [_("True"), _("False")]
        case Shape.ONE | Shape.SOME | Shape.ORDER | Shape.MATCH:
            return [clean(choice) for choice in question.task.choices]
        case _:
            return []


def key_of(question: Question) -> str:
    """The right answer as it stands on this sheet: letters where there are any."""
    choices, answer = question.task.choices, question.task.answer
    match question.task.shape:
        case Shape.ONE | Shape.SOME:
            right = [answer] if isinstance(answer, str) else _texts(answer)
            return "; ".join(f"{letter(choices.index(each)).upper()} ({clean(each)})" for each in right)
        case Shape.ORDER:
            return ", ".join(str(_texts(answer).index(each) + 1) for each in choices)
        case Shape.MATCH:
            pairs = answer if isinstance(answer, tuple) else ()
            partners = {pair.item: pair.partner for pair in pairs if isinstance(pair, Pair)}
            items = enumerate(question.task.items, 1)
            return ", ".join(f"{number} {letter(choices.index(partners[item])).upper()}" for number, item in items)
        case _:
            return wording.given_text(answer).strip()


def _texts(given: object) -> list[str]:
    return [each for each in given if isinstance(each, str)] if isinstance(given, tuple) else []


# ── Markdown ───────────────────────────────────────────────────────────────────────────────────────


def sheet_markdown(sheet: Sheet) -> str:
    """A student's sheet."""
    lines = [f"# {_plain(title_of(sheet))}", "", _plain(rules_of(sheet)), ""]
    lines += [f"{_('Name')}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_   {_('Date')}: \\_\\_\\_\\_\\_\\_\\_\\_"]
    for question in sheet.questions:
        lines += ["", *_question_markdown(question)]
    return "\n".join(lines) + "\n"


def _question_markdown(question: Question) -> Iterator[str]:
    yield f"## {question.number}. {_plain(wording.place_text(question))}"
    yield ""
    yield from (f"{_plain(line)}  " for line in question.card.prompt.splitlines())
    drawing = question.card.drawing
    if drawing is not None:
        yield from ("", "```", *"".join(piece.text for piece in drawing.pieces(revealed=False)).splitlines(), "```")
    yield ""
    for number, item in enumerate(question.task.items, 1):
        yield f"{number}. {_plain(item)} → \\_\\_\\_\\_"
    if question.task.items:
        yield ""
    for place, option in enumerate(options_of(question)):
        sign = "\\_\\_" if question.task.shape is Shape.ORDER else "☐" if not question.task.items else "•"
        yield f"- {sign} {letter(place).upper()}. {_plain(option)}"
    if how := how_to_answer(question):
        yield from ("", f"*{_plain(how)}*")
    yield from ("", "\\_" * 60) * _LINES.get(question.task.shape, 0)


def key_markdown(sheet: Sheet) -> str:
    """A sheet's answers, for the teacher."""
    lines = [f"# {_plain(_('Answers'))}: {_plain(title_of(sheet))}", "", _plain(rules_of(sheet)), ""]
    lines += [f"| | {_('Answer')} | {_('Points')} | {_('Why')} |", "|---:|---|---:|---|"]
    for question in sheet.questions:
        explain = question.card.explain.splitlines()[0] if question.card.explain else ""
        lines.append(f"| {question.number} | {_cell(key_of(question))} | 1 | {_cell(explain)} |")
    return "\n".join(lines) + "\n"


def _plain(words: str) -> str:
    """A text in which nothing is markup."""
    return clean(words).translate(_SPECIAL)


def _cell(words: str) -> str:
    return _plain(words).replace("\n", "; ")


# ── HTML ───────────────────────────────────────────────────────────────────────────────────────────


def sheets_page(sheets: Sequence[Sheet]) -> str:
    """All students' sheets, each on pages of its own."""
    return page(_("Exam papers"), (part for sheet in sheets for part in _sheet_html(sheet)))


def keys_page(sheets: Sequence[Sheet]) -> str:
    """All sheets' answers."""
    return page(_("Answers"), (part for sheet in sheets for part in _key_html(sheet)))


def _sheet_html(sheet: Sheet) -> Iterator[str]:
    yield '<div class="sheet">'
    yield element("h1", text(title_of(sheet)))
    yield paragraph(rules_of(sheet), "quiet")
    fields = "".join(element("span", text(f"{field}:")) for field in (_("Name"), _("Date"), _("Points")))
    yield element("div", fields, "fields")
    for question in sheet.questions:
        yield '<section class="card">'
        yield from _question_html(question)
        yield "</section>"
    yield "</div>"


def _question_html(question: Question) -> Iterator[str]:
    yield paragraph(f"{question.number} · {wording.place_text(question)}", "quiet")
    yield paragraph(question.card.prompt, "asks")
    drawing = question.card.drawing
    if drawing is not None:
        yield element("pre", text("".join(piece.text for piece in drawing.pieces(revealed=False))))
    if how := how_to_answer(question):
        yield paragraph(how, "quiet")
    if question.task.items:
        items = "".join(element("li", f"{text(item)} → ____") for item in question.task.items)
        yield element("ol", items)
    box = "" if question.task.items else '<span class="box"></span>'
    options = "".join(element("li", f"{box}{text(option)}") for option in options_of(question))
    if options:
        yield element("ol", options, "options")
    if lines := _LINES.get(question.task.shape, 0):
        yield element("div", "<span></span>" * lines, "lines")


def _key_html(sheet: Sheet) -> Iterator[str]:
    yield '<div class="sheet">'
    yield element("h1", text(f"{_('Answers')}: {title_of(sheet)}"))
    yield paragraph(rules_of(sheet), "quiet")
    rows = []
    for question in sheet.questions:
        explain = question.card.explain.splitlines()[0] if question.card.explain else ""
        cells = (
            element("td", text(str(question.number)), "number"),
            element("td", text(key_of(question)), "text"),
            element("td", text(explain), "quiet"),
        )
        rows.append(element("tr", "".join(cells)))
    yield element("div", element("table", "".join(rows)), "card")
    yield "</div>"
