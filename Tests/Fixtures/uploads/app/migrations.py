"""Numbered, reversible changes of the database: `migrations/NNNN_name.up.sql` and `.down.sql`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.database import connect
from app.settings import ROOT

FOLDER = ROOT / "migrations"

Report = Callable[[str], None]


class MigrationError(Exception):
    """The migrations or the database are not what they should be; nothing of the failed one was kept."""


@dataclass(frozen=True)
class Migration:
    number: int
    name: str
    up: str
    down: str


def load(folder: Path = FOLDER) -> list[Migration]:
    """All migrations in order; each has both directions, and the numbers are 1, 2, 3, …"""
    migrations = []
    for path in sorted(folder.glob("*.up.sql")):
        name = path.name.removesuffix(".up.sql")
        if not (match := re.fullmatch(r"(\d{4})_\w+", name)):
            raise MigrationError(f"{path.name} is not named NNNN_name.up.sql")
        down = folder / f"{name}.down.sql"
        if not down.exists():
            raise MigrationError(f"{path.name} has no {down.name}: every migration must be reversible")
        migrations.append(Migration(int(match[1]), name, path.read_text(), down.read_text()))
    if [migration.number for migration in migrations] != list(range(1, len(migrations) + 1)):
        raise MigrationError(f"the migrations are not numbered 0001 to {len(migrations):04} without a gap")
    return migrations


def latest(folder: Path = FOLDER) -> int:
    return len(load(folder))


def revision(database: Path) -> int:
    """The number of the last applied migration; 0 for a database that is empty or not there."""
    if not database.exists():
        return 0
    with closing(connect(database)) as connection:
        return _revision(connection)


def up(database: Path, to: int | None = None, *, folder: Path = FOLDER, report: Report = lambda _: None) -> int:
    """Applies what is missing, each migration in its own transaction. Safe to run again."""
    migrations = load(folder)
    target = len(migrations) if to is None else to
    if target > len(migrations):
        raise MigrationError(f"there is no migration {target}; the last one is {len(migrations)}")
    database.parent.mkdir(parents=True, exist_ok=True)
    with closing(connect(database, create=True)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for migration in migrations[:target]:
            if _apply(connection, migration.up, before=migration.number - 1, after=migration.number):
                report(f"up {migration.name}")
        return _revision(connection)


def prepare(database: Path) -> bool:
    """Makes the database where there is none at all, so that a first start needs nothing done before it.

    One that is there is left as it is, whatever its revision: moving it is a step of a release, with a way back.
    """
    if database.exists():
        return False
    up(database)
    return True


def down(database: Path, to: int, *, folder: Path = FOLDER, report: Report = lambda _: None) -> int:
    """Reverts everything above `to`, newest first. Safe to run again."""
    if not database.exists():
        return 0
    migrations = load(folder)
    with closing(connect(database)) as connection:
        current = _revision(connection)
        if current > max(to, len(migrations)):
            raise MigrationError(
                f"the database is at {current}, but only {len(migrations)} migrations are here: "
                "go down with the version that went up"
            )
        for migration in reversed(migrations[to:]):
            if _apply(connection, migration.down, before=migration.number, after=migration.number - 1):
                report(f"down {migration.name}")
        return _revision(connection)


def rehearse(database: Path, scratch: Path, *, folder: Path = FOLDER, report: Report = lambda _: None) -> int:
    """Goes up, down and up again on a copy in `scratch`; the database itself is only read.

    Raises `MigrationError` when the way back does not bring back the schema and the number of rows of each table.
    """
    copy = scratch / "copy.db"
    if database.exists():
        with closing(connect(database)) as source, closing(connect(copy, create=True)) as target:
            source.backup(target)
    before, start = outline(copy), revision(copy)
    reached = up(copy, folder=folder, report=report)
    down(copy, start, folder=folder, report=report)
    if (after := outline(copy)) != before:
        raise MigrationError(f"going down to {start} did not bring back what was there: {before} became {after}")
    up(copy, folder=folder, report=report)
    return reached


def outline(database: Path) -> dict[str, tuple[list[str], int]]:
    """For each table its columns and its number of rows."""
    if not database.exists():
        return {}
    with closing(connect(database)) as connection:
        tables = [
            row["name"]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
        ]
        return {
            table: (
                [row["name"] for row in connection.execute(f'PRAGMA table_info("{table}")')],
                connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0],  # noqa: S608
            )
            for table in tables
        }


def _revision(connection: sqlite3.Connection) -> int:
    # The file's own version number: it is part of the transaction, like everything else in the file.
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _apply(connection: sqlite3.Connection, script: str, *, before: int, after: int) -> bool:
    """Runs `script` when the database is at `before`; two processes that race apply it once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = _revision(connection)
        if found == before:
            for statement in statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {after:d}")
    except BaseException as error:
        connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.Error):
            raise MigrationError(f"going from {before} to {after} failed and was undone: {error}") from error
        raise
    connection.execute("COMMIT")
    return found == before


def statements(script: str) -> list[str]:
    """The statements of `script`, triggers kept whole."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    if any(line.strip() and not line.strip().startswith("--") for line in pending.splitlines()):
        raise MigrationError(f"this statement has no end, expected a semicolon: {pending.strip()}")
    return found
