"""The view of one initiative: its form to be filled in, and the page as it will print."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.changes.change import apply
from app.changes.history import Entry
from app.changes.merge import KeptConflict
from app.edits.initiative import toggle_state
from app.errors import KeikakuError
from app.forms.definition.plan_form import form_of
from app.forms.fitting.metrics import PageFonts
from app.forms.sheet import Cell, Sheet, fill
from app.plan.board.cards import card_name
from app.plan.entities import Initiative
from app.plan.lists.listing import printed_order
from app.plan.search import words as words_of
from app.plan.texts.passages import Passage
from resources import form_texts
from ui.desktop.editor.cell_field import CellField
from ui.desktop.editor.fact_bar import FactBar
from ui.desktop.editor.facts_panel import FactsPanel
from ui.desktop.editor.pick_dialog import PickDialog
from ui.desktop.editor.preview import PreviewWidget
from ui.desktop.editor.sheet_head import SheetHead
from ui.desktop.editor.sheet_page import SheetPage
from ui.desktop.editor.writing import cell_text, write
from ui.desktop.parts import label
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme

PREVIEW_MS = 60
FOLD_WIDTH = 1100
NOTHING = "取組を選ぶか、「新しい取組」を押すと、ここに個票が開きます。"


class SheetEditor(QWidget):
    """Shows the first of the selected initiatives, or the one that was shown last."""

    undo_wanted = Signal()
    redo_wanted = Signal()
    history_wanted = Signal(str)
    """The initiative (id) whose history a person wants to see."""
    conflict_wanted = Signal()
    """A person wants to decide what a merge left open."""
    told = Signal(str)
    """What a person should know of what was pasted."""

    def __init__(
        self,
        signals: SessionSignals,
        shared: SharedState,
        theme: Theme,
        page_fonts: Callable[[str], PageFonts],
    ) -> None:
        """`page_fonts` finds the fonts of the printed page for a form's `font.family`."""
        super().__init__()
        self._signals, self._shared, self._theme = signals, shared, theme
        self.shown = ""
        self.find_conflicts: Callable[[], Sequence[KeptConflict]] = lambda: ()
        self._visit: Entry | None = None
        self.page, self.facts = SheetPage(signals.pending, theme), FactBar(signals, theme)
        # Beside the page; below the form where the printed page is folded away.
        self._panel, self._below = FactsPanel(theme), FactsPanel(theme)
        self.preview = PreviewWidget(theme, self._panel, page_fonts)
        self.head = SheetHead(self.facts.stage, theme)
        self._note = label(NOTHING, "quietLabel")
        self._stack, self._right, self._area = QStackedWidget(), QWidget(), QScrollArea()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PREVIEW_MS)
        self._later.timeout.connect(self._show_preview)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = self._theme
        area = self._area
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(_at_top(self.page, self._below))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.head)
        column.addWidget(self.facts)
        column.addWidget(area, 1)
        self._stack.addWidget(_side_by_side(left, self._right, self.preview, theme))
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._note)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        fields = self.page.fields
        fields.written.connect(self._write)
        fields.entered.connect(self._begin_visit)
        fields.typed.connect(self._later.start)
        fields.undo_wanted.connect(self.undo_wanted)
        fields.redo_wanted.connect(self.redo_wanted)
        fields.told.connect(self.told)
        fields.link_wanted.connect(self.ask_link)
        for panel in (self._panel, self._below):
            panel.link_wanted.connect(self.ask_link)
            panel.opened.connect(lambda id: self._shared.select([id]))
            panel.history_wanted.connect(lambda: self.history_wanted.emit(self.shown))
        self.page.picker.picked.connect(
            lambda state: self._signals.do(lambda plan: toggle_state(plan, self.shown, state))
        )
        self.page.conflict_wanted.connect(self.conflict_wanted)
        self.head.stepped.connect(self.step)
        self.facts.wanted.connect(self._signals.do)
        self._shared.shown_changed.connect(self.refresh)
        self._shared.selection_changed.connect(self._follow)

    def open(self, initiative: str) -> None:
        """Show an initiative, after keeping what was typed for the one before.

        Where that cannot be kept, the one before stays.
        """
        if initiative != self.shown and self.finish_typing():
            self._visit = None
            self.shown = initiative
            # Once the new sheet has its height.
            QTimer.singleShot(0, self, lambda: show_focused(self._area, self.page))
        self.refresh()

    def step(self, by: int) -> None:
        """Go to the previous (-1) or next (+1) of the initiatives that are shown."""
        there = self._shared.neighbour(self.shown, by)
        if there is not None:
            self._shared.select([there])

    def start_typing(self, over: bool = False) -> None:
        """Give the keyboard to the first field; `over` selects its text to be typed over."""
        first = next(iter(self.page.fields.by_target.values()), None)
        if isinstance(first, CellField):
            first.setFocus()
            first.moveCursor(QTextCursor.MoveOperation.End)
            if over:
                first.selectAll()

    def ask_link(self) -> None:
        """Ask for another initiative, and write its number where a person was typing."""
        field = self.page.fields.last_entered
        if field is None or self._signals.is_read_only:
            self.told.emit("番号を書き入れる欄を先に選んでください。")
            return
        others = [i for i in printed_order(self._shared.plan) if i.id != self.shown]
        dialog = PickDialog(self, "ほかの取組の番号", "書き入れる", others, self._theme)
        if dialog.exec() and dialog.picked:
            field.insertPlainText(link_text(self._shared.plan.initiatives[dialog.picked]))
        field.setFocus()

    def show_place(self, place: Passage) -> None:
        """Give the keyboard to the field of a place and select its text there."""
        field = self.page.fields.field_at(place) or self.facts.field_at(place)
        if field is None:
            return
        field.setFocus()
        if isinstance(field, CellField):
            field.select_text(place.text)
        self._area.ensureWidgetVisible(field)

    def only_show(self) -> None:
        """From now on nothing can be changed here; texts can still be selected and copied."""
        self.page.only_show()
        self.facts.setEnabled(False)
        self.facts.stage.setEnabled(False)

    def finish_typing(self) -> bool:
        """Keep what is being composed and typed; False where some of it could not be kept."""
        return self._signals.pending.commit()

    def refresh(self) -> None:
        """Show what the plan says now; where nothing is on view, wait until it is."""
        plan = self._shared.plan
        initiative = plan.initiatives.get(self.shown)
        if not self.isVisible():
            return
        try:
            form = form_of(plan.profile, form_texts())
        except KeikakuError as error:
            self._show_note(str(error))
            return
        if initiative is None:
            self._show_note(NOTHING)
            return
        self._stack.setCurrentIndex(0)
        sheet = fill(form, plan, initiative)
        self.page.picker.offer(plan, initiative.id)
        self.page.show_sheet(sheet, lambda cell: cell_text(self._signals, self.shown, cell))
        places = {
            (c.conflict.entity, c.conflict.id, c.conflict.field) for c in self.find_conflicts()
        }
        targets = [cell.target for cell in sheet.cells if cell.target is not None]
        self.page.show_conflicts([t for t in targets if (t.kind, t.id, t.field) in places])
        self.page.fields.show_found(words_of(self._shared.filter.query))
        self.facts.show_facts(plan, initiative)
        ids = [each.id for each in self._shared.shown]
        place = f"{ids.index(self.shown) + 1} / {len(ids)}" if self.shown in ids else ""
        self.head.show_place(sheet.above or card_name(initiative), place)
        self.head.allow(*(self._shared.neighbour(self.shown, by) is not None for by in (-1, 1)))
        panel = self._panel if self._right.isVisible() else self._below
        panel.show_facts(plan, initiative, self._signals.session.history.entries)
        self._show_preview()

    def _show_note(self, sentence: str) -> None:
        self._note.setText(sentence)
        self._stack.setCurrentIndex(1)

    def _show_preview(self) -> None:
        sheet = self._sheet_as_typed()
        if sheet is not None and self._right.isVisible():
            self.preview.show_sheet(sheet.form, sheet)

    def _sheet_as_typed(self) -> Sheet | None:
        """The sheet with what stands in the fields at this moment, kept or not."""
        plan = self._shared.plan
        for cell, text in self.page.fields.drafts():
            edit = write(plan, self.shown, cell, text)
            plan = apply(plan, edit)
        initiative = plan.initiatives.get(self.shown)
        return fill(form_of(plan.profile, form_texts()), plan, initiative) if initiative else None

    def _follow(self) -> None:
        if self._shared.selected and self.isVisible():
            self.open(self._shared.selected[0])

    def _begin_visit(self, cell: Cell) -> None:
        self._visit = None

    def _write(self, cell: Cell, text: str) -> None:
        """What is pasted into several fields at once is one step to undo."""
        initiative = self.shown
        edit = self._signals.do(lambda plan: write(plan, initiative, cell, text), self._visit)
        if edit is None:
            self.refresh()
        elif edit.changes:
            self._visit = self._signals.session.history.undoable

    def showEvent(self, event: QShowEvent) -> None:
        """Show the selected initiative."""
        super().showEvent(event)
        chosen = self._shared.selected or tuple(i.id for i in self._shared.shown[:1])
        self.open(chosen[0] if chosen else self.shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The printed page folds away where there is too little room."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.px(FOLD_WIDTH)
        if is_wide == self._below.isHidden() == self._right.isVisible():
            return
        self._right.setVisible(is_wide)
        self._below.setVisible(not is_wide)
        self.refresh()


def show_focused(area: QScrollArea, page: SheetPage) -> None:
    """Scroll to the field with the keyboard, its cursor at the end; else to the top."""
    target = page.fields.focused()
    if target is None:
        area.verticalScrollBar().setValue(0)
        return
    field = page.fields.by_target[target]
    if isinstance(field, CellField):
        field.moveCursor(QTextCursor.MoveOperation.End)
    area.ensureWidgetVisible(field)


def link_text(initiative: Initiative) -> str:
    """How a text speaks of an initiative: its number follows when the plan is numbered anew."""
    return f"No.{initiative.number}" if initiative.number else f"「{initiative.title}」"


def _side_by_side(left: QWidget, right: QWidget, preview: QWidget, theme: Theme) -> QSplitter:
    column = QVBoxLayout(right)
    column.setContentsMargins(theme.px(8), 0, 0, 0)
    column.setSpacing(theme.px(10))
    column.addWidget(preview, 1)
    both = QSplitter(Qt.Orientation.Horizontal)
    both.setChildrenCollapsible(False)
    both.addWidget(left)
    both.addWidget(right)
    both.setSizes([600, 420])
    both.setStretchFactor(0, 3)
    both.setStretchFactor(1, 2)
    return both


def _at_top(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return holder
