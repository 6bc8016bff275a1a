from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
import zlib

import pytest

from app import png, worker
from app.database import LEASE_SECONDS, MAX_ATTEMPTS, Upload
from app.settings import ROOT


@pytest.fixture
def upload(client, picture) -> str:
    return client.post("/uploads", files={"file": ("a.png", picture)}).json()["id"]


def test_a_thumbnail_is_made_once_and_served(client, database, storage, upload):
    assert client.get(f"/uploads/{upload}/thumbnail").status_code == 404
    assert worker.work_once(database, storage).upload_id == upload
    answer = client.get(f"/uploads/{upload}/thumbnail")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert database.upload(upload).width == 20
    assert worker.work_once(database, storage) is None
    assert database.queue() == {"done": 1}


def test_doing_a_job_again_changes_nothing(database, storage, upload):
    assert worker.make_thumbnail(upload, database, storage) == "made"
    before = storage.thumbnail(upload).stat()
    assert worker.make_thumbnail(upload, database, storage) == "already there"
    assert storage.thumbnail(upload).stat() == before


def test_the_job_of_a_worker_that_died_is_taken_over_and_settled_once(database, storage, upload):
    now = time.time()
    dead = database.claim_job(now - LEASE_SECONDS - 1)
    assert worker.work_once(database, storage).attempts == 2
    database.fail_job(dead, "back from the dead", retry_in=0)
    assert database.queue() == {"done": 1}


def test_a_running_job_is_not_taken_twice(database, upload):
    assert database.claim_job() is not None
    assert database.claim_job() is None


def test_a_failing_job_waits_and_is_given_up(database, storage, upload, monkeypatch):
    monkeypatch.setattr(worker.png, "thumbnail", lambda _: 1 / 0)
    now = time.time()
    assert worker.work_once(database, storage).attempts == 1
    assert database.claim_job(now) is None
    for attempt in range(2, MAX_ATTEMPTS + 1):
        job = database.claim_job(now + 100)
        assert job.attempts == attempt
        database.fail_job(job, "again", retry_in=1)
    assert database.queue() == {"failed": 1}


def test_a_job_that_kills_its_worker_is_given_up(database, upload):
    now = time.time()
    for attempt in range(MAX_ATTEMPTS + 1):
        job = database.claim_job(now + attempt * (LEASE_SECONDS + 1))
        assert (job is None) == (attempt == MAX_ATTEMPTS)
    assert database.queue() == {"failed": 1}


def test_what_has_no_thumbnail_is_done_and_says_why(client, database, storage, pdf):
    upload = client.post("/uploads", files={"file": ("a.pdf", pdf(50))}).json()["id"]
    assert worker.make_thumbnail(upload, database, storage) == "no thumbnail: application/pdf"
    broken = client.post("/uploads", files={"file": ("a.png", png.SIGNATURE + b"broken" * 9)}).json()["id"]
    assert worker.make_thumbnail(broken, database, storage) == "no thumbnail: not a PNG image"


def filtered(width: int, height: int, rows: list[bytes], colour: int = 2) -> bytes:
    """A PNG from rows that carry their filter byte."""
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")]
    return png.SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def test_all_filters_are_undone():
    image = filtered(
        2,
        5,
        [
            b"\x00" + bytes([10, 20, 30, 40, 50, 60]),
            b"\x01" + bytes([10, 20, 30, 30, 30, 30]),
            b"\x02" + bytes(6),
            b"\x03" + bytes([5, 10, 15, 15, 15, 15]),
            b"\x04" + bytes(6),
        ],
    )
    row = [10, 20, 30, 255, 40, 50, 60, 255]
    assert png.thumbnail(image) == png.encode(2, 5, bytes(row * 5))


def test_a_large_image_becomes_small_and_keeps_its_shape():
    small = png.header(png.thumbnail(png.encode(400, 100, bytes(4) * 40000)))
    assert (small.width, small.height) == (128, 32)


def test_a_small_file_that_claims_to_be_huge_is_not_unfolded():
    with pytest.raises(png.Unsupported, match="at most"):
        png.thumbnail(filtered(60000, 60000, [b"\0"]))
    with pytest.raises(png.Unsupported, match="ends too early"):
        png.thumbnail(filtered(100, 100, [b"\0"]))


def program(settings, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd="/",
        env={"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:///{settings.database}", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_queue_depth_prints_the_depth_and_judges_it(settings, database):
    tool = str(ROOT / "bin" / "queue-depth")
    for number in range(3):
        database.add_upload(Upload(str(number) * 64, 1, "image/png"))
    enough = program(settings, tool, "--max", "3")
    assert (enough.returncode, enough.stdout, enough.stderr) == (0, "3\n", "")
    over = program(settings, tool, "--max", "2")
    assert (over.returncode, over.stdout) == (1, "3\n")
    assert "3 jobs wait or run, expected at most 2" in over.stderr
    settings.database.unlink()
    assert program(settings, tool, "--max", "2").returncode == 2


def test_migrate_and_db_revision_agree(settings):
    migrate, revision = str(ROOT / "bin" / "migrate"), str(ROOT / "bin" / "db-revision")
    assert program(settings, migrate, "up").stdout.splitlines()[-1] == "revision 3"
    assert program(settings, migrate, "down", "1").stdout == "down 0003_dimensions\ndown 0002_jobs\nrevision 1\n"
    assert program(settings, revision).stdout == "1\n"
    assert program(settings, migrate, "down").returncode == 2
