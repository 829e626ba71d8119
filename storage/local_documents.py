"""The plans of this PC: opening, making and letting go of plan files; which were open last."""

import json
import os
from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final
from uuid import uuid4

from app.errors import KeikakuError
from app.plan.entities import Profile
from app.plan.plan import Plan
from app.ports import Output, Progress
from app.session import Session
from resources import resource
from storage.data_folder import data_folder
from storage.interchange import Incoming, read_interchange
from storage.json_text import MOST_BYTES
from storage.outputs import WRITERS, write_output
from storage.plan_file import PlanFile, create_plan_file
from storage.safe_io import make_folder, read_bytes, write_bytes

STATUSES: Final = ("調査・研究中", "着手中", "運用中")
_TERMS: Final = (2, 2, 2, 2)
_MOST_RECENT: Final = 10


def author() -> str:
    """Who the log says made an edit: the name this person signed in with."""
    return next(filter(None, map(os.environ.get, ("USERNAME", "LOGNAME", "USER"))), "")


def import_plan(source: Path, target: Path, *, overwrite: bool = False) -> Incoming:
    """Make a plan file of an interchange file, and report. Raises KeikakuError, nothing written."""
    incoming = read_interchange(read_bytes(source, MOST_BYTES))
    create_plan_file(target, incoming.plan, "取り込み", author(), overwrite=overwrite)
    return incoming


def import_sample(target: Path, *, overwrite: bool = False) -> Incoming:
    """Make a plan file of the sample that comes with the program."""
    return import_plan(resource("sample/sample.json"), target, overwrite=overwrite)


class LocalDocuments:
    """Opens and closes plan files for the window (`ui.desktop.documents.Documents`)."""

    def __init__(self) -> None:
        self._open: list[tuple[Session, PlanFile]] = []

    def recent(self) -> Sequence[str]:
        """Paths of the plans that were open last, the latest first; only those that exist."""
        return [path for path in _recent() if Path(path).exists()]

    def sample(self) -> tuple[Session, str]:
        """A fresh copy of the sample plan and the path it is kept at."""
        make_folder(data_folder())
        names = (f"見本{n if n > 1 else ''}.keikaku" for n in count(1))
        path = next(p for p in map(data_folder().joinpath, names) if not p.exists())
        import_sample(path)
        return self.open(str(path)), str(path)

    def create(self, path: str, municipality: str, title: str, form: str) -> Session:
        """A new plan in a new file; a file of that name is replaced (the dialog has asked)."""
        profile = Profile(
            id=str(uuid4()),
            municipality=municipality,
            title=title,
            form=form,
            first_fiscal_year=_this_fiscal_year(),
            term_years=_TERMS,
            statuses=STATUSES,
        )
        create_plan_file(Path(path), Plan(profile), "新しい計画", author(), overwrite=True)
        return self.open(path)

    def open(self, path: str) -> Session:
        """The plan in a file, open for editing. Close the session to let it go."""
        file = PlanFile.edit(Path(path))
        try:
            session = Session(file.plan(), file, file.history(), author())
        except BaseException:
            file.close()
            raise
        self._open.append((session, file))
        _remember(path)
        return session

    def close(self, session: Session) -> None:
        """Let the file of a session go."""
        for opened, file in self._open:
            if opened is session:
                file.close()
        self._open = [pair for pair in self._open if pair[0] is not session]

    def outputs(self, plan: Plan) -> Sequence[Output]:
        """What can be written of this plan."""
        return tuple(WRITERS)

    def export(
        self, plan: Plan, output: Output, initiatives: Sequence[str], target: str, tell: Progress
    ) -> None:
        """Write an output of these initiatives (ids; none means all). Called off the UI thread."""
        tell(0, 0)
        write_output(plan, output, initiatives, Path(target))


def _this_fiscal_year() -> int:
    today = date.today()
    return today.year - (today.month < 4)


def _recent() -> list[str]:
    """What was open last. A list that cannot be read is no reason not to start."""
    try:
        paths = json.loads(read_bytes(data_folder() / "recent.json"))
    except (KeikakuError, ValueError):
        return []
    return [path for path in paths if isinstance(path, str)] if isinstance(paths, list) else []


def _remember(path: str) -> None:
    place = os.path.abspath(path)
    paths = [place, *(other for other in _recent() if other != place)][:_MOST_RECENT]
    folder = data_folder()
    try:
        make_folder(folder)
        write_bytes(folder / "recent.json", json.dumps(paths, ensure_ascii=False).encode())
    except KeikakuError:
        # The plan is open; not being listed next time is all that is lost.
        return
