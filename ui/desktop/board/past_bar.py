"""The board of an earlier day: which day, and the way back."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.plan.periods.fiscal_year import date_name, western_date
from ui.desktop.parts import label, verb_or_back
from ui.desktop.theme import Theme


class PastBar(QFrame):
    """Stands above the board while it shows an earlier day."""

    other_wanted = Signal()
    """A person wants to see another day."""
    poster_wanted = Signal()
    """A person wants this board on paper."""
    left = Signal()
    """A person wants the board of now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("pastBar")
        self._words = label(look="pastWords")
        another, poster = QPushButton("別の日を見る…"), QPushButton("PDFに出力…")
        back = QPushButton("今のカンバンに戻る")
        back.setObjectName("main")
        another.clicked.connect(self.other_wanted)
        poster.clicked.connect(self.poster_wanted)
        back.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.px(n) for n in (12, 5, 8, 5)))
        row.setSpacing(theme.px(8))
        row.addWidget(self._words, 1)
        row.addWidget(another)
        row.addWidget(poster)
        row.addWidget(back)
        self.hide()

    def show_day(self, day: date | None, count: int) -> None:
        """Say which day is shown, with how many initiatives; None is now, and needs no bar."""
        self.setVisible(day is not None)
        if day is not None:
            self._words.setText(f"{date_name(day)}のカンバン（見るだけ）　全{count}件")


class DayDialog(QDialog):
    """Asks for a day between the first one of the log and today."""

    def __init__(self, parent: QWidget, first: date, last: date, shown: date, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle("この日のカンバン")
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setDateRange(_qdate(first), _qdate(last))
        self.calendar.setSelectedDate(_qdate(shown))
        self.calendar.setMinimumSize(theme.px(340), theme.px(250))
        self._named = label(look="heading")
        self.calendar.selectionChanged.connect(self._show_name)
        self.calendar.activated.connect(self.accept)
        buttons, _ = verb_or_back(self, "この日のカンバンを見る")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(10))
        column.addWidget(self._named, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.calendar)
        column.addWidget(label(f"記録は{date_name(first)}からあります。", "quietLabel"))
        column.addWidget(buttons)
        self._show_name()

    @property
    def day(self) -> date:
        """The chosen day."""
        chosen = self.calendar.selectedDate()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _show_name(self) -> None:
        self._named.setText(western_date(self.day))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
