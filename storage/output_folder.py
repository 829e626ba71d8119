"""A folder as an output: put in place whole, and nothing that lay there is removed."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from storage import safe_io
from storage.safe_io import rename, sync_name, write_bytes, writing_failed

FOLDER_MARK: Final = "keikaku-output.txt"
"""In a folder that was written as an output: it may be put aside by the next one."""
_FOLDER_TEXT: Final = (
    "計画カンバンが出力したフォルダーです。次の出力のとき、名前を変えて残します。\n"
)
_UNTOUCHED: Final = "何も変えていません。空のフォルダーか、新しい名前を指定してください。"


@contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target` to fill; leaving the block puts it in place, whole.

    A folder that this wrote before is first renamed 「…（前の出力）」; nothing is removed. Any
    other folder must be empty. If anything fails, the target is as it was and KeikakuError says so.
    """
    place = Path(os.path.realpath(target))
    temp = place.with_name(f".keikaku-{secrets.token_hex(6)}.tmp")
    try:
        _require_ours(place)
        safe_io.operate(os.mkdir, temp)
        write_bytes(temp / FOLDER_MARK, _FOLDER_TEXT.encode())
        yield temp
        _put(temp, place)
    except BaseException as error:
        _remove_folder(temp)
        if isinstance(error, OSError):
            raise writing_failed(target, error) from error
        raise
    sync_name(place)


def _require_ours(place: Path) -> None:
    """Raise KeikakuError if what is there may not be put aside: a file, another's folder."""
    if not os.path.lexists(place):
        return
    if not os.path.isdir(place):
        raise KeikakuError(
            f"「{place.name}」というファイルがあるため、出力できません。{_UNTOUCHED}"
        )
    if not os.path.exists(place / FOLDER_MARK) and any(place.iterdir()):
        raise KeikakuError(
            f"フォルダー「{place.name}」にはほかのファイルがあるため、出力できません。{_UNTOUCHED}"
        )


def _put(temp: Path, place: Path) -> None:
    """Give the new folder its name; if that fails, the one before has its name again."""
    if not os.path.lexists(place):
        rename(temp, place)
        return
    if not any(place.iterdir()):
        safe_io.operate(os.rmdir, place)
        rename(temp, place)
        return
    names = (f"{place.name}（前の出力{n if n > 1 else ''}）" for n in count(1))
    aside = next(p for p in map(place.with_name, names) if not os.path.lexists(p))
    rename(place, aside)
    try:
        rename(temp, place)
    except OSError:
        rename(aside, place)
        raise


def _remove_folder(temp: Path) -> None:
    """Remove a half-filled folder of ours. What cannot be removed stays."""
    with suppress(OSError):
        safe_io.operate(shutil.rmtree, temp)
