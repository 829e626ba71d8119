"""Documents as PDF: draws what the layout measured, with embedded fonts only.

The same document and program version give the same bytes. No user, computer or
path name is written.
"""

import io
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, groupby
from operator import itemgetter, length_hint
from pathlib import Path
from typing import Any, Final

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from app.documents.pages.drawing import Bookmark, Box, Document, Page, Progress, Text, no_progress
from app.errors import KeikakuError
from app.forms.fitting.metrics import THICKER
from storage.pdf.fonts import Fonts
from storage.safe_io import write_bytes

_PRODUCER: Final = "計画カンバン"


def write_pdf(document: Document, target: Path, fonts: Fonts, tell: Progress = no_progress) -> None:
    """Write a document to `target`, whole or not at all. Raises KeikakuError."""
    write_bytes(target, pdf_bytes(document, fonts, tell))


def pdf_bytes(document: Document, fonts: Fonts, tell: Progress = no_progress) -> bytes:
    """The document as a PDF file. Raises KeikakuError for one without a page."""
    rl_config.useA85 = 0
    buffer = io.BytesIO()
    canvas = _Canvas(buffer, invariant=1, pageCompression=1, lang="ja-JP")
    canvas.setTitle(document.title)
    canvas.setProducer(_PRODUCER)
    canvas.setCreator(_PRODUCER)
    canvas.setAuthor("")
    bookmarks = _keyed(document.bookmarks)
    everything = length_hint(document.pages)
    for number, page in enumerate(document.pages):
        tell(number, max(number, everything))
        _write_page(canvas, page, fonts)
        for anchor, y in page.anchors:
            for key in (anchor, *(key for key, _ in bookmarks.get(anchor, ()))):
                canvas.bookmarkHorizontal(key, 0, page.height - y)
        canvas.addPageLabel(number, prefix=page.label or str(number + 1))
        canvas.showPage()
    if canvas.getPageNumber() == 1:
        raise KeikakuError(
            "印刷する取組がないため、PDFを作りませんでした。"
            "計画と、前に作ったファイルはそのままです。取組を選ぶか、追加してください。"
        )
    for key, bookmark in sorted(chain.from_iterable(bookmarks.values()), key=itemgetter(0)):
        canvas.addOutlineEntry(bookmark.title, key, bookmark.level, closed=False)
    if document.bookmarks:
        canvas.showOutline()
    tell(everything, everything)
    canvas.save()
    tell(everything, everything)
    return buffer.getvalue()


def _keyed(bookmarks: Sequence[Bookmark]) -> dict[str, list[tuple[str, Bookmark]]]:
    """The bookmarks by anchor, each with a key of its own: reportlab keeps one title a key."""
    keyed: dict[str, list[tuple[str, Bookmark]]] = {}
    for number, bookmark in enumerate(bookmarks):
        keyed.setdefault(bookmark.anchor, []).append((f"outline-{number:06}", bookmark))
    return keyed


class _Canvas(Canvas):  # type: ignore[misc]
    """A canvas whose pages begin without naming Helvetica, which is not embedded."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def _write_page(canvas: Any, page: Page, fonts: Fonts) -> None:
    canvas.setPageSize((page.width, page.height))
    canvas._code += _box_code(page)
    for image in page.images:
        low = page.height - image.y - image.height
        picture = ImageReader(io.BytesIO(image.data))
        canvas.drawImage(picture, image.x, low, image.width, image.height, mask="auto")
    code: list[str] = []
    for (bold, color, size), texts in groupby(page.texts, lambda t: (t.bold, t.color, t.size)):
        code += _text_code(canvas, page.height, texts, bold, color, size, fonts)
    canvas._code += code
    for link in page.links:
        low = page.height - link.y - link.height
        canvas.linkRect(
            "", link.anchor, (link.x, low, link.x + link.width, low + link.height), Border="[0 0 0]"
        )


def _box_code(page: Page) -> list[str]:
    code = []
    for box in page.boxes:
        if box.fill:
            code.append(_filled(box, page.height))
        elif box.line:
            # A width of 0 would be the thinnest line of the printer, not none.
            code.append(_outlined(box, page.height))
    for rule in page.rules:
        y1, y2 = page.height - rule.y1, page.height - rule.y2
        code.append(
            f"{_rgb(rule.color)} RG {rule.line:.2f} w "
            f"{rule.x1:.2f} {y1:.2f} m {rule.x2:.2f} {y2:.2f} l S"
        )
    return code


def _rectangle(box: Box, height: float) -> str:
    return f"{box.x:.2f} {height - box.y - box.height:.2f} {box.width:.2f} {box.height:.2f} re"


def _filled(box: Box, height: float) -> str:
    filled = f"{_rgb(box.fill)} rg {_rectangle(box, height)} f"
    return f"{filled} {_outlined(box, height)}" if box.line else filled


def _outlined(box: Box, height: float) -> str:
    return f"{_rgb(box.color)} RG {box.line:.2f} w {_rectangle(box, height)} S"


@cache
def _rgb(color: str) -> str:
    return " ".join(f"{int(color[n : n + 2], 16) / 255:.3f}" for n in (0, 2, 4))


def _text_code(
    canvas: Any,
    height: float,
    texts: Iterable[Text],
    bold: bool,
    color: str,
    size: float,
    fonts: Fonts,
) -> list[str]:
    """Text operators, written as such: the canvas's own text calls cost twice the time."""
    code = [f"BT {_rgb(color)} rg"]
    for text in texts:
        turn = "0 -1 1 0" if text.turned else "1 0 0 1"
        code.append(f"{turn} {text.x:.2f} {height - text.y:.2f} Tm")
        for name, run in fonts.runs(text.text, bold):
            font = pdfmetrics.getFont(name)
            for subset, encoded in font.splitString(run, canvas._doc):
                internal = font.getSubsetInternalName(subset, canvas._doc)
                shown = f"{internal} {size:.2f} Tf ({canvas._escape(encoded)}) Tj"
                thick = fonts.is_thickened(name, bold)
                code.append(_thickened(shown, color, size) if thick else shown)
    return [*code, "ET"]


def _thickened(shown: str, color: str, size: float) -> str:
    """Text with its outline drawn as well, for a face that has no bold one."""
    return f"{_rgb(color)} RG {size * THICKER:.3f} w 2 Tr {shown} 0 Tr"
