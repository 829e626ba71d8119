"""The menu bar."""

from PySide6.QtWidgets import QMenuBar

from ui.desktop.actions import Actions


def fill_menus(bar: QMenuBar, actions: Actions) -> None:
    """Put the actions into their menus."""
    a = actions
    contents = (
        (
            "ファイル(&F)",
            (a.new_plan, a.open_plan, a.open_sample, None, a.close_plan, None, a.leave),
        ),
        ("編集(&E)", (a.undo, a.redo, None, a.find, a.show_all)),
        ("表示(&V)", (a.zoom_in, a.zoom_out, a.zoom_normal)),
        (
            "取組(&I)",
            (
                a.add,
                a.open_card,
                None,
                a.move_left,
                a.move_right,
                a.move_up,
                a.move_down,
                None,
                a.remove,
            ),
        ),
    )
    for word, entries in contents:
        menu = bar.addMenu(word)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(entry)
