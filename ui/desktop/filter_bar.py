"""The chips above the views: what is shown, how the board is split, how many of how many."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.plan.board.swimlanes import SPLITS
from app.plan.lists.filters import Filter
from app.plan.plan import Plan
from ui.desktop.parts import ElidedLabel, plain_tip
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme

Choice = tuple[str, str]
"""A value of the filter and the word for it."""


def pillar_choices(plan: Plan, wanted: Filter) -> Sequence[Choice]:
    """The pillars."""
    return [(pillar.id, pillar.name) for pillar in plan.pillars.under()]


def category_choices(plan: Plan, wanted: Filter) -> Sequence[Choice]:
    """The categories of the chosen pillar, or of all."""
    pillars = [wanted.pillar] if wanted.pillar else [p.id for p in plan.pillars.under()]
    return [(c.id, c.name) for pillar in pillars for c in plan.categories.under(pillar)]


def department_choices(plan: Plan, wanted: Filter) -> Sequence[Choice]:
    """Every department that answers for an initiative."""
    return _words(name for i in plan.initiatives.under() for name in i.departments)


def status_choices(plan: Plan, wanted: Filter) -> Sequence[Choice]:
    """The plan's statuses, and those that only occur."""
    occurring = (i.status for i in plan.initiatives.under() if i.status)
    return _words((*plan.profile.statuses, *occurring))


def _words(words: Iterable[str]) -> list[Choice]:
    return [(word, word) for word in dict.fromkeys(words)]


MENUS: Final[Sequence[tuple[str, str, Callable[[Plan, Filter], Sequence[Choice]]]]] = (
    ("pillar", "柱", pillar_choices),
    ("category", "区分", category_choices),
    ("department", "担当課", department_choices),
    ("status", "現状", status_choices),
)
SWITCHES: Final = (("only_new", "新規"), ("only_relisted", "再掲"), ("only_placeholders", "未設定"))


class FilterBar(QWidget):
    """Chips that set the shared filter; at the right how the board is split, and the count."""

    day_wanted = Signal()
    """A person wants to see the board of an earlier day."""

    def __init__(self, shared: SharedState, theme: Theme) -> None:
        super().__init__()
        self._shared = shared
        self._menus = {field: self._menu_chip(field, word) for field, word, _ in MENUS}
        self._switches = {field: self._switch_chip(field, word) for field, word in SWITCHES}
        self._narrowest = theme.px(820)
        self._clear = self._chip("条件を消す ✕")
        self._clear.setAccessibleName("条件を消す")
        self._clear.setToolTip("条件を消す")
        self._clear.clicked.connect(lambda: shared.set_filter(Filter()))
        self.split = self._split_button()
        self._count = ElidedLabel("", "count")
        self._lay_out(theme)
        shared.shown_changed.connect(self.refresh)
        shared.split_changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self, theme: Theme) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for chip in (*self._menus.values(), *self._switches.values(), self._clear):
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(self.split)
        row.addWidget(self._count)

    def _chip(self, word: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName("chip")
        made.setText(word)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _menu_chip(self, field: str, word: str) -> QToolButton:
        made = self._chip(f"{word} ▾")
        made.setCheckable(True)
        menu = QMenu(made)
        menu.aboutToShow.connect(lambda: self._fill(menu, field))
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _switch_chip(self, field: str, word: str) -> QToolButton:
        made = self._chip(word)
        made.setCheckable(True)
        made.toggled.connect(lambda is_on: self._set(field, is_on))
        return made

    def _split_button(self) -> QToolButton:
        made = self._chip("")
        menu = QMenu(made)
        menu.aboutToShow.connect(lambda: self._fill_splits(menu))
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _fill_splits(self, menu: QMenu) -> None:
        menu.clear()
        for split, word in SPLITS.items():
            action = menu.addAction(f"{word}で分ける" if split else "分けない")
            action.setCheckable(True)
            action.setChecked(split == self._shared.split)
            action.triggered.connect(lambda _, split=split: self._shared.set_split(split))
        menu.addSeparator()
        menu.addAction("ある日のカンバンを見る…", self.day_wanted.emit)

    def _fill(self, menu: QMenu, field: str) -> None:
        choices = next(choices for name, _, choices in MENUS if name == field)
        menu.clear()
        here = getattr(self._shared.filter, field)
        for value, word in (("", "すべて"), *choices(self._shared.plan, self._shared.filter)):
            action = QAction(word.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(value == here)
            action.triggered.connect(lambda _, value=value: self._set(field, value))
            menu.addAction(action)

    def _set(self, field: str, value: str | bool) -> None:
        wanted = replace(self._shared.filter, **{field: value})  # type: ignore[arg-type]
        if field == "pillar":
            wanted = replace(wanted, category="")
        self._shared.set_filter(wanted)

    def refresh(self) -> None:
        """Show the filter and the counts as they are."""
        wanted, plan = self._shared.filter, self._shared.plan
        for field, word, choices in MENUS:
            names = dict(choices(plan, wanted))
            value = getattr(wanted, field)
            chip = self._menus[field]
            chip.setText(f"{word}：{_short(names.get(value, value))} ▾" if value else f"{word} ▾")
            chip.setChecked(bool(value))
        for field, chip in self._switches.items():
            chip.blockSignals(True)
            chip.setChecked(getattr(wanted, field))
            chip.blockSignals(False)
        left, is_narrow = self._shared.placeholders_left(), self.property("narrow")
        words = f"未設定{left}" if is_narrow else f"未設定 あと{left}か所"
        self._switches["only_placeholders"].setText(words if left else "未設定なし")
        self._switches["only_placeholders"].setEnabled(bool(left) or wanted.only_placeholders)
        split = SPLITS[self._shared.split]
        self.split.setText("分け方 ▾" if is_narrow else f"列の分け方：{split} ▾")
        self.split.setToolTip(plain_tip(f"列の分け方：{split}"))
        self._clear.setText("✕" if is_narrow else "条件を消す ✕")
        self._clear.setVisible(not wanted.is_empty)
        self._count.setVisible(not is_narrow)
        self._count.setText(f"{len(plan.initiatives)}件中 {len(self._shared.shown)}件")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorter words where those in full would be cut."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < self._narrowest
        if self.property("narrow") != is_narrow:
            self.setProperty("narrow", is_narrow)
            for chip in self.findChildren(QToolButton):
                chip.style().polish(chip)
            self.refresh()


def _short(name: str) -> str:
    return name if len(name) <= 12 else f"{name[:11]}…"
