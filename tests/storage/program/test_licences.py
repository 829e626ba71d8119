"""The parts of the program and their licences, from source and in the built program."""

import json
from pathlib import Path

from app import VERSION
from storage.program.licences import built, licences


def test_each_part_has_a_version_and_a_licence() -> None:
    found = {licence.part: licence for licence in licences()}
    assert (found["計画カンバン"].version, found["計画カンバン"].name) == (VERSION, "MIT")
    assert "Permission is hereby granted" in found["計画カンバン"].text
    assert "LESSER GENERAL PUBLIC LICENSE" in found["PySide6-Essentials"].text
    assert all(licence.version and licence.name for licence in found.values())
    assert [part for part, licence in found.items() if len(licence.name) > 40] == []


def test_every_package_that_the_program_asks_for_is_named() -> None:
    lock = Path(__file__).parents[3] / "requirements.txt"
    asked = {line.partition("==")[0] for line in lock.read_text().splitlines() if "==" in line}
    named = {licence.part.lower() for licence in licences()}
    # Qt's binding comes with this part of it; these two install others, or tell time zones.
    assert asked - named - {"shiboken6", "pip", "tzdata", "setuptools"} == set()


def test_the_built_program_reads_its_list_and_its_texts(tmp_path: Path) -> None:
    parts = [
        {"name": "計画カンバン", "version": "0.0"},
        {"name": "Qt", "version": "6", "licenses": [{"license": {"id": "LGPL-3.0-only"}}]},
        {"name": "click", "version": "8", "licenses": [{"expression": "MIT OR BSD-3-Clause"}]},
        {"name": "x", "version": "1", "licenses": [{"license": {"name": "ほか"}}]},
    ]
    (tmp_path / "sbom.cdx.json").write_text(json.dumps({"components": parts}), encoding="utf-8")
    (tmp_path / "licences/Qt").mkdir(parents=True)
    (tmp_path / "licences/LICENSE.txt").write_text("ours", encoding="utf-8")
    (tmp_path / "licences/click.txt").write_text("click's", encoding="utf-8")
    (tmp_path / "licences/Qt/LGPL.txt").write_text("Qt's", encoding="utf-8")
    own, *others = built(tmp_path)
    assert (own.part, own.version, own.text) == ("計画カンバン", VERSION, "ours")
    assert [(one.part, one.version, one.name, one.text) for one in others] == [
        ("Qt", "6", "LGPL-3.0-only", "Qt's"),
        ("click", "8", "MIT OR BSD-3-Clause", "click's"),
        ("x", "1", "ほか", ""),
    ]


def test_a_built_program_that_lost_its_list_still_says_what_it_is(tmp_path: Path) -> None:
    assert [licence.part for licence in built(tmp_path)] == ["計画カンバン"]
