"""The form itself on the screen: its grid painted, its fields to be typed in."""

from typing import Final

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.forms.fields import Target
from app.forms.sheet import Cell, Sheet
from ui.desktop.editor.cell_field import CellField
from ui.desktop.editor.choice_field import ChoiceField
from ui.desktop.editor.grid import Places, place_cells
from ui.desktop.editor.page_painter import PagePainter
from ui.desktop.theme import Theme

_PADDING: Final = 6
Field = CellField | ChoiceField


class SheetPage(QWidget):
    """One initiative on its form. It says what was written; it changes nothing itself."""

    written = Signal(object, str)
    """A Cell and the text that was put into it."""
    entered = Signal(object)
    """The Cell whose field has the keyboard now."""
    typed = Signal()
    """A field holds something new that is not kept yet."""
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._paint = theme, PagePainter(theme)
        self._sheet: Sheet | None = None
        self._places: Places = []
        self._fields: dict[Target, Field] = {}
        self._kept: dict[Target, str] = {}
        self._cells: dict[Target, Cell] = {}

    @property
    def fields(self) -> dict[Target, Field]:
        """The fields by what they stand for, in the order of the form."""
        return self._fields

    def text_of(self, target: Target) -> str:
        """What stands in a field at this moment, kept or not."""
        field = self._fields[target]
        return field.toPlainText() if isinstance(field, CellField) else field.currentText()

    def drafts(self) -> list[tuple[Cell, str]]:
        """What stands in the fields and is not kept yet."""
        return [
            (self._cells[target], field.toPlainText())
            for target, field in self._fields.items()
            if isinstance(field, CellField) and field.has_draft
        ]

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet; fields that stay keep the keyboard and what is being typed in them."""
        cells = {cell.target: cell for cell in sheet.cells if cell.target is not None}
        is_same = self._sheet is not None and self._sheet.initiative == sheet.initiative
        if not is_same or list(cells) != list(self._cells):
            self._make_fields(cells)
        self._sheet, self._cells = sheet, cells
        for target, cell in cells.items():
            self._show_cell(target, cell.text)
        self._place()

    def _show_cell(self, target: Target, text: str) -> None:
        """A field with a draft, or one whose last text was only kept, is left alone."""
        field = self._fields[target]
        being_typed = isinstance(field, CellField) and field.has_draft
        if not being_typed and self._kept.get(target) != text:
            field.show_text(text)
        self._kept[target] = text

    def _make_fields(self, cells: dict[Target, Cell]) -> None:
        for old in self._fields.values():
            old.hide()
            old.deleteLater()
        self._kept = {}
        self._fields = {target: self._field(cell) for target, cell in cells.items()}
        previous: QWidget | None = None
        for field in self._fields.values():
            if previous is not None:
                self.setTabOrder(previous, field)
            previous = field

    def _field(self, cell: Cell) -> Field:
        field = self._choice(cell) if cell.choices else self._text(cell)
        field.setParent(self)
        field.setAccessibleName(self._name_of(cell))
        field.show()
        return field

    def _choice(self, cell: Cell) -> ChoiceField:
        field = ChoiceField(cell.choices, "cell")
        field.chosen.connect(lambda text: self.written.emit(cell, text))
        return field

    def _text(self, cell: Cell) -> CellField:
        field = CellField(self._theme, cell.bold)
        target = cell.target
        assert target is not None
        field.drafted.connect(lambda: self._keep(target))
        field.entered.connect(lambda: self._enter(target))
        field.left.connect(self.update)
        field.textChanged.connect(self._grow)
        field.undo_wanted.connect(self.undo_wanted)
        field.redo_wanted.connect(self.redo_wanted)
        return field

    def _name_of(self, cell: Cell) -> str:
        year = f"{cell.target.fiscal_year}年度 " if cell.target and cell.target.fiscal_year else ""
        return year + (cell.spec.label or cell.spec.field)

    def _keep(self, target: Target) -> None:
        text = self.text_of(target)
        self._kept[target] = text
        self.written.emit(self._cells[target], text)

    def _enter(self, target: Target) -> None:
        self.entered.emit(self._cells[target])
        self.update()

    def _grow(self) -> None:
        self._place()
        self.typed.emit()

    def finish_typing(self) -> None:
        """Keep what is being composed and typed."""
        for field in self._fields.values():
            if isinstance(field, CellField):
                field.take_composition()
                field.keep()

    def focused(self) -> Target | None:
        """What the field with the keyboard stands for."""
        return next((t for t, field in self._fields.items() if field.hasFocus()), None)

    def _place(self) -> None:
        if self._sheet is None or self.width() < 100:
            return
        self._places = place_cells(self._sheet, self.width() - 2, self._need)
        for cell, rect in self._places:
            if cell.target is not None:
                self._fields[cell.target].setGeometry(self._inside(cell, rect))
        self.setFixedHeight(self._places[-1][1].bottom() + 3 if self._places else 0)
        self.update()

    def _need(self, cell: Cell, width: int) -> float:
        padding = self._theme.px(_PADDING)
        field = self._fields.get(cell.target) if cell.target else None
        if isinstance(field, CellField):
            least = self._theme.px(40) if cell.joined else self._theme.px(26)
            above = self._theme.px(2) if cell.joined else padding
            return max(least, field.height_at(width - 2 * padding) + above + padding)
        if field is not None:
            return self._theme.px(30)
        return self._paint.height(cell, width)

    def _inside(self, cell: Cell, rect: QRect) -> QRect:
        padding = self._theme.px(_PADDING)
        field = self._fields[cell.target] if cell.target else None
        if isinstance(field, ChoiceField):
            return rect.adjusted(2, 2, 0, 0)
        top = self._theme.px(2) if cell.joined else padding
        if isinstance(field, CellField) and cell.spec.anchor == "middle":
            needed = field.height_at(rect.width() - 2 * padding)
            top = max(padding, (rect.height() - needed) // 2)
        return rect.adjusted(padding, top, 1 - padding, -2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again where the width has changed."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grid, its labels, and which field is being filled."""
        painter = QPainter(self)
        texts = {target: self.text_of(target) for target in self._fields}
        self._paint.paint(painter, self._places, texts, self.focused())
        painter.end()
