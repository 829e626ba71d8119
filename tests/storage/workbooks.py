"""Exported workbooks for tests, edited as other people edit them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.worksheet import Worksheet

from app.forms.form import Form
from app.forms.reading import Comparison, compare
from app.plan.plan import Plan
from resources import resource
from storage.excel.sheet_reader import read_workbook
from storage.excel.writing.sheet_writer import workbook_bytes
from storage.form_files import form_for
from storage.interchange.interchange import read_interchange
from storage.pdf.fonts import find_fonts
from tests.storage.plan_json import REAL

FONTS = find_fonts()
SAMPLES = tuple(resource(f"sample/{n}.json") for n in ("sample", "kashima", "kaminoyama"))
PLANS = (*REAL, *SAMPLES)
META = "_keikaku"


def read_plan(path: Path) -> Plan:
    """The plan of an interchange file."""
    return read_interchange(path.read_bytes()).plan


def exported(plan: Plan, form: Form | None = None) -> bytes:
    """The sheets of all initiatives of a plan."""
    initiatives = plan.initiatives.under()
    return workbook_bytes(form or form_for(plan), plan, initiatives, FONTS)


def opened(data: bytes) -> Workbook:
    """A workbook as another program opens it."""
    # It drops these letters from every text it reads.
    veiled = replaced(data, b"x005F_", b"\xee\x80\x80")
    return load_workbook(io.BytesIO(veiled), rich_text=True)


def saved(workbook: Workbook) -> bytes:
    """A workbook as another program writes it."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return replaced(buffer.getvalue(), b"\xee\x80\x80", b"x005F_")


def replaced(data: bytes, old: bytes, new: bytes, only: str = "") -> bytes:
    """An archive with some bytes replaced in all of its parts, or in one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if not any(old in content for content in parts.values()):
        return data
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            is_meant = only in ("", name)
            archive.writestr(name, content.replace(old, new) if is_meant else content)
    return buffer.getvalue()


def edited(data: bytes, edit: Callable[[Workbook], object]) -> bytes:
    """A workbook after an edit in another program."""
    workbook = opened(data)
    edit(workbook)
    return saved(workbook)


def sheets(workbook: Workbook) -> list[Worksheet]:
    """The worksheets that a person sees."""
    return [sheet for sheet in workbook.worksheets if sheet.title != META]


def plain(value: Any) -> str:
    """What a person reads in a cell."""
    runs = value if isinstance(value, CellRichText) else ["" if value is None else value]
    return "".join(str(run) for run in runs).replace("_\ue000", "_").replace("\ue000", "x005F_")


def inputs(sheet: Worksheet) -> list[Any]:
    """The cells to write in: those that are not locked, of a merged range the first."""
    covered = {
        (row, column)
        for area in sheet.merged_cells.ranges
        for row, column in list(area.cells)[1:]
    }  # fmt: skip
    return [
        cell for row in sheet.iter_rows() for cell in row
        if cell.has_style and not cell.protection.locked and (cell.row, cell.column) not in covered
    ]  # fmt: skip


def find(sheet: Worksheet, text: str) -> Any:
    """The first cell that says this."""
    return next(cell for row in sheet.iter_rows() for cell in row if plain(cell.value) == text)


def compared(plan: Plan, data: bytes, folder: Path, form: Form | None = None) -> Comparison:
    """What a returned workbook says against a plan, on the plan's form or another."""
    path = folder / "回答.xlsx"
    path.write_bytes(data)
    return compare(form or form_for(plan), plan, read_workbook(path))
