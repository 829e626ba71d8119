"""Documents that are not what they claim, or not safe: one sentence, and nothing is made."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from app.errors import KeikakuError
from storage.documents_in.reading import read_document
from tests.storage.documents_in.test_word import docx, paragraph, run

DOCTYPE = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]>'
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
ONE = paragraph(run("図書の配達"))


def xlsx() -> bytes:
    book = Workbook()
    book.active.append(["事業名", "図書の配達"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == part else content)
    return buffer.getvalue()


def declared(content: bytes) -> bytes:
    return DOCTYPE.encode() + content


def wide(content: bytes) -> bytes:
    return (DOCTYPE + content.decode()).encode("utf-16")


def ebcdic(content: bytes) -> bytes:
    head = b'<?xml version="1.0" encoding="cp037"?>'
    return head + (DOCTYPE + content.decode()).encode("cp037", errors="replace")


def pdf(text: str, password: str = "") -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password) if password else None)
    canvas.drawString(100, 700, text)
    canvas.rect(90, 690, 200, 30)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("hidden", [declared, wide, ebcdic])
@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("a.xlsx", xlsx(), "xl/workbook.xml"),
        ("a.xlsx", xlsx(), "xl/worksheets/sheet1.xml"),
        ("a.docx", docx(ONE), "word/document.xml"),
        ("a.docx", docx(ONE, styles="<w/>"), "word/styles.xml"),
    ],
)
def test_a_document_type_is_refused_in_whatever_encoding(
    hidden: Callable[[bytes], bytes], name: str, data: bytes, part: str, tmp_path: Path
) -> None:
    assert "DOCTYPE" in refusal(tmp_path / name, changed(data, part, hidden))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xlsx", with_part(xlsx(), "xl/vbaProject.bin", b"x"), "マクロ"),
        ("a.xlsx", with_part(xlsx(), "xl/externalLinks/externalLink1.xml", b"<a/>"), "外部リンク"),
        ("a.docx", with_part(docx(ONE), "word/vbaProject.bin", b"x"), "マクロ"),
        ("a.xlsx", COMPOUND, "パスワード"),
        ("a.docx", COMPOUND, "パスワード"),
        ("a.xlsx", xlsx()[:800], "として読めません"),
        ("a.docx", docx("<w:p>"), "こわれている"),
        ("a.docx", docx(ONE)[:200], "として読めません"),
        ("a.docx", with_part(docx(ONE), "word/media/a.png", bytes(61 << 20)), "大きすぎます"),
        ("a.xls", COMPOUND, "こわれている"),
        ("a.xls", COMPOUND + "_VBA_PROJECT".encode("utf-16-le"), "マクロ"),
        ("a.pdf", pdf("x" * 60, "secret"), "パスワード"),
        ("a.pdf", pdf(""), "文字がありません"),
        ("a.pdf", pdf("x" * 60)[:300], "こわれている"),
        ("a.csv", b"\x81", "文字コード"),
        ("a.xlsm", b"", "読めません"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    name: str, data: bytes, why: str, tmp_path: Path
) -> None:
    assert why in refusal(tmp_path / name, data)


def test_a_huge_file_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(21 << 20)
    with pytest.raises(KeikakuError, match="大きすぎ"):
        read_document(path)


def refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(KeikakuError) as caught:
        read_document(path)
    message = str(caught.value)
    assert path.name in message
    assert "計画は変わっていません" in message
    assert "\n" not in message
    assert path.read_bytes() == data
    return message


def test_a_good_one_of_each_is_read(tmp_path: Path) -> None:
    for name, data in (("a.xlsx", xlsx()), ("a.docx", docx(ONE)), ("a.pdf", pdf("x" * 60))):
        (tmp_path / name).write_bytes(data)
        assert read_document(tmp_path / name)[0].texts
