"""Replacing words all over the plan."""

import pytest
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from app.changes.change import apply
from app.documents.book.front_matter import MATTER
from app.edits.matter import set_matter
from app.edits.replacing import replace_words
from app.edits.text import set_text
from app.errors import KeikakuError
from tests.ui.desktop.plans import sample_plan
from ui.desktop.dialogs.places_area import BATCH, PlacesArea
from ui.desktop.dialogs.replace_dialog import ReplaceDialog
from ui.desktop.fields.change_widget import ChangeWidget
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme


def ticks(places: PlacesArea) -> list[QCheckBox]:
    """The ticks of the places that were made, in their order."""
    return [tick for tick in places.findChildren(QCheckBox) if not tick.isHidden()]


def test_a_word_is_replaced_wherever_it_stands_in_one_step() -> None:
    plan = sample_plan(4)
    edit = replace_words(plan, "窓口", "受付")
    after = apply(plan, edit)
    assert after.categories["p1-1"].name == "受付・届出"
    assert after.initiatives["i0"].texts["overview"] == "・概要0。受付をひとつにする。"
    assert apply(after, edit.inverted()) == plan


def test_departments_change_but_stages_and_numbers_do_not() -> None:
    plan = sample_plan(2)
    after = apply(plan, replace_words(plan, "課", "室"))
    assert after.initiatives["i1"].departments == ("市民室", "情報政策室")
    assert apply(plan, replace_words(plan, "1", "9")).initiatives["i1"].number == "1-1"
    assert apply(plan, replace_words(plan, "評価", "点検")).profile == plan.profile


def test_the_texts_of_the_book_are_shown_first_and_replaced(qtbot: QtBot, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    plan = sample_plan(2)
    for name in MATTER:
        plan = apply(plan, set_matter(plan, name, f"{name}の人材"))
    dialog = ReplaceDialog(parent, PendingEdits(), plan, theme)
    dialog.old.setText("人材")
    dialog.new.setText("人財")
    dialog.show_places()
    shown = [w.text.toPlainText() for w in dialog.findChildren(ChangeWidget) if not w.isHidden()]
    assert [text.partition("の")[0] for text in shown] == list(MATTER)
    after = apply(plan, dialog.edit())
    assert dict(after.profile.texts) == {name: f"{name}の人財" for name in MATTER}


def test_nothing_to_find_changes_nothing() -> None:
    assert not replace_words(sample_plan(2), "", "あ").changes


def test_every_place_is_shown_before_it_changes(qtbot: QtBot, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    plan = sample_plan(3)
    dialog = ReplaceDialog(parent, PendingEdits(), plan, theme)
    assert not dialog.doing.isEnabled()
    dialog.old.setText("窓口")
    dialog.new.setText("受付")
    qtbot.waitUntil(dialog.doing.isEnabled)
    shown = [w.text.toPlainText() for w in dialog.findChildren(ChangeWidget) if not w.isHidden()]
    assert shown[0] == "窓口受付・届出"
    assert len(shown) == 4
    tick = ticks(dialog.places)[0]
    tick.setChecked(False)
    after = apply(plan, dialog.edit())
    assert after.categories["p1-1"].name == "窓口・届出"
    assert after.initiatives["i0"].texts["overview"] == "・概要0。受付をひとつにする。"


def test_all_places_can_be_scrolled_to_and_left_out(qtbot: QtBot, theme: Theme) -> None:
    parent, plan = QWidget(), sample_plan(60)
    qtbot.addWidget(parent)
    dialog = ReplaceDialog(parent, PendingEdits(), plan, theme, "窓口", "受付")
    dialog.show()
    found = len(replace_words(plan, "窓口", "受付"))
    assert found > 2 * BATCH > len(ticks(dialog.places))
    bar = dialog.places.verticalScrollBar()
    for _ in range(found):
        bar.setValue(bar.maximum())
        dialog.places.widget().layout().activate()
        qtbot.wait(1)
    assert len(ticks(dialog.places)) == found
    ticks(dialog.places)[-1].setChecked(False)
    assert dialog.said.startswith(f"{found}か所のうち{found - 1}か所を置きかえます")
    after = apply(plan, dialog.edit())
    assert after.initiatives["i58"].texts["overview"].endswith("受付をひとつにする。")
    assert after.initiatives["i59"].texts["overview"].endswith("窓口をひとつにする。")


def test_places_not_scrolled_to_follow_all_and_none(qtbot: QtBot, theme: Theme) -> None:
    parent, plan = QWidget(), sample_plan(60)
    qtbot.addWidget(parent)
    dialog = ReplaceDialog(parent, PendingEdits(), plan, theme, "窓口", "受付")
    dialog.none.click()
    assert not dialog.edit().changes
    assert not dialog.doing.isEnabled()
    ticks(dialog.places)[1].setChecked(True)
    assert len(dialog.edit()) == 1
    assert dialog.doing.isEnabled()


def test_an_empty_word_replaces_nothing_unless_it_is_asked_for(qtbot: QtBot, theme: Theme) -> None:
    parent, plan = QWidget(), sample_plan(3)
    qtbot.addWidget(parent)
    dialog = ReplaceDialog(parent, PendingEdits(), plan, theme, "窓口")
    assert not dialog.doing.isEnabled()
    assert "「語を消す」に印" in dialog.said
    with pytest.raises(KeikakuError, match="計画は元のまま"):
        dialog.edit()
    dialog.erasing.setChecked(True)
    assert dialog.doing.isEnabled()
    assert dialog.edit().label == "「窓口」を消去"
    after = apply(plan, dialog.edit())
    assert after.initiatives["i0"].texts["overview"] == "・概要0。をひとつにする。"


def test_a_department_that_becomes_another_one_is_named_once() -> None:
    plan = sample_plan(2)
    assert plan.initiatives["i1"].departments == ("市民課", "情報政策課")
    joined = apply(plan, replace_words(plan, "情報政策課", "市民課"))
    assert joined.initiatives["i1"].departments == ("市民課",)
    erased = apply(plan, replace_words(plan, "情報政策課", "", is_erasing=True))
    assert erased.initiatives["i1"].departments == ("市民課",)


def test_what_reads_as_the_new_word_already_stays() -> None:
    plan = sample_plan(1)
    plan = apply(plan, set_text(plan, "i0", "overview", "サーバとサーバー"))
    after = apply(plan, replace_words(plan, "サーバ", "サーバー"))
    assert after.initiatives["i0"].texts["overview"] == "サーバーとサーバー"
