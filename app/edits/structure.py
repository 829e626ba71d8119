"""Verbs on what the plan is made of: its own facts, pillars, categories, word lists."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from app.changes.change import Change, ChangeSet, added, field_change, removed
from app.errors import KeikakuError
from app.plan.board.stages import guide_of, whole_plan_stage
from app.plan.entities import Category, Pillar, Profile, Scalar
from app.plan.kinds import CATEGORY, KINDS, PILLAR
from app.plan.periods.terms import terms
from app.plan.plan import Plan


def set_profile(plan: Plan, field: str, value: Scalar) -> ChangeSet:
    """Set one of the plan's own facts (title, edition, form …)."""
    return ChangeSet("計画の設定", field_change(plan.profile, field, value))


def set_terms(plan: Plan, term_years: tuple[int, ...]) -> ChangeSet:
    """Set the lengths of the terms in fiscal years.

    A plan never stands in a term that it lacks, and a stage that bears the length of the plan
    (8年間で取り組むこと) bears the new one.
    """
    profile = plan.profile
    changes = field_change(profile, "term_years", term_years)
    if profile.term > len(term_years):
        changes += field_change(profile, "term", max(1, len(term_years)))
    old, new = (whole_plan_stage(sum(years)) for years in (profile.term_years, term_years))
    if old != new and old in profile.stages and new not in profile.stages:
        stages = tuple(new if stage == old else stage for stage in profile.stages)
        changes += tuple(set_words(plan, "stages", stages))
    return ChangeSet("計画の設定", changes)


def set_term(plan: Plan, term: int) -> ChangeSet:
    """Say in which term (from 1) the plan is: its years are the ones that forms print.

    Raises KeikakuError for a term that the plan does not have.
    """
    if term not in (each.ordinal for each in terms(plan.profile)):
        raise KeikakuError(
            f"第{term}期は、この計画にありません。計画は元のままです。"
            "先に「各期の年数」で期を足してください。"
        )
    return ChangeSet("いまの期を変更", field_change(plan.profile, "term", term))


def add_pillar(plan: Plan, name: str) -> ChangeSet:
    """Add a pillar as the last one."""
    last = max((pillar.position for pillar in plan.pillars.under()), default=0.0)
    return ChangeSet("柱を追加", (added(Pillar(id=str(uuid4()), position=last + 1, name=name)),))


def add_category(plan: Plan, pillar: str, name: str) -> ChangeSet:
    """Add a category as the last of a pillar, with the next number."""
    siblings = plan.categories.under(pillar)
    last = max((category.position for category in siblings), default=0.0)
    number = max((category.number or 0 for category in siblings), default=0) + 1
    category = Category(id=str(uuid4()), parent=pillar, position=last + 1, number=number, name=name)
    return ChangeSet("区分を追加", (added(category),))


def set_field(plan: Plan, kind: str, id: str, field: str, value: Scalar) -> ChangeSet:
    """Set a field of a pillar or category."""
    entity = plan.find(kind, id)
    return ChangeSet("計画の設定", field_change(entity, field, value) if entity else ())


def shift(plan: Plan, kind: str, id: str, by: int) -> ChangeSet:
    """Put a pillar or category one place up (-1) or down (+1) among its siblings."""
    entity = plan.find(kind, id)
    if entity is None:
        return ChangeSet("並べ替え")
    siblings = [sibling for sibling in plan.table(kind).values() if sibling.parent == entity.parent]
    siblings.sort(key=lambda sibling: (sibling.position, sibling.id))
    at = siblings.index(entity)
    if not 0 <= at + by < len(siblings):
        return ChangeSet("並べ替え")
    siblings.insert(at + by, siblings.pop(at))
    changes: list[Change] = []
    for place, sibling in enumerate(siblings):
        changes += field_change(sibling, "position", float(place))
    return ChangeSet("並べ替え", tuple(changes))


def remove_part(plan: Plan, kind: str, id: str) -> ChangeSet:
    """Take an empty pillar or an unused category out. Raises KeikakuError where it is in use."""
    entity = plan.find(kind, id)
    if entity is None:
        return ChangeSet("削除")
    if kind == PILLAR and plan.categories.under(id):
        raise KeikakuError("区分の残っている柱は削除できません。先に区分を削除してください。")
    if kind == CATEGORY:
        _require_unused(plan, id)
    return ChangeSet(f"{KINDS[kind].word}を削除", (removed(entity),))


def _require_unused(plan: Plan, category: str) -> None:
    listed = sum(category in initiative.categories for initiative in plan.initiatives.under())
    again = sum(relisting.category == category for relisting in plan.relistings.values())
    if listed or again:
        raise KeikakuError(
            f"この区分には取組が{listed}件、再掲が{again}件あるため、削除できません。"
            "先に別の区分へ移してください。"
        )


def set_words(plan: Plan, field: str, words: tuple[str, ...]) -> ChangeSet:
    """Set the list of stages or statuses. Where one word of an equally long list changed,
    initiatives that have the old word get the new one.

    Raises KeikakuError where a stage would be lost that initiatives stand in.
    """
    old = plan.profile.get(field)
    assert isinstance(old, tuple)
    kept = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
    renamed = _renamed(tuple(map(str, old)), kept)
    name = "stage" if field == "stages" else "status"
    changes = list(field_change(plan.profile, field, kept))
    if field == "stages":
        changes += _guides_kept(plan.profile, kept, renamed)
    for initiative in plan.initiatives.under():
        word = initiative.get(name)
        if isinstance(word, str) and word in renamed:
            changes += field_change(initiative, name, renamed[word])
        elif field == "stages" and word not in kept:
            raise KeikakuError(
                f"段階「{word}」には取組があるため、なくせません。先に別の段階へ移してください。"
            )
    return ChangeSet("計画の設定", tuple(changes))


def set_guide(plan: Plan, stage: str, most: int) -> ChangeSet:
    """Set how many initiatives a stage should hold at most (目安); 0 for no limit."""
    profile = plan.profile
    guides = [most if s == stage else guide_of(profile, s) for s in profile.stages]
    return ChangeSet("段階の目安を変更", _guides_change(profile, guides))


def _guides_kept(
    profile: Profile, stages: Sequence[str], renamed: Mapping[str, str]
) -> tuple[Change, ...]:
    """Each stage keeps its guide wherever it goes, under its new name too."""
    known = {renamed.get(stage, stage): guide_of(profile, stage) for stage in profile.stages}
    return _guides_change(profile, [known.get(stage, 0) for stage in stages])


def _guides_change(profile: Profile, guides: Sequence[int]) -> tuple[Change, ...]:
    wanted = tuple(guides) if any(guides) else ()
    return field_change(profile, "guides", wanted)


def _renamed(old: tuple[str, ...], new: tuple[str, ...]) -> dict[str, str]:
    if len(old) != len(new):
        return {}
    pairs = ((a, b) for a, b in zip(old, new, strict=True) if a != b)
    return {a: b for a, b in pairs if a not in new and b not in old}
