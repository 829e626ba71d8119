"""The rows of a plan file: entities, conflicts, manifest, and the digest of all rows.

The rows of the log are in `storage.plan_file.log_rows`.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby, takewhile
from operator import itemgetter
from typing import Any, Final

from app import VERSION
from app.changes.change import Decision
from app.changes.history import Entry
from app.changes.merge import Conflict, KeptConflict
from app.changes.parting.state_name import State, StateName
from app.plan.entities import Profile
from app.plan.integrity import problems
from app.plan.kinds import KINDS
from app.plan.plan import Plan, plan_of
from storage.plan_file.entity_rows import columns, entity_of, row_of, value_json, value_of
from storage.plan_file.log_rows import copy_log, copy_rows, log, read_entries, require_log

# The tables of the first schema, in the order and by the keys that they are digested. Never
# changed: a table that a later schema adds follows by its name, in the order of its columns, so
# that an older program reckons the same digest.
_DIGESTED: Final = {
    **dict.fromkeys(("profile", "pillar", "category", "initiative", "year_plan"), "id"),
    **dict.fromkeys(("kpi", "relisting"), "id"),
    "change_set": "sequence",
    "change": "sequence, ordinal",
    "conflict": "number",
    "manifest": "key",
}
_PROFILE: Final = KINDS.of(Profile).name
_CONFLICT: Final = (
    *("number", "entity", "entity_id", "field"),
    *("base", "ours", "theirs", "decision"),
)
_WRITTEN: Final = {"format": "keikaku-plan-file", "made_by": f"keikaku-kanban {VERSION}"}
_KEPT: Final = ("plan", "scope", "came_from")
"""Keys of the manifest: by whom a file was written, and what it is a file of."""
# Rows that are digested at once. The number is part of what a digest means.
_SOME: Final = 20


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a plan file says.

    `scope` are the departments of a part, empty for a whole plan; `came_from` the state that it
    was exported from, for a plan that was imported from a file that named one.
    """

    plan: Plan
    entries: tuple[Entry, ...]
    conflicts: tuple[KeptConflict, ...] = ()
    scope: tuple[str, ...] = ()
    came_from: StateName | None = None

    @property
    def state(self) -> State:
        """The plan with its log."""
        return self.plan, self.entries


def read_contents(connection: sqlite3.Connection) -> Contents:
    """Everything. Raises ValueError, TypeError or KeyError where a row is damaged."""
    require_log(connection)
    return Contents(
        read_plan(connection),
        tuple(read_entries(connection)),
        tuple(read_conflicts(connection)),
        *_origin(connection),
    )


def says(connection: sqlite3.Connection, contents: Contents) -> bool:
    """Whether the rows but those of the log say all this."""
    return (
        read_plan(connection) == contents.plan
        and tuple(read_conflicts(connection)) == contents.conflicts
        and _origin(connection) == (contents.scope, contents.came_from)
    )


def read_plan(connection: sqlite3.Connection) -> Plan:
    """The plan. Raises ValueError, TypeError or KeyError where a row is damaged."""
    entities = {kind: _entities(connection, kind) for kind in KINDS}
    (profile,) = entities[_PROFILE]
    plan = plan_of(profile, entities)
    if problem := next(problems(plan), None):
        raise ValueError(problem)
    return plan


def _entities(connection: sqlite3.Connection, kind: str) -> list[Any]:
    rows = connection.execute(f"SELECT {_names(kind)} FROM {kind} ORDER BY rowid")
    return [entity_of(kind, row) for row in rows]


def read_conflicts(connection: sqlite3.Connection) -> Iterator[KeptConflict]:
    """Every conflict there ever was, oldest first."""
    rows = connection.execute(f"SELECT {', '.join(_CONFLICT)} FROM conflict ORDER BY number")
    for number, kind, id, field, base, ours, theirs, decision in rows:
        sides = (value_of(kind, cell) for cell in (base, ours, theirs))
        yield KeptConflict(number, Conflict(kind, id, field, *sides), decision)


def write_contents(connection: sqlite3.Connection, contents: Contents, known: int = 0) -> None:
    """Fill an empty database of our schema, and sign it.

    The first `known` entries of the log, and the plan that they led to, are copied from the
    database that is attached as `known`.
    """
    everything = ((kind, id) for kind in KINDS for id in contents.plan.table(kind))
    new = tuple(takewhile(lambda entry: entry.sequence > known, reversed(contents.entries)))[::-1]
    if known:
        copy_entities(connection)
        everything = (place for entry in new for place in entry.changes.touched())
    keep(connection, everything, contents.plan)
    ask(connection, contents.conflicts)
    if known:
        copy_log(connection, known)
    log(connection, new)
    _note_origin(connection, contents)
    sign(connection)


def copy_contents(connection: sqlite3.Connection) -> None:
    """Fill an empty database of our schema from the one that is attached as `known`, unsigned.

    Raises IntegrityError if a cell is of another type than its column.
    """
    copy_entities(connection)
    copy_rows(connection, "conflict", _CONFLICT)
    copy_log(connection)
    for key in _KEPT:
        copy_rows(connection, "manifest", ("key", "value"), f"WHERE key = '{key}'")
    _note(connection, _WRITTEN)
    unsign(connection)


def copy_entities(connection: sqlite3.Connection) -> None:
    """Copy the entities from the database that is attached as `known`."""
    for kind in KINDS:
        copy_rows(connection, kind, columns(kind))


def _note_origin(connection: sqlite3.Connection, contents: Contents) -> None:
    """Write into the manifest what the file is."""
    found = {
        "plan": contents.plan.profile.id,
        "scope": json.dumps(contents.scope, ensure_ascii=False),
    }
    if contents.came_from:
        found["came_from"] = json.dumps(asdict(contents.came_from))
    _note(connection, _WRITTEN | found)


def _note(connection: sqlite3.Connection, found: Mapping[str, str]) -> None:
    connection.executemany("INSERT INTO manifest (key, value) VALUES (?, ?)", found.items())


def _origin(connection: sqlite3.Connection) -> tuple[tuple[str, ...], StateName | None]:
    """The scope, and the state that the plan was exported from."""
    found = _manifest(connection)
    name = json.loads(found.get("came_from", "null"))
    scope = tuple(map(str, json.loads(found.get("scope", "[]"))))
    return scope, StateName(**name) if name else None


def plan_id(connection: sqlite3.Connection) -> str:
    """The id of the plan that a file says it holds, empty for none."""
    return _manifest(connection).get("plan", "")


def keep(connection: sqlite3.Connection, touched: Iterable[tuple[str, str]], plan: Plan) -> None:
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


def _upsert(kind: str) -> str:
    """Columns of a newer minor version, which this program does not know, keep what they hold."""
    places = ", ".join("?" for _ in columns(kind))
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in columns(kind))
    values = f"INSERT INTO {kind} ({_names(kind)}) VALUES ({places})"
    return f"{values} ON CONFLICT (id) DO UPDATE SET {updates}"


def ask(connection: sqlite3.Connection, conflicts: Iterable[KeptConflict]) -> None:
    """Keep new conflicts, for ever."""
    for kept in conflicts:
        what = kept.conflict
        sides = (value_json(side) for side in (what.base, what.ours, what.theirs))
        connection.execute(
            f"INSERT INTO conflict ({', '.join(_CONFLICT)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (kept.number, what.entity, what.id, what.field, *sides, kept.decision),
        )


def decide(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> None:
    """Let conflicts be decided as an edit says."""
    connection.executemany(
        "UPDATE conflict SET decision = ? WHERE number = ?",
        [(decision.after, decision.number) for decision in decisions],
    )


def sign(connection: sqlite3.Connection) -> None:
    """Put the digest of all rows into the manifest."""
    _note_digest(connection, digest(connection))


def unsign(connection: sqlite3.Connection) -> None:
    """Note that the rows are about to change: the digest is empty until it is signed again."""
    _note_digest(connection, "")


def _note_digest(connection: sqlite3.Connection, value: str) -> None:
    statement = (
        "INSERT INTO manifest (key, value) VALUES ('digest', ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )
    connection.execute(statement, (value,))


def signature(connection: sqlite3.Connection) -> str:
    """The digest in the manifest, empty for a database that was edited since it was signed.

    Raises KeyError where there is none.
    """
    return _manifest(connection)["digest"]


def digest(connection: sqlite3.Connection) -> str:
    """SHA-256 of what the database says: all rows as JSON, in the order of their keys.

    Rows are read and sorted without an index. Of an indexed column SQLite would otherwise return
    what stands in the index, and a damaged row would go unnoticed.
    """
    found = hashlib.sha256()
    for table, order in tables(connection).items():
        where = " WHERE key <> 'digest'" if table == "manifest" else ""
        rows = connection.execute(f'SELECT * FROM "{table}" NOT INDEXED{where} ORDER BY {order}')
        found.update(f"{table}\n".encode())
        while some := rows.fetchmany(_SOME):
            found.update(json.dumps(some, ensure_ascii=False).encode())
    return found.hexdigest()


def most_rows(connection: sqlite3.Connection) -> int:
    """How many rows the longest table has."""
    counts = (connection.execute(f'SELECT count(*) FROM "{t}"') for t in tables(connection))
    return max(int(count) for found in counts for (count,) in found)


def tables(connection: sqlite3.Connection) -> dict[str, str]:
    """The tables that are there, with the order of their rows. An older schema has fewer.

    Raises DatabaseError for a name that no program of ours gives.
    """
    listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    found = {name for (name,) in listed if not name.startswith(("sqlite_", "_sqlite_"))}
    if strange := [name for name in found if not name.isidentifier()]:
        raise sqlite3.DatabaseError(f"tables {strange}")
    known = {name: order for name, order in _DIGESTED.items() if name in found}
    return known | {name: _columns(connection, name) for name in sorted(found - known.keys())}


def _columns(connection: sqlite3.Connection, table: str) -> str:
    count = len(connection.execute(f'PRAGMA table_info("{table}")').fetchall())
    return ", ".join(map(str, range(1, count + 1)))


def _manifest(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT key, value FROM manifest"))
