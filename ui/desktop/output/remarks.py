"""What to know of an output before it is given away."""

from typing import Final

from app.documents.order import Order
from app.forms.fitting.metrics import PageFonts
from app.forms.printable import unprintable
from app.plan.texts.passages import plan_passages
from app.plan.texts.placeholders import placeholder_count, placeholders_left
from ui.change_words import labels_of

_SHOWN: Final = 3


def remarks(order: Order, fonts: PageFonts | None) -> tuple[str, ...]:
    """Sentences on placeholders left, and on characters that none of the fonts has."""
    left = sum(placeholders_left(order.plan, initiative) for initiative in order.chosen())
    if order.output.has_texts:
        around = plan_passages(order.plan)
        left += sum(placeholder_count(each.text) for each in around if each.is_free)
    told = [f"「（…中に設定）」などの未設定が、あと{left:,}か所あります。"] if left else []
    return (*told, *(_unprintable(order, fonts) if fonts else ()))


def _unprintable(order: Order, fonts: PageFonts) -> list[str]:
    found = list(
        unprintable(
            order.plan, order.chosen(), fonts,
            is_whole=order.output.is_whole, has_texts=order.output.has_texts,
        )
    )  # fmt: skip
    labels = labels_of(order.plan)
    told = [one.sentence(labels) for one in found[:_SHOWN]]
    more = len(found) - len(told)
    return [*told, f"〓で印刷する文字は、ほかに{more:,}か所あります。"] if more else told
