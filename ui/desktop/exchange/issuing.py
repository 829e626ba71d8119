"""Giving departments their initiatives as files: asked, written off the UI thread, and told."""

import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QWidget

from app.documents.order import Order
from app.documents.outputs import OUTPUTS
from app.documents.pages.drawing import Progress
from app.errors import KeikakuError
from app.plan.lists.departments import departments_of
from app.plan.plan import Plan
from ui.desktop.dialogs.messages import tell
from ui.desktop.exchange.issue_dialog import PLAN_FILE, IssueDialog, issue_name
from ui.desktop.exchange.result_dialog import Result, ResultDialog
from ui.desktop.jobs import StoppedError
from ui.desktop.theme import Theme
from ui.desktop.waiting import waited_in_steps
from ui.documents import Documents


class Issuing(QObject):
    """「課へ切り出す」."""

    def __init__(self, documents: Documents, window: QWidget) -> None:
        super().__init__(window)
        self._documents, self._window = documents, window
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )

    def ask(self, plan: Plan, theme: Theme) -> None:
        """Ask which departments, and give each its file."""
        departments = departments_of(plan)
        if not departments:
            tell(self._window, "担当課が書かれた取組がありません。個票で担当課を書いてください。")
            return
        dialog = IssueDialog(self._window, departments, self._folder, theme)
        if not dialog.exec():
            return
        self._folder = dialog.folder.text().strip()
        results = self.write(plan, dialog.chosen, dialog.suffix, self._folder)
        ResultDialog(self._window, results, self._folder, theme).exec()

    def write(
        self, plan: Plan, departments: Sequence[str], suffix: str, folder: str
    ) -> list[Result]:
        """Write a file for each department. What cannot be written does not stop the others."""
        results: list[Result] = []

        def work(tell: Progress) -> None:
            for done, department in enumerate(departments):
                tell(done, len(departments))
                results.append(self._written(plan, department, suffix, Path(folder)))

        try:
            waited_in_steps(self._window, "課へ渡すファイルを作っています…", work)
        except StoppedError:
            left = departments[len(results) :]
            results += [Result(name, "", "中止したため、作っていません。") for name in left]
        return results

    def _written(self, plan: Plan, department: str, suffix: str, folder: Path) -> Result:
        title = plan.profile.title or plan.profile.municipality or "計画"
        target = _free(folder / issue_name(department, title, suffix))
        try:
            if suffix == PLAN_FILE:
                self._documents.issue(plan, [department], str(target))
            else:
                self._export(plan, department, target)
        except KeikakuError as error:
            return Result(department, target.name, str(error))
        return Result(department, target.name)

    def _export(self, plan: Plan, department: str, target: Path) -> None:
        cards = plan.initiatives.under()
        own = tuple(card.id for card in cards if department in card.departments)
        sheets = next(output for output in OUTPUTS if output.key == f"sheets{target.suffix}")
        self._documents.export(Order(plan, sheets, own), str(target), lambda *_: None)


def _free(target: Path) -> Path:
    """The path, or with a number the next one that is free: what was given out stays as it is."""
    names = (target.stem if n == 1 else f"{target.stem}({n})" for n in count(1))
    places = (target.with_name(name + target.suffix) for name in names)
    return next(place for place in places if not os.path.exists(place))
