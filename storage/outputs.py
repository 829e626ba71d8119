"""What can be written of a plan, and how: one function for each thing and format.

The libraries that write (reportlab, openpyxl) are imported when they are first needed.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from app.plan.entities import Initiative
from app.plan.plan import Plan
from app.ports import Output
from storage.form_files import form_for
from storage.interchange import interchange_bytes
from storage.safe_io import write_bytes

Write = Callable[[Plan, Sequence[Initiative], Path], None]
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


def write_output(plan: Plan, output: Output, initiatives: Sequence[str], target: Path) -> None:
    """Write an output of these initiatives (ids; none means all). Raises KeikakuError.

    A target that exists is replaced whole or not at all.
    """
    if initiatives and thing(output) == PLAN:
        raise KeikakuError(f"{output.name}は計画の全体を書き出します。取組は選べません。")
    wanted = set(initiatives)
    chosen = [i for i in plan.initiatives.under() if not wanted or i.id in wanted]
    WRITERS[output](plan, chosen, target)


def _plan_json(plan: Plan, initiatives: Sequence[Initiative], target: Path) -> None:
    write_bytes(target, interchange_bytes(plan))


def _sheets_pdf(plan: Plan, initiatives: Sequence[Initiative], target: Path) -> None:
    from app.documents.sheets import sheets_document
    from storage.fonts import find_fonts
    from storage.pdf_writer import write_pdf

    fonts = find_fonts()
    write_pdf(sheets_document(form_for(plan), plan, initiatives, fonts), target, fonts)


def _sheets_xlsx(plan: Plan, initiatives: Sequence[Initiative], target: Path) -> None:
    from storage.fonts import find_fonts
    from storage.xlsx_writer import write_sheets

    write_sheets(form_for(plan), plan, initiatives, find_fonts(), target)


PLAN: Final = "plan"
WRITERS: Final[Mapping[Output, Write]] = {
    Output("sheets.pdf", "個票（PDF）", ".pdf"): _sheets_pdf,
    Output("sheets.xlsx", "個票（Excel）", ".xlsx"): _sheets_xlsx,
    Output(f"{PLAN}.json", "計画のデータ（JSON）", ".json"): _plan_json,
}
"""What can be written, in the order of the menu."""
