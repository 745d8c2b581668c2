"""An exam on a terminal: a question on a clear screen, the time below it, nothing answered by accident."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from quizdock.core.cleaning import clean
from quizdock.core.dialogue import Hint, Quit, Response, Skip, TimeUp
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
    Review,
    SecondsLeft,
    Sitting,
    Submit,
    Sure,
)
from quizdock.core.forms import Ordered, Shape
from quizdock.core.marking import Certainty
from quizdock.ui import exam_views, exam_wording, lines, prompts, render
from quizdock.ui.interactive import CardScreen
from quizdock.ui.prompts import Countdown, Footer, Redraw
from quizdock.ui.translations import gettext as _


class _Local(Enum):
    """What the screen answers by itself."""

    WHOLE = "e"
    HELP = "?"
    STAY = "stay"


_LOCAL = {"e": _Local.WHOLE, "?": _Local.HELP}
COMMANDS: dict[str, ExamReply] = {
    "l": Skip(),
    "b": Back(),
    "m": Flag(),
    "r": Review(),
    "h": Hint(),
    "q": Quit(),
    "c-d": Quit(),
}
_ARROWS: dict[str, ExamReply] = {"right": Skip(), "left": Back()}
_ENTER: dict[str, None] = {" ": None, "enter": None}


class InteractiveExam(CardScreen):
    """An exam on a terminal."""

    def __init__(self, screen: Console) -> None:
        """Draw on this screen."""
        super().__init__(screen)
        self._typed_before = ""
        self._held: object = None
        """What was chosen or ticked but not confirmed when another key was pressed, for the question in `_asked`."""
        self._asked = ""

    def introduce(self, sitting: Sitting) -> None:
        """The whole deal; a key starts the time."""
        redraw = self.shown(exam_views.sitting_view(sitting))
        begin = _("go on") if sitting.resumed else _("begin")
        prompts.key(_ENTER, [(_("Enter"), begin), ("Ctrl-C", _("not now"))], redraw)

    def open(self, sitting: Sitting) -> None:
        """The first question says it all."""

    def ask(self, item: Item, seconds_left: SecondsLeft) -> ExamReply:
        """A clear screen with the question; the time runs below it."""
        if self._asked != item.question.id:
            self._asked, self._held = item.question.id, None
        if item.rules.mode == "practice":
            item = replace(item, given=None, response=None)  # a wrong try is no good start for the next
        countdown = _countdown(seconds_left)
        view = render.Sight(item.question, progress=exam_wording.status_text(item))
        footer = _footer(item)
        while True:
            redraw = self.drawn(view, item.question, [*countdown.footer, *footer])
            try:
                reply = self._reply(item, footer, redraw, countdown)
            except ResponseError as error:
                self.refuse(error.message)
                continue
            self.notice = ""
            match reply:
                case _Local.WHOLE:
                    self.look(lambda: view.everything(self.screen))
                case _Local.HELP:
                    self.look(lambda: render.help_view(_help()))
                case Quit() if not self._leaves(countdown):
                    continue
                case _Local.STAY:
                    continue
                case _:
                    self._typed_before = ""
                    self._held = None if isinstance(reply, Response) else self._held
                    return reply

    def _reply(self, item: Item, footer: Footer, redraw: Redraw, countdown: Countdown) -> ExamReply | _Local:
        task = item.question.task
        choices = [clean(choice) for choice in task.choices]
        keys: Mapping[str, ExamReply | _Local] = {**COMMANDS, **_ARROWS, **_LOCAL}
        untouched = _("Press the number of your answer, then Enter; l goes on without one.")
        match task.shape:
            case Shape.ONE:
                chosen = self._held if self._held is not None else item.response
                place = chosen if isinstance(chosen, int) else None
                return _as_reply(
                    prompts.pick(choices, keys, footer, redraw, countdown, place, untouched, hold=self._hold)
                )
            case Shape.YES_NO:
                said = None if item.response is None else int(item.response is False)
                said = self._held if isinstance(self._held, int) else said
                words = [_("True"), _("False")]
                letters = {word[:1].lower(): place for place, word in enumerate(words)}
                picked = prompts.pick(words, keys, footer, redraw, countdown, said, untouched, letters, self._hold)
                return _as_truth(picked)
            case Shape.SOME:
                ticks = self._held if self._held is not None else item.response
                ticked = ticks if isinstance(ticks, list) else []
                too_few = _("tick at least one")
                return _as_reply(
                    prompts.some_of("", choices, keys, footer, too_few, redraw, countdown, ticked, self._hold)
                )
            case _:
                return self._typed(item, footer, redraw, countdown)

    def _hold(self, so_far: object) -> None:
        """Keep what a prompt held when a key ended it, so that looking at something else loses nothing."""
        self._held = so_far

    def _typed(self, item: Item, footer: Footer, redraw: Redraw, countdown: Countdown) -> ExamReply | _Local:
        """A line; the commands have a colon before them here. Raises ResponseError for one that says nothing."""
        before = self._typed_before or as_typed(item)
        typed = prompts.line("›", {"c-d": Quit()}, footer, redraw, before, countdown)
        if isinstance(typed, TimeUp):
            return _last_line(item, typed)
        if not isinstance(typed, str):
            return typed
        named: dict[str, ExamReply | _Local] = {
            f":{name}": reply for name, reply in {**COMMANDS, **_LOCAL}.items() if len(name) == 1
        }
        self._typed_before = typed
        command = lines.command_in_exam(typed, named)
        if command:
            self._typed_before = ""
            return named[command]
        return Response(lines.response(item.question, typed.strip()))

    def _leaves(self, countdown: Countdown) -> bool:
        """Whether to leave indeed: asked once, since a key is soon pressed."""
        running = _(" The clock goes on.") if countdown.seconds_left() is not None else ""
        text = _("Leave? Every answer is saved; quizdock exam --resume goes on.{running}").format(running=running)
        redraw = self.shown(Text(f"\n {text}", style="half"))
        keys = {"q": True, "y": True, "o": True, "enter": False, "n": False, "escape": False, "c-d": True}
        footer = [("q", _("leave")), (_("Enter"), _("stay"))]
        leaves: bool | TimeUp = prompts.key(keys, footer, redraw, countdown)
        return leaves is True

    def certainty(self, item: Item, seconds_left: SecondsLeft) -> Sure:
        """A key says how sure."""
        countdown = _countdown(seconds_left)
        view = render.Sight(
            item.question, progress=exam_wording.status_text(item), told=[exam_views.given_view(item.given)]
        )
        keys: dict[str, Sure] = {str(int(each)): each for each in Certainty}
        keys |= {"b": Back(), "backspace": Back(), "left": Back(), "q": Quit(), "c-d": Quit()}
        footer = [
            *(
                (str(int(each)), f"{exam_wording.certainty_name(each)} {exam_wording.certainty_stakes(each)}")
                for each in Certainty
            ),
            ("b", _("answer again")),
            ("q", _("leave")),
        ]
        self.notice = _("How sure are you?")
        redraw = self.drawn(view, None, [*countdown.footer, *footer])
        self.notice = ""
        return prompts.key(keys, footer, redraw, countdown)

    def tell(self, assessed: Assessed, seconds_left: SecondsLeft) -> Onward:
        """The mark with the answer; where another try is left, only the mark, under the question."""
        if not assessed.may_be_told:
            self.notice = f"{exam_wording.mark_line(assessed)} · {exam_wording.tries_text(assessed.answer)}"
            return Skip()
        countdown = _countdown(seconds_left)
        progress = exam_wording.number_in_paper(assessed.question)
        view = render.Sight(
            assessed.question, progress=progress, told=[Padding(exam_views.mark_view(assessed), (0, 2))]
        )
        footer = [(_("Enter"), _("next")), ("e", _("everything")), ("q", _("leave"))]
        keys: dict[str, Onward | _Local] = {
            " ": Skip(),
            "enter": Skip(),
            "e": _Local.WHOLE,
            "q": Quit(),
            "c-d": Quit(),
        }
        while True:
            redraw = self.drawn(view, None, [*countdown.footer, *footer])
            reply = prompts.key(keys, footer, redraw, countdown)
            if not isinstance(reply, _Local):
                return reply
            self.look(lambda: view.everything(self.screen))

    def review(self, overview: Overview, seconds_left: SecondsLeft) -> ExamReply:
        """The whole paper to look through; a key submits it."""
        countdown = _countdown(seconds_left)
        chosen: int | ExamReply
        footer = [
            ("s", _("submit")),
            (_("Enter"), _("go to the question")),
            ("↑↓", _("move")),
            ("b", _("back")),
            ("q", _("leave")),
        ]
        keys: dict[str, ExamReply] = {"s": Submit(), "b": Back(), "left": Back(), "q": Quit(), "c-d": Quit()}
        while True:
            redraw = self.shown(exam_views.overview_view(overview))
            chosen = prompts.from_list(exam_views.paper_lines(overview.lines), keys, footer, redraw, countdown)
            self.notice = ""
            match chosen:
                case int(place):
                    return GoTo(overview.lines[place].number)
                case Submit() if overview.unanswered and not self._submits(overview, countdown):
                    continue
                case Quit() if not self._leaves(countdown):
                    continue
                case _:
                    return chosen

    def _submits(self, overview: Overview, countdown: Countdown) -> bool:
        """Whether to submit indeed, with questions unanswered."""
        text = f"{exam_wording.unfinished_text(overview)} {_('Submit all the same?')}"
        redraw = self.shown(Text(f"\n {text}", style="half"))
        keys = {"s": True, "y": True, "o": True, "enter": False, "n": False, "escape": False, "c-d": False}
        footer = [("s", _("submit")), (_("Enter"), _("go on answering"))]
        return prompts.key(keys, footer, redraw, countdown) is True

    def close(self, outcome: Outcome) -> bool:
        """The result, then the mistakes one by one; whether they are to come into study."""
        if self.is_drawn:
            self.screen.clear()
        record = outcome.record
        if record is None:
            self.screen.print(exam_views.left_view(outcome))
            return False
        self.screen.print(exam_views.result_view(record))
        if studied := exam_wording.studied_text(outcome):
            self.screen.print(Text(f" {studied}", style="quiet"))
        try:
            return self._go_through(record.mistakes, asks=not outcome.studies_mistakes)
        except KeyboardInterrupt:
            return False

    def _go_through(self, mistakes: Sequence[Assessed], *, asks: bool) -> bool:
        """Mistake after mistake; whether the learner wants them in study."""
        study = [("s", _("bring the mistakes into study"))] if asks else []
        keys = {" ": "", "enter": "", "q": "q", "c-d": "q", **({"s": "s"} if asks else {})}
        for number, mistake in enumerate(mistakes, 1):
            see = _("next mistake") if number > 1 else _("see the mistakes")
            pressed = prompts.key(keys, [(_("Enter"), see), *study, ("q", _("leave"))])
            if pressed:
                return pressed == "s"
            self.screen.print(exam_views.mistake_view(mistake, number, len(mistakes)))
        return bool(mistakes and asks) and prompts.key(keys, [*study, (_("Enter"), _("finish"))]) == "s"


def go_through(screen: Console, questions: Sequence[Assessed]) -> None:
    """Questions with their answers and marks one by one, until the learner has seen all or leaves."""
    for number, each in enumerate(questions, 1):
        see = _("next") if number > 1 else _("see them")
        keys = {" ": False, "enter": False, "q": True, "c-d": True}
        try:
            if prompts.key(keys, [(_("Enter"), see), ("q", _("leave"))]):
                return
        except KeyboardInterrupt:
            return
        screen.print(exam_views.question_view(each, len(questions)))


def as_typed(item: Item) -> str:
    """What was answered before, as it would be typed; empty where nothing was."""
    given, response = item.given, item.response
    if given is None or item.answer.credit is None:
        return ""
    if isinstance(given, str):
        return given
    if isinstance(response, list) and all(isinstance(each, int) for each in response):
        names = [lines.letter(each) if item.question.task.items else str(each + 1) for each in response]
        return " ".join(names)
    texts = [text for text in given if isinstance(text, str)] if isinstance(given, tuple) else []
    return ("; " if isinstance(given, Ordered) else ", ").join(texts)


def _last_line(item: Item, time_up: TimeUp) -> TimeUp:
    """What was being typed when the time was up, as a response, if it is one."""
    if not isinstance(time_up.value, str):
        return time_up
    try:
        return TimeUp(lines.response(item.question, time_up.value.strip()))
    except ResponseError:
        return TimeUp()


def _as_reply(chosen: Any) -> ExamReply | _Local:
    return Response(chosen) if isinstance(chosen, int | list) else chosen


def _as_truth(chosen: Any) -> ExamReply | _Local:
    """The first of both words is true."""
    if isinstance(chosen, TimeUp):
        return TimeUp(None if chosen.value is None else chosen.value == 0)
    return Response(chosen == 0) if isinstance(chosen, int) else chosen


def _countdown(seconds_left: SecondsLeft) -> Countdown:
    return Countdown(seconds_left, exam_wording.countdown_text)


def _footer(item: Item) -> Footer:
    has_hint = item.rules.mode == "practice" and len(item.question.card.hints) > item.answer.hints
    hint = [("h", _("hint"))] if has_hint else []
    flag = _("no flag ⚑") if item.answer.flagged else _("flag")
    more = [
        ("l", _("later")),
        ("b", _("back")),
        ("m", flag),
        ("r", _("paper")),
        *hint,
    ]
    more += [("e", _("everything")), ("?", _("help")), ("q", _("leave"))]
    match item.question.task.shape:
        case Shape.ONE | Shape.YES_NO:
            return [("1–9", _("choose")), (_("Enter"), _("confirm")), *more]
        case Shape.SOME:
            return [("1–9", _("tick")), (_("Enter"), _("confirm")), *more]
        case _:
            return [(_("Enter"), _("confirm")), *((f":{name}", meaning) for name, meaning in more)]


def _help() -> list[tuple[str, str]]:
    return [
        (_("Enter"), _("confirms the answer; it can be changed until you submit, unless marks are told at once")),
        ("l →", _("goes on without an answer")),
        ("b ←", _("goes back")),
        ("m", _("marks the question with a flag, or takes the flag away")),
        ("r", _("shows the whole paper, and submits it")),
        ("h", _("shows a hint, in practice")),
        ("e", _("shows everything on the card, to scroll")),
        ("q", _("leaves; quizdock exam --resume goes on")),
        (":l", _("where something is typed, the same with a colon before it")),
        ("::q", _("where something is typed, the answer “:q”")),
    ]
