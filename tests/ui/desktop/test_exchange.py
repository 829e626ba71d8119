"""The view 交換・統合: files for departments, answers taken in, conflicts that are left."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.changes.change import ChangeSet, field_change
from app.changes.merge import Asked, Conflict, asking
from app.forms.returned import Unread
from app.plan.plan import Plan
from app.ports import Copy, FileNews, IncomingChanges
from tests.ui.desktop.plans import MemoryDocument, MemoryDocuments, sample_plan, session_of
from ui.desktop.document.copies_dialog import CopiesDialog
from ui.desktop.document.others_watch import Around, OthersWatch, look_around
from ui.desktop.exchange import issuing, plan_exchange
from ui.desktop.exchange.issue_dialog import IssueDialog, issue_name
from ui.desktop.exchange.result_dialog import ResultDialog
from ui.desktop.main_window import MainWindow
from ui.desktop.merging.merge_dialog import MergeDialog
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.theme import Theme


@pytest.fixture
def documents() -> MemoryDocuments:
    return MemoryDocuments(plan=sample_plan())


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, documents: MemoryDocuments) -> MainWindow:
    window = MainWindow(documents, theme)
    qtbot.addWidget(window, before_close_func=documents.save_all)
    window.show()
    window.open("plan")
    return window


def shown(window: MainWindow) -> PlanWidget:
    assert window.plan_widget is not None
    window.plan_widget.show_view(View.EXCHANGE)
    return window.plan_widget


def last(documents: MemoryDocuments) -> MemoryDocument:
    assert documents.last is not None
    return documents.last


def seen_in(widget: QWidget) -> str:
    """What a person reads in a widget; what was replaced is hidden and only waits to be deleted."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def words_in(window: MainWindow) -> str:
    return seen_in(shown(window).exchange)


def come_back(window: MainWindow) -> None:
    """Bring the window to the front again."""
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))


def until(qtbot: QtBot, window: MainWindow, is_seen: Callable[[str], bool]) -> None:
    """Come back to the window until its status line says what is wanted."""

    def is_told() -> bool:
        come_back(window)
        return is_seen(seen_in(window.status))

    qtbot.waitUntil(is_told, timeout=20_000)


def an_answer(plan: Plan) -> IncomingChanges:
    """Two changes, one conflict, one change outside, one place unread."""
    cards = plan.initiatives
    changes = (
        *field_change(cards["i1"], "name", "課の名前"),
        *field_change(cards["i2"], "status", "着手中"),
    )
    conflict = Conflict("initiative", "i0", "texts.overview", "前", "自分の文", "課の文")
    outside = ChangeSet("範囲の外", field_change(cards["i5"], "name", "よその名前"))
    unread = (Unread("個票1", "C5", "行が消されています"),)
    asked = asking((), [conflict])
    return IncomingChanges(
        "市民課の回答", ChangeSet("統合（回答）", changes), asked, outside, unread
    )


def choose_files(monkeypatch: pytest.MonkeyPatch, *paths: str) -> None:
    monkeypatch.setattr(plan_exchange, "ask_several", lambda *words: list(paths))


def answer_dialog(
    monkeypatch: pytest.MonkeyPatch, step: Callable[[MergeDialog], None], accepts: bool = True
) -> None:
    def run(dialog: MergeDialog) -> bool:
        step(dialog)
        return accepts

    monkeypatch.setattr(MergeDialog, "exec", run)


def test_what_is_unticked_is_not_taken_and_the_rest_is_one_edit(
    window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = last(documents)
    before = document.session.plan
    document.arriving["回答.keikaku"] = an_answer(before)
    choose_files(monkeypatch, "回答.keikaku")

    def refuse_the_name(dialog: MergeDialog) -> None:
        text = "\n".join(label.text() for label in dialog.findChildren(QLabel))
        assert "範囲の外の変更 1か所（取り込みません）" in text
        assert "個票1 C5　行が消されています" in text
        next(tick for c, tick in dialog.ticks.items() if c.field == "name").setChecked(False)
        assert "取り込みません" in dialog._count.text()
        dialog.conflicts[0].buttons["both"].setChecked(True)

    answer_dialog(monkeypatch, refuse_the_name)
    window.actions_of_window.exchange.bring.trigger()
    now = document.session.plan.initiatives
    assert (now["i1"].name, now["i2"].status) == (before.initiatives["i1"].name, "着手中")
    assert now["i5"].name == before.initiatives["i5"].name
    assert now["i0"].texts["overview"] == f"{before.initiatives['i0'].texts['overview']}\n課の文"
    assert document.backed_up == 1
    assert not document.conflicts()
    assert "取り込みました" in words_in(window)
    window.actions_of_window.undo.trigger()
    assert document.session.plan == before
    assert not document.conflicts()


def test_what_is_not_decided_is_listed_and_undoing_a_decision_lists_it_again(
    window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = last(documents)
    document.arriving["回答.keikaku"] = an_answer(document.session.plan)
    choose_files(monkeypatch, "回答.keikaku")
    answer_dialog(monkeypatch, lambda dialog: None)
    window.actions_of_window.exchange.bring.trigger()
    assert "両方で変えた項目が1か所あります" in words_in(window)
    answer_dialog(monkeypatch, lambda d: d.conflicts[0].buttons["theirs"].setChecked(True))
    shown(window).exchange.decide.click()
    assert document.session.plan.initiatives["i0"].texts["overview"] == "課の文"
    assert "決めていない項目はありません" in words_in(window)
    window.actions_of_window.undo.trigger()
    assert "両方で変えた項目が1か所あります" in words_in(window)


def test_going_back_from_the_view_takes_nothing(
    window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = last(documents)
    before = document.session.plan
    document.arriving["回答.keikaku"] = an_answer(before)
    choose_files(monkeypatch, "回答.keikaku")
    answer_dialog(monkeypatch, lambda dialog: None, accepts=False)
    window.actions_of_window.exchange.bring.trigger()
    assert document.session.plan == before
    assert (document.backed_up, document.conflicts()) == (0, [])


def test_several_files_are_listed_with_what_each_of_them_is(
    window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = last(documents)
    document.arriving["回答.keikaku"] = an_answer(document.session.plan)
    nothing = IncomingChanges("税務課の回答", ChangeSet("統合"), Asked((), (), ()))
    document.arriving["空.keikaku"] = nothing
    choose_files(monkeypatch, "回答.keikaku", "空.keikaku", "こわれた.keikaku")
    window.actions_of_window.exchange.bring.trigger()
    words = words_in(window)
    assert "市民課の回答：変更2か所、両方で変えた項目1か所、範囲の外の変更1か所" in words
    assert "税務課の回答：新しい変更はありません" in words
    assert "計画のファイルではありません" in words
    assert document.session.history.entries == ()


def test_an_answer_that_brings_nothing_says_so(
    window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = IncomingChanges("税務課の回答", ChangeSet("統合"), Asked((), (), ()))
    last(documents).arriving["空.keikaku"] = nothing
    choose_files(monkeypatch, "空.keikaku")
    told: list[str] = []
    monkeypatch.setattr(plan_exchange, "tell", lambda parent, sentence: told.append(sentence))
    window.actions_of_window.exchange.merge.trigger()
    assert "新しい変更はありません" in told[0]


def test_each_department_gets_a_file_with_a_name_as_people_give_them(
    window: MainWindow,
    documents: MemoryDocuments,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def choose(dialog: IssueDialog) -> bool:
        words = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        assert words == ["市民課（12件）", "情報政策課（6件）"]
        assert not dialog.doing.isEnabled()
        dialog.every.click()
        dialog.folder.setText(str(tmp_path))
        return dialog.doing.isEnabled()

    seen: list[str] = []
    monkeypatch.setattr(IssueDialog, "exec", choose)
    monkeypatch.setattr(ResultDialog, "exec", lambda dialog: seen.append(dialog.said.text()))
    (tmp_path / "【市民課】見本市デジタル市役所計画_照会.keikaku").touch()
    window.actions_of_window.exchange.issue.trigger()
    assert [(who, Path(path).name) for who, path in documents.issued] == [
        (("市民課",), "【市民課】見本市デジタル市役所計画_照会(2).keikaku"),
        (("情報政策課",), "【情報政策課】見本市デジタル市役所計画_照会.keikaku"),
    ]
    assert "2件のファイルを作りました" in seen[0]


def test_a_file_that_cannot_be_written_does_not_stop_the_others(
    window: MainWindow, documents: MemoryDocuments, tmp_path: Path
) -> None:
    writing = issuing.Issuing(documents, window)
    names = ["書けない課", "市民課"]
    results = writing.write(sample_plan(), names, ".keikaku", str(tmp_path))
    assert [bool(result.problem) for result in results] == [True, False]


def test_names_of_files_hold_nothing_that_windows_refuses() -> None:
    assert issue_name("a/b:課", "計画\n第2期?", ".xlsx") == "【a_b_課】計画_第2期__照会.xlsx"
    assert len(issue_name("長" * 100, "計画", ".keikaku")) < 80


def test_who_else_has_it_open_is_shown(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments
) -> None:
    document: Any = last(documents)
    document.others = lambda: "税務課 鈴木さんが（PC-3、11月20日 9:15から）"
    until(qtbot, window, lambda said: "税務課 鈴木さんも開いています" in said)
    assert "税務課 鈴木さんが" in words_in(window)


@pytest.mark.parametrize(
    ("news", "words", "advice"),
    [
        ("saved", "ほかの人が保存しました。保存するときに統合します。", "「保存」を押すと"),
        ("gone", "ファイルが元の場所にありません。", "名前を付けて保存"),
        (
            "unreachable",
            "共有フォルダーに届きません。編集はこのPCに残ります。",
            "つながりが戻ってから",
        ),
    ],
)
def test_what_becomes_of_the_file_is_told_until_it_is_over(
    qtbot: QtBot,
    window: MainWindow,
    documents: MemoryDocuments,
    news: FileNews,
    words: str,
    advice: str,
) -> None:
    document: Any = last(documents)
    document.news = lambda: news
    until(qtbot, window, lambda said: words in said)
    assert words in words_in(window)
    assert advice in words_in(window)
    (place,) = (each for each in window.status.findChildren(QLabel) if words in each.text())
    assert advice in place.toolTip()
    assert ("ほかに開いている人はいません" in words_in(window)) == (news != "unreachable")
    assert document.path not in seen_in(window.status).split("\n")
    document.news = lambda: ""
    until(qtbot, window, lambda said: words not in said)
    assert words not in words_in(window)
    assert document.path in seen_in(window.status).split("\n")
    assert "自分だけが開いています" in seen_in(window.status)


def test_who_was_seen_is_still_told_where_nothing_answers_any_more(
    window: MainWindow, documents: MemoryDocuments
) -> None:
    document: Any = last(documents)
    seen = Around("税務課 鈴木さんが（PC-3、11月20日 9:15から）")
    document.news = lambda: "unreachable"
    document.others = document.copies = lambda: pytest.fail("it would not answer")
    assert look_around(document, seen) == replace(seen, news="unreachable")


class SlowDocument(MemoryDocument):
    """On a share that answers when `answered` is set. Tells `news` in turn, the last for ever."""

    def __init__(self, *news: FileNews) -> None:
        super().__init__("slow", session_of(sample_plan(1)))
        self.answered, self.asked_for, self._news = Event(), 0, list(news)

    def news(self) -> FileNews:
        self.asked_for += 1
        news = self._news.pop(0) if len(self._news) > 1 else self._news[0]
        assert self.answered.wait(20)
        return news


@pytest.fixture
def watch(qtbot: QtBot) -> Iterator[OthersWatch]:
    window = QWidget()
    qtbot.addWidget(window)
    watch = OthersWatch(window)
    yield watch
    watch.finish()


def told_by(qtbot: QtBot, watch: OthersWatch, end: FileNews) -> list[FileNews]:
    """All that is told from now on until the news are these."""
    told: list[FileNews] = []
    watch.found.connect(lambda around: told.append(around.news))
    qtbot.waitUntil(lambda: end in told, timeout=20_000)
    return told


def test_what_was_seen_before_a_saving_is_not_told_after_it(
    qtbot: QtBot, watch: OthersWatch
) -> None:
    document = SlowDocument("saved", "gone")
    watch.attach(document)
    watch.look_anew()
    document.answered.set()
    assert told_by(qtbot, watch, "gone") == ["gone"]


def test_a_share_that_answers_slowly_is_asked_once_and_told(
    qtbot: QtBot, watch: OthersWatch
) -> None:
    document = SlowDocument("gone", "saved")
    watch.attach(document)
    for _ in range(3):
        watch.look()
    document.answered.set()
    assert told_by(qtbot, watch, "gone") == ["gone"]
    assert document.asked_for == 1


def test_what_is_seen_of_one_document_is_not_told_of_the_next(
    qtbot: QtBot, watch: OthersWatch
) -> None:
    first, second = SlowDocument("saved"), SlowDocument("gone")
    watch.attach(first)
    watch.attach(second)
    first.answered.set()
    second.answered.set()
    assert told_by(qtbot, watch, "gone") == ["gone"]


def test_the_end_of_an_errand_is_not_taken_for_that_of_the_next(
    qtbot: QtBot, watch: OthersWatch
) -> None:
    first, second = SlowDocument("saved"), SlowDocument("gone")
    first.answered.set()
    watch.attach(first)
    assert watch._errand is not None
    # It has ended, but nobody was told yet.
    assert watch._errand.job.wait(20_000)
    watch.finish()
    watch.attach(second)
    QApplication.processEvents()
    # Had the window waited for the second one, it would have waited in vain.
    second.answered.set()
    assert told_by(qtbot, watch, "gone") == ["gone"]


def test_a_fault_while_looking_does_not_end_the_watch(
    qtbot: QtBot, watch: OthersWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    document: Any = SlowDocument("gone")
    document.answered.set()
    monkeypatch.setattr(document, "news", lambda: [][0])
    with qtbot.captureExceptions() as faults:
        watch.attach(document)
        qtbot.waitUntil(lambda: bool(faults), timeout=20_000)
    monkeypatch.undo()
    watch.look()
    assert told_by(qtbot, watch, "gone") == ["gone"]


def test_another_plan_is_not_told_what_became_of_the_last_one(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments
) -> None:
    document: Any = last(documents)
    document.news = lambda: "saved"
    until(qtbot, window, lambda said: "保存しました" in said)
    documents.sessions["もう一つ"] = session_of(sample_plan(3))
    window.open("もう一つ")
    assert "保存しました" not in seen_in(window.status)


def test_closing_waits_for_a_share_that_is_still_asked(
    window: MainWindow, documents: MemoryDocuments
) -> None:
    document: Any = last(documents)
    answered = Event()
    document.others = lambda: str(answered.wait(10))
    window._exchange._watch.finish()
    window._exchange._watch.attach(document)
    QTimer.singleShot(50, answered.set)
    window.close()
    assert answered.is_set()
    assert window._exchange._watch._errand is None


def test_a_damaged_file_offers_its_copies(
    window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.desktop.document import opening as plan_opening

    good, bad = (
        Copy(name, datetime(2026, 4, day, tzinfo=UTC)) for name, day in (("良", 2), ("悪", 3))
    )
    documents.kept = {bad: None, good: sample_plan(3)}
    documents.sessions["こわれた"] = documents.sessions["plan"]
    documents.damaged = {"こわれた"}
    asked: list[str] = []

    def choose(parent: object, sentence: str, verbs: Any) -> str:
        asked.append(sentence)
        return str(verbs[0])

    def pick(dialog: CopiesDialog) -> bool:
        assert "控えもこわれています" in dialog.said.text()
        assert not dialog.doing.isEnabled()
        dialog.list.setCurrentRow(1)
        assert "こわれていません" in dialog.said.text()
        return dialog.doing.isEnabled()

    monkeypatch.setattr(plan_opening, "choose", choose)
    monkeypatch.setattr(CopiesDialog, "exec", pick)
    window.open("こわれた")
    assert "控えが2件あります" in asked[0]
    assert len(shown(window).shared.plan.initiatives) == 3
