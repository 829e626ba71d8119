"""The rows of a plan file: entities, log, conflicts, manifest, and their digest.

Beside `storage.plan_file.plan_file` and `storage.plan_file.migrations` the only place with SQL.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final

from app import VERSION
from app.changes.change import Change, ChangeSet, Decision
from app.changes.history import Entry
from app.changes.merge import Conflict, KeptConflict
from app.plan.entities import Profile
from app.plan.integrity import problems
from app.plan.kinds import KINDS
from app.plan.plan import Plan, plan_of
from storage.plan_file.entity_rows import columns, entity_of, row_of, value_json, value_of

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
# Rows that are digested at once. The number is part of what a digest means.
_SOME: Final = 20
_AT_ONCE: Final = 1000
MOST_ROWS: Final = 300_000
"""Rows that a table may have: four times the log and the entities of 7,200 initiatives."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a plan file says. `scope` are the departments of a part, empty for a whole plan."""

    plan: Plan
    entries: tuple[Entry, ...]
    conflicts: tuple[KeptConflict, ...] = ()
    scope: tuple[str, ...] = ()


def read_contents(connection: sqlite3.Connection) -> Contents:
    """Everything. Raises ValueError, TypeError or KeyError where a row is damaged."""
    scope = json.loads(_manifest(connection).get("scope", "[]"))
    return Contents(
        read_plan(connection),
        tuple(read_entries(connection)),
        tuple(read_conflicts(connection)),
        tuple(map(str, scope)),
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


def read_entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    """The log, oldest first."""
    changes, decisions = _changes(connection), _decisions(connection)
    heads = connection.execute(
        "SELECT sequence, at, author, action, target, label FROM change_set ORDER BY sequence"
    )
    for sequence, at, author, action, target, label in heads:
        changed = ChangeSet(label, changes.get(sequence, ()), decisions.get(sequence, ()))
        yield Entry(sequence, datetime.fromisoformat(at), author, action, changed, target)


def _changes(connection: sqlite3.Connection) -> dict[int, tuple[Change, ...]]:
    rows = connection.execute(
        "SELECT sequence, entity, entity_id, field, before, after FROM change NOT INDEXED"
        " ORDER BY sequence, ordinal"
    )
    return {
        sequence: tuple(
            Change(kind, id, field, value_of(kind, before), value_of(kind, after))
            for _, kind, id, field, before, after in group
        )
        for sequence, group in groupby(rows, itemgetter(0))
    }


def _decisions(connection: sqlite3.Connection) -> dict[int, tuple[Decision, ...]]:
    rows = connection.execute(
        "SELECT sequence, number, before, after FROM decision NOT INDEXED"
        " ORDER BY sequence, ordinal"
    )
    return {
        sequence: tuple(Decision(*cells) for _, *cells in group)
        for sequence, group in groupby(rows, itemgetter(0))
    }


def read_conflicts(connection: sqlite3.Connection) -> Iterator[KeptConflict]:
    """Every conflict there ever was, oldest first."""
    rows = connection.execute(
        "SELECT number, entity, entity_id, field, base, ours, theirs, decision FROM conflict"
        " ORDER BY number"
    )
    for number, kind, id, field, base, ours, theirs, decision in rows:
        sides = (value_of(kind, cell) for cell in (base, ours, theirs))
        yield KeptConflict(number, Conflict(kind, id, field, *sides), decision)


def write_contents(connection: sqlite3.Connection, contents: Contents) -> None:
    """Fill an empty database of our schema, and sign it."""
    everything = ((kind, id) for kind in KINDS for id in contents.plan.table(kind))
    keep(connection, everything, contents.plan)
    ask(connection, contents.conflicts)
    log(connection, contents.entries)
    manifest = {
        "format": "keikaku-plan-file",
        "plan": contents.plan.profile.id,
        "made_by": f"keikaku-kanban {VERSION}",
        "scope": json.dumps(contents.scope, ensure_ascii=False),
    }
    connection.executemany("INSERT INTO manifest (key, value) VALUES (?, ?)", manifest.items())
    sign(connection)


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


def is_next(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Whether an entry is the one after the last of the log."""
    (last,) = connection.execute("SELECT max(sequence) FROM change_set").fetchone()
    return bool(entry.sequence == (last or 0) + 1)


def is_last(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Whether an entry is the last edit of the log, which may have grown since."""
    last = connection.execute(
        "SELECT sequence, author, action, target FROM change_set ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    return bool(last == (entry.sequence, entry.author, "do", entry.target))


def log(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Write new entries of the log with their changes and decisions."""
    for some in _pieces(entries):
        connection.executemany(
            "INSERT INTO change_set (sequence, at, author, action, target, label)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    *(entry.sequence, entry.at.isoformat(), entry.author),
                    *(entry.action, entry.target, entry.changes.label),
                )
                for entry in some
            ],
        )
        _log_changes(connection, some)


def grow(connection: sqlite3.Connection, entry: Entry) -> None:
    """Let the last entry of the log be what it is now."""
    number = entry.sequence
    connection.execute("DELETE FROM change WHERE sequence = ?", (number,))
    at = (entry.at.isoformat(), number)
    connection.execute("UPDATE change_set SET at = ? WHERE sequence = ?", at)
    _log_changes(connection, [entry])


def _log_changes(connection: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    connection.executemany(
        "INSERT INTO change (sequence, ordinal, entity, entity_id, field, before, after)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(entry.sequence, ordinal, change.entity, change.id, change.field),
                *(value_json(change.before), value_json(change.after)),
            )
            for entry in entries
            for ordinal, change in enumerate(entry.changes)
        ],
    )
    connection.executemany(
        "INSERT INTO decision (sequence, ordinal, number, before, after) VALUES (?, ?, ?, ?, ?)",
        [
            (entry.sequence, ordinal, decision.number, decision.before, decision.after)
            for entry in entries
            for ordinal, decision in enumerate(entry.changes.decisions)
        ],
    )


def _pieces(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """So many that neither their number nor their rows cost much."""
    left = iter(entries)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def ask(connection: sqlite3.Connection, conflicts: Iterable[KeptConflict]) -> None:
    """Keep new conflicts, for ever."""
    for kept in conflicts:
        what = kept.conflict
        sides = (value_json(side) for side in (what.base, what.ours, what.theirs))
        connection.execute(
            "INSERT INTO conflict (number, entity, entity_id, field, base, ours, theirs, decision)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
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
    for table, order in _tables(connection).items():
        where = " WHERE key <> 'digest'" if table == "manifest" else ""
        rows = connection.execute(f'SELECT * FROM "{table}" NOT INDEXED{where} ORDER BY {order}')
        found.update(f"{table}\n".encode())
        while some := rows.fetchmany(_SOME):
            found.update(json.dumps(some, ensure_ascii=False).encode())
    return found.hexdigest()


def is_too_long(connection: sqlite3.Connection) -> bool:
    """Whether a table has more rows than any plan."""
    counts = (connection.execute(f'SELECT count(*) FROM "{t}"') for t in _tables(connection))
    return any(count > MOST_ROWS for found in counts for (count,) in found)


def _tables(connection: sqlite3.Connection) -> dict[str, str]:
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
