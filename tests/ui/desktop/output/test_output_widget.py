"""The view 冊子・印刷: what can be chosen, and what it will look like."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.documents import waiting
from app.documents.book.front_matter import matter
from app.documents.outputs import OUTPUTS
from app.edits.field import fill_in
from app.edits.matter import set_matter
from app.errors import KeikakuError
from app.plan.lists.filters import Filter
from app.session import Session
from tests.ui.desktop.plans import MemoryDocuments, plan_widget, sample_plan, session_of
from ui.desktop.output.book_texts_dialog import BookTextsDialog
from ui.desktop.output.output_panel import ALL, SELECTED, SHOWN
from ui.desktop.output.output_widget import OutputWidget
from ui.desktop.plan_commands import print_sheets
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme, dress


@pytest.fixture
def view(qtbot: QtBot, widget: PlanWidget) -> Iterator[OutputWidget]:
    widget.show_view(View.OUTPUT)
    yield widget.output
    widget.output.preview.forget()


def made(qtbot: QtBot, view: OutputWidget) -> None:
    """Wait until what is chosen has been made."""
    qtbot.waitUntil(lambda: view.preview.made is not None, timeout=20_000)


def seen(view: OutputWidget, fields: dict[str, QWidget]) -> set[str]:
    return {name for name, field in fields.items() if field.isVisibleTo(view)}


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.key)
def test_only_what_an_output_heeds_can_be_chosen(view: OutputWidget, output: object) -> None:
    panel = view.panel
    panel.choose(output.thing, ALL)  # type: ignore[attr-defined]
    chip = next(b for b in panel.formats.buttons() if b.text() == output.format)  # type: ignore[attr-defined]
    chip.click()
    assert panel.output is output
    fields = {
        "paper": panel.paper, "binding": panel.binding, "both_sides": panel.both_sides,
        "encoding": panel.encoding, "columns": panel.columns,
    }  # fmt: skip
    assert seen(view, fields) == set(panel.output.options)
    which = [button.isVisibleTo(view) for button in panel.which.buttons()]
    assert which[ALL] is not panel.output.is_whole
    assert panel.texts.isVisibleTo(view) is (panel.output.thing == "book")


def test_the_pages_are_those_of_what_is_chosen(qtbot: QtBot, view: OutputWidget) -> None:
    made(qtbot, view)
    assert len(view.preview.pages.stack.pages) == 12
    assert view.preview.pages.place.text() == "1 / 12ページ"
    view.panel.choose("board", ALL)
    made(qtbot, view)
    assert view.preview.pages.place.text() == "1 / 1ページ"
    wide = view.preview.pages.stack.pages[0].width
    view.panel.paper.setCurrentIndex(1)
    view.panel.paper.activated.emit(1)
    made(qtbot, view)
    assert view.preview.pages.stack.pages[0].width < wide


def test_one_goes_through_the_pages_and_makes_them_larger(qtbot: QtBot, view: OutputWidget) -> None:
    made(qtbot, view)
    pages = view.preview.pages
    pages._on.click()
    pages._on.click()
    assert pages.place.text() == "3 / 12ページ"
    width = pages.stack.width()
    pages.size_box.setCurrentText("200%")
    assert pages.stack.width() > width
    assert pages.place.text() == "3 / 12ページ"
    pages.go_to(99)
    assert pages.place.text() == "12 / 12ページ"
    assert not pages._on.isEnabled()


def test_an_edit_is_in_the_pages(qtbot: QtBot, view: OutputWidget, session: Session) -> None:
    made(qtbot, view)
    session.do(fill_in(session.plan, "i0", "overview", "・見えますか"))
    made(qtbot, view)
    texts = [text.text for text in view.preview.pages.stack.pages[0].texts]
    assert any("見えますか" in text for text in texts)


def test_some_initiatives_are_made_where_some_are_meant(
    qtbot: QtBot, view: OutputWidget, widget: PlanWidget
) -> None:
    panel, shared = view.panel, widget.shared
    shared.select([])
    made(qtbot, view)
    assert not panel.which.button(SHOWN).isVisibleTo(view)
    assert not panel.which.button(SELECTED).isVisibleTo(view)
    shared.set_filter(Filter(status="着手中"))
    shared.select([shared.shown[0].id, shared.shown[1].id])
    count = len(shared.shown)
    assert panel.which.button(SHOWN).text() == f"表示中の取組（{count}件）"
    panel.which.button(SHOWN).click()
    made(qtbot, view)
    assert len(view.preview.pages.stack.pages) == count
    panel.which.button(SELECTED).click()
    made(qtbot, view)
    assert len(view.preview.pages.stack.pages) == 2
    shared.set_filter(Filter())
    shared.select([])
    assert panel.order().initiatives == ()


def test_print_sheets_shows_those_of_what_is_selected(qtbot: QtBot, widget: PlanWidget) -> None:
    widget.shared.select(["i2", "i4"])
    print_sheets(widget)
    assert widget.view == View.OUTPUT
    assert widget.output.panel.order().initiatives == ("i2", "i4")
    made(qtbot, widget.output)
    assert widget.output.print_button.isEnabled()


def test_a_list_is_shown_as_rows(qtbot: QtBot, view: OutputWidget) -> None:
    view.panel.choose("list", ALL)
    made(qtbot, view)
    model = view.preview.rows.model()
    heads = [
        model.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for n in range(model.columnCount())
    ]
    assert model.rowCount() == 12
    assert "担当課1" in heads
    for row in range(view.panel.columns.count()):
        item = view.panel.columns.item(row)
        wanted = item.text() == "番号"
        item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
    made(qtbot, view)
    assert model.columnCount() == 1
    assert not view.print_button.isEnabled()


def test_what_is_left_to_fill_and_what_no_font_has_is_told(
    qtbot: QtBot, view: OutputWidget, session: Session
) -> None:
    session.do(fill_in(session.plan, "i1", "overview", "・\U0002fa1f\ue000"))
    made(qtbot, view)
    told = view.preview.remarks.text()
    assert "未設定が、あと24か所" in told
    assert "〓で印刷します" in told
    assert "事業概要" in told
    assert "overview" not in told


def test_what_the_book_says_around_the_sheets_is_told_too(
    qtbot: QtBot, view: OutputWidget, session: Session
) -> None:
    session.do(set_matter(session.plan, "preface", "市長 \ue000\n（令和5年度中に設定）"))
    made(qtbot, view)
    assert "未設定が、あと24か所" in view.preview.remarks.text()
    assert "〓" not in view.preview.remarks.text()
    view.panel.choose("book", ALL)
    made(qtbot, view)
    assert "未設定が、あと25か所" in view.preview.remarks.text()
    assert "〓で印刷します（冊子の文のはじめに）" in view.preview.remarks.text()


def test_that_many_sheets_take_long_is_told_before(
    qtbot: QtBot, view: OutputWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_QUICK_SHEETS", 5)
    made(qtbot, view)
    assert "数分かかる" not in view.preview.remarks.text()
    next(b for b in view.panel.formats.buttons() if b.text() == "Excel").click()
    made(qtbot, view)
    assert "数分かかる" in view.preview.remarks.text()


def test_a_plan_without_initiatives_says_so(qtbot: QtBot, theme: Theme) -> None:
    empty = plan_widget(session_of(sample_plan(0)), theme)
    qtbot.addWidget(empty)
    empty.show()
    empty.show_view(View.OUTPUT)
    made(qtbot, empty.output)
    assert "取組がまだない" in empty.output.preview.message.text()
    assert not empty.output.print_button.isEnabled()
    empty.output.panel.choose("board", ALL)
    made(qtbot, empty.output)
    assert empty.output.print_button.isEnabled()


def test_a_form_that_is_missing_is_told(qtbot: QtBot, theme: Theme) -> None:
    plan = sample_plan()
    lost = replace(plan, profile=plan.profile.with_value("form", "nowhere"))
    widget = plan_widget(session_of(lost), theme)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_view(View.OUTPUT)
    qtbot.waitUntil(lambda: "様式「nowhere」" in widget.output.preview.message.text())
    assert not widget.output.print_button.isEnabled()


def test_leaving_the_view_stops_what_is_made(
    qtbot: QtBot, widget: PlanWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that goes on would end the program when the window closes."""
    monkeypatch.setattr(widget.output.preview, "_work", endless)
    widget.show_view(View.OUTPUT)
    qtbot.waitUntil(lambda: widget.output.preview._job is not None)
    job = widget.output.preview._job
    assert job is not None
    with qtbot.waitSignal(job.stopped):
        widget.show_view(View.BOARD)
    qtbot.waitUntil(lambda: widget.output.preview._job is None)
    monkeypatch.undo()
    widget.show_view(View.OUTPUT)
    made(qtbot, widget.output)


def endless(_: object, tell: object) -> None:
    while True:
        tell(0, 0)  # type: ignore[operator]


def test_the_newest_choice_wins(qtbot: QtBot, view: OutputWidget) -> None:
    for thing in ("book", "sheets", "index", "board"):
        view.panel.choose(thing, ALL)
        view.preview._later.timeout.emit()
    made(qtbot, view)
    assert view.preview.made is not None
    assert view.preview.made.order.output.thing == "board"
    assert len(view.preview.pages.stack.pages) == 1


def test_what_comes_late_is_not_shown(qtbot: QtBot, view: OutputWidget) -> None:
    made(qtbot, view)
    late = view.preview.made
    assert late is not None
    view.panel.choose("board", ALL)
    view.preview._show(late)
    assert view.preview.made is None
    made(qtbot, view)
    assert len(view.preview.pages.stack.pages) == 1


def test_the_texts_of_the_book_are_written_and_given_back(
    qtbot: QtBot, view: OutputWidget, session: Session
) -> None:
    derived = matter(session.plan, "preface")
    view.panel.choose("book", ALL)
    view.panel.texts.click()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, BookTextsDialog))
    field = dialog.fields["preface"]
    assert field.toPlainText() == derived
    field.setPlainText("市長のことば")
    dialog.done(0)
    assert matter(session.plan, "preface") == "市長のことば"
    made(qtbot, view)
    texts = [t.text for page in view.preview.pages.stack.pages for t in page.texts]
    assert any("市長のことば" in text for text in texts)
    again = BookTextsDialog(view, view._shared, view._theme)
    again.backs["preface"].click()
    assert again.fields["preface"].toPlainText() == derived
    again.done(0)
    assert session.undo() is not None
    assert matter(session.plan, "preface") == "市長のことば"


def test_an_indentation_given_to_the_first_paragraph_is_kept(
    view: OutputWidget, session: Session
) -> None:
    session.do(set_matter(session.plan, "preface", "市長のことば"))
    dialog = BookTextsDialog(view, view._shared, view._theme)
    dialog.fields["preface"].setPlainText("　市長のことば")
    dialog.done(0)
    again = BookTextsDialog(view, view._shared, view._theme)
    assert again.fields["preface"].toPlainText() == "　市長のことば"
    again.done(0)
    assert len(session.history.entries) == 2


def test_a_text_that_was_not_touched_is_not_kept(view: OutputWidget, session: Session) -> None:
    BookTextsDialog(view, view._shared, view._theme).done(0)
    assert session.history.undoable is None


def test_no_font_is_told(qtbot: QtBot, view: OutputWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(family: str) -> None:
        raise KeikakuError("日本語の書体が見つかりません。")

    monkeypatch.setattr(view.preview._documents, "page_fonts", none)
    view.panel.choose("board", ALL)
    qtbot.waitUntil(lambda: "日本語の書体" in view.preview.message.text())


def test_a_plan_to_be_read_only_is_made_and_printed_too(qtbot: QtBot, theme: Theme) -> None:
    signals = SessionSignals(session_of(sample_plan()), is_read_only=True)
    widget = PlanWidget(SharedState(signals), MemoryDocuments(), theme)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_view(View.OUTPUT)
    widget.output.panel.choose("book", ALL)
    made(qtbot, widget.output)
    assert widget.output.write_button.isEnabled()
    assert widget.output.print_button.isEnabled()
    assert not widget.output.panel.texts.isEnabled()


def test_choices_and_page_stand_beside_each_other_at_the_largest_zoom(
    qtbot: QtBot, theme: Theme
) -> None:
    large = dress(2.0)
    shared = SharedState(SessionSignals(session_of(sample_plan())))
    view = OutputWidget(shared, MemoryDocuments(), large)
    qtbot.addWidget(view)
    view.resize(1180, 500)
    view.show()
    choices, pages = view.write_button, view.preview.pages
    edge = choices.mapTo(view, choices.rect().topRight()).x()
    assert edge < pages.mapTo(view, pages.rect().topLeft()).x()
    assert pages.mapTo(view, pages.rect().topRight()).x() < view.width()
    made(qtbot, view)
    view.preview.forget()
    dress(theme.zoom)
