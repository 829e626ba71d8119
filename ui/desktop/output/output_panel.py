"""What to make, of which initiatives, and how: the choices at the left of the view."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.documents.lists.list_columns import GROUPS
from app.documents.order import Choices, Option, Order, Output
from app.documents.outputs import OUTPUTS
from app.documents.outputs import things as all_things
from ui.desktop.parts import label
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme

_BINDINGS: Final = {"": "とじしろなし", "left": "左をとじる（25mm）", "top": "上をとじる（25mm）"}
_PAPERS: Final = {"A3": "A3（1枚に大きく）", "A4": "A4"}
_ENCODINGS: Final = {"utf-8": "UTF-8（ふつう）", "cp932": "シフトJIS（古いプログラム用）"}
ALL, SHOWN, SELECTED = range(3)


class OutputPanel(QFrame):
    """The choices. Only what an output really heeds can be seen."""

    changed = Signal()
    texts_wanted = Signal()
    """The texts of the book are to be edited."""

    def __init__(self, shared: SharedState, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._shared = shared
        self.things, self.formats, self.which = (QButtonGroup(self) for _ in range(3))
        self.both_sides = QCheckBox("両面に印刷（章を奇数ページから）")
        self.binding, self.paper = _combo(_BINDINGS), _combo(_PAPERS)
        self.encoding, self.columns = _combo(_ENCODINGS), _columns(theme)
        self.texts = QPushButton("冊子の文を書く…")
        self._rows, self._which = QFormLayout(), QWidget()
        self._about, self._whole = label(look="quietLabel"), label(look="quietLabel")
        self._about.setWordWrap(True)
        self._lay_out(theme)
        self._connect()
        self._show_output()
        self.show_counts()

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(6))
        column.addWidget(label("出力するもの", "heading"))
        things = QVBoxLayout()
        things.setSpacing(0)
        for n, (thing, output) in enumerate(all_things().items()):
            button = QRadioButton(output.called)
            button.setProperty("thing", thing)
            button.setAccessibleDescription(output.about)
            button.setMinimumHeight(theme.px(26))
            self.things.addButton(button, n)
            things.addWidget(button)
        self.things.button(0).setChecked(True)
        column.addLayout(things)
        column.addWidget(self._about)
        column.addSpacing(theme.px(8))
        column.addWidget(label("取組", "heading"))
        which = QVBoxLayout(self._which)
        which.setContentsMargins(0, 0, 0, 0)
        for n in (ALL, SHOWN, SELECTED):
            self.which.addButton(QRadioButton(), n)
            which.addWidget(self.which.button(n))
        self.which.button(ALL).setChecked(True)
        column.addWidget(self._which)
        column.addWidget(self._whole)
        column.addSpacing(theme.px(8))
        column.addWidget(label("形式と紙面", "heading"))
        column.addLayout(self._option_rows(theme))
        column.addWidget(self.texts, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _option_rows(self, theme: Theme) -> QFormLayout:
        formats = QHBoxLayout()
        formats.setSpacing(theme.px(6))
        for n, word in enumerate(dict.fromkeys(output.format for output in OUTPUTS)):
            chip = QToolButton()
            chip.setObjectName("chip")
            chip.setMinimumWidth(theme.px(56))
            chip.setText(word)
            chip.setCheckable(True)
            self.formats.addButton(chip, n)
            formats.addWidget(chip)
        formats.addStretch(1)
        self.formats.button(0).setChecked(True)
        self._rows.setSpacing(theme.px(8))
        self._rows.addRow("形式", formats)
        for word, field in (("用紙", self.paper), ("とじ方", self.binding), ("", self.both_sides),
                            ("文字コード", self.encoding), ("列", self.columns)):  # fmt: skip
            field.setAccessibleName(word or "両面")
            self._rows.addRow(word, field)
        return self._rows

    def _connect(self) -> None:
        self.things.idClicked.connect(lambda: self._show_output())
        for group in (self.formats, self.which):
            group.idClicked.connect(lambda: self._show_output())
        for box in (self.paper, self.binding, self.encoding):
            box.activated.connect(lambda: self.changed.emit())
        self.both_sides.toggled.connect(lambda: self.changed.emit())
        self.columns.itemChanged.connect(lambda: self.changed.emit())
        self.texts.clicked.connect(lambda: self.texts_wanted.emit())

    @property
    def output(self) -> Output:
        """What is chosen, in the chosen format where there is that, else in its first."""
        thing = _checked(self.things).property("thing")
        outputs = [output for output in OUTPUTS if output.thing == thing]
        wanted = _checked(self.formats).text()
        return next((output for output in outputs if output.format == wanted), outputs[0])

    def order(self) -> Order:
        """What is chosen, of the plan as it is now."""
        output, shared = self.output, self._shared
        ids = {ALL: (), SHOWN: tuple(i.id for i in shared.shown), SELECTED: shared.selected}
        which = ALL if output.is_whole else self.which.checkedId()
        return Order(shared.plan, output, tuple(ids[which]), self._choices())

    def _choices(self) -> Choices:
        checked = tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in map(self.columns.item, range(self.columns.count()))
            if item.checkState() == Qt.CheckState.Checked
        )
        return Choices(
            both_sides=self.both_sides.isChecked(),
            binding=self.binding.currentData(),
            paper=self.paper.currentData(),
            columns=() if len(checked) == len(GROUPS) else checked,
            encoding=self.encoding.currentData(),
        )

    def choose(self, thing: str, which: int) -> None:
        """Choose a thing, and of which initiatives it is made."""
        for button in self.things.buttons():
            button.setChecked(button.property("thing") == thing)
        self.which.button(which).setChecked(True)
        self._show_output()

    def show_counts(self) -> None:
        """Say how many initiatives are meant; what would be none of them cannot be chosen."""
        shared = self._shared
        everything, shown = len(shared.plan.initiatives), len(shared.shown)
        counts = {ALL: everything, SHOWN: shown, SELECTED: len(shared.selected)}
        words = {ALL: "すべての取組", SHOWN: "表示中の取組", SELECTED: "選んだ取組"}
        for n, count in counts.items():
            button = self.which.button(n)
            button.setText(f"{words[n]}（{count:,}件）")
            button.setVisible(n == ALL or 0 < count < everything)
        if _checked(self.which).isHidden():
            self.which.button(ALL).setChecked(True)
        self._whole.setText(f"計画の全体（取組{everything:,}件）")

    def _show_output(self) -> None:
        """Show what can be chosen of this output, and say that another one is wanted."""
        output = self.output
        fields: dict[Option, QWidget] = {
            "paper": self.paper, "binding": self.binding, "both_sides": self.both_sides,
            "encoding": self.encoding, "columns": self.columns,
        }  # fmt: skip
        for option, field in fields.items():
            self._rows.setRowVisible(field, option in output.options)
        offered = [each.format for each in OUTPUTS if each.thing == output.thing]
        for button in self.formats.buttons():
            button.setVisible(button.text() in offered)
            button.setChecked(button.text() == output.format)
        self._about.setText(output.about)
        self._which.setVisible(not output.is_whole)
        self._whole.setVisible(output.is_whole)
        self.texts.setVisible(output.has_texts)
        self.changed.emit()


def _checked(group: QButtonGroup) -> QAbstractButton:
    """The chosen one: there always is one."""
    chosen = group.checkedButton()
    assert chosen is not None
    return chosen


def _combo(words: dict[str, str]) -> QComboBox:
    box = QComboBox()
    for key, word in words.items():
        box.addItem(word, key)
    return box


def _columns(theme: Theme) -> QListWidget:
    columns = QListWidget()
    columns.setSpacing(theme.px(2))
    for key, group in GROUPS.items():
        item = QListWidgetItem(group.name, columns)
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setCheckState(Qt.CheckState.Checked)
    columns.setMinimumHeight(theme.px(150))
    return columns
