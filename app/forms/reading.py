"""What a returned form says against the plan: what changed, what collides, what is unread.

Three sides meet in each input cell: what was issued (base), what the plan says now (ours)
and what the cell says (theirs). Only a cell that differs from what was issued is an edit;
where the plan has moved on as well and says something else, it is a conflict and not applied.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.changes.change import Change, ChangeSet, added, field_change
from app.changes.merge import Conflict
from app.errors import KeikakuError
from app.forms.fields import Target, printed_value, read_value
from app.forms.marks import Marked, unmarked
from app.plan.entities import Entity, Kpi, Scalar, is_child_id
from app.plan.kinds import KPI, YEAR_PLAN
from app.plan.lists.departments import typed_departments
from app.plan.periods.years import new_year
from app.plan.plan import Plan
from app.plan.references import key_of
from app.plan.texts.plain_text import cleaned, composed
from app.plan.vocabulary import words_instead


@dataclass(frozen=True, slots=True)
class Answer:
    """One field as it came back: `base` was issued, `theirs` is what stands there now.

    Both are as printed, bold marked; `item` is the bullet of a list. `sheet` and `cell`
    say where it stands.
    """

    target: Target
    item: str
    base: str
    theirs: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A place that could not be read, and why, in Japanese; `text` is what stands there."""

    sheet: str
    cell: str
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What to know, in Japanese, of a place that was read."""

    sheet: str
    cell: str
    what: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a returned form says: changes to apply, conflicts to ask about, unread places.

    `remarks` are what to know of places that were read.
    """

    changes: ChangeSet
    conflicts: tuple[Conflict, ...] = ()
    unread: tuple[Unread, ...] = ()
    remarks: tuple[Remark, ...] = ()


def compare(
    plan: Plan, answers: Sequence[Answer], unread: Sequence[Unread] = (),
    remarks: Sequence[Remark] = (),
) -> Comparison:  # fmt: skip
    """Hold the answers against the plan; `unread` are the places no answer came from.

    Raises KeikakuError for the answers of another plan: "nothing has changed" would be wrong.
    """
    edited = [answer for answer in answers if not same_text(answer.base, answer.theirs)]
    if not edited and answers and not any(_entity(plan, answer.target) for answer in answers):
        raise KeikakuError(
            "このExcelの取組は、この計画に一つもありません。計画は元のままです。"
            "別の計画から出力したものではないか、確かめてください。"
        )
    held = _Held(plan, list(unread))
    for answer in edited:
        held.take(answer)
    edit = ChangeSet("Excelの回答を取り込み", tuple(held.changes))
    return Comparison(edit, tuple(held.conflicts), tuple(held.unread), tuple(remarks))


class _Held:
    """Sorts edited answers into changes, conflicts and what cannot be placed."""

    def __init__(self, plan: Plan, unread: list[Unread]) -> None:
        self.changes: list[Change] = []
        self.conflicts: list[Conflict] = []
        self.unread = unread
        self._plan = plan
        self._begun: dict[str, Entity] = {}

    def take(self, answer: Answer) -> None:
        """Take an answer that differs from what was issued."""
        target = answer.target
        entity = self._begun.get(target.id) or _entity(self._plan, target)
        if entity is None:
            why = "この欄の取組や項目は、計画にもうありません"
            self.unread.append(Unread(answer.sheet, answer.cell, why, answer.theirs))
            return
        ours = entity.get(target.field)
        now = printed_value(ours, answer.item)
        if same_text(now, answer.theirs):
            return
        theirs = read_value(target.field, answer.theirs, answer.item, ours)
        if target.field == "departments" and isinstance(theirs, tuple):
            theirs = typed_departments(self._plan, map(str, theirs))
        if theirs == ours:
            return
        if isinstance(theirs, str) and words_instead(self._plan.profile, target.field, theirs):
            why = f"「{theirs}」は、計画の一覧にない言葉のため、取り込みません"
            self.unread.append(Unread(answer.sheet, answer.cell, why, theirs))
            return
        if same_text(now, answer.base):
            self._change(entity, target.field, theirs)
        else:
            base = read_value(target.field, answer.base, answer.item)
            self.conflicts.append(Conflict(*key_of(entity), target.field, base, ours, theirs))

    def _change(self, entity: Entity, field: str, value: Scalar) -> None:
        is_new = self._plan.find(*key_of(entity)) is None
        if is_new and entity.id not in self._begun:
            self._begun[entity.id] = entity
            self.changes.append(added(entity))
        self.changes += field_change(entity, field, value)


def same_text(one: str, other: str) -> bool:
    """Whether two printed texts say the same to a reader.

    Equal as `composed`, without characters that no program keeps. Programs that lose bold on
    their way are forgiven: a text without any bold differs only by its words.
    """
    first, second = _normal(one), _normal(other)
    if first.plain != second.plain:
        return False
    return not second.bold or _bold_signs(first) == _bold_signs(second)


def _normal(text: str) -> Marked:
    return unmarked(composed(cleaned(text)[0]))


def _bold_signs(text: Marked) -> set[int]:
    """Where something is seen to be bold: bold on a blank or a line end is not."""
    return {n for low, high in text.bold for n in range(low, high) if not text.plain[n].isspace()}


def _entity(plan: Plan, target: Target) -> Entity | None:
    """The entity of a field; a year or a target that the plan has no place for yet is begun."""
    found = plan.find(target.kind, target.id)
    if found is not None:
        return found
    year = target.fiscal_year if target.kind == YEAR_PLAN else None
    ids = (id for id in plan.initiatives if is_child_id(target.id, id, year or target.kind))
    initiative = next(ids, None)
    if initiative is None:
        return None
    if year is not None:
        return replace(new_year(plan, initiative, year), id=target.id)
    if target.kind == KPI and not plan.kpis.under(initiative):
        return Kpi(id=target.id, parent=initiative, position=1.0)
    return None
