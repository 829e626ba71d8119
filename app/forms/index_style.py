"""How a city prints its index tables, and how the book explains its form: data of the form file.

Both are tables of the form's TOML file, `[index]` and `[guide]`. Widths are millimetres, font
sizes points.
"""

from dataclasses import dataclass
from typing import Final

# The name under which a guide speaks of the line above the table.
ABOVE: Final = "above"
# What a column of an index table may show.
INDEX_FIELDS: Final = (
    "number", "category", "name", "departments", "status", "marks", "page",
)  # fmt: skip
# The words that the templates of an index may use.
INDEX_WORDS: Final = (
    "chapter", "ordinal", "pillar", "vision", "circled", "state", "number", "new_label", "short",
    "fiscal_year", "category",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IndexColumn:
    """A column: what it shows, its head, its width in mm (0: what the others leave).

    The width of `marks` is that of one year. A `vertical` text runs downwards.
    """

    field: str
    head: str
    width: float = 0.0
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class IndexStyle:
    """The index table of each pillar (INDEX_WORDS stand in braces).

    `chapter` is what a head prints in front of the number of the pillar, unless the plan has a
    text of its own for it (3. for the third chapter of a book, whose parts are 3.1 and 3.2).
    `head`, `vision` and `state` (one line for each desired state) stand above the table,
    `legend` at its right. `new` is put before a name, `again` after one that is listed
    again (再掲), `again_number` is its number where it has none of its own. `year` and
    `open_year` head the marks of the years; `ahead` years follow the term's own.
    """

    head: str = "{ordinal}　{pillar}"
    chapter: str = ""
    vision: str = "{vision}"
    state: str = "・{state}"
    legend: str = ""
    new: str = "【{new_label}】"
    again: str = "（再掲）"
    again_number: str = "再掲"
    category: str = "{category}"
    year: str = "{short}年度"
    open_year: str = "{short}年度以降"
    ahead: int = 1
    size: float = 9.5
    columns: tuple[IndexColumn, ...] = (
        IndexColumn("number", "No.", 16),
        IndexColumn("category", "区分", 12, vertical=True),
        IndexColumn("name", "取組名"),
        IndexColumn("page", "掲載ページ", 22),
    )


@dataclass(frozen=True, slots=True)
class Guide:
    """What a cell of the form holds, for the page that explains it; `cell` is its name.

    `**…**` in the text is printed bold. The cell name `above` is the line above the table.
    """

    cell: str
    text: str
