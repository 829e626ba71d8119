"""The history view."""

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.edits.initiative import remove_initiatives, set_facts
from app.edits.text import set_fact, set_text, set_year_text
from app.session import Session
from tests.ui.desktop.plans import MemoryDocuments
from ui.desktop.history.history_model import HistoryModel
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme


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


def test_a_whole_initiative_goes_back_to_before_an_edit_and_others_stay(
    widget: PlanWidget, session: Session
) -> None:
    before = session.plan
    for verb in (
        lambda plan: set_text(plan, "i0", "overview", "一"),
        lambda plan: set_year_text(plan, "i0", 2022, "goals", "二"),
        lambda plan: set_text(plan, "i1", "overview", "ほか"),
    ):
        widget.signals.do(verb)
    widget.history.entries.setCurrentIndex(widget.history.entries.model().index(2, 0))
    first, second = widget.history.whole
    assert (first.isEnabled(), second.isEnabled()) == (True, True)
    first.click()
    assert session.plan.initiatives["i0"] == before.initiatives["i0"]
    assert session.plan.years.under("i0") == before.years.under("i0")
    assert session.plan.initiatives["i1"].texts["overview"] == "ほか"
    widget.undo()
    assert session.plan.years["i0/2022"].texts["goals"] == "二"


def test_a_removed_initiative_comes_back_whole(widget: PlanWidget, session: Session) -> None:
    before = session.plan
    widget.signals.do(lambda plan: remove_initiatives(plan, ["i3"]))
    (back, forth) = widget.history.whole
    assert not forth.isEnabled()
    back.click()
    assert session.plan == before


def test_the_log_is_searched_by_words_person_and_initiative(
    widget: PlanWidget, session: Session
) -> None:
    session.author = "税務課"
    widget.signals.do(lambda plan: set_text(plan, "i2", "overview", "・ﾃﾞｼﾞﾀﾙ窓口"))
    session.author = "市民課"
    widget.signals.do(lambda plan: set_year_text(plan, "i0", 2023, "goals", "・減らす"))
    bar = widget.history.bar
    for words, found in (("デジタル", 1), ("令和5年度", 1), ("減らす 市民課", 1), ("ない語", 0)):
        bar.query.setText(words)
        bar._take()
        assert len(drawn(widget)) == found, words
    assert widget.history.entries.model().rowCount() == 0
    bar.query.clear()
    bar.author.setCurrentText("税務課")
    bar._take()
    assert drawn(widget) == ["記入 / No.1-2「庁内問い合わせの自動応答」 ＞ 事業概要"]
    widget.show_history_of("i0")
    assert [line.partition("「")[0] for line in drawn(widget)] == ["令和5年度の記入 / No.1-0"]
    assert bar.only.isVisible()
    bar.only.click()
    assert len(drawn(widget)) == 2


def test_the_history_of_one_initiative_leaves_out_what_befell_others(widget: PlanWidget) -> None:
    everyone = sorted(widget.shared.plan.initiatives)
    widget.signals.do(lambda plan: set_facts(plan, everyone, "status", "試行中"))
    touched = len(widget.history.changes)
    assert touched > 1
    widget.show_history_of(everyone[-1])
    (change,) = widget.history.changes
    assert "試行中" in change.text.toPlainText()
    said = [one.text() for one in widget.history.findChildren(QLabel)]
    assert f"ほかに{touched - 1}か所あります。" in said


def test_the_keyboard_stays_in_the_history_when_something_is_put_back(
    widget: PlanWidget, qtbot: QtBot
) -> None:
    widget.signals.do(lambda plan: set_text(plan, "i0", "overview", "一"))
    back, _ = widget.history.whole
    back.setFocus()
    qtbot.waitUntil(back.hasFocus)
    back.click()
    assert widget.history.entries.hasFocus()


def test_what_is_only_read_is_not_brought_back(
    qtbot: QtBot, theme: Theme, session: Session
) -> None:
    session.do(set_text(session.plan, "i0", "overview", "一"))
    signals = SessionSignals(session, is_read_only=True)
    widget = PlanWidget(SharedState(signals), MemoryDocuments(), theme)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_view(View.HISTORY)
    assert [button.isEnabled() for button in widget.history.whole] == [False, False]
    assert not widget.history.changes[0].button.isVisible()


def test_what_is_gone_is_still_called_by_its_name(widget: PlanWidget) -> None:
    widget.signals.do(lambda plan: set_fact(plan, "i0", "status", "運用中"))
    widget.signals.do(lambda plan: remove_initiatives(plan, ["i0"]))
    assert drawn(widget)[1] == "記入 / No.1-0「来庁予約と待ち人数の案内」 ＞ 現状"
