"""Where two logs parted, and how edits are carried over to what others saved meanwhile."""

from datetime import UTC, datetime, timedelta

from app.changes.change import ChangeSet, apply
from app.changes.history import Entry
from app.changes.parting.base import Parted, parted, rebase
from app.changes.scope import part_of, within
from app.edits.initiative import remove_initiatives
from app.edits.text import set_fact, set_text
from app.plan.entities import STAGES, Category, Initiative, Kpi, Pillar, Profile
from app.plan.plan import Plan
from app.plan.table import Table

START = datetime(2026, 11, 20, tzinfo=UTC)
OPENING = Entry(1, START, "", "open", ChangeSet("取り込み"))


def a_plan() -> Plan:
    cards = [
        Initiative(id=f"i{n}", stage=STAGES[0], departments=(f"課{n}",), categories=("c1",))
        for n in range(3)
    ]
    kpis = [Kpi(id=f"i{n}/kpi", parent=f"i{n}") for n in range(3)]
    return Plan(
        Profile(id="plan", stages=STAGES),
        Table([Pillar(id="p1")]),
        Table([Category(id="c1", parent="p1")]),
        Table(cards),
        kpis=Table(kpis),
    )


class Log:
    """A plan with its log."""

    def __init__(self, plan: Plan, entries: tuple[Entry, ...] = (OPENING,)) -> None:
        self.plan, self.entries = plan, entries

    def copy(self) -> "Log":
        return Log(self.plan, self.entries)

    def do(self, edit: ChangeSet, who: str) -> None:
        number = len(self.entries) + 1
        at = START + timedelta(minutes=number)
        self.entries = (*self.entries, Entry(number, at, who, "do", edit))
        self.plan = apply(self.plan, edit)

    def write(self, text: str, who: str, card: str = "i0", field: str = "overview") -> None:
        self.do(set_text(self.plan, card, field, text), who)

    @property
    def state(self) -> tuple[Plan, tuple[Entry, ...]]:
        return self.plan, self.entries


def test_the_base_is_where_the_logs_parted() -> None:
    mine = Log(a_plan())
    mine.write("一", "共通")
    then, theirs = mine.plan, mine.copy()
    mine.write("二", "自分")
    theirs.write("二", "相手")
    theirs.do(remove_initiatives(theirs.plan, ["i1"]), "相手")
    assert parted(mine.state, theirs.state) == Parted(then, 2)
    assert parted(theirs.state, mine.state) == Parted(then, 2)


def test_logs_that_never_were_one_have_no_base() -> None:
    other = Entry(1, START, "", "open", ChangeSet("取り込み"))
    assert parted(Log(a_plan()).state, Log(a_plan(), (other,)).state) is None


def test_edits_that_still_fit_are_carried_over_one_by_one() -> None:
    mine = Log(a_plan())
    base, theirs = mine.plan, mine.copy()
    theirs.write("相手", "相手", "i1")
    mine.write("一", "自分")
    mine.write("二", "自分")
    entries, merged = rebase(base, mine.state, 1, theirs.state)
    assert [(e.sequence, e.author) for e in entries] == [(3, "自分"), (4, "自分")]
    assert not merged.conflicts
    plan = theirs.plan
    for entry in entries:
        plan = apply(plan, entry.changes)
    assert plan == apply(mine.plan, merged.changes)


def test_edits_that_collide_are_carried_over_as_one_and_asked() -> None:
    mine = Log(a_plan())
    base, theirs = mine.plan, mine.copy()
    theirs.write("相手", "相手")
    mine.write("一", "自分")
    mine.write("二", "自分", field="background")
    [entry], merged = rebase(base, mine.state, 1, theirs.state)
    after = apply(theirs.plan, entry.changes).initiatives["i0"].texts
    assert (after["overview"], after["background"]) == ("一", "二")
    assert [(c.ours, c.theirs) for c in merged.conflicts] == [("一", "相手")]
    assert apply(apply(theirs.plan, entry.changes), entry.changes.inverted()) == theirs.plan


def test_a_part_has_the_initiatives_of_a_department_and_their_own() -> None:
    part = part_of(a_plan(), ["課1"])
    assert list(part.initiatives) == ["i1"]
    assert list(part.kpis) == ["i1/kpi"]
    assert list(part.categories) == ["c1"]


def test_what_lies_outside_a_part_is_listed_and_left_out() -> None:
    base = a_plan()
    theirs = apply(base, set_text(base, "i1", "overview", "中"))
    theirs = apply(theirs, set_text(theirs, "i2", "overview", "外"))
    theirs = apply(theirs, set_fact(theirs, "i1", "departments", ("課1", "課9")))
    inside, outside = within(base, theirs, ["課1"])
    assert inside.initiatives["i1"] == theirs.initiatives["i1"]
    assert inside.initiatives["i2"] == base.initiatives["i2"]
    assert [(c.id, c.after) for c in outside] == [("i2", "外")]
