"""Signed session cookies. `python -m app.sessions NAME` prints one, for checks that need to be logged in."""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import hmac
import os
import sys
import time

COOKIE = "session"
LIFETIME_SECONDS = 12 * 60 * 60


def issue(name: str, secret: bytes, *, now: float | None = None, lifetime: int = LIFETIME_SECONDS) -> str:
    expires = int(time.time() if now is None else now) + lifetime
    payload = f"{base64.urlsafe_b64encode(name.encode()).decode().rstrip('=')}.{expires}"
    return f"{payload}.{_sign(payload, secret)}"


def user(cookie: str | None, secret: bytes, *, now: float | None = None) -> str | None:
    """The name in a cookie that this service has signed and that has not expired."""
    if not cookie or cookie.count(".") != 2:
        return None
    payload, _, signature = cookie.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _sign(payload, secret).encode()):
        return None
    name, _, expires = payload.partition(".")
    if int(expires) <= (time.time() if now is None else now):
        return None
    try:
        return base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None


def _sign(payload: str, secret: bytes) -> str:
    return hmac.new(secret, payload.encode(), hashlib.sha256).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m app.sessions", description="Prints a session cookie's value.")
    parser.add_argument("name")
    arguments = parser.parse_args()
    secret = os.environ.get("SESSION_SECRET", "")
    if len(secret) < 16:
        print(  # noqa: T201
            "error: SESSION_SECRET is not set or too short\n"
            "  expected: the secret that the service runs with, 16 characters or more\n"
            "  retry: safe",
            file=sys.stderr,
        )
        return 1
    print(issue(arguments.name, secret.encode()))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
