"""A face of a collection as a file of its own."""

from struct import pack, unpack_from

import pytest

from storage.pdf.font_collection import single_face
from storage.pdf.fonts import find_fonts


def tables_of(font: bytes) -> dict[bytes, bytes]:
    """The tables of a font file by their tags."""
    (count,) = unpack_from(">H", font, 4)
    records = [unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count)]
    return {tag: font[at : at + length] for tag, _, at, length in records}


def collection(*fonts: bytes) -> bytes:
    """Fonts as one collection, each with its tables moved behind the head."""
    head = 12 + 4 * len(fonts)
    starts, body = [], b""
    for font in fonts:
        start = head + len(body)
        starts.append(start)
        (count,) = unpack_from(">H", font, 4)
        moved = font[:12]
        for n in range(count):
            tag, checksum, at, length = unpack_from(">4sIII", font, 12 + 16 * n)
            moved += pack(">4sIII", tag, checksum, at + start, length)
        body += moved + font[len(moved) :]
    return b"ttcf" + pack(">HHI", 1, 0, len(fonts)) + pack(f">{len(starts)}I", *starts) + body


@pytest.fixture(scope="module")
def faces() -> tuple[bytes, bytes]:
    fonts = find_fonts()
    regular, bold = (next(fonts.runs("あ", is_bold))[0] for is_bold in (False, True))
    return fonts.program(regular), fonts.program(bold)


def test_each_face_has_the_tables_it_had(faces: tuple[bytes, bytes]) -> None:
    together = collection(*faces)
    for number, face in enumerate(faces):
        assert tables_of(single_face(together, number)) == tables_of(face)


def test_a_single_font_stays_as_it_is(faces: tuple[bytes, bytes]) -> None:
    assert single_face(faces[0], 0) is faces[0]
