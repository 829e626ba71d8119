"""The ways to a plan: a file, a new file, the sample."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from app.errors import DamagedError, KeikakuError
from app.plan.periods.fiscal_year import date_name
from app.ports import Copy, OpenMode, OpenStatus
from ui.desktop.dialogs.messages import ask, choose, show_problem
from ui.desktop.dialogs.paths import ask_existing, ask_target
from ui.desktop.document.new_plan_dialog import NewPlanDialog
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme
from ui.desktop.waiting import waited
from ui.documents import Document, Documents

FILES = "計画 (*.keikaku)"
SUFFIX = ".keikaku"
_VIEW: Final = "見るだけで開く"
_BESIDE: Final = "自分も編集する"
_TAKE_OVER: Final = "引き継ぐ"
_GO_ON: Final = "続きを編集する"
_DROP: Final = "ファイルの内容で開く"
_COPIES: Final = "控えを選ぶ"
T = TypeVar("T")


class PlanOpening(QObject):
    """Asks which plan, and how, and opens it; says why where that fails."""

    opened = Signal(object)
    """A Document."""

    def __init__(self, documents: Documents, window: QWidget) -> None:
        super().__init__(window)
        self._documents, self._window = documents, window
        self.pending = PendingEdits(documents.unfinished(""), self)
        """What is typed while there is no plan for it."""
        self.shown = ""
        """The path of the plan that the window shows, empty for none."""

    def open(self, path: str) -> None:
        """Open a plan file, unless it is the one that is open."""
        if not self.shown or Path(os.path.realpath(path)) != Path(os.path.realpath(self.shown)):
            self._try(lambda: self._opened(path), path)

    def open_sample(self) -> None:
        """Open the sample."""
        self._try(lambda: self._reading("見本", self._documents.sample))

    def ask_open(self) -> None:
        """Ask for a plan file and open it."""
        path = ask_existing(self._window, "計画を開く", FILES)
        if path:
            self.open(path)

    def ask_new(self, theme: Theme) -> None:
        """Ask what a new plan needs, and where to keep it, and open it."""
        dialog = NewPlanDialog(self._window, self.pending, theme)
        if not dialog.exec():
            return
        plan = dialog.plan()
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        # Not where the program was started: that may be a folder nobody can write to.
        proposed = str(Path(documents, plan.profile.title + SUFFIX))
        path = ask_target(self._window, "新しい計画の保存先", FILES, proposed, SUFFIX)
        if path:
            self._try(
                lambda: self._reading(
                    plan.profile.title, lambda: self._documents.create(path, plan)
                )
            )

    def _opened(self, path: str) -> Document | None:
        standing = self._reading(path, lambda: self._documents.look(path))
        if standing.draft or standing.holder:
            self._window.show()
        if standing.draft:
            return self._with_draft(path, standing)
        way = self._way_beside(path, standing)
        return self._open(path, way) if way else None

    def _open(self, path: str, way: OpenMode) -> Document:
        return self._reading(path, lambda: self._documents.open(path, way))

    def _reading(self, path: str, work: Callable[[], T]) -> T:
        return waited(self._window, f"「{Path(path).stem}」を開いています…", work)

    def _with_draft(self, path: str, standing: OpenStatus) -> Document | None:
        """Offer what an earlier opening left unsaved."""
        at = standing.draft_at.astimezone() if standing.draft_at else None
        when = f"（{date_name(at.date())} {at:%H:%M}まで）" if at else ""
        wanted = choose(
            self._window,
            f"「{Path(path).stem}」には、ファイルへ保存していない変更が{standing.draft}件、"
            f"このPCに残っています{when}。\n"
            "ファイルの内容で開くと、この変更は使われません（写しは残します）。",
            (_GO_ON, _DROP),
        )
        if wanted == _GO_ON:
            return self._open(path, "resume")
        if wanted != _DROP:
            return None
        self._reading(path, lambda: self._documents.drop_draft(path))
        return self._opened(path)

    def _way_beside(self, path: str, standing: OpenStatus) -> OpenMode | None:
        """How to open what somebody else has open; None where a person goes back."""
        if not standing.holder:
            return "edit"
        wanted = choose(
            self._window,
            f"「{Path(path).stem}」は、{standing.holder}開いています。\n"
            "自分も編集すると、保存するときに両方の変更を統合します。",
            (_VIEW, _BESIDE, _TAKE_OVER),
        )
        if wanted == _TAKE_OVER and not ask(
            self._window,
            f"{standing.holder}開いている計画を引き継ぎます。相手の人に声をかけましたか。"
            "相手の保存していない変更は、相手のPCに残ります。",
            _TAKE_OVER,
        ):
            return None
        ways: dict[str, OpenMode] = {_VIEW: "view", _BESIDE: "beside", _TAKE_OVER: "take_over"}
        return ways.get(wanted)

    def _try(self, opening: Callable[[], Document | None], path: str = "") -> None:
        try:
            document = opening()
        except DamagedError as error:
            self._offer_copies(path, str(error))
        except KeikakuError as error:
            show_problem(self._window, str(error))
        else:
            if document is not None:
                self.opened.emit(document)

    def _offer_copies(self, path: str, sentence: str) -> None:
        """A damaged document is never opened as an empty one: an earlier state may help."""
        copies = self._documents.copies.of(path) if path else ()
        if not copies:
            show_problem(self._window, sentence)
            return
        self._window.show()
        told = f"{sentence}\n\n前の内容の控えが{len(copies)}件あります。"
        if choose(self._window, told, (_COPIES,)) != _COPIES:
            return
        from ui.desktop.document.copies_dialog import CopiesDialog

        dialog = CopiesDialog(self._window, Path(path).stem, copies, self._documents.copies.peek)
        if dialog.exec() and dialog.copy is not None:
            copy = dialog.copy
            self._try(lambda: self._put_back(path, copy))

    def _put_back(self, path: str, copy: Copy) -> Document | None:
        self._reading(path, lambda: self._documents.copies.put_back(path, copy))
        return self._opened(path)
