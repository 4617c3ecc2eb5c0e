-- The last milestone that a build passed; empty where it passed none.
ALTER TABLE build ADD COLUMN milestone INTEGER;

CREATE INDEX build_milestone ON build (job, number) WHERE milestone IS NOT NULL;

-- The step of another build that started a build: one build a step.
ALTER TABLE build ADD COLUMN starter_job TEXT;
ALTER TABLE build ADD COLUMN starter_number INTEGER;
ALTER TABLE build ADD COLUMN starter_step INTEGER;

CREATE UNIQUE INDEX build_of_starter ON build (starter_job, starter_number, starter_step)
  WHERE starter_job IS NOT NULL;

PRAGMA user_version = 2;
