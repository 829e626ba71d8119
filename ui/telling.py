"""Telling a person something when there is no window."""

import os
import sys
from contextlib import suppress
from typing import Any, TextIO


def tell(sentence: str) -> None:
    """Write a sentence to the error output; where a program has none, show it in a box.

    The window has none on Windows, where it is started by a click. If the error output takes
    nothing, there is nowhere left to say it: the exit code has to do.
    """
    if sys.stderr is not None:
        with suppress(OSError):
            print(sentence, file=sys.stderr, flush=True)
    elif sys.platform == "win32":
        _show_box(sentence)


def drop_unwritten() -> None:
    """Drop what the standard streams still buffer and cannot write.

    Python tries once more while exiting: it would print its own English words and exit with 120.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            _drop_unwritten_of(stream)


def _drop_unwritten_of(stream: TextIO) -> None:
    try:
        stream.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _show_box(sentence: str) -> None:
    import ctypes

    error_icon = 0x10
    windows: Any = ctypes
    windows.windll.user32.MessageBoxW(None, sentence, "計画カンバン", error_icon)
