"""The view 交換・統合: what goes out, what comes back, what is to be decided, who is at work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.changes.merge import KeptConflict
from app.plan.periods.fiscal_year import date_name
from app.plan.plan import Plan
from app.ports import Copy
from ui.change_words import labels_of, place_words
from ui.desktop.document.others_watch import Around
from ui.desktop.parts import ElidedLabel, label
from ui.desktop.theme import Theme

_WIDEST: Final = 560
_NARROWEST: Final = 760
"""Widths in px at 100 %: of a column at most, and of two columns at least."""
_MOST: Final = 8
"""So many conflicts and copies are named here; the others in their dialogs."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was read: its name, what it brings, whether there is anything to look at."""

    name: str
    words: str
    is_open: bool = False
    is_trouble: bool = False


@dataclass(frozen=True, slots=True)
class FileState:
    """What is known of the file: where it is, how it stands around it, who saved it last."""

    path: str
    around: Around
    last_saved: str


class Panel(QFrame):
    """A heading, a line about it, buttons with what they do beside them, rows that change."""

    def __init__(self, heading: str, verbs: Mapping[str, str], theme: Theme) -> None:
        """`verbs` are the words on the buttons, each with what it does."""
        super().__init__()
        self.setObjectName("panel")
        self._theme = theme
        self.said = _note("")
        self.buttons = [QPushButton(verb) for verb in verbs]
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(n) for n in (16, 12, 16, 14)))
        column.setSpacing(theme.px(8))
        column.addWidget(label(heading, "heading"))
        column.addWidget(self.said)
        self.verbs = self._verb_rows(list(verbs.values()))
        column.addWidget(self.verbs)
        column.addLayout(self._rows)
        self.say("")

    def say(self, words: str) -> None:
        """The line below the heading; no room is kept for none."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _verb_rows(self, notes: Sequence[str]) -> QWidget:
        rows = QWidget()
        if not notes:
            rows.hide()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(12))
        grid.setVerticalSpacing(self._theme.px(8))
        grid.setColumnStretch(1, 1)
        for row, (button, note) in enumerate(zip(self.buttons, notes, strict=True)):
            grid.addWidget(button, row, 0)
            grid.addWidget(_note(note), row, 1)
        return rows

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Show these in the place of those before."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self._rows.addWidget(row)
            # Left alone, Qt shows it later, and the panel is empty until then.
            row.show()


class ExchangeWidget(QWidget):
    """Shows; what is wanted is done by whoever listens to the buttons."""

    arrival_wanted = Signal(int)
    """A person wants to look into the arrival of this place."""
    came_up = Signal()
    """It is seen again: what it shows may be old."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        going = {"課へ切り出す…": "課ごとに、その課の取組だけのファイルを作ります。"}
        coming = {
            "回答を取り込む…": "戻ったファイルやExcelを、確かめて取り込みます。",
            "別のファイルと統合…": "別に保存した計画の変更を合わせます。",
        }
        decide = {"続けて決める…": "両方の内容を並べて、どちらにするか選びます。"}
        restore = {"控えに戻す…": "日時を選んで、そのときの内容に戻します。"}
        self.going = Panel("渡す", going, theme)
        self.coming = Panel("取り込む", coming, theme)
        self.asked = Panel("決めていない項目", decide, theme)
        self.file = Panel("このファイル", {}, theme)
        self.copies = Panel("控え", restore, theme)
        (self.issue,) = self.going.buttons
        self.bring, self.merge = self.coming.buttons
        (self.decide,) = self.asked.buttons
        (self.restore,) = self.copies.buttons
        self._lay_out()

    def _lay_out(self) -> None:
        holder = QWidget()
        holder.setObjectName("plan")
        self._columns = QHBoxLayout(holder)
        self._columns.setContentsMargins(0, 0, self._theme.px(4), 0)
        self._columns.setSpacing(self._theme.px(12))
        for panels in ((self.going, self.coming), (self.file, self.asked, self.copies)):
            self._columns.addWidget(self._column(panels), 1)
        self._columns.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def _column(self, panels: Sequence[Panel]) -> QWidget:
        """Panels below each other, as high as what they say."""
        made = QWidget()
        made.setMaximumWidth(self._theme.px(_WIDEST))
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(12))
        for panel in panels:
            column.addWidget(panel)
        column.addStretch(1)
        return made

    def show_file(self, state: FileState) -> None:
        """Where it lies and who is at work on it."""
        news, advice = state.around.words
        self.file.say(_who(state.around))
        rows: list[QWidget] = [_note(f"▲ {news}", "unsaved"), _note(advice)] if news else []
        rows.append(ElidedLabel(f"場所：{state.path}"))
        if state.last_saved:
            rows.append(ElidedLabel(f"ファイルにある最後の変更：{state.last_saved}"))
        self.file.show_rows(rows)

    def show_conflicts(self, plan: Plan, kept: Sequence[KeptConflict]) -> None:
        """What merges left open."""
        labels = labels_of(plan)
        self.asked.verbs.setVisible(bool(kept))
        self.asked.say(
            f"同じところを両方で変えた項目が{len(kept)}か所あります。"
            "決めるまでは自分の内容のままで、相手の内容も残ります。"
            if kept
            else "決めていない項目はありません。"
        )
        places = (" ＞ ".join(place_words(plan, k.conflict, labels)) for k in kept[:_MOST])
        rows = [ElidedLabel(f"・{place}".replace("\n", " ")) for place in places]
        self.asked.show_rows([*rows, *_more(len(kept))])

    def show_copies(self, copies: Sequence[Copy]) -> None:
        """The earlier states that were kept."""
        self.restore.setEnabled(bool(copies))
        self.copies.say(
            f"前の内容が{len(copies)}件残っています。"
            if copies
            else "控えはまだありません。保存するたびに、前の内容が控えに残ります。"
        )
        names = (f"{date_name(c.at.date())} {c.at:%H:%M}" for c in copies[:_MOST])
        self.copies.show_rows([*(label(f"・{name}") for name in names), *_more(len(copies))])

    def show_arrivals(self, arrivals: Sequence[Arrival]) -> None:
        """The files that were read."""
        self.coming.show_rows([self._row(n, arrival) for n, arrival in enumerate(arrivals)])

    def _row(self, place: int, arrival: Arrival) -> QWidget:
        row = QFrame()
        words = label(arrival.words, "trouble" if arrival.is_trouble else "quietLabel")
        words.setWordWrap(True)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(ElidedLabel(arrival.name, "fieldName"))
        text.addWidget(words)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, self._theme.px(4), 0, self._theme.px(4))
        line.addLayout(text, 1)
        if arrival.is_open:
            look = QPushButton("見て取り込む…")
            look.setAccessibleName(f"{arrival.name}を見て取り込む")
            look.clicked.connect(lambda: self.arrival_wanted.emit(place))
            line.addWidget(look, 0, Qt.AlignmentFlag.AlignTop)
        return row

    # Qt's own names from here on.
    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be too narrow."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < self._theme.px(_NARROWEST)
        way = QBoxLayout.Direction
        self._columns.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it is seen."""
        super().showEvent(event)
        self.came_up.emit()


def _who(around: Around) -> str:
    if around.others:
        return f"{around.others}開いています。保存するときに、両方の変更を統合します。"
    if around.news == "unreachable":
        return "ほかに開いている人がいるかどうかは、いまは確かめられません。"
    return "ほかに開いている人はいません。"


def _note(words: str, look: str = "quietLabel") -> QLabel:
    """A line or two."""
    made = label(words, look)
    made.setWordWrap(True)
    return made


def _more(count: int) -> list[QLabel]:
    return [label(f"ほかに{count - _MOST}件", "quietLabel")] if count > _MOST else []
