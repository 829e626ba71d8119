"""Every kind of field that a person types into, how to get to it, and what is typed there."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidget, QWidget

from app.plan.kinds import KINDS as ENTITY_KINDS
from app.plan.plan import Plan
from ui.desktop.editor.cell_field import CellField
from ui.desktop.fields.line_field import LineField
from ui.desktop.main_window import MainWindow
from ui.desktop.output.book_texts_dialog import BookTextsDialog
from ui.desktop.plan_widget import PlanWidget, View

WORDS = "MADOGUCHI"


@dataclass(frozen=True)
class Kind:
    """A kind of field: `reach` shows it; `typed` goes in over what stands there."""

    reach: Callable[[MainWindow], QWidget]
    typed: str = WORDS
    kept: str = WORDS
    """What the plan then holds somewhere."""

    def type(self, window: MainWindow) -> QWidget:
        """Type into the field, with keys, and leave the keyboard in it."""
        field = self.reach(window)
        QApplication.processEvents()
        field.setFocus()
        assert field.hasFocus()
        if hasattr(field, "selectAll"):
            field.selectAll()
        QTest.keyClicks(field, self.typed)
        return field


def holds(plan: Plan, words: str) -> bool:
    """Whether these words stand anywhere in a plan."""
    tables = (plan.table(kind).values() for kind in ENTITY_KINDS if kind != "profile")
    return words in repr([plan.profile, *(list(table) for table in tables)])


def _plan(window: MainWindow) -> PlanWidget:
    assert window.plan_widget is not None
    return window.plan_widget


def _cell(name: str) -> Callable[[MainWindow], QWidget]:
    def reach(window: MainWindow) -> QWidget:
        _plan(window).open_initiative("i0")
        fields = _plan(window).editor.page.fields.by_target
        field = next(f for target, f in fields.items() if target.field == name)
        assert isinstance(field, CellField)
        return field

    return reach


def _fact_bar(name: str) -> Callable[[MainWindow], QWidget]:
    def reach(window: MainWindow) -> QWidget:
        _plan(window).open_initiative("i0")
        field: QWidget = getattr(_plan(window).editor.facts, name)
        return field

    return reach


def _list_cell(heading: str) -> Callable[[MainWindow], QWidget]:
    def reach(window: MainWindow) -> QWidget:
        _plan(window).show_view(View.LIST)
        table = _plan(window).list.table
        headings = [column.word for column in table.rows.columns]
        table.setCurrentIndex(table.rows.index(1, headings.index(heading)))
        table.edit(table.currentIndex())
        return _editor(table)

    return reach


def _editor(view: QWidget) -> QWidget:
    return next(e for e in view.findChildren(LineField) if e.isVisible())


def _tree(place: int) -> Callable[[MainWindow], QWidget]:
    def reach(window: MainWindow) -> QWidget:
        _plan(window).show_view(View.SETTINGS)
        tree: QTreeWidget = _plan(window).settings.structure.tree
        tree.setCurrentItem(list(_plan(window).settings.structure.tree.items())[place])
        tree.editItem(tree.currentItem())
        return _editor(tree)

    return reach


def _setting(find: Callable[[PlanWidget], QWidget]) -> Callable[[MainWindow], QWidget]:
    def reach(window: MainWindow) -> QWidget:
        _plan(window).show_view(View.SETTINGS)
        return find(_plan(window))

    return reach


def _guide(plan: PlanWidget) -> QWidget:
    return next(iter(plan.settings.facts.guides.fields.values()))


def _book_text(window: MainWindow) -> QWidget:
    _plan(window).show_view(View.OUTPUT)
    _plan(window).output.panel.texts.click()
    dialogs = (w for w in QApplication.topLevelWidgets() if isinstance(w, BookTextsDialog))
    return next(dialog for dialog in dialogs if dialog.isVisible()).fields["preface"]


IN_DIALOG = "book text"
KINDS = {
    "sheet text": Kind(_cell("texts.overview")),
    "sheet year": Kind(_cell("texts.actions")),
    "sheet list": Kind(_cell("departments")),
    "sheet name": Kind(_cell("name")),
    "number": Kind(_fact_bar("number")),
    "badge": Kind(_fact_bar("badge")),
    "list name": Kind(_list_cell("取組名")),
    "list departments": Kind(_list_cell("担当課")),
    "pillar": Kind(_tree(0)),
    "category": Kind(_tree(1)),
    "vision": Kind(_setting(lambda plan: plan.settings.structure.vision)),
    "states": Kind(_setting(lambda plan: plan.settings.structure.states)),
    "title": Kind(_setting(lambda plan: plan.settings.facts.fields["title"])),
    "year": Kind(
        _setting(lambda plan: plan.settings.facts.fields["first_fiscal_year"]),
        "R9",
        "first_fiscal_year=2027",
    ),
    "statuses": Kind(_setting(lambda plan: plan.settings.facts.words["statuses"])),
    "guide": Kind(_setting(_guide), "377", "guides=(377"),
    IN_DIALOG: Kind(_book_text),
}
