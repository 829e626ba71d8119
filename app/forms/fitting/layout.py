"""A sheet laid out on pages: what stands where, in points from the page's upper left corner."""

from dataclasses import dataclass
from typing import Final

from app.forms.fitting.lines import Flow, Line
from app.forms.form import Form
from app.forms.sheet import Cell, Sheet

MM: Final = 72 / 25.4
# The line above the table takes this many times its font size; several lines take less each.
_ABOVE_LINE: Final = 1.7
ABOVE_STEP: Final = 1.4


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell on a page: its rectangle, the size of its text, and the lines it shows.

    `part` counts from 0 the pages on which a text stands that a page end cuts;
    `repeated` marks a header cell printed once more on a continuation page.
    `line_height` and `padding` (above the text, below it) are what the layout used.
    """

    cell: Cell
    x: float
    y: float
    width: float
    height: float
    size: float
    line_height: float
    padding: tuple[float, float]
    flow: Flow
    lines: tuple[Line, ...]
    part: int = 0
    repeated: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """The [start, end) of the plain text that this cell shows on this page."""
        return (self.lines[0].start, self.lines[-1].end) if self.lines else (0, 0)


@dataclass(frozen=True, slots=True)
class FittedPage:
    """One page of a sheet. The table stands from `top` on and is `height` high.

    `above` is what stands above it at the left, in the middle and at the right, `above_size` pt
    large. If one line does not hold it with the badge, `above_lines` are the lines it takes: each
    a place (0 left, 1 middle, 2 right, 3 badge) and its text.
    """

    cells: tuple[PlacedCell, ...]
    above: tuple[str, str, str]
    above_size: float
    badge: str
    top: float
    height: float
    above_lines: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FittedSheet:
    """A sheet laid out at `size` pt on one page or more."""

    sheet: Sheet
    size: float
    pages: tuple[FittedPage, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the table stands on the page: left edge, top, width and available height.

    `above` is the height of the line that stands above it, 0 for none.
    """

    left: float
    top: float
    width: float
    height: float
    above: float


def frame_of(form: Form) -> Frame:
    """The table's place on the form's page, below the line above it."""
    width, height = (side * MM for side in form.page.size)
    margins = form.page.margins
    above = form.above.size * _ABOVE_LINE if form.above.is_used else 0.0
    top = margins.top * MM + above
    return Frame(
        left=margins.left * MM,
        top=top,
        width=width - (margins.left + margins.right) * MM,
        height=height - top - margins.bottom * MM,
        above=above,
    )
