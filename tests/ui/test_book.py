"""The printed plan, as a person at a terminal asks for it."""

import json
from pathlib import Path

import pytest

from tests.storage.printed import Printed, joined
from tests.ui.command_line import CommandLine


def document(command_line: CommandLine, plan: Path) -> dict[str, object]:
    out = command_line.folder / "出力.json"
    command_line.done("export", plan, out)
    loaded: dict[str, object] = json.loads(out.read_bytes())
    return loaded


def numbers(command_line: CommandLine, plan: Path) -> list[object]:
    return [i["number"] for i in document(command_line, plan)["initiatives"]]  # type: ignore[attr-defined]


def test_renumbering_is_previewed_done_and_undone(command_line: CommandLine, plan: Path) -> None:
    before = numbers(command_line, plan)
    seen = command_line.done("renumber", plan, "--scheme", "straight", "--preview")
    assert "1-1 → 1　待たない窓口" in seen
    assert "まだ変えていません" in seen
    assert numbers(command_line, plan) == before
    command_line.done("renumber", plan, "--scheme", "straight")
    assert numbers(command_line, plan) == ["1", "2"]
    command_line.done("undo", plan)
    assert numbers(command_line, plan) == before


def test_the_texts_of_the_book_are_shown_and_written(command_line: CommandLine, plan: Path) -> None:
    assert "取組は2件" in command_line.done("text", plan)
    command_line.done("text", plan, "preface", "ごあいさつ")
    assert command_line.done("text", plan, "preface") == "【はじめに】 preface\nごあいさつ\n"
    command_line.done("text", plan, "preface", "--default")
    assert "取組は2件" in command_line.done("text", plan, "preface")
    assert "はじめに" in command_line.refused("text", plan, "prefase", "x")


@pytest.mark.parametrize("what", ["book", "index", "board"])
def test_documents_are_written_as_pdf(command_line: CommandLine, plan: Path, what: str) -> None:
    out = command_line.folder / f"{what}.pdf"
    command_line.done("export", plan, out, "--what", what)
    with Printed(out.read_bytes()) as printed:
        assert any("待たない窓口" in joined(text) for text in printed.texts)


def test_a_list_holds_the_chosen_columns(command_line: CommandLine, plan: Path) -> None:
    out = command_line.folder / "一覧.csv"
    command_line.done("export", plan, out, "--columns", "番号、取組名", "--encoding", "cp932")
    first, second = out.read_bytes().decode("cp932").splitlines()[:2]
    assert first == "番号,取組名,副題"
    assert second == "1-1,待たない窓口,（窓口予約）"
    assert "担当課" in command_line.refused("export", plan, out, "--columns", "課")


def test_a_book_is_of_the_whole_plan(command_line: CommandLine, plan: Path) -> None:
    target = command_line.folder / "冊子.pdf"
    told = command_line.refused("export", plan, target, "--what", "book", "--only", "1-1")
    assert "計画の全体" in told


def test_what_no_font_has_is_told_in_the_words_of_the_form(command_line: CommandLine) -> None:
    plan, card = command_line.folder / "見本.keikaku", "4-1"
    command_line.done("sample", plan)
    command_line.done("set", plan, card, "overview", "・\ue000")
    ran = command_line.run("export", plan, command_line.folder / "個票.pdf", "--only", card)
    assert ran.code == 0
    assert "U+E000" in ran.err
    assert "の事業概要）。" in ran.err
    assert "overview" not in ran.err
