"""What can be written of a plan, and how: one function for each thing and format.

The libraries that write (reportlab, openpyxl) are imported when they are first needed.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from app.errors import KeikakuError
from app.plan.entities import Initiative
from app.plan.listing import printed_order
from app.plan.plan import Plan
from app.ports import Output
from storage.event_log import note
from storage.form_files import form_for
from storage.interchange import interchange_bytes
from storage.safe_io import write_bytes

if TYPE_CHECKING:
    from app.documents.binding import BookOptions
    from app.documents.drawing import Document
    from app.documents.lists import ListTable
    from app.forms.form import Form
    from storage.fonts import Fonts


@dataclass(frozen=True, slots=True)
class Choices:
    """How a person wants an output: the form, the book's binding, the poster's paper, the list.

    `form` is a form file to be used instead of the plan's own; `columns` are groups of
    columns by name, none for all.
    """

    form: Path | None = None
    both_sides: bool = False
    binding: Literal["", "left", "top"] = ""
    paper: str = "A3"
    columns: tuple[str, ...] = ()
    encoding: Literal["utf-8", "cp932"] = "utf-8"


USUAL: Final = Choices()
Write = Callable[[Plan, Sequence[Initiative], Path, Choices], None]
"""Writes these initiatives of a plan to a file, whole or not at all."""


def output_of(what: str | None, suffix: str) -> Output:
    """The output of a suffix and, where it is given, a thing. Raises KeikakuError for none."""
    for output in WRITERS:
        if output.suffix == suffix.lower() and what in (None, thing(output)):
            return output
    known = "、".join(f"{output.name}は{thing(output)} {output.suffix}" for output in WRITERS)
    asked = f"{what or ''} {suffix or '（拡張子なし）'}".strip()
    raise KeikakuError(f"「{asked}」では書き出せません。使える指定: {known}")


def thing(output: Output) -> str:
    """What an output is of (`sheets`), without its format."""
    return output.key.partition(".")[0]


def write_output(
    plan: Plan, output: Output, initiatives: Sequence[str], target: Path, choices: Choices = USUAL
) -> None:
    """Write an output of these initiatives (ids; none means all). Raises KeikakuError.

    A target that exists is replaced whole or not at all.
    """
    if initiatives and thing(output) in _WHOLE:
        raise KeikakuError(f"{output.name}は計画の全体を書き出します。取組は選べません。")
    wanted = set(initiatives)
    chosen = [i for i in plan.initiatives.under() if not wanted or i.id in wanted]
    WRITERS[output](plan, chosen, target, choices)
    note("written", len(chosen))


def unprintable_sentences(plan: Plan, output: Output, initiatives: Sequence[str]) -> list[str]:
    """What will be printed as 〓 because no font here has it, a sentence for each place."""
    if output.suffix != ".pdf":
        return []
    from app.forms.printable import unprintable
    from storage.fonts import find_fonts

    wanted = set(initiatives)
    chosen = [i for i in plan.initiatives.under() if not wanted or i.id in wanted]
    return [found.sentence for found in unprintable(plan, chosen, find_fonts())]


def _plan_json(
    plan: Plan, initiatives: Sequence[Initiative], target: Path, choices: Choices
) -> None:
    write_bytes(target, interchange_bytes(plan))


def _sheets_pdf(
    plan: Plan, initiatives: Sequence[Initiative], target: Path, choices: Choices
) -> None:
    from app.documents.sheets import sheets_document

    _write_pdf(
        plan, target, choices, lambda form, fonts: sheets_document(form, plan, initiatives, fonts)
    )


def _sheets_xlsx(
    plan: Plan, initiatives: Sequence[Initiative], target: Path, choices: Choices
) -> None:
    from storage.fonts import find_fonts
    from storage.xlsx_writer import write_sheets

    form = form_for(plan, choices.form)
    write_sheets(form, plan, initiatives, find_fonts(form.font.family), target)


def _book_pdf(
    plan: Plan, initiatives: Sequence[Initiative], target: Path, choices: Choices
) -> None:
    from app.documents.book import book_document

    options = _book_options(choices)
    _write_pdf(plan, target, choices, lambda form, fonts: book_document(form, plan, fonts, options))


def _index_pdf(
    plan: Plan, initiatives: Sequence[Initiative], target: Path, choices: Choices
) -> None:
    from app.documents.book import index_document

    options = _book_options(choices)
    _write_pdf(
        plan, target, choices, lambda form, fonts: index_document(form, plan, fonts, options)
    )


def _board_pdf(
    plan: Plan, initiatives: Sequence[Initiative], target: Path, choices: Choices
) -> None:
    from app.documents.poster import board_document

    day = date.today()
    _write_pdf(
        plan, target, choices, lambda _, fonts: board_document(plan, fonts, choices.paper, day)
    )


def _write_pdf(
    plan: Plan, target: Path, choices: Choices, draw: "Callable[[Form, Fonts], Document]"
) -> None:
    from storage.fonts import find_fonts
    from storage.pdf_writer import write_pdf

    form = form_for(plan, choices.form)
    fonts = find_fonts(form.font.family)
    write_pdf(draw(form, fonts), target, fonts)


def _book_options(choices: Choices) -> "BookOptions":
    from app.documents.binding import BookOptions

    return BookOptions(choices.both_sides, choices.binding)


def _list_xlsx(
    plan: Plan, initiatives: Sequence[Initiative], target: Path, choices: Choices
) -> None:
    from storage.list_writer import write_list

    write_list(_list(plan, initiatives, choices), target)


def _list_csv(
    plan: Plan, initiatives: Sequence[Initiative], target: Path, choices: Choices
) -> None:
    from storage.csv_writer import write_csv

    write_csv(_list(plan, initiatives, choices), target, choices.encoding)


def _list(plan: Plan, initiatives: Sequence[Initiative], choices: Choices) -> "ListTable":
    """The list of these initiatives, in the order of the book."""
    from app.documents.lists import list_table

    chosen = {initiative.id for initiative in initiatives}
    ordered = [i for i in printed_order(plan) if i.id in chosen]
    form = None
    with suppress(KeikakuError):
        # A list needs the form for its heads only.
        form = form_for(plan, choices.form)
    return list_table(form, plan, ordered, choices.columns)


PLAN: Final = "plan"
# What is always written of all initiatives.
_WHOLE: Final = (PLAN, "book", "index", "board")
WRITERS: Final[Mapping[Output, Write]] = {
    Output("sheets.pdf", "個票（PDF）", ".pdf"): _sheets_pdf,
    Output("sheets.xlsx", "個票（Excel）", ".xlsx"): _sheets_xlsx,
    Output("book.pdf", "冊子（PDF）", ".pdf"): _book_pdf,
    Output("board.pdf", "カンバン（PDF）", ".pdf"): _board_pdf,
    Output("index.pdf", "一覧表（PDF）", ".pdf"): _index_pdf,
    Output("list.xlsx", "一覧データ（Excel）", ".xlsx"): _list_xlsx,
    Output("list.csv", "一覧データ（CSV）", ".csv"): _list_csv,
    Output(f"{PLAN}.json", "計画のデータ（JSON）", ".json"): _plan_json,
}
"""What can be written, in the order of the menu."""
