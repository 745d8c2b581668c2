"""What an edit of a deck does to its cards."""

from collections.abc import Callable

from quizdock.core.card import Deck
from quizdock.deck.changes import changes

ReadNotes = Callable[..., Deck]

CARD = '[[flashcard]]\nid = "{id}"\nfront = "{front}"\nback = "{back}"\n'


def card(id: str, front: str = "", back: str = "") -> str:  # noqa: A002 - the deck language's own word
    return CARD.format(id=id, front=front or f"{id}?", back=back or f"{id}!")


def test_a_deck_that_does_not_change_keeps_every_card(read_notes: ReadNotes) -> None:
    deck = read_notes(card("a") + card("b"))
    assert changes(deck, deck) == (("d/a", "d/b"), (), (), (), ())


def test_an_edited_text_keeps_the_card(read_notes: ReadNotes) -> None:
    found = changes(read_notes(card("a") + card("b")), read_notes(card("a", back="Better") + card("b")))
    assert found == (("d/b",), ("d/a",), (), (), ())


def test_an_edit_that_only_exams_show_is_an_edit(read_notes: ReadNotes) -> None:
    found = changes(read_notes(card("a")), read_notes(card("a") + 'wrong = ["Another"]\n'))
    assert found.edited == ("d/a",)


def test_a_moved_card_is_kept(read_notes: ReadNotes) -> None:
    found = changes(read_notes(card("a") + card("b")), read_notes(card("b") + card("a")))
    assert (found.kept, found.orphaned, found.new) == (("d/b", "d/a"), (), ())


def test_cards_come_and_go_in_the_order_of_their_decks(read_notes: ReadNotes) -> None:
    found = changes(read_notes(card("a") + card("b") + card("c")), read_notes(card("c") + card("y") + card("x")))
    assert found == (("d/c",), (), ("d/a", "d/b"), ("d/y", "d/x"), ())


def test_a_changed_id_is_recognised_by_question_and_answer(read_notes: ReadNotes) -> None:
    old = read_notes(card("a", "Front", "Back") + card("b"))
    new = read_notes(card("z", "Front", "Back") + 'explain = "Now explained."\n' + card("c"))
    found = changes(old, new)
    assert found.orphaned == ("d/a", "d/b")
    assert found.new == ("d/z", "d/c")
    assert found.renamed == (("d/a", "d/z"),)


def test_two_like_orphans_are_not_renamed_to_one_card(read_notes: ReadNotes) -> None:
    old = read_notes(card("a", "F", "B") + card("b", "F", "B"))
    assert changes(old, read_notes(card("z", "F", "B"))).renamed == (("d/a", "d/z"),)


def test_decks_with_other_ids_have_no_card_in_common(read_notes: ReadNotes) -> None:
    old = read_notes(card("a"))
    new = Deck("other", old.title, old.lang, old.source, old.description, old.topics, old.cards)
    found = changes(old, new)
    assert (found.kept, found.edited, found.orphaned, found.new) == ((), (), ("d/a",), ("other/a",))
    assert found.renamed == (("d/a", "other/a"),)
