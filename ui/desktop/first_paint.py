"""Opening the window once where nobody sees it, to know that all of its parts are there."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QCoreApplication, QLoggingCategory
from PySide6.QtGui import QFontDatabase, QImage

from app.errors import KeikakuError
from ui.desktop.main_window import MainWindow
from ui.desktop.plan_widget import View
from ui.desktop.program import make_application
from ui.desktop.theme import FAMILY, dress
from ui.documents import Documents

_FEWEST_COLORS: Final = 50


def paint_once(documents: Documents, path: str) -> str:
    """Open the window on a plan, paint each of its views and close it; what was seen.

    The caller has chosen a platform without a screen. Raises KeikakuError where a view stays
    empty, no font has Japanese or Qt speaks none, and any fault that Qt would let pass.
    """
    # Qt is astonished that a window without a screen has a smallest size.
    QLoggingCategory.setFilterRules("default.warning=false")
    begin = time.perf_counter()
    application = make_application(["keikaku"])
    with _no_fault():
        window = MainWindow(documents, dress())
        window.open(path)
        window.show()
        application.processEvents()
        seconds = time.perf_counter() - begin
        for view in View:
            _paint(window, view)
        window.close()
        application.processEvents()
    if QCoreApplication.translate("QPlatformTheme", "Cancel") != "キャンセル":
        raise KeikakuError("画面の部品の日本語訳がありません。管理者に知らせてください。")
    if not QFontDatabase.families(QFontDatabase.WritingSystem.Japanese):
        raise KeikakuError("画面に使える日本語の書体がありません。管理者に知らせてください。")
    has_font = FAMILY in QFontDatabase.families()
    font = f"書体は{FAMILY}" if has_font else f"{FAMILY}がないため別の書体"
    return f"{len(View)}種類の画面をすべて開いて描きました（{font}、はじめは{seconds:.2f}秒）。"


def _paint(window: MainWindow, view: View) -> None:
    if window.plan_widget is None:
        raise KeikakuError("画面を開きましたが、計画が出ません。管理者に知らせてください。")
    window.plan_widget.show_view(view)
    QCoreApplication.processEvents()
    if _colors(window.grab().toImage()) < _FEWEST_COLORS:
        raise KeikakuError("画面を開きましたが、何も描かれません。管理者に知らせてください。")


@contextmanager
def _no_fault() -> Iterator[None]:
    """Raise the first fault in what Qt calls; Qt itself goes on as if nothing had been."""
    faults: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, lambda kind, fault, trace: faults.append(fault)
    try:
        yield
    finally:
        sys.excepthook = before
    if faults:
        raise faults[0]


def _colors(picture: QImage) -> int:
    """How many colours a picture has, as far as every seventh point tells."""
    points = ((x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7))
    return len({picture.pixel(x, y) for x, y in points})
