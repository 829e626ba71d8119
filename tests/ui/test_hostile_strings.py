"""What people paste goes through edit, save, Excel and PDF: nothing breaks, no text is changed."""

import os
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

from app.plan.texts.plain_text import cleaned
from storage.document.workspace import read_document

ROOT = Path(__file__).parents[2]
STRINGS = {
    "formula": '=HYPERLINK("http://example.invalid","a")&cmd|\'/c calc\'!A1',
    "markup": "<b>太字</b> <img src='/etc/passwd'/> <para> & &amp; ]]> <!-- {{x}}",
    "control": "前\x00中\x0b後\x1b[31m\x7f",
    "beyond": "𠮷野家 葛\U000e0100飾区 が か\u3099 👨‍👩‍👧 \u202e逆\ufffe",
    "sql": "'; DROP TABLE initiative; -- \" \\ %s {0} $(rm)",
    "long": "長い文。" * 10_000,
}


def keikaku(
    home: Path, *words: str, text: bytes | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *words],
        cwd=ROOT,
        env=os.environ | {"KEIKAKU_HOME": str(home), "PYTHONUTF8": "1"},
        input=text.decode("utf-8", "surrogatepass") if text else None,
        capture_output=True,
        encoding="utf-8",
        errors="surrogatepass",
    )


def test_they_come_out_as_they_went_in(tmp_path: Path) -> None:
    home, plan = tmp_path / "PC", tmp_path / "計画.keikaku"
    assert keikaku(home, "sample", str(plan)).returncode == 0
    cards = dict(zip(STRINGS, read_document(plan).plan.initiatives, strict=False))
    for name, card in cards.items():
        data = STRINGS[name].encode("utf-8")
        assert keikaku(home, "set", str(plan), card, "overview", "-", text=data).returncode == 0
    found = read_document(plan).plan.initiatives
    texts = {name: found[card].texts["overview"] for name, card in cards.items()}
    assert texts == {name: cleaned(text)[0] for name, text in STRINGS.items()}
    for suffix in ("xlsx", "pdf", "csv", "json"):
        target = tmp_path / f"個票.{suffix}"
        extra = ["--what", "list"] if suffix == "csv" else []
        only = [word for card in cards.values() for word in ("--only", card)]
        chosen = only if suffix in ("xlsx", "pdf") else []
        ended = keikaku(home, "export", str(plan), str(target), *extra, *chosen)
        assert (ended.returncode, target.exists()) == (0, True), ended.stderr
    cells = [
        cell
        for sheet in load_workbook(tmp_path / "個票.xlsx")
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert all(cell.data_type != "f" for cell in cells)
    written = "".join(str(cell.value) for cell in cells if cell.value is not None)
    assert [name for name, text in texts.items() if text[:200].splitlines()[0] not in written] == []


def test_half_a_character_is_refused_in_a_sentence_and_nothing_changes(tmp_path: Path) -> None:
    home, plan = tmp_path / "PC", tmp_path / "計画.keikaku"
    assert keikaku(home, "sample", str(plan)).returncode == 0
    before = read_document(plan)
    data = "半分\ud83dの字".encode("utf-8", "surrogatepass")
    told = keikaku(
        home, "set", str(plan), next(iter(before.plan.initiatives)), "overview", "-", text=data
    )
    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1)
    assert read_document(plan) == before
