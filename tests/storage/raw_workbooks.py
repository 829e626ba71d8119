"""Exported workbooks as parts, changed as text: what no library would write but Excel opens."""

import io
import re
import zipfile
from pathlib import Path

from app.forms.reading import Comparison
from app.plan.plan import Plan
from storage.excel.writing.sheet_writer import workbook_bytes
from storage.form_files import form_for
from tests.storage.workbooks import FONTS, compared, exported

SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
Parts = dict[str, bytes]


def parts_of(data: bytes) -> Parts:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def issued(plan: Plan) -> Parts:
    """The parts of the sheets of a plan."""
    return parts_of(exported(plan))


def issued_of(plan: Plan, *ids: str) -> Parts:
    """The parts of the sheets of some initiatives."""
    cards = [plan.initiatives[id] for id in ids]
    return parts_of(workbook_bytes(form_for(plan), plan, cards, FONTS))


def packed(parts: Parts) -> bytes:
    """Parts as a workbook."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def said(plan: Plan, parts: Parts, folder: Path) -> Comparison:
    """What the parts say against the plan."""
    return compared(plan, packed(parts), folder)


def with_cell(
    parts: Parts, text: str, inner: str, kind: str = "inlineStr", style: int | None = None
) -> Parts:
    """Another content in the cell of the first sheet that holds `text`, partly bold or not."""
    sheet = parts[SHEET].decode()
    pattern = r'<c r="([A-Z]+\d+)"([^>]*) t="inlineStr"><is>((?:(?!</is>).)*)</is></c>'
    for found in re.finditer(pattern, sheet, re.DOTALL):
        if "".join(re.findall(r"<t[^>]*>([^<]*)</t>", found[3])) == text:
            look = found[2] if style is None else f' s="{style}"'
            cell = f'<c r="{found[1]}"{look} t="{kind}">{inner}</c>'
            return {**parts, SHEET: sheet.replace(found[0], cell, 1).encode()}
    raise AssertionError(text)


def place_of(parts: Parts, text: str) -> str:
    """The address of the cell of the first sheet that holds `text`, which is nowhere bold."""
    found = re.search(rf'<c r="([A-Z]+\d+)"[^>]*><is><t[^>]*>{text}<', parts[SHEET].decode())
    assert found
    return found[1]


def with_style(parts: Parts, code: str = "", number: int = 0, font: str = "") -> tuple[Parts, int]:
    """A new style of cells: its number format by code or number, and its font."""
    styles = parts[STYLES].decode()
    if code:
        number = 190
        made = f'<numFmts count="1"><numFmt numFmtId="190" formatCode="{code}"/></numFmts>'
        styles = re.sub(r"<numFmts.*?/>", made.replace("\\", r"\\"), styles, count=1)
    at = 0
    if font:
        found = re.search(r'<fonts count="(\d+)"', styles)
        assert found
        at = int(found[1])
        styles = styles.replace("</fonts>", f"{font}</fonts>")
    found = re.search(r'<cellXfs count="(\d+)"', styles)
    assert found
    xf = f'<xf numFmtId="{number}" fontId="{at}" fillId="0" borderId="0" xfId="0"/>'
    return {**parts, STYLES: styles.replace("</cellXfs>", f"{xf}</cellXfs>").encode()}, int(
        found[1]
    )


def with_part(parts: Parts, name: str, content: str, relation: str) -> Parts:
    """A part that belongs to the first sheet."""
    listed = "xl/worksheets/_rels/sheet1.xml.rels"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    before = parts.get(listed, b"<Relationships></Relationships>").decode()
    entry = f'<Relationship Id="r{len(before)}" Type="{office}/{relation}" Target="/{name}"/>'
    return {
        **parts,
        name: content.encode(),
        listed: before.replace("</Relationships>", f"{entry}</Relationships>").encode(),
    }
