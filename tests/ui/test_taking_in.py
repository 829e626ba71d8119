"""`keikaku import`: documents of a city into a plan file, and what it says of them."""

from pathlib import Path

import openpyxl
import pytest

from app.plan.plan import Plan
from storage.document.workspace import read_document
from tests.ui.command_line import CommandLine

FORM = [
    ["No.", "7"],
    ["事業名", "図書の配達"],
    ["担当課", "図書係"],
    ["概要", "・本を届ける。"],
]


def workbook(path: Path, *sheets: list[list[str]]) -> Path:
    """A workbook with a worksheet for each list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for n, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"{n}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_becomes_a_plan(command_line: CommandLine) -> None:
    source = workbook(command_line.folder / "みなと町.xlsx", [*FORM, [], ["電話で確認"]])
    plan = command_line.folder / "計画.keikaku"
    report = command_line.done("import", source, plan)
    assert report.startswith(f"文書1個から、取組1件を「{plan}」に取り込みました。\n")
    assert "・「みなと町.xlsx」の「1」A6：電話で確認" in report
    assert "・本を届ける。" in command_line.done("show", plan, "7")


def test_a_folder_goes_on_past_files_that_cannot_be_read(command_line: CommandLine) -> None:
    folder = command_line.folder / "課から"
    folder.mkdir()
    workbook(folder / "a.xlsx", FORM)
    (folder / "b.csv").write_bytes("取組名,所管課,背景\n図書の配達,図書係,遠い。\n".encode("cp932"))
    (folder / "c.xlsx").write_bytes(b"no workbook")
    (folder / "~$a.xlsx").write_bytes(b"left by Excel")
    plan, report = command_line.folder / "計画.keikaku", command_line.folder / "報告.txt"
    ran = command_line.run("import", folder, plan, "--report", report)
    assert ran.code == 1
    assert "「c.xlsx」は" in ran.out
    assert "~$" not in report.read_text(encoding="utf-8-sig")
    shown = command_line.done("show", plan, "7")
    assert "・本を届ける。" in shown
    assert "遠い。" in shown


def test_with_doubts_the_certain_is_taken_and_the_rest_told(command_line: CommandLine) -> None:
    other = [*FORM[:3], ["概要", "・別の文。"]]
    source = workbook(command_line.folder / "a.xlsx", FORM, other)
    plan = command_line.folder / "計画.keikaku"
    ran = command_line.run("import", source, plan)
    assert ran.code == 1
    assert "確かめるところが1件あります。" in ran.out
    assert "・別の文。" in ran.out
    assert "・本を届ける。" in command_line.done("show", plan, "7")


def test_the_form_of_the_plan_can_be_chosen(command_line: CommandLine) -> None:
    source = workbook(command_line.folder / "a.xlsx", FORM)
    plan = command_line.folder / "計画.keikaku"
    command_line.done("import", source, plan, "--form", "kaminoyama")
    out = command_line.folder / "計画.json"
    command_line.done("export", plan, out)
    assert '"form": "kaminoyama"' in out.read_text(encoding="utf-8")


def test_a_map_gives_a_field_to_a_label_nobody_knows(command_line: CommandLine) -> None:
    rows = [*FORM, ["ひとこと", "・みんなで。"]]
    source = workbook(command_line.folder / "a.xlsx", rows)
    plan, map_file = command_line.folder / "計画.keikaku", command_line.folder / "対応表.json"
    map_file.write_text(
        '{"format": "keikaku-intake-map", "version": 1,'
        ' "labels": {"ひとこと": "texts.background"}}',
        encoding="utf-8",
    )
    command_line.done("import", source, plan, "--map", map_file)
    assert "・みんなで。" in command_line.done("show", plan, "7")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"no workbook", "Excelのブック（.xlsx）として読めません"),
        ("a.docx", b"no document", "Wordの文書（.docx）として読めません"),
        ("a.pdf", b"%PDF-1.7\n", "こわれている"),
        ("a.xls", b"no workbook", "こわれている"),
        ("a.ods", b"no table", "OpenDocumentの表（.ods）として読めません"),
        ("a.doc", b"", "（.doc）は読めません"),
        ("a.csv", "名前,課\n".encode("utf-16"), "取組が見つかりませんでした"),
        ("a.png", b"", "読める形式ではありません"),
    ],
)
def test_a_file_that_cannot_be_read_makes_no_plan(
    command_line: CommandLine, name: str, content: bytes, told: str
) -> None:
    source = command_line.folder / name
    source.write_bytes(content)
    assert told in command_line.refused("import", source, command_line.folder / "計画.keikaku")


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_what_the_program_prints_it_reads_again(command_line: CommandLine, ending: str) -> None:
    folder = command_line.folder
    command_line.done("sample", folder / "見本.keikaku")
    command_line.run("export", folder / "見本.keikaku", folder / f"個票.{ending}")
    assert command_line.run("import", folder / f"個票.{ending}", folder / "計画.keikaku").code == 0
    after = read_document(folder / "計画.keikaku").plan
    assert texts(after) == texts(read_document(folder / "見本.keikaku").plan)


def texts(plan: Plan) -> set[tuple[str, str, str]]:
    """All texts of a plan without blanks and line ends: (name, field, text)."""
    found = set()
    for card in plan.initiatives.values():
        name = squeezed(card.name)
        found |= {(name, field, squeezed(text)) for field, text in card.texts.items() if text}
        for year in plan.years.under(card.id):
            found |= {
                (name, f"{year.fiscal_year} {field}", squeezed(text))
                for field, text in year.texts.items()
                if text
            }
    return found


def squeezed(text: str) -> str:
    return "".join(text.replace("**", "").split())
