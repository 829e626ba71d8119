"""The commands, as a person at a terminal meets them."""

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.documents import waiting
from app.plan.plan import Plan
from storage import safe_io
from tests.storage.plan_files import CARD
from tests.storage.plan_json import (
    REAL,
    as_file,
    needs_real_plans,
    small_plan,
    without_identity,
    without_stages,
)
from tests.ui.command_line import CommandLine
from ui.commands import showing

ROOT = Path(__file__).parents[2]
FULL = Path("/dev/full")
SECOND = "7e5bd2a8-0000-4000-8000-000000000002"


def process(*words: str | Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a program of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | settings
    command = [sys.executable, "-m", "ui", *map(str, words)]
    return subprocess.run(command, capture_output=True, env=environment, cwd=ROOT)


@needs_real_plans
@pytest.mark.parametrize("source", REAL, ids=lambda path: path.stem)
def test_a_real_plan_goes_through_the_file_unchanged(
    command_line: CommandLine, source: Path
) -> None:
    plan, out = command_line.folder / "計画.keikaku", command_line.folder / "出力.json"
    report = command_line.done("import", source, plan)
    command_line.done("export", plan, out)
    ids = {initiative["id"] for initiative in json.loads(source.read_bytes())["initiatives"]}
    assert without_stages(without_identity(out.read_bytes()), ids) == source.read_bytes()
    assert report.count(" → ") == len(ids)


def test_import_says_which_cards_were_placed(command_line: CommandLine) -> None:
    source = command_line.folder / "計画.json"
    document = small_plan()
    document["initiatives"][0]["name"] = "窓\x07口"
    source.write_text(json.dumps(document), encoding="utf-8")
    report = command_line.done("import", source, command_line.folder / "計画.keikaku")
    assert "取組2件を" in report
    assert "取組1件目（No.1-1）の「name」の使えない文字1字を" in report
    assert "No.1-1「窓口」 → 評価・見直し" in report
    assert "「オンライン申請」 → 8年間で取り組むこと" in report


def test_import_replaces_a_file_only_when_told_to(command_line: CommandLine, plan: Path) -> None:
    source = command_line.folder / "計画.json"
    command_line.done("set", plan, "1-1", "overview", "・別の文")
    assert "--force" in command_line.refused("import", source, plan)
    command_line.done("import", source, plan, "--force")
    assert "・別の文" not in command_line.done("show", plan, "1-1")
    assert command_line.done("log", plan).count("\n") == 1


def test_a_wrong_file_makes_no_plan(command_line: CommandLine) -> None:
    source = command_line.folder / "計画.json"
    document = small_plan()
    document["initiatives"][0]["years"][1]["fiscal_year"] = "令和7"
    source.write_bytes(as_file(document))
    refusal = command_line.refused("import", source, command_line.folder / "計画.keikaku")
    assert "取組1件目（No.1-1）の「years」2件目の「fiscal_year」が、数ではありません" in refusal


@pytest.mark.parametrize("name", ["計画.json", "計画", "計画.xlsx"])
def test_a_plan_file_is_never_made_under_another_ending(
    command_line: CommandLine, name: str
) -> None:
    source = command_line.folder / "元.json"
    source.write_bytes(as_file(small_plan()))
    refusal = command_line.refused("import", source, command_line.folder / name, "--force")
    assert ".keikaku で終わる" in refusal


def test_show_lists_the_initiatives(command_line: CommandLine, plan: Path) -> None:
    lines = command_line.done("show", plan).splitlines()
    assert lines[0] == "みなと町 デジタル計画"
    assert "  評価・見直し: 1件" in lines
    assert lines[-2:] == [
        f"1-1\t評価・見直し\t待たない窓口\t住民課\t{CARD}",
        f"－\t8年間で取り組むこと\tオンライン申請\t\t{SECOND}",
    ]


def test_show_gives_every_text_of_an_initiative(command_line: CommandLine, plan: Path) -> None:
    shown = command_line.done("show", plan, "1-1")
    for text in (
        "待たない窓口\n（窓口予約）", "【担当課】 departments\n住民課", "R6年5月から",
        "【事業概要】 overview\n・予約を**スマホ**で受ける", "【令和6年度 実施年度の印】",
        "【令和6年度 取組事項（KPI）】 actions --year 2024\n・始める", "令和7年度末\n待ち時間5分",
        "再掲: 子育て 2-1", "区分: 暮らし ＞ 窓口",
    ):  # fmt: skip
        assert text in shown


def test_reading_changes_nothing(command_line: CommandLine, plan: Path) -> None:
    before = plan.read_bytes(), plan.stat().st_mtime_ns
    command_line.done("show", plan)
    command_line.done("log", plan)
    command_line.done("export", plan, command_line.folder / "出力.json")
    assert (plan.read_bytes(), plan.stat().st_mtime_ns) == before


def test_a_year_outside_the_plan_is_taken_and_told(command_line: CommandLine, plan: Path) -> None:
    ran = command_line.run("set", plan, "1-1", "actions", "・続ける", "--year", "R20")
    assert "令和20年度は、計画の期間（令和6年度（2024年度）～令和9年度（2027年度））の外" in ran.err
    assert "書きかえました" in ran.out
    assert command_line.run("set", plan, "1-1", "actions", "・続ける", "--year", "R9").err == ""


def test_set_and_undo(command_line: CommandLine, plan: Path) -> None:
    before = command_line.done("show", plan, "1-1")
    command_line.done("set", plan, "1-1", "overview", "・始める\n・続ける")
    command_line.done("set", plan, "No.１－１", "actions", "-5%の削減", "--year", "R7")
    shown = command_line.done("show", plan, CARD)
    assert "・始める\n・続ける" in shown
    assert "【令和7年度 取組事項（KPI）】 actions --year 2025\n-5%の削減" in shown
    log = command_line.done("log", plan).splitlines()
    assert [line.split("\t")[3] for line in log] == ["開始", "編集", "編集"]
    assert (
        "No.1-1「待たない窓口」の事業概要「・予約を**スマホ**で受ける」→「・始める ・続ける」"
        in log[1]
    )
    assert "令和7年度の記入を元に戻しました" in command_line.done("undo", plan)
    command_line.done("undo", plan)
    assert command_line.done("show", plan, "1-1") == before
    assert "元に戻せる変更はありません" in command_line.refused("undo", plan)


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("name", "窓口\n（予約）", "【事業名】 name\n窓口\n（予約）"),
        ("departments", "住民課、 税務課\n", "【担当課】 departments\n住民課\n税務課"),
        (
            "desired_states",
            "早く、楽に\n近く",
            "【達成すべき状態】 desired_states\n早く、楽に\n近く",
        ),
        ("stage", "完了", "【段階】 stage\n完了"),
        ("status", "着手中", "【現状】 status\n着手中"),
        ("status_note", "来年から", "来年から"),
        ("new_label", "新規掲載", "新規掲載"),
        ("number", "9", "No.9「待たない窓口」"),
        ("final_goals", "・終える", "【達成目標】 final_goals\n・終える"),
    ],
)
def test_every_field_of_the_form_can_be_set(
    command_line: CommandLine, plan: Path, field: str, text: str, shown: str
) -> None:
    command_line.done("set", plan, "1-1", field, text)
    assert shown in command_line.done("show", plan, CARD)


@pytest.mark.parametrize(
    ("year", "field", "text", "shown"),
    [
        ("2025", "mark", "continue", "【令和7年度 実施年度の印】 mark --year 2025\ncontinue"),
        (
            "令和8年度",
            "goals",
            "・終える",
            "【令和8年度 年次目標（KGI）】 goals --year 2026\n・終える",
        ),
    ],
)
def test_every_field_of_a_year_can_be_set(
    command_line: CommandLine, plan: Path, year: str, field: str, text: str, shown: str
) -> None:
    command_line.done("set", plan, "1-1", field, text, "--year", year)
    assert shown in command_line.done("show", plan, CARD)


def test_a_field_may_be_called_as_the_form_prints_it(command_line: CommandLine, plan: Path) -> None:
    for field in ("事業概要", "【事業概要】"):
        said = command_line.done("set", plan, "1-1", field, f"・{field}の文")
        assert "の事業概要を書きかえました。" in said
        assert f"・{field}の文" in command_line.done("show", plan, CARD)
    command_line.done("set", plan, "1-1", "年次目標（KGI）", "・終える", "--year", "R8")
    assert "goals --year 2026\n・終える" in command_line.done("show", plan, CARD)


def test_a_field_that_is_refused_is_told_each_other_field_once(
    command_line: CommandLine, plan: Path
) -> None:
    told = command_line.refused("set", plan, "1-1", "nope", "x")
    fields = told.partition("使える欄: ")[2].strip().split("、")
    assert len(fields) == len(set(fields))
    assert "overview" in fields
    assert "pillars" not in fields


def test_an_emptied_field_is_empty(command_line: CommandLine, plan: Path) -> None:
    for field in ("status", "departments", "overview"):
        command_line.done("set", plan, "1-1", field, "")
    out = command_line.folder / "出力.json"
    command_line.done("export", plan, out)
    first = json.loads(out.read_bytes())["initiatives"][0]
    assert (first["status"], first["departments"], first["texts"]["overview"]) == (None, [], "")


def test_what_is_there_already_is_no_edit(command_line: CommandLine, plan: Path) -> None:
    said = command_line.done("set", plan, "1-1", "background", "")
    assert "もともと同じ内容" in said
    assert command_line.done("log", plan).count("\n") == 1


def test_text_comes_from_standard_input_and_is_cleaned(
    command_line: CommandLine, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = "・始める\x0b続き\r\n・𠮷野\x00\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
    said = command_line.done("set", plan, "1-1", "overview", "-")
    assert "使えない文字2字" in said
    assert "【事業概要】 overview\n・始める\n続き\n・𠮷野\n\n【" in command_line.done(
        "show", plan, CARD
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nope", "x"), "「nope」という欄はありません"),
        (("categories", "p1-2"), "「categories」という欄はありません"),
        (("actions", "x"), "「actions」は年度ごとの欄です"),
        (("pillars", "x"), "「pillars」という欄はありません"),
        (("overview", "x", "--year", "2024"), "使える欄: mark、label、actions、goals"),
        (("stage", "保留"), "次から選んでください: 8年間で取り組むこと、"),
        (("stage", ""), "次から選んでください"),
        (("status", "検討中"), "次から選んでください: 調査・研究中、着手中、運用中"),
        (("actions", "x", "--year", "20"), "「20」は年度ではありません"),
        (("actions", "x", "--year", "1700"), "1700年度は扱えません"),
    ],
)
def test_a_wrong_field_is_refused(
    command_line: CommandLine, plan: Path, words: tuple[str, ...], told: str
) -> None:
    assert told in command_line.refused("set", plan, "1-1", *words)


def test_a_number_that_repeats_lists_who_has_it(command_line: CommandLine, plan: Path) -> None:
    command_line.done("set", plan, SECOND, "number", "1-1")
    for words in (("show", plan, "1-1"), ("set", plan, "1-1", "overview", "x"),
                  ("export", plan, command_line.folder / "出力.pdf", "--only", "1-1")):  # fmt: skip
        refusal = command_line.refused(*words)
        assert f"{CARD}（待たない窓口）、{SECOND}（オンライン申請）" in refusal


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "計画.keikaku", "9-9"), "「9-9」という番号またはid"),
        (("show", "ない.keikaku"), "見つからない"),
        (("show", "."), "フォルダーです"),
        (("show", "計画.json"), "計画のファイルではありません"),
        (("export", "計画.keikaku", "出力.doc"), "使える指定: 個票（PDF）はsheets .pdf"),
        (("export", "計画.keikaku", "出力"), "拡張子なし"),
        (("export", "計画.keikaku", "出力.json", "--what", "sheets"), "出力できません"),
        (("export", "計画.keikaku", "出力.json", "--only", "1-1"), "計画の全体"),
        (("export", "計画.keikaku", "出力.pdf", "1-1"), "余分です"),
        (("export", "計画.keikaku", "ない/出力.json"), "見つからない"),
        (("import", "ない.json", "新.keikaku"), "見つからない"),
        (("import", ".", "新.keikaku"), "フォルダーです"),
        (("import", "計画.json", "ない/新.keikaku"), "見つからない"),
        (("set",), "「計画.keikaku」が足りません"),
        (("set", "計画.keikaku", "1-1"), "「欄」が足りません"),
        (("set", "計画.keikaku", "1-1", "name", "x", "y"), "余分な言葉"),
        (("show", "計画.keikaku", "--all"), "「--all」という指定はありません"),
        (("export", "計画.keikaku", "出力.pdf", "--only"), "「--only」の使い方"),
        (("renumber", "計画.keikaku", "--scheme", "zz"), "category、pillar、straight のどれか"),
        (("nope",), "「nope」という命令も計画のファイルもありません"),
        (("ない.keikaku",), "「ない.keikaku」が見つかりません"),
        (("--nope",), "「--nope」という指定はありません"),
        (("あ" * 100,), "という命令も計画のファイルもありません"),
        (("あ" * 100 + ".keikaku",), "見つかりません"),
        (("show", "あ" * 100 + ".keikaku"), "名前が長すぎる"),
        (("set", "あ" * 100 + ".keikaku", "1-1", "name", "x"), "名前が長すぎる"),
        (("import", "計画.json", "あ" * 100 + ".keikaku"), "名前が長すぎる"),
        (("import", "計画.json", "あ" * 100 + ".keikaku", "--force"), "名前が長すぎる"),
        (("export", "計画.keikaku", "あ" * 100 + ".pdf"), "名前が長すぎる"),
        (
            ("issue", "計画.keikaku", "あ" * 100 + ".keikaku", "--department", "住民課"),
            "名前が長すぎる",
        ),
        (("restore", "計画.keikaku", "あ" * 100), "見つかりません"),
    ],
)
def test_every_mistake_gets_one_sentence(
    command_line: CommandLine,
    plan: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(command_line.folder)
    assert told in command_line.refused(*words)


@pytest.mark.parametrize("words", [("show",), ("set", "1-1", "name", "x"), ("log",), ("undo",)])
def test_a_folder_that_lets_nobody_look_is_told(
    command_line: CommandLine, plan: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    def closed(call: Callable[..., object], *args: object, **kwargs: object) -> object:
        if args and isinstance(args[0], Path) and args[0].parent == plan.parent:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return call(*args, **kwargs)

    monkeypatch.setattr(safe_io, "operate", closed)
    refusal = command_line.refused(words[0], plan, *words[1:])
    assert "許可されていない" in refusal
    assert "「計画.keikaku」" in refusal


def test_export_replaces_a_file_whole(command_line: CommandLine, plan: Path) -> None:
    out = command_line.folder / "出力.JSON"
    out.write_bytes(b"old")
    command_line.done("export", plan, out)
    assert json.loads(out.read_bytes())["format"] == "keikaku-plan"


def test_export_tells_that_many_sheets_take_long(
    command_line: CommandLine, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_QUICK_SHEETS", 1)
    ran = command_line.run("export", plan, command_line.folder / "個票.xlsx")
    assert ran.code == 0
    assert "数分かかる" in ran.err
    command_line.done("export", plan, command_line.folder / "個票.pdf")


def test_the_sample_is_a_plan(command_line: CommandLine) -> None:
    target = command_line.folder / "見本.keikaku"
    command_line.done("sample", target)
    assert len(command_line.done("show", target).splitlines()) > 24
    assert "--force" in command_line.refused("sample", target)


def test_without_a_display_no_window_is_tried(
    command_line: CommandLine, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "画面がないため" in command_line.refused()
    assert "画面がないため" in command_line.refused(plan)


def test_a_fault_of_the_program_is_told_without_a_traceback(
    command_line: CommandLine, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(plan: Plan) -> list[str]:
        raise ZeroDivisionError("秘密の文")

    monkeypatch.setattr(showing, "plan_lines", broken)
    ran = command_line.run("show", plan)
    assert (ran.code, ran.out) == (2, "")
    assert "プログラムの不具合" in ran.err
    assert "秘密の文" not in ran.err
    assert ran.err.count("\n") == 1


def test_help_is_in_japanese(command_line: CommandLine) -> None:
    for words in ((), ("export",), ("set",), ("import",)):
        shown = command_line.done(*words, "--help")
        assert shown.startswith("使い方: keikaku")
        assert not any(word in shown for word in ("Usage", "Options", "Show", "OPTIONS"))
    assert command_line.done("--version").startswith("計画カンバン ")


def test_whoever_stops_reading_early_is_no_error(plan: Path) -> None:
    command = f'"{sys.executable}" -m ui show "{plan}" | true; echo "${{PIPESTATUS[0]}}"'
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run(["bash", "-c", command], capture_output=True, env=environment)
    assert (ran.stdout, ran.stderr) == (b"0\n", b"")


needs_full_device = pytest.mark.skipif(not FULL.exists(), reason="no full device here")


def to_full_device(*words: str | Path, stream: str = "stdout") -> subprocess.CompletedProcess[str]:
    """Run a command one of whose outputs takes nothing."""
    # Unbuffered output fails where it is written; usually it fails later, up to while exiting.
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-m", "ui", *map(str, words)]
    with FULL.open("w") as full:
        outputs = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: full}
        return subprocess.run(command, encoding="utf-8", env=buffered, cwd=ROOT, **outputs)


@needs_full_device
def test_an_edit_whose_answer_cannot_be_shown_is_not_called_undone(plan: Path) -> None:
    ran = to_full_device("set", plan, "1-1", "overview", "残る文")
    assert ran.returncode == 2
    assert "表示できませんでした" in ran.stderr
    assert "元のまま" not in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert "残る文" in process("show", plan, "1-1").stdout.decode()


@needs_full_device
@pytest.mark.parametrize("words", [["--help"], ["export", "--help"], ["--version"], ["forms"]])
def test_what_cannot_be_shown_is_told_in_one_sentence(words: list[str]) -> None:
    ran = to_full_device(*words)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert "表示できませんでした" in ran.stderr


@needs_full_device
def test_where_not_even_an_error_can_be_told_the_exit_code_tells_it(plan: Path) -> None:
    ran = to_full_device("set", plan, "9-9", "overview", "文", stream="stderr")
    assert (ran.returncode, ran.stdout) == (2, "")


def test_a_terminal_that_lacks_a_character_shows_its_code(plan: Path) -> None:
    process("set", plan, "1-1", "overview", "𠮷野")
    ran = process("show", plan, "1-1", PYTHONIOENCODING="cp932")
    assert ran.returncode == 0
    shown = ran.stdout.decode("cp932")
    assert "\\U00020bb7野" in shown
    assert "待たない窓口" in shown


@pytest.mark.parametrize(
    ("words", "heavy"),
    [
        (("show",), ("PySide6", "xlsxwriter", "defusedxml", "reportlab", "sqlite_utils")),
        (("set", "1-1", "name", "x"), ("PySide6", "xlsxwriter", "defusedxml", "reportlab")),
    ],
)
def test_no_command_loads_what_it_does_not_need(
    plan: Path, words: tuple[str, ...], heavy: tuple[str, ...]
) -> None:
    command = [words[0], str(plan), *words[1:]]
    code = f"import sys; from ui.cli import main; main({command}); print(*sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment)
    loaded = ran.stdout.decode().splitlines()[-1].split()
    assert "click" in loaded
    assert not set(heavy) & set(loaded)


def test_a_copy_that_is_not_there_is_told(command_line: CommandLine, plan: Path) -> None:
    before = plan.read_bytes()
    assert "控え「ない控え」が見つかりません" in command_line.refused("restore", plan, "ない控え")
    assert plan.read_bytes() == before
