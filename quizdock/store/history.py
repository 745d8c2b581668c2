"""What a learner has done and how far the cards have come, counted for `quizdock stats`."""

from collections.abc import Collection, Iterator

from quizdock.core.journal import Kind, Today
from quizdock.core.simulation import MATURE
from quizdock.core.statistics import Hard, Move, Topic
from quizdock.store.catalogue import Scope
from quizdock.store.database import Database

_HARD_BELOW = 250  # the ease that SM-2 starts with
_MOVING = ", ".join(str(int(kind)) for kind in (Kind.REVIEW, Kind.DRILL, Kind.RESET, Kind.RELINK, Kind.DUE))
_TAKEN_BACK = "SELECT of_device, of_seq FROM event WHERE kind = 3 AND learner = ?1"
_SCHEDULED = (
    "FROM schedule JOIN card ON card.id = schedule.card JOIN deck ON deck.id = card.deck"
    " LEFT JOIN held ON held.learner = schedule.learner AND held.card = schedule.card"
    " WHERE schedule.learner = ?1"
)


class History:
    """Counts what the journal and its caches hold of one learner. Writes nothing."""

    def __init__(self, database: Database) -> None:
        """Read through the database."""
        self._database = database

    def days(self, learner: int, decks: Collection[int] | None = None) -> dict[int, Today]:
        """What was done on each study day on which there was anything, the earliest first; in all decks for None."""
        rows = self._database.rows(
            "SELECT day, sum(new), sum(reviews), sum(drills), sum(milliseconds) FROM daily"
            f" WHERE learner = ?1 AND {_among('daily.deck', decks)} GROUP BY day"
            " HAVING sum(new) OR sum(reviews) OR sum(drills) ORDER BY day",  # an undo may leave an empty day behind
            [learner],
        )
        return {day: Today(*done) for day, *done in rows}

    def moves(self, learner: int) -> Iterator[Move]:
        """Every event that still stands and may have moved a schedule, in the journal's order, read as they are used.

        They are of all decks: a card may have taken over from one of another deck.
        """
        # What was taken back is looked up in a list that SQLite makes once: for each event by itself it takes twice as
        # long. Most learners have none, and then even the list costs a sixth of all.
        some = self._database.row(f"{_TAKEN_BACK} LIMIT 1", [learner]) is not None
        stands = f" AND (device, seq) NOT IN ({_TAKEN_BACK})" if some else ""
        return self._database.each(
            "SELECT card, kind, day, coalesce(grade, to_card, 0) FROM event"
            f" WHERE learner = ?1 AND kind IN ({_MOVING}){stands} ORDER BY device, seq",
            [learner],
        )

    def cards(self, decks: Collection[int]) -> frozenset[int]:
        """The numbers of all cards that these decks have or had."""
        rows = self._database.rows(f"SELECT id FROM card WHERE {_among('deck', decks)}")
        return frozenset(card for (card,) in rows)

    def due(self, learner: int, scope: Scope) -> list[tuple[int, int]]:
        """How many cards are due on which day; suspended ones are left out."""
        return self._database.rows(
            f"SELECT due, count(*) {_SCHEDULED} AND {scope.where()} AND coalesce(suspended, 0) = 0"
            " GROUP BY due ORDER BY due",
            [learner],
        )

    def schedules(self, learner: int, scope: Scope) -> list[tuple[int, int, int]]:
        """Each pair of interval (days) and ease (hundredths) that cards have, and how many; without suspended ones."""
        return self._database.rows(
            f"SELECT interval, ease, count(*) {_SCHEDULED} AND {scope.where()} AND coalesce(suspended, 0) = 0"
            " GROUP BY interval, ease ORDER BY interval, ease",
            [learner],
        )

    def hardest(self, learner: int, scope: Scope, most: int) -> list[Hard]:
        """The cards with the most lapses, and of as many those with the lowest ease.

        A card that never lapsed and whose ease never sank is none of them.
        """
        rows = self._database.rows(
            "SELECT deck.name || '/' || card.name, coalesce(json_extract(card.body, '$.q'), ''), lapses, ease,"
            f" coalesce(suspended, 0) {_SCHEDULED} AND {scope.where()} AND (lapses > 0 OR ease < {_HARD_BELOW})"
            " ORDER BY lapses DESC, ease, deck.name, card.position LIMIT ?2",
            [learner, most],
        )
        return [Hard(name, prompt, lapses, ease, bool(held)) for name, prompt, lapses, ease, held in rows]

    def topics(self, learner: int, scope: Scope) -> list[Topic]:
        """How far the cards of each topic have come, in the decks' order."""
        rows = self._database.rows(
            "SELECT deck.name, deck.title, coalesce(topic.name, ''), coalesce(topic.title, deck.title),"
            " sum(held.suspended IS NOT 1 AND interval IS NULL),"
            f" sum(held.suspended IS NOT 1 AND coalesce(interval < {MATURE}, 0)),"
            f" sum(held.suspended IS NOT 1 AND coalesce(interval >= {MATURE}, 0)),"
            " sum(held.suspended IS 1)"
            " FROM card JOIN deck ON deck.id = card.deck LEFT JOIN topic ON topic.id = card.topic"
            " LEFT JOIN schedule ON schedule.learner = ?1 AND schedule.card = card.id"
            " LEFT JOIN held ON held.learner = ?1 AND held.card = card.id"
            f" WHERE {scope.where()} GROUP BY card.deck, card.topic"
            " ORDER BY deck.title, deck.name, topic.position IS NULL, topic.position",
            [learner],
        )
        return [Topic(*row) for row in rows]


def _among(column: str, decks: Collection[int] | None) -> str:
    """An SQL condition made of whole numbers."""
    return "1" if decks is None else f"{column} IN ({', '.join(map(str, decks))})"
