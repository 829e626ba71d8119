"""Saving a workbook in memory: no temporary file ever holds a text of the plan."""

import io
import zipfile
import zlib
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from app.documents.pages.drawing import Progress, no_progress


class Saving:
    """A workbook on its way into a file. Sealed worksheets need a tenth of their memory."""

    def __init__(self, workbook: Workbook) -> None:
        """Save `workbook`, whose worksheets have neither charts nor pictures."""
        self._workbook = workbook
        self._sealed: dict[int, bytes] = {}

    def seal(self, sheet: Worksheet) -> None:
        """Take the contents of a worksheet, which is finished, out of the workbook."""
        self._sealed[id(sheet)] = zlib.compress(_content(sheet), 1)
        sheet._cells.clear()
        sheet.merged_cells.ranges.clear()

    def saved(self, tell: Progress = no_progress) -> bytes:
        """The workbook as a file; it is empty then. `tell` hears (0, 0) before each worksheet."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            _Writer(self._workbook, archive, self._sealed, tell).save()
        for sheet in self._workbook._sheets:
            # A worksheet and its parts hold each other. Taken apart they go at once; else Python
            # looks for all this rubbish on the window's thread, and stops it for 0.2 s.
            vars(sheet).clear()
        return buffer.getvalue()


class _Writer(ExcelWriter):  # type: ignore[misc]
    """Writes worksheets without openpyxl's way over a file in the folder for temporary files."""

    def __init__(
        self,
        workbook: Workbook,
        archive: zipfile.ZipFile,
        sealed: dict[int, bytes],
        tell: Progress,
    ) -> None:
        super().__init__(workbook, archive)
        self._sealed, self._tell = sealed, tell

    def write_worksheet(self, ws: Any) -> None:
        self._tell(0, 0)
        sealed = self._sealed.pop(id(ws), None)
        content = _content(ws) if sealed is None else zlib.decompress(sealed)
        self._archive.writestr(ws.path[1:], content)
        self.manifest.append(ws)


def _content(sheet: Worksheet) -> bytes:
    sheet._drawing = None
    content = io.BytesIO()
    writer = WorksheetWriter(sheet, content)
    writer.write()
    sheet._rels = writer._rels
    return content.getvalue()
