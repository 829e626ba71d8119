"""Hostile workbooks are refused in one sentence before anything reads them."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage.excel.sheet_reader import read_workbook
from tests.app.forms.forms import built_in, filled_plan
from tests.storage.workbooks import exported

SHEET = "xl/worksheets/sheet1.xml"
Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def good() -> Parts:
    with zipfile.ZipFile(io.BytesIO(exported(filled_plan(), built_in("matsue")))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(data: bytes, folder: Path) -> str:
    path = folder / "回答.xlsx"
    path.write_bytes(data)
    with pytest.raises(KeikakuError) as caught:
        read_workbook(path)
    message = str(caught.value)
    assert "回答.xlsx" in message
    assert "計画は変わっていません" in message
    assert path.read_bytes() == data
    return message


def test_the_good_one_passes(good: Parts, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(packed(good))
    assert read_workbook(path).answers


def put(name: str, content: bytes) -> Callable[[Parts], Parts]:
    return lambda parts: {**parts, name: content}


def change(name: str, old: bytes, new: bytes) -> Callable[[Parts], Parts]:
    def changed(parts: Parts) -> Parts:
        assert old in parts[name]
        return {**parts, name: parts[name].replace(old, new, 1)}

    return changed


DOCTYPE = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]>'
ROWS = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(60, 20_000))


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (put("xl/media/image1.png", bytes(61 << 20)), "大きすぎます"),
        (put("xl/worksheets/sheet9.xml", bytes(9 << 20)), "大きすぎます"),
        (change("xl/workbook.xml", b"<workbook", DOCTYPE + b"<workbook"), "DOCTYPE"),
        (lambda p: {**p, "xl/workbook.xml": p["xl/workbook.xml"].decode().encode("utf-16")},
         "DOCTYPE"),
        (lambda p: {**p, SHEET: (DOCTYPE + p[SHEET]).decode().encode("utf-16-le")}, "DOCTYPE"),
        (put("xl/media/image1.png", DOCTYPE), "DOCTYPE"),
        (put("xl/media/image1.png", DOCTYPE.decode().encode("utf-16-be")), "DOCTYPE"),
        (put("xl/sharedStrings.xml", b"<si/>" * 200_000), "細かすぎます"),
        (change(SHEET, b"<mergeCell ", b'<mergeCell ref="Z90:Z91"/>' * 9000 + b"<mergeCell "),
         "細かすぎます"),
        (put("xl/vbaProject.bin", b"x"), "マクロ"),
        (put("xl/externalLinks/externalLink1.xml", b"<a/>"), "外部リンク"),
        (put("xl/embeddings/oleObject1.bin", b"x"), "埋め込み"),
        (put("xl/ActiveX/activeX1.bin", b"x"), "マクロ"),
        (put("../../evil.xml", b"<a/>"), "部品の名前"),
        (put("/etc/evil.xml", b"<a/>"), "部品の名前"),
        (put("xl\\..\\..\\evil.xml", b"<a/>"), "部品の名前"),
        (put("C:/evil.xml", b"<a/>"), "部品の名前"),
        (lambda p: {**p, **{f"xl/a{n}.xml": b"<a/>" for n in range(1000)}}, "多すぎます"),
        (change(SHEET, b"</sheetData>", ROWS + b"</sheetData>"), "様式として読めません"),
        (lambda p: {n: c for n, c in p.items() if n != "xl/workbook.xml"}, "として読めません"),
        (put("xl/workbook.xml", b"<workbook"), "様式として読めません"),
        (put(SHEET, b""), "様式として読めません"),
    ],
)  # fmt: skip
def test_a_hostile_workbook_is_refused(
    fault: Callable[[Parts], Parts], why: str, good: Parts, tmp_path: Path
) -> None:
    assert why in refusal(packed(fault(good)), tmp_path)


def test_merges_over_the_whole_sheet_cost_nothing(good: Parts, tmp_path: Path) -> None:
    merge = b'<mergeCell ref="A1:XFD1048576"/>'
    count = good[SHEET].count(b"<mergeCell ")
    assert count
    data = packed(change(SHEET, b"<mergeCell ", merge * 50 + b"<mergeCell ")(good))
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    assert not [a for a in read_workbook(path).answers if a.base != a.theirs]


def test_a_million_empty_rows_cost_nothing(good: Parts, tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    data = packed(change(SHEET, b"</sheetData>", far + b"</sheetData>")(good))
    assert "様式として読めません" in refusal(data, tmp_path)


@pytest.mark.parametrize("length", [0, 4, 100, 5000])
def test_a_file_cut_short_is_refused(length: int, good: Parts, tmp_path: Path) -> None:
    assert "として読めません" in refusal(packed(good)[:length], tmp_path)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 500])
def test_what_is_no_workbook_is_refused(data: bytes, tmp_path: Path) -> None:
    assert "として読めません" in refusal(data, tmp_path)


def test_a_flipped_byte_is_refused_or_harmless(good: Parts, tmp_path: Path) -> None:
    data = packed(good)
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    issued = {(a.target, a.base) for a in read_workbook(path).answers}
    assert issued
    taken = 0
    for place in range(0, len(data), max(1, len(data) // 150)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            read = read_workbook(path)
        except KeikakuError:
            continue
        taken += 1
        assert {(a.target, a.theirs) for a in read.answers} <= issued
    # Bytes that say nothing, as a date in the archive, may be any.
    assert taken


def test_an_archive_that_lies_about_its_sizes_is_refused(good: Parts, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**good, "xl/bomb.xml": bytes(30 << 20)}.items():
            archive.writestr(name, content)
    data = bytearray(buffer.getvalue())
    # The size as the archive's directory says it, and in the entry itself.
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(signature)
        data[at + offset : at + offset + 4] = struct.pack("<I", 10)
    assert "として読めません" in refusal(bytes(data), tmp_path)


@pytest.mark.parametrize("shift", [0, 1])
def test_a_directory_that_overlaps_is_refused(shift: int, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/kernel.xml", bytes(1 << 20))
        first = archive.infolist()[0]
        for n in range(1, 60):
            # Sixty names for one and the same compressed megabyte.
            again = zipfile.ZipInfo(f"xl/k{n}.xml")
            for name in ("header_offset", "file_size", "compress_size", "CRC", "compress_type"):
                setattr(again, name, getattr(first, name))
            again.header_offset += shift * n
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
        archive._didModify = True  # type: ignore[attr-defined]
    assert "場所が重なっています" in refusal(buffer.getvalue(), tmp_path)


def test_an_encrypted_entry_is_refused(good: Parts, tmp_path: Path) -> None:
    data = bytearray(packed(good))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "として読めません" in refusal(bytes(data), tmp_path)


def test_a_file_over_the_limit_is_not_even_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "回答.xlsx"
    with path.open("wb") as file:
        file.truncate(21 << 20)
    with pytest.raises(KeikakuError, match=r"回答\.xlsx"):
        read_workbook(path)
