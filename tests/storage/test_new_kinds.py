"""A new kind is a row, a migration, a shape and its words; everything else takes it as it is.

Tried with kinds that no plan has (`tests.storage.new_kinds`): notices of the plan itself, and
gauges of an initiative with readings, which hang on the initiative at second hand.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from app.changes.change import Change, ChangeSet, added, apply, field_change, removed
from app.changes.deleted import with_deleted
from app.changes.diff import diff
from app.changes.exclusion import exclude_changes
from app.changes.history import Entry
from app.changes.log_filter import last_touching, touched_initiatives, touches
from app.changes.merge import KeptConflict, merge
from app.changes.scope import part_of, within
from app.edits.deciding import Choice, decide
from app.edits.initiative import remove_initiatives
from app.edits.replacing import replace_words
from app.edits.restoring import restore, restore_initiative
from app.edits.text import set_fact, set_text
from app.errors import KeikakuError
from app.forms.printable import unprintable
from app.plan.entities import Entity, Initiative, Scalar, child_id
from app.plan.lists.filters import Filter, Matcher
from app.plan.parts import initiative_of, parts_of
from app.plan.plan import Plan
from app.plan.table import Table
from app.plan.texts.mentions import mentioned_numbers
from app.plan.texts.placeholders import placeholders_left
from storage.document.exchange import editing, issue_part
from storage.document.workspace import read_document
from storage.interchange.interchange import interchange_bytes, read_interchange
from storage.plan_file.plan_file import PlanFile, create_plan_file
from tests.storage.documents import OTHER, merge_in
from tests.storage.new_kinds import Gauge, Notice, Reading, registered
from tests.storage.plan_files import CARD, a_plan, session_of
from tests.storage.plan_json import REAL, as_file, small_plan
from ui.change_words import labels_of, place_words, value_words
from ui.differences import change_lines
from ui.plan_text import initiative_lines

KEPT = Path(__file__).parents[1] / "data" / "schema-103.keikaku"


@pytest.fixture(autouse=True)
def kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    with registered():
        yield


NOTICE = Notice(
    id="n1", position=1.0, name="お知らせ一", about=(CARD,),
    texts=MappingProxyType({"body": "窓口のこと"}),
)  # fmt: skip
# An id may hold anything, a slash too.
GAUGE = Gauge(id="g/1", parent=CARD, position=1.0, name="受付件数", unit="件", notice="n1")
FIRST = Reading(id="g/1/2024", parent="g/1", position=1.0, fiscal_year=2024, value=3.5)
SECOND = Reading(
    id="g/1/2025", parent="g/1", position=2.0, fiscal_year=2025, is_final=True, text="見込み"
)
NEW = (NOTICE, GAUGE, FIRST, SECOND)


def a_full_plan() -> Plan:
    return apply(a_plan(), map(added, NEW))


def changed(plan: Plan, entity: Entity, field: str, value: Scalar) -> Plan:
    found = plan.table(kind_name(entity))[entity.id]
    return apply(plan, field_change(found, field, value))


def kind_name(entity: Entity) -> str:
    return type(entity).__name__.lower()


def entry(*changes: Change) -> Entry:
    return Entry(1, datetime.now(UTC), "", "do", ChangeSet("", changes))


def test_parts_are_found_at_any_depth_and_their_initiative_too() -> None:
    plan = a_full_plan()
    assert [part.id for part in parts_of(plan, "gauge", "g/1")] == ["g/1/2024", "g/1/2025"]
    of_card = {part.id for part in parts_of(plan, "initiative", CARD)}
    assert of_card >= {"g/1", "g/1/2024", "g/1/2025", f"{CARD}/2024", f"{CARD}/kpi"}
    assert initiative_of(plan, "reading", "g/1/2024") == CARD
    assert initiative_of(plan, "gauge", "g/1") == CARD
    assert initiative_of(plan, "notice", "n1") is None
    assert initiative_of(plan, "reading", "nowhere") is None


def test_what_was_just_added_or_removed_knows_its_initiative() -> None:
    beside = {("gauge", "g/1"): GAUGE, ("reading", FIRST.id): FIRST}
    assert initiative_of(a_plan(), "reading", FIRST.id, beside) == CARD
    without = apply(a_full_plan(), remove_initiatives(a_full_plan(), [CARD]))
    assert initiative_of(without, "reading", FIRST.id, beside) == CARD


def test_an_edit_is_kept_undone_and_done_again_also_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "計画.keikaku"
    create_plan_file(path, a_plan(), "取り込み")
    with PlanFile.edit(path) as file:
        session = session_of(file)
        before = session.plan
        session.do(ChangeSet("足す", tuple(map(added, NEW))))
        session.do(
            ChangeSet("書く", field_change(session.plan.of(Reading)[FIRST.id], "value", 4.0))
        )
        session.do(ChangeSet("書く", field_change(NOTICE, "texts.body", "改めて")))
        session.do(remove_initiatives(session.plan, [OTHER]))
        written = session.plan
    with PlanFile.edit(path) as file:
        session = session_of(file)
        assert session.plan == written
        assert session.plan.of(Reading)[FIRST.id].value == 4.0
        while session.undo():
            pass
        assert session.plan == before
        while session.redo():
            pass
        assert session.plan == written == file.plan()


def test_a_parent_goes_with_all_its_parts_and_comes_back_with_them() -> None:
    free = changed(a_full_plan(), NOTICE, "about", ())
    edit = remove_initiatives(free, [CARD])
    without = apply(free, edit)
    assert not without.of(Gauge)
    assert not without.of(Reading)
    assert without.of(Notice)
    [card] = [c for c in edit if isinstance(c.before, Initiative)]
    assert apply(without, restore(without, card, edit)) == free
    assert apply(without, restore_initiative(without, CARD, free)) == free


def test_an_initiative_goes_back_with_its_parts_and_without_what_is_gone() -> None:
    then = a_full_plan()
    now = apply(then, [removed(FIRST), *field_change(GAUGE, "notice", None)])
    now = apply(changed(now, SECOND, "text", "済んだ"), [removed(NOTICE)])
    back = apply(now, restore_initiative(now, CARD, then))
    assert back.of(Reading) == then.of(Reading)
    assert back.of(Gauge)["g/1"] == replace(GAUGE, notice=None)


def test_no_edit_leaves_a_loose_end(tmp_path: Path) -> None:
    path = tmp_path / "計画.keikaku"
    create_plan_file(path, a_full_plan(), "取り込み")
    stray = replace(NOTICE, id="n2", about=("x",))
    with PlanFile.edit(path) as file:
        session = session_of(file)
        for change, words in (
            (removed(GAUGE), "計器「g/1」がないのに、その測定が残っています。"),
            (removed(NOTICE), "計器「受付件数」のお知らせ「n1」がありません。"),
            (added(stray), "お知らせ「お知らせ一」の取組「x」がありません。"),
        ):
            with pytest.raises(KeikakuError, match=words):
                session.do(ChangeSet("変更", (change,)))
        assert session.plan == file.plan() == a_full_plan_of(session.plan)


def a_full_plan_of(plan: Plan) -> Plan:
    """The plan with everything new in it, whatever it holds of that now."""
    return apply(a_plan_of(plan), map(added, NEW))


def test_the_difference_of_two_plans_leads_from_one_to_the_other() -> None:
    one = a_full_plan()
    other = changed(one, FIRST, "value", None)
    other = apply(other, [removed(SECOND), *field_change(GAUGE, "tags", ("年次",))])
    assert apply(one, diff(one, other)) == other
    assert apply(other, diff(other, one)) == one
    assert apply(a_plan_of(one), diff(a_plan_of(one), one)) == one


def a_plan_of(plan: Plan) -> Plan:
    """The same plan without what is of the new kinds."""
    return Plan(plan.profile, tables={k: t for k, t in plan.tables.items() if k not in NAMES})


NAMES = ("notice", "gauge", "reading")


def test_two_sides_merge_field_by_field() -> None:
    base = a_full_plan()
    ours = changed(changed(base, FIRST, "value", 5.0), GAUGE, "tags", ("甲",))
    theirs = changed(changed(base, FIRST, "text", "速報"), GAUGE, "tags", ("乙",))
    theirs = changed(theirs, NOTICE, "name", "改題")
    found = merge(base, ours, theirs)
    merged = apply(ours, found.changes)
    reading = merged.of(Reading)[FIRST.id]
    assert (reading.value, reading.text) == (5.0, "速報")
    assert merged.of(Gauge)["g/1"].tags == ("甲", "乙")
    assert merged.of(Notice)["n1"].name == "改題"
    assert not found.conflicts


def test_two_who_begin_the_same_year_mean_the_same() -> None:
    base = a_full_plan()
    new = Reading(id=child_id("g/1", 2026, base.of(Reading)), parent="g/1", fiscal_year=2026)
    ours = apply(base, [added(replace(new, value=1.0))])
    theirs = apply(base, [added(replace(new, value=2.0))])
    found = merge(base, ours, theirs)
    [conflict] = found.conflicts
    assert (conflict.field, conflict.ours, conflict.theirs) == ("value", 1.0, 2.0)


def test_what_one_side_removed_and_the_other_edited_far_below_comes_back_and_asks() -> None:
    base = changed(a_full_plan(), NOTICE, "about", ())
    ours = apply(base, remove_initiatives(base, [CARD]))
    theirs = changed(base, FIRST, "text", "確かめた")
    found = merge(base, ours, theirs)
    merged = apply(ours, found.changes)
    assert merged == theirs
    assert ("initiative", CARD) in {(c.entity, c.id) for c in found.conflicts}
    other_way = merge(base, theirs, ours)
    assert apply(theirs, other_way.changes) == theirs
    assert [(c.entity, c.id) for c in other_way.conflicts if c.entity == "initiative"]
    kept = next(c for c in other_way.conflicts if c.entity == "initiative")
    gone = decide(theirs, [Choice(KeptConflict(1, kept), "theirs")])
    assert apply(theirs, gone) == ours


def test_what_comes_with_a_refused_entity_is_refused_too() -> None:
    plan = a_plan()
    edit = ChangeSet("足す", tuple(map(added, NEW)))
    refused = [change for change in edit if change.id == "g/1"]
    left = exclude_changes(plan, edit, refused)
    assert {change.id for change in left} == {"n1"}
    full = a_full_plan()
    away = remove_initiatives(changed(full, NOTICE, "about", ()), [CARD])
    kept = exclude_changes(full, away, [c for c in away if isinstance(c.before, Initiative)])
    assert not kept.changes


def test_history_knows_whose_a_change_was_even_of_what_is_gone() -> None:
    full = changed(a_full_plan(), NOTICE, "about", ())
    said = entry(*field_change(FIRST, "text", "速報"))
    after = apply(full, said.changes)
    gone = entry(*remove_initiatives(after, [CARD]))
    now = apply(after, gone.changes)
    known = with_deleted(now, [said, gone])
    assert touches(known, said, CARD)
    assert touched_initiatives(known, said) == (CARD,)
    lost = replace(entry(removed(after.of(Reading)[FIRST.id])), sequence=2)
    kept = apply(after, lost.changes)
    assert last_touching(kept, [said], OTHER) is None
    assert last_touching(kept, [said, lost], CARD) == lost


def test_a_department_gets_its_own_and_brings_back_no_more() -> None:
    mine = replace(GAUGE, id="g2", parent=OTHER, name="別の課のもの", notice=None)
    far = replace(FIRST, id="g2/2024", parent="g2")
    base = apply(a_full_plan(), [added(mine), added(far)])
    base = apply(base, set_fact(base, OTHER, "departments", ("税務課",)))
    both = changed(base, NOTICE, "about", (CARD, OTHER))
    part = part_of(both, ["住民課"])
    assert set(part.of(Gauge)) == {"g/1"}
    assert set(part.of(Reading)) == {FIRST.id, SECOND.id}
    assert part.of(Notice)["n1"].about == (CARD,)
    theirs = changed(changed(part, FIRST, "value", 9.0), NOTICE, "name", "勝手な題")
    theirs = apply(theirs, [removed(SECOND), added(replace(SECOND, id="g/1/2026"))])
    inside, outside = within(part, theirs, ["住民課"])
    assert inside.of(Reading)[FIRST.id].value == 9.0
    assert set(inside.of(Reading)) == {FIRST.id, "g/1/2026"}
    assert inside.of(Notice)["n1"].name == "お知らせ一"
    assert {change.entity for change in outside} == {"notice"}


def test_a_departments_file_comes_back_into_the_document(tmp_path: Path) -> None:
    document, sent = tmp_path / "計画.keikaku", tmp_path / "住民課.keikaku"
    create_plan_file(document, a_full_plan(), "取り込み")
    issue_part(read_document(document).plan, ["住民課"], sent)
    with editing(sent) as workspace:
        plan = workspace.session.plan
        workspace.session.do(
            ChangeSet("記入", field_change(plan.of(Reading)[SECOND.id], "value", 7.0))
        )
    with editing(document) as workspace:
        workspace.session.do(set_text(workspace.session.plan, CARD, "overview", "その間に"))
    found = merge_in(document, sent)
    assert not found.merge.conflicts
    assert not found.outside.changes
    plan = read_document(document).plan
    assert plan.of(Reading)[SECOND.id].value == 7.0
    assert plan.initiatives[CARD].texts["overview"] == "その間に"


def test_json_takes_it_out_and_in_without_loss() -> None:
    plan = a_full_plan()
    data = interchange_bytes(plan)
    again = read_interchange(data).plan
    assert interchange_bytes(again) == data
    for cls in (Notice, Gauge, Reading):
        pairs = zip(plan.of(cls).values(), again.of(cls).values(), strict=True)
        for mine, read in pairs:
            assert replace(read, keys=()) == mine


def test_a_file_without_it_goes_out_as_it_came() -> None:
    for data in (as_file(small_plan()), *(path.read_bytes() for path in REAL)):
        placed = {card.id for card in read_interchange(data).placed}
        assert placed or interchange_bytes(read_interchange(data).plan) == data.rstrip(b"\n")


def test_json_names_the_place_of_what_does_not_fit() -> None:
    document = small_plan()
    document["initiatives"][0]["gauges"] = [{"id": "g", "readings": [{"fiscal_year": "x"}]}]
    place = r"取組1件目（No\.1-1）の「gauges」1件目の「readings」1件目"
    with pytest.raises(KeikakuError, match=place):
        read_interchange(as_file(document))
    document["initiatives"][0]["gauges"] = [{"id": "g", "notice": "n9"}]
    with pytest.raises(KeikakuError, match="「notice」のお知らせ「n9」は、どこにもありません"):
        read_interchange(as_file(document))


def test_a_plan_file_is_signed_over_it_and_an_older_one_opens(tmp_path: Path) -> None:
    path = tmp_path / "計画.keikaku"
    create_plan_file(path, a_full_plan(), "取り込み")
    received = tmp_path / "写し.keikaku"
    received.write_bytes(path.read_bytes())
    with PlanFile.received(received, path) as file:
        assert file.plan().of(Reading) == a_full_plan().of(Reading)
    raw = path.read_bytes()
    assert raw.count("見込み".encode()) == 1
    received.write_bytes(raw.replace("見込み".encode(), "見込め".encode()))
    with pytest.raises(KeikakuError, match="こわれている"):
        PlanFile.received(received, path)
    older = tmp_path / "前の版.keikaku"
    older.write_bytes(KEPT.read_bytes())
    with PlanFile.view(older) as file:
        assert not file.plan().of(Notice)
    with editing(older) as workspace:
        workspace.session.do(ChangeSet("足す", (added(replace(NOTICE, about=())),)))
    assert read_document(older).plan.of(Notice)["n1"].texts["body"] == "窓口のこと"


def test_search_replacing_and_counting_take_part_as_the_row_says() -> None:
    plan = changed(a_full_plan(), SECOND, "text", "（令和7年度中に設定）\nNo.1-2を参照")
    matcher = Matcher()
    for query in ("受付件数", "件", "令和7年度中"):
        assert [i.id for i in matcher.matching(plan, Filter(query=query))] == [CARD]
    assert placeholders_left(plan, plan.initiatives[CARD]) == 1
    assert mentioned_numbers(plan, plan.initiatives[CARD]) == ("1-2",)
    after = apply(plan, replace_words(plan, "件", "本"))
    assert after.of(Gauge)["g/1"].name == "受付本数"
    assert after.of(Gauge)["g/1"].unit == "件"
    after = apply(plan, replace_words(plan, "窓口", "受付"))
    assert after.of(Notice)["n1"].texts["body"] == "受付のこと"
    changed_text = changed(plan, SECOND, "text", "数えた")
    assert not matcher.matching(changed_text, Filter(query="令和7年度中"))


class _NoGlyphs:
    def missing(self, text: str) -> tuple[str, ...]:
        return ("𠮷",) if "𠮷" in text else ()


def test_a_character_that_cannot_be_printed_is_found_far_below() -> None:
    plan = changed(a_full_plan(), SECOND, "text", "𠮷野")
    [found] = unprintable(plan, [plan.initiatives[CARD]], _NoGlyphs())
    assert (found.fiscal_year, found.field) == (2025, "text")


def test_a_change_is_named_from_the_initiative_down() -> None:
    plan = a_full_plan()
    labels = labels_of(plan)
    [change] = field_change(FIRST, "value", 8.0)
    assert place_words(plan, change, labels)[:3] == (
        "No.1-1「待たない窓口」", "計器「受付件数」", "令和6年度"
    )  # fmt: skip
    assert value_words(plan, "n1", "", "gauge", "notice") == "お知らせ一"
    assert value_words(plan, (CARD,), "", "notice", "about") == "No.1-1「待たない窓口」"
    lines = "\n".join(change_lines(a_plan(), map(added, NEW), labels))
    assert "No.1-1「待たない窓口」の計器「受付件数」の令和7年度" in lines
    assert "お知らせ「お知らせ一」" in lines
    shown = "\n".join(initiative_lines(plan, plan.initiatives[CARD], labels))
    assert "【計器「受付件数」】\n計器名: 受付件数\n単位: 件\n" in shown
    assert "【計器「受付件数」 令和6年度】\n年度: 2024\n値: 3.5" in shown


def test_a_kind_of_the_plan_is_empty_or_absent_alike() -> None:
    plan = a_plan()
    assert Plan(plan.profile, tables={**plan.tables, "notice": Table()}) == plan
