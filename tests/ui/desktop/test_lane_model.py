"""The cards of a lane, drawn as text."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from app.plan.entities import Initiative
from app.plan.plan import Plan
from tests.ui.desktop.plans import sample_plan
from ui.desktop.board.lane_model import CARD, LaneModel, cards_in, ids_in

PLAN = sample_plan(8)


def drawn(model: LaneModel) -> str:
    cards = (model.data(model.index(row), CARD) for row in range(model.rowCount()))
    return "\n".join(
        " ".join((c.number, c.pillar_word, c.category, c.name, c.departments, c.status, *c.badges))
        for c in cards
    )


def rows_of(plan: Plan, ids: Sequence[str]) -> list[Initiative]:
    return [plan.initiatives[id] for id in ids]


def test_a_lane_shows_what_a_card_must_say() -> None:
    model = LaneModel()
    model.show(PLAN, rows_of(PLAN, ["i0", "i1", "i3"]))
    assert drawn(model) == (
        "1-0 市民 窓口・届出 来庁予約と待ち人数の案内 市民課 調査・研究中\n"
        "1-1 市民 子育て 証明書手数料のキャッシュレス決済 市民課・情報政策課 着手中 新規\n"
        "2-3 業務 働き方 保育施設の空き状況公開 市民課・情報政策課 調査・研究中 再掲"
    )


@given(st.lists(st.permutations([f"i{n}" for n in range(6)]).map(lambda p: p[:4]), max_size=5))
def test_whatever_comes_the_model_keeps_qts_rules_and_shows_it(steps: list[list[str]]) -> None:
    model = LaneModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for ids in steps:
        model.show(PLAN, rows_of(PLAN, ids))
        assert [model.id_at(row) for row in range(model.rowCount())] == ids
        assert [model.row_of(id) for id in ids] == list(range(len(ids)))
    assert tester.model() is model


def test_a_card_that_leaves_takes_only_its_own_row_out() -> None:
    model = LaneModel()
    model.show(PLAN, rows_of(PLAN, ["i0", "i1", "i2"]))
    removed: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda parent, first, last: removed.append((first, last)))
    model.show(PLAN, rows_of(PLAN, ["i0", "i2"]))
    assert removed == [(1, 1)]


@pytest.mark.parametrize("ids", [["i1", "i2"], ["総務/1"], ["a\nb", "c"], [" ", "\t", "𠮷"]])
def test_what_is_carried_comes_out_again_whatever_the_ids_are(ids: list[str]) -> None:
    assert ids_in(cards_in(ids)) == ids
