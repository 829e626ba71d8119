"""The plan as it stood on a day."""

from collections.abc import Sequence
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.changes.as_of import entries_until, plan_until
from app.changes.change import ChangeSet
from app.changes.history import Entry
from app.edits.card import move_cards
from app.edits.initiative import add_initiative, remove_initiatives
from app.plan.plan import Plan
from app.session import Session
from tests.app.plans import plans


class Nowhere:
    """Keeps nothing."""

    def commit(self, entry: Entry, plan: Plan) -> None:
        """Nothing."""


def entry(number: int, day: int, hour: int = 12) -> Entry:
    return Entry(number, datetime(2026, 4, day, hour).astimezone(), "", "do", ChangeSet("操作"))


def numbers(entries: Sequence[Entry]) -> list[int]:
    return [each.sequence for each in entries]


def test_a_day_lasts_until_midnight() -> None:
    log = [entry(1, 1), entry(2, 2, 0), entry(3, 2, 23), entry(4, 3, 0)]
    assert numbers(entries_until(log, date(2026, 4, 2))) == [1, 2, 3]
    assert numbers(entries_until(log, date(2026, 4, 1))) == [1]
    assert numbers(entries_until(log, date(2026, 3, 31))) == []


def test_what_came_before_an_entry_of_the_day_belongs_to_it_whatever_its_clock_said() -> None:
    log = [entry(1, 1), entry(2, 9), entry(3, 2), entry(4, 8)]
    assert numbers(entries_until(log, date(2026, 4, 2))) == [1, 2, 3]


@given(plans(), st.data())
def test_every_earlier_plan_comes_back_undone_and_redone_edits_too(
    plan: Plan, data: st.DataObject
) -> None:
    session, seen = Session(plan, Nowhere()), [plan]
    for _ in range(data.draw(st.integers(1, 8))):
        _step(session, data.draw(st.sampled_from(("move", "add", "remove", "undo", "redo"))))
        seen += [session.plan] * (len(session.history.entries) + 1 - len(seen))
    for kept, then in enumerate(seen):
        assert plan_until(session.plan, session.history.entries, kept) == then


def _step(session: Session, step: str) -> None:
    plan = session.plan
    ids = [initiative.id for initiative in plan.initiatives.under()][:1]
    if step == "undo":
        session.undo()
    elif step == "redo":
        session.redo()
    elif step == "move" and ids:
        session.do(move_cards(plan, ids, plan.profile.stages[-1]))
    elif step == "remove" and ids:
        session.do(remove_initiatives(plan, ids))
    elif step == "add" and plan.categories:
        session.do(add_initiative(plan, next(iter(plan.categories))))
