"""A closed connection has given its file back."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.plan_file.connections import Connection


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
