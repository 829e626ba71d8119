"""Workbooks that were issued come back for ever, whatever writes them today.

`tests/data/issued-N-FORM.xlsx` are workbooks of a plan (`issued-N.json`) as the program of their
day wrote them: 1 is openpyxl as of November 2026. They are never made anew.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.plan.plan import Plan
from storage.interchange.interchange import read_interchange
from tests.data.keep import FOLDER
from tests.storage.workbooks import compared, edited, find, inputs, opened, plain, replaced, sheets

BOOKS = sorted(FOLDER.glob("issued-*.xlsx"))
ONE = "7e5bd2a8-0000-4000-8000-000000000001"


def plan_of(book: Path) -> Plan:
    """The plan of which a kept workbook was made."""
    _, number, form = book.stem.split("-")
    document = json.loads((FOLDER / f"issued-{number}.json").read_bytes())
    document["plan"]["form"] = form
    return read_interchange(json.dumps(document).encode()).plan


@pytest.fixture(params=BOOKS, ids=lambda path: path.stem)
def book(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def changes(plan: Plan, data: bytes, folder: Path) -> dict[str, Any]:
    """What a workbook changes, by field; nothing may be unread or in conflict."""
    found = compared(plan, data, folder)
    assert found.unread == ()
    assert found.conflicts == ()
    return {change.field: change.after for change in found.changes}


def test_each_form_has_a_kept_workbook() -> None:
    assert {path.stem.split("-")[2] for path in BOOKS} >= {"matsue", "kashima", "kaminoyama"}


def test_it_comes_back_untouched(book: Path, tmp_path: Path) -> None:
    assert changes(plan_of(book), book.read_bytes(), tmp_path) == {}


def test_every_field_that_is_filled_in_comes_back(book: Path, tmp_path: Path) -> None:
    plan = plan_of(book)
    workbook = opened(book.read_bytes())
    cells = [cell for cell in inputs(sheets(workbook)[0]) if cell.value is None]
    data = edited(book.read_bytes(), lambda made: fill(made, [cell.coordinate for cell in cells]))
    found = compared(plan, data, tmp_path)
    assert found.unread == found.conflicts == ()
    written = sorted(str(change.after) for change in found.changes if change.field)
    assert [text for text in written if text.startswith("記入")] == sorted(
        f"記入{place}" for place in (cell.coordinate for cell in cells)
    )


def fill(workbook: Any, places: list[str]) -> None:
    """Type a text of its own into each of these cells of the first sheet."""
    for place in places:
        sheets(workbook)[0][place].value = f"記入{place}"


def test_a_word_changed_in_the_file_itself_is_the_one_change(tmp_path: Path) -> None:
    book = FOLDER / "issued-1-matsue.xlsx"
    data = book.read_bytes()
    sheet = replaced_in_first_sheet(data, "で受ける", "でも受ける")
    (text,) = changes(plan_of(book), sheet, tmp_path).values()
    assert text == plan_of(book).initiatives[ONE].texts["overview"].replace("で受", "でも受")


def replaced_in_first_sheet(data: bytes, old: str, new: str) -> bytes:
    """The archive with a text of the first worksheet replaced, as a text editor does it."""
    return replaced(data, old.encode(), new.encode(), only="xl/worksheets/sheet1.xml")


def test_a_continued_text_of_a_kept_workbook_comes_back_whole(tmp_path: Path) -> None:
    book = FOLDER / "issued-1-matsue.xlsx"
    plan = plan_of(book)

    def edit(workbook: Any) -> None:
        piece = find(
            sheets(workbook)[2],
            next(plain(c.value) for c in inputs(sheets(workbook)[2]) if "番目" in plain(c.value)),
        )
        piece.value = plain(piece.value).replace("番目の窓口", "番目の支所", 1)

    (text,) = changes(plan, edited(book.read_bytes(), edit), tmp_path).values()
    assert text.count("支所") == 1
    assert text.count("\n") == 299
