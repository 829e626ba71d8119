"""Tables of entities: by id, by parent, in order, and never changed."""

from hypothesis import given
from hypothesis import strategies as st

from app.plan.entities import YearPlan, child_id
from app.plan.table import Table

ROWS = st.lists(
    st.builds(
        YearPlan,
        id=st.sampled_from("abcdef"),
        parent=st.sampled_from(["x", "y"]),
        position=st.sampled_from([0.0, 1.0, 2.0]),
    ),
    max_size=6,
)


def in_order(table: Table[YearPlan], parent: str) -> tuple[YearPlan, ...]:
    """The siblings, worked out afresh."""
    siblings = [row for row in table.values() if row.parent == parent]
    return tuple(sorted(siblings, key=lambda row: (row.position, row.id)))


@given(ROWS, ROWS, st.booleans(), st.sets(st.sampled_from("abcdef")))
def test_a_changed_table_has_its_siblings_in_order(
    rows: list[YearPlan], new: list[YearPlan], is_indexed: bool, gone: set[str]
) -> None:
    table = Table(rows)
    before = dict(table), in_order(table, "x")
    if is_indexed:
        table.under("x")
    changed = table.changed({**{row.id: row for row in new}, **dict.fromkeys(gone)})
    for parent in ("x", "y", "z"):
        assert changed.under(parent) == in_order(changed, parent)
    assert set(changed) == ({*table} | {row.id for row in new}) - gone
    assert (dict(table), table.under("x")) == before


def test_tables_with_the_same_rows_are_equal() -> None:
    first, second = YearPlan(id="a"), YearPlan(id="b")
    assert Table([first, second]) == Table([second, first])
    assert Table([first]) != Table([second])


def test_children_are_named_after_their_parent() -> None:
    taken = {"i/2024": 1, "i/2024#2": 1}
    assert child_id("i", 2025, taken) == "i/2025"
    assert child_id("i", 2024, taken) == "i/2024#3"
