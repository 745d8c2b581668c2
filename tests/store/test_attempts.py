"""Sittings of an exam, event by event."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quizdock.core.card import Deck, encode
from quizdock.core.errors import QuizDockError
from quizdock.core.marking import Certainty, Mark, Place, Result, Rules, Score
from quizdock.core.paper import Asked
from quizdock.core.sitting import Event, Kind
from quizdock.store import Store, open_store
from quizdock.store.attempts import AttemptRow
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment

START = Moment(1_795_521_600_000, 739_944)  # 2026-11-24T12:00:00Z
END = START.at + 300_250
SUBMITTED = Event(Kind.SUBMITTED, END)
TWO = Result(Score(2.0, 3), (), passed=False)

Begin = Callable[..., int]


@pytest.fixture
def exam(store: Store, deck_of: Callable[..., Deck]) -> Begin:
    """Starts an attempt at every card of the decks `one` (topics alpha, beta) and `two` (gamma)."""
    store.catalogue.put(deck_of("one", alpha="a b", beta="c"), "one.toml", b"")
    store.catalogue.put(deck_of("two", gamma="d"), "two.toml", b"")

    def start(learner: str = "Ada", decks: tuple[str, ...] = ("one",), rules: Rules = Rules()) -> int:  # noqa: B008 - frozen
        numbers = [store.catalogue.deck(name).id for name in decks]
        paper = []
        for candidate in sorted(store.catalogue.candidates(Scope(tuple(numbers)))):
            row = store.catalogue.card(candidate.card)
            paper.append(
                Asked(Place(candidate.deck, candidate.topic, row.topic), candidate.name, row.hash, encode(row.card))
            )
        titles = {name: f"The {name}" for name in decks}
        return store.attempts.start(store.learners.find_or_add(learner), paper, titles, 42, rules, START)

    return start


def answered(number: int, credit: float = 1.0, given: object = "the answer") -> Event:
    return Event(Kind.ANSWERED, START.at + 1000, number, given, credit, 1200, Certainty.SURE)


def test_what_happens_is_kept_as_it_happened(store: Store, exam: Begin) -> None:
    attempt = exam()
    happened = [
        Event(Kind.OPENED, START.at),
        answered(3, 0.5, ["café", "x"]),
        Event(Kind.FLAGGED, START.at, 2),
        Event(Kind.REGRADED, END, 3, ["café", "x"], 1.0, hash=7, body="{}"),
    ]
    for last, event in enumerate(happened):
        assert store.attempts.append(attempt, last, event) == last + 1
    assert store.attempts.events(attempt) == happened


def test_an_answer_is_on_disk_as_soon_as_it_is_stored(store: Store, exam: Begin, path: Path) -> None:
    attempt = exam()
    store.attempts.append(attempt, 0, answered(1))
    with closing(open_store(path, "elsewhere")) as other:
        assert other.attempts.events(attempt) == [answered(1)]


def test_the_paper_is_kept_whole_and_outlives_the_deck(store: Store, exam: Begin, deck_of: Callable[..., Deck]) -> None:
    attempt = exam()
    before = store.attempts.paper(attempt)
    assert [(asked.id, asked.place) for asked in before] == [
        ("one/a", Place("one", "alpha", "About alpha")),
        ("one/b", Place("one", "alpha", "About alpha")),
        ("one/c", Place("one", "beta", "About beta")),
    ]
    store.catalogue.put(deck_of("one", answer="another answer", other="z"), "one.toml", b"2")
    store.catalogue.withdraw("one")
    assert store.attempts.paper(attempt) == before
    assert store.attempts.hashes_now(attempt) == {}


def test_what_the_decks_have_now_is_told_by_number(store: Store, exam: Begin, deck_of: Callable[..., Deck]) -> None:
    attempt = exam()
    a, _b, c = store.attempts.paper(attempt)
    store.catalogue.put(deck_of("one", alpha="a", beta="c"), "one.toml", b"2")
    assert store.attempts.hashes_now(attempt) == {1: a.hash, 3: c.hash}


def test_a_finished_attempt_is_listed_with_its_result(store: Store, exam: Begin) -> None:
    attempt = exam(decks=("two", "one"), rules=Rules(60, minutes=30))
    assert store.attempts.finished() == []
    store.attempts.finish(attempt, 0, SUBMITTED, Result(Score(3.0, 4), (), passed=True, certainty=Score(-1.5, 12)))
    assert store.attempts.open() == []
    (row,) = store.attempts.finished()
    assert row == AttemptRow(
        id=attempt,
        device="this-machine",
        number=1,
        who="#1",
        learner="Ada",
        is_here=True,
        decks={"one": "The one", "two": "The two"},
        seed=42,
        rules=Rules(60, minutes=30),
        day=739_944,
        started=START.at,
        deadline=START.at + 1_800_000,
        finished=END,
        points=3.0,
        certainty_points=-1.5,
        questions=4,
    )
    assert (row.percent, row.passed) == (75.0, True)
    assert store.attempts.events(attempt) == [SUBMITTED]


@pytest.mark.parametrize(("points", "percent", "passed"), [(2.0, 66.7, True), (1.9, 63.3, False), (0.0, 0.0, False)])
def test_the_pass_mark_of_the_day_decides(
    store: Store, exam: Begin, points: float, percent: float, passed: bool
) -> None:
    store.attempts.finish(exam(rules=Rules(66.7)), 0, SUBMITTED, Result(Score(points, 3), (), passed=passed))
    (row,) = store.attempts.finished()
    assert (row.percent, row.passed) == (percent, passed)


def test_attempts_are_listed_in_the_order_they_ended_and_by_learner(store: Store, exam: Begin) -> None:
    first, second, third, left = exam(), exam("Bob"), exam(), exam()
    for attempt, at in ((third, 1), (first, 2), (second, 3)):
        store.attempts.finish(attempt, 0, Event(Kind.SUBMITTED, at), TWO)
    assert [row.id for row in store.attempts.finished()] == [third, first, second]
    assert [row.id for row in store.attempts.finished(store.learners.find("Bob"))] == [second]
    assert [row.id for row in store.attempts.open()] == [left]
    assert store.attempts.open(store.learners.find("Bob")) == []


def test_the_latest_is_the_last_finished_one_that_is_evidence(store: Store, exam: Begin) -> None:
    first, second, practised, _left = exam(), exam(), exam(rules=Rules(mode="practice")), exam()
    exam("Bob")
    ada = store.learners.find("Ada")
    assert store.attempts.latest(ada) is None
    for attempt, at in ((second, 1), (first, 2), (practised, 3)):
        store.attempts.finish(attempt, 0, Event(Kind.SUBMITTED, at), TWO)
    latest = store.attempts.latest(ada)
    assert latest is not None
    assert latest.id == first
    assert store.attempts.latest(store.learners.find("Bob")) is None


def test_marks_are_told_by_the_last_answer_and_saying_nothing_is_none(store: Store, exam: Begin) -> None:
    attempt = exam()
    for last, event in enumerate([answered(1, 1.0), answered(1, 0.0), answered(2, 0.0, "")]):
        store.attempts.append(attempt, last, event)
    assert store.attempts.marks() == {}, "of finished attempts alone"
    store.attempts.finish(attempt, 3, SUBMITTED, TWO)
    alpha, beta = Place("one", "alpha", "About alpha"), Place("one", "beta", "About beta")
    assert store.attempts.marks() == {attempt: [Mark(alpha, 0.0), Mark(alpha, None), Mark(beta, None)]}


def test_an_answer_that_another_terminal_overtook_is_refused(store: Store, exam: Begin) -> None:
    attempt = exam()
    store.attempts.append(attempt, 0, Event(Kind.OPENED, START.at))
    store.attempts.append(attempt, 1, Event(Kind.OPENED, START.at))
    with pytest.raises(QuizDockError) as caught:
        store.attempts.append(attempt, 1, answered(1))
    assert str(caught.value) == "this exam goes on in another terminal"
    assert str(caught.value.hint) == ("The last answer given here was not saved. To go on here: quizdock exam --resume")
    assert len(store.attempts.events(attempt)) == 2


def test_a_finished_attempt_takes_nothing_more(store: Store, exam: Begin) -> None:
    attempt = exam()
    store.attempts.finish(attempt, 0, SUBMITTED, TWO)
    with pytest.raises(QuizDockError, match="this exam was finished in another terminal"):
        store.attempts.append(attempt, 1, answered(1))
    with pytest.raises(QuizDockError, match="this exam was finished in another terminal"):
        store.attempts.finish(attempt, 1, SUBMITTED, TWO)


def test_marks_given_anew_are_added_and_change_the_result(store: Store, exam: Begin) -> None:
    attempt = exam()
    store.attempts.finish(attempt, 0, SUBMITTED, TWO)
    anew = Event(Kind.REGRADED, END + 1, 1, "x", 1.0, hash=1, body="{}")
    store.attempts.regrade(attempt, 1, [anew], Result(Score(3.0, 3), (), passed=True))
    assert store.attempts.events(attempt) == [SUBMITTED, anew]
    assert store.attempts.attempt(attempt).percent == 100.0
    with pytest.raises(QuizDockError, match="this attempt has changed meanwhile"):
        store.attempts.regrade(attempt, 1, [anew], TWO)


def test_a_deleted_attempt_leaves_nothing_but_its_number(store: Store, exam: Begin) -> None:
    attempt = exam()
    store.attempts.append(attempt, 0, answered(1))
    store.attempts.delete(attempt)
    with pytest.raises(QuizDockError, match=r"there is no exam No\. 1"):
        store.attempts.attempt(attempt)
    with pytest.raises(QuizDockError, match="this exam was deleted meanwhile"):
        store.attempts.append(attempt, 1, answered(1))
    for table in ("attempt_event", "attempt_question", "attempt_deck"):
        assert store.database.rows(f"SELECT * FROM {table}") == []
    assert exam() > attempt
    assert store.attempts.open()[0].number == 2


def test_an_attempt_that_is_not_there_is_refused_with_those_that_are(store: Store, exam: Begin) -> None:
    exam()
    with pytest.raises(QuizDockError) as caught:
        store.attempts.attempt(77)
    assert (str(caught.value), str(caught.value.hint)) == ("there is no exam No. 77", "Known: 1.")


def test_an_exam_of_somebody_who_was_removed_changes_nobody_elses(store: Store, exam: Begin, tmp_path: Path) -> None:
    theirs = exam("Ada")
    ada = store.learners.find("Ada")
    store.learners.remove("Ada", tmp_path / "Ada.jsonl")
    exam("Bob")
    before = [store.database.rows(f"SELECT * FROM {table}") for table in ("attempt", "attempt_question")]
    with pytest.raises(QuizDockError, match="this exam was deleted meanwhile"):
        store.attempts.append(theirs, 0, answered(1))
    with pytest.raises(QuizDockError, match="this learner was removed meanwhile"):
        store.attempts.start(ada, [], {}, 1, Rules(), START)
    assert [store.database.rows(f"SELECT * FROM {table}") for table in ("attempt", "attempt_question")] == before


def test_nothing_of_a_removed_learners_exams_is_left_but_their_numbers(
    store: Store, exam: Begin, tmp_path: Path
) -> None:
    attempt = exam("Ada")
    store.attempts.append(attempt, 0, answered(1))
    store.attempts.finish(attempt, 1, SUBMITTED, TWO)
    store.learners.remove("Ada", tmp_path / "Ada.jsonl")
    assert store.attempts.finished() == []
    assert store.database.rows(
        "SELECT id, seed, rules, day, started, finished, points, questions, gone FROM attempt"
    ) == [(attempt, 0, "{}", 0, 0, None, None, 0, 1)]
    for table in ("attempt_event", "attempt_question", "attempt_deck"):
        assert store.database.rows(f"SELECT * FROM {table}") == []
    assert exam("Bob") > attempt
