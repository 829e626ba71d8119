"""Asking for a file to open or to write, in Japanese wherever Qt shows its own dialog."""

from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

_LABELS: Final = {
    QFileDialog.DialogLabel.LookIn: "場所",
    QFileDialog.DialogLabel.FileName: "ファイル名",
    QFileDialog.DialogLabel.FileType: "種類",
    QFileDialog.DialogLabel.Reject: "もどる",
}


def ask_existing(parent: QWidget, title: str, filters: str) -> str:
    """The path of an existing file, empty where a person went back."""
    dialog = _dialog(parent, title, filters, "開く")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog.selectedFiles()[0] if dialog.exec() else ""


def ask_several(parent: QWidget, title: str, filters: str) -> list[str]:
    """The paths of existing files, none where a person went back."""
    dialog = _dialog(parent, title, filters, "開く")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return dialog.selectedFiles() if dialog.exec() else []


def ask_target(parent: QWidget, title: str, filters: str, proposed: str, suffix: str) -> str:
    """A path to write to, with the suffix (as `.pdf`); asks before one is replaced."""
    dialog = _dialog(parent, title, filters, "保存")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(proposed)
    return dialog.selectedFiles()[0] if dialog.exec() else ""


def _dialog(parent: QWidget, title: str, filters: str, verb: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, "", filters)
    for part, word in _LABELS.items():
        dialog.setLabelText(part, word)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, verb)
    return dialog
