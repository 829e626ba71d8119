"""What must hold in every plan, so that no sheet, card or index row hangs in the air."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from app.errors import KeikakuError
from app.plan.entities import Category, Entity, Initiative, Relisting
from app.plan.plan import Plan


def require_integrity(plan: Plan, touched: Iterable[tuple[str, str]]) -> None:
    """Raise KeikakuError where an edit of the `touched` (kind, id) left a loose end.

    Removing a pillar or category looks at the whole plan; other edits only at
    what they touched, so a check costs nothing on a large plan.
    """
    pairs = list(touched)
    if any(kind in _PARENTS and plan.find(kind, id) is None for kind, id in pairs):
        pairs = [(kind, id) for kind in _RULES for id in plan.table(kind)]
    elif any(kind == "profile" for kind, _ in pairs):
        pairs += [("initiative", id) for id in plan.initiatives]
    for problem in _problems(plan, pairs):
        raise KeikakuError(f"{problem}計画は元のままです。")


def problems(plan: Plan) -> Iterator[str]:
    """Every loose end of a plan, one Japanese sentence each."""
    return _problems(plan, [(kind, id) for kind in _RULES for id in plan.table(kind)])


def _problems(plan: Plan, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for kind, id in pairs:
        entity = plan.find(kind, id)
        if entity is not None and kind in _RULES:
            yield from _RULES[kind](plan, entity)


def _category_problems(plan: Plan, entity: Entity) -> Iterator[str]:
    if isinstance(entity, Category) and entity.parent not in plan.pillars:
        yield f"区分「{entity.name}」の柱「{entity.parent}」がありません。"


def _initiative_problems(plan: Plan, entity: Entity) -> Iterator[str]:
    assert isinstance(entity, Initiative)
    for category in entity.categories:
        if category not in plan.categories:
            yield f"取組「{entity.title}」の区分「{category}」がありません。"
    if entity.stage not in plan.profile.stages:
        yield f"取組「{entity.title}」の段階「{entity.stage}」は、計画の段階の一覧にありません。"


def _child_problems(plan: Plan, entity: Entity) -> Iterator[str]:
    if entity.parent not in plan.initiatives:
        yield f"取組「{entity.parent}」がないのに、その内容が残っています。"
    elif isinstance(entity, Relisting) and entity.category not in plan.categories:
        name = plan.initiatives[entity.parent].title
        yield f"取組「{name}」の再掲先の区分「{entity.category}」がありません。"


_Rule = Callable[[Plan, Entity], Iterator[str]]
_RULES: Mapping[str, _Rule] = {
    "category": _category_problems,
    "initiative": _initiative_problems,
    "year_plan": _child_problems,
    "kpi": _child_problems,
    "relisting": _child_problems,
}
_PARENTS = ("pillar", "category", "initiative")
