"""Fiscal years and dates as a city writes them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plan.entities import Profile
from app.plan.periods.fiscal_year import (
    date_name,
    date_short,
    fiscal_year_name,
    fiscal_year_of,
    fiscal_year_short,
    read_fiscal_year,
)
from app.plan.periods.terms import current_term, term_of, term_when_issued, terms


@pytest.mark.parametrize(
    ("year", "name", "short"),
    [
        (2022, "令和4年度", "R4"),
        (2019, "令和元年度", "R1"),
        (2018, "平成30年度", "H30"),
        (1989, "平成元年度", "H1"),
        (1988, "昭和63年度", "S63"),
    ],
)
def test_fiscal_years(year: int, name: str, short: str) -> None:
    assert fiscal_year_name(year) == name
    assert fiscal_year_short(year) == short


@pytest.mark.parametrize(
    ("day", "name", "short"),
    [
        (date(2023, 4, 1), "令和5年4月1日", "R5.4.1"),
        (date(2019, 5, 1), "令和元年5月1日", "R1.5.1"),
        (date(2019, 4, 30), "平成31年4月30日", "H31.4.30"),
    ],
)
def test_dates(day: date, name: str, short: str) -> None:
    assert date_name(day) == name
    assert date_short(day) == short


@given(st.integers(1868, 2999))
def test_a_year_is_read_as_it_is_written(year: int) -> None:
    assert read_fiscal_year(str(year)) == year
    assert read_fiscal_year(fiscal_year_name(year)) == year
    assert read_fiscal_year(fiscal_year_short(year)) == year


@pytest.mark.parametrize("text", ["Ｒ５", "r5", " 令和５年度 ", "２０２３", "2023年度"])
def test_a_year_may_be_written_in_many_ways(text: str) -> None:
    assert read_fiscal_year(text) == 2023


@pytest.mark.parametrize("text", ["", "5", "R", "令和", "来年", "20233", "R5.4"])
def test_what_is_no_year_is_none(text: str) -> None:
    assert read_fiscal_year(text) is None


@pytest.mark.parametrize(
    ("issued", "year"),
    [("2023-06", 2023), ("2023-03", 2022), ("2023-04", 2023), (None, None), ("令和5年", None)],
)
def test_the_year_of_a_month(issued: str | None, year: int | None) -> None:
    assert fiscal_year_of(issued) == year


@pytest.mark.parametrize(
    ("issued", "ordinal"),
    [("2023-06", 1), ("2024-05", 2), ("2020-01", 1), ("2035-01", 4), (None, 1), ("令和5年", 1)],
)
def test_a_plan_that_does_not_say_its_term_is_in_that_of_its_issue(
    issued: str | None, ordinal: int
) -> None:
    assert term_when_issued(issued, 2022, (2, 2, 2, 2)) == ordinal
    assert term_when_issued(issued, 2022, ()) == 1


@pytest.mark.parametrize("issued", [None, "2024-03", "2031-06"])
def test_the_term_is_the_one_that_people_set_whenever_it_was_issued(issued: str | None) -> None:
    profile = Profile(id="p", first_fiscal_year=2022, term_years=(2, 3), term=2, issued=issued)
    assert current_term(profile) == terms(profile)[1]
    assert term_of(profile, 2026) == terms(profile)[1]
    assert term_of(profile, 2027) is None
    assert current_term(replace(profile, term_years=(2,))) == terms(profile)[0]


def test_a_plan_may_have_no_terms() -> None:
    assert current_term(Profile(id="p")) is None
