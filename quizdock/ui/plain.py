"""The plain askers: one line out, one line in, no colour, no redraw; for pipes and screen readers."""

from collections.abc import Collection, Iterable, Mapping
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
    Opening,
    Question,
    Quit,
    Reply,
    Response,
    Saved,
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
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import translate

COMMANDS: dict[str, Reply] = {
    ":u": Undo(),
    ":l": Skip(),
    ":s": Suspend(),
    ":b": Bury(),
    ":h": Hint(),
    ":q": Quit(),
    ":0": DontKnow(),
}
_DECISIONS: dict[str, Decision] = {":u": Undo(), ":l": Skip(), ":s": Suspend(), ":b": Bury(), ":q": Quit()}
HELP = ":?"

Command = TypeVar("Command")


class Lines:
    """What study and exam have in common: lines out, lines in."""

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

    def read(self, prompt: str) -> str | None:
        """The next line, stripped; None at the end of input."""
        self._sink.write(f"{prompt} " if self._source.isatty() else f"{prompt}\n")
        self._sink.flush()
        line = self._source.readline()
        return line.strip() if line else None

    def reply(self, question: Question, commands: Mapping[str, Command], *, exam: bool = False) -> Command | Response:
        """One of the commands, which are spelt with their colon, or a response; the end of input is `:q`.

        An empty line is a command if there is an empty one, else a response like any other.
        """
        while True:
            line = self.read(prompt_text(question))
            if line is None:
                return commands[":q"]
            if not line and "" in commands:
                return commands[""]
            try:
                command = _command_in(question, line, {*commands, HELP}, exam=exam)
                if command in commands:
                    return commands[command]
                if command != HELP:
                    return Response(lines.response(question, line))
            except ResponseError as error:
                self.refuse(error.message)
            else:
                self.help()
                if lines.is_typed(question):
                    self.say(_("An answer that begins with a colon is typed with two: ::q answers “:q”."))

    def show(self, question: Question, progress: str, status: str = "") -> None:
        """The question with its choices."""
        self.say("", f"[{progress}] {wording.place_text(question)}{status}")
        self.say(*question.card.prompt.splitlines())
        self.say(*(f"  {number}) {text}" for number, text in enumerate(question.task.items, 1)))
        self.say(*(f"  {name}) {text}" for name, text in wording.named_choices(question)))

    def help(self) -> None:
        """Say which commands there are."""


class PlainStudy(Lines):
    """A study session in lines. What is drawn is left out: the question says it all in words."""

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
            self.say(*hint_lines(question))
        else:
            self.show(question, wording.left_text(question), f" ({wording.kind_text(question)})")
        return self.reply(question, COMMANDS)

    def grade(self, marked: Marked) -> Decision:
        """The verdict and the answer, then a grade."""
        self.say(*_answer_lines(marked))
        keys = KEYS[self._grade_keys]
        while True:
            line = self.read(_grade_prompt(marked, self._grade_keys))
            if line is None:
                return Quit()
            command = command_of(line, _DECISIONS, bare=True)
            if command is not None:
                return command
            if spelt(line, bare=True) == HELP:
                self.help()
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
        line = self.read(_("Enter keeps it; s suspends it:"))
        return Suspend() if line and spelt(line, bare=True) == ":s" else Keep()

    def set_aside(self, card: str, command: Suspend | Bury) -> None:
        """How it comes back."""
        self.say(wording.set_aside_text(card, command))

    def undone(self, undone: TakenBack | None) -> None:
        """What was taken back."""
        self.say(wording.undone_text(undone, self._grade_keys).removeprefix("↶ "))

    def finish(self, closing: Closing) -> Undo | Quit:
        """The last chance for an undo."""
        line = self.read(_("Nothing is left. Enter ends the session; u takes the last answer back:"))
        return Undo() if line and spelt(line, bare=True) == ":u" else Quit()

    def help(self) -> None:
        """Say which commands there are."""
        self.say(
            _(":h shows a hint, :0 the answer when you do not know it; :u takes the last answer back."),
            _(":l puts the card off to the end, :b until tomorrow; :s asks it no more; :q leaves. All is saved."),
            _("Where nothing is typed, the letters alone will do."),
        )

    def close(self, closing: Closing) -> None:
        """The summary."""
        self.say("", *wording.closing_lines(closing))


def lesson_lines(card: Card) -> Iterable[str]:
    """What explains an answer, and where to read again."""
    yield from card.explain.splitlines()
    if card.source:
        yield _("Read again: {source}").format(source=card.source)


def labelled(label: str, given: Given) -> Iterable[str]:
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
    yield from labelled(_("Answer: {given}"), marked.question.task.answer)
    yield from lesson_lines(marked.question.card)


def prompt_text(question: Question) -> str:
    """What is asked for, by the shape of the answer."""
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


def hint_lines(question: Question) -> Iterable[str]:
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


def _command_in(question: Question, line: str, commands: Collection[str], *, exam: bool) -> str:
    """A command with its colon, or what is none. Raises ResponseError for a command that there is not."""
    if not lines.is_typed(question):
        return spelt(line, bare=True)
    return lines.command_in_exam(line, commands) if exam else lines.command_typed(question, line, commands)


def spelt(line: str, *, bare: bool) -> str:
    """A command as it is spelt with its colon, which a letter alone needs not where `bare`."""
    lowered = line.lower()
    return f":{lowered}" if bare and len(lowered) == 1 else lowered


def command_of(line: str, commands: Mapping[str, Command], *, bare: bool) -> Command | None:
    """The command that a line is; None for any other line."""
    return commands.get(spelt(line, bare=bare))
