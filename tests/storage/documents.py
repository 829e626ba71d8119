"""Documents, and the PC they are opened on, for tests."""

from pathlib import Path

from app.edits.text import set_text
from app.plan.plan import Plan
from storage.document.exchange import editing
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
