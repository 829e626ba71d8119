"""What the published plans say of how they are numbered."""

import pytest

from app.edits.renumber import preview
from app.plan.numbering import NumberingRule, learned_rule
from storage.interchange.interchange import read_interchange
from tests.storage.plan_json import SHARED, needs_real_plans

HABITS = {
    # Numbers of categories, with gaps; a 再掲 has a number of its own.
    "matsue": NumberingRule("category", counts_relistings=True, keeps_gaps=True),
    # Numbered through, with gaps; a 再掲 repeats the number of its sheet.
    "kashima": NumberingRule("straight", keeps_gaps=True),
    # No numbers at all.
    "kaminoyama": NumberingRule(),
}


@needs_real_plans
@pytest.mark.parametrize("city", HABITS)
def test_numbering_a_published_plan_by_its_habit_changes_none_of_its_numbers(city: str) -> None:
    plan = read_interchange((SHARED / f"{city}-given.json").read_bytes()).plan
    rule = learned_rule(plan)
    assert rule == HABITS[city]
    assert [one for one in preview(plan, rule) if one.before] == []
