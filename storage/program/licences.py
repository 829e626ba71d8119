"""The parts that the program is made of, with their versions and licences.

The built program brings a list of its parts (CycloneDX) and a folder with the text of each. From
source, what is installed says it of itself.
"""

import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app import VERSION
from app.ports import Licence
from resources import resource

if TYPE_CHECKING:
    from importlib.metadata import Distribution

LIST: Final = "sbom.cdx.json"
TEXTS: Final = "licences"
# What is installed by these names; with the licence where it does not say that in a few words.
_PARTS: Final = {
    "PySide6-Essentials": "LGPL-3.0-only",
    "reportlab": "BSD-3-Clause",
    "python-calamine": "",
    "pypdfium2": "BSD-3-Clause",
    "XlsxWriter": "",
    "sqlite-utils": "",
    "sqlite-fts4": "",
    "click": "",
    "click-default-group": "BSD-3-Clause",
    "platformdirs": "",
    "defusedxml": "PSF-2.0",
    "pillow": "",
    "charset-normalizer": "",
    "pluggy": "",
    "tabulate": "",
    "python-dateutil": "",
}
_OWN: Final = "計画カンバン"
_LGPL: Final = ("licences/LGPL-3.0.txt", "licences/GPL-3.0.txt")
_IS_LICENCE: Final = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)


@cache
def licences() -> tuple[Licence, ...]:
    """The program itself first, then its parts."""
    if getattr(sys, "frozen", False):
        return tuple(built(Path(sys.executable).parent))
    own = _read(Path(__file__).parents[2] / "LICENSE")
    python = _read(Path(sys.base_prefix, "lib", f"python3.{sys.version_info.minor}", "LICENSE.txt"))
    return (
        Licence(_OWN, VERSION, "MIT", own),
        Licence("Python", sys.version.partition(" ")[0], "PSF-2.0", python),
        Licence("SQLite", sqlite3.sqlite_version, "パブリックドメイン", ""),
        *(_installed(part, name) for part, name in _PARTS.items()),
    )


def built(folder: Path) -> Iterator[Licence]:
    """The parts of a built program that lies in this folder."""
    try:
        parts = json.loads((folder / LIST).read_bytes())["components"]
    except (OSError, ValueError, KeyError):
        parts = []
    yield Licence(_OWN, VERSION, "MIT", _text(folder, "LICENSE"))
    for part in (part for part in parts if part.get("name") != _OWN):
        name = str(part.get("name", ""))
        yield Licence(name, str(part.get("version", "")), _name(part), _text(folder, name))


def _name(part: dict[str, Any]) -> str:
    said = ({**entry.get("license", {}), **entry} for entry in part.get("licenses", []))
    return ", ".join(one.get("expression") or one.get("id") or one.get("name", "") for one in said)


def _text(folder: Path, part: str) -> str:
    """The texts of a part: the files that bear its name, or lie in a folder that does."""
    found = (folder / TEXTS).rglob("*")
    texts = (
        _read(f) for f in sorted(found) if os.path.isfile(f) and part in (f.stem, f.parent.name)
    )
    return "\n\n".join(filter(None, texts))


def _installed(part: str, name: str) -> Licence:
    # Brings `socket` along: the built program does without both.
    from importlib.metadata import distribution

    found = distribution(part)
    about = found.metadata.json
    said = str(about.get("license_expression") or about.get("license") or "")
    texts = map(_read, _texts(found))
    if name.startswith("LGPL"):
        texts = map(_read, map(resource, _LGPL))
    return Licence(part, found.version, name or said, "\n\n".join(texts))


def _texts(found: "Distribution") -> Iterator[Path]:
    for file in found.files or ():
        if _IS_LICENCE.search(file.name) and ".dist-info" in str(file):
            yield Path(str(file.locate()))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
