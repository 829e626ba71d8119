"""Everything that is written to disk, in order: by SQLite and through `storage.safe_io`.

SQLite is listened to from inside: the system's file operations that it uses are put behind ones
that take a note first (a VFS). So it is the program's own SQLite, and not another, that is watched.
"""

import ctypes
import ctypes.util
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from storage import safe_io

Event = tuple[Any, ...]
"""`("write", path, offset, bytes)`, `("truncate", path, size)`, `("sync", path)`,
`("create", path)`, `("rename", old, new)`, `("unlink", path)`, `("folder", path)`,
`("sync_folder", path)`, and notes."""

_JOURNALS = 0x00000800 | 0x00004000 | 0x00080000
_INT, _POINTER, _TEXT, _LONG = ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int64
# A name is a place in memory that SQLite goes on using, so it must be passed on as it is.
_Open = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER, _INT, _POINTER)
_Delete = ctypes.CFUNCTYPE(_INT, _POINTER, _TEXT, _INT)
_Write = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT, _LONG)
_Truncate = ctypes.CFUNCTYPE(_INT, _POINTER, _LONG)
_Sync = ctypes.CFUNCTYPE(_INT, _POINTER, _INT)


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods` (sqlite.org/c3ref/io_methods.html)."""

    _fields_ = (
        ("version", _INT), ("close", _POINTER), ("read", _POINTER), ("write", _POINTER),
        ("truncate", _POINTER), ("sync", _POINTER), ("rest", _POINTER * 13),
    )  # fmt: skip


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs` (sqlite.org/c3ref/vfs.html)."""

    _fields_ = (
        ("version", _INT), ("size", _INT), ("longest", _INT), ("next", _POINTER),
        ("name", _TEXT), ("data", _POINTER), ("open", _POINTER), ("delete", _POINTER),
        ("rest", _POINTER * 14),
    )  # fmt: skip


def _library() -> ctypes.CDLL | None:
    """The very library that Python uses, None where it is built in."""
    name = ctypes.util.find_library("sqlite3")
    if not name:
        return None
    library = ctypes.CDLL(name)
    library.sqlite3_libversion.restype = _TEXT
    if library.sqlite3_libversion().decode() != sqlite3.sqlite_version:
        return None
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    return library


LIBRARY = _library() if os.name == "posix" else None


class Recorder:
    """Takes a note of every write; `events` are the notes."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._files: dict[int, tuple[str, int]] = {}
        self._open: dict[int, str] = {}
        self._new_journals: set[str] = set()
        self._methods: dict[int, tuple[_Methods, _Methods]] = {}
        # What C calls must stay where it is.
        self._calls: list[Any] = []

    @contextmanager
    def recording(self) -> Iterator[None]:
        assert LIBRARY
        vfs = LIBRARY.sqlite3_vfs_find(None)
        own = _Vfs.from_buffer_copy(vfs.contents)
        own.name = b"recorded"
        own.open = self._pointer(_Open, self._opening(vfs))
        own.delete = self._pointer(_Delete, self._deleting(vfs))
        LIBRARY.sqlite3_vfs_register(ctypes.byref(own), 1)
        real, safe_io.operate = safe_io.operate, self.operate  # type: ignore[assignment]
        try:
            yield
        finally:
            safe_io.operate = real
            LIBRARY.sqlite3_vfs_unregister(ctypes.byref(own))
            LIBRARY.sqlite3_vfs_register(vfs, 1)
            self._calls.append(own)
            _KEPT.append(self)

    def note(self, *event: Any) -> None:
        self.events.append(event)

    def operate(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        before = os.path.exists(args[0]) if call in (os.open, os.makedirs) else False
        if call is os.makedirs:
            self._folders(Path(args[0]))
        result = call(*args, **kwargs)
        if call is os.open:
            self._files[result] = (str(args[0]), 0)
            if not before and args[1] & os.O_CREAT:
                self.note("create", str(args[0]))
        elif call is os.write:
            path, offset = self._files[args[0]]
            self.note("write", path, offset, bytes(args[1])[:result])
            self._files[args[0]] = (path, offset + result)
        elif call is os.fsync:
            path = self._files[args[0]][0]
            is_folder = stat.S_ISDIR(os.fstat(args[0]).st_mode)
            self.note("sync_folder" if is_folder else "sync", path)
        elif call is os.replace:
            self.note("rename", str(args[0]), str(args[1]))
        elif call is os.unlink:
            self.note("unlink", str(args[0]))
        elif call is shutil.rmtree:
            raise NotImplementedError
        return result

    def _folders(self, path: Path) -> None:
        if not path.exists():
            self._folders(path.parent)
            self.note("folder", str(path))

    def _pointer(self, kind: Any, function: Callable[..., int]) -> int | None:
        call = kind(function)
        self._calls.append(call)
        return ctypes.cast(call, _POINTER).value

    def _opening(self, vfs: Any) -> Callable[..., int]:
        real = _Open(vfs.contents.open)

        def opened(_: int, name: int | None, file: int, flags: int, out: int) -> int:
            path = os.fsdecode(ctypes.string_at(name)) if name else ""
            is_new = bool(name) and not os.path.exists(path)
            code = real(ctypes.cast(vfs, _POINTER), name, file, flags, out)
            if code == 0 and name:
                self._listen(file)
                self._open[file] = path
                if is_new:
                    self.note("create", path)
                    self._new_journals |= {path} if flags & _JOURNALS else set()
            return int(code)

        return opened

    def _deleting(self, vfs: Any) -> Callable[..., int]:
        real = _Delete(vfs.contents.delete)

        def deleted(_: int, name: bytes, syncs: int) -> int:
            code = real(ctypes.cast(vfs, _POINTER), name, syncs)
            path = os.fsdecode(name)
            if code == 0:
                self.note("unlink", path)
                if syncs:
                    self.note("sync_folder", os.path.dirname(path))
            return int(code)

        return deleted

    def _listen(self, file: int) -> None:
        """Put our methods in the place of those an open file has."""
        place = ctypes.cast(file, ctypes.POINTER(_POINTER))
        found = place.contents.value
        assert found
        if found not in self._methods:
            real = ctypes.cast(found, ctypes.POINTER(_Methods)).contents
            own = _Methods.from_buffer_copy(real)
            own.write = self._pointer(_Write, self._writing(_Write(real.write)))
            own.truncate = self._pointer(_Truncate, self._truncating(_Truncate(real.truncate)))
            own.sync = self._pointer(_Sync, self._syncing(_Sync(real.sync)))
            self._methods[found] = (real, own)
        place[0] = ctypes.addressof(self._methods[found][1])

    def _writing(self, real: Any) -> Callable[..., int]:
        def written(file: int, data: int, length: int, offset: int) -> int:
            if file in self._open:
                content = ctypes.string_at(data, length)
                self.note("write", self._open[file], offset, content)
            return int(real(file, data, length, offset))

        return written

    def _truncating(self, real: Any) -> Callable[..., int]:
        def truncated(file: int, size: int) -> int:
            self.note("truncate", self._open[file], size)
            return int(real(file, size))

        return truncated

    def _syncing(self, real: Any) -> Callable[..., int]:
        def synced(file: int, flags: int) -> int:
            path = self._open[file]
            self.note("sync", path)
            if path in self._new_journals:
                # SQLite syncs the folder of a new journal with it.
                self._new_journals.discard(path)
                self.note("sync_folder", os.path.dirname(path))
            return int(real(file, flags))

        return synced


_KEPT: list[Recorder] = []
