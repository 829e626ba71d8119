"""Copies of a document as it was: 履歴 beside it, and backups on this PC.

Before each saving the document that is replaced goes into 履歴; before a merge and a restore,
and at the first opening of a day, it goes among the backups of this PC; so does what was saved
last, when it is closed. A copy is verified when it is made: read back, and looked through unless a
file of its SHA-256 was. Of old copies some are kept: see `superfluous`.
"""

import os
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import Final

from app.errors import DamagedError, KeikakuError
from storage import safe_io
from storage.file_names import fitting, is_for
from storage.plan_file.gate import damaged
from storage.plan_file.plan_file import SUFFIX, PlanFile
from storage.this_pc.data_folder import data_folder
from storage.this_pc.known_plans import folder_name, is_known

HISTORY: Final = "履歴"
NEWEST: Final = 100
"""So many of the newest copies are all kept."""
DAYS: Final = 90
"""Of so many days before that, on which there are any, the last copy is kept; of all before these
the last one of each month, for ever."""
_LATEST: Final = 4e9
"""The latest time (seconds since 1970; it is in 2096) that a file is believed to have."""
_STAMP: Final = re.compile(r"_(\d{8}-\d{6})_([0-9a-f]{8})$")


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a document: when it was made, and the first digits of its SHA-256.

    `at` is the time by the clock of the PC that made it, `written` by the clock of the disk; where
    that is a share, no PC can set it wrong. `size` is in bytes.
    """

    path: Path
    at: datetime
    sha256: str
    written: datetime
    size: int


def backups(target: Path, plan: str = "*") -> list[Backup]:
    """All copies of a document, the latest first.

    `plan` is the plan's UUID; without it, as of a damaged file, the name has to do.
    """
    folders = [target.parent / HISTORY, *(data_folder() / "backups").glob(_safe(plan))]
    found = [copy for folder in folders for copy in _copies(folder, target.stem)]
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def keep_history(target: Path, sha256: str, *, is_checked: bool = False) -> None:
    """Copy what is about to be replaced into 履歴, verified. Raises KeikakuError.

    `is_checked`: a file of this SHA-256 was looked through already.
    """
    _keep(target, sha256, target.parent / HISTORY, is_checked=is_checked)


def put_aside(target: Path) -> None:
    """Keep what something else is about to replace: in 履歴, what is no plan on this PC.

    Raises KeikakuError where it cannot be kept.
    """
    if not safe_io.is_there(target):
        return
    try:
        keep_history(target, safe_io.sha256(target))
    except DamagedError:
        rescue(target, target.stem)


def back_up(copy: Path, target: Path, sha256: str, plan: str, *, daily: bool = False) -> None:
    """Copy a document, of which `copy` is one that was looked through, to this PC's backups.

    With `daily` only where there is none of today yet. Raises KeikakuError.
    """
    today = datetime.now().date()
    if daily and any(found.at.date() == today for found in _copies(_folder(plan), target.stem)):
        return
    _keep(copy, sha256, _folder(plan), target.stem, is_checked=True)


def rescue(copy: Path, name: str) -> Path:
    """Put a copy where the program never removes anything. Returns its path."""
    folder = data_folder() / "rescue"
    safe_io.make_folder(folder)
    tail = f"_{datetime.now():%Y%m%d-%H%M%S-%f}{SUFFIX}"
    place = folder / fitting(name, tail, folder, limits_path=True)
    safe_io.copy(copy, place)
    return place


def superfluous(copies: Sequence[Backup]) -> list[Backup]:
    """Those that need not be kept any longer.

    Asked of both times of a copy: a PC whose clock is wrong, or a folder that was copied, makes one
    of them false. Nothing depends on what time it is now.
    """
    kept = _worth_keeping(copies, attrgetter("at")) | _worth_keeping(copies, attrgetter("written"))
    return [backup for backup in copies if backup.path not in kept]


def _worth_keeping(copies: Sequence[Backup], time: Callable[[Backup], datetime]) -> set[Path]:
    found = sorted(copies, key=time, reverse=True)
    kept = {backup.path for backup in found[:NEWEST]}
    days: set[date] = set()
    months: set[tuple[int, int]] = set()
    for backup in found[NEWEST:]:
        day = time(backup).date()
        month = (day.year, day.month)
        if day in days or (len(days) == DAYS and month in months):
            continue
        if len(days) < DAYS:
            days.add(day)
        months.add(month)
        kept.add(backup.path)
    return kept


def _keep(copy: Path, sha256: str, folder: Path, stem: str = "", *, is_checked: bool) -> None:
    stem = stem or copy.stem
    if any(_holds(found, sha256) for found in _copies(folder, stem)):
        return
    safe_io.make_folder(folder)
    tail = f"_{datetime.now():%Y%m%d-%H%M%S}_{sha256[:8]}{SUFFIX}"
    place = folder / fitting(stem, tail, folder, limits_path=True)
    with safe_io.replacing(place) as temp:
        if safe_io.copy_piecewise(copy, temp) != sha256:
            raise KeikakuError(
                f"「{copy.name}」が、控えを取る間に変わりました。控えは作らず、元のままです。"
                "もう一度お試しください。"
            )
        if not is_checked:
            PlanFile.received(temp, copy, is_known).close()
        elif safe_io.sha256(temp) != sha256:
            raise damaged(copy)
    for backup in superfluous(_copies(folder, stem)):
        safe_io.remove(backup.path)


def _holds(backup: Backup, sha256: str) -> bool:
    """Whether a copy is of these bytes: it is read, for a name is no proof."""
    try:
        return backup.sha256 == sha256[:8] and safe_io.sha256(backup.path) == sha256
    except KeikakuError:
        return False


def _copies(folder: Path, stem: str) -> list[Backup]:
    """The copies of a document in a folder; none of what only looks like one."""
    return [copy for entry in _listed(folder) if (copy := _copy(entry, stem))]


def _copy(entry: os.DirEntry[str], stem: str) -> Backup | None:
    name = entry.name.removesuffix(SUFFIX)
    match = _STAMP.search(name)
    if not match or name == entry.name or not is_for(name[: match.start()], stem):
        return None
    try:
        at = datetime.strptime(match[1], "%Y%m%d-%H%M%S")
        found = entry.stat()
        written = datetime.fromtimestamp(min(max(found.st_mtime, 0.0), _LATEST))
    except (ValueError, OSError):
        return None
    if not stat.S_ISREG(found.st_mode) or not found.st_size:
        return None
    return Backup(Path(entry.path), at, match[2], written, found.st_size)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder, nothing if it cannot be looked into: a share comes and goes."""
    try:
        with safe_io.operate(os.scandir, folder) as entries:
            return list(entries)
    except OSError:
        return []


def _folder(plan: str) -> Path:
    return data_folder() / "backups" / _safe(plan)


def _safe(plan: str) -> str:
    """The UUID of a plan as the name of a folder, whatever a file says it is."""
    return plan if plan == "*" else folder_name(plan)
