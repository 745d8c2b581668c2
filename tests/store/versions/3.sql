BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'quizdock','first','2026-11-25 18:58:27.095751+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'quizdock','second','2026-11-25 18:58:27.096068+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'quizdock','third','2026-11-25 18:58:27.096840+00:00');
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
INSERT INTO "attempt" VALUES(1,1,1,7,62.5,739944,1763985600000,1763985660000,1.0,2);
INSERT INTO "attempt" VALUES(2,1,1,8,70.0,739944,1763985700000,NULL,NULL,2);
CREATE TABLE attempt_deck (
  attempt INTEGER NOT NULL REFERENCES attempt(id),
  deck INTEGER NOT NULL REFERENCES deck(id),
  PRIMARY KEY (attempt, deck)
) STRICT, WITHOUT ROWID;
INSERT INTO "attempt_deck" VALUES(1,1);
INSERT INTO "attempt_deck" VALUES(2,1);
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
INSERT INTO "attempt_question" VALUES(1,1,1,'About t',-6198516217423060471,'{"q":"what is a?","a":["recall","right"],"x":["choice",[["right",1],["wrong",0]]]}','"right"',1.0,2000);
INSERT INTO "attempt_question" VALUES(1,2,2,'The deck',-1890264188401861451,'{"q":"what is b?","a":["recall","right"],"x":["choice",[["right",1],["wrong",0]]]}','"wrong"',0.0,3000);
INSERT INTO "attempt_question" VALUES(2,1,1,'About t',-6198516217423060471,'{"q":"what is a?","a":["recall","right"],"x":["choice",[["right",1],["wrong",0]]]}','"wrong"',0.0,2000);
INSERT INTO "attempt_question" VALUES(2,2,2,'The deck',-1890264188401861451,'{"q":"what is b?","a":["recall","right"],"x":["choice",[["right",1],["wrong",0]]]}',NULL,NULL,NULL);
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
INSERT INTO "card" VALUES(1,1,'a',1,0,1,-6198516217423060471,'{"q":"what is a?","a":["recall","right"],"x":["choice",[["right",1],["wrong",0]]]}','a');
INSERT INTO "card" VALUES(2,1,'b',NULL,1,1,-1890264188401861451,'{"q":"what is b?","a":["recall","right"],"x":["choice",[["right",1],["wrong",0]]]}','b');
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
INSERT INTO "daily" VALUES(1,739944,1,1,1,0,1000);
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
INSERT INTO "deck" VALUES(1,'deck','The deck','en','','','deck.toml',X'');
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
INSERT INTO "event" VALUES(1,1,1,1,1763985600000,739944,1,4,1000,NULL,1,NULL,NULL,NULL);
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
CREATE TABLE learner (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "learner" VALUES(1,'Ada');
INSERT INTO "learner" VALUES(2,'Bob');
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
CREATE INDEX attempt_of_learner ON attempt(learner, started);
CREATE INDEX card_of_topic ON card(topic);
CREATE INDEX card_siblings ON card(deck, siblings);
CREATE INDEX event_to_card ON event(to_card) WHERE to_card IS NOT NULL;
CREATE INDEX schedule_reviewed ON schedule(learner, reviewed);
PRAGMA application_id = 1363430193;
PRAGMA user_version = 3;
COMMIT;
