"""Each worksheet knows its plan and its initiative.

Moved, copied, exchanged or forged, it fills only what its form issued for that initiative.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.changes.change import apply
from app.edits.text import set_text
from app.errors import KeikakuError
from app.forms.reading import Comparison
from app.plan.plan import Plan
from storage.interchange.interchange import read_interchange
from tests.app.forms.forms import plan as made_plan
from tests.storage.plan_json import as_file, small_plan
from tests.storage.raw_workbooks import BOOK, SHEET, Parts, issued_of, said, with_cell
from tests.storage.workbooks import META, compared, edited, exported, find, inputs, sheets

ONE, TWO = (f"7e5bd2a8-0000-4000-8000-00000000000{n}" for n in (1, 2))
TEXTS = {ONE: "窓口の予約を受ける。", TWO: "紙の申請をなくす。"}


@pytest.fixture
def held() -> Plan:
    """Two initiatives that share a department and nothing else."""
    document = small_plan()
    for one, (id, text) in zip(document["initiatives"], TEXTS.items(), strict=True):
        one |= {"id": id, "departments": ["住民課"], "texts": {"overview": text}, "years": []}
    document["initiatives"][1]["number"] = "1-2"
    return read_interchange(as_file(document)).plan


def moved(book: Parts, sheet: Parts, title: str = "1-2") -> Parts:
    """The first book, its worksheet replaced by that of another book."""
    named = book[BOOK].replace(b'name="1-1"', f'name="{title}"'.encode())
    return {**book, SHEET: sheet[SHEET], BOOK: named}


def texts(found: Comparison) -> dict[str, Any]:
    return {change.id: change.after for change in found.changes}


def test_a_sheet_that_was_moved_in_goes_where_it_belongs(held: Plan, tmp_path: Path) -> None:
    first, second = issued_of(held, ONE), issued_of(held, TWO)
    untouched = said(held, moved(first, second), tmp_path)
    assert texts(untouched) == {}
    assert [unread.why for unread in untouched.unread] == ["シートがありません"]
    answered = with_cell(second, TEXTS[TWO], "<is><t>申請を電子にする。</t></is>")
    found = said(held, moved(first, answered), tmp_path)
    assert texts(found) == {TWO: "申請を電子にする。"}
    assert found.conflicts == ()


def test_bold_in_a_moved_sheet_is_bold(held: Plan, tmp_path: Path) -> None:
    bold = "<is><r><rPr><b/></rPr><t>紙</t></r><r><rPr/><t>の申請をなくす。</t></r></is>"
    answered = with_cell(issued_of(held, TWO), TEXTS[TWO], bold)
    found = said(held, moved(issued_of(held, ONE), answered), tmp_path)
    assert texts(found) == {TWO: "**紙**の申請をなくす。"}


def test_a_moved_sheet_never_overwrites_what_the_plan_says_since(
    held: Plan, tmp_path: Path
) -> None:
    first, second = issued_of(held, ONE), issued_of(held, TWO)
    since = apply(held, set_text(held, TWO, "overview", "紙と印をなくす。"))
    assert texts(said(since, moved(first, second), tmp_path)) == {}
    answered = with_cell(second, TEXTS[TWO], "<is><t>申請を電子にする。</t></is>")
    found = said(since, moved(first, answered), tmp_path)
    assert texts(found) == {}
    (conflict,) = found.conflicts
    assert (conflict.id, conflict.base, conflict.ours, conflict.theirs) == (
        TWO, None, "紙と印をなくす。", "申請を電子にする。",
    )  # fmt: skip


def test_a_book_made_of_moved_sheets_only_is_read(held: Plan, tmp_path: Path) -> None:
    second = with_cell(issued_of(held, TWO), TEXTS[TWO], "<is><t>申請を電子にする。</t></is>")
    hidden = rb'<sheet name="_keikaku"[^>]*/>'
    without = {**second, BOOK: re.sub(hidden, b"", second[BOOK])}
    assert texts(said(held, without, tmp_path)) == {TWO: "申請を電子にする。"}


def test_the_pieces_of_a_continued_text_are_one_in_another_book_too(tmp_path: Path) -> None:
    lines = "\n".join(f"・{n}番目の窓口を開く。" for n in range(300))
    held = made_plan({"overview": lines})
    book = issued_of(held, "i")
    hidden = rb'<sheet name="_keikaku"[^>]*/>'
    without = {**book, BOOK: re.sub(hidden, b"", book[BOOK])}
    assert texts(said(held, without, tmp_path)) == {}
    second = "xl/worksheets/sheet2.xml"
    changed = without[second].replace("番目の窓口".encode(), "番目の支所".encode(), 1)
    (text,) = texts(said(held, {**without, second: changed}, tmp_path)).values()
    assert text.count("支所") == 1
    assert text.replace("支所", "窓口") == lines


def test_sheets_whose_names_were_exchanged_are_read_as_what_they_are(
    held: Plan, tmp_path: Path
) -> None:
    def edit(workbook: Any) -> None:
        one, two = sheets(workbook)
        one.title, two.title = "x", "1-1"
        one.title = "1-2"
        find(two, TEXTS[TWO]).value = "申請を電子にする。"

    found = compared(held, edited(exported(held), edit), tmp_path)
    assert texts(found) == {TWO: "申請を電子にする。"}


def test_initiatives_of_another_plan_that_bear_our_ids_are_left_alone(tmp_path: Path) -> None:
    ours, theirs = made_plan({"overview": "窓口"}), made_plan({"overview": "別"}, name="別の取組")
    theirs = Plan(
        theirs.profile.with_value("id", "another"),
        **{t: getattr(theirs, t) for t in ("pillars", "categories", "initiatives", "years")},
    )
    parts = with_cell(issued_of(theirs, "i"), "別", "<is><t>書いた</t></is>")
    found = said(ours, parts, tmp_path)
    assert texts(found) == {}
    assert [u.text for u in found.unread] == ["書いた"]
    assert "別の計画" in found.unread[0].why


def test_a_plan_that_was_imported_anew_takes_its_answers_and_tells(tmp_path: Path) -> None:
    ours = made_plan({"overview": "窓口"})
    again = Plan(
        ours.profile.with_value("id", "another"),
        **{t: getattr(ours, t) for t in ("pillars", "categories", "initiatives", "years")},
    )
    parts = with_cell(issued_of(ours, "i"), "窓口", "<is><t>書いた</t></is>")
    found = said(again, parts, tmp_path)
    assert texts(found) == {"i": "書いた"}
    assert ["この計画から出力したExcelではありません" in r.what for r in found.remarks] == [True]


def forged(parts: Parts, field: str, text: str) -> Parts:
    """The hidden sheet names another field for the overview, and what was issued there."""
    name = f"xl/worksheets/sheet{parts[BOOK].count(b'<sheet ')}.xml"
    content = parts[name].decode()
    assert META_ROW in content
    row = re.search(rf'<c r="(B\d+)"[^>]*><is><t>[^<]*{META_ROW}[^<]*</t></is></c>', content)
    assert row
    new = row[0].replace(META_ROW, json.dumps(field, ensure_ascii=False))
    line = row[1][1:]
    content = content.replace(row[0], new)
    issued = rf'(<c r="C{line}"[^>]*><is><t[^>]*>)[^<]*'
    return {**parts, name: re.sub(issued, rf"\g<1>{text}", content).encode()}


META_ROW = '"texts.overview"'


@pytest.mark.parametrize(
    ("field", "issued", "wanted"),
    [
        ("extra", "{}", "[[["),
        ("parent", "", "nowhere"),
        ("stage", "着手していること", "完了"),
        ("texts.見えない欄", "", "隠れた文"),
        ("keys", "", "x"),
        ("position", "1.0", "9"),
        ("id", ONE, "x"),
        ("title", "", "x"),
        ("get", "", "x"),
        ("__doc__", "", "x"),
        ("texts", "", "x"),
        ("background", "", "x"),
    ],
)
@pytest.mark.parametrize("has_record", [True, False])
def test_a_forged_row_of_the_hidden_sheet_fills_nothing(
    field: str, issued: str, wanted: str, has_record: bool, held: Plan, tmp_path: Path
) -> None:
    parts = with_cell(issued_of(held, ONE), TEXTS[ONE], f"<is><t>{wanted}</t></is>")
    parts = forged(parts, field, issued)
    if not has_record:
        parts = without_records(parts)
    found = said(held, parts, tmp_path)
    assert found.changes.changes == found.conflicts == ()
    assert wanted in [unread.text for unread in found.unread]


def without_records(parts: Parts) -> Parts:
    """As a workbook of an earlier version."""
    return {name: re.sub(rb" keikaku-page [^<]*", b"", part) for name, part in parts.items()}


def test_a_forged_text_of_the_hidden_sheet_does_not_make_an_old_answer_win(
    held: Plan, tmp_path: Path
) -> None:
    since = apply(held, set_text(held, ONE, "overview", "あとで直した。"))
    parts = with_cell(issued_of(held, ONE), TEXTS[ONE], "<is><t>古い回答。</t></is>")
    found = said(since, forged(parts, "texts.overview", "あとで直した。"), tmp_path)
    assert found.changes.changes == ()
    assert "古い回答。" in [unread.text for unread in found.unread]


def test_a_sheet_of_an_earlier_version_that_was_moved_is_refused_with_its_words(
    held: Plan, tmp_path: Path
) -> None:
    first, second = (without_records(issued_of(held, id)) for id in (ONE, TWO))
    found = said(held, moved(first, second), tmp_path)
    assert texts(found) == {}
    assert TEXTS[TWO] in found.unread[0].text


def test_a_sheet_of_an_earlier_version_may_be_renamed(held: Plan, tmp_path: Path) -> None:
    parts = without_records(issued_of(held, ONE))
    answered = with_cell(parts, TEXTS[ONE], "<is><t>電話でも受ける。</t></is>")
    renamed = answered[BOOK].replace(b'name="1-1"', 'name="回答（住民課）"'.encode())
    assert texts(said(held, {**answered, BOOK: renamed}, tmp_path)) == {ONE: "電話でも受ける。"}


def test_a_label_that_somebody_wrote_over_is_told(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Any) -> None:
        find(sheets(workbook)[0], "【事業概要】").value = "【事業概要】ここに書きました"

    (unread,) = compared(held, edited(exported(held), edit), tmp_path).unread
    assert unread.text == "【事業概要】ここに書きました"
    assert "見出し" in unread.why


def copied(name: str, text: str) -> Any:
    """An edit that copies the first worksheet and fills the copy in."""

    def edit(workbook: Any) -> None:
        copy = workbook.copy_worksheet(sheets(workbook)[0])
        find(copy, "待たない窓口\n（窓口予約）").value = name
        find(copy, TEXTS[ONE]).value = text
        empty = [cell for cell in inputs(copy) if cell.value is None and cell.row > 10]
        empty[0].value = "はじめの年の事項"

    return edit


def test_a_copy_under_another_name_is_offered_as_a_new_initiative(
    held: Plan, tmp_path: Path
) -> None:
    found = compared(held, edited(exported(held), copied("移動窓口", "車で回る。")), tmp_path)
    assert texts(found) == {}
    (offer,) = found.offers
    assert "移動窓口" in offer.words
    after = apply(held, offer.changes)
    (new,) = [card for id, card in after.initiatives.items() if id not in held.initiatives]
    assert (new.name, new.texts["overview"]) == ("移動窓口", "車で回る。")
    assert new.categories == held.initiatives[ONE].categories
    assert [year.texts["actions"] for year in after.years.under(new.id)] == ["はじめの年の事項"]
    assert "車で回る。" in found.unread[0].text


def test_a_copy_that_kept_the_name_is_told_with_its_words_only(held: Plan, tmp_path: Path) -> None:
    same = copied("待たない窓口\n（窓口予約）", "車で回る。")
    found = compared(held, edited(exported(held), same), tmp_path)
    assert found.offers == ()
    assert "車で回る。" in found.unread[0].text


def test_a_word_that_the_list_lacks_is_offered_to_it(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Any) -> None:
        find(sheets(workbook)[0], "運用中").value = "運用中（一部）"

    found = compared(held, edited(exported(held), edit), tmp_path)
    (offer,) = found.offers
    assert "「運用中（一部）」" in offer.words
    after = apply(held, offer.changes)
    assert after.profile.statuses == (*held.profile.statuses, "運用中（一部）")
    assert after.initiatives[ONE].status == "運用中（一部）"


def test_a_name_cannot_be_emptied(held: Plan, tmp_path: Path) -> None:
    def edit(workbook: Any) -> None:
        find(sheets(workbook)[0], "待たない窓口\n（窓口予約）").value = None

    found = compared(held, edited(exported(held), edit), tmp_path)
    assert texts(found) == {}
    assert "名前を空に" in found.unread[0].why


def test_a_book_of_another_plan_is_refused(held: Plan, tmp_path: Path) -> None:
    other = read_interchange(as_file(small_plan() | {"initiatives": []})).plan
    with pytest.raises(KeikakuError, match="一つもありません"):
        said(other, issued_of(held, ONE), tmp_path)


def test_what_is_hidden_is_never_shown_as_words(held: Plan, tmp_path: Path) -> None:
    found = compared(held, edited(exported(held), copied("移動窓口", "車で回る。")), tmp_path)
    assert not re.search(r"keikaku-|\br\d+\b|\bc\d+\b", found.unread[0].text)
    assert META not in found.unread[0].text
