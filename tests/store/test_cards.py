"""Single cards: named, listed with one learner's states, and told with everything that happened to them."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Deck
from quizdock.core.journal import Answer, Kind, Standing, State, replay
from quizdock.core.sm2 import Schedule
from quizdock.store import Store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Difference, Key, Moment

DAY = 739_944  # 2026-11-24
NOON = 1_795_521_600_000  # 2026-11-24T12:00:00Z
A, TAB_X, TAB_Y, OTHER_A = range(1, 5)


def at(day: int) -> Moment:
    return Moment(NOON + (day - DAY) * 86_400_000, day)


@pytest.fixture
def ada(store: Store, deck_of: Callable[..., Deck]) -> int:
    """A learner, before the decks `one` (a, tab#x, tab#y) and `two` (a)."""
    store.catalogue.put(deck_of("one", first="a tab#x tab#y"), "one.toml", b"")
    store.catalogue.put(deck_of("two", second="a"), "two.toml", b"")
    return store.learners.add("Ada")


@pytest.fixture
def answer(store: Store, ada: int) -> Callable[..., Key]:
    def give(card: int, grade: int, day: int = DAY, learner: int = ada) -> Key:
        return store.journal.answer(learner, Answer(card, grade, None, 500, 7), at(day))[0]

    return give


def test_a_card_is_found_in_its_deck_or_in_any(store: Store, ada: int) -> None:
    assert [card.id for card in store.cards.named("a", "two")] == ["two/a"]
    assert [card.id for card in store.cards.named("a")] == ["one/a", "two/a"]
    assert store.cards.named("b") == []


def test_a_note_has_cards_and_a_card_its_note_and_part(store: Store, ada: int) -> None:
    cards = store.cards.of_note("tab", "one")
    assert [(card.number, card.note, card.part, card.orphan) for card in cards] == [
        (TAB_X, "tab", "x", False),
        (TAB_Y, "tab", "y", False),
    ]
    assert [card.part for card in store.cards.of_note("a")] == ["", ""]


def test_lines_have_the_learners_states(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    store.journal.record(ada, Kind.SUSPEND, TAB_X, at(DAY))
    store.journal.record(store.learners.add("Bob"), Kind.SUSPEND, TAB_Y, at(DAY))
    lines = store.cards.lines(ada, Scope((1,)))
    assert [(line.card.name, line.topic, line.prompt) for line in lines] == [
        ("a", "first", "what is a?"),
        ("tab#x", "first", "what is tab#x?"),
        ("tab#y", "first", "what is tab#y?"),
    ]
    assert [line.state for line in lines] == [
        State(Standing(Schedule(1, 1, 250, DAY + 1), DAY, None, 0)),
        State(suspended=True),
        State(),
    ]


def test_orphans_are_cards_with_progress_that_no_deck_has(
    store: Store, ada: int, answer: Callable[..., Key], deck_of: Callable[..., Deck]
) -> None:
    answer(A, 4)
    store.catalogue.put(deck_of("one", first="z"), "one.toml", b"new")
    assert [line.card.id for line in store.cards.orphans(ada)] == ["one/a"]
    assert store.cards.orphans(store.learners.add("Bob")) == []
    assert [card.id for card in store.cards.abandoned()] == ["one/a"]
    assert [card.id for card in store.cards.known()] == ["one/z", "one/a", "two/a"]


@pytest.mark.parametrize("kind", [Kind.SUSPEND, Kind.BURY, Kind.RESET])
def test_a_hold_or_an_event_is_progress(store: Store, ada: int, kind: Kind) -> None:
    assert store.cards.holders(A) == []
    store.journal.record(ada, kind, A, at(DAY))
    assert store.cards.holders(A) == [ada]


def test_what_was_taken_back_is_no_progress(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    store.journal.undo(ada, answer(A, 4), at(DAY))
    assert store.cards.holders(A) == []


def test_whoever_was_removed_holds_nothing(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    store.learners.remove("Ada", store.database.path.parent / "ada.jsonl")
    assert store.cards.holders(A) == []


def test_progress_goes_with_a_relink(
    store: Store, ada: int, answer: Callable[..., Key], deck_of: Callable[..., Deck]
) -> None:
    answer(A, 4)
    store.catalogue.put(deck_of("one", first="tab#x"), "one.toml", b"new")
    store.journal.relink(ada, A, TAB_X, at(DAY))
    assert (store.cards.holders(A), store.cards.holders(TAB_X)) == ([], [ada])
    assert store.cards.abandoned() == []


def test_untouched_cards_are_those_without_progress_of_these_learners(
    store: Store, ada: int, answer: Callable[..., Key]
) -> None:
    bob = store.learners.add("Bob")
    answer(A, 4)
    answer(TAB_X, 4, learner=bob)
    assert [card.id for card in store.cards.untouched([ada])] == ["one/tab#x", "one/tab#y", "two/a"]
    assert [card.id for card in store.cards.untouched([ada, bob])] == ["one/tab#y", "two/a"]


def test_a_deck_is_gone_with_its_file(store: Store, ada: int) -> None:
    assert not store.cards.is_gone("one")
    store.catalogue.withdraw("one")
    assert store.cards.is_gone("one")
    assert store.cards.is_gone("never-there")


def test_a_story_has_what_was_taken_back(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    store.journal.undo(ada, answer(A, 1), at(DAY))
    answer(A, 4)
    (card,) = store.cards.named("a", "one")
    assert [(told.event.kind, told.event.grade, told.undone) for told in store.cards.story(ada, card)] == [
        (Kind.REVIEW, 1, True),
        (Kind.REVIEW, 4, False),
    ]


def test_a_story_begins_with_that_of_the_card_it_took_over_from(
    store: Store, ada: int, answer: Callable[..., Key]
) -> None:
    answer(OTHER_A, 1)
    answer(A, 4)
    store.journal.relink(ada, A, OTHER_A, at(DAY + 1))
    answer(A, 2, DAY + 2)
    old, new = store.cards.named("a")
    assert [(told.card, told.event.kind, told.taken_over) for told in store.cards.story(ada, new)] == [
        ("one/a", Kind.REVIEW, False),
        ("one/a", Kind.RELINK, True),
    ]
    assert [(told.event.kind, told.event.grade, told.taken_over) for told in store.cards.story(ada, old)] == [
        (Kind.REVIEW, 4, False),
        (Kind.RELINK, None, False),
        (Kind.REVIEW, 2, False),
    ]


def test_without_what_was_taken_back_a_story_makes_the_cards_state(
    store: Store, ada: int, answer: Callable[..., Key]
) -> None:
    answer(A, 4)
    undone = answer(A, 2, DAY + 1)
    store.journal.relink(ada, A, TAB_X, at(DAY + 1))
    answer(TAB_X, 3, DAY + 2)
    store.journal.relink(ada, TAB_X, OTHER_A, at(DAY + 3))
    store.journal.undo(ada, undone, at(DAY + 3))
    for card in store.cards.known():
        told = [each for each in store.cards.story(ada, card) if not each.undone and not each.taken_over]
        assert replay(each.event.past for each in told)[0] == store.journal.state(ada, card.number)


def test_a_sound_database_has_nothing_to_tell(store: Store, ada: int, answer: Callable[..., Key]) -> None:
    answer(A, 4)
    assert (store.health.damage(), store.health.strays()) == ([], [])
    assert store.journal.compare() == Difference(events=1, schedules=1, wrong=0)


def test_references_that_lead_nowhere_are_counted(store: Store, ada: int) -> None:
    store.database.execute("PRAGMA foreign_keys = OFF")
    store.database.execute("INSERT INTO follow VALUES (77, 1), (78, 1)")
    assert store.health.strays() == [("follow", "learner", 2)]


def test_a_comparison_finds_what_a_rebuild_corrects_and_writes_nothing(
    store: Store, ada: int, answer: Callable[..., Key]
) -> None:
    answer(A, 4)
    store.database.execute("UPDATE schedule SET ease = 130")
    assert store.journal.compare() == store.journal.compare() == Difference(events=1, schedules=1, wrong=1)
    assert store.journal.rebuild() == Difference(events=1, schedules=1, wrong=1)
    assert store.journal.compare() == Difference(events=1, schedules=1, wrong=0)
