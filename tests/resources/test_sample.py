"""The samples are what a new user sees first: whole, varied, and nobody's real plan."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from resources import resource

ROOT = Path(__file__).parents[2]
REAL_PLANS = ROOT.parent / "shared" / "plans"
SAMPLES = ("sample", "kashima", "kaminoyama")
# Words that every plan of this kind prints: heads, stages, placeholders, names of formats.
EVERYONES_WORDS = {"実施計画期間中に取り組むこと", "令和5年度中に設定", "keikaku-plan"}

Json = dict[str, Any]


def sample(name: str) -> Json:
    plan: Json = json.loads(resource(f"sample/{name}.json").read_text(encoding="utf-8"))
    return plan


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def cells(initiative: Json) -> list[str]:
    texts = [initiative["texts"], *(year["texts"] for year in initiative["years"])]
    return [text for group in texts for text in group.values()]


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_hangs_in_the_air(name: str) -> None:
    plan = sample(name)
    categories = {item["key"] for pillar in plan["pillars"] for item in pillar["categories"]}
    states = {state for pillar in plan["pillars"] for state in pillar["desired_states"]}
    for item in plan["initiatives"]:
        listed = [*item["categories"], *(again["category"] for again in item["relistings"])]
        assert item["categories"]
        assert set(listed) <= categories
        assert set(item["desired_states"]) <= states
        assert item.get("stage", plan["vocabulary"]["stages"][0]) in plan["vocabulary"]["stages"]
        assert item["status"] in (None, *plan["vocabulary"]["statuses"])
    ids = Counter(item["id"] for item in plan["initiatives"])
    assert set(ids.values()) == {1}


@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_written_as_the_program_writes(name: str) -> None:
    text = resource(f"sample/{name}.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_line_is_from_a_real_plan(name: str) -> None:
    if not REAL_PLANS.is_dir():
        pytest.skip("the real plans are not beside this project")
    ours = "\n".join(strings(sample(name)))
    files = sorted(REAL_PLANS.glob("*.json"))
    assert files
    for file in files:
        plan = json.loads(file.read_text(encoding="utf-8"))
        lines = {
            re.sub(r"^・|^[（(]|[）)]$", "", line)
            for text in strings(plan)
            for line in text.splitlines()
        }
        taken = {line for line in lines if len(line) >= 12 and line in ours}
        assert taken <= EVERYONES_WORDS


def test_every_lane_has_cards_and_some_cards_are_left_to_the_rule() -> None:
    stages = Counter(item.get("stage") for item in sample("sample")["initiatives"])
    assert set(stages) == {*sample("sample")["vocabulary"]["stages"], None}
    assert min(stages.values()) >= 2


def test_its_facts_vary_as_in_real_plans() -> None:
    plan = sample("sample")
    items = plan["initiatives"]
    home = {
        state: pillar["key"] for pillar in plan["pillars"] for state in pillar["desired_states"]
    }
    abroad = [
        i for i in items if any(home[s] != i["categories"][0][:2] for s in i["desired_states"])
    ]

    assert len(items) >= 30
    assert max(Counter(item["number"] for item in items).values()) > 1
    assert {len(item["departments"]) for item in items} == {1, 2}
    assert {item["name"].count("\n") for item in items} == {0, 1}
    assert sum(bool(item["relistings"]) for item in items) >= 3
    assert any(item["status"] is None for item in items)
    assert any(item["status_note"] for item in items)
    assert any(item["new_label"] == "新規掲載" for item in items)
    assert {year["mark"] for item in items for year in item["years"]} > {"start", "continue", None}
    assert len(abroad) >= len(items) / 4


def test_its_texts_are_as_long_as_real_ones() -> None:
    items = sample("sample")["initiatives"]
    texts = [text for item in items for text in cells(item)]

    assert max(map(len, texts)) >= 290
    assert max(len(line) for text in texts for line in text.split("\n")) >= 220
    assert max(text.count("\n") + 1 for text in texts) == 11
    assert max(sum(map(len, cells(item))) for item in items) >= 980
    assert "" in texts


@pytest.mark.parametrize(
    "pattern",
    [
        *("^（令和5年度中に設定）$", r"^\(令和5年度中に設定\)$", "に移行$", "^・完了$", "^→", "^※"),
        *("^【共通】$", "^＜.+の場合＞$", "①.+\n②.+\n③", r"\*\*[^*\n]+\*\*"),
        *(
            "^[^・※→＜【（①].+\n・",
            "^・.+\n[^・※→＜【（].+",
            "▲",
            "％",
            "～",
            "^－$",
            "㈱",
            "髙",
            "﨑",
            "Ⅲ",
        ),
    ],
)
def test_it_writes_as_real_plans_write(pattern: str) -> None:
    items = sample("sample")["initiatives"]
    texts = [text for item in items for text in (item["name"], *cells(item))]
    assert any(re.search(pattern, text, re.MULTILINE) for text in texts)


def test_a_text_stays_the_same_for_two_years() -> None:
    years = [item["years"] for item in sample("sample")["initiatives"]]
    pairs = [(first["texts"]["actions"], second["texts"]["actions"]) for first, second, *_ in years]
    assert any(before and before == after for before, after in pairs)
