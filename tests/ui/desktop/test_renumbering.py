"""The dialog that numbers a plan anew."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.changes.change import apply
from app.edits.renumber import renumber
from app.edits.text import set_text
from app.plan.numbering import NumberingRule
from tests.ui.desktop.plans import sample_plan
from ui.desktop.dialogs.renumber_dialog import LEARNED, RenumberDialog
from ui.desktop.theme import Theme


def rows(dialog: RenumberDialog) -> list[tuple[str, ...]]:
    tree = dialog.changes
    items = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    return [tuple(item.text(n) for n in range(4)) for item in items if item]


def test_every_number_that_changes_is_shown_with_where_it_is_spoken_of(
    qtbot: QtBot, theme: Theme
) -> None:
    parent, plan = QWidget(), sample_plan(3)
    qtbot.addWidget(parent)
    plan = apply(plan, set_text(plan, "i2", "overview", "・No.1-0と合わせる。"))
    dialog = RenumberDialog(parent, plan, theme)
    dialog.scheme.setCurrentIndex(dialog.scheme.findData("straight"))
    assert rows(dialog)[0] == (
        "1-0", "1", "来庁予約と待ち人数の案内",
        "合わせて直します：「庁内問い合わせの自動応答」の事業概要",
    )  # fmt: skip
    assert [row[1] for row in rows(dialog)] == ["1", "2", "3"]
    after = apply(plan, renumber(plan, dialog.rule))
    assert after.initiatives["i2"].texts["overview"] == "・No.1と合わせる。"


def test_where_nothing_changes_there_is_nothing_to_do(qtbot: QtBot, theme: Theme) -> None:
    parent, plan = QWidget(), sample_plan(3)
    qtbot.addWidget(parent)
    done = apply(plan, renumber(plan, RenumberDialog(parent, plan, theme).rule))
    dialog = RenumberDialog(parent, done, theme)
    assert not dialog.doing.isEnabled()
    assert dialog.said.text() == "番号は、もうこの付け方の通りです。"


def test_the_dialog_begins_with_the_habit_of_the_plan(qtbot: QtBot, theme: Theme) -> None:
    parent, plan = QWidget(), sample_plan(12)
    qtbot.addWidget(parent)
    habit = NumberingRule("straight", counts_relistings=True)
    plan = apply(plan, renumber(plan, habit))
    plan = plan.changed({"profile": {"plan": replace(plan.profile, numbering="")}})
    dialog = RenumberDialog(parent, plan, theme)
    assert dialog.rule == habit
    assert dialog.said.text() == f"番号は、もうこの付け方の通りです。{LEARNED}"
    dialog.relistings.setChecked(False)
    assert dialog.said.text() == "3件の番号が変わります。「元に戻す」で一度に戻せます。"


def test_the_rule_that_was_chosen_goes_before_the_habit(qtbot: QtBot, theme: Theme) -> None:
    parent, plan = QWidget(), sample_plan(12)
    qtbot.addWidget(parent)
    plan = apply(plan, renumber(plan, NumberingRule("straight")))
    rule = NumberingRule("pillar", counts_relistings=True)
    plan = plan.changed({"profile": {"plan": replace(plan.profile, numbering=rule.text)}})
    assert RenumberDialog(parent, plan, theme).rule == rule
