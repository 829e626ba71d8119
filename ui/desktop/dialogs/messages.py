"""Messages and questions, with verbs on their buttons.

Once a window is gone (`forbid_messages`) none is shown: it would stand there alone, and keep the
program from ending. Every question is then answered as if a person went back.
"""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

_GONE: Final = "isGone"


def forbid_messages(window: QWidget) -> None:
    """The window is gone: nothing is said in it from here on."""
    window.setProperty(_GONE, True)


def is_gone(parent: QWidget | None) -> bool:
    """Whether the window that a widget belongs to is gone."""
    while parent is not None:
        if parent.property(_GONE):
            return True
        parent = parent.parentWidget()
    return False


def show_problem(parent: QWidget, sentence: str) -> None:
    """Show what went wrong, once while it is being told. Does not wait for the answer."""
    if any(box.text() == sentence for box in parent.findChildren(QMessageBox)):
        return
    box = _box(parent, QMessageBox.Icon.Warning, sentence)
    box.addButton("閉じる", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # After the window: at the start of the program it is not there yet.
    QTimer.singleShot(0, box, lambda: _open(box))


def tell(parent: QWidget, sentence: str, then: Callable[[], object] = lambda: None) -> None:
    """Say something that is no trouble; `then` is called once it was read. Does not wait."""
    box = _box(parent, QMessageBox.Icon.Information, sentence)
    box.addButton("閉じる", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.finished.connect(lambda: then())
    _open(box)


def ask(parent: QWidget, sentence: str, verb: str, refusal: str = "もどる") -> bool:
    """Ask before something is done; each button says what happens."""
    return choose(parent, sentence, (verb,), refusal) == verb


def offer(
    parent: QWidget,
    sentence: str,
    verb: str,
    step: Callable[[], object],
    *,
    is_trouble: bool = False,
) -> None:
    """Say what was done and offer what may come next. Does not wait for the answer."""
    icon = QMessageBox.Icon.Warning if is_trouble else QMessageBox.Icon.Information
    box = _box(parent, icon, sentence)
    doing = box.addButton(verb, QMessageBox.ButtonRole.ActionRole)
    box.addButton("閉じる", QMessageBox.ButtonRole.RejectRole)
    doing.clicked.connect(step)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _open(box)


def choose(parent: QWidget, sentence: str, verbs: Sequence[str], refusal: str = "もどる") -> str:
    """Ask which of several things is done; the refusal, and Esc, give an empty string."""
    if is_gone(parent):
        return ""
    box = _box(parent, QMessageBox.Icon.Question, sentence)
    verb_of = {box.addButton(verb, QMessageBox.ButtonRole.AcceptRole): verb for verb in verbs}
    back = box.addButton(refusal, QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(back)
    box.exec()
    box.deleteLater()
    return next((verb for made, verb in verb_of.items() if box.clickedButton() is made), "")


def _box(parent: QWidget, icon: QMessageBox.Icon, sentence: str) -> QMessageBox:
    box = QMessageBox(icon, "計画カンバン", sentence, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    # What stands in it, a path or words that are left, may be copied.
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return box


def _open(box: QMessageBox) -> None:
    if is_gone(box):
        box.deleteLater()
    else:
        box.open()
