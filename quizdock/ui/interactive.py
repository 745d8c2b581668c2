"""The interactive askers: a card on the screen, one key to reveal, one key to grade."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from rich.console import Console, ConsoleDimensions, RenderableType
from rich.text import Text

from quizdock.core.cleaning import clean
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
from quizdock.core.forms import Shape
from quizdock.core.grading import KEYS
from quizdock.core.message import Message
from quizdock.core.settings import GradeKeys
from quizdock.ui import lines, prompts, render, wording
from quizdock.ui.prompts import Footer, Redraw
from quizdock.ui.theme import THEME, WIDEST
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import translate

_DECISIONS: dict[str, Decision] = {
    "u": Undo(),
    "l": Skip(),
    "s": Suspend(),
    "b": Bury(),
    "q": Quit(),
    "c-d": Quit(),
}
COMMANDS: dict[str, Reply] = {
    "u": Undo(),
    "l": Skip(),
    "s": Suspend(),
    "b": Bury(),
    "h": Hint(),
    "0": DontKnow(),
    "q": Quit(),
    "c-d": Quit(),
}


class _Local(Enum):
    """What the screen answers by itself."""

    WHOLE = "e"
    HELP = "?"


_LOCAL = {each.value: each for each in _Local}
GOOD = 4
"""What Enter gives where only the learner can tell."""


def console() -> Console:
    """The screen: at most as wide as is good to read."""
    return _Screen(theme=THEME, highlight=False)


class _Screen(Console):
    """Follows the terminal's size, up to a good width."""

    @property  # type: ignore[misc]  # rich lets it be set; a terminal's size is only read
    def size(self) -> ConsoleDimensions:
        """Columns and lines as they are now."""
        size = super().size
        return ConsoleDimensions(min(size.width, WIDEST), size.height)


class CardScreen:
    """What study and exam have in common: a card on a clear screen, a notice, pages to look at."""

    def __init__(self, screen: Console) -> None:
        """Draw on this screen."""
        self.screen = screen
        self.notice = ""
        self.is_drawn = False

    def refuse(self, message: Message) -> None:
        """Say why under the next question."""
        self.notice = translate(message)

    def drawn(self, view: render.Sight, question: Question | None, footer: Footer) -> Redraw:
        """Draw the card and how its answer is typed, if it is; returns what draws it again."""
        notice = self.notice
        asked = question if question and lines.is_typed(question) else None
        typing = [Text(f" {wording.typing_text(asked)}", style="quiet")] if asked else []

        def draw() -> None:
            rows = len(self.screen.render_lines(typing[0])) + 1 if typing else len(prompts.footer_rows(footer))
            self.screen.clear()
            self.screen.print(view.fitted(self.screen, rows))
            self.screen.print(Text(f" {notice}", style="half"), no_wrap=True, overflow="ellipsis")
            for line in typing:
                self.screen.print(line)

        draw()
        self.is_drawn = True
        return draw

    def shown(self, view: RenderableType) -> Redraw:
        """Show nothing but this; returns what shows it again."""

        def draw() -> None:
            self.screen.clear()
            self.screen.print(view)

        draw()
        self.is_drawn = True
        return draw

    def look(self, view: Callable[[], RenderableType]) -> None:
        """A page that can be scrolled."""

        def text() -> str:
            with self.screen.capture() as captured:
                self.screen.print(view())
            return captured.get()

        prompts.page(text, [("↑↓", _("scroll")), (_("Enter"), _("back"))])


class InteractiveStudy(CardScreen):
    """A study session on a terminal."""

    def __init__(self, screen: Console, grade_keys: GradeKeys = "six") -> None:
        """Draw on this screen, and grade with six keys or with four."""
        super().__init__(screen)
        self._keys: GradeKeys = grade_keys
        self._typed_before = ""

    def _asked(self, question: Question, footer: Footer) -> Reply:
        """The card on a clear screen, as often as it takes for a reply that says something."""
        view = render.Sight(question)
        footer = with_answering(question, footer)
        while True:
            redraw = self.drawn(view, question, footer)
            try:
                reply = self._reply(question, footer, redraw)
            except ResponseError as error:
                self.refuse(error.message)
                continue
            if isinstance(reply, _Local):
                self._look(reply, view)
                continue
            return reply

    def _look(self, what: "_Local", view: render.Sight) -> None:
        """The whole card, or the keys."""
        self.look(lambda: view.everything(self.screen) if what is _Local.WHOLE else self._help())

    def _reply(self, question: Question, footer: Footer, redraw: Redraw) -> "Reply | _Local":
        choices = [clean(choice) for choice in question.task.choices]
        keys = {**COMMANDS, **_LOCAL}
        match question.task.shape:
            case Shape.NONE:
                reveal: dict[str, Reply | _Local] = {" ": Response(None), "enter": Response(None)}
                reply = prompts.key({**keys, **reveal}, footer, redraw)
            case Shape.ONE:
                reply = as_reply(prompts.one_of("", choices, keys, footer, redraw))
            case Shape.SOME:
                too_few = _("tick at least one")
                reply = as_reply(prompts.some_of("", choices, keys, footer, too_few, redraw))
            case Shape.YES_NO:
                reply = self._truth(keys, footer, redraw)
            case _:
                return self._typed(question, footer, redraw)
        self.notice = ""
        return reply

    def _truth(self, keys: "Mapping[str, Reply | _Local]", footer: Footer, redraw: Redraw) -> "Reply | _Local":
        """The first letters of both words answer, unless they are commands."""
        words = [_("True"), _("False")]
        letters: dict[str, Any] = {word[:1].lower(): index for index, word in enumerate(words)}
        chosen = prompts.one_of("", words, {**letters, **keys}, footer, redraw)
        return Response(chosen == 0) if isinstance(chosen, int) else chosen

    def _typed(self, question: Question, footer: Footer, redraw: Redraw) -> "Reply | _Local":
        """A line; the commands have a colon before them here. Raises ResponseError for one that says nothing."""
        before, self._typed_before = self._typed_before, ""
        typed = prompts.line("›", {"c-d": Quit()}, footer, redraw, before if self.notice else "")
        self.notice = ""
        if not isinstance(typed, str):
            return typed
        named = {f":{name}": reply for name, reply in {**COMMANDS, **_LOCAL}.items() if len(name) == 1}
        self._typed_before = typed
        command = lines.command_typed(question, typed, named)
        if command:
            self._typed_before = ""
            return named[command]
        return Response(lines.response(question, typed.strip()))

    def open(self, opening: Opening) -> None:
        """What today holds, before the first card; who is here for the first time is told how it works."""
        self.notice = wording.opening_text(opening)
        if opening.first and opening.due + opening.new:
            redraw = self.shown(render.welcome_view(wording.welcome_lines(self._keys)))
            prompts.key({" ": None, "enter": None}, [(_("Enter"), _("begin"))], redraw)

    def ask(self, question: Question) -> Reply:
        """A clear screen with the card, then the prompt of its form."""
        return self._asked(question, self._footer(question))

    def grade(self, marked: Marked) -> Decision:
        """The card with its answer, and the keys of the grades."""
        view = render.Sight(marked.question, marked, self._keys)
        keys: dict[str, Decision | _Local] = {key: Graded(grade) for key, grade in KEYS[self._keys].items()}
        proposed = marked.grade if marked.grade is not None else GOOD
        key = wording.key_of(proposed, self._keys)
        keys |= dict.fromkeys(("enter", " "), Graded(KEYS[self._keys][key]))
        names = list(KEYS[self._keys])
        footer = [(f"{names[0]}–{names[-1]}", _("grade")), (_("Enter"), _("takes {grade}").format(grade=key))]
        footer += [("u", _("answer again")), *_aside(), ("e", _("everything")), ("?", _("help")), ("q", _("leave"))]
        while True:
            redraw = self.drawn(view, None, footer)
            decision = prompts.key({**_DECISIONS, **_LOCAL, **keys}, footer, redraw)
            if not isinstance(decision, _Local):
                return decision
            self._look(decision, view)

    def saved(self, saved: Saved) -> None:
        """Said under the next card."""
        self.notice = wording.saved_text(saved, self._keys)
        self._typed_before = ""

    def leech(self, leech: Leech) -> Suspend | Keep:
        """Why this card is a leech; a key suspends it."""
        redraw = self.shown(render.leech_view(wording.leech_lines(leech)))
        keys: dict[str, Suspend | Keep] = {"s": Suspend(), "enter": Keep(), "k": Keep(), " ": Keep(), "c-d": Keep()}
        return prompts.key(keys, [("s", _("suspend")), (_("Enter"), _("keep"))], redraw)

    def set_aside(self, card: str, command: Suspend | Bury) -> None:
        """Said under the next card."""
        self.notice = _("Put off until tomorrow.") if isinstance(command, Bury) else _("Suspended.")
        self.notice += " " + _("u takes that back.")
        self._typed_before = ""

    def undone(self, undone: TakenBack | None) -> None:
        """Said under the card that comes back."""
        self.notice = wording.undone_text(undone, self._keys)
        self._typed_before = ""

    def finish(self, closing: Closing) -> Undo | Quit:
        """The summary, with the last chance for an undo."""
        redraw = self.shown(render.closing_view(closing))
        keys: dict[str, Undo | Quit] = {"u": Undo(), "enter": Quit(), " ": Quit(), "q": Quit(), "c-d": Quit()}
        return prompts.key(keys, [(_("Enter"), _("finish")), ("u", _("undo the last answer"))], redraw)

    def close(self, closing: Closing) -> None:
        """The summary stays on the screen, in the place of the last card."""
        if self.is_drawn:
            self.screen.clear()
        self.screen.print(render.closing_view(closing))

    def _footer(self, question: Question) -> Footer:
        give_up = [] if question.task.shape is Shape.NONE or lines.is_typed(question) else [("0", _("I don't know"))]
        hint = [("h", _("hint"))] if len(question.card.hints) > question.hints else []
        more = [("u", _("undo")), *_aside(), ("e", _("everything")), ("?", _("help")), ("q", _("leave"))]
        return [*give_up, *hint, *more]

    def _help(self) -> RenderableType:
        names = wording.key_names(self._keys)
        grades = [(key, name) for key, _grade, name in names]
        return render.help_view(
            [
                ("h", _("shows a hint; a right answer with one is proposed as hard")),
                ("0", _("shows the answer where you do not know it")),
                ("u", _("takes the last answer of today back; after an answer: asks the same card again")),
                ("l", _("puts the card off to the end of the session")),
                ("b", _("buries it until tomorrow")),
                ("s", _("suspends it; quizdock card resume brings it back")),
                ("e", _("shows everything on the card, to scroll")),
                ("q", _("leaves; every answer is saved already")),
                *typed_help(":u"),
                *grades,
            ],
            _("“{again}” under a grade: the card comes back today until you know it, then after a day.").format(
                again=wording.again_text(1)
            ),
        )


def typed_help(command: str) -> list[tuple[str, str]]:
    """What colons do; in an exam as in study."""
    return [
        (command, _("where something is typed, the same with a colon before it")),
        ("::q", _("where something is typed, the answer “:q”")),
    ]


def as_reply(chosen: Any) -> "Reply | _Local":
    """A choice or ticks as a response; anything else is a command."""
    return Response(chosen) if isinstance(chosen, int | list) else chosen


def _aside() -> list[tuple[str, str]]:
    return [("l", _("later")), ("b", _("bury")), ("s", _("suspend"))]


def with_answering(question: Question, footer: Footer) -> Footer:
    """First what the keys do that answer; where something is typed, commands have a colon."""
    match question.task.shape:
        case Shape.NONE:
            return [(_("Space"), _("show the answer")), *footer]
        case Shape.SOME:
            return [(_("Space"), _("ticks")), (_("Enter"), _("confirms")), *footer]
        case Shape.ONE | Shape.YES_NO:
            return footer
        case _:
            return [(_("Enter"), _("I don't know")), *((f":{name}", meaning) for name, meaning in footer)]
