"""What the plan file costs: import, open, one edit, export at 72, 720 and 7,200 initiatives.

    python benchmarks/plan_file.py

Prints milliseconds, and how much each grows for ten times the plan (10 = linear). Everything is
measured inside one process, the best of several runs; `command` is a whole `keikaku show`.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.edits.text import set_year_text  # noqa: E402
from app.session import Session  # noqa: E402
from resources import resource  # noqa: E402
from storage.interchange import interchange_bytes, read_interchange  # noqa: E402
from storage.plan_file import PlanFile, create_plan_file  # noqa: E402

SIZES = (72, 720, 7200)


def plan_of_size(count: int) -> bytes:
    """The sample, repeated to `count` initiatives."""
    document = json.loads(resource("sample/sample.json").read_bytes())
    sample = document["initiatives"]
    document["initiatives"] = [
        sample[n % len(sample)] | {"id": str(uuid5(NAMESPACE_URL, str(n)))} for n in range(count)
    ]
    return json.dumps(document, indent=1, ensure_ascii=False).encode()


def best(work: Callable[[], object], runs: int) -> float:
    """Milliseconds of the quickest run."""
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def measure(folder: Path, count: int) -> dict[str, float]:
    """Milliseconds by what was done."""
    runs = 5 if count < 1000 else 3
    data, path = plan_of_size(count), folder / f"{count}.keikaku"
    plan = read_interchange(data).plan

    def create() -> None:
        create_plan_file(path, plan, "測定", overwrite=True)

    def open_and_read() -> None:
        with PlanFile.edit(path) as file:
            file.plan()
            file.history()

    found = {
        "read JSON": best(lambda: read_interchange(data), runs),
        "create file": best(create, runs),
        "open, read": best(open_and_read, runs),
        "export JSON": best(lambda: interchange_bytes(plan), runs),
    }
    with PlanFile.edit(path) as file:
        session = Session(file.plan(), file, file.history())
        id = next(iter(plan.initiatives))
        texts = iter(range(1000))

        def edit() -> None:
            session.do(set_year_text(session.plan, id, 2024, "actions", f"・{next(texts)}"))

        edit()
        found["one edit"] = best(edit, 20)
        found["one undo"] = best(session.undo, 10)
    command = [sys.executable, "-m", "ui", "show", str(path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}

    def show() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=ROOT)

    found["command"] = best(show, runs)
    return found


def main() -> None:
    gc.set_threshold(100_000, 20, 20)  # as the command line has it
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(Path(folder), count) for count in SIZES]
    print(f"{'ms':14}" + "".join(f"{count:>10,}" for count in SIZES) + "    growth")
    for name in results[0]:
        times = [result[name] for result in results]
        growth = "  ".join(f"×{b / a:.1f}" for a, b in pairwise(times))
        print(f"{name:14}" + "".join(f"{ms:10.1f}" for ms in times) + f"    {growth}")


if __name__ == "__main__":
    main()
