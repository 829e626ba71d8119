"""Sheets as a workbook: all that the page says, as text, ready to be filled in and printed."""

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from app.errors import KeikakuError
from app.forms.marks import unmarked
from app.forms.sheet import fill
from app.plan.plan import Plan
from storage.excel.writing import workbook as memory_workbook
from storage.excel.writing.sheet_writer import write_sheets
from storage.form_files import form_for
from storage.interchange.interchange import read_interchange
from tests.app.forms.forms import built_in, filled_plan, form, plan
from tests.storage.plan_json import as_file, small_plan
from tests.storage.workbooks import (
    FONTS,
    META,
    PLANS,
    exported,
    find,
    inputs,
    opened,
    plain,
    read_plan,
    sheets,
)  # fmt: skip


def numbered(*numbers: str | None) -> Plan:
    """A plan with an initiative for each number."""
    document = small_plan()
    first = document["initiatives"][0]
    document["initiatives"] = [
        {**first, "id": f"7e5bd2a8-0000-4000-8000-00000000{n:04}", "number": number}
        for n, number in enumerate(numbers)
    ]
    return read_interchange(as_file(document)).plan


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_field_stands_whole_in_a_cell_to_write_in(path: Path) -> None:
    held = read_plan(path)
    form = form_for(held)
    workbook = opened(exported(held))
    for initiative, sheet in zip(held.initiatives.under(), sheets(workbook), strict=True):
        cells = [c for c in fill(form, held, initiative).cells if c.target]
        expected = Counter(unmarked(cell.text).plain for cell in cells)
        assert Counter(plain(cell.value) for cell in inputs(sheet)) == expected
        labels = {plain(c.value) for row in sheet.iter_rows() for c in row if c.protection.locked}
        assert {c.text for c in fill(form, held, initiative).cells if c.head} <= labels


def test_bold_words_are_bold_and_the_others_are_not() -> None:
    sheet = sheets(opened(exported(filled_plan("前**太字**後"), built_in("matsue"))))[0]
    found = find(sheet, "前太字後").value
    assert [(str(run), bool(getattr(getattr(run, "font", None), "b", False))) for run in found] == [
        ("前", False), ("太字", True), ("後", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "_x0041_", "_x005F_", "1-1", "007",
     "a\tb", "<b>&amp;</b>", "'", "R5.4.1", "TRUE", " 前後 ", "一\n\n二", "𠮷\U000e0100"],
)  # fmt: skip
def test_a_text_is_a_text_whatever_it_looks_like(text: str) -> None:
    data = exported(filled_plan(text), built_in("matsue"))
    cell = find(sheets(opened(data))[0], text)
    assert cell.data_type == "s"
    assert cell.number_format == "@"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)


def test_a_text_of_40000_characters_is_continued_not_cut() -> None:
    text = "".join(chr(0x4E00 + n % 5000) for n in range(40_000))
    workbook = opened(exported(plan({"overview": text}), built_in("matsue")))
    pieces = [
        plain(cell.value) for sheet in sheets(workbook) for cell in inputs(sheet)
        if len(plain(cell.value)) > 200
    ]  # fmt: skip
    assert "".join(pieces) == text


def test_the_sheets_are_named_by_number_uniquely_and_legally() -> None:
    titles = opened(exported(numbered("1-1", "1-1", "a/b:c", None, "あ" * 40, "あ" * 40, "'")))
    names = titles.sheetnames[:-1]
    assert names[:3] == ["1-1", "1-1 (2)", "a b c"]
    assert names[3] == "待たない窓口"
    assert len({name.casefold() for name in names}) == len(names) == 7
    for name in names:
        assert 1 <= len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")


def test_numbers_that_differ_by_case_or_are_excels_own_words_do_not_collide() -> None:
    names = opened(exported(numbered("A", "a", META, "History"))).sheetnames[:-1]
    assert len({name.casefold() for name in [*names, META]}) == 5
    assert "history" not in {name.casefold() for name in names}


def test_merged_cells_have_a_line_on_every_outer_side() -> None:
    sheet = sheets(opened(exported(filled_plan(), built_in("kashima"))))[0]
    table = [r for r in sheet.merged_cells.ranges if r.min_row >= 3]
    assert len(table) > 10
    for area in table:
        for row, column in area.left:
            assert sheet.cell(row, column).border.left.style
        for row, column in area.right:
            assert sheet.cell(row, column).border.right.style


def test_the_frame_is_heavier_than_the_lines_inside() -> None:
    sheet = sheets(opened(exported(filled_plan(), built_in("matsue"))))[0]
    last_row, last_column = sheet.max_row, sheet.max_column
    for row in range(3, last_row + 1):
        assert sheet.cell(row, 2).border.left.style == "medium"
        assert sheet.cell(row, last_column).border.right.style == "medium"
    for column in range(2, last_column + 1):
        assert sheet.cell(3, column).border.top.style == "medium"
        assert sheet.cell(last_row, column).border.bottom.style == "medium"


@pytest.mark.parametrize(("key", "turned"), [("matsue", "landscape"), ("kaminoyama", "portrait")])
def test_a_sheet_prints_on_one_page(key: str, turned: str) -> None:
    sheet = sheets(opened(exported(filled_plan(), built_in(key))))[0]
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == turned
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area.replace("$", "").endswith(
        f"{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
    )
    assert all(cell.alignment.wrap_text for cell in inputs(sheet))


def test_labels_are_locked_without_a_password_and_input_cells_are_tinted() -> None:
    sheet = sheets(opened(exported(filled_plan(), built_in("matsue"))))[0]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert find(sheet, "【事業概要】").protection.locked
    cells = inputs(sheet)
    assert cells
    assert {cell.fill.fgColor.rgb for cell in cells} == {"FFFFFAE5"}


@pytest.mark.parametrize(
    "choices", [("運用中", "a,b", '"引用"', "=1"), ("多い",) * 1, ("x" * 300,)]
)
def test_the_pull_down_offers_every_word_as_it_is(choices: tuple[str, ...]) -> None:
    held = filled_plan()
    held = Plan(
        **{name: getattr(held, name) for name in Plan.__slots__}
        | {"profile": held.profile.with_value("statuses", choices)}
    )
    workbook = opened(exported(held, built_in("matsue")))
    sheet = sheets(workbook)[0]
    (validation,) = sheet.data_validations.dataValidation
    assert offered_by(workbook, validation.formula1) == list(choices)
    assert validation.allow_blank
    assert find(sheet, "運用中").coordinate in validation.sqref


def offered_by(workbook: Any, formula: str) -> list[str]:
    """The words of a pull-down: in it, as a worksheet that is moved keeps them, or beside."""
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    area = formula.partition("!")[2].replace("$", "")
    offered = workbook[META][area]
    rows = offered if isinstance(offered, tuple) else ((offered,),)
    return [plain(row[0].value) for row in rows]


def test_words_that_fit_move_with_their_worksheet() -> None:
    sheet = sheets(opened(exported(filled_plan(), built_in("matsue"))))[0]
    (validation,) = sheet.data_validations.dataValidation
    assert "!" not in validation.formula1


def test_no_choices_no_pull_down() -> None:
    held = filled_plan()
    held = Plan(
        **{name: getattr(held, name) for name in Plan.__slots__}
        | {"profile": held.profile.with_value("statuses", ())}
    )
    sheet = sheets(opened(exported(held, built_in("matsue"))))[0]
    assert not sheet.data_validations.dataValidation


def test_the_workbook_tells_nothing_private_and_is_the_same_again() -> None:
    first = opened(exported(filled_plan(), built_in("matsue")))
    assert first.properties.creator == first.properties.lastModifiedBy == "計画カンバン"
    assert first.properties.title == "デジタル計画"
    assert first[META].sheet_state == "veryHidden"
    assert first.active.title == "1-1"


def test_cells_have_the_font_of_the_form_and_not_that_of_excels_theme() -> None:
    sheet = sheets(opened(exported(filled_plan(), built_in("matsue"))))[0]
    fonts = {(c.font.name, c.font.scheme) for row in sheet.iter_rows(min_row=2) for c in row}
    assert fonts == {("BIZ UDGothic", None)}


def test_the_same_plan_gives_the_same_bytes() -> None:
    held = filled_plan("前**太字**後")
    assert exported(held, built_in("matsue")) == exported(held, built_in("matsue"))


def test_no_text_of_the_plan_reaches_the_disk_before_the_workbook_is_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a file of its own")

    for name in ("mkstemp", "TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("builtins.open", refused)
    data = exported(filled_plan(), built_in("matsue"))
    monkeypatch.undo()
    assert sheets(opened(data))
    assert not list(tmp_path.iterdir())


def test_nothing_tells_who_made_it_where(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME", "COMPUTERNAME", "HOSTNAME"):
        monkeypatch.setenv(name, "yamada-pc")
    with zipfile.ZipFile(io.BytesIO(exported(filled_plan(), built_in("matsue")))) as archive:
        told = b"".join(archive.read(name) for name in archive.namelist())
        years = {entry.date_time[0] for entry in archive.infolist()}
    assert b"yamada" not in told
    assert str(Path.home()).encode() not in told
    assert years == {1980}


def test_a_name_is_cut_as_excel_counts_it() -> None:
    names = opened(exported(numbered("𠮷" * 40, "'" * 40 + "あ" * 30 + "'"))).sheetnames[:-1]
    for name in names:
        assert len(name.encode("utf-16-le")) // 2 <= 31
        assert not name.endswith("'")


def test_a_text_that_no_cell_can_hold_is_refused_not_cut() -> None:
    own = form(
        '[[band]]\ncolumns = [1]\nrows = ["a"]\n[cell.a]\nfield = "overview"',
        page="",
    )
    tiny = replace(own, font=replace(own.font, smallest=0.5, largest=0.5))
    with pytest.raises(KeikakuError, match="32,767字を超える"):
        exported(plan({"overview": "a" * 40_000}), tiny)


def test_many_worksheets_are_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    held = numbered("1-1", "1-2", "1-3")
    few = exported(held)
    monkeypatch.setattr(memory_workbook, "_MOST_AT_ONCE", 1)
    assert exported(held) == few


def test_an_empty_workbook_is_refused_in_one_sentence(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"before")
    with pytest.raises(KeikakuError, match="出力する取組がない"):
        write_sheets(built_in("matsue"), plan(), [], FONTS, target)
    assert target.read_bytes() == b"before"


def overlapping(chars: list[Any]) -> list[tuple[str, str]]:
    """Characters printed over each other, as they are where a cell is too low for its text."""
    seen: dict[tuple[int, int], list[Any]] = {}
    found = []
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for key in [(int(x / 8) + i, int(y / 8) + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]:
            for other in seen.get(key, ()):
                across = abs(x - (other["x0"] + other["x1"]) / 2)
                down = abs(y - (other["top"] + other["bottom"]) / 2)
                if across < char["size"] * 0.3 and down < char["size"] * 0.6:
                    found.append((other["text"], char["text"]))
        if char["text"].strip():
            seen.setdefault((int(x / 8), int(y / 8)), []).append(char)
    return found


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_libreoffice_shows_every_character_on_one_page_a_sheet(tmp_path: Path) -> None:
    for path in PLANS[:3]:
        held = read_plan(path)
        book = tmp_path / f"{path.stem}.xlsx"
        book.write_bytes(exported(held))
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
             "--convert-to", "pdf", "--outdir", str(tmp_path), str(book)],
            check=True, capture_output=True,
        )  # fmt: skip
        with pdfplumber.open(book.with_suffix(".pdf")) as printed:
            for page in printed.pages:
                assert not overlapping(page.chars), path.stem
            shown = ["".join(c["text"] for c in page.chars) for page in printed.pages]
        initiatives = held.initiatives.under()
        assert len(shown) == len(initiatives)
        for initiative, text in zip(initiatives, shown, strict=True):
            cells = fill(form_for(held), held, initiative).cells
            expected = Counter("".join(unmarked(c.text).plain for c in cells))
            missing = expected - Counter(text)
            assert not {c for c in missing if not c.isspace()}, initiative.number


def test_a_line_above_the_table_that_says_nothing_is_left_empty() -> None:
    tables = """
[above]
left = ["施策No.{number}"]
badge = "{new_label}"
[[band]]
columns = [1]
rows = ["name"]
[cell.name]
field = "name"
"""
    (sheet,) = sheets(opened(exported(numbered(None), form(tables))))
    written = [cell.value for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row]
    assert [text for text in written if text] == ["待たない窓口\n（窓口予約）"]
