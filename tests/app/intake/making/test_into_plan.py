"""Documents brought into a plan that is there: matched, added, asked about; one undo."""

from app.changes.change import apply
from app.intake.making.into_plan import into_plan
from app.plan.integrity import problems
from app.plan.plan import Plan
from tests.app.intake.grids import Rows, grid, taken

HEADS = ["番号", "柱", "区分", "事業名", "担当課", "概要", "R6年度"]
ROWS: Rows = [
    HEADS,
    ["1", "くらし", "本", "図書の配達", "図書係", "配る。", "試す"],
    ["2", "くらし", "本", "移動図書館", "図書係", "回る。", "走る"],
]


def plan_of(*rows: list[str]) -> Plan:
    return taken(grid([HEADS, *rows])).made.plan


def names(plan: Plan) -> list[str]:
    return [card.name for card in plan.initiatives.under()]


def test_what_is_there_is_updated_and_what_is_new_is_added() -> None:
    plan = plan_of(*ROWS[1:])
    later = plan_of(
        ["1", "くらし", "本", "図書の配達", "文化課", "", "広げる"],
        ["3", "くらし", "道具", "電子決裁", "総務課", "替える。", ""],
    )
    coming = into_plan(plan, later)
    after = apply(plan, coming.changes)
    first = after.initiatives.under()[0]
    assert names(after) == ["図書の配達", "移動図書館", "電子決裁"]
    assert (first.departments, first.texts["overview"]) == (("文化課",), "配る。")
    assert [dict(y.texts) for y in after.years.under(first.id)] == [{"tasks": "広げる"}]
    assert {c.name for c in after.categories.values()} == {"本", "道具"}
    assert len(after.pillars) == 1
    assert list(problems(after)) == []
    assert apply(after, coming.changes.inverted()) == plan


def test_the_same_documents_again_change_nothing() -> None:
    plan = plan_of(*ROWS[1:])
    assert not into_plan(plan, plan_of(*ROWS[1:])).changes.changes


def test_a_changed_name_is_asked_about() -> None:
    plan = plan_of(*ROWS[1:])
    later = plan_of(["1", "くらし", "本", "図書の宅配", "図書係", "届ける。", ""])
    (incoming,) = later.initiatives.under()
    coming = into_plan(plan, later)
    (asked,) = coming.asked
    assert (asked.incoming, plan.initiatives[asked.existing].name) == (incoming.id, "図書の配達")
    assert not coming.changes.changes
    renamed = apply(plan, into_plan(plan, later, {incoming.id: asked.existing}).changes)
    assert names(renamed) == ["図書の宅配", "移動図書館"]
    added = apply(plan, into_plan(plan, later, {incoming.id: ""}).changes)
    assert names(added) == ["図書の配達", "移動図書館", "図書の宅配"]
