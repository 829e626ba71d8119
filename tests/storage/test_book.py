"""The book as a reader finds it: every number and every link leads to the sheet itself."""

import re
from collections.abc import Iterator

import pytest

from app.changes.change import apply, field_change
from app.documents.binding import BookOptions
from app.documents.book.book import book_document, index_document
from app.plan.entities import Initiative
from app.plan.lists.listing import Listed, listings
from app.plan.plan import Plan
from resources import resource
from storage.form_files import form_for
from storage.interchange.interchange import read_interchange
from storage.pdf.fonts import find_fonts
from storage.pdf.writer import pdf_bytes
from tests.storage.plan_json import REAL
from tests.storage.printed import Printed, joined

FILES = [*sorted(resource("sample").glob("*.json")), *REAL]
ONE = BookOptions()
BOTH = BookOptions(both_sides=True, binding="left")


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def plan(request: pytest.FixtureRequest) -> Plan:
    return read_interchange(request.param.read_bytes()).plan


@pytest.fixture(scope="module", params=[ONE, BOTH], ids=["one side", "both sides"])
def book(request: pytest.FixtureRequest, plan: Plan) -> Iterator[Printed]:
    fonts = find_fonts()
    document = book_document(form_for(plan), plan, fonts, request.param)
    with Printed(pdf_bytes(document, fonts)) as printed:
        yield printed


def sheet_page(plan: Plan, book: Printed, initiative: Initiative) -> int:
    """The page where an initiative's sheet begins, read from the pages themselves."""
    pillar, category = plan.home_pillar(initiative), plan.home_category(initiative)
    assert pillar
    assert category
    above = joined(f"No.{initiative.number}【{pillar.name}：{category.name}】")
    if initiative.number is None:
        above = "施策名" + joined(initiative.name)
    # Where a name is broken into lines, other cells are read between them; a plan may print a
    # number twice; and the page that explains the form shows one of the sheets, small.
    return next(
        n
        for n, text in enumerate(book.texts, start=1)
        if above in joined(text)
        and joined(initiative.title)[:8] in joined(text)
        and "個票の見方" not in text.split("\n")[0]
    )


def index_pages(book: Printed) -> list[int]:
    """The pages whose foot says that they are index tables."""
    return [n for n, text in enumerate(book.texts, 1) if "取組一覧" in text.split("\n")[-1]]


def listed_in_order(plan: Plan) -> list[Listed]:
    groups = listings(plan)
    return [
        listed
        for pillar in plan.pillars.under()
        for category in plan.categories.under(pillar.id)
        for listed in groups[category.id]
    ]


def index_rows(book: Printed) -> list[list[str]]:
    """The rows of all index tables without their heads."""
    rows = [row for page in index_pages(book) for row in book.table(page)]
    return [row for row in rows if row[-1].isdecimal()]


def test_every_row_of_the_index_names_the_page_where_its_sheet_is(
    plan: Plan, book: Printed
) -> None:
    listed = listed_in_order(plan)
    rows = index_rows(book)
    assert len(rows) == len(listed)
    pages = {i.id: sheet_page(plan, book, i) for i in plan.initiatives.under()}
    for row, entry in zip(rows, listed, strict=True):
        assert joined(entry.initiative.title) in joined("".join(row))
        assert int(row[-1]) == pages[entry.initiative.id]


def test_the_index_prints_the_marks_numbers_and_categories_of_the_plan(
    plan: Plan, book: Printed
) -> None:
    marks = {"start": "●", "continue": "→", None: ""}
    category = ""
    for row, entry in zip(index_rows(book), listed_in_order(plan), strict=True):
        if plan.profile.form == "matsue":
            years = plan.years.under(entry.initiative.id)
            own = {year.fiscal_year: marks.get(year.mark, year.mark) for year in years}
            assert row[3:6] == [own.get(year, "") for year in (2022, 2023, 2024)]
        if plan.profile.form == "kaminoyama":
            continue
        assert row[0] == (entry.number or "")
        category = joined(row[1]) or category
        home = entry.relisting.category if entry.relisting else entry.initiative.categories[0]
        # Down several columns a name is read in another order, but by the same characters.
        assert sorted(category) == sorted(joined(plan.categories[home].name))
        assert ("（再掲）" in row[2]) == (entry.is_again and plan.profile.form == "matsue")
        assert ("【新規掲載】" in row[2]) == (entry.initiative.new_label == "新規掲載")


def test_every_link_of_an_index_row_leads_to_the_page_it_names(plan: Plan, book: Printed) -> None:
    tables = index_pages(book)
    links = [link for link in book.links if link.page in tables]
    assert {link.goal for link in links} == {int(row[-1]) for row in index_rows(book)}
    by_row: dict[tuple[int, float], set[int]] = {}
    for link in sorted(links, key=lambda link: (link.page, link.top)):
        by_row.setdefault((link.page, round(link.top, 1)), set()).add(link.goal)
    assert list(by_row.values()) == [{int(row[-1])} for row in index_rows(book)]


def test_a_sheet_leads_back_to_its_row(plan: Plan, book: Printed) -> None:
    for initiative in plan.initiatives.under():
        page = sheet_page(plan, book, initiative)
        goals = {link.goal for link in book.links if link.page == page}
        back = [goal for goal in goals if joined(initiative.title) in joined(book.texts[goal - 1])]
        assert back
        assert set(back) <= set(index_pages(book))


def test_the_contents_name_the_page_of_every_part(plan: Plan, book: Printed) -> None:
    page = next(n for n, text in enumerate(book.texts, 1) if "目次" in text.split("\n")[0])
    lines = contents_lines(book, page)
    assert lines["取組一覧"] == index_pages(book)[0]
    assert lines["奥付"] == len(book.texts)
    for pillar in plan.pillars.under():
        title = book.texts[lines[joined(pillar.name)] - 1]
        own = [i for i in plan.initiatives.under() if plan.home_pillar(i) == pillar]
        assert joined(pillar.name)[:8] in joined(title)
        assert f"取組{len(own)}件" in joined(title)
    assert {link.goal for link in book.links if link.page == page} == set(lines.values())


def contents_lines(book: Printed, page: int) -> dict[str, int]:
    """The lines of the contents with their numbers; columns are read one after the other."""
    whole = book.pages[page - 1]
    halves = [(0, whole.width / 2), (whole.width / 2, whole.width)]
    if whole.width < whole.height:
        halves = [(0, whole.width)]
    found: dict[str, int] = {}
    for left, right in halves:
        text = whole.crop((left, 0, right, whole.height * 0.94)).extract_text()
        for match in re.finditer(r"^(.+?) (\d+)$", text, re.MULTILINE):
            found.setdefault(joined(match[1]), int(match[2]))
    return found


def blank_pages(book: Printed) -> list[int]:
    return [n for n, text in enumerate(book.texts, 1) if not text.strip()]


def test_every_page_but_the_cover_bears_its_number(plan: Plan, book: Printed) -> None:
    blank = blank_pages(book)
    feet = [text.split("\n")[-1] for text in book.texts]
    for number, foot in enumerate(feet, 1):
        if number > 1 and number not in blank:
            assert str(number) in re.split(r"\s+", foot)


@pytest.mark.parametrize("book", [BOTH], indirect=True, ids=["both sides"])
def test_printed_on_both_sides_every_part_begins_on_an_odd_page(plan: Plan, book: Printed) -> None:
    parts = {title: page for level, title, page in book.outline() if level == 1}
    begins = [parts[title] for title in ("はじめに", "取組一覧")]
    begins += [parts[pillar.name] for pillar in plan.pillars.under()]
    assert [page for page in begins if page % 2 == 0] == []
    assert set(blank_pages(book)) <= {page - 1 for page in begins}


@pytest.mark.parametrize("book", [ONE], indirect=True, ids=["one side"])
def test_printed_on_one_side_no_page_is_blank(book: Printed) -> None:
    assert blank_pages(book) == []


def test_bookmarks_lead_to_every_sheet(plan: Plan, book: Printed) -> None:
    outline = book.outline()
    for initiative in plan.initiatives.under():
        page = sheet_page(plan, book, initiative)
        title = f"{initiative.number} {initiative.title}" if initiative.number else initiative.title
        assert any(t == title and p == page for _, t, p in outline)


@pytest.mark.parametrize("book", [BOTH], indirect=True, ids=["both sides"])
def test_bound_at_the_left_nothing_stands_in_the_margin(book: Printed) -> None:
    wide = 25 / 25.4 * 72 - 2
    for number, page in enumerate(book.pages, start=1):
        # A tab stands at the outer edge, on even pages the left one.
        words = [c for c in page.chars if c["upright"]]
        if number % 2:
            assert min((c["x0"] for c in words), default=wide) >= wide
        else:
            assert max((c["x1"] for c in words), default=0) <= page.width - wide


@pytest.mark.parametrize("book", [ONE], indirect=True, ids=["one side"])
def test_the_index_alone_names_the_pages_of_the_whole_book(plan: Plan, book: Printed) -> None:
    fonts, form = find_fonts(), form_for(plan)
    with Printed(pdf_bytes(index_document(form, plan, fonts), fonts)) as index:
        alone = [
            r for n in range(len(index.pages)) for r in index.table(n + 1) if r[-1].isdecimal()
        ]
        assert alone == index_rows(book)
        assert not index.links


@pytest.mark.parametrize("form", ["matsue", "kashima"])
def test_a_state_typed_with_a_bullet_is_printed_with_one(form: str) -> None:
    plan = read_interchange(FILES[0].read_bytes()).plan
    pillar = plan.pillars.under()[0]
    states = ("・来庁しなくてもよい", "手続きが一度で済む")
    edits = field_change(pillar, "desired_states", states)
    plan = apply(plan, (*edits, *field_change(plan.profile, "form", form)))
    fonts = find_fonts()
    with Printed(pdf_bytes(book_document(form_for(plan), plan, fonts, ONE), fonts)) as printed:
        text = "".join("".join(printed.texts).split())
    assert "・来庁しなくてもよい" in text
    assert "・手続きが一度で済む" in text
    assert "・・" not in text
    assert "①・" not in text
