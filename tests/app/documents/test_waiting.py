"""What takes long is told before it is begun."""

import pytest

from app.documents.order import Order, Output
from app.documents.outputs import OUTPUTS
from app.documents.waiting import MOST_QUICK_SHEETS, long_wait
from app.plan.entities import Initiative, Profile
from app.plan.plan import Plan
from app.plan.table import Table


def plan_of(count: int) -> Plan:
    """A plan with so many initiatives."""
    initiatives = (Initiative(id=f"i{n}", position=n, name="窓口") for n in range(count))
    return Plan(Profile(id="p", municipality="みなと町"), initiatives=Table(initiatives))


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.key)
def test_only_many_sheets_as_excel_take_long(output: Output) -> None:
    many = plan_of(MOST_QUICK_SHEETS + 1)
    told = long_wait(Order(many, output))
    assert ("1,001件" in (told or "")) == (output.key == "sheets.xlsx")
    assert long_wait(Order(plan_of(MOST_QUICK_SHEETS), output)) is None


def test_of_many_a_few_are_quick() -> None:
    excel = next(output for output in OUTPUTS if output.key == "sheets.xlsx")
    assert long_wait(Order(plan_of(MOST_QUICK_SHEETS + 1), excel, ("i1", "i2"))) is None
