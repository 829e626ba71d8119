"""The view 冊子・印刷: what to make at the left, how it will look at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.desktop.output.book_texts_dialog import BookTextsDialog
from ui.desktop.output.output_panel import ALL, SELECTED, SHOWN, OutputPanel
from ui.desktop.output.output_preview import OutputPreview
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme
from ui.documents import Documents


class OutputWidget(QWidget):
    """Choices, preview, and the two things to do with what was made."""

    write_wanted = Signal(object)
    """Write this Order to a file."""
    print_wanted = Signal(object)
    """Print what was made (`output_preview.Made`)."""

    def __init__(self, shared: SharedState, documents: Documents, theme: Theme) -> None:
        super().__init__()
        self._shared, self._theme = shared, theme
        self.panel, self.preview = OutputPanel(shared, theme), OutputPreview(documents, theme)
        self.print_button = QPushButton("印刷…")
        self.write_button = QPushButton("ファイルに出力…")
        self._lay_out(theme)
        self.panel.changed.connect(self.refresh)
        self.panel.texts_wanted.connect(self.ask_texts)
        self.panel.texts.setEnabled(not shared.signals.is_read_only)
        self.preview.made_other.connect(self._show_state)
        self.write_button.clicked.connect(lambda: self.write_wanted.emit(self.panel.order()))
        self.print_button.clicked.connect(lambda: self.print_wanted.emit(self.preview.made))
        shared.shown_changed.connect(self.refresh)
        shared.selection_changed.connect(self.refresh)
        self._show_state()

    def _lay_out(self, theme: Theme) -> None:
        self.write_button.setObjectName("main")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.panel)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.print_button, 1)
        buttons.addWidget(self.write_button, 2)
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        left.addWidget(area, 1)
        left.addLayout(buttons)
        holder = QWidget()
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setMaximumWidth(theme.px(340))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        # At a large zoom the choices give way, or the page would have no room.
        row.addWidget(holder, 2)
        row.addWidget(self.preview, 3)

    def offer_sheets(self) -> None:
        """Show the sheets of what is selected; where nothing is, of what is shown."""
        shared = self._shared
        is_filtered = len(shared.shown) != len(shared.plan.initiatives)
        self.panel.show_counts()
        self.panel.choose("sheets", SELECTED if shared.selected else SHOWN if is_filtered else ALL)

    def refresh(self) -> None:
        """Show what is chosen of the plan as it is now; while nobody looks, wait for that."""
        if self.isVisible():
            self.panel.show_counts()
            self.preview.show_order(self.panel.order())

    def _show_state(self) -> None:
        made = self.preview.made
        has_pages = self.panel.output.has_pages
        self.print_button.setEnabled(bool(made and made.pages))
        self.print_button.setToolTip("" if has_pages else "紙面のないものは印刷できません。")

    def ask_texts(self) -> None:
        """Let a person write the texts of the book."""
        BookTextsDialog(self, self._shared, self._theme).open()

    def showEvent(self, event: QShowEvent) -> None:
        """Make what has changed meanwhile."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody looks at need not be made."""
        super().hideEvent(event)
        self.preview.forget()
