"""Referential integrity: what must hold in every plan, so that there are no dangling references."""

from collections.abc import Iterable, Iterator

from app.errors import KeikakuError
from app.plan.entities import Entity, Initiative, Profile
from app.plan.kinds import INITIATIVE, KINDS, NAME
from app.plan.plan import Plan
from app.plan.references import ids_in, parent_of


def require_integrity(plan: Plan, touched: Iterable[tuple[str, str]]) -> None:
    """Raise KeikakuError if an edit of the `touched` (kind, id) left a dangling reference.

    Removing what others may refer to looks at all entities of their kinds; other edits only at
    what they touched, so a check costs nothing on a large plan.
    """
    pairs = list(touched)
    gone = {kind for kind, id in pairs if plan.find(kind, id) is None}
    wide = dict.fromkeys(user.name for kind in gone for user in KINDS.users(kind))
    if any(KINDS[kind].cls is Profile for kind, _ in pairs):
        wide[INITIATIVE] = None
    pairs = [pair for pair in pairs if pair[0] not in wide]
    pairs += [(kind, id) for kind in wide for id in plan.table(kind)]
    for problem in _problems(plan, pairs):
        raise KeikakuError(f"{problem}計画は元のままです。")


def problems(plan: Plan) -> Iterator[str]:
    """Every dangling reference of a plan, one Japanese sentence each."""
    return _problems(plan, ((kind, id) for kind in KINDS for id in plan.table(kind)))


def _problems(plan: Plan, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for kind, id in pairs:
        entity = plan.find(kind, id)
        if entity is not None:
            yield from _dangling(plan, entity)
            if isinstance(entity, Initiative):
                yield from _without_stage(plan, entity)


def _dangling(plan: Plan, entity: Entity) -> Iterator[str]:
    """What an entity refers to and the plan does not have."""
    kind = KINDS.of(type(entity))
    parent = parent_of(entity)
    if parent and plan.find(*parent) is None:
        yield _without_parent(entity)
        return
    for field, named in kind.references.items():
        for id in ids_in(entity, field):
            if plan.find(named, id) is None:
                yield f"{_named(plan, entity)}の{KINDS[named].word}「{id}」がありません。"


def _without_parent(entity: Entity) -> str:
    kind = KINDS.of(type(entity))
    word = KINDS[kind.parent].word
    if kind.called_by == NAME:
        return f"{kind.word}「{entity.get(NAME)}」の{word}「{entity.parent}」がありません。"
    return f"{word}「{entity.parent}」がないのに、その{kind.word}が残っています。"


def _named(plan: Plan, entity: Entity) -> str:
    """取組「窓口」 for what has a name; for another, the nearest above it that has one."""
    kind = KINDS.of(type(entity))
    if kind.called_by == NAME:
        return f"{kind.word}「{str(entity.get(NAME)).partition(chr(10))[0]}」"
    parent = parent_of(entity)
    owner = plan.find(*parent) if parent else None
    return f"{_named(plan, owner)}の{kind.word}" if owner else f"{kind.word}「{entity.id}」"


def _without_stage(plan: Plan, initiative: Initiative) -> Iterator[str]:
    if initiative.stage not in plan.profile.stages:
        yield (
            f"取組「{initiative.title}」の段階「{initiative.stage}」は、"
            "計画の段階の一覧にありません。"
        )
