"""What no font has is named: the character, its code point, and where it stands."""

from collections.abc import Sequence
from types import MappingProxyType

import pytest

from app.forms.printable import unprintable
from app.plan.entities import Category, Initiative, Pillar, Profile, YearPlan
from app.plan.plan import Plan
from app.plan.table import Table
from ui.change_words import labels_of


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


def around() -> Plan:
    """A plan whose book, pillars and categories hold a character that the fonts lack."""
    return Plan(
        Profile(id="plan", title="𠮷野計画", texts=MappingProxyType({"preface": "市長 𠮷野"})),
        pillars=Table(
            [Pillar(id="p1", name="𠮷一", vision="𠮷い町"), Pillar(id="p2", name="𠮷二")]
        ),
        categories=Table([Category(id="c1", parent="p1", name="𠮷区")]),
        initiatives=Table([Initiative(id="i", name="窓口", categories=("c1",))]),
    )


@pytest.mark.parametrize(
    ("output", "places"),
    [
        ({}, ["柱「𠮷一」の名前", "区分「𠮷区」の名前"]),
        ({"is_whole": True},
         ["計画の基本の計画の名前", "柱「𠮷一」の名前", "柱「𠮷一」のビジョン", "柱「𠮷二」の名前",
          "区分「𠮷区」の名前"]),
        ({"is_whole": True, "has_texts": True},
         ["計画の基本の計画の名前", "冊子の文のはじめに", "柱「𠮷一」の名前",
          "柱「𠮷一」のビジョン", "柱「𠮷二」の名前", "区分「𠮷区」の名前"]),
    ],
)  # fmt: skip
def test_what_is_printed_around_the_sheets_is_named_too(
    output: dict[str, bool], places: list[str]
) -> None:
    plan = around()
    found = list(unprintable(plan, plan.initiatives.under(), OnlyKana(), **output))
    said = [one.sentence(labels_of(plan)) for one in found]
    assert [each.partition("印刷します（")[2].removesuffix("）。") for each in said] == places


def test_a_plan_whose_characters_are_all_there_says_nothing() -> None:
    plan = Plan(Profile(id="plan"), initiatives=Table([Initiative(id="i", name="窓口")]))
    assert list(unprintable(plan, plan.initiatives.under(), OnlyKana())) == []
