"""From the files that a person chooses to a plan: read, shown, settled, taken in."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.changes.merge import asking
from app.errors import KeikakuError
from app.forms.definition.plan_form import form_of
from app.forms.form import Form
from app.intake.cell_map import CellMap
from app.intake.forms.form_words import form_words
from app.intake.intake import Intake, understood
from app.intake.making.into_plan import NEW, IntoPlan, into_plan
from app.intake.words import TEXTS, YEARS, Words, read_words
from app.plan.plan import Plan
from app.ports import DocumentGrids, IncomingChanges
from resources import form_texts, intake_words
from ui.change_words import labels_of
from ui.desktop.dialogs.messages import choose, show_problem
from ui.desktop.dialogs.paths import ask_several, ask_target
from ui.desktop.intake.intake_dialog import IntakeDialog, choosable_fields
from ui.desktop.jobs import StoppedError
from ui.desktop.theme import Theme
from ui.desktop.waiting import waited, waited_in_steps
from ui.documents import Documents

DOCUMENTS: Final = (
    "計画の文書 (*.xlsx *.xlsm *.xls *.ods *.docx *.pdf *.csv *.json);;すべてのファイル (*)"
)
_PLANS: Final = "計画 (*.keikaku)"
_SUFFIX: Final = ".keikaku"
_FACTS: Final = (
    *("name", "number", "departments", "pillar", "category", "status", "status_note"),
    *("new_label", "desired_states"),
)
_SAME: Final = "同じ取組にする"
_OTHER: Final = "新しい取組にする"


class DocumentIntake(QObject):
    """Asks for documents and takes them into a new plan, or into the one that is open."""

    made = Signal(str)
    """A plan file was made at this path."""
    brought = Signal(object)
    """IncomingChanges for the plan that is open."""

    def __init__(self, documents: Documents, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._documents, self._window, self._theme = documents, window, theme

    def ask(self, plan: Plan | None) -> None:
        """Ask for documents; `plan` is the one that is open, None for a new one."""
        paths = ask_several(self._window, "ほかの形式から取り込む", DOCUMENTS)
        if paths:
            self.take(paths, plan)

    def take(self, paths: list[str], plan: Plan | None) -> None:
        """Read documents, show what was understood, and take it in."""
        try:
            if [Path(path).suffix.lower() for path in paths] == [".json"] and plan is None:
                self._import(paths[0])
            else:
                self._take(paths, plan)
        except StoppedError:
            return
        except KeikakuError as error:
            show_problem(self._window, str(error))

    def _import(self, source: str) -> None:
        path = self._ask_target(Path(source).stem)
        if path:
            work = self._documents.intake.import_plan
            waited(self._window, "取り込んでいます…", lambda: work(source, path, overwrite=True))
            self.made.emit(path)

    def _take(self, paths: list[str], plan: Plan | None) -> None:
        read = waited_in_steps(
            self._window,
            "文書を読んでいます…",
            lambda tell: self._documents.intake.read(paths, tell),
        )
        form = form_of(plan.profile, form_texts()) if plan else None
        words = _words(form)

        def understand(cell_map: CellMap) -> Intake:
            key = plan.profile.form if plan else ""
            return understood(read.grids, words, key, cell_map)

        intake = waited(self._window, "欄を読み取っています…", lambda: understand(CellMap()))
        self._tell_failures(read)
        shown = plan or intake.made.plan
        fields = _fields(form_of(shown.profile, form_texts()), shown)
        dialog = IntakeDialog(self._window, understand, intake, fields, self._theme)
        if not dialog.exec():
            return
        if plan is None:
            self._make(dialog.intake)
        else:
            self._bring(plan, dialog.intake)

    def _tell_failures(self, read: DocumentGrids) -> None:
        if read.failures:
            told = "\n".join(read.failures)
            show_problem(
                self._window, f"読めなかったファイルがあります。ほかは読みました。\n{told}"
            )

    def _make(self, intake: Intake) -> None:
        plan = intake.made.plan
        path = self._ask_target(plan.profile.title or plan.profile.municipality or "計画")
        if path:
            create = self._documents.intake.create
            waited(self._window, "計画を作っています…", lambda: create(plan, path, overwrite=True))
            self.made.emit(path)

    def _ask_target(self, name: str) -> str:
        proposed = f"{name}{_SUFFIX}"
        return ask_target(self._window, "新しい計画の保存先", _PLANS, proposed, _SUFFIX)

    def _bring(self, plan: Plan, intake: Intake) -> None:
        found = into_plan(plan, intake.made.plan)
        if found.asked:
            answers = self._answers(plan, intake.made.plan, found)
            found = into_plan(plan, intake.made.plan, answers)
        changes = replace(found.changes, label="文書の取り込み")
        self.brought.emit(IncomingChanges("文書", changes, asking((), ())))

    def _answers(self, plan: Plan, incoming: Plan, found: IntoPlan) -> Mapping[str, str]:
        answers: dict[str, str] = {}
        for one in found.asked:
            now, then = incoming.initiatives[one.incoming], plan.initiatives[one.existing]
            told = f"文書の「{now.title}」は、計画の「{then.title}」の名前が変わったものですか。"
            wanted = choose(self._window, told, (_SAME, _OTHER))
            if wanted:
                answers[one.incoming] = one.existing if wanted == _SAME else NEW
        return answers


def _words(form: Form | None) -> Words:
    words = read_words(intake_words())
    return words.with_added(form_words(form)) if form else words


def _fields(form: Form, plan: Plan) -> dict[str, str]:
    texts = [name for name in form.text_fields if name not in _FACTS]
    names = (*_FACTS, *(TEXTS + name for name in texts), *(YEARS + n for n in form.year_fields))
    return choosable_fields(tuple(dict.fromkeys(names)), labels_of(plan))
