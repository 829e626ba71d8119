"""What the built program consists of: each part with its version, origin and licence.

`build.spec` notes where every file and module came from; here each is given to the part it
belongs to. What belongs to none stops the build: nothing is shipped that nobody answers for.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path
from typing import Final

from app import VERSION

ROOT: Final = Path(__file__).resolve().parent
OWN, PYTHON, QT = "計画カンバン", "Python", "Qt"
_IS_LICENCE: Final = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
# Parts whose installed files hold no text, or say of themselves what is no name of a licence.
_LICENCES: Final = {
    "PySide6-Essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "reportlab": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "sqlite-fts4": "Apache-2.0",
    "click-default-group": "BSD-3-Clause",
}
_LGPL: Final = (
    "Qt、PySide6、Shibokenは、GNU LGPL 第3版のもとで、変更せずに使っています。\n"
    "これらのライブラリは _internal の中に、それぞれのファイルのまま入っています。\n"
    "同じ版と互換のあるファイルに置きかえて、プログラムを動かすことができます。\n"
    "ソースコード: https://download.qt.io/official_releases/\n"
    "Qtに含まれるその他のソフトウェア: https://doc.qt.io/qt-6/licenses-used-in-qt.html\n"
)
# What is compiled into Qt. pypdfium2 holds the texts.
_INSIDE_QT: Final = ("icu.txt", "harfbuzz.txt", "libpng.txt")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `licence` as SPDX calls it where it can, `text` in full, `purl` its origin."""

    name: str
    version: str
    licence: str
    text: str
    purl: str
    files: int


def find_parts(sources: Iterable[str]) -> list[Part]:
    """The parts that these files came from, our own first. Exits where one is of nobody."""
    paths = [Path(source).resolve() for source in sources if source not in ("", "-")]
    packages = _system_packages(path for path in paths if _owner(path) is None)
    counts = Counter(_owner(path) or packages.get(path, "") for path in paths)
    if counts.pop("", 0):
        nobodys = [str(path) for path in paths if not (_owner(path) or packages.get(path))]
        sys.exit("Nobody answers for: " + ", ".join(nobodys))
    parts = [_part(name, count) for name, count in counts.items()]
    return sorted(parts, key=lambda part: (part.name != OWN, part.name.lower()))


@cache
def _owner(path: Path) -> str | None:
    """The name of the part that a file is of; None for a file of the system."""
    if path in _installed():
        return QT if _is_qt(path) else _installed()[path]
    if path.is_relative_to(ROOT / "build") or path.is_relative_to(sysconfig.get_path("stdlib")):
        return PYTHON
    if path.is_relative_to(sys.base_prefix) and "python" in path.name.lower():
        return PYTHON
    is_own = path.is_relative_to(ROOT) and not path.is_relative_to(sys.prefix)
    return OWN if is_own else None


def _is_qt(path: Path) -> bool:
    """Whether a file of PySide6 is Qt itself and not what ties it to Python."""
    is_library = path.name.startswith(("libQt6", "Qt6", "libicu"))
    return "PySide6" in path.parts and (
        is_library or bool({"plugins", "translations"} & {*path.parts})
    )


@cache
def _installed() -> Mapping[Path, str]:
    """The part that each installed file belongs to."""
    return {
        Path(str(file.locate())).resolve(): found.name.replace("_", "-")
        for found in distributions()
        for file in found.files or ()
    }


def _system_packages(paths: Iterable[Path]) -> dict[Path, str]:
    """The Debian or Ubuntu package of each file that one has."""
    # dpkg may have noted it in /lib, which is a link to /usr/lib.
    spelled = {
        place: path for path in paths for place in (str(path), str(path).removeprefix("/usr"))
    }
    if not spelled or not shutil.which("dpkg-query"):
        return {}
    found = subprocess.run(["dpkg-query", "-S", *spelled], capture_output=True, text=True)
    lines = (line.rpartition(": ") for line in found.stdout.splitlines())
    return {spelled[path]: names.partition(":")[0] for names, _, path in lines if path in spelled}


def _part(name: str, files: int) -> Part:
    if name == OWN:
        text = (ROOT / "LICENSE").read_text(encoding="utf-8")
        return Part(name, VERSION, "MIT", text, f"pkg:generic/keikaku-kanban@{VERSION}", files)
    if name == PYTHON:
        version = sys.version.partition(" ")[0]
        return Part(
            name, version, "PSF-2.0", _python_text(), f"pkg:generic/python@{version}", files
        )
    if name == QT:
        version = distribution("PySide6-Essentials").version
        return Part(name, version, "LGPL-3.0-only", _qt_text(), f"pkg:generic/qt@{version}", files)
    if name in _installed().values():
        return _installed_part(distribution(name), files)
    return _system_part(name, files)


def _installed_part(found: Distribution, files: int) -> Part:
    name, about = found.name.replace("_", "-"), found.metadata
    said = about.get_all("License-Expression") or about.get_all("License") or [""]
    licence = _LICENCES.get(name) or said[0]
    purl = f"pkg:pypi/{name.lower()}@{found.version}"
    text = _lgpl_text() if licence.startswith("LGPL") else "\n\n".join(_texts(found))
    return Part(name, found.version, licence, text, purl, files)


def _texts(found: Distribution) -> Iterator[str]:
    for file in found.files or ():
        if _IS_LICENCE.search(file.name) and ".dist-info" in str(file):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace").strip()


def _system_part(package: str, files: int) -> Part:
    form = "${Version} ${Architecture}"
    query = subprocess.run(
        ["dpkg-query", "-W", "-f", form, package], capture_output=True, text=True, check=True
    )
    version, machine = query.stdout.split()[:2]
    text = Path("/usr/share/doc", package, "copyright").read_text(encoding="utf-8")
    names = dict.fromkeys(re.findall(r"^License: *(\S.*)$", text, re.MULTILINE))
    purl = f"pkg:deb/debian/{package}@{version}?arch={machine}"
    return Part(package, version, ", ".join(names) or "（本文を参照）", text, purl, files)


def _python_text() -> str:
    stdlib = Path(sysconfig.get_path("stdlib"))
    debian = Path("/usr/share/doc", f"python3.{sys.version_info.minor}", "copyright")
    places = (stdlib / "LICENSE.txt", Path(sys.base_prefix, "LICENSE.txt"), debian)
    return next(place.read_text(encoding="utf-8") for place in places if place.exists())


def _lgpl_text() -> str:
    files = (ROOT / "resources/licences" / name for name in ("LGPL-3.0.txt", "GPL-3.0.txt"))
    return "\n\n".join((_LGPL, *(file.read_text(encoding="utf-8") for file in files)))


def _qt_text() -> str:
    """The licence of Qt, and of what is compiled into it."""
    brought = distribution("pypdfium2").files or ()
    places = {file.name: Path(str(file.locate())) for file in brought if file.name in _INSIDE_QT}
    inside = (places[name].read_text(encoding="utf-8", errors="replace") for name in _INSIDE_QT)
    return "\n\n".join((_lgpl_text(), *inside))
