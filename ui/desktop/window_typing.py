"""Everything that is typed in the window: for the plan that is shown, else for none yet."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import KeikakuError
from app.ports import UnfinishedWords
from ui.desktop.dialogs.messages import show_problem, tell
from ui.desktop.merging.conflict_widget import REWRITTEN
from ui.desktop.pending_edits import PendingEdit, PendingEdits
from ui.desktop.plan_widget import PlanWidget

LEFT: Final = (
    "前に書きかけて、計画に入らなかった文が残っています。"
    "要るものは、ここから写して欄に入れてください。この表示を閉じると消えます。\n\n{}"
)


class WindowTyping(QObject):
    """Keeps what is typed when it is asked to, and says what cannot be kept."""

    changed = Signal()
    """Something is typed, kept, or cannot be kept."""

    def __init__(
        self, window: QWidget, shown: Callable[[], PlanWidget | None], planless: PendingEdits
    ) -> None:
        """`shown` gives the plan that is shown then; `planless` is typed while there is none."""
        super().__init__(window)
        self._window, self._shown, self._planless = window, shown, planless

    def pending(self) -> PendingEdits:
        """What is typed and not kept yet."""
        plan = self._shown()
        return plan.signals.pending if plan else self._planless

    def follow(self, pending: PendingEdits) -> None:
        """Tell of what is typed there from now on."""
        pending.changed.connect(self.changed)
        pending.unkept.connect(self._tell_unkept)

    def finish(self, *, tells: bool = True) -> bool:
        """Keep what is typed; False where some could not be, told unless `tells` is false."""
        plan = self._shown()
        is_kept = plan is None or plan.finish_typing(tells=tells)
        return self._planless.commit() and is_kept

    def tell_left(self) -> None:
        """Say which words of an earlier time are in no plan, to be copied; then forget them."""
        words = self.pending().words
        left = {k: text for k, text in words.kept().items() if not k.startswith(REWRITTEN)}
        if left:
            listed = "\n".join(f"・{key}：{text}" for key, text in left.items())
            tell(self._window, LEFT.format(listed), lambda: _forget(words, left))

    def _tell_unkept(self, edit: PendingEdit) -> None:
        """A field was left with something that the plan does not take."""
        if not edit.has_note and not edit.outcome.is_failure:
            show_problem(self._window, edit.problem)


def _forget(words: UnfinishedWords, keys: Iterable[str]) -> None:
    for key in keys:
        # Where that cannot be written, they are told once more.
        with suppress(KeikakuError):
            words.keep(key, "")
