"""What no font has is named: the character, its code point, and where it stands."""

from collections.abc import Sequence
from types import MappingProxyType

from app.forms.printable import unprintable
from app.plan.entities import Initiative, Profile, YearPlan
from app.plan.plan import Plan
from app.plan.table import Table


class OnlyKana:
    """Fonts that lack one character."""

    def missing(self, text: str) -> Sequence[str]:
        return ["𠮷"] if "𠮷" in text else []


def test_each_place_of_a_character_is_named() -> None:
    texts = MappingProxyType({"actions": "𠮷野の窓口"})
    plan = Plan(
        Profile(id="plan"),
        initiatives=Table([Initiative(id="i", number="1-1", name="窓口", departments=("𠮷田課",))]),
        years=Table([YearPlan(id="i/2022", parent="i", fiscal_year=2022, texts=texts)]),
    )
    first, second = unprintable(plan, plan.initiatives.under(), OnlyKana())
    labels = {"departments": "担当課", "actions": "取組内容"}
    assert "U+20BB7" in first.sentence(labels)
    assert "No.1-1" in first.sentence(labels)
    assert first.sentence(labels).endswith("の担当課）。")
    assert "令和4年度の取組内容" in second.sentence(labels)


def test_a_plan_whose_characters_are_all_there_says_nothing() -> None:
    plan = Plan(Profile(id="plan"), initiatives=Table([Initiative(id="i", name="窓口")]))
    assert list(unprintable(plan, plan.initiatives.under(), OnlyKana())) == []
