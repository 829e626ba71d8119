"""The five stages of the kanban, their guides, and the rule that places a card without a stage."""

from typing import Final

from app.plan.entities import STAGES, Initiative, Profile, YearPlan
from app.plan.periods.terms import current_term

# Index of the stage for a status. 完了 is never guessed.
_BY_STATUS: Final = {"運用中": 3, "着手中": 2, "調査・研究中": 1}


def stage_by_rule(profile: Profile, initiative: Initiative, years: tuple[YearPlan, ...]) -> str:
    """The stage for an initiative that has none: from its status, else from its texts.

    A known status decides; without one, a text in a year of the current term means
    実施計画期間中に取り組むこと, no text means 8年間で取り組むこと.
    """
    index = _BY_STATUS.get(initiative.status or "")
    if index is None:
        term = current_term(profile)
        busy = term and any(
            year.fiscal_year in term.years and any(t.strip() for t in year.texts.values())
            for year in years
        )
        index = 1 if busy else 0
    stages = profile.stages or STAGES
    if STAGES[index] in stages:
        return STAGES[index]
    # Stages of the plan's own: the same place in the row, but never the last, which ends it.
    return stages[min(index, max(len(stages) - 2, 0))]


def stages_for(years: int) -> tuple[str, ...]:
    """The usual five stages of a plan of this many fiscal years: 5年間で取り組むこと …"""
    return (whole_plan_stage(years), *STAGES[1:])


def whole_plan_stage(years: int) -> str:
    """The stage of what is to be done some time in a plan of this many fiscal years."""
    return f"{years}年間で取り組むこと"


def guide_of(profile: Profile, stage: str) -> int:
    """The 目安 of a stage: how many initiatives it should hold at most; 0 for no limit."""
    guides = dict(zip(profile.stages, profile.guides, strict=False))
    return guides.get(stage, 0)
