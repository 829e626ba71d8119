"""Cell styles of an exported workbook, each made once and shared by all cells that have it."""

from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.worksheet import Worksheet

# The fonts of Windows' own supplement for Japanese, by the family that the form asks for.
FONT_NAMES: Final = {"gothic": "BIZ UDGothic", "mincho": "BIZ UDMincho Medium"}
FONT_NAME: Final = FONT_NAMES["gothic"]
# Column widths count digits of the default font; at 10.5 pt a digit is 7 pixels wide.
DEFAULT_SIZE: Final = 10.5
INPUT_TINT: Final = "FFFAE5"
_SIDES: Final = {"": Side(), "thin": Side(style="thin"), "medium": Side(style="medium")}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; `size` is points, `edges` are the lines at left, right, top and bottom."""

    size: float
    bold: bool = False
    fill: str = ""
    horizontal: str = "left"
    vertical: str = "top"
    rotated: bool = False
    is_input: bool = False
    edges: tuple[str, str, str, str] = ("", "", "", "")
    color: str = "000000"
    font: str = FONT_NAME
    shrinks: bool = False
    """Whether the program makes the text smaller until it fits, on one line."""


class Styles:
    """Gives cells a Look. openpyxl hashes a style at each setting; here once for each Look."""

    def __init__(self, sheet: Worksheet) -> None:
        """Keep the styles in the workbook of `sheet`."""
        # A cell of its own to make styles on, far from all others; it is never written.
        self._model = Cell(sheet, row=1, column=1)
        self._arrays: dict[Look, Any] = {}

    def apply(self, cell: Cell, look: Look) -> None:
        """Give a cell this look."""
        if look not in self._arrays:
            self._arrays[look] = self._made(look)
        cell._style = self._arrays[look]

    def _made(self, look: Look) -> Any:
        model = self._model
        model.font = Font(name=look.font, size=look.size, bold=look.bold, color=look.color)
        model.fill = PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill()
        model.alignment = Alignment(
            horizontal=look.horizontal,
            vertical=look.vertical,
            wrap_text=not (look.rotated or look.shrinks),
            shrink_to_fit=look.shrinks,
            textRotation=255 if look.rotated else 0,
        )
        left, right, top, bottom = (_SIDES[edge] for edge in look.edges)
        model.border = Border(left=left, right=right, top=top, bottom=bottom)
        model.protection = Protection(locked=not look.is_input)
        # Text only: a typed 1-1 stays 1-1 and a typed = stays a character.
        model.number_format = "@"
        array = model._style
        model._style = type(array)(array)
        return array


def set_default_font(workbook: Workbook, name: str = FONT_NAME) -> None:
    """Make the form's font the workbook's own, by which programs measure column widths."""
    font = Font(name=name, size=DEFAULT_SIZE)
    workbook._fonts = IndexedList([font])
    workbook._named_styles["Normal"].font = font


def tint_of(tint: str, is_head: bool, is_tinted: bool, is_input: bool) -> str:
    """The fill of a cell: labels and the home pillar, cells to type in, all others."""
    if is_tinted:
        return tint
    return INPUT_TINT if is_input and not is_head else ""
