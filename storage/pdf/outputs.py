"""Outputs as PDF: pages in one file, or a file for each initiative."""

import os
from dataclasses import replace
from itertools import count
from pathlib import Path

from app.documents.file_names import file_name
from app.documents.making import document_of
from app.documents.order import Order
from app.documents.pages.drawing import Progress
from app.plan.lists.lookup import display_name
from storage.form_files import form_for
from storage.output_folder import replacing_folder
from storage.pdf.fonts import find_fonts
from storage.pdf.writer import write_pdf


def write_pages(order: Order, target: Path, tell: Progress) -> None:
    """Write an output of pages to `target`, whole or not at all. Raises KeikakuError."""
    form = form_for(order.plan, order.choices.form)
    fonts = find_fonts(form.font.family)
    write_pdf(document_of(order, form, fonts, tell), target, fonts, tell)


def write_sheet_files(order: Order, target: Path, tell: Progress) -> None:
    """Write the sheet of each initiative into the folder `target`. Raises KeikakuError."""
    form, chosen = form_for(order.plan, order.choices.form), order.chosen()
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
    return next(path.with_name(name) for name in names if not os.path.exists(path.with_name(name)))
