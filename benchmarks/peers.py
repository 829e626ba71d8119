"""The same sheets by other programs: `python -m benchmarks.peers openpyxl|typst PLAN.json OUT`.

XlsxWriter by its manual, with the very cells of our workbook, is in `benchmarks.bare_excel`.
"""

import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from app.documents.sheets import fit_all
from app.forms.sheet import fill
from storage.excel.writing.grid import Grid
from storage.form_files import form_for
from storage.interchange.interchange import read_interchange
from storage.pdf.fonts import find_fonts


def write_openpyxl(source: Path, target: Path) -> None:
    """The same cells, merges, borders and fonts, in the words of openpyxl's manual."""
    plan = read_interchange(source.read_bytes()).plan
    book, thin = Workbook(), Side(style="thin")
    for fitted in fit_all(form_for(plan), plan, plan.initiatives.under(), find_fonts()):
        sheet, grid = book.create_sheet(), Grid(fitted.pages[0])
        for column, width in enumerate(grid.widths, start=2):
            sheet.column_dimensions[get_column_letter(column)].width = width / 5
        for row, height in enumerate(grid.heights, start=3):
            sheet.row_dimensions[row].height = height
        for placed in fitted.pages[0].cells:
            place = grid.range(placed)
            for row in range(place.top, place.bottom + 1):
                for column in range(place.left, place.right + 1):
                    cell = sheet.cell(row, column)
                    cell.font = Font(name="BIZ UDGothic", size=placed.size)
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                    cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            sheet.cell(place.top, place.left).value = placed.flow.text.plain
            sheet.merge_cells(
                start_row=place.top, end_row=place.bottom,
                start_column=place.left, end_column=place.right,
            )  # fmt: skip
    book.save(target)


def write_typst(source: Path, target: Path) -> None:
    """The same texts, a table a page, laid out by Typst at a size given beforehand."""
    import typst

    plan = read_interchange(source.read_bytes()).plan
    form = form_for(plan)
    parts = [
        '#set page("a4", flipped: true, margin: 1cm)\n'
        '#set text(font: "BIZ UDGothic", size: 9pt, lang: "ja")\n#set par(leading: 0.3em)\n'
    ]
    for initiative in plan.initiatives.under():
        texts = [cell.text for cell in fill(form, plan, initiative).cells]
        quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
        cells = ", ".join(f'text("{text}")' for text in quoted)
        parts.append(f"#table(columns: (1fr, 1fr, 1fr), {cells})\n#pagebreak(weak: true)\n")
    page = target.with_suffix(".typ")
    page.write_text("".join(parts), encoding="utf-8")
    folders = sorted({str(Path(face.font.face.filename).parent) for face in find_fonts()._faces})
    typst.compile(page, output=target, font_paths=folders)


if __name__ == "__main__":
    {"openpyxl": write_openpyxl, "typst": write_typst}[sys.argv[1]](*map(Path, sys.argv[2:]))
