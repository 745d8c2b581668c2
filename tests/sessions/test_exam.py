"""The exam, with a candidate who answers from a script."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quizdock.core.card import Deck
from quizdock.core.dialogue import Outcome, Question, Quit, Reply, Response, Sitting, Skip, Undo
from quizdock.core.errors import QuizDockError
from quizdock.core.marking import Result, Score
from quizdock.core.message import Message
from quizdock.sessions.clock import Clock
from quizdock.sessions.exam import QUESTIONS, Exam, Wishes
from quizdock.store import Store
from quizdock.store.catalogue import Scope

DAY = 739_944  # 2026-11-24
RIGHT, WRONG = "right", "wrong"

Step = str | Reply | type[KeyboardInterrupt]


class Candidate:
    """Answers by a script (a text stands for that choice), and leaves at its end."""

    def __init__(self, *script: Step) -> None:
        self.script = list(script)
        self.before: Callable[[Question], None] = lambda question: None
        self.sittings: list[Sitting] = []
        self.questions: list[Question] = []
        self.refused: list[str] = []
        self.outcomes: list[Outcome] = []

    @property
    def asked(self) -> list[str]:
        """The cards asked, in order, without their deck."""
        return [question.id.partition("/")[2] for question in self.questions]

    @property
    def outcome(self) -> Outcome:
        (outcome,) = self.outcomes
        return outcome

    def open(self, sitting: Sitting) -> None:
        self.sittings.append(sitting)

    def ask(self, question: Question) -> Reply:
        self.questions.append(question)
        self.before(question)
        step = self.script.pop(0) if self.script else Quit()
        if isinstance(step, type):
            raise KeyboardInterrupt
        return Response(question.task.choices.index(step)) if isinstance(step, str) else step

    def refuse(self, message: Message) -> None:
        self.refused.append(str(message))

    def close(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


@pytest.fixture
def exam(store: Store, clock: Clock) -> Callable[..., Candidate]:
    """One sitting of Ada's with the cards of every deck: `exam("right", "wrong", questions=2)`."""

    def sit(
        *script: Any, questions: int = QUESTIONS, seed: int = 1, pass_percent: float = 70, topics: tuple[int, ...] = ()
    ) -> Candidate:
        candidate = script[0] if script and isinstance(script[0], Candidate) else Candidate(*script)
        scope = Scope(tuple(deck.id for deck in store.catalogue.decks()), topics)
        wishes = Wishes(store.learners.find_or_add("Ada"), "Ada", scope, questions, seed, pass_percent)
        assert Exam(store, candidate, clock, wishes).run() == candidate.outcome
        return candidate

    return sit


@pytest.fixture
def thirty(store: Store, deck_of: Callable[..., Deck]) -> None:
    """Three topics of ten cards."""
    topics = {topic: " ".join(f"{topic}{number}" for number in range(10)) for topic in ("alpha", "beta", "gamma")}
    store.catalogue.put(deck_of("deck", **topics), "deck.toml", b"")


@pytest.fixture
def three(store: Store, deck_of: Callable[..., Deck]) -> None:
    """Two cards of one topic, one of another."""
    store.catalogue.put(deck_of("deck", alpha="a b", beta="c"), "deck.toml", b"")


def recorded(store: Store) -> list[tuple[int, str | None, float | None]]:
    return [
        (number, response, credit)
        for number, response, credit in store.database.rows(
            "SELECT number, response, credit FROM attempt_question ORDER BY attempt, number"
        )
    ]


@pytest.mark.usefixtures("thirty")
def test_the_same_seed_gives_the_same_paper(exam: Callable[..., Candidate]) -> None:
    first, second, other = (exam(*[RIGHT] * 20, seed=seed) for seed in (7, 7, 8))
    assert first.questions == second.questions
    assert first.asked != other.asked


@pytest.mark.usefixtures("thirty")
def test_a_paper_has_twenty_questions_spread_evenly_over_the_topics(exam: Callable[..., Candidate]) -> None:
    candidate = exam(*[RIGHT] * 20)
    assert len(set(candidate.asked)) == 20
    assert sorted(Counter(question.topic for question in candidate.questions).values()) == [6, 7, 7]
    assert [(question.number, question.of) for question in candidate.questions] == [(n, 20) for n in range(1, 21)]


@pytest.mark.usefixtures("thirty")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_short_paper_still_touches_every_topic(exam: Callable[..., Candidate], seed: int) -> None:
    topics = {question.topic for question in exam(*[RIGHT] * 3, questions=3, seed=seed).questions}
    assert topics == {"About alpha", "About beta", "About gamma"}


@pytest.mark.usefixtures("thirty")
def test_the_paper_does_not_depend_on_the_order_of_the_deck(
    exam: Callable[..., Candidate], store: Store, deck_of: Callable[..., Deck]
) -> None:
    before = exam(*[RIGHT] * 20).asked
    topics = {topic: " ".join(f"{topic}{n}" for n in reversed(range(10))) for topic in ("gamma", "alpha", "beta")}
    store.catalogue.put(deck_of("deck", **topics), "deck.toml", b"2")
    assert exam(*[RIGHT] * 20).asked == before


@pytest.mark.usefixtures("three")
def test_a_sitting_opens_with_what_was_drawn(exam: Callable[..., Candidate]) -> None:
    candidate = exam(RIGHT, RIGHT, RIGHT, questions=2, seed=5, pass_percent=62.5)
    assert candidate.sittings == [
        Sitting(learner="Ada", day=DAY, attempt=1, seed=5, questions=2, asked_for=2, pass_percent=62.5)
    ]


@pytest.mark.usefixtures("three")
def test_a_deck_with_fewer_cards_than_asked_for_gives_all_of_them(exam: Callable[..., Candidate]) -> None:
    candidate = exam(RIGHT, RIGHT, RIGHT, questions=50)
    assert sorted(candidate.asked) == ["a", "b", "c"]
    assert (candidate.sittings[0].questions, candidate.sittings[0].asked_for) == (3, 50)
    assert candidate.outcome.result is not None
    assert candidate.outcome.result.score == Score(3.0, 3)


def test_nothing_to_examine_is_a_clear_error_and_no_attempt(
    exam: Callable[..., Candidate], store: Store, deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of("deck", alpha="a? b?"), "deck.toml", b"")
    with pytest.raises(QuizDockError) as caught:
        exam(RIGHT)
    assert str(caught.value) == "no card here can be marked automatically, so there is nothing to examine"
    assert str(caught.value.hint) == "Give flashcards wrong = [...] options, or add questions."
    assert store.database.value("SELECT count(*) FROM attempt") == 0


def test_only_what_can_be_marked_is_examined(
    exam: Callable[..., Candidate], store: Store, deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of("deck", alpha="a? b c?"), "deck.toml", b"")
    assert exam(RIGHT).asked == ["b"]


@pytest.mark.usefixtures("thirty")
def test_a_topic_narrows_the_paper(exam: Callable[..., Candidate], store: Store) -> None:
    candidate = exam(*[RIGHT] * 20, topics=tuple(store.catalogue.topics([1], "beta")))
    assert sorted(candidate.asked) == [f"beta{number}" for number in range(10)]


@pytest.mark.usefixtures("three")
def test_the_result_counts_points_by_topic(exam: Callable[..., Candidate], store: Store) -> None:
    candidate = Candidate()
    candidate.before = lambda question: candidate.script.append(WRONG if question.id == "deck/b" else RIGHT)
    result = exam(candidate).outcome.result
    assert result is not None
    assert (result.score, result.score.percent, result.passed) == (Score(2.0, 3), 66.7, False)
    assert dict(result.topics) == {"About alpha": Score(1.0, 2), "About beta": Score(1.0, 1)}
    (row,) = store.attempts.finished()
    assert (row.learner, row.decks, row.points, row.questions, row.percent, row.passed) == (
        "Ada",
        "deck",
        2.0,
        3,
        66.7,
        False,
    )
    assert row.finished == "2026-11-24T11:00:00+00:00"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("mark", "passed"), [(66.7, True), (66.8, False), (0, True), (100, False)])
def test_the_pass_mark_is_compared_with_the_percentage_as_shown(
    exam: Callable[..., Candidate], mark: float, passed: bool
) -> None:
    result = exam(RIGHT, WRONG, RIGHT, pass_percent=mark).outcome.result
    assert result is not None
    assert result.passed is passed


@pytest.mark.usefixtures("three")
def test_a_flawless_paper_has_no_mistakes(exam: Callable[..., Candidate]) -> None:
    outcome = exam(RIGHT, RIGHT, RIGHT, pass_percent=100).outcome
    assert outcome.mistakes == ()
    assert isinstance(outcome.result, Result)
    assert outcome.result.passed


@pytest.mark.usefixtures("thirty")
def test_mistakes_come_in_the_order_of_the_paper_whatever_the_order_of_the_answers(
    exam: Callable[..., Candidate],
) -> None:
    candidate = exam(Skip(), WRONG, RIGHT, WRONG, WRONG, questions=4)
    asked = candidate.asked
    assert asked[4] == asked[0]
    mistakes = candidate.outcome.mistakes
    assert [mistake.question.id.partition("/")[2] for mistake in mistakes] == [asked[0], asked[1], asked[3]]
    assert [mistake.given for mistake in mistakes] == [WRONG] * 3
    assert [mistake.verdict.why for mistake in mistakes if mistake.verdict] == ["it is not"] * 3
    assert [mistake.question.number for mistake in mistakes] == [1, 2, 4]


@pytest.mark.usefixtures("three")
def test_a_skipped_question_keeps_its_number_and_comes_back_at_the_end(exam: Callable[..., Candidate]) -> None:
    candidate = exam(Skip(), RIGHT, RIGHT, RIGHT)
    assert [question.number for question in candidate.questions] == [1, 2, 3, 1]
    assert candidate.outcome.result is not None


@pytest.mark.usefixtures("three")
def test_answers_are_durable_as_they_are_given(exam: Callable[..., Candidate], store: Store) -> None:
    seen: list[int] = []
    candidate = Candidate(RIGHT, WRONG, RIGHT)
    candidate.before = lambda question: seen.append(
        store.database.value("SELECT count(*) FROM attempt_question WHERE response IS NOT NULL")
    )
    exam(candidate)
    assert seen == [0, 1, 2]
    answered = recorded(store)
    assert [(number, credit) for number, _, credit in answered] == [(1, 1.0), (2, 0.0), (3, 1.0)]
    assert [json.loads(response or "") for _, response, _ in answered] == [RIGHT, WRONG, RIGHT], "in texts"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("step", [Quit(), KeyboardInterrupt], ids=["quit", "interrupt"])
def test_leaving_keeps_the_answers_of_an_unfinished_attempt_without_a_score(
    exam: Callable[..., Candidate], store: Store, step: Step
) -> None:
    outcome = exam(WRONG, step).outcome
    assert outcome.result is None
    assert outcome.answered == 1
    assert [mistake.given for mistake in outcome.mistakes] == [WRONG]
    assert outcome.interrupted is (step is KeyboardInterrupt)
    assert [credit for _, _, credit in recorded(store)] == [0.0, None, None]
    assert store.attempts.finished() == []
    assert store.database.rows("SELECT finished, points FROM attempt") == [(None, None)]


@pytest.mark.usefixtures("three")
def test_leaving_with_a_skipped_question_leaves_the_attempt_unfinished(exam: Callable[..., Candidate]) -> None:
    outcome = exam(Skip(), RIGHT, RIGHT, Quit()).outcome
    assert (outcome.result, outcome.answered) == (None, 2)


@pytest.mark.usefixtures("three")
def test_an_interrupt_before_the_first_question_leaves_an_unfinished_attempt(
    exam: Callable[..., Candidate], store: Store
) -> None:
    class Hurried(Candidate):
        def open(self, sitting: Sitting) -> None:
            raise KeyboardInterrupt

    outcome = exam(Hurried()).outcome
    assert (outcome.result, outcome.answered, outcome.interrupted) == (None, 0, True)
    assert store.attempts.finished() == []


@pytest.mark.usefixtures("three")
def test_a_response_that_cannot_be_read_is_asked_for_again(exam: Callable[..., Candidate]) -> None:
    candidate = exam(Response(2), Response("right"), Undo(), RIGHT, RIGHT, RIGHT)
    assert candidate.refused == [
        "choose one of the 2 choices",
        "choose one of the 2 choices",
        "an exam's answers cannot be taken back",
    ]
    assert [question.number for question in candidate.questions] == [1, 1, 1, 1, 2, 3]
    assert candidate.outcome.result is not None
    assert candidate.outcome.result.score == Score(3.0, 3)


@pytest.mark.usefixtures("three")
def test_an_exam_moves_no_schedule(exam: Callable[..., Candidate], store: Store) -> None:
    exam(RIGHT, WRONG, RIGHT)
    assert store.database.value("SELECT count(*) FROM event") == 0
    assert store.database.value("SELECT count(*) FROM schedule") == 0


@pytest.mark.usefixtures("three")
def test_the_clock_measures_every_answer_and_the_whole_sitting(
    exam: Callable[..., Candidate], store: Store, wait: Callable[[int], None]
) -> None:
    candidate = Candidate(RIGHT, Response(9), RIGHT, RIGHT)
    candidate.before = lambda question: wait(1000 * question.number)
    assert exam(candidate).outcome.seconds == 8
    assert store.database.rows("SELECT milliseconds FROM attempt_question ORDER BY number") == [
        (1000,),
        (4000,),
        (3000,),
    ]


@pytest.mark.usefixtures("three")
def test_every_sitting_is_an_attempt_of_its_own(exam: Callable[..., Candidate], store: Store) -> None:
    exam(RIGHT, RIGHT, RIGHT)
    exam(Quit())
    exam(WRONG, WRONG, WRONG)
    assert [(row.id, row.points) for row in store.attempts.finished()] == [(1, 3.0), (3, 0.0)]


def test_the_exam_of_a_learner_who_is_removed_ends_with_an_error(
    store: Store, exam: Callable[..., Candidate], deck_of: Callable[..., Deck], tmp_path: Path
) -> None:
    store.catalogue.put(deck_of("one", first="a b"), "one.toml", b"")
    candidate = Candidate(RIGHT, RIGHT)

    def remove_at_the_second(question: Question) -> None:
        if question.number == 2:
            store.learners.remove("Ada", tmp_path / "Ada.jsonl")

    candidate.before = remove_at_the_second
    with pytest.raises(QuizDockError) as caught:
        exam(candidate)
    assert str(caught.value) == "this learner was removed meanwhile"
    assert len(candidate.asked) == 2
    assert candidate.outcomes == []
