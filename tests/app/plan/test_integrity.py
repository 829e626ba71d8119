"""What hangs in the air is found and named."""

import pytest
from hypothesis import given

from app.plan.entities import Category, Entity, Initiative, Kpi, Profile, Relisting, YearPlan
from app.plan.integrity import problems
from app.plan.kinds import kind_of
from app.plan.plan import Plan, plan_of
from tests.app.plans import plans


@given(plans())
def test_a_sound_plan_has_no_problems(plan: Plan) -> None:
    assert list(problems(plan)) == []


@pytest.mark.parametrize(
    ("loose", "words"),
    [
        (Category(id="c9", parent="p9", name="窓口"), "区分「窓口」の柱「p9」がありません。"),
        (Initiative(id="a", stage="完了", categories=("c9",)), "区分「c9」がありません。"),
        (Initiative(id="a", name="窓口", stage="保留"), "段階「保留」は"),
        (YearPlan(id="a/2024", parent="a", fiscal_year=2024), "取組「a」がないのに"),
        (Kpi(id="a/kpi", parent="a"), "取組「a」がないのに"),
        (Relisting(id="a/c9", parent="a", category="c9"), "取組「a」がないのに"),
    ],
)  # fmt: skip
def test_a_loose_end_is_named(loose: Entity, words: str) -> None:
    plan = plan_of(Profile(id="p"), {kind_of(loose): [loose]})
    [problem] = problems(plan)
    assert words in problem
