"""What a file is, judged by its first bytes; its name and its declared type can claim anything."""

from __future__ import annotations

from collections.abc import Callable

#: As many bytes as any check below looks at.
LEADING_BYTES = 16

CHECKS: dict[str, Callable[[bytes], bool]] = {
    "image/png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "image/gif": lambda head: head.startswith((b"GIF87a", b"GIF89a")),
    "image/webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
    "application/pdf": lambda head: head.startswith(b"%PDF-"),
}

SUFFIXES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "application/pdf": "pdf",
}


def content_type(head: bytes) -> str | None:
    """The type of the file that begins with `head`, or None for a file of no known type."""
    return next((name for name, matches in CHECKS.items() if matches(head)), None)
