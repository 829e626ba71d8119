"""What Qt paints, on the screen and on a printer, is what the PDF shows."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from app.changes.change import apply
from app.documents.making import document_of
from app.documents.order import Order
from app.documents.outputs import OUTPUTS
from app.documents.pages.drawing import Document, Page
from app.edits.field import fill_in
from app.forms.definition.plan_form import form_of
from app.plan.plan import Plan
from resources import form_texts
from storage.pdf.fonts import Fonts, find_fonts
from storage.pdf.writer import pdf_bytes
from tests.storage.pdf.looks import looks
from tests.ui.desktop.plans import sample_plan
from ui.desktop.paper.paper_painter import PaperPainter
from ui.desktop.theme import Theme

# Dots a point: about the 150 dots an inch of a large preview.
SCALE = 2
# Grey from which a dot is surely ink, and up to which it may be: edges are smoothed differently.
SURE, MAYBE = 110, 190
Box = tuple[int, int, int, int]
NO_INK = (0, 0, 0, 0)
ODD = "・**太字𠮷野☑**と①㈱髙﨑～－\n・かなと漢字ABC、**▲12,345千円**"


class Raster:
    """A page as rows of grey bytes."""

    def __init__(self, width: int, rows: list[bytes]) -> None:
        self.width, self.rows = width, rows

    def ink(self, place: Box, darker_than: int) -> Box:
        """The smallest box around everything dark within a box."""
        left, top, right, bottom = place
        rows = [row[left:right] for row in self.rows[top:bottom]]
        dark = [n for n, row in enumerate(rows) if row and min(row) < darker_than]
        if not dark:
            return NO_INK
        lightest = (min(column) for column in zip(*rows, strict=True))
        columns = [n for n, grey in enumerate(lightest) if grey < darker_than]
        return columns[0], dark[0], columns[-1], dark[-1]


def agree(one: Raster, other: Raster, place: Box) -> bool:
    """Whether what is surely ink in one is, within a dot, ink in the other, and the reverse."""
    return _is_within(one, other, place) and _is_within(other, one, place)


def _is_within(one: Raster, other: Raster, place: Box) -> bool:
    inner, outer = one.ink(place, SURE), other.ink(place, MAYBE)
    if NO_INK in (inner, outer):
        return inner == NO_INK
    return (
        inner[0] >= outer[0] - 1 and inner[1] >= outer[1] - 1
        and inner[2] <= outer[2] + 1 and inner[3] <= outer[3] + 1
    )  # fmt: skip


def painted(page: Page, fonts: Fonts) -> Raster:
    width, height = round(page.width * SCALE), round(page.height * SCALE)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    PaperPainter(fonts).paint(painter, page, QRectF(0, 0, width, height))
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    data, step = bytes(grey.constBits()), grey.bytesPerLine()
    return Raster(width, [data[n * step : n * step + width] for n in range(height)])


def in_pdf(document: Document, fonts: Fonts) -> Iterator[Raster]:
    pdf = pypdfium2.PdfDocument(pdf_bytes(document, fonts))
    for page in pdf:
        bitmap = page.render(scale=SCALE, grayscale=True)
        data, step = bytes(bitmap.buffer), bitmap.stride
        yield Raster(
            bitmap.width, [data[n * step : n * step + bitmap.width] for n in range(bitmap.height)]
        )
    pdf.close()


def odd_plan(form: str) -> Plan:
    """Bold, a rare kanji and signs that only another font has."""
    plan = sample_plan(7)
    plan = apply(plan, fill_in(plan, "i1", "overview", ODD))
    return replace(plan, profile=plan.profile.with_value("form", form))


def cells(page: Page) -> Iterator[Box]:
    """The inside of everything that has a line around it, in dots."""
    for box in page.boxes:
        if box.line and box.width > 8 and box.height > 8:
            edge = box.line / 2 + 1.5
            place = (
                box.x + edge,
                box.y + edge,
                box.x + box.width - edge,
                box.y + box.height - edge,
            )
            yield tuple(round(side * SCALE) for side in place)  # type: ignore[misc]


PAGED = {output.thing: output for output in OUTPUTS if output.has_pages}


@pytest.mark.parametrize("form", sorted(form_texts()))
@pytest.mark.parametrize("thing", PAGED)
def test_every_cell_has_its_ink_where_the_pdf_has_it(theme: Theme, thing: str, form: str) -> None:
    fonts, plan = find_fonts(), odd_plan(form)
    document = document_of(Order(plan, PAGED[thing]), form_of(plan.profile, form_texts()), fonts)
    pages = tuple(document.pages)[:4]
    # Thin and pale lines are no ink: each painter makes them as thick as it thinks fit.
    texts = tuple(replace(page, boxes=(), rules=(), links=()) for page in pages)
    document = replace(document, pages=texts, bookmarks=())
    inked = 0
    for page, text, printed in zip(pages, texts, in_pdf(document, fonts), strict=True):
        shown = painted(text, fonts)
        for cell in (*cells(page), (0, 0, shown.width, len(shown.rows))):
            inked += printed.ink(cell, SURE) != NO_INK
            assert agree(printed, shown, cell), cell
    assert inked > 3


def test_boxes_and_lines_stand_where_the_pdf_has_them(theme: Theme) -> None:
    fonts, plan = find_fonts(), odd_plan("matsue")
    document = document_of(Order(plan, PAGED["sheets"]), form_of(plan.profile, form_texts()), fonts)
    lines = tuple(replace(page, texts=()) for page in document.pages)[:2]
    document = replace(document, pages=lines, bookmarks=())
    for page, printed in zip(lines, in_pdf(document, fonts), strict=True):
        shown = painted(page, fonts)
        whole = (0, 0, shown.width, len(shown.rows))
        assert agree(printed, shown, whole)
        assert all(agree(printed, shown, cell) for cell in cells(page))


def test_a_face_without_bold_is_painted_thicker(theme: Theme) -> None:
    class OneFace(Fonts):
        """As many 明朝 are."""

    regular = find_fonts()._faces[0]
    fonts = OneFace(regular, regular)
    plan = odd_plan("matsue")
    document = document_of(
        Order(plan, PAGED["sheets"], ("i1",)), form_of(plan.profile, form_texts()), fonts
    )
    (page,), (printed,) = tuple(document.pages), tuple(in_pdf(document, fonts))
    bold = next(text for text in page.texts if text.bold and len(text.text) > 2)
    weights = []
    for texts in ((bold,), (replace(bold, bold=False),)):
        shown = painted(replace(page, boxes=(), rules=(), texts=texts), fonts)
        weights.append(sum(255 * len(row) - sum(row) for row in shown.rows))
    assert weights[0] > weights[1] * 1.1
    shown = painted(page, fonts)
    assert all(agree(printed, shown, cell) for cell in cells(page))


def test_looks_of_runs_and_pictures_are_painted_as_the_pdf_has_them(theme: Theme) -> None:
    fonts = find_fonts()
    document = looks(fonts)
    (page,), (printed,) = tuple(document.pages), tuple(in_pdf(document, fonts))
    shown = painted(page, fonts)
    image = page.images[0]
    tops = [*(text.y - text.size for text in page.texts), image.y, image.y + image.height]
    for top, foot in pairwise(sorted(tops)):
        strip = (0, round(top * SCALE), shown.width, round(foot * SCALE))
        assert printed.ink(strip, SURE) != NO_INK
        assert agree(printed, shown, strip)
    # The tone behind the last run is paler than ink, and there all the same.
    tone = (round(page.boxes[0].x * SCALE) + 2, round(page.boxes[0].y * SCALE) + 2)
    assert 200 < shown.rows[tone[1]][tone[0]] < 250
    assert abs(shown.rows[tone[1]][tone[0]] - printed.rows[tone[1]][tone[0]]) < 4
    without = painted(replace(page, rules=()), fonts)
    lines = sum(255 * len(row) - sum(row) for row in shown.rows)
    assert lines > sum(255 * len(row) - sum(row) for row in without.rows)
