from __future__ import annotations

from pathlib import Path

import pytest

from app import migrations
from app.database import Database, Upload

UPLOAD = Upload("a" * 64, 10, "image/png")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uploads.db"


def test_a_database_that_is_not_there_is_at_zero_and_stays_away(path):
    assert migrations.revision(path) == 0
    assert migrations.down(path, 0) == 0
    assert not path.exists()


def test_each_step_up_has_a_way_back(path):
    for number in range(1, migrations.latest() + 1):
        before = migrations.outline(path)
        assert migrations.up(path, number) == number
        assert migrations.outline(path) != before
        assert migrations.down(path, number - 1) == number - 1
        assert migrations.outline(path) == before
        migrations.up(path, number)


def test_both_directions_are_safe_to_run_again(path):
    said: list[str] = []
    assert migrations.up(path) == migrations.up(path, report=said.append) == 3
    assert migrations.down(path, 1) == migrations.down(path, 1, report=said.append) == 1
    assert migrations.down(path, 2, report=said.append) == 1
    assert said == []


def test_going_down_keeps_the_rows_of_the_tables_that_stay(path):
    migrations.up(path)
    Database(path).add_upload(UPLOAD)
    migrations.down(path, 1)
    migrations.up(path)
    assert Database(path).upload(UPLOAD.id) == UPLOAD


def test_a_rehearsal_only_reads_the_database(path, tmp_path):
    migrations.up(path, 1)
    said: list[str] = []
    assert migrations.rehearse(path, tmp_path, report=said.append) == 3
    assert migrations.revision(path) == 1
    assert said == [
        "up 0002_jobs",
        "up 0003_dimensions",
        "down 0003_dimensions",
        "down 0002_jobs",
        "up 0002_jobs",
        "up 0003_dimensions",
    ]


def write(folder: Path, name: str, up: str, down: str) -> None:
    (folder / f"{name}.up.sql").write_text(up)
    (folder / f"{name}.down.sql").write_text(down)


def test_a_migration_that_fails_half_way_leaves_nothing(path, tmp_path):
    write(tmp_path, "0001_good", "CREATE TABLE a (x);", "DROP TABLE a;")
    write(tmp_path, "0002_bad", "CREATE TABLE b (x);\nCREATE TABLE a (x);", "DROP TABLE b;")
    with pytest.raises(migrations.MigrationError, match="from 1 to 2 failed and was undone"):
        migrations.up(path, folder=tmp_path)
    assert migrations.outline(path) == {"a": (["x"], 0)}
    assert migrations.revision(path) == 1


def test_a_way_back_that_loses_rows_fails_the_rehearsal(path, tmp_path):
    write(tmp_path, "0001_a", "CREATE TABLE a (x);\nINSERT INTO a VALUES (1);", "DROP TABLE a;")
    migrations.up(path, folder=tmp_path)
    write(tmp_path, "0002_b", "ALTER TABLE a ADD COLUMN y;", "ALTER TABLE a DROP COLUMN y;\nDELETE FROM a;")
    (tmp_path / "scratch").mkdir()
    with pytest.raises(migrations.MigrationError, match="did not bring back"):
        migrations.rehearse(path, tmp_path / "scratch", folder=tmp_path)
    assert migrations.outline(path) == {"a": (["x"], 1)}


def test_every_migration_needs_a_number_and_a_way_back(tmp_path):
    (tmp_path / "0001_a.up.sql").write_text("CREATE TABLE a (x);")
    with pytest.raises(migrations.MigrationError, match=r"no 0001_a\.down\.sql"):
        migrations.load(tmp_path)
    (tmp_path / "0001_a.down.sql").write_text("DROP TABLE a;")
    write(tmp_path, "0003_c", "CREATE TABLE c (x);", "DROP TABLE c;")
    with pytest.raises(migrations.MigrationError, match="gap"):
        migrations.load(tmp_path)


def test_going_down_with_code_that_is_too_old_is_refused(path, tmp_path):
    migrations.up(path)
    write(tmp_path, "0001_a", "CREATE TABLE a (x);", "DROP TABLE a;")
    with pytest.raises(migrations.MigrationError, match="go down with the version that went up"):
        migrations.down(path, 0, folder=tmp_path)
    assert migrations.revision(path) == 3


def test_a_trigger_is_one_statement():
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM b;\n  DELETE FROM c;\nEND;"
    assert migrations.statements(f"CREATE TABLE a (x);\n{trigger}\n-- the end\n") == ["CREATE TABLE a (x);", trigger]
    with pytest.raises(migrations.MigrationError, match="no end"):
        migrations.statements("CREATE TABLE a (x)")
