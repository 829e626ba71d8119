"""Colours, fonts and spaces of the window, and the style sheet made from them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from resources import resource

FAMILY: Final = "BIZ UDPGothic"


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of the window as #rrggbb. Every text on its ground has ≥ 4.5:1."""

    ink: str = "#1d2733"
    secondary: str = "#4a5765"
    line: str = "#c3ccd5"
    disabled: str = "#a9b4bf"
    lane_line: str = "#e9edf1"
    ground: str = "#f4f6f8"
    lane: str = "#e9edf1"
    paper: str = "#ffffff"
    accent: str = "#12506b"
    accent_light: str = "#1f7a8c"
    accent_pale: str = "#e1eef4"
    on_accent: str = "#ffffff"
    rail: str = "#0f2f3f"
    rail_ink: str = "#dce8ee"
    rail_chosen: str = "#1c4a5f"
    rail_mark: str = "#5cc8dc"
    rail_bright: str = "#ffffff"
    warn: str = "#8a4b08"
    warn_pale: str = "#fdf1e3"
    error: str = "#b3261e"
    good: str = "#23581f"
    good_pale: str = "#e3f1e1"
    mark: str = "#ffe08a"
    desk: str = "#dfe5ea"
    grid: str = "#8593a1"
    head: str = "#e9edf1"
    typing: str = "#f0f8fa"
    pillars: tuple[str, ...] = ("#1f7a8c", "#b4651e", "#6a559e", "#3f7230", "#9c3a5c", "#4d5f75")

    def pillar(self, place: int) -> str:
        """The colour of the pillar with this place; beyond the last they begin again."""
        return self.pillars[place % len(self.pillars)] if place >= 0 else self.secondary


def _high_contrast(palette: QPalette) -> Colors:
    """The system's own colours, where a person asked the system for high contrast."""
    ink, paper = palette.windowText().color().name(), palette.window().color().name()
    faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name()
    chosen, on_chosen = palette.highlight().color().name(), palette.highlightedText().color().name()
    return Colors(
        ink=ink, secondary=ink, line=ink, lane_line=ink, disabled=faint,
        ground=paper, lane=paper, paper=paper,
        accent=chosen, accent_light=chosen, accent_pale=paper, on_accent=on_chosen,
        rail=paper, rail_ink=ink, rail_chosen=paper, rail_mark=chosen, rail_bright=ink,
        warn=ink, warn_pale=paper, error=ink, good=ink, good_pale=paper, mark=paper,
        desk=paper, grid=ink, head=paper, typing=paper,
        pillars=(chosen,),
    )  # fmt: skip


class Theme:
    """What everything is drawn with. Sizes are logical px at 100 % and grow with `zoom`."""

    def __init__(self, colors: Colors, zoom: float = 1.0) -> None:
        """`zoom` from 1.0 to 2.0."""
        self.colors, self.zoom = colors, zoom

    def px(self, length: float) -> int:
        """A length in px at the present zoom."""
        return round(length * self.zoom)

    def font(self, size: float = 13, bold: bool = False) -> QFont:
        """The window's font; `size` in px at 100 %."""
        font = QFont(QGuiApplication.font())
        font.setPixelSize(max(1, self.px(size)))
        font.setBold(bold)
        return font

    def color(self, name: str) -> QColor:
        """A colour of `Colors` by its name."""
        return QColor(getattr(self.colors, name))

    def icon(self, name: str, color: str = "ink", chosen: str | None = None) -> QIcon:
        """An icon of resources/icons in a colour, in another one where it is switched on."""
        icon = QIcon()
        for mode, state, tint in _icon_tints(self.colors, color, chosen):
            icon.addPixmap(_tinted(name, tint, self.px(20)), mode, state)
        return icon

    def palette(self) -> QPalette:
        """The colours for what the style sheet does not name."""
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "ground", QPalette.ColorRole.WindowText: "ink",
            QPalette.ColorRole.Base: "paper", QPalette.ColorRole.Text: "ink",
            QPalette.ColorRole.AlternateBase: "ground", QPalette.ColorRole.Button: "paper",
            QPalette.ColorRole.ButtonText: "ink", QPalette.ColorRole.ToolTipBase: "paper",
            QPalette.ColorRole.ToolTipText: "ink", QPalette.ColorRole.Highlight: "accent_light",
            QPalette.ColorRole.HighlightedText: "on_accent",
            QPalette.ColorRole.PlaceholderText: "secondary",
        }  # fmt: skip
        for role, name in roles.items():
            palette.setColor(role, self.color(name))
        return palette

    def style_sheet(self) -> str:
        """The style sheet of the whole window."""
        sheet = resource("theme/window.qss").read_text(encoding="utf-8")
        sheet = sheet.replace("@icons", resource("icons").as_posix())
        tinted = re.sub(r"@(\w+)", lambda found: getattr(self.colors, found[1]), sheet)
        return re.sub(r"(\d+)px", lambda found: f"{self._length(int(found[1]))}px", tinted)

    def _length(self, length: int) -> int:
        # A hair line stays one at every zoom.
        return length if length <= 1 else self.px(length)


def _icon_tints(
    colors: Colors, color: str, chosen: str | None
) -> Sequence[tuple[QIcon.Mode, QIcon.State, str]]:
    tint = getattr(colors, color)
    tints = [
        (QIcon.Mode.Normal, QIcon.State.Off, tint),
        (QIcon.Mode.Disabled, QIcon.State.Off, colors.disabled),
    ]
    if chosen:
        tints.append((QIcon.Mode.Normal, QIcon.State.On, getattr(colors, chosen)))
    return tints


@cache
def _tinted(name: str, tint: str, size: int) -> QPixmap:
    drawing = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", tint).encode()))
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size * 2, size * 2))
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap


def system_theme(zoom: float = 1.0) -> Theme:
    """Our own colours, or the system's where the system is set to high contrast."""
    # Both objects are held: PySide lets a hint go with the object it came from.
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    wanted = accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
    return Theme(_high_contrast(_system_palette()) if wanted else Colors(), zoom)


@cache
def _system_palette() -> QPalette:
    """The palette before the application is dressed."""
    return QPalette(QGuiApplication.palette())


def window_font() -> QFont:
    """BIZ UDPGothic, or the system's own font where it is missing; 13 px."""
    font = QFont(FAMILY) if FAMILY in QFontDatabase.families() else QGuiApplication.font()
    font.setPixelSize(13)
    return font


def dress(zoom: float = 1.0) -> Theme:
    """Give the application its look and return the theme it was dressed with."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = system_theme(zoom)
    application.setStyle("Fusion")
    application.setFont(window_font())
    application.setPalette(theme.palette())
    application.setStyleSheet(theme.style_sheet())
    return theme
