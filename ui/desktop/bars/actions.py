"""Everything a person can do from menus, tool bar and keyboard, each once."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.changes.history import History
from ui.desktop.parts import plain_tip
from ui.desktop.theme import Theme


@dataclass(frozen=True, slots=True)
class ExchangeActions:
    """Those of the menu 交換."""

    issue: QAction
    bring: QAction
    merge: QAction
    conflicts: QAction

    def all(self) -> tuple[QAction, ...]:
        """All of them, in the order of the menu; the first changes nothing in the plan."""
        return self.issue, self.bring, self.merge, self.conflicts


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions by name."""

    new_plan: QAction
    open_plan: QAction
    open_sample: QAction
    bring_documents: QAction
    save: QAction
    save_as: QAction
    exchange: ExchangeActions
    restore: QAction
    close_plan: QAction
    leave: QAction
    undo: QAction
    redo: QAction
    find: QAction
    replace: QAction
    renumber: QAction
    own_name: QAction
    show_all: QAction
    zoom_in: QAction
    zoom_out: QAction
    zoom_normal: QAction
    start_on_last: QAction
    about: QAction
    manual: QAction
    keys: QAction
    add: QAction
    print_sheets: QAction
    open_card: QAction
    card_history: QAction
    copy: QAction
    stages: QAction
    move_left: QAction
    move_right: QAction
    move_up: QAction
    move_down: QAction
    remove: QAction

    def need_plan(self) -> tuple[QAction, ...]:
        """Those that make no sense without an open plan."""
        return (
            self.close_plan,
            self.save,
            self.save_as,
            *self.exchange.all(),
            self.restore,
            self.find,
            self.replace,
            self.renumber,
            self.own_name,
            self.show_all,
            self.add,
            self.print_sheets,
        )

    def need_selection(self) -> tuple[QAction, ...]:
        """Those that are about the selected initiatives."""
        return (
            self.open_card,
            self.card_history,
            self.copy,
            self.stages,
            self.move_left,
            self.move_right,
            self.move_up,
            self.move_down,
            self.remove,
        )

    def edit(self) -> tuple[QAction, ...]:
        """Those that change the plan, but for undo and redo."""
        moves = (self.move_left, self.move_right, self.move_up, self.move_down)
        return (
            self.save,
            *self.exchange.all()[1:],
            self.restore,
            self.add,
            self.copy,
            self.stages,
            self.replace,
            self.renumber,
            self.remove,
            *moves,
        )

    def enable(self, history: History | None, is_selected: bool, *, can_edit: bool = True) -> None:
        """Allow what makes sense now; `history` is that of the open plan, None for none."""
        for action in self.need_plan():
            action.setEnabled(history is not None)
        for action in self.need_selection():
            action.setEnabled(is_selected)
        if not can_edit:
            history = None
            for action in self.edit():
                action.setEnabled(False)
        undoable, redoable = (history.undoable, history.redoable) if history else (None, None)
        self.undo.setEnabled(undoable is not None)
        self.redo.setEnabled(redoable is not None)
        undo = f"元に戻す：{undoable.changes.label}（Ctrl+Z）" if undoable else ""
        redo = f"やり直す：{redoable.changes.label}（Ctrl+Y）" if redoable else ""
        self.undo.setToolTip(plain_tip(undo))
        self.redo.setToolTip(plain_tip(redo))


def make_actions(window: QMainWindow, theme: Theme) -> Actions:
    """All actions, with their words, keys and icons. What they do is connected elsewhere."""

    def action(word: str, keys: str = "", icon: str = "", color: str = "ink") -> QAction:
        return _action(window, word, keys, theme.icon(icon, color) if icon else QIcon())

    return Actions(
        new_plan=action("新しい計画(&N)…", icon="new"),
        open_plan=action("開く(&O)…", "Ctrl+O", "open"),
        open_sample=action("見本を開く(&M)"),
        bring_documents=action("ほかの形式から取り込む(&D)…"),
        save=_for_filled_button(action("保存(&S)", "Ctrl+S", "save", "on_accent")),
        save_as=action("名前を付けて保存(&A)…", "Ctrl+Shift+S"),
        exchange=_exchange_actions(action),
        restore=action("控えに戻す(&B)…"),
        close_plan=action("計画を閉じる(&C)", "Ctrl+W"),
        leave=action("終了(&X)", "Ctrl+Q"),
        undo=_for_button(action("元に戻す(&U)", "Ctrl+Z", "undo")),
        redo=_for_button(action("やり直す(&R)", "Ctrl+Y", "redo")),
        find=action("さがす(&F)", "Ctrl+F", "search"),
        replace=action("置換(&H)…", "Ctrl+H"),
        renumber=action("番号を付け直す(&N)…"),
        own_name=action("自分の課と名前(&M)…"),
        show_all=action("条件を消す(&A)"),
        zoom_in=action("拡大(&I)", "Ctrl++"),
        zoom_out=action("縮小(&O)", "Ctrl+-"),
        zoom_normal=action("100%に戻す(&R)", "Ctrl+0"),
        start_on_last=action("起動したら前回の計画を開く(&L)"),
        about=action("このプログラムについて(&A)"),
        manual=action("使い方(&M)", "F1"),
        keys=action("キー操作一覧(&K)", "Ctrl+F1"),
        add=_for_button(action("新しい取組(&N)", "Ctrl+N", "add")),
        print_sheets=action("個票を印刷(&P)…", "Ctrl+P", "output"),
        open_card=action("個票を開く(&O)", icon="sheet"),
        card_history=action("この取組の履歴(&H)", icon="history"),
        copy=action("複製(&C)"),
        stages=_with_menu(action("段階(&S)"), window),
        **_moves(action),
        remove=action("取組を削除(&X)", icon="remove"),
    )


def _moves(action: Callable[[str, str], QAction]) -> dict[str, QAction]:
    return {
        "move_left": action("左の段階へ移す(&L)", "Ctrl+Shift+Left"),
        "move_right": action("右の段階へ移す(&R)", "Ctrl+Shift+Right"),
        "move_up": action("上へ移す(&U)", "Ctrl+Shift+Up"),
        "move_down": action("下へ移す(&D)", "Ctrl+Shift+Down"),
    }


def _exchange_actions(action: Callable[[str], QAction]) -> ExchangeActions:
    return ExchangeActions(
        issue=action("課へ切り出す(&D)…"),
        bring=action("回答を取り込む(&A)…"),
        merge=action("別のファイルと統合(&M)…"),
        conflicts=action("統合で決めていない項目(&T)…"),
    )


def _action(window: QMainWindow, word: str, keys: str, icon: QIcon) -> QAction:
    made = QAction(word, window)
    made.setShortcut(QKeySequence(keys))
    made.setIcon(icon)
    window.addAction(made)
    return made


def _with_menu(action: QAction, window: QMainWindow) -> QAction:
    """An action that opens a menu, which whoever fills it finds by `menu()`."""
    action.setMenu(QMenu(window))
    return action


def _for_button(action: QAction) -> QAction:
    """On a button the word stands without the letter of the menu."""
    action.setIconText(action.text().partition("(")[0])
    return action


def _for_filled_button(action: QAction) -> QAction:
    """Its key is on the button; its light icon would be unseen in a menu."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setIconText(f"{action.text().partition('(')[0]} {key}")
    action.setIconVisibleInMenu(False)
    return action
