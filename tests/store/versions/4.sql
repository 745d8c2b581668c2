BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'quizdock','first','2026-11-25 22:11:54.262221+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'quizdock','second','2026-11-25 22:11:54.262537+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'quizdock','third','2026-11-25 22:11:54.265255+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'quizdock','fourth','2026-11-25 22:11:54.273915+00:00');
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
CREATE TABLE attempt_deck (
  attempt INTEGER NOT NULL REFERENCES attempt(id),
  deck TEXT NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (attempt, deck)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE card (              -- never deleted: learners' progress hangs on it
  id INTEGER PRIMARY KEY,
  deck INTEGER NOT NULL REFERENCES deck(id),
  name TEXT NOT NULL,            -- note, or note#part
  topic INTEGER REFERENCES topic(id),
  position INTEGER,              -- its place in the deck; NULL for an orphan, which its deck no longer derives
  exam INTEGER NOT NULL,         -- 1 if an exam may ask it
  hash INTEGER NOT NULL,         -- of the body
  body TEXT NOT NULL, siblings TEXT NOT NULL DEFAULT '',            -- JSON
  UNIQUE (deck, name)
) STRICT;
INSERT INTO "card" VALUES(1,1,'a',1,0,0,-1175685250120117961,'{"q":"Front of a?","a":["recall","Back of a"]}','a');
INSERT INTO "card" VALUES(2,1,'b',1,1,0,-6844994729070614569,'{"q":"Front of b?","a":["recall","Back of b"]}','b');
INSERT INTO "card" VALUES(3,1,'c',1,2,0,-7038915875389478513,'{"q":"Front of c?","a":["recall","Back of c"]}','c');
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
INSERT INTO "daily" VALUES(1,739944,1,1,1,0,1500);
CREATE TABLE deck (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,     -- the id that its author gave
  title TEXT NOT NULL,
  lang TEXT NOT NULL,
  source TEXT NOT NULL,
  description TEXT NOT NULL,
  file TEXT,                     -- what it was compiled from; NULL once that file has gone
  digest BLOB                    -- of that file's bytes
, exam TEXT NOT NULL DEFAULT '{}') STRICT;
INSERT INTO "deck" VALUES(1,'deck','The deck','en','','','deck.toml',X'31','{}');
CREATE TABLE deck_file (         -- every deck file seen at the last look, so that an unchanged one is not read
  path TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL,        -- nanoseconds
  digest BLOB NOT NULL,
  deck TEXT,                     -- the deck id it claims; NULL while it never could be read
  problems INTEGER NOT NULL,
  compiler INTEGER NOT NULL      -- the version of the derivation that looked at it
) STRICT, WITHOUT ROWID;
CREATE TABLE device (            -- machines that wrote to the journal; the first row is this database's own
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "device" VALUES(1,'old-machine');
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
  of_seq INTEGER, to_card INTEGER REFERENCES card(id),
  PRIMARY KEY (device, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "event" VALUES(1,1,1,1,1764000000000,739944,1,4,1500,NULL,7,NULL,NULL,NULL);
INSERT INTO "event" VALUES(1,2,1,4,1764000001000,739944,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE follow (
  learner INTEGER NOT NULL REFERENCES learner(id),
  deck INTEGER NOT NULL REFERENCES deck(id),
  PRIMARY KEY (learner, deck)
) STRICT, WITHOUT ROWID;
CREATE TABLE held (              -- a cache, like schedule: cards that a learner is not asked
  learner INTEGER NOT NULL REFERENCES learner(id),
  card INTEGER NOT NULL REFERENCES card(id),
  suspended INTEGER NOT NULL,
  buried INTEGER,                -- the study day on which it is not asked any more
  PRIMARY KEY (learner, card)
) STRICT, WITHOUT ROWID;
INSERT INTO "held" VALUES(1,2,1,NULL);
CREATE TABLE learner (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "learner" VALUES(1,'Ada');
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
INSERT INTO "schedule" VALUES(1,1,1,1,250,739945,739944,NULL,0);
CREATE TABLE topic (
  id INTEGER PRIMARY KEY,
  deck INTEGER NOT NULL REFERENCES deck(id),
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  position INTEGER,              -- its place in the deck; NULL once the deck has it no more
  UNIQUE (deck, name)
) STRICT;
INSERT INTO "topic" VALUES(1,1,'t','About t',0);
CREATE TABLE topic_after (       -- a topic builds on others: its new cards wait until those have been met
  topic INTEGER NOT NULL REFERENCES topic(id),
  earlier INTEGER NOT NULL REFERENCES topic(id),
  PRIMARY KEY (topic, earlier)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX card_in_order ON card(deck, position);
CREATE INDEX event_of_card ON event(card, learner);
CREATE INDEX schedule_due ON schedule(learner, due);
CREATE INDEX schedule_repeat ON schedule(learner, repeat_day) WHERE repeat_day IS NOT NULL;
CREATE INDEX card_of_topic ON card(topic);
CREATE INDEX card_siblings ON card(deck, siblings);
CREATE INDEX event_to_card ON event(to_card) WHERE to_card IS NOT NULL;
CREATE INDEX schedule_reviewed ON schedule(learner, reviewed);
CREATE INDEX attempt_of_learner ON attempt(learner, started);
CREATE INDEX attempt_question_of_card ON attempt_question(deck, card);
CREATE VIEW attempt_answer AS    -- how each question was last answered and marked
  SELECT attempt, number, given, credit, max(seq) AS seq FROM attempt_event WHERE kind IN (2, 8)
    GROUP BY attempt, number;
COMMIT;
PRAGMA user_version = 4;
PRAGMA application_id = 1363430193;
