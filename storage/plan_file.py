"""The plan file `*.keikaku`: one SQLite database that holds a plan and its log.

Here and in `storage.migrations` is all the SQL of the program. An edit is one transaction:
the rows of the entities it touched, and its lines in the log. As long as a plan is open for
editing its file is locked: nobody else reads or changes it half-way.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, Self

from app import VERSION
from app.changes.change import Change, ChangeSet
from app.changes.history import Entry, History
from app.errors import KeikakuError
from app.plan.checks import problems
from app.plan.entities import ENTITY_KINDS
from app.plan.plan import Plan, plan_of
from storage import safe_io
from storage.entity_rows import columns, entity_of, row_of, value_json, value_of
from storage.file_gate import (
    SCHEMA,
    InUseError,
    believing,
    in_use,
    journal_of,
    require_no_leftovers,
    require_plan_file,
    require_writable,
    telling,
    uri,
)

SUFFIX: Final = ".keikaku"
PATIENCE: Final = 2.0
"""How long (seconds) another edit may take before the file counts as open elsewhere."""

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
}
# What this process has open for editing. On POSIX, closing any other handle on such a file gives
# its lock away, so it must not even be looked at.
_HELD: Final[set[Path]] = set()


class PlanFile:
    """An open plan file: for editing, or (`view`) only for reading. Close it, or use `with`.

    Every method raises KeikakuError where the file cannot be read or written.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use `edit` or `view`."""
        self._path = path
        self._connection = connection

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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go. Closing twice is no harm."""
        if self._path in _HELD:
            _HELD.discard(self._path)
            _remove_journal(self._connection)
        self._connection.close()

    def plan(self) -> Plan:
        """The plan as it was last kept."""
        with telling(self._path), believing(self._path):
            entities = {kind: self._entities(kind) for kind in ENTITY_KINDS}
            (profile,) = entities["profile"]
            plan = plan_of(profile, entities)
            if problem := next(problems(plan), None):
                raise ValueError(problem)
        return plan

    def history(self) -> History:
        """The log, with what can be undone and redone."""
        with telling(self._path), believing(self._path):
            return History(self._entries())

    def commit(self, entry: Entry, plan: Plan) -> None:
        """Keep an edit (`app.ports.PlanStore`): the rows it touched and its lines in the log."""
        try:
            with telling(self._path), _transaction(self._connection):
                _keep(self._connection, entry.changes.touched(), plan)
                _log(self._connection, entry)
        except UnicodeEncodeError as error:
            raise KeikakuError(
                "保存できない文字（壊れた絵文字など）があるため、保存しませんでした。"
                "計画は元のままです。その文字を消して、もう一度お試しください。"
            ) from error

    def _entities(self, kind: str) -> list[Any]:
        rows = self._connection.execute(f"SELECT {_names(kind)} FROM {kind} ORDER BY rowid")
        return [entity_of(kind, row) for row in rows]

    def _entries(self) -> Iterator[Entry]:
        changes = self._changes()
        heads = self._connection.execute(
            "SELECT sequence, at, author, action, target, label FROM change_set ORDER BY sequence"
        )
        for sequence, at, author, action, target, label in heads:
            changed = ChangeSet(label, changes.get(sequence, ()))
            yield Entry(sequence, datetime.fromisoformat(at), author, action, changed, target)

    def _changes(self) -> dict[int, tuple[Change, ...]]:
        rows = self._connection.execute(
            "SELECT sequence, entity, entity_id, field, before, after FROM change"
            " ORDER BY sequence, ordinal"
        )
        return {
            sequence: tuple(
                Change(kind, id, field, value_of(kind, before), value_of(kind, after))
                for _, kind, id, field, before, after in group
            )
            for sequence, group in groupby(rows, itemgetter(0))
        }


def create_plan_file(
    path: Path, plan: Plan, label: str, author: str = "", *, overwrite: bool = False
) -> None:
    """Write a plan into a new file, whole or not at all; `label` is the first line of its log.

    With `overwrite` a file of that name is replaced, unless somebody has it open (InUseError).
    """
    if path.exists():
        if not overwrite:
            raise KeikakuError(
                f"「{path.name}」はすでにあるため、作りませんでした。別の名前を指定してください。"
            )
        _require_closed(path)
    # SQLite would take a journal that lies about for one of the new file, and "mend" it.
    require_no_leftovers(Path(os.path.realpath(path)), journal_too=True)
    opening = Entry(1, datetime.now().astimezone(), author, "open", ChangeSet(label))
    with safe_io.replacing(path) as temp, telling(path), _connected(temp, "rwc") as connection:
        # Nobody sees the file before it is whole and synced, so it needs no journal.
        _set(connection, {"journal_mode": "off", "synchronous": 0})
        _migrate(connection)
        with _transaction(connection):
            everything = ((kind, id) for kind in ENTITY_KINDS for id in plan.table(kind))
            _keep(connection, everything, plan)
            _log(connection, opening)
            _sign(connection, plan)
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
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
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
    from storage.migrations import migrate

    migrate(connection)


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
    for kind in ENTITY_KINDS:
        found = connection.execute(f"PRAGMA table_xinfo({kind})").fetchall()
        plain = {name for _, name, *_, hidden in found if not hidden}
        if not plain.issuperset(columns(kind)):
            raise sqlite3.DatabaseError(f"columns of {kind}")


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


def _keep(connection: sqlite3.Connection, touched: Iterable[tuple[str, str]], plan: Plan) -> None:
    """Make the rows of the entities `touched` (kind, id) what they are in the plan."""
    for kind, pairs in groupby(sorted(touched, key=itemgetter(0)), itemgetter(0)):
        table = plan.table(kind)
        ids = [id for _, id in pairs]
        kept = [row_of(kind, table[id]) for id in ids if id in table]
        connection.executemany(_upsert(kind), kept)
        gone = [(id,) for id in ids if id not in table]
        connection.executemany(f"DELETE FROM {kind} WHERE id = ?", gone)


def _names(kind: str) -> str:
    return ", ".join(f'"{name}"' for name in columns(kind))


@cache
def _upsert(kind: str) -> str:
    """Columns of a newer minor version, which this program does not know, keep what they hold."""
    places = ", ".join("?" for _ in columns(kind))
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in columns(kind))
    values = f"INSERT INTO {kind} ({_names(kind)}) VALUES ({places})"
    return f"{values} ON CONFLICT (id) DO UPDATE SET {updates}"


def _log(connection: sqlite3.Connection, entry: Entry) -> None:
    connection.execute(
        "INSERT INTO change_set (sequence, at, author, action, target, label)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(entry.sequence, entry.at.isoformat(), entry.author),
            *(entry.action, entry.target, entry.changes.label),
        ),
    )
    connection.executemany(
        "INSERT INTO change (sequence, ordinal, entity, entity_id, field, before, after)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(entry.sequence, ordinal, change.entity, change.id, change.field),
                *(value_json(change.before), value_json(change.after)),
            )
            for ordinal, change in enumerate(entry.changes)
        ],
    )


def _sign(connection: sqlite3.Connection, plan: Plan) -> None:
    """What stands in the manifest: which plan, in which format, made by which program."""
    manifest = {
        "format": "keikaku-plan-file",
        "plan": plan.profile.id,
        "made_by": f"keikaku-kanban {VERSION}",
    }
    connection.executemany("INSERT INTO manifest (key, value) VALUES (?, ?)", manifest.items())
