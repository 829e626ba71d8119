"""Checks the plan while nobody types: a little at a time, again after every edit."""

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from time import perf_counter
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.documents.pages.drawing import Progress
from app.errors import KeikakuError
from app.forms.definition.page_check import page_finding
from app.forms.definition.plan_form import form_of
from app.forms.fitting.fitting import Fitter
from app.forms.fitting.metrics import PageFonts
from app.plan.checks.findings import CHECKS, Finding, Inspector
from app.plan.entities import Initiative, Profile
from app.plan.plan import Plan
from app.plan.texts.per_initiative_cache import PerInitiativeCache
from resources import form_texts
from ui.desktop.jobs import Job
from ui.desktop.session_signals import SessionSignals

# A person who pauses this long is not in the middle of a word.
IDLE_MS: Final = 1200
# Between two steps keys and mouse have their turn.
_STEP_MS: Final = 10
_STEP_SECONDS: Final = 0.008
REQUIRED: Final = frozenset({"departments"})
_ORDER: Final = {check: place for place, check in enumerate(CHECKS)}


class PlanCheck(QObject):
    """The findings of the open plan. `is_done` tells whether they are those of the plan now."""

    found = Signal()
    """The findings are there, or others than before."""

    def __init__(
        self, signals: SessionSignals, page_fonts: Callable[[str], PageFonts], parent: QObject
    ) -> None:
        """`page_fonts` finds the fonts for a form's `font.family`."""
        super().__init__(parent)
        self._page_fonts = page_fonts
        self._signals, self._inspector = signals, Inspector()
        self.findings: tuple[Finding, ...] = ()
        self.is_done = False
        self._fitters: dict[str, Fitter] = {}
        self._frame: object = None
        self._pages = PerInitiativeCache(self._page)
        self._work: Iterator[None] = iter(())
        self._fonts: Job | None = None
        self._idle, self._steps = QTimer(self), QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._steps.setInterval(_STEP_MS)
        self._idle.timeout.connect(self._begin)
        self._steps.timeout.connect(self._go_on)
        signals.changed.connect(self._wait)
        self._idle.start()

    def finish(self) -> None:
        """Check at once what is left to check."""
        if not self.is_done:
            self._begin()
            for _ in self._work:
                pass

    def _wait(self) -> None:
        self.is_done = False
        self._steps.stop()
        self._idle.start()

    def _begin(self) -> None:
        self._idle.stop()
        self._work = self._checking(self._signals.plan)
        self._fonts = self._fonts or self._load_fonts(self._signals.plan.profile)
        self._steps.start()

    def _load_fonts(self, profile: Profile) -> Job:
        """Once, in another thread: in the window's it would keep a hand waiting in mid-drag."""
        page_fonts, application = self._page_fonts, QCoreApplication.instance()
        assert application is not None

        def work(tell: Progress) -> None:
            page_fonts(form_of(profile, form_texts()).font.family)

        # It outlives this check, so it holds no plan.
        load = Job(work, application)
        load.start()
        return load

    def _go_on(self) -> None:
        if self._fonts is not None and self._fonts.isRunning():
            return
        until = perf_counter() + _STEP_SECONDS
        for _ in self._work:
            if perf_counter() > until:
                return

    def _checking(self, plan: Plan) -> Iterator[None]:
        """Read initiative by initiative, then see what follows for the whole plan."""
        self._remember_pages(plan)
        findings: list[Finding] = []
        for initiative in plan.initiatives.under():
            self._inspector.read(plan, initiative)
            page = self._pages.of(plan, initiative)
            findings += [page] if page else []
            yield
        findings += self._inspector.findings(plan, self._required(plan))
        yield
        self._steps.stop()
        self.is_done = True
        self.findings = tuple(sorted(findings, key=lambda finding: _ORDER[finding.check]))
        self.found.emit()

    def _required(self, plan: Plan) -> Collection[str]:
        """Facts that the form prints: no sheet may go without a department."""
        with suppress(KeikakuError):
            cells = form_of(plan.profile, form_texts()).cells.values()
            return {cell.field for cell in cells} & REQUIRED
        return ()

    def _remember_pages(self, plan: Plan) -> None:
        """What a sheet shows of the plan as a whole must be the same for its pages to be."""
        frame = (plan.profile, plan.pillars, plan.categories)
        if frame != self._frame:
            self._frame, self._pages = frame, PerInitiativeCache(self._page)

    def _page(self, plan: Plan, initiative: Initiative) -> Finding | None:
        # A plan without its form, or a PC without its fonts, has no sheets to check.
        with suppress(KeikakuError):
            form = form_of(plan.profile, form_texts())
            family = form.font.family
            if family not in self._fitters:
                self._fitters[family] = Fitter(self._page_fonts(family))
            return page_finding(self._fitters[family], form, plan, initiative)
        return None
