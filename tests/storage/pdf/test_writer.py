"""The printed sheets, read back from the PDF: whole, inside their borders, nothing private."""

import io
import re
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from app.documents.pages.drawing import Document
from app.documents.sheets import fit_all, sheets_document
from app.errors import KeikakuError
from app.forms.form import Form
from app.plan.plan import Plan
from resources import resource
from storage.form_files import form_for
from storage.interchange.interchange import read_interchange
from storage.pdf.fonts import Fonts, find_fonts
from storage.pdf.writer import pdf_bytes, write_pdf
from tests.app.forms.forms import KEYS, built_in, filled_plan, form, plan
from tests.storage.pdf.looks import RUNS, looks
from tests.storage.plan_json import REAL

PLANS = [*REAL, *(resource(f"sample/{name}.json") for name in ("sample", "kashima", "kaminoyama"))]
# Half a point: what a line of the border is wide.
NEAR = 0.5


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return find_fonts()


def read_plan(path: Path) -> Plan:
    return read_interchange(path.read_bytes()).plan


def pdf(plan: Plan, fonts: Fonts, form: Form | None = None) -> bytes:
    found = form or form_for(plan)
    return pdf_bytes(sheets_document(found, plan, plan.initiatives.under(), fonts), fonts)


def seen(text: str, fonts: Fonts) -> str:
    """A text as it is seen on paper, without blanks."""
    shown = "".join(run for _, run in fonts.runs(text, bold=False))
    return re.sub(r"\s", "", shown)


def pages(data: bytes) -> list[Any]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page for page in document.pages if page.chars or page.rects]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_character_stands_in_its_cell_on_its_page(path: Path, fonts: Fonts) -> None:
    held = read_plan(path)
    found = form_for(held)
    fitted = fit_all(found, held, held.initiatives.under(), fonts)
    read = iter(pages(pdf(held, fonts)))
    if found.page.flow:
        on_paper = Counter("".join(c["text"] for page in read for c in page.chars).replace(" ", ""))
        for sheet in fitted:
            for cell in sheet.sheet.cells:
                on_paper.subtract(seen(cell.text.replace("**", ""), fonts))
        assert not [c for c, count in on_paper.items() if count < 0]
        return
    for sheet in fitted:
        for fitted_page in sheet.pages:
            page = next(read)
            for placed in fitted_page.cells:
                box = (
                    placed.x - NEAR, placed.y - NEAR,
                    placed.x + placed.width + NEAR, placed.y + placed.height + NEAR,
                )  # fmt: skip
                start, end = placed.span
                inside = page.within_bbox(box).chars
                written = "".join(c["text"] for c in inside)
                expected = seen(placed.flow.text.plain[start:end], fonts)
                assert Counter(written.replace(" ", "").replace("\u3000", "")) == Counter(expected)
                bold = {c["text"] for c in inside if "Bold" in c["fontname"]}
                if not placed.flow.text.bold:
                    assert not bold


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_no_glyph_crosses_a_border(path: Path, fonts: Fonts) -> None:
    drawn = pages(pdf(read_plan(path), fonts))
    assert drawn
    for page in drawn:
        across = [r["x0"] for r in page.rects] + [r["x1"] for r in page.rects]
        down = sorted({round(x, 1) for x in across})
        for char in page.chars:
            # 0.12 em at each side of a full-width glyph is empty.
            left, right = char["x0"] + char["size"] * 0.12, char["x1"] - char["size"] * 0.12
            crossed = [x for x in down if left < x < right and _is_border(page, x, char)]
            assert not crossed, (char["text"], crossed)


def _is_border(page: Any, x: float, char: Any) -> bool:
    """Whether the edge of a drawn rectangle runs through the height of a glyph at `x`."""
    middle = (char["top"] + char["bottom"]) / 2
    return any(
        min(abs(r["x0"] - x), abs(r["x1"] - x)) < 0.1 and r["top"] < middle < r["bottom"]
        for r in page.rects
    )


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_no_line_begins_or_ends_with_a_sign_that_must_not(path: Path, fonts: Fonts) -> None:
    held = read_plan(path)
    for sheet in fit_all(form_for(held), held, held.initiatives.under(), fonts):
        for placed in (placed for page in sheet.pages for placed in page.cells):
            plain = placed.flow.text.plain
            for one, other in pairwise(placed.lines):
                if one.end == other.start and not placed.cell.spec.vertical:
                    assert plain[other.start] not in "、。，．）」』】〉》ーっッゃャ々・？！"
                    assert plain[one.end - 1] not in "（「『【〈《"


def test_all_fonts_are_embedded_and_the_paper_is_a4(fonts: Fonts) -> None:
    data = pdf(filled_plan("窓口𠮷☑ **太字**"), fonts, built_in("matsue"))
    with pdfplumber.open(io.BytesIO(data)) as document:
        assert [(round(p.width), round(p.height)) for p in document.pages] == [(842, 595)]
        found = [
            font for page in document.pages
            for font in page.page_obj.resources["Font"].resolve().values()
        ]  # fmt: skip
        described = [font.resolve()["FontDescriptor"].resolve() for font in found]
    assert described
    assert all("FontFile2" in descriptor for descriptor in described)


def test_the_same_plan_gives_the_same_bytes_and_they_tell_nothing_private(
    fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pdf(filled_plan(), fonts, built_in("matsue"))
    monkeypatch.setenv("USER", "someone")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert pdf(filled_plan(), fonts, built_in("matsue")) == first
    with pdfplumber.open(io.BytesIO(first)) as document:
        about, catalog = document.metadata, document.doc.catalog
        outlines = [title for _, title, *_ in document.doc.get_outlines()]
        label = next(iter(document.doc.get_page_labels()))
    assert about["Title"] == "デジタル計画"
    assert about["Creator"] == about["Producer"] == "計画カンバン"
    assert about["Author"] == ""
    assert catalog["Lang"] == b"ja-JP"
    assert outlines == ["暮らし", "窓口", "1-1 待たない窓口"]
    assert label == "1-1"
    assert not {b"/home", b"/usr", b"/tmp", b"root"} & set(re.findall(rb"/?[a-z]+", first))


def test_a_document_without_pages_is_refused_in_one_sentence(fonts: Fonts, tmp_path: Path) -> None:
    target = tmp_path / "sheets.pdf"
    target.write_bytes(b"before")
    with pytest.raises(KeikakuError, match="印刷する取組がない"):
        write_pdf(Document("空", ()), target, fonts)
    assert target.read_bytes() == b"before"


@pytest.mark.parametrize("key", KEYS)
def test_a_text_over_several_pages_is_whole_in_order(key: str, fonts: Fonts) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(3000))
    held = plan({"overview": text, "content": text})
    drawn = "".join(
        c["text"] for page in pages(pdf(held, fonts, built_in(key))) for c in page.chars
    )
    known = [c for c in unicodedata.normalize("NFKC", text) if fonts.face(c, bold=False)]
    places = [drawn.find(c) for c in known]
    assert -1 not in places


def test_both_sides_of_a_leaf_keep_the_binding_edge_free(fonts: Fonts) -> None:
    found = form(
        '[[band]]\ncolumns = [1]\nrows = ["a"]\n[cell.a]\nfield = "overview"', "mirrored = true"
    )
    wide = Form(**{
        **{name: getattr(found, name) for name in Form.__slots__},
        "page": found.page.__class__("A4", False, found.page.margins.__class__(20, 10, 20, 30),
                                     mirrored=True),
    })  # fmt: skip
    read = pages(pdf(plan({"overview": "窓口\n" * 150}), fonts, wide))
    left = [round(min(r["x0"] for r in page.rects) / 72 * 25.4) for page in read]
    assert left[:2] == [30, 10]


def test_what_is_turned_off_is_not_drawn(fonts: Fonts) -> None:
    tables = '[[band]]\ncolumns = [1]\nrows = ["a"]\n[cell.a]\nlabel = "一"\n'
    held = plan()
    assert len(pages(pdf(held, fonts, form("[look]\nframe = 0\n" + tables)))[0].rects) == 1
    none = form("[look]\nframe = 0\nline = 0\n" + tables)
    assert not pages(pdf(held, fonts, none))[0].rects
    open_side = form("[look]\nframe = 0\n" + tables + 'no_line = ["top", "left"]')
    assert len(pages(pdf(held, fonts, open_side))[0].lines) == 2


def test_a_character_above_ffff_can_be_searched_and_copied(fonts: Fonts) -> None:
    if fonts.face("𠮟", bold=False) is None:
        pytest.skip("no font here has 𠮟")
    page = pages(pdf(plan({"overview": "子どもを𠮟らない"}), fonts, built_in("matsue")))[0]
    assert "子どもを𠮟らない" in page.extract_text()


def test_looks_of_runs_are_lines_and_tones_where_their_words_stand(fonts: Fonts) -> None:
    (page,) = pages(pdf_bytes(looks(fonts), fonts))
    rows = sorted({round(char["top"]) for char in page.chars})
    through: dict[str, list[float]] = {}
    for look, top in zip(RUNS, rows, strict=True):
        near = [line for line in page.lines if top <= line["top"] <= top + 30]
        through[look] = [round((line["top"] - top) / 24, 1) for line in near]
        assert {round(line["x1"] - line["x0"]) for line in near} <= {72}
    assert through["plain"] == through["tint"] == []
    assert len(through["underline"]) == len(through["single"]) == 1
    assert len(through["double"]) == 2
    assert through["underline"][0] > 0.9 > max(through["single"] + through["double"])
    (tint,) = [rect for rect in page.rects if rect["fill"]]
    assert rows[4] - 6 < tint["top"] < rows[4] < tint["bottom"]


def test_a_picture_stands_where_it_was_laid_out_and_the_same_bytes_come_again(
    fonts: Fonts,
) -> None:
    data = pdf_bytes(looks(fonts), fonts)
    (page,) = pages(data)
    (image,) = page.images
    (placed,) = next(iter(looks(fonts).pages)).images
    assert [round(image[side]) for side in ("x0", "top", "x1", "bottom")] == [
        round(placed.x), round(placed.y), round(placed.x + 120), round(placed.y + 60),
    ]  # fmt: skip
    assert pdf_bytes(looks(fonts), fonts) == data
