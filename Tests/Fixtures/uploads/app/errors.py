"""What the service says when it says no: what failed, what was expected, whether a retry is safe."""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

log = logging.getLogger("uploads.errors")


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """An answer other than success; `retry_safe` is true when the same request may be sent again."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        expected: str,
        retry_safe: bool,
        retry: str,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.expected = expected
        self.retry_safe = retry_safe
        self.retry = retry
        self.headers = headers or {}

    def body(self, request_id: str) -> dict[str, Any]:
        return {
            "error": {
                "message": self.message,
                "expected": self.expected,
                "retry_safe": self.retry_safe,
                "retry": self.retry,
                "request_id": request_id,
            }
        }


def answer(problem: Problem, request_id: str) -> JSONResponse:
    return JSONResponse(problem.body(request_id), status_code=problem.status, headers=problem.headers)


def unexpected() -> Problem:
    return Problem(
        500,
        "the service failed in a way it did not foresee",
        expected="no failure; the service's log has the details under this request id",
        retry_safe=True,
        retry="safe: an upload is stored whole or not at all, and twice is the same as once",
    )


def from_http(error: HTTPException) -> Problem:
    headers = dict(error.headers or {})
    if error.status_code == 404:
        return Problem(
            404,
            "there is no such page",
            expected="/uploads, /uploads/{id}, /me, /health or /version",
            retry_safe=True,
            retry="safe, but the answer will be the same",
            headers=headers,
        )
    if error.status_code == 405:
        return Problem(
            405,
            "this page does not answer that method",
            expected=f"one of {headers.get('allow') or headers.get('Allow') or 'the methods it has'}",
            retry_safe=True,
            retry="safe, but the answer will be the same",
            headers=headers,
        )
    return Problem(
        error.status_code,
        str(error.detail),
        expected="a request that this service understands",
        retry_safe=error.status_code >= 500,
        retry="safe: nothing was stored" if error.status_code >= 500 else "change the request first",
        headers=headers,
    )


def from_validation(error: RequestValidationError) -> Problem:
    found = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return Problem(
        422,
        f"the request is not valid: {found}",
        expected="a request that this service understands",
        retry_safe=False,
        retry="change the request first",
    )


def from_database(error: sqlite3.Error) -> Problem:
    return Problem(
        503,
        f"the database cannot be used: {error}",
        expected="a reachable database, migrated with bin/migrate up",
        retry_safe=True,
        retry="safe: nothing was recorded",
        headers={"Retry-After": "5"},
    )


def install(app: FastAPI) -> None:
    """Gives every error of `app` the same body, those of the framework included."""

    def request_id(request: Request) -> str:
        return request.scope.get("request_id", "-")

    @app.exception_handler(Problem)
    async def problem(request: Request, error: Problem) -> JSONResponse:
        return answer(error, request_id(request))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        return answer(from_http(error), request_id(request))

    @app.exception_handler(RequestValidationError)
    async def validation(request: Request, error: RequestValidationError) -> JSONResponse:
        return answer(from_validation(error), request_id(request))

    @app.exception_handler(sqlite3.Error)
    async def database(request: Request, error: sqlite3.Error) -> JSONResponse:
        log.error("database error", extra={"fields": {"request_id": request_id(request), "reason": str(error)}})
        return answer(from_database(error), request_id(request))
