"""The gate that a received workbook passes before it is read: see `storage.package_gate`."""

from typing import Final

from storage.excel.links import links_in, told_places
from storage.package_gate import EXTERNAL_LINKS, MAX_FILE, Kind, PackageGate

__all__ = ["MAX_FILE", "Gate"]

RETURNED: Final = "計画カンバンから出力した様式を確かめてください。"
_MAX_MERGES: Final = 5_000
_LARGEST: Final = 16 << 20
# As many worksheets as a large plan has, and as many styles as Excel allows.
_MOST_ENTRIES: Final = 3_000
_MOST_TAGS: Final = 600_000


class Gate(PackageGate):
    """A workbook that has passed: its bytes, and its parts as unpacked."""

    def __init__(self, data: bytes, name: str, advice: str = RETURNED) -> None:
        """Check the file called `name`; `advice` ends a refusal. Raises KeikakuError."""
        super().__init__(data, name, _kind(advice))
        if max(content.count(b"mergeCell ") for content in self.parts.values()) > _MAX_MERGES:
            raise self.refusal("中の部品が細かすぎます")

    def _unsafe_places(self, reason: str) -> str | None:
        if reason != EXTERNAL_LINKS:
            return ""
        links = links_in(self.parts)
        is_harmless = bool(links) and all(link.is_pull_down for link in links)
        return None if is_harmless else told_places(links)


def _kind(advice: str) -> Kind:
    return Kind(
        "Excelのブック（.xlsx）", ("[Content_Types].xml",), advice,
        largest=_LARGEST, tags=_MOST_TAGS, entries=_MOST_ENTRIES,
    )  # fmt: skip
