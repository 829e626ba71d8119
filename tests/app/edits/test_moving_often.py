"""Cards that are moved often, or not really."""

from app.changes.change import apply
from app.edits.card import move_cards
from app.plan.board.cards import lane
from app.plan.entities import Initiative, Profile
from app.plan.plan import Plan
from app.plan.table import Table


def plan_of_cards(*ids: str) -> Plan:
    cards = [Initiative(id=id, position=float(n + 1), stage="予定") for n, id in enumerate(ids)]
    return Plan(Profile(id="p", stages=("予定", "完了")), initiatives=Table(cards))


def order(plan: Plan) -> list[str]:
    return [card.id for card in lane(plan, "予定")]


def test_a_card_put_where_it_stands_is_no_edit() -> None:
    plan = plan_of_cards("a", "b", "c")
    assert not move_cards(plan, ["b"], "予定", "c").changes
    assert not move_cards(plan, ["c"], "予定").changes
    assert not move_cards(plan, ["a", "b"], "予定", "c").changes


def test_there_is_always_room_between_two_cards() -> None:
    plan = plan_of_cards("a", "b", "c", "d")
    for n in range(200):
        moved = "bc"[n % 2]
        plan = apply(plan, move_cards(plan, [moved], "予定", "cb"[n % 2]))
        assert order(plan) == ["a", moved, "cb"[n % 2], "d"]


def test_cards_of_the_same_place_can_be_put_in_order() -> None:
    cards = [Initiative(id=id, position=1.0, stage="予定") for id in "abc"]
    plan = Plan(Profile(id="p", stages=("予定",)), initiatives=Table(cards))
    plan = apply(plan, move_cards(plan, ["c"], "予定", "b"))
    assert order(plan) == ["a", "c", "b"]


def test_the_label_tells_a_move_from_a_new_order() -> None:
    plan = plan_of_cards("a", "b")
    assert move_cards(plan, ["b"], "予定", "a").label == "並べ替え"
    assert move_cards(plan, ["b"], "完了").label == "段階を変更"
