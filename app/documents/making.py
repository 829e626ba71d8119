"""Making what was ordered: the pages of an output, or its rows."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from app.documents.binding import BookOptions
from app.documents.book.book import book_document, index_document
from app.documents.lists.lists import ListTable, list_table
from app.documents.order import Order
from app.documents.pages.drawing import Document, Progress, no_progress
from app.documents.poster.poster import board_document
from app.documents.sheets import sheets_document
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.plan.lists.listing import printed_order


def document_of(
    order: Order, form: Form, metrics: FontMetrics, tell: Progress = no_progress
) -> Document:
    """The pages of an output that has pages (`Output.has_pages`)."""
    return _DRAWN[order.output.thing](order, form, metrics, tell)


def table_of(order: Order, form: Form | None) -> ListTable:
    """The rows of a list, in the order of the book. A form is needed for heads only."""
    chosen = {initiative.id for initiative in order.chosen()}
    ordered = [i for i in printed_order(order.plan) if i.id in chosen]
    return list_table(form, order.plan, ordered, order.choices.columns)


def _book_options(order: Order) -> BookOptions:
    return BookOptions(order.choices.both_sides, order.choices.binding)


_DRAWN: Final[Mapping[str, Callable[[Order, Form, FontMetrics, Progress], Document]]] = {
    "sheets": lambda order, form, metrics, tell: sheets_document(
        form, order.plan, order.chosen(), metrics
    ),
    "book": lambda order, form, metrics, tell: book_document(
        form, order.plan, metrics, _book_options(order), tell
    ),
    "board": lambda order, form, metrics, tell: board_document(
        order.plan, metrics, order.choices.paper, order.day or date.today(), tell
    ),
    "index": lambda order, form, metrics, tell: index_document(
        form, order.plan, metrics, _book_options(order), tell
    ),
}
