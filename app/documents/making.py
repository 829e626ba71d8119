"""Making what was ordered: the pages of an output, or its rows."""

from datetime import date

from app.documents.binding import BookOptions
from app.documents.book.book import book_document, index_document
from app.documents.lists.lists import ListTable, list_table
from app.documents.order import Order
from app.documents.pages.drawing import Document, Progress, no_progress
from app.documents.poster.poster import board_document
from app.documents.sheets import sheets_document
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.lazy import load
from app.plan.lists.listing import printed_order


def document_of(
    order: Order, form: Form, metrics: FontMetrics, tell: Progress = no_progress
) -> Document:
    """The pages of an output that has pages (`Output.has_pages`)."""
    made: Document = load(order.output.make)(order, form, metrics, tell)
    return made


def table_of(order: Order, form: Form | None) -> ListTable:
    """The rows of an output that has rows. A form is needed for heads only."""
    made: ListTable = load(order.output.make)(order, form)
    return made


def sheets_pages(order: Order, form: Form, metrics: FontMetrics, tell: Progress) -> Document:
    """The sheets of what was ordered."""
    return sheets_document(form, order.plan, order.chosen(), metrics)


def book_pages(order: Order, form: Form, metrics: FontMetrics, tell: Progress) -> Document:
    """The book."""
    return book_document(form, order.plan, metrics, _book_options(order), tell)


def index_pages(order: Order, form: Form, metrics: FontMetrics, tell: Progress) -> Document:
    """The index tables alone, with the page numbers of the book."""
    return index_document(form, order.plan, metrics, _book_options(order), tell)


def board_pages(order: Order, form: Form, metrics: FontMetrics, tell: Progress) -> Document:
    """The board as it is, or as it was at the end of the ordered day."""
    day = order.day or date.today()
    return board_document(order.plan, metrics, order.choices.paper, day, tell)


def list_rows(order: Order, form: Form | None) -> ListTable:
    """The list, in the order of the book."""
    chosen = {initiative.id for initiative in order.chosen()}
    ordered = [i for i in printed_order(order.plan) if i.id in chosen]
    return list_table(form, order.plan, ordered, order.choices.columns)


def _book_options(order: Order) -> BookOptions:
    return BookOptions(order.choices.both_sides, order.choices.binding)
