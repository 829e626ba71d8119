"""Saving the open plan: the three answers, what others saved meanwhile, and closing."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.changes.change import ChangeSet
from app.edits.deciding import decide
from app.errors import KeikakuError
from ui.desktop.dialogs.merge_dialog import MergeDialog
from ui.desktop.dialogs.messages import choose, show_problem, tell
from ui.desktop.dialogs.paths import ask_target
from ui.desktop.dialogs.restore_dialog import RestoreDialog
from ui.desktop.documents import Document, Saving
from ui.desktop.plan_opening import FILES, SUFFIX
from ui.desktop.theme import Theme

_SAVE: Final = "保存して閉じる"
_LEAVE: Final = "保存せずに閉じる"
_ELSEWHERE: Final = "名前を付けて保存"
_AGAIN: Final = "もう一度保存"


class PlanSaving(QObject):
    """Saves a document and asks what has to be asked."""

    replaced = Signal()
    """The document has another session now: what shows the plan is to be made anew."""
    told = Signal()
    """What is saved has changed."""
    saved = Signal(object)
    """The file of this Document holds everything since just now."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self.document: Document | None = None

    def save(self) -> bool:
        """Save; returns whether the file holds everything now."""
        document = self.document
        if document is None:
            return False
        if document.is_read_only:
            return self.save_as()
        saving = _waiting(document.save)
        return self._merge(document) if saving.is_changed else self._end(saving)

    def save_as(self) -> bool:
        """Ask for another name, save there and go on there."""
        document = self.document
        if document is None:
            return False
        path = ask_target(self._window, _ELSEWHERE, FILES, document.path, SUFFIX)
        if not path:
            return False
        if Path(path).resolve() == Path(document.path) and not document.is_read_only:
            return self.save()
        try:
            saving = _waiting(lambda: document.save_as(path))
        except KeikakuError as error:
            show_problem(self._window, str(error))
            return False
        self.replaced.emit()
        return self._end(saving)

    def may_close(self) -> bool:
        """Ask where something is not saved; False where a person stays."""
        document = self.document
        if document is None or document.is_read_only or not document.unsaved():
            return True
        wanted = choose(
            self._window,
            f"「{Path(document.path).stem}」に、ファイルへ保存していない変更が"
            f"{document.unsaved()}件あります。\n"
            "保存せずに閉じても、変更はこのPCに残り、次に開くときに続けられます。",
            (_SAVE, _LEAVE),
        )
        return wanted == _LEAVE or (wanted == _SAVE and self.save())

    def ask_conflicts(self) -> None:
        """Show what merges left open, to be decided."""
        if self.document is None:
            return
        if self.document.conflicts():
            self._ask(self.document, ChangeSet("統合"), "決める")
        else:
            tell(self._window, "統合で決めていない項目はありません。")

    def restore(self) -> None:
        """Go back to an earlier state as one edit, after showing what it changes."""
        document = self.document
        copies = document.copies() if document else ()
        if document is None or not copies:
            tell(self._window, "控えはまだありません。保存するたびに、前の内容が控えに残ります。")
            return
        plan = document.session.plan
        dialog = RestoreDialog(self._window, plan, copies, document.restoring, self._theme)
        if not dialog.exec() or dialog.edit is None:
            return
        try:
            document.back_up()
            document.session.do(dialog.edit)
        except KeikakuError as error:
            show_problem(self._window, str(error))
        self.told.emit()

    def _merge(self, document: Document) -> bool:
        """Bring in what others saved, show it, and save both where a person wants that."""
        try:
            merged = _waiting(document.catch_up)
        except KeikakuError as error:
            return self._end(Saving("not_saved", str(error)))
        self.replaced.emit()
        if not self._ask(document, merged.changes, "この内容で保存"):
            return False
        saving = _waiting(document.save)
        return self._merge(document) if saving.is_changed else self._end(saving)

    def _ask(self, document: Document, came: ChangeSet, verb: str) -> bool:
        kept = document.conflicts()
        plan = document.session.plan
        dialog = MergeDialog(self._window, plan, came, kept, verb, self._theme)
        if not dialog.exec():
            return False
        chosen = dialog.decisions()
        try:
            document.session.do(decide(plan, list(chosen.values())))
        except KeikakuError as error:
            show_problem(self._window, str(error))
            return False
        self.told.emit()
        return True

    def _end(self, saving: Saving) -> bool:
        """Say how it ended; what failed can be saved elsewhere at once."""
        self.told.emit()
        if saving.state == "saved":
            self.saved.emit(self.document)
            return True
        wanted = choose(self._window, saving.message, (_AGAIN, _ELSEWHERE), "閉じる")
        if wanted == _AGAIN:
            return self.save()
        return wanted == _ELSEWHERE and self.save_as()


T = TypeVar("T")


def _waiting(step: Callable[[], T]) -> T:
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        return step()
    finally:
        QGuiApplication.restoreOverrideCursor()
