"""The fields of a dialog whose words are no edit before it is accepted."""

from contextlib import suppress

from PySide6.QtWidgets import QDialog

from app.errors import KeikakuError
from ui.desktop.fields.destinations import KeptWords
from ui.desktop.fields.line_field import LineField
from ui.desktop.pending_edits import PendingEdit, PendingEdits


class DialogFields:
    """What is typed in a dialog stays on this PC until the dialog is closed by a person."""

    def __init__(self, dialog: QDialog, edits: PendingEdits, subject: str) -> None:
        """`subject` tells what the dialog is about, as a person calls it."""
        self._edits, self._subject = edits, subject
        self._kept: list[tuple[PendingEdit, KeptWords]] = []
        dialog.finished.connect(self.forget)

    def line(self, name: str, text: str = "") -> LineField:
        """A field of one line that begins with `text`, or with what was left in it."""
        field = LineField(self._edits)
        field.setAccessibleName(name)
        field.show_text(self.add(field.pending, name) or text)
        return field

    def add(self, pending: PendingEdit, name: str) -> str:
        """Keep what is typed into another field of the dialog; what was left in it."""
        words = KeptWords(self._edits.words, f"{self._subject} ＞ {name}")
        self._kept.append((pending, words))
        pending.stand_for(words)
        return words.kept()

    def forget(self) -> None:
        """The words are used, or nobody wants them."""
        for pending, words in self._kept:
            pending.discard()
            with suppress(KeikakuError):
                words.forget()
