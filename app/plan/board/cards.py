"""`Card`: what the board shows of an initiative, on screen and on paper."""

from dataclasses import dataclass

from app.plan.entities import Initiative
from app.plan.plan import Plan
from app.plan.texts.placeholders import placeholders_left


@dataclass(frozen=True, slots=True)
class Card:
    """One initiative as a card. `pillar_place` counts pillars from 0, -1 for none.

    `badges` are the outlined words in its corner (新規, 再掲); `days` is how long it has been
    in its stage, None where nobody knows; `placeholders` how many it still holds.
    """

    id: str
    number: str
    name: str
    pillar_word: str
    pillar_place: int
    category: str
    departments: str
    status: str
    badges: tuple[str, ...]
    days: int | None = None
    placeholders: int = 0


def card_of(plan: Plan, initiative: Initiative, days: int | None = None) -> Card:
    """The card of an initiative, which has been in its stage for `days`."""
    category, pillar = plan.home_category(initiative), plan.home_pillar(initiative)
    return Card(
        id=initiative.id,
        number=initiative.number or "",
        name=card_name(initiative),
        pillar_word=pillar_word(plan, pillar.id) if pillar else "",
        pillar_place=pillar_place(plan, pillar.id) if pillar else -1,
        category=category.name if category else "",
        departments="・".join(initiative.departments),
        status=initiative.status or "",
        badges=badges(plan, initiative),
        days=days,
        placeholders=placeholders_left(plan, initiative),
    )


def card_order(initiative: Initiative) -> tuple[float, str]:
    """Sort key of a card within its lane."""
    place = initiative.board_position
    return (initiative.position if place is None else place, initiative.id)


def lane(plan: Plan, stage: str) -> tuple[Initiative, ...]:
    """The cards of a stage, in order."""
    cards = (card for card in plan.initiatives.under() if card.stage == stage)
    return tuple(sorted(cards, key=card_order))


def card_name(initiative: Initiative) -> str:
    """The name on one line, without the subtitle, which is a further line in brackets."""
    return one_line(initiative.name)


def one_line(name: str) -> str:
    """A name without its line breaks and its subtitle."""
    first, *further = name.split("\n")
    return first + "".join(line for line in further if not line.startswith(("(", "（")))


def badges(plan: Plan, initiative: Initiative) -> tuple[str, ...]:
    """新規 where the plan prints a badge of its own, 再掲 where it is listed again."""
    words = ["新規"] if initiative.new_label else []
    return (*words, "再掲") if plan.relistings.under(initiative.id) else tuple(words)


def pillar_place(plan: Plan, pillar: str) -> int:
    """Which pillar it is, counted from 0."""
    return [p.id for p in plan.pillars.under()].index(pillar)


def pillar_word(plan: Plan, pillar: str) -> str:
    """A short word for a pillar: its first two characters, 柱1 where two pillars share them."""
    starts = [p.name[:2] for p in plan.pillars.under()]
    place = pillar_place(plan, pillar)
    word = starts[place]
    return word if word and starts.count(word) == 1 else f"柱{place + 1}"
