"""The departments of a plan, and how much each of them has to do."""

from collections import Counter

from app.plan.plan import Plan


def departments_of(plan: Plan) -> dict[str, int]:
    """How many initiatives each department has, in the order in which the plan names them."""
    cards = plan.initiatives.under()
    return dict(Counter(name for card in cards for name in dict.fromkeys(card.departments)))
