"""Changes in words: the same words in the window and at the command line."""

import dataclasses
from datetime import UTC, datetime

import pytest

from app.changes.change import ChangeSet, apply
from app.changes.history import Entry
from app.documents.book.front_matter import MATTER
from app.edits.card import move_cards
from app.edits.form import set_form
from app.edits.initiative import remove_initiatives
from app.edits.matter import set_matter
from app.edits.structure import add_pillar, set_field
from app.edits.text import set_fact, set_text, set_year_text
from app.plan.kinds import KINDS
from app.plan.plan import Plan
from app.plan.words import field_word
from tests.storage.plan_files import CARD, a_plan
from ui.change_words import labels_of, place_words, value_words
from ui.plan_text import changes_text


def where(plan: Plan, edit: ChangeSet) -> str:
    """Where each change of an edit is."""
    labels = labels_of(plan)
    return " / ".join(" ＞ ".join(place_words(plan, change, labels)) for change in edit)


@pytest.fixture
def plan() -> Plan:
    return a_plan()


def test_a_place_is_the_initiative_the_year_and_the_field(plan: Plan) -> None:
    card = "No.1-1「待たない窓口」"
    assert where(plan, set_fact(plan, CARD, "status", "着手中")) == f"{card} ＞ 現状"
    edit = set_year_text(plan, CARD, 2024, "actions", "・続ける")
    assert where(plan, edit) == f"{card} ＞ 令和6年度 ＞ 取組事項（KPI）"
    assert where(plan, set_field(plan, "pillar", "p1", "name", "くらし")) == "柱「暮らし」 ＞ 名前"


@pytest.mark.parametrize("name", MATTER)
def test_a_text_of_the_book_is_called_as_the_book_prints_it(plan: Plan, name: str) -> None:
    assert where(plan, set_matter(plan, name, "ことば")) == f"計画 ＞ {MATTER[name]}"


def test_what_comes_or_goes_as_a_whole_is_named_without_a_field(plan: Plan) -> None:
    assert where(plan, add_pillar(plan, "産業")) == "柱「産業」"
    gone = where(plan, remove_initiatives(plan, [CARD]))
    assert "No.1-1「待たない窓口」 ＞ KPI" in gone
    assert "No.1-1「待たない窓口」 ＞ 再掲" in gone


@pytest.mark.parametrize("form", ["matsue", "kashima", "kaminoyama"])
def test_a_field_is_called_as_the_form_prints_it(plan: Plan, form: str) -> None:
    printed = {"kashima": "事業概要（目的・必要性）", "matsue": "事業概要"}
    own = apply(plan, set_form(plan, form))
    edit = set_text(own, CARD, "overview", "新しい")
    assert where(own, edit).endswith(f" ＞ {printed.get(form, 'overview')}")


def test_the_order_of_cards_is_not_a_change_that_is_told(plan: Plan) -> None:
    entry = Entry(1, datetime.now(UTC), "", "do", move_cards(plan, [CARD], "完了"))
    assert changes_text(plan, entry, labels_of(plan)) == (
        "No.1-1「待たない窓口」の段階「評価・見直し」→「完了」"
    )


def test_every_field_that_a_person_sees_has_a_word() -> None:
    technical = {"id", "parent", "keys", "extra", "texts"}
    technical |= {"vocabulary_keys", "vocabulary_extra", "file_keys", "file_extra"}
    for kind in KINDS.values():
        fields = {f.name for f in dataclasses.fields(kind.cls)} - technical
        assert [name for name in fields if field_word(kind.name, name) == name] == []


def test_ids_become_names(plan: Plan) -> None:
    of = ("initiative", "categories")
    assert value_words(plan, ("p1-1", "p1-2"), "・", *of) == "窓口・子育て"
    assert value_words(plan, ("p1-1",), "・", "initiative", "departments") == "p1-1"
    assert value_words(plan, "p1-2", "・", "relisting", "category") == "子育て"
    assert value_words(plan, plan.initiatives[CARD]).startswith("待たない窓口")
    assert value_words(plan, None) == ""


def test_a_month_is_told_by_its_era(plan: Plan) -> None:
    assert value_words(plan, "2024-06", "", "profile", "issued") == "令和6年6月"
    assert value_words(plan, "秋ごろ", "", "profile", "issued") == "秋ごろ"
    assert value_words(plan, "2024-06", "", "profile", "edition") == "2024-06"
