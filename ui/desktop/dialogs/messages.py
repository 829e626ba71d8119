"""Messages and questions, with verbs on their buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget


def show_problem(parent: QWidget, sentence: str) -> None:
    """Show what went wrong. Does not wait for the answer."""
    box = QMessageBox(QMessageBox.Icon.Warning, "計画カンバン", sentence, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.addButton("閉じる", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # After the window: at the start of the program it is not there yet.
    QTimer.singleShot(0, box, box.open)


def tell(parent: QWidget, sentence: str) -> None:
    """Say something that is no trouble. Does not wait for the answer."""
    box = QMessageBox(QMessageBox.Icon.Information, "計画カンバン", sentence, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.addButton("閉じる", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def ask(parent: QWidget, sentence: str, verb: str, refusal: str = "もどる") -> bool:
    """Ask before something is done; each button says what happens."""
    box = QMessageBox(QMessageBox.Icon.Question, "計画カンバン", sentence, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    doing = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(refusal, QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is doing


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
    box = QMessageBox(icon, "計画カンバン", sentence, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    doing = box.addButton(verb, QMessageBox.ButtonRole.ActionRole)
    box.addButton("閉じる", QMessageBox.ButtonRole.RejectRole)
    doing.clicked.connect(step)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def choose(parent: QWidget, sentence: str, verbs: Sequence[str], refusal: str = "もどる") -> str:
    """Ask which of several things is done; the refusal, and Esc, give an empty string."""
    box = QMessageBox(QMessageBox.Icon.Question, "計画カンバン", sentence, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    verb_of = {box.addButton(verb, QMessageBox.ButtonRole.AcceptRole): verb for verb in verbs}
    back = box.addButton(refusal, QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(back)
    box.exec()
    return next((verb for made, verb in verb_of.items() if box.clickedButton() is made), "")
