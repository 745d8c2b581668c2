"""Who studies, and the decks they follow."""

from collections.abc import Callable

import pytest

from quizdock.core.card import Deck
from quizdock.core.errors import QuizDockError
from quizdock.core.journal import Answer
from quizdock.store import Store
from quizdock.store.catalogue import Scope
from quizdock.store.journal import Moment


def test_a_learner_is_found_by_name(store: Store) -> None:
    ada, bob = store.learners.add("Ada"), store.learners.add("Bob")
    assert ada != bob
    assert store.learners.find("Ada") == ada
    assert store.learners.find("Bob") == bob


def test_names_are_listed_in_alphabetical_order(store: Store) -> None:
    for name in ("Zoé", "ada", "Bob"):
        store.learners.add(name)
    assert store.learners.names() == ["ada", "Bob", "Zoé"]


def test_a_name_is_taken_once(store: Store) -> None:
    store.learners.add("Ada")
    with pytest.raises(QuizDockError) as caught:
        store.learners.add("Ada")
    assert str(caught.value) == "there is already a learner called Ada"
    assert store.learners.names() == ["Ada"]


def test_an_unknown_name_brings_up_the_nearest_one(store: Store) -> None:
    store.learners.add("Ada")
    store.learners.add("Grace")
    with pytest.raises(QuizDockError) as caught:
        store.learners.find("Grave")
    assert str(caught.value) == "there is no learner called Grave"
    assert str(caught.value.hint) == "Did you mean Grace?"


def test_a_name_near_no_other_brings_up_all_of_them(store: Store) -> None:
    store.learners.add("Grace")
    store.learners.add("Ada")
    with pytest.raises(QuizDockError) as caught:
        store.learners.find("Wolfgang")
    assert str(caught.value.hint) == "Known: Ada, Grace."


def test_an_unknown_name_among_nobody_has_no_hint(store: Store) -> None:
    with pytest.raises(QuizDockError) as caught:
        store.learners.find("Ada")
    assert str(caught.value) == "there is no learner called Ada"
    assert str(caught.value.hint) == ""


def test_the_default_learner_is_added_once(store: Store) -> None:
    first = store.learners.find_or_add("ada")
    assert store.learners.find_or_add("ada") == first
    assert store.learners.names() == ["ada"]


def test_a_name_is_never_read_as_sql(store: Store) -> None:
    name = "Robert'); DROP TABLE learner; --"
    number = store.learners.add(name)
    assert store.learners.find(name) == number
    assert store.learners.names() == [name]


def test_a_learner_follows_decks_from_then_on(store: Store, deck_of: Callable[..., Deck]) -> None:
    for name in ("one", "two", "three"):
        store.catalogue.put(deck_of(name, topic="a"), f"{name}.toml", b"")
    one, two, three = (store.catalogue.deck(name).id for name in ("one", "two", "three"))
    ada, bob = store.learners.add("Ada"), store.learners.add("Bob")
    store.learners.follow(ada, [three, one])
    store.learners.follow(ada, [one])
    store.learners.follow(bob, [two])
    assert store.learners.followed(ada) == sorted([one, three])
    assert store.learners.followed(bob) == [two]


def test_a_new_learner_follows_no_deck(store: Store) -> None:
    assert store.learners.followed(store.learners.add("Ada")) == []


def test_a_learner_follows_a_deck_no_more(store: Store, deck_of: Callable[..., Deck]) -> None:
    for name in ("one", "two"):
        store.catalogue.put(deck_of(name, topic="a"), f"{name}.toml", b"")
    one, two = (store.catalogue.deck(name).id for name in ("one", "two"))
    ada, bob = store.learners.add("Ada"), store.learners.add("Bob")
    store.learners.follow(ada, [one, two])
    store.learners.follow(bob, [one, two])
    store.learners.unfollow(ada, [one])
    store.learners.unfollow(ada, [one])
    assert store.learners.followed(ada) == [two]
    assert store.learners.followed(bob) == sorted([one, two])


def test_the_cards_that_a_learner_has_studied_are_known_even_as_orphans(
    store: Store, deck_of: Callable[..., Deck]
) -> None:
    for name in ("one", "two"):
        store.catalogue.put(deck_of(name, topic="a b c"), f"{name}.toml", b"")
    ada, bob = store.learners.add("Ada"), store.learners.add("Bob")
    cards = store.journal.new(ada, Scope((store.catalogue.deck("one").id,)), 2)
    for card in cards:
        store.journal.answer(ada, Answer(card, 4, None, 1000, 0), Moment(0, 739_000))
    store.catalogue.put(deck_of("one", topic="b"), "one.toml", b"")
    assert store.learners.studied(ada, "one") == {"a", "b"}
    assert store.learners.studied(ada, "two") == set()
    assert store.learners.studied(bob, "one") == set()
