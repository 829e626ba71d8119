"""What a merge left open is listed and settled at the command line."""

from pathlib import Path

import pytest

from storage.document.workspace import read_document
from tests.storage.plan_files import CARD
from tests.ui.command_line import CommandLine


@pytest.fixture
def merged(command_line: CommandLine, plan: Path) -> Path:
    """A plan with two open conflicts: an overview, and a status that one side emptied."""
    part = command_line.folder / "住民課.keikaku"
    command_line.done("issue", plan, part, "--department", "住民課")
    for path, text, status in ((plan, "・計画の文", "着手中"), (part, "・課の文", "")):
        command_line.done("set", path, CARD, "overview", text)
        command_line.done("set", path, CARD, "status", status)
    assert command_line.run("merge", plan, part).code == 1
    return plan


def open_ones(path: Path) -> dict[str, int]:
    kept = [kept for kept in read_document(path).conflicts if kept.decision is None]
    return {one.conflict.field: one.number for one in kept}


def test_a_listed_conflict_is_settled_and_asked_no_more(
    command_line: CommandLine, merged: Path
) -> None:
    number = open_ones(merged)["texts.overview"]
    listed = command_line.done("decide", merged)
    assert f"項目{number}\n" in listed
    assert "  相手: ・課の文" in listed
    command_line.done("decide", merged, str(number), "--theirs")
    assert "・課の文" in command_line.done("show", merged, CARD)
    assert "項目は1件です" in command_line.done("decide", merged)
    assert f"番号{number}はありません" in command_line.refused(
        "decide", merged, str(number), "--ours"
    )
    part = command_line.folder / "住民課.keikaku"
    command_line.run("merge", merged, part)
    assert "texts.overview" not in open_ones(merged)


def test_our_own_text_or_a_third_one(command_line: CommandLine, merged: Path) -> None:
    numbers = open_ones(merged)
    command_line.done("decide", merged, str(numbers["status"]), "--ours")
    command_line.done(
        "decide", merged, str(numbers["texts.overview"]), "--text", "・合わせた\x0b文"
    )
    card = read_document(merged).plan.initiatives[CARD]
    assert (card.status, card.texts["overview"]) == ("着手中", "・合わせた\n文")
    assert open_ones(merged) == {}
    command_line.done("undo", merged)
    assert "・計画の文" in command_line.done("show", merged, CARD)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("99", "--ours"), "番号99はありません"),
        (("1",), "どれか一つを指定"),
        (("1", "--ours", "--text", "x"), "どれか一つを指定"),
        (("--theirs",), "番号を指定"),
        (("一", "--ours"), "書き方が正しくありません"),
    ],
)
def test_a_wrong_decision_is_refused(
    command_line: CommandLine, merged: Path, words: tuple[str, ...], told: str
) -> None:
    assert told in command_line.refused("decide", merged, *words)


def test_what_is_no_text_is_not_typed(command_line: CommandLine, merged: Path) -> None:
    number = str(open_ones(merged)["status"])
    assert "文ではない" in command_line.refused("decide", merged, number, "--text", "検討中")
