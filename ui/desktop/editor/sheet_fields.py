"""The fields of a sheet: made for its cells, filled from the plan, read while typed in."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.forms.fields import Target
from app.forms.sheet import Cell, Sheet
from app.plan.entities import TEXT_PREFIX
from app.plan.kinds import KPI
from app.plan.periods.fiscal_year import fiscal_year_name
from app.plan.texts.passages import Passage
from ui.desktop.editor.cell_field import CellField
from ui.desktop.fields.choice_field import ChoiceField
from ui.desktop.pending_edits import Destination, PendingEdits
from ui.desktop.theme import Theme

Field = CellField | ChoiceField


class SheetFields(QObject):
    """The fields on a page, in the order of the form. They say what was written."""

    written = Signal(object, str)
    """A Cell and the text that was chosen for it or pasted into it."""
    entered = Signal(object)
    """The Cell whose field has the keyboard now."""
    left = Signal()
    typed = Signal()
    """A field holds something new that is not kept yet."""
    undo_wanted = Signal()
    redo_wanted = Signal()
    link_wanted = Signal()
    """A person wants to speak of another initiative in the text that is being typed."""
    told = Signal(str)
    """What a person should know of what was pasted."""

    def __init__(self, page: QWidget, edits: PendingEdits, theme: Theme) -> None:
        super().__init__(page)
        self._page, self._edits, self._theme = page, edits, theme
        self._is_shown_only = False
        self._last: Target | None = None
        self._fields: dict[Target, Field] = {}
        self._cells: dict[Target, Cell] = {}

    @property
    def by_target(self) -> Mapping[Target, Field]:
        """The fields by what they stand for."""
        return self._fields

    def seen(self) -> Mapping[Target, str]:
        """What a person sees in the fields at this moment: bold words without their marks."""
        return {
            target: field.toPlainText() if isinstance(field, CellField) else field.text()
            for target, field in self._fields.items()
        }

    def field_at(self, place: Passage) -> Field | None:
        """The field of a place of the plan, None where the form has none."""
        wanted = (place.kind, place.id, place.field)
        return next((f for t, f in self._fields.items() if (t.kind, t.id, t.field) == wanted), None)

    def only_show(self) -> None:
        """From now on texts can be selected and copied, and nothing changed."""
        self._is_shown_only = True
        for field in self._fields.values():
            field.only_show()

    def show_found(self, words: Sequence[str]) -> None:
        """Mark where these folded words stand on the sheet."""
        for field in self._fields.values():
            if isinstance(field, CellField):
                field.show_found(words)

    def drafts(self) -> list[tuple[Cell, str]]:
        """What stands in the fields and is not kept yet."""
        return [
            (self._cells[target], field.text())
            for target, field in self._fields.items()
            if isinstance(field, CellField) and field.pending.is_dirty
        ]

    def focused(self) -> Target | None:
        """What the field with the keyboard stands for."""
        return next((t for t, field in self._fields.items() if field.hasFocus()), None)

    def show_sheet(self, sheet: Sheet, destination: Callable[[Cell], Destination]) -> None:
        """Show a sheet; fields that stay keep the keyboard and what is being typed in them.

        `destination` says where what is typed into a cell goes.
        """
        cells = {cell.target: cell for cell in sheet.cells if cell.target is not None}
        is_same = list(cells) == list(self._cells)
        self._cells = cells
        if not is_same:
            self._make(cells)
        for target, cell in cells.items():
            field = self._fields[target]
            if isinstance(field, CellField):
                field.pending.stand_for(destination(cell))
                field.pending.give(cell.text)
            else:
                field.show_text(cell.text)

    def _make(self, cells: Mapping[Target, Cell]) -> None:
        """A field for each cell; those of cells that stay are the same ones."""
        before, at = self._fields, self.focused()
        self._fields = {
            target: before.get(target) or self._field(target, cell)
            for target, cell in cells.items()
        }
        for one, next_one in pairwise(self._fields.values()):
            QWidget.setTabOrder(one, next_one)
        if at is not None and at not in self._fields:
            # Before the field with the keyboard goes: Qt would give it to whatever comes next.
            self._enter_as(list(before), at)
        for target in before.keys() - self._fields.keys():
            before[target].hide()
            before[target].deleteLater()

    def _enter_as(self, before: Sequence[Target], at: Target) -> None:
        """Give the keyboard to the field that stands where one of another sheet stood."""
        wanted = places(before)[at]
        now = {place: target for target, place in places(list(self._fields)).items()}
        target = now.get(wanted) or next(iter(self._fields), None)
        if target is not None:
            self._fields[target].setFocus()

    def _field(self, target: Target, cell: Cell) -> Field:
        field: Field
        if cell.choices:
            field = ChoiceField(cell.choices, "cell")
            field.chosen.connect(lambda text: self.written.emit(self._cells[target], text))
        else:
            field = self._text(target, cell)
        field.setParent(self._page)
        field.setAccessibleName(spoken_name(cell))
        if self._is_shown_only:
            field.only_show()
        field.show()
        return field

    def _text(self, target: Target, cell: Cell) -> CellField:
        is_free = target.kind == KPI or target.field.startswith(TEXT_PREFIX)
        field = CellField(self._edits, self._theme, cell.bold, is_free)
        field.entered.connect(lambda: self._enter(target))
        field.left.connect(self.left)
        field.textChanged.connect(self.typed)
        field.undo_wanted.connect(self.undo_wanted)
        field.redo_wanted.connect(self.redo_wanted)
        field.cells_pasted.connect(lambda texts: self._paste_cells(target, texts))
        field.link_wanted.connect(self.link_wanted)
        field.told.connect(self.told)
        return field

    def _enter(self, target: Target) -> None:
        self._last = target
        self.entered.emit(self._cells[target])

    @property
    def last_entered(self) -> CellField | None:
        """The text field that has, or had last, the keyboard; None for none on this sheet."""
        field = self._fields.get(self._last) if self._last else None
        return field if isinstance(field, CellField) else None

    def _paste_cells(self, start: Target, texts: Sequence[str]) -> None:
        """Put one text into each field from this one on, in the order of the form."""
        self.entered.emit(self._cells[start])
        targets = list(self._fields)
        targets = targets[targets.index(start) :]
        filled = sum(self._put(*pair) for pair in zip(targets, texts, strict=False))
        left = len(texts) - filled
        words = (
            f"{len(texts)}個のセルを{filled}個の欄に貼り付けました。「元に戻す」で一度に戻せます。"
        )
        self.told.emit(words + (f"入る欄のないセルが{left}個あります。" if left else ""))

    def _put(self, target: Target, text: str) -> bool:
        """Put a text into a field; False where it is none of a field's choices."""
        field, cell = self._fields.get(target), self._cells.get(target)
        if cell is None or (isinstance(field, ChoiceField) and text not in (*cell.choices, "")):
            return False
        if isinstance(field, CellField):
            field.show_text(text)
            field.pending.discard()
        self.written.emit(cell, text)
        return True


def places(targets: Sequence[Target]) -> Mapping[Target, tuple[str, str, int | None, int]]:
    """Where on the form each field stands, whatever initiative it shows."""
    seen = Counter[tuple[str, str, int | None]]()
    found = {}
    for target in targets:
        place = (target.kind, target.field, target.fiscal_year)
        found[target] = (*place, seen[place])
        seen[place] += 1
    return found


def spoken_name(cell: Cell) -> str:
    """What a screen reader calls the field of a cell."""
    target = cell.target
    year = f"{fiscal_year_name(target.fiscal_year)} " if target and target.fiscal_year else ""
    return year + (cell.spec.label or cell.spec.field)
