"""What a person calls the fields of a plan: as its form prints them, else as the program does."""

from app.forms.form import REPEATED, Form
from app.plan.words import FIELDS


def labels_of(form: Form | None) -> dict[str, str]:
    """The word of each field: the form's, else our own (`app.plan.words.FIELDS`).

    A form may name a field by its cell, by the head of the cell, or, where we have no word of
    our own, by the first label of the row it stands in.
    """
    found = dict(FIELDS)
    if form is None:
        return found
    for name, cell in form.cells.items():
        head = form.cells.get(f"{name}_head")
        label = cell.label or (head.label if head else "")
        if not label and cell.field not in FIELDS:
            label = _row_label(form, name)
        if cell.field and label:
            found[cell.field] = label.strip("【】")
    return found


def _row_label(form: Form, cell: str) -> str:
    """The first label at the left of a cell that is not made of words of the record."""
    rows = [[n.removesuffix(REPEATED) for n in row] for band in form.bands for row in band.rows]
    row = next((row for row in rows if cell in row), [cell])
    labels = (form.cells[name].label for name in row[: row.index(cell)])
    return next((label for label in labels if label and "{" not in label), "")
