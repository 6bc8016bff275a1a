CREATE TABLE uploads (
    id TEXT PRIMARY KEY CHECK (length(id) = 64),  -- SHA-256 of the content, in hexadecimal
    size INTEGER NOT NULL CHECK (size > 0),       -- bytes
    type TEXT NOT NULL,                           -- judged by the leading bytes
    created_at TEXT NOT NULL                      -- RFC 3339, UTC
) WITHOUT ROWID;
