"""Decks compiled to cards: what stays when they change, and what is found again."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from quizdock.core.blueprint import Blueprint, Part
from quizdock.core.card import Card, Deck
from quizdock.core.errors import QuizDockError
from quizdock.core.forms import Boolean, Recall, Text
from quizdock.core.journal import Answer
from quizdock.core.paper import Candidate
from quizdock.store import Store
from quizdock.store.catalogue import DeckFile, DeckRow, Scope
from quizdock.store.journal import Moment

DAY = 739_944  # 2026-11-24
NOW = Moment(1_795_521_600_000, DAY)


def numbers(store: Store) -> dict[str, int]:
    """Every card's number by its name, orphans included."""
    return dict(store.database.rows("SELECT name, id FROM card"))


def scope(store: Store, *decks: str, topics: tuple[int, ...] = ()) -> Scope:
    return Scope(tuple(store.catalogue.deck(deck).id for deck in decks), topics)


def in_order(store: Store, chosen: Scope) -> list[str]:
    """The ids of a new learner's cards, in the order that they would be met."""
    return [store.catalogue.card(each.card).id for each in store.selection.new(99, chosen, DAY)]


def test_a_deck_is_found_by_the_id_that_its_author_gave(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("docker", one="a b", two="c"), "content/docker.toml", b"\x01")
    assert store.catalogue.deck("docker") == DeckRow(
        id=1,
        name="docker",
        title="The docker",
        lang="en",
        file="content/docker.toml",
        digest=b"\x01",
        cards=3,
    )


def test_decks_are_listed_by_title(store: Store, deck_of: Callable[..., Deck]) -> None:
    for name in ("pears", "apples", "figs"):
        store.catalogue.put(deck_of(name, one="a"), f"{name}.toml", b"")
    assert [deck.name for deck in store.catalogue.decks()] == ["apples", "figs", "pears"]


def test_a_card_comes_back_as_it_was_put(store: Store, deck_of: Callable[..., Deck]) -> None:
    deck = deck_of("docker", one="a b?")
    store.catalogue.put(deck, "docker.toml", b"")
    first, second = (store.catalogue.card(numbers(store)[name]) for name in ("a", "b"))
    assert (first.id, first.card, first.deck, first.topic) == ("docker/a", deck.cards[0], "The docker", "About one")
    assert (second.id, second.card) == ("docker/b", deck.cards[1])
    assert second.card.exam is None


def test_a_deck_put_again_keeps_its_cards_numbers(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(one="a b c"), "deck.toml", b"1")
    before = numbers(store)
    store.catalogue.put(deck_of(one="c b", two="a d"), "deck.toml", b"2")
    after = numbers(store)
    assert {name: after[name] for name in before} == before
    assert set(after) == {"a", "b", "c", "d"}
    assert in_order(store, scope(store, "deck")) == ["deck/c", "deck/b", "deck/a", "deck/d"]


def test_an_edited_text_keeps_the_schedule_and_changes_the_hash(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(one="a"), "deck.toml", b"1")
    ada, card = store.learners.add("Ada"), numbers(store)["a"]
    before = store.catalogue.card(card)
    store.journal.answer(ada, Answer(card, 4, None, 10, before.hash), NOW)
    standing = store.journal.standing(ada, card)
    store.catalogue.put(deck_of(answer="another answer", one="a"), "deck.toml", b"2")
    assert standing is not None
    assert store.journal.standing(ada, card) == standing
    assert store.catalogue.card(card).card.study.answer == "another answer"
    assert store.catalogue.card(card).hash != before.hash


def test_an_unchanged_card_keeps_its_hash(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(one="a"), "deck.toml", b"1")
    before = store.catalogue.card(1).hash
    store.catalogue.put(deck_of(one="z a"), "deck.toml", b"2")
    assert store.catalogue.card(1).hash == before


def test_a_vanished_card_is_an_orphan_and_comes_back_with_its_schedule(
    store: Store, deck_of: Callable[..., Deck]
) -> None:
    store.catalogue.put(deck_of(one="a b"), "deck.toml", b"1")
    ada, card = store.learners.add("Ada"), numbers(store)["b"]
    store.journal.answer(ada, Answer(card, 4, None, 10, 0), NOW)
    standing = store.journal.standing(ada, card)

    store.catalogue.put(deck_of(one="a"), "deck.toml", b"2")
    everything = scope(store, "deck")
    assert store.catalogue.deck("deck").cards == 1
    assert [each.card for each in store.selection.due(ada, everything, DAY + 100)] == []
    assert store.selection.count_due(ada, everything, DAY + 100) == 0
    assert store.journal.standing(ada, card) == standing
    assert store.catalogue.card(card).id == "deck/b"

    store.catalogue.put(deck_of(one="a b"), "deck.toml", b"3")
    assert numbers(store)["b"] == card
    assert [each.card for each in store.selection.due(ada, everything, DAY + 100)] == [card]
    assert store.journal.standing(ada, card) == standing


def test_an_orphan_that_still_had_to_be_repeated_is_not(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(one="a b"), "deck.toml", b"1")
    ada, card = store.learners.add("Ada"), numbers(store)["b"]
    store.journal.answer(ada, Answer(card, 1, None, 10, 0), NOW)
    assert store.selection.repeats(ada, scope(store, "deck"), DAY) == [card]
    store.catalogue.put(deck_of(one="a"), "deck.toml", b"2")
    assert store.selection.repeats(ada, scope(store, "deck"), DAY) == []


def test_of_a_deck_put_again_only_what_changed_is_written(store: Store, deck_of: Callable[..., Deck]) -> None:
    names = [f"n{number}" for number in range(100)]

    def rows_written(*cards: str) -> int:
        before = store.database.connection.total_changes
        store.catalogue.put(deck_of(one=" ".join(cards)), "deck.toml", b"")
        return store.database.connection.total_changes - before

    rows_written(*names)
    same = rows_written(*names)
    assert rows_written(*names, "new") == same + 1
    assert rows_written(*names) == same + 1, "an orphan"
    assert rows_written(*names) == same, "it is one already"
    assert rows_written("new", *names) == same + 101, "every card has moved"


@pytest.mark.parametrize("count", [1, 499, 500, 501, 1000, 1234])
def test_a_deck_of_any_size_is_put_whole(store: Store, deck_of: Callable[..., Deck], count: int) -> None:
    names = [f"n{number}" for number in range(count)]
    store.catalogue.put(deck_of(one=" ".join(names)), "deck.toml", b"")
    assert store.database.rows("SELECT name, position FROM card ORDER BY id") == [
        *zip(names, range(count), strict=True)
    ]


def test_the_cards_of_two_decks_may_share_a_name(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("first", one="a"), "first.toml", b"")
    store.catalogue.put(deck_of("second", one="a"), "second.toml", b"")
    assert in_order(store, scope(store, "first")) == ["first/a"]
    assert in_order(store, scope(store, "second")) == ["second/a"]


def test_new_cards_of_several_decks_take_turns(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("first", one="a b"), "first.toml", b"")
    store.catalogue.put(deck_of("second", one="c d"), "second.toml", b"")
    assert in_order(store, scope(store, "first", "second")) == ["first/a", "second/c", "first/b", "second/d"]


def test_a_withdrawn_deck_is_not_listed_and_loses_nothing(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("gone", one="a b"), "gone.toml", b"1")
    store.catalogue.put(deck_of("here", one="c"), "here.toml", b"1")
    ada, card = store.learners.add("Ada"), numbers(store)["a"]
    store.journal.answer(ada, Answer(card, 4, None, 10, 0), NOW)
    everything = scope(store, "gone", "here")

    store.catalogue.withdraw("gone")
    assert [deck.name for deck in store.catalogue.decks()] == ["here"]
    assert in_order(store, everything) == ["here/c"]
    assert [each.card for each in store.selection.due(ada, everything, DAY + 1)] == []
    assert store.journal.standing(ada, card) is not None

    store.catalogue.put(deck_of("gone", one="a b"), "elsewhere.toml", b"2")
    assert [each.card for each in store.selection.due(ada, everything, DAY + 1)] == [card]
    assert store.catalogue.deck("gone").file == "elsewhere.toml"


def test_an_unknown_deck_brings_up_the_nearest_one(store: Store, deck_of: Callable[..., Deck]) -> None:
    for name in ("docker-conteneurs", "kubernetes"):
        store.catalogue.put(deck_of(name, one="a"), f"{name}.toml", b"")
    with pytest.raises(QuizDockError) as caught:
        store.catalogue.deck("docker-conteneur")
    assert str(caught.value) == "there is no deck called docker-conteneur"
    assert str(caught.value.hint) == "Did you mean docker-conteneurs?"


def test_a_withdrawn_deck_is_unknown(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("gone", one="a"), "gone.toml", b"")
    store.catalogue.withdraw("gone")
    with pytest.raises(QuizDockError, match="there is no deck called gone"):
        store.catalogue.deck("gone")


def test_an_unknown_topic_brings_up_the_nearest_one(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(etats="a", logs="b"), "deck.toml", b"")
    with pytest.raises(QuizDockError) as caught:
        store.catalogue.topics([1], "etat")
    assert str(caught.value) == "there is no topic called etat"
    assert str(caught.value.hint) == "Did you mean etats?"


def test_a_topic_of_another_deck_is_unknown(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("first", alpha="a"), "first.toml", b"")
    store.catalogue.put(deck_of("second", omega="a"), "second.toml", b"")
    with pytest.raises(QuizDockError) as caught:
        store.catalogue.topics([store.catalogue.deck("first").id], "omega")
    assert str(caught.value.hint) == "Known: alpha."


def test_a_topic_that_its_deck_no_longer_has_is_unknown(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(alpha="a", omega="b"), "deck.toml", b"1")
    store.catalogue.put(deck_of(alpha="a b"), "deck.toml", b"2")
    with pytest.raises(QuizDockError) as caught:
        store.catalogue.topics([1], "omega")
    assert str(caught.value) == "there is no topic called omega"
    assert str(caught.value.hint) == "Known: alpha."


def test_a_scope_may_be_narrowed_to_topics(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("first", alpha="a b", omega="c"), "first.toml", b"")
    store.catalogue.put(deck_of("second", alpha="d", beta="e"), "second.toml", b"")
    both = scope(store, "first", "second").decks
    alphas = store.catalogue.topics(both, "alpha")
    assert len(alphas) == 2
    assert in_order(store, Scope(both, tuple(alphas))) == ["first/a", "second/d", "first/b"]
    assert in_order(store, Scope(both, tuple(store.catalogue.topics(both, "beta")))) == ["second/e"]


def test_a_card_follows_its_note_to_another_topic(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(alpha="a b", omega="c"), "deck.toml", b"1")
    store.catalogue.put(deck_of(alpha="a", omega="c b"), "deck.toml", b"2")
    omega = tuple(store.catalogue.topics([1], "omega"))
    assert in_order(store, scope(store, "deck", topics=omega)) == ["deck/c", "deck/b"]


def test_a_scope_without_decks_holds_no_card(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(alpha="a"), "deck.toml", b"1")
    assert in_order(store, Scope(())) == []


def test_an_exam_may_ask_only_what_can_be_marked(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("first", alpha="a b?", omega="c"), "first.toml", b"")
    store.catalogue.put(deck_of("second", alpha="d"), "second.toml", b"")
    number = numbers(store)
    assert sorted(store.catalogue.candidates(scope(store, "first"))) == [
        Candidate(number["a"], "first", "alpha", "a", "a"),
        Candidate(number["c"], "first", "omega", "c", "c"),
    ]
    omega = tuple(store.catalogue.topics([1], "omega"))
    assert store.catalogue.candidates(scope(store, "first", topics=omega)) == [
        Candidate(number["c"], "first", "omega", "c", "c")
    ]


def test_an_exam_never_asks_an_orphan(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(alpha="a b"), "deck.toml", b"1")
    store.catalogue.put(deck_of(alpha="b"), "deck.toml", b"2")
    assert [candidate.name for candidate in store.catalogue.candidates(scope(store, "deck"))] == ["b"]


def test_a_file_is_remembered_until_it_is_forgotten(store: Store) -> None:
    first = DeckFile("a.toml", 10, 1_795_521_600_123_456_789, b"\x01", "deck", 0)
    broken = DeckFile("b.toml", 20, 2, b"\x02", None, 3)
    store.catalogue.remember_file(first)
    store.catalogue.remember_file(broken)
    assert store.catalogue.files() == {"a.toml": first, "b.toml": broken}
    store.catalogue.remember_file(first._replace(size=11))
    store.catalogue.forget_file("b.toml")
    assert store.catalogue.files() == {"a.toml": first._replace(size=11)}


def test_a_deck_is_stored_whole_or_not_at_all(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(one="a b"), "deck.toml", b"1")
    before = store.database.rows("SELECT * FROM card"), store.catalogue.decks()
    store.database.execute(
        "CREATE TRIGGER no BEFORE INSERT ON card WHEN NEW.name = 'z' BEGIN SELECT raise(ABORT, 'no'); END"
    )
    with pytest.raises(QuizDockError):
        store.catalogue.put(deck_of(two="b z"), "deck.toml", b"2")
    assert (store.database.rows("SELECT * FROM card"), store.catalogue.decks()) == before


def test_the_form_and_the_difficulty_of_what_exams_ask_are_told(store: Store) -> None:
    typed = Card("typed", "", "?", Recall("x"), exam=Text(("x",)), difficulty="hard")
    same = Card("same", "", "?", Boolean(True), exam=Boolean(True))
    store.catalogue.put(Deck("d", "D", "en", "", "", (), (typed, same)), "d.toml", b"")
    found = {each.name: (each.form, each.difficulty) for each in store.catalogue.candidates(scope(store, "d"))}
    assert found == {"typed": ("text", "hard"), "same": ("boolean", "medium")}


def test_a_decks_blueprint_is_kept_and_changes_with_it(store: Store, deck_of: Callable[..., Deck]) -> None:
    blueprint = Blueprint(10, 20, 60, ("choice",), (Part(topic="alpha", count=3),))
    store.catalogue.put(replace(deck_of("d", alpha="a"), exam=blueprint), "d.toml", b"1")
    assert store.catalogue.blueprints([1]) == {"d": blueprint}
    store.catalogue.put(deck_of("d", alpha="a"), "d.toml", b"2")
    assert store.catalogue.blueprints([1]) == {"d": Blueprint()}


def test_a_card_is_found_by_its_id_while_its_deck_has_it(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of("d", alpha="a b#x"), "d.toml", b"1")
    assert store.catalogue.find("d/b#x") == numbers(store)["b#x"]
    assert (store.catalogue.find("d/c"), store.catalogue.find("e/a"), store.catalogue.find("d")) == (None, None, None)
    store.catalogue.withdraw("d")
    assert store.catalogue.find("d/a") is None
