"""Which cards a learner may be asked, and how they stand: what `core.agenda` chooses from."""

from collections.abc import Iterator, Sequence
from heapq import merge

from quizdock.core.agenda import SHUFFLE_FACTORS, SHUFFLE_MODULUS, Candidate
from quizdock.core.journal import ANSWERS, State
from quizdock.store.catalogue import CARD, FROM_CARD, CardRow, Scope, card_row
from quizdock.store.database import Database
from quizdock.store.frontier import FROM_HERE
from quizdock.store.journal import JOIN_STATE, STANDS, STATE, state_of

# Conditions on a card. The learner is the first parameter, the study day the second.
_UNMET = "NOT EXISTS (SELECT 1 FROM schedule WHERE schedule.learner = ?1 AND schedule.card = card.id)"
_HELD = (
    "EXISTS (SELECT 1 FROM held WHERE held.learner = ?1 AND held.card = card.id"
    " AND (held.suspended OR held.buried = ?2))"
)

# See `core.agenda.shuffled`.
_DRAWN = f"((card * {SHUFFLE_FACTORS[0]} + ?2 * {SHUFFLE_FACTORS[1]}) % {SHUFFLE_MODULUS})"

_ASKED = f"SELECT card.deck, {CARD}, {STATE} {FROM_CARD} {JOIN_STATE} WHERE card.id = ?2 AND card.position IS NOT NULL"


class Selection:
    """Reads what is due, new, to be repeated or crammed. Held cards and orphans are never among it."""

    def __init__(self, database: Database) -> None:
        """Read through the database."""
        self._database = database

    def due(self, learner: int, scope: Scope, day: int, until: int | None = None) -> Iterator[Candidate]:
        """The cards that are due by the study day `until` (`day` unless said) and may be asked on `day`.

        Those that come back on that day are not among them: see `repeats`. They come most urgent first, as
        `core.agenda.by_urgency` has it: an index alone tells their order, and a card is read when it is its turn.
        """
        rows = self._database.each(
            "SELECT card.id, card.deck, coalesce(card.topic, 0), siblings, interval, due FROM"
            " (SELECT card AS number, interval, due FROM schedule"
            " WHERE learner = ?1 AND due <= ?3 AND reviewed < ?2 AND repeat_day IS NOT ?2"
            f" ORDER BY (?2 - due) * 1.0 / max(interval, 1) DESC, {_DRAWN} * {_DRAWN} % {SHUFFLE_MODULUS}"
            " LIMIT -1)"  # without a limit, SQLite takes the order for one that does not matter
            f" CROSS JOIN card ON card.id = number WHERE {scope.where()} AND NOT {_HELD}",
            [learner, day, day if until is None else until],
        )
        return (Candidate(*row) for row in rows)

    def repeats(self, learner: int, scope: Scope, day: int) -> list[int]:
        """The cards that still come back on that study day, in the deck's order."""
        rows = self._database.rows(
            "SELECT card.id FROM schedule JOIN card ON card.id = schedule.card"
            f" WHERE learner = ?1 AND repeat_day = ?2 AND {scope.where()} AND NOT {_HELD}"
            " ORDER BY card.deck, card.position",
            [learner, day],
        )
        return [card for (card,) in rows]

    def asked(self, learner: int, scope: Scope, card: int) -> tuple[CardRow, State] | None:
        """A card that is to be asked, and all that the learner's events have made of it, in one query.

        None for a card that is none of the scope, or that its deck has no more.
        """
        row = self._database.row(f"{_ASKED} AND {scope.where()}" if scope.is_narrow else _ASKED, [learner, card])
        if row is None or row[0] not in scope.decks:
            return None
        return card_row(row[1:9]), state_of(row[9:])

    def holds(self, scope: Scope, card: int) -> bool:
        """Whether the card is one of the scope that its deck still has."""
        return self._database.row(f"SELECT 1 FROM card WHERE id = ? AND {scope.where()}", [card]) is not None

    def new(
        self, learner: int, scope: Scope, day: int, *, patient: bool = True, decks: Sequence[int] | None = None
    ) -> Iterator[Candidate]:
        """The cards that the learner has not met, in the decks' order: a topic after those it builds on.

        Where `patient`, a topic's cards wait while one that it builds on has unmet facts outside of the scope.
        `decks` are those of the scope to be looked at, all unless said.
        """
        earlier = self._unmet_outside(learner, scope) if patient else []
        waiting = (
            " AND coalesce(card.topic, 0) NOT IN"
            f" (SELECT topic FROM topic_after WHERE earlier IN ({', '.join(map(str, earlier))}))"
        )
        chosen = scope.decks if decks is None else decks
        streams = [self._new_of_deck(learner, scope._replace(decks=(deck,)), day, waiting) for deck in chosen]
        return (candidate for _place, candidate in merge(*streams))

    def everything(self, learner: int, scope: Scope, day: int) -> list[Candidate]:
        """Every card of the scope that may be asked on this day, whatever its schedule."""
        return self._candidates(
            "FROM card LEFT JOIN schedule ON schedule.card = card.id AND schedule.learner = ?1"
            f" WHERE {scope.where()} AND NOT {_HELD} ORDER BY card.deck, card.position",
            [learner, day],
        )

    def mistakes(self, learner: int, scope: Scope, day: int, since: int) -> list[Candidate]:
        """The cards whose last answer, in study or in a finished exam, was wrong, if it was given on `since` or later.

        Wrong is a grade below 3, or an exam's mark below full credit. The last one in study is that of the journal's
        order, whatever the clock said; study and exams are told apart by the clock.
        """
        answers = ", ".join(str(int(kind)) for kind in ANSWERS)
        return self._candidates(
            "FROM card LEFT JOIN schedule ON schedule.card = card.id AND schedule.learner = ?1"
            f" WHERE {scope.where()} AND NOT {_HELD} AND (SELECT wrong FROM ("
            "SELECT * FROM (SELECT at, grade < 3 AS wrong, day FROM event WHERE event.card = card.id"
            f" AND event.learner = ?1 AND kind IN ({answers}) AND {STANDS} ORDER BY device DESC, seq DESC LIMIT 1)"
            " UNION ALL SELECT * FROM (SELECT attempt.finished, coalesce("
            "(SELECT credit < 1 FROM attempt_event AS answer WHERE answer.attempt = asked.attempt"
            " AND answer.number = asked.number AND credit IS NOT NULL ORDER BY seq DESC LIMIT 1), 1), attempt.day"
            " FROM attempt_question AS asked JOIN attempt ON attempt.id = asked.attempt"
            " WHERE asked.deck = (SELECT name FROM deck WHERE deck.id = card.deck) AND asked.card = card.name"
            " AND attempt.learner = ?1 AND attempt.finished IS NOT NULL ORDER BY attempt.finished DESC LIMIT 1)"
            " ORDER BY at DESC LIMIT 1) WHERE day >= ?3) ORDER BY card.deck, card.position",
            [learner, day, since],
        )

    def families(self, learner: int, day: int) -> set[tuple[int, str]]:
        """The decks and siblings of the cards that were reviewed on this study day.

        They are looked for from each device's last event back to one of an earlier day: an index of `reviewed` would
        cost each answer two more pages to write.
        """
        rows = self._database.rows(
            "SELECT DISTINCT card.deck, siblings FROM device CROSS JOIN event ON event.device = device.id"
            " AND event.seq > coalesce((SELECT seq FROM event AS earlier WHERE earlier.device = device.id"
            " AND earlier.day < ?2 ORDER BY seq DESC LIMIT 1), 0)"
            " CROSS JOIN schedule ON schedule.learner = ?1 AND schedule.card = event.card AND reviewed = ?2"
            " CROSS JOIN card ON card.id = event.card WHERE event.learner = ?1 AND event.day = ?2",
            [learner, day],
        )
        return set(rows)

    def waits_for(self, learner: int, scope: Scope) -> list[str]:
        """The titles of the topics whose unmet cards keep new cards of the scope waiting, in the decks' order."""
        earlier = ", ".join(map(str, self._unmet_outside(learner, scope)))
        rows = self._database.rows(
            f"SELECT title FROM topic WHERE id IN ({earlier}) AND EXISTS"
            " (SELECT 1 FROM card JOIN topic_after ON topic_after.topic = card.topic"
            f" WHERE topic_after.earlier = topic.id AND {scope.where()} AND {_UNMET}) ORDER BY deck, position",
            [learner],
        )
        return [title for (title,) in rows]

    def count_due(self, learner: int, scope: Scope, day: int) -> int:
        """How many cards are due on that study day or before, whatever the day's limits."""
        count: int = self._database.value(
            "SELECT count(*) FROM schedule JOIN card ON card.id = schedule.card"
            f" WHERE learner = ?1 AND due <= ?2 AND {scope.where()} AND NOT {_HELD}",
            [learner, day],
        )
        return count

    def _new_of_deck(self, learner: int, scope: Scope, day: int, waiting: str) -> Iterator[tuple[int, Candidate]]:
        rows = self._database.each(
            "SELECT card.position, card.id, card.deck, coalesce(card.topic, 0), siblings"
            f" FROM card WHERE {scope.where()} AND card.position >= {FROM_HERE.format(deck=scope.decks[0])}"
            f" AND {_UNMET} AND NOT {_HELD}{waiting} ORDER BY card.position",
            [learner, day],
        )
        return ((position, Candidate(*row)) for position, *row in rows)

    def _unmet_outside(self, learner: int, scope: Scope) -> list[int]:
        """The topics that others build on and that have facts, outside of the scope, of which no card was met yet.

        A suspended card keeps nobody waiting. A whole deck never waits for itself: topics build on others of it alone.
        """
        if not scope.is_narrow:
            return []
        rows = self._database.rows(
            "SELECT DISTINCT earlier.topic FROM card AS earlier WHERE earlier.topic IN"
            f" (SELECT topic_after.earlier FROM topic_after) AND earlier.deck IN ({', '.join(map(str, scope.decks))})"
            f" AND earlier.position IS NOT NULL AND NOT ({scope.where('earlier')})"
            " AND NOT EXISTS (SELECT 1 FROM card AS sibling JOIN schedule ON schedule.card = sibling.id"
            " WHERE sibling.deck = earlier.deck AND sibling.siblings = earlier.siblings AND schedule.learner = ?1)"
            " AND NOT EXISTS"
            " (SELECT 1 FROM held WHERE held.learner = ?1 AND held.card = earlier.id AND held.suspended)",
            [learner],
        )
        return [topic for (topic,) in rows]

    def _candidates(self, source: str, parameters: list[int]) -> list[Candidate]:
        rows = self._database.rows(
            "SELECT card.id, card.deck, coalesce(card.topic, 0), siblings, coalesce(interval, 0), coalesce(due, 0)"
            f" {source}",
            parameters,
        )
        return [Candidate(*row) for row in rows]
