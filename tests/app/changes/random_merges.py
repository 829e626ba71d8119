"""Two people edit one plan at random, and what of theirs is missing after the merge."""

import random
from collections.abc import Iterator

from app.changes.change import WHOLE, ChangeSet, apply
from app.changes.merge import merge
from app.edits.card import move_cards
from app.edits.initiative import add_initiative, remove_initiatives
from app.edits.text import set_fact, set_text, set_year_text
from app.plan.entities import STAGES, Category, Initiative, Pillar, Profile
from app.plan.integrity import problems
from app.plan.plan import Plan
from app.plan.table import Table

FIELDS = ("overview", "background", "final_goals")
DEPARTMENTS = ("市民課", "税務課", "広報課", "情報課")


def a_base(choice: random.Random) -> Plan:
    """A plan of five initiatives in two categories."""
    plan = Plan(
        Profile(id="plan", stages=STAGES),
        Table([Pillar(id="p1", name="柱")]),
        Table([Category(id=f"c{n}", parent="p1", name=f"区分{n}") for n in (1, 2)]),
        Table(
            Initiative(id=f"i{n}", position=n, name=f"取組{n}", stage=STAGES[0], categories=("c1",))
            for n in range(5)
        ),
    )
    return edited(plan, choice, 10, "もと")


def edited(plan: Plan, choice: random.Random, count: int, who: str) -> Plan:
    """The plan after so many edits; every text that is written is one of a kind."""
    for n in range(count):
        if plan.initiatives:
            plan = apply(plan, _edit(plan, choice, f"{who}{n}"))
    return plan


def _edit(plan: Plan, choice: random.Random, text: str) -> ChangeSet:
    id = choice.choice(list(plan.initiatives))
    field = choice.choice(FIELDS)
    kind = choice.randrange(10)
    if kind < 4:
        return set_text(plan, id, field, text)
    if kind < 6:
        return set_year_text(plan, id, choice.randint(2022, 2024), field, text)
    if kind == 6:
        some = tuple(choice.sample(DEPARTMENTS, choice.randint(0, 3)))
        return set_fact(plan, id, "departments", some)
    if kind == 7:
        return move_cards(plan, [id], choice.choice(STAGES))
    if kind == 8:
        return add_initiative(plan, choice.choice(list(plan.categories)), name=text)
    return remove_initiatives(plan, [id])


def losses(seed: int) -> list[str]:
    """What either side said that the merge neither holds nor asks about."""
    choice = random.Random(seed)
    base = a_base(choice)
    ours = edited(base, choice, choice.randint(0, 8), "自分")
    theirs = edited(base, choice, choice.randint(0, 8), "相手")
    result = merge(base, ours, theirs)
    plan = apply(ours, result.changes)
    asked = {(c.entity, c.id, c.field) for c in result.conflicts}
    found = [f"{seed}: {problem}" for problem in problems(plan)]
    for side in (ours, theirs):
        for kind, id, field, value in _said(base, side):
            entity = plan.find(kind, id)
            is_there = entity is not None and _holds(entity.get(field), value)
            is_asked = side is theirs and {(kind, id, field), (kind, id, WHOLE)} & asked
            if not (is_there or is_asked):
                found.append(f"{seed}: {kind} {id} {field} {value}")
    return found + [f"{seed}: {id} went" for id in _gone_along(base, ours, theirs, plan)]


def _gone_along(base: Plan, ours: Plan, theirs: Plan, plan: Plan) -> Iterator[str]:
    """Years that one side removed with their initiative, which stays all the same."""
    for id, year in base.years.items():
        holding = [side for side in (ours, theirs) if year.parent in side.initiatives]
        stays = year.parent in plan.initiatives and id not in plan.years
        if len(holding) == 1 and id in holding[0].years and stays:
            yield id


def _said(base: Plan, side: Plan) -> Iterator[tuple[str, str, str, object]]:
    for kind in ("initiative", "year_plan"):
        for id, entity in side.table(kind).items():
            before = base.find(kind, id)
            for field in (*(f"texts.{name}" for name in FIELDS), "stage", "name"):
                if field in entity.field_names():
                    value = entity.get(field)
                    if before is None or before.get(field) != value:
                        yield kind, id, field, value
            if isinstance(entity, Initiative):
                old = before.departments if isinstance(before, Initiative) else ()
                for name in set(entity.departments) - set(old):
                    yield kind, id, "departments", (name,)


def _holds(kept: object, value: object) -> bool:
    if isinstance(value, tuple):
        return isinstance(kept, tuple) and set(value) <= set(kept)
    return kept == value
