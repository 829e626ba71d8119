"""Documents, and the PC they are opened on, for tests."""

from dataclasses import replace
from pathlib import Path

from app.changes.merge import asking
from app.edits.text import set_text
from app.plan.plan import Plan
from storage.document.exchange import Incoming, back_up, editing, incoming
from storage.document.local_document import LocalDocument
from storage.document.publish import Published, publish
from storage.document.workspace import Workspace, read_document
from tests.storage.plan_files import CARD, a_plan_file

OTHER = "7e5bd2a8-0000-4000-8000-000000000002"


def write_in(workspace: Workspace, text: str, field: str = "overview", card: str = CARD) -> None:
    workspace.session.do(set_text(workspace.session.plan, card, field, text))


def save(path: Path, text: str, field: str = "overview", card: str = CARD) -> None:
    """What the command `set` does."""
    with editing(path, "試験") as workspace:
        write_in(workspace, text, field, card)


def merge_in(path: Path, theirs: Path, base: Path | None = None, author: str = "") -> Incoming:
    """What the command `merge` does; what it found."""
    other = read_document(theirs)
    base_plan = read_document(base).plan if base else None
    with editing(path, author) as workspace:
        found = incoming(workspace.contents(), other, base_plan)
        if found.merge.changes.changes or found.asked:
            back_up(workspace)
            asked = asking(workspace.conflicts(), found.asked)
            edit = replace(found.merge.changes, decisions=asked.decisions)
            LocalDocument(workspace).bring_in(edit, asked)
    return found


def saved(workspace: Workspace) -> Published:
    answer = publish(workspace)
    assert answer.state == "saved", answer
    return answer


def text_in(path: Path, field: str = "overview", card: str = CARD) -> str | None:
    return text_of(read_document(path).plan, field, card)


def text_of(plan: Plan, field: str = "overview", card: str = CARD) -> str | None:
    return plan.initiatives[card].texts.get(field)


def a_share(folder: Path) -> Path:
    """A document in a folder that others use too."""
    share = folder / "共有"
    share.mkdir(parents=True)
    return a_plan_file(share, "総合計画.keikaku")
