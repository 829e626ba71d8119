"""Asking what a new plan needs."""

import pytest
from PySide6.QtWidgets import QPushButton

from ui.desktop.document.new_plan_dialog import NewPlanDialog
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.plan_widget import PlanWidget
from ui.desktop.theme import Theme


@pytest.fixture
def dialog(widget: PlanWidget, theme: Theme) -> NewPlanDialog:
    made = NewPlanDialog(widget, PendingEdits(), theme)
    made.title.setText("みなと町デジタル計画")
    return made


def can_create(dialog: NewPlanDialog) -> bool:
    [button] = [b for b in dialog.findChildren(QPushButton) if b.text().startswith("保存先")]
    return button.isEnabled()


def test_the_form_is_chosen_by_whoever_makes_the_plan(dialog: NewPlanDialog) -> None:
    assert not can_create(dialog)
    dialog.choose_form("kashima")
    assert can_create(dialog)
    assert dialog.plan().profile.form == "kashima"


def test_the_years_are_written_as_people_write_them_and_said_in_full(
    dialog: NewPlanDialog,
) -> None:
    dialog.choose_form("matsue")
    dialog.first.setText("R8")
    dialog.lengths.setText("2・2・2")
    assert dialog.years.text() == "令和8年度から令和13年度まで"
    profile = dialog.plan().profile
    assert (profile.first_fiscal_year, profile.term_years) == (2026, (2, 2, 2))
    assert profile.stages[0] == "6年間で取り組むこと"


@pytest.mark.parametrize(("first", "lengths"), [("いつか", "5"), ("R8", ""), ("R8", "0")])
def test_years_that_cannot_be_read_are_said_to_be_so(
    dialog: NewPlanDialog, first: str, lengths: str
) -> None:
    dialog.choose_form("matsue")
    dialog.first.setText(first)
    dialog.lengths.setText(lengths)
    assert not can_create(dialog)
    assert "のように入れてください" in dialog.years.text()
