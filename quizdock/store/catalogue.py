"""The catalogue: every deck compiled to cards, so that an unchanged TOML file is never read again."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from quizdock.core.compiler import COMPILER
from quizdock.core.errors import unknown_name
from quizdock.core.message import msg
from quizdock.store.database import DamagedError, Database, Row
from quizdock.store.frontier import Frontier

if TYPE_CHECKING:
    from quizdock.core.blueprint import Blueprint
    from quizdock.core.card import Card, Deck
    from quizdock.core.paper import Candidate


class DeckFile(NamedTuple):
    """What the catalogue knows of a deck file: its state when last read (mtime in nanoseconds)."""

    path: str
    size: int
    mtime: int
    digest: bytes
    deck: str | None
    problems: int
    compiler: int = COMPILER


class DeckRow(NamedTuple):
    """A deck: its number, its authored id as `name`, the file it was compiled from, and how many cards it has."""

    id: int
    name: str
    title: str
    lang: str
    file: str | None
    digest: bytes | None
    cards: int


class CardRow(NamedTuple):
    """A card with the titles around it, the hash of its content, and its deck's file while there is one."""

    id: str
    card: "Card"
    deck: str
    topic: str
    hash: int
    file: str | None


CARD = "card.name, topic.name, body, deck.name, deck.title, coalesce(topic.title, ''), hash, deck.file"
FROM_CARD = "FROM card JOIN deck ON deck.id = card.deck LEFT JOIN topic ON topic.id = card.topic"


def card_row(row: Row) -> CardRow:
    """The card in a row of the columns CARD."""
    from quizdock.core.card import decode

    name, topic, body, deck, deck_title, topic_title, digest, file = row
    try:
        card = decode(name, topic or "", body)
    except (ValueError, LookupError, TypeError, AttributeError) as error:  # no body that was ever encoded
        raise DamagedError(
            msg("the card {card} cannot be read: the database is damaged", card=f"{deck}/{name}"),
            msg("To see what is wrong, and what to do: quizdock doctor"),
        ) from error
    return CardRow(f"{deck}/{name}", card, deck_title, topic_title, digest, file)


class Scope(NamedTuple):
    """Which cards a command is about: the numbers of decks and, unless empty, of topics; ids of notes, and tags.

    Whatever is named narrows it; of several topics, notes or tags any will do.
    """

    decks: tuple[int, ...]
    topics: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves out cards of its decks."""
        return bool(self.topics or self.notes or self.tags)

    def where(self, table: str = "card") -> str:
        """An SQL condition on the card table's columns, made of whole numbers and quoted texts."""
        conditions = [f"{table}.deck IN ({', '.join(map(str, self.decks))})", f"{table}.position IS NOT NULL"]
        if self.topics:
            conditions.append(f"{table}.topic IN ({', '.join(map(str, self.topics))})")
        if self.notes:
            conditions.append(f"{note_of(table)} IN ({', '.join(map(_quoted, self.notes))})")
        if self.tags:
            tags = ", ".join(map(_quoted, self.tags))
            conditions.append(f"EXISTS (SELECT 1 FROM json_each({table}.body, '$.t') WHERE value IN ({tags}))")
        return " AND ".join(conditions)


def note_of(table: str) -> str:
    """The id of a card's note, as an SQL expression on the card table's columns."""
    return f"substr({table}.name, 1, instr({table}.name || '#', '#') - 1)"


def _quoted(text: str) -> str:
    """A text as an SQL literal."""
    doubled = text.replace("'", "''").replace("\0", "")
    return f"'{doubled}'"


class Catalogue:
    """Decks, topics and cards."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self._database = database

    def files(self) -> dict[str, DeckFile]:
        """Every deck file known, by its path."""
        rows = self._database.rows("SELECT path, size, mtime, digest, deck, problems, compiler FROM deck_file")
        return {row[0]: DeckFile(*row) for row in rows}

    def remember_file(self, file: DeckFile) -> None:
        """Note a file's state, so that it is not read again until it changes."""
        self._database.execute("INSERT OR REPLACE INTO deck_file VALUES (?, ?, ?, ?, ?, ?, ?)", file)

    def forget_file(self, path: str) -> None:
        """Drop a file that has gone."""
        self._database.execute("DELETE FROM deck_file WHERE path = ?", [path])

    def decks(self) -> list[DeckRow]:
        """The decks that have a file, by title."""
        return [
            DeckRow(*row)
            for row in self._database.rows(
                "SELECT id, name, title, lang, file, digest,"
                " (SELECT coalesce(max(position) + 1, 0) FROM card WHERE card.deck = deck.id)"  # places have no gaps
                " FROM deck WHERE file IS NOT NULL ORDER BY title, name"
            )
        ]

    def sources(self) -> dict[str, tuple[str, bytes]]:
        """What each deck was compiled from, a file and the digest of its bytes; without decks whose file has gone."""
        rows = self._database.rows("SELECT name, file, digest FROM deck WHERE file IS NOT NULL")
        return {name: (file, digest) for name, file, digest in rows}

    def deck(self, name: str) -> DeckRow:
        """The deck with this authored id. Raises QuizDockError with the nearest id for one that is not there."""
        decks = {deck.name: deck for deck in self.decks()}
        if name not in decks:
            raise unknown_name(msg("there is no deck called {name}", name=name), name, decks)
        return decks[name]

    def topics(self, decks: Iterable[int], name: str) -> list[int]:
        """The numbers of the topics with this id in the decks. Raises QuizDockError if there is none."""
        topics = self._topics(decks)
        found = [number for number, known in topics if known == name]
        if not found:
            known = {known for _, known in topics}
            raise unknown_name(msg("there is no topic called {name}", name=name), name, known)
        return found

    def topic_names(self, decks: Iterable[int]) -> set[str]:
        """The ids of the topics in these decks."""
        return {name for _, name in self._topics(decks)}

    def names_of_topics(self, numbers: Iterable[int]) -> set[str]:
        """The ids of the topics with these numbers."""
        rows = self._database.rows(f"SELECT name FROM topic WHERE id IN ({', '.join(map(str, numbers))})")
        return {name for (name,) in rows}

    def notes(self, decks: Iterable[int]) -> set[str]:
        """The ids of the notes in these decks."""
        where = Scope(tuple(decks)).where()
        rows = self._database.rows(f"SELECT DISTINCT {note_of('card')} FROM card WHERE {where}")
        return {note for (note,) in rows}

    def tags(self, decks: Iterable[int]) -> set[str]:
        """The tags of the cards in these decks."""
        where = Scope(tuple(decks)).where()
        rows = self._database.rows(f"SELECT DISTINCT value FROM card, json_each(body, '$.t') WHERE {where}")
        return {tag for (tag,) in rows}

    def check_notes(self, decks: Iterable[int], wanted: Collection[str]) -> None:
        """Raises QuizDockError with the nearest id for a note that is not in these decks."""
        known = self.notes(decks) if wanted else set()
        for name in wanted:
            if name not in known:
                raise unknown_name(msg("there is no note called {name}", name=name), name, known)

    def check_tags(self, decks: Iterable[int], wanted: Collection[str]) -> None:
        """Raises QuizDockError with the nearest tag for one that no card of these decks has."""
        known = self.tags(decks) if wanted else set()
        for name in wanted:
            if name not in known:
                raise unknown_name(msg("no card has the tag {name}", name=name), name, known)

    def put(self, deck: "Deck", file: str, digest: bytes) -> None:
        """Store a deck as its file now says; cards that it no longer derives become orphans."""
        with self._database.transaction():
            number = self._put_deck(deck, file, digest)
            topics = self._put_topics(deck, number)
            rows = _rows(number, topics, deck.cards)
            if known := self._known_cards(number):
                self._update_cards(number, known, rows)
            else:
                self._insert_cards(rows)
            Frontier(self._database).renew_deck(number)

    def withdraw(self, name: str) -> None:
        """Orphan every card of a deck whose file has gone. Nothing is deleted."""
        with self._database.transaction():
            self._database.execute(
                "UPDATE card SET position = NULL WHERE deck = (SELECT id FROM deck WHERE name = ?)", [name]
            )
            self._database.execute("UPDATE deck SET file = NULL, digest = NULL WHERE name = ?", [name])

    def altered(self) -> list[int]:
        """The numbers of the decks' cards whose bodies are not what was stored: damage alone changes one in place."""
        from quizdock.core.card import content_hash

        rows = self._database.each("SELECT id, hash, body FROM card WHERE position IS NOT NULL")
        return [number for number, digest, body in rows if not isinstance(body, str) or content_hash(body) != digest]

    def forget_altered(self) -> int:
        """Have those read anew from their decks' files when these are looked at next; returns how many there are."""
        altered = [(number,) for number in self.altered()]
        if altered:
            with self._database.transaction():
                self._database.executemany("UPDATE card SET hash = ~hash WHERE id = ?", altered)
                self._database.executemany(
                    "UPDATE deck SET digest = x'' WHERE file IS NOT NULL AND id = (SELECT deck FROM card WHERE id = ?)",
                    altered,
                )
        return len(altered)

    def card(self, number: int) -> CardRow:
        """The card with this number."""
        row = self._database.row(f"SELECT {CARD} {FROM_CARD} WHERE card.id = ?", [number])
        assert row is not None, f"card {number} is never deleted"
        return card_row(row)

    def find(self, card: str) -> int | None:
        """The number of the card with this id, `deck/note` or `deck/note#part`; None unless a deck has it."""
        deck, _slash, name = card.partition("/")
        found: int | None = self._database.value(
            "SELECT card.id FROM card JOIN deck ON deck.id = card.deck"
            " WHERE deck.name = ? AND card.name = ? AND position IS NOT NULL",
            [deck, name],
        )
        return found

    def candidates(self, scope: Scope) -> list["Candidate"]:
        """The cards that an exam may ask."""
        from quizdock.core.paper import Candidate

        rows = self._database.rows(
            "SELECT card.id, deck.name, coalesce(topic.name, ''), card.name, siblings,"
            " CASE json_extract(body, '$.x') WHEN 1 THEN json_extract(body, '$.a[0]')"
            " ELSE json_extract(body, '$.x[0]') END,"
            " coalesce(json_extract(body, '$.y'), 'medium')"
            " FROM card JOIN deck ON deck.id = card.deck LEFT JOIN topic ON topic.id = card.topic"
            f" WHERE {scope.where()} AND card.exam = 1"
        )
        return [Candidate(*row) for row in rows]

    def blueprints(self, decks: Iterable[int]) -> dict[str, "Blueprint"]:
        """What these decks say of their exams, by their ids."""
        import json

        from quizdock.core.blueprint import Blueprint

        rows = self._database.rows(f"SELECT name, exam FROM deck WHERE id IN ({', '.join(map(str, decks))})")
        return {name: Blueprint.from_data(json.loads(exam)) for name, exam in rows}

    def _topics(self, decks: Iterable[int]) -> list[Row]:
        where = ", ".join(map(str, decks))
        return self._database.rows(
            f"SELECT id, name FROM topic WHERE deck IN ({where}) AND position IS NOT NULL ORDER BY position"
        )

    def _put_deck(self, deck: "Deck", file: str, digest: bytes) -> int:
        import json

        number: int = self._database.value(
            "INSERT INTO deck (name, title, lang, source, description, exam, file, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET title = excluded.title, lang = excluded.lang,"
            " source = excluded.source, description = excluded.description, exam = excluded.exam,"
            " file = excluded.file,"
            " digest = excluded.digest RETURNING id",
            [
                deck.id,
                deck.title,
                deck.lang,
                deck.source,
                deck.description,
                json.dumps(deck.exam.as_data()),
                file,
                digest,
            ],
        )
        return number

    def _put_topics(self, deck: "Deck", number: int) -> dict[str, int]:
        self._database.execute("UPDATE topic SET position = NULL WHERE deck = ?", [number])
        self._database.executemany(
            "INSERT INTO topic (deck, name, title, position) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (deck, name) DO UPDATE SET title = excluded.title, position = excluded.position",
            [(number, topic.id, topic.title, position) for position, topic in enumerate(deck.topics)],
        )
        numbers: dict[str, int] = dict(self._database.rows("SELECT name, id FROM topic WHERE deck = ?", [number]))
        self._database.execute("DELETE FROM topic_after WHERE topic IN (SELECT id FROM topic WHERE deck = ?)", [number])
        self._database.executemany(
            "INSERT INTO topic_after (topic, earlier) VALUES (?, ?)",
            {(numbers[topic.id], numbers[name]) for topic in deck.topics for name in topic.after},
        )
        return numbers

    def _known_cards(self, deck: int) -> dict[str, Row]:
        """A deck's rows in the card table by the cards' names, orphans included."""
        return {row[1]: row for row in self._database.rows(f"SELECT {_COLUMNS} FROM card WHERE deck = ?", [deck])}

    def _insert_cards(self, rows: Iterator[Row]) -> None:
        """Put in the cards of a deck that has none, many a statement: one each takes half as long again."""
        while some := list(islice(rows, _CARDS_A_STATEMENT)):
            values = ", ".join([_CARD] * len(some))
            self._database.execute(f"{_INSERT_CARDS} VALUES {values}", [*chain.from_iterable(some)])

    def _update_cards(self, deck: int, known: dict[str, Row], rows: Iterator[Row]) -> None:
        """Write what differs from the known cards; those of them that come no more become orphans."""
        self._database.executemany(
            f"{_INSERT_CARDS} VALUES {_CARD} ON CONFLICT (deck, name) DO UPDATE SET topic = excluded.topic,"
            " position = excluded.position, siblings = excluded.siblings, exam = excluded.exam, hash = excluded.hash,"
            " body = excluded.body",
            (row for row in rows if known.pop(row[1], None) != row),
        )
        self._database.executemany(
            "UPDATE card SET position = NULL WHERE deck = ? AND name = ? AND position IS NOT NULL",
            [(deck, name) for name in known],
        )


_COLUMNS = "deck, name, topic, position, siblings, exam, hash, body"
_INSERT_CARDS = f"INSERT INTO card ({_COLUMNS})"
_CARD = "(?, ?, ?, ?, ?, ?, ?, ?)"
_CARDS_A_STATEMENT = 500


def _rows(deck: int, topics: Mapping[str, int], cards: "Iterable[Card]") -> Iterator[Row]:
    """The cards as their table has them, made one by one: all of a large deck at once would take much memory."""
    from quizdock.core.card import content_hash, encode

    for position, card in enumerate(cards):
        body = encode(card)
        topic, exam, digest = topics.get(card.topic), int(card.exam is not None), content_hash(body)
        yield deck, card.name, topic, position, card.siblings, exam, digest, body
