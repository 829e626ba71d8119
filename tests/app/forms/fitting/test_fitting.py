"""Sheets on pages: every character once, nothing over an edge, the page full, the size right."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.fitting.fitting import Fitter, largest_size, sizes
from app.forms.fitting.layout import MM, FittedPage, FittedSheet, PlacedCell, frame_of
from app.forms.fitting.measuring import Slack
from app.forms.fitting.pagination import CONTINUED
from app.forms.form import Form
from app.forms.sheet import Cell, fill
from app.plan.plan import Plan
from tests.app.forms.faces import FACES
from tests.app.forms.forms import KEYS, built_in, filled_plan, form, plan

NEAR = 0.02


def fit(form: Form, plan: Plan, slack: Slack | None = None) -> FittedSheet:
    return Fitter(FACES, slack).fit(fill(form, plan, plan.initiatives["i"]))


def places(fitted: FittedSheet, cell: Cell) -> list[PlacedCell]:
    """Where a cell stands, its repetitions on continuation pages left out."""
    cells = (placed for page in fitted.pages for placed in page.cells)
    return [placed for placed in cells if placed.cell is cell and not placed.repeated]


def shown(fitted: FittedSheet, cell: Cell) -> str:
    """What is seen of a cell on all pages together."""
    return "".join(
        placed.flow.text.plain[line.start : line.end]
        for placed in places(fitted, cell)
        for line in placed.lines
    )


def assert_whole(fitted: FittedSheet) -> None:
    """Every character of every field once; no text outside its cell, no cell outside the page."""
    for cell in fitted.sheet.cells:
        plain = places(fitted, cell)[0].flow.text.plain
        if cell.head:
            assert set(shown(fitted, cell)) == set(plain.replace("\n", ""))
        else:
            assert shown(fitted, cell) == plain.replace("\n", "")
    for page in fitted.pages:
        assert_inside(fitted.sheet.form, page)


def assert_inside(form: Form, page: FittedPage) -> None:
    frame = frame_of(form)
    assert page.height <= frame.height + NEAR
    for placed in page.cells:
        assert placed.x >= frame.left - NEAR
        assert placed.x + placed.width <= frame.left + frame.width + NEAR
        assert placed.y >= frame.top - NEAR
        assert placed.y + placed.height <= frame.top + page.height + NEAR
        assert len(placed.lines) * placed.line_height <= placed.height + NEAR
        assert placed.size >= form.font.smallest


def assert_apart(page: FittedPage) -> None:
    """No two cells of a page overlap, and they leave no hole."""
    area = sum(placed.width * placed.height for placed in page.cells)
    left = min(placed.x for placed in page.cells)
    right = max(placed.x + placed.width for placed in page.cells)
    assert area == pytest.approx((right - left) * page.height, rel=1e-3)
    for n, one in enumerate(page.cells):
        for other in page.cells[n + 1 :]:
            wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert wide <= NEAR or high <= NEAR, (one.cell.spec.name, other.cell.spec.name)


@pytest.mark.parametrize("key", KEYS)
def test_a_short_sheet_has_the_largest_size_and_one_page(key: str) -> None:
    fitted = fit(built_in(key), filled_plan())
    assert fitted.size == built_in(key).font.largest
    assert len(fitted.pages) == 1
    assert_whole(fitted)
    assert_apart(fitted.pages[0])


@pytest.mark.parametrize("key", ["matsue", "kashima"])
def test_the_page_of_a_sheet_that_has_one_to_itself_is_full(key: str) -> None:
    for length in (1, 40, 200):
        fitted = fit(built_in(key), filled_plan("窓口" * length))
        assert fitted.pages[0].height == pytest.approx(frame_of(built_in(key)).height, abs=0.1)


def test_a_form_whose_sheets_share_pages_leaves_no_empty_room_in_them() -> None:
    fitted = fit(built_in("kaminoyama"), filled_plan())
    assert fitted.pages[0].height < frame_of(built_in("kaminoyama")).height / 2


@pytest.mark.parametrize("key", KEYS)
def test_more_text_never_gets_a_larger_size_on_one_page(key: str) -> None:
    found = [fit(built_in(key), filled_plan("窓口予約" * n)) for n in range(1, 80, 4)]
    one_page = [fitted.size for fitted in found if len(fitted.pages) == 1]
    assert one_page == sorted(one_page, reverse=True)
    assert len(set(one_page)) > 2
    assert [len(f.pages) for f in found] == sorted(len(f.pages) for f in found)


@pytest.mark.parametrize("key", KEYS)
def test_the_next_larger_size_would_not_fit(key: str) -> None:
    form = built_in(key)
    fitted = fit(form, filled_plan("窓口予約を始める。" * 24))
    assert form.font.smallest <= fitted.size < form.font.largest
    larger = form.font.__class__(**{
        **{n: getattr(form.font, n) for n in ("line", "padding", "family")},
        "largest": fitted.size + 0.25, "smallest": fitted.size + 0.25,
    })  # fmt: skip
    changed = Form(**{n: getattr(form, n) for n in Form.__slots__} | {"font": larger})
    assert len(fit(changed, filled_plan("窓口予約を始める。" * 24)).pages) > len(fitted.pages)


def test_the_sizes_go_from_the_smallest_to_the_largest_in_steps() -> None:
    assert sizes(built_in("matsue"))[:3] == [7, 7.25, 7.5]
    assert sizes(built_in("matsue"))[-1] == 11


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30, unique=True), st.integers(0, 1000))
def test_the_search_finds_the_largest_size_that_fits(found: list[int], limit: int) -> None:
    candidates = sorted(map(float, found))
    fitting = [size for size in candidates if size <= limit]
    assert largest_size(candidates, lambda size: size <= limit) == (
        fitting[-1] if fitting else None
    )


@pytest.mark.parametrize("key", KEYS)
def test_what_does_not_fit_goes_on_under_the_same_header(key: str) -> None:
    fitted = fit(built_in(key), filled_plan("・窓口予約を始める\n" * 60))
    assert len(fitted.pages) > 1
    assert_whole(fitted)
    for page in fitted.pages[1:]:
        repeated = "".join(p.flow.text.plain for p in page.cells if p.repeated)
        assert "待たない窓口" in repeated
        assert CONTINUED in page.above[0] + repeated
        assert_apart(page)
    assert CONTINUED not in fitted.pages[0].above[0]


def test_no_head_stands_alone_at_the_foot_of_a_page() -> None:
    for length in range(10, 60):
        fitted = fit(built_in("kashima"), filled_plan("・窓口予約を始める\n" * length))
        for page in fitted.pages:
            foot = page.top + page.height
            for placed in page.cells:
                assert not (placed.cell.head and placed.y + placed.height > foot - 1)


def test_a_label_is_not_cut_at_the_foot_of_a_page() -> None:
    own = form(
        '[[band]]\ncolumns = [1]\nrows = ["text"]\n'
        '[[band]]\ncolumns = [1, 30]\nrows = ["head content"]\n'
        '[cell.text]\nfield = "overview"\n[cell.content]\nfield = "content"\n'
        '[cell.head]\nlabel = "工程と目標と評価"\nvertical = true'
    )
    for length in range(60, 100):
        held = plan({"overview": "窓\n" * length, "content": "口\n" * 60})
        for page in fit(own, held).pages:
            heads = [placed for placed in page.cells if placed.cell.head]
            assert {len(placed.lines) for placed in heads} <= {8}


def test_the_pillars_are_parted_between_two_of_them_only() -> None:
    fitted = fit(built_in("matsue"), plan(pillars=[f"{n}番目の柱" for n in range(60)]))
    assert len(fitted.pages) > 1
    for cell in fitted.sheet.cells:
        if cell.spec.name == "pillars":
            assert len([p for p in places(fitted, cell) if p.lines or p.height > 1]) == 1


WILD = st.text(
    st.sampled_from("窓口予約ー、。（）・→①R4.aB% \n*…𠮷\U000e0100か\u3099é\u200d😀\t_x0041_=")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)
LONG = st.builds(lambda text, times: text * times, WILD, st.sampled_from([1, 1, 4, 40]))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans with wild texts, long ones too, many departments, no pillars, many years."""
    years = draw(st.lists(st.integers(2024, 2035), unique=True, max_size=12))
    year = st.fixed_dictionaries({"actions": LONG, "goals": WILD, "tasks": WILD})
    names = ("overview", "background", "final_goals", "issue", "content")
    return plan(
        {name: draw(LONG) for name in names},
        {number: draw(year) for number in years},
        draw(st.lists(st.tuples(WILD, WILD), max_size=3)),
        pillars=draw(st.sampled_from([(), ("暮らし",), ("暮らし", "しごと", "ひと"), "柱" * 9])),
        terms=draw(st.sampled_from([(), (2, 2), (12,)])),
        name=draw(WILD),
        departments=tuple(draw(st.sampled_from([(), ("住民課",), ["住民課"] * 5, ["課"] * 40]))),
        status=draw(st.sampled_from([None, "運用中"])),
        status_note=draw(LONG),
        new_label=draw(st.sampled_from([None, "新規掲載"])),
        desired_states=tuple(draw(st.lists(WILD, max_size=5))),
    )


@pytest.mark.parametrize("key", KEYS)
@given(plan=plans(), slack=st.sampled_from([None, Slack(0.05, 0.06)]))
def test_nothing_of_any_plan_is_lost_or_clipped(key: str, plan: Plan, slack: Slack | None) -> None:
    fitted = fit(built_in(key), plan, slack)
    assert_whole(fitted)


BANDS = {
    "header": 'columns = [1, 2, 1, 2]\nrows = ["h1 number h2 name"]',
    "pillars": 'columns = [1, 2, 1, 3]\nrows = ["h3 pillars h4 state"]',
    "texts": 'columns = [2, 3]\nrows = ["overview background", "overview final_goals"]',
    "years": 'over = "years"\ncolumns = [1, 6, 1]\n'
    'rows = ["side all* note", "side term* note", "side year* note", "side actions* note",'
    ' "side goals* note"]',
    "down": 'over = "years"\ndown = true\ncolumns = [1, 1, 4]\n'
    'rows = ["plan_head year2* tasks*", "plan_head year2* checks*"]',
    "kpis": 'over = "kpis"\ndown = true\nomit_empty = true\ncolumns = [1, 1]\n'
    'rows = ["due_head kpi_head", "due* kpi*"]',
    "thin": 'columns = [1, 30]\nheight = 12\nrows = ["h5 content"]',
}
CELLS = """
[cell]
h1 = { label = "番号", vertical = true, tinted = true }
number = { field = "number" }
h2 = { label = "名前" }
name = { field = "name", bold = true, scale = 1.4 }
h3 = { label = "柱", vertical = true }
pillars = { field = "pillars", align = "center" }
h4 = { label = "現在の状況", vertical = true }
state = { stack = ["status_head", "status", "status_note"] }
status_head = { label = "状況" }
status = { field = "status", choices = ["はい", "いいえ"] }
status_note = { field = "status_note" }
overview = { label = "【概要】", field = "overview" }
background = { label = "【背景】", field = "background" }
final_goals = { field = "final_goals" }
side = { label = "年度別計画", vertical = true, tinted = true }
all = { label = "年度ごとの計画", per = "all", align = "center" }
term = { label = "第{term}期{planned}", per = "term" }
year = { label = "{fiscal_year_short}", align = "right" }
actions = { field = "actions" }
goals = { field = "goals", no_line = ["top"] }
note = { field = "departments" }
plan_head = { label = "工程" }
year2 = { label = "{year_label}" }
tasks = { field = "tasks" }
checks = { field = "checks" }
due_head = { label = "期限" }
kpi_head = { label = "指標" }
due = { field = "due" }
kpi = { field = "text" }
h5 = { label = "内容" }
content = { field = "content" }
"""


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """All kinds of bands in any order, some of them headers, now and then on shared pages."""
    order = draw(st.permutations(list(BANDS)))
    headers = draw(st.sets(st.sampled_from(list(BANDS)), max_size=3))
    tables = [
        f"[[band]]\n{BANDS[name]}\nheader = {'true' if name in headers else 'false'}"
        for name in order
    ]
    page = draw(st.sampled_from(["", "flow = true", "landscape = true", "mirrored = true"]))
    return form("\n".join([*tables, CELLS]), page)


@given(form=forms(), plan=plans())
def test_nothing_is_lost_or_clipped_on_any_form(form: Form, plan: Plan) -> None:
    fitted = fit(form, plan)
    assert_whole(fitted)
    for page in fitted.pages:
        assert_apart(page)


def test_a_band_with_more_years_than_a_page_takes_is_printed_in_even_runs() -> None:
    years = {year: {"actions": "窓口", "goals": "口"} for year in range(2024, 2036)}
    fitted = fit(built_in("matsue"), plan(years=years, terms=(12,)))
    heads = [c for c in fitted.pages[0].cells if c.cell.spec.name == "year"]
    rows = sorted({c.y for c in heads})
    assert [sum(c.y == y for c in heads) for y in rows] == [4, 4, 4]
    assert "12年目（令和17年度）実施内容" in [c.cell.text for c in heads]


def heights(fitted: FittedSheet) -> Iterator[float]:
    return (placed.height for page in fitted.pages for placed in page.cells)


def test_the_least_height_of_a_band_is_kept() -> None:
    fitted = fit(
        form('[[band]]\ncolumns = [1]\nrows = ["a"]\nheight = 30\n[cell.a]\nlabel = "一"',
             "flow = true"),
        plan(),
    )  # fmt: skip
    assert list(heights(fitted)) == [pytest.approx(30 * MM)]
