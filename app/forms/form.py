"""A city's official form as data: what stands where (written in TOML, see docs/forms.md).

Lengths are millimetres, font sizes points. A form is a pile of bands, each a grid of
its own columns; a band's `rows` name the cells as they stand, one name a column, the
same name side by side or below itself is one merged cell. A name that ends in `*`
is repeated for each record (year or KPI) of the band.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from app.forms.index_style import Guide, IndexStyle

Align = Literal["left", "center", "right"]
Anchor = Literal["top", "middle"]
Family = Literal["gothic", "mincho"]
Side = Literal["left", "right", "top", "bottom"]
REPEATED: Final = "*"
PAPER: Final[Mapping[str, tuple[float, float]]] = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}


@dataclass(frozen=True, slots=True)
class Margins:
    """Empty edges of the page in mm, the binding side included."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class PageSetup:
    """Paper, turned as the form says. `flow` puts several initiatives on a page, `gap` mm apart.

    `mirrored` changes left and right margin on even pages: bound at the left, both sides printed.
    """

    paper: str
    landscape: bool
    margins: Margins
    flow: bool = False
    gap: float = 6.0
    mirrored: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in mm."""
        short, long = PAPER[self.paper]
        return (long, short) if self.landscape else (short, long)


@dataclass(frozen=True, slots=True)
class FontSetup:
    """Largest and smallest size in pt, line height as a multiple of it, cell padding in mm."""

    largest: float
    smallest: float
    line: float = 1.3
    padding: float = 1.0
    family: Family = "gothic"


@dataclass(frozen=True, slots=True)
class LookSetup:
    """Width in pt of the table's frame and of the lines inside it; the tint as RRGGBB."""

    frame: float = 1.2
    line: float = 0.5
    tint: str = "DDE6EC"


@dataclass(frozen=True, slots=True)
class YearSetup:
    """Which fiscal years have a place: `ahead` years after the term, `most` columns a page.

    With `own`, only the years the initiative has. Years with text always have a place.
    """

    own: bool = False
    ahead: int = 0
    most: int = 4


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above the table: pieces at three places, and a framed badge at the right.

    A piece whose `{…}` are all empty is left out.
    """

    left: tuple[str, ...] = ()
    center: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    badge: str = ""
    size: float = 10.5

    @property
    def is_used(self) -> bool:
        """Whether the form prints a line above its tables at all."""
        return bool(self.left or self.center or self.right or self.badge)


@dataclass(frozen=True, slots=True)
class CellSpec:
    """One cell: a label, a field, a field under its label, or a stack of cells.

    `per` merges a repeated label over the records that share it: those of a `term`, or `all`.
    `no_line` names the sides at which no line is drawn.
    `scale` multiplies the sheet's font size. `item` is what is put before each item
    of a list. `text` is the template of a derived cell (categories). `choices` is a
    pull-down: the plan's own list (`statuses`, `stages`) or one written in the form.
    """

    name: str
    label: str = ""
    field: str = ""
    stack: tuple[str, ...] = ()
    item: str = ""
    text: str = ""
    per: str = ""
    tinted: bool = False
    bold: bool = False
    vertical: bool = False
    scale: float = 1.0
    align: Align = "left"
    anchor: Anchor = "top"
    choices: str | tuple[str, ...] = ()
    no_line: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A grid across the page. `columns` are shares of its width, `rows` cell names.

    `header` bands are printed again on a continuation page. `over` names the records
    of the repeated cells (`years`, `kpis`), `down` whether they are rows rather than
    columns. `omit_empty` leaves the band out where all its fields are empty.
    """

    columns: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    header: bool = False
    over: str = ""
    down: bool = False
    omit_empty: bool = False
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Form:
    """An official form."""

    key: str
    name: str
    page: PageSetup
    font: FontSetup
    years: YearSetup
    look: LookSetup
    above: Above
    bands: tuple[Band, ...]
    cells: Mapping[str, CellSpec]
    index: IndexStyle = field(default_factory=IndexStyle)
    guides: tuple[Guide, ...] = ()

    @property
    def text_fields(self) -> tuple[str, ...]:
        """Fields of the initiative itself, in the order of the grid."""
        return self._fields(yearly=False)

    @property
    def year_fields(self) -> tuple[str, ...]:
        """Fields that each fiscal year has, in the order of the grid."""
        return self._fields(yearly=True)

    def _fields(self, yearly: bool) -> tuple[str, ...]:
        fields: dict[str, None] = {}
        for band in self.bands:
            names = dict.fromkeys(name for row in band.rows for name in row)
            for name in names:
                of_year = band.over == "years" and name.endswith(REPEATED)
                if of_year == yearly and band.over != "kpis":
                    fields.update(dict.fromkeys(self._cell_fields(name)))
        return tuple(fields)

    def _cell_fields(self, name: str) -> list[str]:
        spec = self.cells[name.removesuffix(REPEATED)]
        own = [spec.field] if spec.field else []
        return own + [f for part in spec.stack for f in self._cell_fields(part)]
