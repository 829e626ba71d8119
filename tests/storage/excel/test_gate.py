"""Hostile workbooks are refused in one sentence before anything reads them."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage.excel.sheet_reader import Returned, read_workbook
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
        (put("xl/worksheets/sheet9.xml", bytes(17 << 20)), "大きすぎます"),
        (change("xl/workbook.xml", b"<workbook", DOCTYPE + b"<workbook"), "DOCTYPE"),
        (lambda p: {**p, SHEET: (DOCTYPE + p[SHEET]).decode().encode("utf-16-le")}, "DOCTYPE"),
        (put("xl/media/image1.png", DOCTYPE), "DOCTYPE"),
        (put("xl/media/image1.png", DOCTYPE.decode().encode("utf-16-be")), "DOCTYPE"),
        (put("xl/sharedStrings.xml", b"<si/>" * 700_000), "細かすぎます"),
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
        (lambda p: {**p, **{f"xl/a{n}.xml": b"<a/>" for n in range(4000)}}, "多すぎます"),
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


def read(data: bytes, folder: Path) -> Returned:
    """What a workbook says that passes the gate."""
    path = folder / "回答.xlsx"
    path.write_bytes(data)
    return read_workbook(path)


def test_a_million_empty_rows_cost_nothing(good: Parts, tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>遠い</t></is></c></row>'
    data = packed(change(SHEET, b"</sheetData>", far.encode() + b"</sheetData>")(good))
    (told,) = read(data, tmp_path).unread
    assert (told.cell, told.text) == ("XFD1048576", "遠い")


@pytest.mark.parametrize("more", [ROWS, b'<row r="1048576"><c r="A1048576" s="1"/></row>'])
def test_cells_without_anything_in_them_say_nothing(
    more: bytes, good: Parts, tmp_path: Path
) -> None:
    data = packed(change(SHEET, b"</sheetData>", more + b"</sheetData>")(good))
    assert read(data, tmp_path) == read(packed(good), tmp_path)


def test_a_place_that_no_worksheet_has_is_refused(good: Parts, tmp_path: Path) -> None:
    beyond = b'<row r="1048577"><c r="A1048577" t="inlineStr"><is><t>x</t></is></c></row>'
    data = packed(change(SHEET, b"</sheetData>", beyond + b"</sheetData>")(good))
    assert "様式として読めません" in refusal(data, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_parts_in_any_unicode_are_read(encoding: str, good: Parts, tmp_path: Path) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    other = {
        name: mark + content.decode().replace('encoding="UTF-8"', "").encode(encoding)
        for name, content in good.items()
        if name.endswith((".xml", ".rels"))
    }
    assert read(packed(other), tmp_path) == read(packed(good), tmp_path)


def test_parts_with_backslashes_in_their_names_are_found(good: Parts, tmp_path: Path) -> None:
    data = packed({name.replace("/", "\\"): content for name, content in good.items()})
    assert read(data, tmp_path) == read(packed(good), tmp_path)


def test_strict_open_xml_is_read(good: Parts, tmp_path: Path) -> None:
    strict = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main":
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }  # fmt: skip
    parts = dict(good)
    for name, content in good.items():
        for old, new in strict.items():
            content = content.replace(old, new)
        parts[name] = content
    assert parts != good
    assert read(packed(parts), tmp_path) == read(packed(good), tmp_path)


def test_a_workbook_whose_main_part_has_another_name_is_read(good: Parts, tmp_path: Path) -> None:
    parts = {
        name.replace("workbook.xml", "book.xml"): content.replace(b"workbook.xml", b"book.xml")
        for name, content in good.items()
    }
    assert read(packed(parts), tmp_path) == read(packed(good), tmp_path)


def test_one_part_that_is_listed_again_and_again_is_refused_at_once(
    good: Parts, tmp_path: Path
) -> None:
    first = b'<sheet name="1-1" sheetId="1" r:id="rId1"/>'
    again = b"".join(
        b'<sheet name="x%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(9, 3000)
    )
    data = packed(change("xl/workbook.xml", first, first + again)(good))
    assert "2回" in refusal(data, tmp_path)


def test_an_external_link_is_refused_with_its_cell_and_the_way_out(
    good: Parts, tmp_path: Path
) -> None:
    formula = b"<c r=\"N3\"><f>'[1]Sheet1'!$A$1</f><v>5</v></c></row>"
    parts = {**good, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    parts[SHEET] = good[SHEET].replace(b"</row>", formula, 1)
    told = refusal(packed(parts), tmp_path)
    assert "「1-1」のN3" in told
    assert "解除" in told


def test_a_pull_down_of_the_book_it_came_from_does_not_stop_a_moved_sheet(
    good: Parts, tmp_path: Path
) -> None:
    """Excel leaves such a link where a worksheet is moved into another book."""
    here = re.search(rb"<formula1>[^<]*</formula1>", good[SHEET])
    assert here
    there = b"<formula1>[1]_keikaku!$E$1:$E$3</formula1>"
    parts = {**good, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    parts[SHEET] = good[SHEET].replace(here[0], there)
    assert read(packed(parts), tmp_path) == read(packed(good), tmp_path)


def test_a_password_is_told_as_one(tmp_path: Path) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    told = refusal(data + "EncryptedPackage".encode("utf-16-le"), tmp_path)
    assert "パスワードを外して" in told
    assert "古い形式" in refusal(data, tmp_path)


def test_a_document_type_is_refused_with_the_part_that_has_it(good: Parts, tmp_path: Path) -> None:
    parts = {**good, "xl/styles.xml": DOCTYPE + good["xl/styles.xml"]}
    assert "xl/styles.xml" in refusal(packed(parts), tmp_path)


def test_the_file_that_excel_keeps_while_it_is_open_is_told(tmp_path: Path) -> None:
    path = tmp_path / "~$回答.xlsx"
    path.write_bytes(bytes(165))
    with pytest.raises(KeikakuError, match=r"Excelを閉じて、「回答\.xlsx」を選んで"):
        read_workbook(path)


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
