"""What is typed and not kept yet: in one field (`PendingEdit`), and in all fields of one plan.

Every field that a person types into has a `PendingEdit`. It is kept at most `KEEP_MS` after the
first key, when the field is left, and whenever somebody asks for all of them: before saving,
closing, merging, another view. What cannot be kept stays in its field, and is counted.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.changes.history import Entry
from app.ports import UnfinishedWords

KEEP_MS: Final = 1500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt to keep what was typed.

    `problem` says why it is not kept, empty where it is; `is_failure`: it could not be written,
    whatever it says. `visit` is the entry of the log that it went into, None for none.
    """

    problem: str = ""
    is_failure: bool = False
    visit: Entry | None = None


class Destination(Protocol):
    """Where what is typed into a field goes."""

    @property
    def place(self) -> object:
        """What tells it from every other destination."""

    @property
    def words(self) -> str:
        """What a person calls it."""

    def put(self, text: str, visit: Entry | None) -> Outcome:
        """Keep a text; `visit` is the entry that this visit of the field began with."""

    def is_said(self, text: str) -> bool:
        """Whether keeping this text would change nothing."""


class ForgottenWords:
    """Keeps nothing from one start to the next (`UnfinishedWords`)."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def kept(self) -> Mapping[str, str]:
        """What was kept since the start."""
        return self._words

    def keep(self, key: str, words: str) -> None:
        """Keep words until the end of the program."""
        self._words.pop(key, None)
        if words:
            self._words[key] = words


class Composition:
    """What an input method composes in a field and has not confirmed."""

    def __init__(self, field: QWidget) -> None:
        self._field, self._text = field, ""

    def follow(self, event: QInputMethodEvent) -> None:
        """Remember what is composed now."""
        self._text = event.preeditString()

    def take(self) -> None:
        """Take it as typed: it must not be lost."""
        QGuiApplication.inputMethod().commit()
        if self._text and isValid(self._field):
            event = QInputMethodEvent()
            event.setCommitString(self._text)
            QApplication.sendEvent(self._field, event)
            QGuiApplication.inputMethod().reset()


class PendingEdit:
    """What a person typed into one field and is not kept yet. The field tells what happens.

    With `has_note` the view says beside the field why it cannot be kept. It is no QObject: there
    is one for each field, and each QObject of ours costs when a view goes.
    """

    def __init__(
        self,
        field: QWidget,
        edits: "PendingEdits",
        read: Callable[[], str],
        show: Callable[[str], None],
    ) -> None:
        """`read` gives what stands in the field; `show` puts a text there, untouched."""
        self._field, self._edits, self._read, self._show = field, edits, read, show
        self._destination: Destination | None = None
        self._is_touched, self._is_committing = False, False
        self._outcome, self._visit = Outcome(), cast(Entry | None, None)
        self._given, self._begun_with = "", ""
        self.composition, self.has_note = Composition(field), False

    @property
    def is_dirty(self) -> bool:
        """Whether the field is there and holds something that is not kept."""
        return self._is_touched and not self._is_committing and isValid(self._field)

    @property
    def outcome(self) -> Outcome:
        """What became of the last attempt to keep what was typed."""
        return self._outcome

    @property
    def problem(self) -> str:
        """Why what was typed cannot be kept, empty for nothing."""
        return self._outcome.problem

    @property
    def words(self) -> str:
        """Where what is typed goes, as a person calls it; empty for nowhere yet."""
        return self._destination.words if self._destination else ""

    def stand_for(self, destination: Destination) -> bool:
        """From now on what is typed goes there; what was typed before goes where it belongs.

        False where that could not be kept: the field stands for what it stood for.
        """
        if self._destination is None or destination.place != self._destination.place:
            if not self.commit():
                return False
            self._visit = None
            self._set(Outcome(), is_touched=False)
        self._destination = destination
        return True

    def give(self, text: str) -> None:
        """Show what the plan says, unless the field says the same or holds something else."""
        self._given = text
        if self.is_dirty or (self._field.hasFocus() and self._says_it(self._read())):
            # A line end that is just being typed is no reason to put the cursor elsewhere.
            return
        self._show(text)

    def touch(self) -> None:
        """A person has changed what stands in the field, once it stands for something."""
        if self._destination is None:
            return
        self._set(self._outcome, is_touched=True)
        self._edits.keep_soon()

    def discard(self) -> None:
        """Forget what was typed; what the field says is what the plan says."""
        self._set(Outcome(), is_touched=False)

    def commit(self) -> bool:
        """Keep what was typed; False where it could not be, and `problem` says why."""
        if not self.is_dirty or self._destination is None:
            return True
        # What is shown anew because of the edit finds the field clean.
        self._is_committing = True
        try:
            outcome = self._destination.put(self._read(), self._visit)
        finally:
            self._is_committing = False
        self._visit = outcome.visit or self._visit
        self._set(outcome, is_touched=bool(outcome.problem))
        if outcome.is_failure:
            self._edits.failed.emit(outcome.problem)
        return not outcome.problem

    def revert(self) -> None:
        """Put back what stood in the field when this visit began."""
        self._show(self._begun_with)
        if self._visit is None:
            self.discard()
        else:
            self.touch()
            self.commit()

    def enter(self) -> None:
        """The field has the keyboard. One visit is one step to undo."""
        self._edits.entered = self
        if not self.is_dirty:
            self._visit, self._begun_with = None, self._read()

    def leave(self) -> None:
        """The keyboard has gone elsewhere: keep what was typed, or say why not."""
        if self._edits.entered is self:
            self._edits.entered = None
        self.settle()

    def settle(self) -> None:
        """Nothing more is typed for now: keep it as the plan writes it, or say why not."""
        if not self.commit():
            self._edits.unkept.emit(self)
        elif self._says_it(self._given):
            self._show(self._given)

    def reverts_on(self, event: QKeyEvent) -> bool:
        """Esc takes back what cannot be kept; whether it did."""
        is_back = event.key() == Qt.Key.Key_Escape and bool(self.problem)
        if is_back:
            self._show(self._given)
            self.discard()
        return is_back

    def _says_it(self, text: str) -> bool:
        return self._destination is not None and self._destination.is_said(text)

    def _set(self, outcome: Outcome, *, is_touched: bool) -> None:
        is_same = (outcome, is_touched) == (self._outcome, self._is_touched)
        self._outcome, self._is_touched = outcome, is_touched
        if not is_same:
            self._edits.note(self, is_dirty=is_touched)


class PendingEdits(QObject):
    """Everything that is typed for one plan and not kept yet."""

    changed = Signal()
    """Something is typed, kept, or cannot be kept."""
    failed = Signal(str)
    """A sentence: what was typed could not be written, and stays in its field."""
    unkept = Signal(object)
    """A PendingEdit: its field was left with something that cannot be kept, `problem` says why."""

    def __init__(self, words: UnfinishedWords | None = None, parent: QObject | None = None) -> None:
        """`words` are those that no plan can hold."""
        super().__init__(parent)
        self.words = words or ForgottenWords()
        self.entered: PendingEdit | None = None
        self._holds, self._is_closed = 0, False
        self._dirty: list[PendingEdit] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_MS)
        self._pause.timeout.connect(self._keep_meanwhile)

    def note(self, edit: PendingEdit, *, is_dirty: bool) -> None:
        """A field holds something now, or nothing any more."""
        others = [other for other in self._dirty if other is not edit]
        self._dirty = [*others, edit] if is_dirty else others
        self.changed.emit()

    def keep_soon(self) -> None:
        """Something was typed: it waits no longer than what was typed before it."""
        if not self._pause.isActive():
            self._pause.start()

    def _keep_meanwhile(self) -> None:
        """While a person types on, half a word may well be refused: nobody is told."""
        if self.is_held and not self._is_closed:
            self._pause.start()
            return
        for edit in self.dirty:
            edit.commit()

    @property
    def is_held(self) -> bool:
        """Whether nothing may be written now."""
        return self._is_closed or self._holds > 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing is written meanwhile: whoever works on the document has it alone."""
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1

    @property
    def dirty(self) -> tuple[PendingEdit, ...]:
        """What is typed and not kept, in the order in which it was begun."""
        return tuple(edit for edit in self._dirty if edit.is_dirty)

    @property
    def sentence(self) -> str:
        """What could not be kept and why, for a person; empty for nothing."""
        left = (edit for edit in self.dirty if edit.problem)
        return "\n".join(f"【{edit.words}】{edit.problem}" for edit in left)

    def commit(self) -> bool:
        """Keep all that is composed and typed; False where some of it could not be kept."""
        if self.entered is not None:
            self.entered.composition.take()
        if not self.is_held:
            for edit in self.dirty:
                edit.commit()
        return not self.dirty

    def close(self) -> None:
        """The plan is let go: nothing is kept any more, whatever a field tells."""
        self._is_closed = True
        self._pause.stop()
        for edit in tuple(self._dirty):
            edit.discard()
