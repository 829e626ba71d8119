"""The pictures of the manual: each is a state of the running program, set up here."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final
from unittest.mock import patch

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QWidget

from app.changes.merge import Conflict, KeptConflict
from app.edits.card import move_cards
from app.edits.initiative import add_initiative
from app.edits.new_plan import new_plan
from app.edits.structure import add_category, add_pillar
from app.edits.text import set_fact, set_text
from app.plan.lists.departments import departments_of
from docs.camera import Mark
from docs.studio import PLACE, Studio
from storage.local_documents import import_sample
from ui.desktop.dialogs.renumber_dialog import RenumberDialog
from ui.desktop.dialogs.replace_dialog import ReplaceDialog
from ui.desktop.document.new_plan_dialog import NewPlanDialog
from ui.desktop.document.others_watch import Around
from ui.desktop.exchange.exchange_widget import FileState
from ui.desktop.exchange.issue_dialog import IssueDialog
from ui.desktop.fields.change_widget import ChangeWidget
from ui.desktop.merging.merge_dialog import Matter, MergeDialog
from ui.desktop.output.output_panel import ALL, SELECTED
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.plan_widget import View

CITY, PRACTICE = "見本市", "練習の計画"
NAMES: Final = ("来庁予約の案内", "書かない窓口", "手数料の電子決済")


def take_all(folder: Path) -> None:
    """Take every picture of the manual anew; `folder` is for the plans meanwhile."""
    os.environ["USERNAME"] = "情報政策課 佐藤"
    studio = Studio(folder)
    take_start(studio)
    sample = folder / "実施計画.keikaku"
    import_sample(sample)
    studio.open(sample)
    for take in SCENES:
        take(studio)
    studio.save()
    studio.window.close()


def take_start(studio: Studio) -> None:
    """The ten-minute start, from the first page to a sheet."""
    window, camera = studio.window, studio.camera
    camera.take("start-welcome", window, crop=QRect(393, 190, 580, 275))
    dialog = NewPlanDialog(window, PendingEdits(), studio.theme)
    dialog.municipality.setText(CITY)
    dialog.title.setText(PRACTICE)
    dialog.choose_form("matsue")
    dialog.show()
    camera.take("start-new", dialog)
    dialog.close()
    path = studio.folder / f"{PRACTICE}.keikaku"
    plan = new_plan(CITY, PRACTICE, "matsue", 2022, (2, 2, 2, 2))
    studio.documents.create(str(path), plan).close()
    studio.open(path)
    _take_structure(studio)
    _take_move(studio)
    _take_first_sheet(studio)
    _take_print(studio)
    studio.save()


def _take_structure(studio: Studio) -> None:
    studio.do(lambda plan: add_pillar(plan, "市民サービスの向上"))
    pillar = studio.plan.pillars.under()[0].id
    studio.do(lambda plan: add_category(plan, pillar, "窓口・届出"))
    studio.view(View.SETTINGS)
    structure = studio.shown.settings.structure
    buttons = [structure.buttons[word] for word in ("柱を追加", "区分を追加")]
    tree = structure.tree
    rows = tree.visualItemRect(tree.topLevelItem(0))
    marks = (*buttons, (tree.viewport(), rows.adjusted(0, 0, 0, rows.height())))
    place = structure.mapTo(studio.window, structure.rect().topLeft())
    crop = QRect(place.x() - 20, place.y() - 20, structure.width() + 32, 360)
    studio.camera.take("start-structure", studio.window, marks, crop)


def _take_move(studio: Studio) -> None:
    category = studio.plan.categories.under(studio.plan.pillars.under()[0].id)[0].id
    for name in NAMES:
        known = set(studio.plan.initiatives)
        studio.do(lambda plan: add_initiative(plan, category))
        new = next(id for id in studio.plan.initiatives if id not in known)
        studio.do(lambda plan, id=new, name=name: set_fact(plan, id, "name", name))
    studio.view(View.BOARD)
    lanes = studio.shown.board.lanes
    first = lanes[0].view
    card = (first.viewport(), first.visualRect(first.model().index(0, 0)))
    room = (lanes[1], QRect(8, 60, lanes[1].width() - 16, 70))
    crop = QRect(0, 0, 900, 340)
    studio.camera.take("start-move", studio.window, (card, room), crop, arrow=(card, room))


def _take_first_sheet(studio: Studio) -> None:
    first = next(i.id for i in studio.plan.initiatives.under() if i.name == NAMES[0])
    text = "・来庁の予約をウェブサイトで受け付ける。"
    studio.do(lambda plan: set_text(plan, first, "overview", text))
    studio.shown.open_initiative(first)
    studio.settle()
    _take_sheet(studio, "start-sheet")


def _take_sheet(studio: Studio, name: str) -> None:
    editor = studio.shown.editor
    fields = editor.page.fields.by_target
    overview = next(field for target, field in fields.items() if target.field == "texts.overview")
    overview.setFocus()
    studio.settle()
    preview = editor.preview
    marks = (overview, preview._paper, preview._words)
    studio.camera.take(name, studio.window, marks)


def _take_print(studio: Studio) -> None:
    studio.window.actions_of_window.print_sheets.trigger()
    _take_output(studio, "start-print", studio.shown.output.panel.which.button(SELECTED))


def _take_output(studio: Studio, name: str, *more: Mark) -> None:
    output, panel = studio.shown.output, studio.shown.output.panel
    studio.wait(lambda: output.preview.made is not None)
    things = _around(panel, *panel.things.buttons())
    buttons = _around(output, output.print_button, output.write_button)
    studio.camera.take(name, studio.window, (things, *more, output.preview, buttons))


def _around(parent: QWidget, *widgets: QWidget) -> Mark:
    """The frame around some widgets inside another."""
    frame = QRect()
    for widget in widgets:
        frame = frame.united(QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size()))
    return parent, frame.adjusted(-4, -4, 4, 4)


def take_window(studio: Studio) -> None:
    """The whole window with the names of its parts."""
    studio.view(View.BOARD)
    window, tools, shown = studio.window, studio.window.tools, studio.shown
    bar = window.menuBar()
    menus = (
        bar,
        bar.actionGeometry(bar.actions()[-1]).united(bar.actionGeometry(bar.actions()[0])),
    )
    row = tools.layout()
    assert row is not None
    parts = [item.widget() for n in range(row.count()) if (item := row.itemAt(n))]
    kept = [part for part in parts if part is not None]
    both = kept[0].geometry().united(kept[1].geometry())
    right = kept[-3].geometry().united(kept[-1].geometry())
    status = (window.status, QRect(0, 0, 300, window.status.height()))
    marks = (
        menus,
        (tools, both),
        tools.search,
        (tools, right),
        shown.rail,
        shown.filter_bar,
        status,
    )
    studio.camera.take("window", window, marks)


def take_board(studio: Studio) -> None:
    """Cards and what they say."""
    shown = studio.shown
    lane = shown.board.lanes[1]
    first = lane.view.visualRect(lane.view.model().index(0, 0))
    foot = first.adjusted(8, first.height() - 38, -8, -12)
    head = (lane, QRect(0, 0, lane.width(), 34))
    view = lane.view.viewport()
    marks = (head, (view, first), (view, foot), shown.filter_bar)
    studio.camera.take("board", studio.window, marks, QRect(0, 0, 900, 520))


def take_sheet(studio: Studio) -> None:
    """The sheet of an initiative, with the parts around it."""
    shown = studio.shown
    number = next(i.id for i in studio.plan.initiatives.under() if i.number == "4-1")
    shown.open_initiative(number)
    studio.settle()
    head, editor = shown.editor.head, shown.editor
    arrows = (head, head._back.geometry().united(head._forward.geometry()))
    marks = (arrows, editor.facts.stage, editor.facts, editor.page, editor.preview)
    studio.camera.take("sheet", studio.window, marks)


def take_list(studio: Studio) -> None:
    """The list with some rows selected."""
    studio.view(View.LIST)
    shown = studio.shown
    shown.shared.select([initiative.id for initiative in shown.shared.shown[2:5]])
    studio.settle()
    listed, table = shown.list, shown.list.table
    tools = listed._tools[0].geometry().united(listed._tools[-1].geometry())
    rows = table.visualRect(table.model().index(2, 0))
    rows = QRect(0, rows.top(), table.viewport().width() - 2, rows.height() * 3)
    marks = ((listed, tools), table.horizontalHeader(), (table.viewport(), rows))
    studio.camera.take("list", studio.window, marks, QRect(0, 0, 1366, 420))


def take_replace(studio: Studio) -> None:
    """Words to be replaced, and where they stand."""
    dialog = ReplaceDialog(studio.window, PendingEdits(), studio.plan, studio.theme)
    dialog.old.setText("オンライン")
    dialog.new.setText("電子")
    dialog.show_places()
    dialog.show()
    studio.settle()
    change = dialog.places.findChildren(ChangeWidget)[0]
    other = dialog.places.findChildren(QCheckBox)[1]
    fields = (dialog, dialog.old.geometry().united(dialog.new.geometry()))
    marks = (fields, change, other, dialog.doing)
    studio.camera.take("replace", dialog, marks)
    dialog.close()


def take_history(studio: Studio) -> None:
    """What was changed, and how a place goes back."""
    chosen = next(i.id for i in studio.plan.initiatives.under() if i.number == "4-1")
    text = studio.plan.initiatives[chosen].texts.get("overview", "")
    studio.do(lambda plan: set_text(plan, chosen, "overview", text.replace("。", "（通年）。", 1)))
    others = [i.id for i in studio.plan.initiatives.under() if i.number == "1-4"][:1]
    studio.do(lambda plan: move_cards(plan, others, plan.profile.stages[1]))
    studio.view(View.HISTORY)
    history = studio.shown.history
    history.entries.setCurrentIndex(history.entries.model().index(1, 0))
    studio.settle()
    change = history.changes[0]
    marks = (history.entries, change, change.button)
    studio.camera.take("history", studio.window, marks, QRect(0, 0, 1366, 470))


def take_restore(studio: Studio) -> None:
    """Earlier states, and what going back to one would change."""
    studio.save()
    caught: list[QDialog] = []

    def take(dialog: QDialog) -> bool:
        dialog.resize(980, 380)
        dialog.show()
        studio.settle()
        marks = (dialog.list, dialog.area)  # type: ignore[attr-defined]
        studio.camera.take("restore", dialog, marks)
        caught.append(dialog)
        dialog.close()
        return False

    with ExitStack() as stack:
        stack.enter_context(patch("ui.desktop.document.restore_dialog.RestoreDialog.exec", take))
        studio.window.actions_of_window.restore.trigger()
    assert caught, "the dialog of the earlier states did not come"


def take_split(studio: Studio) -> None:
    """The board in rows, one for each pillar."""
    studio.view(View.BOARD)
    shown = studio.shown
    shown.shared.set_split("pillar")
    studio.settle()
    titles = [each for each in shown.board.findChildren(QLabel) if each.objectName() == "swimlane"]
    studio.camera.take("board-split", studio.window, (shown.filter_bar.split, *titles[:1]))
    shown.shared.set_split("")
    studio.settle()


def take_output(studio: Studio) -> None:
    """The book as it will be printed."""
    panel = studio.shown.output.panel
    panel.choose("book", ALL)
    studio.view(View.OUTPUT)
    paper = _around(
        panel, *panel.formats.buttons()[:1], panel.binding, panel.both_sides, panel.texts
    )
    _take_output(studio, "output", panel._whole, paper)


def take_check(studio: Studio) -> None:
    """What the check found."""
    checks = studio.shown.checks
    checks.check.finish()
    studio.view(View.CHECKS)
    marks = (checks._said, checks.tree, checks._copy)
    studio.camera.take("check", studio.window, marks, QRect(0, 0, 1366, 560))


def take_exchange(studio: Studio) -> None:
    """What goes out and comes back."""
    studio.view(View.EXCHANGE)
    view = studio.shown.exchange
    view.show_file(FileState(f"{PLACE}実施計画.keikaku", Around(), ""))
    marks = (view.going, view.coming, view.file, view.asked, view.copies)
    studio.camera.take("exchange", studio.window, marks, QRect(0, 0, 1366, 620))


def take_issue(studio: Studio) -> None:
    """Which departments get their part."""
    folder = "S:\\情報政策課\\01_照会"
    dialog = IssueDialog(studio.window, departments_of(studio.plan), folder, studio.theme)
    for row in (0, 1):
        dialog.list.item(row).setCheckState(Qt.CheckState.Checked)
    dialog.show()
    studio.settle()
    ways = _around(dialog, dialog.plan_file, dialog.workbook)
    place = _around(dialog, dialog.folder, dialog.choose)
    studio.camera.take("issue", dialog, (dialog.list, ways, place))
    dialog.close()


def take_merge(studio: Studio) -> None:
    """A conflict and what else comes in."""
    plan = studio.plan
    by_number = {i.number: i.id for i in reversed(plan.initiatives.under())}
    one, other = by_number["4-1"], by_number["1-4"]
    base = plan.initiatives[one].texts.get("final_goals", "")
    ours, theirs = (
        base.replace("半減", "３割減少"),
        base.replace("半減", "なくなることを目指し、半減"),
    )
    conflict = Conflict("initiative", one, "texts.final_goals", base, ours, theirs)
    came = set_text(plan, other, "overview", "・来庁の予約を受け付け、待ち人数を知らせる。")
    studio.do(lambda plan: set_text(plan, one, "final_goals", ours))
    matter = Matter("取り込む", came, (KeptConflict(1, conflict),))
    dialog = MergeDialog(studio.window, PendingEdits(), studio.plan, matter, studio.theme)
    dialog.resize(980, 440)
    dialog.show()
    studio.settle()
    asked = dialog.conflicts[0]
    choices = _around(asked, *asked.buttons.values())
    tick = next(iter(dialog.ticks.values()))
    studio.camera.take("merge", dialog, (asked, choices, tick))
    dialog.close()


def take_renumber(studio: Studio) -> None:
    """Which numbers change."""
    dialog = RenumberDialog(studio.window, studio.plan, studio.theme)
    dialog.scheme.setCurrentIndex(dialog.scheme.findData("straight"))
    dialog.resize(860, 430)
    dialog.show()
    studio.settle()
    studio.camera.take("renumber", dialog, (dialog.scheme, dialog.changes, dialog.doing))
    dialog.close()


def take_settings(studio: Studio) -> None:
    """The facts of the plan, pillars and categories."""
    studio.view(View.SETTINGS)
    settings = studio.shown.settings
    structure = settings.structure
    tree = _around(structure, *structure.buttons.values(), structure.tree)
    texts = _around(structure, structure.vision, structure.states)
    studio.camera.take("settings", studio.window, (settings.facts, tree, texts))


SCENES: Final[tuple[Callable[[Studio], None], ...]] = (
    take_window, take_board, take_split, take_sheet, take_list, take_replace, take_output,
    take_check, take_issue, take_merge, take_renumber, take_settings, take_history, take_restore,
    take_exchange,
)  # fmt: skip
