"""How long the book takes, whole process, and how much memory: `python benchmarks/book.py`.

The sample plan is copied until it has as many initiatives as the real plans have (64), then
ten times as many. Each run is a process of its own.
"""

import resource as process
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
COUNTS = (64, 320, 640)
RUNS = 3


def main() -> None:
    if len(sys.argv) > 1:
        write_book(Path(sys.argv[1]), Path(sys.argv[2]))
        return
    for count in COUNTS:
        with TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.json"
            plan.write_bytes(grown_plan(count))
            times, memory = zip(*(measured(plan) for _ in range(RUNS)), strict=True)
        print(f"{count:4} sheets: {min(times):5.2f} s, {max(memory):4.0f} MB")


def measured(plan: Path) -> tuple[float, float]:
    """Seconds and megabytes of one process that reads the plan and writes its book."""
    command = [sys.executable, __file__, str(plan), str(plan.with_suffix(".pdf"))]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - started, float(done.stdout)


def grown_plan(count: int) -> bytes:
    """The sample plan with its initiatives repeated until there are so many."""
    sys.path.insert(0, str(ROOT))
    from app.plan.table import Table
    from storage.interchange import interchange_bytes, read_interchange

    plan = read_interchange((ROOT / "resources/sample/sample.json").read_bytes()).plan
    cards, years = plan.initiatives.under(), []
    grown = []
    for n in range(count):
        card = cards[n % len(cards)]
        grown.append(replace(card, id=f"i{n}", position=float(n)))
        years += [
            replace(y, id=f"i{n}/{y.fiscal_year}", parent=f"i{n}")
            for y in plan.years.under(card.id)
        ]
    plan = replace(plan, initiatives=Table(grown), years=Table(years), relistings=Table())
    return interchange_bytes(plan)


def write_book(source: Path, target: Path) -> None:
    """Read a plan and write its book; print the most memory the process had, in MB."""
    sys.path.insert(0, str(ROOT))
    from app.documents.book import book_document
    from storage.fonts import find_fonts
    from storage.form_files import form_for
    from storage.interchange import read_interchange
    from storage.pdf_writer import write_pdf

    plan = read_interchange(source.read_bytes()).plan
    fonts = find_fonts()
    write_pdf(book_document(form_for(plan), plan, fonts), target, fonts)
    print(process.getrusage(process.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
