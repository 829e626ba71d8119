"""Saving as a person meets it: three answers, closing, drafts, others, merging."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.changes.change import ChangeSet, field_change
from app.changes.merge import Conflict, Merge
from app.edits.card import move_cards
from app.errors import KeikakuError
from app.ports import Copy, OpenStatus, Saving
from tests.ui.desktop.plans import MemoryDocument, MemoryDocuments, sample_plan
from ui.desktop import main_window
from ui.desktop.document import opening as plan_opening
from ui.desktop.document import saving as plan_saving
from ui.desktop.document.restore_dialog import RestoreDialog
from ui.desktop.main_window import LAST, START, MainWindow
from ui.desktop.merging.merge_dialog import MergeDialog
from ui.desktop.plan_widget import PlanWidget
from ui.desktop.program import last_plan
from ui.desktop.theme import Theme


class Answers:
    """What a person presses, in order; what was asked is remembered."""

    def __init__(self) -> None:
        self.wanted: list[str] = []
        self.asked: list[tuple[str, Sequence[str]]] = []

    def choose(
        self, parent: QWidget, sentence: str, verbs: Sequence[str], refusal: str = "もどる"
    ) -> str:
        """The next answer, which must be one of the buttons."""
        self.asked.append((sentence, verbs))
        answer = self.wanted.pop(0) if self.wanted else ""
        assert answer in (*verbs, "")
        return answer


@pytest.fixture
def documents() -> MemoryDocuments:
    return MemoryDocuments(plan=sample_plan())


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    made = Answers()
    monkeypatch.setattr(plan_saving, "choose", made.choose)
    monkeypatch.setattr(plan_opening, "choose", made.choose)
    return made


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, documents: MemoryDocuments, answers: Answers) -> MainWindow:
    window = MainWindow(documents, theme)
    qtbot.addWidget(window, before_close_func=documents.save_all)
    window.show()
    return window


def opened(window: MainWindow, documents: MemoryDocuments) -> tuple[PlanWidget, MemoryDocument]:
    window.open("plan")
    assert window.plan_widget is not None
    assert documents.last is not None
    return window.plan_widget, documents.last


def move(plan: PlanWidget, stage: str = "完了") -> None:
    plan.signals.do(lambda now: move_cards(now, ["i0"], stage))


def press_save(qtbot: QtBot, window: MainWindow) -> None:
    """Save, and wait until it has come to something."""
    window.actions_of_window.save.trigger()
    qtbot.waitUntil(lambda: "保存しています" not in window.status.words)


def test_the_status_line_tells_this_pc_from_the_file(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments
) -> None:
    plan, _ = opened(window, documents)
    assert window.status.words == "● ファイルへ保存済み"
    move(plan)
    assert "● このPCに保存済み" in window.status.words
    assert "▲ ファイルへ未保存の変更 1件" in window.status.words
    press_save(qtbot, window)
    assert window.status.words.startswith("● ファイルへ保存しました")


def test_what_could_not_be_saved_is_said_and_stays_unsaved(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments, answers: Answers
) -> None:
    plan, document = opened(window, documents)
    move(plan)
    document.answers = [Saving("unsure", "保存を確認できません（写しを残しました: 写し）。")]
    press_save(qtbot, window)
    assert answers.asked[0][0].startswith("保存を確認できません")
    assert "未保存の変更 1件" in window.status.words


def test_a_failed_saving_can_be_tried_again_at_once(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments, answers: Answers
) -> None:
    plan, document = opened(window, documents)
    move(plan)
    document.answers = [Saving("not_saved", "保存できませんでした。")]
    answers.wanted = ["もう一度保存"]
    press_save(qtbot, window)
    assert window.status.words.startswith("● ファイルへ保存しました")


@pytest.mark.parametrize(
    ("answer", "is_closed", "unsaved"),
    [("保存して閉じる", True, 0), ("保存せずに閉じる", True, 1), ("", False, 1)],
)
def test_closing_with_unsaved_edits_asks(
    window: MainWindow,
    documents: MemoryDocuments,
    answers: Answers,
    answer: str,
    is_closed: bool,
    unsaved: int,
) -> None:
    plan, document = opened(window, documents)
    move(plan)
    answers.wanted = [answer]
    window.close()
    assert (document.is_closed, document.unsaved()) == (is_closed, unsaved)
    assert window.isVisible() is not is_closed


def test_closing_does_not_go_on_where_saving_failed(
    window: MainWindow, documents: MemoryDocuments, answers: Answers
) -> None:
    plan, document = opened(window, documents)
    move(plan)
    document.answers = [Saving("not_saved", "保存できませんでした。")]
    answers.wanted = ["保存して閉じる"]
    window.close()
    assert window.isVisible()


def test_a_draft_is_offered(
    window: MainWindow, documents: MemoryDocuments, answers: Answers
) -> None:
    documents.standing = OpenStatus(draft=3, draft_at=datetime(2026, 4, 1, 9, 5, tzinfo=UTC))
    answers.wanted = ["続きを編集する"]
    window.open("plan")
    assert "3件" in answers.asked[0][0]
    assert documents.opened == [("plan", "resume")]


def test_a_draft_nobody_wants_is_put_aside_first(
    window: MainWindow, documents: MemoryDocuments, answers: Answers
) -> None:
    documents.standing = OpenStatus(draft=3)
    answers.wanted = ["ファイルの内容で開く"]
    window.open("plan")
    assert (documents.dropped, documents.opened) == (["plan"], [("plan", "edit")])


def test_only_looking_changes_nothing(
    window: MainWindow, documents: MemoryDocuments, answers: Answers
) -> None:
    documents.standing = OpenStatus(holder="市民課さんが（PC、4月1日 9:00から）")
    answers.wanted = ["見るだけで開く"]
    plan, document = opened(window, documents)
    move(plan)
    assert document.unsaved() == 0
    assert not window.actions_of_window.add.isEnabled()
    assert not window.actions_of_window.save.isEnabled()
    assert window.actions_of_window.save_as.isEnabled()
    assert "見るだけ" in window.status.words


def test_taking_over_is_asked_twice(
    window: MainWindow,
    documents: MemoryDocuments,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    documents.standing = OpenStatus(holder="市民課さんが（PC、4月1日 9:00から）")
    replies = iter([False, True])
    monkeypatch.setattr(plan_opening, "ask", lambda *words: next(replies))
    answers.wanted = ["引き継ぐ", "引き継ぐ"]
    window.open("plan")
    assert documents.opened == []
    window.open("plan")
    assert documents.opened == [("plan", "take_over")]


def test_a_changed_file_is_merged_shown_and_saved(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, document = opened(window, documents)
    move(plan)
    initiatives = plan.shared.plan.initiatives
    came = ChangeSet("統合", field_change(initiatives["i1"], "name", "相手の名前"))
    conflict = Conflict("initiative", "i0", "stage", "前", "完了", "評価・見直し")
    document.theirs = Merge(came, (conflict,))
    document.answers = [Saving("not_saved", "ほかの人が保存しています。", True)]
    seen: list[MergeDialog] = []

    def accept(dialog: MergeDialog) -> bool:
        seen.append(dialog)
        dialog.conflicts[0].buttons["theirs"].setChecked(True)
        return True

    monkeypatch.setattr(MergeDialog, "exec", accept)
    press_save(qtbot, window)
    assert [len(seen[0].conflicts), len(seen[0].ticks)] == [1, 1]
    assert window.plan_widget is not None
    now = window.plan_widget.shared.plan.initiatives
    assert (now["i0"].stage, now["i1"].name) == ("評価・見直し", "相手の名前")
    assert not document.conflicts()
    assert window.status.words.startswith("● ファイルへ保存しました")
    window.actions_of_window.undo.trigger()
    assert window.plan_widget.shared.plan.initiatives["i0"].stage == "完了"
    assert len(document.conflicts()) == 1


def test_what_is_not_decided_stays_open(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, document = opened(window, documents)
    move(plan)
    conflict = Conflict("initiative", "i0", "stage", "前", "完了", "評価・見直し")
    document.theirs = Merge(ChangeSet("統合"), (conflict,))
    document.answers = [Saving("not_saved", "ほかの人が保存しています。", True)]
    monkeypatch.setattr(MergeDialog, "exec", lambda dialog: True)
    press_save(qtbot, window)
    assert window.plan_widget is not None
    assert window.plan_widget.shared.plan.initiatives["i0"].stage == "完了"
    assert [kept.number for kept in document.conflicts()] == [1]
    assert "決めていない項目が1か所あります" in window.status.findChild(QLabel, "unsaved").text()


def test_the_last_plan_is_opened_again_unless_it_was_closed_first(
    window: MainWindow, documents: MemoryDocuments
) -> None:
    window.open("plan")
    window.close()
    assert (documents.settings[LAST], last_plan(documents)) == ("plan", "plan")
    documents.settings[START] = "welcome"
    assert last_plan(documents) == ""


def test_where_no_plan_was_open_the_next_start_shows_the_welcome_page(
    window: MainWindow, documents: MemoryDocuments
) -> None:
    window.open("plan")
    window.actions_of_window.close_plan.trigger()
    window.close()
    assert last_plan(documents) == ""


def test_going_back_to_a_copy_is_shown_first_and_is_one_edit_that_can_be_undone(
    window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, document = opened(window, documents)
    before = document.session.plan
    document.kept[Copy("控え", datetime(2023, 6, 1, 9, 30, tzinfo=UTC))] = before
    move(plan)
    moved = document.session.plan
    seen: list[str] = []

    def agree(dialog: RestoreDialog) -> bool:
        seen.extend((dialog.list.item(0).text(), dialog.said.text()))
        return True

    monkeypatch.setattr(RestoreDialog, "exec", agree)
    window.actions_of_window.restore.trigger()
    assert seen[0] == "令和5年6月1日 09:30:00"
    assert "変わります" in seen[1]
    assert document.session.plan == before
    assert document.backed_up == 1
    window.actions_of_window.undo.trigger()
    assert document.session.plan == moved


def test_without_copies_going_back_says_so(
    window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(window, documents)
    told: list[str] = []
    monkeypatch.setattr(plan_saving, "tell", lambda parent, sentence: told.append(sentence))
    window.actions_of_window.restore.trigger()
    assert told
    assert "控えはまだありません" in told[0]


def test_a_person_goes_on_while_it_saves_and_is_told_what_the_file_lacks(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments
) -> None:
    plan, document = opened(window, documents)
    move(plan)
    document.gate.clear()
    window.actions_of_window.save.trigger()
    assert "保存しています…" in window.status.words
    move(plan, "評価・見直し")
    assert "保存しています…" in window.status.words
    document.gate.set()
    qtbot.waitUntil(lambda: "保存しています" not in window.status.words)
    assert "▲ ファイルへ未保存の変更 1件" in window.status.words


def test_closing_waits_for_a_saving_that_goes_on(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments
) -> None:
    plan, document = opened(window, documents)
    move(plan)
    document.gate.clear()
    window.actions_of_window.save.trigger()
    QTimer.singleShot(100, document.gate.set)
    window.close()
    assert (document.is_closed, document.unsaved()) == (True, 0)


def test_a_change_of_others_that_is_refused_is_taken_back_by_the_same_saving(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, document = opened(window, documents)
    move(plan)
    mine = plan.shared.plan.initiatives["i1"]
    came = ChangeSet("統合", field_change(mine, "name", "相手の名前"))
    document.theirs = Merge(came, ())
    document.answers = [Saving("not_saved", "ほかの人が保存しています。", True)]
    said: list[str] = []

    def refuse(dialog: MergeDialog) -> bool:
        next(iter(dialog.ticks.values())).setChecked(False)
        said.append(dialog._count.text())
        return True

    monkeypatch.setattr(MergeDialog, "exec", refuse)
    press_save(qtbot, window)
    assert "「この内容で保存」で自分の前の内容に戻します" in said[0]
    assert document.session.plan.initiatives["i1"].name == mine.name
    assert document.unsaved() == 0


def test_what_has_the_keyboard_while_a_plan_is_let_go_writes_nothing_and_tells_nothing(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(main_window, "show_problem", lambda parent, words: told.append(words))
    plan, document = opened(window, documents)
    signals, before = plan.signals, document.session.plan
    documents.save_all()
    window.close_plan()
    assert signals.do(lambda now: move_cards(now, ["i0"], "完了")) is None
    signals.undo()
    assert document.session.plan is before
    assert told == []


@pytest.mark.parametrize("news", ["gone", "saved"])
def test_a_file_that_is_gone_is_offered_to_be_made_again_and_one_replaced_tells_where_words_are(
    qtbot: QtBot,
    window: MainWindow,
    documents: MemoryDocuments,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
    news: str,
) -> None:
    plan, document = opened(window, documents)
    move(plan)

    def refuse() -> Merge:
        raise KeikakuError("計画のファイルではありません。")

    monkeypatch.setattr(document, "catch_up", refuse)
    monkeypatch.setattr(document, "news", lambda: news)
    document.answers = [Saving("not_saved", "写しを残しました: rescue/計画", True)]
    answers.wanted = ["同じ場所にもう一度作る"] if news == "gone" else [""]
    window.actions_of_window.save.trigger()
    qtbot.waitUntil(lambda: bool(answers.asked))
    sentence = answers.asked[0][0]
    assert ("元の場所にありません" in sentence) == (news == "gone")
    assert ("rescue/計画" in sentence) == (news == "saved")
    assert document.unsaved() == (0 if news == "gone" else 1)
