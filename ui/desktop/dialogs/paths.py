"""Asking for a file to open or to write, in Japanese wherever Qt shows its own dialog."""

from typing import ClassVar, Final

from PySide6.QtCore import QFileInfo, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

_LABELS: Final = {
    QFileDialog.DialogLabel.LookIn: "場所",
    QFileDialog.DialogLabel.FileName: "ファイル名",
    QFileDialog.DialogLabel.FileType: "種類",
    QFileDialog.DialogLabel.Reject: "もどる",
}


class FileKinds(QFileIconProvider):
    """What kind of file it is, in words a person knows: Qt has no Japanese for its own."""

    def type(self, info: QFileInfo, /) -> str:
        """フォルダー, 計画のファイル, PDFファイル."""
        if info.isDir():
            return "ドライブ" if info.isRoot() else "フォルダー"
        if info.suffix() == "keikaku":
            return "計画のファイル"
        return f"{info.suffix().upper()}ファイル"


class PathDialog(QFileDialog):
    """Qt's dialog, or the system's, with words of ours and a folder a person knows."""

    last_folder: ClassVar = ""
    """Where a person was last; at first 書類, never where the program happens to lie."""

    def __init__(self, parent: QWidget, title: str, filters: str, verb: str) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        start = PathDialog.last_folder or QStandardPaths.writableLocation(documents)
        super().__init__(parent, title, start, filters)
        for part, word in _LABELS.items():
            self.setLabelText(part, word)
        self.setLabelText(QFileDialog.DialogLabel.Accept, verb)
        # Held here: the dialog does not keep it alive.
        self._kinds = FileKinds()
        self.setIconProvider(self._kinds)

    def answer(self) -> list[str]:
        """What a person chooses, none where they go back."""
        if not self.exec():
            return []
        PathDialog.last_folder = self.directory().absolutePath()
        return self.selectedFiles()


def ask_existing(parent: QWidget, title: str, filters: str) -> str:
    """The path of an existing file, empty where a person went back."""
    dialog = PathDialog(parent, title, filters, "開く")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return next(iter(dialog.answer()), "")


def ask_folder(parent: QWidget, title: str, proposed: str) -> str:
    """The path of a folder, empty where a person went back."""
    dialog = PathDialog(parent, title, "", "選ぶ")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(proposed)
    return next(iter(dialog.answer()), "")


def ask_several(parent: QWidget, title: str, filters: str) -> list[str]:
    """The paths of existing files, none where a person went back."""
    dialog = PathDialog(parent, title, filters, "開く")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return dialog.answer()


def ask_target(parent: QWidget, title: str, filters: str, proposed: str, suffix: str) -> str:
    """A path to write to, with the suffix (as `.pdf`); asks before one is replaced."""
    dialog = PathDialog(parent, title, filters, "保存")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(proposed)
    return next(iter(dialog.answer()), "")
