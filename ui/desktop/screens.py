"""What Qt is and finds on this PC, as facts."""

from collections.abc import Sequence

import PySide6
from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QScreen

from app.ports import Section
from ui.desktop.theme import FAMILY


def screen_sections() -> Sequence[Section]:
    """Qt, the screens with their scale, the font of the window; without a window only Qt."""
    versions = (("Qt", f"{qVersion()}（PySide6 {PySide6.__version__}）"),)
    if not QGuiApplication.instance():
        return (Section("画面", (*versions, ("", "画面を開かずに出力しました。"))),)
    has_font = FAMILY in QFontDatabase.families()
    font = FAMILY if has_font else f"{QGuiApplication.font().family()}（{FAMILY} の代わり）"
    screens = [(f"画面{n}", _size(screen)) for n, screen in enumerate(QGuiApplication.screens(), 1)]
    facts = (("表示のしくみ", QGuiApplication.platformName()), ("文字", font), *screens)
    return (Section("画面", (*versions, ("CPUの種類", QSysInfo.currentCpuArchitecture()), *facts)),)


def _size(screen: QScreen) -> str:
    """Size in the pixels of the screen, its scale, and what is left beside task bars."""
    ratio, size, free = screen.devicePixelRatio(), screen.size(), screen.availableSize()
    pixels = f"{round(size.width() * ratio)}×{round(size.height() * ratio)}"
    return f"{pixels}、{ratio * 100:.0f} %（使える広さ {free.width()}×{free.height()}）"
