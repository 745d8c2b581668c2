"""The daily drill, with a learner who answers from a script."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from quizdock.core.card import Deck
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
from quizdock.core.journal import Answer, Kind, Today
from quizdock.core.message import Message
from quizdock.core.settings import DeckSettings, Settings
from quizdock.core.sm2 import Schedule
from quizdock.sessions.clock import Clock
from quizdock.sessions.study import Study
from quizdock.sessions.wishes import Wishes
from quizdock.store import Store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment, as_json

DAY = 739_944  # 2026-11-24
IN_ORDER = Settings(new_order="last")
"""Due cards, then new ones: what most tests here are not about."""
RIGHT, WRONG = "right", "wrong"

Step = int | Reply | type[KeyboardInterrupt] | tuple[Reply | str, Decision | type[KeyboardInterrupt]]


class Learner:
    """Answers by a script, and leaves at its end.

    A step is a grade (after the right answer), a command, an interrupt, or an answer with what follows its verdict.
    """

    def __init__(self, *script: Step) -> None:
        self.script = list(script)
        self.before: Callable[[Question], None] = lambda question: None
        self.after: Callable[[Marked], None] = lambda marked: None
        self.decision: Decision | type[KeyboardInterrupt] = Quit()
        self.openings: list[Opening] = []
        self.questions: list[Question] = []
        self.marked: list[Marked] = []
        self.refused: list[str] = []
        self.told: list[Saved] = []
        self.taken_back: list[str | None] = []
        self.closings: list[Closing] = []
        self.endings: list[Closing] = []
        self.leeches: list[Leech] = []
        self.about_leeches: Suspend | Keep = Keep()
        self.put_aside: list[tuple[str, Suspend | Bury]] = []
        self.undone_events: list[TakenBack | None] = []

    @property
    def asked(self) -> list[str]:
        """The cards asked, in order, without their deck."""
        return [question.id.partition("/")[2] for question in self.questions]

    @property
    def closing(self) -> Closing:
        (closing,) = self.closings
        return closing

    def open(self, opening: Opening) -> None:
        self.openings.append(opening)

    def ask(self, question: Question) -> Reply:
        self.questions.append(question)
        self.before(question)
        step = self.script.pop(0) if self.script else Quit()
        match step:
            case type():
                raise KeyboardInterrupt
            case int():
                self.decision = Graded(step)
                return self._answer(question, RIGHT)
            case (str(text), decision):
                self.decision = decision
                return self._answer(question, text)
            case (Response() as response, decision):
                self.decision = decision
                return response
            case Response() | Undo() | Skip() | Quit() | Suspend() | Bury() | Hint() | DontKnow():
                return step
        raise AssertionError(step)

    def grade(self, marked: Marked) -> Decision:
        self.marked.append(marked)
        self.after(marked)
        if isinstance(self.decision, type):
            raise KeyboardInterrupt
        return self.decision

    def refuse(self, message: Message) -> None:
        self.refused.append(str(message))

    def saved(self, saved: Saved) -> None:
        self.told.append(saved)

    def leech(self, leech: Leech) -> Suspend | Keep:
        self.leeches.append(leech)
        return self.about_leeches

    def set_aside(self, card: str, command: Suspend | Bury) -> None:
        self.put_aside.append((card, command))

    def undone(self, undone: TakenBack | None) -> None:
        self.taken_back.append(undone.id if undone else None)
        self.undone_events.append(undone)

    def finish(self, closing: Closing) -> Undo | Quit:
        self.endings.append(closing)
        return Undo() if self.script and isinstance(self.script[0], Undo) and self.script.pop(0) else Quit()

    def close(self, closing: Closing) -> None:
        self.closings.append(closing)

    @staticmethod
    def _answer(question: Question, text: str) -> Response:
        return Response(question.task.choices.index(text) if question.task.choices else None)


@pytest.fixture
def study(store: Store, clock: Clock) -> Callable[..., Learner]:
    """One session of Ada's with the cards of every deck: `study(4, 2, Undo(), new=3)` or `study(Learner(…))`."""

    def session(*script: Any, topics: tuple[int, ...] = (), **wished: Any) -> Learner:
        learner = script[0] if script and isinstance(script[0], Learner) else Learner(*script)
        scope = Scope(tuple(deck.id for deck in store.catalogue.decks()), topics)
        wishes = Wishes(store.learners.find_or_add("Ada"), "Ada", scope, **{"settings": IN_ORDER, **wished})
        numbers = count()
        assert Study(store, learner, clock, lambda: str(next(numbers)), wishes).run() == learner.closing
        return learner

    return session


@pytest.fixture
def four(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("deck", alpha="a b c d"), "deck.toml", b"")


@pytest.fixture
def fifteen(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("deck", alpha="a b c d e f g h i j k l m n o"), "deck.toml", b"")


def journal(store: Store) -> list[tuple[str, str, int | None]]:
    """Every event: its card, its kind and its grade."""
    return [
        (card, Kind(kind).name.lower(), grade)
        for card, kind, grade in store.database.rows(
            "SELECT card.name, kind, grade FROM event JOIN card ON card.id = event.card ORDER BY seq"
        )
    ]


def schedules(store: Store) -> list[tuple[int, ...]]:
    return store.database.rows("SELECT repetitions, interval, ease, due FROM schedule")


def schedule(store: Store, card: str) -> Schedule | None:
    number = store.database.value("SELECT id FROM card WHERE name = ?", [card])
    standing = store.journal.standing(store.learners.find("Ada"), number)
    return standing.schedule if standing else None


# ── what is asked, and in which order ──────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("four")
def test_due_cards_come_first_then_new_ones_then_repeats_until_each_is_known(
    study: Callable[..., Learner], at: Callable[[str], None]
) -> None:
    study(4, 4)
    at("2026-11-25T08:00")
    learner = study(2, 4, 3, 4, 3, 4, 4)
    first, second = learner.asked[:2]
    assert {first, second} == {"a", "b"}, "equally late"
    assert learner.asked[2:] == ["c", "d", first, "c", first]
    assert learner.openings == [Opening("Ada", DAY + 1, due=2, new=2)]
    assert learner.closing == Closing(
        reviews=4, drills=3, seconds=0, left=0, due_tomorrow=3, new_waiting=0, grades={2: 1, 3: 1, 4: 2}, streak=2
    )


@pytest.mark.usefixtures("four")
def test_a_question_says_where_it_stands(study: Callable[..., Learner], at: Callable[[str], None]) -> None:
    study(4)
    at("2026-11-25T08:00")
    learner = study(2, 4, 4, 4, 4)
    assert [(each.id, each.new, each.drill, each.left, each.of, each.number) for each in learner.questions] == [
        ("deck/a", False, False, 4, 4, 1),
        ("deck/b", True, False, 4, 4, 1),
        ("deck/c", True, False, 3, 4, 2),
        ("deck/d", True, False, 2, 4, 3),
        ("deck/a", False, True, 1, 4, 4),
    ]
    assert {(each.deck, each.topic) for each in learner.questions} == {("The deck", "About alpha")}


def test_a_day_without_cards_ends_at_once(study: Callable[..., Learner]) -> None:
    learner = study(4)
    assert learner.openings == [Opening("Ada", DAY, due=0, new=0, first=True)]
    assert learner.asked == []
    assert learner.closing == Closing(reviews=0, drills=0, seconds=0, left=0, due_tomorrow=0, new_waiting=0)


@pytest.mark.usefixtures("fifteen")
def test_ten_new_cards_a_study_day_are_counted_across_sessions(
    study: Callable[..., Learner], at: Callable[[str], None]
) -> None:
    first = study(4, 4, 4, 4)
    assert first.openings[0].new == 10
    at("2026-11-25T03:59")
    second = study(*[4] * 20)
    assert second.openings[0].new == 6
    assert second.asked == ["e", "f", "g", "h", "i", "j"]
    assert study(*[4] * 20).asked == []
    at("2026-11-25T04:00")
    third = study(*[4] * 20)
    assert (third.openings[0].due, third.openings[0].new) == (10, 5)


@pytest.mark.usefixtures("fifteen")
def test_a_wish_for_new_cards_counts_for_this_session(study: Callable[..., Learner]) -> None:
    assert len(study(*[4] * 20, new=12).asked) == 12
    assert study(*[4] * 20).asked == []
    assert study(*[4] * 20, new=2).asked == ["m", "n"]
    assert study(*[4] * 20, new=0).asked == []


@pytest.mark.usefixtures("fifteen")
def test_an_undone_first_answer_gives_its_place_among_the_new_cards_back(study: Callable[..., Learner]) -> None:
    study(4, 4, Undo())
    assert study().openings[0].new == 9


@pytest.mark.usefixtures("four")
def test_a_limit_bounds_due_and_new_cards_together_but_not_repeats(
    study: Callable[..., Learner], at: Callable[[str], None]
) -> None:
    study(4, 4)
    at("2026-11-25T08:00")
    learner = study(1, 4, 1, 4, 4, 4, 4, limit=3)
    first, second = learner.asked[:2]
    assert {first, second} == {"a", "b"}, "equally late"
    assert learner.asked[2:] == ["c", first, "c"]
    assert learner.openings == [Opening("Ada", DAY + 1, due=2, new=1)]
    assert learner.questions[0].of == 3


@pytest.mark.usefixtures("four")
def test_a_limit_of_nothing_still_brings_what_has_to_be_repeated(study: Callable[..., Learner]) -> None:
    study(1)
    assert study(4, limit=0).asked == ["a"]


def test_a_topic_narrows_due_new_and_repeated_cards(
    study: Callable[..., Learner], store: Store, deck_of: Callable[..., Deck], at: Callable[[str], None]
) -> None:
    store.catalogue.put(deck_of("deck", alpha="a b", omega="c d"), "deck.toml", b"")
    omega = tuple(store.catalogue.topics([1], "omega"))
    study(4, 1, 1)
    learner = study(4, 4, 4, 4, topics=omega)
    assert learner.asked == ["d", "c"]
    assert learner.closing.due_tomorrow == 2
    at("2026-11-25T08:00")
    assert sorted(study(*[4] * 9, topics=omega).asked) == ["c", "d"]


@pytest.mark.usefixtures("four")
def test_a_second_session_goes_on_where_the_first_was_left(study: Callable[..., Learner]) -> None:
    study(4, 2)
    learner = study(4, 4, 4)
    assert learner.asked == ["c", "d", "b"]
    assert learner.openings == [Opening("Ada", DAY, due=1, new=2)]


@pytest.mark.usefixtures("four")
def test_what_was_not_known_by_the_end_of_the_day_is_due_tomorrow(
    study: Callable[..., Learner], at: Callable[[str], None]
) -> None:
    study(4, 1, 3, 4)
    at("2026-11-25T08:00")
    assert sorted(study(4, 4, 4, 4).asked) == ["a", "b", "c", "d"]
    at("2026-11-26T08:00")
    assert study(4, 4).asked == ["b"]
    at("2026-12-01T08:00")
    assert sorted(study(4, 4, 4, 4).asked) == ["a", "c", "d"]
    at("2026-12-02T08:00")
    assert study(4, 4).asked == ["b"]


# ── marking and grading ────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(("text", "credit", "grade", "why"), [(RIGHT, 1.0, 4, ""), (WRONG, 0.0, 1, "it is not")])
def test_a_choice_is_marked_and_a_grade_proposed(
    study: Callable[..., Learner], text: str, credit: float, grade: int, why: str
) -> None:
    (marked,) = study((text, Quit())).marked
    assert marked.verdict is not None
    assert (marked.verdict.credit, marked.grade, marked.verdict.why) == (credit, grade, why)
    assert marked.given == text


def test_a_recalled_card_has_neither_verdict_nor_proposed_grade(
    study: Callable[..., Learner], store: Store, deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of("deck", alpha="a?"), "deck.toml", b"")
    learner = study((Response(None), Graded(5)))
    (marked,) = learner.marked
    assert (marked.verdict, marked.grade, marked.given) == (None, None, None)
    assert schedule(store, "a") == Schedule(1, 1, 260, DAY + 1)
    assert store.database.rows("SELECT response FROM event") == [(None,)]


@pytest.mark.usefixtures("four")
def test_the_learner_may_override_the_proposed_grade(study: Callable[..., Learner], store: Store) -> None:
    study((WRONG, Graded(5)))
    assert journal(store) == [("a", "review", 5)]


@pytest.mark.usefixtures("four")
def test_every_grades_interval_is_told_before_the_choice(
    study: Callable[..., Learner], at: Callable[[str], None]
) -> None:
    assert study(4).marked[0].intervals == {0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1}
    at("2026-11-25T08:00")
    assert study(5).marked[0].intervals == {0: 1, 1: 1, 2: 1, 3: 6, 4: 6, 5: 6}
    at("2026-12-01T08:00")
    assert study(1).marked[0].intervals == {0: 1, 1: 1, 2: 1, 3: 16, 4: 16, 5: 16}


@pytest.mark.usefixtures("four")
def test_a_drill_promises_no_other_interval(study: Callable[..., Learner], at: Callable[[str], None]) -> None:
    study(4, limit=1)
    at("2026-11-25T08:00")
    learner = study(3, 5, new=0)
    assert [question.drill for question in learner.questions] == [False, True]
    assert learner.marked[1].intervals == {0: 6, 1: 6, 2: 6, 3: 6, 4: 6, 5: 6}


@pytest.mark.usefixtures("four")
def test_a_drill_moves_nothing(study: Callable[..., Learner], store: Store) -> None:
    learner = study(2, 3, 5, new=1)
    unmoved = Schedule(0, 1, 250, DAY + 1)
    assert learner.told == [
        Saved("deck/a", 2, unmoved, drill=False, again_today=True),
        Saved("deck/a", 3, unmoved, drill=True, again_today=True),
        Saved("deck/a", 5, unmoved, drill=True, again_today=False),
    ]
    assert schedule(store, "a") == unmoved
    assert journal(store) == [("a", "review", 2), ("a", "drill", 3), ("a", "drill", 5)]
    assert (learner.closing.reviews, learner.closing.drills) == (1, 2)


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("response", "message"),
    [
        (2, "choose one of the 2 choices"),
        ("right", "choose one of the 2 choices"),
        (None, "choose one of the 2 choices"),
    ],
)
def test_a_response_that_cannot_be_read_is_asked_for_again(
    study: Callable[..., Learner], store: Store, response: object, message: str
) -> None:
    learner = study(Response(response), 4)
    assert learner.refused == [message]
    assert learner.asked[:2] == ["a", "a"]
    assert learner.questions[0] == learner.questions[1]
    assert journal(store) == [("a", "review", 4)]


@pytest.mark.usefixtures("four")
def test_choices_are_arranged_anew_each_time_they_are_asked(study: Callable[..., Learner]) -> None:
    learner = study(*[1] * 40)
    orders = {question.task.choices for question in learner.questions}
    assert orders == {("right", "wrong"), ("wrong", "right")}
    assert all(marked.given == RIGHT for marked in learner.marked)


@pytest.mark.usefixtures("four")
def test_an_answer_is_durable_before_the_learner_is_told(study: Callable[..., Learner], store: Store) -> None:
    class Suspicious(Learner):
        def saved(self, saved: Saved) -> None:
            super().saved(saved)
            assert len(journal(store)) == len(self.told)

    assert len(study(Suspicious(4, 2, 4)).told) == 3


# ── undo, skip, quit, interrupt ────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("four")
def test_an_undone_answer_is_asked_again(study: Callable[..., Learner], store: Store) -> None:
    learner = study(4, 1, Undo(), 4)
    assert learner.asked[:5] == ["a", "b", "c", "b", "c"]
    assert learner.taken_back == ["deck/b"]
    assert journal(store) == [("a", "review", 4), ("b", "review", 1), ("b", "undo", None), ("b", "review", 4)]
    assert schedule(store, "b") == Schedule(1, 1, 250, DAY + 1)
    assert (learner.closing.reviews, learner.closing.drills) == (2, 0)


@pytest.mark.usefixtures("four")
def test_several_answers_can_be_undone_one_after_the_other(study: Callable[..., Learner], store: Store) -> None:
    learner = study(4, 4, 4, Undo(), Undo(), Undo(), Undo(), Quit())
    assert learner.taken_back == ["deck/c", "deck/b", "deck/a", None]
    assert learner.asked == ["a", "b", "c", "d", "c", "b", "a", "a"]
    assert [schedule(store, card) for card in "abc"] == [None, None, None]
    assert store.journal.on_day(1, DAY) == Today(0, 0, 0, 0)
    assert learner.closing.reviews == 0
    assert learner.closing.left == 4


@pytest.mark.usefixtures("four")
def test_undoing_an_answer_below_four_takes_its_repeat_back_too(study: Callable[..., Learner]) -> None:
    learner = study(1, Undo(), 4, 4, 4, 4, 4)
    assert learner.asked == ["a", "b", "a", "b", "c", "d"]


@pytest.mark.usefixtures("four")
def test_a_repeat_can_be_undone(study: Callable[..., Learner], store: Store) -> None:
    learner = study(1, 1, 4, Undo(), 2, 4, 4, new=2)
    assert learner.asked == ["a", "b", "a", "b", "a", "b", "a"]
    assert learner.taken_back == ["deck/a"]
    assert journal(store) == [
        ("a", "review", 1),
        ("b", "review", 1),
        ("a", "drill", 4),
        ("a", "undo", None),
        ("a", "drill", 2),
        ("b", "drill", 4),
        ("a", "drill", 4),
    ]
    assert (learner.closing.reviews, learner.closing.drills, learner.closing.left) == (2, 3, 2)
    assert store.journal.rebuild().wrong == 0


@pytest.mark.usefixtures("four")
def test_an_undo_instead_of_a_grade_asks_the_same_card_again(study: Callable[..., Learner], store: Store) -> None:
    learner = study(4, (WRONG, Undo()), 3)
    assert learner.asked[:4] == ["a", "b", "b", "c"]
    assert learner.taken_back == []
    assert journal(store) == [("a", "review", 4), ("b", "review", 3)]


@pytest.mark.usefixtures("four")
def test_an_undo_reaches_back_to_the_beginning_of_the_day(
    study: Callable[..., Learner], store: Store, at: Callable[[str], None]
) -> None:
    at("2026-11-23T12:00")
    study(4, new=1)
    at("2026-11-24T12:00")
    study(4, 2)
    learner = study(Undo(), Undo(), Undo())
    assert learner.undone_events == [
        TakenBack("deck/b", "b?", Kind.REVIEW, 2),
        TakenBack("deck/a", "a?", Kind.REVIEW, 4),
        None,
    ]
    assert learner.asked == ["c", "b", "a", "a"]
    assert schedule(store, "a") == Schedule(1, 1, 250, DAY), "yesterday's answer stands"
    assert store.journal.rebuild().wrong == 0


@pytest.mark.usefixtures("four")
def test_cards_brought_forward_are_asked_today_whatever_the_limit_for_new_ones(
    study: Callable[..., Learner], store: Store, at: Callable[[str], None]
) -> None:
    at("2026-11-23T12:00")
    study(4, new=1)
    at("2026-11-24T12:00")
    study(4)
    at("2026-11-26T12:00")
    store.journal.bring_forward(store.learners.find("Ada"), [1, 3], Moment(0, DAY + 2))
    learner = study(4, 4, new=0)
    assert sorted(learner.asked) == ["a", "c"]
    assert [(each.new, each.drill) for each in learner.questions] == [(False, False)] * 2
    assert schedule(store, "a") == Schedule(3, 5, 250, DAY + 7), "two days have passed, not six"
    assert schedule(store, "c") == Schedule(1, 1, 250, DAY + 3)
    assert store.journal.on_day(store.learners.find("Ada"), DAY + 2) == Today(reviews=2)


@pytest.mark.usefixtures("four")
def test_a_card_reviewed_today_and_brought_forward_comes_back_as_a_drill(
    study: Callable[..., Learner], store: Store
) -> None:
    study(4, new=1)
    store.journal.bring_forward(store.learners.find("Ada"), [1], Moment(0, DAY))
    learner = study(4, new=0)
    assert [(each.id, each.drill) for each in learner.questions] == [("deck/a", True)]
    assert schedule(store, "a") == Schedule(1, 1, 250, DAY + 1)


@pytest.mark.usefixtures("four")
def test_an_undo_takes_back_that_a_card_was_brought_forward(study: Callable[..., Learner], store: Store) -> None:
    study(4, new=1)
    store.journal.bring_forward(store.learners.find("Ada"), [2], Moment(0, DAY))
    learner = study(Undo(), new=0)
    assert learner.undone_events == [TakenBack("deck/b", "b?", Kind.DUE, None)]
    assert learner.asked == ["b"]
    assert schedule(store, "b") is None


@pytest.mark.usefixtures("four")
def test_an_undo_of_an_earlier_session_keeps_the_days_limits(study: Callable[..., Learner], store: Store) -> None:
    settings = Settings(new_per_day=2, new_order="last")
    study(4, 4, settings=settings)
    learner = study(Undo(), 4, 4, settings=Settings(new_per_day=3))
    assert learner.asked[:2] == ["c", "b"]
    assert store.journal.on_day(1, DAY).new == 3
    store.journal.record(1, Kind.SUSPEND, 4, Moment(0, DAY))
    assert study(Undo(), *[4] * 9, settings=settings).asked == []
    assert store.journal.on_day(1, DAY).new == 3


@pytest.mark.usefixtures("four")
def test_an_undo_brings_no_card_of_another_deck_into_the_session(
    study: Callable[..., Learner], store: Store, deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of("other", beta="x"), "other.toml", b"")
    store.journal.answer(store.learners.add("Ada"), Answer(5, 4, None, 1, 0), Moment(0, DAY))
    learner = study(Undo(), 4, topics=tuple(store.catalogue.topics([1], "alpha")))
    assert learner.taken_back == ["other/x"]
    assert learner.asked == ["a", "a", "b"]


@pytest.mark.usefixtures("four")
def test_what_was_taken_back_of_an_orphan_is_not_asked(
    study: Callable[..., Learner], store: Store, deck_of: Callable[..., Deck]
) -> None:
    study(4, new=1)
    store.catalogue.put(deck_of("deck", alpha="b c d"), "deck.toml", b"2")
    store.journal.relink(1, 1, 2, Moment(0, DAY))
    learner = study(Undo(), 4)
    assert [undone and undone.kind for undone in learner.undone_events] == [Kind.RELINK]
    assert "a" not in learner.asked


@pytest.mark.usefixtures("four")
def test_a_card_that_its_deck_loses_meanwhile_is_not_asked(
    study: Callable[..., Learner], store: Store, deck_of: Callable[..., Deck]
) -> None:
    learner = Learner(4, 4, 4)
    learner.before = lambda question: store.catalogue.put(deck_of("deck", alpha="a d"), "deck.toml", b"2")
    study(learner)
    assert learner.asked == ["a", "d"]


@pytest.mark.usefixtures("four")
def test_an_answer_taken_back_when_the_time_is_up_is_asked_again(
    study: Callable[..., Learner], wait: Callable[[int], None]
) -> None:
    learner = Learner(4, 4, Undo(), 5)
    learner.before = lambda question: wait(31_000)
    study(learner, minutes=1)
    assert learner.asked == ["a", "b", "b"]
    assert learner.closing.time_is_up


@pytest.mark.usefixtures("four")
def test_the_last_answer_can_be_taken_back_when_nothing_is_left(study: Callable[..., Learner], store: Store) -> None:
    learner = study(4, 4, Undo(), 5, new=2)
    assert learner.asked == ["a", "b", "b"]
    assert [ending.reviews for ending in learner.endings] == [2, 2]
    assert schedule(store, "b") == Schedule(1, 1, 260, DAY + 1)


@pytest.mark.usefixtures("four")
def test_what_another_session_took_back_is_not_taken_back_twice(study: Callable[..., Learner], store: Store) -> None:
    learner = Learner(4, 4, Undo(), Quit())

    def take_back_elsewhere(_question: Question) -> None:
        if len(learner.questions) == 3:
            study(Undo())

    learner.before = take_back_elsewhere
    study(learner)
    assert learner.taken_back == ["deck/a"]
    assert [schedule(store, card) for card in "ab"] == [None, None]


@pytest.mark.usefixtures("four")
def test_a_skipped_card_comes_back_after_all_the_others(study: Callable[..., Learner], store: Store) -> None:
    learner = study(Skip(), 4, (RIGHT, Skip()), 4, 4, 4)
    assert learner.asked == ["a", "b", "c", "d", "a", "c"]
    assert [card for card, _, _ in journal(store)] == ["b", "d", "a", "c"]
    assert learner.questions[4].new


@pytest.mark.usefixtures("four")
def test_a_card_that_is_skipped_alone_is_asked_again(study: Callable[..., Learner], store: Store) -> None:
    assert study(Skip(), Skip(), 4, new=1).asked == ["a", "a", "a"]
    assert journal(store) == [("a", "review", 4)]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("step", [Quit(), (RIGHT, Quit())], ids=["at the question", "at the grade"])
def test_leaving_keeps_what_was_answered(study: Callable[..., Learner], store: Store, step: Step) -> None:
    closing = study(4, 1, step).closing
    assert journal(store) == [("a", "review", 4), ("b", "review", 1)]
    assert closing == Closing(2, 0, seconds=0, left=3, due_tomorrow=2, new_waiting=2, grades={4: 1, 1: 1}, streak=1)


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    "step", [KeyboardInterrupt, (RIGHT, KeyboardInterrupt)], ids=["at the question", "at the grade"]
)
def test_an_interrupt_keeps_what_was_answered_and_says_so(
    study: Callable[..., Learner], store: Store, step: Step
) -> None:
    closing = study(4, 1, step).closing
    assert journal(store) == [("a", "review", 4), ("b", "review", 1)]
    assert closing == Closing(2, 0, 0, 3, 2, 2, interrupted=True, grades={4: 1, 1: 1}, streak=1)


@pytest.mark.usefixtures("four")
def test_an_interrupt_right_after_an_answer_was_saved_counts_it(study: Callable[..., Learner], store: Store) -> None:
    class Hasty(Learner):
        def saved(self, saved: Saved) -> None:
            raise KeyboardInterrupt

    closing = study(Hasty(4)).closing
    assert journal(store) == [("a", "review", 4)]
    assert (closing.reviews, closing.left, closing.interrupted) == (1, 3, True)


@pytest.mark.usefixtures("four")
def test_an_interrupt_before_the_first_question_closes_the_session(study: Callable[..., Learner]) -> None:
    class Hurried(Learner):
        def open(self, opening: Opening) -> None:
            raise KeyboardInterrupt

    assert study(Hurried()).closing.interrupted


# ── cards set aside ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("wrapped", [False, True], ids=["at the question", "at the grade"])
def test_a_suspended_card_is_not_asked_until_it_is_resumed(
    study: Callable[..., Learner], store: Store, at: Callable[[str], None], wrapped: bool
) -> None:
    learner = study((WRONG, Suspend()) if wrapped else Suspend(), 4, 4, 4)
    assert learner.asked == ["a", "b", "c", "d"]
    assert learner.put_aside == [("deck/a", Suspend())]
    assert learner.closing.reviews == 3
    at("2026-12-24T08:00")
    assert sorted(study(4, 4, 4, 4).asked) == ["b", "c", "d"]
    number = store.database.value("SELECT id FROM card WHERE name = 'a'")
    store.journal.record(1, Kind.RESUME, number, Moment(0, DAY + 30))
    assert study(4).asked == ["a"]


@pytest.mark.usefixtures("four")
def test_a_buried_card_is_back_on_the_next_study_day(study: Callable[..., Learner], at: Callable[[str], None]) -> None:
    assert study(1, Bury(), 4, 4, Bury()).asked == ["a", "b", "c", "d", "a"]
    assert study().asked == []
    at("2026-11-25T08:00")
    assert sorted(study(4, 4, 4, 4).asked) == ["a", "b", "c", "d"]


@pytest.mark.usefixtures("four")
def test_setting_a_card_aside_can_be_undone(study: Callable[..., Learner], store: Store) -> None:
    learner = study(Bury(), Suspend(), Undo(), Undo(), 4)
    assert learner.asked == ["a", "b", "c", "b", "a", "b"]
    assert [undone and undone.kind for undone in learner.undone_events] == [Kind.SUSPEND, Kind.BURY]
    assert store.database.rows("SELECT * FROM held") == []


# ── hints, giving up, and what is proposed ─────────────────────────────────────────────────────────


@pytest.fixture
def hinted(store: Store, deck_of: Callable[..., Deck]) -> None:
    deck = deck_of("deck", alpha="a b?")
    cards = (replace(deck.cards[0], hints=("one", "two")), deck.cards[1])
    store.catalogue.put(replace(deck, cards=cards), "deck.toml", b"")


@pytest.mark.usefixtures("hinted")
def test_hints_are_shown_one_by_one_and_lower_what_is_proposed(study: Callable[..., Learner]) -> None:
    learner = study(Hint(), Hint(), Hint(), 3, Hint())
    assert [question.hints for question in learner.questions] == [0, 1, 2, 2, 0, 0]
    assert learner.refused == ["there is no other hint", "this card has no hint"]
    proposed = learner.marked[0].proposal
    assert proposed is not None
    assert (proposed.grade, str(proposed.reason)) == (3, "right, with a hint")


@pytest.mark.usefixtures("hinted")
def test_a_hint_counts_as_well_when_the_card_is_answered_again(study: Callable[..., Learner]) -> None:
    learner = study(Hint(), (WRONG, Undo()), 3)
    assert [marked.grade for marked in learner.marked] == [1, 3]


@pytest.mark.usefixtures("hinted")
def test_who_gives_up_is_shown_the_answer(study: Callable[..., Learner], store: Store) -> None:
    learner = Learner(DontKnow(), DontKnow())
    learner.decision = Graded(0)
    study(learner)
    first, second = learner.marked[:2]
    assert first.proposal is not None
    assert (first.proposal.grade, str(first.proposal.reason), first.given) == (0, "no answer", None)
    assert second.proposal is not None
    assert (second.verdict, second.proposal.grade) == (None, 0), "also where only the learner can tell"
    assert store.database.rows("SELECT grade, response FROM event") == [(0, None), (0, None)]


@pytest.mark.usefixtures("four")
def test_a_slow_answer_is_proposed_as_hard(study: Callable[..., Learner], wait: Callable[[int], None]) -> None:
    learner = Learner(4, 4, 4)
    learner.before = lambda question: wait({"deck/a": 25_000, "deck/b": 15_000}.get(question.id, 400_000))
    study(learner, new=3)
    assert [marked.grade for marked in learner.marked] == [3, 4, 4]


@pytest.mark.usefixtures("four")
def test_time_away_from_the_keyboard_does_not_count(
    study: Callable[..., Learner], store: Store, wait: Callable[[int], None]
) -> None:
    learner = Learner(4)
    learner.before = lambda question: wait(3_600_000)
    study(learner, new=1)
    assert store.journal.on_day(1, DAY).milliseconds == 300_000


# ── leeches ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("four")
def test_a_leech_is_told_at_the_threshold_and_every_four_lapses_from_there(
    study: Callable[..., Learner], at: Callable[[str], None]
) -> None:
    lapses = []
    settings = Settings(leech_after=2)
    for day in range(1, 15):
        at(f"2026-12-{day:02}T08:00")
        learner = study(4 if day % 2 else 1, 4, new=1 if day == 1 else 0, settings=settings)
        lapses += [leech.lapses for leech in learner.leeches]
    assert lapses == [2, 6]


@pytest.mark.usefixtures("four")
def test_a_leech_can_be_suspended_and_that_undone(study: Callable[..., Learner], at: Callable[[str], None]) -> None:
    settings = Settings(leech_after=1)
    study(4, new=1)
    at("2026-11-25T08:00")
    learner = Learner(1, Undo(), 4)
    learner.about_leeches = Suspend()
    study(learner, new=0, settings=settings)
    assert learner.leeches == [Leech("deck/a", "a?", 1, "deck.toml", None)]
    assert learner.put_aside == [("deck/a", Suspend())]
    assert [undone and undone.kind for undone in learner.undone_events] == [Kind.SUSPEND]
    assert learner.asked == ["a", "a"], "it comes back as it would have done"


# ── other sessions than the daily one ──────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("four")
def test_cramming_asks_everything_and_moves_nothing(study: Callable[..., Learner], store: Store) -> None:
    study(4, 2)
    before = store.database.rows("SELECT * FROM schedule")
    learner = study(*[1, *[5] * 9], mode="cram")
    assert learner.openings == [Opening("Ada", DAY, due=2, new=2, mode="cram")]
    assert sorted(learner.asked) == sorted(["a", "b", "c", "d", learner.asked[0]])
    assert learner.asked[-1] == learner.asked[0], "what was not known comes back"
    assert all(question.drill for question in learner.questions)
    assert store.database.rows("SELECT * FROM schedule") == before
    assert [kind for _, kind, _ in journal(store)][2:] == ["cram"] * 5
    assert (learner.closing.reviews, learner.closing.drills, learner.closing.left) == (0, 5, 0)
    assert study().openings[0].due == 1, "what was not known in the daily session still waits"
    assert learner.told[-1].schedule in (None, *(Schedule(*row) for row in schedules(store)))


@pytest.mark.usefixtures("four")
def test_a_crammed_answer_can_be_undone(study: Callable[..., Learner], store: Store) -> None:
    learner = study(5, Undo(), 4, mode="cram", limit=1)
    assert [kind for _, kind, _ in journal(store)] == ["cram", "undo", "cram"]
    assert learner.asked[0] == learner.asked[1]


@pytest.mark.usefixtures("four")
def test_studying_ahead_moves_the_schedules_of_what_will_be_due(
    study: Callable[..., Learner], store: Store, at: Callable[[str], None]
) -> None:
    study(4, 4)
    at("2026-11-25T08:00")
    study(4, 4, new=0)
    at("2026-11-28T08:00")
    assert study(new=0).asked == []
    assert study(mode="ahead", ahead=2).asked == []
    learner = study(4, 1, 4, mode="ahead", ahead=3)
    assert [question.drill for question in learner.questions] == [False, False, True]
    first, second = learner.asked[:2]
    assert schedule(store, first) == Schedule(2, 8, 250, DAY + 12), "3 days × 2.5"
    assert schedule(store, second) == Schedule(0, 1, 250, DAY + 5)


@pytest.mark.usefixtures("four")
def test_mistakes_are_asked_again_and_move_only_what_is_due(
    study: Callable[..., Learner], store: Store, at: Callable[[str], None]
) -> None:
    study(1, 4, 2, Quit())
    learner = study(4, 4, mode="mistakes")
    assert sorted(learner.asked) == ["a", "c"]
    assert study(mode="mistakes").asked == []
    assert schedule(store, "a") == Schedule(0, 1, 250, DAY + 1)
    study(1)
    at("2026-11-26T08:00")
    learner = study(4, mode="mistakes")
    assert learner.asked == ["d"]
    assert schedule(store, "d") == Schedule(1, 1, 250, DAY + 3)


@pytest.mark.usefixtures("fifteen")
def test_no_card_is_asked_after_the_minutes_are_up(study: Callable[..., Learner], wait: Callable[[int], None]) -> None:
    learner = Learner(*[4] * 15)
    learner.before = lambda question: wait(25_000)
    study(learner, minutes=1)
    assert len(learner.asked) == 3
    assert (learner.closing.time_is_up, learner.closing.left) == (True, 7)


@pytest.mark.usefixtures("fifteen")
def test_the_pace_of_a_session_is_told_after_three_answers(
    study: Callable[..., Learner], wait: Callable[[int], None]
) -> None:
    learner = Learner(*[4] * 15)
    learner.before = lambda question: wait(10_000)
    study(learner)
    assert [question.seconds for question in learner.questions][:5] == [0, 10, 20, 30, 40]
    assert [question.seconds_left for question in learner.questions][:5] == [None, None, None, 70, 60]


# ── limits ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("fifteen")
def test_a_decks_own_limit_holds_across_sessions(
    study: Callable[..., Learner], store: Store, deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of("other", beta="x y z"), "other.toml", b"")
    settings = Settings(new_per_day=6, decks={"deck": DeckSettings(new_per_day=2)})
    first = study(4, 4, 4, settings=settings)
    second = study(*[4] * 9, settings=settings)
    assert sorted(first.asked[:3] + second.asked) == ["a", "b", "x", "y", "z"]


@pytest.mark.usefixtures("fifteen")
def test_due_cards_are_limited_by_the_day_and_the_rest_is_said(
    study: Callable[..., Learner], at: Callable[[str], None]
) -> None:
    study(*[4] * 10)
    at("2026-11-25T08:00")
    settings = Settings(new_per_day=0, reviews_per_day=4)
    first = study(4, settings=settings)
    assert first.openings[0].due == 4
    second = study(*[4] * 9, settings=settings)
    assert len(second.asked) == 3
    assert (second.closing.left, second.closing.beyond) == (0, 6)


@pytest.mark.usefixtures("fifteen")
def test_a_sessions_limit_does_not_begin_again_with_a_new_day(
    study: Callable[..., Learner], at: Callable[[str], None]
) -> None:
    at("2026-11-25T03:50")
    learner = Learner(*[4] * 30)
    learner.after = lambda marked: at("2026-11-25T04:00") if len(learner.marked) == 3 else None
    study(learner, limit=5)
    assert len(learner.asked) == 5


@pytest.mark.usefixtures("four")
def test_what_another_session_has_settled_is_not_asked_again(study: Callable[..., Learner]) -> None:
    learner = Learner(4, 4, 4, 4)

    def settle_elsewhere(_marked: Marked) -> None:
        if len(learner.marked) == 1:
            study(Skip(), 4, Suspend())

    learner.after = settle_elsewhere
    study(learner)
    assert learner.asked[:2] == ["a", "d"]


@pytest.mark.usefixtures("four")
def test_new_cards_are_mixed_among_the_due_ones_unless_asked_otherwise(
    study: Callable[..., Learner], at: Callable[[str], None]
) -> None:
    study(4, 4)
    at("2026-11-25T08:00")
    kinds = [
        [
            question.new
            for question in study(Skip(), Skip(), Skip(), Skip(), settings=Settings(new_order=order)).questions
        ][:4]
        for order in ("mixed", "first", "last")
    ]
    assert kinds == [[False, True, False, True], [True, True, False, False], [False, False, True, True]]


# ── time ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("four")
def test_the_clock_measures_from_the_question_to_the_response(
    study: Callable[..., Learner], store: Store, wait: Callable[[int], None]
) -> None:
    learner = Learner(Response("no index"), 1, 4, 4)
    learner.before = lambda question: wait(1500 if question.id == "deck/a" else 250)
    learner.after = lambda marked: wait(60_000)
    closing = study(learner, new=2).closing
    assert store.database.rows("SELECT milliseconds FROM event ORDER BY seq") == [(3000,), (250,), (1500,)]
    assert store.journal.on_day(1, DAY).milliseconds == 4750
    assert closing.seconds == 184


@pytest.mark.usefixtures("four")
def test_an_event_keeps_the_time_of_its_answer_and_the_study_day(
    study: Callable[..., Learner], store: Store, at: Callable[[str], None]
) -> None:
    at("2026-11-25T03:30")
    study(4)
    assert store.database.rows("SELECT at, day FROM event") == [(1_795_573_800_000, DAY)]


@pytest.mark.usefixtures("fifteen")
def test_a_session_that_passes_the_rollover_goes_on_with_the_new_day(
    study: Callable[..., Learner], store: Store, at: Callable[[str], None]
) -> None:
    at("2026-11-25T03:50")
    learner = Learner(*[4] * 30)
    learner.after = lambda marked: at("2026-11-25T04:00") if len(learner.marked) == 3 else None
    study(learner)
    assert learner.asked[:3] == ["a", "b", "c"]
    assert sorted(learner.asked[3:5]) == ["a", "b"], "equally late"
    assert learner.asked[5:] == [*"defghijklm"[:9]]
    assert store.database.rows("SELECT DISTINCT day FROM event ORDER BY day") == [(DAY,), (DAY + 1,)]
    assert store.journal.on_day(1, DAY) == Today(2, 2, 0, 0)
    assert store.journal.on_day(1, DAY + 1) == Today(10, 12, 0, 0)
    assert schedule(store, "a") == Schedule(2, 6, 250, DAY + 7)


@pytest.mark.usefixtures("fifteen")
def test_an_undo_after_the_rollover_keeps_the_new_days_cards(
    study: Callable[..., Learner], at: Callable[[str], None]
) -> None:
    at("2026-11-25T03:50")
    learner = Learner(*[4] * 10, Undo(), *[4] * 30)
    learner.after = lambda marked: at("2026-11-25T04:00") if len(learner.marked) == 10 else None
    study(learner)
    assert learner.asked[:10] == [*"abcdefghij"]
    assert learner.asked[10] in {*"abcdefghi"}, "the new day begins with what is due"
    assert learner.taken_back == ["deck/j"]
    assert {*"abcdefghij"} <= set(learner.asked[11:]), "what is due on the new day, and what was undone"


@pytest.mark.usefixtures("four")
def test_two_sessions_at_once_share_the_journal(study: Callable[..., Learner], store: Store) -> None:
    """While one session waits at a card, another reviews it: the answer that comes later is a drill."""

    class Slow(Learner):
        def ask(self, question: Question) -> Reply:
            if not self.questions:
                study(4)
            return super().ask(question)

    learner = study(Slow(5))
    assert journal(store) == [("a", "review", 4), ("a", "drill", 5)]
    assert learner.told == [Saved("deck/a", 5, Schedule(1, 1, 250, DAY + 1), drill=True, again_today=False)]
    assert (learner.closing.reviews, learner.closing.drills) == (0, 1)


@pytest.mark.usefixtures("four")
def test_the_journal_keeps_what_was_chosen_in_words(study: Callable[..., Learner], store: Store) -> None:
    """An index would mean nothing later: the choices are arranged anew each time."""
    learner = study(4, 4)
    responses = [response for (response,) in store.database.rows("SELECT response FROM event ORDER BY seq")]
    assert responses == [as_json(marked.given) for marked in learner.marked]
    assert '"right"' in responses or '"wrong"' in responses
