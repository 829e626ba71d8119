"""Bold words in a field: seen without marks, kept with them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.forms.marks import marked, unmarked
from ui.desktop.editor.cell_field import CellField
from ui.desktop.fields.bold_text import insert, plan_text
from ui.desktop.fields.destinations import KeptWords
from ui.desktop.pending_edits import ForgottenWords, PendingEdits
from ui.desktop.theme import Theme

TEXTS = st.text(alphabet="あ𠮷a\n・*　\u00a0", max_size=20)


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> CellField:
    field = CellField(PendingEdits(), theme, has_bold_words=True)
    field.pending.stand_for(KeptWords(ForgottenWords(), "欄"))
    qtbot.addWidget(field)
    field.show()
    return field


@given(TEXTS)
def test_what_goes_into_a_document_comes_out_again(text: str) -> None:
    document = QTextDocument()
    insert(QTextCursor(document), text)
    assert plan_text(document) == marked(unmarked(text))
    assert document.toPlainText().replace("\xa0", " ") == unmarked(text).plain.replace("\xa0", " ")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_a_field_gives_back_exactly_what_it_was_given(field: CellField, text: str) -> None:
    field.show_text(text)
    assert field.text() == text


def test_words_are_made_bold_and_no_longer_and_that_is_undone(field: CellField) -> None:
    field.show_text("・空き枠を𠮷田が毎日")
    field.select_text("𠮷田")
    field.make_bold()
    assert field.text() == "・空き枠を**𠮷田**が毎日"
    assert field.toPlainText() == "・空き枠を𠮷田が毎日"
    assert field.pending.is_dirty
    field.undo()
    assert field.text() == "・空き枠を𠮷田が毎日"
    field.redo()
    assert field.text() == "・空き枠を**𠮷田**が毎日"
    field.select_text("𠮷田")
    field.make_bold()
    assert field.text() == "・空き枠を𠮷田が毎日"


def test_what_is_composed_after_ctrl_b_is_bold(field: CellField) -> None:
    field.show_text("・前")
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.make_bold()
    QApplication.sendEvent(field, QInputMethodEvent("こう", []))
    assert field.text() == "・前"
    field.pending.composition.take()
    assert field.text() == "・前**こう**"


def test_bold_words_stay_bold_between_fields_and_are_plain_elsewhere(
    qtbot: QtBot, theme: Theme, field: CellField
) -> None:
    field.show_text("・**空き枠**を毎日")
    field.selectAll()
    field.copy()
    assert QGuiApplication.clipboard().text() == "・空き枠を毎日"
    name = CellField(PendingEdits(), theme, bold=True)
    qtbot.addWidget(name)
    name.paste()
    assert name.text() == "・空き枠を毎日"
    field.clear()
    field.paste()
    assert field.text() == "・**空き枠**を毎日"


def test_a_name_has_no_bold_words(qtbot: QtBot, theme: Theme) -> None:
    name = CellField(PendingEdits(), theme, bold=True)
    qtbot.addWidget(name)
    name.show_text("窓口")
    name.selectAll()
    name.make_bold()
    assert name.text() == "窓口"


def test_marks_that_were_typed_become_bold_once_the_field_is_left(field: CellField) -> None:
    field.insertPlainText("・**重要**")
    assert field.toPlainText() == "・**重要**"
    field.clearFocus()
    field.show_text(field.text())
    assert (field.toPlainText(), field.text()) == ("・重要", "・**重要**")


def test_a_field_to_be_read_can_be_selected_but_not_changed(qtbot: QtBot, field: CellField) -> None:
    field.show_text("・空き枠")
    field.only_show()
    field.setFocus()
    qtbot.keyClicks(field, "A")
    field.selectAll()
    field.make_bold()
    field.copy()
    assert (field.text(), QGuiApplication.clipboard().text()) == ("・空き枠", "・空き枠")
