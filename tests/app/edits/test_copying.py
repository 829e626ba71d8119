"""Copying initiatives."""

from app.changes.change import apply
from app.edits.copying import copy_initiatives
from app.edits.relist import relist
from app.plan.plan import Plan
from tests.ui.desktop.plans import sample_plan


def new_ones(before: Plan, after: Plan) -> list[str]:
    return [id for id in after.initiatives if id not in before.initiatives]


def test_a_copy_has_all_that_the_original_says_but_its_number() -> None:
    plan = sample_plan(6)
    plan = apply(plan, relist(plan, "i3", "p1-1"))
    edit = copy_initiatives(plan, ["i3"])
    after = apply(plan, edit)
    (id,) = new_ones(plan, after)
    copy, original = after.initiatives[id], plan.initiatives["i3"]
    assert copy.name == "保育施設の空き状況公開（写し）\n（空き枠見える化事業）"
    assert copy.number is None
    assert (copy.stage, copy.departments, copy.categories, copy.texts) == (
        original.stage, original.departments, original.categories, original.texts,
    )  # fmt: skip
    assert [(y.id, y.fiscal_year, y.texts) for y in after.years.under(id)] == [
        (f"{id}/{y.fiscal_year}", y.fiscal_year, y.texts) for y in plan.years.under("i3")
    ]
    assert not after.relistings.under(id)
    assert apply(after, edit.inverted()) == plan


def test_a_copy_stands_behind_its_original() -> None:
    plan = sample_plan(6)
    after = apply(plan, copy_initiatives(plan, ["i1", "i5"]))
    first, second = new_ones(plan, after)
    assert [i.id for i in after.initiatives.under()] == [
        "i0", "i1", first, "i2", "i3", "i4", "i5", second,
    ]  # fmt: skip
