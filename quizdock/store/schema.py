"""The tables, and the migrations that lead to them. A migration that has shipped is never edited."""

from typing import TYPE_CHECKING

from quizdock.store import frontier
from quizdock.store.database import APPLICATION_ID, Database

if TYPE_CHECKING:
    import sqlite_utils

VERSION = 5
"""The number of migrations; kept in the file's `user_version`."""

_FIRST = """
CREATE TABLE device (            -- machines that wrote to the journal; the first row is this database's own
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE learner (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE deck (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,     -- the id that its author gave
  title TEXT NOT NULL,
  lang TEXT NOT NULL,
  source TEXT NOT NULL,
  description TEXT NOT NULL,
  file TEXT,                     -- what it was compiled from; NULL once that file has gone
  digest BLOB                    -- of that file's bytes
) STRICT;

CREATE TABLE deck_file (         -- every deck file seen at the last look, so that an unchanged one is not read
  path TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL,        -- nanoseconds
  digest BLOB NOT NULL,
  deck TEXT,                     -- the deck id it claims; NULL while it never could be read
  problems INTEGER NOT NULL,
  compiler INTEGER NOT NULL      -- the version of the derivation that looked at it
) STRICT, WITHOUT ROWID;

CREATE TABLE topic (
  id INTEGER PRIMARY KEY,
  deck INTEGER NOT NULL REFERENCES deck(id),
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  position INTEGER,              -- its place in the deck; NULL once the deck has it no more
  UNIQUE (deck, name)
) STRICT;

CREATE TABLE card (              -- never deleted: learners' progress hangs on it
  id INTEGER PRIMARY KEY,
  deck INTEGER NOT NULL REFERENCES deck(id),
  name TEXT NOT NULL,            -- note, or note#part
  topic INTEGER REFERENCES topic(id),
  position INTEGER,              -- its place in the deck; NULL for an orphan, which its deck no longer derives
  exam INTEGER NOT NULL,         -- 1 if an exam may ask it
  hash INTEGER NOT NULL,         -- of the body
  body TEXT NOT NULL,            -- JSON
  UNIQUE (deck, name)
) STRICT;
CREATE INDEX card_in_order ON card(deck, position);

CREATE TABLE follow (
  learner INTEGER NOT NULL REFERENCES learner(id),
  deck INTEGER NOT NULL REFERENCES deck(id),
  PRIMARY KEY (learner, deck)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (             -- the journal: only ever appended to
  device INTEGER NOT NULL REFERENCES device(id),
  seq INTEGER NOT NULL,          -- counts a device's events from 1 without gaps
  learner INTEGER NOT NULL REFERENCES learner(id),
  kind INTEGER NOT NULL,         -- 1 review, 2 drill, 3 undo
  at INTEGER NOT NULL,           -- milliseconds since 1970, UTC
  day INTEGER NOT NULL,          -- the study day it counts for, as a proleptic ordinal
  card INTEGER NOT NULL REFERENCES card(id),
  grade INTEGER CHECK (grade BETWEEN 0 AND 5),
  milliseconds INTEGER,          -- from the question to the response
  response TEXT,                 -- JSON, in texts: what was typed, ticked or chosen
  hash INTEGER,                  -- of the card as it was asked
  of_device INTEGER,             -- an undo names the event that it takes back
  of_seq INTEGER,
  PRIMARY KEY (device, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_of_card ON event(card, learner);

CREATE TABLE schedule (          -- a cache: replaying the journal gives the same rows
  learner INTEGER NOT NULL REFERENCES learner(id),
  card INTEGER NOT NULL REFERENCES card(id),
  repetitions INTEGER NOT NULL,
  interval INTEGER NOT NULL,     -- days
  ease INTEGER NOT NULL,         -- hundredths
  due INTEGER NOT NULL,          -- ordinal of a study day, like `reviewed` and `repeat_day`
  reviewed INTEGER NOT NULL,
  repeat_day INTEGER,            -- the study day on which it still comes back
  lapses INTEGER NOT NULL,
  PRIMARY KEY (learner, card)
) STRICT, WITHOUT ROWID;
CREATE INDEX schedule_due ON schedule(learner, due);
CREATE INDEX schedule_repeat ON schedule(learner, repeat_day) WHERE repeat_day IS NOT NULL;

CREATE TABLE daily (             -- a cache, like schedule: what a learner did on a study day
  learner INTEGER NOT NULL REFERENCES learner(id),
  day INTEGER NOT NULL,
  deck INTEGER NOT NULL REFERENCES deck(id),
  new INTEGER NOT NULL,          -- cards met for the first time
  reviews INTEGER NOT NULL,      -- answers that moved a schedule, the new ones included
  drills INTEGER NOT NULL,
  milliseconds INTEGER NOT NULL,
  PRIMARY KEY (learner, day, deck)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device(id),
  learner INTEGER NOT NULL REFERENCES learner(id),
  seed INTEGER NOT NULL,
  pass_percent REAL NOT NULL,
  day INTEGER NOT NULL,
  started INTEGER NOT NULL,      -- milliseconds since 1970, UTC, like `finished`
  finished INTEGER,              -- NULL while it is open
  points REAL,
  questions INTEGER NOT NULL
) STRICT;
CREATE INDEX attempt_of_learner ON attempt(learner, started);

CREATE TABLE attempt_deck (
  attempt INTEGER NOT NULL REFERENCES attempt(id),
  deck INTEGER NOT NULL REFERENCES deck(id),
  PRIMARY KEY (attempt, deck)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt_question (  -- the drawn paper, whole: it outlives every edit of the deck
  attempt INTEGER NOT NULL REFERENCES attempt(id),
  number INTEGER NOT NULL,       -- from 1
  card INTEGER NOT NULL REFERENCES card(id),
  topic TEXT NOT NULL,           -- its title
  hash INTEGER NOT NULL,
  body TEXT NOT NULL,
  response TEXT,                 -- JSON; NULL while it is not answered
  credit REAL,
  milliseconds INTEGER,
  PRIMARY KEY (attempt, number)
) STRICT, WITHOUT ROWID;
"""

_SECOND = """
CREATE TABLE topic_after (       -- a topic builds on others: its new cards wait until those have been met
  topic INTEGER NOT NULL REFERENCES topic(id),
  earlier INTEGER NOT NULL REFERENCES topic(id),
  PRIMARY KEY (topic, earlier)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_of_topic ON card(topic);
"""

_THIRD = """
-- Cards of a deck that answer each other have equal siblings. More kinds of events, as core.journal.Kind has them:
-- 4 suspend, 5 resume, 6 bury, 7 reset, 8 relink (to_card takes over what the card has reached), 9 cram.
ALTER TABLE card ADD COLUMN siblings TEXT NOT NULL DEFAULT '';
UPDATE card SET siblings = name;
CREATE INDEX card_siblings ON card(deck, siblings);

ALTER TABLE event ADD COLUMN to_card INTEGER REFERENCES card(id);
CREATE INDEX event_to_card ON event(to_card) WHERE to_card IS NOT NULL;

CREATE TABLE held (              -- a cache, like schedule: cards that a learner is not asked
  learner INTEGER NOT NULL REFERENCES learner(id),
  card INTEGER NOT NULL REFERENCES card(id),
  suspended INTEGER NOT NULL,
  buried INTEGER,                -- the study day on which it is not asked any more
  PRIMARY KEY (learner, card)
) STRICT, WITHOUT ROWID;

CREATE INDEX schedule_reviewed ON schedule(learner, reviewed);
"""

_FOURTH = """
-- Exams: what decks say of theirs; attempts whose papers hang on no other table, so that those of other devices can be
-- collected; and every step of a sitting as an event. Cards, decks and topics are known by their ids as authors wrote
-- them. One more kind of event in the journal: 10 due (a mistake brought the card forward).
ALTER TABLE deck ADD COLUMN exam TEXT NOT NULL DEFAULT '{}';

ALTER TABLE attempt RENAME TO attempt_3;
ALTER TABLE attempt_deck RENAME TO attempt_deck_3;
ALTER TABLE attempt_question RENAME TO attempt_question_3;
DROP INDEX attempt_of_learner;

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device(id),
  number INTEGER NOT NULL,       -- counts the device's attempts
  learner INTEGER REFERENCES learner(id),  -- NULL where it was collected from another device
  candidate TEXT,                -- then the name that the learner had there
  seed INTEGER NOT NULL,
  rules TEXT NOT NULL,           -- JSON, core.marking.Rules
  day INTEGER NOT NULL,
  started INTEGER NOT NULL,      -- milliseconds since 1970, UTC, like `deadline` and `finished`
  deadline INTEGER,
  finished INTEGER,              -- NULL while it is open
  points REAL,                   -- as the events make them
  certainty_points REAL,
  questions INTEGER NOT NULL,
  gone INTEGER NOT NULL DEFAULT 0,  -- 1 for one that is shown no more: its number is given to no other
  CHECK ((learner IS NULL) <> (candidate IS NULL)),
  UNIQUE (device, number)
) STRICT;
CREATE INDEX attempt_of_learner ON attempt(learner, started);

CREATE TABLE attempt_deck (
  attempt INTEGER NOT NULL REFERENCES attempt(id),
  deck TEXT NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (attempt, deck)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt_question (  -- the drawn paper, whole: it outlives every edit of the deck
  attempt INTEGER NOT NULL REFERENCES attempt(id),
  number INTEGER NOT NULL,       -- from 1
  deck TEXT NOT NULL,
  card TEXT NOT NULL,            -- note, or note#part
  topic TEXT NOT NULL,
  title TEXT NOT NULL,           -- the topic's, or else the deck's
  hash INTEGER NOT NULL,         -- of the card as the deck had it
  body TEXT NOT NULL,            -- the card as it is asked, its options in the order shown
  PRIMARY KEY (attempt, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_question_of_card ON attempt_question(deck, card);

CREATE TABLE attempt_event (     -- what happened in a sitting: only ever appended to
  attempt INTEGER NOT NULL REFERENCES attempt(id),
  seq INTEGER NOT NULL,          -- from 1 without gaps
  kind INTEGER NOT NULL,         -- core.sitting.Kind
  at INTEGER NOT NULL,           -- milliseconds since 1970, UTC
  number INTEGER,                -- the question
  given TEXT,                    -- JSON, in texts: what was typed, ticked or chosen
  credit REAL,
  milliseconds INTEGER,          -- from the question to the answer
  certainty INTEGER,
  hash INTEGER,                  -- of the corrected card by which a mark was given anew
  body TEXT,
  PRIMARY KEY (attempt, seq)
) STRICT, WITHOUT ROWID;

CREATE VIEW attempt_answer AS    -- how each question was last answered and marked
  SELECT attempt, number, given, credit, max(seq) AS seq FROM attempt_event WHERE kind IN (2, 8)
    GROUP BY attempt, number;

INSERT INTO attempt
  SELECT id, device, id, learner, NULL, seed, json_object('pass', pass_percent), day, started, NULL, finished, points,
    NULL, questions, finished IS NULL FROM attempt_3;
INSERT INTO attempt_deck
  SELECT attempt, deck.name, deck.title FROM attempt_deck_3 JOIN deck ON deck.id = attempt_deck_3.deck;
INSERT INTO attempt_question
  SELECT attempt, number, deck.name, card.name, coalesce(topic.name, ''), attempt_question_3.topic,
    attempt_question_3.hash, attempt_question_3.body
    FROM attempt_question_3 JOIN card ON card.id = attempt_question_3.card JOIN deck ON deck.id = card.deck
    LEFT JOIN topic ON topic.id = card.topic;
INSERT INTO attempt_event (attempt, seq, kind, at, number, given, credit, milliseconds)
  SELECT attempt, row_number() OVER (PARTITION BY attempt ORDER BY attempt_question_3.number), 2,
    coalesce(finished, started), attempt_question_3.number, response, credit, milliseconds
    FROM attempt_question_3 JOIN attempt_3 ON attempt_3.id = attempt WHERE response IS NOT NULL;
INSERT INTO attempt_event (attempt, seq, kind, at)
  SELECT id, 1 + (SELECT count(*) FROM attempt_event WHERE attempt = attempt_3.id), 6, finished
    FROM attempt_3 WHERE finished IS NOT NULL;

DROP TABLE attempt_question_3;
DROP TABLE attempt_deck_3;
DROP TABLE attempt_3;
"""

_FIFTH = f"""
-- Due cards are found and put in order by an index alone; where new ones are to be looked for is kept. What was
-- reviewed today stands at the end of the journal.
DROP INDEX schedule_due;
CREATE INDEX schedule_due ON schedule(learner, due, interval, reviewed, repeat_day);
DROP INDEX schedule_reviewed;
DROP INDEX card_siblings;

CREATE TABLE frontier (          -- a cache, like schedule
  learner INTEGER NOT NULL REFERENCES learner(id),
  deck INTEGER NOT NULL REFERENCES deck(id),
  position INTEGER NOT NULL,     -- every card of the deck before this place was met, or is suspended
  PRIMARY KEY (learner, deck)
) STRICT, WITHOUT ROWID;
{frontier.ALL};
"""


def migrate(database: Database, found: int) -> None:
    """Bring the database from version `found` to VERSION, after a backup of one that holds anything."""
    import sqlite_utils

    from quizdock.store.backups import Backups

    if found:
        Backups(database.path).before_version(database, found + 1)
    database.write_ahead()
    with database.transaction():
        if database.value("PRAGMA user_version") < VERSION:  # another process may just have done it
            with database.lent() as connection:
                _migrations().apply(sqlite_utils.Database(connection))
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute(f"PRAGMA user_version = {VERSION}")


def _migrations() -> "sqlite_utils.Migrations":
    from sqlite_utils import Database as UtilsDatabase
    from sqlite_utils import Migrations

    migrations = Migrations("quizdock")

    @migrations()
    def first(db: UtilsDatabase) -> None:
        for statement in _FIRST.split(";\n"):
            db.execute(statement)

    @migrations()
    def second(db: UtilsDatabase) -> None:
        for statement in _SECOND.split(";\n"):
            db.execute(statement)

    @migrations()
    def third(db: UtilsDatabase) -> None:
        for statement in _THIRD.split(";\n"):
            db.execute(statement)

    @migrations()
    def fourth(db: UtilsDatabase) -> None:
        for statement in _FOURTH.split(";\n"):
            db.execute(statement)

    @migrations()
    def fifth(db: UtilsDatabase) -> None:
        for statement in _FIFTH.split(";\n"):
            db.execute(statement)

    return migrations
