"""The rows of the log: reading, checking, writing and copying them.

A log is long, and of most of its entries nobody wants to know what they say. So what its cells
are is checked by SQL, and what they say is read when it is wanted (`StoredChanges`).
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby, islice
from operator import itemgetter
from typing import Final, get_args
from uuid import UUID

from app.changes.change import WHOLE, ChangeSet, Decision, StoredChanges
from app.changes.history import NOWHERE, Action, Entry, Source
from app.plan.entities import TEXT_PREFIX
from storage.plan_file.entity_rows import json_types, require_fitting, value_json, value_of

_ENTRY: Final = (
    *("sequence", "at", "author", "action", "target", "label"),
    *("id", "stands_for", "brought_from"),
)
_CHANGE: Final = ("sequence", "ordinal", "entity", "entity_id", "field", "before", "after")
_DECISION: Final = ("sequence", "ordinal", "number", "before", "after")
_NONE: Final = "[]"
_ACTIONS: Final = frozenset(get_args(Action))
_AT_ONCE: Final = 1000
# No number of ours is longer; Python refuses one of thousands of digits.
_LONGEST_NUMBER: Final = 40


def read_entries(connection: sqlite3.Connection, after: int = 0) -> Iterator[Entry]:
    """The entries of the log after this number, oldest first.

    Raises ValueError, TypeError or KeyError where a row is damaged.
    """
    changes, decisions = _changes(connection, after), _decisions(connection, after)
    heads = connection.execute(
        f"SELECT {', '.join(_ENTRY)} FROM change_set WHERE sequence > ? ORDER BY sequence", (after,)
    )
    for sequence, at, author, action, target, label, id, *source in heads:
        if action not in _ACTIONS:
            raise ValueError(action)
        changed = ChangeSet(label, changes.get(sequence, ()), decisions.get(sequence, ()))
        when, came = datetime.fromisoformat(at), _source(*source)
        yield Entry(sequence, when, author, action, changed, target, id, came)


def _source(entries: str, names: str) -> Source:
    if (entries, names) == (_NONE, _NONE):
        return NOWHERE
    return Source(tuple(json.loads(entries)), tuple(json.loads(names)))


def count(connection: sqlite3.Connection) -> int:
    """How many entries the log has."""
    (found,) = connection.execute("SELECT count(*) FROM change_set").fetchone()
    return int(found)


def _changes(connection: sqlite3.Connection, after: int) -> dict[int, StoredChanges]:
    rows = connection.execute(
        "SELECT sequence, entity, entity_id, field, before, after FROM change NOT INDEXED"
        " WHERE sequence > ? ORDER BY sequence, ordinal",
        (after,),
    )
    return {
        sequence: StoredChanges(tuple(row[1:] for row in group), value_of)
        for sequence, group in groupby(rows, itemgetter(0))
    }


def _decisions(connection: sqlite3.Connection, after: int) -> dict[int, tuple[Decision, ...]]:
    rows = connection.execute(
        "SELECT sequence, number, before, after FROM decision NOT INDEXED"
        " WHERE sequence > ? ORDER BY sequence, ordinal",
        (after,),
    )
    return {
        sequence: tuple(Decision(*cells) for _, *cells in group)
        for sequence, group in groupby(rows, itemgetter(0))
    }


def require_log(connection: sqlite3.Connection) -> None:
    """Raise ValueError, TypeError or KeyError for a log that no program of ours writes.

    That is looked at here, for all of it, as its texts are read only when they are wanted.
    """
    _require_ids(connection)
    for side in ("before", "after"):
        odd = connection.execute(
            f"SELECT 1 FROM change WHERE NOT json_valid({side})"
            # A half of a character: no file can hold it, and it could not be written again.
            f" OR {side} GLOB '*\\u[dD][89a-fA-F]*'"
            f" OR (length({side}) > ? AND json_type({side}) IN ('integer', 'real')) LIMIT 1",
            (_LONGEST_NUMBER,),
        )
        if odd.fetchone():
            raise ValueError(side)
        _require_types(connection, side)
        _require_elements(connection, side)
        for kind, cell in _cells(connection, side):
            require_fitting(value_of(kind, cell))


def _require_ids(connection: sqlite3.Connection) -> None:
    """Each entry has an id of its own, and says in two lists of words what it brought in."""
    (rows, ids, empty) = connection.execute(
        "SELECT count(*), count(DISTINCT id), count(*) FILTER (WHERE id = '') FROM change_set"
    ).fetchone()
    if rows != ids or empty:
        raise ValueError("ids")
    for column in ("stands_for", "brought_from"):
        odd = connection.execute(
            f"SELECT 1 FROM change_set WHERE {column} <> '{_NONE}' AND (json_type({column})"
            f" <> 'array' OR EXISTS (SELECT 1 FROM json_each({column}) WHERE type <> 'text'))"
        )
        if odd.fetchone():
            raise ValueError(column)


def _require_types(connection: sqlite3.Connection, side: str) -> None:
    """Each side of a change is of a type that its field holds."""
    found = connection.execute(
        f"SELECT DISTINCT entity, iif(field LIKE '{TEXT_PREFIX}%', '{TEXT_PREFIX}', field),"
        f" json_type({side}) FROM change"
    )
    for kind, field, type in found:
        if type not in json_types(kind, field):
            raise ValueError(f"{kind} {field} {type}")


def _require_elements(connection: sqlite3.Connection, side: str) -> None:
    """The elements of a list are texts or numbers."""
    found = connection.execute(
        f"SELECT 1 FROM change, json_each(change.{side}) AS each"
        f" WHERE json_type(change.{side}) = 'array' AND each.type NOT IN ('text', 'integer')"
        " LIMIT 1"
    )
    if found.fetchone():
        raise ValueError(side)


def _cells(connection: sqlite3.Connection, side: str) -> Iterator[tuple[str, str]]:
    """The sides that are a whole entity, with its kind."""
    return connection.execute(f"SELECT entity, {side} FROM change WHERE field = ?", (WHOLE,))


def last_sequence(connection: sqlite3.Connection) -> int:
    """The number of the last entry, 0 for none."""
    (last,) = connection.execute("SELECT max(sequence) FROM change_set").fetchone()
    return last or 0


def entry_ids(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """The ids of entries that were written before entries had any, with their numbers.

    They are made of what an entry says, and not of where it stands: so every PC gives the same
    ones, and an entry that a merge carried on has the one that it had.
    """
    changes = _by_entry(
        connection, "SELECT sequence, entity, entity_id, field, before, after FROM change"
    )
    decisions = _by_entry(connection, "SELECT sequence, before, after FROM decision")
    heads = connection.execute(
        "SELECT sequence, at, author, action, label FROM change_set ORDER BY sequence"
    )
    taken: set[str] = set()
    for number, *cells in heads:
        said = [*cells, changes.get(number, []), decisions.get(number, [])]
        text, id = json.dumps(said, ensure_ascii=False), ""
        while not id or id in taken:
            text += "\n"
            id = str(UUID(bytes=sha256(text.encode()).digest()[:16], version=5))
        taken.add(id)
        yield number, id


def _by_entry(connection: sqlite3.Connection, rows: str) -> dict[int, list[tuple[object, ...]]]:
    found = connection.execute(f"{rows} ORDER BY sequence, ordinal")
    return {n: [row[1:] for row in group] for n, group in groupby(found, itemgetter(0))}


def is_next(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Whether an entry is the one after the last of the log."""
    return entry.sequence == last_sequence(connection) + 1


def is_last(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Whether an entry is the last edit of the log, which may have grown since."""
    last = connection.execute(
        "SELECT sequence, id, action FROM change_set ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    return bool(last == (entry.sequence, entry.id, "do"))


def log(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Write new entries of the log with their changes and decisions."""
    for some in _pieces(entries):
        heads = [
            (
                *(entry.sequence, entry.at.isoformat(), entry.author),
                *(entry.action, entry.target, entry.changes.label, entry.id),
                *(_list(entry.source.entries), _list(entry.source.names)),
            )
            for entry in some
        ]
        _insert(connection, "change_set", _ENTRY, heads)
        _log_changes(connection, some)


def grow(connection: sqlite3.Connection, entry: Entry) -> None:
    """Let the last entry of the log be what it is now."""
    number = entry.sequence
    connection.execute("DELETE FROM change WHERE sequence = ?", (number,))
    at = (entry.at.isoformat(), number)
    connection.execute("UPDATE change_set SET at = ? WHERE sequence = ?", at)
    _log_changes(connection, [entry])


def _log_changes(connection: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    changes = [
        (
            *(entry.sequence, ordinal, change.entity, change.id, change.field),
            *(value_json(change.before), value_json(change.after)),
        )
        for entry in entries
        for ordinal, change in enumerate(entry.changes)
    ]
    _insert(connection, "change", _CHANGE, changes)
    decisions = [
        (entry.sequence, ordinal, decision.number, decision.before, decision.after)
        for entry in entries
        for ordinal, decision in enumerate(entry.changes.decisions)
    ]
    _insert(connection, "decision", _DECISION, decisions)


def _list(words: Sequence[str]) -> str:
    return json.dumps(words, ensure_ascii=False) if words else _NONE


def _insert(
    connection: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    rows: Sequence[tuple[object, ...]],
) -> None:
    places = ", ".join("?" for _ in names)
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)


def _pieces(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """So many that neither their number nor their rows cost much."""
    left = iter(entries)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def copy_log(connection: sqlite3.Connection, until: int | None = None) -> None:
    """Copy the log, up to an entry, from the database that is attached as `known`."""
    where = "" if until is None else f"WHERE sequence <= {until:d}"
    copy_rows(connection, "change_set", _ENTRY, where)
    copy_rows(connection, "change", _CHANGE, where)
    copy_rows(connection, "decision", _DECISION, where)


def copy_rows(
    connection: sqlite3.Connection, table: str, names: Sequence[str], where: str = ""
) -> None:
    """Copy rows of a table, in their order, from the database that is attached as `known`."""
    cells = ", ".join(f'"{name}"' for name in names)
    connection.execute(
        f"INSERT INTO main.{table} ({cells}) SELECT {cells} FROM known.{table} {where}"
        " ORDER BY rowid"
    )
