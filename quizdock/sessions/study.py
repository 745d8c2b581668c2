"""The daily drill: due cards, new cards, and the day's repeats until each is known."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from quizdock.core import sm2
from quizdock.core.agenda import NEW_A_DAY, Agenda, new_left, plan
from quizdock.core.dialogue import (
    Closing,
    Decision,
    Graded,
    Marked,
    Opening,
    Question,
    Quit,
    Reply,
    Response,
    Saved,
    Skip,
    Undo,
)
from quizdock.core.errors import ResponseError
from quizdock.core.grading import proposed_grade
from quizdock.core.journal import Answer, Standing, moves_schedule
from quizdock.core.message import Message
from quizdock.sessions.clock import Clock, moment
from quizdock.sessions.today import waiting
from quizdock.store import Store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Key, as_json


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

    def undone(self, card: str | None) -> None:
        """The last answer was taken back, of this card; None if there was none."""

    def close(self, closing: Closing) -> None:
        """The session ends."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a study session covers: `new` is None for the day's allowance, `limit` bounds due and new cards."""

    learner: int
    learner_name: str
    scope: Scope
    new: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """What an undo goes back to: the agenda before an answer, and the study day that it was planned for."""

    agenda: Agenda
    day: int
    event: Key
    drill: bool


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
        self._new: frozenset[int] = frozenset()
        self._started = clock.milliseconds()
        self._day = moment(clock).day
        self._agenda = self._plan()
        self._length = self._agenda.left

    def run(self) -> Closing:
        """Ask until nothing is left or the learner leaves; every answer is durable before the next question."""
        interrupted = False
        try:
            self._asker.open(self._opening())
            while (card := self._agenda.current) is not None and self._ask(card):
                self._follow_the_day()
        except KeyboardInterrupt:
            interrupted = True
        closing = self._closing(interrupted)
        self._asker.close(closing)
        return closing

    def _ask(self, number: int) -> bool:
        """Ask one card; False when the learner leaves."""
        row = self._store.catalogue.card(number)
        standing = self._store.journal.standing(self._wishes.learner, number)
        question = Question(
            id=row.id,
            card=row.card,
            task=row.card.study.arranged(self._seeds()),
            deck=row.deck,
            topic=row.topic,
            left=self._agenda.left,
            of=max(self._length, self._agenda.left),
            new=standing is None,
            drill=not moves_schedule(standing, self._day),
        )
        asked = self._clock.milliseconds()
        reply, marked = self._response(question, standing)
        milliseconds = self._clock.milliseconds() - asked
        if marked is None:
            return self._obey(reply)
        decision = self._asker.grade(marked)
        if not isinstance(decision, Graded):
            return self._obey(decision)
        response = as_json(marked.given)  # in texts: indices mean nothing once the choices are arranged anew
        self._save(row.id, Answer(number, decision.grade, response, milliseconds, row.hash, question.drill))
        return True

    def _response(self, question: Question, standing: Standing | None) -> tuple[Reply, Marked | None]:
        """The learner's reply, marked if it is a response; one that cannot be read is asked for again."""
        while True:
            reply = self._asker.ask(question)
            if not isinstance(reply, Response):
                return reply, None
            try:
                verdict = question.task.mark(reply.value)
            except ResponseError as error:
                self._asker.refuse(error.message)
                continue
            given = question.task.given(reply.value)
            intervals = self._intervals(standing)
            return reply, Marked(question, given, verdict, proposed_grade(verdict), intervals)

    def _intervals(self, standing: Standing | None) -> dict[int, int]:
        """The interval in days that each grade would give; a drill changes nothing."""
        if standing is not None and not moves_schedule(standing, self._day):
            return dict.fromkeys(sm2.GRADES, standing.schedule.interval)
        schedules = sm2.preview(standing.schedule if standing else None, self._day)
        return {grade: schedule.interval for grade, schedule in schedules.items()}

    def _save(self, card: str, answer: Answer) -> None:
        when = moment(self._clock)
        event, standing, drill = self._store.journal.answer(self._wishes.learner, answer, when)
        self._steps.append(_Step(self._agenda, self._day, event, drill))
        self._agenda = self._agenda.answered(answer.grade)
        again_today = standing.repeat_day is not None
        self._asker.saved(Saved(card, answer.grade, standing.schedule, drill, again_today))

    def _obey(self, command: Reply | Decision) -> bool:
        match command:
            case Quit():
                return False
            case Skip():
                self._agenda = self._agenda.skipped()
            case Undo():
                self._undo()
        return True

    def _undo(self) -> None:
        if not self._steps:
            self._asker.undone(None)
            return
        step = self._steps.pop()
        number = self._store.journal.undo(self._wishes.learner, step.event, moment(self._clock))
        self._agenda = step.agenda if step.day == self._day else self._plan().starting_with(number)
        self._asker.undone(self._store.catalogue.card(number).id)

    def _follow_the_day(self) -> None:
        """A session that goes on past the rollover hour goes on with the new day's cards."""
        today = moment(self._clock).day
        if today != self._day:
            self._day = today
            self._agenda = self._plan()
            self._length = self._agenda.left

    def _plan(self) -> Agenda:
        journal, wishes = self._store.journal, self._wishes
        introduced = journal.on_day(wishes.learner, self._day).new
        allowance = new_left(NEW_A_DAY, introduced, wishes.new)
        new = journal.new(wishes.learner, wishes.scope, allowance, patient=wishes.new is None)
        self._new = frozenset(new)
        return plan(
            journal.due(wishes.learner, wishes.scope, self._day),
            new,
            journal.repeats(wishes.learner, wishes.scope, self._day),
            wishes.limit,
        )

    def _opening(self) -> Opening:
        planned = [*self._agenda.cards, *self._agenda.repeats]
        new = sum(card in self._new for card in planned)
        return Opening(self._wishes.learner_name, self._day, len(planned) - new, new)

    def _closing(self, interrupted: bool) -> Closing:
        journal, wishes = self._store.journal, self._wishes
        drills = sum(step.drill for step in self._steps)
        return Closing(
            reviews=len(self._steps) - drills,
            drills=drills,
            seconds=(self._clock.milliseconds() - self._started) // 1000,
            left=self._agenda.left or sum(waiting(self._store, wishes.learner, wishes.scope, self._day)),
            due_tomorrow=journal.count_due(wishes.learner, wishes.scope, self._day + 1),
            new_waiting=len(journal.new(wishes.learner, wishes.scope, NEW_A_DAY)),
            interrupted=interrupted,
            waits_for=tuple(journal.waits_for(wishes.learner, wishes.scope)),
        )
