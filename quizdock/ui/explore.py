"""Exploring a state machine: the words, and the walk in lines of text."""

from collections.abc import Iterable
from typing import TextIO

from quizdock.core.machine import Transition
from quizdock.core.walk import (
    Diagram,
    Listed,
    Moved,
    Refused,
    Remark,
    Restarted,
    Sight,
    Undone,
    Unknown,
    Walk,
    Wish,
    numbered,
    spelling,
)
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext


class PlainExplore:
    """A walk in lines."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        """Read lines from `source`, write lines to `sink`."""
        self._source = source
        self._sink = sink

    def open(self, diagram: Diagram) -> None:
        """What is explored, and the commands."""
        commands = ", ".join(f"{key} {meaning}" for key, meaning in commands_of(diagram))
        self._say(diagram.title, _("Type an event. Commands: {commands}.").format(commands=commands))

    def ask(self, sight: Sight) -> str | None:
        """What came of the last line; the state with the drawing, unless the walk stays where it was; then a line."""
        self._say(*remark_lines(sight))
        if not _stays(sight.remark):
            self._say("", *state_lines(sight), *_drawing_lines(sight))
        prompt = _("Event:")
        self._sink.write(f"{prompt} " if self._source.isatty() else f"{prompt}\n")
        self._sink.flush()
        return self._source.readline() or None

    def close(self, walk: Walk) -> None:
        """The path taken."""
        self._say("", summary_text(walk))

    def _say(self, *lines: str) -> None:
        self._sink.writelines(f"{line}\n" for line in lines)
        self._sink.flush()


def commands_of(diagram: Diagram) -> list[tuple[str, str]]:
    """What can be typed besides events, and its meaning."""
    meanings = {
        Wish.POSSIBLE: _("possible events"),
        Wish.UNDO: _("undo"),
        Wish.RESTART: _("start again"),
        Wish.LEAVE: _("leave"),
    }
    return [(spelling(wish, diagram.machine), meaning) for wish, meaning in meanings.items()]


def count_text(walk: Walk) -> str:
    """How far the walk is."""
    return ngettext("{n} event so far", "{n} events so far", len(walk.steps)).format(n=len(walk.steps))


def state_lines(sight: Sight) -> list[str]:
    """The state and how far the walk is, what the state means, and where the walk ends."""
    return [
        _("State: {state} ({count})").format(state=sight.walk.state, count=count_text(sight.walk)),
        *sight.diagram.meanings.get(sight.walk.state, "").splitlines(),
        *end_lines(sight.walk),
    ]


def end_lines(walk: Walk) -> list[str]:
    """A word on an end state; another where no event leads on."""
    lines = [_("{state} is an end state.").format(state=walk.state)] if walk.at_end else []
    if not walk.possible:
        undo, restart = spelling(Wish.UNDO, walk.machine), spelling(Wish.RESTART, walk.machine)
        lines.append(_("No event leads on: {undo} undoes, {restart} starts again.").format(undo=undo, restart=restart))
    return lines


def remark_lines(sight: Sight) -> list[str]:
    """What came of the last line."""
    match sight.remark:
        case None:
            return []
        case Moved(step, explain):
            return [_step_text(step), *explain.splitlines()]
        case Refused(state, event, why):
            refused = _("{state} refuses “{event}”.").format(state=state, event=event)
            return [refused, *why.splitlines(), possible_text(sight.walk)]
        case Unknown(typed, near):
            unknown = _("There is no event “{typed}”.").format(typed=typed)
            hint = _("Did you mean {near}?").format(near=near) if near else possible_text(sight.walk)
            return [unknown, hint]
        case Listed():
            return [possible_text(sight.walk)]
        case Undone(step):
            return [_("Taken back: {event}.").format(event=step.event) if step else _("There is nothing to undo.")]
        case Restarted():
            return [_("Back at the start.")]


def possible_text(walk: Walk) -> str:
    """The events that are possible, with the numbers that stand for them."""
    if not walk.possible:
        return _("No event is possible here.")
    signs = [f"{number} " if numbered(walk.machine) else "" for number in range(1, len(walk.possible) + 1)]
    events = " · ".join(f"{sign}{event}" for sign, event in zip(signs, walk.possible, strict=True))
    return _("Possible here: {events}").format(events=events)


def summary_text(walk: Walk) -> str:
    """The path taken, in a line."""
    path = walk.machine.start + "".join(f" ─ {step.event} → {step.target}" for step in walk.steps)
    return ngettext("{n} event: {path}", "{n} events: {path}", len(walk.steps)).format(n=len(walk.steps), path=path)


def _stays(remark: Remark | None) -> bool:
    return isinstance(remark, Refused | Unknown | Listed) or remark == Undone(None)


def _step_text(step: Transition) -> str:
    return _("{event}: {source} → {target}").format(event=step.event, source=step.source, target=step.target)


def _drawing_lines(sight: Sight) -> Iterable[str]:
    pieces = sight.diagram.drawn(sight.walk.state).pieces(revealed=True)
    return "".join(piece.text for piece in pieces).splitlines()
