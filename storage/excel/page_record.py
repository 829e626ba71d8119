"""What a worksheet says of itself, so that it is known wherever it is moved.

It stands in the hidden first row, behind the marks of the columns: the plan and the initiative,
which field each input cell is, and a fingerprint of each text as issued. People move worksheets
from book to book; the hidden sheet of the first book (`storage.excel.issue`) stays behind.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.forms.fields import Target
from app.plan.kinds import KINDS

_MARK: Final = re.compile(r"c\d+ keikaku-page (\d{1,3})/(\d{1,3}) (.*)", re.DOTALL)
# Excel takes 32,767 characters in a cell.
_LONGEST: Final = 30_000
_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class RecordedCell:
    """An input cell: its marks, its field, which of how many pieces of the text it holds.

    `joint` stands between this piece and the next, `item` is the bullet of a list. `digest` and
    `whole` are fingerprints of the piece and of the whole text as issued.
    """

    row: str
    column: str
    target: Target
    part: int
    of: int
    joint: str
    item: str
    digest: str
    whole: str


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A worksheet: of which plan and initiative, which page of its sheet, its title as issued.

    `labels` are the marks and fingerprints of the fixed texts.
    """

    plan: str
    initiative: str
    page: int
    title: str
    cells: tuple[RecordedCell, ...]
    labels: tuple[tuple[str, str, str], ...]

    def written(self) -> Iterator[str]:
        """The texts to stand behind the marks of columns: one, more if it is long."""
        cells = [
            [c.row, c.column, c.target.kind, c.target.id, c.target.field, c.target.fiscal_year,
             c.part, c.of, c.joint, c.item, c.digest, "" if c.whole == c.digest else c.whole]
            for c in self.cells
        ]  # fmt: skip
        facts = [self.plan, self.initiative, self.page, self.title, cells]
        text = _JSON([*facts, list(self.labels)])
        pieces = [text[n : n + _LONGEST] for n in range(0, len(text), _LONGEST)]
        for number, piece in enumerate(pieces, start=1):
            yield f"keikaku-page {number}/{len(pieces)} {piece}"


def read_record(texts: Iterable[str]) -> PageRecord | None:
    """The record among these texts, None if there is none that is whole.

    Raises ValueError or TypeError for one that does not say what it must.
    """
    pieces = {int(found[1]): found for text in texts if (found := _MARK.fullmatch(text))}
    if not pieces:
        return None
    count = int(next(iter(pieces.values()))[2])
    if set(pieces) != set(range(1, count + 1)):
        return None
    facts = json.loads("".join(pieces[n][3] for n in sorted(pieces)))
    plan, initiative, page, title, cells, labels = facts
    if not (_are_texts(plan, initiative, title) and isinstance(page, int)):
        raise ValueError("no record")
    return PageRecord(
        plan, initiative, page, title, tuple(map(_cell, cells)), tuple(map(_label, labels))
    )


def _cell(facts: Sequence[Any]) -> RecordedCell:
    row, column, kind, id, field, fiscal_year, part, of, joint, item, digest, whole = facts
    are_numbers = all(isinstance(n, int) for n in (part, of)) and isinstance(
        fiscal_year, int | None
    )
    if kind not in KINDS or not are_numbers:
        raise ValueError(facts)
    if not _are_texts(row, column, id, field, joint, item, digest, whole):
        raise ValueError(facts)
    target = Target(kind, id, field, fiscal_year)
    return RecordedCell(row, column, target, part, of, joint, item, digest, whole or digest)


def _label(facts: Sequence[Any]) -> tuple[str, str, str]:
    row, column, digest = facts
    if not _are_texts(row, column, digest):
        raise ValueError(facts)
    return row, column, digest


def _are_texts(*values: Any) -> bool:
    return all(isinstance(value, str) for value in values)
