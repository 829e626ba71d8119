"""Blocks on pages: what stays together, what is printed again, what goes on."""

from collections.abc import Callable, Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.flow.blocks import (
    Block,
    Cell,
    Heading,
    Item,
    ItemList,
    Lines,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Run,
    Runs,
    Spacer,
    Style,
    Table,
    runs_of,
)
from app.documents.flow.layouter import Area, height_of, lay_out
from app.documents.pages.drawing import Page
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.structure import ARTIFACT, Node
from tests.app.documents.papers import overlaps, said, strays
from tests.app.forms.faces import FACES

WIDTH, HEIGHT = 200.0, 300.0
PAPER = Paper(WIDTH + 40, HEIGHT + 40, 20.0, 20.0, WIDTH + 20, HEIGHT + 20)
LINE = Style(10.0, leading=1.5)
# Twenty full-width characters fill a line, twenty lines a page.
A_LINE = "あ" * 20
PAGE_LINES = 20
ROOT: Final = Node("section", "paper")


def pages(blocks: Sequence[Block]) -> list[Page]:
    """The pages of a paper of these blocks."""
    leaves: list[PageBuilder] = []

    def open_page(height_left: Callable[[], float]) -> Sequence[Area]:
        assert len(leaves) < 400, "no end of pages"
        leaves.append(PageBuilder(PAPER, FACES))
        return [Area(leaves[-1], PAPER.left, PAPER.top, WIDTH, PAPER.bottom)]

    lay_out(blocks, (WIDTH, HEIGHT), open_page, ROOT, FACES)
    return [leaf.page({"anchor": 7}, n, (0.0, 0.0)) for n, leaf in enumerate(leaves, 1)]


def lines(count: int, style: Style = LINE, keep: bool = False) -> Paragraph:
    return Paragraph((Run(A_LINE * count),), style, keep)


def texts(page: Page) -> list[str]:
    return [text.text for text in page.texts]


def rows_on(page: Page, character: str) -> int:
    """How many lines of a page hold a character."""
    return len({text.y for text in page.texts if character in text.text})


def heading(text: str = "見出し") -> Heading:
    return Heading((Run(text, bold=True),), 2, LINE)


def table(rows: Sequence[Sequence[str]], heads: int = 0) -> Table:
    made = tuple(Row(tuple(Cell((Run(text),)) for text in cells)) for cells in rows)
    return Table((1.0,) * len(rows[0]), made, heads, LINE, Lines(above=2.5, beside=5.0))


@pytest.mark.parametrize("before", range(PAGE_LINES + 1))
@pytest.mark.parametrize("count", [2, 3, 4, 7])
def test_no_line_of_a_paragraph_is_left_alone(before: int, count: int) -> None:
    blocks = [lines(before), Paragraph((Run("い" * 20 * count),), LINE)] if before else []
    on_pages = [rows_on(page, "い") for page in pages(blocks)]
    assert sum(on_pages) == (count if before else 0)
    assert all(each != 1 for each in on_pages)


@pytest.mark.parametrize("before", range(1, PAGE_LINES + 1))
def test_a_heading_stays_with_two_lines_of_what_follows(before: int) -> None:
    for page in pages([lines(before), heading(), heading("小見出し"), lines(9)]):
        shown = texts(page)
        if "小見出し" in shown:
            assert "見出し" in shown
            assert shown[shown.index("小見出し") + 1 :].count(A_LINE) >= 2


@pytest.mark.parametrize("before", range(1, PAGE_LINES + 1))
def test_a_heading_stays_with_the_first_row_of_a_table_and_its_heads(before: int) -> None:
    paper = pages([lines(before), heading(), table([["頭"], ["一"], ["二"]], heads=1)])
    (page,) = [page for page in paper if "見出し" in texts(page)]
    assert {"頭", "一"} <= set(texts(page))


def test_the_heads_of_a_table_stand_on_every_page_and_are_content_once() -> None:
    paper = pages([table([["番号", "名前"], *([f"{n}", "窓口"] for n in range(60))], heads=1)])
    assert len(paper) > 2
    for number, page in enumerate(paper):
        first, second = page.texts[:2]
        assert (first.text, second.text) == ("番号", "名前")
        assert (first.node == ARTIFACT) == (number > 0)
    numbers = [text.text for page in paper for text in page.texts if text.text.isdigit()]
    assert numbers == [str(n) for n in range(60)]


def test_a_row_that_is_higher_than_a_page_goes_on_with_two_lines_at_least() -> None:
    paper = pages([lines(15), table([["い" * 9 * 45, "右"]])])
    assert [rows_on(page, "い") for page in paper] == [4, 19, 19, 3]
    assert sum(texts(page).count("右") for page in paper) == 1


def test_a_merged_cell_flows_on_and_a_repeated_one_is_printed_again() -> None:
    body = [Row((Cell((Run(f"{n}"),)),)) for n in range(1, 40)]
    for repeated in (False, True):
        side = Cell((Run("う" * 9 * 3),), rows=40, repeated=repeated)
        first = Row((side, Cell((Run("0"),))))
        paper = pages([Table((1.0, 1.0), (first, *body), style=LINE)])
        shown = [sum(text.count("う") for text in texts(page)) for page in paper]
        assert len(paper) > 1
        assert shown == ([27] * len(paper) if repeated else [27] + [0] * (len(paper) - 1))
        nodes = {t.node for page in paper for t in page.texts if "う" in t.text}
        assert (ARTIFACT in nodes) == repeated


def test_cells_find_their_places_between_merged_ones() -> None:
    rows = (
        Row((Cell((Run("あ"),), rows=2), Cell((Run("い"),), columns=2))),
        Row((Cell((Run("う"),)), Cell((Run("え"),)))),
        Row((Cell((Run("お"),), columns=3),)),
    )
    (page,) = pages([Table((1.0, 1.0, 2.0), rows, style=LINE)])
    columns = {text.text: round(text.x - PAPER.left) for text in page.texts}
    assert columns["あ"] == columns["お"] < columns["い"] == columns["う"] < columns["え"]
    nodes = {text.text: text.node for text in page.texts}
    assert (nodes["あ"].rows, nodes["い"].columns, nodes["お"].columns) == (2, 2, 3)
    assert nodes["う"].parent == nodes["え"].parent != nodes["い"].parent


def test_a_space_goes_at_a_page_end_and_one_that_fills_puts_the_rest_at_the_foot() -> None:
    first, second = pages([lines(19), Spacer(40.0), lines(2)])
    assert min(text.y for text in second.texts) < PAPER.top + 15
    assert len(first.texts) == 19
    (page,) = pages([lines(2), Spacer(fills=True), heading("奥付")])
    assert max(text.y for text in page.texts) > PAPER.bottom - 10


def test_a_page_break_begins_a_page_once() -> None:
    paper = pages([PageBreak(), lines(1), PageBreak(), PageBreak(), lines(1)])
    assert [len(page.texts) for page in paper] == [1, 1]


@pytest.mark.parametrize("before", range(15, PAGE_LINES + 1))
def test_a_picture_that_has_no_room_stands_on_the_next_page_with_its_caption(before: int) -> None:
    picture = Picture(b"", 100.0, 120.0, "窓口の様子", keep=True)
    paper = pages([lines(before), picture, Paragraph((Run("図1"),), LINE)])
    (page,) = [page for page in paper if page.images]
    (image,) = page.images
    assert "図1" in texts(page)
    assert image.y + image.height <= PAPER.bottom
    assert image.node.alternative == "窓口の様子"


def test_a_picture_larger_than_the_page_is_made_smaller_and_keeps_its_proportions() -> None:
    (page,) = pages([Picture(b"", 1000.0, 500.0, "")])
    (image,) = page.images
    assert (image.width, image.height) == (WIDTH, WIDTH / 2)


def test_an_item_of_a_list_hangs_behind_its_sign() -> None:
    (page,) = pages([ItemList((Item((Run(A_LINE),)), Item((Run("二"),), "②", 1)), LINE)])
    sign, first, second, inner, text = page.texts
    assert (sign.text, inner.text) == ("・", "②")
    assert first.x == second.x == sign.x + 10
    assert (inner.x, text.x) == (sign.x + 10, sign.x + 20)
    assert sign.node.parent == first.node.parent
    assert (sign.node.kind, first.node.kind) == ("label", "body")


def noted(count: int, note: Runs) -> Paragraph:
    return Paragraph((Run("い" * 20 * count), Run("語", note=note), Run("です。")), LINE)


def test_a_note_stands_at_the_foot_of_the_page_that_calls_it() -> None:
    first, second = pages([noted(3, (Run("一つめ"),)), lines(18), noted(1, (Run("二つめ"),))])
    assert "※1" in texts(first)
    notes = [text for text in first.texts if "一つめ" in text.text]
    assert notes
    assert notes[0].y > max(t.y for t in first.texts if A_LINE in t.text)
    assert notes[0].node.kind == "note"
    assert any("二つめ" in text for text in texts(second))
    assert "※2" in texts(second)


def test_a_note_longer_than_a_page_goes_on_at_the_foot_of_the_next() -> None:
    paper = pages([lines(5), noted(1, (Run("う" * 2000),)), lines(30)])
    assert sum(text.count("う") for page in paper for text in texts(page)) == 2000
    assert len([page for page in paper if any("う" in text for text in texts(page))]) > 1


def test_a_note_in_a_table_stands_below_it() -> None:
    cells = (Cell((Run("指標", note=(Run("推計による"),)),)), Cell((Run("値"),)))
    (page,) = pages([Table((1.0, 1.0), (Row(cells),), style=LINE)])
    note = next(text for text in page.texts if "推計" in text.text)
    assert note.y > PAPER.bottom - 20
    assert any("※1" in text for text in texts(page))


def test_looks_of_runs_are_drawn_where_their_words_stand() -> None:
    runs = (
        Run("前"), Run("下線", underline=True), Run("消す", strike="single"),
        Run("二重", strike="double"), Run("地", tint="FFFF00"), Run("赤", color="C00000"),
    )  # fmt: skip
    (page,) = pages([Paragraph(runs, LINE)])
    placed = {text.text: text for text in page.texts}

    def rules_at(word: str) -> list[float]:
        text = placed[word]
        over = [rule for rule in page.rules if rule.x1 == text.x]
        assert all(rule.x2 - rule.x1 == len(word) * 10 for rule in over)
        return sorted(rule.y1 - text.y for rule in over)

    assert rules_at("前") == []
    assert 0 < rules_at("下線")[0] < 3
    assert len(rules_at("消す")) == 1
    assert len(rules_at("二重")) == 2
    assert all(-5 < y < -2 for y in [*rules_at("消す"), *rules_at("二重")])
    (tint,) = page.boxes
    assert (tint.x, tint.width, tint.fill) == (placed["地"].x, 10, "FFFF00")
    assert placed["赤"].color == "C00000"


def test_a_run_may_stand_for_the_page_of_an_anchor() -> None:
    (page,) = pages([Paragraph((Run("P."), Run("00", page_of="anchor")), LINE)])
    assert texts(page) == ["P.", "7"]


def test_marks_of_plan_text_become_bold_runs() -> None:
    assert runs_of("前**太字**後") == (Run("前"), Run("太字", bold=True), Run("後"))
    assert height_of([Paragraph(runs_of("一\n二"), LINE)], WIDTH, FACES) == 30


def test_a_short_text_of_a_narrow_cell_is_set_smaller_rather_than_broken() -> None:
    style = Style(10.0, smallest=7.0)
    (page,) = pages([Paragraph((Run("あ" * 25),), style)])
    (text,) = page.texts
    assert text.size == 8.0
    (page,) = pages([Paragraph((Run("あ" * 40),), style)])
    assert {text.size for text in page.texts} == {10.0}


WORDS = st.text(st.sampled_from("窓口予約ー、。（）・RX \n"), max_size=20)
LONG = st.builds(lambda text, times: text * times, WORDS, st.sampled_from([1, 1, 1, 3, 30]))
RUN = st.builds(
    Run, LONG, st.booleans(), st.booleans(), st.sampled_from(["", "single", "double"]),
    note=st.sampled_from([(), (), (), (Run("注記です。" * 3),), (Run("長い注記。" * 300),)]),
)  # fmt: skip
RUNS = st.lists(RUN, max_size=2).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of three columns with merged cells, whole rows and rows that lead."""
    count = draw(st.integers(1, 6))
    rows = []
    for _ in range(count):
        cells = draw(
            st.lists(
                st.builds(
                    Cell, RUNS, st.sampled_from([1, 1, 2]), st.just(1), middle=st.booleans(),
                    repeated=st.booleans(),
                ),
                min_size=3, max_size=3,
            )
        )  # fmt: skip
        rows.append(Row(tuple(cells), draw(st.booleans()), draw(st.booleans())))
    # Cells that would have no column left are left out, as a table never has too many.
    taken: set[tuple[int, int]] = set()
    fitting = []
    for n, row in enumerate(rows):
        kept = []
        for column in (c for c in range(3) if (n, c) not in taken):
            cell = row.cells[len(kept)]
            taken |= {(r, column) for r in range(n, n + cell.rows)}
            kept.append(cell)
        fitting.append(Row(tuple(kept), row.whole, row.leads))
    return Table((1.0, 2.0, 1.5), tuple(fitting), draw(st.integers(0, 2)), LINE)


BLOCKS = st.one_of(
    st.builds(Paragraph, RUNS, st.just(LINE), st.booleans()),
    st.builds(Heading, RUNS, st.integers(1, 6), st.just(Style(14.0, above=6.0, below=4.0))),
    st.builds(
        ItemList,
        st.lists(st.builds(Item, RUNS, st.sampled_from(["・", "①", ""])), max_size=4).map(tuple),
    ),
    st.builds(Spacer, st.sampled_from([5.0, 100.0, 900.0]), fills=st.booleans()),
    st.just(PageBreak()),
    st.builds(Picture, st.just(b""), st.floats(1, 900), st.floats(1, 900), st.just("")),
    tables(),
)


def runs_in(blocks: Sequence[Block]) -> list[Runs]:
    found: list[Runs] = []
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                found.append(block.runs)
            case ItemList():
                found += [item.runs for item in block.items]
            case Table():
                found += [cell.runs for row in block.rows for cell in row.cells]
    return found + [run.note for runs in found for run in runs if run.note]


@given(st.lists(BLOCKS, max_size=4))
def test_whatever_the_blocks_all_is_said_once_inside_the_page_and_apart(
    blocks: list[Block],
) -> None:
    paper = pages(blocks)
    for page in paper:
        assert strays(page, PAPER, FACES) == []
        assert overlaps(page, FACES) == []
    heard = said(paper)
    for runs in runs_in(blocks):
        words = "".join("".join(run.text.split()) for run in runs)
        assert not words or any(words in text for text in heard), words[:20]
