"""The SQLite file: what is stored, and the queue of jobs over it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

#: How long a statement waits for another process's write, in seconds.
BUSY_SECONDS = 5.0
#: A claim older than this belongs to a worker that died, in seconds.
LEASE_SECONDS = 60.0
#: A job that failed this often is not tried again.
MAX_ATTEMPTS = 3


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """Opens the file in autocommit mode; without `create`, a missing file is an error and stays missing."""
    mode = "rwc" if create else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@dataclass(frozen=True)
class Upload:
    id: str
    size: int
    type: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Job:
    id: int
    upload_id: str
    kind: str
    attempts: int
    claimed_at: float


class Database:
    """Short operations, each on its own connection: safe from any thread and any process."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with closing(connect(self.path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def add_upload(self, upload: Upload) -> None:
        """Records an upload and queues its thumbnail; the same content again changes nothing."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO uploads (id, size, type, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (upload.id, upload.size, upload.type, datetime.now(UTC).isoformat(timespec="milliseconds")),
            )
            connection.execute(
                "INSERT INTO jobs (upload_id, kind) VALUES (?, 'thumbnail') ON CONFLICT DO NOTHING", (upload.id,)
            )

    def remove_upload(self, upload_id: str) -> None:
        """Forgets an upload and its jobs; one that is not there is no error."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM jobs WHERE upload_id = ?", (upload_id,))
            connection.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))

    def upload(self, upload_id: str) -> Upload | None:
        with closing(connect(self.path)) as connection:
            row = connection.execute(
                "SELECT id, size, type, width, height FROM uploads WHERE id = ?", (upload_id,)
            ).fetchone()
        return Upload(**row) if row else None

    def set_dimensions(self, upload_id: str, width: int, height: int) -> None:
        with self._transaction() as connection:
            connection.execute("UPDATE uploads SET width = ?, height = ? WHERE id = ?", (width, height, upload_id))

    def claim_job(self, now: float | None = None) -> Job | None:
        """Takes the oldest job that may run: a queued one, or one whose worker died."""
        now = time.time() if now is None else now
        with self._transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'failed', note = 'the worker died during each attempt'"
                " WHERE state = 'running' AND claimed_at < ? AND attempts >= ?",
                (now - LEASE_SECONDS, MAX_ATTEMPTS),
            )
            row = connection.execute(
                "UPDATE jobs SET state = 'running', attempts = attempts + 1, claimed_at = ?1 WHERE id = ("
                " SELECT id FROM jobs WHERE (state = 'queued' AND not_before <= ?1)"
                " OR (state = 'running' AND claimed_at < ?2) ORDER BY id LIMIT 1"
                ") RETURNING id, upload_id, kind, attempts, claimed_at",
                (now, now - LEASE_SECONDS),
            ).fetchone()
        return Job(**row) if row else None

    def finish_job(self, job: Job, note: str) -> None:
        self._settle(job, "done", note)

    def fail_job(self, job: Job, note: str, retry_in: float) -> str:
        """Queues the job again after `retry_in` seconds, or gives up; answers the state it now has."""
        state = "failed" if job.attempts >= MAX_ATTEMPTS else "queued"
        self._settle(job, state, note, not_before=time.time() + retry_in)
        return state

    def _settle(self, job: Job, state: str, note: str, not_before: float = 0) -> None:
        # A worker that was thought dead may come back: only the claim that is still ours is settled.
        with self._transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, note = ?, not_before = ? WHERE id = ? AND state = 'running'"
                " AND claimed_at = ?",
                (state, note, not_before, job.id, job.claimed_at),
            )

    def queue(self) -> dict[str, int]:
        """How many jobs are in each state; a state without jobs is absent."""
        with closing(connect(self.path)) as connection:
            return dict(connection.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall())
