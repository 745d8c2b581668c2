"""The interactive askers: a card on the screen, one key to reveal, one key to grade."""

from gettext import gettext as _

from rich.console import Console, ConsoleDimensions
from rich.text import Text

from quizdock.core.dialogue import (
    Closing,
    Decision,
    Graded,
    Marked,
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
from quizdock.core.errors import ResponseError
from quizdock.core.forms import Shape
from quizdock.core.message import Message
from quizdock.core.sm2 import GRADES
from quizdock.core.text import clean
from quizdock.ui import lines, prompts, render, wording
from quizdock.ui.theme import THEME
from quizdock.ui.translations import translate

_COMMANDS: dict[str, Reply] = {"u": Undo(), "l": Skip(), "q": Quit(), "c-d": Quit()}
_EXAM_COMMANDS: dict[str, Reply] = {"l": Skip(), "q": Quit(), "c-d": Quit()}


def console() -> Console:
    """The screen: at most as wide as is good to read."""
    return _Screen(theme=THEME, highlight=False)


class _Screen(Console):
    """Follows the terminal's size, up to a good width."""

    @property  # type: ignore[misc]  # rich lets it be set; a terminal's size is only read
    def size(self) -> ConsoleDimensions:
        """Columns and lines as they are now."""
        size = super().size
        return ConsoleDimensions(min(size.width, render.WIDEST), size.height)


class _Asker:
    """What study and exam have in common."""

    def __init__(self, screen: Console) -> None:
        self._screen = screen
        self._notice = ""

    def refuse(self, message: Message) -> None:
        """Say why under the next question."""
        self._notice = translate(message)

    def _asked(
        self, question: Question, commands: dict[str, Reply], footer: list[tuple[str, str]], *, exam: bool = False
    ) -> Reply:
        """The card on a clear screen, as often as it takes for a reply that says something."""
        while True:
            self._screen.clear()
            self._screen.print(render.screen_view(self._screen, question, exam=exam))
            try:
                return self._reply(question, commands, footer)
            except ResponseError as error:
                self.refuse(error.message)

    def _reply(self, question: Question, commands: dict[str, Reply], footer: list[tuple[str, str]]) -> Reply:
        choices = [clean(choice) for choice in question.task.choices]
        match question.task.shape:
            case Shape.NONE:
                reveal: dict[str, Reply] = {" ": Response(None), "enter": Response(None)}
                self._screen.print(Text(f" {self._take_notice()}", style="half"))
                return prompts.key({**reveal, **commands}, [(_("Space"), _("show the answer")), *footer])
            case Shape.ONE:
                return _as_reply(prompts.one_of(self._take_notice(), choices, commands, footer))
            case Shape.SOME:
                keys = [(_("Space"), _("ticks")), (_("Enter"), _("confirms"))]
                too_few = _("tick at least one")
                return _as_reply(prompts.some_of(self._take_notice(), choices, commands, [*keys, *footer], too_few))
            case Shape.YES_NO:
                chosen = prompts.one_of(self._take_notice(), [_("True"), _("False")], commands, footer)
                return Response(chosen == 0) if isinstance(chosen, int) else chosen
            case _:
                return self._typed(question, footer)

    def _typed(self, question: Question, footer: list[tuple[str, str]]) -> Reply:
        """A line; the commands have a colon before them here. Raises ResponseError for one that says nothing."""
        keys: dict[str, Reply] = {"c-d": Quit()}
        hints = [(_("Enter"), _("I don't know")), *((f":{name}", meaning) for name, meaning in footer)]
        self._screen.print(Text(f" {self._take_notice()}", style="half"))
        self._screen.print(Text(f" {wording.typing_text(question)}", style="quiet"))
        typed = prompts.line("›", keys, hints)
        if not isinstance(typed, str):
            return typed
        command = {f":{name}": reply for name, reply in _COMMANDS.items()}.get(typed.strip().lower())
        return command or Response(lines.response(question, typed.strip()))

    def _take_notice(self) -> str:
        """What is to be said under the card, once."""
        notice, self._notice = self._notice, ""
        return notice


class InteractiveStudy(_Asker):
    """A study session on a terminal."""

    def open(self, opening: Opening) -> None:
        """What today holds, before the first card."""
        self._notice = wording.opening_text(opening)

    def ask(self, question: Question) -> Reply:
        """A clear screen with the card, then the prompt of its form."""
        return self._asked(question, _COMMANDS, _study_footer())

    def grade(self, marked: Marked) -> Decision:
        """The card with its answer, and the six keys."""
        self._screen.clear()
        below = [render.answer_view(marked), render.grades_view(marked)]
        self._screen.print(render.screen_view(self._screen, marked.question, below, revealed=True))
        keys: dict[str, Decision] = {str(grade): Graded(grade) for grade in GRADES}
        keys |= {"u": Undo(), "l": Skip(), "q": Quit(), "c-d": Quit()}
        footer = [("0–5", _("grade")), *_study_footer()]
        if marked.grade is not None:
            keys |= {"enter": Graded(marked.grade), " ": Graded(marked.grade)}
            footer.insert(1, (_("Enter"), _("takes {grade}").format(grade=marked.grade)))
        return prompts.key(keys, footer)

    def saved(self, saved: Saved) -> None:
        """Said under the next card."""
        interval = wording.interval_text(saved.schedule.interval)
        again = _("again today, then in {interval}") if saved.again_today else _("next in {interval}")
        self._notice = _("✓ Saved: {grade}, {again}").format(grade=saved.grade, again=again.format(interval=interval))

    def undone(self, card: str | None) -> None:
        """Said under the card that comes back."""
        self._notice = _("↶ Taken back: {card}").format(card=card) if card else _("There is nothing to undo.")

    def close(self, closing: Closing) -> None:
        """The summary stays on the screen."""
        if closing.reviews + closing.drills or closing.interrupted:
            self._screen.clear()
        self._screen.print(render.closing_view(closing))


class InteractiveExam(_Asker):
    """An exam on a terminal."""

    def open(self, sitting: Sitting) -> None:
        """What the exam is; a key starts it."""
        self._screen.clear()
        self._screen.print(render.sitting_view(sitting))
        prompts.key({" ": None, "enter": None}, [(_("Enter"), _("begin"))])

    def ask(self, question: Question) -> Reply:
        """A clear screen with the question."""
        return self._asked(question, _EXAM_COMMANDS, [("l", _("later")), ("q", _("leave"))], exam=True)

    def close(self, outcome: Outcome) -> None:
        """The result, then the mistakes one by one."""
        self._screen.clear()
        self._screen.print(render.outcome_view(outcome))
        if outcome.interrupted or not outcome.result:
            return
        try:
            self._go_through(outcome)
        except KeyboardInterrupt:
            return

    def _go_through(self, outcome: Outcome) -> None:
        for number, mistake in enumerate(outcome.mistakes, 1):
            footer = [
                (_("Enter"), _("next mistake") if number > 1 else _("see the mistakes")),
                ("q", _("leave")),
            ]
            if prompts.key({" ": False, "enter": False, "q": True, "c-d": True}, footer):
                return
            self._screen.print(render.mistake_view(mistake, number, len(outcome.mistakes)))


def _as_reply(chosen: int | list[int] | Reply) -> Reply:
    return Response(chosen) if isinstance(chosen, int | list) else chosen


def _study_footer() -> list[tuple[str, str]]:
    return [("u", _("undo")), ("l", _("later")), ("q", _("leave"))]
