"""Names of files that go with a document, no longer than file systems take them."""

import hashlib
import os
from pathlib import Path
from typing import Final

from storage import safe_io

LONGEST: Final = 255
"""How many bytes a name may have on Linux, and on the servers that offices share files from."""
_FITS_EVERYWHERE: Final = 140
"""Names of so many bytes need not be asked about. Encrypted folders take 143 and less."""
LONGEST_PATH: int | None = 259 if os.name == "nt" else None
"""How many UTF-16 units a whole path may have; None for no such limit."""


def fitting(stem: str, tail: str, folder: Path, *, limits_path: bool = False) -> str:
    """The name `stem + tail`, its stem shortened if a file in `folder` cannot have such a name.

    A stem always gets the same short form, and no other stem gets it too. With `limits_path` the
    whole path is kept within what Windows takes; PCs that see the folder under another path then
    may give another name.
    """
    longest = LONGEST if _bytes(stem + tail) <= _FITS_EVERYWHERE else _longest(folder)
    units = LONGEST_PATH if limits_path else None

    def fits(name: str) -> bool:
        return _bytes(name) <= longest and (units is None or _units(folder / name) <= units)

    if fits(stem + tail):
        return stem + tail
    short, tail = stem, _mark(stem) + tail
    while short and not fits(short + tail):
        short = short[:-1]
    return short + tail


def is_for(name: str, stem: str) -> bool:
    """Whether `name` is what `fitting` makes of the stem, without the tail."""
    mark = _mark(stem)
    return name == stem or (name.endswith(mark) and stem.startswith(name.removesuffix(mark)))


def _longest(folder: Path) -> int:
    if not hasattr(os, "pathconf"):
        return LONGEST
    try:
        return min(LONGEST, safe_io.operate(os.pathconf, folder, "PC_NAME_MAX"))
    except (OSError, ValueError):
        return LONGEST


def _mark(stem: str) -> str:
    return f"~{hashlib.sha256(os.fsencode(stem)).hexdigest()[:8]}"


def _bytes(name: str) -> int:
    return len(os.fsencode(name))


def _units(path: Path) -> int:
    return len(str(path).encode("utf-16-le", "surrogatepass")) // 2
