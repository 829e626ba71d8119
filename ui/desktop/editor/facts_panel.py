"""Below the printed page: what is left to do on this initiative, its links, its history."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from app.changes.history import Entry
from app.changes.log_filter import last_touching
from app.plan.entities import Initiative
from app.plan.lists.lookup import display_name
from app.plan.periods.fiscal_year import date_name
from app.plan.plan import Plan
from app.plan.texts.mentions import Links
from app.plan.texts.placeholders import placeholders_left
from ui.desktop.parts import label, plain_tip
from ui.desktop.theme import Theme

TO: Final = "この取組の文中にある取組"
FROM: Final = "この取組の番号を書いている取組"
# More links than this make no list that anybody reads.
_MOST: Final = 12


class FactsPanel(QFrame):
    """この取組."""

    opened = Signal(str)
    """Another initiative (id) that a person wants to see."""
    link_wanted = Signal()
    """A person wants to speak of another initiative in the text."""
    history_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._links = Links()
        self._left, self._last = label(look="warn"), label(look="quietLabel")
        for each in (self._left, self._last):
            each.setWordWrap(True)
        self.links: list[QToolButton] = []
        self.link = _link("＋ ほかの取組の番号を書き入れる（Ctrl+K）")
        self.link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.history = _link("この取組の変更の履歴")
        self._linked, self._linked_column = QWidget(), QVBoxLayout()
        self._linked_column.setContentsMargins(0, 0, 0, 0)
        self._linked_column.setSpacing(theme.px(2))
        self._linked.setLayout(self._linked_column)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(4))
        for part in (self._left, self._linked, self.link, self._last, self.history):
            column.addWidget(part)
        column.insertWidget(0, label("この取組", "heading"))
        self.link.clicked.connect(self.link_wanted)
        self.history.clicked.connect(self.history_wanted)

    def show_facts(self, plan: Plan, initiative: Initiative, entries: Sequence[Entry]) -> None:
        """Show what is known about an initiative."""
        count = placeholders_left(plan, initiative)
        self._left.setText(f"▲ 未設定があと{count}か所あります" if count else "")
        self._left.setVisible(bool(count))
        self._last.setText(last_words(plan, initiative, entries))
        to, back = self._links.of(plan, initiative)
        found = [(TO, id) for id in to[:_MOST]] + [(FROM, id) for id in back[:_MOST]]
        self._show_links(plan, found)

    def _show_links(self, plan: Plan, found: list[tuple[str, str]]) -> None:
        for old in self.links:
            self._linked_column.removeWidget(old)
            old.deleteLater()
        self.links = [self._link_to(plan, *each) for each in found]
        self._linked.setVisible(bool(found))

    def _link_to(self, plan: Plan, explanation: str, id: str) -> QToolButton:
        name = display_name(plan.initiatives[id])
        made = _link(
            f"{'→' if explanation == TO else '←'} {name if len(name) <= 28 else name[:27] + '…'}"
        )
        made.setToolTip(plain_tip(f"{explanation}：{name}"))
        made.setAccessibleName(f"{explanation} {name}")
        made.clicked.connect(lambda: self.opened.emit(id))
        self._linked_column.addWidget(made)
        return made


def _link(words: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName("link")
    made.setText(words)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def last_words(plan: Plan, initiative: Initiative, entries: Sequence[Entry]) -> str:
    """Who changed an initiative last, and when."""
    entry = last_touching(plan, entries, initiative.id)
    if entry is None:
        return "この計画を開いてからの変更はありません"
    author = f"{entry.author} " if entry.author else ""
    return f"最終更新：{author}{date_name(entry.at.date())} {entry.at:%H:%M}"
