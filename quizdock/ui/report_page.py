"""An exam's report as a page: for a learner to keep, for a teacher to read, for a printer."""

from collections.abc import Iterator

from quizdock.core.calibration import BELIEVED, Calibration, Judgement
from quizdock.core.exam_dialogue import Assessed, Record
from quizdock.ui import exam_wording, wording
from quizdock.ui.figures import percent_text
from quizdock.ui.pages import bar, element, labelled, page, paragraph, scale, text
from quizdock.ui.translations import gettext as _

_SIGNS = {1.0: ("✓", "good"), 0.0: ("✗", "bad"), None: ("○", "quiet")}


def report_page(record: Record) -> str:
    """The whole page."""
    title = _("Exam No. {n} · {learner}").format(n=record.attempt, learner=record.learner)
    return page(title, [*_head(record), *_topics(record), *_certainty(record), *_regrades(record), *_questions(record)])


def _head(record: Record) -> Iterator[str]:
    result = record.result
    head, rules = exam_wording.head_lines(record)
    yield element("h1", text(", ".join(record.decks.values())))
    yield paragraph(head, "quiet")
    style = "good" if result.passed else "half"
    verdict = exam_wording.passed_text(result.passed)
    percent = percent_text(result.score.percent)
    yield '<div class="card">'
    yield element("p", f"{element('span', text(percent), f'big {style}')} {element('span', text(verdict), style)}")
    yield paragraph(exam_wording.outcome_text(record))
    if record.out_of_time:
        yield paragraph(_("The time is up."), "half")
    if certainty := exam_wording.certainty_text(record):
        yield paragraph(certainty)
    yield paragraph(rules, "quiet")
    yield "</div>"


def _topics(record: Record) -> Iterator[str]:
    yield element("h2", text(_("Topic by topic")))
    yield '<div class="card"><table>'
    for place, score in record.result.topics:
        passed = score.percent >= record.rules.pass_percent
        kind = "good" if passed else "half" if score.percent >= record.rules.pass_percent / 2 else "bad"
        cells = [
            element("td", text(exam_wording.topic_title(record.decks, place))),
            f'<td style="width:35%">{bar(score.percent / 100, kind)}</td>',
            element("td", text(wording.points_text(score)), "number"),
            element("td", text(percent_text(score.percent)), "number"),
        ]
        yield element("tr", "".join(cells))
    yield "</table></div>"


def _certainty(record: Record) -> Iterator[str]:
    if record.calibration is None:
        return
    yield element("h2", text(_("How sure, and how right")))
    yield f'<div class="card">{calibration_table(record.calibration)}'
    yield paragraph(exam_wording.advice_text(record.calibration))
    yield paragraph(_("The tinted range is where a certainty pays; the mark is how often you were right."), "quiet")
    yield "</div>"


def calibration_table(calibration: Calibration) -> str:
    """A row for each certainty: the range in which it pays, and where the answers lie."""
    kinds = {Judgement.WELL: "good", Judgement.TOO_FEW: "quiet"}
    rows = []
    for band in reversed(calibration.bands):
        kind = kinds.get(band.judgement, "half")
        right = "" if band.right is None else percent_text(round(100 * band.right))
        cells = [
            element("td", text(exam_wording.certainty_name(band.certainty)), "name"),
            f'<td style="width:40%">{scale(*BELIEVED[band.certainty], band.right, kind)}</td>',
            element("td", text(right), "number"),
            element("td", text(exam_wording.answers_text(band)), "quiet name"),
            element("td", text(exam_wording.judgement_text(band.judgement)), kind),
        ]
        rows.append(element("tr", "".join(cells)))
    return element("table", "".join(rows))


def _regrades(record: Record) -> Iterator[str]:
    if not record.regrades:
        return
    yield element("h2", text(_("Marked anew")))
    yield '<div class="card">'
    yield from (paragraph(line) for line in exam_wording.regrade_lines(record))
    yield "</div>"


def _questions(record: Record) -> Iterator[str]:
    yield element("h2", text(_("Question by question")))
    for each in record.questions:
        yield '<section class="card">'
        yield from _question(record, each)
        yield "</section>"


def _question(record: Record, each: Assessed) -> Iterator[str]:
    card = each.question.card
    place = exam_wording.topic_title(record.decks, each.mark.place)
    flag = " ⚑" if each.answer.flagged else ""
    yield paragraph(f"{exam_wording.number_in_paper(each.question)} · {place}{flag}", "quiet")
    yield paragraph(card.prompt, "asks")
    if card.drawing is not None:
        drawn = "".join(piece.text for piece in card.drawing.pieces(revealed=True))
        yield element("pre", text(drawn))
    sign, kind = _SIGNS.get(each.mark.credit, ("◐", "half"))
    yield element("p", text(f"{sign} {exam_wording.mark_line(each)}"), kind)
    if each.is_mistake:
        yield labelled(_("Your answer"), wording.given_text(each.given).strip())
        yield from (paragraph(reason) for reason in exam_wording.reasons(each))
    yield labelled(_("Answer"), wording.given_text(each.question.task.answer).strip(), "text good")
    if card.explain:
        yield paragraph(card.explain, "text")
    if each.is_mistake and card.source:
        yield paragraph(_("Read again: {source}").format(source=card.source), "quiet")
