"""Qt's own file dialog speaks Japanese, and begins where a person keeps files."""

from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.desktop.dialogs.paths import FileKinds, PathDialog, ask_existing


@pytest.mark.parametrize(
    ("path", "kind"),
    [("写し", "フォルダー"), ("計画.keikaku", "計画のファイル"), ("冊子.pdf", "PDFファイル")],
)
def test_kinds_of_files_are_named_in_japanese(tmp_path: Path, path: str, kind: str) -> None:
    (tmp_path / "写し").mkdir()

    assert FileKinds().type(QFileInfo(str(tmp_path / path))) == kind


def test_it_begins_in_documents_and_then_where_a_person_was_last(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PathDialog, "last_folder", "")
    parent, begins = QWidget(), []
    qtbot.addWidget(parent)
    (tmp_path / "計画.keikaku").touch()

    def choose(dialog: QFileDialog) -> int:
        begins.append(Path(dialog.directory().absolutePath()))
        dialog.selectFile(str(tmp_path / "計画.keikaku"))
        return 1

    monkeypatch.setattr(PathDialog, "exec", choose)
    documents = tmp_path / "書類"
    documents.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: str(documents))

    assert ask_existing(parent, "計画を開く", "計画 (*.keikaku)") == str(tmp_path / "計画.keikaku")
    ask_existing(parent, "計画を開く", "計画 (*.keikaku)")

    assert begins == [documents, tmp_path]
