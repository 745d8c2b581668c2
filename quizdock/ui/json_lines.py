"""The askers that programs speak to: one JSON object a line, in and out, and nothing else on stdout."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO, TypeVar

from quizdock.core.cleaning import json_text
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
from quizdock.core.message import Message, msg
from quizdock.core.sm2 import GRADES, Schedule, ease_text
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

Command = TypeVar("Command")


class Lines:
    """Reads objects, writes objects."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        self._source = source
        self._sink = sink

    def send(self, **data: Any) -> None:
        """Write one object."""
        self._sink.write(json_text(data) + "\n")
        self._sink.flush()

    def error(self, message: Message) -> None:
        """Write what is wrong with the last line."""
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


def command_in(data: dict[str, Any], commands: Mapping[str, Command]) -> Command | None:
    """The command that an object gives, as `{"skip": true}` does; None for any other object."""
    return next((command for name, command in commands.items() if data.get(name) is True), None)


def expected(commands: Iterable[str]) -> Message:
    """What a question takes."""
    names = "|".join(f'"{name}"' for name in commands)
    return msg('expected {{"response": …}}, or {{{names}: true}}', names=names)


class Asker:
    """What study and exam have in common."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        """Talk through these streams."""
        self.lines = Lines(source, sink)

    def refuse(self, message: Message) -> None:
        """Say why; the question follows again."""
        self.lines.error(message)

    def answer(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """The object that answers a message, which is sent until it is answered by one; None at the end of input."""
        while True:
            self.lines.send(**asked)
            try:
                return self.lines.receive()
            except ValueError:
                self.lines.error(msg("this line is not a JSON object"))


def asked(question: Question) -> dict[str, Any]:
    """What `ask` says of a question, in every session."""
    items = {"items": list(question.task.items)} if question.task.items else {}
    return {
        "type": "ask",
        "card": question.id,
        "form": question.task.form,
        "prompt": question.card.prompt,
        **items,
        "choices": list(question.task.choices),
    }


class StudyLines(Asker):
    """A study session as JSON lines."""

    def open(self, opening: Opening) -> None:
        """`session`."""
        day = as_date(opening.day).isoformat()
        mode = {} if opening.mode == "study" else {"mode": opening.mode}
        self.lines.send(type="session", learner=opening.learner, day=day, due=opening.due, new=opening.new, **mode)

    def ask(self, question: Question) -> Reply:
        """`ask`, answered by a response or a command."""
        status = {"new": question.new, "drill": question.drill, "left": question.left}
        hints = {"hints": list(question.card.hints[: question.hints])} if question.hints else {}
        message = asked(question) | status | hints
        while (data := self.answer(message)) is not None:
            command = command_in(data, _COMMANDS)
            if command is not None:
                return command
            if "response" in data:
                return Response(data["response"])
            self.lines.error(expected(_COMMANDS))
        return Quit()

    def grade(self, marked: Marked) -> Decision:
        """`verdict`, answered by a grade, by accepting the proposed one, or by a command."""
        while (data := self.answer(_verdict(marked))) is not None:
            command = command_in(data, _DECISIONS)
            if command is not None:
                return command
            grade = _grade(data, marked.grade)
            if grade is not None:
                return Graded(grade)
            self.lines.error(msg('expected {{"grade": 0 to 5}}, or {{"accept": true}} where a grade is proposed'))
        return Quit()

    def saved(self, saved: Saved) -> None:
        """`saved`: the schedule as it now stands."""
        self.lines.send(type="saved", card=saved.id, grade=saved.grade, **_schedule(saved.schedule))

    def leech(self, leech: Leech) -> Suspend | Keep:
        """`leech`, which asks nothing: `quizdock card suspend` is there at any time."""
        self.lines.send(type="leech", card=leech.id, lapses=leech.lapses, file=leech.file, line=leech.line)
        return Keep()

    def set_aside(self, card: str, command: Suspend | Bury) -> None:
        """`suspended` or `buried`."""
        self.lines.send(type="buried" if isinstance(command, Bury) else "suspended", card=card)

    def undone(self, undone: TakenBack | None) -> None:
        """`undone`, or an error if there was nothing to take back."""
        if undone is None:
            self.lines.error(msg("there is nothing of today to take back"))
        else:
            self.lines.send(type="undone", card=undone.id, event=undone.kind.name.lower(), grade=undone.grade)

    def finish(self, closing: Closing) -> Undo | Quit:
        """Nothing: a program that has heard the last `saved` waits for `done`."""
        return Quit()

    def close(self, closing: Closing) -> None:
        """`done`."""
        self.lines.send(type="done", reviews=closing.reviews, drills=closing.drills, seconds=closing.seconds)


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
