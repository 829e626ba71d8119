"""How long initiatives have been in their stage."""

from datetime import date, datetime

from app.changes.change import Change, ChangeSet, added
from app.changes.history import Entry, History
from app.changes.time_in_stage import days_in_stage
from app.plan.entities import Initiative


def entry(number: int, day: int, *changes: Change) -> Entry:
    at = datetime(2026, 4, day, 12).astimezone()
    return Entry(number, at, "", "do", ChangeSet("操作", changes))


def moved(id: str) -> Change:
    return Change("initiative", id, "stage", "予定", "着手")


def test_the_last_move_counts_and_other_edits_do_not() -> None:
    named = Change("initiative", "i", "name", "前", "後")
    log = [entry(1, 1, moved("i")), entry(2, 5, moved("i")), entry(3, 9, named)]
    assert days_in_stage(log, date(2026, 4, 11)) == {"i": 6}


def test_a_new_initiative_is_where_it_was_put() -> None:
    log = [entry(1, 1, added(Initiative(id="i", stage="予定")))]
    assert days_in_stage(log, date(2026, 4, 2)) == {"i": 1}


def test_a_move_that_was_undone_does_not_count() -> None:
    first, second = entry(1, 1, moved("i")), entry(2, 5, moved("i"))
    back = Entry(3, second.at, "", "undo", second.changes.inverted(), 2)
    log = History([first, second, back])
    assert days_in_stage(log.in_force, date(2026, 4, 11)) == {"i": 10}
