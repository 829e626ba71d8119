"""Taking in what comes back from others: read, shown, and made one edit that can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.errors import KeikakuError
from app.ports import IncomingChanges
from ui.change_words import entry_time
from ui.desktop.bars.actions import Actions
from ui.desktop.dialogs.messages import show_problem, tell
from ui.desktop.dialogs.paths import ask_several
from ui.desktop.document.others_watch import Around, OthersWatch
from ui.desktop.document.saving import PlanSaving
from ui.desktop.exchange.exchange_widget import Arrival, ExchangeWidget, FileState
from ui.desktop.theme import Theme
from ui.desktop.waiting import waited
from ui.documents import Document, Documents

if TYPE_CHECKING:
    from ui.desktop.exchange.issuing import Issuing

_ANSWERS: Final = "回答 (*.keikaku *.xlsx *.xlsm)"
_PLANS: Final = "計画 (*.keikaku)"


@dataclass(slots=True)
class _Read:
    """A file that was read for a document, and how what it brings is shown."""

    path: str
    brought: Callable[[], IncomingChanges] | None
    arrival: Arrival


class PlanExchange(QObject):
    """「回答を取り込む」「別のファイルと統合」, and what the view 交換・統合 shows."""

    around = Signal(object)
    """How it stands around the document: an Around."""

    def __init__(
        self, documents: Documents, saving: PlanSaving, window: QWidget, theme: Theme
    ) -> None:
        super().__init__(window)
        self._saving, self._window, self._theme = saving, window, theme
        self._documents, self._watch = documents, OthersWatch(window)
        self._issuing: Issuing | None = None
        self._read: list[_Read] = []
        self._view: ExchangeWidget | None = None
        self._around = Around()
        self._watch.found.connect(self._show_around)

    def commands(self, actions: Actions) -> tuple[tuple[QAction, Callable[[], None]], ...]:
        """What the actions of the menu 交換 do."""
        return (
            (actions.exchange.issue, self.ask_issue),
            (actions.exchange.bring, self.ask_answers),
            (actions.exchange.merge, self.ask_file),
            (actions.exchange.conflicts, self._saving.ask_conflicts),
        )

    def attach(self) -> None:
        """The plan that is saved now is shown anew."""
        self._view = None
        self._watch.attach(self._saving.document)

    def show_in(self, view: ExchangeWidget, actions: Actions, theme: Theme) -> None:
        """Show how it stands in this view from now on."""
        self._view, self._theme = view, theme
        view.arrival_wanted.connect(self.take)
        view.came_up.connect(self.refresh)
        buttons = (view.issue, view.bring, view.merge, view.decide, view.restore)
        wanted = (*actions.exchange.all(), actions.restore)
        for button, action in zip(buttons, wanted, strict=True):
            button.clicked.connect(action.trigger)

    def look_around(self) -> None:
        """The document was saved, or its conflicts decided: see how it stands now."""
        self._watch.look_anew()
        self.refresh()

    def detach(self) -> None:
        """The document is let go."""
        self._watch.finish()
        self._view, self._read, self._around = None, [], Around()

    def _show_around(self, around: Around) -> None:
        self._around = around
        self.around.emit(around)
        self.refresh()

    def ask_issue(self) -> None:
        """Give departments their initiatives as files."""
        if self._saving.document is not None:
            from ui.desktop.exchange.issuing import Issuing

            # It remembers the folder of the last time.
            self._issuing = self._issuing or Issuing(self._documents, self._window)
            self._issuing.ask(self._saving.document.session.plan, self._theme)

    def refresh(self) -> None:
        """Show how it stands."""
        document, view = self._saving.document, self._view
        # A merge shows the plan in new views; the one before may be destroyed already.
        if document is None or view is None or not isValid(view) or not view.isVisible():
            return
        last = document.last_saved()
        words = entry_time(last) if last else ""
        view.show_file(FileState(document.path, self._around, words))
        view.show_conflicts(document.session.plan, document.conflicts())
        view.show_copies(self._around.copies)
        view.show_arrivals([read.arrival for read in self._read])

    def ask_answers(self) -> None:
        """Ask for files that came back, and read them."""
        self._read_all(ask_several(self._window, "回答を取り込む", _ANSWERS))

    def ask_file(self) -> None:
        """Ask for other files of this plan, and read them."""
        self._read_all(ask_several(self._window, "別のファイルと統合", _PLANS))

    def _read_all(self, paths: Sequence[str]) -> None:
        document = self._saving.document
        if document is None or not paths:
            return
        self._read = [self._reading(document, path) for path in paths]
        self.refresh()
        if len(paths) > 1:
            return
        if self._read[0].arrival.is_open:
            self.take(0)
        else:
            tell(self._window, self._read[0].arrival.words)

    def _reading(self, document: Document, path: str) -> _Read:
        name = Path(path).name
        try:
            brought = waited(
                self._window, f"「{name}」を読んでいます…", lambda: document.read(path)
            )
            found = waited(self._window, f"「{name}」を比べています…", brought)
        except KeikakuError as error:
            return _Read(path, None, Arrival(name, str(error), is_trouble=True))
        return _Read(path, brought, _arrival(name, found))

    def take(self, place: int) -> None:
        """Show what a file brings now, and take what a person wants of it."""
        document, read = self._saving.document, self._read[place]
        if document is None or read.brought is None or not self._saving.finish():
            return
        try:
            found = waited(self._window, "比べています…", read.brought)
            words = self._taken(document, found)
        except KeikakuError as error:
            show_problem(self._window, str(error))
            return
        if words:
            read.arrival = Arrival(read.arrival.name, words, is_open=False)
        self.refresh()
        self._saving.told.emit()

    def take_changes(self, found: IncomingChanges) -> None:
        """Show changes that come from elsewhere, and take what a person wants of them."""
        document = self._saving.document
        if document is None or not self._saving.finish():
            return
        try:
            words = self._taken(document, found)
        except KeikakuError as error:
            show_problem(self._window, str(error))
            return
        if words:
            tell(self._window, words)
        self.refresh()
        self._saving.told.emit()

    def _taken(self, document: Document, found: IncomingChanges) -> str:
        """Ask, back up and take; what became of it, empty where a person went back."""
        if document.is_read_only:
            raise KeikakuError("見るだけで開いているため、取り込めません。計画は元のままです。")
        from ui.desktop.merging.merge_dialog import Matter, MergeDialog

        plan, conflicts = document.session.plan, found.asked.conflicts
        matter = Matter(
            "取り込む", found.changes, conflicts, outside=found.outside, unread=found.unread
        )
        dialog = MergeDialog(self._window, self._saving.typing.pending(), plan, matter, self._theme)
        if not dialog.exec():
            return ""
        edit = dialog.edit(plan)
        edit = replace(edit, decisions=found.asked.decisions + edit.decisions)
        if not edit.changes and not edit.decisions:
            return "取り込んだ変更はありません。計画は元のままです。"
        waited(self._window, "控えを取っています…", document.back_up)
        document.bring_in(edit, found.asked, found.source)
        left = len(conflicts) - len(dialog.choices())
        more = f"決めていない項目が{left}か所あります。" if left else ""
        return f"取り込みました（「元に戻す」で一度に戻せます）。{more}"


def _arrival(name: str, found: IncomingChanges) -> Arrival:
    counts = [f"変更{len(found.changes)}か所"]
    if found.asked.conflicts:
        counts.append(f"両方で変えた項目{len(found.asked.conflicts)}か所")
    if found.outside.changes:
        counts.append(f"範囲の外の変更{len(found.outside)}か所（取り込みません）")
    if found.unread:
        counts.append(f"読めなかった所{len(found.unread)}か所")
    if found.is_empty:
        counts[0] = "新しい変更はありません（すでに取り込んだか、記入されていません）"
    is_open = not found.is_empty or bool(found.outside.changes or found.unread)
    return Arrival(name, f"{found.kind}：{'、'.join(counts)}", is_open)
