"""The gate that a received workbook passes before openpyxl sees it: see `storage.package_gate`."""

import io
import re
import zipfile
from typing import Final

from storage.excel.issue import VEIL, VEILED
from storage.package_gate import MAX_FILE, Kind, PackageGate

__all__ = ["MAX_FILE", "Gate"]

RETURNED: Final = "計画カンバンから出力した様式を確かめてください。"
_MAX_MERGES: Final = 5_000
_MERGE: Final = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})[\"']"
)


class Gate(PackageGate):
    """A workbook that has passed: its bytes, and its parts as unpacked."""

    def __init__(self, data: bytes, name: str, advice: str = RETURNED) -> None:
        """Check the file called `name`; `advice` ends a refusal. Raises KeikakuError."""
        super().__init__(data, name, _kind(advice))
        if max(content.count(b"mergeCell ") for content in self.parts.values()) > _MAX_MERGES:
            raise self._refusal("中の部品が細かすぎます")

    def archive(self) -> bytes:
        """The workbook for openpyxl to read, which spoils texts with `VEILED` in them."""
        veiled = VEILED.encode()
        if not any(veiled in content for content in self.parts.values()):
            return self.data
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content.replace(veiled, VEIL.encode()))
        return buffer.getvalue()

    def merges(self, part: str) -> list[tuple[str, str]]:
        """The merged ranges of a worksheet part, as (upper left, lower right)."""
        found = _MERGE.findall(self.parts.get(part, b""))
        return [(first.decode(), last.decode()) for first, last in found]


def _kind(advice: str) -> Kind:
    # What openpyxl holds in memory all at once, or reads slowly; any other part may be larger.
    largest = (("sharedStrings.xml", 16 << 20), ("styles.xml", 1 << 20), ("workbook.xml", 1 << 20))
    needed = ("[Content_Types].xml", "xl/workbook.xml")
    return Kind("Excelのブック（.xlsx）", needed, advice, largest, plain=advice == RETURNED)
