"""Results that travel between homes, marks given anew, and what item analysis counts."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from quizdock.core.card import Card, Deck
from quizdock.core.dialogue import Question, Response, Skip
from quizdock.core.errors import QuizDockError
from quizdock.core.exam_dialogue import (
    Assessed,
    ExamReply,
    Item,
    Onward,
    Outcome,
    Overview,
    SecondsLeft,
    Sitting,
    Submit,
    Sure,
)
from quizdock.core.forms import Choice, Option, Text
from quizdock.core.history_file import read
from quizdock.core.items import analysis
from quizdock.core.marking import Certainty, Score
from quizdock.core.message import Message
from quizdock.core.result_file import write
from quizdock.sessions.clock import Clock
from quizdock.sessions.exam import Exam, Learner
from quizdock.sessions.papers import Wishes, draw
from quizdock.sessions.records import record_of
from quizdock.sessions.regrading import apply, regrades
from quizdock.sessions.results import collect, counted, results_of
from quizdock.sessions.sheets import variants
from quizdock.store import Store, open_store
from quizdock.store.catalogue import Scope

OPTIONS = ("London", "Lyon", "Paris")


def capitals(answer: str = "Paris", options: tuple[str, ...] = OPTIONS) -> Deck:
    """Two questions: a choice of a capital, and a name to be typed."""
    choice = Choice(tuple(Option(text, right=text == answer) for text in options))
    text = Text(("Seine",))
    cards = (Card("capital", "", "The capital?", choice, choice), Card("river", "", "The river?", text, text))
    return Deck("france", "France", "fr", "", "", (), cards)


class Answering:
    """Chooses this capital and types this river."""

    def __init__(self, capital: str, river: str) -> None:
        self.said = {"capital": capital, "river": river}

    def introduce(self, sitting: Sitting) -> None: ...

    def open(self, sitting: Sitting) -> None: ...

    def ask(self, item: Item, seconds_left: SecondsLeft) -> ExamReply:
        said = self.said[item.question.card.name]
        choices = item.question.task.choices
        return Response(choices.index(said) if choices else said)

    def certainty(self, item: Item, seconds_left: SecondsLeft) -> Sure:
        return Certainty.SURE

    def tell(self, assessed: Assessed, seconds_left: SecondsLeft) -> Onward:
        return Skip()

    def review(self, overview: Overview, seconds_left: SecondsLeft) -> ExamReply:
        return Submit()

    def refuse(self, message: Message) -> None: ...

    def close(self, outcome: Outcome) -> bool:
        return False


Sit = Callable[..., int]


@pytest.fixture
def sit(store: Store, clock: Clock) -> Sit:
    """Sits an exam over the deck: `sit("Ada", "Lyon", "Seine")`; returns the attempt's number."""

    def sat(name: str = "Ada", capital: str = "Paris", river: str = "Seine", **wishes: Any) -> int:
        learner = Learner(store.learners.find_or_add(name), name)
        drawn = draw(store, Wishes(Scope((1,)), **{"seed": 1, **wishes}))
        Exam(store, Answering(capital, river), clock, learner, drawn).run()
        return store.attempts.finished()[-1].id

    return sat


@pytest.fixture(autouse=True)
def france(store: Store) -> None:
    store.catalogue.put(capitals(), "france.toml", b"1")


@pytest.fixture
def teacher(tmp_path: Path) -> Iterator[Store]:
    """Another home, without the deck."""
    with closing(open_store(tmp_path / "teacher" / "quizdock.db", "teachers-machine")) as opened:
        yield opened


@pytest.fixture
def handed_in(store: Store, tmp_path: Path) -> Callable[..., Path]:
    """Writes a learner's results to a file."""

    def hand_in(name: str = "Ada") -> Path:
        file = tmp_path / f"{name}.json"
        file.write_text(write(results_of(store, store.learners.find(name), name)), encoding="utf-8")
        return file

    return hand_in


def outcomes(store: Store, *paths: Path) -> list[str]:
    return [told.outcome for told in collect(store, paths)]


def test_what_is_collected_is_what_was_sat(
    store: Store, teacher: Store, sit: Sit, handed_in: Callable[..., Path]
) -> None:
    sit("Ada", "Lyon", "Seine", certainty=True)
    sit("Ada", "Paris", "Rhône", penalty=0.5)
    assert outcomes(teacher, handed_in()) == ["new", "new"]
    for number in (1, 2):
        here, there = record_of(store, number), record_of(teacher, number)
        assert there == here
    rows = teacher.attempts.finished()
    assert [(row.learner, row.is_here, row.who) for row in rows] == [("Ada", False, "this-machine/Ada")] * 2
    assert teacher.learners.names() == [], "whoever is collected does not study here"
    assert teacher.database.rows("PRAGMA foreign_key_check") == []


def test_twice_is_once(teacher: Store, sit: Sit, handed_in: Callable[..., Path]) -> None:
    sit()
    file = handed_in()
    assert outcomes(teacher, file, file) == ["new", "known"]
    assert outcomes(teacher, file.parent) == ["known"]
    assert len(teacher.attempts.finished()) == 1


def test_what_happened_since_comes_too(
    store: Store, teacher: Store, sit: Sit, handed_in: Callable[..., Path], clock: Clock
) -> None:
    sit(capital="Lyon")
    outcomes(teacher, handed_in())
    store.catalogue.put(capitals("Lyon"), "france.toml", b"2")
    for found in regrades(store, store.attempts.finished(), clock):
        apply(store, found)
    assert outcomes(teacher, handed_in()) == ["updated"]
    assert teacher.attempts.attempt(1).percent == 100.0
    assert outcomes(teacher, handed_in()) == ["known"]


def test_exams_that_came_with_a_history_are_handed_in_as_those_of_their_device(
    store: Store, teacher: Store, sit: Sit, handed_in: Callable[..., Path], tmp_path: Path
) -> None:
    sit(capital="Lyon")
    with closing(open_store(tmp_path / "other" / "quizdock.db", "other-machine")) as other:
        lines, _exported = store.histories.export(store.learners.find("Ada"))
        other.histories.take_in(read(lines.encode().splitlines(keepends=True)), "Ada", "fresh")
        assert outcomes(other, handed_in()) == ["known"], "it goes on there"
        file = tmp_path / "both.json"
        file.write_text(write(results_of(other, other.learners.find("Ada"), "Ada")), encoding="utf-8")
    assert outcomes(teacher, file) == ["new"]
    assert outcomes(teacher, handed_in()) == ["known"]
    (row,) = teacher.attempts.finished()
    assert (row.device, row.number) == ("this-machine", 1)


def test_what_contradicts_what_was_collected_is_refused(
    teacher: Store, sit: Sit, handed_in: Callable[..., Path]
) -> None:
    sit(capital="Lyon")
    file = handed_in()
    outcomes(teacher, file)
    data = json.loads(file.read_text(encoding="utf-8"))
    data["attempts"][0]["events"].insert(1, {"kind": "flagged", "at": data["attempts"][0]["started"], "number": 1})
    file.write_text(json.dumps(data), encoding="utf-8")
    (told,) = collect(teacher, [file])
    assert (told.outcome, str(told.reason)) == ("refused", "it contradicts what was collected before")
    assert not record_of(teacher, 1).questions[0].answer.flagged


def test_ones_own_results_are_known(store: Store, sit: Sit, handed_in: Callable[..., Path]) -> None:
    sit()
    assert outcomes(store, handed_in()) == ["known"]


def test_bad_files_are_refused_and_the_good_ones_collected(
    teacher: Store, sit: Sit, handed_in: Callable[..., Path], tmp_path: Path
) -> None:
    sit()
    good = handed_in()
    cut, binary = tmp_path / "cut.json", tmp_path / "binary.json"
    cut.write_text(good.read_text(encoding="utf-8")[:-30], encoding="utf-8")
    binary.write_bytes(b"\xff\xfe\x00")
    told = list(collect(teacher, [cut, binary, tmp_path / "nowhere.json", good]))
    assert [(each.file, each.outcome, str(each.reason or "")) for each in told] == [
        ("cut.json", "refused", "this is no result file, or only a part of one"),
        ("binary.json", "refused", "this is not UTF-8 text"),
        ("nowhere.json", "refused", "No such file or directory"),
        ("Ada.json", "new", ""),
    ]


def test_a_deleted_attempt_is_not_brought_back(teacher: Store, sit: Sit, handed_in: Callable[..., Path]) -> None:
    sit()
    outcomes(teacher, handed_in())
    teacher.attempts.delete(1)
    assert outcomes(teacher, handed_in()) == ["known"]
    assert teacher.attempts.finished() == []


def test_an_export_may_be_of_some_decks_alone(store: Store, sit: Sit) -> None:
    sit()
    ada = store.learners.find("Ada")
    assert len(results_of(store, ada, "Ada", ["france"]).attempts) == 1
    assert results_of(store, ada, "Ada", ["spain"]).attempts == ()


# ── regrading ──────────────────────────────────────────────────────────────────────────────────────


def test_a_corrected_key_marks_anew_and_keeps_the_history(store: Store, sit: Sit, clock: Clock) -> None:
    wrong, right = sit("Ada", "Lyon"), sit("Bob", "Paris")
    store.catalogue.put(capitals("Lyon"), "france.toml", b"2")
    found = list(regrades(store, store.attempts.finished(), clock))
    assert [(each.row.id, each.before.result.score.points, each.after.result.score.points) for each in found] == [
        (wrong, 1.0, 2.0),
        (right, 2.0, 1.0),
    ]
    (remark,) = found[0].remarks
    assert (remark.card, remark.before, remark.after, remark.kept) == ("france/capital", 0.0, 1.0, None)
    assert record_of(store, wrong).result.score == Score(1.0, 2), "nothing is stored yet"
    for each in found:
        apply(store, each)
    record = record_of(store, wrong)
    assert (record.result.score, record.result.passed) == (Score(2.0, 2), True)
    assert [(each.before, each.after) for each in record.regrades] == [(0.0, 1.0)]
    (question,) = [each for each in record.questions if each.question.card.name == "capital"]
    assert (question.given, question.question.task.answer) == ("Lyon", "Lyon")
    assert store.attempts.attempt(wrong).percent == 100.0
    assert list(regrades(store, store.attempts.finished(), clock)) == [], "twice is once"


def test_what_is_not_on_offer_any_more_keeps_its_mark_and_says_so(store: Store, sit: Sit, clock: Clock) -> None:
    sit("Ada", "Lyon")
    store.catalogue.put(capitals("Paris", ("Paris", "Nice")), "france.toml", b"2")
    (found,) = regrades(store, store.attempts.finished(), clock)
    assert [str(remark.kept) for remark in found.remarks] == ["what was answered is not on offer any more"]
    assert found.events == ()
    apply(store, found)
    assert record_of(store, 1).regrades == ()


def test_a_card_that_has_gone_keeps_its_mark(store: Store, sit: Sit, clock: Clock) -> None:
    sit("Ada", "Lyon")
    store.catalogue.withdraw("france")
    assert list(regrades(store, store.attempts.finished(), clock)) == []


def test_practice_is_not_marked_anew(store: Store, sit: Sit, clock: Clock) -> None:
    sit("Ada", "Paris", mode="practice")
    store.catalogue.put(capitals("Lyon"), "france.toml", b"2")
    assert list(regrades(store, store.attempts.finished(), clock)) == []


def test_marks_are_not_stored_over_others(store: Store, sit: Sit, clock: Clock) -> None:
    sit("Ada", "Lyon")
    store.catalogue.put(capitals("Lyon"), "france.toml", b"2")
    first, second = (next(regrades(store, store.attempts.finished(), clock)) for _ in range(2))
    apply(store, first)
    with pytest.raises(QuizDockError, match="this attempt has changed meanwhile"):
        apply(store, second)


# ── item analysis ──────────────────────────────────────────────────────────────────────────────────


def test_items_and_sheets_come_from_own_and_collected_attempts_in_the_order_of_time(
    store: Store, teacher: Store, sit: Sit, handed_in: Callable[..., Path]
) -> None:
    sit("Ada", "Lyon", "Seine")
    sit("Ada", "Paris", "Seine")
    sit("Bob", "Paris", "Rhône")
    sit("Bob", "Paris", "Rhône", mode="practice")
    for name in ("Ada", "Bob"):
        outcomes(teacher, handed_in(name))
    for each, who in ((store, ["#1", "#1", "#2"]), (teacher, ["this-machine/Ada"] * 2 + ["this-machine/Bob"])):
        found = counted(each)
        capital, river = found.items
        assert (capital.id, capital.options, capital.right) == ("france/capital", OPTIONS, ("Paris",))
        assert (capital.guess, river.guess) == (1 / 3, 0.0)
        assert (river.options, river.right) == ((), ("Seine",))
        assert [sheet.learner for sheet in found.sheets] == who
        assert found.sheets[0].answers["france/capital"] == (0.0, 1.0, ("Lyon",))
        assert analysis(found.items, found.sheets).items[0].facility == pytest.approx(200 / 3)
    assert counted(store, ["spain"]) == ((), ())


# ── on paper ───────────────────────────────────────────────────────────────────────────────────────


def test_variants_ask_the_same_questions_in_other_orders_and_the_same_seed_the_same_sheets(
    store: Store, deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of("many", alpha=" ".join(f"c{n}" for n in range(20))), "many.toml", b"")
    wishes = Wishes(Scope((store.catalogue.deck("many").id,)), seed=7, questions=10)
    sheets = variants(store, wishes, 3)
    assert [(sheet.letter, sheet.seed) for sheet in sheets] == [("A", 7), ("B", 8), ("C", 9)]
    names = [[question.id for question in sheet.questions] for sheet in sheets]
    assert len({tuple(each) for each in names}) == 3
    assert len({frozenset(each) for each in names}) == 1
    assert [question.number for question in sheets[0].questions] == list(range(1, 11))
    assert variants(store, wishes, 3) == sheets
    orders = {tuple(question.task.choices for question in sorted(sheet.questions, key=by_id)) for sheet in sheets}
    assert len(orders) == 3


def by_id(question: Question) -> str:
    return question.id
