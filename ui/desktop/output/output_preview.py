"""What an order will look like: made off the UI thread, from the plan as it was then."""

from dataclasses import dataclass, field
from operator import length_hint
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QTableView, QVBoxLayout, QWidget

from app.documents.lists.lists import ListTable
from app.documents.making import document_of, table_of
from app.documents.order import Order
from app.documents.pages.drawing import Page, Progress
from app.documents.waiting import long_wait
from app.forms.definition.plan_form import form_of
from app.forms.fitting.metrics import PageFonts
from resources import form_texts
from ui.desktop.jobs import Job
from ui.desktop.output.page_area import PageArea
from ui.desktop.output.remarks import remarks
from ui.desktop.output.row_model import RowModel
from ui.desktop.paper.paper_painter import PaperPainter
from ui.desktop.parts import label
from ui.desktop.theme import Theme
from ui.documents import Documents

_WAIT_MS: Final = 120
_NOTHING: Final = "取組がまだないため、作るページがありません。"


@dataclass(slots=True)
class Made:
    """What was made of an order: pages with their fonts, or rows; and what to know of it."""

    order: Order
    pages: list[Page] = field(default_factory=list)
    fonts: PageFonts | None = None
    table: ListTable | None = None
    remarks: tuple[str, ...] = ()


class OutputPreview(QWidget):
    """Pages, rows, or a sentence on why there are none."""

    made_other = Signal()
    """What is shown has been made anew, or is being made."""

    def __init__(self, documents: Documents, theme: Theme) -> None:
        super().__init__()
        self._documents = documents
        self.pages, self.rows = PageArea(theme), QTableView()
        self.message, self.remarks = label(look="quietLabel"), label(look="warn")
        self._views, self._model = QStackedWidget(), RowModel()
        self._wanted: Order | None = None
        self._tried: Order | None = None
        self.made: Made | None = None
        self._job: Job | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT_MS)
        self._later.timeout.connect(self._begin)
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.remarks.setWordWrap(True)
        self.rows.setModel(self._model)
        self.rows.setAccessibleName("一覧データ")
        self.rows.setAlternatingRowColors(True)
        self.rows.setWordWrap(False)
        self.rows.horizontalHeader().setDefaultSectionSize(theme.px(120))
        self.rows.verticalHeader().setDefaultSectionSize(theme.px(28))
        for view in (self.message, self.pages, self.rows):
            self._views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._views, 1)
        column.addWidget(self.remarks)

    def show_order(self, order: Order) -> None:
        """Make this and show it, unless that has been done already."""
        if self._wanted is not None and _is_same(self._wanted, order):
            return
        self._wanted, self.made = order, None
        self.made_other.emit()
        self._later.start()

    def forget(self) -> None:
        """Stop what is being made and wait for it."""
        self._later.stop()
        self._wanted = self.made.order if self.made else None
        if self._job is not None:
            self._job.stop()
            self._job.wait()

    def _begin(self) -> None:
        """Start to make what is wanted; what is being made is stopped before."""
        if self._job is not None:
            self._job.stop()
        elif self._wanted is not None:
            self._make(Made(self._wanted))

    def _make(self, made: Made) -> None:
        self._tried = made.order
        self._say("ページを作っています…")
        job = self._job = Job(lambda tell: self._work(made, tell), self)
        job.progressed.connect(self._show_progress)
        job.succeeded.connect(lambda: self._show(made))
        job.failed.connect(self._say)
        job.finished.connect(self._go_on)
        job.finished.connect(job.deleteLater)
        job.start()

    def _work(self, made: Made, tell: Progress) -> None:
        """In another thread: make what was ordered."""
        order, form = made.order, form_of(made.order.plan.profile, form_texts())
        if order.output.has_pages:
            made.fonts = self._documents.page_fonts(form.font.family)
            pages = document_of(order, form, made.fonts, tell).pages
            about = length_hint(pages)
            for page in pages:
                tell(len(made.pages), about)
                made.pages.append(page)
        elif order.output.content == "rows":
            made.table = table_of(order, form)
        noted = remarks(order, made.fonts if order.output.is_drawn else None)
        wait = long_wait(order)
        made.remarks = (wait, *noted) if wait else noted

    def _show_progress(self, done: int, everything: int) -> None:
        if everything:
            self._say(f"ページを作っています… {min(done, everything)} / {everything}")

    def _show(self, made: Made) -> None:
        if made.order is not self._wanted:
            return
        self.made = made
        if made.pages and made.fonts:
            self.pages.show_pages(made.pages, PaperPainter(made.fonts))
            self._views.setCurrentWidget(self.pages)
        elif made.table is not None:
            self._model.show_table(made.table)
            self._views.setCurrentWidget(self.rows)
        else:
            output = made.order.output
            self._say(_NOTHING if output.has_pages else f"{output.about}。\n紙面はありません。")
        self.remarks.setText("\n".join(made.remarks))
        self.remarks.setVisible(bool(made.remarks))
        self.made_other.emit()

    def _say(self, sentence: str) -> None:
        self.remarks.hide()
        self.message.setText(sentence)
        self._views.setCurrentWidget(self.message)

    def _go_on(self) -> None:
        """The job has ended; another order may have come meanwhile."""
        ended, self._job = self._job, None
        if ended is not None and self._tried is not self._wanted and not self._later.isActive():
            self._begin()


def _is_same(one: Order, other: Order) -> bool:
    """Whether two orders come to the same. Plans are compared as values that never change."""
    return one.plan is other.plan and (one.output, one.initiatives, one.choices) == (
        other.output, other.initiatives, other.choices,
    )  # fmt: skip
