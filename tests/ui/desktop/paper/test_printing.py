"""Printing: the pages on a printer are those that were made."""

from pathlib import Path

import pdfplumber
import pytest
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter

from app.documents.making import document_of
from app.documents.order import Choices, Order
from app.documents.outputs import OUTPUTS
from app.documents.pages.drawing import Page, no_progress
from app.errors import KeikakuError
from app.forms.definition.plan_form import form_of
from resources import form_texts
from storage.pdf.fonts import find_fonts
from tests.ui.desktop.plans import sample_plan
from ui.desktop.paper.printing import lay_out, print_pages
from ui.desktop.theme import Theme

A4, A3 = (842, 595), (1191, 842)


@pytest.fixture
def printer(theme: Theme, tmp_path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    return printer


def pages_of(thing: str, count: int, choices: Choices | None = None) -> list[Page]:
    plan = sample_plan(count)
    output = next(output for output in OUTPUTS if output.thing == thing)
    order = Order(plan, output, choices=choices or Choices())
    return list(document_of(order, form_of(plan.profile, form_texts()), find_fonts()).pages)


def test_every_sheet_is_a_page_of_the_forms_paper(printer: QPrinter) -> None:
    pages = pages_of("sheets", 3)
    lay_out(printer, pages[0], Choices())
    assert printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
    print_pages(printer, pages, find_fonts(), no_progress)
    with pdfplumber.open(printer.outputFileName()) as printed:
        assert [(round(p.width), round(p.height)) for p in printed.pages] == [A4] * 3
        box = printed.pages[0].bbox
        edges = [(edge["x0"], edge["x1"]) for edge in printed.pages[0].edges]
        frame = max(right for _, right in edges) - min(left for left, _ in edges)
    assert edges
    assert all(box[0] < left and right < box[2] for left, right in edges)
    widest = max(box.width for box in pages[0].boxes)
    assert abs(frame - widest) < 2


def test_texts_are_shapes_and_not_pictures(printer: QPrinter) -> None:
    """A printer draws them at its own resolution, and none of its fonts is asked for."""
    pages = pages_of("sheets", 1)
    lay_out(printer, pages[0], Choices())
    print_pages(printer, pages, find_fonts(), no_progress)
    with pdfplumber.open(printer.outputFileName()) as printed:
        assert not printed.pages[0].images
        assert not printed.pages[0].chars
        characters = sum(len(text.text) for text in pages[0].texts)
        shapes = len(printed.pages[0].curves)
    assert shapes > characters / 4


def test_a_range_of_pages_is_printed_and_told(printer: QPrinter) -> None:
    pages = pages_of("sheets", 4)
    lay_out(printer, pages[0], Choices())
    printer.setFromTo(2, 3)
    told: list[tuple[int, int]] = []
    print_pages(printer, pages, find_fonts(), lambda done, all: told.append((done, all)))
    with pdfplumber.open(printer.outputFileName()) as printed:
        assert len(printed.pages) == 2
    assert told == [(0, 2), (1, 2)]


def test_the_poster_is_as_large_as_was_chosen(printer: QPrinter) -> None:
    for paper, size in (("A3", A3), ("A4", A4)):
        choices = Choices(paper=paper)
        pages = pages_of("board", 12, choices)
        lay_out(printer, pages[0], choices)
        print_pages(printer, pages, find_fonts(), no_progress)
        with pdfplumber.open(printer.outputFileName()) as printed:
            assert (round(printed.pages[0].width), round(printed.pages[0].height)) == size


@pytest.mark.parametrize(
    ("form", "choices", "edge"),
    [
        ("matsue", Choices(), QPrinter.DuplexMode.DuplexNone),
        ("matsue", Choices(both_sides=True), QPrinter.DuplexMode.DuplexShortSide),
        ("matsue", Choices(both_sides=True, binding="left"), QPrinter.DuplexMode.DuplexShortSide),
        ("matsue", Choices(both_sides=True, binding="top"), QPrinter.DuplexMode.DuplexLongSide),
        ("kaminoyama", Choices(both_sides=True), QPrinter.DuplexMode.DuplexLongSide),
        ("kaminoyama", Choices(both_sides=True, binding="top"),
         QPrinter.DuplexMode.DuplexShortSide),
    ],
)  # fmt: skip
def test_leaves_are_turned_about_the_edge_they_are_bound_at(
    printer: QPrinter, form: str, choices: Choices, edge: QPrinter.DuplexMode
) -> None:
    width, height = (842, 595) if form == "matsue" else (595, 842)
    asked = []
    printer.setDuplex = asked.append  # type: ignore[method-assign]
    lay_out(printer, Page(width, height), choices)
    assert asked == [edge]


def test_a_stop_ends_the_printing(printer: QPrinter) -> None:
    class StopError(Exception):
        pass

    def tell(done: int, everything: int) -> None:
        if done == 1:
            raise StopError

    pages = pages_of("sheets", 3)
    lay_out(printer, pages[0], Choices())
    aborted: list[bool] = []
    printer.abort = lambda: aborted.append(True) or True  # type: ignore[method-assign]
    with pytest.raises(StopError):
        print_pages(printer, pages, find_fonts(), tell)
    assert aborted


@pytest.mark.qt_log_ignore("QPainter::begin|QPdfEngine")
def test_a_printer_that_cannot_be_begun_is_told(printer: QPrinter, tmp_path: Path) -> None:
    pages = pages_of("sheets", 1)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "x.pdf"))
    with pytest.raises(KeikakuError, match="印刷を始められませんでした"):
        print_pages(printer, pages, find_fonts(), no_progress)
