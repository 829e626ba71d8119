"""The whole walk: a plan is edited, given out, answered, merged, numbered, printed, reopened."""

import csv
import io
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from app.plan.entities import Initiative, YearPlan
from app.plan.plan import Plan
from resources import resource
from storage.document.workspace import read_document
from storage.form_files import form_for
from tests.storage.plan_json import REAL
from tests.storage.printed import joined
from tests.ui.command_line import CommandLine

GREEN, BLUE = "みどり試験課", "あおば試験課"
SOURCES = (resource("sample/sample.json"), *REAL)


class Walk:
    """One plan on its way. `said` is what must be found in the end, by field."""

    def __init__(self, command_line: CommandLine, source: Path) -> None:
        self.run, self.folder = command_line, command_line.folder
        self.plan, self.part = self.folder / "計画 本体.keikaku", self.folder / "みどり.keikaku"
        self.book = self.folder / "あおば.xlsx"
        self.run.done("import", source, self.plan)
        self.start = self.now()
        self.first, self.second, *_ = self.start.initiatives.under()
        form = form_for(self.start)
        self.texts = [field for field in form.text_fields if field in self.first.texts]
        self.year_field = next(field for field in form.year_fields if field in self.year().texts)
        self.steps = 0

    def now(self) -> Plan:
        """The plan as whoever opens the file now finds it."""
        return read_document(self.plan).plan

    def card(self, id: str) -> Initiative:
        return self.now().initiatives[id]

    def year(self) -> YearPlan:
        """A year of the first initiative that says something."""
        return next(year for year in self.start.years.under(self.first.id) if year.texts)

    def set(self, path: Path, card: Initiative, field: str, text: str, *more: str) -> None:
        self.run.done("set", path, card.id, field, text, *more)
        self.steps += path == self.plan

    def edit(self) -> None:
        """The owners of the plan edit it."""
        self.set(self.plan, self.first, "name", "歩き通す窓口\n（試験の事業）")
        self.set(self.plan, self.first, "departments", GREEN)
        self.set(self.plan, self.second, "departments", BLUE)
        self.set(self.plan, self.first, "stage", self.start.profile.stages[-1])

    def give_out(self) -> None:
        """A part as a plan file to one department, a workbook to the other."""
        said = self.run.done("issue", self.plan, self.part, "--department", GREEN)
        assert "取組1件" in said
        self.run.done("export", self.plan, self.book, "--only", self.second.id)

    def answer(self) -> None:
        """Both departments write; so do the owners, in one place the same as each department."""
        asked, alone = self.texts[:2]
        self.set(self.part, self.first, asked, "・みどり課が書いた答え")
        self.set(self.part, self.first, alone, "・みどり課だけが書いた文")
        year = str(self.year().fiscal_year)
        self.set(self.part, self.first, self.year_field, "・みどり課の年度の文", "--year", year)
        typed = {asked: "・あおば課が書いた答え", alone: "・あおば課だけが書いた文"}
        write_in_book(self.book, {self.second.texts[f]: text for f, text in typed.items()})
        self.set(self.plan, self.first, asked, "・本課が先に直した文")
        self.set(self.plan, self.second, asked, "・本課が直した文")

    def take_back(self) -> None:
        """What nobody else touched comes in; the rest is asked about, and decided."""
        asked = self.texts[0]
        merged = self.run.run("merge", self.plan, self.part)
        assert merged.code == 1
        assert "決める必要のある項目が1件" in merged.out
        assert self.card(self.first.id).texts[asked] == "・本課が先に直した文"
        assert "・みどり課が書いた答え" in self.run.done("decide", self.plan)
        self.run.done("decide", self.plan, "1", "--theirs")
        told = self.run.done("update", self.plan, self.book)
        assert "計画も変わっている項目が1件" in told
        assert self.card(self.second.id).texts[asked] == "・本課が直した文"
        self.run.done("decide", self.plan, "2", "--theirs")
        assert self.card(self.second.id).texts[asked] == "・あおば課が書いた答え"
        self.steps += 4
        assert "0件" in self.run.done("decide", self.plan)

    def number(self) -> None:
        self.run.done("renumber", self.plan, "--scheme", "straight")
        self.steps += 1
        cards = self.now().initiatives.values()
        assert sorted(int(card.number or 0) for card in cards) == [*range(1, len(cards) + 1)]

    def said(self) -> list[str]:
        """Every text that was written on the way and stands in the end."""
        answers = [
            *("みどり課が書いた答え", "みどり課だけが書いた文", "みどり課の年度の文"),
            *("あおば課が書いた答え", "あおば課だけが書いた文", "歩き通す窓口", "（試験の事業）"),
        ]
        shown = [self.run.done("show", self.plan, card.id) for card in (self.first, self.second)]
        assert missing(answers, "".join(shown)) == []
        return answers

    def exported(self, what: str, suffix: str) -> bytes:
        out = self.folder / f"{what}{suffix}"
        self.run.done("export", self.plan, out, "--what", what)
        return out.read_bytes()

    def undo_all(self) -> None:
        """Step by step back to what was brought in."""
        log = self.run.done("log", self.plan).splitlines()
        assert len(log) == 1 + self.steps
        for _ in range(self.steps):
            self.run.done("undo", self.plan)
        assert "元に戻せる変更はありません" in self.run.refused("undo", self.plan)
        assert self.now() == self.start


def write_in_book(book: Path, answers: dict[str, str]) -> None:
    """Type over the cells of a workbook that say something, as a department does."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[0]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    for before, after in answers.items():
        plain = before.replace("**", "")
        cells[before if before in cells else plain].value = after
    workbook.save(book)


def printed_text(pdf: bytes) -> str:
    """The text of all pages as they were drawn, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return joined("".join(pages))


def cell_text(workbook: bytes) -> str:
    """What all cells say, without blanks."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return joined("\n".join(str(value) for row in rows for value in row if value is not None))


def missing(texts: list[str], where: str) -> list[str]:
    return [text for text in texts if text not in where]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_the_whole_walk(command_line: CommandLine, source: Path) -> None:
    walk = Walk(command_line, source)
    walk.edit()
    walk.give_out()
    walk.answer()
    walk.take_back()
    walk.number()
    said = walk.said()
    for whole in ("book", "sheets"):
        assert missing(said, printed_text(walk.exported(whole, ".pdf"))) == []
    assert missing(said, cell_text(walk.exported("sheets", ".xlsx"))) == []
    for short in ("index", "board"):
        assert missing(["歩き通す窓口"], printed_text(walk.exported(short, ".pdf"))) == []
    assert missing(said, cell_text(walk.exported("list", ".xlsx"))) == []
    rows = list(csv.reader(walk.exported("list", ".csv").decode("utf-8-sig").splitlines()))
    assert missing(said, joined("".join(map("".join, rows)))) == []
    assert missing(said, walk.exported("plan", ".json").decode()) == []
    walk.undo_all()
