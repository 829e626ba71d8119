"""Verbs on the targets (KPI) of an initiative."""

from app.changes.change import Change, ChangeSet, added, field_change
from app.plan.entities import Kpi, Scalar
from app.plan.plan import Plan


def set_kpi(plan: Plan, initiative: str, id: str, field: str, value: Scalar) -> ChangeSet:
    """Set a field of a target; a target of that id which is missing is added as the last."""
    kpi = plan.kpis.get(id)
    changes: tuple[Change, ...] = ()
    if kpi is None:
        last = max((k.position for k in plan.kpis.under(initiative)), default=0.0)
        kpi = Kpi(id=id, parent=initiative, position=last + 1)
        changes = (added(kpi),)
    return ChangeSet("KPIの記入", changes + field_change(kpi, field, value))
