"""The window started as a program of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage.plan_files import a_plan_file, overview

ROOT = Path(__file__).parents[3]
# What a double-click starts; it writes, saves and, once it is seen, ends by itself.
STARTED = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.edits.text import set_text
from storage.local_documents import LocalDocuments
from ui.desktop import program

class Documents(LocalDocuments):
    def open(self, path, way="edit"):
        document = super().open(path, way)
        plan = document.session.plan
        document.session.do(set_text(plan, next(iter(plan.initiatives)), "overview", "残る文"))
        assert document.save().state == "saved"
        return document

class Window(program.MainWindow):
    def show(self):
        super().show()
        QTimer.singleShot(0, QApplication.quit)

program.MainWindow = Window
sys.exit(program.run(Documents(), sys.argv[1]))
"""


@pytest.mark.skipif(os.name == "nt", reason="on Windows every name is text")
def test_a_plan_whose_name_is_no_text_is_opened(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path, os.fsdecode("計画.keikaku".encode("cp932")))
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", STARTED, str(path)]
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=60)
    assert ended.returncode == 0, ended.stderr.decode()
    assert overview(path) == "残る文"
