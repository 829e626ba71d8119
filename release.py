"""Makes what is handed out of the built program, and tries it. Use: python3 dev.py build

In dist/: the folder `keikaku-kanban` with the list of its parts, their licences and the
SHA-256 of every file; the same as a ZIP; and the SHA-256 of the ZIP.
"""

import json
import os
import platform
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill, indent
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from app import VERSION
from parts import OWN, ROOT, Part, find_parts
from storage.local_documents import LocalDocuments
from ui.commands.self_check import DATED, EXPECTED, edited_sample, exported
from ui.package import LIST, as_list

NAME: Final = "keikaku-kanban"
FOLDER: Final = ROOT / "dist" / NAME
PARTS: Final = ROOT / "build" / "build" / "parts.json"
RESOURCES: Final = FOLDER / "_internal" / "resources"
# What the manual sends people to, and the pictures in it.
DOCUMENTS: Final = ("forms.md", "file-format.md", "safety.md", "sheet*.png")
_MB: Final = 1e6


def main() -> None:
    """Complete the folder, pack it, try it, and say what it weighs and how fast it starts."""
    record = json.loads(PARTS.read_text(encoding="utf-8"))
    parts = find_parts([*record["files"].values(), *record["modules"].values()])
    lay_documents()
    lay_licences(parts)
    write_expected()
    files = sorted(file for file in FOLDER.rglob("*") if file.is_file())
    digests = {file.relative_to(FOLDER).as_posix(): _digest(file) for file in files}
    (FOLDER / LIST).write_text(as_list(digests), encoding="utf-8", newline="\n")
    target = pack([*files, FOLDER / LIST])
    seconds = try_out(target)
    report(target, len(files) + 1, len(parts), seconds)
    report_left_out(map(Path, record["left_out"]), record["no_modules"])


def lay_documents() -> None:
    """What people read: first words, the manual, and what it names for those who administer."""
    for file in sorted((ROOT / "resources/package").iterdir()):
        if file.suffix != ".cmd" or os.name == "nt":
            # So that every Notepad shows Japanese and ends of lines.
            text = file.read_text(encoding="utf-8")
            signed = "utf-8-sig" if file.suffix == ".txt" else "utf-8"
            (FOLDER / file.name).write_text(text, encoding=signed, newline="\r\n")
    make_manual()
    (FOLDER / "docs").mkdir()
    for name in DOCUMENTS:
        for file in sorted((ROOT / "docs").glob(name)):
            shutil.copyfile(file, FOLDER / "docs" / file.name)


def make_manual() -> None:
    """The manual as PDF and HTML, in a process of its own: it opens a window."""
    subprocess.run([sys.executable, "-m", "docs.manual", FOLDER], cwd=ROOT, check=True)


def lay_licences(parts: Iterable[Part]) -> None:
    """The parts that the program is made of: their texts, and the list of them."""
    licences = FOLDER / "licences"
    licences.mkdir()
    for part in parts:
        head = f"{part.name} {part.version}\n{part.licence}\n\n"
        name = "LICENSE" if part.name == OWN else part.name
        (licences / f"{name}.txt").write_text(head + part.text, encoding="utf-8", newline="\n")
    (FOLDER / "sbom.cdx.json").write_text(sbom(parts), encoding="utf-8", newline="\n")


def sbom(parts: Iterable[Part]) -> str:
    """The parts as CycloneDX, the program itself as what they make up."""
    # Only where things are built is this library present.
    from cyclonedx.model.bom import Bom
    from cyclonedx.output.json import JsonV1Dot6

    own, *others = map(_component, parts)
    bom = Bom(components=others, serial_number=uuid5(NAMESPACE_URL, f"{own.purl}?{_when()}"))
    bom.metadata.component = own
    bom.metadata.timestamp = datetime.fromtimestamp(_when(), UTC)
    bom.register_dependency(own, others)
    return str(JsonV1Dot6(bom).output_as_string(indent=1)) + "\n"


def _component(part: Part) -> Any:
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model import Property
    from cyclonedx.model.component import Component, ComponentType
    from packageurl import PackageURL

    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.APPLICATION if part.name == OWN else ComponentType.LIBRARY,
        licenses=[LicenseFactory().make_from_string(part.licence)],
        purl=PackageURL.from_string(part.purl),
        bom_ref=part.purl,
        properties=[Property(name="keikaku:files", value=str(part.files))],
    )


def write_expected() -> None:
    """What the source writes here, for the built program to be compared with wherever it runs.

    Only where the fonts come along: with other fonts the same plan fills other lines.
    """
    if not any((RESOURCES / "fonts").glob("*.tt[cf]")):
        return
    # reportlab would date a PDF with it; at the offices it is not set.
    _when()
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    with TemporaryDirectory() as place:
        os.environ["KEIKAKU_HOME"] = str(Path(place) / "home")
        documents, folder = LocalDocuments(), Path(place)
        digests = exported(documents, edited_sample(documents, folder), folder)
    expected = {name: digest for name, digest in digests.items() if name not in DATED}
    (RESOURCES / EXPECTED).write_text(as_list(expected), encoding="utf-8", newline="\n")


def pack(files: Iterable[Path]) -> Path:
    """The folder as a ZIP, the same for the same files, and its SHA-256 beside it."""
    system, machine = platform.system().lower(), platform.machine().lower()
    target = FOLDER.parent / f"{NAME}-{VERSION}-{system}-{machine}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            entry = zipfile.ZipInfo(
                file.relative_to(FOLDER.parent).as_posix(), time.gmtime(_when())[:6]
            )
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            is_program = file.stat().st_mode & stat.S_IXUSR
            entry.external_attr = (stat.S_IFREG | (0o755 if is_program else 0o644)) << 16
            archive.writestr(entry, file.read_bytes())
    listed = as_list({target.name: _digest(target)})
    target.with_name(target.name + ".sha256").write_text(listed, encoding="utf-8", newline="\n")
    return target


def try_out(package: Path) -> float:
    """Run what was packed as people will; seconds until `keikaku --version` has answered.

    From a folder that cannot be written, whose path has blanks and kanji, with no environment
    but a place for its own files; then with a file missing, and with one changed.
    """
    with TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        folder = Path(place, "計画 カンバン（試し）")
        unpack(package, folder)
        trial = Trial(Path(place), folder / NAME)
        trial.run("--self-check")
        plan, sheets = trial.home / "計 画.keikaku", trial.home / "個 票.pdf"
        trial.run("sample", plan)
        trial.run("export", plan, sheets)
        seconds = min(trial.run("--version") for _ in range(5))
        trial.run_damaged()
    return seconds


class Trial:
    """An unpacked program, run by somebody who can write nowhere but in a home of his own."""

    def __init__(self, place: Path, folder: Path) -> None:
        """Make the folder read-only."""
        self.folder, self.home = folder, place / "data"
        self.home.mkdir(mode=0o777)
        self.home.chmod(0o777)
        for path in (folder, *folder.rglob("*")):
            path.chmod(path.stat().st_mode & ~0o222)

    def run(self, *words: str | Path) -> float:
        """Run the command line; the seconds it took. Exits where it does not succeed."""
        begin = time.perf_counter()
        ended = self._ended(*words)
        if ended.returncode:
            sys.exit(f"The built program failed at {words[0]}: {ended.stdout}{ended.stderr}")
        if words[0] == "--self-check":
            tell("Unpacked where nothing can be written, it says of itself:", ended.stdout)
        return time.perf_counter() - begin

    def run_damaged(self) -> None:
        """What it says with a changed file, then without it. Exits where it is not named."""
        file = self.folder / "_internal/resources/forms/matsue.toml"
        for folder in (self.folder, file.parent):
            folder.chmod(0o755)
        file.chmod(0o644)
        file.write_bytes(b"#" + file.read_bytes())
        self._must_name(file, "changed", self._ended("--self-check"))
        file.unlink()
        self._must_name(file, "missing", self._ended("forms"))

    def _must_name(self, file: Path, state: str, ended: "subprocess.CompletedProcess[str]") -> None:
        if ended.returncode != 2 or file.name not in ended.stderr:
            sys.exit(f"A damaged program does not say so: {ended.stdout}{ended.stderr}")
        tell(f"With {file.name} {state} it refuses, as it should:", ended.stderr)

    def _ended(self, *words: str | Path) -> "subprocess.CompletedProcess[str]":
        # What root may write is not read-only for root: somebody else tries it.
        someone: dict[str, Any] = {}
        if os.name == "posix" and os.geteuid() == 0:
            someone = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        return subprocess.run(
            [self.folder / "keikaku", *words],
            env=self._environment(), cwd=self.home, capture_output=True, encoding="utf-8",
            **someone,
        )  # fmt: skip

    def _environment(self) -> Mapping[str, str]:
        if os.name == "nt":
            kept = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP")
            return {name: os.environ[name] for name in kept} | {"KEIKAKU_HOME": str(self.home)}
        # HOME is the read-only folder itself.
        return {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.home), "LANG": "C.UTF-8"}


def tell(head: str, lines: str) -> None:
    """Print what the program said, told apart from what is said about it."""
    print(head, indent(lines, "  "), sep="\n", end="", flush=True)


def unpack(package: Path, folder: Path) -> None:
    """Unpack as programs for ZIPs do: what may be started stays so."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
        for entry in archive.infolist():
            (folder / entry.filename).chmod(entry.external_attr >> 16 & 0o777)


def report(target: Path, files: int, parts: int, seconds: float) -> None:
    """Print what came of it: sizes, and how soon it has started."""
    fonts, qt = _size(RESOURCES / "fonts"), _size(FOLDER / "_internal" / "PySide6")
    print(f"It starts in {seconds:.2f} s (keikaku --version). It is:")
    print(f"  {FOLDER.relative_to(ROOT)}: {files} files of {parts} parts, {_size(FOLDER):.0f} MB")
    print(f"    of it fonts {fonts:.0f} MB, Qt {qt:.0f} MB")
    print(f"  {target.relative_to(ROOT)}: {target.stat().st_size / _MB:.0f} MB")


def _size(folder: Path) -> float:
    """In MB."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / _MB


def report_left_out(files: Iterable[Path], modules: Mapping[str, Iterable[str]]) -> None:
    """Print what PyInstaller would have taken along, and is not needed."""
    sizes: dict[str, list[int]] = {"translations": [], "plugins": [], "other files": []}
    for file in files:
        kind = next((kind for kind in sizes if kind in file.parts), "other files")
        sizes[kind].append(file.stat().st_size)
    print("Left out:")
    for kind, found in sizes.items():
        print(f"  {len(found)} {kind}, {sum(found) / _MB:.1f} MB")
    for reason, names in modules.items():
        print(f"  modules, as {reason}:", indent(fill(", ".join(names), 96), "    "), sep="\n")


@cache
def _when() -> int:
    """The moment all files bear: SOURCE_DATE_EPOCH, else that of the commit, else 1980."""
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(said)
    git = ["git", "log", "-1", "--format=%ct"]
    if shutil.which("git"):
        told = subprocess.run(git, cwd=ROOT, capture_output=True, text=True).stdout.strip()
        if told:
            return int(told)
    return 315_532_800


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
