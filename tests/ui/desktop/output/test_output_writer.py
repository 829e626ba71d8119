"""Writing and printing from the window, and what is told of it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QMenu, QMessageBox, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.changes.change import apply
from app.documents.making import document_of
from app.documents.order import Choices, Order
from app.documents.outputs import OUTPUTS
from app.documents.pages.drawing import Progress
from app.edits.field import fill_in
from app.forms.definition.plan_form import form_of
from resources import form_texts
from storage import safe_io
from storage.local_documents import LocalDocuments
from tests.storage.failing_disk import windows_error
from tests.ui.desktop.plans import sample_plan
from ui.desktop.output import output_writer
from ui.desktop.output.output_preview import Made
from ui.desktop.output.output_writer import OutputWriter
from ui.desktop.paper.printing import lay_out
from ui.desktop.theme import Theme

BY_KEY = {output.key: output for output in OUTPUTS}


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def writer(window: QWidget) -> Iterator[OutputWriter]:
    writer = OutputWriter(LocalDocuments(), window)
    yield writer
    # As the window does when it closes: a file that is there may not be done with yet.
    writer.finish()


def told(qtbot: QtBot, window: QWidget) -> QMessageBox:
    """The one message that comes."""
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=20_000)
    (box,) = window.findChildren(QMessageBox)
    return box


def buttons(box: QMessageBox) -> list[str]:
    return [button.text() for button in box.buttons()]


def test_whole_outputs_are_not_offered_for_some_initiatives(writer: OutputWriter) -> None:
    menu = QMenu()
    writer.fill(menu, sample_plan(), ("i1", "i2"))
    words = [action.text() for action in menu.actions()]
    assert words[: len(OUTPUTS)] == [f"{output.name}…" for output in OUTPUTS]
    offered = [word for word in words if word.startswith("選んだ2件の")]
    assert offered == [
        "選んだ2件の個票（PDF）…", "選んだ2件の個票（Excel）…",
        "選んだ2件の一覧データ（Excel）…", "選んだ2件の一覧データ（CSV）…",
            "選んだ2件の取組ごとの個票（PDFのフォルダー）…",
    ]  # fmt: skip


def test_it_says_where_it_is_and_what_is_left(
    qtbot: QtBot, window: QWidget, writer: OutputWriter, tmp_path: Path
) -> None:
    target = tmp_path / "個票.pdf"
    writer.write(Order(sample_plan(2), BY_KEY["sheets.pdf"]), str(target))
    box = told(qtbot, window)
    assert target.read_bytes().startswith(b"%PDF")
    assert str(target) in box.text()
    assert "未設定が、あと4か所" in box.text()
    assert "フォルダーを開く" in buttons(box)


@pytest.mark.parametrize("key", ["sheets.xlsx", "list.csv"])
def test_a_file_open_in_excel_can_be_written_under_another_name(
    qtbot: QtBot,
    window: QWidget,
    writer: OutputWriter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
) -> None:
    target, other = tmp_path / f"出力{BY_KEY[key].suffix}", tmp_path / "別"
    target.write_bytes(b"old")
    real = safe_io.operate

    def operate(call: Callable[..., object], *words: object, **named: object) -> object:
        """However often it is tried again, Excel still has the file."""
        if call is os.replace:
            raise windows_error(32)
        return real(call, *words, **named)

    monkeypatch.setattr(safe_io, "operate", operate)
    monkeypatch.setattr(safe_io.time, "sleep", lambda seconds: None)
    writer.write(Order(sample_plan(2), BY_KEY[key]), str(target))
    box = told(qtbot, window)
    assert "開" in box.text()
    assert target.read_bytes() == b"old"
    monkeypatch.undo()
    monkeypatch.setattr(output_writer, "ask_target", lambda *words: str(other))
    next(button for button in box.buttons() if "別名で保存" in button.text()).click()
    qtbot.waitUntil(other.exists, timeout=20_000)


def test_characters_that_cp932_lacks_are_told(
    qtbot: QtBot, window: QWidget, writer: OutputWriter, tmp_path: Path
) -> None:
    plan = sample_plan(2)
    plan = apply(plan, fill_in(plan, "i0", "overview", "𠮷野の窓口"))
    odd = Order(plan, BY_KEY["list.csv"], choices=Choices(encoding="cp932"))
    writer.write(odd, str(tmp_path / "x.csv"))
    assert "𠮷" in told(qtbot, window).text()
    assert not list(tmp_path.iterdir())


def test_closing_stops_what_is_being_written(
    qtbot: QtBot, window: QWidget, writer: OutputWriter, tmp_path: Path
) -> None:
    target = tmp_path / "個票.xlsx"
    target.write_bytes(b"old")
    writer.write(Order(sample_plan(400), BY_KEY["sheets.xlsx"]), str(target))
    assert writer.job is not None
    with qtbot.waitSignal(writer.job.stopped):
        writer.finish()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
    assert window.findChildren(QMessageBox) == []


def test_a_click_stops_it(
    qtbot: QtBot, window: QWidget, writer: OutputWriter, tmp_path: Path
) -> None:
    target = tmp_path / "個票.xlsx"
    target.write_bytes(b"old")
    writer.write(Order(sample_plan(400), BY_KEY["sheets.xlsx"]), str(target))
    progress = window.findChild(QProgressDialog)
    qtbot.waitUntil(lambda: progress.value() > 1, timeout=20_000)
    assert progress.maximum() == 400
    stop = next(b for b in progress.findChildren(QPushButton) if b.text() == "中止")
    stop.click()
    qtbot.waitUntil(lambda: writer.job is None, timeout=20_000)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
    assert window.findChildren(QMessageBox) == []


def test_what_was_made_is_printed(
    qtbot: QtBot, writer: OutputWriter, theme: Theme, tmp_path: Path
) -> None:
    documents = LocalDocuments()
    order = Order(sample_plan(3), BY_KEY["sheets.pdf"])
    fonts = documents.page_fonts("gothic")
    form = form_of(order.plan.profile, form_texts())
    made = Made(order, list(document_of(order, form, fonts).pages), fonts)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "紙.pdf"))
    lay_out(printer, made.pages[0], order.choices)
    writer.print(made, printer)
    qtbot.waitUntil(lambda: writer.job is None, timeout=20_000)
    assert (tmp_path / "紙.pdf").read_bytes().startswith(b"%PDF")


def test_one_thing_is_written_at_a_time(
    qtbot: QtBot, window: QWidget, writer: OutputWriter, tmp_path: Path
) -> None:
    """Two would write into one progress, and closing would wait for one of them only."""
    seen: list[str] = []

    def export(order: Order, target: str, tell: Progress) -> None:
        seen.append(target)
        while target == "first":
            tell(0, 0)

    writer._documents.export = export  # type: ignore[method-assign]
    writer.write(Order(sample_plan(1), BY_KEY["plan.json"]), "first")
    first = writer.job
    qtbot.waitUntil(lambda: seen == ["first"])
    writer.write(Order(sample_plan(1), BY_KEY["plan.json"]), "second")
    assert first is not None
    assert first.isFinished()
    assert "second" in told(qtbot, window).text()
