"""What typing into a cell of a sheet means: a verb of the plan."""

from app.changes.change import ChangeSet
from app.edits.kpi import set_kpi
from app.edits.text import set_fact, set_year_text
from app.forms.fields import read_value
from app.forms.sheet import Cell
from app.plan.entities import TEXT_PREFIX
from app.plan.kinds import INITIATIVE, KPI, YEAR_PLAN
from app.plan.lists.lookup import display_name
from app.plan.plan import Plan
from ui.desktop.editor.sheet_fields import spoken_name
from ui.desktop.fields.destinations import PlanText
from ui.desktop.session_signals import SessionSignals


def write(plan: Plan, initiative: str, cell: Cell, text: str) -> ChangeSet:
    """The edit that puts a text into a cell of an initiative's sheet."""
    target = cell.target
    assert target is not None
    entity = plan.find(target.kind, target.id)
    before = entity.get(target.field) if entity else None
    value = read_value(target.field, text, cell.spec.item, before)
    if target.kind == YEAR_PLAN and target.fiscal_year is not None:
        field = target.field.removeprefix(TEXT_PREFIX)
        if value is None:
            return ChangeSet("記入")
        return set_year_text(plan, initiative, target.fiscal_year, field, str(value))
    if target.kind == KPI:
        return set_kpi(plan, initiative, target.id, target.field, value if value else "")
    return set_fact(plan, initiative, target.field, value)


def cell_text(signals: SessionSignals, initiative: str, cell: Cell) -> PlanText:
    """Where what is typed into a cell of an initiative's sheet goes."""

    def typed(plan: Plan, text: str) -> ChangeSet:
        return write(plan, initiative, cell, text)

    words = f"{display_name(signals.plan.initiatives[initiative])} ＞ {spoken_name(cell)}"
    return PlanText(signals, cell.target, words, typed, (INITIATIVE, initiative))
