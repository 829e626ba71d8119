"""Text of a worksheet that stands in no cell: notes, shapes, print heads. Nothing is read over."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, Final

from defusedxml.ElementTree import fromstring

from app.intake.grid import GridCell

_TEXT: Final = "}t"
_KINDS: Final = (("/comments", "メモ"), ("/drawing", "図形"))


def notes_of(parts: Mapping[str, bytes], sheet: str) -> tuple[GridCell, ...]:
    """The notes and the texts of shapes of a worksheet part."""
    return tuple(_notes(parts, sheet.lstrip("/")))


def _notes(parts: Mapping[str, bytes], sheet: str) -> Iterator[GridCell]:
    folder, _, file = sheet.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{file}.rels")
    for relation in fromstring(relations) if relations else ():
        kind = next((words for end, words in _KINDS if str(relation.get("Type")).endswith(end)), "")
        target = str(relation.get("Target", ""))
        path = posixpath.normpath(
            posixpath.join("" if target[:1] == "/" else folder, target)
        ).lstrip("/")
        if kind and path in parts:
            yield from _texts(fromstring(parts[path]), kind)


def _texts(root: Any, kind: str) -> Iterator[GridCell]:
    holders = "}comment" if kind == "メモ" else "}txBody"
    for holder in root.iter():
        if not str(holder.tag).endswith(holders):
            continue
        text = "".join(node.text or "" for node in holder.iter() if str(node.tag).endswith(_TEXT))
        if text.strip():
            yield GridCell(
                1, 1, text.strip(), where=f"{holder.get('ref', '')}の{kind}".lstrip("の")
            )
