"""The exam, with a candidate who answers from a script."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizdock.core.blueprint import Blueprint, Part
from quizdock.core.calibration import Judgement
from quizdock.core.card import Card, Deck
from quizdock.core.dialogue import Hint, Quit, Response, Skip, TimeUp
from quizdock.core.errors import QuizDockError
from quizdock.core.exam_dialogue import (
    Assessed,
    Back,
    ExamReply,
    Flag,
    GoTo,
    Item,
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
from quizdock.core.forms import Choice, Option, Text
from quizdock.core.marking import Certainty, Rules, Score
from quizdock.core.message import Message
from quizdock.sessions.clock import Clock
from quizdock.sessions.exam import Exam, Learner
from quizdock.sessions.papers import Wishes, draw, retry
from quizdock.sessions.records import record_of
from quizdock.store import Store
from quizdock.store.catalogue import Scope

DAY = 739_944  # 2026-11-24
RIGHT, WRONG = "right", "wrong"
GUESS, FAIRLY, SURE = Certainty

Step = str | ExamReply | type[KeyboardInterrupt] | Callable[[], None]


class Candidate:
    """Answers by a script (a text stands for that choice, a function is called first), and leaves at its end.

    The overview is answered by the script too, but for a script that is at its end: then the paper is submitted.
    """

    def __init__(self, *script: Step, sure: Sure = SURE) -> None:
        self.script = list(script)
        self.sure = sure
        self.sittings: list[Sitting] = []
        self.items: list[Item] = []
        self.left: list[float | None] = []
        self.told: list[Assessed] = []
        self.overviews: list[Overview] = []
        self.refused: list[str] = []
        self.outcomes: list[Outcome] = []
        self.studies = False

    @property
    def asked(self) -> list[str]:
        """The cards asked, in order, without their deck."""
        return [item.question.id.partition("/")[2] for item in self.items]

    @property
    def numbers(self) -> list[int]:
        return [item.question.number for item in self.items]

    @property
    def outcome(self) -> Outcome:
        (outcome,) = self.outcomes
        return outcome

    @property
    def record(self) -> Record:
        assert self.outcome.record is not None
        return self.outcome.record

    def introduce(self, sitting: Sitting) -> None:
        self.introduced = sitting

    def open(self, sitting: Sitting) -> None:
        self.sittings.append(sitting)

    def ask(self, item: Item, seconds_left: SecondsLeft) -> ExamReply:
        self.items.append(item)
        self.left.append(seconds_left())
        step = self._next(Quit())
        return Response(item.question.task.choices.index(step)) if isinstance(step, str) else step

    def _next(self, default: ExamReply) -> Any:
        while self.script and callable(self.script[0]) and not isinstance(self.script[0], type):
            self.script.pop(0)()  # type: ignore[operator]  # it was just found callable
        step = self.script.pop(0) if self.script else default
        if isinstance(step, type):
            raise KeyboardInterrupt
        return step

    def certainty(self, item: Item, seconds_left: SecondsLeft) -> Sure:
        return self.sure

    def tell(self, assessed: Assessed, seconds_left: SecondsLeft) -> Onward:
        self.told.append(assessed)
        return Skip()

    def review(self, overview: Overview, seconds_left: SecondsLeft) -> ExamReply:
        self.overviews.append(overview)
        reply: ExamReply = self._next(Submit())
        return reply

    def refuse(self, message: Message) -> None:
        self.refused.append(str(message))

    def close(self, outcome: Outcome) -> bool:
        self.outcomes.append(outcome)
        return self.studies


Sit = Callable[..., Candidate]


@pytest.fixture
def exam(store: Store, clock: Clock) -> Sit:
    """One sitting of Ada's with the cards of every deck: `exam("right", "wrong", questions=2)`."""

    def sit(*script: Any, studies_mistakes: bool = False, topics: tuple[int, ...] = (), **wishes: Any) -> Candidate:
        candidate = script[0] if script and isinstance(script[0], Candidate) else Candidate(*script)
        scope = Scope(tuple(deck.id for deck in store.catalogue.decks()), topics)
        drawn = draw(store, Wishes(scope, **{"seed": 1, **wishes}))
        ada = Learner(store.learners.find_or_add("Ada"), "Ada")
        Exam(store, candidate, clock, ada, drawn, studies_mistakes=studies_mistakes).run()
        return candidate

    return sit


@pytest.fixture
def resume(store: Store, clock: Clock) -> Sit:
    """Goes on with the latest open attempt."""

    def go_on(*script: Any) -> Candidate:
        candidate = script[0] if script and isinstance(script[0], Candidate) else Candidate(*script)
        ada = Learner(store.learners.find("Ada"), "Ada")
        Exam(store, candidate, clock, ada, store.attempts.open()[-1]).run()
        return candidate

    return go_on


@pytest.fixture
def thirty(store: Store, deck_of: Callable[..., Deck]) -> None:
    """Three topics of ten cards."""
    topics = {topic: " ".join(f"{topic}{number}" for number in range(10)) for topic in ("alpha", "beta", "gamma")}
    store.catalogue.put(deck_of("deck", **topics), "deck.toml", b"")


@pytest.fixture
def three(store: Store, deck_of: Callable[..., Deck]) -> None:
    """Two cards of one topic, one of another."""
    store.catalogue.put(deck_of("deck", alpha="a b", beta="c"), "deck.toml", b"")


# ── the paper ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("thirty")
def test_the_same_seed_gives_the_same_paper_with_the_options_in_the_same_order(exam: Sit) -> None:
    first, second, other = (exam(*[RIGHT] * 20, seed=seed) for seed in (7, 7, 8))
    assert [item.question for item in first.items] == [item.question for item in second.items]
    assert first.asked != other.asked


@pytest.mark.usefixtures("thirty")
def test_a_paper_has_twenty_questions_spread_evenly_over_the_topics(exam: Sit) -> None:
    candidate = exam(*[RIGHT] * 20)
    assert len(set(candidate.asked)) == 20
    assert sorted(Counter(item.question.topic for item in candidate.items).values()) == [6, 7, 7]
    assert candidate.numbers == list(range(1, 21))


@pytest.mark.usefixtures("thirty")
def test_the_paper_does_not_depend_on_the_order_of_the_deck(
    exam: Sit, store: Store, deck_of: Callable[..., Deck]
) -> None:
    before = exam(*[RIGHT] * 20).asked
    topics = {topic: " ".join(f"{topic}{n}" for n in reversed(range(10))) for topic in ("gamma", "alpha", "beta")}
    store.catalogue.put(deck_of("deck", **topics), "deck.toml", b"2")
    assert exam(*[RIGHT] * 20).asked == before


def test_the_blueprint_of_a_single_deck_says_how_long_an_exam_is(
    exam: Sit, store: Store, deck_of: Callable[..., Deck]
) -> None:
    blueprint = Blueprint(4, 15, 60, (), (Part(topic="beta", count=3),))
    deck = deck_of("deck", alpha="a b c d", beta="e f g h")
    store.catalogue.put(Deck(deck.id, deck.title, "en", "", "", deck.topics, deck.cards, blueprint), "d.toml", b"")
    candidate = exam(Quit())
    assert candidate.introduced.questions == 4
    assert candidate.introduced.rules == Rules(60, minutes=15)
    asked = Counter(asked.place.topic for asked in store.attempts.paper(1))
    assert asked == {"alpha": 1, "beta": 3}
    wished = exam(Quit(), questions=2, minutes=5, pass_percent=90).introduced
    assert (wished.questions, wished.rules) == (2, Rules(90, minutes=5))
    assert exam(Quit(), untimed=True).introduced.rules.minutes is None
    topic = store.catalogue.topics([1], "alpha")[0]
    assert {each.topic for each in exam(*[RIGHT] * 4, topics=(topic,)).record.result.topics[0][:1]} == {"alpha"}


@pytest.mark.usefixtures("three")
def test_a_sitting_opens_with_what_was_drawn(exam: Sit) -> None:
    candidate = exam(RIGHT, RIGHT, questions=2, seed=5, pass_percent=62.5, minutes=3)
    assert candidate.introduced.attempt == 0, "before it begins, nothing is stored"
    assert candidate.sittings == [
        Sitting(
            learner="Ada",
            day=DAY,
            attempt=1,
            seed=5,
            decks=("The deck",),
            questions=2,
            asked_for=2,
            rules=Rules(62.5, minutes=3),
            seconds_left=180.0,
        )
    ]


@pytest.mark.usefixtures("three")
def test_a_deck_with_fewer_cards_than_asked_for_gives_all_of_them(exam: Sit) -> None:
    candidate = exam(RIGHT, RIGHT, RIGHT, questions=50)
    assert sorted(candidate.asked) == ["a", "b", "c"]
    assert (candidate.sittings[0].questions, candidate.sittings[0].asked_for) == (3, 50)
    assert candidate.record.result.score == Score(3.0, 3)


def test_nothing_to_examine_is_a_clear_error_and_no_attempt(
    exam: Sit, store: Store, deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of("deck", alpha="a? b?"), "deck.toml", b"")
    with pytest.raises(QuizDockError) as caught:
        exam(RIGHT)
    assert str(caught.value) == "no card here can be marked automatically, so there is nothing to examine"
    assert str(caught.value.hint) == "Give flashcards wrong = [...] options, or add questions."
    assert store.database.value("SELECT count(*) FROM attempt") == 0


# ── sitting ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("three")
def test_the_result_counts_points_by_topic(exam: Sit, store: Store) -> None:
    candidate = exam(RIGHT, RIGHT, RIGHT)
    assert candidate.record.result.score == Score(3.0, 3)
    assert {place.title: score for place, score in candidate.record.result.topics} == {
        "About alpha": Score(2.0, 2),
        "About beta": Score(1.0, 1),
    }
    (row,) = store.attempts.finished()
    assert (row.learner, row.decks, row.points, row.percent) == ("Ada", {"deck": "The deck"}, 3.0, 100.0)


@pytest.mark.usefixtures("three")
def test_a_skipped_question_keeps_its_number_and_is_open_in_the_overview(exam: Sit) -> None:
    candidate = exam(Skip(), RIGHT, RIGHT, GoTo(1), WRONG)
    assert candidate.numbers == [1, 2, 3, 1]
    assert candidate.overviews[0].unanswered == [1]
    assert candidate.overviews[1].unanswered == []
    assert [each.question.number for each in candidate.record.mistakes] == [1]


@pytest.mark.usefixtures("three")
def test_one_may_go_back_and_answer_anew_until_it_is_submitted(exam: Sit) -> None:
    candidate = exam(WRONG, Back(), RIGHT, WRONG, Back(), Back(), Skip(), RIGHT, RIGHT)
    assert candidate.numbers == [1, 2, 1, 2, 3, 2, 1, 3]
    again = candidate.items[2]
    assert (again.given, again.response is not None, again.answered) == ("wrong", True, 1)
    assert candidate.record.questions[0].given == "right"


@pytest.mark.usefixtures("three")
def test_a_flag_comes_and_goes_and_is_seen_in_the_overview(exam: Sit) -> None:
    candidate = exam(Flag(), RIGHT, Flag(), Flag(), RIGHT, RIGHT)
    assert candidate.numbers == [1, 1, 2, 2, 2, 3]
    assert candidate.items[1].answer.flagged
    assert candidate.overviews[0].flagged == [1]


@pytest.mark.usefixtures("three")
def test_the_paper_can_be_looked_at_and_submitted_at_any_time(exam: Sit) -> None:
    candidate = exam(RIGHT, Review(), Submit())
    assert [line.given for line in candidate.overviews[0].lines] == ["right", None, None]
    assert candidate.record.result.score == Score(1.0, 3)
    assert [each.mark.credit for each in candidate.record.questions] == [1.0, None, None]


@pytest.mark.usefixtures("three")
def test_what_cannot_be_done_is_refused_and_asked_again(exam: Sit) -> None:
    candidate = exam(Response(2), Response("right"), Back(), GoTo(9), Hint(), RIGHT, RIGHT, RIGHT)
    assert candidate.refused == [
        "choose one of the 2 choices",
        "choose one of the 2 choices",
        "there is no question before this one",
        "there is no question 9",
        "an exam gives no hints; quizdock exam --practice does",
    ]
    assert candidate.numbers == [1, 1, 1, 1, 1, 1, 2, 3]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("step", [Quit(), KeyboardInterrupt], ids=["quit", "interrupt"])
def test_leaving_keeps_the_answers_and_gives_no_score(exam: Sit, store: Store, step: Step) -> None:
    outcome = exam(WRONG, step).outcome
    assert (outcome.record, outcome.answered) == (None, 1)
    assert outcome.interrupted is (step is KeyboardInterrupt)
    assert store.attempts.finished() == []
    assert [row.id for row in store.attempts.open()] == [1]


@pytest.mark.usefixtures("three")
def test_nobody_who_thinks_better_of_it_leaves_an_attempt_behind(exam: Sit, store: Store) -> None:
    class Hesitant(Candidate):
        def introduce(self, sitting: Sitting) -> None:
            raise KeyboardInterrupt

    assert exam(Hesitant()).outcomes == []
    assert store.database.value("SELECT count(*) FROM attempt") == 0


@pytest.mark.usefixtures("three")
def test_answers_are_durable_as_they_are_given(exam: Sit, store: Store) -> None:
    seen: list[int] = []

    def count() -> None:
        seen.append(store.database.value("SELECT count(*) FROM attempt_event WHERE kind = 2"))

    exam(count, RIGHT, count, WRONG, count, RIGHT)
    assert seen == [0, 1, 2]


@pytest.mark.usefixtures("three")
def test_an_exam_moves_no_schedule(exam: Sit, store: Store) -> None:
    exam(RIGHT, WRONG, RIGHT)
    assert store.database.value("SELECT count(*) FROM event") == 0


@pytest.mark.usefixtures("three")
def test_the_clock_measures_every_answer(exam: Sit, wait: Callable[[int], None]) -> None:
    class Slow(Candidate):
        def ask(self, item: Item, seconds_left: SecondsLeft) -> ExamReply:
            wait(1000 * item.question.number)
            return super().ask(item, seconds_left)

    candidate = exam(Slow(RIGHT, Response(9), RIGHT, RIGHT))
    assert [each.answer.milliseconds for each in candidate.record.questions] == [1000, 2000, 3000]
    assert candidate.outcome.seconds == 8


# ── going on ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("three")
def test_an_exam_goes_on_with_the_same_paper_and_the_answers_so_far(exam: Sit, resume: Sit) -> None:
    before = exam(WRONG, Skip(), Flag(), Quit())
    after = resume(RIGHT, RIGHT, GoTo(1), Skip())
    assert after.introduced.resumed
    assert (after.sittings[0].answered, after.sittings[0].attempt) == (1, 1)
    assert after.numbers == [2, 3, 1]
    assert after.items[1].answer.flagged
    assert after.items[0].question == before.items[1].question
    assert [each.given for each in after.record.questions] == ["wrong", "right", "right"]


@pytest.mark.usefixtures("three")
def test_what_became_of_the_decks_is_said_and_changes_nothing(
    exam: Sit, resume: Sit, store: Store, deck_of: Callable[..., Deck]
) -> None:
    paper = exam(RIGHT, Quit()).items[0].question
    cards = (Card("a", "alpha", "edited?", Text(("x",)), Text(("x",))), Card("b", "alpha", "b?", Text(("y",))))
    store.catalogue.put(Deck("deck", "The deck", "en", "", "", (), cards), "deck.toml", b"2")
    candidate = resume(RIGHT, RIGHT)
    assert [str(change) for change in candidate.introduced.changes] == [
        "1 question is of a card that its deck has no more",
        "2 questions were edited since",
    ]
    assert candidate.record.result.score == Score(3.0, 3)
    assert candidate.record.questions[0].question == paper
    store.catalogue.withdraw("deck")
    assert record_of(store, 1).result.score == Score(3.0, 3)


@pytest.mark.usefixtures("three")
def test_a_second_terminal_takes_over_and_the_first_is_told(exam: Sit, resume: Sit, store: Store) -> None:
    second: list[Candidate] = []
    with pytest.raises(QuizDockError, match="this exam goes on in another terminal"):
        exam(RIGHT, lambda: second.append(resume(WRONG, Quit())), RIGHT)
    assert [each.given for each in resume(RIGHT).record.questions] == ["right", "wrong", "right"]
    assert len(second) == 1


# ── time ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("three")
def test_the_time_left_is_told_and_what_stood_there_at_the_end_counts(
    exam: Sit, wait: Callable[[int], None], store: Store
) -> None:
    candidate = exam(lambda: wait(20_000), RIGHT, lambda: wait(40_000), TimeUp(1), minutes=1)
    assert candidate.left == [60.0, 40.0]
    assert candidate.record.out_of_time
    assert [each.mark.credit is None for each in candidate.record.questions] == [False, False, True]
    assert store.attempts.events(1)[-1].at == store.attempts.attempt(1).deadline


@pytest.mark.usefixtures("three")
def test_what_cannot_be_read_at_the_end_does_not_count(exam: Sit) -> None:
    candidate = exam(RIGHT, TimeUp("nonsense"), minutes=1)
    assert [each.mark.credit for each in candidate.record.questions] == [1.0, None, None]
    assert candidate.refused == []


@pytest.mark.usefixtures("three")
def test_an_answer_after_the_deadline_is_refused_and_ends_it(exam: Sit, wait: Callable[[int], None]) -> None:
    candidate = exam(RIGHT, lambda: wait(62_000), RIGHT, minutes=1)
    assert candidate.refused == ["the time was up before this answer"]
    assert candidate.record.result.score == Score(1.0, 3)
    assert candidate.record.out_of_time


@pytest.mark.usefixtures("three")
def test_the_clock_goes_on_while_one_is_away(exam: Sit, resume: Sit, at: Callable[[str], None]) -> None:
    exam(RIGHT, Quit(), minutes=10)
    at("2026-11-24T12:04")
    assert resume(WRONG, Quit()).left == [360.0, 360.0]
    at("2026-11-24T13:00")
    late = resume(RIGHT)
    assert late.items == []
    assert (late.record.result.score, late.record.out_of_time) == (Score(1.0, 3), True)
    assert late.record.seconds == 600


@pytest.mark.usefixtures("three")
def test_a_clock_that_is_set_back_wins_no_time(
    exam: Sit, resume: Sit, at: Callable[[str], None], wait: Callable[[int], None]
) -> None:
    candidate = exam(
        lambda: wait(120_000), RIGHT, lambda: at("2026-11-24T11:00"), lambda: wait(60_000), WRONG, Quit(), minutes=10
    )
    assert candidate.left[:2] == [600.0, 480.0]
    assert candidate.left[2] == 420.0, "by how long it has been open"
    at("2026-11-24T09:00")
    assert resume(Quit()).left == [420.0], "by the last thing that happened"


# ── marks that are told at once, practice, certainty, penalties ────────────────────────────────────


@pytest.mark.usefixtures("three")
def test_marks_told_at_once_make_answers_final(exam: Sit) -> None:
    candidate = exam(WRONG, Back(), GoTo(1), RIGHT, RIGHT, mode="immediate")
    assert [told.mark.credit for told in candidate.told] == [0.0, 1.0, 1.0]
    assert all(told.may_be_told for told in candidate.told)
    assert candidate.refused == ["there is no question before this one", "question 1 is marked already"]
    assert candidate.overviews == [], "nothing is left to be changed"
    assert candidate.record.result.score == Score(2.0, 3)


@pytest.mark.usefixtures("three")
def test_in_practice_a_wrong_answer_may_be_tried_again_for_a_third_less(exam: Sit) -> None:
    candidate = exam(WRONG, RIGHT, WRONG, WRONG, WRONG, RIGHT, mode="practice")
    assert candidate.numbers == [1, 1, 2, 2, 2, 3]
    assert [told.may_be_told for told in candidate.told] == [False, True, False, False, True, True]
    assert candidate.record.result.score == Score(1.666667, 3)
    assert not candidate.record.rules.is_evidence


def test_in_practice_a_hint_costs_a_third(exam: Sit, store: Store) -> None:
    task = Choice((Option("right", right=True), Option("wrong")))
    card = Card("a", "", "a?", task, task, hints=("one", "two"))
    store.catalogue.put(Deck("deck", "The deck", "en", "", "", (), (card,)), "deck.toml", b"")
    candidate = exam(Hint(), Hint(), Hint(), RIGHT, mode="practice")
    assert [item.question.hints for item in candidate.items] == [0, 1, 2, 2]
    assert candidate.refused == ["there is no further hint"]
    assert candidate.record.result.score == Score(0.333333, 1)


@pytest.mark.usefixtures("three")
def test_certainty_is_asked_after_each_answer_and_makes_a_calibration(exam: Sit) -> None:
    candidate = exam(Candidate(RIGHT, WRONG, Skip(), sure=FAIRLY), certainty=True)
    record = candidate.record
    assert record.result.certainty == Score(0.0, 9)
    assert [each.mark.certainty for each in record.questions] == [FAIRLY, FAIRLY, None]
    assert record.calibration is not None
    assert [band.answers for band in record.calibration.bands] == [0, 2, 0]
    assert record.calibration.judgement is Judgement.TOO_FEW


@pytest.mark.usefixtures("three")
def test_an_answer_may_be_thought_over_before_its_certainty_is_said(exam: Sit) -> None:
    class Wavering(Candidate):
        def certainty(self, item: Item, seconds_left: SecondsLeft) -> Sure:
            assert item.given == "right"
            return Back() if len(self.items) == 1 else Quit() if len(self.items) == 2 else TimeUp()

    first = exam(Wavering(RIGHT, RIGHT), certainty=True)
    assert (first.numbers, first.outcome.answered) == ([1, 1], 0)
    candidate = Wavering(RIGHT)
    candidate.items = [first.items[0]] * 2
    timed = exam(candidate, certainty=True)
    assert timed.record.questions[0].mark.certainty is GUESS


@pytest.mark.usefixtures("three")
def test_a_penalty_takes_points_and_the_paper_stays_above_nothing(exam: Sit) -> None:
    assert exam(RIGHT, WRONG, Skip(), penalty=0.25).record.result.score == Score(0.75, 3)
    assert exam(WRONG, WRONG, WRONG, penalty=1).record.result.score == Score(0.0, 3)


def test_to_say_nothing_costs_nothing(exam: Sit, store: Store) -> None:
    task = Text(("docker",))
    cards = tuple(Card(name, "", f"{name}?", task, task) for name in "ab")
    store.catalogue.put(Deck("deck", "The deck", "en", "", "", (), cards), "deck.toml", b"")
    candidate = exam(Response(""), Response("podman"), penalty=0.5)
    assert [each.mark.credit for each in candidate.record.questions] == [None, 0.0]
    assert candidate.record.result.topics[0][1] == Score(-0.5, 2)


# ── afterwards ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("how", ["setting", "request"])
def test_mistakes_come_into_study_by_setting_or_on_request(exam: Sit, store: Store, how: str) -> None:
    candidate = Candidate(RIGHT, WRONG, Skip())
    candidate.studies = how == "request"
    exam(candidate, studies_mistakes=how == "setting")
    due = store.selection.due(store.learners.find("Ada"), Scope((1,)), DAY)
    assert len(list(due)) == 2
    assert store.journal.rebuild().wrong == 0


@pytest.mark.usefixtures("three")
def test_mistakes_are_asked_again_in_a_paper_that_counts_in_no_score(exam: Sit, store: Store, clock: Clock) -> None:
    record = exam(WRONG, RIGHT, WRONG).record
    drawn = retry(record, store, Wishes(Scope((1,)), seed=9))
    assert {asked.id for asked in drawn.paper} == {mistake.question.id for mistake in record.mistakes}
    assert drawn.rules.retry_of == 1
    candidate = Candidate(RIGHT, RIGHT)
    Exam(store, candidate, clock, Learner(1, "Ada"), drawn).run()
    assert candidate.record.result.score == Score(2.0, 2)
    assert not candidate.record.rules.is_evidence
    with pytest.raises(QuizDockError, match=r"exam No\. 2 has no mistake that could be asked again"):
        retry(candidate.record, store, Wishes(Scope((1,)), seed=9))


def test_the_exam_of_a_learner_who_is_removed_ends_with_an_error(
    store: Store, exam: Sit, deck_of: Callable[..., Deck], tmp_path: Path
) -> None:
    store.catalogue.put(deck_of("one", first="a b"), "one.toml", b"")

    def remove() -> None:
        store.learners.remove("Ada", tmp_path / "Ada.jsonl")

    candidate = Candidate(RIGHT, remove, RIGHT)
    with pytest.raises(QuizDockError, match="this exam was deleted meanwhile"):
        exam(candidate)
    assert candidate.outcomes == []


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────


class Planner(Candidate):
    """Has a plan for each question, by its number, and follows it whenever that question is asked.

    Interrupts itself after so many replies.
    """

    def __init__(self, plan: dict[int, list[Any]], stops_after: int) -> None:
        super().__init__()
        self.plan = plan
        self.stops_after = stops_after

    def ask(self, item: Item, seconds_left: SecondsLeft) -> ExamReply:
        if not self.stops_after:
            raise KeyboardInterrupt
        self.stops_after -= 1
        planned = self.plan.get(item.question.number)
        step = planned.pop(0) if planned else Skip()
        return Response(item.question.task.choices.index(step)) if isinstance(step, str) else step

    def certainty(self, item: Item, seconds_left: SecondsLeft) -> Sure:
        return Certainty(1 + item.question.number % 3)

    def review(self, overview: Overview, seconds_left: SecondsLeft) -> ExamReply:
        waiting = [line.number for line in overview.lines if line.can_change and self.plan.get(line.number)]
        return GoTo(waiting[0]) if waiting else Submit()


plans = st.dictionaries(
    st.integers(1, 4), st.lists(st.sampled_from([RIGHT, WRONG, Flag(), Skip(), Response(7)]), max_size=4), max_size=4
)


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plan=plans,
    stops=st.lists(st.integers(0, 5), max_size=6),
    mode=st.sampled_from(["deferred", "immediate", "practice"]),
    certainty=st.booleans(),
)
def test_an_exam_that_is_interrupted_anywhere_ends_as_one_that_is_not(
    store: Store,
    deck_of: Callable[..., Deck],
    clock: Clock,
    plan: dict[int, list[Any]],
    stops: list[int],
    mode: Any,
    certainty: bool,
) -> None:
    store.catalogue.put(deck_of("deck", alpha="a b", beta="c d"), "deck.toml", b"")
    ada = Learner(store.learners.find_or_add("Ada"), "Ada")
    drawn = draw(store, Wishes(Scope((1,)), seed=3, mode=mode, certainty=certainty and mode != "practice"))

    def sat(stopping: list[int]) -> Record:
        left = {number: list(steps) for number, steps in plan.items()}
        Exam(store, Planner(left, [*stopping, 999][0]), clock, ada, drawn).run()
        for stop in [*stopping[1:], 999]:
            for row in store.attempts.open():
                Exam(store, Planner(left, stop), clock, ada, row).run()
        return record_of(store, store.attempts.finished()[-1].id)

    assert answers_of(sat(stops)) == answers_of(sat([]))


def answers_of(record: Record) -> list[Any]:
    return [(each.question.id, each.given, each.mark, each.answer.flagged) for each in record.questions]
