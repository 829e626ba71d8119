"""What an exported workbook remembers, so that its cells are found again when it comes back.

A hidden sheet lists each input cell: which worksheet, which field of the plan, which part of
a text that runs over pages, and the text as issued. A worksheet is known by the mark in its
A1, a row by the mark in column A and a column by the mark in row 1 (both hidden): they move
with their cells when people insert rows or columns, rename, reorder or copy sheets.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.forms.fields import Target
from app.plan.kinds import KINDS

META_SHEET: Final = "_keikaku"
META_FORMAT: Final = "keikaku-issue"
META_VERSION: Final = 1
SHEET_MARK: Final = re.compile(r"keikaku-sheet-\d+")
ROW_MARK: Final = re.compile(r"r\d+")
# More may stand behind it: see `storage.excel.page_record`.
COLUMN_MARK: Final = re.compile(r"(c\d+)(?: keikaku-page .*)?", re.DOTALL)
_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class IssuedCell:
    """One input cell as issued: its marks, its field, and what stood in it.

    `part` counts from 0 the pieces of a text cut by a page end, `joint` is what stands
    between this piece and the next. `item` is the bullet of a list, not part of its value.
    """

    sheet: str
    row: str
    column: str
    target: Target
    part: int
    joint: str
    item: str
    text: str

    def written(self) -> tuple[str, str, str]:
        """The cell as a row of the hidden sheet."""
        target = self.target
        facts = [
            self.row, self.column, target.kind, target.id, target.field, target.fiscal_year,
            self.part, self.joint, self.item,
        ]  # fmt: skip
        return self.sheet, _JSON(facts), self.text


@dataclass(frozen=True, slots=True)
class IssuedSheet:
    """A worksheet as issued: its mark, its title, and where its fixed texts stand."""

    mark: str
    title: str
    labels: frozenset[tuple[str, str]]

    def written(self) -> tuple[str, str, str]:
        """The worksheet as a row of the hidden sheet."""
        return self.mark, _JSON({"labels": sorted(self.labels)}), self.title


@dataclass(frozen=True, slots=True)
class Issue:
    """All that the hidden sheet says; `plan` is the id of the plan.

    `sheets` and `cells` are by the mark of the worksheet, `counts` say of how many pieces the
    text of a field was.
    """

    plan: str
    sheets: Mapping[str, IssuedSheet]
    cells: Mapping[str, list[IssuedCell]]
    counts: Mapping[Target, int]


NO_ISSUE: Final = Issue("", {}, {}, {})
"""What a workbook of none of ours says."""


def read_issue(rows: Iterable[Sequence[str]]) -> Issue:
    """The hidden sheet read back. Raises ValueError where it is not one of ours."""
    lines = iter(rows)
    head = next(lines, ())
    if tuple(head[:2]) != (META_FORMAT, str(META_VERSION)):
        raise ValueError(head)
    sheets: dict[str, IssuedSheet] = {}
    cells: dict[str, list[IssuedCell]] = {}
    counts: Counter[Target] = Counter()
    for mark, facts, text in lines:
        if not facts:
            continue
        values = json.loads(facts)
        if isinstance(values, dict):
            labels = frozenset((str(row), str(column)) for row, column in values["labels"])
            sheets[mark] = IssuedSheet(mark, text, labels)
        else:
            cell = _issued_cell(mark, values, text)
            cells.setdefault(mark, []).append(cell)
            counts[cell.target] += 1
    if not set(cells) <= set(sheets):
        raise ValueError("a cell without its sheet")
    return Issue(head[2] if len(head) > 2 else "", sheets, cells, counts)


def _issued_cell(sheet: str, values: Any, text: str) -> IssuedCell:
    row, column, kind, id, field, fiscal_year, part, joint, item = values
    names = (row, column, kind, id, field, joint, item)
    if kind not in KINDS or not all(isinstance(name, str) for name in names):
        raise ValueError(values)
    if not isinstance(part, int) or not isinstance(fiscal_year, int | None):
        raise ValueError(values)
    target = Target(kind, id, field, fiscal_year)
    return IssuedCell(sheet, row, column, target, part, joint, item, text)


def sheet_mark(number: int) -> str:
    """The mark of the nth worksheet, from 1."""
    return f"keikaku-sheet-{number}"


def row_mark(row: int) -> str:
    """The mark of a row as exported."""
    return f"r{row}"


def column_mark(column: int) -> str:
    """The mark of a column as exported."""
    return f"c{column}"


def escaped(text: str) -> str:
    """A text as Excel stores it: `_x0041_` would be read as a character code."""
    return _ESCAPED.sub("_x005F_", text) if "_x" in text else text


def is_mark(text: str) -> bool:
    """Whether a text is one by which rows, columns and sheets of ours are found again."""
    return any(mark.fullmatch(text) for mark in (SHEET_MARK, ROW_MARK, COLUMN_MARK))


def unescaped(text: str) -> str:
    """The inverse of `escaped`; carriage returns written as `_x000D_` go."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
    return text
