"""Make the manual as PDF and HTML from the chapters of the program: `python -m docs.manual OUT`.

`python -m docs.pictures` takes its pictures anew from the running program.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

NAME = "計画カンバン_使い方"


def main(out: Path) -> None:
    """Write both forms into a folder."""
    with TemporaryDirectory() as home:
        os.environ |= {"KEIKAKU_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        from docs.manual_html import manual_html
        from docs.manual_pdf import manual_pdf
        from docs.manual_source import chapters_of
        from storage.local_documents import LocalDocuments
        from storage.safe_io import write_bytes
        from ui.desktop.main_window import MainWindow
        from ui.desktop.program import make_application
        from ui.desktop.theme import dress

        application = make_application(sys.argv[:1])
        window = MainWindow(LocalDocuments(), dress())
        window.actions_of_window.open_sample.trigger()
        chapters = chapters_of(window)
        out.mkdir(parents=True, exist_ok=True)
        write_bytes(out / f"{NAME}.html", manual_html(chapters).encode())
        write_bytes(out / f"{NAME}.pdf", manual_pdf(chapters))
        window.close()
        application.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
