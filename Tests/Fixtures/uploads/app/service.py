"""The service's pages."""

from __future__ import annotations

import html
import logging
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

from app import content, errors, logs, migrations, multipart, sessions
from app.database import Database, Upload, connect
from app.errors import Problem
from app.middleware import Requests
from app.settings import Settings
from app.storage import Empty, Storage, TooLarge

log = logging.getLogger("uploads.service")

#: What boundaries, part headers and other fields may add to a body, in bytes.
FRAMING_BYTES = 64 * 1024

PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Cookie"}
# The name of an upload is the hash of its content: what it names can never change.
IMMUTABLE = "public, max-age=31536000, immutable"
UPLOAD_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

UPLOAD_ID = re.compile(r"[0-9a-f]{64}")


def create_app(settings: Settings) -> FastAPI:
    storage = Storage(settings.upload_dir)
    database = Database(settings.database)
    required = migrations.latest()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        logs.configure(settings.log_level)
        storage.prepare()
        try:
            await run_in_threadpool(migrations.prepare, settings.database)
        except (migrations.MigrationError, sqlite3.Error, OSError) as error:
            # It may pass, and `/health` tells meanwhile.
            log.error("no database", extra={"fields": {"reason": str(error)}})
        fields = {"version": settings.version, "max_bytes": settings.max_bytes, "accept": sorted(settings.accept)}
        log.info("started", extra={"fields": fields})
        yield
        log.info("stopped")

    app = FastAPI(title="uploads", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    errors.install(app)
    app.add_middleware(Requests)

    @app.post("/uploads", status_code=201)
    async def upload(request: Request) -> Response:
        declared = request.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared) > settings.max_bytes + FRAMING_BYTES:
            raise too_large(settings)
        try:
            with storage.receive(settings.max_bytes, lambda head: judge(head, settings)) as incoming:
                reader = multipart.FileReader(request.headers.get("content-type"), incoming.feed)
                received = 0
                async for chunk in request.stream():
                    received += len(chunk)
                    await run_in_threadpool(reader.feed, chunk)
                    if received > settings.max_bytes + FRAMING_BYTES:
                        raise TooLarge
                reader.finish()
                upload_id = await run_in_threadpool(incoming.keep)
        except TooLarge:
            raise too_large(settings) from None
        except Empty:
            raise bad_request("the file is empty", "a file with at least one byte") from None
        except multipart.Malformed as error:
            raise bad_request(f"the form cannot be read: {error}", "one complete file in the field `file`") from None
        except multipart.NotMultipart:
            raise Problem(
                415,
                "the request is not a form with a file",
                expected="Content-Type: multipart/form-data with a boundary, and the file in the field `file`",
                retry_safe=True,
                retry="safe, nothing was stored; but the same request will be refused again",
            ) from None
        except OSError as error:
            log.exception("cannot store", extra={"fields": {"request_id": request.scope["request_id"]}})
            raise unavailable(f"the file cannot be stored: {error.strerror or 'input/output error'}") from None

        stored = Upload(upload_id, incoming.size, incoming.type)
        await run_in_threadpool(database.add_upload, stored)
        return JSONResponse(
            {"id": stored.id, "size": stored.size, "type": stored.type},
            status_code=201,
            headers={"Location": f"/uploads/{stored.id}"},
        )

    @app.api_route("/uploads/{upload_id}", methods=["GET", "HEAD"])
    def read(upload_id: str, request: Request) -> Response:
        found = find(upload_id)
        name = f"{found.id}.{content.SUFFIXES[found.type]}"
        return asset(request, storage.path(found.id), etag=f'"{found.id}"', media_type=found.type, name=name)

    @app.api_route("/uploads/{upload_id}/thumbnail", methods=["GET", "HEAD"])
    def thumbnail(upload_id: str, request: Request) -> Response:
        found = find(upload_id)
        path = storage.thumbnail(found.id)
        if not path.exists():
            raise Problem(
                404,
                "this upload has no thumbnail",
                expected="a PNG image whose thumbnail the worker has made",
                retry_safe=True,
                retry="safe: it may be made in a moment",
            )
        etag = f'"{found.id}-thumbnail"'
        return asset(request, path, etag=etag, media_type="image/png", name=f"{found.id}-thumbnail.png")

    @app.get("/me")
    def me(request: Request) -> Response:
        name = sessions.user(request.cookies.get(sessions.COOKIE), settings.session_secret)
        if name is None:
            raise Problem(
                401,
                "nobody is logged in",
                expected=f"a valid cookie `{sessions.COOKIE}`",
                retry_safe=True,
                retry="safe, after logging in",
                headers=PRIVATE,
            )
        page = f"<!doctype html>\n<title>Your uploads</title>\n<p>Logged in as {html.escape(name)}</p>\n"
        return HTMLResponse(page, headers=PRIVATE)

    @app.get("/health")
    def health() -> Response:
        checks = {"uploads": reason(storage.check), "database": reason(check_database)}
        if all(why is None for why in checks.values()):
            return JSONResponse({"status": "ok", "version": settings.version})
        found = "; ".join(f"{name}: {why}" for name, why in checks.items() if why)
        log.error("not healthy", extra={"fields": {"found": found}})
        raise unavailable(found)

    @app.get("/version")
    def version() -> dict[str, Any]:
        return {"version": settings.version}

    def find(upload_id: str) -> Upload:
        found = database.upload(upload_id) if UPLOAD_ID.fullmatch(upload_id) else None
        if found is None or not storage.path(found.id).exists():
            raise Problem(
                404,
                "there is no such upload",
                expected="the id from the answer to POST /uploads",
                retry_safe=True,
                retry="safe, but the answer will be the same until this content is uploaded",
            )
        return found

    def check_database() -> None:
        with closing(connect(settings.database)) as connection:
            # Newer is fine: after a rollback, an older version runs on a newer schema.
            found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found < required:
            raise RuntimeError(f"at revision {found}, expected {required} or later (bin/migrate up)")

    return app


def judge(head: bytes, settings: Settings) -> str:
    found = content.content_type(head)
    if found not in settings.accept:
        raise Problem(
            415,
            f"the file is {found}" if found else "the file is of no known type",
            expected=f"{settings.accepted}, judged by the first bytes of the file",
            retry_safe=True,
            retry="safe, nothing was stored; but the same file will be refused again",
        )
    return found


def too_large(settings: Settings) -> Problem:
    return Problem(
        413,
        f"the file is larger than {settings.max_bytes} bytes",
        expected=f"at most {settings.max_bytes} bytes",
        retry_safe=True,
        retry="safe, nothing was stored; but the same file will be refused again",
    )


def bad_request(message: str, expected: str) -> Problem:
    return Problem(400, message, expected=expected, retry_safe=True, retry="safe: nothing was stored")


def unavailable(message: str) -> Problem:
    return Problem(
        503,
        message,
        expected="a writable upload folder and a reachable, migrated database",
        retry_safe=True,
        retry="safe: nothing was recorded",
        headers={"Retry-After": "5"},
    )


def reason(check: Any) -> str | None:
    """Why `check` failed, or None when it holds."""
    try:
        check()
    except Exception as error:
        return getattr(error, "strerror", None) or str(error)
    return None


def asset(request: Request, path: Path, *, etag: str, media_type: str, name: str) -> Response:
    headers = {
        "ETag": etag,
        "Cache-Control": IMMUTABLE,
        "Content-Security-Policy": UPLOAD_POLICY,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=media_type, headers=headers, filename=name, content_disposition_type="inline")


def matches(if_none_match: str | None, etag: str) -> bool:
    """The weak comparison of RFC 9110, section 13.1.2."""
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag in tags
