"""The tables [index] and [guide] of a form file: read, and refused by their place."""

import pytest

from app.errors import KeikakuError
from app.forms.definition.form_file import read_form
from tests.app.forms.forms import KEYS, built_in, toml

CELL = """
[[band]]
columns = [1]
rows = ["name"]

[cell.name]
field = "name"
"""
COLUMNS = """
[[index.column]]
field = "name"
head = "施策"

[[index.column]]
field = "page"
head = "頁"
width = 15
"""


def test_a_form_without_an_index_has_the_usual_one() -> None:
    form = read_form(toml(CELL), "町.toml")
    assert [column.head for column in form.index.columns] == ["No.", "区分", "取組名", "掲載ページ"]
    assert form.guides == ()


def test_a_city_names_its_columns_and_explains_its_cells() -> None:
    text = toml(CELL) + '[index]\nagain = "（再）"\n' + COLUMNS + '[guide]\nname = "取組の名前"\n'
    form = read_form(text, "町.toml")
    assert [(c.field, c.head, c.width) for c in form.index.columns] == [
        ("name", "施策", 0.0),
        ("page", "頁", 15),
    ]
    assert form.index.again == "（再）"
    assert form.guides[0].text == "取組の名前"


@pytest.mark.parametrize(
    ("tables", "what"),
    [
        ('[index]\nhed = "x"\n', "hed"),
        ("[index]\nhead = 3\n", "head"),
        ('[index]\nhead = "{pilar}"\n', "pilar"),
        ("[index]\nahead = 99\n", "ahead"),
        ('[index]\n[[index.column]]\nfield = "color"\nhead = "色"\n', "number・category"),
        ('[index]\n[[index.column]]\nfield = "name"\nhead = "名"\n', "page"),
        ('[guide]\nnome = "x"\n', "nome"),
        ("[guide]\nname = 3\n", "name"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tables: str, what: str) -> None:
    with pytest.raises(KeikakuError, match=r"町\.toml.*行目") as told:
        read_form(toml(CELL) + tables, "町.toml")
    assert what in str(told.value)


@pytest.mark.parametrize("key", KEYS)
def test_every_explanation_of_a_built_in_form_speaks_of_a_printed_cell(key: str) -> None:
    form = built_in(key)
    assert len(form.guides) >= 8
    assert all(guide.text.startswith("**") for guide in form.guides)
