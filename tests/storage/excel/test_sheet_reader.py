"""Returned workbooks: what people do to them is read as they meant it, or said cell by cell."""

import random
import shutil
import subprocess
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText

from app.changes.change import apply
from app.edits.text import set_text, set_year_text
from app.errors import KeikakuError
from app.forms.form import Form
from app.forms.marks import unmarked
from app.forms.reading import same_text
from app.plan.plan import Plan
from app.plan.table import Table
from storage.excel.sheet_reader import read_workbook
from storage.interchange.interchange import interchange_bytes, read_interchange
from tests.app.forms.forms import built_in, filled_plan, form, plan
from tests.storage.plan_json import as_file, small_plan
from tests.storage.workbooks import (
    META,
    PLANS,
    compared,
    edited,
    exported,
    find,
    inputs,
    opened,
    plain,
    read_plan,
    replaced,
    saved,
    sheets,
)

OVERVIEW = "・予約をスマホで受ける"


@pytest.fixture
def held() -> Plan:
    """Two initiatives of an invented town."""
    return read_interchange(as_file(small_plan())).plan


def changes(
    plan: Plan, data: bytes, folder: Path, form: Form | None = None
) -> list[tuple[str, Any]]:
    """The fields that a workbook changes, and to what; nothing else may be said."""
    found = compared(plan, data, folder, form)
    assert found.unread == ()
    assert found.conflicts == ()
    return [(change.field, change.after) for change in found.changes]


def whys(plan: Plan, data: bytes, folder: Path) -> list[str]:
    """What could not be read; nothing may be changed."""
    found = compared(plan, data, folder)
    assert found.changes.changes == ()
    assert found.conflicts == ()
    return [unread.why for unread in found.unread]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_an_untouched_workbook_says_nothing(path: Path, tmp_path: Path) -> None:
    held = read_plan(path)
    data = exported(held)
    assert changes(held, data, tmp_path) == []
    assert changes(held, saved(opened(data)), tmp_path) == []


def write(text: Any, to: str = OVERVIEW) -> Callable[[Workbook], None]:
    """An edit that types a text where another stands."""

    def edit(workbook: Workbook) -> None:
        find(sheets(workbook)[0], to).value = text

    return edit


def test_what_was_typed_comes_back(held: Plan, tmp_path: Path) -> None:
    data = edited(exported(held), write("・電話で受ける\n・窓口で受ける"))
    assert changes(held, data, tmp_path) == [("texts.overview", "・電話で受ける\n・窓口で受ける")]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "１２３",
        "_x0041_",
        "_x005F_",
        "x005F_",
        "𠮷野 髙﨑",
        "a  b",
        "R5.4.1",
        "なし",
        "<b>&",
    ],
)
def test_a_typed_text_comes_back_letter_by_letter(text: str, held: Plan, tmp_path: Path) -> None:
    as_excel_writes_it = escape(text.replace("_x", "_x005F_x")).encode()
    data = edited(exported(held), write("書き換え"))
    data = replaced(data, "書き換え".encode(), as_excel_writes_it)
    assert changes(held, data, tmp_path) == [("texts.overview", text)]


def test_an_emptied_cell_is_an_answer(held: Plan, tmp_path: Path) -> None:
    assert changes(held, edited(exported(held), write(None)), tmp_path) == [("texts.overview", "")]


def test_a_year_that_had_no_text_is_filled(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        sheet = sheets(workbook)[1]
        empty = [c for c in inputs(sheet) if c.value is None]
        empty[-2].value = "令和8年度の目標"

    found = compared(held, edited(exported(held), edit), tmp_path)
    after = apply(held, found.changes)
    years = after.years.under("7e5bd2a8-0000-4000-8000-000000000002")
    assert [(y.fiscal_year, dict(y.texts)) for y in years] == [(2026, {"goals": "令和8年度の目標"})]


@pytest.mark.parametrize("id", ["i", "総務/1", "i/2025"])
def test_a_year_begun_in_excel_stands_in_its_place(id: str, tmp_path: Path) -> None:
    held = plan()
    card = replace(held.initiatives["i"], id=id)
    held = replace(held, initiatives=Table([card]))
    held = apply(held, set_year_text(held, id, 2025, "actions", "二年目"))

    def edit(workbook: Workbook) -> None:
        empty = [c for c in inputs(sheets(workbook)[0]) if c.value is None and c.row > 8]
        empty[2].value = "一年目"

    found = compared(held, edited(exported(held, built_in("kashima")), edit), tmp_path)
    after = apply(held, found.changes)
    assert [y.fiscal_year for y in after.years.under(id)] == [2024, 2025]


def test_a_target_is_begun_in_an_empty_row(tmp_path: Path) -> None:
    own = form(
        '[[band]]\nover = "kpis"\ndown = true\ncolumns = [1, 2]\nrows = ["a* b*"]\n'
        '[cell.a]\nfield = "due"\n[cell.b]\nfield = "text"'
    )

    def edit(workbook: Workbook) -> None:
        first, second = inputs(sheets(workbook)[0])
        first.value, second.value = "令和7年度末", "待ち時間5分"

    held = plan()
    found = compared(held, edited(exported(held, own), edit), tmp_path, own)
    assert found.unread == ()
    (kpi,) = apply(held, found.changes).kpis.under("i")
    assert (kpi.due, kpi.text) == ("令和7年度末", "待ち時間5分")


def test_a_name_and_departments_come_back_as_they_are_kept(held: Plan, tmp_path: Path) -> None:
    data = edited(exported(held), write("住民課\n税務課、防災課", to="住民課"))
    assert changes(held, data, tmp_path) == [("departments", ("住民課", "税務課", "防災課"))]


def test_a_word_that_is_not_in_the_pull_down_is_told(held: Plan, tmp_path: Path) -> None:
    data = edited(exported(held), write("運用中（一部）", to="運用中"))
    assert whys(held, data, tmp_path) == [
        "「運用中（一部）」は、計画の一覧にない言葉のため、取り込みません"
    ]


def test_bold_taken_away_by_a_program_is_no_change(held: Plan, tmp_path: Path) -> None:
    data = edited(exported(held), write(OVERVIEW))
    assert changes(held, data, tmp_path) == []


def test_bold_put_elsewhere_is_one(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        cell = find(sheets(workbook)[0], OVERVIEW)
        block = next(run for run in cell.value if not isinstance(run, str) and run.font.b)
        block.text, rest = "スマ", "ホ"
        cell.value = CellRichText([*cell.value[:2], rest, *cell.value[2:]])

    data = edited(exported(held), edit)
    assert changes(held, data, tmp_path) == [("texts.overview", "・予約を**スマ**ホで受ける")]


def insert_rows(sheet: Any) -> None:
    """Two rows above the table and a column at its left, as Excel does it."""
    merged = [copy(area) for area in sheet.merged_cells.ranges]
    sheet.merged_cells.ranges.clear()
    sheet.insert_rows(1, 2)
    sheet.insert_cols(1)
    for area in merged:
        area.shift(col_shift=1, row_shift=2)
        sheet.merged_cells.ranges.add(area)
    sheet["B1"] = None


def test_rows_above_and_columns_beside_do_not_matter(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        insert_rows(sheets(workbook)[0])
        write("・変えた")(workbook)

    assert changes(held, edited(exported(held), edit), tmp_path) == [("texts.overview", "・変えた")]


def test_renamed_and_reordered_sheets_do_not_matter(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        write("・変えた")(workbook)
        first = sheets(workbook)[0]
        first.title = "回答（住民課）"
        workbook.move_sheet(first, 1)

    assert changes(held, edited(exported(held), edit), tmp_path) == [("texts.overview", "・変えた")]


def test_a_deleted_sheet_is_said_and_changes_nothing(held: Plan, tmp_path: Path) -> None:
    data = edited(exported(held), lambda book: book.remove(sheets(book)[1]))
    assert whys(held, data, tmp_path) == ["シートがありません"]


def copied(workbook: Workbook, text: str) -> Any:
    """Copy the sheet 1-1, as people do to keep how it was, and write into the copy."""
    made = workbook.copy_worksheet(workbook["1-1"])
    find(made, OVERVIEW).value = text
    return made


@pytest.mark.parametrize("is_in_front", [False, True])
def test_of_a_copied_sheet_the_one_that_kept_its_name_is_read(
    is_in_front: bool, held: Plan, tmp_path: Path
) -> None:
    def edit(workbook: Workbook) -> None:
        for text in ("・写しで変えた", "・もう一つの写しで変えた"):
            made = copied(workbook, text)
            if is_in_front:
                workbook.move_sheet(made, -workbook.index(made))
        find(workbook["1-1"], OVERVIEW).value = "・変えた"

    found = compared(held, edited(exported(held), edit), tmp_path)
    assert [change.after for change in found.changes] == ["・変えた"]
    assert ["写し" in unread.why for unread in found.unread] == [True, True]


def test_of_copies_none_of_which_kept_the_name_none_is_read(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        copied(workbook, "・写しで変えた")
        find(workbook["1-1"], OVERVIEW).value = "・変えた"
        workbook["1-1"].title = "回答"

    told = whys(held, edited(exported(held), edit), tmp_path)
    assert ["写しは読んでいません" in why for why in told] == [True, True]


def test_a_cell_that_was_unmerged_or_merged_further_is_still_found(
    held: Plan, tmp_path: Path
) -> None:
    def edit(workbook: Workbook) -> None:
        sheet = sheets(workbook)[0]
        cell = find(sheet, OVERVIEW)
        area = next(r for r in sheet.merged_cells.ranges if cell.coordinate in r)
        sheet.merged_cells.ranges.remove(area)
        cell.value = "・変えた"

    assert changes(held, edited(exported(held), edit), tmp_path) == [("texts.overview", "・変えた")]


def test_two_fields_merged_into_one_are_said(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        sheet = sheets(workbook)[0]
        first, second = find(sheet, "運用中"), find(sheet, "R6年5月から")
        second.value = None
        for area in [r for r in sheet.merged_cells.ranges
                     if first.coordinate in r or second.coordinate in r]:  # fmt: skip
            sheet.merged_cells.ranges.remove(area)
        sheet.merge_cells(f"{first.coordinate}:{second.coordinate}")

    assert whys(held, edited(exported(held), edit), tmp_path) == ["ほかの欄と結合されています"]


def test_an_empty_field_merged_into_a_label_does_not_answer_with_the_label(
    held: Plan, tmp_path: Path
) -> None:
    def edit(workbook: Workbook) -> None:
        sheet = sheets(workbook)[1]
        label = find(sheet, "【達成目標】")
        for area in [r for r in sheet.merged_cells.ranges if r.max_row >= label.row]:
            sheet.merged_cells.ranges.remove(area)
        sheet.merge_cells(
            start_row=label.row, start_column=2, end_row=sheet.max_row, end_column=sheet.max_column
        )

    assert changes(held, edited(exported(held), edit), tmp_path) == []


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("=SUM(A1:A2)", "数式"),
        (True, "TRUE"),
    ],
)
def test_what_is_no_text_is_said_with_its_cell(
    value: Any, why: str, held: Plan, tmp_path: Path
) -> None:
    data = edited(exported(held), write(value))
    found = compared(held, data, tmp_path)
    assert found.changes.changes == ()
    (unread,) = found.unread
    assert why in unread.why
    assert (unread.sheet, unread.cell) == (
        "1-1",
        find(sheets(opened(exported(held)))[0], OVERVIEW).coordinate,
    )


@pytest.mark.parametrize(("value", "text"), [(12, "12"), (1.5, "1.5"), (3.0, "3"), (-1, "-1")])
def test_a_number_is_read_as_it_looks(value: float, text: str, held: Plan, tmp_path: Path) -> None:
    assert changes(held, edited(exported(held), write(value)), tmp_path) == [
        ("texts.overview", text)
    ]


@pytest.mark.parametrize(("stored", "text"), [(b"12.0", "12"), (b"1.2E1", "12"), (b"0.5", "0.5")])
def test_a_number_is_read_as_it_looks_however_it_is_stored(
    stored: bytes, text: str, held: Plan, tmp_path: Path
) -> None:
    data = edited(exported(held), write(987654))
    data = replaced(data, b"987654", stored)
    assert changes(held, data, tmp_path) == [("texts.overview", text)]


def test_what_is_written_beside_the_form_is_said(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        sheet = sheets(workbook)[0]
        sheet.cell(sheet.max_row + 2, 3).value = "担当：内線で"

    found = compared(held, edited(exported(held), edit), tmp_path)
    assert [unread.why for unread in found.unread] == [
        "記入欄の外に書かれているため、読んでいません"
    ]


def test_a_sheet_of_their_own_is_said(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        workbook.create_sheet("メモ")["A1"] = "覚え書き"

    found = compared(held, edited(exported(held), edit), tmp_path)
    assert [(u.sheet, "読んでいません" in u.why) for u in found.unread] == [("メモ", True)]


def test_a_field_that_the_plan_changed_too_is_a_conflict(held: Plan, tmp_path: Path) -> None:
    data = edited(exported(held), write("・電話で受ける"))
    id = "7e5bd2a8-0000-4000-8000-000000000001"
    moved_on = apply(held, set_text(held, id, "overview", "・郵便で受ける"))
    found = compared(moved_on, data, tmp_path)
    assert found.changes.changes == ()
    (conflict,) = found.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == (
        "・予約を**スマホ**で受ける", "・郵便で受ける", "・電話で受ける",
    )  # fmt: skip
    same = apply(held, set_text(held, id, "overview", "・電話で受ける"))
    assert changes(same, data, tmp_path) == []


def test_an_untouched_cell_never_undoes_what_the_plan_has_since(held: Plan, tmp_path: Path) -> None:
    id = "7e5bd2a8-0000-4000-8000-000000000001"
    moved_on = apply(held, set_text(held, id, "overview", "・郵便で受ける"))
    assert changes(moved_on, exported(held), tmp_path) == []


def test_an_initiative_that_is_gone_is_said(held: Plan, tmp_path: Path) -> None:
    data = edited(exported(held), write("・変えた"))
    other = read_interchange(as_file(small_plan() | {"initiatives": []})).plan
    assert whys(other, data, tmp_path) == ["この欄の取組や項目は、計画にもうありません"]


def test_the_pieces_of_a_continued_text_come_back_as_one(tmp_path: Path) -> None:
    lines = [f"・{n}番目の窓口を開く。" for n in range(400)]
    held = plan({"overview": "\n".join(lines)})
    data = exported(held, built_in("matsue"))
    assert len(sheets(opened(data))) > 2
    assert changes(held, data, tmp_path) == []

    def edit(workbook: Workbook) -> None:
        piece = next(c for c in inputs(sheets(workbook)[1]) if "番目" in plain(c.value))
        piece.value = plain(piece.value).replace("番目の窓口", "番目の支所", 1)

    ((field, after),) = changes(held, edited(data, edit), tmp_path)
    assert field == "texts.overview"
    assert str(after).count("支所") == 1
    assert str(after).replace("支所", "窓口") == "\n".join(lines)


def test_a_text_of_which_a_piece_is_gone_is_not_taken_for_whole(tmp_path: Path) -> None:
    held = plan({"overview": "窓口" * 4000})

    def edit(workbook: Workbook) -> None:
        first, second, *_ = sheets(workbook)
        workbook.remove(second)
        piece = next(c for c in inputs(first) if "窓口窓口" in plain(c.value))
        piece.value = "変えた" + plain(piece.value)

    data = edited(exported(held, built_in("matsue")), edit)
    assert "シートがありません" in whys(held, data, tmp_path)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_fifty_edits_come_back_as_these_fifty(path: Path, tmp_path: Path) -> None:
    held = read_plan(path)
    chance = random.Random(path.stem)
    expected: list[str] = []

    def edit(workbook: Workbook) -> None:
        cells = [
            cell for sheet in sheets(workbook) for cell in inputs(sheet)
            if (len(plain(cell.value)) > 12 and not plain(cell.value).startswith("・"))
            or cell.value is None
        ]  # fmt: skip
        for number, cell in enumerate(chance.sample(cells, min(50, len(cells)))):
            expected.append(f"変更その{number}。\n・{chance.choice('窓口予約')}")
            cell.value = expected[-1]

    found = compared(held, edited(exported(held), edit), tmp_path)
    assert found.unread == found.conflicts == ()
    changed = [c.after for c in found.changes if c.field]
    assert sorted(map(str, changed)) == sorted(expected)
    after = apply(held, found.changes)
    for text in expected:
        assert interchange_bytes(after).decode().count(text.replace("\n", "\\n")) == 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_a_workbook_saved_by_libreoffice_says_the_same(held: Plan, tmp_path: Path) -> None:
    held = filled_plan("・窓口**予約**\n_x0041_ =1 ①𠮷", name="待たない\n（窓口）")
    book = tmp_path / "in" / "a.xlsx"
    book.parent.mkdir()
    data = edited(exported(held, built_in("matsue")), write("住民課\n税務課", to="住民課"))
    for name, content in (("a", exported(held, built_in("matsue"))), ("b", data)):
        (book.parent / f"{name}.xlsx").write_bytes(content)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"),
         *map(str, sorted(book.parent.iterdir()))],
        check=True, capture_output=True,
    )  # fmt: skip
    assert changes(held, (tmp_path / "out" / "a.xlsx").read_bytes(), tmp_path) == []
    assert changes(held, (tmp_path / "out" / "b.xlsx").read_bytes(), tmp_path) == [
        ("departments", ("住民課", "税務課"))
    ]


def test_a_workbook_of_another_program_is_refused_in_one_sentence(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active["A1"] = "様式1"
    path = tmp_path / "別の表.xlsx"
    path.write_bytes(saved(workbook))
    with pytest.raises(KeikakuError, match=r"「別の表\.xlsx」は計画カンバンから出力した様式として"):
        read_workbook(path)


@pytest.mark.parametrize("spoil", ["rows", "json", "depth", "kind", "orphan"])
def test_a_spoilt_hidden_sheet_is_refused(spoil: str, held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        meta = workbook[META]
        if spoil == "rows":
            meta.delete_rows(1)
        elif spoil == "json":
            meta["B2"] = "{"
        elif spoil == "depth":
            meta["B2"] = "[" * 9_000
        elif spoil == "kind":
            meta["B2"] = '["r3", "c3", "nobody", "i", "name", null, 0, "", ""]'
        else:
            meta["A2"] = "keikaku-sheet-99"

    path = tmp_path / "回答.xlsx"
    path.write_bytes(edited(exported(held), edit))
    with pytest.raises(KeikakuError, match="計画は変わっていません"):
        read_workbook(path)


def test_saying_the_same() -> None:
    assert same_text("が\r\n窓", "か\u3099\n窓")
    assert not same_text("大塚", "大\ufa10")
    assert same_text("**太字**", "太字")
    assert not same_text("太字", "**太字**")
    assert not same_text("窓口", "窓　口")
    assert unmarked("**窓 **口").bold == ((0, 2),)
    assert same_text("**窓 **口", "**窓** 口")


def test_a_form_of_ones_own_comes_back_too(tmp_path: Path) -> None:
    own = form(
        '[above]\nleft = ["{title}"]\nright = ["様式1"]\n'
        '[[band]]\ncolumns = [1, 3]\nrows = ["a b"]\n'
        '[cell.a]\nlabel = "危険度"\n[cell.b]\nfield = "risk"\nchoices = ["高い", "低い"]'
    )
    held = plan({"risk": "高い"})
    data = edited(exported(held, own), write("低い", to="高い"))
    assert changes(held, data, tmp_path, own) == [("texts.risk", "低い")]
