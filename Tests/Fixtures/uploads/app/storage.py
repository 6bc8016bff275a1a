"""Files under UPLOAD_DIR, named by the SHA-256 of their content."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.content import LEADING_BYTES


class Storage:
    """A file appears under its final name whole or not at all, also when the machine stops half way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.incoming = folder / ".incoming"

    def prepare(self) -> None:
        self.incoming.mkdir(parents=True, exist_ok=True)

    def check(self) -> None:
        """Raises `OSError` when a file could not be stored now."""
        with tempfile.TemporaryFile(dir=self.incoming) as file:
            file.write(b"health")
            file.flush()

    def path(self, upload_id: str) -> Path:
        return self.folder / upload_id[:2] / upload_id

    def thumbnail(self, upload_id: str) -> Path:
        return self.folder / "thumbnails" / upload_id[:2] / f"{upload_id}.png"

    def write(self, path: Path, data: bytes) -> None:
        """Writes a small file atomically."""
        descriptor, name = tempfile.mkstemp(dir=self.incoming)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(descriptor)
            publish(Path(name), path)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()

    def receive(self, limit: int, judge: Callable[[bytes], str]) -> Incoming:
        return Incoming(self, limit, judge)


class TooLarge(Exception):  # noqa: N818
    """The file has more bytes than the limit; the rest was not read."""


class Empty(Exception):  # noqa: N818
    """The file has no bytes."""


class Incoming:
    """A file while it arrives. Use as a context manager: what is not kept is removed.

    `judge` gets the leading bytes as soon as they are there, and answers the type or raises.
    """

    def __init__(self, storage: Storage, limit: int, judge: Callable[[bytes], str]) -> None:
        self.size = 0
        self.type: str | None = None
        self._storage = storage
        self._limit = limit
        self._judge = judge
        self._head = b""
        self._hash = hashlib.sha256()
        descriptor, name = tempfile.mkstemp(dir=storage.incoming)
        self._file = os.fdopen(descriptor, "wb")
        self._path = Path(name)

    def __enter__(self) -> Incoming:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        with suppress(FileNotFoundError):
            self._path.unlink()

    def feed(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > self._limit:
            raise TooLarge
        if self.type is None:
            self._head += data[: LEADING_BYTES - len(self._head)]
            if len(self._head) == LEADING_BYTES:
                self.type = self._judge(self._head)
        self._hash.update(data)
        self._file.write(data)

    def keep(self) -> str:
        """Moves the file to its place and answers its id."""
        if self.size == 0:
            raise Empty
        if self.type is None:
            self.type = self._judge(self._head)
        self._file.flush()
        os.fsync(self._file.fileno())
        upload_id = self._hash.hexdigest()
        publish(self._path, self._storage.path(upload_id))
        return upload_id


def publish(source: Path, destination: Path) -> None:
    """Renames a finished file into place, and makes the new name durable."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    source.chmod(0o640)
    source.replace(destination)
    descriptor = os.open(destination.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
