"""What came in goes out: every key, in its order, with a missing, a null and an empty one apart."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.changes.change import apply
from app.edits.text import set_text, set_year_text
from app.errors import KeikakuError
from app.plan.entities import STAGES
from storage.interchange.interchange import interchange_bytes, read_interchange
from tests.storage.plan_json import REAL, as_file, needs_real_plans, small_plan, without_stages


def round_trip(document: Any) -> Any:
    """The document after a way in and out, without the stages added by rule."""
    incoming = read_interchange(as_file(document))
    placed = {initiative.id for initiative in incoming.placed}
    return json.loads(without_stages(interchange_bytes(incoming.plan), placed))


@needs_real_plans
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_real_plan_goes_out_as_it_came_in(path: Path) -> None:
    incoming = read_interchange(path.read_bytes())
    file = interchange_bytes(incoming.plan)
    placed = {initiative.id for initiative in incoming.placed}
    assert without_stages(file, placed) == path.read_bytes()
    assert interchange_bytes(read_interchange(file).plan) == file
    assert incoming.cleaned == ()


def objects(document: Any) -> list[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(document, list):
        return [found for item in document for found in objects(item)]
    if not isinstance(document, dict):
        return []
    return [document, *(found for value in document.values() for found in objects(value))]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("aé計/.", max_size=4), inner)
    ),
    max_leaves=5,
)  # fmt: skip
UNKNOWN_KEYS = st.sampled_from(["x", "メモ", "texts.overview", "/x", "//", "", "extra", "parent"])


@given(st.data())
def test_unknown_keys_stay_where_they_were(data: st.DataObject) -> None:
    document = small_plan()
    for _ in range(data.draw(st.integers(1, 4))):
        target = data.draw(st.sampled_from(objects(document)))
        in_texts = all(isinstance(value, str) for value in target.values()) and "due" not in target
        if in_texts or set(target) & {"overview", "actions"}:
            continue
        place = data.draw(st.integers(0, len(target)))
        entries = list(target.items())
        entries.insert(place, (data.draw(UNKNOWN_KEYS), data.draw(JSON)))
        target.clear()
        target.update(entries)
    assert as_file(round_trip(document)) == as_file(document)


@given(st.data())
def test_missing_null_and_empty_stay_apart_or_are_refused(data: st.DataObject) -> None:
    document = small_plan()
    for _ in range(data.draw(st.integers(1, 6))):
        target = data.draw(st.sampled_from([o for o in objects(document) if o]))
        key = data.draw(st.sampled_from(list(target)))
        new = data.draw(st.sampled_from(["missing", None, "", [], {}]))
        if new == "missing":
            del target[key]
        elif key != "stage":
            target[key] = new
    with suppress(KeikakuError):
        assert as_file(round_trip(document)) == as_file(document)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("vocabulary"),
        lambda d: d.update(vocabulary=None),
        lambda d: d.update(vocabulary={}),
        lambda d: d["vocabulary"].update(stages=[]),
        lambda d: d["vocabulary"].pop("stages"),
        lambda d: d["initiatives"][0].update(departments=None, texts=None, years=None, kpis=[]),
        lambda d: d["initiatives"][0]["texts"].update(overview=None),
        lambda d: d["initiatives"][0].pop("texts"),
        lambda d: d["pillars"][0].pop("categories") and d["initiatives"].clear(),
        lambda d: d["plan"].update(form=None),
        lambda d: d["plan"].pop("form"),
        lambda d: d.update(dict(reversed([(k, d.pop(k)) for k in list(d)]))),
        lambda d: d["initiatives"][0]["kpis"].append({}),
        lambda d: d["initiatives"][0]["kpis"].append({"due": "令和7年度末"}),
        lambda d: d["initiatives"][0]["relistings"].append({"category": "p1-2"}),
    ],
)
def test_unusual_files_are_whole(change: Callable[[dict[str, Any]], object]) -> None:
    document = small_plan()
    change(document)
    assert as_file(round_trip(document)) == as_file(document)


@pytest.mark.parametrize(
    "change", [dict, lambda v: {**v, "stages": []}, lambda v: {"stages": None}]
)
def test_a_plan_without_stages_has_the_usual_five(change: Callable[[Any], Any]) -> None:
    document = small_plan()
    document["vocabulary"] = change(document["vocabulary"])
    assert read_interchange(as_file(document)).plan.profile.stages == STAGES


def test_cards_without_a_stage_are_placed_and_named() -> None:
    document = small_plan()
    document["initiatives"][1]["stage"] = "完了"
    document["initiatives"].append(
        {**document["initiatives"][0], "id": "3", "stage": None, "status": None}
    )
    incoming = read_interchange(as_file(document))
    stages = [(i.title, i.stage) for i in incoming.placed]
    assert stages == [
        ("待たない窓口", "評価・見直し"),
        ("待たない窓口", "実施計画期間中に取り組むこと"),
    ]
    out = json.loads(interchange_bytes(incoming.plan))
    assert [i["stage"] for i in out["initiatives"]] == [
        "評価・見直し", "完了", "実施計画期間中に取り組むこと",
    ]  # fmt: skip
    assert list(out["initiatives"][0]).index("stage") == 5


def test_a_byte_order_mark_is_no_hindrance() -> None:
    file = b"\xef\xbb\xbf" + as_file(small_plan())
    assert read_interchange(file).plan.profile.title == "デジタル計画"


def test_unfit_characters_are_taken_out_and_told() -> None:
    document = small_plan()
    first = document["initiatives"][0]
    first["name"] = "待たない\x0b窓口\x00"
    first["texts"]["overview"] = "\ud83d・予約\ufffe\r\n・受付\x7f"
    first["years"][0]["texts"]["actions"] = "始\x1fめる\t表𠮷"
    document["メモ"] = ["a\x08b"]
    incoming = read_interchange(json.dumps(document).encode())
    [card, _] = incoming.plan.initiatives.under()
    assert card.name == "待たない\n窓口"
    assert card.texts["overview"] == "・予約\n・受付"
    assert incoming.plan.years.under(card.id)[0].texts["actions"] == "始める\t表𠮷"
    assert json.loads(interchange_bytes(incoming.plan))["メモ"] == ["ab"]
    assert [sentence.partition("の使えない")[0] for sentence in incoming.cleaned] == [
        "取組1件目（No.1-1）の「name」",
        "取組1件目（No.1-1）の「texts」の「overview」",
        "取組1件目（No.1-1）の「years」1件目の「texts」の「actions」",
        "「メモ」1件目",
    ]


def test_what_was_made_here_has_all_keys_of_the_format() -> None:
    plan = read_interchange(as_file(small_plan())).plan
    id = "7e5bd2a8-0000-4000-8000-000000000002"
    edited = apply(plan, set_year_text(plan, id, 2025, "goals", "始める"))
    [_, initiative] = json.loads(interchange_bytes(edited))["initiatives"]
    assert initiative["years"] == [
        {
            "fiscal_year": 2025,
            "open_ended": False,
            "label": None,
            "mark": None,
            "texts": {"goals": "始める"},
        }
    ]
    assert list(initiative)[-2:] == ["texts", "years"]


def test_a_text_taken_back_leaves_the_file_as_it_was() -> None:
    plan = read_interchange(as_file(small_plan())).plan
    edit = set_text(plan, "7e5bd2a8-0000-4000-8000-000000000001", "overview", "別の文")
    edited = apply(plan, edit)
    assert interchange_bytes(edited) != interchange_bytes(plan)
    assert interchange_bytes(apply(edited, edit.inverted())) == interchange_bytes(plan)


def test_two_imports_are_two_plans() -> None:
    file = as_file(small_plan())
    assert read_interchange(file).plan.profile.id != read_interchange(file).plan.profile.id
