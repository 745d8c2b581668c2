"""Sitting an exam: one durable event for whatever happens, so that it goes on after anything."""

from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple, Protocol

from quizdock.core import marking, sitting
from quizdock.core.dialogue import Hint, Quit, Response, Skip, TimeUp
from quizdock.core.errors import ResponseError
from quizdock.core.exam_dialogue import (
    Assessed,
    Back,
    ExamReply,
    Flag,
    GoTo,
    Item,
    Line,
    Onward,
    Outcome,
    Overview,
    Review,
    SecondsLeft,
    Sitting,
    Submit,
    Sure,
)
from quizdock.core.forms import Given, is_nothing, response_for
from quizdock.core.marking import Certainty
from quizdock.core.message import Message, msg
from quizdock.core.sitting import Event, Kind
from quizdock.sessions import records
from quizdock.sessions.clock import Clock, moment
from quizdock.sessions.mistakes import bring_forward
from quizdock.sessions.papers import Drawn, changes_since
from quizdock.store import Store
from quizdock.store.attempts import AttemptRow

GRACE = 1000
"""Milliseconds after the deadline in which an answer that was under way still counts."""


class Asker(Protocol):
    """Shows and asks; raises KeyboardInterrupt when the learner interrupts."""

    def introduce(self, sitting: Sitting) -> None:
        """What the exam is and how it is marked, before its time begins (or goes on)."""

    def open(self, sitting: Sitting) -> None:
        """The exam has begun and is stored."""

    def ask(self, item: Item, seconds_left: SecondsLeft) -> ExamReply:
        """Ask one question; the end of input is Quit."""

    def certainty(self, item: Item, seconds_left: SecondsLeft) -> Sure:
        """How sure the learner is of the answer in `item.given`, which is not stored yet."""

    def tell(self, assessed: Assessed, seconds_left: SecondsLeft) -> Onward:
        """How an answer was marked, where marks are told at once. A try that is not the last may be told no answer."""

    def review(self, overview: Overview, seconds_left: SecondsLeft) -> ExamReply:
        """The whole paper: Submit hands it in, GoTo goes back to a question."""

    def refuse(self, message: Message) -> None:
        """The last input could not be used; it is asked for again."""

    def close(self, outcome: Outcome) -> bool:
        """The exam ends: the result, then the mistakes. Whether these are to come into study."""


class Learner(NamedTuple):
    """Who sits the exam."""

    number: int
    name: str


class Exam:
    """One sitting of an attempt that is stored already, or of a paper that will be once it begins."""

    def __init__(
        self,
        store: Store,
        asker: Asker,
        clock: Clock,
        learner: Learner,
        paper: Drawn | AttemptRow,
        *,
        studies_mistakes: bool = False,
    ) -> None:
        """Of a drawn paper, or going on with an attempt; `studies_mistakes` brings mistakes into study unasked."""
        self._store = store
        self._asker = asker
        self._clock = clock
        self._begun = clock.milliseconds()
        self._learner = learner
        self._paper = paper
        self._studies_mistakes = studies_mistakes

    def run(self) -> Outcome | None:
        """Ask until the paper is submitted, its time is up, or the learner leaves; None if it was never begun.

        Raises QuizDockError where an answer cannot be saved, for one because another terminal has gone on with it.
        """
        try:
            self._asker.introduce(self._introduction())
        except KeyboardInterrupt:
            return None
        attempt = _Attempt(self._store, self._clock, self._row())
        interrupted = False
        try:
            self._asker.open(self._sitting(attempt))
            _Dialogue(self._asker, attempt).run()
        except KeyboardInterrupt:
            interrupted = not attempt.is_closed
        return self._close(attempt, interrupted)

    def _introduction(self) -> Sitting:
        if isinstance(self._paper, AttemptRow):
            return self._sitting(_Attempt(self._store, self._clock, self._paper, opens=False))
        drawn = self._paper
        return Sitting(
            learner=self._learner.name,
            day=moment(self._clock).day,
            attempt=0,
            seed=drawn.seed,
            decks=tuple(drawn.decks.values()),
            questions=len(drawn.paper),
            asked_for=drawn.asked_for,
            rules=drawn.rules,
            seconds_left=drawn.rules.minutes * 60 if drawn.rules.minutes else None,
        )

    def _row(self) -> AttemptRow:
        """The attempt's, which is made here if the paper is new."""
        if isinstance(self._paper, AttemptRow):
            return self._paper
        drawn = self._paper
        number = self._store.attempts.start(
            self._learner.number, drawn.paper, drawn.decks, drawn.seed, drawn.rules, moment(self._clock)
        )
        return self._store.attempts.attempt(number)

    def _sitting(self, attempt: "_Attempt") -> Sitting:
        row = attempt.row
        asked_for = row.questions if isinstance(self._paper, AttemptRow) else self._paper.asked_for
        resumed = isinstance(self._paper, AttemptRow)
        return Sitting(
            learner=row.learner,
            day=row.day,
            attempt=row.id,
            seed=row.seed,
            decks=tuple(row.decks.values()),
            questions=row.questions,
            asked_for=asked_for,
            rules=row.rules,
            resumed=resumed,
            answered=attempt.answered,
            seconds_left=attempt.seconds_left(),
            changes=tuple(changes_since(self._store, row)) if resumed else (),
        )

    def _close(self, attempt: "_Attempt", interrupted: bool) -> Outcome:
        record = records.record_of(self._store, attempt.row.id) if attempt.is_closed else None
        seconds = (self._clock.milliseconds() - self._begun) // 1000
        outcome = Outcome(
            self._sitting(attempt),
            record,
            attempt.answered,
            record.seconds if record else seconds,
            interrupted,
            self._studies_mistakes,
        )
        if record and self._studies_mistakes:
            bring_forward(self._store, record, self._clock)
        if self._asker.close(outcome) and record and not self._studies_mistakes:
            bring_forward(self._store, record, self._clock)
        return outcome


class _Attempt:
    """An attempt under way: its paper, its events so far, and its clock, which nothing sets back."""

    def __init__(self, store: Store, clock: Clock, row: AttemptRow, *, opens: bool = True) -> None:
        """Take the attempt over, unless it is only looked at."""
        self.row = row
        self._store = store
        self._clock = clock
        self._asked = store.attempts.paper(row.id)
        events = store.attempts.events(row.id)
        self._state = sitting.replay(events)
        self._last = len(events)
        self._from = max(moment(clock).at, self._state.at)
        self._started = clock.milliseconds()
        if opens:
            self.happened(Event(Kind.OPENED, self.now()))

    @property
    def numbers(self) -> range:
        """The questions' numbers."""
        return range(1, len(self._asked) + 1)

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(self.is_answered(number) for number in self.numbers)

    @property
    def is_closed(self) -> bool:
        """Whether it is finished."""
        return self._state.closed is not None

    def now(self) -> int:
        """Milliseconds since 1970, and never less than before: by the wall clock, or by how long it has been open."""
        return max(moment(self._clock).at, self._from + self._clock.milliseconds() - self._started)

    def seconds_left(self) -> float | None:
        """Until the deadline; None where there is none."""
        return None if self.row.deadline is None else (self.row.deadline - self.now()) / 1000

    def is_late(self) -> bool:
        """Whether an answer that comes now counts no more."""
        return self.row.deadline is not None and self.now() > self.row.deadline + GRACE

    def is_answered(self, number: int) -> bool:
        """Whether the question has an answer."""
        return self._state.answer(number).credit is not None

    def can_change(self, number: int) -> bool:
        """Whether the question may still be answered."""
        answer = self._state.answer(number)
        match self.row.rules.mode:
            case "deferred":
                return True
            case "immediate":
                return answer.credit is None
            case "practice":
                return not answer.is_settled

    def item(self, number: int) -> Item:
        """The question as it stands."""
        done = self.assessed(number)
        question = records.with_hints(done.question, done.answer.hints)
        given = done.answer.credit is not None
        return Item(
            question=question,
            answer=done.answer,
            rules=self.row.rules,
            response=response_for(question.task, done.answer.given) if given else None,
            given=done.given,
            answered=self.answered,
        )

    def assessed(self, number: int) -> Assessed:
        """The question with its answer and mark."""
        asked = self._asked[number - 1]
        question = records.question_of(asked, self.row, number, len(self._asked))
        return records.assess(question, asked, self._state.answer(number), self.row.rules)

    def overview(self) -> Overview:
        """The whole paper."""
        lines = []
        for number in self.numbers:
            done = self.assessed(number)
            lines.append(
                Line(
                    number,
                    done.question.card.prompt,
                    done.given,
                    self.is_answered(number),
                    done.answer.flagged,
                    self.can_change(number),
                )
            )
        return Overview(tuple(lines), self.row.rules)

    def happened(self, event: Event) -> None:
        """Store an event; the state follows once it is durable."""
        if self.row.deadline is not None:
            event = event._replace(at=min(event.at, max(self.row.deadline, self._state.at)))
        self._last = self._store.attempts.append(self.row.id, self._last, event)
        self._state = sitting.step(self._state, event)

    def finish(self, kind: Kind) -> None:
        """Store that it is over, with its result."""
        at = self.now() if self.row.deadline is None else min(self.now(), max(self.row.deadline, self._state.at))
        event = Event(kind, at)
        marks = [self.assessed(number).mark for number in self.numbers]
        self._store.attempts.finish(self.row.id, self._last, event, marking.result(marks, self.row.rules))
        self._state = sitting.step(self._state, event)


class _Dialogue:
    """Asks question after question; where it stands is a number, or None for the overview."""

    def __init__(self, asker: Asker, attempt: _Attempt) -> None:
        self._asker = asker
        self._attempt = attempt
        self._at: int | None = self._unanswered_after(0)
        self._is_over = False

    def run(self) -> None:
        """Until the attempt is finished, or the learner leaves."""
        while not self._is_over:
            if self._attempt.is_late():
                self._finish(Kind.TIMED_OUT)
            elif self._at is None:
                self._look_over()
            else:
                self._ask(self._at)

    def _look_over(self) -> None:
        overview = self._attempt.overview()
        if not any(line.can_change for line in overview.lines):
            self._finish(Kind.SUBMITTED)
            return
        self._follow(self._asker.review(overview, self._attempt.seconds_left), 0)

    def _ask(self, number: int) -> None:
        asked = self._attempt.now()
        reply = self._asker.ask(self._attempt.item(number), self._attempt.seconds_left)
        match reply:
            case Response(value):
                self._answer(number, value, self._attempt.now() - asked)
            case TimeUp(value):
                self._last_answer(number, value, self._attempt.now() - asked)
            case _:
                self._follow(reply, number)

    def _follow(self, reply: ExamReply, number: int) -> None:
        """A reply that is no answer, at the question of this number, or at the overview (0)."""
        match reply:
            case Quit():
                self._is_over = True
            case Submit():
                self._finish(Kind.SUBMITTED)
            case TimeUp():
                self._finish(Kind.TIMED_OUT)
            case Review():
                self._at = None
            case Skip():
                self._at = self._unanswered_after(number)
            case GoTo(wanted):
                self._go_to(wanted)
            case Back():
                self._go_back(number or len(self._attempt.numbers) + 1)
            case Flag() if number:
                flagged = self._attempt.item(number).answer.flagged
                self._happened(Event(Kind.UNFLAGGED if flagged else Kind.FLAGGED, self._attempt.now(), number))
            case Hint() if number:
                self._hint(number)
            case _:
                self._asker.refuse(msg("answer one question after the other"))

    def _go_to(self, number: int) -> None:
        if number not in self._attempt.numbers:
            self._asker.refuse(msg("there is no question {number}", number=number))
        elif not self._attempt.can_change(number):
            self._asker.refuse(msg("question {number} is marked already", number=number))
        else:
            self._at = number

    def _go_back(self, number: int) -> None:
        before = [each for each in self._attempt.numbers if each < number and self._attempt.can_change(each)]
        if before:
            self._at = before[-1]
        else:
            self._asker.refuse(msg("there is no question before this one"))

    def _hint(self, number: int) -> None:
        item = self._attempt.item(number)
        if item.rules.mode != "practice":
            self._asker.refuse(msg("an exam gives no hints; quizdock exam --practice does"))
        elif item.answer.hints >= len(item.question.card.hints):
            self._asker.refuse(msg("there is no further hint"))
        else:
            self._happened(Event(Kind.HINTED, self._attempt.now(), number))

    def _answer(self, number: int, value: object, spent: int) -> None:
        """Mark and store an answer, and tell its mark where that is agreed on."""
        if self._attempt.is_late():
            self._asker.refuse(msg("the time was up before this answer"))
            return
        try:
            event, given = self._marked(number, value, spent)
        except ResponseError as error:
            self._asker.refuse(error.message)
            return
        match self._certainty(number, given):
            case Back():
                return
            case Quit():
                self._is_over = True
            case TimeUp():
                self._happened(event._replace(certainty=Certainty.GUESS))
                self._finish(Kind.TIMED_OUT)
            case certainty:
                self._happened(event._replace(certainty=certainty))
                self._go_on(number)

    def _last_answer(self, number: int, value: object, spent: int) -> None:
        """What stood there when the time was up counts, if it can be read."""
        if value is not None:
            with suppress(ResponseError):
                event, _given = self._marked(number, value, spent)
                guess = Certainty.GUESS if self._attempt.row.rules.certainty else None
                self._happened(event._replace(certainty=guess))
        self._finish(Kind.TIMED_OUT)

    def _marked(self, number: int, value: object, spent: int) -> tuple[Event, Given]:
        """The event of an answer, and what was given. Raises ResponseError where it cannot be read."""
        task = self._attempt.item(number).question.task
        verdict, given = task.mark(value), task.given(value)
        assert verdict is not None, "only forms that can be marked are examined"
        event = Event(Kind.ANSWERED, self._attempt.now(), number, records.plain(given), verdict.credit, spent)
        return event, given

    def _certainty(self, number: int, given: Given) -> Sure | None:
        """How sure the learner is, where that is asked; what says nothing needs no certainty."""
        if not self._attempt.row.rules.certainty or is_nothing(given):
            return None
        item = replace(self._attempt.item(number), given=given)
        return self._asker.certainty(item, self._attempt.seconds_left)

    def _go_on(self, number: int) -> None:
        """To the next question, or to another try at this one."""
        if self._attempt.row.rules.mode != "deferred":
            onward = self._asker.tell(self._attempt.assessed(number), self._attempt.seconds_left)
            if isinstance(onward, Quit | TimeUp):
                self._follow(onward, number)
                return
            if self._attempt.can_change(number):
                return
        self._at = self._unanswered_after(number)

    def _unanswered_after(self, number: int) -> int | None:
        later = self._attempt.numbers[number:]
        return next((each for each in later if not self._attempt.is_answered(each)), None)

    def _happened(self, event: Event) -> None:
        self._attempt.happened(event)

    def _finish(self, kind: Kind) -> None:
        self._attempt.finish(kind)
        self._is_over = True
