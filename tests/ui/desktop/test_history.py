"""The history view."""

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from app.edits.initiative import remove_initiatives
from app.edits.text import set_fact, set_text, set_year_text
from app.session import Session
from ui.desktop.models.history_model import HistoryModel
from ui.desktop.plan_widget import PlanWidget, View


@pytest.fixture
def widget(widget: PlanWidget) -> PlanWidget:
    widget.show_view(View.HISTORY)
    return widget


def drawn(widget: PlanWidget) -> list[str]:
    """What was done and where, newest first."""
    model = widget.history.entries.model()
    rows = (str(model.index(row, 0).data()) for row in range(model.rowCount()))
    return [" / ".join(row.split("\n")[:2]) for row in rows]


def test_the_log_says_what_was_done_and_where(widget: PlanWidget) -> None:
    signals = widget.signals
    signals.do(lambda plan: set_fact(plan, "i0", "status", "運用中"))
    signals.do(lambda plan: set_year_text(plan, "i3", 2023, "goals", "・減らす。"))
    widget.board.put(["i4"], "完了")
    widget.undo()
    assert drawn(widget) == [
        "元に戻す：段階を変更 / No.2-4「公園台帳の地図化」 ＞ 段階",
        "段階を変更 / No.2-4「公園台帳の地図化」 ＞ 段階",
        "令和5年度の記入 / No.2-3「保育施設の空き状況公開」 ＞ 令和5年度 ＞ 年次目標（KGI）",
        "記入 / No.1-0「来庁予約と待ち人数の案内」 ＞ 現状",
    ]


def test_changed_characters_are_marked(widget: PlanWidget) -> None:
    widget.signals.do(
        lambda plan: set_text(plan, "i0", "overview", "・概要0。受付をひとつにする。")
    )
    (change,) = widget.history.changes
    text = change.text.toPlainText()
    assert text == "・概要0。窓口受付をひとつにする。"
    cursor = change.text.textCursor()
    struck, underlined = "", ""
    for place, character in enumerate(text):
        cursor.setPosition(place + 1)
        struck += character if cursor.charFormat().fontStrikeOut() else ""
        underlined += character if cursor.charFormat().fontUnderline() else ""
    assert (struck, underlined) == ("窓口", "受付")


def test_a_field_is_put_back_without_touching_later_edits(
    widget: PlanWidget, session: Session
) -> None:
    before = session.plan.initiatives["i0"].texts["overview"]
    widget.signals.do(lambda plan: set_text(plan, "i0", "overview", "消えた"))
    widget.signals.do(lambda plan: set_text(plan, "i0", "background", "残る"))
    widget.history.entries.setCurrentIndex(widget.history.entries.model().index(1, 0))
    widget.history.changes[0].button.click()
    texts = session.plan.initiatives["i0"].texts
    assert (texts["overview"], texts["background"]) == (before, "残る")


def test_a_removed_initiative_can_be_had_back(widget: PlanWidget, session: Session) -> None:
    before = session.plan
    widget.signals.do(lambda plan: remove_initiatives(plan, ["i0"]))
    widget.history.changes[-1].button.click()
    assert session.plan == before


def test_an_empty_log_says_so(widget: PlanWidget) -> None:
    assert drawn(widget) == []
    assert widget.history.changes == []


def test_the_log_keeps_qts_rules(session: Session) -> None:
    model = HistoryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    session.do(set_fact(session.plan, "i0", "status", "運用中"))
    model.show(session.plan, session.history.entries)
    assert model.rowCount() == 1
