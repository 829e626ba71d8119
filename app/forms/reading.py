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
from app.forms.fingerprint import fingerprint
from app.forms.form import Form
from app.forms.marks import Marked, unmarked
from app.forms.offers import Offer, new_initiative, new_words
from app.forms.returned import Answer, Remark, Returned, Unread
from app.forms.sheet import fill
from app.plan.entities import Entity, Kpi, Scalar, is_child_id
from app.plan.kinds import KPI, NAME, YEAR_PLAN
from app.plan.lists.departments import typed_departments
from app.plan.parts import initiative_of
from app.plan.periods.years import new_year
from app.plan.plan import Plan
from app.plan.references import key_of
from app.plan.texts.plain_text import cleaned, composed
from app.plan.vocabulary import words_instead

_GONE = "この欄の取組や項目は、計画にもうありません"
_NO_FIELD = "計画の様式にない欄のため、取り込みません"
_NAMELESS = "名前を空にすることはできないため、取り込みません"
_OTHER_PLAN = "別の計画の取組のため、取り込みません"
_IMPORTED = (
    "この計画から出力したExcelではありませんが、同じ取組のものとして読みました"
    "（計画を読み込み直した後などに、こうなります）"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a returned form says: changes to apply, conflicts to ask about, unread places.

    `remarks` are what to know of places that were read; `offers` what only a person can say
    yes to.
    """

    changes: ChangeSet
    conflicts: tuple[Conflict, ...] = ()
    unread: tuple[Unread, ...] = ()
    remarks: tuple[Remark, ...] = ()
    offers: tuple[Offer, ...] = ()


def compare(form: Form, plan: Plan, returned: Returned) -> Comparison:
    """Hold what came back against the plan, whose form is `form`.

    Only a field that this form has for an initiative of this plan is ever filled. Raises
    KeikakuError for the answers of another plan: "nothing has changed" would be wrong.
    """
    answers = returned.answers
    is_ours = any(_initiative(plan, answer) in plan.initiatives for answer in answers)
    if answers and not is_ours and all(map(_has_same_words, answers)):
        raise KeikakuError(
            "このExcelの取組は、この計画に一つもありません。計画は元のままです。"
            "別の計画から出力したものではないか、確かめてください。"
        )
    held = _Held(form, plan, returned)
    for answer in returned.answers:
        held.take(answer)
    edit = ChangeSet("Excelの回答を取り込み", tuple(held.changes))
    copies = (new_initiative(plan, copy) for copy in returned.copies)
    offers = (*new_words(plan, held.unknown_words), *filter(None, copies))
    return Comparison(edit, tuple(held.conflicts), tuple(held.unread), tuple(held.remarks), offers)


class _Held:
    """Sorts edited answers into changes, conflicts and what cannot be placed."""

    def __init__(self, form: Form, plan: Plan, returned: Returned) -> None:
        self.changes: list[Change] = []
        self.conflicts: list[Conflict] = []
        self.unread = list(returned.unread)
        self.remarks = list(returned.remarks)
        self.unknown_words: list[tuple[Entity, str, str]] = []
        self._form, self._plan = form, plan
        self._begun: dict[str, Entity] = {}
        self._targets: dict[str, set[Target]] = {}
        self._strangers = _strangers(plan, returned.answers)
        foreign = {a.origin.plan for a in returned.answers} - {"", plan.profile.id}
        if foreign:
            self.remarks.append(Remark("", "", _IMPORTED))

    def take(self, answer: Answer) -> None:
        """Take an answer, if it differs from what was issued."""
        has_same_words = _has_same_words(answer)
        if has_same_words and answer.base is not None:
            return
        entity = self._begun.get(answer.target.id) or _entity(self._plan, answer.target)
        why = self._refusal(answer, entity)
        if why or entity is None:
            if not has_same_words:
                self.unread.append(Unread(answer.sheet, answer.cell, why, answer.theirs))
            return
        ours = entity.get(answer.target.field)
        now = printed_value(ours, answer.item)
        base = _base(answer, now)
        if not same_text(now, answer.theirs) and not (base is None and has_same_words):
            self._take(answer, entity, ours, base)

    def _refusal(self, answer: Answer, entity: Entity | None) -> str:
        """Why an answer is not taken, "" if it is."""
        initiative = _initiative(self._plan, answer)
        if initiative in self._strangers:
            return _OTHER_PLAN
        if entity is None or initiative not in self._plan.initiatives:
            return _GONE
        if answer.target not in self._issued(initiative):
            return _NO_FIELD
        if answer.target.field == NAME and not answer.theirs.strip():
            return _NAMELESS
        return ""

    def _issued(self, initiative: str) -> set[Target]:
        """The fields that the form has for an initiative."""
        if initiative not in self._targets:
            sheet = fill(self._form, self._plan, self._plan.initiatives[initiative])
            self._targets[initiative] = {cell.target for cell in sheet.cells if cell.target}
        return self._targets[initiative]

    def _take(self, answer: Answer, entity: Entity, ours: Scalar, base: str | None) -> None:
        field = answer.target.field
        theirs = read_value(field, answer.theirs, answer.item, ours)
        if field == "departments" and isinstance(theirs, tuple):
            theirs = typed_departments(self._plan, map(str, theirs))
        if theirs == ours:
            return
        if isinstance(theirs, str) and words_instead(self._plan.profile, field, theirs):
            why = f"「{theirs}」は、計画の一覧にない言葉のため、取り込みません"
            self.unread.append(Unread(answer.sheet, answer.cell, why, theirs))
            self.unknown_words.append((entity, field, theirs))
            return
        if base is not None and same_text(printed_value(ours, answer.item), base):
            self._change(entity, field, theirs)
        else:
            before = None if base is None else read_value(field, base, answer.item)
            self.conflicts.append(Conflict(*key_of(entity), field, before, ours, theirs))

    def _change(self, entity: Entity, field: str, value: Scalar) -> None:
        is_new = self._plan.find(*key_of(entity)) is None
        if is_new and entity.id not in self._begun:
            self._begun[entity.id] = entity
            self.changes.append(added(entity))
        self.changes += field_change(entity, field, value)


def _base(answer: Answer, now: str) -> str | None:
    """What was issued: as remembered, or what the plan still says; None if nobody knows."""
    if answer.base is not None:
        return answer.base
    return now if fingerprint(now) == answer.fingerprint else None


def _has_same_words(answer: Answer) -> bool:
    """Whether an answer says what was issued; of a moved worksheet bold may differ."""
    if answer.base is None:
        return fingerprint(answer.theirs) == answer.fingerprint
    return same_text(answer.base, answer.theirs)


def _initiative(plan: Plan, answer: Answer) -> str:
    """The initiative (id) that an answer is of, "" if neither book nor plan says so."""
    if answer.origin.initiative:
        return answer.origin.initiative
    return _owner(plan, answer.target) or ""


def _strangers(plan: Plan, answers: Sequence[Answer]) -> set[str]:
    """Initiatives of another plan that only bear an id of ours: their names differ."""
    strangers = set()
    for answer in answers:
        id, card = answer.origin.initiative, plan.initiatives.get(answer.origin.initiative)
        is_foreign = answer.origin.plan not in ("", plan.profile.id)
        if card is not None and is_foreign and answer.target.field == NAME:
            issued = answer.fingerprint if answer.base is None else fingerprint(answer.base)
            if issued != fingerprint(card.name):
                strangers.add(id)
    return strangers


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
    initiative = _owner(plan, target)
    if initiative is None:
        return None
    if target.kind == YEAR_PLAN and target.fiscal_year is not None:
        return replace(new_year(plan, initiative, target.fiscal_year), id=target.id)
    if target.kind == KPI and not plan.kpis.under(initiative):
        return Kpi(id=target.id, parent=initiative, position=1.0)
    return None


def _owner(plan: Plan, target: Target) -> str | None:
    """The initiative (id) of a field, of a year or target too that is yet to be begun."""
    if plan.find(target.kind, target.id) is not None:
        return initiative_of(plan, target.kind, target.id)
    year = target.fiscal_year if target.kind == YEAR_PLAN else None
    ids = (id for id in plan.initiatives if is_child_id(target.id, id, year or target.kind))
    return next(ids, None)
