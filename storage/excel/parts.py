"""A received workbook by its parts: which worksheets there are, and where what they use lies.

Parts are found by their relations, as Excel finds them, in transitional and in strict Open XML.
"""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

_MAIN: Final = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part uses: the last word of the relation's type, and the part; "" if outside."""

    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its title, its part, and whether people see its tab."""

    title: str
    part: str
    is_hidden: bool


class ListedTwiceError(ValueError):
    """One part is listed as several worksheets."""


class BookParts:
    """The parts of a workbook."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        """Find the worksheets. Raises ValueError or ParseError for what is no workbook.

        Raises ListedTwiceError if one part is listed as two worksheets.
        """
        self._parts = {name.lower(): content for name, content in parts.items()}
        roots = self.relations("").values()
        main = next((r.part for r in roots if r.kind == "officeDocument"), "")
        self._main = main if self.has(main) else _MAIN
        self._used = self.relations(self._main)
        root = self.root(self._main)
        facts = next((e for e in root if local(e) == "workbookPr"), None)
        self.is_1904 = is_on(facts.get("date1904", "0")) if facts is not None else False
        self.sheets = tuple(self._sheets(root))
        if len({sheet.part.lower() for sheet in self.sheets}) < len(self.sheets):
            raise ListedTwiceError(self._main)

    def _sheets(self, root: Element) -> list[SheetPart]:
        found = []
        for element in root.iter():
            if local(element) != "sheet":
                continue
            id = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            used = self._used.get(id)
            if used is None or used.kind != "worksheet" or not self.has(used.part):
                continue
            hidden = element.get("state", "visible") != "visible"
            found.append(SheetPart(element.get("name", ""), used.part, hidden))
        if not found:
            raise ValueError("no worksheet")
        return found

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self._parts

    def root(self, part: str) -> Element:
        """The root of a part. Raises ParseError or ValueError if it cannot be read."""
        root: Element = fromstring(self._parts[part.lower()], forbid_dtd=True)
        return root

    def used(self, kind: str) -> Element | None:
        """The root of the workbook's part of this kind, as `styles`; None if it has none."""
        for relation in self._used.values():
            if relation.kind == kind and self.has(relation.part):
                return self.root(relation.part)
        return None

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part uses, by id; "" is the package itself."""
        folder, _, file = part.rpartition("/")
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(listed):
            return {}
        found = {}
        for element in self.root(listed):
            kind = element.get("Type", "").rpartition("/")[2]
            target = element.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            is_outside = element.get("TargetMode") == "External"
            found[element.get("Id", "")] = Relation(kind, "" if is_outside else path)
        return found


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_on(value: str | None) -> bool:
    """Whether an attribute says yes; one that is not there, of an element that is, does."""
    return (value or "1").lower() not in ("0", "false", "off", "none")
