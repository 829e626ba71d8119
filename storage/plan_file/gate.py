"""What is looked at before SQLite opens a plan file: whether it is one. Nothing is touched."""

import errno
import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.errors import DamagedError, KeikakuError
from storage import safe_io

APPLICATION_ID: Final = 0x4B4B616E
SCHEMA: Final = 201
"""Version of the schema, major × 100 + minor. A file of a higher major one is refused."""

# A file that is written with a journal; 2 would be a write-ahead log, which no share can hold.
_ROLLBACK: Final = b"\1\1"
_SYSTEM: Final = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EACCES,
    "SQLITE_PERM": errno.EACCES,
    "SQLITE_CANTOPEN": errno.EACCES,
    "SQLITE_IOERR": errno.EIO,
}


class InUseError(KeikakuError):
    """Somebody else has the file open."""


class StaleSessionError(KeikakuError):
    """An edit comes from a session that was let go: its plan is not the one that is kept."""

    def __init__(self) -> None:
        super().__init__(
            "この計画は開きなおされているため、前の画面からは書き込めません。計画は元のままです。"
            "いまの画面で、もう一度入力してください。"
        )


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
    """The schema version of a plan file. Raises KeikakuError where it is none that we can open.

    Not for a file that this process has open: on POSIX, reading it here would drop its locks.
    """
    header = safe_io.read_start(path, 100)
    require_no_leftovers(path)
    return require_ours(path, header)


def is_of_today(path: Path) -> bool:
    """Whether a file is of the schema of today. Raises KeikakuError for none of ours."""
    return require_ours(path, safe_io.read_start(path, 100)) == SCHEMA


def require_writable(path: Path) -> None:
    """Raise KeikakuError where an edit could not be kept in the file or noted beside it."""
    try:
        for place in (path, path.parent):
            if not safe_io.operate(os.access, place, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise safe_io.writing_failed(path, error) from error


def require_no_leftovers(path: Path, *, journal_too: bool = False) -> None:
    """Raise KeikakuError where another program, or a copy, left half of a file beside it."""
    names = ("-wal", "-shm", "-journal") if journal_too else ("-wal", "-shm")
    for beside in (path.with_name(path.name + name) for name in names):
        if safe_io.is_there(beside, path) and (not journal_too or _has_content(beside)):
            raise KeikakuError(
                f"「{path.name}」のそばに、書きかけのファイル「{beside.name}」が残っています。"
                "どちらにも触れていません。二つを一緒に別のフォルダーに移し、詳しい人に見せてください。"
            )


def _has_content(path: Path) -> bool:
    """Whether there is something in it; one that was removed meanwhile has none."""
    try:
        return safe_io.operate(os.stat, path).st_size > 0
    except OSError:
        return False


def require_ours(path: Path, header: bytes) -> int:
    """The schema version that a header tells. Raises KeikakuError where it is none of ours.

    Fields of the header: sqlite.org/fileformat.html, 1.3.
    """
    version: int
    version, application_id = struct.unpack(">I4xI", header[60:72].ljust(12, b"\0"))
    if header[:16] != b"SQLite format 3\0" or application_id != APPLICATION_ID or version < 100:
        raise DamagedError(
            f"「{path.name}」は計画のファイルではありません。"
            "ファイルには触れていません。計画のファイル（.keikaku）を選んでください。"
        )
    if version // 100 > SCHEMA // 100:
        raise KeikakuError(
            f"「{path.name}」は新しい版のプログラムで作られています。"
            "ファイルには触れていません。プログラムを新しくしてから開いてください。"
        )
    if header[18:20] != _ROLLBACK:
        raise damaged(path)
    return version


def in_use(path: Path) -> InUseError:
    """What to tell a person whose plan file somebody else, or another window, has open."""
    return InUseError(
        f"「{path.name}」はほかの画面で開かれています。"
        "ファイルには触れていません。閉じてから、もう一度お試しください。"
    )


def damaged(path: Path) -> DamagedError:
    """What to tell a person whose plan file cannot be trusted."""
    return DamagedError(
        f"「{path.name}」はこわれているため、開けません。"
        "ファイルには触れていません。控えのファイルを開いてください。"
    )


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Tell in a sentence (KeikakuError) why SQLite could not read or write the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(path, error) from error
    except UnicodeDecodeError as error:
        # A name in the schema, or what SQLite says about it.
        raise damaged(path) from error


@contextmanager
def believing(path: Path) -> Iterator[None]:
    """What no program of ours would have written raises DamagedError: the file is damaged."""
    try:
        yield
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise damaged(path) from error


def _explained(path: Path, error: sqlite3.Error) -> KeikakuError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return in_use(path)
    for start, number in _SYSTEM.items():
        if name.startswith(start):
            return safe_io.writing_failed(path, OSError(number, str(error)))
    return damaged(path)
