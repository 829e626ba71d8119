"""Who has a document open (advice that people read), and who is saving it (a mutex).

The mutex is a file beside the document, made exclusively and held by a lock of the system,
which the system takes back when a program ends, however it ends. So a mutex that lies about is
nobody's, and whoever gets its lock has it alone. The advice is changed under the mutex only:
of many who take over one stale lock, one does.
"""

import errno
import json
import os
import random
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from app.errors import KeikakuError
from storage import safe_io
from storage.file_names import fitting
from storage.interchange.place import short
from storage.json_note import parsed_note

PATIENCE: Final = 5.0
"""How long (seconds) to wait for somebody who is saving."""
_OPEN: Final = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
# Opening a pipe to read must not wait for somebody who writes.
_OPEN_TO_READ: Final = (_OPEN & ~os.O_RDWR) | os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
_UNSUPPORTED: Final = (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS)


class BusyError(KeikakuError):
    """Somebody else is saving the document right now, or has just taken it over."""


class HeldError(KeikakuError):
    """Somebody has the document open; `holder` says who."""

    def __init__(self, target: Path, holder: "Holder") -> None:
        """`target` is the document."""
        super().__init__(
            f"「{target.name}」は、{holder.words()}開いています。"
            "見るだけで開くか、写しを編集するか、確かめたうえで引き継いでください。"
        )
        self.holder = holder


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a document open: `since` is an ISO time, `token` this one opening."""

    who: str
    pc: str
    since: str
    token: str

    def words(self) -> str:
        """「市民課 佐藤さんが（PC-12、11月20日 9:15から）」, to stand before 開いています."""
        since = datetime.fromisoformat(self.since)
        when = f"{since.month}月{since.day}日 {since:%H:%M}から"
        who = f"{short(self.who)}さん" if self.who else "ほかの人"
        return f"{who}が（{short(self.pc) or '別のPC'}、{when}）"


def holder(target: Path) -> Holder | None:
    """Who has the document open, None for nobody, or if what lies there does not say."""
    path = _beside(target, "lock")
    try:
        found = parsed_note(safe_io.read_bytes(path, 10_000))
        cells = [found[name] for name in Holder.__slots__]
        datetime.fromisoformat(found["since"])
    except (KeikakuError, ValueError, KeyError, TypeError):
        return None
    return Holder(*cells) if all(isinstance(cell, str) for cell in cells) else None


def take(target: Path, who: str, seen: Holder | None = None) -> Holder:
    """Write that `who` has the document open.

    `seen` is the holder whom a person agreed to take over from. Raises HeldError where
    somebody else has it, BusyError where somebody is saving all the time.
    """
    mine = Holder(who, pc_name(), datetime.now().astimezone().isoformat(), secrets.token_hex(8))
    with saving(target):
        now = holder(target)
        if now and (seen is None or now.token != seen.token):
            raise HeldError(target, now)
        path = _beside(target, "lock")
        if safe_io.operate(os.path.islink, path):
            # Whatever it leads to is nobody's lock and must not be replaced by one.
            safe_io.remove(path)
        safe_io.write_bytes(path, json.dumps(asdict(mine)).encode())
    return mine


def release(target: Path, token: str) -> None:
    """Take back what `take` wrote, unless somebody has taken over."""
    with suppress(KeikakuError), saving(target):
        if is_ours(target, token):
            safe_io.remove(_beside(target, "lock"))


def is_ours(target: Path, token: str) -> bool:
    """Whether nobody took the document over. A lock that was removed is nobody's."""
    now = holder(target)
    return now is None or now.token == token


def pc_name() -> str:
    """The name of this PC, as people know it."""
    return os.environ.get("COMPUTERNAME") or getattr(os, "uname", lambda: ("", ""))()[1]


@contextmanager
def saving(target: Path, patience: float | None = None) -> Iterator[None]:
    """Keep everybody else from saving the document. Raises BusyError after `patience` seconds."""
    end = time.monotonic() + (PATIENCE if patience is None else patience)
    path = _beside(target, "saving")
    if os.path.isdir(path):
        # Not ours. Everybody else sees it too, and goes round it the same way.
        path = _beside(target, "saving-2")
    while not (hold := Hold.take(path, target)):
        if time.monotonic() > end:
            raise BusyError(
                f"ほかの人が「{target.name}」を保存しているところです。"
                "書いた内容は残っています。少し待ってから、もう一度保存してください。"
            )
        time.sleep(random.uniform(0.005, 0.03))
    try:
        yield
    finally:
        hold.release()


class Hold:
    """A file that this process holds, alone, until it is released or the process ends."""

    def __init__(self, path: Path, file: int) -> None:
        """Use `take`."""
        self._path = path
        self._file: int | None = file

    @classmethod
    def take(cls, path: Path, document: Path | None = None) -> Self | None:
        """Hold a file, made where it is missing; None where another has it.

        Raises KeikakuError where it cannot be made, which names the `document` it is for.
        """
        named = document or path
        try:
            file, is_new = _opened(path)
        except (FileNotFoundError, FileExistsError) as error:
            if not os.path.exists(path.parent):
                raise safe_io.writing_failed(named, error) from error
            if os.path.islink(path):
                # One that leads nowhere: nobody holds it, and nobody could.
                safe_io.remove(path)
            return None
        except OSError as error:
            if getattr(error, "winerror", None) in (5, 32, 33):
                # Windows says so of a file that is just being removed.
                return None
            raise safe_io.writing_failed(named, error) from error
        hold = cls(path, file)
        if _locked(file, is_new) and hold._is_current(file):
            return hold
        os.close(file)
        return None

    def release(self) -> None:
        """Let it go; the file is removed. Doing it twice is no harm."""
        file, self._file = self._file, None
        if file is None:
            return
        # Windows removes no open file, and there nobody else has removed it meanwhile.
        if os.name == "nt":
            os.close(file)
            safe_io.remove(self._path)
        else:
            safe_io.remove(self._path)
            os.close(file)

    def _is_current(self, file: int) -> bool:
        """Whether the file still has its name: the one before us may have removed it."""
        if os.name == "nt":
            return True
        try:
            found, mine = safe_io.operate(os.stat, self._path), os.fstat(file)
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == (mine.st_dev, mine.st_ino)


def _opened(path: Path) -> tuple[int, bool]:
    try:
        return safe_io.operate(os.open, path, _OPEN | os.O_CREAT | os.O_EXCL, 0o666), True
    except FileExistsError:
        return _opened_there(path), False


def _opened_there(path: Path) -> int:
    """A file that is there, left by another person perhaps: to lock it, reading is enough."""
    try:
        return safe_io.operate(os.open, path, _OPEN)
    except PermissionError:
        return safe_io.operate(os.open, path, _OPEN_TO_READ)


def _locked(file: int, is_new: bool) -> bool:
    """Lock an open file. Where a share knows no locks, whoever made the file has it."""
    try:
        _lock(file)
    except OSError as error:
        return is_new and error.errno in _UNSUPPORTED
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        # What is locked cannot be read on Windows, so it is a byte far behind the end.
        os.lseek(file, 1 << 30, os.SEEK_SET)
        safe_io.operate(msvcrt.locking, file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        safe_io.operate(fcntl.flock, file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(fitting(f".{target.name}", f".{suffix}", target.parent))
