"""Sittings of an exam, answer by answer."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quizdock.core.card import Deck
from quizdock.core.dialogue import Question
from quizdock.core.errors import QuizDockError
from quizdock.core.marking import Mark
from quizdock.store import Store, open_store
from quizdock.store.attempts import AttemptRow
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment

START = Moment(1_795_521_600_000, 739_944)  # 2026-11-24T12:00:00Z
END = Moment(1_795_521_900_250, 739_944)  # five minutes later, and a bit


@pytest.fixture
def exam(store: Store, deck_of: Callable[..., Deck]) -> Callable[..., int]:
    """Starts an attempt at every card of the decks `one` (topics alpha, beta) and `two` (gamma)."""
    store.catalogue.put(deck_of("one", alpha="a b", beta="c"), "one.toml", b"")
    store.catalogue.put(deck_of("two", gamma="d"), "two.toml", b"")

    def start(learner: str = "Ada", decks: tuple[str, ...] = ("one",), pass_percent: float = 70) -> int:
        numbers = [store.catalogue.deck(name).id for name in decks]
        candidates = sorted(store.catalogue.candidates(Scope(tuple(numbers))))
        rows = [store.catalogue.card(candidate.card) for candidate in candidates]
        paper = [
            (candidate.card, row.hash, Question(row.id, row.card, row.card.study, row.deck, row.topic, 1, len(rows)))
            for candidate, row in zip(candidates, rows, strict=True)
        ]
        who = store.learners.find_or_add(learner)
        return store.attempts.start(who, paper, numbers, 42, pass_percent, START)

    return start


def test_an_unanswered_paper_has_marks_without_credit(store: Store, exam: Callable[..., int]) -> None:
    assert store.attempts.marks(exam()) == [
        Mark("About alpha", None),
        Mark("About alpha", None),
        Mark("About beta", None),
    ]


def test_an_answer_is_recorded_under_its_number(store: Store, exam: Callable[..., int]) -> None:
    attempt = exam()
    store.attempts.record(1, attempt, 3, 1, 0.5, 1200)
    assert store.attempts.marks(attempt) == [
        Mark("About alpha", None),
        Mark("About alpha", None),
        Mark("About beta", 0.5),
    ]
    assert store.database.rows(
        "SELECT number, response, credit, milliseconds FROM attempt_question WHERE response IS NOT NULL"
    ) == [(3, "1", 0.5, 1200)]


def test_an_answer_is_on_disk_as_soon_as_it_is_recorded(store: Store, exam: Callable[..., int], path: Path) -> None:
    attempt = exam()
    store.attempts.record(1, attempt, 1, "café", 1.0, 900)
    with closing(open_store(path, "elsewhere")) as other:
        assert other.attempts.marks(attempt)[0] == Mark("About alpha", 1.0)
        assert other.database.value("SELECT response FROM attempt_question WHERE number = 1") == '"café"'


def test_answers_stay_with_their_own_attempt(store: Store, exam: Callable[..., int]) -> None:
    first, second = exam(), exam()
    store.attempts.record(1, second, 1, 0, 1.0, 100)
    assert [mark.credit for mark in store.attempts.marks(first)] == [None, None, None]
    assert [mark.credit for mark in store.attempts.marks(second)] == [1.0, None, None]


def test_an_unfinished_attempt_is_not_listed(store: Store, exam: Callable[..., int]) -> None:
    store.attempts.record(1, exam(), 1, 0, 1.0, 100)
    assert store.attempts.finished() == []


def test_a_finished_attempt_is_listed_with_its_result(store: Store, exam: Callable[..., int]) -> None:
    attempt = exam(decks=("two", "one"))
    store.attempts.finish(1, attempt, 3.0, END)
    assert store.attempts.finished() == [
        AttemptRow(
            id=attempt,
            learner="Ada",
            decks="one, two",
            seed=42,
            day=739_944,
            finished="2026-11-24T12:05:00+00:00",
            points=3.0,
            questions=4,
            percent=75.0,
            passed=True,
        )
    ]


@pytest.mark.parametrize(("points", "percent", "passed"), [(2.0, 66.7, True), (1.9, 63.3, False), (0.0, 0.0, False)])
def test_the_pass_mark_of_the_day_decides(
    store: Store, exam: Callable[..., int], points: float, percent: float, passed: bool
) -> None:
    store.attempts.finish(1, exam(pass_percent=66.7), points, END)
    (row,) = store.attempts.finished()
    assert (row.percent, row.passed) == (percent, passed)


def test_attempts_are_listed_in_the_order_they_ended(store: Store, exam: Callable[..., int]) -> None:
    first, second, third = exam(), exam("Bob"), exam()
    store.attempts.finish(1, third, 1.0, START)
    store.attempts.finish(1, first, 2.0, END)
    store.attempts.finish(2, second, 3.0, END)
    assert [row.id for row in store.attempts.finished()] == [third, first, second]


def test_one_learners_attempts_can_be_listed_alone(store: Store, exam: Callable[..., int]) -> None:
    mine, theirs = exam("Ada"), exam("Bob")
    store.attempts.finish(1, mine, 1.0, END)
    store.attempts.finish(2, theirs, 2.0, END)
    assert [row.id for row in store.attempts.finished(store.learners.find("Bob"))] == [theirs]


def test_the_paper_outlives_the_deck(store: Store, exam: Callable[..., int], deck_of: Callable[..., Deck]) -> None:
    attempt = exam()
    store.attempts.record(1, attempt, 1, 0, 1.0, 100)
    before = store.database.rows("SELECT * FROM attempt_question")
    store.catalogue.put(deck_of("one", answer="another answer", other="z"), "one.toml", b"2")
    store.catalogue.withdraw("one")
    assert store.database.rows("SELECT * FROM attempt_question") == before
    store.attempts.finish(1, attempt, 1.0, END)
    assert [(row.decks, row.percent) for row in store.attempts.finished()] == [("one", 33.3)]


def test_a_paper_is_stored_whole_or_not_at_all(store: Store, exam: Callable[..., int]) -> None:
    exam()
    row = store.catalogue.card(1)
    question = Question(row.id, row.card, row.card.study, row.deck, row.topic, 1, 2)
    before = store.database.rows("SELECT * FROM attempt")
    with pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
        store.attempts.start(1, [(1, row.hash, question), (9999, row.hash, question)], [1], 1, 70, START)
    assert store.database.rows("SELECT * FROM attempt") == before


def test_the_number_of_an_exam_is_never_given_again(store: Store, exam: Callable[..., int], tmp_path: Path) -> None:
    first = exam("Ada")
    store.learners.remove("Ada", tmp_path / "Ada.jsonl")
    assert exam("Bob") > first


def test_an_exam_of_somebody_who_was_removed_changes_nobody_elses(
    store: Store, exam: Callable[..., int], tmp_path: Path
) -> None:
    theirs = exam("Ada")
    ada = store.learners.find("Ada")
    store.learners.remove("Ada", tmp_path / "Ada.jsonl")
    exam("Bob")
    before = [store.database.rows(f"SELECT * FROM {table}") for table in ("attempt", "attempt_question")]
    for change in (
        lambda: store.attempts.record(ada, theirs, 1, 0, 1.0, 100),
        lambda: store.attempts.finish(ada, theirs, 3.0, END),
        lambda: store.attempts.start(ada, [], [], 1, 70, START),
    ):
        with pytest.raises(QuizDockError, match="this learner was removed meanwhile"):
            change()
    assert [store.database.rows(f"SELECT * FROM {table}") for table in ("attempt", "attempt_question")] == before


def test_nothing_of_a_removed_learners_exams_is_left_but_their_numbers(
    store: Store, exam: Callable[..., int], tmp_path: Path
) -> None:
    attempt = exam("Ada")
    store.attempts.record(1, attempt, 1, 0, 1.0, 100)
    store.attempts.finish(1, attempt, 1.0, END)
    store.learners.remove("Ada", tmp_path / "Ada.jsonl")
    assert store.attempts.finished() == []
    assert store.database.rows("SELECT * FROM attempt") == [(attempt, 1, 1, 0, 0.0, 0, 0, None, None, 0)]
    assert store.database.rows("SELECT * FROM attempt_question") == []
    assert store.database.rows("SELECT * FROM attempt_deck") == []


def test_only_an_open_exam_of_ones_own_is_changed(store: Store, exam: Callable[..., int]) -> None:
    mine, theirs, closed = exam("Ada"), exam("Bob"), exam("Ada")
    ada = store.learners.find("Ada")
    store.attempts.finish(ada, closed, 1.0, END)
    for attempt in (theirs, closed, 77):
        with pytest.raises(QuizDockError, match="this exam is not open any more"):
            store.attempts.record(ada, attempt, 1, 0, 1.0, 100)
        with pytest.raises(QuizDockError, match="this exam is not open any more"):
            store.attempts.finish(ada, attempt, 3.0, END)
    with pytest.raises(QuizDockError, match="this exam is not open any more"):
        store.attempts.record(ada, mine, 4, 0, 1.0, 100)  # it has three questions
    assert [row.points for row in store.attempts.finished()] == [1.0]
