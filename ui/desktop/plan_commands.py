"""What a person can do with the open plan from menus, tool bar and keyboard: one function each.

Here and beside it dialogs are imported when they are wanted: the first second is the board's.
"""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.edits.copying import copy_initiatives
from app.edits.initiative import add_initiative, remove_initiatives
from app.edits.renumber import renumber
from app.plan.lists.filters import Filter
from ui.desktop.bars.actions import Actions
from ui.desktop.plan_widget import PlanWidget, View

PlanCommand = Callable[[PlanWidget], object]


def connect_plan_commands(actions: Actions, shown: Callable[[], PlanWidget | None]) -> None:
    """Let each action do its command to the plan that is shown then; without one, nothing."""
    a = actions
    commands: tuple[tuple[QAction, PlanCommand], ...] = (
        (a.undo, PlanWidget.undo),
        (a.redo, PlanWidget.redo),
        (a.replace, ask_replace),
        (a.renumber, ask_renumber),
        (a.own_name, ask_own_name),
        (a.show_all, show_all),
        (a.add, add_beside_selected),
        (a.remove, remove_selected),
        (a.copy, copy_selected),
        (a.print_sheets, print_sheets),
        (a.open_card, PlanWidget.open_selected),
        (a.card_history, show_history),
        (a.move_left, lambda plan: plan.board.move_selected(-1)),
        (a.move_right, lambda plan: plan.board.move_selected(1)),
        (a.move_up, lambda plan: plan.board.move_within_lane(-1)),
        (a.move_down, lambda plan: plan.board.move_within_lane(1)),
    )
    for action, command in commands:
        action.triggered.connect(on_shown(shown, command))
    stages = a.stages.menu()
    if isinstance(stages, QMenu):
        stages.aboutToShow.connect(on_shown(shown, lambda plan: fill_stages(stages, plan)))


def on_shown(shown: Callable[[], PlanWidget | None], command: PlanCommand) -> Callable[[], None]:
    """The command, done to the plan that is shown when it is called."""

    def run() -> None:
        plan = shown()
        if plan is not None:
            command(plan)

    return run


def once_kept(
    shown: Callable[[], PlanWidget | None], step: Callable[[], object]
) -> Callable[[], None]:
    """The step, once what is being typed in the plan that is shown then has been kept."""
    return on_shown(shown, lambda plan: step() if plan.finish_typing() else None)


def show_all(plan: PlanWidget) -> None:
    """Take all filters away."""
    plan.shared.set_filter(Filter())


def ask_replace(plan: PlanWidget) -> None:
    """Ask for words to be replaced all over the plan, and replace them in one step."""
    if not plan.finish_typing():
        return
    from ui.desktop.dialogs.replace_dialog import ReplaceDialog

    dialog = ReplaceDialog(plan, plan.signals.pending, plan.shared.plan, plan.theme)
    if dialog.exec():
        plan.signals.do(lambda _: dialog.edit())


def ask_renumber(plan: PlanWidget) -> None:
    """Show what numbering the plan anew would change, and do it in one step."""
    if not plan.finish_typing():
        return
    from ui.desktop.dialogs.renumber_dialog import RenumberDialog

    dialog = RenumberDialog(plan, plan.shared.plan, plan.theme)
    if dialog.exec():
        plan.signals.do(lambda now: renumber(now, dialog.rule))


def ask_own_name(plan: PlanWidget) -> None:
    """Ask who the person at this PC is: what the log of the next opened plan says."""
    from ui.desktop.dialogs.own_name_dialog import OwnNameDialog

    dialog = OwnNameDialog(plan, plan.signals.pending, plan.documents, plan.theme)
    if dialog.exec():
        dialog.keep()


def show_history(plan: PlanWidget) -> None:
    """Show what was done to the first of the selected initiatives."""
    plan.show_history_of(plan.shared.selected[0])


def print_sheets(plan: PlanWidget) -> None:
    """Show how the sheets of what is selected will print; where nothing is, of all shown."""
    plan.finish_typing()
    plan.output.offer_sheets()
    plan.show_view(View.OUTPUT)


def add_beside_selected(plan: PlanWidget) -> None:
    """Add an initiative beside the selected one, and open it."""
    if not plan.finish_typing():
        return
    category = _category_for_new(plan)
    if not category:
        plan.show_view(View.SETTINGS)
    before = set(plan.shared.plan.initiatives)
    if plan.signals.do(lambda now: add_initiative(now, category)):
        show_all(plan)
        plan.shared.select([id for id in plan.shared.plan.initiatives if id not in before])
        plan.open_selected()
        plan.editor.start_typing(over=True)


def copy_selected(plan: PlanWidget) -> None:
    """Copy the selected initiatives, and select the copies."""
    if not plan.finish_typing():
        return
    ids, before = plan.shared.selected, set(plan.shared.plan.initiatives)
    if plan.signals.do(lambda now: copy_initiatives(now, ids)):
        made = [id for id in plan.shared.plan.initiatives if id not in before]
        if not set(made) <= {initiative.id for initiative in plan.shared.shown}:
            show_all(plan)
        plan.shared.select(made)


def fill_stages(menu: QMenu, plan: PlanWidget) -> None:
    """Offer the stages of the plan; the one where all that is selected stands is ticked."""
    menu.clear()
    now, ids = plan.shared.plan, plan.shared.selected
    here = {now.initiatives[id].stage for id in ids}
    for stage in now.profile.stages:
        action = menu.addAction(stage.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(here == {stage})
        action.triggered.connect(lambda _, stage=stage: put_selected(plan, stage))


def put_selected(plan: PlanWidget, stage: str) -> None:
    """Put what is selected into a stage; what stands there already keeps its place."""
    now = plan.shared.plan
    ids = [id for id in plan.shared.selected if now.initiatives[id].stage != stage]
    if ids and plan.finish_typing():
        plan.board.put(ids, stage)


def _category_for_new(plan: PlanWidget) -> str:
    """The filtered category, else the one of what is selected, else the first one."""
    now, wanted = plan.shared.plan, plan.shared.filter
    chosen = [now.initiatives[id] for id in plan.shared.selected]
    homes = [category for i in chosen for category in i.categories[:1]]
    pillars = [wanted.pillar] if wanted.pillar else [p.id for p in now.pillars.under()]
    first = [c.id for pillar in pillars for c in now.categories.under(pillar)]
    return next(iter([*filter(None, [wanted.category]), *homes, *first]), "")


def remove_selected(plan: PlanWidget) -> None:
    """Take the selected initiatives out of the plan."""
    plan.finish_typing()
    ids = plan.shared.selected
    plan.signals.do(lambda now: remove_initiatives(now, ids))
