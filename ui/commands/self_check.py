"""`keikaku --self-check`: the program tries itself on the sample, and leaves nothing behind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Final
from zipfile import ZipFile

from app.documents.order import Order
from app.documents.outputs import OUTPUTS
from app.documents.pages.drawing import no_progress
from app.edits.field import fill_in
from app.errors import KeikakuError
from resources import resource
from ui.documents import Documents
from ui.package import damaged_files, named, package_folder, sums
from ui.telling import tell

EXPECTED: Final = "self-check.sha256"
"""In the resources of the built program: what the source wrote where it was built, by SHA-256."""
DATED: Final = frozenset(output.key for output in OUTPUTS if output.is_dated)
"""The outputs that are not the same tomorrow: they bear the day."""
_LONGEST_S: Final = 60
_TEXT: Final = "動作確認で書いた文①㈱髙﨑"


def self_check(documents: Documents) -> Iterator[str]:
    """Try everything once; a sentence for each thing that went well, as soon as it has.

    Raises KeikakuError at the first that does not.
    """
    yield _files_are_whole()
    with _place_of_its_own() as folder:
        plan = edited_sample(documents, folder)
        yield "見本の計画を開き、編集し、保存して、開き直しました。"
        digests = exported(documents, plan, folder)
        yield f"PDF・Excelなど{len(digests)}種類を出力しました。{_compared(digests)}"
        yield _painted(documents, plan)
    yield "異常はありません。"


def edited_sample(documents: Documents, folder: Path) -> Path:
    """A plan file with the sample in it, edited, saved and read back. Raises KeikakuError."""
    path = folder / "見本.keikaku"
    documents.intake.import_sample(str(path))
    document = documents.open(str(path))
    try:
        session = document.session
        first = next(iter(session.plan.initiatives))
        session.do(fill_in(session.plan, first, "overview", _TEXT))
        edited, answer = session.plan, document.saving()()
    finally:
        document.close()
    if answer.state != "saved":
        raise KeikakuError(f"見本の計画を保存できません。{answer.message}")
    if documents.read(str(path)).plan != edited:
        raise KeikakuError("保存した見本の計画を開くと、内容が違います。")
    return path


def exported(documents: Documents, plan: Path, folder: Path) -> dict[str, str]:
    """SHA-256 of everything that can be written of a plan, by name. Raises KeikakuError."""
    content, digests = documents.read(str(plan)).plan, {}
    # Every sample is a plan of its own, and an Excel file says which plan it is of.
    content = replace(content, profile=replace(content.profile, id=_TEXT))
    for output in OUTPUTS:
        documents.export(Order(content, output), str(folder / output.key), no_progress)
        digests[output.key] = _digest(folder / output.key)
    return digests


def _digest(path: Path) -> str:
    """SHA-256 of what a file or folder says; a workbook also says when it was written."""
    if os.path.isdir(path):
        digests = (f"{file.name} {_digest(file)}" for file in sorted(path.iterdir()))
        return sha256("\n".join(digests).encode()).hexdigest()
    if path.suffix != ".xlsx":
        return sha256(path.read_bytes()).hexdigest()
    with ZipFile(path) as workbook:
        parts = [name for name in sorted(workbook.namelist()) if not name.startswith("docProps/")]
        return sha256(b"".join(workbook.read(part) for part in parts)).hexdigest()


def _files_are_whole() -> str:
    folder = package_folder()
    if folder is None:
        return "ソースから動いているため、プログラムのファイルは照合していません。"
    damaged = damaged_files(folder)
    if damaged:
        raise KeikakuError(
            f"プログラムのファイルが、ないか、作られたときと違います: {named(damaged)}。"
            "計画のファイルはそのままです。ウイルス対策ソフトが隔離していないか確かめて、"
            "配布されたZIPをもう一度展開してください。"
        )
    return "プログラムのファイルは、すべて作られたときのままです。"


def _compared(digests: dict[str, str]) -> str:

    list_file = resource(EXPECTED)
    if not os.path.exists(list_file):
        return ""
    expected = sums(list_file.read_text(encoding="utf-8"))
    different = [name for name, digest in expected.items() if digests.get(name) != digest]
    if different:
        raise KeikakuError(
            f"出力した内容が、プログラムを作ったときと違います: {named(different)}。"
            "計画のファイルはそのままです。管理者に知らせてください。"
        )
    return f"{len(expected)}種類は、作ったときと1バイトも違いません。"


def _painted(documents: Documents, plan: Path) -> str:
    # Read when Qt starts: no window may appear on whatever screen there is.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.desktop.first_paint import paint_once

    # A question that nobody sees must not wait for an answer for ever.
    watch = Timer(_LONGEST_S, _give_up)
    watch.daemon = True
    watch.start()
    try:
        return paint_once(documents, str(plan))
    finally:
        watch.cancel()


def _give_up() -> None:
    tell(f"画面を開きましたが、{_LONGEST_S}秒たっても終わりません。管理者に知らせてください。")
    os._exit(2)


@contextmanager
def _place_of_its_own() -> Iterator[Path]:
    """A folder for the sample and for what the program keeps, instead of the user's own."""
    home = os.environ.get("KEIKAKU_HOME")
    with TemporaryDirectory(prefix="keikaku-") as folder:
        os.environ["KEIKAKU_HOME"] = str(Path(folder) / "home")
        try:
            yield Path(folder)
        finally:
            del os.environ["KEIKAKU_HOME"]
            os.environ |= {} if home is None else {"KEIKAKU_HOME": home}
