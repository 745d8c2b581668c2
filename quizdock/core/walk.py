"""Walking a state machine by hand: what was typed, where it leads, and what is to be said about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from quizdock.core.cleaning import echo
from quizdock.core.drawing import Drawing, columns
from quizdock.core.forms.task import LONGEST_LINE
from quizdock.core.machine import Machine, Transition
from quizdock.core.text import fold, nearest

_ROW = 74
"""Columns of a row of states, where the deck has no drawing."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """A deck's machine with its author's words.

    `meanings` are by state, `refusals` (why a state refuses an event) by (state, event), `explains` by transition.
    """

    id: str
    title: str
    machine: Machine
    drawing: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)
    refusals: Mapping[tuple[str, str], str] = field(default_factory=dict)
    explains: Mapping[Transition, str] = field(default_factory=dict)

    def drawn(self, state: str) -> Drawing:
        """The drawing with the state in focus; rows of states where the deck has none. To be shown revealed.

        All other names count as hidden, so that the state is not taken for a part of one of them.
        """
        states = self.machine.states
        others = tuple(name for name in dict.fromkeys([*states, *self.machine.events]) if name != state)
        return Drawing(self.drawing or _rows(states), (state,), others)


@dataclass(frozen=True, slots=True)
class Walk:
    """A machine and the transitions taken from its start."""

    machine: Machine
    steps: tuple[Transition, ...] = ()

    @property
    def state(self) -> str:
        """Where the walk is."""
        return self.steps[-1].target if self.steps else self.machine.start

    @property
    def possible(self) -> tuple[str, ...]:
        """The events that the state accepts."""
        return self.machine.accepted(self.state)

    @property
    def at_end(self) -> bool:
        """Whether the state is an end state."""
        return self.state in self.machine.end

    def after(self, event: str) -> "Walk | None":
        """The walk one event further, or None where the state refuses it."""
        target = self.machine.target(self.state, event)
        if target is None:
            return None
        return Walk(self.machine, (*self.steps, Transition(self.state, event, target)))

    def undone(self) -> "Walk":
        """The walk without its last event; the same walk at the start."""
        return Walk(self.machine, self.steps[:-1])


class Wish(Enum):
    """What can be typed besides an event."""

    POSSIBLE = "?"
    UNDO = "u"
    RESTART = "r"
    LEAVE = "q"


class Moved(NamedTuple):
    """An event was accepted; `explain` is the deck's, or empty."""

    step: Transition
    explain: str


class Refused(NamedTuple):
    """The state refuses the event; `why` is the deck's, or empty."""

    state: str
    event: str
    why: str


class Unknown(NamedTuple):
    """The machine has no such event; `near` is the nearest one, or empty."""

    typed: str
    near: str


class Listed(NamedTuple):
    """It was asked which events are possible."""


class Undone(NamedTuple):
    """The step was taken back; None if there was none."""

    step: Transition | None


class Restarted(NamedTuple):
    """The walk begins anew."""


Remark = Moved | Refused | Unknown | Listed | Undone | Restarted


class Sight(NamedTuple):
    """What is to be shown: the diagram, the walk in it, and what to say about the last line (None: the first sight)."""

    diagram: Diagram
    walk: Walk
    remark: Remark | None = None

    def after(self, typed: str) -> "Sight | None":
        """The sight once a line was typed; None to leave."""
        heard = _heard(typed, self.walk)
        match heard:
            case Wish.LEAVE:
                return None
            case Wish.POSSIBLE:
                return self._replace(remark=Listed())
            case Wish.UNDO:
                last = self.walk.steps[-1] if self.walk.steps else None
                return Sight(self.diagram, self.walk.undone(), Undone(last))
            case Wish.RESTART:
                return Sight(self.diagram, Walk(self.walk.machine), Restarted())
            case Unknown():
                return self._replace(remark=heard)
            case event:
                return self._after_event(event)

    def _after_event(self, event: str) -> "Sight":
        state, moved = self.walk.state, self.walk.after(event)
        if moved is None:
            return self._replace(remark=Refused(state, event, self.diagram.refusals.get((state, event), "")))
        step = moved.steps[-1]
        return Sight(self.diagram, moved, Moved(step, self.diagram.explains.get(step, "")))


def spelling(wish: Wish, machine: Machine) -> str:
    """How the wish is typed: with a colon before it where an event has its letter for a name."""
    return f":{wish.value}" if any(fold(event) == wish.value for event in machine.events) else wish.value


def numbered(machine: Machine) -> bool:
    """Whether a number stands for a possible event."""
    return are_numbered(machine.events)


def are_numbered(events: Iterable[str]) -> bool:
    """Whether a number stands for one of these events: not where one itself is called by a number."""
    return not any(fold(event).isdecimal() for event in events)


def _heard(typed: str, walk: Walk) -> Wish | Unknown | str:
    """What a line means: a wish, or an event by its name or number. An empty line asks what is possible."""
    typed = typed.strip()
    if len(typed) > LONGEST_LINE:
        return Unknown(echo(typed), "")
    folded = fold(typed) or Wish.POSSIBLE.value
    wishes = {text: wish for wish in Wish for text in (f":{wish.value}", spelling(wish, walk.machine))}
    if folded in wishes:
        return wishes[folded]
    event = _named(typed, walk)
    if event is not None:
        return event
    shown = echo(typed)
    return Unknown(shown, nearest(shown, walk.machine.events))


def _named(typed: str, walk: Walk) -> str | None:
    """The event of this name, in this very spelling if there are several, and possible rather than not."""
    same = [event for event in walk.machine.events if fold(event) == fold(typed)]
    if same:
        return max(same, key=lambda event: (event == typed, event in walk.possible))
    places = {str(number): event for number, event in enumerate(walk.possible, 1)} if numbered(walk.machine) else {}
    return places.get(typed)


def _rows(states: tuple[str, ...]) -> str:
    """The states one beside the other, with room for the marks of the one in focus."""
    rows = [""]
    for state in states:
        if rows[-1] and columns(rows[-1]) + columns(state) + 3 > _ROW:
            rows.append("")
        rows[-1] += f"  {state} "
    return "\n".join(rows)
