"""An id may be any text: one with a slash is not cut where the owner of a change is looked for."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.changes.change import ChangeSet, entities_in
from app.changes.records import change_records
from app.edits.initiative import remove_initiatives
from app.edits.kpi import set_kpi
from app.edits.relist import relist, remove_relistings
from app.edits.text import set_year_text
from app.session import Session
from storage.interchange.interchange import interchange_bytes, read_interchange
from tests.ui.desktop.plans import plan_widget, sample_plan, session_of
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.theme import Theme

FIRST, SECOND = "総務/1", "総務/1/2022"
"""Two initiatives; the second is called as a year of the first would be."""
CATEGORY = "区分/子育て"
NAMES = {"i0": FIRST, "i1": SECOND, "p2-2": CATEGORY}


@pytest.fixture
def session() -> Session:
    document = interchange_bytes(sample_plan(3)).decode()
    for old, new in NAMES.items():
        assert json.dumps(old) in document
        document = document.replace(json.dumps(old), json.dumps(new, ensure_ascii=False))
    return session_of(read_interchange(document.encode()).plan)


@pytest.fixture
def widget(qtbot: QtBot, theme: Theme, session: Session) -> PlanWidget:
    widget = plan_widget(session, theme)
    qtbot.addWidget(widget)
    widget.resize(1300, 800)
    widget.show()
    return widget


def edit_year(session: Session, initiative: str = FIRST) -> ChangeSet:
    return session.do(set_year_text(session.plan, initiative, 2022, "actions", "後の年度"))


def add_target(session: Session) -> ChangeSet:
    return session.do(set_kpi(session.plan, FIRST, f"{FIRST}/kpi", "text", "3割"))


def list_again(session: Session) -> ChangeSet:
    return session.do(relist(session.plan, FIRST, CATEGORY, "9-9"))


def shown(widget: PlanWidget) -> list[str]:
    """The entries that the history shows, newest first."""
    model = widget.history.entries.model()
    return [str(model.index(row, 0).data()).split("\n")[0] for row in range(model.rowCount())]


def parts_edited(session: Session) -> None:
    """Edit a year, a target and a relisting of the first, and a year of the second."""
    for edit in (edit_year, add_target, list_again):
        edit(session)
    edit_year(session, SECOND)


def test_the_history_of_an_initiative_holds_what_befell_its_parts_and_no_others(
    widget: PlanWidget, session: Session
) -> None:
    parts_edited(session)
    everything = [entry.changes.label for entry in reversed(session.history.entries)]
    widget.show_history_of(FIRST)
    assert shown(widget) == everything[1:]
    widget.show_history_of(SECOND)
    assert shown(widget) == everything[:1]


def test_what_was_removed_since_is_in_its_history_too(widget: PlanWidget, session: Session) -> None:
    parts_edited(session)
    (again,) = session.plan.relistings.under(FIRST)
    session.do(remove_relistings(session.plan, [again.id]))
    widget.show_history_of(FIRST)
    assert len(shown(widget)) == 4
    session.do(remove_initiatives(session.plan, [FIRST]))
    widget.show_view(View.HISTORY)
    widget.history.show_only(FIRST)
    assert len(shown(widget)) == 5


def said_of(widget: PlanWidget, initiative: str) -> str:
    """What the sheet of an initiative says around the page."""
    widget.open_initiative(initiative)
    seen = (each for each in widget.editor.findChildren(QLabel) if each.isVisible())
    return "\n".join(each.text() for each in seen)


@pytest.mark.parametrize("edit", [edit_year, add_target, list_again])
def test_the_sheet_says_who_changed_a_part_of_it_last(
    widget: PlanWidget, session: Session, edit: Callable[[Session], ChangeSet]
) -> None:
    edit(session)
    assert "最終更新：情報政策課" in said_of(widget, FIRST)
    assert "この計画を開いてからの変更はありません" in said_of(widget, SECOND)


def test_an_initiative_goes_back_with_all_its_parts(widget: PlanWidget, session: Session) -> None:
    before = session.plan
    parts_edited(session)
    widget.show_history_of(FIRST)
    oldest = widget.history.entries.model().rowCount() - 1
    widget.history.entries.setCurrentIndex(widget.history.entries.model().index(oldest, 0))
    widget.history.whole[0].click()
    plan = session.plan
    assert plan.initiatives == before.initiatives
    assert plan.years.under(FIRST) == before.years.under(FIRST)
    assert plan.kpis.under(FIRST) == plan.relistings.under(FIRST) == ()
    assert plan.years.under(SECOND)[0].texts["actions"] == "後の年度"


def test_an_initiative_that_is_gone_comes_back_with_all_its_parts(
    widget: PlanWidget, session: Session
) -> None:
    parts_edited(session)
    before = session.plan
    session.do(remove_initiatives(session.plan, [FIRST]))
    widget.show_history_of(FIRST)
    widget.history.whole[0].click()
    assert session.plan == before


def test_a_script_is_told_whose_a_part_is(session: Session) -> None:
    before = session.plan
    parts_edited(session)
    edits = [entry.changes for entry in session.history.entries]
    told = [
        {record["initiative"] for change in edit for record in change_records(before, change, near)}
        for edit in edits
        for near in [entities_in(edit)]
    ]
    assert told == [{FIRST}, {FIRST}, {FIRST}, {SECOND}]
