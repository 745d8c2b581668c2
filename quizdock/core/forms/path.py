"""Path: the events that lead a state machine from one state to another, marked by running it."""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self

from quizdock.core.errors import ResponseError
from quizdock.core.forms.task import Form, Given, Ordered, Shape, Verdict, seeded_order
from quizdock.core.machine import Machine, Transition
from quizdock.core.message import msg, nmsg
from quizdock.core.text import fold

MOST = 1000
"""Events of a response that are read; a longer one is refused."""
LONGEST = 200
"""Characters of an event that are read: no name is longer."""


class Refusal(NamedTuple):
    """In this state, the event is refused, for the reason that the deck gives."""

    state: str
    event: str
    why: str


@dataclass(frozen=True, slots=True)
class Path(Form):
    """From `start` to `goal`, by any way or, where `shortest`, best by the shortest; a response lists events."""

    form: ClassVar[str] = "path"
    shape: ClassVar[Shape] = Shape.PATH

    start: str
    goal: str
    transitions: tuple[Transition, ...]
    refused: tuple[Refusal, ...] = ()
    shortest: bool = False
    shown: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The machine's events, in the order shown."""
        return self.shown or self._machine.events

    @property
    def answer(self) -> Ordered:
        """The events of a shortest path."""
        return Ordered(self._machine.shortest_path(self.start, self.goal) or ())

    def mark(self, response: object) -> Verdict:
        """Credit 1 for any path that ends in the goal; where the shortest is asked for, 0.5 for a longer one."""
        events = self._events(response)
        if not events:
            return Verdict(0.0)
        passed = self._machine.run(self.start, events)
        state = passed[-1]
        if len(passed) <= len(events):
            event = events[len(passed) - 1]
            return Verdict(
                0.0, why=self._why(state, event), detail=msg("{state} refuses “{event}”", state=state, event=event)
            )
        if state != self.goal:
            return Verdict(0.0, detail=msg("that ends in {state}, not in {goal}", state=state, goal=self.goal))
        needed = len(self.answer)
        if self.shortest and len(events) > needed:
            longer = nmsg(
                "it arrives, but {count} event is enough", "it arrives, but {count} events are enough", needed
            )
            return Verdict(0.5, detail=longer)
        return Verdict(1.0)

    def given(self, response: object) -> Given:
        """The events."""
        return self._events(response)

    def arranged(self, seed: str) -> Self:
        """The events on offer in the seed's order."""
        shown = tuple(seeded_order(seed, self._machine.events, str))
        return type(self)(self.start, self.goal, self.transitions, self.refused, self.shortest, shown)

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        return [
            self.start,
            self.goal,
            [[each.source, each.event, each.target] for each in self.transitions],
            [list(each) for each in self.refused],
            int(self.shortest),
            list(self.shown),
        ]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The task that `as_data` wrote."""
        start, goal, transitions, refused, shortest, shown = data
        return cls(
            start,
            goal,
            tuple(Transition(*each) for each in transitions),
            tuple(Refusal(*each) for each in refused),
            bool(shortest),
            tuple(shown),
        )

    @property
    def _machine(self) -> Machine:
        return Machine((), self.transitions, self.start)

    def _why(self, state: str, event: str) -> str:
        return next((each.why for each in self.refused if (each.state, each.event) == (state, event)), "")

    def _events(self, response: object) -> Ordered:
        """The response with every event spelt as the machine does; one that it does not have stays as it is."""
        if not isinstance(response, list) or not all(isinstance(event, str) for event in response):
            raise ResponseError(msg("answer with a list of events"))
        if len(response) > MOST:
            raise ResponseError(msg("that is too long: {limit} events at most", limit=MOST))
        known = self._machine.events
        spelt = {fold(event): event for event in known} | {event: event for event in known}
        typed = [event.strip()[:LONGEST] for event in response if event.strip()]
        return Ordered(spelt.get(event) or spelt.get(fold(event), event) for event in typed)
