"""Saving the open plan: the three answers, what others saved meanwhile, and closing."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.changes.change import ChangeSet
from app.errors import KeikakuError
from app.ports import Saving
from ui.desktop.dialogs.messages import choose, show_problem, tell
from ui.desktop.dialogs.paths import ask_target
from ui.desktop.document.opening import FILES, SUFFIX
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme
from ui.desktop.waiting import Errand, wait_for, waited
from ui.documents import Document

if TYPE_CHECKING:
    from ui.desktop.merging.merge_dialog import Matter

_SAVE: Final = "保存して閉じる"
_LEAVE: Final = "保存せずに閉じる"
_ELSEWHERE: Final = "名前を付けて保存"
_AGAIN: Final = "もう一度保存"
_ANEW: Final = "同じ場所にもう一度作る"
_GONE: Final = (
    "「{}」が元の場所にありません。だれかが移したか、消した可能性があります。\n"
    "ここで編集した内容は、すべてこのPCに残っています。"
)
_SAVING: Final = "保存しています…"
_PAUSE_MS: Final = 200


class Typing(Protocol):
    """What is typed in the window."""

    def pending(self) -> PendingEdits:
        """What is not kept yet."""

    def finish(self) -> bool:
        """Keep it; where that could not be it says so and gives False."""


class PlanSaving(QObject):
    """Saves a document and asks what has to be asked."""

    goes_on = Signal(bool)
    """A saving has begun, during which edits go on; or it has ended."""
    replaced = Signal()
    """The document has another session now: what shows the plan is to be made anew."""
    told = Signal()
    """What is saved has changed."""
    saved = Signal(object)
    """The file of this Document was saved just now."""

    def __init__(self, window: QWidget, theme: Theme, typing: Typing) -> None:
        super().__init__(window)
        self._window, self._theme, self.typing = window, theme, typing
        self.document: Document | None = None
        self._errand: Errand[Saving] | None = None

    def save(self) -> None:
        """Save off the UI thread; a person goes on editing meanwhile."""
        document = self.document
        if document is None or self._errand is not None:
            return
        if document.is_read_only:
            self.save_as()
            return
        saving = document.saving()
        self._errand = Errand(lambda _: saving())
        self._errand.job.finished.connect(self._take_answer)
        self.goes_on.emit(True)
        self._errand.job.start()

    def _take_answer(self) -> None:
        """The saving has ended. While a dialog is open, what it came to can wait."""
        if self._errand is None:
            return
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            QTimer.singleShot(_PAUSE_MS, self, self._take_answer)
            return
        errand, self._errand = self._errand, None
        self.goes_on.emit(False)
        self._come_to(errand.result())

    def finish(self) -> bool:
        """Wait for a saving that has begun; False where it could not be done."""
        errand, self._errand = self._errand, None
        if errand is None:
            return True
        saving = wait_for(self._window, _SAVING, errand)
        self.goes_on.emit(False)
        return self._come_to(saving)

    def save_and_wait(self) -> bool:
        """Save everything; returns whether the file holds it now."""
        document = self.document
        if document is None or not self.finish():
            return False
        return self._come_to(waited(self._window, _SAVING, document.saving()))

    def save_as(self) -> bool:
        """Ask for another name, save there and go on there."""
        document = self.document
        if document is None or not self.finish():
            return False
        path = ask_target(self._window, _ELSEWHERE, FILES, document.path, SUFFIX)
        if not path:
            return False
        is_same = Path(os.path.realpath(path)) == Path(document.path)
        if is_same and not document.is_read_only and document.news() != "gone":
            return self.save_and_wait()
        return self._save_at(document, path)

    def _save_at(self, document: Document, path: str) -> bool:
        """Save there and go on there."""
        if not self.typing.finish():
            return False
        try:
            with self.typing.pending().held():
                saving = waited(self._window, _SAVING, lambda: document.save_as(path))
        except KeikakuError as error:
            show_problem(self._window, str(error))
            return False
        self.replaced.emit()
        return self._end(saving)

    def may_close(self) -> bool:
        """Ask where something is not saved; False where a person stays."""
        document = self.document
        if document is None or document.is_read_only:
            return True
        self.finish()
        if not document.unsaved():
            return True
        wanted = choose(
            self._window,
            f"「{Path(document.path).stem}」に、ファイルへ保存していない変更が"
            f"{document.unsaved()}件あります。\n"
            "保存せずに閉じても、変更はこのPCに残り、次に開くときに続けられます。",
            (_SAVE, _LEAVE),
        )
        return wanted == _LEAVE or (wanted == _SAVE and self.save_and_wait())

    def close(self) -> None:
        """Let the document go."""
        document, self.document = self.document, None
        if document is not None:
            waited(self._window, "閉じています…", document.close)

    def ask_conflicts(self) -> None:
        """Show what merges left open, to be decided."""
        if self.document is None:
            return
        if self.document.conflicts():
            from ui.desktop.merging.merge_dialog import Matter

            matter = Matter("決める", ChangeSet("統合"), self.document.conflicts())
            self._ask(self.document, matter)
        else:
            tell(self._window, "統合で決めていない項目はありません。")

    def restore(self) -> None:
        """Go back to an earlier state as one edit, after showing what it changes."""
        document = self.document
        if document is None or not self.finish():
            return
        copies = waited(self._window, "控えを探しています…", document.copies)
        if not copies:
            tell(self._window, "控えはまだありません。保存するたびに、前の内容が控えに残ります。")
            return
        plan = document.session.plan
        from ui.desktop.document.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self._window, plan, copies, document.restoring, self._theme)
        if not dialog.exec() or dialog.edit is None:
            return
        try:
            waited(self._window, "控えを取っています…", document.back_up)
            document.session.do(dialog.edit)
        except KeikakuError as error:
            show_problem(self._window, str(error))
        self.told.emit()

    def _merge(self, document: Document, saving: Saving) -> bool:
        """Bring in what others saved, show it, and save both where a person wants that."""
        if not self.typing.finish():
            self.told.emit()
            return False
        try:
            words = "ほかの人が保存した内容と統合しています…"
            with self.typing.pending().held():
                merged = waited(self._window, words, document.catch_up)
        except KeikakuError as error:
            if document.news() == "gone":
                return self._make_again(document)
            return self._end(Saving("not_saved", f"{error}\n\n{saving.message}"))
        self.replaced.emit()
        from ui.desktop.merging.merge_dialog import Matter

        matter = Matter("この内容で保存", merged.changes, document.conflicts(), is_in=True)
        if not self._ask(document, matter):
            return False
        return self._come_to(waited(self._window, _SAVING, document.saving()))

    def _make_again(self, document: Document) -> bool:
        """The file is gone: offer to make it again where it was, or elsewhere."""
        told = _GONE.format(Path(document.path).name)
        wanted = choose(self._window, told, (_ANEW, _ELSEWHERE), "閉じる")
        if wanted == _ANEW:
            return self._save_at(document, document.path)
        return wanted == _ELSEWHERE and self.save_as()

    def _ask(self, document: Document, matter: "Matter") -> bool:
        from ui.desktop.merging.merge_dialog import MergeDialog

        plan = document.session.plan
        dialog = MergeDialog(self._window, self.typing.pending(), plan, matter, self._theme)
        if not dialog.exec():
            return False
        try:
            document.session.do(dialog.edit(document.session.plan))
        except KeikakuError as error:
            show_problem(self._window, str(error))
            return False
        self.told.emit()
        return True

    def _come_to(self, saving: Saving) -> bool:
        """What comes of a saving: where others have saved, merging."""
        if saving.is_changed and self.document is not None:
            return self._merge(self.document, saving)
        return self._end(saving)

    def _end(self, saving: Saving) -> bool:
        """Say how it ended; what failed can be saved elsewhere at once."""
        self.told.emit()
        if saving.state == "saved":
            self.saved.emit(self.document)
            return True
        wanted = choose(self._window, saving.message, (_AGAIN, _ELSEWHERE), "閉じる")
        if wanted == _AGAIN:
            return self.save_and_wait()
        return wanted == _ELSEWHERE and self.save_as()
