"""Over the documents of three cities: every character in its field, and none unaccounted for.

The shares are printed: `pytest -s tests/storage/documents_in/test_city_documents.py`.
"""

from pathlib import Path

import pytest

from app.intake.found import GridReading
from tests.storage.documents_in.city_documents import DOCUMENTS, FOLDER, needed, scored, taken

pytestmark = needed
# These forms only number the pillars: their names stand in the city's list alone.
NUMBERED = [p for p in DOCUMENTS if "施策" in p.name and p.suffix in (".xlsx", ".docx", ".pdf")]
WHOLE = [path for path in DOCUMENTS if path not in NUMBERED]


def answer(document: Path) -> Path:
    return document.with_name(f"{document.name}.answer.json")


def least(document: Path) -> float:
    """The share that a kind of document must reach: PDF has lost what was merged and cut off."""
    if "一覧" in document.name:
        return 100
    return 98 if document.suffix == ".pdf" else 99.5


@pytest.mark.parametrize("document", WHOLE, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_what_a_document_holds_lands_where_it_belongs(document: Path, tmp_path: Path) -> None:
    print(scored(taken(document), answer(document), least(document), tmp_path))


@pytest.mark.parametrize("document", NUMBERED, ids=lambda p: p.name)
def test_numbered_pillars_get_their_names_from_the_list(document: Path, tmp_path: Path) -> None:
    together = taken(document, document.with_name("取組一覧.xlsx"))
    print(scored(together, answer(document), least(document), tmp_path))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_text_of_a_document_vanishes(document: Path) -> None:
    for reading in taken(document).readings:
        assert unaccounted(reading) == []


def unaccounted(reading: GridReading) -> list[str]:
    """The texts that are neither a label nor taken nor left over."""
    places = {cell.place for cell, _ in reading.labels}
    places |= {value.cell.place for value in reading.values}
    places |= {rest.cell.place for rest in reading.leftovers}
    return [cell.text for cell in reading.grid.texts if cell.place not in places]


def test_a_folder_of_workbooks_is_one_plan(tmp_path: Path) -> None:
    workbooks = [p for p in DOCUMENTS if p.parent.name == "課別取組票"]
    together = taken(*workbooks)
    assert len(together.made.plan.initiatives) == 26
    assert not together.doubts


def test_forms_and_list_of_a_city_are_one_plan(tmp_path: Path) -> None:
    city = FOLDER / "matsue"
    together = taken(city / "松江市_個別取組票.xlsx", city / "取組一覧.xlsx")
    print(scored(together, answer(city / "松江市_個別取組票.xlsx"), 99.5, tmp_path))
