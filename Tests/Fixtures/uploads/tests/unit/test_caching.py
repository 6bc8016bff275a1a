from __future__ import annotations

import time

import pytest

from app import sessions
from app.service import matches


@pytest.fixture
def location(client, picture) -> str:
    return client.post("/uploads", files={"file": ("a.png", picture)}).headers["location"]


def test_an_upload_may_be_kept_forever(client, location, picture):
    answer = client.get(location)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["etag"] == f'"{location.rpartition("/")[2]}"'
    assert answer.headers["content-type"] == "image/png"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert client.head(location).headers["content-length"] == str(len(picture))


def test_a_client_that_has_it_gets_304_without_a_body(client, location):
    etag = client.get(location).headers["etag"]
    answer = client.get(location, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == etag
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [(None, False), ('"a"', True), ('W/"a"', True), ('"x", "a"', True), ("*", True), ('"b"', False), ("a", False)],
)
def test_if_none_match_is_compared_weakly(given, expected):
    assert matches(given, '"a"') is expected


@pytest.mark.parametrize("path", ["/uploads/" + "0" * 64, "/uploads/..%2f..%2fetc%2fpasswd", "/uploads/x", "/nowhere"])
def test_what_is_not_there_is_not_cached(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


def test_the_page_of_a_person_is_never_stored(client, settings):
    client.cookies.set(sessions.COOKIE, sessions.issue("Ada <3", settings.session_secret))
    answer = client.get("/me")
    assert answer.status_code == 200
    assert "Ada &lt;3" in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["vary"] == "Cookie"


def test_neither_is_the_answer_to_an_anonymous_request(client):
    answer = client.get("/me")
    assert answer.status_code == 401
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["vary"] == "Cookie"


def test_a_session_is_valid_until_it_expires_and_only_as_it_was_signed():
    secret, now = b"secret", time.time()
    cookie = sessions.issue("ada", secret, now=now, lifetime=60)
    assert sessions.user(cookie, secret, now=now + 59) == "ada"
    assert sessions.user(cookie, secret, now=now + 60) is None
    assert sessions.user(cookie, b"other", now=now) is None
    name, _, rest = cookie.partition(".")
    assert sessions.user(f"{name}x.{rest}", secret, now=now) is None
    for broken in (None, "", "a.b", "a.b.c", "a.b.c.d", "é.1.ü"):
        assert sessions.user(broken, secret) is None
