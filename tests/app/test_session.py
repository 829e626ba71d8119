"""The one door: an edit is kept before it counts, and undo leads back to the opened plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.changes.change import ChangeSet, field_change, removed
from app.changes.diff import diff
from app.changes.history import Entry, History
from app.edits.text import set_fact, set_text
from app.errors import KeikakuError
from app.plan.entities import Category, Initiative, Pillar, Profile
from app.plan.plan import Plan
from app.plan.table import Table
from app.session import Session
from tests.app.plans import plans

PLAN = Plan(
    Profile(id="p", stages=("着手", "完了")),
    pillars=Table([Pillar(id="p1", name="暮らし")]),
    categories=Table([Category(id="c1", parent="p1", name="窓口")]),
    initiatives=Table([Initiative(id="a", categories=("c1",), name="待たない窓口", stage="着手")]),
)


class Memory:
    """A store that keeps entries, or refuses to."""

    def __init__(self, *, is_full: bool = False) -> None:
        self.entries: list[Entry] = []
        self.is_full = is_full

    def commit(self, entry: Entry, plan: Plan) -> None:
        if self.is_full:
            raise KeikakuError("ディスクの空きがありません。")
        self.entries.append(entry)


def move(session: Session, stage: str) -> ChangeSet:
    return session.do(set_fact(session.plan, "a", "stage", stage))


def stages(*names: str) -> ChangeSet:
    """Another list of stages, as a merge or a script may bring it."""
    return ChangeSet("段階", field_change(PLAN.profile, "stages", names))


@given(st.lists(plans(), min_size=2, max_size=5), st.data())
def test_undoing_all_gives_the_opened_plan(states: list[Plan], data: st.DataObject) -> None:
    store = Memory()
    session = Session(states[0], store)
    for state in states[1:]:
        session.do(diff(session.plan, state))
        if data.draw(st.booleans()):
            session.undo()
        if data.draw(st.booleans()):
            session.redo()
    last = session.plan
    while session.undo():
        pass
    assert session.plan == states[0]
    # What can be undone and redone is in the log, so it is the same after a restart.
    restarted = Session(session.plan, store, History(store.entries))
    while restarted.redo():
        pass
    while session.redo():
        pass
    assert restarted.plan == session.plan
    assert session.plan == last or last in states


def test_an_edit_is_told_after_it_was_kept() -> None:
    store = Memory()
    session = Session(PLAN, store, author="広報")
    told: list[tuple[str, str, int]] = []
    session.subscribe(lambda entry: told.append((entry.action, entry.author, len(store.entries))))
    move(session, "完了")
    session.undo()
    session.redo()
    assert told == [("do", "広報", 1), ("undo", "広報", 2), ("redo", "広報", 3)]
    assert [entry.target for entry in store.entries] == [None, 1, 1]


def test_what_cannot_be_kept_does_not_happen() -> None:
    session = Session(PLAN, Memory(is_full=True))
    told: list[Entry] = []
    session.subscribe(told.append)
    with pytest.raises(KeikakuError, match="空き"):
        move(session, "完了")
    assert session.plan is PLAN
    assert session.undo() is None
    assert told == []


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (set_fact(PLAN, "a", "stage", "保留"), "段階「保留」は、計画の段階の一覧にありません"),
        (set_fact(PLAN, "a", "categories", ("c9",)), "区分「c9」がありません"),
        (stages("完了"), "取組「待たない窓口」の段階「着手」は、計画の段階の一覧にありません"),
        (ChangeSet("削除", (removed(PLAN.categories["c1"]),)), "区分「c1」がありません"),
        (ChangeSet("削除", (removed(PLAN.pillars["p1"]),)), "柱「p1」がありません"),
    ],
)
def test_an_edit_that_leaves_a_loose_end_is_refused(edit: ChangeSet, words: str) -> None:
    store = Memory()
    session = Session(PLAN, store)
    with pytest.raises(KeikakuError, match=words):
        session.do(edit)
    assert session.plan is PLAN
    assert store.entries == []


def test_a_stage_that_no_card_is_in_may_go() -> None:
    session = Session(PLAN, Memory())
    session.do(stages("着手", "評価"))
    assert session.plan.profile.stages == ("着手", "評価")


def test_doing_nothing_is_no_step() -> None:
    store = Memory()
    session = Session(PLAN, store)
    move(session, "着手")
    assert session.undo() is None
    assert session.redo() is None
    assert store.entries == []


def test_a_new_edit_ends_what_could_be_redone() -> None:
    session = Session(PLAN, Memory())
    move(session, "完了")
    session.undo()
    session.do(set_text(session.plan, "a", "overview", "・始める"))
    assert session.redo() is None
