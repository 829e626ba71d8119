"""Where what is typed into a field goes: into the plan, or among the words of this PC."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from app.changes.change import ChangeSet, apply
from app.changes.diff import diff
from app.changes.history import Entry
from app.errors import KeikakuError
from app.plan.plan import Plan
from app.plan.texts.plain_text import cleaned
from app.ports import UnfinishedWords
from ui.desktop.pending_edits import Outcome
from ui.desktop.session_signals import SessionSignals

Write = Callable[[Plan, str], ChangeSet]
"""The edit that puts a text into a plan. Raises KeikakuError for one that cannot be there."""
STAYS: Final = "書いた文は欄に残っています。"
_GONE: Final = "書いた先は、もう計画にありません。要るときは、写してから別の欄に入れてください。"
_HELD: Final = "いまは計画に書き込めません。少し待ってから、もう一度お試しください。"


@dataclass(frozen=True, slots=True)
class PlanText:
    """What is typed becomes an edit of the plan (`Destination`).

    `place` tells it from other fields, `words` is what a person calls it; `owner` is the entity
    (kind, id) that must be there for it. With `is_whole` the edit is always that of the whole
    visit: in a list of words, what is half a word meanwhile would be another word.
    """

    signals: SessionSignals
    place: object
    words: str
    write: Write
    owner: tuple[str, str] | None = None
    is_whole: bool = False

    def put(self, text: str, visit: Entry | None) -> Outcome:
        """Make the edit; what cannot be one is kept among the words of this PC."""
        signals, unfinished = self.signals, self.signals.pending.words
        try:
            edit = self._edit(cleaned(text)[0], visit)
        except KeikakuError as error:
            _keep(unfinished, self.words, text)
            return Outcome(str(error))
        try:
            if signals.commit(edit, visit) is None:
                return Outcome(_HELD)
        except KeikakuError as error:
            _keep(unfinished, self.words, text)
            return Outcome(f"{error}\n{STAYS}", is_failure=True)
        _keep(unfinished, self.words, "")
        return Outcome(visit=signals.session.history.undoable if edit.changes else None)

    def is_said(self, text: str) -> bool:
        """Whether the plan says this already."""
        try:
            return not self._written(self.signals.plan, text).changes
        except KeikakuError:
            return False

    def _edit(self, text: str, visit: Entry | None) -> ChangeSet:
        plan, last = self.signals.plan, self.signals.session.history.undoable
        if not (self.is_whole and visit and last and visit.sequence == last.sequence):
            return self._written(plan, text)
        before = apply(plan, last.changes.inverted())
        wanted = self._written(before, text)
        return diff(plan, apply(before, wanted), wanted.label)

    def _written(self, plan: Plan, text: str) -> ChangeSet:
        if self.owner is not None and plan.find(*self.owner) is None:
            raise KeikakuError(_GONE)
        return self.write(plan, text)


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What is typed is no edit yet: it stays on this PC until it is used (`Destination`)."""

    unfinished: UnfinishedWords
    words: str

    @property
    def place(self) -> object:
        """What a person calls it tells it from the others."""
        return self.words

    def kept(self) -> str:
        """What was left here, empty for nothing."""
        return self.unfinished.kept().get(self.words, "")

    def forget(self) -> None:
        """The words are used, or nobody wants them. Raises KeikakuError."""
        self.unfinished.keep(self.words, "")

    def put(self, text: str, visit: Entry | None) -> Outcome:
        """Keep the words."""
        try:
            self.unfinished.keep(self.words, text)
        except KeikakuError as error:
            return Outcome(f"{error}\n{STAYS}", is_failure=True)
        return Outcome()

    def is_said(self, text: str) -> bool:
        """Whether these words are kept."""
        return self.kept() == text


def _keep(unfinished: UnfinishedWords, key: str, text: str) -> None:
    """Keep words that the plan does not take; empty ones forget those that it has taken."""
    if unfinished.kept().get(key, "") != text:
        # Where not even that can be written, they are still in their field.
        with suppress(KeikakuError):
            unfinished.keep(key, text)
