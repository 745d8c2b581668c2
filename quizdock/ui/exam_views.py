"""What exams look like, as rich renderables: the deal, the paper, marks, the result."""

from collections.abc import Sequence

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from quizdock.core.calibration import BELIEVED, Band, Calibration, Judgement
from quizdock.core.cleaning import clean
from quizdock.core.exam_dialogue import Assessed, Line, Outcome, Overview, Record, Sitting
from quizdock.core.forms import Given
from quizdock.core.marking import Score
from quizdock.ui import exam_wording, wording
from quizdock.ui.figures import percent_text
from quizdock.ui.prose import Prose
from quizdock.ui.render import Bar, labelled, lesson_lines, prompt_view
from quizdock.ui.translations import gettext as _

LONGEST_ASKED = 45
"""Characters of a question, or of an answer, in a list of the paper."""
_JUDGED = {Judgement.WELL: "good", Judgement.TOO_FEW: "quiet"}


def sitting_view(sitting: Sitting) -> RenderableType:
    """What the exam is and how it is marked, before its time begins."""
    decks = ", ".join(map(clean, sitting.decks))
    body = Group(
        Prose(exam_wording.sitting_text(sitting), style="title"),
        Prose(decks, style="accent"),
        Text(),
        *(_bulleted(line) for line in exam_wording.rules_lines(sitting)),
    )
    return _panel(body, "accent", _("Exam"))


def _bulleted(line: str) -> RenderableType:
    """A rule; one that is set in belongs to the rule before."""
    sign, text = ("  ", line.strip()) if line.startswith("  ") else ("· ", line)
    table = Table.grid()
    table.add_row(Text(sign, style="quiet"), Prose(text))
    return table


def mark_view(each: Assessed) -> RenderableType:
    """How an answer was marked, the right one, and why."""
    lines: list[RenderableType] = [_mark_line(each)]
    if each.is_mistake:
        lines += [labelled(_("Your answer"), wording.given_text(each.given), "bad")]
        lines += [Prose(reason) for reason in exam_wording.reasons(each)]
    lines.append(labelled(_("Answer"), wording.given_text(each.question.task.answer), "good"))
    lines += lesson_lines(each.question.card.explain, each.question.card.source)
    return Group(*lines)


def _mark_line(each: Assessed) -> Text:
    """A mark with a sign as well as a colour."""
    credit = each.mark.credit
    if credit is None:
        sign, style = "○", "half"
    else:
        sign, style = ("✓", "good") if credit == 1.0 else ("◐", "half") if credit else ("✗", "bad")
    return Prose(f"{sign} {exam_wording.mark_line(each)}", style=f"bold {style}")


def given_view(given: Given) -> RenderableType:
    """An answer that is not saved yet."""
    return Padding(labelled(_("Your answer"), wording.given_text(given), "accent"), (0, 2))


def overview_view(overview: Overview) -> RenderableType:
    """What is to be said above the paper."""
    unfinished = exam_wording.unfinished_text(overview)
    text = unfinished or _("Every question has an answer. s submits the paper.")
    said = Prose(text, style="half" if unfinished else "quiet")
    return Padding(Group(Text(_("Your paper"), style="title"), said), (0, 1))


def paper_lines(lines: Sequence[Line]) -> list[str]:
    """The paper as a list to choose from, a question a line."""
    return [f"{'⚑' if line.flagged else '✓' if line.is_answered else '·'} {_asked(line)}" for line in lines]


def _asked(line: Line) -> str:
    asks = clean(line.prompt.splitlines()[-1]) if line.prompt else ""
    given = wording.given_text(line.given).strip().replace("\n", "; ") if line.is_answered else _("no answer")
    return f"{_cut(asks)} — {_cut(given)}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_ASKED else f"{text[: LONGEST_ASKED - 1]}…"


def result_view(record: Record) -> RenderableType:
    """The score, a bar for each topic, and what certainty says."""
    parts: list[RenderableType] = []
    if record.out_of_time:
        parts.append(Text(_("The time is up."), style="half"))
    parts += [Prose(exam_wording.outcome_text(record), style="title"), Text(), _topics(record)]
    if certainty := exam_wording.certainty_text(record):
        parts += [Text(), Text(certainty, style="title")]
    if record.calibration:
        parts += [calibration_view(record.calibration)]
    parts += [Text(), Prose(exam_wording.kept_text(record), style="quiet")]
    return _panel(Group(*parts), "good" if record.result.passed else "half", _("Result"))


def _topics(record: Record) -> RenderableType:
    table = Table(box=None, padding=(0, 1), pad_edge=False, show_header=False, expand=True)
    table.add_column(ratio=3, no_wrap=True, overflow="ellipsis")
    table.add_column(ratio=2)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for place, score in record.result.topics:
        bar = Bar(min(score.percent, 100) / 100, "█░", _style(score, record.rules.pass_percent))
        topic = clean(exam_wording.topic_title(record.decks, place))
        table.add_row(Text(topic), bar, wording.points_text(score), percent_text(score.percent))
    return table


def calibration_view(calibration: Calibration) -> RenderableType:
    """How right against how sure: a bar for each certainty, with the range in which it pays."""
    table = Table.grid(padding=(0, 2))
    for band in reversed(calibration.bands):
        right = "" if band.right is None else percent_text(round(100 * band.right))
        table.add_row(
            Text(exam_wording.certainty_name(band.certainty)),
            _Scale(band),
            Text(right, justify="right"),
            Text(exam_wording.answers_text(band), style="quiet"),
            Text(exam_wording.judgement_text(band.judgement), style=_JUDGED.get(band.judgement, "half")),
        )
    return Group(table, Prose(exam_wording.advice_text(calibration), style="quiet"))


class _Scale:
    """0 to 100 % in twenty cells: the range in which a certainty pays, and where the learner's answers lie."""

    CELLS = 20

    def __init__(self, band: Band) -> None:
        self._band = band

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        low, high = BELIEVED[self._band.certainty]
        text = Text()
        for cell in range(self.CELLS):
            middle = (cell + 0.5) / self.CELLS
            text.append("▒" if low <= middle <= high else "·", style="accent" if low <= middle <= high else "quiet")
        if self._band.right is not None:
            at = min(int(self._band.right * self.CELLS), self.CELLS - 1)
            style = _JUDGED.get(self._band.judgement, "half")
            text = Text.assemble(text[:at], ("●", f"bold {style}"), text[at + 1 :])
        yield text


def left_view(outcome: Outcome) -> RenderableType:
    """That the exam was left, and how to go on."""
    return _panel(Group(*map(Prose, exam_wording.left_lines(outcome))), "half", _("Exam"))


def mistake_view(mistake: Assessed, number: int, of: int) -> RenderableType:
    """One mistake: the question, what was given and why not, the answer, and what to read again."""
    return _panel(assessed_view(mistake), "quiet", _("Mistake {number} of {of}").format(number=number, of=of))


def question_view(each: Assessed, of: int) -> RenderableType:
    """One question of the paper, answered and marked."""
    title = _("Question {n}").format(n=each.question.number)
    return _panel(assessed_view(each), "quiet" if each.is_mistake else "good", title)


def assessed_view(each: Assessed) -> RenderableType:
    """A question with what was given and how that was marked."""
    return Group(prompt_view(each.question.card.prompt), Text(), mark_view(each))


def _panel(body: RenderableType, style: str, title: str) -> RenderableType:
    return Panel(body, box=box.ROUNDED, padding=(1, 2), border_style=style, title=title, title_align="left")


def _style(score: Score, pass_percent: float) -> str:
    """Whether a topic passes by itself, or comes half way there."""
    if score.percent >= pass_percent:
        return "good"
    return "half" if score.percent >= pass_percent / 2 else "bad"
