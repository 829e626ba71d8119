"""Documents of a city taken in through the window: seen, settled, in a new plan or the open one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.forms.definition.plan_form import form_of
from resources import form_texts
from storage.local_documents import LocalDocuments
from ui.desktop.intake import document_intake
from ui.desktop.intake.intake_dialog import IntakeDialog
from ui.desktop.main_window import MainWindow
from ui.desktop.theme import Theme

LIST = (
    "みなと町 取組一覧,,,,\n"
    "柱,区分,事業名,担当課,事業の概要\n"
    "くらし,窓口,窓口の予約,市民課,窓口の予約をスマホで受ける。\n"
    "くらし,窓口,申請の電子化,税務課,紙の申請をなくす。\n"
    "※この表は毎年見直す,,,,\n"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "取組一覧.csv"
    path.write_text(LIST, encoding="utf-8-sig")
    return path


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "PC"))
    made = MainWindow(LocalDocuments(), theme)
    qtbot.addWidget(made)
    made.show()
    return made


def bring(
    window: MainWindow,
    source: Path,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    settle: Callable[[IntakeDialog], None] = lambda dialog: None,
) -> list[IntakeDialog]:
    """Choose a document, look at it, take it in; the dialogs that were shown."""
    shown: list[IntakeDialog] = []

    def exec_(dialog: IntakeDialog) -> int:
        shown.append(dialog)
        settle(dialog)
        return 1

    monkeypatch.setattr(document_intake, "ask_several", lambda *_: [str(source)])
    monkeypatch.setattr(document_intake, "ask_target", lambda *_: str(target))
    monkeypatch.setattr(IntakeDialog, "exec", exec_)
    window.actions_of_window.bring_documents.trigger()
    return shown


def test_a_list_becomes_a_new_plan_that_is_open(
    window: MainWindow, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [dialog] = bring(window, source, tmp_path / "計画.keikaku", monkeypatch)
    assert dialog.doing.text() == "2件を取り込む"
    assert window.plan_widget is not None
    plan = window.plan_widget.shared.plan
    assert [i.name for i in plan.initiatives.under()] == ["窓口の予約", "申請の電子化"]
    assert [p.name for p in plan.pillars.under()] == ["くらし"]
    assert source.read_text(encoding="utf-8-sig") == LIST


def test_every_text_is_seen_as_taken_or_left(
    window: MainWindow, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [dialog] = bring(window, source, tmp_path / "計画.keikaku", monkeypatch)
    model = dialog.table.model_of_grid
    texts = {}
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            if index.data():
                texts[index.data()] = index.data(Qt.ItemDataRole.ToolTipRole)
    assert texts["市民課"] == "担当課に入れます"
    assert texts["事業の概要"].startswith("見出し：")
    assert texts["※この表は毎年見直す"].startswith("どの欄にも入れません")
    assert all(texts.values())
    listed = [dialog.list.item(n).text() for n in range(dialog.list.count())]
    assert any("A5" in words for words in listed)


def test_a_field_can_be_given_and_taken_away(
    window: MainWindow, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settle(dialog: IntakeDialog) -> None:
        head = dialog.table.model_of_grid.cell(dialog.table.model_of_grid.index(1, 4))
        assert head is not None
        assert head.text == "事業の概要"
        cell = dialog.table.model_of_grid.cell(dialog.table.model_of_grid.index(2, 4))
        assert cell is not None
        dialog.give(cell, "texts.background")

    bring(window, source, tmp_path / "計画.keikaku", monkeypatch, settle)
    assert window.plan_widget is not None
    first = window.plan_widget.shared.plan.initiatives.under()[0]
    assert first.texts.get("background") == "窓口の予約をスマホで受ける。"
    assert "overview" not in first.texts


def test_going_back_makes_nothing(
    window: MainWindow, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_intake, "ask_several", lambda *_: [str(source)])
    monkeypatch.setattr(IntakeDialog, "exec", lambda dialog: 0)
    window.actions_of_window.bring_documents.trigger()
    assert window.plan_widget is None
    assert [p.name for p in tmp_path.glob("*.keikaku")] == []


def test_what_cannot_be_read_is_told_in_one_sentence(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(document_intake, "show_problem", lambda _, words: told.append(words))
    path = tmp_path / "こわれた表.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"0" * 500)
    assert bring(window, path, tmp_path / "計画.keikaku", monkeypatch) == []
    [words] = told
    assert "こわれた表.xlsx" in words
    assert window.plan_widget is None


def test_the_fields_offered_are_those_of_the_form(
    window: MainWindow, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [dialog] = bring(window, source, tmp_path / "計画.keikaku", monkeypatch)
    form = form_of(dialog.intake.made.plan.profile, form_texts())
    offered = set(dialog._fields)
    assert {
        f"texts.{name}" for name in form.text_fields if name in ("overview", "background")
    } <= offered
    assert {"name", "departments", "pillar"} <= offered
