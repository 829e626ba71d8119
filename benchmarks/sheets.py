"""What is printed: sheets as PDF and Excel, the book; beside other programs that do the like.

Each is a whole `keikaku export`, which also opens and verifies the plan file. The peers are given
the plan in the open format and write the same texts (`benchmarks.peers`); LibreOffice makes a PDF
of our workbook.
"""

import importlib.util
import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import (
    Command,
    Cost,
    Extent,
    Row,
    a_pc,
    cost_of,
    in_turn,
    inside,
    keikaku,
    plan_file,
    plan_json,
    script,
    side_by_side,
)

BOOKS = ((64, 1.5), (640, 12.0))
MOST_FOR_PEERS = 720
BARE = "bare XlsxWriter, same cells"
NOTHING, OFFICE, TYPST = "python -c pass", "LibreOffice (our Excel)", "Typst"
OPENPYXL = "openpyxl by its manual"


def rows(extent: Extent) -> Iterator[Row]:
    """PDF and Excel at each size, then the book, then one sheet."""
    for size in extent.sizes:
        with a_pc() as folder:
            yield from _sheets(folder, size, extent.runs_at(size))
    for count, limit in BOOKS[: len(extent.sizes)]:
        with a_pc() as folder:
            export = keikaku("export", plan_file(folder, count), folder / "b.pdf", "--what", "book")
            yield Row("book as PDF", str(count), cost_of(export, extent.runs_at(count)), limit)
    yield _beside_bare_xlsxwriter(extent.runs)
    yield Row("fill and fit one sheet", "1", one_sheet(extent.runs), 0.0015)


def _sheets(folder: Path, size: int, runs: int) -> Iterator[Row]:
    plan, excel = plan_file(folder, size), folder / "sheets.xlsx"
    commands = {
        "sheets as PDF": keikaku("export", plan, folder / "sheets.pdf"),
        "sheets as Excel": keikaku("export", plan, excel),
        NOTHING: script("pass"),
    }
    if size <= MOST_FOR_PEERS:
        commands |= _peers(folder, plan_json(folder, size), excel)
    else:
        commands |= _bare(folder, size)
    costs = side_by_side(commands, runs)
    for what, most_over, peers in (
        ("sheets as PDF", 0.8, {TYPST: 1.0, OFFICE: 1.0}),
        ("sheets as Excel", 1.0, {OPENPYXL: 0.25, BARE: 1.3}),
    ):
        limit = costs[NOTHING].seconds + most_over if size == 72 else 0.0
        for name in [name for name in peers if name in costs] or [""]:
            beside = costs.get(name)
            yield Row(what, f"{size:,}", costs[what], limit, name, beside, peers.get(name, 0.0))


def _beside_bare_xlsxwriter(runs: int) -> Row:
    """72 sheets in this process, with filling and fitting, beside XlsxWriter by its manual."""
    from benchmarks import bare_excel
    from storage.excel.writing.sheet_writer import workbook_bytes
    from storage.form_files import form_for
    from storage.interchange.interchange import read_interchange
    from storage.pdf.fonts import find_fonts

    with a_pc() as folder:
        plan = read_interchange(plan_json(folder, 72).read_bytes()).plan
    form, fonts, cards = form_for(plan), find_fonts(), plan.initiatives.under()
    cells = bare_excel.read(workbook_bytes(form, plan, cards, fonts))
    ours, bare = in_turn(
        lambda: workbook_bytes(form, plan, cards, fonts),
        lambda: bare_excel.write(cells, io.BytesIO()),
        runs=runs,
    )
    return Row("sheets as Excel, in process", "72", ours, 0.0, BARE, bare, 1.5)


def _bare(folder: Path, size: int) -> dict[str, Command]:
    """The same number of worksheets by bare XlsxWriter: the cells of 72, again and again."""
    from benchmarks import bare_excel

    few, cells = folder / "few.xlsx", folder / "cells"
    cost_of(keikaku("export", plan_file(folder, 72), few), 1)
    bare_excel.keep(few.read_bytes(), cells)
    words = (cells, folder / "bare.xlsx", str(size // 72))
    return {BARE: [sys.executable, "-m", "benchmarks.bare_excel", *words]}


def _peers(folder: Path, source: Path, excel: Path) -> dict[str, Command]:
    """The commands of the programs that are installed here."""
    peer = [sys.executable, "-m", "benchmarks.peers"]
    found: dict[str, Command] = {OPENPYXL: [*peer, "openpyxl", source, folder / "peer.xlsx"]}
    if importlib.util.find_spec("typst"):
        found[TYPST] = [*peer, "typst", source, folder / "typst.pdf"]
    if shutil.which("soffice"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        # Its first start makes the profile.
        cost_of([*office, folder / "no such file"], 1, codes=(0, 1))
        found[OFFICE] = [*office, excel]
    return found


def one_sheet(runs: int) -> Cost:
    """What it costs to fill a form with an initiative and find the size at which it fits."""
    from app.forms.fitting.fitting import Fitter
    from app.forms.sheet import fill
    from storage.form_files import form_for
    from storage.interchange.interchange import read_interchange
    from storage.pdf.fonts import find_fonts

    with a_pc() as folder:
        plan = read_interchange(plan_json(folder, 38).read_bytes()).plan
    form, fitter = form_for(plan), Fitter(find_fonts())
    cards = plan.initiatives.under()

    def fit_all() -> None:
        for initiative in cards:
            fitter.fit(fill(form, plan, initiative))

    whole = inside(fit_all, runs)
    return Cost(whole.seconds / len(cards), whole.processor / len(cards))
