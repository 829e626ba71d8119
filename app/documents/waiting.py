"""What a person is told before something is made that takes long."""

from typing import Final

from app.documents.order import Order

MOST_QUICK_SHEETS: Final = 1000
"""Up to so many sheets an Excel workbook is made in about five seconds."""


def long_wait(order: Order) -> str | None:
    """A sentence if making this takes long, None if not."""
    count = len(order.chosen())
    if order.output.content != "sheets" or count <= MOST_QUICK_SHEETS:
        return None
    return f"取組が{count:,}件あるため、Excelを作るのに数十秒から数分かかることがあります。"
