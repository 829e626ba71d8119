"""What comes from the clipboard."""

from app.intake.pasted import page_texts, table
from tests.app.intake.grids import taken, words

PAGE = """図書の配達について
【事業概要】
・本を届ける。
・毎週回る。
【取組の背景】遠いため。
■令和6年度
【取組事項】
・試す
■令和7年度
【取組事項】
・広げる
【達成目標】
・届く。"""


def test_pasted_rows_become_initiatives() -> None:
    heads = "事業名\t担当課\t概要\n"
    rows = heads + '図書の配達\t図書係\t"・配る。\n・届ける。"\n移動図書館\t図書係\t回る。\n'
    plan = taken(table(rows, "貼り付け")).made.plan
    assert [(c.name, c.texts["overview"]) for c in plan.initiatives.under()] == [
        ("図書の配達", "・配る。\n・届ける。"),
        ("移動図書館", "回る。"),
    ]


def test_a_page_is_split_at_its_heads() -> None:
    found = [(p.field, p.year and p.year.fiscal_year, p.text) for p in page_texts(PAGE, words())]
    assert found == [
        ("", None, "図書の配達について"),
        ("texts.overview", None, "・本を届ける。\n・毎週回る。"),
        ("texts.background", None, "遠いため。"),
        ("years.actions", 2024, "・試す"),
        ("years.actions", 2025, "・広げる"),
        ("years.goals", 2025, "・届く。"),
    ]
