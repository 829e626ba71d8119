"""How something is measured, and the row that says how long it took.

What a person waits for as a command is measured as a whole process; what they wait for in an
open window, inside one. The median of several runs counts, as other programs run beside it.
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """What something took: seconds, seconds of processor, and the most memory (MB); 0: unknown.

    On a machine that does other things beside, the seconds of processor are the steadier ones.
    """

    seconds: float
    processor: float = 0.0
    megabytes: float = 0.0


@dataclass(frozen=True)
class Row:
    """One line of the table: what took how long, what it may take, and beside what.

    `limit` is in seconds, `peer` what did the same work in the same run, `most_ratio` how much
    of the peer's time it may take.
    """

    what: str
    size: str
    cost: Cost
    limit: float = 0.0
    peer: str = ""
    beside: Cost | None = None
    most_ratio: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times the peer's time it took; 0 for no peer."""
        return self.cost.seconds / self.beside.seconds if self.beside else 0.0

    @property
    def is_over(self) -> bool:
        """Whether it took longer than it may."""
        too_slow = self.limit and self.cost.seconds > self.limit
        return bool(too_slow or (self.most_ratio and self.ratio > self.most_ratio))


@dataclass(frozen=True)
class Extent:
    """How much is measured: at how many initiatives, and how often."""

    sizes: tuple[int, ...]
    runs: int

    def runs_at(self, size: int) -> int:
        """Fewer runs of what takes a minute."""
        return self.runs if size <= 100 else min(self.runs, 2) if size <= 1000 else 1


FULL = Extent((72, 720, 7200), 5)
QUICK = Extent((72,), 1)


# Runs a command and says how long it took, on the processor too, and the most memory (KB). It is
# a process of its own: what a large process starts counts that one's memory as its own.
_WATCH = """
import os, sys, time
began = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
took, busy = time.perf_counter() - began, used.ru_utime + used.ru_stime
print(took, busy, used.ru_maxrss, os.waitstatus_to_exitcode(status))
"""


Command = Sequence[str | Path]


def cost_of(command: Command, runs: int, codes: Sequence[int] = (0,)) -> Cost:
    """What a process costs from its start to its end. Exits where it fails."""
    return median_of([_run(command, codes) for _ in range(runs)])


def side_by_side(commands: Mapping[str, Command], runs: int) -> dict[str, Cost]:
    """What each of some processes costs, run in turn so that all meet the same machine."""
    rounds = [{name: _run(made, (0,)) for name, made in commands.items()} for _ in range(runs)]
    return {name: median_of([costs[name] for costs in rounds]) for name in commands}


def median_of(costs: Sequence[Cost]) -> Cost:
    """The usual one of several runs, with the most memory of any."""
    return Cost(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.processor for cost in costs),
        max(cost.megabytes for cost in costs),
    )


def _run(command: Command, codes: Sequence[int]) -> Cost:
    words = list(map(str, command))
    environment = os.environ | {"PYTHONPATH": _path(), "PYTHONUTF8": "1"}
    watched = subprocess.run(
        [sys.executable, "-c", _WATCH, *words],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    seconds, processor, memory, code = watched.stdout.split()[-4:]
    if int(code) not in codes:
        sys.exit(f"{' '.join(words)}\n{watched.stderr}")
    return Cost(float(seconds), float(processor), int(memory) / 1024)


def _path() -> str:
    return os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))


def keikaku(*words: str | Path) -> list[str | Path]:
    """The command that runs the program."""
    return [sys.executable, "-m", "ui", *words]


def script(text: str, *words: str | Path) -> list[str | Path]:
    """The command that runs a few lines of Python."""
    return [sys.executable, "-c", text, *words]


def inside(work: Callable[[], object], runs: int) -> Cost:
    """What some work in this process costs; the first run only warms up."""
    return in_turn(work, runs=runs)[0]


def in_turn(*works: Callable[[], object], runs: int) -> list[Cost]:
    """What each of some works in this process costs, run in turn so that all meet the same."""
    taken: list[list[Cost]] = [[] for _ in works]
    for _ in range(runs + 1):
        for work, costs in zip(works, taken, strict=True):
            costs.append(_once(work))
    return [median_of(costs[1:]) for costs in taken]


def _once(work: Callable[[], object]) -> Cost:
    gc.collect()
    started, busy = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - started, time.process_time() - busy)


@contextmanager
def a_pc() -> Iterator[Path]:
    """A folder for files, with a data folder of the program of its own in it."""
    before = os.environ.get("KEIKAKU_HOME")
    with TemporaryDirectory() as folder:
        os.environ["KEIKAKU_HOME"] = str(Path(folder, "PC"))
        yield Path(folder)
    os.environ.pop("KEIKAKU_HOME")
    if before:
        os.environ["KEIKAKU_HOME"] = before


def plan_json(folder: Path, count: int) -> Path:
    """The sample plan in the open format, repeated until it has so many initiatives."""
    document = json.loads((ROOT / "resources/sample/sample.json").read_bytes())
    sample = document["initiatives"]
    document["initiatives"] = [
        sample[n % len(sample)] | {"id": str(uuid5(NAMESPACE_URL, str(n)))} for n in range(count)
    ]
    target = folder / f"{count}.json"
    target.write_text(json.dumps(document, indent=1, ensure_ascii=False), encoding="utf-8")
    return target


def plan_file(folder: Path, count: int) -> Path:
    """The same as a plan file."""
    target = folder / f"{count}.keikaku"
    if not target.exists():
        cost_of(keikaku("import", plan_json(folder, count), target), 1)
    return target


def card(n: int) -> str:
    """The id of an initiative of these plans."""
    return str(uuid5(NAMESPACE_URL, str(n)))
