"""The folder of the built program: whether its files are there, and as they were built.

`dev.py build` lays the list `SHA256SUMS` beside the program. The program as source has none.
Imports the standard library only: whatever else is missing, this can still say so.
"""

import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.errors import KeikakuError

LIST: Final = "SHA256SUMS"
_MOST_NAMED: Final = 3


def package_folder() -> Path | None:
    """The folder of the built program; None for the program as source."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None


def sums(text: str) -> dict[str, str]:
    """SHA-256 by path, of a list as `sha256sum` writes it."""
    return {path: digest for digest, _, path in (ln.partition("  ") for ln in text.splitlines())}


def as_list(digests: dict[str, str]) -> str:
    """The list of some digests by path, as `sha256sum -c` reads it."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))


def missing_files(folder: Path) -> list[str]:
    """What the program needs to run and is not there; costs a few milliseconds."""
    return [
        path for path in _listed(folder) if _is_needed(path) and not os.path.exists(folder / path)
    ]


def damaged_files(folder: Path) -> list[str]:
    """What is missing or not as it was built; reads every file."""
    listed = _listed(folder)
    return [path for path, digest in listed.items() if _digest(folder / path) != digest]


def require_whole(folder: Path | None) -> None:
    """Raise KeikakuError, naming them, where files of the built program are missing."""
    missing = missing_files(folder) if folder else []
    if missing:
        raise KeikakuError(
            f"プログラムのファイルがないため、始められません: {named(missing)}。"
            "計画のファイルはそのままです。ウイルス対策ソフトが隔離していないか確かめて、"
            "配布されたZIPをもう一度展開してください。"
        )


def import_sentence(error: ImportError, folder: Path | None) -> str:
    """What is told where a part of the program cannot be loaded."""
    damaged = damaged_files(folder) if folder else []
    # What a library lacks stands before the colon: "libEGL.so.1: cannot open shared object".
    lacks = error.name if isinstance(error, ModuleNotFoundError) else str(error).partition(":")[0]
    part = named(damaged) or str(lacks)
    return (
        f"プログラムの部品を読み込めないため、できませんでした: {part}。"
        "計画のファイルはそのままです。プログラムを入れ直すか、管理者に相談してください。"
    )


def named(paths: Sequence[str]) -> str:
    """Some paths in a sentence, the first few by name."""
    more = f" ほか{len(paths) - _MOST_NAMED}件" if len(paths) > _MOST_NAMED else ""
    return "、".join(paths[:_MOST_NAMED]) + more


def _is_needed(path: str) -> bool:
    """Whether it is one of the programs or of their parts; a manual is missed by a reader only."""
    return path.startswith("_internal/") or Path(path).suffix in ("", ".exe")


def _listed(folder: Path) -> dict[str, str]:
    try:
        return sums((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {LIST: "-"}


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
