-- A build that ends, or passes a milestone, asks which older ones of its job have not ended.
CREATE INDEX build_unfinished_of_job ON build (job, number) WHERE finished IS NULL;

PRAGMA user_version = 3;
