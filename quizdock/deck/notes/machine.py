"""`[[machine]]`: a state diagram, asked transition by transition."""

import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from quizdock.core.card import Card
from quizdock.core.drawing import Drawing, names_in
from quizdock.core.errors import unknown_name
from quizdock.core.forms import Choice, Option, Recall
from quizdock.core.machine import Machine, Transition
from quizdock.core.message import msg
from quizdock.deck.notes.base import (
    Label,
    MaybeProse,
    Note,
    Strict,
    WrongOption,
    after,
    choice_of,
    duplicates,
    others,
    text_or_table,
)
from quizdock.deck.phrases import Phrases
from quizdock.deck.problems import Path, Problem

WIDEST_DRAWING = 76
"""Columns of a drawing, so that it fits a card in a terminal of 80."""

# These signs join the parts of a card's id.
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^#+>?!\n]*$")]
Names = Annotated[
    list[Name],
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
    Field(max_length=50),
]
DrawingText = Annotated[str, StringConstraints(max_length=8000)]


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


class State(Strict):
    """A state; with a `meaning`, one more card asks for it."""

    name: Name
    meaning: MaybeProse = ""


class TransitionEntry(Strict):
    """In state `from`, `event` leads to state `to`."""

    source: Annotated[Name, Field(alias="from")]
    event: Name
    to: Name
    explain: MaybeProse = ""


class ForbiddenEntry(Strict):
    """State `from` refuses `event`; `why` is shown with the answer."""

    source: Annotated[Name, Field(alias="from")]
    event: Name
    why: MaybeProse = ""


class StateMachine(Note):
    """Next-state, which-event, forbidden-event and meaning cards."""

    title: Label
    states: Annotated[list[Annotated[State, text_or_table("name")]], Field(min_length=2, max_length=50)]
    transitions: Annotated[list[TransitionEntry], Field(min_length=1, max_length=500)]
    start: Name
    end: Names = []
    forbidden: Annotated[list[ForbiddenEntry], Field(max_length=500)] = []
    drawing: DrawingText = ""

    @property
    def machine(self) -> Machine:
        """The machine that the note describes."""
        return Machine(
            tuple(state.name for state in self.states),
            tuple(Transition(each.source, each.event, each.to) for each in self.transitions),
            self.start,
            tuple(self.end),
        )

    def problems(self) -> Iterator[Problem]:
        """States that do not exist or are never reached, two targets for one event, a drawing that does not fit."""
        yield from duplicates((state.name for state in self.states), ("states",), "name")
        unknown = list(self._unknown_states())
        yield from unknown
        if not any(problem.path[0] in ("start", "transitions") for problem in unknown):
            yield from self._unreachable()
        yield from self._two_targets()
        yield from self._forbidden_problems()
        yield from self._drawing_problems()

    def cards(self, phrases: Phrases) -> Iterator[Card]:
        """Every transition, then events between states, refused events, meanings."""
        for transition in self.transitions:
            yield self._next_state(phrases, transition)
        pairs = dict.fromkeys((each.source, each.to) for each in self.transitions)
        for source, target in pairs:
            yield from self._which_event(phrases, source, target)
        for entry in self.forbidden:
            yield from self._forbidden_event(phrases, entry)
        for place, state in enumerate(self.states):
            if state.meaning:
                yield self._meaning(phrases, place, state)

    def _next_state(self, phrases: Phrases, transition: TransitionEntry) -> Card:
        prompt = phrases.next_state.format(title=self.title, state=transition.source, event=transition.event)
        states = self.machine.states
        task = Choice(tuple(Option(state, right=state == transition.to) for state in states))
        hidden = tuple(state for state in states if state != transition.source)
        return self._card(
            f"{transition.source}+{transition.event}",
            prompt,
            task,
            explain=transition.explain or self.explain,
            drawing=self._drawing((transition.source,), hidden),
        )

    def _which_event(self, phrases: Phrases, source: str, target: str) -> Iterator[Card]:
        machine = self.machine
        right = [event for event in machine.accepted(source) if machine.target(source, event) == target]
        task = choice_of(right[0], others(right[0], self._other_events(source, target)))
        if task is not None:
            prompt = phrases.which_event.format(title=self.title, source=source, target=target)
            drawing = self._drawing((source, target), machine.events)
            explains = (each.explain for each in self.transitions if (each.source, each.event) == (source, right[0]))
            yield self._card(
                f"{source}>{target}", prompt, task, explain=next(explains) or self.explain, drawing=drawing
            )

    def _other_events(self, source: str, target: str) -> list[str]:
        """Wrong events for "from source to target", the most instructive first.

        Those that lead elsewhere from the source, those it is known to refuse, then those that never lead to the
        target: an event that leads there from another state might be argued about.
        """
        machine = self.machine
        elsewhere = [event for event in machine.accepted(source) if machine.target(source, event) != target]
        refused = [entry.event for entry in self.forbidden if entry.source == source]
        leading = {each.event for each in self.transitions if each.to == target}
        return [*elsewhere, *refused, *(event for event in machine.events if event not in leading)]

    def _forbidden_event(self, phrases: Phrases, entry: ForbiddenEntry) -> Iterator[Card]:
        accepted = self.machine.accepted(entry.source)
        task = choice_of(entry.event, [WrongOption(text=event) for event in accepted])
        if task is not None:
            prompt = phrases.forbidden_event.format(title=self.title, state=entry.source)
            possible = phrases.accepted_events.format(state=entry.source, events=", ".join(accepted))
            yield self._card(
                f"{entry.source}!{entry.event}",
                prompt,
                task,
                explain="\n".join(filter(None, (entry.why or self.explain, possible))),
                drawing=self._drawing((entry.source,), self.machine.events),
            )

    def _meaning(self, phrases: Phrases, place: int, state: State) -> Card:
        prompt = phrases.meaning.format(title=self.title, state=state.name)
        wrong = others(state.meaning, (other.meaning for other in after(place, self.states)))
        return self.card(
            f"{state.name}?meaning",
            prompt,
            Recall(state.meaning),
            exam=choice_of(state.meaning, wrong),
            drawing=self._drawing((state.name,), ()),
        )

    def _card(self, part: str, prompt: str, task: Choice, **more: Any) -> Card:
        """A card that study and exams ask alike."""
        return self.card(part, prompt, task, exam=task, **more)

    def _drawing(self, focus: tuple[str, ...], hidden: tuple[str, ...]) -> Drawing | None:
        return Drawing(self.drawing.strip("\n"), focus, hidden) if self.drawing.strip() else None

    def _unknown_states(self) -> Iterator[Problem]:
        known = self.machine.states
        named: list[tuple[Path, str]] = [(("start",), self.start)]
        named += [(("end", index), name) for index, name in enumerate(self.end)]
        for index, transition in enumerate(self.transitions):
            named += [
                (("transitions", index, "from"), transition.source),
                (("transitions", index, "to"), transition.to),
            ]
        named += [(("forbidden", index, "from"), entry.source) for index, entry in enumerate(self.forbidden)]
        for path, name in named:
            if name not in known:
                error = unknown_name(msg("there is no state “{name}”", name=name), name, known)
                yield Problem(path, error.message, error.hint)

    def _two_targets(self) -> Iterator[Problem]:
        seen: set[tuple[str, str]] = set()
        for index, each in enumerate(self.transitions):
            if (each.source, each.event) in seen:
                yield Problem(
                    ("transitions", index),
                    msg("“{event}” leads from {state} twice", event=each.event, state=each.source),
                    msg("a state and an event have one target"),
                )
            seen.add((each.source, each.event))

    def _forbidden_problems(self) -> Iterator[Problem]:
        machine = self.machine
        seen: set[tuple[str, str]] = set()
        for index, entry in enumerate(self.forbidden):
            path = ("forbidden", index, "event")
            if entry.event not in machine.events:
                error = unknown_name(
                    msg("no transition has the event “{name}”", name=entry.event), entry.event, machine.events
                )
                yield Problem(path, error.message, error.hint)
            elif machine.target(entry.source, entry.event) is not None:
                yield Problem(
                    path,
                    msg("{state} accepts “{event}”", state=entry.source, event=entry.event),
                    msg("remove one"),
                )
            elif entry.source in machine.states and not machine.accepted(entry.source):
                yield Problem(
                    path,
                    msg("{state} accepts no event at all, so there is nothing to choose between", state=entry.source),
                    msg("ask it with a [[question]]"),
                )
            elif (entry.source, entry.event) in seen:
                yield Problem(path, msg("“{name}” is listed twice", name=entry.event), msg("remove one of them"))
            seen.add((entry.source, entry.event))

    def _unreachable(self) -> Iterator[Problem]:
        reachable = self.machine.reachable()
        for index, state in enumerate(self.states):
            if state.name not in reachable:
                yield Problem(
                    ("states", index),
                    msg("{state} cannot be reached from {start}", state=state.name, start=self.start),
                    msg("add a transition that leads there"),
                )

    def _drawing_problems(self) -> Iterator[Problem]:
        """Lines too wide for a card; names that are not in it and so could be neither marked nor masked."""
        if not self.drawing.strip():
            return
        for number, line in enumerate(self.drawing.strip("\n").splitlines(), 1):
            if _columns(line) > WIDEST_DRAWING:
                yield Problem(
                    ("drawing",),
                    msg("its line {number} is {width} columns wide", number=number, width=_columns(line)),
                    msg("{most} at most", most=WIDEST_DRAWING),
                )
        states, events = self.machine.states, self.machine.events
        for name in sorted({*states} & {*events}):
            yield Problem(
                ("drawing",),
                msg("“{name}” is both a state and an event, which it could not tell apart", name=name),
                msg("give one of the two another name"),
            )
        drawn = names_in(self.drawing, [*states, *events])
        for name in [*states, *(events if drawn.intersection(events) else ())]:
            if name not in drawn:
                yield Problem(
                    ("drawing",),
                    msg("“{name}” is not in it", name=name),
                    msg("write it there exactly as above, with a space on each side"),
                )
