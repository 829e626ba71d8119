"""The term that people set decides which years are printed, on every paper and in Excel."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.changes.change import apply
from app.documents.order import Order
from app.documents.outputs import OUTPUTS
from app.edits.structure import set_profile, set_term, set_terms
from app.errors import KeikakuError
from app.plan.plan import Plan
from storage.document.exchange import editing
from storage.document.workspace import read_document
from storage.interchange.interchange import interchange_bytes, read_interchange
from storage.outputs import write_output
from storage.plan_file import rows
from tests.data.keep import FOLDER
from tests.storage.plan_files import CARD, a_plan, execute
from tests.storage.plan_json import as_file, small_plan
from tests.storage.printed import Printed
from tests.storage.workbooks import opened


def document(**facts: Any) -> bytes:
    """The small plan, whose terms are 令和6・7年度 and 令和8・9年度, with other facts."""
    made = small_plan()
    made["plan"] |= facts
    return as_file(made)


def term_of(data: bytes) -> int:
    return read_interchange(data).plan.profile.term


@pytest.fixture
def next_term() -> Plan:
    """The small plan in its second term, issued before that began."""
    plan = a_plan()
    plan = apply(plan, set_profile(plan, "issued", "2026-03"))
    return apply(plan, set_term(plan, 2))


def made(plan: Plan, key: str, folder: Path) -> bytes:
    output = next(output for output in OUTPUTS if output.key == key)
    target = folder / f"出力{output.suffix}"
    write_output(Order(plan, output), target)
    return target.read_bytes()


@pytest.mark.parametrize("key", ["sheets.pdf", "book.pdf"])
def test_paper_names_the_years_before_the_term_and_counts_those_in_it(
    next_term: Plan, tmp_path: Path, key: str
) -> None:
    with Printed(made(next_term, key, tmp_path)) as printed:
        text = "".join("".join(printed.texts).split())
    assert "令和6年度実施内容" in text
    assert "1年目（令和8年度）実施内容" in text
    assert "年目（令和6年度）" not in text
    assert "-1年目" not in text
    assert "0年目" not in text


def test_excel_names_them_so_too(next_term: Plan, tmp_path: Path) -> None:
    book = opened(made(next_term, "sheets.xlsx", tmp_path))
    words = {
        str(cell.value).replace("\n", "")
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value and "実施内容" in str(cell.value)
    }
    assert {"令和6年度実施内容", "1年目（令和8年度）実施内容"} <= words
    assert not [word for word in words if word.startswith(("-", "0", "年目"))]


def test_the_index_has_the_years_of_the_term(next_term: Plan, tmp_path: Path) -> None:
    with Printed(made(next_term, "index.pdf", tmp_path)) as printed:
        text = "".join(printed.texts)
    assert "R8" in text
    assert "R6" not in text


def test_a_file_without_a_term_gets_the_one_it_was_issued_in_once() -> None:
    assert term_of(document(issued="2024-05")) == 1
    assert term_of(document(issued="2026-06")) == 2
    assert term_of(document(issued="2040-01")) == 2
    assert term_of(document(issued=None)) == 1
    plan = read_interchange(document(issued="2026-06")).plan
    later = apply(plan, set_profile(plan, "issued", "2024-06"))
    assert later.profile.term == 2
    assert term_of(interchange_bytes(later)) == 2


def test_a_file_goes_out_as_it_came_unless_its_term_is_another() -> None:
    for data in (document(), document(issued="2026-06"), document(term=1), document(term=None)):
        plan = read_interchange(data).plan
        stages = {card["id"]: "stage" in card for card in json.loads(data)["initiatives"]}
        gone = json.loads(interchange_bytes(plan))
        for card in gone["initiatives"]:
            if not stages[card["id"]]:
                del card["stage"]
        assert as_file(gone) == data
    plan = a_plan()
    assert json.loads(interchange_bytes(apply(plan, set_term(plan, 2))))["plan"]["term"] == 2


@pytest.mark.parametrize("term", [0, -1, "2", 1.5, 100])
def test_a_term_that_is_none_is_refused(term: object) -> None:
    with pytest.raises(KeikakuError, match="「term」が、"):
        read_interchange(document(term=term))


@pytest.mark.parametrize(
    ("issued", "term"), [("'2024-05'", 2), ("'2026-04'", 3), ("NULL", 1), ("'2050-01'", 4)]
)
def test_an_older_plan_file_gets_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, issued: str, term: int
) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    path = tmp_path / "前の版.keikaku"
    path.write_bytes((FOLDER / "schema-103.keikaku").read_bytes())
    first = "first_fiscal_year = 2022, term_years = '[2, 2, 2, 2]'"
    execute(path, f"UPDATE profile SET issued = {issued}, {first}")
    resigned(path)
    with editing(path) as workspace:
        plan = workspace.session.plan
        assert plan.profile.term == term
        workspace.session.do(set_profile(plan, "issued", "2023-01"))
    assert read_document(path).plan.profile.term == term


@pytest.mark.parametrize("lengths", ["[2", '["x"]', "null"])
def test_terms_that_nobody_can_read_are_told_of(tmp_path: Path, lengths: str) -> None:
    path = tmp_path / "前の版.keikaku"
    path.write_bytes((FOLDER / "schema-103.keikaku").read_bytes())
    execute(path, f"UPDATE profile SET issued = '2024-05', term_years = '{lengths}'")
    resigned(path)
    with pytest.raises(KeikakuError, match="こわれている"):
        read_document(path)


def resigned(path: Path) -> None:
    """Sign a file whose rows were changed, as its own program would have."""
    connection = sqlite3.connect(path)
    rows.sign(connection)
    connection.commit()
    connection.close()


def test_a_plan_stands_in_a_term_that_it_has() -> None:
    plan = a_plan()
    with pytest.raises(KeikakuError, match="第3期は、この計画にありません"):
        set_term(plan, 3)
    second = apply(plan, set_term(plan, 2))
    shorter = apply(second, set_terms(second, (4,)))
    assert (shorter.profile.term_years, shorter.profile.term) == ((4,), 1)
    assert apply(second, set_terms(second, (1, 1, 2))).profile.term == 2
    assert replace(second.profile, term=1) == plan.profile
    assert plan.initiatives[CARD]
