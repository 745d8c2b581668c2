"""Up to where a learner has met a deck's cards without a gap: new ones are looked for from there on.

Without it the first new card of a deck is found behind all that were met, which takes 0.1 s for 100,000 of them, at
every shell prompt that asks `quizdock due`. It is a cache: no card before the frontier is one that could be new.
"""

from quizdock.store.database import Database

# Whether a card may be new to a learner some day, where `learner` names one: a suspended one only once it is resumed.
_OPEN = (
    "NOT EXISTS (SELECT 1 FROM schedule WHERE schedule.learner = {learner} AND schedule.card = card.id)"
    " AND NOT EXISTS (SELECT 1 FROM held WHERE held.learner = {learner} AND held.card = card.id AND held.suspended)"
)
_END = "(SELECT coalesce(max(position) + 1, 0) FROM card WHERE card.deck = {deck})"


def _first_open(learner: str, deck: str, start: str = "0") -> str:
    """The place of the deck's first card that may be new, from `start` on, or else its end: an SQL expression."""
    found = (
        f"SELECT position FROM card WHERE card.deck = {deck} AND position >= {start}"
        f" AND {_OPEN.format(learner=learner)} ORDER BY position LIMIT 1"
    )
    return f"coalesce(({found}), {_END.format(deck=deck)})"


FROM_HERE = "coalesce((SELECT position FROM frontier WHERE learner = ?1 AND deck = {deck}), 0)"
"""The first parameter's frontier in a deck, as an SQL expression."""

ALL = (
    "INSERT OR REPLACE INTO frontier SELECT begun.learner, begun.deck,"
    f" {_first_open('begun.learner', 'begun.deck')} FROM (SELECT DISTINCT learner, deck FROM daily) AS begun"
)
"""Makes the frontiers of every deck that somebody has begun."""


class Frontier:
    """Keeps the frontiers. Call it inside the transaction that moves what they depend on."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self._database = database

    def advance(self, learner: int, deck: int) -> None:
        """A card of the deck has been met: the frontier may lie further on."""
        self._database.execute(
            "INSERT OR REPLACE INTO frontier (learner, deck, position)"
            f" VALUES (?1, ?2, {_first_open('?1', '?2', FROM_HERE.format(deck='?2'))})",
            [learner, deck],
        )

    def lower(self, learner: int, card: int) -> None:
        """This card may be new again."""
        self._database.execute(
            "UPDATE frontier SET position = min(frontier.position, coalesce(card.position, frontier.position))"
            " FROM card WHERE card.id = ?2 AND frontier.learner = ?1 AND frontier.deck = card.deck",
            [learner, card],
        )

    def renew(self) -> None:
        """Every frontier anew: what learners have met is not what it was."""
        self._database.execute("DELETE FROM frontier")
        self._database.execute(ALL)

    def renew_deck(self, deck: int) -> None:
        """The cards of the deck have other places now."""
        self._database.execute(
            f"UPDATE frontier SET position = {_first_open('frontier.learner', '?1')} WHERE deck = ?1", [deck]
        )
