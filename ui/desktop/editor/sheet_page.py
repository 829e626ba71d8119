"""The form itself on the screen: its grid painted, its fields put into the cells."""

from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from app.forms.fields import Target
from app.forms.sheet import Cell, Sheet
from ui.desktop.editor.cell_field import CellField
from ui.desktop.editor.grid import Places, place_cells
from ui.desktop.editor.page_painter import PagePainter
from ui.desktop.editor.sheet_fields import Field, SheetFields
from ui.desktop.editor.state_picker import StatePicker
from ui.desktop.fields.choice_field import ChoiceField
from ui.desktop.pending_edits import Destination, PendingEdits
from ui.desktop.theme import Theme

_PADDING: Final = 6
_NARROWEST: Final = 100


class SheetPage(QWidget):
    """One initiative on its form, as wide as there is room and as high as its texts are."""

    conflict_wanted = Signal()
    """A person wants to decide what a merge left open."""

    def __init__(self, edits: PendingEdits, theme: Theme) -> None:
        super().__init__()
        self._theme, self._paint = theme, PagePainter(theme)
        self.fields = SheetFields(self, edits, theme)
        self.picker = StatePicker(self)
        self.conflict_marks: dict[Target, QToolButton] = {}
        self._sheet: Sheet | None = None
        self._places: Places = []
        self.fields.typed.connect(self._place)
        self.fields.entered.connect(self.update)
        self.fields.left.connect(self.update)

    def show_sheet(self, sheet: Sheet, destination: Callable[[Cell], Destination]) -> None:
        """Show a sheet; `destination` says where what is typed into a cell goes."""
        self._sheet = sheet
        self.fields.show_sheet(sheet, destination)
        self._place()

    def show_conflicts(self, targets: Collection[Target]) -> None:
        """Mark the cells on which two sides of a merge differ and nobody has decided."""
        for target, mark in [*self.conflict_marks.items()]:
            if target not in targets:
                mark.deleteLater()
                del self.conflict_marks[target]
        for target in targets:
            if target not in self.conflict_marks:
                self.conflict_marks[target] = self._conflict_mark()
        self._place()

    def _conflict_mark(self) -> QToolButton:
        made = QToolButton(self)
        made.setObjectName("conflictMark")
        made.setText("相手と違います")
        made.setToolTip("統合で内容が食い違った欄です。押すと、どちらにするか決められます。")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(self.conflict_wanted)
        made.show()
        return made

    def only_show(self) -> None:
        """From now on nothing can be changed here."""
        self.fields.only_show()
        self.picker.setEnabled(False)

    def _place(self) -> None:
        if self._sheet is None or self.width() < _NARROWEST:
            return
        self._places = place_cells(self._sheet, self.width() - 2, self._need)
        for cell, rect in self._places:
            if cell.target is not None:
                field = self.fields.by_target[cell.target]
                field.setGeometry(self._inside(cell, field, rect))
            if _is_picked(cell):
                self._place_in_corner(self.picker, rect)
            if cell.target in self.conflict_marks:
                self._place_in_corner(self.conflict_marks[cell.target], rect)
        self.setFixedHeight(self._places[-1][1].bottom() + 3 if self._places else 0)
        self.update()

    def _place_in_corner(self, part: QWidget, rect: QRect) -> None:
        """In the lower right corner of a cell."""
        size = part.sizeHint()
        place = QRect(rect.bottomRight(), size)
        part.setGeometry(place.translated(-size.width(), -size.height()))
        part.raise_()

    def _need(self, cell: Cell, width: int) -> float:
        field = self.fields.by_target.get(cell.target) if cell.target else None
        if isinstance(field, CellField):
            padding = self._theme.px(_PADDING)
            least = self._theme.px(40 if cell.joined else 26)
            height = field.height_at(width - 2 * padding)
            corner = self.picker.sizeHint().height() if _is_picked(cell) else 0
            if cell.target in self.conflict_marks:
                corner = max(corner, self.conflict_marks[cell.target].sizeHint().height())
            return max(least, height + padding + self._above(cell) + corner)
        return self._theme.px(30) if field is not None else self._paint.height(cell, width)

    def _above(self, cell: Cell) -> int:
        """Room between the upper line, or the label, and the text."""
        return self._theme.px(2 if cell.joined else _PADDING)

    def _inside(self, cell: Cell, field: Field, rect: QRect) -> QRect:
        """Where the field stands in the place of its cell."""
        if isinstance(field, ChoiceField):
            return rect.adjusted(2, 2, 0, 0)
        padding, top = self._theme.px(_PADDING), self._above(cell)
        if cell.spec.anchor == "middle":
            spare = rect.height() - field.height_at(rect.width() - 2 * padding)
            top = max(padding, spare // 2)
        return rect.adjusted(padding, top, 1 - padding, -2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again where the width has changed."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grid, its labels, and which field is being filled."""
        painter = QPainter(self)
        self._paint.paint(painter, self._places, self.fields.seen(), self.fields.focused())
        painter.end()


def _is_picked(cell: Cell) -> bool:
    """Whether a cell can be filled from the lists of the pillars."""
    return cell.target is not None and cell.target.field == "desired_states"
