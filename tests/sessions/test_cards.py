"""Cards found by name, listed, set aside, re-linked, and told with their states."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Card, Deck
from quizdock.core.errors import QuizDockError
from quizdock.core.forms import Recall
from quizdock.core.journal import UNTOUCHED, Answer, Kind, State
from quizdock.sessions import cards, relinking
from quizdock.sessions.cards import Narrowed, Wanted
from quizdock.sessions.relinking import Proposal
from quizdock.store import Store
from quizdock.store.cards import Named
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment

DAY = 739_944
BOTH = Scope((1, 2))


def at(day: int) -> Moment:
    return Moment(day * 86_400_000, day)


@pytest.fixture
def ada(store: Store, deck_of: Callable[..., Deck]) -> int:
    """A learner, before the decks `one` (a, tab#x, tab#y, b) and `two` (a, c)."""
    store.catalogue.put(deck_of("one", first="a tab#x tab#y", later="b"), "one.toml", b"")
    store.catalogue.put(deck_of("two", second="a c"), "two.toml", b"")
    return store.learners.add("Ada")


@pytest.fixture
def answer(store: Store, ada: int) -> Callable[..., None]:
    def give(name: str, *grades: int, learner: int = ada) -> None:
        """One review a day, the last on DAY."""
        card = cards.find(store.cards, name).number
        for day, grade in enumerate(grades, DAY - len(grades) + 1):
            store.journal.answer(learner, Answer(card, grade, None, 500, 7), at(day))

    return give


@pytest.fixture
def ids(store: Store, ada: int) -> Callable[..., list[str]]:
    """The ids of the cards that are wanted."""

    def of(scope: Scope = BOTH, day: int = DAY, **wanted: object) -> list[str]:
        return [line.card.id for line in cards.listed(store, ada, scope, day, Wanted(**wanted))]  # type: ignore[arg-type]  # keys of Wanted

    return of


def refusal(call: Callable[[], object]) -> list[str]:
    """The error's message, and its hint."""
    with pytest.raises(QuizDockError) as caught:
        call()
    return [str(caught.value.message), str(caught.value.hint)]


# Finding


@pytest.mark.parametrize(
    ("name", "found"), [("one/a", "one/a"), ("b", "one/b"), ("tab#x", "one/tab#x"), ("one/tab#y", "one/tab#y")]
)
def test_a_card_is_named_with_its_deck_or_without_where_that_is_plain(
    store: Store, ada: int, name: str, found: str
) -> None:
    assert cards.find(store.cards, name).id == found


def test_a_name_that_several_decks_have_must_be_told_apart(store: Store, ada: int) -> None:
    assert refusal(lambda: cards.find(store.cards, "a")) == ["several decks have a", "Say which: one/a, two/a."]


@pytest.mark.parametrize("name", ["one/tab", "tab"])
def test_a_note_of_several_cards_is_no_card(store: Store, ada: int, name: str) -> None:
    assert refusal(lambda: cards.find(store.cards, name)) == [
        f"{name} is a note with 2 cards",
        "All of them: --note one/tab. Single ones: one/tab#x, one/tab#y.",
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("one/tab#z", "Did you mean one/tab#y?"),
        ("tab#z", "Did you mean tab#y?"),
        ("oen/tab#x", "Did you mean one/tab#x?"),
        ("nothing like it", "All cards: quizdock card list"),
    ],
)
def test_an_unknown_card_is_refused_with_the_nearest_one(store: Store, ada: int, name: str, hint: str) -> None:
    assert refusal(lambda: cards.find(store.cards, name)) == [f"there is no card called {name}", hint]


def test_orphans_can_be_named(store: Store, ada: int, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("one", first="z"), "one.toml", b"new")
    assert cards.find(store.cards, "one/b").orphan
    assert cards.find(store.cards, "a").id == "two/a"  # what a deck has comes first


def test_a_note_is_named_like_a_card(store: Store, ada: int) -> None:
    assert [card.id for card in cards.of_note(store.cards, "one/tab")] == ["one/tab#x", "one/tab#y"]
    assert [card.id for card in cards.of_note(store.cards, "b")] == ["one/b"]
    assert refusal(lambda: cards.of_note(store.cards, "a")) == ["several decks have a", "Say which: one/a, two/a."]
    assert refusal(lambda: cards.of_note(store.cards, "one/tap")) == [
        "there is no note called one/tap",
        "Did you mean one/tab?",
    ]


# Listing


def test_without_a_wish_every_card_of_the_scope_is_listed(ids: Callable[..., list[str]]) -> None:
    assert ids() == ["one/a", "one/tab#x", "one/tab#y", "one/b", "two/a", "two/c"]
    assert ids(Scope((2,)), reverse=True) == ["two/c", "two/a"]
    assert ids(limit=2) == ["one/a", "one/tab#x"]


def test_of_several_statuses_any_will_do(
    store: Store, ada: int, ids: Callable[..., list[str]], answer: Callable[..., None]
) -> None:
    answer("one/a", 4)
    answer("two/c", 4)
    answer("b", 2)
    cards.set_aside(store, ada, Kind.SUSPEND, cards.find(store.cards, "two/c"), at(DAY))
    cards.set_aside(store, ada, Kind.BURY, cards.find(store.cards, "tab#x"), at(DAY))
    assert ids(statuses={"suspended", "buried"}) == ["one/tab#x", "two/c"]
    assert ids(statuses={"due"}) == ["one/b"]  # it comes back today
    assert ids(statuses={"due"}, day=DAY + 1) == ["one/a", "one/b"]
    assert ids(statuses={"waiting"}) == ["one/a"]
    assert ids(statuses={"new"}) == ["one/tab#y", "two/a"]
    assert ids(statuses={"new"}, day=DAY + 1) == ["one/tab#x", "one/tab#y", "two/a"]


def test_a_search_goes_through_questions_and_ids_and_does_not_mind_case(ids: Callable[..., list[str]]) -> None:
    assert ids(search="TAB#x?") == ["one/tab#x"]
    assert ids(search="two/") == ["two/a", "two/c"]
    assert ids(search="nothing") == []


def test_leeches_are_cards_with_many_lapses(ids: Callable[..., list[str]], answer: Callable[..., None]) -> None:
    answer("b", 4, 1, 4, 1)
    answer("two/c", 4, 1)
    assert ids(leech_after=2) == ["one/b"]
    assert ids(sort="lapses", limit=2) == ["one/b", "two/c"]


def test_cards_without_the_figure_come_last_whichever_way_round(
    ids: Callable[..., list[str]], answer: Callable[..., None]
) -> None:
    answer("one/a", 4, 5)
    answer("two/c", 5)
    for sort in ("due", "interval"):
        assert ids(sort=sort)[:2] == ["two/c", "one/a"]
        assert ids(sort=sort, reverse=True)[:3] == ["one/a", "two/c", "one/tab#x"]


def test_orphans_are_narrowed_by_what_was_typed(
    store: Store, ada: int, answer: Callable[..., None], deck_of: Callable[..., Deck]
) -> None:
    for name in ("one/a", "one/tab#x", "two/c"):
        answer(name, 4)
    store.catalogue.put(deck_of("one", first="z"), "one.toml", b"new")
    store.catalogue.withdraw("two")

    def lost(narrowed: Narrowed) -> list[str]:
        return [line.card.id for line in cards.orphans(store, ada, narrowed, DAY, Wanted())]

    assert lost(Narrowed()) == ["one/a", "one/tab#x", "two/c"]
    assert lost(Narrowed(decks=("two",))) == ["two/c"]
    assert lost(Narrowed(notes=("tab", "c"))) == ["one/tab#x", "two/c"]
    assert lost(Narrowed(topics=("second",))) == ["two/c"]
    assert lost(Narrowed(tags=("any",))) == []


# Setting aside


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (Kind.SUSPEND, [], State(suspended=True)),
        (Kind.BURY, [], State(buried=DAY)),
        (Kind.RESUME, [Kind.SUSPEND], UNTOUCHED),
        (Kind.RESUME, [Kind.BURY], UNTOUCHED),
        (Kind.RESET, [Kind.REVIEW], UNTOUCHED),
    ],
)
def test_a_card_is_set_aside_once(
    store: Store, ada: int, answer: Callable[..., None], kind: Kind, before: list[Kind], after: State
) -> None:
    card = cards.find(store.cards, "b")
    for each in before:
        answer("b", 4) if each is Kind.REVIEW else store.journal.record(ada, each, card.number, at(DAY))
    assert cards.set_aside(store, ada, kind, card, at(DAY))
    assert store.journal.state(ada, card.number) == after
    assert not cards.set_aside(store, ada, kind, card, at(DAY))
    assert len(store.cards.story(ada, card)) == len(before) + 1


def test_a_card_buried_yesterday_can_be_buried_again(store: Store, ada: int) -> None:
    card = cards.find(store.cards, "b")
    store.journal.record(ada, Kind.BURY, card.number, at(DAY - 1))
    assert not cards.set_aside(store, ada, Kind.RESUME, card, at(DAY))
    assert cards.set_aside(store, ada, Kind.BURY, card, at(DAY))


# Telling


def test_a_history_has_the_state_after_each_event(store: Store, ada: int, answer: Callable[..., None]) -> None:
    answer("b", 4, 4)
    card = cards.find(store.cards, "b")
    key, _, _ = store.journal.answer(ada, Answer(card.number, 1, None, 500, 7), at(DAY))
    store.journal.undo(ada, key, at(DAY))
    store.journal.record(ada, Kind.RESET, card.number, at(DAY))
    story = cards.history(store, ada, card)
    assert [each.moved for each in story] == [True, True, False, False]
    intervals = [each.after.standing.schedule.interval for each in story[:2] if each.after and each.after.standing]
    assert intervals == [1, 6]
    assert [each.after for each in story[2:]] == [None, UNTOUCHED]


def test_the_last_state_of_a_history_is_the_cards(store: Store, ada: int, answer: Callable[..., None]) -> None:
    answer("one/a", 4, 2, 5)
    answer("b", 3)
    one, b = cards.find(store.cards, "one/a"), cards.find(store.cards, "b")
    store.journal.record(ada, Kind.SUSPEND, one.number, at(DAY))
    store.journal.relink(ada, one.number, b.number, at(DAY))
    for card in (one, b):
        assert cards.history(store, ada, card)[-1].after == store.journal.state(ada, card.number)


def test_a_card_is_shown_with_its_text_its_state_and_its_place(store: Store, ada: int) -> None:
    shown = cards.shown(store, ada, cards.find(store.cards, "b"))
    assert shown.preview.study.card.prompt == "b?"
    assert shown.preview.exam is shown.preview.study
    assert (shown.row.file, shown.line) == ("one.toml", None)  # no such file
    assert (shown.state, shown.history) == (UNTOUCHED, [])


# Re-linking


def states(store: Store, learner: int, *names: str) -> list[bool]:
    """Which of the cards have a schedule."""
    return [store.journal.standing(learner, cards.find(store.cards, name).number) is not None for name in names]


def test_one_card_takes_over_for_every_learner(
    store: Store, ada: int, answer: Callable[..., None], deck_of: Callable[..., Deck]
) -> None:
    bob = store.learners.add("Bob")
    answer("one/b", 4)
    answer("one/b", 5, learner=bob)
    store.catalogue.put(deck_of("one", first="bb"), "one.toml", b"new")
    planned = relinking.plan(store, "one/b", "one/bb")
    assert (planned.learners, planned.unmatched) == (2, [])
    assert relinking.relink(store, planned, at(DAY)) == 2
    for learner in (ada, bob):
        assert states(store, learner, "one/b", "one/bb") == [False, True]


def test_notes_are_relinked_part_by_part(
    store: Store, ada: int, answer: Callable[..., None], deck_of: Callable[..., Deck]
) -> None:
    answer("tab#x", 4)
    answer("tab#y", 4)
    store.catalogue.put(deck_of("one", first="table#x table#z"), "one.toml", b"new")
    planned = relinking.plan(store, "one/tab", "one/table")
    assert [(pair.old.id, pair.new.id) for pair in planned.pairs] == [("one/tab#x", "one/table#x")]
    assert [card.id for card in planned.unmatched] == ["one/tab#y"]


def test_decks_are_relinked_card_by_card(
    store: Store, ada: int, answer: Callable[..., None], deck_of: Callable[..., Deck]
) -> None:
    answer("one/a", 4)
    answer("tab#y", 4)
    store.catalogue.withdraw("one")
    store.catalogue.put(deck_of("three", first="a tab#x tab#y b"), "one.toml", b"new")
    assert relinking.proposals(store) == [Proposal("one", "three", 2)]
    assert relinking.relink(store, relinking.plan(store, "one", "three"), at(DAY)) == 2
    assert states(store, ada, "three/a", "three/tab#y", "three/b") == [True, True, False]
    assert relinking.proposals(store) == []


def test_progress_is_given_up_only_by_force(store: Store, ada: int, answer: Callable[..., None]) -> None:
    answer("one/a", 4, 4)
    answer("one/b", 4)
    planned = relinking.plan(store, "one/a", "one/b")
    assert refusal(lambda: relinking.relink(store, planned, at(DAY))) == [
        "one/b has progress of its own, of 1 learner",
        "With --force that progress is given up for the old card's; its events stay in the journal.",
    ]
    assert states(store, ada, "one/a", "one/b") == [True, True]
    relinking.relink(store, planned, at(DAY), force=True)
    assert states(store, ada, "one/a", "one/b") == [False, True]


def test_progress_of_somebody_else_is_no_obstacle(store: Store, ada: int, answer: Callable[..., None]) -> None:
    answer("one/a", 4)
    answer("one/b", 4, learner=store.learners.add("Bob"))
    assert relinking.relink(store, relinking.plan(store, "one/a", "one/b"), at(DAY)) == 1


def test_what_cannot_be_relinked_is_refused(
    store: Store, ada: int, answer: Callable[..., None], deck_of: Callable[..., Deck]
) -> None:
    answer("tab#x", 4)
    assert refusal(lambda: relinking.plan(store, "one/b", "one/a")) == [
        "nobody has progress on one/b",
        "There is nothing to re-link.",
    ]
    assert refusal(lambda: relinking.plan(store, "tab#x", "tab#x"))[0] == "a card cannot take over from itself"
    assert refusal(lambda: relinking.plan(store, "one/tab", "one/b")) == [
        "one/b has none of the cards of one/tab that have progress",
        "Re-link them one by one: one/tab#x.",
    ]
    assert refusal(lambda: relinking.plan(store, "tab#x", "one/tab#q")) == [
        "there is no card called one/tab#q",
        "Did you mean one/tab#y? It may be one of these: one/tab#y",
    ]
    store.catalogue.put(deck_of("one", first="z"), "one.toml", b"new")
    assert refusal(lambda: relinking.plan(store, "tab#x", "one/b"))[0] == "no deck has one/b any more"


def named(number: int, id_: str, digest: int = 0) -> Named:
    deck, _, name = id_.partition("/")
    return Named(number, deck, name, digest or number, orphan=False)


def test_the_same_content_comes_first_then_the_same_part_then_a_name_like_it() -> None:
    old = named(1, "d/table#x", 99)
    others = [
        named(2, "d/tables#z"),
        named(3, "d/tables#x"),
        named(4, "d/unlike", 99),
        named(5, "e/table#x"),
        named(6, "d/other"),
        named(7, "e/same", 99),
    ]
    found = relinking.ranked(old, others, gone=False)
    assert [(each.card.id, str(each.reason)) for each in found] == [
        ("d/unlike", "the same content"),
        ("e/same", "the same content"),
        ("d/tables#x", "the same part"),
        ("d/tables#z", "a name like it"),
    ]
    without = relinking.ranked(old, [named(5, "e/table#x")], gone=True)
    assert [(each.card.id, str(each.reason)) for each in without] == [("e/table#x", "the same name")]


def test_a_card_with_progress_is_no_candidate(store: Store, ada: int, answer: Callable[..., None]) -> None:
    answer("tab#x", 4)
    old = cards.find(store.cards, "tab#x")
    assert [each.card.id for each in relinking.candidates(store, old)] == ["one/tab#y"]
    answer("tab#y", 4)
    assert relinking.candidates(store, old) == []


def of_texts(deck_of: Callable[..., Deck], **texts: str) -> Deck:
    """The deck `one` with these cards; `__` stands for `#`."""
    found = (Card(name.replace("__", "#"), "", text, Recall("right")) for name, text in texts.items())
    deck = deck_of("one")
    return Deck(deck.id, deck.title, deck.lang, "", "", (), tuple(found))


def test_proposals_name_notes_cards_of_the_same_content_and_what_is_not_plain(
    store: Store, ada: int, answer: Callable[..., None], deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(of_texts(deck_of, tab__x="1", tab__y="2", b="3", q="4"), "one.toml", b"before")
    for name in ("tab#x", "tab#y", "one/b", "one/q"):
        answer(name, 4)
    store.catalogue.put(of_texts(deck_of, table__x="edited", table__y="2", quite_other="3"), "one.toml", b"after")
    assert relinking.proposals(store) == [
        Proposal("one/b", "one/quite_other", 1),
        Proposal("one/q", "", 1),
        Proposal("one/tab", "one/table", 2),
    ]
