from __future__ import annotations

import asyncio
import hashlib

import pytest
from conftest import LIMIT

from app.content import content_type
from app.service import FRAMING_BYTES, create_app


def send(client, content: bytes, name: str = "file.bin", declared: str = "application/octet-stream"):
    return client.post("/uploads", files={"file": (name, content, declared)})


def stored_files(settings) -> list[str]:
    return sorted(path.name for path in settings.upload_dir.rglob("*") if path.is_file())


def test_an_upload_is_stored_under_the_hash_of_its_content(client, settings, picture):
    answer = send(client, picture)
    digest = hashlib.sha256(picture).hexdigest()
    assert answer.status_code == 201
    assert answer.json() == {"id": digest, "size": len(picture), "type": "image/png"}
    assert answer.headers["location"] == f"/uploads/{digest}"
    assert stored_files(settings) == [digest]
    assert client.get(answer.headers["location"]).content == picture


def test_the_same_content_twice_is_stored_once(client, settings, database, picture):
    assert send(client, picture, "one.png").json() == send(client, picture, "two.png").json()
    assert len(stored_files(settings)) == 1
    assert database.queue() == {"queued": 1}


@pytest.mark.parametrize(("size", "status"), [(LIMIT - 1, 201), (LIMIT, 201), (LIMIT + 1, 413)])
def test_the_limit_holds_at_the_byte(client, settings, pdf, size, status):
    assert send(client, pdf(size)).status_code == status
    assert len(stored_files(settings)) == (status == 201)


def test_a_declared_length_far_over_the_limit_is_refused_before_the_body_is_read(client, pdf):
    assert send(client, pdf(LIMIT + FRAMING_BYTES + 1)).status_code == 413


def test_an_endless_body_is_not_read_to_its_end(settings, database, storage):
    """With no declared length, the service has to stop at the limit by itself."""
    boundary = "b"
    first = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'.encode()
    reads = 0
    sent = []

    async def receive():
        nonlocal reads
        reads += 1
        assert reads < 100, "the service reads on and on"
        return {"type": "http.request", "body": first if reads == 1 else b"x" * 1024, "more_body": True}

    async def send_message(message):
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/uploads",
        "raw_path": b"/uploads",
        "query_string": b"",
        "headers": [(b"content-type", f"multipart/form-data; boundary={boundary}".encode())],
    }
    asyncio.run(create_app(settings)(scope, receive, send_message))
    assert sent[0]["status"] == 413
    assert reads <= LIMIT / 1024 + 2
    assert stored_files(settings) == []


def test_fields_that_are_not_the_file_cannot_be_endless_either(client):
    data = {"comment": "x" * (LIMIT + FRAMING_BYTES)}
    assert client.post("/uploads", data=data, files={"other": ("a", b"a")}).status_code == 413


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None),
        (b"%PDF-1.7", "application/pdf"),
        (b" %PDF-1.7", None),
        (b"<svg xmlns=", None),
        (b"", None),
    ],
)
def test_content_is_judged_by_its_first_bytes(head, expected):
    assert content_type(head) == expected


@pytest.mark.parametrize("content", [b"#!/bin/sh\n", b"<html><script>alert(1)</script>" * 3, b"GIF89a" + b"\0" * 20])
def test_a_name_and_a_declared_type_do_not_make_a_picture(client, settings, content):
    answer = send(client, content, "picture.png", "image/png")
    assert answer.status_code == 415
    assert "image/png" in answer.json()["error"]["expected"]
    assert stored_files(settings) == []


def test_a_picture_is_accepted_whatever_it_is_called(client, picture):
    assert send(client, picture, "notes.txt", "text/plain").json()["type"] == "image/png"


def test_an_empty_file_is_refused(client):
    answer = send(client, b"")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "the file is empty"


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{}", "application/json", 415),
        (b"", "multipart/form-data", 415),
        (b"nonsense", "multipart/form-data; boundary=b", 400),
        (b"--b--\r\n", "multipart/form-data; boundary=b", 400),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n%PDF-',
            "multipart/form-data; boundary=b",
            400,
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n%PDF-\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            400,
        ),
    ],
)
def test_a_body_that_is_not_one_complete_file_is_refused(client, settings, body, content_type, status):
    answer = client.post("/uploads", content=body, headers={"Content-Type": content_type})
    assert answer.status_code == status
    assert stored_files(settings) == []


def test_two_files_in_one_form_are_refused(client, settings, picture, pdf):
    answer = client.post("/uploads", files=[("file", ("a", picture)), ("file", ("b", pdf(50)))])
    assert answer.status_code == 400
    assert "more than one file" in answer.json()["error"]["message"]
    assert stored_files(settings) == []
