"""What stands in heads is counted of this plan: pillars, and the chapter that the index is."""

import pytest

from app.changes.change import apply
from app.documents.book.front_matter import matter
from app.documents.book.index_rows import head_words
from app.edits.matter import set_matter
from app.edits.new_plan import new_plan
from app.edits.structure import add_pillar
from app.forms.fields import filled
from app.forms.sheet import fill
from app.plan.plan import Plan
from tests.app.forms.forms import built_in, plan

NAMES = tuple(f"柱{n}" for n in range(1, 12))


@pytest.mark.parametrize("key", ["matsue", "kashima"])
@pytest.mark.parametrize(
    ("count", "words"), [(2, "2つの柱"), (3, "3つの柱"), (5, "5つの柱"), (11, "11の柱")]
)
def test_a_sheet_counts_the_pillars_there_are(key: str, count: int, words: str) -> None:
    of = plan(pillars=NAMES[:count])
    found = fill(built_in(key), of, of.initiatives["i"])
    assert [c.text for c in found.cells if c.spec.name == "pillars_head"] == [words]


def test_a_plan_without_pillars_has_a_head_too() -> None:
    of = plan(pillars=())
    found = fill(built_in("matsue"), of, of.initiatives["i"])
    assert [c.text for c in found.cells if c.spec.name == "pillars_head"] == ["柱"]


def heads(plan: Plan) -> list[str]:
    style = built_in("matsue").index
    words = (head_words(plan, pillar, style) for pillar in plan.pillars.under())
    return [filled(style.head, each) for each in words]


def test_the_chapter_of_an_index_is_the_plans_own_else_that_of_its_form() -> None:
    of = plan(pillars=("暮らし", "しごと"))
    assert heads(of) == ["3.1　暮らし", "3.2　しごと"]
    assert heads(apply(of, set_matter(of, "chapter", "2."))) == ["2.1　暮らし", "2.2　しごと"]
    fresh = new_plan("", "計画", "matsue", 2026)
    fresh = apply(fresh, add_pillar(fresh, "暮らし"))
    assert heads(fresh) == ["1　暮らし"]
    back = apply(fresh, set_matter(fresh, "chapter", None))
    assert heads(back) == ["3.1　暮らし"]
    assert matter(back, "chapter", built_in("matsue").index) == "3."


def test_the_preface_counts_the_pillars() -> None:
    assert "2つの柱に分けています" in matter(plan(pillars=NAMES[:2]), "preface")
    assert "11の柱に分けています" in matter(plan(pillars=NAMES), "preface")
