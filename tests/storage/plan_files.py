"""Plan files for tests."""

import hashlib
import sqlite3
from pathlib import Path

from app.changes.change import ChangeSet
from app.edits.text import set_text
from app.plan.plan import Plan
from app.session import Session
from storage.interchange.interchange import read_interchange
from storage.plan_file.plan_file import PlanFile, create_plan_file
from tests.storage.plan_json import as_file, small_plan

CARD = "7e5bd2a8-0000-4000-8000-000000000001"


def a_plan() -> Plan:
    """The small plan, freshly imported."""
    return read_interchange(as_file(small_plan())).plan


def a_plan_file(folder: Path, name: str = "計画.keikaku") -> Path:
    """A plan file that holds the small plan."""
    path = folder / name
    create_plan_file(path, a_plan(), "取り込み", "試験")
    return path


def session_of(file: PlanFile) -> Session:
    """A session that edits the file."""
    return Session(file.plan(), file, file.history(), "試験")


def write(session: Session, text: str) -> ChangeSet:
    """Write into the overview of the first card."""
    return session.do(set_text(session.plan, CARD, "overview", text))


def overview(path: Path) -> str:
    """What the file holds as the overview of the first card."""
    with PlanFile.view(path) as file:
        return file.plan().initiatives[CARD].texts["overview"]


def state_of(folder: Path) -> dict[str, tuple[str, int]]:
    """Names, contents and times of all files in a folder: equal where nothing was touched."""
    return {
        file.name: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in folder.iterdir()
        if file.is_file()
    }


def execute(path: Path, *statements: str) -> None:
    """Do something to a plan file that the program would not do."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
