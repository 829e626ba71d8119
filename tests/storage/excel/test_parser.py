"""Workbooks are read with the safe parser, whatever else is installed."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_lxml_is_not_used_even_if_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "lxml").mkdir()
    (tmp_path / "lxml/__init__.py").touch()
    (tmp_path / "lxml/etree.py").write_text("LXML_VERSION = (9, 9, 9, 9)\n")
    names = ("lxml", "openpyxl", "defusedxml")
    code = f"import sys, storage.excel.grids; print([n in sys.modules for n in {names}])"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(tmp_path), "OPENPYXL_LXML": "True"},
        capture_output=True,
        encoding="utf-8",
    )
    assert ran.stdout == "[False, False, True]\n", ran.stderr
