"""Faces of a TrueType collection (.ttc; OpenType specification, Font Collections)."""

from struct import Struct
from typing import Final

_OFFSET: Final = Struct(">I")
_HEAD: Final = Struct(">4sHHHH")
_RECORD: Final = Struct(">4sIII")


def single_face(data: bytes, index: int) -> bytes:
    """One face of a collection as a font file of its own; a file that is none as it is."""
    if data[:4] != b"ttcf":
        return data
    (start,) = _OFFSET.unpack_from(data, 12 + _OFFSET.size * index)
    head = data[start : start + _HEAD.size]
    count = _HEAD.unpack(head)[1]
    first = start + _HEAD.size
    directory, tables = b"", b""
    begin = _HEAD.size + _RECORD.size * count
    for at in range(first, first + _RECORD.size * count, _RECORD.size):
        tag, checksum, offset, length = _RECORD.unpack_from(data, at)
        directory += _RECORD.pack(tag, checksum, begin + len(tables), length)
        table = data[offset : offset + length]
        tables += table + bytes(-length % 4)
    return head + directory + tables
