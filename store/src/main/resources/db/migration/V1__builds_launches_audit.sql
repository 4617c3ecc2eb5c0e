-- Instants are ISO 8601 in UTC. seq is the order of arrival. Maps are JSON objects of strings.
-- Every migration ends with its number in user_version: see Schema.

CREATE TABLE job (
  name        TEXT PRIMARY KEY,
  last_number INTEGER NOT NULL CHECK (last_number > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE build (
  seq         INTEGER PRIMARY KEY,
  job         TEXT NOT NULL REFERENCES job,
  number      INTEGER NOT NULL,
  script      TEXT NOT NULL,
  branch      TEXT,
  commit_hash TEXT,
  script_hash TEXT NOT NULL,
  cause       TEXT NOT NULL,
  cause_actor TEXT NOT NULL,
  parameters  TEXT NOT NULL,
  state       TEXT NOT NULL,
  created     TEXT NOT NULL,
  finished    TEXT,
  UNIQUE (job, number),
  CHECK ((finished IS NULL) = (state IN ('QUEUED', 'RUNNING', 'WAITING')))
) STRICT;

CREATE INDEX build_unfinished ON build (seq) WHERE finished IS NULL;

CREATE TABLE journal (
  seq        INTEGER PRIMARY KEY,
  build      INTEGER NOT NULL REFERENCES build,
  step       INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  step_class TEXT NOT NULL,
  name       TEXT NOT NULL,
  branch     TEXT NOT NULL,
  detail     TEXT,
  at         TEXT NOT NULL
) STRICT;

CREATE INDEX journal_of_build ON journal (build, seq);

-- task, session, stopped, failure and reason belong to the state and are there where it has them.
CREATE TABLE launch (
  seq             INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  job             TEXT NOT NULL,
  number          INTEGER NOT NULL,
  stage           TEXT NOT NULL,
  template        TEXT NOT NULL,
  task_definition TEXT NOT NULL,
  state           TEXT NOT NULL,
  task            TEXT,
  session         TEXT,
  stopped         TEXT,
  failure         TEXT,
  reason          TEXT,
  created         TEXT NOT NULL,
  version         INTEGER NOT NULL,
  FOREIGN KEY (job, number) REFERENCES build (job, number)
) STRICT;

CREATE INDEX launch_of_build ON launch (job, number, seq);
CREATE INDEX launch_live ON launch (seq) WHERE state NOT IN ('STOPPED', 'FAILED');

-- The build may be unknown: what is refused before a build exists is audited too.
CREATE TABLE audit (
  seq     INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  action  TEXT NOT NULL,
  actor   TEXT NOT NULL,
  job     TEXT,
  number  INTEGER,
  details TEXT NOT NULL,
  CHECK ((job IS NULL) = (number IS NULL))
) STRICT;

CREATE INDEX audit_of_build ON audit (job, number, seq);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- "DPTY"
PRAGMA application_id = 1146115161;
PRAGMA user_version = 1;
