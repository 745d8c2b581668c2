"""An exam for programs: one JSON object a line, in and out, and nothing else on stdout."""

from typing import Any, TextIO

from quizdock.core.calibration import Band, Calibration
from quizdock.core.days import as_date
from quizdock.core.dialogue import Hint, Quit, Response, Skip
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
    Record,
    Review,
    SecondsLeft,
    Sitting,
    Submit,
    Sure,
)
from quizdock.core.marking import MOST_TRIES, Certainty, Place, Score, certainty_points, points
from quizdock.core.message import msg
from quizdock.ui.json_lines import Asker, asked, command_in, expected
from quizdock.ui.translations import translate

_COMMANDS: dict[str, ExamReply] = {
    "skip": Skip(),
    "back": Back(),
    "flag": Flag(),
    "hint": Hint(),
    "review": Review(),
    "submit": Submit(),
    "quit": Quit(),
}
_CERTAINTIES = {certainty.name.lower(): certainty for certainty in Certainty}


class ExamLines(Asker):
    """An exam as JSON lines: whoever only answers gets a result, once what was skipped is answered too."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        """Talk through these streams."""
        super().__init__(source, sink)
        self._certainty: object = None
        self._wants_overview = False

    def introduce(self, sitting: Sitting) -> None:
        """Nothing: a program knows the rules, and `exam` repeats them."""

    def open(self, sitting: Sitting) -> None:
        """`exam`: what was drawn, and how it is marked."""
        self.lines.send(
            type="exam",
            learner=sitting.learner,
            day=as_date(sitting.day).isoformat(),
            attempt=sitting.attempt,
            seed=sitting.seed,
            questions=sitting.questions,
            **sitting.rules.as_data(),
            resumed=sitting.resumed,
            answered=sitting.answered,
            seconds_left=sitting.seconds_left,
            changes=[translate(change) for change in sitting.changes],
        )

    def ask(self, item: Item, seconds_left: SecondsLeft) -> ExamReply:
        """`ask`, with its number and how many there are; what was answered before is its "response"."""
        question = item.question
        message = asked(question) | {
            "number": question.number,
            "of": question.of,
            "answered": item.answered,
            "seconds_left": seconds_left(),
        }
        if item.answer.flagged:
            message["flagged"] = True
        if item.answer.credit is not None:
            message["response"] = item.response
        if item.answer.hints:
            message["hints"] = list(question.card.hints[: item.answer.hints])
        return self._reply(message, item)

    def _reply(self, message: dict[str, Any], item: Item | None) -> ExamReply:
        while (data := self.answer(message)) is not None:
            command = command_in(data, _COMMANDS)
            if command is not None:
                self._wants_overview = isinstance(command, Review)
                return command
            goto = data.get("goto")
            if isinstance(goto, int) and not isinstance(goto, bool):
                return GoTo(goto)
            if item and "response" in data:
                self._certainty = data.get("certainty")
                return Response(data["response"])
            self.lines.error(expected([*_COMMANDS]))
        return Quit()

    def certainty(self, item: Item, seconds_left: SecondsLeft) -> Sure:
        """What the response said of it; else `certainty`, answered by "guess", "fairly" or "sure"."""
        said, self._certainty = self._certainty, None
        while not isinstance(said, str) or said not in _CERTAINTIES:
            if said is not None:
                self.lines.error(msg("a certainty is one of {names}", names=", ".join(_CERTAINTIES)))
            data = self.answer({"type": "certainty", "card": item.question.id, "seconds_left": seconds_left()})
            if data is None or data.get("quit") is True:
                return Quit()
            if data.get("back") is True:
                return Back()
            said = data.get("certainty", "")
        return _CERTAINTIES[said]

    def tell(self, assessed: Assessed, seconds_left: SecondsLeft) -> Onward:
        """`verdict`; the answer comes once no other try is left."""
        left = MOST_TRIES - assessed.answer.tries - assessed.answer.hints
        tries = {} if assessed.may_be_told else {"tries_left": left}
        self.lines.send(type="verdict", **_marked(assessed), **(_answer(assessed) if assessed.may_be_told else tries))
        return Skip()

    def review(self, overview: Overview, seconds_left: SecondsLeft) -> ExamReply:
        """`overview` where it was asked for; else on to what has no answer, or the paper is submitted."""
        if self._wants_overview:
            self._wants_overview = False
            return self._reply(
                {
                    "type": "overview",
                    "questions": [_line(line) for line in overview.lines],
                    "unanswered": overview.unanswered,
                    "flagged": overview.flagged,
                    "seconds_left": seconds_left(),
                },
                None,
            )
        return GoTo(overview.unanswered[0]) if overview.unanswered else Submit()

    def close(self, outcome: Outcome) -> bool:
        """`result`; its score, percentage and verdict are null if the exam was left before its end."""
        record = outcome.record
        score = record.result.score if record else None
        self.lines.send(
            type="result",
            attempt=outcome.sitting.attempt,
            score=score.points if score else None,
            of=outcome.sitting.questions,
            percent=score.percent if score else None,
            passed=record.result.passed if record else None,
            answered=outcome.answered,
            out_of_time=record.out_of_time if record else False,
            topics=[_topic(*topic) for topic in record.result.topics] if record else [],
            **(_certainty_of(record) if record else {}),
            mistakes=[mistake_data(mistake) for mistake in record.mistakes] if record else [],
        )
        return False


def _line(line: Line) -> dict[str, Any]:
    return {"number": line.number, "prompt": line.prompt, "given": line.given, "answered": line.is_answered} | (
        {"flagged": True} if line.flagged else {}
    )


def _topic(place: Place, score: Score) -> dict[str, Any]:
    return {"deck": place.deck, "topic": place.title, "score": score.points, "of": score.of, "percent": score.percent}


def _certainty_of(record: Record) -> dict[str, Any]:
    """The certainty points and the calibration, where they were asked for."""
    certainty, found = record.result.certainty, record.calibration
    if certainty is None or found is None:
        return {}
    return {"certainty": {"points": certainty.points, "of": certainty.of, **calibration_data(found)}}


def calibration_data(calibration: Calibration) -> dict[str, Any]:
    """How sure against how right, as plain JSON data; shares are percentages."""
    return {
        "judgement": calibration.judgement.value,
        "bands": [_band(band) for band in calibration.bands],
    }


def _band(band: Band) -> dict[str, Any]:
    right = None if band.right is None else round(100 * band.right, 1)
    return {
        "certainty": band.certainty.name.lower(),
        "answers": band.answers,
        "percent": right,
        "judgement": band.judgement.value,
    }


def _marked(each: Assessed) -> dict[str, Any]:
    """How an answer was marked."""
    data = {
        "card": each.question.id,
        "given": each.given,
        "credit": each.mark.credit,
        "points": round(points(each.mark, each.rules), 6),
        "leniency": translate(each.verdict.leniency) if each.verdict else "",
        "detail": translate(each.verdict.detail) if each.verdict else "",
        "why": each.verdict.why if each.verdict else "",
    }
    if each.mark.certainty is not None:
        data["certainty"] = each.mark.certainty.name.lower()
        data["certainty_points"] = round(certainty_points(each.mark), 6)
    return data


def _answer(each: Assessed) -> dict[str, Any]:
    """What would have been right, and where to read it."""
    card = each.question.card
    return {"answer": each.question.task.answer, "explanation": card.explain, "source": card.source}


def mistake_data(each: Assessed) -> dict[str, Any]:
    """A question with what was given, how that was marked and what would have been right, as plain JSON data."""
    return {"number": each.question.number, "prompt": each.question.card.prompt, **_marked(each), **_answer(each)}
