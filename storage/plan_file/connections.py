"""Connections to SQLite: how they are opened and set up, and what a transaction is."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

from storage.plan_file.gate import uri

_HARDENED: Final[Mapping[str, str | int]] = {
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}


class Connection(sqlite3.Connection):
    """Closes its cursors with itself.

    SQLite keeps a file open, and its locks, until the last cursor that was not read to its end is
    closed. One that an exception still refers to would make us find our own file in use.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:
        """As `sqlite3.connect` does, for its `factory`."""
        super().__init__(*args, **settings)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any) -> Any:
        """As `sqlite3.Connection.cursor`."""
        cursor = super().cursor(*args)
        self._cursors.add(cursor)
        return cursor

    def execute(self, *args: Any) -> sqlite3.Cursor:
        """As `sqlite3.Connection.execute`, which asks no `cursor` for its cursor."""
        made: sqlite3.Cursor = self.cursor().execute(*args)
        return made

    def executemany(self, *args: Any) -> sqlite3.Cursor:
        """As `sqlite3.Connection.executemany`."""
        made: sqlite3.Cursor = self.cursor().executemany(*args)
        return made

    def close(self) -> None:
        """Give the file back. Closing twice is no harm."""
        for cursor in tuple(self._cursors):
            cursor.close()
        self._cursors.clear()
        super().close()


@contextmanager
def in_memory() -> Iterator[sqlite3.Connection]:
    """An empty database in memory, closed again if getting it ready fails."""
    connection = Connection(":memory:", isolation_level=None)
    with _closed_on_failure(connection):
        yield connection


@contextmanager
def connected(path: Path, mode: str, patience: float) -> Iterator[sqlite3.Connection]:
    """A connection that is closed again where getting it ready fails.

    It waits `patience` seconds for others. Raises sqlite3.Error.
    """
    address = uri(path, mode)
    # A plan is opened by one thread and edited by another: never by two at once.
    connection = Connection(
        address, uri=True, timeout=patience, isolation_level=None, check_same_thread=False
    )
    with _closed_on_failure(connection):
        configure(connection, _HARDENED)
        yield connection


@contextmanager
def _closed_on_failure(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def configure(connection: sqlite3.Connection, settings: Mapping[str, str | int]) -> None:
    """Set pragmas and read them back. Raises DatabaseError for one that was not taken."""
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name} = {value}")
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != value:
            raise sqlite3.DatabaseError(f"{name} is {found}")


def remove_journal(connection: sqlite3.Connection) -> None:
    """Leave no empty journal beside the file (one that could not be removed is no harm)."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is done within is kept, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Entities come in any order; at COMMIT every parent must be there.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
