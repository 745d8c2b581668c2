"""The plain askers: one line out, one line in, no colour, no redraw; for pipes and screen readers."""

from collections.abc import Iterable
from gettext import gettext as _
from typing import TextIO

from quizdock.core.card import Card
from quizdock.core.dialogue import (
    Closing,
    Decision,
    Graded,
    Marked,
    Mistake,
    Opening,
    Outcome,
    Question,
    Quit,
    Reply,
    Response,
    Saved,
    Sitting,
    Skip,
    Undo,
)
from quizdock.core.drawing import Drawing
from quizdock.core.errors import ResponseError
from quizdock.core.forms import Given, Shape, Verdict
from quizdock.core.message import Message, msg
from quizdock.core.sm2 import GRADES
from quizdock.ui import lines, wording
from quizdock.ui.translations import translate

_COMMANDS: dict[str, Undo | Skip | Quit] = {":u": Undo(), ":l": Skip(), ":q": Quit()}


_BARE = {Shape.NONE, Shape.ONE, Shape.SOME, Shape.YES_NO}
"""Where a command needs no colon, since no answer is a letter."""


class _Asker:
    """What study and exam have in common."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        self._source = source
        self._sink = sink

    def refuse(self, message: Message) -> None:
        """Say why; the question follows again."""
        self.say(translate(message))

    def say(self, *lines: str) -> None:
        """Print lines."""
        self._sink.writelines(f"{line}\n" for line in lines)
        self._sink.flush()

    def _read(self, prompt: str) -> str | None:
        """The next line, stripped; None at the end of input."""
        self._sink.write(f"{prompt} " if self._source.isatty() else f"{prompt}\n")
        self._sink.flush()
        line = self._source.readline()
        return line.strip() if line else None

    def _reply(self, question: Question) -> Reply:
        while True:
            line = self._read(_prompt(question))
            command = _command(line, bare=question.task.shape in _BARE)
            if command is not None:
                return command
            try:
                return Response(lines.response(question, line or ""))
            except ResponseError as error:
                self.refuse(error.message)

    def _show(self, question: Question, progress: str, status: str = "") -> None:
        self.say("", f"[{progress}] {wording.place_text(question)}{status}")
        self.say(*question.card.prompt.splitlines())
        self._draw(question.card.drawing, revealed=False)
        self.say(*(f"  {number}) {text}" for number, text in enumerate(question.task.items, 1)))
        self.say(*(f"  {name}) {text}" for name, text in wording.named_choices(question)))

    def _draw(self, drawing: Drawing | None, revealed: bool) -> None:
        if drawing is not None:
            self.say(*"".join(piece.text for piece in drawing.pieces(revealed)).splitlines())


class PlainStudy(_Asker):
    """A study session in lines."""

    def open(self, opening: Opening) -> None:
        """What today holds, and the commands."""
        self.say(wording.opening_text(opening))
        if opening.due + opening.new:
            self.say(_("At any question: :u undoes, :l puts off, :q leaves."))

    def ask(self, question: Question) -> Reply:
        """The question and its choices, then a line."""
        self._show(question, wording.left_text(question), f" ({wording.kind_text(question)})")
        return self._reply(question)

    def grade(self, marked: Marked) -> Decision:
        """The verdict and the answer, then a grade."""
        self.say(*_answer_lines(marked))
        while True:
            line = self._read(_grade_prompt(marked))
            command = _command(line, bare=True)
            if command is not None:
                return command
            if not line and marked.grade is not None:
                return Graded(marked.grade)
            if line and line in map(str, GRADES):
                return Graded(int(line))
            self.refuse(msg("a grade is a number from 0 to 5"))

    def saved(self, saved: Saved) -> None:
        """When the card comes back."""
        again = _("again today; then in") if saved.again_today else _("next in")
        self.say(
            _("Saved: {grade}, {again} {interval}.").format(
                grade=saved.grade, again=again, interval=wording.interval_text(saved.schedule.interval)
            )
        )

    def undone(self, card: str | None) -> None:
        """What was taken back."""
        self.say(_("Taken back: {card}").format(card=card) if card else _("There is nothing to undo."))

    def close(self, closing: Closing) -> None:
        """The summary."""
        self.say("", *wording.closing_lines(closing))


class PlainExam(_Asker):
    """An exam in lines."""

    def open(self, sitting: Sitting) -> None:
        """What the exam is."""
        self.say(wording.sitting_text(sitting))
        shortage = wording.shortage_text(sitting)
        if shortage:
            self.say(shortage)
        self.say(_("At any question: :l puts off, :q leaves."))

    def ask(self, question: Question) -> Reply:
        """The question and its choices, then a line."""
        self._show(question, wording.number_in_paper(question))
        return self._reply(question)

    def close(self, outcome: Outcome) -> None:
        """The score, the topics, the mistakes."""
        if outcome.interrupted:
            self.say("", _("Interrupted."))
        self.say("", wording.outcome_text(outcome))
        if outcome.result:
            for topic, score in outcome.result.topics:
                points, percent = wording.points_text(score), wording.percent_text(score.percent)
                self.say(_("  {topic}: {points} ({percent})").format(topic=topic, points=points, percent=percent))
            for number, mistake in enumerate(outcome.mistakes, 1):
                self.say("", *mistake_lines(mistake, number, len(outcome.mistakes)))
            self.say("", wording.kept_text(outcome))


def mistake_lines(mistake: Mistake, number: int, of: int) -> Iterable[str]:
    """A mistake in lines: the question, what was given and why not, the answer, what to read again."""
    card = mistake.question.card
    yield _("Mistake {number} of {of}").format(number=number, of=of)
    yield from card.prompt.splitlines()
    yield from _labelled(_("Your answer: {given}"), mistake.given)
    if mistake.verdict:
        yield from _reasons(mistake.verdict)
    yield from _labelled(_("Right answer: {given}"), mistake.question.task.answer)
    yield from _lesson(card)


def _lesson(card: Card) -> Iterable[str]:
    yield from card.explain.splitlines()
    if card.source:
        yield _("Read again: {source}").format(source=card.source)


def _labelled(label: str, given: Given) -> Iterable[str]:
    """What was or is to be given: pairs a line each, all else behind the label."""
    return label.format(given=wording.given_text(given)).splitlines()


def _reasons(verdict: Verdict) -> Iterable[str]:
    detail = wording.detail_text(verdict)
    if detail:
        yield detail
    yield from verdict.why.splitlines()


def _answer_lines(marked: Marked) -> Iterable[str]:
    if marked.verdict:
        yield wording.verdict_text(marked.verdict)
        yield from _reasons(marked.verdict)
    yield from _labelled(_("Answer: {given}"), marked.question.task.answer)
    yield from _lesson(marked.question.card)


def _prompt(question: Question) -> str:
    count = len(question.task.choices)
    match question.task.shape:
        case Shape.NONE:
            return _("Press Enter to see the answer.")
        case Shape.ONE:
            return _("Your choice, 1 to {count}:").format(count=count)
        case Shape.SOME:
            return _("Your choices, for example 1 3:")
        case Shape.YES_NO:
            return _("True or false (t/f, or 1/2):")
        case _:
            return wording.typing_text(question)


def _grade_prompt(marked: Marked) -> str:
    grades = ", ".join(
        f"{grade} {wording.grade_name(grade)} {wording.interval_text(interval)}"
        for grade, interval in marked.intervals.items()
    )
    if marked.grade is None:
        return _("Grade ({grades}):").format(grades=grades)
    return _("Grade ({grades}); Enter takes {proposed}:").format(grades=grades, proposed=marked.grade)


def _command(line: str | None, bare: bool) -> Undo | Skip | Quit | None:
    if line is None:
        return Quit()
    lowered = line.lower()
    return _COMMANDS.get(f":{lowered}" if bare and len(lowered) == 1 else lowered)
