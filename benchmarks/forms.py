"""What sheets cost, whole processes side by side in one run: `benchmarks/forms.py [COUNT …]`.

The sample plan is repeated until it has 72, 720 and 7,200 initiatives. Each line is a process
of its own that reads the plan and writes its sheets, the best of three up to 720 sheets. Beside
them: `python -c pass`; the same sheets by openpyxl as its manual has it (`merge_cells`, a style
set on each cell); LibreOffice from our Excel file; Typst with the same texts in one table a page
(`pip install typst`); these only up to 720, the last two only where they are installed.
"""

import importlib.util
import resource as process
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
COUNTS = (72, 720, 7200)
RUNS = 3


def main() -> None:
    if sys.argv[1:] and sys.argv[1] in WRITERS:
        WRITERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
        print(process.getrusage(process.RUSAGE_SELF).ru_maxrss // 1024)
        return
    nothing = min(measured([sys.executable, "-c", "pass"])[0] for _ in range(RUNS))
    print(f"python -c pass {nothing:.3f} s")
    for count in map(int, sys.argv[1:]) if sys.argv[1:] else COUNTS:
        compare(count, nothing)


def compare(count: int, nothing: float) -> None:
    """Print a line for each way to write so many sheets."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "plan.json"
        source.write_bytes(grown_plan(count))
        best: dict[str, float] = {}
        for name in WRITERS:
            if name in ("plain openpyxl", "typst") and count > 720:
                continue
            if name == "typst" and importlib.util.find_spec("typst") is None:
                continue
            command = [sys.executable, __file__, name, str(source), f"{folder}/out.{SUFFIX[name]}"]
            runs = [measured(command) for _ in range(RUNS if count <= 720 else 1)]
            best[name] = min(seconds for seconds, _ in runs)
            over = best[name] - nothing
            print(
                f"{count:5} {name:16} {best[name]:7.2f} s  (+{over:.2f} s, "
                f"{over / count * 1000:.2f} ms a sheet, {max(m for _, m in runs):.0f} MB)"
            )
        fill, fit = Path(folder, "out.txt").read_text().split()
        print(
            f"{count:5} fill {float(fill) / count:.2f} ms, fit {float(fit) / count:.2f} ms a sheet"
        )
        if count <= 720 and shutil.which("soffice"):
            best["libreoffice"] = office(Path(folder), source)
            print(
                f"{count:5} {'libreoffice':16} {best['libreoffice']:7.2f} s  (from our Excel file)"
            )
        for one, other in (("pdf", "typst"), ("pdf", "libreoffice"), ("excel", "plain openpyxl")):
            if other in best:
                print(f"{count:5} {one} / {other}: {best[one] / best[other]:.2f}")


def measured(command: list[str]) -> tuple[float, float]:
    """Seconds of a process, and the megabytes that it says it took."""
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - started, float(done.stdout.split()[-1] if done.stdout else 0)


def office(folder: Path, source: Path) -> float:
    """Seconds that LibreOffice takes to print our workbook."""
    write_excel(source, folder / "book.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(source)], capture_output=True)  # The first start is a slow one.
    started = time.perf_counter()
    subprocess.run([*command, str(folder / "book.xlsx")], check=True, capture_output=True)
    return time.perf_counter() - started


def grown_plan(count: int) -> bytes:
    """The sample plan with its initiatives repeated until there are so many."""
    from app.plan.table import Table
    from storage.interchange import interchange_bytes, read_interchange

    plan = read_interchange((ROOT / "resources/sample/sample.json").read_bytes()).plan
    cards = plan.initiatives.under()
    chosen = [cards[n % len(cards)] for n in range(count)]
    years = [
        replace(year, id=f"i{n}/{year.fiscal_year}", parent=f"i{n}")
        for n, card in enumerate(chosen)
        for year in plan.years.under(card.id)
    ]
    grown = [replace(card, id=f"i{n}", position=float(n)) for n, card in enumerate(chosen)]
    plan = replace(plan, initiatives=Table(grown), years=Table(years), relistings=Table())
    return interchange_bytes(plan)


def read_plan(source: Path) -> Any:
    from storage.interchange import read_interchange

    return read_interchange(source.read_bytes()).plan


def fit_only(source: Path, target: Path) -> None:
    """Fill and fit all sheets, write nothing, and say what each took."""
    from app.forms.fitting import Fitter
    from app.forms.sheet import fill
    from storage.fonts import find_fonts
    from storage.form_files import form_for

    plan, fonts = read_plan(source), find_fonts()
    form, initiatives = form_for(plan), plan.initiatives.under()
    fitter = Fitter(fonts)
    fitter.fit(fill(form, plan, initiatives[0]))
    started = time.perf_counter()
    sheets = [fill(form, plan, initiative) for initiative in initiatives]
    filled = time.perf_counter()
    for sheet in sheets:
        fitter.fit(sheet)
    fitted = time.perf_counter()
    target.write_text(f"{(filled - started) * 1000} {(fitted - filled) * 1000}")


def write_pdf(source: Path, target: Path) -> None:
    from app.documents.sheets import sheets_document
    from storage import pdf_writer
    from storage.fonts import find_fonts
    from storage.form_files import form_for

    plan, fonts = read_plan(source), find_fonts()
    document = sheets_document(form_for(plan), plan, plan.initiatives.under(), fonts)
    pdf_writer.write_pdf(document, target, fonts)


def write_excel(source: Path, target: Path) -> None:
    from storage.fonts import find_fonts
    from storage.form_files import form_for
    from storage.xlsx_writer import write_sheets

    plan = read_plan(source)
    write_sheets(form_for(plan), plan, plan.initiatives.under(), find_fonts(), target)


def write_plainly(source: Path, target: Path) -> None:
    """The same cells, merges, borders and fonts, in the words of openpyxl's manual."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    from app.documents.sheets import fit_all
    from storage.fonts import find_fonts
    from storage.form_files import form_for
    from storage.xlsx_grid import Grid

    plan = read_plan(source)
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

    from app.forms.sheet import fill
    from storage.fonts import find_fonts
    from storage.form_files import form_for

    plan = read_plan(source)
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


WRITERS: dict[str, Callable[[Path, Path], None]] = {
    "fill and fit": fit_only,
    "pdf": write_pdf,
    "excel": write_excel,
    "plain openpyxl": write_plainly,
    "typst": write_typst,
}
SUFFIX = {
    "fill and fit": "txt",
    "pdf": "pdf",
    "excel": "xlsx",
    "plain openpyxl": "xlsx",
    "typst": "pdf",
}

if __name__ == "__main__":
    main()
