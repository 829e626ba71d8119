"""What a plan file must be like before it is believed, and what one of a stranger may cost."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from app.plan.kinds import KINDS
from storage import safe_io
from storage.plan_file import rows as plan_rows
from storage.plan_file.entity_rows import columns
from storage.plan_file.gate import SCHEMA

MOST_ROWS: Final = 300_000
"""Rows that a table may have: four times the log and the entities of 7,200 initiatives."""
MOST_BYTES: Final = 20_000_000
"""The longest value that a received file may hold."""
PATIENCE_WITH_STRANGERS: Final = 20.0
"""How long (seconds) looking through a received file may take."""
_NO_LIMIT: Final = 2**31 - 1


def limit(connection: sqlite3.Connection) -> None:
    """No single value may be huge, and nothing may run for ever."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
    end = time.monotonic() + PATIENCE_WITH_STRANGERS
    connection.set_progress_handler(lambda: time.monotonic() > end, 100_000)


def lift_limit(connection: sqlite3.Connection) -> None:
    """The limits for strangers are none for what this PC has written or knows."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _NO_LIMIT)
    connection.set_progress_handler(None, 0)


def require_moderate(connection: sqlite3.Connection, place: Path, name: Path) -> None:
    """Raise KeikakuError for a file that holds more than one from elsewhere may."""
    require_small(place, name)
    if plan_rows.most_rows(connection) > MOST_ROWS:
        raise KeikakuError(
            f"「{name.name}」は記録が長すぎるため、読み込めません（{MOST_ROWS // 10_000}万行までの"
            "ファイルを扱えます）。ファイルには触れていません。"
            "この計画を編集しているPCで、計画のデータ（JSON）に出力したものを取り込んでください。"
        )


def require_small(place: Path, name: Path) -> None:
    """Raise KeikakuError for a file of more bytes than one from elsewhere may have."""
    if os.stat(place).st_size > safe_io.MAX_BYTES:
        raise safe_io.too_large(name, safe_io.MAX_BYTES)


def require_whole(connection: sqlite3.Connection, place: Path) -> None:
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
    if any(
        hidden for table in plan_rows.tables(connection) for hidden in _hidden(connection, table)
    ):
        raise sqlite3.DatabaseError("columns that are reckoned are not ours")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version >= SCHEMA:
        require_columns(connection)


def _hidden(connection: sqlite3.Connection, table: str) -> list[int]:
    found = connection.execute(f'PRAGMA table_xinfo("{table}")')
    return [hidden for *_, hidden in found]


def require_columns(connection: sqlite3.Connection) -> None:
    """Raise DatabaseError where a table lacks a column of the schema of today."""
    for kind in KINDS:
        found = connection.execute(f"PRAGMA table_info({kind})")
        if not {name for _, name, *_ in found}.issuperset(columns(kind)):
            raise sqlite3.DatabaseError(f"columns of {kind}")


def is_half_written(connection: sqlite3.Connection) -> bool:
    """Whether an edit was cut off, so that reading would first have to take it back."""
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_READONLY_ROLLBACK":
            return True
        raise
    return False
