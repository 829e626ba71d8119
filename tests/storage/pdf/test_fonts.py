"""The fonts of this machine: what they lack is drawn with another, or said."""

from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage.pdf import fonts as module
from storage.pdf.fonts import GETA, Fonts, find_fonts, is_undrawn


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return find_fonts()


def drawn(fonts: Fonts, text: str, bold: bool = False) -> str:
    return "".join(run for _, run in fonts.runs(text, bold))


def test_full_and_half_width_are_measured_as_drawn(fonts: Fonts) -> None:
    assert fonts.regular["窓"] == 1000
    assert fonts.bold["窓"] == 1000
    assert 300 < fonts.regular["a"] < 700
    assert fonts.regular["髙"] == fonts.regular["①"] == fonts.regular["㈱"] == 1000


def test_a_character_the_font_lacks_comes_from_another(fonts: Fonts) -> None:
    own = fonts.face("窓", bold=False)
    other = fonts.face("𠮷", bold=False)
    assert own is not None
    if other is None:
        pytest.skip("no font here has 𠮷")
    assert other.name != own.name
    assert [name for name, _ in fonts.runs("市𠮷野", bold=False)] == [
        own.name, other.name, own.name,
    ]  # fmt: skip
    assert drawn(fonts, "市𠮷野") == "市𠮷野"


NOWHERE = "\U000ffffd"


def test_what_no_font_has_is_a_geta_and_is_listed(fonts: Fonts) -> None:
    assert drawn(fonts, f"窓{NOWHERE}口") == f"窓{GETA}口"
    assert fonts.missing(f"窓{NOWHERE}口{NOWHERE}\n\t葛\U000e0100") == [NOWHERE]
    assert fonts.regular[NOWHERE] == fonts.regular[GETA]


def test_selectors_and_controls_are_not_drawn_and_take_no_room(fonts: Fonts) -> None:
    for unseen in ("\U000e0100", "\ufe0f", "\u200d", "\u200b", "\x0b", "\u202e"):
        assert is_undrawn(unseen)
        assert drawn(fonts, f"葛{unseen}飾") == "葛飾"
        assert fonts.regular[unseen] == fonts.bold[unseen] == 0


def test_a_tab_is_as_wide_as_a_character(fonts: Fonts) -> None:
    assert drawn(fonts, "a\tb") == "a\u3000b"
    assert fonts.regular["\t"] == 1000


def test_a_decomposed_character_is_drawn_composed(fonts: Fonts) -> None:
    assert drawn(fonts, "か\u3099き") == "がき"


def test_bold_has_its_own_face_or_is_thickened(fonts: Fonts) -> None:
    names = {bold: next(name for name, _ in fonts.runs("窓", bold)) for bold in (False, True)}
    assert names[False] != names[True] or fonts.is_thickened(names[True], bold=True)
    assert not fonts.is_thickened(names[False], bold=False)


def test_a_fallback_has_no_bold_face_and_is_thickened(fonts: Fonts) -> None:
    other = fonts.face("𠮷", bold=True)
    if other is None:
        pytest.skip("no font here has 𠮷")
    assert fonts.is_thickened(other.name, bold=True)


def test_mincho_is_asked_for_by_the_form_and_never_missing() -> None:
    assert find_fonts("mincho").regular["窓"] == 1000


def test_a_machine_without_japanese_fonts_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "_folders", lambda: [tmp_path])
    monkeypatch.setattr(module, "_all_installed", dict)
    with pytest.raises(KeikakuError, match=r"日本語の書体.*fonts-morisawa-bizud-gothic"):
        find_fonts()


def test_a_file_that_is_no_font_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "BIZUDGothic-Regular.ttf"
    broken.write_bytes(b"no font")
    monkeypatch.setattr(module, "_folders", lambda: [tmp_path])
    monkeypatch.setattr(module, "_all_installed", lambda: {broken.name: broken})
    with pytest.raises(KeikakuError, match="日本語の書体"):
        find_fonts()
