"""Finding the initiative a person means."""

import pytest

from app.errors import KeikakuError
from app.plan.entities import Initiative, Profile
from app.plan.lists.lookup import find_initiative
from app.plan.plan import Plan
from app.plan.table import Table

PLAN = Plan(
    Profile(id="p"),
    initiatives=Table(
        [
            Initiative(id="aaaaaaaa-1", number="1-1", name="窓口\n（予約）"),
            Initiative(id="aaaaaaaa-2", number="2-1", name="税"),
            Initiative(id="bbbbbbbb-3", number="2-1", name="子育て"),
            Initiative(id="cccccccc-4", number=None, name="防災"),
        ]
    ),
)


@pytest.mark.parametrize("word", ["1-1", "No.1-1", "no. 1-1", "Ｎｏ．１－１", "aaaaaaaa-1"])
def test_by_number_or_id(word: str) -> None:
    assert find_initiative(PLAN, word).id == "aaaaaaaa-1"


def test_by_the_start_of_an_id() -> None:
    assert find_initiative(PLAN, "bbbbbb").id == "bbbbbbbb-3"


def test_a_number_of_several_lists_them() -> None:
    listed = "aaaaaaaa-2（税）、bbbbbbbb-3（子育て）"
    with pytest.raises(KeikakuError, match=listed):
        find_initiative(PLAN, "2-1")


@pytest.mark.parametrize("word", ["9-9", "", "No.", "aaaaaaaa", "bbbbb"])
def test_what_is_not_there_is_told(word: str) -> None:
    with pytest.raises(KeikakuError, match="取組はありません"):
        find_initiative(PLAN, word)
