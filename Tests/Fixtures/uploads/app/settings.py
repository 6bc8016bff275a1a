"""The service's settings, read once from the process environment and checked before it starts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app import content

#: Relative paths in settings start here, so that every program finds the same files from any folder.
ROOT = Path(__file__).resolve().parent.parent

LOG_LEVELS = ("debug", "info", "warning", "error")


class SettingsError(Exception):
    """One or more settings are wrong; the message has a line for each."""


@dataclass(frozen=True)
class Settings:
    upload_dir: Path
    database: Path
    max_bytes: int = 10 * 1024 * 1024
    accept: frozenset[str] = frozenset({"image/png", "image/jpeg", "application/pdf"})
    version: str = "development"
    log_level: str = "info"
    #: Signs session cookies. Without one in the environment, sessions end with the process.
    session_secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def accepted(self) -> str:
        """The accepted types in words: `a, b or c`."""
        *most, last = sorted(self.accept)
        return f"{', '.join(most)} or {last}" if most else last

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        problems: list[str] = []
        given: dict[str, object] = {}

        if text := environment.get("UPLOAD_MAX_BYTES"):
            if text.isascii() and text.isdigit() and int(text) > 0:
                given["max_bytes"] = int(text)
            else:
                problems.append(f"UPLOAD_MAX_BYTES is `{text}`; expected a number of bytes above 0")

        if text := environment.get("UPLOAD_ACCEPT"):
            accept = frozenset(name.strip() for name in text.split(",") if name.strip())
            unknown = sorted(accept - content.CHECKS.keys())
            if unknown or not accept:
                problems.append(
                    f"UPLOAD_ACCEPT is `{text}`; expected some of {', '.join(content.CHECKS)}, with commas between"
                )
            given["accept"] = accept

        if text := environment.get("LOG_LEVEL"):
            if text.lower() not in LOG_LEVELS:
                problems.append(f"LOG_LEVEL is `{text}`; expected one of {', '.join(LOG_LEVELS)}")
            given["log_level"] = text.lower()

        if text := environment.get("SESSION_SECRET"):
            if len(text) < 16:
                problems.append(f"SESSION_SECRET has {len(text)} characters; expected 16 or more")
            given["session_secret"] = text.encode()

        try:
            database = database_path(environment)
        except SettingsError as error:
            problems.append(str(error))

        if problems:
            raise SettingsError("\n".join(problems))
        return cls(
            upload_dir=ROOT / (environment.get("UPLOAD_DIR") or "var/uploads"),
            database=database,
            version=environment.get("APP_TAG") or "development",
            **given,
        )


def database_path(environment: Mapping[str, str]) -> Path:
    """The file that DATABASE_URL names: `sqlite:////absolute/path` or `sqlite:///relative/to/the/service`."""
    url = environment.get("DATABASE_URL") or "sqlite:///var/uploads.db"
    scheme, separator, path = url.partition(":///")
    if scheme != "sqlite" or not separator or not path:
        # The value may hold a password: it is not shown.
        raise SettingsError("DATABASE_URL is not understood; expected sqlite:///PATH")
    return ROOT / path
