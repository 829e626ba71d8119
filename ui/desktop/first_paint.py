"""Opening the window once where nobody sees it, to know that all of its parts are there."""

import time
from typing import Final

from PySide6.QtCore import QCoreApplication, QLoggingCategory
from PySide6.QtGui import QFontDatabase, QImage

from app.errors import KeikakuError
from ui.desktop.documents import Documents
from ui.desktop.main_window import MainWindow
from ui.desktop.program import make_application
from ui.desktop.theme import FAMILY, dress

_FEWEST_COLORS: Final = 50


def paint_once(documents: Documents, path: str) -> str:
    """Open the window on a plan, paint it and close it; what was seen, in a sentence.

    The caller has chosen a platform without a screen. Raises KeikakuError where the window
    stays empty, no font has Japanese or Qt speaks none.
    """
    # Qt is astonished that a window without a screen has a smallest size.
    QLoggingCategory.setFilterRules("default.warning=false")
    begin = time.perf_counter()
    application = make_application(["keikaku"])
    window = MainWindow(documents, dress())
    window.open(path)
    window.show()
    application.processEvents()
    picture = window.grab().toImage()
    seconds = time.perf_counter() - begin
    window.close()
    if _colors(picture) < _FEWEST_COLORS:
        raise KeikakuError("画面を開きましたが、何も描かれません。管理者に知らせてください。")
    if QCoreApplication.translate("QPlatformTheme", "Cancel") != "キャンセル":
        raise KeikakuError("画面の部品の日本語訳がありません。管理者に知らせてください。")
    if not QFontDatabase.families(QFontDatabase.WritingSystem.Japanese):
        raise KeikakuError("画面に使える日本語の書体がありません。管理者に知らせてください。")
    has_font = FAMILY in QFontDatabase.families()
    font = f"書体は{FAMILY}" if has_font else f"{FAMILY}がないため別の書体"
    return f"画面を開いて一度描きました（{font}、{seconds:.2f}秒）。"


def _colors(picture: QImage) -> int:
    """How many colours a picture has, as far as every seventh point tells."""
    points = ((x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7))
    return len({picture.pixel(x, y) for x, y in points})
