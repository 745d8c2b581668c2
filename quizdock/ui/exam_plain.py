"""An exam in lines: one line out, one line in; for pipes and screen readers."""

import os
import select
from collections.abc import Iterable
from typing import TextIO

from quizdock.core.dialogue import Hint, Quit, Skip, TimeUp
from quizdock.core.errors import ResponseError
from quizdock.core.exam_dialogue import (
    Assessed,
    Back,
    ExamReply,
    Flag,
    GoTo,
    Item,
    Onward,
    Outcome,
    Overview,
    Record,
    Review,
    SecondsLeft,
    Sitting,
    Submit,
    Sure,
)
from quizdock.core.marking import Certainty
from quizdock.core.message import msg
from quizdock.ui import exam_wording, lines, wording
from quizdock.ui.figures import percent_text
from quizdock.ui.plain import Lines, hint_lines, labelled, lesson_lines, spelt
from quizdock.ui.translations import gettext as _

COMMANDS: dict[str, ExamReply] = {
    ":l": Skip(),
    ":b": Back(),
    ":m": Flag(),
    ":r": Review(),
    ":h": Hint(),
    ":q": Quit(),
}
_KEEPING: dict[str, ExamReply] = {**COMMANDS, "": Skip()}
_YES = {"y", "yes", "o", "oui"}


class _TimeIsUpError(Exception):
    """The deadline came before the line's end; what was typed of it."""


def _unfinished(terminal: TextIO) -> str:
    """The line that is being typed: a terminal hands it over once it no longer waits for the line's end."""
    import termios  # which not every system has

    descriptor = terminal.fileno()
    before = termios.tcgetattr(descriptor)
    at_once = [*before[:3], before[3] & ~termios.ICANON, *before[4:6], [*before[6]]]
    at_once[6][termios.VMIN], at_once[6][termios.VTIME] = 0, 0
    termios.tcsetattr(descriptor, termios.TCSANOW, at_once)
    try:
        return os.read(descriptor, 4096).decode(errors="replace").strip()
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)


def _last_answer(item: Item, typed: str) -> TimeUp:
    """What was being typed when the time was up, as a response, if it is one."""
    try:
        return TimeUp(lines.response(item.question, typed) if typed else None)
    except ResponseError:
        return TimeUp()


def _for_ever() -> None:
    return None


class PlainExam(Lines):
    """An exam in lines. What is drawn is left out: the question says it all in words."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        """Talk through these streams."""
        super().__init__(source, sink)
        self._asked: Item | None = None
        self._seconds_left: SecondsLeft = _for_ever

    def read(self, prompt: str) -> str | None:
        """The next line; None at the end of input. Raises _TimeIsUpError where a terminal is silent until then."""
        left = self._seconds_left()
        if left is not None and self._source.isatty() and os.name == "posix":
            self._sink.write(f"{prompt} ")
            self._sink.flush()
            if not select.select([self._source], [], [], max(0.0, left))[0]:
                typed = _unfinished(self._source)
                self.say("")
                raise _TimeIsUpError(typed)
            line = self._source.readline()
            return line.strip() if line else None
        return super().read(prompt)

    def introduce(self, sitting: Sitting) -> None:
        """The rules, and the commands."""
        self.say(exam_wording.sitting_text(sitting), *exam_wording.rules_lines(sitting))
        self.help()

    def open(self, sitting: Sitting) -> None:
        """Nothing more."""

    def ask(self, item: Item, seconds_left: SecondsLeft) -> ExamReply:
        """The question and its choices, the answer so far, then a line."""
        self._seconds_left = seconds_left
        again = self._asked is not None and self._asked.question.id == item.question.id
        hints = self._asked.answer.hints if again and self._asked else 0
        self._asked = item
        if again and item.answer.hints > hints:
            self.say(*hint_lines(item.question))
        else:
            self.show(item.question, exam_wording.status_text(item), _time(seconds_left))
            if item.answer.credit is not None:
                self.say(*labelled(_("Your answer so far: {given} (Enter keeps it)"), item.given))
        try:
            return self.reply(item.question, COMMANDS if item.answer.credit is None else _KEEPING, exam=True)
        except _TimeIsUpError as error:
            return _last_answer(item, str(error))

    def certainty(self, item: Item, seconds_left: SecondsLeft) -> Sure:
        """A digit, or the first letter of a word."""
        self._seconds_left = seconds_left
        stakes = "; ".join(
            f"{int(each)} {exam_wording.certainty_name(each)} ({exam_wording.certainty_stakes(each)})"
            for each in Certainty
        )
        while True:
            try:
                line = self.read(_("How sure are you? {stakes}:").format(stakes=stakes))
            except _TimeIsUpError:
                return TimeUp()
            if line is None or spelt(line, bare=True) == ":q":
                return Quit()
            if spelt(line, bare=True) == ":b":
                return Back()
            if line in {"1", "2", "3"}:
                return Certainty(int(line))
            self.refuse(msg("type 1, 2 or 3; b answers the question again"))

    def tell(self, assessed: Assessed, seconds_left: SecondsLeft) -> Onward:
        """The mark and, unless another try is left, the answer."""
        self.say(exam_wording.mark_line(assessed), *exam_wording.reasons(assessed))
        if assessed.may_be_told:
            self.say(
                *labelled(_("Answer: {given}"), assessed.question.task.answer), *lesson_lines(assessed.question.card)
            )
        else:
            self.say(exam_wording.tries_text(assessed.answer))
        return Skip()

    def review(self, overview: Overview, seconds_left: SecondsLeft) -> ExamReply:
        """The paper in lines; Enter submits, a number goes back to its question."""
        self._asked = None
        self._seconds_left = seconds_left
        self.say("", _("Your paper{time}").format(time=_time(seconds_left)))
        self.say(*(exam_wording.overview_line(line) for line in overview.lines))
        unfinished = exam_wording.unfinished_text(overview)
        try:
            return self._choice(unfinished, len(overview.lines))
        except _TimeIsUpError:
            return TimeUp()

    def _choice(self, unfinished: str, count: int) -> ExamReply:
        enter = (
            _("{unfinished} Type yes to submit all the same").format(unfinished=unfinished)
            if unfinished
            else _("Enter submits")
        )
        while True:
            line = self.read(_("{enter}; a number goes back to that question; :q leaves:").format(enter=enter))
            if line is None or line.lower() in (":q", "q"):
                return Quit()
            if line.lower() in (_YES if unfinished else {"", *_YES}):
                return Submit()
            if line.isdecimal() and 1 <= int(line[:9]) <= count:
                return GoTo(int(line))
            self.refuse(msg("type a number from 1 to {count}", count=count))

    def close(self, outcome: Outcome) -> bool:
        """The score, the topics, the mistakes; whether the mistakes are to come into study."""
        if outcome.interrupted:
            self.say("", _("Interrupted."))
        if outcome.record is None:
            self.say("", *exam_wording.left_lines(outcome))
            return False
        self.say("", *result_lines(outcome.record))
        mistakes = outcome.record.mistakes
        for number, mistake in enumerate(mistakes, 1):
            self.say("", *mistake_lines(mistake, number, len(mistakes)))
        self.say("", exam_wording.kept_text(outcome.record))
        if studied := exam_wording.studied_text(outcome):
            self.say(studied)
        if not mistakes or outcome.studies_mistakes or not self._source.isatty():
            return False
        self._seconds_left = _for_ever
        line = self.read(_("Bring the mistakes into study today? y, or Enter for no:"))
        return line is not None and line.lower() in _YES

    def help(self) -> None:
        """Say which commands there are."""
        self.say(
            _("At any question: :l goes on without an answer, :b goes back, :m flags, :r shows the paper, :q leaves."),
        )


def _time(seconds_left: SecondsLeft) -> str:
    left = seconds_left()
    return f" · {exam_wording.countdown_text(left)}" if left is not None else ""


def result_lines(record: Record) -> Iterable[str]:
    """The score, each topic's, and what certainty says."""
    if record.out_of_time:
        yield _("The time is up.")
    yield exam_wording.outcome_text(record)
    for place, score in record.result.topics:
        points, percent = wording.points_text(score), percent_text(score.percent)
        topic = exam_wording.topic_title(record.decks, place)
        yield _("  {topic}: {points} ({percent})").format(topic=topic, points=points, percent=percent)
    if certainty := exam_wording.certainty_text(record):
        yield certainty
    if record.calibration:
        yield from (f"  {exam_wording.band_text(band)}" for band in reversed(record.calibration.bands))
        yield exam_wording.advice_text(record.calibration)


def mistake_lines(mistake: Assessed, number: int, of: int) -> Iterable[str]:
    """A mistake in lines: the question, what was given, its mark and why, the answer, what to read again."""
    yield _("Mistake {number} of {of}").format(number=number, of=of)
    yield from assessed_lines(mistake)


def assessed_lines(each: Assessed) -> Iterable[str]:
    """A question with what was given, its mark and why, the answer, what to read again."""
    yield from each.question.card.prompt.splitlines()
    yield from labelled(_("Your answer: {given}"), each.given)
    yield exam_wording.mark_line(each)
    yield from exam_wording.reasons(each)
    yield from labelled(_("Right answer: {given}"), each.question.task.answer)
    yield from lesson_lines(each.question.card)
