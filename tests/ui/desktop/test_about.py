"""About the program: facts, licences, and the diagnosis."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.errors import KeikakuError
from storage.program.local_program import LocalProgram
from tests.ui.desktop.plans import MemoryProgram
from ui.desktop.dialogs.about_dialog import AboutDialog
from ui.desktop.dialogs.licence_dialog import LicenceDialog
from ui.desktop.theme import Theme
from ui.documents import Program


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def about(parent: QWidget, program: Program, theme: Theme) -> AboutDialog:
    dialog = AboutDialog(parent, program, theme)
    dialog.open()
    return dialog


def test_it_says_what_the_program_is_and_where_files_lie(
    parent: QWidget, theme: Theme, home: Path
) -> None:
    shown = texts(about(parent, LocalProgram(), theme))
    for words in (
        *("このPCの外へは一切通信しません。", "SQLite", "XlsxWriter", "ReportLab", "PySide6"),
        *(str(home / "workspaces"), str(home / "logs"), "BIZ UD", "まれな漢字", "画面1"),
    ):
        assert words in shown


def test_each_licence_can_be_read(parent: QWidget, theme: Theme) -> None:
    dialog = about(parent, MemoryProgram(), theme)
    dialog.licences.click()
    (licences,) = dialog.findChildren(LicenceDialog)
    assert [licences.parts.item(n).text() for n in range(licences.parts.count())] == [
        "計画カンバン 9.9",
        "部品 1.0",
    ]
    assert licences.text.toPlainText() == "自由に使えます。"
    licences.parts.setCurrentRow(1)
    assert licences.name.text() == "部品 1.0　BSD"
    assert "届いていません" in licences.text.toPlainText()


def test_the_diagnosis_is_given_what_the_window_knows(parent: QWidget, theme: Theme) -> None:
    program = MemoryProgram()
    dialog = about(parent, program, theme)
    dialog.save_diagnosis("診断情報.txt")
    facts = [what for section in program.diagnoses["診断情報.txt"] for what, _ in section.facts]
    assert {"Qt", "文字", "画面1"} <= set(facts)
    assert "診断情報.txt" in dialog.findChildren(QMessageBox)[0].text()


def test_where_the_diagnosis_cannot_be_written_it_is_said(
    parent: QWidget, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise KeikakuError("ディスクの空きが足りません。")

    program = MemoryProgram()
    monkeypatch.setattr(program, "save_diagnosis", full)
    dialog = about(parent, program, theme)
    dialog.save_diagnosis("診断情報.txt")
    assert [box.text() for box in dialog.findChildren(QMessageBox)] == [
        "ディスクの空きが足りません。"
    ]
