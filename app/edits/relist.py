"""Verbs on relistings (再掲): one initiative, one sheet, several places in the index."""

from collections.abc import Sequence

from app.changes.change import ChangeSet, added, removed
from app.errors import KeikakuError
from app.plan.entities import Relisting, child_id
from app.plan.plan import Plan


def relist(plan: Plan, initiative: str, category: str, number: str | None = None) -> ChangeSet:
    """List an initiative once more, under another category.

    Raises KeikakuError where it stands there already, or there is no such category.
    """
    card, standing = plan.initiatives[initiative], plan.relistings.under(initiative)
    if category not in plan.categories:
        raise KeikakuError(
            "再掲先の区分がありません。計画は元のままです。区分を選び直してください。"
        )
    if category in card.categories or any(r.category == category for r in standing):
        name = plan.categories[category].name
        raise KeikakuError(
            f"「{card.title}」は、もう区分「{name}」に載っています。計画は元のままです。"
        )
    relisting = Relisting(
        id=child_id(initiative, category, plan.relistings),
        parent=initiative,
        position=max((r.position for r in standing), default=0.0) + 1,
        category=category,
        number=number,
    )
    return ChangeSet("再掲を追加", (added(relisting),))


def remove_relistings(plan: Plan, ids: Sequence[str]) -> ChangeSet:
    """Take relistings away; the initiatives and their sheets stay."""
    return ChangeSet("再掲を削除", tuple(removed(plan.relistings[id]) for id in ids))
