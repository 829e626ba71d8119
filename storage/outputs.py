"""Writing what can be made of a plan: one function for each content in a format.

The writers, and the libraries they need, are imported when they are first used (`app.lazy`).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.documents.order import Content, Order
from app.documents.pages.drawing import Progress, no_progress
from app.lazy import load
from storage.this_pc.event_log import note

WRITERS: Final[Mapping[tuple[Content, str], str]] = {
    ("pages", ".pdf"): "storage.pdf.outputs:write_pages",
    ("sheets", ".xlsx"): "storage.excel.outputs:write_sheet_book",
    ("sheet_files", ""): "storage.pdf.outputs:write_sheet_files",
    ("rows", ".xlsx"): "storage.excel.outputs:write_rows",
    ("rows", ".csv"): "storage.csv_writer:write_rows",
    ("data", ".json"): "storage.interchange.interchange:write_data",
}
"""By content and suffix: a function of an order, the target and how far it is."""


def write_output(order: Order, target: Path, tell: Progress = no_progress) -> None:
    """Write what was ordered. Raises KeikakuError.

    A target that exists is replaced whole or not at all, also if `tell` stops it; of a folder
    the one before stays under another name (`storage.output_folder`).
    """
    chosen = order.chosen()
    tell(0, 0)
    load(WRITERS[order.output.content, order.output.suffix])(order, target, tell)
    note("written", len(chosen))
