"""The plain askers: one line out, one line in, no colour, no redraw; for pipes and screen readers."""

from collections.abc import Iterable, Mapping
from gettext import gettext as _
from typing import TextIO, TypeVar

from quizdock.core.card import Card
from quizdock.core.dialogue import (
    Bury,
    Closing,
    Decision,
    DontKnow,
    Graded,
    Hint,
    Keep,
    Leech,
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
    Suspend,
    TakenBack,
    Undo,
)
from quizdock.core.errors import ResponseError
from quizdock.core.forms import Given, Shape, Verdict, is_nothing
from quizdock.core.grading import KEYS
from quizdock.core.message import Message, msg
from quizdock.core.settings import GradeKeys
from quizdock.ui import lines, wording
from quizdock.ui.translations import translate

_COMMANDS: dict[str, Reply] = {
    ":u": Undo(),
    ":l": Skip(),
    ":s": Suspend(),
    ":b": Bury(),
    ":h": Hint(),
    ":q": Quit(),
    ":0": DontKnow(),
}
_DECISIONS: dict[str, Decision] = {":u": Undo(), ":l": Skip(), ":s": Suspend(), ":b": Bury(), ":q": Quit()}
_EXAM_COMMANDS: dict[str, Reply] = {":u": Undo(), ":l": Skip(), ":q": Quit()}
_HELP = ":?"

Command = TypeVar("Command")


class _Asker:
    """What study and exam have in common."""

    commands: Mapping[str, Reply] = _EXAM_COMMANDS

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
            if line is None:
                return Quit()
            try:
                spelt = self._command_in(question, line)
                if spelt in self.commands:
                    return self.commands[spelt]
                if spelt != _HELP:
                    return Response(lines.response(question, line))
            except ResponseError as error:
                self.refuse(error.message)
            else:
                self._help()
                if lines.is_typed(question):
                    self.say(_("An answer that begins with a colon is typed with two: ::q answers “:q”."))

    def _command_in(self, question: Question, line: str) -> str:
        """A command with its colon, or what is none. Raises ResponseError for a command that there is not."""
        if lines.is_typed(question):
            return lines.command_typed(question, line, {*self.commands, _HELP})
        return _spelt(line, bare=True)

    def _show(self, question: Question, progress: str, status: str = "") -> None:
        self.say("", f"[{progress}] {wording.place_text(question)}{status}")
        self.say(*question.card.prompt.splitlines())
        self.say(*(f"  {number}) {text}" for number, text in enumerate(question.task.items, 1)))
        self.say(*(f"  {name}) {text}" for name, text in wording.named_choices(question)))

    def _help(self) -> None:
        self.say(_("At any question: :l puts off, :q leaves."))


class PlainStudy(_Asker):
    """A study session in lines. What is drawn is left out: the question says it all in words."""

    commands = _COMMANDS

    def __init__(self, source: TextIO, sink: TextIO, grade_keys: GradeKeys = "six") -> None:
        """Talk through these streams, and grade with six keys or with four."""
        super().__init__(source, sink)
        self._grade_keys: GradeKeys = grade_keys

    def open(self, opening: Opening) -> None:
        """What today holds, and the commands."""
        self.say(wording.opening_text(opening))
        if opening.due + opening.new:
            if opening.first:
                self.say(*wording.welcome_lines(self._grade_keys))
            self.say(_("At any question: :u undoes, :l puts off, :q leaves, :? says what else."))

    def ask(self, question: Question) -> Reply:
        """The question and its choices, then a line."""
        if question.hints:
            self.say(*_hint_lines(question))
        else:
            self._show(question, wording.left_text(question), f" ({wording.kind_text(question)})")
        return self._reply(question)

    def grade(self, marked: Marked) -> Decision:
        """The verdict and the answer, then a grade."""
        self.say(*_answer_lines(marked))
        keys = KEYS[self._grade_keys]
        while True:
            line = self._read(_grade_prompt(marked, self._grade_keys))
            if line is None:
                return Quit()
            command = _command(line, _DECISIONS, bare=True)
            if command is not None:
                return command
            if _spelt(line, bare=True) == _HELP:
                self._help()
            elif not line and marked.grade is not None:
                return Graded(keys[wording.key_of(marked.grade, self._grade_keys)])
            elif line in keys:
                return Graded(keys[line])
            else:
                self.refuse(msg("a grade is a number from {least} to {most}", least=min(keys), most=max(keys)))

    def saved(self, saved: Saved) -> None:
        """When the card comes back."""
        self.say(wording.saved_text(saved, self._grade_keys).removeprefix("✓ "))

    def leech(self, leech: Leech) -> Suspend | Keep:
        """Why this card is a leech; a letter suspends it."""
        self.say(*wording.leech_lines(leech))
        line = self._read(_("Enter keeps it; s suspends it:"))
        return Suspend() if line and _spelt(line, bare=True) == ":s" else Keep()

    def set_aside(self, card: str, command: Suspend | Bury) -> None:
        """How it comes back."""
        self.say(wording.set_aside_text(card, command))

    def undone(self, undone: TakenBack | None) -> None:
        """What was taken back."""
        self.say(wording.undone_text(undone, self._grade_keys).removeprefix("↶ "))

    def finish(self, closing: Closing) -> Undo | Quit:
        """The last chance for an undo."""
        line = self._read(_("Nothing is left. Enter ends the session; u takes the last answer back:"))
        return Undo() if line and _spelt(line, bare=True) == ":u" else Quit()

    def _help(self) -> None:
        self.say(
            _(":h shows a hint, :0 the answer when you do not know it; :u takes the last answer back."),
            _(":l puts the card off to the end, :b until tomorrow; :s asks it no more; :q leaves. All is saved."),
            _("Where nothing is typed, the letters alone will do."),
        )

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
    if marked.verdict and is_nothing(marked.given):
        yield _("No answer")
    elif marked.verdict:
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


def _hint_lines(question: Question) -> Iterable[str]:
    """The hint asked for last, and how many more there are."""
    hint = _("Hint {number} of {of}: {hint}")
    number, of = question.hints, len(question.card.hints)
    return hint.format(number=number, of=of, hint=question.card.hints[number - 1]).splitlines()


def _grade_prompt(marked: Marked, keys: GradeKeys) -> str:
    grades = _("; ").join(
        f"{key} {name} {wording.key_text(marked, grade)}" for key, grade, name in wording.key_names(keys)
    )
    if marked.grade is None:
        return _("Grade ({grades}):").format(grades=grades)
    return _("Grade ({grades}). Enter takes {proposed}:").format(
        grades=grades, proposed=wording.proposal_text(marked, keys)
    )


def _spelt(line: str, *, bare: bool) -> str:
    """A command as it is spelt with its colon, which a letter alone needs not where `bare`."""
    lowered = line.lower()
    return f":{lowered}" if bare and len(lowered) == 1 else lowered


def _command(line: str, commands: Mapping[str, Command], *, bare: bool) -> Command | None:
    return commands.get(_spelt(line, bare=bare))
