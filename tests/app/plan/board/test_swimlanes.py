"""The rows of a split board."""

import pytest

from app.plan.board.swimlanes import SPLITS, swimlane_of, swimlanes
from app.plan.entities import Category, Initiative, Pillar, Profile
from app.plan.plan import Plan
from app.plan.table import Table


def initiative(id: str, category: str, *departments: str) -> Initiative:
    categories = (category,) if category else ()
    return Initiative(id=id, categories=categories, departments=departments)


PLAN = Plan(
    Profile(id="p"),
    pillars=Table(
        [Pillar(id="p1", position=1, name="市民の便利"), Pillar(id="p2", position=2, name="業務")]
    ),
    categories=Table(
        [
            Category(id="c1", parent="p1", name="窓口"),
            Category(id="c2", parent="p2", position=1, name="窓口"),
            Category(id="c3", parent="p2", position=2, name="空き"),
        ]
    ),
    initiatives=Table(
        [
            initiative("a", "c2", "情報課", "市民課"),
            initiative("b", "c1", "市民課"),
            initiative("c", "", *()),
        ]
    ),
)


@pytest.mark.parametrize(
    ("split", "rows", "of_a"),
    [
        ("", [("", "")], ""),
        ("pillar", [("p1", "市民の便利"), ("p2", "業務"), ("", "柱なし")], "p2"),
        ("category", [("c1", "市民：窓口"), ("c2", "業務：窓口"), ("", "区分なし")], "c2"),
        ("department", [("情報課", "情報課"), ("市民課", "市民課"), ("", "担当課なし")], "情報課"),
    ],
)
def test_rows_of_a_split(split: str, rows: list[tuple[str, str]], of_a: str) -> None:
    assert [(row.key, row.name) for row in swimlanes(PLAN, split)] == rows
    assert swimlane_of(PLAN, PLAN.initiatives["a"], split) == of_a


@pytest.mark.parametrize("split", SPLITS)
def test_every_initiative_stands_in_a_row_that_there_is(split: str) -> None:
    keys = [row.key for row in swimlanes(PLAN, split)]
    assert len(keys) == len(set(keys))
    assert {swimlane_of(PLAN, each, split) for each in PLAN.initiatives.under()} == set(keys)
