"""Cell styles of an exported workbook, each made once and shared by all cells that have it."""

from dataclasses import dataclass
from typing import Any, Final

from storage.excel.writing.workbook import MemoryWorkbook, Sides

# The fonts of Windows' own supplement for Japanese, by the family that the form asks for.
FONT_NAMES: Final = {"gothic": "BIZ UDGothic", "mincho": "BIZ UDMincho Medium"}
FONT_NAME: Final = FONT_NAMES["gothic"]
# Column widths count digits of the default font; at 10.5 pt a digit is 7 pixels wide.
DEFAULT_SIZE: Final = 10.5
INPUT_TINT: Final = "FFFAE5"
# Excel's number for text: a typed 1-1 stays 1-1 and a typed = stays a character.
_TEXT: Final = 49
_LINES: Final = {"": 0, "thin": 1, "medium": 2}
_VERTICAL: Final = {"top": "top", "center": "vcenter"}
# XlsxWriter's angle for letters that stand above each other.
_STACKED: Final = 270
Edges = tuple[str, str, str, str]
NO_EDGES: Final[Edges] = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; `size` is points."""

    size: float
    bold: bool = False
    fill: str = ""
    horizontal: str = "left"
    vertical: str = "top"
    rotated: bool = False
    is_input: bool = False
    color: str = ""
    """RRGGBB of the letters; "" for the usual black."""
    font: str = FONT_NAME
    shrinks: bool = False
    """Whether the program makes the text smaller until it fits, on one line."""

    def run(self, is_bold: bool) -> str:
        """The font of a part of the text, as properties of a run."""
        bold = "<b/>" if is_bold else ""
        return f'{bold}<sz val="{self.size:g}"/><color theme="1"/><rFont val="{self.font}"/>'


class Styles:
    """The styles of a workbook by the look of a cell and the lines around it."""

    def __init__(self, book: MemoryWorkbook) -> None:
        """Keep the styles in `book`."""
        self._book = book
        self._styles: dict[tuple[Look, Edges], str] = {}
        self._ranges: dict[tuple[Look, Edges], RangeStyles] = {}

    def style(self, look: Look, edges: Edges = NO_EDGES) -> str:
        """The style of a look; `edges` are the lines at left, right, top and bottom."""
        key = (look, edges)
        if key not in self._styles:
            self._styles[key] = self._book.style(_properties(look, edges))
        return self._styles[key]

    def range_styles(self, look: Look, edges: Edges) -> "RangeStyles":
        """The styles of a range of cells; `edges` are the lines around the range."""
        key = (look, edges)
        if key not in self._ranges:
            self._ranges[key] = RangeStyles(self, look, edges)
        return self._ranges[key]


class RangeStyles(dict[Sides, str]):
    """The styles of the cells of a range by where they lie: one look, lines only at its edges."""

    def __init__(self, styles: Styles, look: Look, edges: Edges) -> None:
        super().__init__()
        self._styles, self._look, self._edges = styles, look, edges

    def __missing__(self, sides: Sides) -> str:
        left, right, top, bottom = (
            edge if is_edge else "" for edge, is_edge in zip(self._edges, sides, strict=True)
        )
        self[sides] = self._styles.style(self._look, (left, right, top, bottom))
        return self[sides]


def _properties(look: Look, edges: Edges) -> dict[str, Any]:
    left, right, top, bottom = (_LINES[edge] for edge in edges)
    return {
        **default_font(look.font),
        "font_size": f"{look.size:g}",
        "bold": look.bold,
        **({"font_color": f"#{look.color}"} if look.color else {}),
        **({"bg_color": f"#{look.fill}"} if look.fill else {}),
        "align": look.horizontal,
        "valign": _VERTICAL[look.vertical],
        "text_wrap": not (look.rotated or look.shrinks),
        "shrink": look.shrinks,
        "rotation": _STACKED if look.rotated else 0,
        "left": left, "right": right, "top": top, "bottom": bottom,
        "locked": not look.is_input,
        "num_format": _TEXT,
    }  # fmt: skip


def default_font(name: str = FONT_NAME) -> dict[str, Any]:
    """The font of a workbook's cells, by which programs measure column widths."""
    # With a scheme it would be the font of Excel's theme, whatever its name says.
    return {
        "font_name": name, "font_size": DEFAULT_SIZE, "font_family": 0, "font_scheme": "none",
    }  # fmt: skip


def tint_of(tint: str, is_head: bool, is_tinted: bool, is_input: bool) -> str:
    """The fill of a cell: labels and the home pillar, cells to type in, all others."""
    if is_tinted:
        return tint
    return INPUT_TINT if is_input and not is_head else ""
