"""A Word file (.docx) as one grid: its tables one below the other, its paragraphs between them.

What was deleted under change tracking is left out and told; what was added is taken.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from app.errors import KeikakuError
from app.forms.marks import Marked, Span, marked
from app.intake.grid import Grid, GridCell, grid_of
from app.plan.texts.plain_text import cleaned
from storage.documents_in.word_numbering import Numbering, W, properties_of, value
from storage.package_gate import Kind, PackageGate

_ADVICE: Final = "Wordで開いて、.docx で保存し直してください。"
_KIND: Final = Kind(
    "Wordの文書（.docx）", ("[Content_Types].xml", "word/document.xml"), _ADVICE, tags=1_000_000
)
_SKIPPED: Final = {
    f"{W}{name}" for name in
    ("del", "moveFrom", "instrText", "delText", "rt", "pPr", "rPr", "drawing", "pict", "object")
}  # fmt: skip
_SIGNS: Final = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_TRACKED: Final = "変更履歴があります。書き加えた文は入れ、消した文は入れていません"
_NOT_WHITE: Final = ("", "auto", "FFFFFF", "ffffff")
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OUTSIDE: Final = (
    ("word/header", "ヘッダー"),
    ("word/footer", "フッター"),
    ("word/footnotes", "脚注"),
)


def read_docx(data: bytes, name: str) -> tuple[Grid, ...]:
    """The grid of the file called `name`. Raises KeikakuError if it is not one, or not safe."""
    gate = PackageGate(data, name, _KIND)
    try:
        return (_Document(gate.parts).grid(name),)
    except (ParseError, ValueError, KeyError, AttributeError) as error:
        raise KeikakuError(
            f"「{name}」はこわれているため、読めませんでした。計画は変わっていません。{_ADVICE}"
        ) from error


class _Document:
    """Goes through a document once, row by row."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._numbering = Numbering(self._root("word/numbering.xml"), self._root("word/styles.xml"))
        self._cells: list[GridCell] = []
        self._notes: list[GridCell] = []
        self._row = 1
        self._tables = 0

    def _root(self, part: str) -> Element | None:
        content = self._parts.get(part)
        root: Element | None = fromstring(content) if content else None
        return root

    def grid(self, name: str) -> Grid:
        root = self._root("word/document.xml")
        body = root.find(f"{W}body") if root is not None else None
        for node in _unwrapped(body) if body is not None else ():
            if node.tag == f"{W}p":
                self._paragraph(node)
            elif node.tag == f"{W}tbl":
                self._table(node)
        self._add_outside()
        return grid_of(name, "", self._cells, notes=tuple(self._notes))

    def _paragraph(self, node: Element) -> None:
        text, remark = self._text([node])
        if text.strip():
            self._cells.append(GridCell(
                self._row, 1, text, columns=20, remark=remark, where="の本文",
            ))  # fmt: skip
        self._row += 1

    def _table(self, table: Element) -> None:
        self._tables += 1
        open_cells: dict[int, GridCell] = {}
        for n, row in enumerate(_children(table, "tr"), start=1):
            column = 1 + int(value(row.find(f"{W}trPr"), f"{W}gridBefore") or 0)
            for cell in _children(row, "tc"):
                columns = int(value(cell, f"{W}tcPr/{W}gridSpan") or 1)
                self._cell(cell, column, columns, n, open_cells)
                column += columns
            self._row += 1

    def _cell(
        self, node: Element, column: int, columns: int, row: int, open_cells: dict[int, GridCell]
    ) -> None:
        merge = node.find(f"{W}tcPr/{W}vMerge")
        text, remark = self._text(list(_unwrapped(node)))
        if merge is not None and merge.get(f"{W}val") != "restart" and column in open_cells:
            above = open_cells[column]
            text = "\n".join(part for part in (above.text, text) if part)
            found = GridCell(
                above.row, column, text, self._row - above.row + 1, above.columns, above.tint,
                remark=above.remark or remark, where=above.where,
            )  # fmt: skip
            self._cells[self._cells.index(above)] = found
        else:
            shade = node.find(f"{W}tcPr/{W}shd")
            fill = str(shade.get(f"{W}fill", "")) if shade is not None else ""
            found = GridCell(
                self._row, column, text, 1, columns, "" if fill in _NOT_WHITE else fill,
                remark=remark, where=f"の表{self._tables}の{row}行目",
            )  # fmt: skip
            self._cells.append(found)
        open_cells[column] = found

    def _text(self, nodes: list[Element]) -> tuple[str, str]:
        """The paragraphs among some nodes, a line each, and what may be wrong with them."""
        lines: list[str] = []
        remark = ""
        for node in nodes:
            if node.tag == f"{W}tbl":
                for row in node.iter(f"{W}tr"):
                    texts = [self._text(list(_unwrapped(c)))[0] for c in _children(row, "tc")]
                    lines.append("\t".join(text for text in texts if text))
            if node.tag != f"{W}p":
                continue
            lines.append(self._numbering.mark(node) + _line(node))
            if deleted := _deleted(node):
                remark = _TRACKED
                self._notes.append(GridCell(1, 1, deleted, where="の変更履歴で消された文"))
            self._notes += [GridCell(1, 1, text, where="の図形") for text in _boxes(node)]
        return "\n".join(lines).strip("\n"), remark

    def _add_outside(self) -> None:
        for part, content in self._parts.items():
            words = next((word for start, word in _OUTSIDE if part.startswith(start)), "")
            if words and part.endswith(".xml"):
                text = "\n".join(_line(p) for p in fromstring(content).iter(f"{W}p")).strip()
                if text:
                    self._notes.append(GridCell(1, 1, text, where=f"の{words}"))


def _children(node: Element, name: str) -> Iterator[Element]:
    return (child for child in _unwrapped(node) if child.tag == f"{W}{name}")


def _unwrapped(node: Element) -> Iterator[Element]:
    """The children of a node; those inside content controls and the like stand for these."""
    for child in node:
        if child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _unwrapped(child)
        else:
            yield child


def _line(paragraph: Element) -> str:
    """The text of a paragraph with its bold runs."""
    plain, bold = "", list[Span]()
    for text, is_bold in _runs(paragraph):
        text = cleaned(text)[0]
        if is_bold and text.strip():
            start = len(plain)
            if bold and bold[-1][1] == start:
                start = bold.pop()[0]
            bold.append((start, len(plain) + len(text)))
        plain += text
    if bold == [(0, len(plain))]:
        return plain
    return marked(Marked(plain, tuple(bold)))


def _runs(node: Element) -> Iterator[tuple[str, bool]]:
    for child in node:
        if child.tag in _SKIPPED or child.tag == _FALLBACK:
            continue
        if child.tag == f"{W}r":
            yield "".join(_pieces(child)), bool(properties_of(child))
        else:
            yield from _runs(child)


def _pieces(run: Element) -> Iterator[str]:
    for child in run:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{W}ruby":
            yield from (
                t.text or "" for base in child.iter(f"{W}rubyBase") for t in base.iter(f"{W}t")
            )


def _deleted(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}delText"))


def _boxes(paragraph: Element) -> Iterator[str]:
    """The texts of shapes that hang on a paragraph."""
    seen: list[str] = []
    for box in paragraph.iter(f"{W}txbxContent"):
        text = "\n".join(_line(inner) for inner in box.iter(f"{W}p")).strip()
        if text and text not in seen:
            seen.append(text)
            yield text
