"""What is printed: sheets as PDF and Excel, the book; beside other programs that do the like.

Each is a whole `keikaku export`, which also opens and verifies the plan file. The peers are given
the plan in the open format and write the same texts (`benchmarks.peers`); LibreOffice makes a PDF
of our workbook.
"""

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import (
    Cost,
    Extent,
    Row,
    a_pc,
    cost_of,
    inside,
    keikaku,
    plan_file,
    plan_json,
    script,
)

BOOKS = ((64, 1.5), (640, 12.0))
MOST_FOR_PEERS = 720
OFFICE, TYPST, OPENPYXL = "LibreOffice (our Excel)", "Typst", "openpyxl by its manual"


def rows(extent: Extent) -> Iterator[Row]:
    """PDF and Excel at each size, then the book, then one sheet."""
    nothing = cost_of(script("pass"), extent.runs).seconds
    for size in extent.sizes:
        with a_pc() as folder:
            yield from _sheets(folder, size, extent.runs_at(size), nothing)
    for count, limit in BOOKS[: len(extent.sizes)]:
        with a_pc() as folder:
            cost = exported(folder, count, "book.pdf", extent.runs, "--what", "book")
            yield Row("book as PDF", str(count), cost.seconds, limit, cost.megabytes)
    yield Row("fill and fit one sheet", "1", one_sheet(extent.runs), 0.0015)


def _sheets(folder: Path, size: int, runs: int, nothing: float) -> Iterator[Row]:
    pdf = exported(folder, size, "sheets.pdf", runs)
    excel = exported(folder, size, "sheets.xlsx", runs)
    peers = dict(_peers(folder, size, 3 if size <= 72 else 1)) if size <= MOST_FOR_PEERS else {}
    limits = (nothing + 0.8, nothing + 1.2) if size == 72 else (0.0, 0.0)
    for what, cost, limit, names in (
        ("sheets as PDF", pdf, limits[0], {TYPST: 1.0, OFFICE: 1.0}),
        ("sheets as Excel", excel, limits[1], {OPENPYXL: 0.34}),
    ):
        known = [name for name in names if name in peers] or [""]
        for name in known:
            took, most = peers.get(name, 0.0), names.get(name, 0.0)
            yield Row(what, f"{size:,}", cost.seconds, limit, cost.megabytes, name, took, most)


def exported(folder: Path, count: int, name: str, runs: int, *words: str) -> Cost:
    """What a whole export costs."""
    return cost_of(keikaku("export", plan_file(folder, count), folder / name, *words), runs)


def _peers(folder: Path, size: int, runs: int) -> Iterator[tuple[str, float]]:
    """Seconds that each program takes that is installed here."""
    source = plan_json(folder, size)
    peer = [sys.executable, "-m", "benchmarks.peers"]
    yield OPENPYXL, cost_of([*peer, "openpyxl", source, folder / "peer.xlsx"], runs).seconds
    if importlib.util.find_spec("typst"):
        yield TYPST, cost_of([*peer, "typst", source, folder / "typst.pdf"], runs).seconds
    if shutil.which("soffice"):
        yield OFFICE, _office(folder, runs)


def _office(folder: Path, runs: int) -> float:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    # Its first start makes the profile.
    cost_of([*command, folder / "no such file"], 1, codes=(0, 1))
    return cost_of([*command, folder / "sheets.xlsx"], runs).seconds


def one_sheet(runs: int) -> float:
    """Seconds to fill a form with an initiative and find the size at which it fits."""
    from app.forms.fitting import Fitter
    from app.forms.sheet import fill
    from storage.fonts import find_fonts
    from storage.form_files import form_for
    from storage.interchange import read_interchange

    with a_pc() as folder:
        plan = read_interchange(plan_json(folder, 38).read_bytes()).plan
    form, fitter = form_for(plan), Fitter(find_fonts())
    cards = plan.initiatives.under()

    def fit_all() -> None:
        for initiative in cards:
            fitter.fit(fill(form, plan, initiative))

    return inside(fit_all, runs) / len(cards)
