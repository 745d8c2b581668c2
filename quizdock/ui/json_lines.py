"""The askers that programs speak to: one JSON object a line, in and out, and nothing else on stdout."""

import json
from collections.abc import Mapping
from typing import Any, TextIO, TypeVar

from quizdock.core.days import as_date
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
    Mistake,
    Opening,
    Outcome,
    Question,
    Quit,
    Reply,
    Response,
    Saved,
    Sitting,
    Skip,
    Suspend,
    TakenBack,
    Undo,
)
from quizdock.core.marking import Score
from quizdock.core.message import Message, msg
from quizdock.core.sm2 import GRADES, Schedule, ease_text
from quizdock.core.text import json_text
from quizdock.ui.translations import translate

LONGEST_LINE = 1_000_000
"""Characters of an input line; a longer one is refused."""

_DECISIONS: dict[str, Decision] = {
    "undo": Undo(),
    "skip": Skip(),
    "suspend": Suspend(),
    "bury": Bury(),
    "quit": Quit(),
}
_COMMANDS: dict[str, Reply] = {
    "undo": Undo(),
    "skip": Skip(),
    "suspend": Suspend(),
    "bury": Bury(),
    "hint": Hint(),
    "dont_know": DontKnow(),
    "quit": Quit(),
}
_EXAM_COMMANDS: dict[str, Reply] = {"undo": Undo(), "skip": Skip(), "quit": Quit()}

Command = TypeVar("Command")


class _Lines:
    """Reads objects, writes objects."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        self._source = source
        self._sink = sink

    def send(self, **data: Any) -> None:
        self._sink.write(json_text(data) + "\n")
        self._sink.flush()

    def error(self, message: Message) -> None:
        self.send(type="error", message=translate(message))

    def receive(self) -> dict[str, Any] | None:
        """The next object; None at the end of input. Raises ValueError for a line that is none."""
        line = self._source.readline(LONGEST_LINE)
        if not line:
            return None
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            while (rest := self._source.readline(LONGEST_LINE)) and not rest.endswith("\n"):
                pass
            raise ValueError
        try:
            data = json.loads(line)
        except RecursionError:
            raise ValueError from None
        if not isinstance(data, dict):
            raise ValueError
        json.dumps(data, ensure_ascii=False).encode()  # half a surrogate pair is a ValueError
        return data


def _command(data: dict[str, Any], commands: Mapping[str, Command]) -> Command | None:
    return next((command for name, command in commands.items() if data.get(name) is True), None)


class _Asker:
    """What study and exam have in common."""

    commands: Mapping[str, Reply] = _EXAM_COMMANDS

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        self._lines = _Lines(source, sink)

    def refuse(self, message: Message) -> None:
        """Say why; the question follows again."""
        self._lines.error(message)

    def _reply(self, asked: dict[str, Any]) -> Reply:
        while True:
            self._lines.send(**asked)
            try:
                data = self._lines.receive()
            except ValueError:
                self._lines.error(msg("this line is not a JSON object"))
                continue
            if data is None:
                return Quit()
            command = _command(data, self.commands)
            if command is not None:
                return command
            if "response" in data:
                return Response(data["response"])
            names = "|".join(f'"{name}"' for name in self.commands)
            self._lines.error(msg('expected {{"response": …}}, or {{{names}: true}}', names=names))


def _asked(question: Question) -> dict[str, Any]:
    items = {"items": list(question.task.items)} if question.task.items else {}
    return {
        "type": "ask",
        "card": question.id,
        "form": question.task.form,
        "prompt": question.card.prompt,
        **items,
        "choices": list(question.task.choices),
    }


class StudyLines(_Asker):
    """A study session as JSON lines."""

    commands = _COMMANDS

    def open(self, opening: Opening) -> None:
        """`session`."""
        day = as_date(opening.day).isoformat()
        mode = {} if opening.mode == "study" else {"mode": opening.mode}
        self._lines.send(type="session", learner=opening.learner, day=day, due=opening.due, new=opening.new, **mode)

    def ask(self, question: Question) -> Reply:
        """`ask`, answered by a response or a command."""
        status = {"new": question.new, "drill": question.drill, "left": question.left}
        hints = {"hints": list(question.card.hints[: question.hints])} if question.hints else {}
        return self._reply(_asked(question) | status | hints)

    def grade(self, marked: Marked) -> Decision:
        """`verdict`, answered by a grade, by accepting the proposed one, or by a command."""
        while True:
            self._lines.send(**_verdict(marked))
            try:
                data = self._lines.receive()
            except ValueError:
                self._lines.error(msg("this line is not a JSON object"))
                continue
            if data is None:
                return Quit()
            command = _command(data, _DECISIONS)
            if command is not None:
                return command
            grade = _grade(data, marked.grade)
            if grade is not None:
                return Graded(grade)
            self._lines.error(msg('expected {{"grade": 0 to 5}}, or {{"accept": true}} where a grade is proposed'))

    def saved(self, saved: Saved) -> None:
        """`saved`: the schedule as it now stands."""
        self._lines.send(type="saved", card=saved.id, grade=saved.grade, **_schedule(saved.schedule))

    def leech(self, leech: Leech) -> Suspend | Keep:
        """`leech`, which asks nothing: `quizdock card suspend` is there at any time."""
        self._lines.send(type="leech", card=leech.id, lapses=leech.lapses, file=leech.file, line=leech.line)
        return Keep()

    def set_aside(self, card: str, command: Suspend | Bury) -> None:
        """`suspended` or `buried`."""
        self._lines.send(type="buried" if isinstance(command, Bury) else "suspended", card=card)

    def undone(self, undone: TakenBack | None) -> None:
        """`undone`, or an error if there was nothing to take back."""
        if undone is None:
            self._lines.error(msg("there is nothing of today to take back"))
        else:
            self._lines.send(type="undone", card=undone.id, event=undone.kind.name.lower(), grade=undone.grade)

    def finish(self, closing: Closing) -> Undo | Quit:
        """Nothing: a program that has heard the last `saved` waits for `done`."""
        return Quit()

    def close(self, closing: Closing) -> None:
        """`done`."""
        self._lines.send(type="done", reviews=closing.reviews, drills=closing.drills, seconds=closing.seconds)


class ExamLines(_Asker):
    """An exam as JSON lines."""

    def open(self, sitting: Sitting) -> None:
        """`exam`: what was drawn."""
        self._lines.send(
            type="exam",
            learner=sitting.learner,
            day=as_date(sitting.day).isoformat(),
            attempt=sitting.attempt,
            seed=sitting.seed,
            questions=sitting.questions,
            **{"pass": sitting.pass_percent},
        )

    def ask(self, question: Question) -> Reply:
        """`ask`, with its number and how many there are."""
        return self._reply(_asked(question) | {"number": question.number, "of": question.of})

    def close(self, outcome: Outcome) -> None:
        """`result`; its score, percentage and verdict are null if the exam was left before its end."""
        result = outcome.result
        self._lines.send(
            type="result",
            attempt=outcome.sitting.attempt,
            score=result.score.points if result else None,
            of=outcome.sitting.questions,
            percent=result.score.percent if result else None,
            passed=result.passed if result else None,
            topics=[_topic(*topic) for topic in result.topics] if result else [],
            mistakes=[_mistake(mistake) for mistake in outcome.mistakes],
        )


def _schedule(schedule: Schedule | None) -> dict[str, Any]:
    """Where the card stands now; all null for a new card that was only crammed."""
    return {
        "repetitions": schedule.repetitions if schedule else None,
        "interval": schedule.interval if schedule else None,
        "ease": ease_text(schedule.ease) if schedule else None,
        "due": as_date(schedule.due).isoformat() if schedule else None,
    }


def _verdict(marked: Marked) -> dict[str, Any]:
    verdict = marked.verdict
    return {
        "type": "verdict",
        "credit": verdict.credit if verdict else None,
        "leniency": translate(verdict.leniency) if verdict else "",
        "detail": translate(verdict.detail) if verdict else "",
        "why": verdict.why if verdict else "",
        "answer": marked.question.task.answer,
        "explanation": marked.question.card.explain,
        "source": marked.question.card.source,
        "grade": marked.grade,
        "reason": translate(marked.proposal.reason) if marked.proposal else "",
        "intervals": {str(grade): interval for grade, interval in marked.intervals.items()},
    }


def _grade(data: dict[str, Any], proposed: int | None) -> int | None:
    if data.get("accept") is True:
        return proposed
    grade = data.get("grade")
    return grade if isinstance(grade, int) and not isinstance(grade, bool) and grade in GRADES else None


def _topic(title: str, score: Score) -> dict[str, Any]:
    return {"topic": title, "score": score.points, "of": score.of, "percent": score.percent}


def _mistake(mistake: Mistake) -> dict[str, Any]:
    card = mistake.question.card
    return {
        "card": mistake.question.id,
        "prompt": card.prompt,
        "given": mistake.given,
        "answer": mistake.question.task.answer,
        "detail": translate(mistake.verdict.detail) if mistake.verdict else "",
        "why": mistake.verdict.why if mistake.verdict else "",
        "explanation": card.explain,
        "source": card.source,
    }
