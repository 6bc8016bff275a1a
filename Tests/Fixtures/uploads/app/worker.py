"""`python -m app.worker`: makes thumbnails. Stop it at any time, run it again, run several: the result is the same."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path

from app import logs, png
from app.database import Database, Job
from app.settings import Settings, SettingsError
from app.storage import Storage

log = logging.getLogger("uploads.worker")

POLL_SECONDS = 1.0
#: A worker that has not been heard of for so long is not alive, in seconds.
SILENCE_SECONDS = 90.0


def work_once(database: Database, storage: Storage) -> Job | None:
    """Does the next job, if there is one."""
    job = database.claim_job()
    if job is None:
        return None
    started = time.monotonic()
    fields = {"job": job.id, "kind": job.kind, "upload": job.upload_id, "attempt": job.attempts}
    try:
        note = make_thumbnail(job.upload_id, database, storage)
    except Exception as error:
        state = database.fail_job(job, f"{type(error).__name__}: {error}", retry_in=2.0**job.attempts)
        log.exception("job failed", extra={"fields": {**fields, "state": state}})
    else:
        database.finish_job(job, note)
        elapsed = round((time.monotonic() - started) * 1000, 1)
        log.info("job done", extra={"fields": {**fields, "note": note, "duration_ms": elapsed}})
    return job


def make_thumbnail(upload_id: str, database: Database, storage: Storage) -> str:
    """Answers in words what was done. The thumbnail's name follows from the upload's: twice is the same as once."""
    upload = database.upload(upload_id)
    if upload is None:
        raise LookupError("the upload is not recorded")
    if upload.type != "image/png":
        return f"no thumbnail: {upload.type}"
    if upload.width and storage.thumbnail(upload_id).exists():
        return "already there"
    data = storage.path(upload_id).read_bytes()
    try:
        image = png.header(data)
        small = png.thumbnail(data)
    except png.Unsupported as reason:
        return f"no thumbnail: {reason}"
    storage.write(storage.thumbnail(upload_id), small)
    database.set_dimensions(upload_id, image.width, image.height)
    return "made"


def heartbeat_path() -> Path:
    return Path(os.environ.get("WORKER_HEARTBEAT") or Path(tempfile.gettempdir()) / "uploads-worker.heartbeat")


def is_alive() -> bool:
    try:
        return time.time() - heartbeat_path().stat().st_mtime < SILENCE_SECONDS
    except FileNotFoundError:
        return False


def run(database: Database, storage: Storage, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            busy = work_once(database, storage) is not None
        except sqlite3.Error as error:
            # Not migrated yet, locked for long, or the disk is full: it may pass, and the log says so meanwhile.
            log.error("database error", extra={"fields": {"reason": str(error)}})
            busy = False
        else:
            heartbeat_path().touch()
        if not busy:
            stop.wait(POLL_SECONDS)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m app.worker", description="Makes thumbnails.")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--drain", action="store_true", help="do all jobs that are due, then end")
    mode.add_argument("--alive", action="store_true", help="exit 0 when a worker on this host was alive lately")
    arguments = parser.parse_args()
    if arguments.alive:
        return 0 if is_alive() else 1

    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.exit(f"error: {error}\n  retry: safe, nothing was started")
    logs.configure(settings.log_level)
    database, storage = Database(settings.database), Storage(settings.upload_dir)
    storage.prepare()

    if arguments.drain:
        while work_once(database, storage) is not None:
            pass
        return 0
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    log.info("started", extra={"fields": {"version": settings.version}})
    run(database, storage, stop)
    log.info("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
