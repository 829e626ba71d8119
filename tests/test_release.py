"""What is made of a built program, tried on a folder that stands for one."""

import hashlib
import json
import os
import re
import stat
import zipfile
from codecs import BOM_UTF8
from pathlib import Path

import click
import pytest

import parts
import release
from app import VERSION
from docs import manual
from ui.desktop.help.chapters import read_chapters
from ui.package import sums


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built program: something to start, and something it needs."""
    built = tmp_path / "dist" / release.NAME
    (built / "_internal").mkdir(parents=True)
    (built / "keikaku").write_text("#!/bin/sh\n")
    (built / "keikaku").chmod(0o755)
    (built / "_internal" / "データ.txt").write_text("内容")
    monkeypatch.setattr(release, "FOLDER", built)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return built


def packed(folder: Path) -> Path:
    return release.pack(sorted(file for file in folder.rglob("*") if file.is_file()))


def test_the_same_files_make_the_same_zip_with_its_sum_beside(folder: Path) -> None:
    target = packed(folder)
    first = target.read_bytes()
    os.utime(folder / "keikaku", (1, 1))
    assert packed(folder).read_bytes() == first
    listed = sums(target.with_name(target.name + ".sha256").read_text())
    assert listed == {target.name: hashlib.sha256(first).hexdigest()}


def test_an_unpacked_program_can_be_started_and_keeps_its_names(
    folder: Path, tmp_path: Path
) -> None:
    target = packed(folder)
    release.unpack(target, tmp_path / "別 の場所")
    found = tmp_path / "別 の場所" / release.NAME
    assert (found / "_internal" / "データ.txt").read_text() == "内容"
    assert (found / "keikaku").stat().st_mode & stat.S_IXUSR
    with zipfile.ZipFile(target) as archive:
        by_name = {Path(entry.filename).name: entry for entry in archive.infolist()}
    says_utf8 = 0x800
    assert by_name["データ.txt"].flag_bits & says_utf8


def test_the_package_says_how_to_start_and_holds_what_the_manual_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "make_manual", lambda: None)
    release.lay_documents()
    first = (folder / "はじめにお読みください.txt").read_bytes()
    assert first.startswith(BOM_UTF8)
    assert b"\n" not in first.replace(b"\r\n", b"")
    said = first.decode("utf-8-sig") + "".join(chapter.text for chapter in read_chapters(""))
    named = set(re.findall(r"`docs/([\w-]+\.md)`", said)) | {"forms.md"}
    assert named <= {file.name for file in (folder / "docs").iterdir()}
    assert f"{manual.NAME}.pdf" in said


def test_every_part_is_known_with_its_licence_and_text() -> None:
    qt = Path(click.__file__).parents[1] / "PySide6/Qt/plugins/platforms/libqoffscreen.so"
    sources = [parts.__file__, json.__file__, click.__file__, str(qt), "-", ""]
    found = {part.name: part for part in parts.find_parts(sources)}
    assert next(iter(found)) == parts.OWN
    assert (found[parts.OWN].version, found[parts.OWN].licence) == (VERSION, "MIT")
    assert found["click"].licence == "BSD-3-Clause"
    assert found["click"].purl.startswith("pkg:pypi/click@")
    assert "Redistribution" in found["click"].text
    assert "PYTHON SOFTWARE FOUNDATION" in found["Python"].text.upper()
    if qt.exists():
        text = found[parts.QT].text
        assert "置きかえて" in text
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
        assert "UNICODE" in text.upper()


def test_a_file_of_nobody_stops_the_build(tmp_path: Path) -> None:
    stray = tmp_path / "libsomething.so"
    stray.touch()
    with pytest.raises(SystemExit, match=r"libsomething\.so"):
        parts.find_parts([parts.__file__, str(stray)])
