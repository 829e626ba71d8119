"""Pillars and categories as a tree, and what the chosen pillar says."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from app.edits.structure import add_category, add_pillar, remove_part, set_field, shift
from app.plan.entities import Pillar
from app.plan.kinds import CATEGORY, PILLAR
from app.plan.plan import Plan
from app.plan.texts.plain_text import without_blank_ends
from ui.desktop.fields.lines_field import LinesField
from ui.desktop.parts import label
from ui.desktop.session_signals import Verb
from ui.desktop.theme import Theme

VISION, STATES = "柱のビジョン", "達成すべき状態（1行に1つ）"
_ID = Qt.ItemDataRole.UserRole


class StructureWidget(QFrame):
    """A projection of pillars and categories; names are typed right into the tree (F2)."""

    wanted = Signal(object)
    """A Verb: an edit that a person made here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._plan: Plan | None = None
        self._chosen = ("", "")
        self.tree = QTreeWidget()
        self._nothing = label("「柱を追加」で、はじめの柱を作れます。", "quietLabel")
        self.vision, self.states = LinesField(theme, 2), LinesField(theme, 4)
        self.buttons = {
            word: self._button(word) for word in ("柱を追加", "区分を追加", "上へ", "下へ", "削除")
        }
        self._lay_out(theme)
        self._connect()

    def _button(self, word: str) -> QToolButton:
        made = QToolButton()
        made.setText(word)
        return made

    def _lay_out(self, theme: Theme) -> None:
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName("柱と区分")
        self.tree.setMinimumHeight(theme.px(170))
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        for made in self.buttons.values():
            row.addWidget(made)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        column.addWidget(label("柱と区分", "heading"))
        column.addLayout(row)
        column.addWidget(self._nothing)
        column.addWidget(self.tree, 1)
        for word, field in (
            ("柱のビジョン", self.vision),
            ("達成すべき状態（1行に1つ）", self.states),
        ):
            field.setAccessibleName(word)
            column.addWidget(label(word, "fieldName"))
            column.addWidget(field)

    def _connect(self) -> None:
        self.tree.itemChanged.connect(self._rename)
        self.tree.currentItemChanged.connect(self._choose)
        self.vision.left.connect(
            lambda: self._set_pillar(
                "vision", without_blank_ends(self.vision.toPlainText()) or None
            )
        )
        self.states.left.connect(self._set_states)
        steps = (self._add_pillar, self._add_category, lambda: self._shift(-1),
                 lambda: self._shift(1), self._remove)  # fmt: skip
        for made, step in zip(self.buttons.values(), steps, strict=True):
            made.clicked.connect(step)

    def show_plan(self, plan: Plan) -> None:
        """Show pillars and categories as they are."""
        self._plan = plan
        self._nothing.setVisible(not plan.pillars)
        self.tree.blockSignals(True)
        self.tree.clear()
        for pillar in plan.pillars.under():
            top = self._item(PILLAR, pillar.id, pillar.name)
            self.tree.addTopLevelItem(top)
            for category in plan.categories.under(pillar.id):
                top.addChild(self._item(CATEGORY, category.id, category.name))
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self._select()

    def _item(self, kind: str, id: str, name: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([name])
        item.setData(0, _ID, (kind, id))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        if kind == PILLAR:
            font = item.font(0)
            font.setBold(True)
            item.setFont(0, font)
        return item

    def _select(self) -> None:
        items = self.tree.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive)
        chosen = [item for item in items if tuple(item.data(0, _ID)) == self._chosen]
        for item in (chosen or items)[:1]:
            self.tree.setCurrentItem(item)
        self._choose()

    def _choose(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self._chosen = tuple(item.data(0, _ID))
        pillar = self._pillar()
        for name in ("区分を追加", "上へ", "下へ", "削除"):
            self.buttons[name].setEnabled(pillar is not None)
        for field in (self.vision, self.states):
            field.setEnabled(pillar is not None)
        if pillar is not None and not (self.vision.hasFocus() or self.states.hasFocus()):
            self.vision.setPlainText(pillar.vision or "")
            self.states.setPlainText("\n".join(pillar.desired_states))

    def _pillar(self) -> Pillar | None:
        """The chosen pillar, or that of the chosen category."""
        kind, id = self._chosen
        if self._plan is None:
            return None
        if kind == CATEGORY and id in self._plan.categories:
            return self._plan.pillars.get(self._plan.categories[id].parent)
        return self._plan.pillars.get(id)

    def _rename(self, item: QTreeWidgetItem) -> None:
        (kind, id), name = item.data(0, _ID), item.text(0).strip()
        if name:
            self._want(lambda plan: set_field(plan, kind, id, "name", name))
            self.tree.setFocus()
        elif self._plan is not None:
            self.show_plan(self._plan)

    def _add_pillar(self) -> None:
        self._add(PILLAR, lambda plan: add_pillar(plan, "新しい柱"))

    def _add_category(self) -> None:
        pillar = self._pillar()
        if pillar is not None:
            self._add(CATEGORY, lambda plan: add_category(plan, pillar.id, "新しい区分"))

    def _add(self, kind: str, verb: Verb) -> None:
        """Add a part, and let its name be typed at once."""
        known = set(self._plan.table(kind)) if self._plan else set()
        self._want(verb)
        new = [id for id in self._plan.table(kind) if id not in known] if self._plan else []
        if new:
            self._chosen = (kind, new[0])
            self._select()
            self.tree.edit(self.tree.currentIndex())

    def _shift(self, by: int) -> None:
        kind, id = self._chosen
        self._want(lambda plan: shift(plan, kind, id, by))

    def _remove(self) -> None:
        kind, id = self._chosen
        self._want(lambda plan: remove_part(plan, kind, id))

    def _set_states(self) -> None:
        pillar = self._pillar()
        # What was not touched stays as it is: initiatives name it by its words.
        known = pillar.desired_states if pillar else ()
        typed = self.states.toPlainText().split("\n")
        lines = (line if line in known else line.strip() for line in typed)
        self._set_pillar("desired_states", tuple(line for line in lines if line))

    def _set_pillar(self, field: str, value: str | tuple[str, ...] | None) -> None:
        pillar = self._pillar()
        if pillar is not None:
            self._want(lambda plan: set_field(plan, PILLAR, pillar.id, field, value))

    def _want(self, verb: Verb) -> None:
        self.wanted.emit(verb)
