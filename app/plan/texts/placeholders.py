"""Placeholders: texts such as （令和5年度中に設定） that still have to be filled."""

import re
from typing import Final

from app.plan.entities import Initiative
from app.plan.kinds import Writing, written_texts
from app.plan.parts import parts_of
from app.plan.plan import Plan
from app.plan.references import key_of

# A line that is nothing but a bracketed promise, in either width of bracket.
PLACEHOLDER: Final = re.compile(
    r"^[・\s]*[（(][^（()）\n]*(?:設定|記入|検討|調整|未定)(?:予定|する|中)?[)）]\s*$", re.MULTILINE
)


def placeholder_count(text: str) -> int:
    """How many lines of a text are placeholders."""
    return len(PLACEHOLDER.findall(text)) if "（" in text or "(" in text else 0


def placeholders_left(plan: Plan, initiative: Initiative) -> int:
    """How many placeholders the texts of an initiative and its parts hold."""
    entities = (initiative, *parts_of(plan, *key_of(initiative)))
    return sum(map(placeholder_count, written_texts(entities, Writing.FREE)))
