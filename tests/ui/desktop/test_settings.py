"""The settings view: facts as people write them, departments."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.changes.change import apply
from app.edits.department import rename_department
from app.edits.structure import set_field, set_guide
from app.plan.board.stages import guide_of
from app.plan.lists.departments import departments_of
from app.session import Session
from tests.ui.desktop.plans import sample_plan
from ui.desktop.fields.line_field import LineField
from ui.desktop.fields.text_field import LinesField
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.settings.departments_widget import RenameDialog
from ui.desktop.settings.plan_facts import FACTS
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
        ("issued", "令和7年3月", "2025-03", "令和7年3月"),
        ("issued", "2024-12", "2024-12", "令和6年12月"),
        ("issued", "R5.6", "2023-06", "令和5年6月"),
        ("issued", "", "", ""),
        ("term_years", "3・3", (3, 3), "3・3"),
    ],
)
def test_a_fact_is_read_as_people_write_it(
    qtbot: QtBot, widget: PlanWidget, session: Session, field: str, typed: str, kept: object,
    shown: str,
) -> None:  # fmt: skip
    write(qtbot, widget, field, typed)
    widget.settings.facts.form.setFocus()
    assert session.plan.profile.get(field) == kept
    assert widget.settings.facts.fields[field].text() == shown


@pytest.mark.parametrize(
    ("field", "typed", "kept", "told"),
    [
        ("first_fiscal_year", "いつか", 2022, "「いつか」は最初の年度として読めない"),
        ("issued", "13月", "2023-06", "「13月」は発行月として読めない"),
        ("title", "　", "見本市デジタル市役所計画", "空にはできない"),
    ],
)
def test_what_cannot_be_read_stays_in_its_field_and_is_told_until_it_is_mended_or_taken_back(
    qtbot: QtBot, widget: PlanWidget, session: Session, field: str, typed: str, kept: object,
    told: str,
) -> None:  # fmt: skip
    line = write(qtbot, widget, field, typed)
    before = matter_of(widget, field)
    widget.settings.facts.form.setFocus()
    assert line.text() == typed
    assert session.plan.profile.get(field) == kept
    assert [note for note in notes(widget) if told in note]
    assert not widget.finish_typing()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == before
    assert notes(widget) == []
    assert widget.finish_typing()


def write(qtbot: QtBot, widget: PlanWidget, field: str, typed: str) -> LineField:
    """Type over what a fact says; an input method puts in what is on no key."""
    line = widget.settings.facts.fields[field]
    line.setFocus()
    line.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(typed)
    QApplication.sendEvent(line, event)
    if not typed:
        qtbot.keyClick(line, Qt.Key.Key_Delete)
    return line


def matter_of(widget: PlanWidget, field: str) -> str:
    fact = next(fact for fact in FACTS if fact.field == field)
    return fact.show(widget.signals.plan.profile)


def notes(widget: PlanWidget) -> list[str]:
    """What stands below the fields."""
    labels = widget.settings.facts.findChildren(QLabel, "warn")
    return [each.text() for each in labels if each.isVisible()]


def test_a_stage_that_is_retyped_is_renamed_whatever_stood_there_meanwhile(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    stages, field = session.plan.profile.stages, widget.settings.facts.words["stages"]
    session.do(set_guide(session.plan, stages[1], 7))
    cards = {i.id for i in session.plan.initiatives.under() if i.stage == stages[1]}
    field.setFocus()
    start = field.toPlainText().index(stages[1])
    cursor = field.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(stages[1]), cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    for key in ("X", "Y", "Z"):
        qtbot.keyClicks(field, key)
        field.pending.commit()
    widget.settings.facts.form.setFocus()
    profile = session.plan.profile
    assert profile.stages == (stages[0], "XYZ", *stages[2:])
    assert guide_of(profile, "XYZ") == 7
    assert {i.id for i in session.plan.initiatives.under() if i.stage == "XYZ"} == cards
    widget.undo()
    assert session.plan.profile.stages == stages


def test_the_name_of_a_pillar_can_be_read_while_it_is_typed(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    tree = widget.settings.structure.tree
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    (editor,) = tree.findChildren(LineField)
    assert editor.height() >= editor.fontMetrics().height() + 2
    assert editor.width() >= editor.fontMetrics().horizontalAdvance(editor.text())
    qtbot.keyClicks(editor, "ABC")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: next(item.text(0) for item in tree.items()) == "ABC")
    assert session.plan.pillars["p1"].name == "ABC"


def test_esc_takes_a_name_back_that_was_kept_meanwhile(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    tree, before = widget.settings.structure.tree, session.plan.pillars["p1"].name
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    (editor,) = tree.findChildren(LineField)
    qtbot.keyClicks(editor, "ABC")
    editor.pending.commit()
    assert session.plan.pillars["p1"].name == "ABC"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert session.plan.pillars["p1"].name == before


def test_words_that_cannot_be_kept_keep_their_pillar_in_sight(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    structure = widget.settings.structure
    structure.vision.setFocus()
    qtbot.keyClicks(structure.vision, "ABC")
    session._store.is_full = True  # type: ignore[attr-defined]
    items = list(structure.tree.items())
    structure.tree.setCurrentItem(next(i for i in items if i.text(0) == "業務の効率化"))
    assert structure.vision.text() == "ABC"
    session._store.is_full = False  # type: ignore[attr-defined]
    assert widget.finish_typing()
    assert session.plan.pillars["p1"].vision == "ABC"
    assert session.plan.pillars["p2"].vision is None


def typed_into(field: LinesField, text: str) -> None:
    field.setPlainText(text)
    assert field.pending.commit()


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
    dialog = RenameDialog(widget, "市民課", widget.signals.pending, theme)
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
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    term = widget.settings.facts.term
    words = [term.itemText(n) for n in range(term.count())]
    assert words[:2] == ["第1期（令和4年度～令和5年度）", "第2期（令和6年度～令和7年度）"]
    assert term.currentText() == words[0]
    write(qtbot, widget, "issued", "令和6年6月")
    widget.finish_typing()
    assert term.currentText() == words[0]
    term.setCurrentText(words[1])
    term.activated.emit(1)
    assert session.plan.profile.term == 2
    write(qtbot, widget, "term_years", "8")
    widget.finish_typing()
    assert (session.plan.profile.term, term.currentText()) == (1, "第1期（令和4年度～令和11年度）")
    session.undo()
    assert (session.plan.profile.term, term.currentText()) == (2, words[1])
