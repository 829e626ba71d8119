"""The plan file `*.keikaku`: one SQLite database that holds a plan and its log.

All the SQL of the program is in this folder. An edit is one transaction: the rows of the entities
it touched, and its lines in the log. As long as a plan is open for editing its file is locked:
nobody else reads or changes it half-way.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from app.changes.change import ChangeSet
from app.changes.history import Entry, History, new_id
from app.changes.merge import KeptConflict
from app.changes.parting.state_name import StateName
from app.errors import KeikakuError
from app.plan.plan import Plan
from storage import safe_io
from storage.plan_file import connections, log_rows
from storage.plan_file import rows as plan_rows
from storage.plan_file.connections import configure, connected, in_memory, transaction
from storage.plan_file.gate import (
    SCHEMA,
    InUseError,
    StaleSessionError,
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
from storage.plan_file.integrity import (
    is_half_written,
    lift_limit,
    limit,
    require_columns,
    require_moderate,
    require_small,
    require_whole,
)
from storage.plan_file.rows import Contents

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
Trust = Callable[[str], bool]
"""Whether a plan (its id) is one that this PC knows: limits for strangers are none for it."""
# What this process has open for editing. On POSIX, closing any other handle on such a file gives
# its lock away, so it must not even be looked at.
_HELD: Final[set[Path]] = set()


@dataclass(frozen=True, slots=True)
class Outline:
    """Of a plan file: the id of its plan, the last entry of its log, rows of its longest table."""

    plan: str
    last: int
    rows: int


class PlanFile:
    """An open plan file: for editing, or (`view`) only for reading. Close it, or use `with`.

    Every method raises KeikakuError where the file cannot be read or written.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use `edit` or `view`."""
        self._path = path
        self._connection = connection
        self._is_closed = False
        self._copy: Path | None = None
        self._asked: Sequence[KeptConflict] = ()

    @classmethod
    def edit(cls, path: Path) -> Self:
        """Open for editing and keep others out. An older schema is brought up to date.

        Raises InUseError where somebody else has it open.
        """
        place = _not_held(path)
        version = require_plan_file(place)
        require_writable(place)
        with telling(place), believing(place), connected(place, "rw", PATIENCE) as connection:
            # An edit that was cut off is taken back here, its journal removed.
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            configure(connection, _EDITING)
            # The lock is taken now and kept: `locking_mode` gives it back only on closing.
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            if version < SCHEMA:
                _migrate(connection)
            require_whole(connection, place)
            _HELD.add(place)
            return cls(place, connection)

    @classmethod
    def view(cls, path: Path) -> Self:
        """Open for reading; the file is not changed in any way."""
        place = _not_held(path)
        version = require_plan_file(place)
        require_small(place, place)
        with telling(place), connected(place, "ro", PATIENCE) as connection:
            if version >= SCHEMA and not is_half_written(connection):
                # One moment for all tables, whoever may be waiting to write.
                connection.execute("BEGIN")
                require_whole(connection, place)
                return cls(place, connection)
            connection.close()
        return cls(place, _copy(place))

    @classmethod
    def received(cls, copy: Path, name: Path, trusts: Trust = lambda plan: False) -> Self:
        """Open a private copy of a file that came from somewhere, trusting nothing in it.

        Messages name `name`. Raises KeikakuError where it is not whole, not ours, was made by a
        program so much newer that what it says could be lost, or is larger than one of a plan
        may be that nobody here knows.
        """
        version = require_ours(name, safe_io.read_start(copy, 100))
        with (
            telling(name),
            believing(name),
            connected(copy, "ro&immutable=1", PATIENCE) as connection,
        ):
            limit(connection)
            if trusts(plan_rows.plan_id(connection)):
                lift_limit(connection)
            else:
                require_moderate(connection, copy, name)
            require_whole(connection, copy)
            file = cls(name, connection)
            file.require_signed()
            if version < SCHEMA:
                return cls(name, _brought_up_to_date(connection))
            file._copy = copy
            return file

    @classmethod
    def ours(cls, copy: Path, name: Path) -> Self:
        """The same for what this program has written itself, however large it is."""
        return cls.received(copy, name, lambda plan: True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go. Closing twice is no harm."""
        if self._path in _HELD:
            _HELD.discard(self._path)
            connections.remove_journal(self._connection)
        self._is_closed = True
        self._connection.close()

    @property
    def version(self) -> int:
        """The version of its schema."""
        with telling(self._path):
            (found,) = self._connection.execute("PRAGMA user_version").fetchone()
        return int(found)

    def outline(self) -> Outline:
        """What it is a file of, and how long."""
        with telling(self._path), believing(self._path):
            return Outline(
                plan_rows.plan_id(self._connection),
                log_rows.last_sequence(self._connection),
                plan_rows.most_rows(self._connection),
            )

    def plan(self) -> Plan:
        """The plan as it was last kept."""
        with telling(self._path), believing(self._path):
            return plan_rows.read_plan(self._connection)

    def history(self) -> History:
        """The log, with what can be undone and redone."""
        with telling(self._path), believing(self._path):
            log_rows.require_log(self._connection)
            return History(log_rows.read_entries(self._connection))

    def conflicts(self) -> tuple[KeptConflict, ...]:
        """Every conflict there ever was, oldest first."""
        with telling(self._path), believing(self._path):
            return tuple(plan_rows.read_conflicts(self._connection))

    def contents(self) -> Contents:
        """All that the file says."""
        with telling(self._path), believing(self._path):
            return plan_rows.read_contents(self._connection)

    def copy_to(self, path: Path) -> None:
        """Write a file to be edited with the rows of this one, which was received.

        It is a database of our own schema: what does not fit into that raises DamagedError.
        """
        if self._copy is None:
            write_plan_file(path, self.contents())
            return
        with _new_file(path) as connection:
            _attach(connection, self._copy)
            with transaction(connection):
                plan_rows.copy_contents(connection)

    def says(self, contents: Contents, known: int) -> bool:
        """Whether it says all this; the log up to the entry `known` was copied, and is counted."""
        with telling(self._path), believing(self._path):
            connection = self._connection
            written = tuple(log_rows.read_entries(connection, known))
            is_all = log_rows.count(connection) == len(contents.entries)
            is_same = written == contents.entries[len(contents.entries) - len(written) :]
            return is_all and is_same and plan_rows.says(connection, contents)

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
            with telling(self._path), transaction(self._connection):
                grows = log_rows.is_last(self._connection, entry)
                if not (grows or log_rows.is_next(self._connection, entry)):
                    raise StaleSessionError
                plan_rows.unsign(self._connection)
                plan_rows.keep(self._connection, entry.changes.touched(), plan)
                plan_rows.ask(self._connection, self._asked)
                if grows:
                    log_rows.grow(self._connection, entry)
                else:
                    log_rows.log(self._connection, [entry])
                plan_rows.decide(self._connection, entry.changes.decisions)
        except UnicodeEncodeError as error:
            raise KeikakuError(
                "保存できない文字（こわれた絵文字など）があるため、保存しませんでした。"
                "計画は元のままです。その文字を消して、もう一度お試しください。"
            ) from error


def create_plan_file(
    path: Path,
    plan: Plan,
    label: str,
    author: str = "",
    *,
    overwrite: bool = False,
    came_from: StateName | None = None,
    entry_id: str = "",
) -> None:
    """Write a plan into a new file, whole or not at all; `label` is the first line of its log.

    `came_from` is the state that the plan was exported from, `entry_id` the id of that first
    line, if they are known. With `overwrite` a file of that name is replaced, unless somebody has
    it open (InUseError). Raises KeikakuError where there is one and it may not be replaced, or
    writing fails.
    """
    if safe_io.is_there(path):
        if not overwrite:
            raise KeikakuError(
                f"「{path.name}」はすでにあるため、作りませんでした。別の名前を指定してください。"
            )
        _require_closed(path)
    opening = Entry(
        1, datetime.now().astimezone(), author, "open", ChangeSet(label), id=entry_id or new_id()
    )
    write_plan_file(path, Contents(plan, (opening,), came_from=came_from))


@dataclass(frozen=True, slots=True)
class Known:
    """A file that was looked through and holds the log up to the entry `sequence`.

    Its rows are copied and not made again: of a long log that is a tenth of the time.
    """

    path: Path
    sequence: int


def write_plan_file(path: Path, contents: Contents, known: Known | None = None) -> None:
    """Write a file that says all this, signed, whole or not at all."""
    with _new_file(path) as connection:
        if known:
            _attach(connection, known.path)
        with transaction(connection):
            plan_rows.write_contents(connection, contents, known.sequence if known else 0)


@contextmanager
def _new_file(path: Path) -> Iterator[sqlite3.Connection]:
    """An empty database of our schema, which takes the name when the block ends."""
    # SQLite would take a journal that lies about for one of the new file, and "mend" it.
    require_no_leftovers(Path(os.path.realpath(path)), journal_too=True)
    with (
        safe_io.replacing(path) as temp,
        telling(path),
        connected(temp, "rwc", PATIENCE) as connection,
    ):
        # Nobody sees the file before it is whole and synced, so it needs no journal.
        configure(connection, {"journal_mode": "off", "synchronous": 0})
        _migrate(connection)
        yield connection
        connection.close()


def _attach(connection: sqlite3.Connection, path: Path) -> None:
    """The rows of a file that was looked through are there as those of the schema `known`."""
    connection.execute("ATTACH ? AS known", (uri(path, "ro&immutable=1"),))


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


def _migrate(connection: sqlite3.Connection) -> None:
    # sqlite-utils takes longer to import than a plan to open, and is seldom needed.
    from storage.plan_file.migrations import migrate

    migrate(connection)


def _brought_up_to_date(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A database in memory of the newest schema."""
    with in_memory() as memory:
        connection.backup(memory)
        connection.close()
        _migrate(memory)
        require_columns(memory)
    return memory


def _copy(place: Path) -> sqlite3.Connection:
    """The database in memory, brought up to date, for a file that reading would change."""
    with in_memory() as memory, tempfile.TemporaryDirectory() as folder:
        for file in filter(os.path.exists, (place, journal_of(place))):
            safe_io.write_bytes(Path(folder, file.name), safe_io.read_bytes(file))
        with PlanFile.edit(Path(folder, place.name)) as copy:
            copy._connection.backup(memory)
    return memory
