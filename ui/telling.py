"""Telling a person something when there is no window."""

import sys
from typing import Any


def tell(sentence: str) -> None:
    """Write a sentence to the error output; where a program has none, show it in a box.

    The window has none on Windows, where it is started by a click.
    """
    if sys.stderr is not None:
        print(sentence, file=sys.stderr, flush=True)
    elif sys.platform == "win32":
        _show_box(sentence)


def _show_box(sentence: str) -> None:
    import ctypes

    error_icon = 0x10
    windows: Any = ctypes
    windows.windll.user32.MessageBoxW(None, sentence, "計画カンバン", error_icon)
