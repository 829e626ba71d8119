"""The view of the check: findings in groups, each a click away from its field."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.forms.fitting.metrics import PageFonts
from app.plan.checks.findings import CHECKS, Finding, where
from app.plan.lists.departments import departments_of
from app.plan.plan import Plan
from ui.change_words import labels_of
from ui.desktop.checks.plan_check import PlanCheck
from ui.desktop.parts import label, plain_tip
from ui.desktop.session_signals import SessionSignals
from ui.desktop.theme import Theme
from ui.found_words import place_of

HEADS: Final = ("取組", "欄", "見つかったこと")
SHARES: Final = (0.32, 0.18)
FOLDED: Final = frozenset({"placeholder"})
"""The checks of which there are so many that the others would not be seen below them."""
MANY: Final = 20
"""Of more findings of one check only the count is shown at first."""
WHOLE_PLAN: Final = "計画全体"
NOBODY: Final = "担当課なし"
NOTHING: Final = "問題は見つかりませんでした。"
HINT: Final = "行を選ぶと、その欄が開きます。"
CHECKED: Final = "番号、再掲、担当課、未設定、書き方の揺れ、ページの収まりを調べています。"
CHECKING: Final = "調べています…"
_NO_CELL: Final = re.compile(r"[\t\n\r]+")
"""What would begin another cell or row in Excel."""
_FINDING: Final = Qt.ItemDataRole.UserRole


def grouped(
    plan: Plan, findings: Sequence[Finding], by_department: bool
) -> dict[str, list[Finding]]:
    """Findings below the key of their check, or below each department that is to look at them."""
    groups: dict[str, list[Finding]] = {}
    if not by_department:
        for finding in findings:
            groups.setdefault(finding.check, []).append(finding)
        return groups
    order = {name: place for place, name in enumerate(departments_of(plan))}
    for finding in sorted(findings, key=lambda finding: finding.check in FOLDED):
        initiative = plan.initiatives.get(finding.initiative)
        names = initiative.departments if initiative else (WHOLE_PLAN,)
        for name in names or (NOBODY,):
            groups.setdefault(name, []).append(finding)
    return dict(sorted(groups.items(), key=lambda group: order.get(group[0], len(order))))


class FindingsTree(QTreeWidget):
    """Findings below the name of their check. Enter or a click opens, Ctrl+C copies."""

    wanted = Signal(object)
    """A Finding whose place a person wants to see."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.by_department = theme, False
        self.setAccessibleName("点検で見つかったこと")
        self.setColumnCount(len(HEADS))
        self.setHeaderLabels(HEADS)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.itemClicked.connect(self._click)

    def show_findings(self, plan: Plan, findings: Sequence[Finding]) -> None:
        """Show findings; groups that were folded stay so, and the row one was at stays chosen."""
        open_before = {name: self._group(n).isExpanded() for n, name in enumerate(self._names())}
        at = self.chosen
        self.clear()
        labels, groups = labels_of(plan), grouped(plan, findings, self.by_department)
        for name, found in groups.items():
            rows = [self._row(plan, finding, labels) for finding in found]
            top = QTreeWidgetItem([f"{CHECKS.get(name, name)}　{len(rows)}件"])
            top.setData(0, _FINDING, name)
            top.setFont(0, self._theme.font(bold=True))
            self.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)
            top.addChildren(rows)
            is_many = name in FOLDED or (name in CHECKS and len(rows) > MANY)
            top.setExpanded(open_before.get(name, not is_many or len(groups) == 1))
            for row in rows:
                if at is not None and self._finding(row) == at:
                    self.setCurrentItem(row)
                    at = None

    def _row(self, plan: Plan, finding: Finding, labels: Mapping[str, str]) -> QTreeWidgetItem:
        words = [where(plan, finding), place_words(finding, labels), finding.words]
        row = QTreeWidgetItem(words)
        for column, text in enumerate(words):
            row.setToolTip(column, plain_tip(text))
        row.setData(0, _FINDING, finding)
        return row

    @property
    def chosen(self) -> Finding | None:
        """The finding of the row one is at, None for none."""
        return self._finding(self.currentItem())

    def _names(self) -> list[str]:
        return [self._group(n).data(0, _FINDING) for n in range(self.topLevelItemCount())]

    def _group(self, number: int) -> QTreeWidgetItem:
        item = self.topLevelItem(number)
        assert item is not None
        return item

    def _finding(self, item: QTreeWidgetItem | None) -> Finding | None:
        found = item.data(0, _FINDING) if item else None
        return found if isinstance(found, Finding) else None

    def _click(self, item: QTreeWidgetItem) -> None:
        """A click that selects more than one row opens nothing."""
        if len(self.selectedItems()) == 1:
            self._open(item)

    def _open(self, item: QTreeWidgetItem | None) -> None:
        finding = self._finding(item)
        if finding is not None and (finding.initiative or finding.place.kind):
            self.wanted.emit(finding)

    def open_chosen(self) -> None:
        """Show the field of the row one is at."""
        self._open(self.currentItem())

    def lines(self) -> str:
        """What is selected, else everything, as lines for Excel."""
        groups = [self._group(n) for n in range(self.topLevelItemCount())]
        rows = [group.child(n) for group in groups for n in range(group.childCount())]
        chosen = [row for row in rows if row and row.isSelected()]
        lines = [["点検", *HEADS]]
        for row in chosen if len(chosen) > 1 else rows:
            finding = self._finding(row)
            if finding is not None and row is not None:
                words = (row.text(n) for n in range(len(HEADS)))
                lines.append([CHECKS[finding.check], *words])
        return "\n".join("\t".join(_NO_CELL.sub(" ", cell) for cell in line) for line in lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the width, whatever it is."""
        super().resizeEvent(event)
        for column, share in enumerate(SHARES):
            self.setColumnWidth(column, round(self.viewport().width() * share))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.lines())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)


class ChecksWidget(QWidget):
    """How much there is to look at, and all of it."""

    def __init__(
        self, signals: SessionSignals, theme: Theme, page_fonts: Callable[[str], PageFonts]
    ) -> None:
        super().__init__()
        self._signals, self._theme = signals, theme
        self.check, self.tree = PlanCheck(signals, page_fonts, self), FindingsTree(theme)
        self.wanted = self.tree.wanted
        self._said, self._hint = label(look="heading"), label(look="count")
        self._copy = self._tool(
            "一覧を写す",
            "見つかったことをクリップボードに写します。Excelに貼り付けられます。",
        )
        self.departments = self._tool("課ごとに", "見つかったことを、担当課ごとにまとめます。")
        self.departments.setCheckable(True)
        self.departments.setObjectName("chip")
        self.unifying = self._tool("そろえる…", "選んだ行の書き方を、ほかの書き方にそろえます。")
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.tree)

    def _tool(self, word: str, hint: str) -> QToolButton:
        made = QToolButton()
        made.setText(word)
        made.setToolTip(plain_tip(hint))
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        row.addWidget(self._said)
        row.addWidget(self._hint)
        row.addStretch(1)
        for tool in (self.unifying, self.departments, self._copy):
            row.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(8))
        column.addLayout(row)
        column.addWidget(self.tree, 1)
        column.addStretch()

    def _connect(self) -> None:
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.tree.lines()))
        self.departments.toggled.connect(self._group)
        self.unifying.clicked.connect(self._unify)
        self.tree.currentItemChanged.connect(self._show_unifying)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(
            lambda place: self.menu().popup(self.tree.viewport().mapToGlobal(place))
        )
        self.check.found.connect(self.refresh)

    @property
    def said(self) -> str:
        """The sentence above the findings."""
        return self._said.text()

    def _group(self, by_department: bool) -> None:
        self.tree.by_department = by_department
        self.refresh()

    def _show_unifying(self) -> None:
        chosen = self.tree.chosen
        self.unifying.setEnabled(chosen is not None and bool(chosen.usual))

    def menu(self) -> QMenu:
        """What can be done about the row one is at. A click would go to its field at once."""
        menu, chosen = QMenu(self), self.tree.chosen
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        show = menu.addAction("この欄を開く", self.tree.open_chosen)
        show.setEnabled(chosen is not None)
        unify = menu.addAction(self.unifying.text(), self._unify)
        unify.setEnabled(self.unifying.isEnabled())
        return menu

    def _unify(self) -> None:
        """Offer to write a word everywhere as the rest of the plan does."""
        from ui.desktop.dialogs.replace_dialog import ReplaceDialog

        chosen = self.tree.chosen
        if chosen is None or not chosen.usual:
            return
        plan = self._signals.plan
        pending = self._signals.pending
        words = chosen.place.text, chosen.usual
        dialog = ReplaceDialog(self, pending, plan, self._theme, *words)
        if dialog.exec():
            self._signals.do(lambda _: dialog.edit())

    def refresh(self) -> None:
        """Show what was found; while nobody looks, wait until somebody does."""
        if not self.isVisible():
            return
        found = self.check.findings if self.check.is_done else ()
        if self.check.is_done:
            self._said.setText(f"見直すところが{len(found)}件あります" if found else NOTHING)
            self.tree.show_findings(self._signals.plan, found)
        is_any = bool(self.tree.topLevelItemCount())
        for part in (self._copy, self.tree, self.departments, self.unifying):
            part.setVisible(is_any)
        self._show_unifying()
        self._hint.setText(HINT if is_any else CHECKED)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was found meanwhile."""
        super().showEvent(event)
        if not self.check.is_done and not self.check.findings:
            self._said.setText(CHECKING)
        self.refresh()


def place_words(finding: Finding, labels: Mapping[str, str]) -> str:
    """The field that a finding is about, with its year; empty for the whole sheet."""
    return place_of(finding.place, labels) if finding.place.kind else ""
