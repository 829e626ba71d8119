"""About the program: versions, fonts, where files lie, licences; and what helps to find a fault."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import VERSION
from app.errors import KeikakuError
from app.ports import Section
from ui.desktop.dialogs.licence_dialog import LicenceDialog
from ui.desktop.dialogs.messages import show_problem, tell
from ui.desktop.dialogs.paths import ask_target
from ui.desktop.parts import label
from ui.desktop.screens import screen_sections
from ui.desktop.theme import Theme
from ui.documents import Program

_SUFFIX = ".txt"


class AboutDialog(QDialog):
    """Facts to read and copy, and two ways on: the licences, and a text for whoever helps."""

    def __init__(self, parent: QWidget, program: Program, theme: Theme) -> None:
        super().__init__(parent)
        self._program, self._theme = program, theme
        self._window_facts = screen_sections()
        self.setWindowTitle("このプログラムについて")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(660), theme.px(560))
        self.buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.licences = self.buttons.addButton("ライセンスを読む…", role.ActionRole)
        self.diagnosis = self.buttons.addButton("診断情報を保存…", role.ActionRole)
        close = self.buttons.addButton("閉じる", role.RejectRole)
        self.licences.clicked.connect(self.show_licences)
        self.diagnosis.clicked.connect(self.ask_diagnosis)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        close.setDefault(True)
        close.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[self._theme.px(20)] * 4)
        column.setSpacing(self._theme.px(8))
        column.addWidget(label("計画カンバン", "title"))
        column.addWidget(label(f"版 {VERSION}　MITライセンスで公開しています。", "quietLabel"))
        column.addWidget(label("このPCの外へは一切通信しません。"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._facts())
        column.addWidget(area, 1)
        column.addWidget(self.buttons)

    def _facts(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(*[self._theme.px(12)] * 4)
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setVerticalSpacing(self._theme.px(4))
        grid.setColumnStretch(1, 1)
        versions, *others = self._program.about()
        for section in (versions, *self._window_facts, *others):
            self._add(grid, section)
        grid.setRowStretch(grid.rowCount(), 1)
        return inside

    def _add(self, grid: QGridLayout, section: Section) -> None:
        row = grid.rowCount()
        grid.addWidget(label(section.heading, "fieldName"), row, 0, 1, 2)
        if row > 1:
            grid.setRowMinimumHeight(row, self._theme.px(30))
        for what, how in section.facts:
            row += 1
            words = label(how)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label(what, "quietLabel"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)

    def show_licences(self) -> None:
        """The parts of the program with their licences."""
        LicenceDialog(self, self._program.licences(), self._theme).open()

    def ask_diagnosis(self) -> None:
        """Ask where to, and write what helps to find a fault."""
        filters = f"テキスト (*{_SUFFIX})"
        path = ask_target(self, "診断情報を保存", filters, f"診断情報{_SUFFIX}", _SUFFIX)
        if path:
            self.save_diagnosis(path)

    def save_diagnosis(self, path: str) -> None:
        """Write what helps to find a fault; say where, or why not."""
        try:
            self._program.save_diagnosis(path, self._window_facts)
        except KeikakuError as error:
            show_problem(self, str(error))
            return
        tell(
            self,
            "診断情報を保存しました。計画の内容や、人・PC・ファイルの名前は入っていません。\n"
            f"{path}",
        )
