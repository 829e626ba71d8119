"""A closed connection has given its file back."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage.plan_file import connections, plan_file
from storage.plan_file.connections import Connection
from storage.plan_file.gate import SCHEMA
from storage.plan_file.plan_file import PlanFile
from tests.storage.plan_files import a_plan_file


@pytest.mark.parametrize(
    "rows",
    [
        lambda connection: connection.execute("SELECT * FROM t"),
        lambda connection: connection.cursor().execute("SELECT * FROM t"),
    ],
)
def test_rows_that_are_half_read_do_not_hold_the_file(
    tmp_path: Path, rows: Callable[[sqlite3.Connection], sqlite3.Cursor]
) -> None:
    path = tmp_path / "t.sqlite3"
    other = Connection(path, isolation_level=None, timeout=0.0)
    other.execute("CREATE TABLE t (a)")
    other.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(9)])

    reading = Connection(path, isolation_level=None)
    half_read = rows(reading)
    assert next(half_read) == (0,)
    reading.close()
    reading.close()

    other.execute("BEGIN EXCLUSIVE")
    other.close()


@pytest.mark.parametrize(
    "opening", [PlanFile.view, PlanFile.edit, lambda path: PlanFile.received(path, path)]
)
def test_a_file_that_cannot_be_brought_up_to_date_leaves_no_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opening: Callable[[Path], PlanFile]
) -> None:
    made: list[Connection] = []

    class Watched(Connection):
        def __init__(self, *args: object, **settings: object) -> None:
            super().__init__(*args, **settings)
            made.append(self)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("SELECT nothing")

    path = a_plan_file(tmp_path)
    monkeypatch.setattr(plan_file, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(connections, "Connection", Watched)
    monkeypatch.setattr(plan_file, "_migrate", fail)
    with pytest.raises(KeikakuError):
        opening(path)
    assert made
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
