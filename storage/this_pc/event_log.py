"""What happened in this program on this PC: names of events and counts, no text of any plan.

`logs/events.txt` has a line an event: when, which, how many, and of a fault its kind and place in
our code. It is for whoever looks into a trouble. No name of a person, a PC or a file comes here.
"""

import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Literal

from storage.this_pc.data_folder import data_folder

Event = Literal[
    "opened", "saved", "not_saved", "unsure", "merged", "restored", "put_aside", "written", "fault"
]
MOST_BYTES: Final = 200_000
"""How long a file of the log grows; the one before is kept too."""
_OURS: Final = ("app", "storage", "ui", "resources")


def note(event: Event, *counts: int, where: str = "") -> None:
    """Write an event down. Where that cannot be, not knowing of it is all that is lost."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    line = " ".join((now, event, *map(str, counts), where)).rstrip()
    path = _path()
    # Not through `safe_io`: nothing depends on it, and no document waits for it.
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.exists(path) and path.stat().st_size > MOST_BYTES:
            os.replace(path, _before(path))
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def note_fault(fault: BaseException) -> str:
    """Write down a fault of the program. Returns its kind and place, for a person to pass on."""
    where = f"{type(fault).__name__} {_place(fault.__traceback__)}"
    note("fault", where=where)
    return where


def lines() -> Sequence[str]:
    """The lines there are, oldest first."""
    found: list[str] = []
    for path in (_before(_path()), _path()):
        with suppress(OSError):
            found += path.read_text(encoding="utf-8", errors="replace").splitlines()
    return found


def counts() -> dict[str, int]:
    """How often each event is in the log, by its name."""
    words = (line.split(" ") for line in lines())
    return dict(sorted(Counter(cells[1] for cells in words if len(cells) > 1).items()))


def _path() -> Path:
    return data_folder() / "logs" / "events.txt"


def _before(path: Path) -> Path:
    return path.with_name("events-before.txt")


def _place(trace: TracebackType | None) -> str:
    """Module and line of the innermost place in our own code."""
    place = "-"
    while trace is not None:
        name = str(trace.tb_frame.f_globals.get("__name__", ""))
        if name.partition(".")[0] in _OURS:
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
