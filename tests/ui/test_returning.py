"""A workbook goes out, is edited with another program, and comes back."""

import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from storage.plan_file.plan_file import PlanFile
from tests.ui.command_line import CommandLine


@pytest.fixture
def sample(command_line: CommandLine) -> Path:
    plan = command_line.folder / "見本.keikaku"
    command_line.done("sample", plan)
    return plan


@pytest.fixture
def book(command_line: CommandLine, sample: Path) -> Path:
    target = command_line.folder / "回答.xlsx"
    command_line.done("export", sample, target)
    return target


def cell_of(sheet: Worksheet, text: str) -> openpyxl.cell.Cell:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def answered(book: Path, before: str, after: str) -> None:
    """Type into the first sheet's cell that says `before`, as a department would."""
    workbook = openpyxl.load_workbook(book)
    cell_of(workbook.worksheets[0], before).value = after
    workbook.save(book)


def test_an_untouched_book_says_nothing(
    command_line: CommandLine, sample: Path, book: Path
) -> None:
    assert json.loads(command_line.done("compare", sample, book, "--json")) == {
        "changes": [],
        "conflicts": [],
        "unread": [],
    }


def test_a_book_of_another_plan_is_refused_even_untouched(
    command_line: CommandLine, sample: Path, book: Path
) -> None:
    data, other = command_line.folder / "別.json", command_line.folder / "別.keikaku"
    command_line.done("export", sample, data)
    document = json.loads(data.read_bytes())
    for number, initiative in enumerate(document["initiatives"]):
        initiative["id"] = f"another-{number}"
    data.write_text(json.dumps(document), encoding="utf-8")
    command_line.done("import", data, other)
    for words in (("compare", other, book), ("compare", other, book, "--json"),
                  ("update", other, book)):  # fmt: skip
        assert "この計画に一つもありません" in command_line.refused(*words)
    assert command_line.done("log", other).count("\n") == 1


def test_an_answer_is_listed_then_taken_over_as_one_edit_that_can_be_undone(
    command_line: CommandLine, sample: Path, book: Path
) -> None:
    with PlanFile.view(sample) as file:
        before = file.plan()
    card = before.initiatives.under()[0]
    answered(book, card.texts["background"], "窓口が混み合う。")
    (change,) = json.loads(command_line.done("compare", sample, book, "--json"))["changes"]
    assert (change["initiative"], change["field"], change["fiscal_year"]) == (
        card.id,
        "background",
        None,
    )
    assert (change["before"], change["after"]) == (card.texts["background"], "窓口が混み合う。")
    assert "1件を計画に取り込みました" in command_line.done("update", sample, book)
    with PlanFile.view(sample) as file:
        assert file.plan().initiatives[card.id].texts["background"] == "窓口が混み合う。"
    command_line.done("undo", sample)
    with PlanFile.view(sample) as file:
        assert file.plan() == before


def test_what_the_plan_changed_too_is_a_conflict_and_stays(
    command_line: CommandLine, sample: Path, book: Path
) -> None:
    with PlanFile.view(sample) as file:
        card = file.plan().initiatives.under()[0]
    issued = card.texts["background"]
    answered(book, issued, "課の文")
    command_line.done("set", sample, card.id, "background", "計画の文")
    (conflict,) = json.loads(command_line.done("compare", sample, book, "--json"))["conflicts"]
    assert (conflict["base"], conflict["ours"], conflict["theirs"]) == (
        issued,
        "計画の文",
        "課の文",
    )
    told = command_line.done("update", sample, book)
    assert "計画も変わっている項目が1件" in told
    with PlanFile.view(sample) as file:
        assert file.plan().initiatives[card.id].texts["background"] == "計画の文"


def test_a_status_that_is_not_on_the_list_is_told_and_not_taken(
    command_line: CommandLine, sample: Path, book: Path
) -> None:
    command_line.done("export", sample, command_line.folder / "前.json")
    answered(book, "着手中", "うまくいっている")
    told = command_line.done("update", sample, book)
    assert "「うまくいっている」は、計画の一覧にない言葉のため、取り込みません" in told
    assert "取り込む変更はありません" in told
    command_line.done("export", sample, command_line.folder / "後.json")
    first, second = (command_line.folder / f"{name}.json" for name in ("前", "後"))
    assert first.read_bytes() == second.read_bytes()


def test_a_file_that_is_no_answer_is_refused(
    command_line: CommandLine, sample: Path, book: Path
) -> None:
    other = command_line.folder / "別.xlsx"
    openpyxl.Workbook().save(other)
    assert "様式として読めません" in command_line.refused("compare", sample, other)
    torn = command_line.folder / "途中.xlsx"
    torn.write_bytes(book.read_bytes()[:4000])
    assert "途中.xlsx" in command_line.refused("update", sample, torn)
    assert "見つからない" in command_line.refused("update", sample, command_line.folder / "無.xlsx")


def test_the_forms_are_listed(command_line: CommandLine) -> None:
    listed = [line.split("\t")[0] for line in command_line.done("forms").splitlines()]
    assert listed == ["kaminoyama", "kashima", "matsue"]
