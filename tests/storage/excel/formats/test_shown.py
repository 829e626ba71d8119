"""What a cell shows: the formats that Japanese offices use, against what Excel shows for them."""

from datetime import date, datetime, time, timedelta

import pytest

from storage.excel.formats.format_code import built_in
from storage.excel.formats.shown import UNSEEN, shown_number, shown_string, shown_value

APRIL = 45748  # 1 April 2025, a Tuesday

ERA = '[$-411]ggge"年"m"月"d"日"'
GAN = '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@'


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (12, "General", "12"),
        (1.5, "General", "1.5"),
        (0.1 + 0.2, "General", "0.3"),
        (123456789012345, "General", "123456789012345"),
        (1e20, "General", "1E+20"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (-0.5, "0.0%;▲0.0%", "▲50.0%"),
        (80, '0"人"', "80人"),
        (80, 'General"人"', "80人"),
        (80, 'G/標準"人"', "80人"),
        (12, '"約"0"件"', "約12件"),
        (1200, "#,##0", "1,200"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (1234567, '#,##0,"千円"', "1,235千円"),
        (1000, '"¥"#,##0', "¥1,000"),
        (1000, "[$¥-411]#,##0", "¥1,000"),
        (7, "000", "007"),
        (6900824, "000-0000", "690-0824"),
        (-5, '#,##0;"▲"#,##0', "▲5"),
        (-5, "0;▲0", "▲5"),
        (5, "0;▲0", "5"),
        (-5, "[赤]-0;0", "5"),
        (0, '0;-0;"なし"', "なし"),
        (-1000, r"#,##0_);[Red]\(#,##0\)", "(1,000)"),
        (1000, "_ * #,##0_ ;_ * -#,##0_ ", "1,000"),
        (50, '[<100]"少";[>=100]"多"', "少"),
        (150, '[<100]0"少";0"多"', "150多"),
        (2.5, "0", "3"),
        (3.5, "0.##", "3.5"),
        (0.5, "# ?/?", "1/2"),
        (1.25, "# ?/?", "1 1/4"),
        (0.375, "?/8", "3/8"),
        (12345, "0.00E+00", "1.23E+04"),
        (12345, "##0.0E+0", "12.3E+3"),
        (1234, "[DBNum1]General", "千二百三十四"),
        (1234, "[DBNum2]General", "壱阡弐百参拾四"),
        (2025, "[DBNum1]0", "二〇二五"),
        (1234, "[DBNum3]0", "１２３４"),
        (12, "@", "12"),
        (APRIL, "yyyy/m/d", "2025/4/1"),
        (APRIL, "yyyy-mm-dd", "2025-04-01"),
        (APRIL, 'ggge"年度"', "令和7年度"),
        (APRIL, "[$-411]ge", "R7"),
        (APRIL, "gge.mm.dd", "令7.04.01"),
        (APRIL, 'm"月"d"日"(aaa)', "4月1日(火)"),
        (APRIL, "aaaa", "火曜日"),
        (APRIL, "dddd", "Tuesday"),
        (APRIL, "mmm-yy", "Apr-25"),
        (43585, ERA, "平成31年4月30日"),
        (43586, ERA, "令和1年5月1日"),
        (43586, GAN, "令和元年5月1日"),
        (APRIL, r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", "2025年4月1日"),
        (APRIL + 0.5625, "yyyy/m/d h:mm", "2025/4/1 13:30"),
        (0.75, "h:mm AM/PM", "6:00 PM"),
        (0.75, '[$-411]AM/PMh"時"mm"分"', "午後6時00分"),
        (1.5, "[h]:mm", "36:00"),
        (1 / 86400, "[s]", "1"),
        (APRIL + 0.5, "mm:ss.0", "00:00.0"),
        (0.99999, "h:mm", "23:59"),
        (1, "yyyy/m/d", "1900/1/1"),
        (60, "yyyy/m/d", "1900/2/29"),
        (61, "yyyy/m/d", "1900/3/1"),
    ],
)
def test_a_number_is_read_as_it_is_seen(value: float, code: str, seen: str) -> None:
    assert shown_number(value, code).text == seen


@pytest.mark.parametrize(
    ("numbers", "seen"),
    [
        ((14,), "2025/4/1"),
        ((27, 36, 50, 57), "R7.4.1"),
        ((28, 29, 51, 54, 58), "令和7年4月1日"),
        ((30,), "4/1/25"),
        ((31,), "2025年4月1日"),
        ((34, 52, 55), "2025年4月"),
        ((35, 53, 56), "4月1日"),
    ],
)
def test_formats_that_a_file_only_numbers_are_those_of_japanese_excel(
    numbers: tuple[int, ...], seen: str
) -> None:
    for number in numbers:
        shown = shown_number(APRIL, built_in(number))
        assert (shown.text, shown.is_date) == (seen, True)


@pytest.mark.parametrize(
    ("number", "seen"), [(32, "13時30分"), (33, "13時30分00秒"), (20, "13:30")]
)
def test_times_of_day(number: int, seen: str) -> None:
    assert shown_number(0.5625, built_in(number)).text == seen


def test_a_workbook_that_counts_from_1904() -> None:
    assert shown_number(APRIL - 1462, "yyyy/m/d", is_1904=True).text == "2025/4/1"


@pytest.mark.parametrize("value", [-1, 3_000_000])
def test_what_is_no_day_is_told(value: float) -> None:
    shown = shown_number(value, "yyyy/m/d")
    assert (shown.text, shown.is_date) == (str(value), False)
    assert shown.remark


@pytest.mark.parametrize(("value", "code"), [(5, ";;;"), (0, "#"), (0.2, "#,###")])
def test_a_number_that_is_not_seen_is_no_text(value: float, code: str) -> None:
    shown = shown_number(value, code)
    assert (shown.text, shown.remark) == ("", UNSEEN)


def test_a_text_has_a_format_too() -> None:
    assert shown_string("鈴木", '@"様"') == "鈴木様"
    assert shown_string("5", '0;0;0;"No."@') == "No.5"
    assert shown_string("5", "@") == shown_string("5", "0.0") == "5"


def test_values_of_other_libraries_are_shown_the_same() -> None:
    day = datetime(2025, 4, 1, 13, 30)
    assert shown_value(day.date(), "General")[0] == "2025/4/1"
    assert shown_value(day, "General")[0] == "2025/4/1 13:30"
    assert shown_value(date(2025, 4, 1), ERA)[0] == "令和7年4月1日"
    assert shown_value(time(9, 5), "General")[0] == "9:05"
    assert shown_value(timedelta(hours=36), "[h]:mm")[0] == "36:00"
    assert shown_value(date(1900, 1, 1), "yyyy/m/d")[0] == "1900/1/1"
    assert shown_value(0.5, "0%") == ("50%", "")
    assert shown_value(True, "0")[0] == "TRUE"
