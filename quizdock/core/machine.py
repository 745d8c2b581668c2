"""State machines: what a deck's state diagram means."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Transition:
    """In state `source`, `event` leads to `target`."""

    source: str
    event: str
    target: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A deterministic state machine: states in the author's order, one target for a state and an event."""

    states: tuple[str, ...]
    transitions: tuple[Transition, ...]
    start: str
    end: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[str, ...]:
        """Every event once, in the order of the transitions."""
        return tuple(dict.fromkeys(transition.event for transition in self.transitions))

    def target(self, state: str, event: str) -> str | None:
        """Where the event leads from the state, or None where the state refuses it."""
        for transition in self.transitions:
            if (transition.source, transition.event) == (state, event):
                return transition.target
        return None

    def accepted(self, state: str) -> tuple[str, ...]:
        """The events that the state accepts."""
        return tuple(transition.event for transition in self.transitions if transition.source == state)

    def run(self, state: str, events: Iterable[str]) -> list[str]:
        """The states passed, the first included, up to where an event is refused or the events end."""
        passed = [state]
        for event in events:
            target = self.target(passed[-1], event)
            if target is None:
                break
            passed.append(target)
        return passed

    def shortest_path(self, start: str, goal: str) -> tuple[str, ...] | None:
        """The events of a shortest path, the first in the author's order; None if there is none."""
        found: dict[str, tuple[str, ...]] = {start: ()}
        waiting = deque([start])
        while waiting and goal not in found:
            state = waiting.popleft()
            for transition in self.transitions:
                if transition.source == state and transition.target not in found:
                    found[transition.target] = (*found[state], transition.event)
                    waiting.append(transition.target)
        return found.get(goal)

    def walk_from(self, state: str, length: int) -> tuple[str, ...]:
        """The events of the first walk of this length that does not end where it began; empty if there is none."""
        return next((events for events, end in self._walks((state,), length) if end != state), ())

    def _walks(self, passed: tuple[str, ...], length: int) -> Iterator[tuple[tuple[str, ...], str]]:
        """The walks of so many events on from the last state passed, with their ends; into new states first."""
        if not length:
            yield (), passed[-1]
            return
        ways: dict[str, str] = {}
        for each in self.transitions:
            if each.source == passed[-1]:
                ways.setdefault(each.target, each.event)
        for target, event in sorted(ways.items(), key=lambda way: way[0] in passed):
            for events, end in self._walks((*passed, target), length - 1):
                yield (event, *events), end

    def reachable(self) -> set[str]:
        """The states that can be reached from the start, the start included."""
        seen = {self.start}
        waiting = [self.start]
        while waiting:
            state = waiting.pop()
            targets = {transition.target for transition in self.transitions if transition.source == state}
            waiting.extend(targets - seen)
            seen |= targets
        return seen
