"""How it stands with the open plan, in title, status line and menus."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from app.plan.entities import Profile
from ui.desktop.bars.actions import Actions
from ui.desktop.document.save_status import SaveStatus
from ui.desktop.document.saving import PlanSaving
from ui.desktop.plan_widget import PlanWidget

PROGRAM = "計画カンバン"


class WindowState(QObject):
    """Says what is saved, what still stands in fields, and what can be done now."""

    def __init__(
        self,
        window: QMainWindow,
        status: SaveStatus,
        actions: Actions,
        saving: PlanSaving,
        shown: Callable[[], PlanWidget | None],
    ) -> None:
        """`shown` gives the plan that is shown then."""
        super().__init__(window)
        self._window, self._status, self._actions = window, status, actions
        self._saving, self._shown = saving, shown

    def refresh(self) -> None:
        """What can be done now, and what the window is called."""
        plan, document = self._shown(), self._saving.document
        history = document.session.history if document else None
        can_edit = not (document and document.is_read_only)
        is_selected = bool(plan and plan.shared.selected)
        self._actions.enable(history, is_selected, can_edit=can_edit)
        self._show_title()

    def show_typing(self) -> None:
        """Something is typed that is not kept yet, or is kept now."""
        if self._saving.document is not None:
            self._status.show_pending(self._saving.typing.pending(), self._saving.document)
            self._show_title()

    def _show_title(self) -> None:
        document = self._saving.document
        title = title_of(document.session.plan.profile) if document else PROGRAM
        is_unsaved = document and (document.unsaved() or self._saving.typing.pending().dirty)
        self._window.setWindowTitle(f"*{title}" if is_unsaved else title)


def title_of(profile: Profile) -> str:
    """What the window is called while a plan is open."""
    edition = f"（{profile.edition}）" if profile.edition else ""
    parts = [profile.title or profile.municipality, profile.subtitle or ""]
    return f"{' '.join(part for part in parts if part)}{edition} － {PROGRAM}"
