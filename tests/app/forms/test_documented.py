"""docs/forms.md says what is so: its examples work, and it names all there is."""

import re
import tomllib
from pathlib import Path

import pytest

from app.errors import KeikakuError
from app.forms.definition.form_file import _KEYS, _ONE_OF, read_form
from app.forms.fields import DERIVED, KPI_FIELDS, RECORD_WORDS, SHEET_WORDS
from app.forms.fitting.fitting import Fitter
from app.forms.sheet import fill
from app.plan.facts import FACTS
from tests.app.forms.faces import FACES
from tests.app.forms.forms import filled_plan

GUIDE = (Path(__file__).parents[3] / "docs" / "forms.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


def test_the_small_form_works_and_looks_as_it_is_drawn() -> None:
    held = filled_plan()
    sheet = fill(read_form(EXAMPLES[0], "みなと.toml"), held, held.initiatives["i"])
    assert sheet.above == "No.1-1【窓口】"
    assert sheet.above_right == "（様式第1号）"
    labels = [cell.text for cell in sheet.cells if cell.head]
    assert labels == [
        "取組名", "現状", "概要と背景", "【背景】", "年度別計画",
        "令和6年度", "令和7年度", "令和8年度",
    ]  # fmt: skip
    assert len(Fitter(FACES).fit(sheet).pages) == 1


@pytest.mark.parametrize("example", EXAMPLES[1:])
def test_every_piece_of_a_form_works_in_one(example: str) -> None:
    names = dict.fromkeys(re.findall(r"\w+", " ".join(_rows(example))))
    cells = "\n".join(
        f'[cell.{name}]\n{"label" if name.endswith(("_head", "year")) else "field"} = "{name}"'
        for name in names
    )
    frame = EXAMPLES[0].partition("[[band]]")[0]
    assert read_form(f"{frame}\n{example}\n{cells}", "例.toml").bands


def _rows(example: str) -> list[str]:
    rows: list[str] = tomllib.loads(example)["band"][0]["rows"]
    return rows


def test_every_key_and_word_is_explained() -> None:
    keys = {key for table in _KEYS.values() for key in table}
    words = {word for options in _ONE_OF.values() for word in options if word}
    for name in {*keys, *words, *DERIVED, *FACTS, *KPI_FIELDS}:
        assert re.search(rf"\b{name}\b", GUIDE), name
    for word in (*SHEET_WORDS, *RECORD_WORDS):
        assert f"`{{{word}}}`" in GUIDE, word


def test_the_error_it_shows_is_the_one_that_is_given() -> None:
    text = EXAMPLES[0].replace(
        'rows = ["name_head name status_head status"]', 'rows = ["name_head name"]'
    )
    with pytest.raises(KeikakuError) as caught:
        read_form(text, "みなと.toml")
    assert f"> {caught.value}" in GUIDE
