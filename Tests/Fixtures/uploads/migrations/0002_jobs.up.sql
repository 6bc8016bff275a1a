CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    upload_id TEXT NOT NULL REFERENCES uploads (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0,  -- seconds since 1970: a failed attempt waits before the next one
    claimed_at REAL,                     -- seconds since 1970: a claim that is too old belongs to a dead worker
    note TEXT,                           -- how it ended
    UNIQUE (upload_id, kind)             -- the same content uploaded twice is one job
);
CREATE INDEX jobs_open ON jobs (id) WHERE state IN ('queued', 'running');
-- What was uploaded before there were jobs gets its thumbnail too.
INSERT INTO jobs (upload_id, kind) SELECT id, 'thumbnail' FROM uploads;
