"""The main window: menus, tool bar, the open plan or the welcome page, status line."""

from collections.abc import Callable

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from app.errors import KeikakuError
from app.plan.entities import Profile
from app.session import Session
from ui.desktop.actions import make_actions
from ui.desktop.dialogs.messages import ask, show_problem
from ui.desktop.documents import Documents
from ui.desktop.menus import card_menu, fill_menus
from ui.desktop.output import OutputWriter
from ui.desktop.plan_opening import PlanOpening
from ui.desktop.plan_widget import SETTINGS, PlanWidget
from ui.desktop.save_status import SaveStatus
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme, dress
from ui.desktop.tool_bar import ToolBar
from ui.desktop.welcome_widget import WelcomeWidget

PROGRAM = "計画カンバン"
ZOOMS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
UNKEPT = "書きかけの文章を保存できませんでした。このまま閉じると、その部分は失われます。"


class MainWindow(QMainWindow):
    """One window, one plan at a time."""

    def __init__(self, documents: Documents, theme: Theme) -> None:
        super().__init__()
        self._documents, self._theme = documents, theme
        self._session: Session | None = None
        self._shared: SharedState | None = None
        self.plan_widget: PlanWidget | None = None
        self.actions_of_window = make_actions(self, theme)
        self._opening = PlanOpening(documents, self)
        self._outputs = OutputWriter(documents, self)
        self._output_menu = QMenu("出力(&O)", self)
        self.tools = ToolBar(self.actions_of_window, self._output_menu, theme)
        self.status = SaveStatus(theme)
        self._body: QWidget = QWidget()
        self._column = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.show_welcome()

    def _lay_out(self) -> None:
        self.setMinimumSize(900, 520)
        self.resize(1366, 740)
        self.setStatusBar(self.status)
        fill_menus(self.menuBar(), self.actions_of_window, self._output_menu)
        central = QWidget()
        central.setLayout(self._column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.tools)
        self._column.addWidget(self._body, 1)
        self.setCentralWidget(central)

    def _connect(self) -> None:
        a = self.actions_of_window
        self._opening.opened.connect(self._take)
        a.new_plan.triggered.connect(lambda: self._opening.ask_new(self._theme))
        a.open_plan.triggered.connect(self._opening.ask_open)
        a.open_sample.triggered.connect(self._opening.open_sample)
        a.close_plan.triggered.connect(self.close_plan)
        a.leave.triggered.connect(self.close)
        a.zoom_in.triggered.connect(lambda: self._zoom(1))
        a.zoom_out.triggered.connect(lambda: self._zoom(-1))
        a.zoom_normal.triggered.connect(lambda: self._zoom(0))
        a.find.triggered.connect(self._find)
        a.undo.triggered.connect(self._with_plan(lambda plan: plan.undo()))
        a.redo.triggered.connect(self._with_plan(lambda plan: plan.redo()))
        self._output_menu.aboutToShow.connect(self._with_plan(self._fill_outputs))
        a.replace.triggered.connect(self._with_plan(lambda plan: plan.ask_replace()))
        a.show_all.triggered.connect(self._with_plan(lambda plan: plan.show_all()))
        a.add.triggered.connect(self._with_plan(lambda plan: plan.add_initiative()))
        a.print_sheets.triggered.connect(self._with_plan(self._print))
        a.remove.triggered.connect(self._with_plan(lambda plan: plan.remove_selected()))
        a.open_card.triggered.connect(self._with_plan(lambda plan: plan.open_selected()))
        a.move_left.triggered.connect(self._with_plan(lambda plan: plan.board.move_selected(-1)))
        a.move_right.triggered.connect(self._with_plan(lambda plan: plan.board.move_selected(1)))
        a.move_up.triggered.connect(self._with_plan(lambda plan: plan.board.move_within_lane(-1)))
        a.move_down.triggered.connect(self._with_plan(lambda plan: plan.board.move_within_lane(1)))

    def _with_plan(self, step: Callable[[PlanWidget], None]) -> Callable[[], None]:
        def run() -> None:
            if self.plan_widget is not None:
                step(self.plan_widget)

        return run

    def open(self, path: str) -> None:
        """Open a plan file; where that fails, say why and stay as it was."""
        self._opening.open(path)

    def _take(self, session: Session, path: str) -> None:
        """Show a plan that was opened, in the place of the one before."""
        if not self._let_go():
            self._documents.close(session)
            return
        self._session, self._opening.shown = session, path
        self._shared = self._new_state(session)
        widget = self._show_plan()
        if not session.plan.pillars:
            widget.show_view(SETTINGS)

    def _new_state(self, session: Session) -> SharedState:
        signals = SessionSignals(session, self)
        signals.changed.connect(self.status.show_entry)
        signals.refused.connect(lambda sentence: show_problem(self, sentence))
        signals.failed.connect(self._show_failure)
        signals.changed.connect(self._show_state)
        shared = SharedState(signals)
        shared.selection_changed.connect(self._show_state)
        return shared

    def _show_plan(self) -> PlanWidget:
        assert self._shared is not None
        plan = PlanWidget(self._shared, self._theme)
        self.plan_widget = plan
        plan.menu_wanted.connect(lambda place: card_menu(self.actions_of_window, self).popup(place))
        self._replace_body(plan)
        self.tools.serve(self._shared)
        self.tools.found.connect(plan.go_to_selected)
        self.status.show_open(self._opening.shown)
        plan.show_first()
        return plan

    def _zoom(self, steps: int) -> None:
        """Go some steps larger or smaller; 0 goes back to 100 %. The window is built anew."""
        at = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - self._theme.zoom))
        zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, at + steps))] if steps else ZOOMS[0]
        view = self.plan_widget.view if self.plan_widget else 0
        if self.plan_widget is not None and not self.plan_widget.finish_typing():
            return
        self._theme = dress(zoom)
        old, self.tools = (
            self.tools,
            ToolBar(self.actions_of_window, self._output_menu, self._theme),
        )
        self._column.replaceWidget(old, self.tools)
        old.deleteLater()
        self.status.show_zoom(self._theme)
        if self._shared is None:
            self.show_welcome()
        else:
            self._show_plan().show_view(view)

    def show_welcome(self) -> None:
        """Show the ways to begin."""
        self.plan_widget, self._shared = None, None
        welcome = WelcomeWidget(self.actions_of_window, self._documents.recent(), self._theme)
        welcome.chosen.connect(self.open)
        self._replace_body(welcome)
        self.tools.serve(None)
        self.status.show_nothing()

    def close_plan(self) -> None:
        """Let the plan go and show the welcome page."""
        if self._let_go():
            self.show_welcome()

    def _let_go(self) -> bool:
        """Keep what is being typed and let the file go; False where a person stays."""
        is_kept = self.plan_widget is None or self.plan_widget.finish_typing()
        if not is_kept and not ask(self, UNKEPT, "保存せずに閉じる"):
            return False
        self._outputs.finish()
        if self._session is not None:
            self._documents.close(self._session)
            self._session, self._opening.shown = None, ""
        return True

    def _replace_body(self, body: QWidget) -> None:
        self._column.replaceWidget(self._body, body)
        self._column.setStretchFactor(body, 1)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        body.show()
        self._show_state()

    def _show_state(self) -> None:
        """What can be done now, and what the window is called."""
        selected = self.plan_widget.shared.selected if self.plan_widget else ()
        history = self._session.history if self._session else None
        self.actions_of_window.enable(history, bool(selected))
        title = title_of(self._session.plan.profile) if self._session else PROGRAM
        self.setWindowTitle(title)

    def _show_failure(self, sentence: str) -> None:
        self.status.show_failure()
        show_problem(self, sentence)

    def _print(self, plan: PlanWidget) -> None:
        """The sheets of what is selected; where nothing is, of all that is shown."""
        from ui.desktop.printing import preview_sheets

        plan.finish_typing()
        chosen = plan.shared.selected or [initiative.id for initiative in plan.shared.shown]
        try:
            preview_sheets(self, plan.shared.plan, chosen)
        except KeikakuError as error:
            show_problem(self, str(error))

    def _fill_outputs(self, plan: PlanWidget) -> None:
        plan.finish_typing()
        self._outputs.fill(self._output_menu, plan.shared.plan, plan.shared.selected)

    def _find(self) -> None:
        self.tools.search.setFocus()
        self.tools.search.selectAll()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed, let the file go."""
        event.setAccepted(self._let_go())


def title_of(profile: Profile) -> str:
    """What the window is called while a plan is open."""
    edition = f"（{profile.edition}）" if profile.edition else ""
    parts = [profile.title or profile.municipality, profile.subtitle or ""]
    return f"{' '.join(part for part in parts if part)}{edition} － {PROGRAM}"
