from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import migrations, png
from app.database import Database
from app.service import create_app
from app.settings import Settings
from app.storage import Storage

LIMIT = 4096


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        upload_dir=tmp_path / "uploads",
        database=tmp_path / "uploads.db",
        max_bytes=LIMIT,
        version="1.2.3",
        session_secret=b"a secret only for tests",
    )


@pytest.fixture
def database(settings: Settings) -> Database:
    migrations.up(settings.database)
    return Database(settings.database)


@pytest.fixture
def storage(settings: Settings) -> Storage:
    storage = Storage(settings.upload_dir)
    storage.prepare()
    return storage


@pytest.fixture
def client(settings: Settings, database: Database, storage: Storage) -> TestClient:
    return TestClient(create_app(settings), raise_server_exceptions=False)


@pytest.fixture
def picture() -> bytes:
    return png.encode(20, 10, bytes(range(200)) * 4)


@pytest.fixture
def pdf() -> Callable[[int], bytes]:
    """A file of exactly so many bytes that begins like a PDF."""
    return lambda size: b"%PDF-1.7\n".ljust(size, b"x")
