"""Writing and printing from the window: where to, how far, and what to do with it then."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QProgressDialog, QWidget

from app.changes.parting.state_name import StateName
from app.documents.order import Order
from app.documents.outputs import OUTPUTS
from app.documents.pages.drawing import Progress
from app.documents.waiting import long_wait
from app.forms.definition.plan_form import form_of
from app.forms.fitting.metrics import PageFonts
from app.plan.periods.fiscal_year import date_short
from app.plan.plan import Plan
from resources import form_texts
from ui.desktop.dialogs.messages import offer, show_problem
from ui.desktop.dialogs.paths import ask_target
from ui.desktop.jobs import Job
from ui.desktop.output.remarks import remarks
from ui.documents import Documents

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.desktop.output.output_preview import Made

_FIRST_SHOWN_MS: Final = 400
_WIDTH: Final = 360


class OutputWriter(QObject):
    """Asks for a place, writes there off the UI thread, and says how it ended."""

    def __init__(
        self,
        documents: Documents,
        window: QWidget,
        name_state: Callable[[Plan], StateName | None] = lambda plan: None,
    ) -> None:
        """`name_state` names the state of a plan that data is written of (`Session`)."""
        super().__init__(window)
        self._documents, self._window, self._name_state = documents, window, name_state
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self.job: Job | None = None

    def fill(self, menu: QMenu, plan: Plan, selected: Sequence[str]) -> None:
        """Offer everything that can be written; of the selected initiatives what can be."""
        menu.clear()
        orders = [Order(plan, output) for output in OUTPUTS]
        chosen = [Order(plan, output, tuple(selected)) for output in OUTPUTS if not output.is_whole]
        for order in (*orders, None, *(chosen if selected else ())):
            if order is None:
                menu.addSeparator()
                continue
            action = menu.addAction(f"{order.name}…")
            action.triggered.connect(lambda _, order=order: self.ask(order))

    def ask(self, order: Order) -> None:
        """Ask where to write, and write there."""
        output = order.output
        name = order.plan.profile.title or order.plan.profile.municipality or "計画"
        when = f"_{date_short(order.day)}" if order.day else ""
        proposed = str(Path(self._folder) / f"{name}_{output.called}{when}{output.suffix}")
        filters = f"{output.name} (*{output.suffix})" if output.suffix else output.name
        title = f"{output.name}を出力"
        target = ask_target(self._window, title, filters, proposed, output.suffix)
        if target:
            self._folder = str(Path(target).parent)
            self.write(order, target)

    def write(self, order: Order, target: str) -> None:
        """Write; the window stays usable, the plan may be edited meanwhile."""
        noted: list[str] = []
        if order.output.content == "data":
            order = replace(order, state=self._name_state(order.plan))

        def work(tell: Progress) -> None:
            self._documents.export(order, target, tell)
            fonts = self._page_fonts(order) if order.output.is_drawn else None
            noted.extend(remarks(order, fonts))

        words = (f"{order.name}を作っています", long_wait(order))
        job = self._start(work, "\n".join(filter(None, words)))
        job.succeeded.connect(lambda: self._say_done(order, target, noted))
        job.failed.connect(lambda sentence: self._offer_another(sentence, order))
        job.start()

    def ask_printer(self, made: "Made") -> None:
        """Ask for a printer, and print what was made there."""
        from ui.desktop.paper.printing import ask_printer

        order = made.order
        printer = ask_printer(self._window, order.output.called, made.pages, order.choices)
        if printer is not None:
            self.print(made, printer)

    def print(self, made: "Made", printer: "QPrinter") -> None:
        """Print; the window stays usable."""
        from ui.desktop.paper.printing import print_pages

        def work(tell: Progress) -> None:
            # Fonts of its own: those of the pages are in use on the screen meanwhile.
            print_pages(printer, made.pages, self._page_fonts(made.order), tell)

        job = self._start(work, f"{made.order.output.called}をプリンターへ送っています")
        job.failed.connect(lambda sentence: show_problem(self._window, sentence))
        job.start()

    def _page_fonts(self, order: Order) -> PageFonts:
        form = form_of(order.plan.profile, form_texts())
        return self._documents.page_fonts(form.font.family)

    def _start(self, work: Callable[[Progress], None], words: str) -> Job:
        """A job with its progress; the one before is waited for."""
        self.finish()
        job = Job(work, self)
        progress = self._progress(job, words)
        job.finished.connect(progress.deleteLater)
        job.finished.connect(lambda: self._forget(job))
        self.job = job
        return job

    def _progress(self, job: Job, words: str) -> QProgressDialog:
        progress = QProgressDialog(words, "中止", 0, 0, self._window)
        progress.setWindowTitle("出力")
        progress.setWindowModality(Qt.WindowModality.NonModal)
        progress.setMinimumDuration(_FIRST_SHOWN_MS)
        progress.setMinimumWidth(_WIDTH)
        progress.setAutoClose(False)
        progress.canceled.connect(job.stop)

        def show(done: int, everything: int) -> None:
            progress.setMaximum(everything)
            progress.setValue(done)

        job.progressed.connect(show)
        return progress

    def _say_done(self, order: Order, target: str, noted: Sequence[str]) -> None:
        folder = QUrl.fromLocalFile(str(Path(target).parent))
        told = [f"{order.name}を出力しました。\n{target}", *noted]
        offer(
            self._window,
            "\n\n".join(told),
            "フォルダーを開く",
            lambda: QDesktopServices.openUrl(folder),
        )

    def _offer_another(self, sentence: str, order: Order) -> None:
        """A target that is open in Excel cannot be replaced: another name can be had at once."""
        offer(self._window, sentence, "別名で保存…", lambda: self.ask(order), is_trouble=True)

    def _forget(self, job: Job) -> None:
        if self.job is job:
            self.job = None

    def finish(self) -> None:
        """Stop what is being written and wait for it: the window is closing."""
        if self.job is not None:
            self.job.stop()
            self.job.wait()
