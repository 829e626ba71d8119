"""The settings view: facts as people write them, departments."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QFocusEvent
from pytestqt.qtbot import QtBot

from app.changes.change import apply
from app.edits.department import rename_department
from app.edits.structure import set_field, set_guide
from app.plan.lists.departments import departments_of
from app.session import Session
from tests.ui.desktop.plans import sample_plan
from ui.desktop.fields.lines_field import LinesField
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.settings.departments_widget import RenameDialog
from ui.desktop.theme import Theme


@pytest.fixture
def widget(widget: PlanWidget) -> PlanWidget:
    widget.show_view(View.SETTINGS)
    return widget


@pytest.mark.parametrize(
    ("field", "typed", "kept", "shown"),
    [
        ("first_fiscal_year", "R6", 2024, "令和6年度"),
        ("first_fiscal_year", "２０２５", 2025, "令和7年度"),
        ("first_fiscal_year", "いつか", 2022, "令和4年度"),
        ("issued", "令和7年3月", "2025-03", "令和7年3月"),
        ("issued", "2024-12", "2024-12", "令和6年12月"),
        ("issued", "R5.6", "2023-06", "令和5年6月"),
        ("issued", "13月", "2023-06", "令和5年6月"),
        ("issued", "", "", ""),
        ("term_years", "3・3", (3, 3), "3・3"),
    ],
)
def test_a_fact_is_read_as_people_write_it(
    widget: PlanWidget, session: Session, field: str, typed: str, kept: object, shown: str
) -> None:
    line = widget.settings.facts.fields[field]
    line.setText(typed)
    line.editingFinished.emit()
    assert session.plan.profile.get(field) == kept
    assert line.text() == shown


def typed_into(field: LinesField, text: str) -> None:
    field.setPlainText(text)
    field.document().setModified(True)
    field.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))


def test_a_vision_keeps_its_indentation(widget: PlanWidget, session: Session) -> None:
    structure = widget.settings.structure
    pillar = session.plan.pillars.under()[0].id
    typed_into(structure.vision, "\n　一つ目の段落。\n　二つ目の段落。\n")
    assert session.plan.pillars[pillar].vision == "　一つ目の段落。\n　二つ目の段落。"
    typed_into(structure.vision, "　\n")
    assert session.plan.pillars[pillar].vision is None


def test_states_that_were_not_touched_stay_as_initiatives_name_them(
    widget: PlanWidget, session: Session
) -> None:
    structure = widget.settings.structure
    pillar = session.plan.pillars.under()[0].id
    states = ("　字下げのある状態", "楽になる　")
    session.do(set_field(session.plan, "pillar", pillar, "desired_states", states))
    typed_into(structure.states, structure.states.toPlainText() + "\n\n　増えた状態　")
    assert session.plan.pillars[pillar].desired_states == (*states, "増えた状態")


def test_a_department_gets_its_new_name_everywhere_and_the_history_names_the_day() -> None:
    plan = sample_plan()
    edit = rename_department(plan, "市民課", "窓口課", date(2024, 4, 1))
    after = apply(plan, edit)
    assert departments_of(after) == {"窓口課": 12, "情報政策課": 6}
    assert edit.label == "担当課の改称（令和6年4月1日）：市民課→窓口課"
    assert apply(after, edit.inverted()) == plan


def test_the_departments_stand_with_their_counts(widget: PlanWidget) -> None:
    rows = widget.settings.departments.list
    assert [rows.item(n).text() for n in range(rows.count())] == ["市民課　12件", "情報政策課　6件"]


def test_a_name_that_is_the_same_or_empty_renames_nothing(
    qtbot: QtBot, widget: PlanWidget, theme: Theme
) -> None:
    dialog = RenameDialog(widget, "市民課", theme)
    states = []
    for name in ("市民課", " ", "窓口課"):
        dialog.name.setText(name)
        states.append(dialog.findChildren(type(widget.settings.departments.rename))[0].isEnabled())
    assert states == [False, False, True]


def test_the_guides_are_read(widget: PlanWidget, session: Session, qtbot: QtBot) -> None:
    session.do(set_guide(session.plan, session.plan.profile.stages[0], 12))
    widget.show()
    first = next(iter(widget.settings.facts.guides.fields.values()))

    assert first.text() == "12件"
    # A style can leave the number no room at all.
    assert first.lineEdit().width() >= first.fontMetrics().horizontalAdvance("12件")


def test_all_settings_stand_in_one_column_where_two_would_be_too_narrow(
    widget: PlanWidget, theme: Theme
) -> None:
    settings = widget.settings
    widget.show()

    def lefts(width: int) -> list[int]:
        settings.resize(theme.px(width), theme.px(600))
        parts = (settings.facts, settings.structure)
        assert all(part.isVisible() for part in parts)
        return [part.mapTo(settings, QPoint(0, 0)).x() for part in parts]

    assert len(set(lefts(640))) == 1
    assert len(set(lefts(1200))) == 2
    assert len(set(lefts(640))) == 1


def test_people_set_the_term_and_the_years_on_the_sheet_follow(
    widget: PlanWidget, session: Session
) -> None:
    term = widget.settings.facts.term
    words = [term.itemText(n) for n in range(term.count())]
    assert words[:2] == ["第1期（令和4年度～令和5年度）", "第2期（令和6年度～令和7年度）"]
    assert term.currentText() == words[0]
    issued = widget.settings.facts.fields["issued"]
    issued.setText("令和6年6月")
    issued.editingFinished.emit()
    assert term.currentText() == words[0]
    term.setCurrentText(words[1])
    term.activated.emit(1)
    assert session.plan.profile.term == 2
    years = widget.settings.facts.fields["term_years"]
    years.setText("8")
    years.editingFinished.emit()
    assert (session.plan.profile.term, term.currentText()) == (1, "第1期（令和4年度～令和11年度）")
    session.undo()
    assert (session.plan.profile.term, term.currentText()) == (2, words[1])
