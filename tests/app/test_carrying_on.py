"""Typing in one field is one undo step and one entry, however often it was kept on the way."""

import pytest
from hypothesis import given

from app.changes.change import apply
from app.changes.diff import diff
from app.changes.folding import folded
from app.changes.history import Entry, History
from app.edits.text import set_text, set_year_text
from app.plan.entities import Initiative, Profile
from app.plan.plan import Plan
from app.plan.table import Table
from app.session import Session
from tests.app.plans import plans


class KeepsEntries:
    """A store: what is committed, and the log as it then stands."""

    def __init__(self) -> None:
        self.commits: list[Entry] = []

    def commit(self, entry: Entry, plan: Plan) -> None:
        self.commits.append(entry)

    @property
    def log(self) -> list[Entry]:
        return list({entry.sequence: entry for entry in self.commits}.values())


def new_session() -> tuple[Session, KeepsEntries]:
    card = Initiative(id="i1", name="窓口", stage="着手")
    store = KeepsEntries()
    return Session(Plan(Profile(id="p", stages=("着手",)), initiatives=Table([card])), store), store


def type_text(session: Session, text: str, first: Entry | None = None) -> Entry | None:
    session.do(set_text(session.plan, "i1", "overview", text), first)
    return session.history.undoable


def text_of(session: Session) -> str | None:
    return session.plan.initiatives["i1"].texts.get("overview")


def says(entry: Entry) -> tuple[object, object]:
    [change] = entry.changes
    return change.before, change.after


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


def test_a_visit_is_one_entry_and_undo_is_the_same_after_a_restart() -> None:
    session, store = new_session()
    visit = None
    for end in range(1, 5):
        visit = type_text(session, "あいうえ"[:end], visit)
    assert [says(entry) for entry in store.log] == [(None, "あいうえ")]
    assert len(store.commits) == 4
    assert tuple(store.log) == session.history.entries
    for log in (store.log, list(store.commits)):
        again = Session(session.plan, store, History(log))
        again.undo()
        assert text_of(again) is None


def test_what_was_saved_or_issued_never_changes_and_still_is_one_step() -> None:
    session, store = new_session()
    first = type_text(session, "あ")
    type_text(session, "あい", first)
    session.seal()
    saved = session.history.entries
    type_text(session, "あいう", first)
    type_text(session, "あいうえ", first)
    assert session.history.entries[:1] == saved
    assert [says(entry) for entry in store.log] == [(None, "あい"), ("あい", "あいうえ")]
    session.undo()
    assert text_of(session) is None
    session.redo()
    assert text_of(session) == "あいうえ"


def test_the_time_is_that_of_the_last_word() -> None:
    session, store = new_session()
    first = type_text(session, "あ")
    type_text(session, "あい", first)
    assert store.log[0].at == store.commits[-1].at > store.commits[0].at


def test_an_entry_of_an_earlier_opening_is_not_changed() -> None:
    session, store = new_session()
    first = type_text(session, "あ")
    again = Session(session.plan, store, History(store.log))
    type_text(again, "あい", first)
    assert [says(entry) for entry in store.log] == [(None, "あ"), ("あ", "あい")]


def test_what_was_typed_and_taken_out_again_leaves_nothing_to_do_twice() -> None:
    session, store = new_session()
    visit = type_text(session, "もと")
    visit = type_text(session, "もとの文")
    type_text(session, "もと", visit)
    type_text(session, "もと以外", visit)
    session.undo()
    assert text_of(session) == "もと"
    session.undo()
    assert text_of(session) is None
    replayed = Session(session.plan, store, History(store.log))
    assert replayed.history.in_force == session.history.in_force == ()


def test_a_year_that_typing_began_goes_with_the_visit() -> None:
    session, store = new_session()
    visit = None
    for text in ("・始", "・始める"):
        session.do(set_year_text(session.plan, "i1", 2024, "actions", text), visit)
        visit = session.history.undoable
    assert len(store.log) == 1
    session.undo()
    assert not session.plan.years
    session.redo()
    assert session.plan.years["i1/2024"].texts["actions"] == "・始める"


@given(plans(), plans(), plans())
def test_two_edits_as_one_do_the_same_and_are_undone_as_one(
    first: Plan, second: Plan, third: Plan
) -> None:
    both = folded(diff(first, second), diff(second, third))
    assert apply(first, both) == third
    assert apply(third, both.inverted()) == first
    places = [(change.entity, change.id, change.field) for change in both]
    assert len(diff(first, second)) + len(diff(second, third)) >= len(places)


@pytest.mark.parametrize("count", [2, 40])
def test_folding_again_and_again_stays_as_long_as_one_edit(count: int) -> None:
    plan = new_session()[0].plan
    whole = edit = set_text(plan, "i1", "overview", "0")
    for n in range(1, count):
        plan = apply(plan, edit)
        edit = set_text(plan, "i1", "overview", str(n))
        whole = folded(whole, edit)
    assert [(c.before, c.after) for c in whole] == [(None, str(count - 1))]
