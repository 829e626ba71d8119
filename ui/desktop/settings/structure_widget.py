"""Pillars and categories as a tree, and what the chosen pillar says."""

from collections.abc import Callable, Iterator
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QFrame,
    QHBoxLayout,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from app.changes.change import ChangeSet
from app.edits.structure import add_category, add_pillar, remove_part, set_field, shift
from app.plan.entities import Pillar, Scalar
from app.plan.kinds import CATEGORY, PILLAR
from app.plan.plan import Plan
from app.plan.texts.plain_text import without_blank_ends
from ui.desktop.fields.destinations import PlanText
from ui.desktop.fields.field_delegate import FieldDelegate, Index, close_editors, stays_open
from ui.desktop.fields.text_field import LinesField
from ui.desktop.parts import label
from ui.desktop.session_signals import SessionSignals, Verb
from ui.desktop.theme import Theme

VISION, STATES = "柱のビジョン", "達成すべき状態（1行に1つ）"
_ID = Qt.ItemDataRole.UserRole


class PartsTree(QTreeWidget):
    """Pillars with their categories; F2 types a name."""

    typed = Signal()
    """Nothing is typed here any more."""

    def __init__(self, signals: SessionSignals) -> None:
        super().__init__()
        self._signals = signals
        self.setHeaderHidden(True)
        self.setAccessibleName("柱と区分")
        self.setItemDelegate(FieldDelegate(signals.pending, self._name_at, self))

    @property
    def is_typing(self) -> bool:
        """Whether a name is being typed."""
        return self.state() == QTreeWidget.State.EditingState

    def finish_typing(self) -> None:
        """Close the name that is typed, where it is kept."""
        if self.is_typing:
            close_editors(self)

    def show_plan(self, plan: Plan) -> None:
        """Show pillars and categories as they are."""
        self.clear()
        for pillar in plan.pillars.under():
            top = _item(PILLAR, pillar.id, pillar.name)
            self.addTopLevelItem(top)
            for category in plan.categories.under(pillar.id):
                top.addChild(_item(CATEGORY, category.id, category.name))
        self.expandAll()

    def items(self) -> Iterator[QTreeWidgetItem]:
        """All of them, from top to bottom."""
        found = QTreeWidgetItemIterator(self)
        while (item := found.value()) is not None:
            yield item
            found += 1

    def _name_at(self, index: Index) -> PlanText:
        """What typing into a row means."""
        kind, id = index.data(_ID)

        def write(plan: Plan, text: str) -> ChangeSet:
            # A part has a name: where nothing is typed, it keeps its own.
            name = text.strip()
            return set_field(plan, kind, id, "name", name) if name else ChangeSet("計画の設定")

        part = self._signals.plan.find(kind, id)
        word = f"{'柱' if kind == PILLAR else '区分'}「{part.get('name') if part else ''}」の名前"
        return PlanText(self._signals, (kind, id, "name"), word, write, (kind, id))

    # Qt's own name.
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """A name that could not be kept stays where it was typed."""
        if not stays_open(editor, hint):
            super().closeEditor(editor, hint)
            QTimer.singleShot(0, self, self.typed.emit)


class StructureWidget(QFrame):
    """A projection of pillars and categories; names are typed right into the tree (F2)."""

    wanted = Signal(object)
    """A Verb: an edit that a person made here."""

    def __init__(self, signals: SessionSignals, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._signals, self._plan = signals, cast(Plan | None, None)
        self._chosen = ("", "")
        self.tree = PartsTree(signals)
        self._nothing = label("「柱を追加」で、はじめの柱を作れます。", "quietLabel")
        edits = signals.pending
        self.vision, self.states = LinesField(edits, theme, 2), LinesField(edits, theme, 4)
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
        for word, field in ((VISION, self.vision), (STATES, self.states)):
            field.setAccessibleName(word)
            column.addWidget(label(word, "fieldName"))
            column.addWidget(field)

    def _connect(self) -> None:
        self.tree.typed.connect(self._show_again)
        self.tree.currentItemChanged.connect(self._choose)
        steps = (self._add_pillar, self._add_category, lambda: self._shift(-1),
                 lambda: self._shift(1), self._remove)  # fmt: skip
        for made, step in zip(self.buttons.values(), steps, strict=True):
            made.clicked.connect(step)

    def show_plan(self, plan: Plan) -> None:
        """Show pillars and categories as they are."""
        self._plan = plan
        self._nothing.setVisible(not plan.pillars)
        if self.tree.is_typing:
            # The row that is typed in stays until that is over.
            return
        self.tree.blockSignals(True)
        self.tree.show_plan(plan)
        self.tree.blockSignals(False)
        self._select()

    def _show_again(self) -> None:
        if self._plan is not None:
            self.show_plan(self._plan)

    def _select(self) -> None:
        items = list(self.tree.items())
        chosen = [item for item in items if tuple(item.data(0, _ID)) == self._chosen]
        for item in (chosen or items)[:1]:
            self.tree.setCurrentItem(item)
        self._choose()

    def _choose(self) -> None:
        """Show the chosen pillar; the one before stays while its words could not be kept."""
        item = self.tree.currentItem()
        wanted = tuple(item.data(0, _ID)) if item is not None else self._chosen
        before, pillar = self._pillar(self._chosen), self._pillar(wanted)
        is_other = before is not None and pillar is not None and before.id != pillar.id
        if is_other and not all(f.pending.commit() for f in (self.vision, self.states)):
            pillar = before
        else:
            self._chosen = wanted
        for name in ("区分を追加", "上へ", "下へ", "削除"):
            self.buttons[name].setEnabled(pillar is not None)
        for field in (self.vision, self.states):
            field.setEnabled(pillar is not None)
        if pillar is not None:
            self.vision.pending.stand_for(self._text(pillar, VISION, "vision", _vision))
            self.vision.pending.give(pillar.vision or "")
            self.states.pending.stand_for(self._text(pillar, STATES, "desired_states", _states))
            self.states.pending.give("\n".join(pillar.desired_states))

    def _text(
        self, pillar: Pillar, word: str, field: str, read: Callable[[Pillar, str], Scalar]
    ) -> PlanText:
        def write(plan: Plan, text: str) -> ChangeSet:
            return set_field(plan, PILLAR, pillar.id, field, read(plan.pillars[pillar.id], text))

        words = f"柱「{pillar.name}」＞ {word}"
        return PlanText(self._signals, (pillar.id, field), words, write, (PILLAR, pillar.id))

    def _pillar(self, chosen: tuple[str, str]) -> Pillar | None:
        """The pillar of this kind and id, or that of the category."""
        kind, id = chosen
        if self._plan is None:
            return None
        if kind == CATEGORY and id in self._plan.categories:
            return self._plan.pillars.get(self._plan.categories[id].parent)
        return self._plan.pillars.get(id)

    def _add_pillar(self) -> None:
        self._add(PILLAR, lambda plan: add_pillar(plan, "新しい柱"))

    def _add_category(self) -> None:
        pillar = self._pillar(self._chosen)
        if pillar is not None:
            self._add(CATEGORY, lambda plan: add_category(plan, pillar.id, "新しい区分"))

    def _add(self, kind: str, verb: Verb) -> None:
        """Add a part, and let its name be typed at once."""
        self.tree.finish_typing()
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

    def _want(self, verb: Verb) -> None:
        self.wanted.emit(verb)


def _vision(pillar: Pillar, text: str) -> Scalar:
    return without_blank_ends(text) or None


def _states(pillar: Pillar, text: str) -> Scalar:
    # What was not touched stays as it is: initiatives name it by its words.
    known = pillar.desired_states
    lines = (line if line in known else line.strip() for line in text.split("\n"))
    return tuple(line for line in lines if line)


def _item(kind: str, id: str, name: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([name])
    item.setData(0, _ID, (kind, id))
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    if kind == PILLAR:
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
    return item
