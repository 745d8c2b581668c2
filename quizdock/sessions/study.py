"""The daily drill: due cards, new cards, and the day's repeats until each is known; and drills of other cards."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from quizdock.core import sm2
from quizdock.core.agenda import Agenda
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
from quizdock.core.forms import Given, Shape, Verdict
from quizdock.core.grading import AWAY, Proposal, proposal, time_allowed
from quizdock.core.journal import ANSWERS, Answer, Kind, Standing, State, moves_schedule
from quizdock.core.leech import tells
from quizdock.core.message import Message, msg
from quizdock.core.streaks import streak
from quizdock.sessions.clock import Clock, moment
from quizdock.sessions.place import place_of
from quizdock.sessions.planning import held_back, planned, rules_of_the_day
from quizdock.sessions.undo import taken_back
from quizdock.sessions.wishes import Wishes, agenda_of
from quizdock.store import Store
from quizdock.store.catalogue import CardRow
from quizdock.store.journal import Event, Key, as_json

SOME_NEW = 10
"""New cards that are counted at the end; more are only more."""
ENOUGH_TO_TELL = 3
"""Answers from which the pace of a session can be told."""


class Asker(Protocol):
    """Shows and asks; raises KeyboardInterrupt when the learner interrupts. See core.dialogue for the order."""

    def open(self, opening: Opening) -> None:
        """The session begins."""

    def ask(self, question: Question) -> Reply:
        """Ask one card; the end of input is Quit."""

    def grade(self, marked: Marked) -> Decision:
        """Show the answer and take the grade."""

    def refuse(self, message: Message) -> None:
        """The last input could not be used; it is asked for again."""

    def saved(self, saved: Saved) -> None:
        """The answer is durable."""

    def leech(self, leech: Leech) -> Suspend | Keep:
        """Tell that this card was forgotten again and again."""

    def set_aside(self, card: str, command: Suspend | Bury) -> None:
        """A card is asked no more: until it is resumed, or until tomorrow."""

    def undone(self, undone: TakenBack | None) -> None:
        """What was taken back; None if there was nothing of today."""

    def finish(self, closing: Closing) -> Undo | Quit:
        """Nothing is left to ask: the last answer may still be taken back."""

    def close(self, closing: Closing) -> None:
        """The session ends."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What an undo goes back to: the agenda before an event, and the study day that it was planned for."""

    agenda: Agenda
    day: int
    event: Key
    kind: Kind
    card: int
    grade: int | None = None
    meets: bool = False
    """Whether a new card was met."""


class Study:
    """One session. `seeds` gives a new text each time, for the order of choices."""

    def __init__(self, store: Store, asker: Asker, clock: Clock, seeds: Callable[[], str], wishes: Wishes) -> None:
        """Plan the session for the clock's study day."""
        self._store = store
        self._asker = asker
        self._clock = clock
        self._seeds = seeds
        self._wishes = wishes
        self._steps: list[_Step] = []
        self._is_second_thought = False
        self._started = clock.milliseconds()
        self._day = moment(clock).day
        self._first = not store.journal.has_begun(wishes.learner)
        self._agenda, self._new = self._plan()
        self._length = self._agenda.left

    def run(self) -> Closing:
        """Ask until nothing is left or the learner leaves; every answer is durable before the next question."""
        interrupted = False
        try:
            self._asker.open(self._opening())
            while self._ask_all() and self._goes_on():
                self._undo()
                self._is_second_thought = True  # that one card is asked once more, even if the time is up
        except KeyboardInterrupt:
            interrupted = True
        closing = self._closing(interrupted)
        self._asker.close(closing)
        return closing

    def _ask_all(self) -> bool:
        """Ask while there is a card and time; False when the learner leaves."""
        while (card := self._next()) and (not self._time_is_up or self._is_second_thought):
            self._is_second_thought = False
            if not self._ask(*card):
                return False
            self._follow_the_day()
        return True

    def _goes_on(self) -> bool:
        """Whether the learner takes the last answer back after all, now that nothing is left."""
        return bool(self._steps) and isinstance(self._asker.finish(self._closing(interrupted=False)), Undo)

    @property
    def _time_is_up(self) -> bool:
        return self._wishes.minutes is not None and self._elapsed >= self._wishes.minutes * 60_000

    @property
    def _elapsed(self) -> int:
        return self._clock.milliseconds() - self._started

    @property
    def _answers(self) -> int:
        return sum(step.grade is not None for step in self._steps)

    def _next(self) -> tuple[int, CardRow, Standing | None] | None:
        """The next card and where it stands, without those that were settled or set aside elsewhere meanwhile."""
        while (number := self._agenda.current) is not None:
            asked = self._store.selection.asked(self._wishes.learner, self._wishes.scope, number)
            if asked is not None:
                row, state = asked
                if not self._is_settled(state):
                    return number, row, state.standing
            self._agenda = self._agenda.dropped()
        return None

    def _is_settled(self, state: State) -> bool:
        if state.is_held(self._day):
            return True
        standing = state.standing
        if standing is None or self._wishes.mode in ("cram", "mistakes"):
            return False
        return standing.reviewed >= self._day and standing.repeat_day != self._day

    def _ask(self, number: int, row: CardRow, standing: Standing | None) -> bool:
        """Ask one card; False when the learner leaves."""
        kind = self._kind(standing)
        question = self._question(row, standing, kind)
        asked = self._clock.milliseconds()
        while True:
            reply, marked = self._response(question, standing, asked)
            milliseconds = min(self._clock.milliseconds() - asked, AWAY)
            if not marked:
                return self._obey(reply, row, number)
            decision = self._asker.grade(marked)
            if isinstance(decision, Graded):
                break
            if not isinstance(decision, Undo):
                return self._obey(decision, row, number)
            question = marked.question._replace(task=row.card.study.arranged(self._seeds()))
        response = as_json(marked.given)  # in texts: indices mean nothing once the choices are arranged anew
        self._save(row, Answer(number, decision.grade, response, milliseconds, row.hash, kind), standing)
        return True

    def _kind(self, standing: Standing | None) -> Kind:
        """What an answer will count as: a review only for what is new or due, as far as the session moves schedules."""
        mode = self._wishes.mode
        if mode == "cram" or (standing is None and mode == "mistakes"):
            return Kind.CRAM
        if standing is None:
            return Kind.REVIEW
        if moves_schedule(standing, self._day) and standing.schedule.due <= self._day + self._wishes.ahead:
            return Kind.REVIEW
        return Kind.CRAM if mode == "mistakes" and standing.repeat_day != self._day else Kind.DRILL

    def _question(self, row: CardRow, standing: Standing | None, kind: Kind) -> Question:
        return Question(
            id=row.id,
            card=row.card,
            task=row.card.study.arranged(self._seeds()),
            deck=row.deck,
            topic=row.topic,
            left=self._agenda.left,
            of=max(self._length, self._agenda.left),
            new=standing is None,
            drill=kind is not Kind.REVIEW,
            seconds=self._elapsed // 1000,
            seconds_left=self._seconds_left(),
        )

    def _seconds_left(self) -> int | None:
        answers = self._answers
        return self._elapsed * self._agenda.left // answers // 1000 if answers >= ENOUGH_TO_TELL else None

    def _response(self, question: Question, standing: Standing | None, asked: int) -> tuple[Reply, Marked | None]:
        """The learner's reply, marked if it answers; hints are shown, and what cannot be read is asked for again."""
        while True:
            reply = self._asker.ask(question)
            match reply:
                case Hint():
                    question = self._with_hint(question)
                case DontKnow():
                    marked = self._marked(question, standing, None, Verdict(0.0), asked)
                    is_recalled = question.task.shape is Shape.NONE
                    return reply, marked._replace(verdict=None) if is_recalled else marked
                case Response(value):
                    try:
                        verdict = question.task.mark(value)
                    except ResponseError as error:
                        self._asker.refuse(error.message)
                        continue
                    return reply, self._marked(question, standing, question.task.given(value), verdict, asked)
                case _:
                    return reply, None

    def _with_hint(self, question: Question) -> Question:
        if question.hints < len(question.card.hints):
            return question._replace(hints=question.hints + 1)
        self._asker.refuse(msg("there is no other hint") if question.hints else msg("this card has no hint"))
        return question

    def _marked(
        self, question: Question, standing: Standing | None, given: Given, verdict: Verdict | None, asked: int
    ) -> Marked:
        spent = self._clock.milliseconds() - asked
        allowed = time_allowed(question.card.prompt, question.task)
        proposed: Proposal | None = proposal(verdict, given, spent, allowed, question.hints)
        return Marked(question, given, verdict, proposed, self._intervals(standing, question))

    def _intervals(self, standing: Standing | None, question: Question) -> dict[int, int]:
        """The interval in days that each grade would give; a drill changes nothing."""
        if question.drill:
            return dict.fromkeys(sm2.GRADES, standing.schedule.interval if standing else 0)
        schedules = sm2.preview(standing.schedule if standing else None, self._day)
        return {grade: schedule.interval for grade, schedule in schedules.items()}

    def _save(self, row: CardRow, answer: Answer, before: Standing | None) -> None:
        when = moment(self._clock)
        learner = self._wishes.learner
        event, standing, kind = self._store.journal.answer(learner, answer, when)
        step = _Step(self._agenda, self._day, event, kind, answer.card, answer.grade, meets=before is None)
        self._steps.append(step)
        self._agenda = self._agenda.answered(answer.grade)
        again = answer.grade < sm2.REPEAT_BELOW
        schedule = standing.schedule if standing else None
        self._asker.saved(Saved(row.id, answer.grade, schedule, kind is not Kind.REVIEW, again, kind is Kind.CRAM))
        if before and standing and standing.lapses > before.lapses:
            self._tell_leech(row, answer.card, standing.lapses)

    def _tell_leech(self, row: CardRow, number: int, lapses: int) -> None:
        if not tells(lapses, self._wishes.settings.leech_after):
            return
        line = place_of(row.file, row.card.note) if row.file else None
        decision = self._asker.leech(Leech(row.id, row.card.prompt, lapses, row.file, line))
        if isinstance(decision, Suspend):
            self._record(Kind.SUSPEND, number)
            repeats = tuple(card for card in self._agenda.repeats if card != number)
            self._agenda = self._agenda._replace(repeats=repeats)
            self._asker.set_aside(row.id, decision)

    def _record(self, kind: Kind, number: int) -> None:
        event = self._store.journal.record(self._wishes.learner, kind, number, moment(self._clock))
        self._steps.append(_Step(self._agenda, self._day, event, kind, number))

    def _obey(self, command: Reply | Decision, row: CardRow, number: int) -> bool:
        match command:
            case Quit():
                return False
            case Skip():
                self._agenda = self._agenda.skipped()
            case Undo():
                self._undo()
            case Suspend() | Bury():
                self._record(Kind.SUSPEND if isinstance(command, Suspend) else Kind.BURY, number)
                self._agenda = self._agenda.dropped()
                self._asker.set_aside(row.id, command)
        return True

    def _undo(self) -> None:
        """Take back this session's last step, or else what the learner did earlier on this study day."""
        learner = self._wishes.learner
        while self._steps:
            step = self._steps.pop()
            undone = self._store.journal.undo(learner, step.event, moment(self._clock))
            if undone is not None:  # else another session has taken it back meanwhile
                if step.day == self._day:
                    self._agenda = step.agenda
                else:
                    self._plan_again(undone)
                self._asker.undone(taken_back(self._store, undone))
                return
        earlier = self._store.journal.undo_last(learner, moment(self._clock))
        if earlier is not None:
            self._plan_again(earlier)
        self._asker.undone(earlier and taken_back(self._store, earlier))

    def _plan_again(self, undone: Event) -> None:
        """Plan from now on; if what was taken back is an answer to a card of this session, that card comes first."""
        self._agenda, self._new = self._plan()
        if undone.kind not in ANSWERS:
            return
        if undone.card in (*self._agenda.cards, *self._agenda.repeats):
            self._agenda = self._agenda.starting_with(undone.card)
        elif self._store.selection.holds(self._wishes.scope, undone.card):
            self._agenda = self._agenda.instead_of_the_last(undone.card, self._alike(undone.card))

    def _alike(self, card: int) -> frozenset[int]:
        """The planned cards that the same limit bounds: the new ones for a new card, else the due ones."""
        is_new = self._store.journal.standing(self._wishes.learner, card) is None
        return self._new if is_new else frozenset(self._agenda.cards) - self._new

    def _follow_the_day(self) -> None:
        """A session that goes on past the rollover hour goes on with the new day's cards."""
        today = moment(self._clock).day
        if today != self._day:
            self._day = today
            self._agenda, self._new = self._plan()
            self._length = self._agenda.left

    def _plan(self) -> tuple[Agenda, frozenset[int]]:
        """The agenda from now on, and which of its cards are new.

        What the session has already asked is off its own limits: they do not begin again with a new day or plan.
        """
        wishes = self._wishes
        asked = {step.card for step in self._steps if step.grade is not None}
        met = sum(step.meets and step.kind is Kind.REVIEW for step in self._steps)
        reviewed = sum(step.kind is Kind.REVIEW for step in self._steps) - met
        left = wishes._replace(
            limit=_less(wishes.limit, len(asked)),
            new=_less(wishes.new, met),
            reviews=_less(wishes.reviews, reviewed),
        )
        return agenda_of(self._store, left, self._day, self._seeds)

    def _first_grades(self) -> dict[int, int]:
        """How often each grade was given to a card at its first answer in this session."""
        firsts: dict[int, int] = {}
        for step in self._steps:
            if step.grade is not None:
                firsts.setdefault(step.card, step.grade)
        return dict(Counter(firsts.values()))

    def _opening(self) -> Opening:
        planned_cards = [*self._agenda.cards, *self._agenda.repeats]
        new = sum(card in self._new for card in planned_cards)
        name = self._wishes.learner_name
        return Opening(name, self._day, len(planned_cards) - new, new, self._wishes.mode, self._first)

    def _closing(self, interrupted: bool) -> Closing:
        selection, wishes = self._store.selection, self._wishes
        rules = rules_of_the_day(self._store, wishes.learner, self._day, wishes.settings)
        plan = planned(self._store, wishes.learner, wishes.scope, rules)
        follows_the_day = wishes.mode == "study"
        reviews = sum(step.kind is Kind.REVIEW for step in self._steps)
        grades = self._first_grades()
        return Closing(
            reviews=reviews,
            drills=self._answers - reviews,
            seconds=self._elapsed // 1000,
            left=self._agenda.left or (len(plan.due) + len(plan.new) + len(plan.repeats) if follows_the_day else 0),
            due_tomorrow=selection.count_due(wishes.learner, wishes.scope, self._day + 1),
            new_waiting=len(list(islice(selection.new(wishes.learner, wishes.scope, self._day), SOME_NEW))),
            interrupted=interrupted,
            waits_for=() if grades else tuple(selection.waits_for(wishes.learner, wishes.scope)),
            grades=grades,
            beyond=held_back(self._store, wishes.learner, wishes.scope, rules, plan) if follows_the_day else 0,
            streak=streak(self._store.journal.studied_days(wishes.learner), self._day),
            command=wishes.command,
            mode=wishes.mode,
            time_is_up=self._time_is_up,
        )


def _less(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)
