"""Saving a workbook in memory: no temporary file ever holds a text of the plan."""

import io
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def saved(workbook: Workbook) -> bytes:
    """The workbook as a file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _Writer(workbook, archive).save()
    return buffer.getvalue()


class _Writer(ExcelWriter):  # type: ignore[misc]
    """Writes worksheets without openpyxl's way over a file in the folder for temporary files."""

    def write_worksheet(self, ws: Any) -> None:
        # Worksheets of the program have neither charts nor pictures.
        ws._drawing = None
        content = io.BytesIO()
        writer = WorksheetWriter(ws, content)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], content.getvalue())
        self.manifest.append(ws)
