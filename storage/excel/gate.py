"""The gate that a received workbook passes before openpyxl sees it.

Limits after the project's safety rules: 20 MB file, 60 MB unpacked, 500 entries; no
document type, macros, external links, embedded objects or paths that leave the archive.
"""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Final

from app.errors import KeikakuError
from storage.excel.issue import VEIL, VEILED

MAX_FILE: Final = 20 * 1024 * 1024
_MAX_UNPACKED: Final = 60 * 1024 * 1024
_MAX_ENTRIES: Final = 500
# What openpyxl holds in memory all at once, or reads slowly; any other part may be larger.
_MAX_PARTS: Final = {"sharedStrings.xml": 16 << 20, "styles.xml": 1 << 20, "workbook.xml": 1 << 20}
_MAX_PART: Final = 8 << 20
_REFUSED_PARTS: Final = ("vbaproject", "externallinks/", "embeddings/", "activex/", "oleobject")
_MARKUP: Final = (".xml", ".rels", ".vml")
# What takes long is not bytes but elements: a sheet of ours has a few thousand.
_MAX_TAGS: Final = 150_000
_MAX_ALL_TAGS: Final = 1_500_000
_MAX_MERGES: Final = 5_000
_DOCTYPE: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGE: Final = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})[\"']"
)


class Gate:
    """A workbook that has passed: its bytes, and its parts as unpacked."""

    def __init__(self, data: bytes, name: str) -> None:
        """Check the file called `name`. Raises KeikakuError."""
        self.data, self._name = data, name
        if len(data) > MAX_FILE:
            raise self._refusal("大きすぎます（20 MBまで）")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._check_entries(archive.infolist())
                self._parts = {
                    info.filename: self._unpacked(archive, info) for info in archive.infolist()
                }
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
            ValueError,
            zlib.error,
        ) as e:
            raise self._refusal("Excelのブック（.xlsx）として読めません") from e
        if "[Content_Types].xml" not in self._parts or "xl/workbook.xml" not in self._parts:
            raise self._refusal("Excelのブック（.xlsx）として読めません")
        self._check_contents()

    def archive(self) -> bytes:
        """The workbook for openpyxl to read, which spoils texts with `VEILED` in them."""
        veiled = VEILED.encode()
        if not any(veiled in content for content in self._parts.values()):
            return self.data
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in self._parts.items():
                archive.writestr(name, content.replace(veiled, VEIL.encode()))
        return buffer.getvalue()

    def merges(self, part: str) -> list[tuple[str, str]]:
        """The merged ranges of a worksheet part, as (upper left, lower right)."""
        found = _MERGE.findall(self._parts.get(part, b""))
        return [(first.decode(), last.decode()) for first, last in found]

    def _check_contents(self) -> None:
        # Of every part, whatever its name: a worksheet may be called .png.
        if any(_has_doctype(part, content) for part, content in self._parts.items()):
            raise self._refusal("安全でない記述（DOCTYPE）が含まれています")
        contents = self._parts.values()
        tags = [content.count(b"<") for content in contents]
        merges = max(content.count(b"mergeCell ") for content in contents)
        if max(tags) > _MAX_TAGS or sum(tags) > _MAX_ALL_TAGS or merges > _MAX_MERGES:
            raise self._refusal("中の部品が細かすぎます")

    def _check_entries(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > _MAX_ENTRIES:
            raise self._refusal(f"中の部品が多すぎます（{_MAX_ENTRIES}個まで）")
        if sum(info.file_size for info in entries) > _MAX_UNPACKED:
            raise self._refusal("広げると大きすぎます（60 MBまで）")
        for info in entries:
            path = info.filename.replace("\\", "/").lower()
            if path.startswith("/") or ".." in PurePosixPath(path).parts or ":" in path:
                raise self._refusal("中の部品の名前が正しくありません")
            if any(part in path for part in _REFUSED_PARTS):
                raise self._refusal("マクロ・外部リンク・埋め込みが含まれています")
        if len({info.filename for info in entries}) != len(entries):
            raise self._refusal("中の部品の名前が重なっています")

    def _unpacked(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        limit = _MAX_PARTS.get(info.filename.rpartition("/")[2], _MAX_PART)
        if info.file_size > limit:
            raise self._refusal("中の部品が大きすぎます")
        with archive.open(info) as part:
            # The size in the directory is what the file claims; never read past it.
            content = part.read(info.file_size + 1)
        if len(content) > info.file_size:
            raise self._refusal("中の部品の大きさが正しくありません")
        return content

    def _refusal(self, why: str) -> KeikakuError:
        return KeikakuError(
            f"「{self._name}」は{why}。読み込みは行わず、計画は変わっていません。"
            "計画カンバンから出力した様式を確かめてください。"
        )


def _has_doctype(part: str, content: bytes) -> bool:
    # UTF-16 hides the letters from a search for bytes.
    if content[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"):
        return True
    if part.endswith(_MARKUP) and b"\x00" in content[:200]:
        return True
    return bool(_DOCTYPE.search(content))
