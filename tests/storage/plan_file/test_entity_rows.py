"""Entities and values come back from the file as they went in."""

from hypothesis import given

from app.changes.diff import diff
from app.plan.kinds import KINDS
from app.plan.plan import Plan
from storage.plan_file.entity_rows import entity_of, row_of, value_json, value_of
from tests.app.plans import plans


@given(plans())
def test_a_row_is_the_entity(plan: Plan) -> None:
    for kind in KINDS:
        for entity in plan.table(kind).values():
            row = row_of(kind, entity)
            assert all(isinstance(cell, None | int | float | str) for cell in row)
            assert entity_of(kind, row) == entity


@given(plans(), plans())
def test_a_logged_value_is_the_value(before: Plan, after: Plan) -> None:
    for change in diff(before, after):
        assert value_of(change.entity, value_json(change.before)) == change.before
        assert value_of(change.entity, value_json(change.after)) == change.after
