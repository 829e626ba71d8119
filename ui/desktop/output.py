"""Writing files from the window: where to, how far, and what to do with them then."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QProgressDialog, QWidget

from app.plan.plan import Plan
from ui.desktop.dialogs.messages import offer
from ui.desktop.dialogs.paths import ask_target
from ui.desktop.documents import Documents, Output, Progress
from ui.desktop.jobs import Job

_FIRST_SHOWN_MS = 400


class OutputWriter(QObject):
    """Asks for a place, writes there off the UI thread, and says how it ended."""

    def __init__(self, documents: Documents, window: QWidget) -> None:
        super().__init__(window)
        self._documents, self._window = documents, window
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self.job: Job | None = None

    def fill(self, menu: QMenu, plan: Plan, selected: Sequence[str]) -> None:
        """Offer everything that can be written: of all initiatives, of the selected ones."""
        menu.clear()
        for output in self._documents.outputs(plan):
            action = menu.addAction(f"{output.name}…")
            action.triggered.connect(lambda _, output=output: self.ask(output, plan, ()))
        if selected:
            menu.addSeparator()
            for output in self._documents.outputs(plan):
                action = menu.addAction(f"選んだ{len(selected)}件の{output.name}…")
                action.triggered.connect(lambda _, o=output: self.ask(o, plan, selected))

    def ask(self, output: Output, plan: Plan, initiatives: Sequence[str]) -> None:
        """Ask where to write, and write there."""
        name = plan.profile.title or plan.profile.municipality or "計画"
        proposed = str(
            Path(self._folder) / f"{name}_{output.name.partition('（')[0]}{output.suffix}"
        )
        filters = f"{output.name} (*{output.suffix})"
        title = f"{output.name}を出力"
        target = ask_target(self._window, title, filters, proposed, output.suffix)
        if target:
            self._folder = str(Path(target).parent)
            self.write(output, plan, initiatives, target)

    def write(self, output: Output, plan: Plan, initiatives: Sequence[str], target: str) -> None:
        """Write; the window stays usable, the plan may be edited meanwhile."""

        def work(tell: Progress) -> None:
            self._documents.export(plan, output, initiatives, target, tell)

        job = Job(work, self)
        progress = self._progress(job, output)
        job.succeeded.connect(lambda: self._say_done(output, target))
        job.failed.connect(
            lambda sentence: self._offer_another(sentence, output, plan, initiatives)
        )
        job.finished.connect(progress.deleteLater)
        job.finished.connect(self._forget)
        self.job = job
        job.start()

    def _progress(self, job: Job, output: Output) -> QProgressDialog:
        progress = QProgressDialog(f"{output.name}を作っています", "中止", 0, 0, self._window)
        progress.setWindowTitle("出力")
        progress.setWindowModality(Qt.WindowModality.NonModal)
        progress.setMinimumDuration(_FIRST_SHOWN_MS)
        progress.setAutoClose(False)
        progress.canceled.connect(job.stop)

        def show(done: int, everything: int) -> None:
            progress.setMaximum(everything)
            progress.setValue(done)

        job.progressed.connect(show)
        return progress

    def _say_done(self, output: Output, target: str) -> None:
        folder = QUrl.fromLocalFile(str(Path(target).parent))
        offer(
            self._window,
            f"{output.name}を出力しました。\n{target}",
            "フォルダーを開く",
            lambda: QDesktopServices.openUrl(folder),
        )

    def _offer_another(
        self, sentence: str, output: Output, plan: Plan, initiatives: Sequence[str]
    ) -> None:
        """A target that is open in Excel cannot be replaced: another name can be had at once."""
        offer(
            self._window, sentence, "別名で保存…", lambda: self.ask(output, plan, initiatives),
            is_trouble=True,
        )  # fmt: skip

    def _forget(self) -> None:
        self.job = None

    def finish(self) -> None:
        """Stop what is being written and wait for it: the window is closing."""
        if self.job is not None:
            self.job.stop()
            self.job.wait()
