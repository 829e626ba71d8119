"""The stage rule of the interchange format, case by case."""

import pytest

from app.plan.board.stages import stage_by_rule
from app.plan.entities import STAGES, Initiative, Profile, YearPlan

PROFILE = Profile(id="p", issued="2023-06", first_fiscal_year=2022, term_years=(2, 2))
LATER, IN_TERM, STARTED, REVIEWED, DONE = STAGES


def year(fiscal_year: int, text: str) -> YearPlan:
    return YearPlan(id=f"a/{fiscal_year}", fiscal_year=fiscal_year, texts={"actions": text})


@pytest.mark.parametrize(
    ("status", "years", "stage"),
    [
        ("運用中", (), REVIEWED),
        ("着手中", (), STARTED),
        ("調査・研究中", (), IN_TERM),
        ("運用中", (year(2022, "・始める"),), REVIEWED),
        (None, (year(2022, "・始める"),), IN_TERM),
        (None, (year(2023, "・始める"),), IN_TERM),
        (None, (year(2024, "・始める"),), LATER),
        (None, (year(2022, " \n"),), LATER),
        (None, (), LATER),
        ("", (year(2023, "・始める"),), IN_TERM),
        ("検討中", (), LATER),
        ("完了", (), LATER),
    ],
)
def test_the_rule(status: str | None, years: tuple[YearPlan, ...], stage: str) -> None:
    assert stage_by_rule(PROFILE, Initiative(id="a", status=status), years) == stage


@pytest.mark.parametrize(
    ("stages", "stage"),
    [
        (("未着手", "着手", "点検", "継続", "終了"), "継続"),
        (("未着手", "着手", "終了"), "着手"),
        (("着手", "終了"), "着手"),
        (("すべて",), "すべて"),
        (("完了", "評価・見直し"), "評価・見直し"),
        ((), "評価・見直し"),
    ],
)
def test_the_last_stage_is_never_guessed(stages: tuple[str, ...], stage: str) -> None:
    profile = Profile(id="p", stages=stages)
    assert stage_by_rule(profile, Initiative(id="a", status="運用中"), ()) == stage
