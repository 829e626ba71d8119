"""The main window: menus, tool bar, the open plan or the welcome page, status line."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from app.changes.parting.state_name import StateName
from app.plan.plan import Plan
from ui.desktop.bars.actions import make_actions
from ui.desktop.bars.menus import card_menu, fill_menus
from ui.desktop.bars.tool_bar import ToolBar
from ui.desktop.dialogs.messages import ask, forbid_messages, is_gone, show_problem
from ui.desktop.document.opening import PlanOpening
from ui.desktop.document.save_status import SaveStatus
from ui.desktop.document.saving import PlanSaving
from ui.desktop.exchange.plan_exchange import PlanExchange
from ui.desktop.help.manual import Manual
from ui.desktop.intake.bringing import bring_documents
from ui.desktop.output.output_writer import OutputWriter
from ui.desktop.plan_commands import connect_plan_commands, on_shown, once_kept
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme, dress
from ui.desktop.welcome_widget import WelcomeWidget
from ui.desktop.window_state import WindowState
from ui.desktop.window_typing import WindowTyping
from ui.documents import Document, Documents, Program

START, LAST, SPLIT = "start", "last_plan", "board_split"
FRAME = 30
"""What a window's title takes, in px."""
ZOOMS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
UNKEPT = (
    "次の書きかけは、計画に入っていません。このまま閉じても、書いた文はこのPCに残り、"
    "次にこの計画を開いたときに出ます。\n\n{}"
)


class MainWindow(QMainWindow):
    """One window, one plan at a time."""

    closed = Signal()
    """The plan is let go, and the window is not used any more."""

    def __init__(self, documents: Documents, theme: Theme) -> None:
        super().__init__()
        self._documents, self._theme = documents, theme
        self._shared: SharedState | None = None
        self.plan_widget: PlanWidget | None = None
        self.actions_of_window = make_actions(self, theme)
        self._opening = PlanOpening(documents, self)
        self._shown = lambda: self.plan_widget
        self.typing = WindowTyping(self, self._shown, self._opening.pending)
        self._saving = PlanSaving(self, theme, self.typing)
        self._exchange = PlanExchange(documents, self._saving, self, theme)
        self._outputs = OutputWriter(
            documents, self, lambda plan: name_state(self._saving.document, plan)
        )
        self._manual = Manual(self, self._shown, theme)
        self._output_menu = QMenu("出力(&O)", self)
        self.tools = ToolBar(self.actions_of_window, self._output_menu, theme)
        self.status = SaveStatus(theme)
        saving = self._saving
        self._state = WindowState(self, self.status, self.actions_of_window, saving, self._shown)
        self._body: QWidget = QWidget()
        self._column = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.show_welcome()

    def _lay_out(self) -> None:
        self.setMinimumSize(900, 520)
        room = self.screen().availableSize()
        # Never beyond the screen, with its frame: at 125 % 1366 × 768 is 1093 × 614.
        self.resize(QSize(1366, 740).boundedTo(room - QSize(0, FRAME)).expandedTo(QSize(900, 520)))
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
        self._opening.opened.connect(self._take)
        self._saving.replaced.connect(self._show_again)
        self._saving.told.connect(self._show_saving)
        self._saving.goes_on.connect(self.status.show_saving)
        self._exchange.around.connect(self.status.show_around)
        self._saving.saved.connect(self.status.show_saved)
        self.typing.changed.connect(self._state.show_typing)
        self._output_menu.aboutToShow.connect(on_shown(self._shown, self._fill_outputs))
        self._connect_actions()
        connect_plan_commands(self.actions_of_window, self._shown)

    def _connect_actions(self) -> None:
        a = self.actions_of_window
        a.new_plan.triggered.connect(lambda: self._opening.ask_new(self._theme))
        a.open_plan.triggered.connect(self._opening.ask_open)
        a.open_sample.triggered.connect(self._opening.open_sample)
        brought = self._exchange.take_changes
        a.bring_documents.triggered.connect(
            lambda: bring_documents(
                self._documents, self, self._theme, self.plan_widget, self.open, brought
            )
        )
        saving = self._saving
        kept = ((a.save, saving.save), (a.save_as, saving.save_as), (a.restore, saving.restore))
        for action, step in (*kept, *self._exchange.commands(a)):
            action.triggered.connect(once_kept(self._shown, step))
        a.close_plan.triggered.connect(self.close_plan)
        a.leave.triggered.connect(self.close)
        a.zoom_in.triggered.connect(lambda: self._zoom(1))
        a.zoom_out.triggered.connect(lambda: self._zoom(-1))
        a.zoom_normal.triggered.connect(lambda: self._zoom(0))
        a.start_on_last.setCheckable(True)
        a.start_on_last.setChecked(self._documents.setting(START) != "welcome")
        a.start_on_last.toggled.connect(
            lambda on: self._documents.keep_setting(START, "last" if on else "welcome")
        )
        a.about.triggered.connect(lambda: show_about(self, self._documents.program, self._theme))
        a.manual.triggered.connect(self._manual.show)
        a.keys.triggered.connect(self._manual.show_keys)
        a.find.triggered.connect(lambda: self.tools.start_search())

    def open(self, path: str) -> None:
        """Open a plan file; where that fails, say why and stay as it was."""
        self._opening.open(path)

    def _take(self, document: Document) -> None:
        """Show a plan that was opened, in the place of the one before."""
        if not self._let_go():
            document.close()
            return
        self._saving.document = document
        self._show_again()
        if self.plan_widget and not document.is_read_only and not document.session.plan.pillars:
            self.plan_widget.show_view(View.SETTINGS)
        self.typing.tell_left()

    def _show_again(self) -> None:
        """Show the document's plan as it is now, in the view that was shown."""
        document = self._saving.document
        if document is None:
            return
        view = self.plan_widget.view if self.plan_widget else View.BOARD
        self._opening.shown = document.path
        before = self._shared
        if before is not None:
            # First: what still has the keyboard loses it when it is hidden.
            before.signals.close()
            before.signals.deleteLater()
        self._shared = self._new_state(document)
        self._show_plan().show_view(view)

    def _new_state(self, document: Document) -> SharedState:
        words = self._documents.unfinished(document.session.plan.profile.id)
        read_only = document.is_read_only
        signals = SessionSignals(document.session, self, is_read_only=read_only, words=words)
        self.typing.follow(signals.pending)
        signals.changed.connect(self.status.show_entry)
        signals.changed.connect(lambda: self.status.show_unsaved(document))
        signals.refused.connect(lambda sentence: show_problem(self, sentence))
        signals.failed.connect(lambda: self.status.show_failure())
        signals.failed.connect(lambda sentence: show_problem(self, sentence))
        signals.changed.connect(self._state.refresh)
        signals.changed.connect(self._exchange.refresh)
        shared = SharedState(signals)
        shared.selection_changed.connect(self._state.refresh)
        shared.set_split(self._documents.setting(SPLIT))
        shared.split_changed.connect(lambda split: self._documents.keep_setting(SPLIT, split))
        return shared

    def _show_plan(self) -> PlanWidget:
        assert self._shared is not None
        assert self._saving.document is not None
        document, a = self._saving.document, self.actions_of_window
        plan = PlanWidget(self._shared, self._documents, self._theme, document.conflicts)
        self.plan_widget = plan
        plan.menu_wanted.connect(lambda place: card_menu(self.actions_of_window, self).popup(place))
        plan.write_wanted.connect(self._outputs.ask)
        plan.print_wanted.connect(self._outputs.ask_printer)
        plan.conflict_wanted.connect(a.exchange.conflicts.trigger)
        plan.told.connect(self.status.tell)
        plan.exchange_made.connect(lambda view: self._exchange.show_in(view, a, self._theme))
        self._replace_body(plan)
        self.tools.attach(self._shared)
        self.tools.found.connect(plan.go_to_selected)
        self._exchange.attach()
        self.status.show_document(document)
        plan.show_first()
        return plan

    def _show_saving(self) -> None:
        if self._saving.document is not None:
            self.status.show_document(self._saving.document)
        self._exchange.look_around()
        self._state.refresh()

    def _zoom(self, steps: int) -> None:
        """Go some steps larger or smaller; 0 goes back to 100 %. The window is built anew."""
        at = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - self._theme.zoom))
        zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, at + steps))] if steps else ZOOMS[0]
        view = self.plan_widget.view if self.plan_widget else View.BOARD
        if not self.typing.finish():
            return
        self._theme = dress(zoom)
        old, self.tools = (
            self.tools,
            ToolBar(self.actions_of_window, self._output_menu, self._theme),
        )
        self._column.replaceWidget(old, self.tools)
        old.deleteLater()
        self.status.show_zoom(self._theme)
        self._manual.follow(self._theme)
        if self._shared is None:
            self.show_welcome()
        else:
            self._show_plan().show_view(view)

    def show_welcome(self) -> None:
        """Show the ways to begin."""
        if self._shared is not None:
            self._shared.signals.close()
            self._shared.signals.deleteLater()
        self.plan_widget, self._shared = None, None
        welcome = WelcomeWidget(self.actions_of_window, self._documents.recent(), self._theme)
        welcome.chosen.connect(self.open)
        self._replace_body(welcome)
        self.tools.attach(None)
        self.status.show_nothing()

    def close_plan(self) -> None:
        """Let the plan go and show the welcome page."""
        if self._let_go():
            self.show_welcome()

    def _let_go(self) -> bool:
        """Keep what is being typed and let the file go; False where a person stays."""
        if not self.typing.finish(tells=False):
            left = self.typing.pending().sentence
            if not ask(self, UNKEPT.format(left), "保存せずに閉じる"):
                return False
        if not self._saving.may_close():
            return False
        self._part()
        return True

    def _part(self) -> None:
        """Let the plan go; nothing can be written to it from here on."""
        self._outputs.finish()
        self._exchange.detach()
        if self._shared is not None:
            # What still has the keyboard loses it when it is hidden, and would write once more.
            self._shared.signals.close()
        self._saving.close()
        self._opening.shown = ""

    def leave_at_once(self) -> None:
        """Keep what is typed and let all go without a question: the system wants it so.

        What the file does not hold is a draft on this PC. Leaving twice is no harm.
        """
        if not is_gone(self):
            self.typing.finish(tells=False)
            self._documents.keep_setting(LAST, self._opening.shown)
            forbid_messages(self)
            self._part()
            self.hide()
            self.closed.emit()

    def _replace_body(self, body: QWidget) -> None:
        self._column.replaceWidget(self._body, body)
        self._column.setStretchFactor(body, 1)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        body.show()
        self._state.refresh()

    def _fill_outputs(self, plan: PlanWidget) -> None:
        plan.finish_typing()
        self._outputs.fill(self._output_menu, plan.shared.plan, plan.shared.selected)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed, let the file go; then nothing is said any more."""
        last = self._opening.shown
        if is_gone(self) or self._let_go():
            self._documents.keep_setting(LAST, last)
            forbid_messages(self)
            event.accept()
            self.closed.emit()
        else:
            event.ignore()


def name_state(document: Document | None, plan: Plan) -> StateName | None:
    """The name of the state that a document is in; None of any other plan than it has now."""
    session = document.session if document else None
    return session.name_state() if session and session.plan is plan else None


def show_about(window: QWidget, program: Program, theme: Theme) -> None:
    """Show what the program is made of and where its files lie."""
    from ui.desktop.dialogs.about_dialog import AboutDialog

    AboutDialog(window, program, theme).open()
