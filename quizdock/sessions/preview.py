"""Every card of a deck as a learner would be asked it, without anybody being asked."""

from typing import NamedTuple

from quizdock.core.card import Card, Deck
from quizdock.core.dialogue import Question
from quizdock.core.errors import unknown_name
from quizdock.core.forms import Task
from quizdock.core.message import msg


class Preview(NamedTuple):
    """A card as study asks it, and as exams do: the same way (`exam` is `study`), another way, or not at all."""

    study: Question
    exam: Question | None


def previews(deck: Deck, note: str | None = None) -> list[Preview]:
    """The deck's cards in its order, or those of one note; choices always stand in the same order.

    Raises QuizDockError with the nearest id for a note that is not there.
    """
    cards = [card for card in deck.cards if note is None or card.note == note]
    if not cards and note is not None:
        known = {card.note for card in deck.cards}
        raise unknown_name(msg("{deck} has no note “{name}”", deck=deck.id, name=note), note, known)
    titles = {topic.id: topic.title for topic in deck.topics}
    return [
        _preview(deck, card, titles.get(card.topic, ""), number, len(cards)) for number, card in enumerate(cards, 1)
    ]


def _preview(deck: Deck, card: Card, topic: str, number: int, of: int) -> Preview:
    name = f"{deck.id}/{card.name}"

    def asked(task: Task) -> Question:
        """Headed by the card's id, since that is what an author wants to find."""
        return Question(name, card, task.arranged(name), name, topic, of - number + 1, of, new=True)

    study = asked(card.study)
    if card.exam is None:
        return Preview(study, None)
    return Preview(study, study if card.exam == card.study else asked(card.exam))
