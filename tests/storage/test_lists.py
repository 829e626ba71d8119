"""Lists for other programs: what stands in them, and that no character is lost on the way."""

import csv
import io
from dataclasses import replace
from types import MappingProxyType

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.lists.lists import ListTable, list_table
from app.errors import KeikakuError
from app.plan.lists.listing import printed_order
from app.plan.table import Table
from app.plan.texts.plain_text import guarded
from resources import resource
from storage.csv_writer import csv_bytes, missing_characters
from storage.excel.writing.list_writer import list_bytes
from storage.form_files import form_for
from storage.interchange.interchange import read_interchange

PLAN = read_interchange(resource("sample/sample.json").read_bytes()).plan
DATA = st.one_of(
    st.none(),
    st.integers(0, 3000),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=8),
    st.sampled_from(["=1+1", "+81", "@x", '"', "a,b", "一\n二", "1-1", " "]),
)
TABLES = st.lists(st.tuples(DATA, DATA), max_size=4).map(
    lambda rows: ListTable("表", ("一", "二"), tuple(rows))
)


def sample(*groups: str) -> ListTable:
    return list_table(form_for(PLAN), PLAN, printed_order(PLAN), groups)


def column(table: ListTable, head: str) -> list[object]:
    return [row[table.heads.index(head)] for row in table.rows]


def test_one_datum_a_cell_and_nothing_left_out() -> None:
    table = sample()
    assert None not in column(table, "柱")
    assert None not in column(table, "区分")
    together = [i for i in printed_order(PLAN) if len(i.departments) > 1]
    assert together
    row = table.rows[[i.id for i in printed_order(PLAN)].index(together[0].id)]
    assert row[table.heads.index("担当課1")] == together[0].departments[0]
    assert row[table.heads.index("担当課2")] == together[0].departments[1]


def test_years_are_western_beside_japanese() -> None:
    heads = sample("years").heads
    assert "令和4年度（2022年度）の取組事項（KPI）" in heads
    assert "令和6年度（2024年度）の実施" in heads


def test_names_have_no_line_ends_and_bold_marks_are_gone() -> None:
    table = sample()
    assert not any("\n" in str(name) for name in column(table, "取組名"))
    assert any("(" in str(name) for name in column(table, "副題"))
    assert not any("**" in str(datum) for row in table.rows for datum in row)


def test_columns_are_chosen_by_either_name_and_others_are_refused() -> None:
    assert sample("番号", "name").heads == ("番号", "取組名", "副題")
    with pytest.raises(KeikakuError, match="担当課"):
        sample("課")


def with_texts(*names: str) -> ListTable:
    """The list of a plan whose initiatives have texts of these names, each saying its name."""
    first = PLAN.initiatives.under()[0]
    own = replace(first, texts=MappingProxyType({name: f"文：{name}" for name in names}))
    return list_table(None, replace(PLAN, initiatives=Table([own])), [own])


def test_two_columns_of_one_name_are_told_apart() -> None:
    table = with_texts("番号", "取組名")
    assert column(table, "取組名") == ["証明書手数料のキャッシュレス決済"]
    assert column(table, "番号（2）") == ["文：番号"]
    assert column(table, "取組名（2）") == ["文：取組名"]


@given(st.lists(st.sampled_from(["現状", "現状（2）", "現状（3）", "現状（2）（2）"]), unique=True))
def test_no_two_columns_have_one_heading(names: list[str]) -> None:
    table = with_texts(*names)
    assert len(set(table.heads)) == len(table.heads)
    assert {f"文：{name}" for name in names} <= set(table.rows[0])


def test_a_text_keeps_the_indentation_of_all_its_paragraphs() -> None:
    text = "　一つ目の段落。\n　二つ目の段落。\n"
    first = PLAN.initiatives.under()[0]
    own = replace(first, texts=MappingProxyType({"本文": text}))
    table = list_table(None, replace(PLAN, initiatives=Table([own])), [own])
    assert column(table, "本文") == ["　一つ目の段落。\n　二つ目の段落。"]


def test_csv_opens_in_excel_as_utf_8() -> None:
    data = csv_bytes(sample())
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(PLAN.initiatives) + 1
    assert rows[1][0] == "1-1"


@given(TABLES)
def test_csv_gives_back_what_was_written(table: ListTable) -> None:
    text = csv_bytes(table).decode("utf-8-sig")
    rows = [["" if x is None else guarded(str(x)) for x in row] for row in table.rows]
    expected = [list(table.heads), *rows]
    assert list(csv.reader(io.StringIO(text, newline=""))) == expected


@given(TABLES)
def test_cp932_writes_all_or_names_what_it_lacks(table: ListTable) -> None:
    missing = list(missing_characters(table, "cp932"))
    if missing:
        with pytest.raises(KeikakuError, match="か所"):
            csv_bytes(table, "cp932")
        return
    assert csv_bytes(table, "cp932").decode("cp932") == csv_bytes(table).decode("utf-8-sig")


def test_cp932_names_character_row_and_column() -> None:
    table = ListTable("表", ("番号", "取組名"), (("1", "髙﨑①㈱～－"), ("2", "𠮷田〜")))
    with pytest.raises(KeikakuError) as told:
        csv_bytes(table, "cp932")
    sentence = str(told.value)
    assert "2か所" in sentence
    assert "3行目の「取組名」の「𠮷」（U+20BB7）" in sentence
    assert "「〜」（U+301C）" in sentence
    assert "髙" not in sentence


def test_excel_holds_texts_as_texts_numbers_as_numbers_and_no_merges() -> None:
    table = ListTable("表", ("番号", "年度", "文"), (("1-1", 2024, "=1+1"), (None, 0, "a\nb")))
    sheet = openpyxl.load_workbook(io.BytesIO(list_bytes(table))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["番号", "年度", "文"],
        ["1-1", 2024, "=1+1"],
        [None, 0, "a\nb"],
    ]
    assert sheet["C2"].data_type == "s"
    assert not sheet.merged_cells.ranges


def test_a_text_that_no_cell_can_hold_is_not_cut() -> None:
    table = ListTable("表", ("文",), (("あ" * 40_000,),))
    with pytest.raises(KeikakuError, match="2行目の「文」"):
        list_bytes(table)
