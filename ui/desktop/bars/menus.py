"""The menu bar."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ui.desktop.bars.actions import Actions


def fill_menus(bar: QMenuBar, actions: Actions, outputs: QMenu) -> None:
    """Put the actions into their menus; `outputs` comes before the help."""
    a = actions
    moves = (a.move_left, a.move_right, a.move_up, a.move_down)
    files = (
        a.new_plan,
        a.open_plan,
        a.open_sample,
        a.bring_documents,
        None,
        a.save,
        a.save_as,
        None,
    )
    _add_menu(
        bar, "ファイル(&F)", (*files, a.restore, None, a.print_sheets, None, a.close_plan, a.leave)
    )
    words = (a.find, a.replace, a.show_all)
    _add_menu(bar, "編集(&E)", (a.undo, a.redo, None, *words, None, a.renumber, None, a.own_name))
    zooms = (a.zoom_in, a.zoom_out, a.zoom_normal)
    _add_menu(bar, "表示(&V)", (*zooms, None, a.start_on_last))
    cards = (a.add, a.copy, a.open_card, a.card_history)
    _add_menu(bar, "取組(&I)", (*cards, None, a.stages, *moves, None, a.remove))
    bar.addMenu(outputs)
    e = a.exchange
    _add_menu(bar, "交換(&X)", (e.issue, None, e.bring, e.merge, None, e.conflicts))
    _add_menu(bar, "ヘルプ(&H)", (a.manual, a.keys, a.about))


def _add_menu(bar: QMenuBar, word: str, entries: Sequence[QAction | None]) -> None:
    menu = bar.addMenu(word)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            menu.addAction(entry)


def card_menu(actions: Actions, parent: QWidget) -> QMenu:
    """The context menu of the selected initiatives."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addActions([actions.open_card, actions.card_history, actions.copy])
    menu.addSeparator()
    menu.addAction(actions.stages)
    menu.addActions([actions.move_left, actions.move_right, actions.move_up, actions.move_down])
    menu.addSeparator()
    menu.addAction(actions.remove)
    return menu
