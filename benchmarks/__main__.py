"""How fast the program is, in one table: `python3 dev.py bench [--quick] [NAME …]`.

NAME is one of the modules here: start, window, sheets, plan_file, log, merging; none means all.
`--quick` measures at 72 initiatives only, once each. Peers are measured where they are installed:
LibreOffice (`soffice`), Typst (`pip install typst`), openpyxl as its manual has it.
"""

import sys
from collections.abc import Callable, Iterator, Mapping

from benchmarks import log, merging, plan_file, sheets, start, window
from benchmarks.measuring import FULL, QUICK, Extent, Row

PARTS: Mapping[str, Callable[[Extent], Iterator[Row]]] = {
    "start": start.rows,
    "window": window.rows,
    "sheets": sheets.rows,
    "plan_file": plan_file.rows,
    "log": log.rows,
    "merging": merging.rows,
}


def main(words: list[str]) -> int:
    """Print the table; 2 for a word that is no part."""
    names = [word for word in words if word != "--quick"] or list(PARTS)
    if not set(names) <= set(PARTS):
        print(__doc__, file=sys.stderr)
        return 2
    extent = QUICK if "--quick" in words else FULL
    print(line("what", "size", "time", "processor", "memory", "beside", "ratio", "limit"))
    over = 0
    for name in names:
        for row in PARTS[name](extent):
            over += row.is_over
            print(shown(row), flush=True)
    print(f"{over} over their limit" if over else "All within their limits")
    return 0


def shown(row: Row) -> str:
    """A row as a line of the table; ! marks what is over its limit."""
    cost = row.cost
    processor = time_of(cost.processor) if cost.processor else ""
    memory = f"{cost.megabytes:.0f} MB" if cost.megabytes else ""
    ratio = f"×{row.ratio:.2f}" if row.ratio else ""
    limits = [time_of(row.limit)] if row.limit else []
    limits += [f"×{row.most_ratio:.2f}"] if row.most_ratio else []
    limit = ", ".join(limits) + (" !" if row.is_over else "")
    time = time_of(cost.seconds)
    return line(row.what, row.size, time, processor, memory, row.peer, ratio, limit)


def line(*cells: str) -> str:
    """The cells of a line under each other."""
    what, size, time, processor, memory, peer, ratio, limit = cells
    costs = f"{time:>9}{processor:>10}{memory:>8}"
    return f"{what:35}{size:>7}{costs}  {peer:24}{ratio:>7}  {limit}".rstrip()


def time_of(seconds: float) -> str:
    """Seconds, or milliseconds of what takes less than a tenth of one."""
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
