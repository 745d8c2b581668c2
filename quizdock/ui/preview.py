"""A deck's cards in lines: the question, then the answer, then how exams ask it."""

from collections.abc import Iterator
from io import StringIO
from typing import TextIO

from quizdock.core.cleaning import clean
from quizdock.core.dialogue import Question
from quizdock.core.drawing import Drawing
from quizdock.core.forms import Choice, Choices, Command, Listing, Match, Option, Text
from quizdock.ui import wording
from quizdock.ui.exam_wording import number_in_paper
from quizdock.ui.plain import Lines, prompt_text
from quizdock.ui.translations import gettext as _


def show(study: Question, exam: Question | None, sink: TextIO) -> None:
    """One card: `exam` is `study` itself where exams ask it the same way, None where they do not ask it."""
    lines = Lines(StringIO(), sink)
    lines.show(study, number_in_paper(study))
    lines.say(prompt_text(study))
    sink.writelines(f"{line}\n" for line in (*answer_lines(study), *exam_lines(study, exam)))
    sink.flush()


def answer_lines(question: Question) -> Iterator[str]:
    """The drawing as asked and as answered, then what no learner sees at once: every spelling, every reason."""
    card = question.card
    if card.drawing is not None:
        yield from _drawn(card.drawing, revealed=False)
        if card.drawing.hidden:
            yield from _drawn(card.drawing, revealed=True)
    yield from _("Answer: {given}").format(given=wording.given_text(question.task.answer)).splitlines()
    yield from detail_lines(question)
    yield from card.explain.splitlines()
    if card.source:
        yield _("Read again: {source}").format(source=card.source)


def detail_lines(question: Question) -> Iterator[str]:
    """Other accepted spellings, and the reasons of wrong options."""
    match question.task:
        case Text(accepted=(_first, *others)) | Command(accepted=(_first, *others)) if others:
            yield _("Also accepted: {texts}").format(texts=", ".join(map(clean, others)))
        case Listing(members=members):
            for first, *others in members:
                if others:
                    texts = ", ".join(map(clean, others))
                    yield _("Also accepted for “{text}”: {texts}").format(text=clean(first), texts=texts)
    for text, why in reasons(question):
        yield _("Not “{text}”: {why}").format(text=clean(text), why=clean(why))


def reasons(question: Question) -> list[tuple[str, str]]:
    """The wrong options that the deck says a reason for."""
    options: tuple[Option, ...] = ()
    match question.task:
        case Choice(options=options) | Choices(options=options) | Text(wrong=options) | Command(wrong=options):
            pass
        case Listing(intruders=options) | Match(extra=options):
            pass
    return [(option.text, option.why) for option in options if option.why]


def exam_lines(study: Question, exam: Question | None) -> Iterator[str]:
    """How exams ask the card, where they do so in another way, or not at all."""
    if exam is None:
        yield _("Exams do not ask it.")
    elif exam is not study:
        yield _("In exams:")
        yield from (f"  {number}) {text}" for number, text in enumerate(exam.task.items, 1))
        yield from (f"  {name}) {text}" for name, text in wording.named_choices(exam))
        yield from _("Answer: {given}").format(given=wording.given_text(exam.task.answer)).splitlines()
        yield from detail_lines(exam)


def _drawn(drawing: Drawing, *, revealed: bool) -> Iterator[str]:
    yield from "".join(piece.text for piece in drawing.pieces(revealed)).splitlines()
