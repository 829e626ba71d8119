"""Asks for the guide of a stage."""

from PySide6.QtWidgets import QInputDialog, QWidget

from app.edits.structure import set_guide
from app.plan.entities import Profile
from app.plan.stages import guide_of
from ui.desktop.session_signals import Verb

MOST = 999


def ask_guide(parent: QWidget, profile: Profile, stage: str) -> Verb | None:
    """The edit that sets the guide a person chose for a stage, None for none."""
    dialog = QInputDialog(parent)
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setWindowTitle("目安の件数")
    dialog.setLabelText(f"「{stage}」に置く取組の目安（0は目安なし）")
    dialog.setIntRange(0, MOST)
    dialog.setIntValue(guide_of(profile, stage))
    dialog.setOkButtonText("決める")
    dialog.setCancelButtonText("もどる")
    if not dialog.exec():
        return None
    most = dialog.intValue()
    return lambda plan: set_guide(plan, stage, most)
