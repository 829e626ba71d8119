"""What was exported is found again in the log, also after others' edits came in between."""

import random

import pytest

from app.changes.change import apply
from app.changes.parting.base import Parted, parted, rebase
from app.changes.parting.state_name import StateName, name_of, state_called
from app.plan.plan import Plan
from tests.app.changes.parting.test_base import Log, a_plan


def carried(mine: Log, since: int, theirs: Log) -> Log:
    """My edits behind theirs, as saving does it."""
    base = Log(mine.plan, mine.entries)
    while len(base.entries) > since:
        base.plan = apply(base.plan, base.entries[-1].changes.inverted())
        base.entries = base.entries[:-1]
    entries, _ = rebase(base.plan, mine.state, since, theirs.state)
    plan = theirs.plan
    for entry in entries:
        plan = apply(plan, entry.changes)
    return Log(plan, (*theirs.entries, *entries))


def exported(log: Log) -> StateName:
    return name_of(*log.state)


def test_a_state_is_found_by_its_name_as_long_as_the_log_goes_on() -> None:
    log = Log(a_plan())
    log.write("一", "自分")
    name, then = exported(log), log.plan
    log.write("二", "自分")
    assert state_called(name, log.state) == (then, 2)


def test_edits_that_were_carried_behind_others_give_the_very_state_that_was_exported() -> None:
    """What others wrote meanwhile is not in the file, and must not look as if it were taken out."""
    mine = Log(a_plan())
    theirs = mine.copy()
    mine.write("私の一", "自分", "i1")
    mine.write("私の二", "自分", "i2")
    name, then = exported(mine), mine.plan
    mine.write("私の三", "自分", "i2", "background")
    theirs.write("相手", "相手")
    merged = carried(mine, 1, theirs)
    assert [entry.id for entry in merged.entries[-3:]] == [e.id for e in mine.entries[-3:]]
    assert state_called(name, merged.state) == (then, 1)


def test_edits_that_a_merge_made_one_are_known_by_it_and_lead_to_what_all_have_in_common() -> None:
    mine = Log(a_plan())
    before, theirs = mine.plan, mine.copy()
    mine.write("私の一", "自分")
    names = [exported(mine)]
    mine.write("私の二", "自分", "i2")
    names.append(exported(mine))
    theirs.write("相手", "相手")
    merged = carried(mine, 1, theirs)
    assert len(merged.entries) == 3
    assert set(merged.entries[-1].source.entries) == {e.id for e in mine.entries[1:]}
    for name in names:
        assert state_called(name, merged.state) == (before, 1)


def test_another_log_with_the_same_entry_is_not_taken_for_it() -> None:
    mine = Log(a_plan())
    mine.write("一", "自分")
    mine.write("二", "自分")
    name = exported(mine)
    odd = Log(mine.plan, (mine.entries[0], mine.entries[2]))
    assert state_called(name, odd.state) is None
    assert state_called(StateName("別の計画", name.entry), mine.state) is None
    assert state_called(StateName(name.plan, "知らない項目"), mine.state) is None


def test_a_name_without_its_log_is_believed() -> None:
    log = Log(a_plan())
    log.write("一", "自分")
    then = log.plan
    log.write("二", "自分")
    assert state_called(StateName("plan", log.entries[1].id), log.state) == (then, 2)


def texts(plan: Plan) -> set[str]:
    return {text for card in plan.initiatives.values() for text in card.texts.values()}


@pytest.mark.parametrize("seed", range(60))
def test_whatever_was_merged_since_the_export_the_state_knows_nothing_of_it(seed: int) -> None:
    """It is the very state, or one in front of it where a merge made one entry of several."""
    choice = random.Random(seed)
    mine, n, written = Log(a_plan()), 0, set[str]()
    exports = [(exported(mine), mine.plan, set(written))]
    for _ in range(5):
        since, theirs, others = len(mine.entries), mine.copy(), set[str]()
        for log, who, known in ((mine, "自分", written), (theirs, "相手", others)):
            for _ in range(choice.randrange(4)):
                n += 1
                log.write(f"{who}{n}", who, f"i{choice.randrange(3)}")
                known.add(f"{who}{n}")
                if log is mine:
                    exports.append((exported(mine), mine.plan, set(written)))
        mine = carried(mine, since, theirs)
        written |= others
        exports.append((exported(mine), mine.plan, set(written)))
    is_collapsed = any(entry.source.entries for entry in mine.entries)
    for name, then, known in exports:
        found = state_called(name, mine.state)
        assert found is not None
        assert found[0] == then or is_collapsed
        assert texts(found[0]) <= known


def test_what_was_imported_from_an_export_goes_on_from_it_on_either_side() -> None:
    log = Log(a_plan())
    log.write("一", "自分")
    name, then = exported(log), log.plan
    log.write("二", "自分", "i1")
    imported = Log(then, Log(a_plan()).entries[:0])
    imported.do(log.entries[1].changes.inverted(), "台本")
    assert parted(log.state, imported.state, (None, name)) == Parted(then, 2, "theirs")
    assert parted(imported.state, log.state, (name, None)) == Parted(then, 0, "ours")
    assert parted(log.state, imported.state) is None
