"""The one tool bar: undo, redo, search, new, output, save."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu

from ui.desktop.bars.actions import Actions
from ui.desktop.parts import button, menu_button
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme


class SearchField(QLineEdit):
    """Filters all views as one types. Esc empties it; Enter goes to what was found."""

    entered = Signal()
    """Enter, but not the one that confirms what an input method composes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setPlaceholderText("さがす（Ctrl+F）")
        self.setAccessibleName("さがす")
        self.setClearButtonEnabled(True)
        self._composes = False
        self.setMinimumWidth(theme.px(150))
        self.setMaximumWidth(theme.px(430))
        self.setMinimumHeight(theme.px(30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field, Enter goes to what was found."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._composes:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether something is being composed."""
        self._composes = bool(event.preeditString())
        super().inputMethodEvent(event)


class ToolBar(QFrame):
    """Undo and redo, search, new initiative, output, save."""

    found = Signal()
    """A person wants to go to what was found; the first of it is selected."""

    def __init__(self, actions: Actions, outputs: QMenu, theme: Theme) -> None:
        """`outputs` is the menu of everything that can be written."""
        super().__init__()
        self.setObjectName("tools")
        self.search = SearchField(theme)
        self._shared: SharedState | None = None
        self.search.textChanged.connect(self._filter)
        self.search.entered.connect(self._go_to_found)
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.px(n) for n in (12, 6, 12, 6)))
        row.setSpacing(theme.px(8))
        self._wordless = theme.px(860)
        self._back = [button(action, theme, "quiet") for action in (actions.undo, actions.redo)]
        for made in self._back:
            row.addWidget(made)
        row.addWidget(self.search, 1)
        row.addStretch(1)
        row.addWidget(button(actions.add, theme))
        row.addWidget(menu_button("出力", outputs))
        row.addWidget(button(actions.save, theme, "main"))

    def _go_to_found(self) -> None:
        if self._shared is not None and self._shared.shown:
            self._shared.select([self._shared.shown[0].id])
            self.found.emit()

    def start_search(self) -> None:
        """Give the keyboard to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def attach(self, shared: SharedState | None) -> None:
        """Search in this plan from now on."""
        self._shared = shared
        self.setVisible(shared is not None)
        if shared is not None:
            shared.shown_changed.connect(self._show_query)
            self._show_query()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Undo and redo are icons alone where their words would leave no room to search."""
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        is_narrow = event.size().width() < self._wordless
        for made in self._back:
            made.setToolButtonStyle(
                style.ToolButtonIconOnly if is_narrow else style.ToolButtonTextBesideIcon
            )

    def _filter(self, query: str) -> None:
        if self._shared is not None:
            self._shared.set_filter(replace(self._shared.filter, query=query))

    def _show_query(self) -> None:
        if self._shared is not None and self.search.text() != self._shared.filter.query:
            self.search.setText(self._shared.filter.query)
