"""A wrong file is refused with one sentence that names the place."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KeikakuError
from storage.interchange.interchange import interchange_bytes, read_interchange
from tests.storage.plan_json import as_file, small_plan

Change = Callable[[dict[str, Any]], object]


def refusal(file: bytes) -> str:
    """What the user reads of a file that is refused."""
    with pytest.raises(KeikakuError) as told:
        read_interchange(file)
    sentence = str(told.value)
    assert "\n" not in sentence
    assert sentence.endswith("取り込みは行っていません。")
    return sentence


def first(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["initiatives"][0]
    return found


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(format="other"), "「format」が「keikaku-plan」ではありません"),
        (lambda d: d.pop("format"), "「format」が「keikaku-plan」ではありません"),
        (lambda d: d.update(version=2), "「version」が、このプログラムの扱える版（1）"),
        (lambda d: d.update(version=True), "「version」が"),
        (lambda d: d.update(version="1"), "「version」が"),
        (lambda d: d.pop("plan"), "「plan」がありません"),
        (lambda d: d.update(plan=[]), "「plan」が、項目の集まり"),
        (lambda d: d["plan"].pop("first_fiscal_year"), "「first_fiscal_year」がありません"),
        (lambda d: d["plan"].update(first_fiscal_year="R6"), "「first_fiscal_year」が、数では"),
        (lambda d: d["plan"].update(first_fiscal_year=6), "「first_fiscal_year」が、西暦4桁の年度"),
        (lambda d: d["plan"].update(term_years=[2, 0]), "「plan」の「term_years」2件目が、1から99"),
        (lambda d: d["vocabulary"].update(stages="着手"), "「vocabulary」の「stages」が、並び"),
        (
            lambda d: d["vocabulary"].update(stages=["未着手", "着手", "未着手"]),
            "「vocabulary」の「stages」3件目が、ほかの段階と同じです",
        ),
        (
            lambda d: d["vocabulary"].update(stages=[f"段階{n}" for n in range(5000)]),
            "「vocabulary」の「stages」が、多すぎます（60個まで）",
        ),
        (lambda d: first(d).update(name="長" * 3001), "「name」が、長すぎます（3,000字まで）"),
        (
            lambda d: first(d)["years"].append(dict(first(d)["years"][0])),
            "「fiscal_year」の「",
        ),
        (lambda d: d.pop("initiatives"), "「initiatives」がありません"),
        (lambda d: d.update(initiatives={}), "「initiatives」が、並び"),
        (lambda d: d["initiatives"].append("窓口"), "取組3件目が、項目の集まり"),
        (lambda d: first(d).pop("id"), "取組1件目（No.1-1）の「id」がありません"),
        (lambda d: first(d).update(id=None), "取組1件目（No.1-1）の「id」がありません"),
        (lambda d: first(d).update(id=""), "取組1件目（No.1-1）の「id」が、空です"),
        (lambda d: first(d).update(id=7), "取組1件目（No.1-1）の「id」が、文字ではありません"),
        (
            lambda d: d["initiatives"][1].update(id=first(d)["id"]),
            "取組2件目（オンライン申請）の「id」の「7e5bd2a8-0000-4000-8000-000000…」が、ほかと同じ",
        ),
        (lambda d: d["pillars"].append(d["pillars"][0]), "柱2件目（暮らし）の「key」の「p1」"),
        (
            lambda d: d["pillars"][0]["categories"][1].update(key="p1-1"),
            "柱1件目（暮らし）の「categories」2件目の「key」の「p1-1」が、ほかと同じ",
        ),
        (
            lambda d: first(d).update(categories=["p1-1", "p9"]),
            "取組1件目（No.1-1）の「categories」2件目の区分「p9」は、どの柱にもありません",
        ),
        (
            lambda d: first(d)["relistings"][0].update(category="p9"),
            "取組1件目（No.1-1）の「relistings」1件目の「category」の区分「p9」",
        ),
        (lambda d: first(d).update(stage="保留"), "の「stage」の「保留」が、段階の一覧"),
        (lambda d: first(d).update(name=["窓口"]), "（No.1-1）の「name」が、文字では"),
        (lambda d: first(d).update(departments="住民課"), "の「departments」が、並び"),
        (lambda d: first(d).update(departments=["住民課", 3]), "の「departments」2件目が、文字"),
        (lambda d: first(d)["texts"].update(overview=5), "の「texts」の「overview」が、文字では"),
        (lambda d: first(d).update(texts=["概要"]), "の「texts」が、項目の集まり"),
        (lambda d: first(d).update(years={}), "取組1件目（No.1-1）の「years」が、並び"),
        (
            lambda d: first(d)["years"][1].update(fiscal_year="令和6"),
            "取組1件目（No.1-1）の「years」2件目の「fiscal_year」が、数ではありません",
        ),
        (lambda d: first(d)["years"][1].update(fiscal_year=10**30), "「fiscal_year」が、数では"),
        (lambda d: first(d)["years"][1].update(open_ended=1), "「open_ended」が、true か false"),
        (lambda d: first(d)["kpis"][0].update(fiscal_year=2025.0), "「fiscal_year」が、数では"),
    ],
)  # fmt: skip
def test_the_place_is_named(change: Change, words: str) -> None:
    document = small_plan()
    change(document)
    assert words in refusal(as_file(document))


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "1行目の1文字目"),
        (b"\x93\xfa\x96{", "文字コードがUTF-8ではない"),
        (b"PK\x03\x04\x14", "1行目の1文字目でJSON"),
        (b'{\n "format": "keikaku-plan",\n "version": 1,\n}', "行目の"),
        (b"[1, 2]", "ファイルの全体が、項目の集まり"),
        (b'{"a": 1, "a": 1}', "ファイルの全体に、同じ項目「a」が二度あります"),
        (b'{"a": [{"b": {"c": 1, "c": 2}}]}', "「a」1件目の「b」に、同じ項目「c」が二度"),
        (b'{"a": NaN}', "「a」が、扱える数ではありません"),
        (b'{"a": [1, -Infinity]}', "「a」2件目が、扱える数ではありません"),
        (b'{"a": 1e999}', "「a」が、扱える数ではありません"),
        (b'{"a": ' + b"1" * 5000 + b"}", "数が大きすぎる"),
        (b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}", "入れ子が深すぎる"),
        (b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}", "入れ子が深すぎる"),
        (b'{"a": ' * 5000 + b"1" + b"}" * 5000, "入れ子が深すぎる"),
        (b'{"a": ' + b"[" * 99 + b"]" * 99 + b"}", "「format」が「keikaku-plan」ではありません"),
        (b'{"\\u0000": 1}', "項目名に、使えない文字"),
        (b'{"a": "x\ny"}', "1行目の"),
    ],
)
def test_what_is_no_plan_at_all_is_refused(file: bytes, words: str) -> None:
    assert words in refusal(file)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"[" + b"{}," * 400_000 + b"{}]", "ファイルの中の項目が多すぎる"),
        (b'{"a": [' + b"1," * 4_000_000 + b"1]}", "ファイルの中の項目が多すぎる"),
        (b'{"a": "' + b"x" * 51_000_000 + b'"}', "ファイルが大きすぎる"),
        ('{"a": "𠮟'.encode() + b"x" * 40_000_000 + b'"}', "ファイルが大きすぎる"),
    ],
    ids=["objects", "numbers", "bytes", "wide characters"],
)
def test_what_would_fill_the_memory_is_refused_unread(file: bytes, words: str) -> None:
    assert words in refusal(file)


def test_unknown_keys_may_not_nest_without_end() -> None:
    document = small_plan()
    nested: Any = 1
    for _ in range(80):
        nested = [nested]
    first(document)["メモ"] = nested
    assert "取組1件目（No.1-1）の「メモ」の入れ子が、深すぎます" in refusal(as_file(document))


def test_a_name_from_the_file_cannot_break_the_sentence() -> None:
    document = small_plan()
    first(document)["number"] = "1\n\x1b[31m" + "長" * 100
    first(document)["name"] = 5
    assert re.search(r"取組1件目（No\.1 \[31m長+…）の「name」", refusal(as_file(document)))


WRONG = st.sampled_from([None, True, 0, -1, 1.5, 10**40, "", "文字", [], {}, [None], {"a": None}])


def places(document: Any) -> list[tuple[Any, Any]]:
    """(object or list, key or place) of every value in a document."""
    steps = enumerate(document) if isinstance(document, list) else document.items()
    found = []
    for step, value in list(steps):
        found.append((document, step))
        found += places(value) if isinstance(value, list | dict) else []
    return found


@given(st.data())
def test_any_value_anywhere_is_kept_or_refused(data: st.DataObject) -> None:
    document = small_plan()
    document["initiatives"][1]["stage"] = document["initiatives"][0]["stage"] = "完了"
    within, step = data.draw(st.sampled_from(places(document)))
    within[step] = data.draw(WRONG)
    is_stageless = step == "stage" and not within[step]
    with suppress(KeikakuError):
        plan = read_interchange(as_file(document)).plan
        assert is_stageless or json.loads(interchange_bytes(plan)) == document
