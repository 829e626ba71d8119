"""The one door for file operations: reading whole files, and replacing them whole or not at all.

Every call of the operating system passes through `operate`, so that a test can make any one
of them fail with any error. SQLite does its own; it is watched in `storage.plan_file.plan_file`.
"""

import errno
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from app.errors import KeikakuError

MAX_BYTES: Final = 200 * 1024 * 1024
"""The largest file (bytes) that is read of somebody nobody knows."""
PAUSES: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""How long (seconds) to wait before trying a rename again that another program prevents."""
_IN_THE_WAY: Final = (5, 32, 33)
_ABSENT: Final = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
_ABSENT_ON_WINDOWS: Final = (2, 3, 123, 161, 206)
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_READ: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0)

P = ParamSpec("P")
T = TypeVar("T")


def operate(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do one file operation. A test puts a failing one in its place."""
    return call(*args, **kwargs)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The whole file. Raises KeikakuError where it cannot be read or is over `limit` bytes."""
    try:
        _require_file(path, limit)
        data = _read(path, limit + 1)
    except OSError as error:
        raise reading_failed(path, error) from error
    if len(data) > limit:
        # It has grown since it was looked at.
        raise too_large(path, limit)
    return data


def read_start(path: Path, length: int) -> bytes:
    """The first bytes of a file of any size. Raises KeikakuError where it cannot be read."""
    try:
        _require_file(path, None)
        return _read(path, length)
    except OSError as error:
        raise reading_failed(path, error) from error


def _require_file(path: Path, limit: int | None) -> None:
    """Raise KeikakuError where there is no ordinary file: reading a pipe may never end."""
    found = operate(os.stat, path)
    if stat.S_ISDIR(found.st_mode):
        raise KeikakuError(f"「{path.name}」はフォルダーです。ファイルを指定してください。")
    if not stat.S_ISREG(found.st_mode):
        raise KeikakuError(f"「{path.name}」はふつうのファイルではないため、読み込めません。")
    if limit is not None and found.st_size > limit:
        raise too_large(path, limit)


def _read(path: Path, most: int) -> bytes:
    file = operate(os.open, path, _READ)
    try:
        pieces: list[bytes] = []
        while most and (piece := operate(os.read, file, min(most, 1 << 20))):
            pieces.append(piece)
            most -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(file)


def is_there(path: Path, named: Path | None = None) -> bool:
    """Whether something has this name. A link that leads nowhere has not.

    Raises KeikakuError, about `named` if that is given, if the folder does not let us look.
    """
    try:
        operate(os.stat, path)
    except OSError as error:
        # There is nothing under a name that is too long to be given.
        if error.errno in _ABSENT or getattr(error, "winerror", None) in _ABSENT_ON_WINDOWS:
            return False
        raise reading_failed(named or path, error) from error
    return True


def make_folder(folder: Path) -> None:
    """Make a folder, and those it lies in, unless it is there. Raises KeikakuError."""
    try:
        operate(os.makedirs, folder, exist_ok=True)
    except OSError as error:
        raise writing_failed(folder, error) from error


def write_bytes(target: Path, data: bytes) -> None:
    """Make `target` hold `data`; what was there before is replaced whole or not at all."""
    with replacing(target) as temp:
        file = operate(os.open, temp, _NEW, 0o666)
        try:
            _write_all(file, data)
        finally:
            os.close(file)


def copy(source: Path, target: Path) -> str:
    """Make `target` a copy of `source`, whole or not at all. Returns the SHA-256 of the bytes.

    Raises KeikakuError.
    """
    with replacing(target) as temp:
        return copy_piecewise(source, temp)


def copy_piecewise(source: Path, target: Path, limit: int | None = None) -> str:
    """Copy into a new file that may be left half-written. Returns the SHA-256 of the bytes.

    Raises KeikakuError, also where the source is over `limit` bytes.
    """
    found = hashlib.sha256()
    file = operate(os.open, target, _NEW, 0o666)
    try:
        for piece in _pieces(source, limit):
            found.update(piece)
            _write_all(file, piece)
    finally:
        os.close(file)
    return found.hexdigest()


def move(source: Path, target: Path) -> None:
    """Give a file another name on the same disk; it is synced before. Raises KeikakuError."""
    try:
        sync(source)
        rename(source, target)
    except OSError as error:
        raise writing_failed(target, error) from error
    sync_name(target)


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes. Raises KeikakuError where it cannot be read."""
    found = hashlib.sha256()
    for piece in _pieces(path):
        found.update(piece)
    return found.hexdigest()


def _pieces(path: Path, limit: int | None = None) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time. Raises KeikakuError, also over `limit` bytes."""
    try:
        _require_file(path, limit)
        file = operate(os.open, path, _READ)
        try:
            yield from _pieces_of(file, path, limit)
        finally:
            os.close(file)
    except OSError as error:
        raise reading_failed(path, error) from error


def _pieces_of(file: int, path: Path, limit: int | None) -> Iterator[bytes]:
    length = 0
    while piece := operate(os.read, file, 1 << 20):
        length += len(piece)
        if limit is not None and length > limit:
            raise too_large(path, limit)
        yield piece


def _write_all(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[operate(os.write, file, left) :]


def remove(path: Path) -> None:
    """Remove a file that may be gone already. What cannot be removed stays."""
    with suppress(OSError):
        operate(os.unlink, path)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path beside `target` to write a file at; leaving the block puts it in place.

    The new file is on disk before it takes the name. Where anything fails, the target
    is as it was, the new file is removed, and KeikakuError says so.
    """
    place = Path(os.path.realpath(target))
    temp = place.with_name(f".keikaku-{secrets.token_hex(6)}.tmp")
    try:
        operate(os.stat, place.parent)
        mode = _replaceable_mode(place)
        yield temp
        sync(temp)
        if mode is not None:
            operate(os.chmod, temp, mode)
        rename(temp, place)
    except BaseException as error:
        remove(temp)
        if isinstance(error, OSError):
            raise writing_failed(target, error) from error
        raise
    sync_name(place)


def _replaceable_mode(place: Path) -> int | None:
    """The permissions of the file that will be replaced, None for none. A new file keeps them."""
    try:
        mode = operate(os.stat, place).st_mode
    except FileNotFoundError:
        return None
    is_ordinary = stat.S_ISREG(mode) or stat.S_ISDIR(mode)
    if not (is_ordinary and mode & stat.S_IWUSR):
        # A folder that may be written to would let a protected file, or a device such as
        # /dev/null, be replaced all the same.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
    return stat.S_IMODE(mode)


def sync(path: Path) -> None:
    """Have a file on disk, not only on its way there. Raises OSError."""
    # Windows syncs only what was opened for writing.
    file = operate(os.open, path, os.O_RDWR)
    try:
        operate(os.fsync, file)
    finally:
        os.close(file)


def rename(temp: Path, place: Path) -> None:
    """Give the new file its name. On Windows a virus scanner or a reader may be in the way."""
    for pause in PAUSES:
        try:
            return operate(os.replace, temp, place)
        except OSError as error:
            if getattr(error, "winerror", None) not in _IN_THE_WAY:
                raise
        time.sleep(pause)
    return operate(os.replace, temp, place)


def sync_name(place: Path) -> None:
    """Make the new name itself last through a power cut, where the system offers it.

    Raises KeikakuError where the system cannot say whether it does.
    """
    if os.name == "nt":
        return
    try:
        folder = operate(os.open, place.parent, os.O_RDONLY)
        try:
            operate(os.fsync, folder)
        finally:
            os.close(folder)
    except OSError as error:
        # Shares and USB sticks may not know how to sync a folder; that is no failure.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF):
            raise KeikakuError(
                f"「{place.name}」を書き込みましたが、確実に残ったかどうかを確認できません。"
                "開いて確かめるか、別の場所にも保存してください。"
            ) from error


def reading_failed(path: Path, error: OSError) -> KeikakuError:
    """What to tell a person whose file could not be read."""
    cause, remedy = _explained(error)
    return KeikakuError(f"{cause}ため、「{path.name}」を読み込めませんでした。{remedy}")


def writing_failed(path: Path, error: OSError) -> KeikakuError:
    """What to tell a person whose file could not be written; the old one is as it was."""
    cause, remedy = _explained(error)
    return KeikakuError(
        f"{cause}ため、「{path.name}」に書き込めませんでした（前からあるファイルは元のままです）。{remedy}"
    )


def too_large(path: Path, limit: int) -> KeikakuError:
    """What to tell a person whose file is over a limit (bytes)."""
    return KeikakuError(
        f"「{path.name}」は大きすぎるため、読み込めません"
        f"（{limit // (1024 * 1024)} MBまでのファイルを扱えます）。"
    )


def _explained(error: OSError) -> tuple[str, str]:
    """Why it failed, to stand before ため, and what to do."""
    windows = getattr(error, "winerror", None)
    for windows_codes, codes, cause, remedy in _CAUSES:
        if windows in windows_codes or (windows is None and error.errno in codes):
            return cause, remedy
    number = windows if windows is not None else error.errno
    return f"ディスクや回線の不具合（番号 {number}）の", "少し待ってから、もう一度お試しください。"


_CAUSES: Final = (
    (
        (32, 33),
        (errno.EBUSY, errno.ETXTBSY),
        "ほかのプログラムで開かれている",
        "そのプログラムで閉じてから、もう一度お試しください。",
    ),
    (
        (2, 3),
        (errno.ENOENT, errno.ENOTDIR),
        "ファイルかフォルダーが見つからない",
        "場所と名前を確かめてください。",
    ),
    (
        (5, 19),
        (errno.EACCES, errno.EPERM, errno.EROFS),
        "許可されていない（または読み取り専用の）",
        "ファイルとフォルダーの権限を確かめるか、別の場所を選んでください。",
    ),
    (
        (39, 112),
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        "ディスクの空きが足りない",
        "不要なファイルを片付けてから、もう一度お試しください。",
    ),
    (
        (53, 59, 64, 67, 121, 1231),
        (errno.ENETDOWN, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ESTALE, errno.ETIMEDOUT),
        "共有フォルダーにつながらない",
        "ネットワークのつながりを確かめてから、もう一度お試しください。",
    ),
    ((206,), (errno.ENAMETOOLONG,), "名前が長すぎる", "短い名前に変えてください。"),
    ((123, 161), (errno.EILSEQ,), "名前に使えない文字がある", "別の名前に変えてください。"),
    (
        (80, 183),
        (errno.EEXIST,),
        "同じ名前のファイルがある",
        "そのファイルの名前を変えるか、別の名前を選んでください。",
    ),
    ((1921,), (errno.ELOOP,), "リンクの行き先が見つからない", "場所と名前を確かめてください。"),
    (
        (),
        (errno.EISDIR,),
        "同じ名前のフォルダーがある",
        "そのフォルダーの名前を変えるか、別の名前を選んでください。",
    ),
)
