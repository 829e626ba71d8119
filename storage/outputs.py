"""Writing what can be made of a plan: one function for each format of each thing.

The libraries that write (reportlab, openpyxl) are imported when they are first needed.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from app.documents.order import OUTPUTS, Order, Output
from app.documents.pages.drawing import Progress, no_progress
from app.errors import KeikakuError
from app.forms.form import Form
from storage.form_files import form_for
from storage.interchange.interchange import interchange_bytes
from storage.safe_io import write_bytes
from storage.this_pc.event_log import note


def output_of(what: str | None, suffix: str) -> Output:
    """The output of a suffix and, where it is given, a thing. Raises KeikakuError for none."""
    for output in OUTPUTS:
        if output.suffix == suffix.lower() and what in (None, output.thing):
            return output
    known = "、".join(f"{output.name}は{output.thing} {output.suffix}" for output in OUTPUTS)
    asked = f"{what or ''} {suffix or '（拡張子なし）'}".strip()
    raise KeikakuError(f"「{asked}」では出力できません。使える指定: {known}")


def write_output(order: Order, target: Path, tell: Progress = no_progress) -> None:
    """Write what was ordered. Raises KeikakuError.

    A target that exists is replaced whole or not at all, also where `tell` stops it.
    """
    chosen = order.chosen()
    tell(0, 0)
    _WRITERS[order.output.key](order, target, tell)
    note("written", len(chosen))


def unprintable_sentences(order: Order, labels: Mapping[str, str]) -> list[str]:
    """What will be printed as 〓 because no font here has it, a sentence for each place.

    `labels` say what a person calls a field.
    """
    if order.output.suffix != ".pdf":
        return []
    from app.forms.printable import unprintable
    from storage.pdf.fonts import find_fonts

    found = unprintable(order.plan, order.chosen(), find_fonts())
    return [one.sentence(labels) for one in found]


def _write_json(order: Order, target: Path, tell: Progress) -> None:
    write_bytes(target, interchange_bytes(order.plan))


def _write_pdf(order: Order, target: Path, tell: Progress) -> None:
    from app.documents.making import document_of
    from storage.pdf.fonts import find_fonts
    from storage.pdf.writer import write_pdf

    form = _form(order)
    fonts = find_fonts(form.font.family)
    write_pdf(document_of(order, form, fonts, tell), target, fonts, tell)


def _write_sheets(order: Order, target: Path, tell: Progress) -> None:
    from storage.excel.sheet_writer import write_sheets
    from storage.pdf.fonts import find_fonts

    form = _form(order)
    fonts = find_fonts(form.font.family)
    write_sheets(form, order.plan, order.chosen(), fonts, target, tell)


def _write_list(order: Order, target: Path, tell: Progress) -> None:
    from app.documents.making import table_of
    from storage.excel.list_writer import write_list

    write_list(table_of(order, _form_if_any(order)), target, tell)


def _write_csv(order: Order, target: Path, tell: Progress) -> None:
    from app.documents.making import table_of
    from storage.csv_writer import write_csv

    write_csv(table_of(order, _form_if_any(order)), target, order.choices.encoding)


def _form(order: Order) -> Form:
    return form_for(order.plan, order.choices.form)


def _form_if_any(order: Order) -> Form | None:
    """A list needs the form for its heads only."""
    try:
        return _form(order)
    except KeikakuError:
        return None


_WRITERS: Final[Mapping[str, Callable[[Order, Path, Progress], None]]] = {
    "sheets.pdf": _write_pdf,
    "sheets.xlsx": _write_sheets,
    "book.pdf": _write_pdf,
    "board.pdf": _write_pdf,
    "index.pdf": _write_pdf,
    "list.xlsx": _write_list,
    "list.csv": _write_csv,
    "plan.json": _write_json,
}
