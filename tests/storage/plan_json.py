"""Interchange files for tests: a small one about an invented town, and the real ones."""

import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "plans"
REAL = sorted(SHARED.glob("*.json"))
needs_real_plans = pytest.mark.skipif(not REAL, reason="the real plans are not on this machine")


def small_plan() -> dict[str, Any]:
    """A fresh document with every kind of object in it."""
    return {
        "format": "keikaku-plan",
        "version": 1,
        "plan": {
            "municipality": "みなと町",
            "title": "デジタル計画",
            "subtitle": None,
            "edition": "",
            "issued": "2024-05",
            "form": "matsue",
            "first_fiscal_year": 2024,
            "term_years": [2, 2],
        },
        "vocabulary": {
            "stages": [
                "8年間で取り組むこと",
                "実施計画期間中に取り組むこと",
                "着手していること",
                "評価・見直し",
                "完了",
            ],
            "statuses": ["調査・研究中", "着手中", "運用中"],
        },
        "pillars": [
            {
                "key": "p1",
                "name": "暮らし",
                "vision": None,
                "desired_states": ["手続きが楽になる"],
                "categories": [
                    {"key": "p1-1", "number": 1, "name": "窓口"},
                    {"key": "p1-2", "number": 2, "name": "子育て"},
                ],
            }
        ],
        "initiatives": [
            {
                "id": "7e5bd2a8-0000-4000-8000-000000000001",
                "categories": ["p1-1"],
                "number": "1-1",
                "name": "待たない窓口\n（窓口予約）",
                "departments": ["住民課"],
                "status": "運用中",
                "status_note": "R6年5月から",
                "new_label": None,
                "desired_states": ["手続きが楽になる"],
                "texts": {"overview": "・予約を**スマホ**で受ける", "background": ""},
                "years": [
                    {"fiscal_year": 2024, "mark": "start", "texts": {"actions": "・始める"}},
                    {"fiscal_year": 2025, "mark": None, "texts": {}},
                ],
                "kpis": [{"due": "令和7年度末", "fiscal_year": 2025, "text": "待ち時間5分"}],
                "relistings": [{"category": "p1-2", "number": "2-1"}],
            },
            {
                "id": "7e5bd2a8-0000-4000-8000-000000000002",
                "categories": ["p1-2"],
                "number": None,
                "name": "オンライン申請",
                "departments": [],
                "texts": {},
            },
        ],
    }


def as_file(document: Any) -> bytes:
    """The document as interchange files are written."""
    return json.dumps(document, indent=1, ensure_ascii=False).encode()


def without_stages(file: bytes, placed: set[str]) -> bytes:
    """The file without the stages that were added to the initiatives `placed` (ids)."""
    document = json.loads(file)
    for initiative in document["initiatives"]:
        if initiative["id"] in placed:
            del initiative["stage"]
    return as_file(document)


def without_identity(file: bytes) -> bytes:
    """The file without the state that an export names: all else goes out as it came."""
    document = json.loads(file)
    del document["plan"]["identity"]
    return as_file(document)
