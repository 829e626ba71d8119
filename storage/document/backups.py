"""Copies of a document as it was: 履歴 beside it, and backups on this PC.

Before each saving the document that is replaced goes into 履歴; before a merge and a restore,
and at the first opening of a day, it goes among the backups of this PC; so does what was saved
last, when it is closed. A copy is verified when it is made: read back, and looked through unless a
file of its SHA-256 was. Of old copies some are kept: see `superfluous`.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from app.errors import DamagedError, KeikakuError
from storage import safe_io
from storage.plan_file.gate import damaged
from storage.plan_file.plan_file import SUFFIX, PlanFile
from storage.this_pc.data_folder import data_folder
from storage.this_pc.known_plans import folder_name, is_known

HISTORY: Final = "履歴"
NEWEST: Final = 100
"""So many of the newest copies are all kept."""
DAILY: Final = timedelta(days=90)
"""So long the last copy of each day is kept; after that the last one of each month, for ever."""
_STAMP: Final = re.compile(r"_(\d{8}-\d{6})_([0-9a-f]{8})$")


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a document: when it was made, and the first digits of its SHA-256."""

    path: Path
    at: datetime
    sha256: str


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
    if not target.exists():
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
    place = folder / f"{name}_{datetime.now():%Y%m%d-%H%M%S-%f}{SUFFIX}"
    safe_io.copy(copy, place)
    return place


def superfluous(copies: Iterable[Backup], now: datetime) -> list[Backup]:
    """Those that need not be kept any longer."""
    found = sorted(copies, key=lambda backup: backup.at, reverse=True)
    kept: set[str] = set()
    gone: list[Backup] = []
    for backup in found[NEWEST:]:
        period = f"{backup.at:%Y%m%d}" if now - backup.at < DAILY else f"{backup.at:%Y%m}"
        if period in kept:
            gone.append(backup)
        kept.add(period)
    return gone


def _keep(copy: Path, sha256: str, folder: Path, stem: str = "", *, is_checked: bool) -> None:
    stem = stem or copy.stem
    if any(found.sha256 == sha256[:8] for found in _copies(folder, stem)):
        return
    safe_io.make_folder(folder)
    place = folder / f"{stem}_{datetime.now():%Y%m%d-%H%M%S}_{sha256[:8]}{SUFFIX}"
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
    for backup in superfluous(_copies(folder, stem), datetime.now()):
        safe_io.remove(backup.path)


def _copies(folder: Path, stem: str) -> list[Backup]:
    found: list[Backup] = []
    for path in _listed(folder):
        match = _STAMP.search(path.stem)
        if match and path.stem[: match.start()] == stem:
            at = datetime.strptime(match[1], "%Y%m%d-%H%M%S")
            found.append(Backup(path, at, match[2]))
    return found


def _listed(folder: Path) -> list[Path]:
    """The plan files in a folder, none where it cannot be looked into: a share comes and goes."""
    try:
        names = safe_io.operate(os.listdir, folder)
    except OSError:
        return []
    return [folder / name for name in names if name.endswith(SUFFIX)]


def _folder(plan: str) -> Path:
    return data_folder() / "backups" / _safe(plan)


def _safe(plan: str) -> str:
    """The UUID of a plan as the name of a folder, whatever a file says it is."""
    return plan if plan == "*" else folder_name(plan)
