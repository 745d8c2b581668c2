"""Results that travel: written to files, collected from them, and counted for item analysis."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from quizdock.core import result_file
from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.forms import Shape, Task
from quizdock.core.items import Answer, Item, Sheet, guess_of
from quizdock.core.message import Message, msg
from quizdock.core.paper import Asked
from quizdock.core.result_file import LARGEST, Attempt, Results
from quizdock.deck.files import first_bytes
from quizdock.sessions.records import recorded
from quizdock.store import Store
from quizdock.store.attempts import Answered, AttemptRow
from quizdock.store.collected import Put


class Told(NamedTuple):
    """What became of a file, or of one of its attempts (its place, from 1): stored, known, or refused for a reason."""

    file: str
    place: int
    learner: str
    outcome: Put | Literal["refused"]
    reason: Message | None = None
    hint: Message | None = None


def results_of(store: Store, learner: int, name: str, decks: Collection[str] = ()) -> Results:
    """A learner's finished attempts that have questions of these decks, or all for none."""
    rows = [row for row in store.attempts.finished(learner) if not decks or not row.decks.keys().isdisjoint(decks)]
    return Results(store.collected.here, name, tuple(_attempt(store, row) for row in rows))


def _attempt(store: Store, row: AttemptRow) -> Attempt:
    paper, events = store.attempts.paper(row.id), store.attempts.events(row.id)
    return Attempt(
        number=row.number,
        decks=row.decks,
        seed=row.seed,
        rules=row.rules,
        day=row.day,
        started=row.started,
        deadline=row.deadline,
        finished=row.finished or 0,
        paper=tuple(paper),
        events=tuple(events),
        result=recorded(row, paper, events).result,
        device="" if row.device == store.collected.here else row.device,
    )


def collect(store: Store, paths: Collection[Path]) -> Iterator[Told]:
    """Read result files, and those in folders, into the store; tells what became of each attempt."""
    for path in _files(paths):
        try:
            results = result_file.read(_text(path))
        except QuizDockError as error:
            yield Told(path.name, 0, "", "refused", error.message, error.hint)
            continue
        for refused in results.refused:
            yield Told(path.name, refused.place, results.learner, "refused", refused.reason)
        for attempt in results.attempts:
            outcome = store.collected.put(attempt.device or results.device, results.learner, attempt)
            reason = msg("it contradicts what was collected before") if outcome == "other" else None
            yield Told(path.name, attempt.number, results.learner, "refused" if reason else outcome, reason)


def _files(paths: Collection[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.json"))
        else:
            yield path


def _text(path: Path) -> str:
    try:
        data = first_bytes(path, LARGEST + 1)
        if len(data) > LARGEST:
            raise QuizDockError(msg("larger than {limit} MB", limit=LARGEST >> 20))
        return data.decode("utf-8-sig")
    except OSError as error:
        raise QuizDockError(reason_of(error)) from error
    except UnicodeDecodeError as error:
        raise QuizDockError(msg("this is not UTF-8 text")) from error


class Counted(NamedTuple):
    """What item analysis is made of: the items in the order of their ids, and the sheets in the order of time."""

    items: tuple[Item, ...]
    sheets: tuple[Sheet, ...]


def counted(store: Store, decks: Collection[str] = ()) -> Counted:
    """Every finished attempt that is evidence, with its questions of these decks, or all for none."""
    answers = store.attempts.answers()
    latest: dict[str, Answered] = {}
    sheets = []
    for row in store.attempts.finished():
        if not row.rules.is_evidence:
            continue
        wanted = [each for each in answers.get(row.id, ()) if not decks or each.deck in decks]
        latest |= {each.id: each for each in wanted}
        if wanted:
            sheets.append(Sheet(row.who, {each.id: _answer(each.credit or 0.0, each.texts) for each in wanted}))
    asked = (store.attempts.question(latest[name].attempt, latest[name].number) for name in sorted(latest))
    return Counted(tuple(map(_item, asked)), tuple(sheets))


@lru_cache(maxsize=10_000)  # as in store.attempts: most answers are alike
def _answer(credit: float, texts: tuple[str, ...]) -> Answer:
    return Answer(credit, 1.0, texts)


def _item(asked: Asked) -> Item:
    card = asked.decoded
    task = card.exam or card.study
    options = sorted(task.choices) if task.shape in (Shape.ONE, Shape.SOME) else []
    return Item(asked.id, card.prompt, tuple(options), _right(task), guess_of(task))


def _right(task: Task) -> tuple[str, ...]:
    match task.answer:
        case str(text):
            return (text,)
        case tuple(texts) if all(isinstance(text, str) for text in texts):
            return tuple(str(text) for text in texts)
        case _:
            return ()
