"""What was read of an initiative is read again when it has changed, and only then."""

from hypothesis import given
from hypothesis import strategies as st

from app.changes.change import apply, field_change, removed
from app.edits.structure import set_field
from app.edits.text import set_year_text
from app.plan.entities import Category, Initiative, Pillar, Profile, YearPlan
from app.plan.plan import Plan
from app.plan.search import searchable
from app.plan.table import Table
from app.plan.texts.per_initiative_cache import PerInitiativeCache
from tests.app.plans import plans

PLAN = Plan(
    Profile(id="p", stages=("着手",)),
    Table([Pillar(id="p1", name="暮らし"), Pillar(id="p2", name="産業")]),
    Table([Category(id="c1", parent="p1"), Category(id="c2", parent="p2")]),
    Table(
        [
            Initiative(id="a", categories=("c1",), stage="着手"),
            Initiative(id="b", categories=("c2",), stage="着手"),
        ]
    ),
    Table([YearPlan(id="a/2024", parent="a", fiscal_year=2024)]),
)


class Reader:
    """Reads nothing, and remembers of which initiatives it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.cache = PerInitiativeCache(self._read)

    def _read(self, plan: Plan, initiative: Initiative) -> None:
        self.asked.append(initiative.id)

    def asked_at(self, plan: Plan) -> list[str]:
        self.asked = []
        for initiative in plan.initiatives.values():
            self.cache.of(plan, initiative)
        return self.asked


def test_only_what_an_edit_touched_is_read_again() -> None:
    reader = Reader()
    assert reader.asked_at(PLAN) == ["a", "b"]
    assert reader.asked_at(PLAN) == []
    written = apply(PLAN, set_year_text(PLAN, "a", 2024, "goals", "件数"))
    assert reader.asked_at(written) == ["a"]
    assert reader.asked_at(apply(written, [removed(written.years["a/2024"])])) == ["a"]
    renamed = apply(PLAN, set_field(PLAN, "pillar", "p2", "name", "しごと"))
    assert reader.asked_at(renamed) == ["a", "b"]
    moved = apply(renamed, field_change(renamed.categories["c2"], "parent", "p1"))
    assert reader.asked_at(moved) == ["b"]
    assert reader.asked_at(apply(moved, field_change(moved.profile, "title", "計画"))) == []


@given(st.lists(plans(), min_size=2, max_size=4))
def test_it_never_says_what_was_true_of_another_plan(states: list[Plan]) -> None:
    cache = PerInitiativeCache(searchable)
    for plan in states:
        for initiative in plan.initiatives.values():
            assert cache.of(plan, initiative) == searchable(plan, initiative)
