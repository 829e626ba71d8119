"""The documents as they lie, what was understood of each cell, and what is to be looked at."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.errors import KeikakuError
from app.intake.cell_map import CellMap, assigned
from app.intake.found import GridReading
from app.intake.grid import GridCell
from app.intake.intake import Intake
from ui.desktop.dialogs.messages import show_problem
from ui.desktop.intake.grid_table import GridTable
from ui.desktop.intake.points import Point, points
from ui.desktop.parts import label, within
from ui.desktop.theme import Theme
from ui.desktop.waiting import waited
from ui.intake_report import field_words

Understanding = Callable[[CellMap], Intake]
_NOTE: Final = "取り込んだあと、「元に戻す」1回で取り込む前に戻せます。元の文書は変わりません。"
_LONGEST: Final = 60
_SHOWN: Final = 26


class IntakeDialog(QDialog):
    """`accept` means that what `intake` holds is to be taken in."""

    def __init__(
        self,
        parent: QWidget,
        understand: Understanding,
        intake: Intake,
        fields: dict[str, str],
        theme: Theme,
    ) -> None:
        """`fields` can be given to a cell: the name of each, and what a person calls it."""
        super().__init__(parent)
        self.intake, self.cell_map = intake, CellMap()
        self._understand, self._fields, self._theme = understand, fields, theme
        self._points: tuple[Point, ...] = ()
        self._shown: GridReading | None = None
        self.grids, self.table, self.list = QComboBox(), GridTable(theme), QListWidget()
        self.counts, self.text = label(), label(look="quietLabel")
        self.doing, self.back = QPushButton(), QPushButton("もどる")
        self.setWindowTitle("いまの計画の資料から取り込む")
        self.resize(within(parent, theme, 1340, 720))
        self._lay_out(theme)
        self._connect()
        self.show_intake()

    def _lay_out(self, theme: Theme) -> None:
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self._document_side())
        halves.addWidget(self._found_side(theme))
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        self.doing.setObjectName("main")
        self.doing.setDefault(True)
        foot.addWidget(self.back)
        foot.addWidget(label(_NOTE, "quietLabel"), 1)
        foot.addWidget(self.doing)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(10))
        column.addWidget(halves, 1)
        column.addLayout(foot)

    def _document_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        self.grids.setAccessibleName("文書とシート")
        column.addWidget(self.grids)
        column.addWidget(self.table, 1)
        legend = "色の付いたところが分かった欄です。文を押すと、欄を選び直せます。"
        column.addWidget(label(legend, "quietLabel"))
        return side

    def _found_side(self, theme: Theme) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(theme.px(300))
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.px(8), 0, 0, 0)
        column.addWidget(label("読み取った結果", "heading"))
        self.counts.setWordWrap(True)
        column.addWidget(self.counts)
        column.addWidget(label("確かめるところ", "heading"))
        self.list.setAccessibleName("確かめるところ")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setSpacing(theme.px(2))
        column.addWidget(self.list, 1)
        self.text.setWordWrap(True)
        column.addWidget(self.text)
        return side

    def _connect(self) -> None:
        self.grids.currentIndexChanged.connect(self._show_grid)
        self.table.cell_chosen.connect(self.ask_field)
        self.list.currentRowChanged.connect(self._show_point)
        self.doing.clicked.connect(self.accept)
        self.back.clicked.connect(self.reject)

    def show_intake(self) -> None:
        """Show all of it anew; the grid that was shown stays."""
        place = max(0, self.grids.currentIndex())
        self.grids.blockSignals(True)
        self.grids.clear()
        self.grids.addItems([_grid_words(reading) for reading in self.intake.readings])
        self.grids.setCurrentIndex(min(place, self.grids.count() - 1))
        self.grids.blockSignals(False)
        self._points = points(self.intake)
        self.list.clear()
        for point in self._points:
            QListWidgetItem(_point_words(point), self.list)
        count = len(self.intake.made.plan.initiatives)
        doubts = sum(point.is_doubt for point in self._points)
        rest = len(self._points) - doubts
        self.counts.setText(
            f"{count}件の取組が見つかりました\n確かめるところが{doubts}か所あります\n"
            f"どの欄にも入れていない文が{rest}か所あります"
        )
        self.doing.setText(f"{count}件を取り込む")
        self.doing.setEnabled(count > 0)
        self._show_grid(self.grids.currentIndex())

    def _show_grid(self, place: int) -> None:
        if 0 <= place < len(self.intake.readings):
            self._shown = self.intake.readings[place]
            self.table.show_reading(self._shown, self._words)

    def _words(self, field: str) -> str:
        return self._fields.get(field) or field_words(field, {})

    def _show_point(self, row: int) -> None:
        if not 0 <= row < len(self._points):
            self.text.clear()
            return
        point = self._points[row]
        self.text.setText(point.text.strip()[: _LONGEST * 5])
        if point.reading is not None and point.cell is not None:
            self.grids.setCurrentIndex(_place_of(self.intake, point.reading))
            self.table.reveal(point.cell)

    def ask_field(self, cell: GridCell) -> None:
        """Offer the fields that a cell can be given."""
        menu = QMenu(self)
        for name, words in self._fields.items():
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _, name=name: self.give(cell, name))
        menu.addSeparator()
        menu.addAction("この文は取り込まない").triggered.connect(lambda: self.give(cell, ""))
        menu.exec(self._menu_place())

    def _menu_place(self) -> QPoint:
        index = self.table.currentIndex()
        if index.isValid():
            below = self.table.visualRect(index).bottomLeft()
            return self.table.viewport().mapToGlobal(below)
        return QCursor.pos()

    def give(self, cell: GridCell, name: str) -> None:
        """Give a cell a field ("" for none), and understand the documents anew."""
        assert self._shown is not None
        wanted = assigned(self.cell_map, self._shown, cell, name)
        try:
            intake = waited(self, "読み直しています…", lambda: self._understand(wanted))
        except KeikakuError as error:
            show_problem(self, str(error))
            return
        self.cell_map, self.intake = wanted, intake
        self.show_intake()
        self.table.reveal(cell)


def _point_words(point: Point) -> str:
    """A doubt by what it says, a text left over by its first words; both with their place."""
    text = " ".join(point.text.split())
    quoted = f"「{text[:_SHOWN]}…」" if len(text) > _SHOWN else f"「{text}」"
    return f"{point.what if point.is_doubt else quoted}　{point.heading}"


def _place_of(intake: Intake, reading: GridReading) -> int:
    return next(n for n, one in enumerate(intake.readings) if one is reading)


def _grid_words(reading: GridReading) -> str:
    title = f"　{reading.grid.title}" if reading.grid.title else ""
    told = reading.passed or f"取組{len(reading.drafts)}件"
    return f"{reading.grid.source}{title}（{told}）"


def choosable_fields(names: tuple[str, ...], labels: dict[str, str]) -> dict[str, str]:
    """The fields that a person can choose, by name, with their words."""
    return {name: field_words(name, labels) for name in names}
