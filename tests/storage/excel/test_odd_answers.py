"""Answers as Excel really keeps them: what is seen is what is read, and nothing is passed over."""

from pathlib import Path

import pytest

from app.plan.plan import Plan
from tests.app.forms.forms import plan
from tests.storage.raw_workbooks import (
    STYLES,
    Parts,
    issued,
    place_of,
    said,
    with_cell,
    with_part,
    with_style,
)

OLD = "窓口の予約を電話で受ける。"


@pytest.fixture
def held() -> Plan:
    return plan({"overview": OLD, "background": "待ち時間が長い。"})


@pytest.fixture
def parts(held: Plan) -> Parts:
    return issued(held)


def change(held: Plan, parts: Parts, folder: Path) -> str:
    """The one text that a workbook brings; nothing is unread."""
    found = said(held, parts, folder)
    assert found.unread == ()
    assert found.conflicts == ()
    (change,) = found.changes
    assert change.field == "texts.overview"
    return str(change.after)


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        ("0.5", "0%", "50%"),
        ("80", "0&quot;人&quot;", "80人"),
        ("1200", "#,##0", "1,200"),
        ("7", "000", "007"),
        ("-5", "#,##0;&quot;▲&quot;#,##0", "▲5"),
        ("45748", "[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "令和7年4月1日"),
        ("45748", "aaaa", "火曜日"),
        ("1.2E1", "General", "12"),
    ],
)
def test_a_number_is_read_as_it_is_seen(
    value: str, code: str, seen: str, held: Plan, parts: Parts, tmp_path: Path
) -> None:
    styled, style = with_style(parts, code)
    assert change(held, with_cell(styled, OLD, f"<v>{value}</v>", "n", style), tmp_path) == seen


@pytest.mark.parametrize("number", [*range(27, 37), *range(50, 59)])
def test_no_date_is_a_serial_number(number: int, held: Plan, parts: Parts, tmp_path: Path) -> None:
    styled, style = with_style(parts, number=number)
    found = said(held, with_cell(styled, OLD, "<v>45748</v>", "n", style), tmp_path)
    (text,) = [str(c.after) for c in found.changes]
    assert "45748" not in text


def test_a_date_is_told_as_one(held: Plan, parts: Parts, tmp_path: Path) -> None:
    styled, style = with_style(parts, number=58)
    found = said(held, with_cell(styled, OLD, "<v>45748</v>", "n", style), tmp_path)
    assert [change.after for change in found.changes] == ["令和7年4月1日"]
    (remark,) = found.remarks
    assert (remark.sheet, remark.cell) == ("1-1", place_of(parts, OLD))
    assert "日付" in remark.what


def test_a_date_that_is_written_as_text_of_a_date_is_read(
    held: Plan, parts: Parts, tmp_path: Path
) -> None:
    made = with_cell(parts, OLD, "<v>2025-04-01T00:00:00</v>", "d")
    assert [c.after for c in said(held, made, tmp_path).changes] == ["2025/4/1"]


@pytest.mark.parametrize(
    ("inner", "kind", "seen"),
    [
        ("<f>1+1</f><v>2</v>", "n", "2"),
        ("<f>A1&amp;B1</f><v>窓口を開く</v>", "str", "窓口を開く"),
    ],
)
def test_the_result_of_a_formula_is_read_and_told(
    inner: str, kind: str, seen: str, held: Plan, parts: Parts, tmp_path: Path
) -> None:
    found = said(held, with_cell(parts, OLD, inner, kind), tmp_path)
    assert [c.after for c in found.changes] == [seen]
    assert [seen in r.what and "数式" in r.what for r in found.remarks] == [True]


@pytest.mark.parametrize(
    ("inner", "kind", "why", "words"),
    [
        ("<f>1+1</f>", "n", "数式", "（数式）"),
        ("<v>#REF!</v>", "e", "エラー値", "#REF!"),
        ("<f>A1</f><v>#NAME?</v>", "e", "エラー値", "#NAME?"),
        ("<v>1</v>", "b", "TRUE", "TRUE"),
    ],
)
def test_what_is_no_text_is_said_with_its_cell_and_words(
    inner: str, kind: str, why: str, words: str, held: Plan, parts: Parts, tmp_path: Path
) -> None:
    found = said(held, with_cell(parts, OLD, inner, kind), tmp_path)
    assert found.changes.changes == ()
    (unread,) = found.unread
    assert why in unread.why
    assert (unread.cell, unread.text) == (place_of(parts, OLD), words)


def run(text: str, looks: str = "") -> str:
    return f'<r><rPr>{looks}<sz val="11"/></rPr><t xml:space="preserve">{text}</t></r>'


RED = '<color rgb="FFFF0000"/>'


@pytest.mark.parametrize("strike", ["<strike/>", '<strike val="1"/>', '<strike val="true"/>'])
def test_struck_words_no_longer_hold_and_are_told(
    strike: str, held: Plan, parts: Parts, tmp_path: Path
) -> None:
    inner = (
        run("窓口の予約を") + run("電話で", strike + RED) + run("スマホで", RED) + run("受ける。")
    )
    found = said(held, with_cell(parts, OLD, f"<is>{inner}</is>"), tmp_path)
    assert [c.after for c in found.changes] == ["窓口の予約をスマホで受ける。"]
    (remark,) = found.remarks
    assert "「電話で」" in remark.what
    assert "線で消された" in remark.what


def test_a_strike_that_is_switched_off_is_none(held: Plan, parts: Parts, tmp_path: Path) -> None:
    inner = run("窓口の予約を") + run("スマホで", '<strike val="0"/>') + run("受ける。")
    found = said(held, with_cell(parts, OLD, f"<is>{inner}</is>"), tmp_path)
    assert [c.after for c in found.changes] == ["窓口の予約をスマホで受ける。"]
    assert found.remarks == ()


def test_a_cell_that_is_struck_through_as_a_whole_holds_nothing(
    held: Plan, parts: Parts, tmp_path: Path
) -> None:
    struck = '<font><strike/><sz val="11"/><name val="X"/></font>'
    styled, style = with_style(parts, number=49, font=struck)
    made = with_cell(styled, OLD, f"<is><t>{OLD}</t></is>", style=style)
    found = said(held, made, tmp_path)
    assert [c.after for c in found.changes] == [""]
    assert [OLD in remark.what for remark in found.remarks] == [True]


def test_small_digits_stay_what_they_are(held: Plan, parts: Parts, tmp_path: Path) -> None:
    high, low = '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>'
    inner = run("面積10m") + run("2", high) + run("、CO") + run("2", low)
    assert change(held, with_cell(parts, OLD, f"<is>{inner}</is>"), tmp_path) == "面積10m²、CO₂"


def test_small_words_are_read_and_told(held: Plan, parts: Parts, tmp_path: Path) -> None:
    inner = run("窓口") + run("注", '<vertAlign val="superscript"/>')
    found = said(held, with_cell(parts, OLD, f"<is>{inner}</is>"), tmp_path)
    assert [c.after for c in found.changes] == ["窓口注"]
    assert "上付き" in found.remarks[0].what


def test_furigana_is_no_text(held: Plan, parts: Parts, tmp_path: Path) -> None:
    inner = '<is><t>窓口</t><rPh sb="0" eb="2"><t>マドグチ</t></rPh><phoneticPr fontId="1"/></is>'
    assert change(held, with_cell(parts, OLD, inner), tmp_path) == "窓口"


def test_shared_texts_are_read(held: Plan, parts: Parts, tmp_path: Path) -> None:
    strings = f"<sst><si><t>あ</t></si><si>{run('窓口')}{run('予約', '<b/>')}</si></sst>"
    relation = b'<Relationship Id="rId77" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
    listed = "xl/_rels/workbook.xml.rels"
    end = b"</Relationships>"
    made = with_cell(parts, OLD, "<v>1</v>", "s")
    made |= {
        "xl/sharedStrings.xml": strings.encode(),
        listed: parts[listed].replace(end, relation + end),
    }
    assert change(held, made, tmp_path) == "窓口**予約**"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<fill><patternFill patternType="none"/></fill>', b"<fill/>"),
        (b"</fonts>", b'<font><family val="34"/><u val="wavy"/><sz val="big"/></font></fonts>'),
        (
            b"</fonts>",
            b'<font><color rgb="red"/><color theme="99"/><b val="maybe"/></font></fonts>',
        ),
        (b"</cellXfs>", b"<xf/>" * 60_000 + b"</cellXfs>"),
        (b"</cellXfs>", b'<xf numFmtId="x" fontId="9999" fillId="-1"/></cellXfs>'),
        (b"<cellStyles", b"<nonsense/><cellStyles"),
    ],
)
def test_looks_never_stop_an_answer(
    old: bytes, new: bytes, held: Plan, parts: Parts, tmp_path: Path
) -> None:
    made = with_cell(parts, OLD, "<is><t>スマホで受ける。</t></is>")
    assert old in made[STYLES]
    made[STYLES] = made[STYLES].replace(old, new, 1)
    assert change(held, made, tmp_path) == "スマホで受ける。"


def test_a_run_with_odd_looks_is_read(held: Plan, parts: Parts, tmp_path: Path) -> None:
    odd = '<rFont val="X"/><family val="34"/><u val="dotDash"/><color indexed="999"/>'
    inner = f"<is>{run('スマホで', odd)}{run('受ける。', '<b/>')}</is>"
    assert change(held, with_cell(parts, OLD, inner), tmp_path) == "スマホで**受ける。**"


COMMENT = (
    '<comments><authors><author>課</author></authors><commentList><comment ref="{}" authorId="0">'
    "<text><r><t>「電話でも受ける」に</t></r><r><t>直してください。</t></r></text></comment>"
    "</commentList></comments>"
)


def test_a_comment_is_told_with_its_cell_and_words(
    held: Plan, parts: Parts, tmp_path: Path
) -> None:
    made = with_part(parts, "xl/comments1.xml", COMMENT.format("G6"), "comments")
    (unread,) = said(held, made, tmp_path).unread
    assert (unread.cell, unread.text) == ("G6", "「電話でも受ける」に直してください。")
    assert "コメント" in unread.why


def test_of_a_conversation_the_words_are_told_once(
    held: Plan, parts: Parts, tmp_path: Path
) -> None:
    old = COMMENT.format("G6").replace("「電話でも", "[スレッド化されたコメント]「電話でも")
    talk = '<ThreadedComments><threadedComment ref="G6"><text>電話でも</text></threadedComment>'
    made = with_part(parts, "xl/comments1.xml", old, "comments")
    made = with_part(made, "xl/threadedComments/t1.xml", talk + "</ThreadedComments>",
                     "threadedComment")  # fmt: skip
    (unread,) = said(held, made, tmp_path).unread
    assert (unread.cell, unread.text) == ("G6", "電話でも")


def test_a_text_box_and_a_picture_are_told(held: Plan, parts: Parts, tmp_path: Path) -> None:
    anchor = "<a><from><col>2</col><row>4</row></from>{}</a>"
    lines = "<p><r><t>ここも</t></r><r><t>直す</t></r></p><p><r><t>二行目</t></r></p>"
    box = f"<sp><txBody>{lines}</txBody></sp>"
    drawing = f"<wsDr>{anchor.format(box)}{anchor.format('<pic/>')}</wsDr>"
    made = with_part(parts, "xl/drawings/drawing1.xml", drawing, "drawing")
    found = said(held, made, tmp_path).unread
    assert [(u.cell, u.text) for u in found] == [("C5", "ここも直す\n二行目"), ("C5", "")]
    assert "画像" in found[1].why


def test_words_outside_the_fields_are_told(held: Plan, parts: Parts, tmp_path: Path) -> None:
    styled, style = with_style(parts, "0&quot;件&quot;")
    row = f'<row r="90"><c r="C90" s="{style}"><v>12</v></c></row></sheetData>'
    sheet = "xl/worksheets/sheet1.xml"
    made = {**styled, sheet: styled[sheet].replace(b"</sheetData>", row.encode())}
    (unread,) = said(held, made, tmp_path).unread
    assert (unread.cell, unread.text) == ("C90", "12件")


def test_a_worksheet_of_ones_own_is_told_with_its_words(
    held: Plan, parts: Parts, tmp_path: Path
) -> None:
    extra = (
        '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>覚え書き</t></is></c>'
        '<c r="B1"><v>3</v></c></row></sheetData></worksheet>'
    )
    made = {**parts, "xl/worksheets/sheet9.xml": extra.encode()}
    listed = "xl/_rels/workbook.xml.rels"
    relation = b'<Relationship Id="rId99" Type="x/worksheet" Target="worksheets/sheet9.xml"/>'
    end = b"</Relationships>"
    made[listed] = made[listed].replace(end, relation + end)
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b"</sheets>",
        '<sheet name="メモ" sheetId="9" state="hidden" r:id="rId99"/></sheets>'.encode(),
    )
    (unread,) = said(held, made, tmp_path).unread
    assert (unread.sheet, unread.text) == ("メモ", "覚え書き\n3")


def test_an_area_to_print_that_is_a_formula_says_nothing(
    held: Plan, parts: Parts, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    book = parts["xl/workbook.xml"]
    made = {**parts, "xl/workbook.xml": book.replace(b"$B$2:", b"OFFSET('1-1'!$B$2,0,0,16,11)")}
    assert made != parts
    found = said(held, made, tmp_path)
    assert found.changes.changes == found.unread == ()
    assert not recwarn.list
