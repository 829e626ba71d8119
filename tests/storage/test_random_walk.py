"""A random walk of edits, undo, redo and reopening: what is kept is what is on the screen."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.changes.change import ChangeSet
from app.edits.card import move_cards
from app.edits.initiative import add_initiative, remove_initiatives
from app.edits.text import set_fact, set_text, set_year_text
from app.session import Session
from storage.interchange.interchange import interchange_bytes, read_interchange
from storage.plan_file.plan_file import PlanFile, create_plan_file
from tests.storage.plan_json import as_file, small_plan

TEXT = st.sampled_from(
    ["", "・始める\n・終える", "**太字**", "𠮷野家の表", "'; DROP TABLE --", "\x00"]
)
FIELD = st.sampled_from(["overview", "background", "final_goals", "知らない欄", "x.y"])
WHICH = st.integers(0, 9)


class RandomWalk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "計画.keikaku"
        self.opened = read_interchange(as_file(small_plan())).plan
        create_plan_file(self.path, self.opened, "取り込み")
        self.open()

    def open(self) -> None:
        self.file = PlanFile.edit(self.path)
        self.session = Session(self.file.plan(), self.file, self.file.history())

    def teardown(self) -> None:
        while self.session.undo():
            pass
        assert self.session.plan == self.opened
        self.file.close()
        shutil.rmtree(self.folder)

    @property
    def ids(self) -> list[str]:
        return [initiative.id for initiative in self.session.plan.initiatives.under()]

    def pick(self, which: int) -> str:
        return self.ids[which % len(self.ids)]

    @precondition(lambda self: self.ids)
    @rule(which=WHICH, field=FIELD, text=TEXT)
    def write(self, which: int, field: str, text: str) -> None:
        self.session.do(set_text(self.session.plan, self.pick(which), field, text))

    @precondition(lambda self: self.ids)
    @rule(which=WHICH, field=FIELD, text=TEXT, year=st.integers(2023, 2026))
    def write_in_a_year(self, which: int, field: str, text: str, year: int) -> None:
        edit = set_year_text(self.session.plan, self.pick(which), year, field, text)
        self.session.do(edit)

    @precondition(lambda self: self.ids)
    @rule(
        which=WHICH,
        fact=st.sampled_from(
            [("status", None), ("status", "着手中"), ("departments", ("a", "b")), ("number", "")]
        ),
    )
    def set_a_fact(self, which: int, fact: tuple[str, str | tuple[str, ...] | None]) -> None:
        self.session.do(set_fact(self.session.plan, self.pick(which), *fact))

    @precondition(lambda self: self.ids)
    @rule(which=st.lists(WHICH, min_size=1, max_size=2), lane=st.integers(0, 4))
    def drag(self, which: list[int], lane: int) -> None:
        plan = self.session.plan
        ids = list(dict.fromkeys(self.pick(n) for n in which))
        self.session.do(move_cards(plan, ids, plan.profile.stages[lane]))

    @rule()
    def add(self) -> None:
        self.session.do(add_initiative(self.session.plan, "p1-2"))

    @precondition(lambda self: self.ids)
    @rule(which=WHICH)
    def remove(self, which: int) -> None:
        self.session.do(remove_initiatives(self.session.plan, [self.pick(which)]))

    @rule(text=TEXT)
    def go_on_typing(self, text: str) -> None:
        last = self.session.history.undoable
        if last and self.ids:
            edit: ChangeSet = set_text(self.session.plan, self.ids[0], "overview", text)
            self.session.do(edit, last)

    @rule()
    def undo(self) -> None:
        self.session.undo()

    @rule()
    def redo(self) -> None:
        self.session.redo()

    @rule()
    def close_and_open(self) -> None:
        before = self.session
        self.file.close()
        self.open()
        assert self.session.plan == before.plan
        assert self.session.history.entries == before.history.entries
        assert self.session.history.undoable == before.history.undoable
        assert self.session.history.redoable == before.history.redoable

    @invariant()
    def what_is_kept_is_what_is_shown(self) -> None:
        assert self.file.plan() == self.session.plan

    @invariant()
    def it_goes_out_and_comes_in_again(self) -> None:
        file = interchange_bytes(self.session.plan)
        incoming = read_interchange(file)
        if not incoming.cleaned:
            assert interchange_bytes(incoming.plan) == file


TestRandomWalk = RandomWalk.TestCase
