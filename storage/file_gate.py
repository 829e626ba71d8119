"""What is looked at before SQLite opens a plan file: whether it is one, and whole.

Nothing here touches the file. It is read through SQLite, not through `open`: closing a
second handle on a file drops the locks this process holds on it (POSIX).
"""

import errno
import os
import sqlite3
import struct
from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from storage import safe_io

APPLICATION_ID: Final = 0x4B4B616E
SCHEMA: Final = 100
"""Version of the schema, major × 100 + minor. A file of a higher major one is refused."""

_ROLLBACK: Final = (1, 1)
_SYSTEM: Final = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EACCES,
    "SQLITE_PERM": errno.EACCES,
    "SQLITE_CANTOPEN": errno.EACCES,
    "SQLITE_IOERR": errno.EIO,
}


class InUseError(KeikakuError):
    """Somebody else has the file open."""


def uri(path: Path, mode: str) -> str:
    """The address by which SQLite opens a file, in the mode `ro`, `rw` or `rwc`."""
    name = path.as_posix()
    for character, escape in (("%", "%25"), ("?", "%3F"), ("#", "%23")):
        name = name.replace(character, escape)
    return f"file://{'' if name.startswith('/') else '/'}{name}?mode={mode}"


def journal_of(path: Path) -> Path:
    """Where SQLite notes what it is about to change."""
    return path.with_name(path.name + "-journal")


def require_plan_file(path: Path) -> int:
    """The schema version of a plan file. Raises KeikakuError where it is none that we can open."""
    try:
        safe_io.require_file(path)
    except OSError as error:
        raise safe_io.reading_failed(path, error) from error
    require_no_leftovers(path)
    return _checked_header(path, _header(path))


def require_writable(path: Path) -> None:
    """Raise KeikakuError where an edit could not be kept in the file or noted beside it."""
    for place in (path, path.parent):
        if not safe_io.operate(os.access, place, os.W_OK):
            error = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            raise safe_io.writing_failed(path, error)


def require_no_leftovers(path: Path, *, journal_too: bool = False) -> None:
    """Raise KeikakuError where another program, or a copy, left half of a file beside it."""
    names = ("-wal", "-shm", "-journal") if journal_too else ("-wal", "-shm")
    for beside in (path.with_name(path.name + name) for name in names):
        if beside.exists() and (beside.stat().st_size or not journal_too):
            raise KeikakuError(
                f"「{path.name}」のそばに、書きかけのファイル「{beside.name}」が残っています。"
                "どちらにも触れていません。二つを一緒に別のフォルダに移し、詳しい人に見せてください。"
            )


def _header(path: Path) -> bytes:
    # `immutable` reads without a lock, a journal or any other file.
    connection = sqlite3.connect(uri(path, "ro") + "&immutable=1", uri=True)
    try:
        return connection.serialize()[:100]
    except sqlite3.Error as error:
        raise _foreign(path) from error
    finally:
        connection.close()


def _checked_header(path: Path, header: bytes) -> int:
    """Fields of the header: sqlite.org/fileformat.html, 1.3."""
    page_size, write, read = struct.unpack(">H2B", header[16:20])
    (pages,) = struct.unpack(">I", header[28:32])
    version: int
    version, application_id = struct.unpack(">I4xI", header[60:72])
    if application_id != APPLICATION_ID or version < 100:
        raise _foreign(path)
    if version // 100 > SCHEMA // 100:
        raise KeikakuError(
            f"「{path.name}」は新しい版のプログラムで作られています。"
            "ファイルには触れていません。プログラムを新しくしてから開いてください。"
        )
    is_whole = os.stat(path).st_size == pages * (65536 if page_size == 1 else page_size)
    journal = journal_of(path)
    is_half_written = journal.exists() and journal.stat().st_size > 0
    if (write, read) != _ROLLBACK or not (is_whole or is_half_written):
        raise damaged(path)
    return version


def _foreign(path: Path) -> KeikakuError:
    return KeikakuError(
        f"「{path.name}」は計画のファイルではありません。"
        "ファイルには触れていません。計画のファイル（.keikaku）を選んでください。"
    )


def damaged(path: Path) -> KeikakuError:
    """What to tell a person whose plan file cannot be trusted."""
    return KeikakuError(
        f"「{path.name}」はこわれているため、開けません。"
        "ファイルには触れていません。控えのファイルを開いてください。"
    )


def explained(path: Path, error: sqlite3.Error) -> KeikakuError:
    """What to tell a person whose plan file SQLite could not read or write."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return InUseError(
            f"「{path.name}」はほかの画面で開かれています。"
            "ファイルには触れていません。閉じてから、もう一度お試しください。"
        )
    for start, number in _SYSTEM.items():
        if name.startswith(start):
            return safe_io.writing_failed(path, OSError(number, str(error)))
    return damaged(path)
