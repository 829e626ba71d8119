"""Every key there is: those of the menus, then those of the views."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

Keys = tuple[str, tuple[tuple[str, str], ...]]
"""A heading, and under it what is done by which key."""
_MORE_KEYS: Final[tuple[Keys, ...]] = (
    ("カンバン", (("カードの間を動く", "↑ ↓ ← →"), ("個票を開く", "Enter"),
                  ("続けて選ぶ", "Shift+↑ ↓"), ("ドラッグをやめる", "Esc"))),
    ("個票", (("次の欄・前の欄", "Tab・Shift+Tab"), ("太字", "Ctrl+B"),
              ("ほかの取組の番号を書き入れる", "Ctrl+K"),
              ("前の取組・次の取組", "Alt+PageUp・Alt+PageDown"))),
    ("さがす", (("見つかった取組へ", "Enter"), ("消す", "Esc"))),
    ("一覧", (("個票を開く", "Enter"), ("セルに書く", "F2"), ("選んだ行をコピー", "Ctrl+C"))),
    ("計画の設定", (("柱・区分の名前を変える", "F2"),)),
)  # fmt: skip


def all_keys(bar: QMenuBar, views: Sequence[str]) -> tuple[Keys, ...]:
    """The keys by group; `views` are the words of the rail, from the top."""
    places = tuple((word, f"Ctrl+{place}") for place, word in enumerate(views, 1))
    return (*_menu_keys(bar), ("画面を切り替える", places), *_MORE_KEYS)


def keys_text(groups: Sequence[Keys]) -> str:
    """The keys as Markdown."""
    return "\n\n".join(
        "\n".join([f"## {heading}", "", "| 操作 | キー |", "|---|---|",
                   *(f"| {word} | `{key}` |" for word, key in keys)])
        for heading, keys in groups
    )  # fmt: skip


def _menu_keys(bar: QMenuBar) -> Iterator[Keys]:
    for menu in bar.findChildren(QMenu):
        keys = tuple(
            (
                plain_word(action.text()),
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            )
            for action in menu.actions()
            if not action.shortcut().isEmpty()
        )
        if keys:
            yield plain_word(menu.title()), keys


def plain_word(word: str) -> str:
    """A menu's word without its access key: 保存(&S)… as 保存."""
    return word.partition("(&")[0].rstrip("…")
