"""`[[machine]]`: a state diagram, asked transition by transition."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field, StringConstraints

from quizdock.core.card import Card
from quizdock.core.drawing import Drawing, columns, names_in
from quizdock.core.errors import unknown_name
from quizdock.core.forms import Choice, Option, Recall, Refusal, Task
from quizdock.core.forms import Path as PathTask
from quizdock.core.machine import Machine, Transition
from quizdock.core.message import msg
from quizdock.deck.notes.base import (
    NONE_LISTED,
    Derive,
    Deriving,
    Label,
    MaybeProse,
    Strict,
    WrongOption,
    after,
    choice_of,
    duplicates,
    exam_choice,
    examined,
    in_language,
    listed_twice,
    others,
    text_or_table,
)
from quizdock.deck.problems import Path, Problem

MOST_ON_OFFER = 8
"""States or events that a choice offers."""
MOST_WALKS = 4
"""Paths, and traces, that are derived unasked."""
SHORTEST_PATH, TRACE_LENGTH = 2, 3
"""Events that make a path worth asking unasked; events of a trace that the author did not write."""
WIDEST_DRAWING = 76
"""Columns of a drawing, so that it fits a card in a terminal of 80."""

# These signs join the parts of a card's id, or stand between events that a learner types.
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^#+>?!~,;\n]*$")
]
Names = Annotated[
    list[Name],
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
    Field(max_length=50),
]
DrawingText = Annotated[str, StringConstraints(max_length=8000)]


def _near(right: str, names: Sequence[str], offered: Collection[str]) -> list[str]:
    """The right name and those on offer that follow it, MOST_ON_OFFER in all, in the author's order."""
    following = [name for name in after(names.index(right), names) if name in offered and name != right]
    near = {right, *following[: MOST_ON_OFFER - 1]}
    return [name for name in names if name in near]


def _repeats(key: str, entries: Sequence[tuple[str, ...]]) -> Iterator[Problem]:
    for index, entry in enumerate(entries):
        if entry in entries[:index]:
            yield listed_twice((key, index), ", ".join(entry))


class _Phrases(NamedTuple):
    """What its cards ask, in one language."""

    next_state: str
    which_event: str
    forbidden_event: str
    accepted_events: str
    meaning: str
    path: str
    shortest_path: str
    trace: str


_PHRASES = {
    "en": _Phrases(
        next_state="{title}\nIn state {state}, what does “{event}” lead to?",
        which_event="{title}\nWhich event leads from {source} to {target}?",
        forbidden_event="{title}\nWhich event does state {state} refuse?",
        accepted_events="In state {state}, these are possible: {events}.",
        meaning="{title}\nWhat does the state {state} mean?",
        path="{title}\nWhich events, one after the other, lead from {source} to {target}? Any way will do.",
        shortest_path="{title}\nWhich events, one after the other, lead from {source} to {target} by the shortest way?",
        trace="{title}\nFrom {source}: {events}. Where does that end?",
    ),
    "fr": _Phrases(
        next_state="{title}\nDepuis l'état {state}, vers quel état mène « {event} » ?",
        which_event="{title}\nQuel événement fait passer de l'état {source} à l'état {target} ?",
        forbidden_event="{title}\nQuel événement est refusé dans l'état {state} ?",
        accepted_events="Dans l'état {state}, sont possibles : {events}.",
        meaning="{title}\nQue signifie l'état {state} ?",
        path="{title}\nQuels événements mènent, dans l'ordre, de l'état {source} à l'état {target} ?"
        " Tout chemin convient.",
        shortest_path="{title}\nQuels événements mènent, dans l'ordre, de l'état {source} à l'état {target}"
        " par le plus court chemin ?",
        trace="{title}\nDepuis l'état {source} : {events}. Où arrive-t-on ?",
    ),
}


class State(Strict):
    """A state; with a `meaning`, one more card asks for it."""

    KEYS = {
        "name": "The state's name; progress hangs on it.",
        "meaning": "What it means; makes a card of its own.",
    }

    name: Name
    meaning: MaybeProse = ""
    explain: MaybeProse = ""


class Leaving(Strict):
    """What begins in the state `from`."""

    KEYS = {
        "from": "The state that it begins in.",
    }

    source: Annotated[Name, Field(alias="from")]


class TransitionEntry(Leaving):
    """In state `from`, `event` leads to state `to`."""

    KEYS = {
        "to": "The state that it leads to.",
        "event": "The event's name; progress hangs on it.",
    }

    event: Name
    to: Name
    explain: MaybeProse = ""


class ForbiddenEntry(Leaving):
    """State `from` refuses `event`; `why` is shown with the answer."""

    KEYS = {
        "event": "The event's name; progress hangs on it.",
    }

    event: Name
    why: MaybeProse = ""


class PathEntry(Leaving):
    """From one state to another; with `shortest`, a longer way earns half."""

    KEYS = {
        "to": "The state that it leads to.",
        "shortest": "Give half the points to a longer way.",
    }

    to: Name
    shortest: bool = False
    explain: MaybeProse = ""


class TraceEntry(Leaving):
    """A row of events from a state: where does it end?"""

    KEYS = {
        "events": "The events, in order.",
    }

    events: Annotated[list[Name], Field(min_length=1, max_length=20)]
    explain: MaybeProse = ""


class StateMachine(Deriving):
    """A state diagram: next-state, which-event, forbidden-event, meaning, path and trace cards."""

    KEYS = {
        "states": "Names of states, or { name = …, meaning = … }.",
        "transitions": "Which event leads from which state to which.",
        "start": "The state in which the machine begins.",
        "end": "The states in which it ends, if any.",
        "forbidden": "Events that a state refuses, with the reason.",
        "drawing": "The diagram in characters: every state as above, every event or none, 76 columns at most.",
        "paths": "Ways to ask for. Without them, QuizDock chooses some.",
        "traces": "Rows of events to follow. Without them, QuizDock chooses some.",
    }

    DERIVATIONS = ("next", "event", "forbidden", "meaning", "path", "trace")

    title: Label
    states: Annotated[list[Annotated[State, text_or_table("name")]], Field(min_length=2, max_length=50)]
    transitions: Annotated[list[TransitionEntry], Field(min_length=1, max_length=500)]
    start: Name
    end: Names = NONE_LISTED
    forbidden: Annotated[list[ForbiddenEntry], Field(max_length=500)] = NONE_LISTED
    drawing: DrawingText = ""
    paths: Annotated[list[PathEntry], Field(max_length=50)] = NONE_LISTED
    traces: Annotated[list[TraceEntry], Field(max_length=50)] = NONE_LISTED
    derive: Derive = [*DERIVATIONS]

    @cached_property
    def machine(self) -> Machine:
        """The machine that the note describes; built once, since every card asks for it."""
        return Machine(
            tuple(state.name for state in self.states),
            tuple(Transition(each.source, each.event, each.to) for each in self.transitions),
            self.start,
            tuple(self.end),
        )

    def problems(self) -> Iterator[Problem]:
        """Names that do not exist, states never reached, two targets for one event, walks and drawings that fail."""
        yield from super().problems()
        yield from duplicates((state.name for state in self.states), ("states",), "name")
        unknown = list(self._unknown_states())
        yield from unknown
        if not any(problem.path[0] in ("start", "transitions") for problem in unknown):
            yield from self._unreachable()
            yield from self._path_problems()
            yield from self._trace_problems()
        yield from self._two_targets()
        yield from self._forbidden_problems()
        yield from self._drawing_problems()

    def cards(self, lang: str) -> Iterator[Card]:
        """Every transition, then events between states, refused events, meanings, paths, traces."""
        phrases = in_language(_PHRASES, lang)
        for transition in self.transitions if "next" in self.derive else []:
            yield self._next_state(phrases, transition)
        pairs = dict.fromkeys((each.source, each.to) for each in self.transitions)
        for source, target in pairs if "event" in self.derive else []:
            yield from self._which_event(phrases, source, target)
        for entry in self.forbidden if "forbidden" in self.derive else []:
            yield from self._forbidden_event(phrases, entry)
        for place, state in enumerate(self.states if "meaning" in self.derive else []):
            if state.meaning:
                yield self._meaning(phrases, place, state)
        for path in self._paths() if "path" in self.derive else []:
            yield self._path(phrases, path)
        for trace in self._traces() if "trace" in self.derive else []:
            yield self._trace(phrases, trace)

    def _next_state(self, phrases: _Phrases, transition: TransitionEntry) -> Card:
        prompt = phrases.next_state.format(title=self.title, state=transition.source, event=transition.event)
        states = self.machine.states
        task = self._state_choice(transition.to)
        hidden = tuple(state for state in states if state != transition.source)
        return self._card(
            f"{transition.source}+{transition.event}",
            prompt,
            task,
            explain=transition.explain or self.explain,
            drawing=self._drawing((transition.source,), hidden),
            fact=f"{transition.source}>{transition.to}",  # which event leads there is asked the other way round
        )

    def _which_event(self, phrases: _Phrases, source: str, target: str) -> Iterator[Card]:
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

    def _forbidden_event(self, phrases: _Phrases, entry: ForbiddenEntry) -> Iterator[Card]:
        accepted = self.machine.accepted(entry.source)
        wrong = [event for event in _near(entry.event, self.machine.events, accepted) if event != entry.event]
        task = choice_of(entry.event, [WrongOption.model_construct(text=event) for event in wrong])
        if task is not None:
            prompt = phrases.forbidden_event.format(title=self.title, state=entry.source)
            possible = phrases.accepted_events.format(state=entry.source, events=", ".join(accepted))
            yield self.card(
                f"{entry.source}!{entry.event}",
                prompt,
                task,
                exam=examined(task),
                explain="\n".join(filter(None, (entry.why or self.explain, possible))),
                drawing=self._drawing((entry.source,), self.machine.events),
            )

    def _meaning(self, phrases: _Phrases, place: int, state: State) -> Card:
        prompt = phrases.meaning.format(title=self.title, state=state.name)
        wrong = others(state.meaning, (other.meaning for other in after(place, self.states)))
        return self.card(
            f"{state.name}?meaning",
            prompt,
            Recall(state.meaning),
            exam=exam_choice(state.meaning, wrong),
            explain=state.explain or self.explain,
            drawing=self._drawing((state.name,), ()),
        )

    def _path(self, phrases: _Phrases, path: PathEntry) -> Card:
        machine = self.machine
        refused = tuple(Refusal(each.source, each.event, each.why) for each in self.forbidden if each.why)
        task = PathTask(path.source, path.to, machine.transitions, refused, path.shortest)
        phrase = phrases.shortest_path if path.shortest else phrases.path
        return self._card(
            f"{path.source}>>{path.to}",
            phrase.format(title=self.title, source=path.source, target=path.to),
            task,
            explain=path.explain or self.explain,
            drawing=self._drawing((path.source, path.to), machine.events),
        )

    def _trace(self, phrases: _Phrases, trace: TraceEntry) -> Card:
        machine = self.machine
        ends = machine.run(trace.source, trace.events)[-1]
        return self._card(
            f"{trace.source}~{','.join(trace.events)}",
            phrases.trace.format(title=self.title, source=trace.source, events=" → ".join(trace.events)),
            self._state_choice(ends),
            explain=trace.explain or self.explain,
            drawing=self._drawing((trace.source,), tuple(state for state in machine.states if state != trace.source)),
        )

    def _paths(self) -> list[PathEntry]:
        """The author's, or else those from the start to the end states and to the farthest one, if two events away."""
        if self.paths:
            return self.paths
        machine = self.machine
        far = {state: len(machine.shortest_path(self.start, state) or ()) for state in machine.states}
        goals = dict.fromkeys([*self.end, max(machine.states, key=lambda state: far[state])])
        worthy = [goal for goal in goals if far[goal] >= SHORTEST_PATH][:MOST_WALKS]
        return [PathEntry.model_construct(source=self.start, to=goal) for goal in worthy]

    def _traces(self) -> list[TraceEntry]:
        """The author's, or else walks of three events from the first few states that have one."""
        if self.traces:
            return self.traces
        walks = ((state, self.machine.walk_from(state, TRACE_LENGTH)) for state in self.machine.states)
        worthy = islice(((state, walk) for state, walk in walks if walk), MOST_WALKS)
        return [TraceEntry.model_construct(source=state, events=list(events)) for state, events in worthy]

    def _state_choice(self, right: str) -> Choice:
        states = self.machine.states
        near = _near(right, states, states)
        return Choice(tuple(Option(state, right=state == right) for state in near))

    def _card(self, part: str, prompt: str, task: Task, **more: Any) -> Card:
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
        named += [(("traces", index, "from"), trace.source) for index, trace in enumerate(self.traces)]
        for index, wanted in enumerate(self.paths):
            named += [(("paths", index, "from"), wanted.source), (("paths", index, "to"), wanted.to)]
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
                yield listed_twice(path, entry.event)
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

    def _path_problems(self) -> Iterator[Problem]:
        """Paths that do not exist, or are listed twice; those between unknown states are reported elsewhere."""
        known = {*self.machine.states}
        for index, path in enumerate(self.paths):
            if {path.source, path.to} <= known and not self.machine.shortest_path(path.source, path.to):
                message = msg("no events lead from {source} to {target}", source=path.source, target=path.to)
                yield Problem(("paths", index), message, msg("name another pair of states"))
        yield from _repeats("paths", [(path.source, path.to) for path in self.paths])

    def _trace_problems(self) -> Iterator[Problem]:
        """Traces that the machine refuses, where it does, or that are listed twice."""
        for index, trace in enumerate(self.traces):
            unknown = list(self._unknown_events(trace.events, ("traces", index, "events")))
            yield from unknown
            if not unknown and trace.source in self.machine.states:
                yield from self._refused(trace, ("traces", index, "events"))
        yield from _repeats("traces", [(trace.source, *trace.events) for trace in self.traces])

    def _refused(self, trace: TraceEntry, path: Path) -> Iterator[Problem]:
        passed = self.machine.run(trace.source, trace.events)
        if len(passed) <= len(trace.events):
            event = trace.events[len(passed) - 1]
            message = msg("{state} refuses “{event}”", state=passed[-1], event=event)
            yield Problem((*path, len(passed) - 1), message, msg("name an event that it accepts"))

    def _unknown_events(self, events: Sequence[str], path: Path) -> Iterator[Problem]:
        known = self.machine.events
        for index, event in enumerate(events):
            if event not in known:
                error = unknown_name(msg("no transition has the event “{name}”", name=event), event, known)
                yield Problem((*path, index), error.message, error.hint)

    def warnings(self) -> Iterator[Problem]:
        """States that accept no event, though they are no end."""
        yield from super().warnings()
        for index, state in enumerate(self.states):
            if state.name not in self.end and not self.machine.accepted(state.name):
                yield Problem(
                    ("states", index),
                    msg("{state} accepts no event, and is not named as an end", state=state.name),
                    msg("add a transition, or name it in end"),
                )

    def _drawing_problems(self) -> Iterator[Problem]:
        """Lines too wide for a card; names that are not in it and so could be neither marked nor masked."""
        if not self.drawing.strip():
            return
        for number, line in enumerate(self.drawing.strip("\n").splitlines(), 1):
            if columns(line) > WIDEST_DRAWING:
                yield Problem(
                    ("drawing",),
                    msg("its line {number} is {width} columns wide", number=number, width=columns(line)),
                    msg("{most} at most", most=WIDEST_DRAWING),
                )
        states, events = self.machine.states, self.machine.events
        folded = {state.casefold() for state in states}
        for name in (event for event in events if event.casefold() in folded):
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
