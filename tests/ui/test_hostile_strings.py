"""What people paste goes through edit, save, Excel and PDF: nothing breaks, no text is changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.plan.plain_text import cleaned
from storage.workspace import read_document

ROOT = Path(__file__).parents[2]
STRINGS = {
    "formula": '=HYPERLINK("http://example.invalid","a")&cmd|\'/c calc\'!A1',
    "markup": "<b>太字</b> <img src='/etc/passwd'/> <para> & &amp; ]]> <!-- {{x}}",
    "control": "前\x00中\x0b後\x1b[31m\x7f",
    "unpaired": "半分\ud83dの字",
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


@pytest.mark.parametrize("name", STRINGS)
def test_it_comes_out_as_it_went_in(tmp_path: Path, name: str) -> None:
    home, plan = tmp_path / "PC", tmp_path / "計画.keikaku"
    assert keikaku(home, "sample", str(plan)).returncode == 0
    card = next(iter(read_document(plan).plan.initiatives))
    before = read_document(plan)
    data = STRINGS[name].encode("utf-8", "surrogatepass")
    told = keikaku(home, "set", str(plan), card, "overview", "-", text=data)
    if told.returncode:
        # Half a character is no text: it is refused in a sentence, and nothing changes.
        assert name == "unpaired"
        assert (told.returncode, len(told.stderr.splitlines())) == (2, 1)
        assert read_document(plan) == before
        return
    text = read_document(plan).plan.initiatives[card].texts["overview"]
    assert text == cleaned(STRINGS[name])[0]
    for suffix in ("xlsx", "pdf", "csv", "json"):
        target = tmp_path / f"個票.{suffix}"
        extra = ["--what", "list"] if suffix == "csv" else []
        only = ["--only", card] if suffix in ("xlsx", "pdf") else []
        ended = keikaku(home, "export", str(plan), str(target), *extra, *only)
        assert ended.returncode == 0 or len(ended.stderr.splitlines()) == 1, ended.stderr
        assert target.exists() == (ended.returncode == 0)
    cells = [
        cell
        for sheet in load_workbook(tmp_path / "個票.xlsx")
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert all(cell.data_type != "f" for cell in cells)
    written = "".join(str(cell.value) for cell in cells if cell.value is not None)
    assert text[:200].splitlines()[0] in written
