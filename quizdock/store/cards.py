"""Single cards and what learners have made of them: for listings, for finding one by its name, for re-linking."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from quizdock.core.journal import State
from quizdock.store.catalogue import Scope, note_of
from quizdock.store.database import Database, Row
from quizdock.store.journal import STANDING, STANDS, Event, Key, event_of, standing_of
from quizdock.store.learners import NAMED

# A learner has progress on a card: a schedule, a hold, or a last event that did not hand everything over.
_PROGRESS = (
    "(EXISTS (SELECT 1 FROM schedule WHERE schedule.learner = learner.id AND schedule.card = card.id)"
    " OR EXISTS (SELECT 1 FROM held WHERE held.learner = learner.id AND held.card = card.id)"
    " OR coalesce((SELECT kind FROM event WHERE event.card = card.id AND event.learner = learner.id AND kind <> 3"
    f" AND {STANDS} ORDER BY device DESC, seq DESC LIMIT 1), 8) <> 8)"
)
_CARD = "SELECT card.id, deck.name, card.name, hash, position IS NULL FROM card JOIN deck ON deck.id = card.deck"
_BY_PLACE = "ORDER BY deck.name, position IS NULL, position, card.name"


class Named(NamedTuple):
    """A card by its number and names; an orphan is one that its deck no longer derives."""

    number: int
    deck: str
    name: str
    hash: int
    orphan: bool

    @property
    def id(self) -> str:
        """What people call it: `deck/note` or `deck/note#part`."""
        return f"{self.deck}/{self.name}"

    @property
    def note(self) -> str:
        """The id of its note, in its deck."""
        return self.name.partition("#")[0]

    @property
    def part(self) -> str:
        """What it asks of its note; empty for the whole note."""
        return self.name.partition("#")[2]


class Line(NamedTuple):
    """A card as listings show it, with the id of its topic, and one learner's state of it."""

    card: Named
    topic: str
    prompt: str
    tags: tuple[str, ...]
    state: State


class Told(NamedTuple):
    """An event of a card's story, and whether it was taken back.

    `taken_over` tells that it handed the state so far on to the card of the story; `card` is whose event it was.
    """

    event: Event
    card: str
    undone: bool
    taken_over: bool


class Cards:
    """Finds cards, and reads what learners have made of them. Writes nothing."""

    def __init__(self, database: Database) -> None:
        """Read through the database."""
        self._database = database

    def named(self, name: str, deck: str | None = None) -> list[Named]:
        """The cards with this name within their deck, of one deck or of any."""
        return self._named("card.name = ?1 AND deck.name = coalesce(?2, deck.name)", name, deck)

    def of_note(self, note: str, deck: str | None = None) -> list[Named]:
        """The cards of a note, of one deck or of any."""
        return self._named(f"{note_of('card')} = ?1 AND deck.name = coalesce(?2, deck.name)", note, deck)

    def of_deck(self, deck: str) -> list[Named]:
        """Every card that the deck has or had."""
        return self._named("deck.name = ?1", deck)

    def known(self) -> list[Named]:
        """Every card of a deck, and the orphans that somebody has progress on."""
        return self._named(f"position IS NOT NULL OR EXISTS (SELECT 1 FROM learner WHERE {NAMED} AND {_PROGRESS})")

    def is_gone(self, deck: str) -> bool:
        """Whether no file has this deck any more."""
        return self._database.value("SELECT file FROM deck WHERE name = ?", [deck]) is None

    def lines(self, learner: int, scope: Scope) -> list[Line]:
        """The cards of the scope, in the decks' order."""
        return self._lines(learner, f"{scope.where()} ORDER BY deck.title, deck.name, card.position")

    def orphans(self, learner: int) -> list[Line]:
        """The cards that the learner has progress on, and that no deck derives any more."""
        where = f"card.position IS NULL AND EXISTS (SELECT 1 FROM learner WHERE learner.id = ?1 AND {_PROGRESS})"
        return self._lines(learner, f"{where} ORDER BY deck.name, card.name")

    def abandoned(self) -> list[Named]:
        """The orphans that any learner has progress on."""
        return self._named(f"position IS NULL AND EXISTS (SELECT 1 FROM learner WHERE {NAMED} AND {_PROGRESS})")

    def holders(self, card: int) -> list[int]:
        """The learners who have progress on the card."""
        rows = self._database.rows(
            f"SELECT learner.id FROM learner JOIN card ON card.id = ? WHERE {NAMED} AND {_PROGRESS} ORDER BY 1", [card]
        )
        return [learner for (learner,) in rows]

    def bereft(self) -> list[int]:
        """The learners who have progress on any orphan."""
        rows = self._database.rows(
            f"SELECT id FROM learner WHERE {NAMED}"
            f" AND EXISTS (SELECT 1 FROM card WHERE card.position IS NULL AND {_PROGRESS}) ORDER BY id"
        )
        return [learner for (learner,) in rows]

    def untouched(self, learners: Iterable[int]) -> list[Named]:
        """The cards of decks on which none of these learners has progress."""
        chosen = ", ".join(map(str, learners))
        return self._named(
            "position IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM learner WHERE learner.id IN ({chosen}) AND {_PROGRESS})"
        )

    def story(self, learner: int, card: Named, until: Key | None = None) -> list[Told]:
        """What happened to the card, in order, with what was taken back, and with the cards it took over from."""
        story: list[Told] = []
        for event, undone in self._events(learner, card.number, until):
            taken_over = event.to_card == card.number
            owner = self._number(event.card) if taken_over else card
            if taken_over and not undone:
                story = self.story(learner, owner, event.key)
            story.append(Told(event, owner.id, undone, taken_over))
        return story

    def _events(self, learner: int, card: int, until: Key | None) -> list[tuple[Event, bool]]:
        before = "AND (device, seq) < (?3, ?4)" if until else ""
        rows = self._database.rows(
            f"SELECT device, seq, kind, at, day, card, grade, milliseconds, response, to_card, NOT {STANDS} FROM event"
            f" WHERE (card = ?2 OR to_card = ?2) AND learner = ?1 AND kind <> 3 {before} ORDER BY device, seq",
            [learner, card, *(until or ())],
        )
        return [(event_of(row[:-1]), bool(row[-1])) for row in rows]

    def _number(self, card: int) -> Named:
        (named,) = self._named("card.id = ?1", card)
        return named

    def _named(self, where: str, *parameters: object) -> list[Named]:
        rows = self._database.rows(f"{_CARD} WHERE {where} {_BY_PLACE}", parameters)
        return [Named(number, deck, name, digest, bool(orphan)) for number, deck, name, digest, orphan in rows]

    def _lines(self, learner: int, where: str) -> list[Line]:
        rows = self._database.rows(
            "SELECT card.id, deck.name, card.name, hash, card.position IS NULL, coalesce(topic.name, ''),"
            " json_extract(body, '$.q'), json_extract(body, '$.t'), suspended, buried,"
            f" {STANDING} FROM card JOIN deck ON deck.id = card.deck LEFT JOIN topic ON topic.id = card.topic"
            " LEFT JOIN schedule ON schedule.card = card.id AND schedule.learner = ?1"
            f" LEFT JOIN held ON held.card = card.id AND held.learner = ?1 WHERE {where}",
            [learner],
        )
        return [_line(row) for row in rows]


def _line(row: Row) -> Line:
    number, deck, name, digest, orphan, topic, prompt, tags, suspended, buried, *rest = row
    standing = standing_of(rest) if rest[0] is not None else None
    return Line(
        Named(number, deck, name, digest, bool(orphan)),
        topic,
        prompt,
        tuple(json.loads(tags or "[]")),
        State(standing, bool(suspended), buried),
    )
