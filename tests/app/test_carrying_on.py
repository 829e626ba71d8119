"""Typing in one field is one undo step, however often it was kept on the way."""

from app.changes.history import Entry, History
from app.edits.text import set_text
from app.plan.entities import Initiative, Profile
from app.plan.plan import Plan
from app.plan.table import Table
from app.session import Session


class KeepsEntries:
    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def commit(self, entry: Entry, plan: Plan) -> None:
        self.entries.append(entry)


def new_session() -> tuple[Session, KeepsEntries]:
    card = Initiative(id="i1", name="窓口", stage="着手")
    store = KeepsEntries()
    return Session(Plan(Profile(id="p", stages=("着手",)), initiatives=Table([card])), store), store


def type_text(session: Session, text: str, first: Entry | None = None) -> Entry | None:
    session.do(set_text(session.plan, "i1", "overview", text), first)
    return session.history.undoable


def text_of(session: Session) -> str | None:
    return session.plan.initiatives["i1"].texts.get("overview")


def test_one_undo_takes_back_the_whole_visit() -> None:
    session, _ = new_session()
    first = type_text(session, "あ")
    type_text(session, "あい", first)
    type_text(session, "あいう", first)
    session.undo()
    assert text_of(session) is None
    session.redo()
    assert text_of(session) == "あいう"


def test_another_edit_in_between_ends_the_visit() -> None:
    session, _ = new_session()
    first = type_text(session, "あ")
    type_text(session, "い")
    type_text(session, "いう", first)
    session.undo()
    assert text_of(session) == "い"


def test_every_step_is_logged_and_undo_is_the_same_after_a_restart() -> None:
    session, store = new_session()
    first = type_text(session, "あ")
    type_text(session, "あい", first)
    assert len(store.entries) == 2
    again = Session(session.plan, store, History(store.entries))
    again.undo()
    assert text_of(again) is None
