"""Verb on the texts before and after the sheets of a book."""

from app.changes.change import ChangeSet, field_change
from app.plan.entities import TEXT_PREFIX
from app.plan.plan import Plan


def set_matter(plan: Plan, name: str, text: str | None) -> ChangeSet:
    """Set a text of the book (`app.documents.book.front_matter.MATTER`).

    An empty text leaves its page out; None gives back the text derived from the plan.
    """
    return ChangeSet("冊子の文", field_change(plan.profile, TEXT_PREFIX + name, text))
