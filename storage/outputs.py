"""Writing what can be made of a plan: one function for each content in a format.

The libraries that write are imported when they are first needed (`app.lazy`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final

from app.documents.file_names import file_name
from app.documents.order import Content, Order
from app.documents.pages.drawing import Progress, no_progress
from app.errors import KeikakuError
from app.forms.form import Form
from app.plan.lists.lookup import display_name
from storage.form_files import form_for
from storage.interchange.interchange import interchange_bytes
from storage.output_folder import replacing_folder
from storage.safe_io import write_bytes
from storage.this_pc.event_log import note


def write_output(order: Order, target: Path, tell: Progress = no_progress) -> None:
    """Write what was ordered. Raises KeikakuError.

    A target that exists is replaced whole or not at all, also if `tell` stops it; of a folder
    the one before stays under another name (`replacing_folder`).
    """
    chosen = order.chosen()
    tell(0, 0)
    _WRITERS[order.output.content, order.output.suffix](order, target, tell)
    note("written", len(chosen))


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


def _write_sheet_files(order: Order, target: Path, tell: Progress) -> None:
    from app.documents.making import document_of
    from storage.pdf.fonts import find_fonts
    from storage.pdf.writer import write_pdf

    form, chosen = _form(order), order.chosen()
    fonts = find_fonts(form.font.family)
    with replacing_folder(target) as folder:
        for number, initiative in enumerate(chosen):
            tell(number, len(chosen))
            one = replace(order, initiatives=(initiative.id,))
            name = _free(folder / file_name(display_name(initiative), ".pdf"))
            write_pdf(document_of(one, form, fonts), name, fonts)
        tell(len(chosen), len(chosen))


def _free(path: Path) -> Path:
    """A path that is not taken: initiatives may bear one number and name."""
    names = (f"{path.stem}{f'_{n}' if n > 1 else ''}{path.suffix}" for n in count(1))
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())


_WRITERS: Final[Mapping[tuple[Content, str], Callable[[Order, Path, Progress], None]]] = {
    ("pages", ".pdf"): _write_pdf,
    ("sheets", ".xlsx"): _write_sheets,
    ("sheet_files", ""): _write_sheet_files,
    ("rows", ".xlsx"): _write_list,
    ("rows", ".csv"): _write_csv,
    ("data", ".json"): _write_json,
}
