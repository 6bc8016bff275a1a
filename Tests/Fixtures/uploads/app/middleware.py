"""What every request gets: an id, a line in the access log, security headers, and an answer whatever happens."""

from __future__ import annotations

import logging
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import errors

access = logging.getLogger("uploads.access")

#: An id from outside is taken over only in this shape: it ends up in the log and in an answer.
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    # Answers are private until their page says otherwise.
    "Cache-Control": "no-store",
}


class Requests:
    """Request id, access log, security headers; outermost, so that no answer escapes it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope["request_id"] = request_id
        started = time.monotonic()
        status, sent = 0, 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except ClientDisconnect:
            status = 499  # nobody is there to answer; the number is for the log
        except Exception:
            access.exception("unexpected error", extra={"fields": {"request_id": request_id}})
            if status:
                raise  # the answer has begun: all that is left is to break it off
            await errors.answer(errors.unexpected(), request_id)(scope, receive, send_with_headers)
        finally:
            # The path without the query string: a query may carry a token.
            fields = {
                "request_id": request_id,
                "client": (scope.get("client") or ("-",))[0],
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "sent_bytes": sent,
                "duration_ms": round((time.monotonic() - started) * 1000, 1),
            }
            level = logging.DEBUG if scope["path"] == "/health" and status == 200 else logging.INFO
            access.log(level, "request", extra={"fields": fields})
