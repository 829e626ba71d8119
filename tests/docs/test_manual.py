"""The manual as PDF and HTML says all that the chapters say, and leads where it says."""

import os
import re
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pdfplumber
import pypdfium2
import pytest

from docs.manual_html import manual_html
from docs.manual_pdf import manual_pdf
from docs.manual_source import PARSER
from ui.desktop.help.chapters import FOLDER, Chapter, read_chapters

# What all three forms can show. Other Markdown would be lost in one of them.
SHOWN = {
    *("heading", "paragraph", "bullet_list", "ordered_list", "list_item"),
    *("table", "thead", "tbody", "tr", "th", "td", "inline"),
}
SHOWN_INSIDE = {"text", "strong", "code_inline", "link", "image"}
KEYS = "## ファイル\n\n| 操作 | キー |\n|---|---|\n| 保存 | `Ctrl+S` |"


@pytest.fixture(scope="module")
def chapters() -> tuple[Chapter, ...]:
    return read_chapters(KEYS)


@pytest.fixture(scope="module")
def pdf(chapters: tuple[Chapter, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("manual") / "manual.pdf"
    path.write_bytes(manual_pdf(chapters))
    return path


def said(chapter: Chapter) -> list[str]:
    """The plain words of a chapter: paragraphs, items, cells, captions."""
    inline = [token for token in PARSER.parse(chapter.text) if token.type == "inline"]
    return ["".join(piece.content for piece in token.children or ()) for token in inline]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_chapters_use_what_every_form_can_show(chapters: tuple[Chapter, ...]) -> None:
    for chapter in chapters:
        tokens = PARSER.parse(chapter.text)
        kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
        assert kinds <= SHOWN, chapter.name
        pieces = {
            piece.type.removesuffix("_open").removesuffix("_close")
            for token in tokens
            for piece in token.children or ()
        }
        assert pieces <= SHOWN_INSIDE, chapter.name


def test_every_bold_word_is_read_as_bold(chapters: tuple[Chapter, ...]) -> None:
    """Between a bracket and a letter `**` does not end a bold word; a blank is needed there."""
    left = [words for chapter in chapters for words in said(chapter) if "**" in words]
    assert left == []


def test_the_pdf_holds_every_word_of_every_chapter(
    pdf: Path, chapters: tuple[Chapter, ...]
) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        text = squeezed("".join(page.get_textpage().get_text_bounded() for page in document))
    sentences = [words for chapter in chapters for words in said(chapter)]
    assert len(sentences) > 300
    # A sentence may go on on the next page, behind the numbers and heads of both.
    missing = [words for words in sentences if squeezed(words)[:14] not in text]
    assert missing == []


def test_every_picture_is_in_the_pdf(pdf: Path) -> None:
    with pdfplumber.open(pdf) as document:
        drawn = [image for page in document.pages for image in page.images]
        inside = [
            page.bbox[0] <= image["x0"] and image["x1"] <= page.bbox[2]
            for page in document.pages
            for image in page.images
        ]
    assert len(drawn) == len(list(FOLDER.glob("*.png")))
    assert all(inside)


def test_contents_and_bookmarks_lead_to_the_chapters(
    pdf: Path, chapters: tuple[Chapter, ...]
) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        marks = {mark.get_title(): mark.get_dest().get_index() for mark in document.get_toc()}
        texts = [page.get_textpage().get_text_bounded() for page in document]
    with pdfplumber.open(pdf) as document:
        lines = [
            squeezed(line)
            for page in document.pages[:3]
            for line in page.extract_text().splitlines()
        ]
    for chapter in chapters:
        page = marks[chapter.title]
        assert chapter.title in texts[page]
        assert f"- {page + 1} -" in texts[page]
        assert squeezed(f"{chapter.title}{page + 1}") in lines


def test_the_same_chapters_make_the_same_pdf(pdf: Path, chapters: tuple[Chapter, ...]) -> None:
    assert manual_pdf(chapters) == pdf.read_bytes()


def test_only_our_fonts_are_in_the_pdf(pdf: Path) -> None:
    with pdfplumber.open(pdf) as document:
        fonts = {
            char["fontname"].partition("+")[2] for page in document.pages for char in page.chars
        }
    assert any("BIZ" in font for font in fonts)
    assert not any("Helvetica" in font for font in fonts)


def test_the_page_needs_nothing_beside_it(chapters: tuple[Chapter, ...]) -> None:
    page = manual_html(chapters)
    pictures = list(FOLDER.glob("*.png"))
    assert page.count('src="data:image/png;base64,') == len(pictures)
    assert not re.search(r'(src|href)="(?!data:image/png;base64,|#)', page)
    for chapter in chapters:
        assert f'id="{chapter.name}"' in page
