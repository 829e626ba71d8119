"""Lists as CSV: UTF-8 with a mark that Excel knows it by, or CP932 for older programs.

Nothing is replaced: a character that CP932 lacks is told with its place, and no file is
written. A text that a spreadsheet would take for a formula gets the ' that makes it text
(`guarded`), as on the clipboard.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from app.documents.lists.list_columns import Datum
from app.documents.lists.lists import ListTable
from app.documents.making import table_of
from app.documents.order import Order
from app.documents.pages.drawing import Progress
from app.errors import KeikakuError
from app.plan.texts.plain_text import guarded
from storage.form_files import form_if_any
from storage.safe_io import write_bytes

Encoding = Literal["utf-8", "cp932"]
_CODECS: Final = {"utf-8": "utf-8-sig", "cp932": "cp932"}
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character that an encoding lacks: its row (the head is row 1), column and head."""

    character: str
    row: int
    head: str

    @property
    def words(self) -> str:
        """The character, its code point, and where it stands."""
        return (
            f"{self.row}行目の「{self.head}」の「{self.character}」（U+{ord(self.character):04X}）"
        )


def write_rows(order: Order, target: Path, tell: Progress) -> None:
    """Write a list as CSV, whole or not at all. Raises KeikakuError."""
    form = form_if_any(order.plan, order.choices.form)
    write_csv(table_of(order, form), target, order.choices.encoding)


def write_csv(table: ListTable, target: Path, encoding: Encoding = "utf-8") -> None:
    """Write a list to `target`, whole or not at all. Raises KeikakuError."""
    write_bytes(target, csv_bytes(table, encoding))


def csv_bytes(table: ListTable, encoding: Encoding = "utf-8") -> bytes:
    """A list as CSV. Raises KeikakuError that names the characters the encoding lacks."""
    missing = list(missing_characters(table, encoding))
    if missing:
        raise KeikakuError(_told(missing))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(table.heads)
    writer.writerows([_cell(datum) for datum in row] for row in table.rows)
    return buffer.getvalue().encode(_CODECS[encoding])


def missing_characters(table: ListTable, encoding: Encoding) -> Iterator[MissingCharacter]:
    """Every character of a list that an encoding lacks, once for each cell."""
    for number, row in enumerate((table.heads, *table.rows), start=1):
        for head, datum in zip(table.heads, row, strict=True):
            lacking = (c for c in dict.fromkeys(_cell(datum)) if not _has(encoding, c))
            yield from (MissingCharacter(character, number, head) for character in lacking)


def _has(encoding: Encoding, character: str) -> bool:
    try:
        # What cannot be read back as the same character is not there either.
        return character.encode(encoding).decode(encoding) == character
    except UnicodeEncodeError:
        return False


def _cell(datum: Datum) -> str:
    return guarded(datum) if isinstance(datum, str) else "" if datum is None else str(datum)


def _told(missing: list[MissingCharacter]) -> str:
    places = "、".join(found.words for found in missing[:_SHOWN])
    more = f"ほか{len(missing) - _SHOWN}か所" if len(missing) > _SHOWN else ""
    return (
        f"シフトJIS（CP932）にない文字が{len(missing)}か所あるため、出力していません：{places}{more}。"
        "UTF-8で出力するか、文字を直してください。"
    )
