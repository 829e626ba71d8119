"""A Word file as a grid: merges, bullets, bold, tracked changes, text boxes."""

import io
import zipfile

from app.intake.grid import Grid
from storage.documents_in.word import read_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def run(text: str, bold: bool = False) -> str:
    return f"<w:r><w:rPr>{'<w:b/>' if bold else ''}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def docx(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()


def grid(body: str, **parts: str) -> Grid:
    (read,) = read_docx(docx(body, **parts), "計画.docx")
    return read


def texts(read: Grid) -> list[str]:
    return [found.text for found in read.texts]


def test_cells_keep_their_spans_and_grounds() -> None:
    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    shade = '<w:shd w:fill="DDEBF7"/>'
    label, below = paragraph(run("工程表")), paragraph("")
    read = grid(
        paragraph(run("施策1"))
        + table(
            cell(label, start + shade)
            + cell(paragraph(run("令和6年度")), '<w:gridSpan w:val="2"/>'),
            cell(below, go_on) + cell(paragraph(run("R7"))) + cell(paragraph(run("配る"))),
        )
    )
    title, head, first, second, third = read.texts
    assert (title.text, title.row) == ("施策1", 1)
    assert (head.rows, head.tint, first.columns) == (2, "DDEBF7", 2)
    assert [(c.row, c.column) for c in (head, first, second, third)] == [
        (2, 1), (2, 2), (3, 2), (3, 3),
    ]  # fmt: skip
    assert read.place_words(third) == "「計画.docx」の表1の2行目"


def test_bullets_numbers_and_bold_are_text() -> None:
    def item(text: str, level: int) -> str:
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
        return paragraph(run(text), number)

    body = item("配る", 0) + item("試す", 1) + item("広げる", 1)
    mixed = paragraph(run("本を") + run("家まで", bold=True) + run("届ける"))
    read = grid(body + mixed, numbering=NUMBERING)
    assert texts(read) == ["・配る", "　(1) 試す", "　(2) 広げる", "本を**家まで**届ける"]


def test_what_was_added_is_taken_and_what_was_deleted_is_told() -> None:
    deleted = "<w:del><w:r><w:delText>（要確認）</w:delText></w:r></w:del>"
    added = f"<w:ins>{run('毎週')}</w:ins>"
    read = grid(paragraph(run("本を") + deleted + added + run("届ける")))
    (found,) = read.texts
    assert found.text == "本を毎週届ける"
    assert "変更履歴" in found.remark
    assert [(note.text, note.where) for note in read.notes] == [
        ("（要確認）", "の変更履歴で消された文")
    ]


def test_readings_do_not_double_a_word_and_boxes_are_told() -> None:
    reading, base = f"<w:rt>{run('としょ')}</w:rt>", f"<w:rubyBase>{run('図書')}</w:rubyBase>"
    ruby = f"<w:r><w:ruby>{reading}{base}</w:ruby></w:r>"
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('注意'))}</w:txbxContent></w:pict></w:r>"
    read = grid(paragraph(ruby + run("の配達") + box))
    assert texts(read) == ["図書の配達"]
    assert [note.text for note in read.notes] == ["注意"]
