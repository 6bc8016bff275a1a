DROP INDEX jobs_open;
DROP TABLE jobs;
