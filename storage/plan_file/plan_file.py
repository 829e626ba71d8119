"""The plan file `*.keikaku`: one SQLite database that holds a plan and its log.

Here, in `storage.plan_file.rows` and in `storage.plan_file.migrations` is all the SQL of the
program. An edit is one transaction: the rows of the entities it touched, and its lines in the log.
As long as a plan is open for editing its file is locked: nobody else reads or changes it half-way.
"""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from app.changes.change import ChangeSet
from app.changes.history import Entry, History
from app.changes.merge import KeptConflict
from app.errors import KeikakuError
from app.plan.kinds import KINDS
from app.plan.plan import Plan
from storage import safe_io
from storage.plan_file import rows as plan_rows
from storage.plan_file.entity_rows import columns
from storage.plan_file.gate import (
    SCHEMA,
    InUseError,
    believing,
    damaged,
    in_use,
    journal_of,
    require_no_leftovers,
    require_ours,
    require_plan_file,
    require_writable,
    telling,
    uri,
)
from storage.plan_file.rows import Contents

SUFFIX: Final = ".keikaku"
PATIENCE: Final = 2.0
"""How long (seconds) another edit may take before the file counts as open elsewhere."""

PATIENCE_WITH_STRANGERS: Final = 20.0
"""How long (seconds) looking through a received file may take."""
MOST_BYTES: Final = 20_000_000
"""The longest value that a received file may hold."""

# What an editing connection must have (safety rules, Editing); read back after opening.
_EDITING: Final[Mapping[str, str | int]] = {
    "locking_mode": "exclusive",
    "journal_mode": "truncate",
    "synchronous": 2,
    "foreign_keys": 1,
}
_HARDENED: Final[Mapping[str, str | int]] = {
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}
# What this process has open for editing. On POSIX, closing any other handle on such a file gives
# its lock away, so it must not even be looked at.
_HELD: Final[set[Path]] = set()


class StaleSessionError(KeikakuError):
    """An edit comes from a session that was let go: its plan is not the one that is kept."""

    def __init__(self) -> None:
        super().__init__(
            "この計画は開きなおされているため、前の画面からは書き込めません。計画は元のままです。"
            "いまの画面で、もう一度入力してください。"
        )


class PlanFile:
    """An open plan file: for editing, or (`view`) only for reading. Close it, or use `with`.

    Every method raises KeikakuError where the file cannot be read or written.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use `edit` or `view`."""
        self._path = path
        self._connection = connection
        self._is_closed = False
        self._asked: Sequence[KeptConflict] = ()

    @classmethod
    def edit(cls, path: Path) -> Self:
        """Open for editing and keep others out. An older schema is brought up to date.

        Raises InUseError where somebody else has it open.
        """
        place = _not_held(path)
        version = require_plan_file(place)
        require_writable(place)
        with telling(place), _connected(place, "rw") as connection:
            # An edit that was cut off is taken back here, its journal removed.
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            _set(connection, _EDITING)
            # The lock is taken now and kept: `locking_mode` gives it back only on closing.
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            if version < SCHEMA:
                _migrate(connection)
            _require_whole(connection, place)
            _HELD.add(place)
            return cls(place, connection)

    @classmethod
    def view(cls, path: Path) -> Self:
        """Open for reading; the file is not changed in any way."""
        place = _not_held(path)
        version = require_plan_file(place)
        with telling(place), _connected(place, "ro") as connection:
            if version >= SCHEMA and not _is_half_written(connection):
                # One moment for all tables, whoever may be waiting to write.
                connection.execute("BEGIN")
                _require_whole(connection, place)
                return cls(place, connection)
            connection.close()
        return cls(place, _copy(place))

    @classmethod
    def received(cls, copy: Path, name: Path) -> Self:
        """Open a private copy of a file that came from somewhere, trusting nothing in it.

        Messages name `name`. Raises KeikakuError where it is not whole, not ours, or was
        made by a program so much newer that what it says could be lost.
        """
        version = require_ours(name, safe_io.read_start(copy, 100))
        with telling(name), _connected(copy, "ro&immutable=1") as connection:
            _limit(connection)
            _require_whole(connection, copy)
            if plan_rows.is_too_long(connection):
                raise sqlite3.DatabaseError("rows")
            file = cls(name, connection)
            file.require_signed()
            return file if version >= SCHEMA else cls(name, _brought_up_to_date(connection))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go. Closing twice is no harm."""
        if self._path in _HELD:
            _HELD.discard(self._path)
            _remove_journal(self._connection)
        self._is_closed = True
        self._connection.close()

    @property
    def version(self) -> int:
        """The version of its schema."""
        with telling(self._path):
            (found,) = self._connection.execute("PRAGMA user_version").fetchone()
        return int(found)

    def plan(self) -> Plan:
        """The plan as it was last kept."""
        with telling(self._path), believing(self._path):
            return plan_rows.read_plan(self._connection)

    def history(self) -> History:
        """The log, with what can be undone and redone."""
        with telling(self._path), believing(self._path):
            return History(plan_rows.read_entries(self._connection))

    def conflicts(self) -> tuple[KeptConflict, ...]:
        """Every conflict there ever was, oldest first."""
        with telling(self._path), believing(self._path):
            return tuple(plan_rows.read_conflicts(self._connection))

    def contents(self) -> Contents:
        """All that the file says."""
        with telling(self._path), believing(self._path):
            return plan_rows.read_contents(self._connection)

    def require_signed(self) -> None:
        """Raise KeikakuError unless the rows are those that were there when it was signed."""
        with telling(self._path), believing(self._path):
            if plan_rows.signature(self._connection) != plan_rows.digest(self._connection):
                raise damaged(self._path)

    @contextmanager
    def asking(self, conflicts: Sequence[KeptConflict]) -> Iterator[None]:
        """The edit that is committed within decides on these new conflicts.

        They are kept in the transaction of that edit, if only to note that they are open now.
        """
        self._asked = conflicts
        try:
            yield
        finally:
            self._asked = ()

    def commit(self, entry: Entry, plan: Plan) -> None:
        """Keep an edit (`app.ports.PlanStore`): the rows it touched and its lines in the log.

        Only of a session that goes on with this log: one of an earlier opening, whose plan is
        another, is refused (StaleSessionError), and nothing is written.
        """
        if self._is_closed:
            raise StaleSessionError
        try:
            with telling(self._path), _transaction(self._connection):
                grows = plan_rows.is_last(self._connection, entry)
                if not (grows or plan_rows.is_next(self._connection, entry)):
                    raise StaleSessionError
                plan_rows.unsign(self._connection)
                plan_rows.keep(self._connection, entry.changes.touched(), plan)
                plan_rows.ask(self._connection, self._asked)
                if grows:
                    plan_rows.grow(self._connection, entry)
                else:
                    plan_rows.log(self._connection, [entry])
                plan_rows.decide(self._connection, entry.changes.decisions)
        except UnicodeEncodeError as error:
            raise KeikakuError(
                "保存できない文字（こわれた絵文字など）があるため、保存しませんでした。"
                "計画は元のままです。その文字を消して、もう一度お試しください。"
            ) from error


def create_plan_file(
    path: Path, plan: Plan, label: str, author: str = "", *, overwrite: bool = False
) -> None:
    """Write a plan into a new file, whole or not at all; `label` is the first line of its log.

    With `overwrite` a file of that name is replaced, unless somebody has it open (InUseError).
    Raises KeikakuError where there is one and it may not be replaced, or writing fails.
    """
    if path.exists():
        if not overwrite:
            raise KeikakuError(
                f"「{path.name}」はすでにあるため、作りませんでした。別の名前を指定してください。"
            )
        _require_closed(path)
    opening = Entry(1, datetime.now().astimezone(), author, "open", ChangeSet(label))
    write_plan_file(path, Contents(plan, (opening,)))


def write_plan_file(path: Path, contents: Contents) -> None:
    """Write a file that says all this, signed, whole or not at all."""
    # SQLite would take a journal that lies about for one of the new file, and "mend" it.
    require_no_leftovers(Path(os.path.realpath(path)), journal_too=True)
    with safe_io.replacing(path) as temp, telling(path), _connected(temp, "rwc") as connection:
        # Nobody sees the file before it is whole and synced, so it needs no journal.
        _set(connection, {"journal_mode": "off", "synchronous": 0})
        _migrate(connection)
        with _transaction(connection):
            plan_rows.write_contents(connection, contents)
        connection.close()


def _not_held(path: Path) -> Path:
    """The real place of a file. Raises InUseError where this process has it open for editing."""
    place = Path(os.path.realpath(path))
    if place in _HELD:
        raise in_use(path)
    return place


def _require_closed(path: Path) -> None:
    """Raise InUseError where somebody has the file open; one that is no plan may go."""
    try:
        PlanFile.edit(path).close()
    except InUseError:
        raise
    except KeikakuError:
        return


def _remove_journal(connection: sqlite3.Connection) -> None:
    """Leave no empty journal beside the file (one that could not be removed is no harm)."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _connected(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """A connection that is closed again where getting it ready fails."""
    address = uri(path, mode)
    # A plan is opened by one thread and edited by another: never by two at once.
    connection = sqlite3.connect(
        address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        _set(connection, _HARDENED)
        yield connection
    except BaseException:
        connection.close()
        raise


def _set(connection: sqlite3.Connection, settings: Mapping[str, str | int]) -> None:
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name} = {value}")
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != value:
            raise sqlite3.DatabaseError(f"{name} is {found}")


def _migrate(connection: sqlite3.Connection) -> None:
    # sqlite-utils takes longer to import than a plan to open, and is seldom needed.
    from storage.plan_file.migrations import migrate

    migrate(connection)


def _brought_up_to_date(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A database in memory of the newest schema."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(memory)
    connection.close()
    _migrate(memory)
    _require_columns(memory)
    return memory


def _is_half_written(connection: sqlite3.Connection) -> bool:
    """Whether an edit was cut off, so that reading would first have to take it back."""
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_READONLY_ROLLBACK":
            return True
        raise
    return False


def _copy(place: Path) -> sqlite3.Connection:
    """The database in memory, brought up to date, for a file that reading would change."""
    memory = sqlite3.connect(":memory:")
    with tempfile.TemporaryDirectory() as folder:
        for file in filter(Path.exists, (place, journal_of(place))):
            safe_io.write_bytes(Path(folder, file.name), safe_io.read_bytes(file))
        with PlanFile.edit(Path(folder, place.name)) as copy:
            copy._connection.backup(memory)
    return memory


def _require_whole(connection: sqlite3.Connection, place: Path) -> None:
    """Raise DatabaseError where pages are damaged, ids hang in the air, or tables are not ours."""
    (pages,), (size,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
    )
    if os.stat(place).st_size != pages * size:
        raise sqlite3.DatabaseError("size")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("quick_check")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.DatabaseError("foreign_key_check")
    alien = "SELECT 1 FROM sqlite_master WHERE type IN ('view', 'trigger') OR sql LIKE '%VIRTUAL%'"
    if connection.execute(alien).fetchone():
        raise sqlite3.DatabaseError("views, triggers and virtual tables are not ours")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version >= SCHEMA:
        _require_columns(connection)


def _require_columns(connection: sqlite3.Connection) -> None:
    """Raise DatabaseError where a table lacks a column of the schema of today."""
    for kind in KINDS:
        found = connection.execute(f"PRAGMA table_xinfo({kind})").fetchall()
        plain = {name for _, name, *_, hidden in found if not hidden}
        if not plain.issuperset(columns(kind)):
            raise sqlite3.DatabaseError(f"columns of {kind}")


def _limit(connection: sqlite3.Connection) -> None:
    """No single value may be huge, and nothing may run for ever."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
    end = time.monotonic() + PATIENCE_WITH_STRANGERS
    connection.set_progress_handler(lambda: time.monotonic() > end, 100_000)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
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
