"""A thousand merges lose nothing that either side said."""

import random

import pytest

from app.changes.change import ChangeSet
from app.changes.merge import Merge, merge
from app.plan.plan import Plan
from tests.app.changes import random_merges
from tests.app.changes.random_merges import losses


def test_a_thousand_merges_lose_nothing_silently() -> None:
    assert [loss for seed in range(1000) for loss in losses(seed)] == []


def test_a_merge_that_forgets_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(base: Plan, ours: Plan, theirs: Plan) -> Merge:
        found = merge(base, ours, theirs)
        some = tuple(change for change in found.changes if random.random() < 0.9)
        return Merge(ChangeSet("統合", some), ())

    monkeypatch.setattr(random_merges, "merge", forgetful)
    assert any(losses(seed) for seed in range(50))
