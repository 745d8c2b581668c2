"""The exam: a paper drawn by a seed, one durable record an answer, the result at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from quizdock.core import marking, paper
from quizdock.core.dialogue import Mistake, Outcome, Question, Quit, Reply, Response, Sitting, Undo
from quizdock.core.errors import QuizDockError, ResponseError
from quizdock.core.forms import Given, Verdict
from quizdock.core.message import Message, msg
from quizdock.sessions.clock import Clock, moment
from quizdock.store import Store
from quizdock.store.catalogue import Scope

QUESTIONS = 20
"""Questions on a paper, unless the learner asks for another number."""


class Asker(Protocol):
    """Shows and asks; raises KeyboardInterrupt when the learner interrupts."""

    def open(self, sitting: Sitting) -> None:
        """The exam begins."""

    def ask(self, question: Question) -> Reply:
        """Ask one question; the end of input is Quit."""

    def refuse(self, message: Message) -> None:
        """The last input could not be used; it is asked for again."""

    def close(self, outcome: Outcome) -> None:
        """The exam ends: the result, then the mistakes."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an exam covers."""

    learner: int
    learner_name: str
    scope: Scope
    questions: int
    seed: int
    pass_percent: float


@dataclass(frozen=True, slots=True)
class _Answered:
    question: Question
    given: Given
    verdict: Verdict


class Exam:
    """One sitting."""

    def __init__(self, store: Store, asker: Asker, clock: Clock, wishes: Wishes) -> None:
        """Draw the paper and store it. Raises QuizDockError if no card can be examined."""
        self._store = store
        self._asker = asker
        self._clock = clock
        self._learner = wishes.learner
        self._started = clock.milliseconds()
        self._questions, self._sitting = self._draw(wishes)
        self._answered: dict[int, _Answered] = {}

    def run(self) -> Outcome:
        """Ask every question once; a skipped one comes back at the end. Leaving keeps what was answered.

        Raises QuizDockError where an answer cannot be saved, for one because the learner was removed meanwhile.
        """
        interrupted = False
        try:
            self._asker.open(self._sitting)
            self._ask_all()
        except KeyboardInterrupt:
            interrupted = True
        outcome = self._outcome(interrupted)
        self._asker.close(outcome)
        return outcome

    def _draw(self, wishes: Wishes) -> tuple[Sequence[Question], Sitting]:
        drawn = paper.draw(self._store.catalogue.candidates(wishes.scope), wishes.questions, wishes.seed)
        if not drawn:
            raise QuizDockError(
                msg("no card here can be marked automatically, so there is nothing to examine"),
                msg("Give flashcards wrong = [...] options, or add questions."),
            )
        rows = [self._store.catalogue.card(candidate.card) for candidate in drawn]
        questions = [
            Question(
                id=row.id,
                card=row.card,
                task=(row.card.exam or row.card.study).arranged(f"{wishes.seed}/{row.id}"),
                deck=row.deck,
                topic=row.topic or row.deck,
                left=len(drawn) - index,
                of=len(drawn),
            )
            for index, row in enumerate(rows)
        ]
        stored = [
            (candidate.card, row.hash, question)
            for candidate, row, question in zip(drawn, rows, questions, strict=True)
        ]
        when = moment(self._clock)
        decks = wishes.scope.decks
        attempt = self._store.attempts.start(wishes.learner, stored, decks, wishes.seed, wishes.pass_percent, when)
        sitting = Sitting(
            learner=wishes.learner_name,
            day=when.day,
            attempt=attempt,
            seed=wishes.seed,
            questions=len(questions),
            asked_for=wishes.questions,
            pass_percent=wishes.pass_percent,
        )
        return questions, sitting

    def _ask_all(self) -> None:
        waiting = list(self._questions)
        while waiting:
            question = waiting.pop(0)
            reply = self._ask(question)
            if isinstance(reply, Quit):
                return
            if not isinstance(reply, Response):
                waiting.append(question)

    def _ask(self, question: Question) -> Reply:
        """The learner's reply; a response is marked and stored before this returns."""
        asked = self._clock.milliseconds()
        while True:
            reply = self._asker.ask(question)
            if isinstance(reply, Undo):
                self._asker.refuse(msg("an exam's answers cannot be taken back"))
                continue
            if not isinstance(reply, Response):
                return reply
            try:
                verdict = question.task.mark(reply.value)
            except ResponseError as error:
                self._asker.refuse(error.message)
                continue
            assert verdict is not None, "only forms that can be marked are examined"
            spent = self._clock.milliseconds() - asked
            given = question.task.given(reply.value)
            attempt = self._sitting.attempt
            self._store.attempts.record(self._learner, attempt, question.number, given, verdict.credit, spent)
            self._answered[question.number] = _Answered(question, given, verdict)
            return reply

    def _outcome(self, interrupted: bool) -> Outcome:
        seconds = (self._clock.milliseconds() - self._started) // 1000
        complete = len(self._answered) == len(self._questions)
        result = self._finish() if complete else None
        return Outcome(
            self._sitting,
            result,
            self._mistakes(),
            len(self._answered),
            seconds,
            interrupted and not complete,
        )

    def _finish(self) -> marking.Result:
        result = marking.result(self._store.attempts.marks(self._sitting.attempt), self._sitting.pass_percent)
        self._store.attempts.finish(self._learner, self._sitting.attempt, result.score.points, moment(self._clock))
        return result

    def _mistakes(self) -> tuple[Mistake, ...]:
        return tuple(
            Mistake(done.question, done.given, done.verdict)
            for _, done in sorted(self._answered.items())
            if not done.verdict.right
        )
