"""A sheet's page drawn on paper: its cells, their lines and texts, and what stands above.

Lengths are points.
"""

from typing import Final

from app.documents.pages.drawing import BLACK, Box, Rule, Text
from app.documents.pages.page_builder import ALIGN_SHARE, PageBuilder
from app.documents.pages.structure import ARTIFACT, Node
from app.documents.pages.typesetting import ASCENT, line_texts, text_width, vertical_texts
from app.forms.fitting.layout import ABOVE_STEP, MM, FittedPage, PlacedCell, frame_of
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.forms.sheet import Cell, Sheet

_BADGE: Final = "C00000"


class SheetNodes:
    """The structure of a sheet: a table for each of its bands, and what stands above them."""

    def __init__(self, sheet: Sheet, parent: Node | None = None) -> None:
        """The sheet is a section of `parent`."""
        self.section = Node("section", sheet.initiative, parent)
        self._cells: dict[int, Node] = {}
        self._shown: set[int] = set()
        for number, block in enumerate(sheet.blocks):
            table = Node("table", number, self.section)
            rows = [Node("row", row, table) for row in range(len(block.rows))]
            for cell in block.cells:
                self._cells[id(cell)] = _cell_node(cell, rows[cell.row])

    def above(self, place: int, is_first: bool) -> Node:
        """What stands above the table at the left (0, the heading), in the middle, at the right."""
        if not is_first:
            return ARTIFACT
        if place:
            return Node("paragraph", f"above {place}", self.section)
        return Node("heading", 0, self.section, level=2)

    def cell(self, placed: PlacedCell) -> Node:
        """What a cell is; a head or a header that is printed again is no content."""
        key = id(placed.cell)
        is_again = placed.cell.head and key in self._shown and placed.span[0] == 0
        if placed.repeated or is_again:
            return ARTIFACT
        self._shown.add(key)
        return self._cells[key]


def _cell_node(cell: Cell, row: Node) -> Node:
    if cell.head:
        return Node("head", cell.column, row, 0, "both", cell.rows, cell.columns)
    return Node("cell", cell.column, row, 0, "", cell.rows, cell.columns)


class SheetPage:
    """Draws the fitted pages of a form's sheets on the page of a builder."""

    def __init__(self, form: Form, metrics: FontMetrics) -> None:
        self._form, self._metrics = form, metrics
        self._frame = frame_of(form)

    def draw(
        self, leaf: PageBuilder, page: FittedPage, nodes: SheetNodes, shift: float, is_first: bool
    ) -> None:
        """Draw a page of a sheet, its first one or another, `shift` lower than it was fitted."""
        self._draw_above(leaf, page, nodes, shift, is_first)
        # A label comes right before the field that stands under it.
        label: PlacedCell | None = None
        for placed in page.cells:
            self._draw_cell(leaf, placed, nodes.cell(placed), label, shift)
            label = placed
        frame = self._frame
        top, line = page.top + shift, self._form.look.frame
        leaf.draw(Box(frame.left, top, frame.width, page.height, line=line))

    def _draw_above(
        self, leaf: PageBuilder, page: FittedPage, nodes: SheetNodes, shift: float, is_first: bool
    ) -> None:
        size = page.above_size
        baseline = page.top + shift - size * 0.55
        if page.above_lines:
            self._draw_above_lines(leaf, page, nodes, baseline)
            return
        for place, text in enumerate(page.above):
            free = self._frame.width - text_width(text, size, self._metrics) if place else 0.0
            if text and place == 2 and page.badge:
                free -= text_width(page.badge, size, self._metrics, bold=True) + 2 * size
            if text:
                x = self._frame.left + free * place / 2
                leaf.draw(Text(x, baseline, size, text, nodes.above(place, is_first)))
        if page.badge:
            width = text_width(page.badge, size, self._metrics, bold=True)
            x = self._frame.left + self._frame.width - width - size * 0.5
            left, top = x - size * 0.4, baseline - size
            leaf.draw(
                Box(left, top, width + size * 0.8, size * 1.3, line=1.0, color=_BADGE),
                Text(x, baseline, size, page.badge, nodes.above(3, is_first), True, _BADGE),
            )

    def _draw_above_lines(
        self, leaf: PageBuilder, page: FittedPage, nodes: SheetNodes, last: float
    ) -> None:
        """What is too long for one line, in as many as it takes; the baseline of the last."""
        count = len(page.above_lines)
        for number, (place, text) in enumerate(page.above_lines, start=1):
            baseline = last - (count - number) * page.above_size * ABOVE_STEP
            node, color = nodes.above(place, True), _BADGE if place == 3 else BLACK
            leaf.draw(Text(self._frame.left, baseline, page.above_size, text, node,
                           place == 3, color))  # fmt: skip

    def _draw_cell(
        self, leaf: PageBuilder, placed: PlacedCell, node: Node, label: PlacedCell | None,
        shift: float,
    ) -> None:  # fmt: skip
        y = placed.y + shift
        cell = placed.cell
        if cell.tinted:
            tint = self._form.look.tint
            leaf.draw(Box(placed.x, y, placed.width, placed.height, fill=tint))
        self._draw_border(leaf, placed, label, y)
        if cell.spec.vertical:
            start, end = placed.span
            text = placed.flow.text.plain[start:end]
            box = (placed.x, y, placed.width, placed.height)
            leaf.draw(*vertical_texts(text, box, placed.size, self._metrics, node, cell.bold))
            return
        above, below = placed.padding
        room = placed.height - above - below - len(placed.lines) * placed.line_height
        top = y + above
        if cell.spec.anchor == "middle" or (cell.head and not cell.spec.field):
            top += max(0.0, room / 2)
        self._draw_lines(leaf, placed, node, top)

    def _draw_lines(self, leaf: PageBuilder, placed: PlacedCell, node: Node, top: float) -> None:
        flow, size = placed.flow, placed.size
        padding, share = self._form.font.padding * MM, ALIGN_SHARE[placed.cell.spec.align]
        room, left = placed.width - 2 * padding, placed.x + padding
        baseline = top + (placed.line_height - size) / 2 + size * ASCENT
        texts: list[Text] = []
        for line in placed.lines:
            free = room - flow.width(line.start, line.end) * size / 1000
            texts += line_texts(flow, line, left + max(0.0, free * share), baseline, size, node)
            baseline += placed.line_height
        leaf.draw(*texts)

    def _draw_border(
        self, leaf: PageBuilder, placed: PlacedCell, label: PlacedCell | None, y: float
    ) -> None:
        """Frame a cell; a field that stands under its own label is framed with it."""
        cell = placed.cell
        if cell.head and cell.spec.field:
            return
        rise = label.height if cell.joined and label else 0.0
        line, left, top = self._form.look.line, placed.x, y - rise
        right, bottom = left + placed.width, y + placed.height
        if not line:
            return
        if not cell.spec.no_line:
            leaf.draw(Box(left, top, right - left, bottom - top, line=line))
            return
        sides = {
            "left": Rule(left, top, left, bottom, line),
            "right": Rule(right, top, right, bottom, line),
            "top": Rule(left, top, right, top, line),
            "bottom": Rule(left, bottom, right, bottom, line),
        }
        leaf.draw(*(rule for side, rule in sides.items() if side not in cell.spec.no_line))
