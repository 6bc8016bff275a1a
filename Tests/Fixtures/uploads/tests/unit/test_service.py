from __future__ import annotations

import json
import logging
import shutil
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app import migrations, service
from app.logs import JSONLines
from app.service import create_app
from app.settings import Settings, SettingsError


def test_health_is_ok_when_an_upload_could_be_stored(client):
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "version": "1.2.3"})
    assert client.get("/version").json() == {"version": "1.2.3"}


def test_health_fails_without_the_upload_folder(client, settings):
    shutil.rmtree(settings.upload_dir)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert "uploads: No such file or directory" in answer.json()["error"]["message"]


def test_health_fails_without_the_database(client, settings):
    settings.database.unlink()
    assert client.get("/health").status_code == 503
    assert not settings.database.exists()


def test_health_fails_on_a_database_that_is_behind(client, settings):
    migrations.down(settings.database, 2)
    assert "at revision 2, expected 3" in client.get("/health").json()["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("PUT", "/uploads", 405), ("POST", "/uploads", 415), ("GET", "/me", 401)],
)
def test_every_error_says_what_failed_what_was_expected_and_whether_to_retry(client, method, path, status):
    answer = client.request(method, path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"message", "expected", "retry_safe", "retry", "request_id"}
    assert error["request_id"] == answer.headers["x-request-id"]
    assert all(error[key] for key in ("message", "expected", "retry"))
    assert isinstance(error["retry_safe"], bool)


def test_a_database_that_is_not_migrated_is_503_and_safe_to_retry(client, settings, picture):
    migrations.down(settings.database, 0)
    answer = client.post("/uploads", files={"file": ("a.png", picture)})
    assert answer.status_code == 503
    assert answer.json()["error"]["retry_safe"] is True
    assert answer.headers["retry-after"] == "5"


def test_the_first_start_makes_the_database_and_a_later_one_leaves_it_as_it_is(settings):
    with TestClient(create_app(settings)) as client:
        assert client.get("/health").status_code == 200
    migrations.down(settings.database, 1)
    with TestClient(create_app(settings)) as client:
        assert client.get("/health").status_code == 503
    assert migrations.revision(settings.database) == 1


def test_a_database_that_cannot_be_made_does_not_stop_the_service(settings, tmp_path):
    (tmp_path / "file").touch()
    with TestClient(create_app(replace(settings, database=tmp_path / "file" / "uploads.db"))) as client:
        assert client.get("/health").status_code == 503


def test_a_failure_no_one_foresaw_keeps_its_details_to_the_log(client, monkeypatch, caplog):
    monkeypatch.setattr(service.sessions, "user", lambda *_: 1 / 0)
    answer = client.get("/me")
    assert answer.status_code == 500
    assert "division" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("path", ["/health", "/me", "/nowhere", "/version"])
def test_every_answer_has_the_security_headers(client, path):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


def test_the_access_log_names_the_request_and_no_secret(client, caplog):
    caplog.set_level(logging.INFO)
    headers = {"Authorization": "Bearer s3cr3t", "Cookie": "session=s3cr3t", "X-Request-ID": "from-outside.1"}
    answer = client.get("/me?token=s3cr3t", headers=headers)
    assert answer.headers["x-request-id"] == "from-outside.1"
    lines = [JSONLines().format(record) for record in caplog.records if record.name.startswith("uploads")]
    (line,) = [json.loads(line) for line in lines if '"path"' in line]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/me", 401)
    assert line["request_id"] == "from-outside.1"
    assert "s3cr3t" not in "".join(lines)


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "{}", 'a"b'])
def test_a_request_id_that_could_forge_a_log_line_is_replaced(client, given):
    assert client.get("/version", headers={"X-Request-ID": given}).headers["x-request-id"] != given


def test_the_service_starts_and_stops(settings, database):
    with TestClient(create_app(settings)) as client:
        assert client.get("/health").status_code == 200


def test_settings_have_defaults():
    settings = Settings.from_environment({})
    assert settings.max_bytes == 10485760
    assert settings.accept == {"image/png", "image/jpeg", "application/pdf"}
    assert settings.upload_dir.is_absolute()


def test_all_wrong_settings_are_named_at_once_and_no_value_of_a_secret():
    with pytest.raises(SettingsError) as error:
        Settings.from_environment(
            {
                "UPLOAD_MAX_BYTES": "10M",
                "UPLOAD_ACCEPT": "image/png,text/html",
                "LOG_LEVEL": "loud",
                "SESSION_SECRET": "hunter2",
                "DATABASE_URL": "postgres://u:hunter2@host/db",
            }
        )
    message = str(error.value)
    for name in ("UPLOAD_MAX_BYTES", "UPLOAD_ACCEPT", "LOG_LEVEL", "SESSION_SECRET", "DATABASE_URL"):
        assert name in message
    assert "hunter2" not in message
