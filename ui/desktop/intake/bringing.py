"""The action 「ほかの形式から取り込む」 of the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.lazy import load
from app.ports import IncomingChanges
from ui.desktop.plan_widget import PlanWidget
from ui.desktop.theme import Theme
from ui.documents import Documents


def bring_documents(
    documents: Documents,
    window: QWidget,
    theme: Theme,
    shown: PlanWidget | None,
    made: Callable[[str], None],
    brought: Callable[[IncomingChanges], None],
) -> None:
    """Ask for documents of a city; `made` gets the path of a new plan if none is shown, else
    `brought` the changes for the one that is.
    """
    if shown is not None and not shown.finish_typing():
        return
    intake = load("ui.desktop.intake.document_intake:DocumentIntake")(documents, window, theme)
    intake.made.connect(made)
    intake.brought.connect(brought)
    intake.ask(shown.shared.plan if shown else None)
    intake.deleteLater()
