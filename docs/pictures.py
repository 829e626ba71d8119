"""Make the pictures of the documents and of the manual from the running program.

`python -m docs.pictures` makes them all anew.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pypdfium2

from docs.manual_pictures import take_all
from resources import resource
from storage.document.local_document import LocalDocument
from storage.local_documents import LocalDocuments
from ui.desktop.main_window import MainWindow
from ui.desktop.program import make_application
from ui.desktop.theme import dress

DOCS = Path(__file__).resolve().parent
# A sheet of each form: the sample it is of, the initiative, the picture.
SHEETS = (
    ("sample.json", ("--only", "4-1"), "sheet.png"),
    ("kashima.json", ("--only", "1"), "sheet-kashima.png"),
    ("kaminoyama.json", (), "sheet-kaminoyama.png"),
)
DPI = 110


def main() -> None:
    """Write the pictures beside this file."""
    with TemporaryDirectory() as folder:
        os.environ |= {"KEIKAKU_HOME": folder, "QT_QPA_PLATFORM": "offscreen"}
        for sample, only, picture in SHEETS:
            plan, sheet = Path(folder, sample).with_suffix(".keikaku"), Path(folder, "個票.pdf")
            keikaku("import", resource(f"sample/{sample}"), plan)
            keikaku("export", plan, sheet, *only)
            draw_sheet(sheet, DOCS / picture)
        keikaku("sample", Path(folder, "実施計画.keikaku"))
        draw_board(str(Path(folder, "実施計画.keikaku")), DOCS / "board.png")
        Path(folder, "manual").mkdir()
        take_all(Path(folder, "manual"))


def keikaku(*words: str | Path) -> None:
    """Run the command line."""
    subprocess.run([sys.executable, "-m", "ui", *words], cwd=DOCS.parent, check=True)


def draw_sheet(pdf: Path, picture: Path) -> None:
    """The first page of a PDF as a picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=DPI / 72).to_pil()
        page.quantize(64).save(picture, optimize=True)


def draw_board(plan: str, picture: Path) -> None:
    """The window at its usual size, with the plan open on the board."""
    application = make_application(sys.argv[:1])
    window = MainWindow(LocalDocuments(), dress())
    window.resize(1366, 768)
    # The status line shows where such a file lies, not a folder for a minute.
    with patch.object(LocalDocument, "path", "S:\\情報政策課\\計画\\実施計画.keikaku"):
        window.open(plan)
    window.show()
    application.processEvents()
    window.grab().save(str(picture))
    window.close()


if __name__ == "__main__":
    main()
